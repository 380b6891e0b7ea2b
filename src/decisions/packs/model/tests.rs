use super::*;
use crate::decisions::packs::differences::{Change, differences};
use serde_json::json;

fn content() -> Content {
    let (side, evidence) = (PartId(uuid::Uuid::from_u128(1)), EvidenceId(uuid::Uuid::from_u128(9)));
    let option = |title: &str, cost: &str| Answered {
        title: title.to_owned(),
        summary: String::new(),
        answers: [("cost".to_owned(), (cost.to_owned(), None))].into(),
    };
    Content {
        question: "What should it cost?".to_owned(),
        background: String::new(),
        positions: [(side, Said { statement: "Low".to_owned(), wants: Some("A".to_owned()) })].into(),
        criteria: vec!["cost".to_owned()],
        options: [("A".to_owned(), option("299", "8")), ("B".to_owned(), option("399", "10"))].into(),
        evidence: [(
            evidence,
            Piece {
                kind: "text".to_owned(),
                label: "Pilots".to_owned(),
                url: None,
                task: None,
                body: "Seven".to_owned(),
            },
        )]
        .into(),
        recommended: Some("B".to_owned()),
    }
}

#[test]
fn the_hash_depends_on_what_is_said_and_not_on_the_order_of_reading() {
    let content = content();
    let hash = content.hash().unwrap();
    assert_eq!(hash.len(), 64);
    let text = content.canonical().unwrap();
    assert!(text.starts_with(r#"{"background":"","criteria":["cost"],"evidence":"#), "{text}");
    // As a database gives it back: keys in another order, with spaces.
    let mut fields: Vec<(String, Value)> =
        serde_json::from_str::<serde_json::Map<_, _>>(&text).unwrap().into_iter().collect();
    fields.reverse();
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name:?} : {value:#}")).collect();
    let shuffled = format!("{{ {} }}", fields.join(" , "));
    let back: Content = serde_json::from_str(&shuffled).unwrap();
    assert_eq!(back, content);
    assert_eq!(back.hash().unwrap(), hash);
    let reversed = Content {
        options: content.options.clone().into_iter().rev().collect(),
        positions: content.positions.clone().into_iter().rev().collect(),
        ..content.clone()
    };
    assert_eq!(reversed.hash().unwrap(), hash);
    for other in [
        Content { question: "What should it cost".to_owned(), ..content.clone() },
        Content { recommended: None, ..content.clone() },
        Content { criteria: vec!["cost".to_owned(), "risk".to_owned()], ..content.clone() },
    ] {
        assert_ne!(other.hash().unwrap(), hash);
    }
}

#[test]
fn criteria_stand_in_one_order_however_they_were_read() {
    let mut criteria = ["own:Trust", "undo", "own:Brand", "cost"].map(str::to_owned);
    criteria.sort_by_key(|criterion| rank(criterion));
    assert_eq!(criteria, ["cost", "undo", "own:Brand", "own:Trust"]);
    assert_eq!(criterion_label(T(crate::platform::locale::Language::English), "own:Trust"), "Trust");
    assert_eq!(short(&"a".repeat(64)).len(), SHORT);
    assert_eq!(short("ab"), "ab");
}

/// Every kind of change, what it does to the content, and whether ballots are out of date with it.
#[test]
fn every_difference_is_named_and_only_those_of_options_age_a_ballot() {
    let before = content();
    let side = *before.positions.keys().next().unwrap();
    type Edit = fn(&mut Content);
    let cases: [(Edit, Change, bool); 15] = [
        (
            |now| now.question = "How much?".to_owned(),
            Change::Question { before: "What should it cost?".to_owned(), after: "How much?".to_owned() },
            false,
        ),
        (|now| now.background = "More".to_owned(), Change::Background, false),
        (
            |now| now.positions.values_mut().for_each(|said| said.statement = "High".to_owned()),
            Change::Position { side, is_new: false },
            false,
        ),
        (
            |now| now.positions.values_mut().for_each(|said| said.wants = None),
            Change::Wants { side, before: Some("A".to_owned()), after: None },
            false,
        ),
        (
            |now| now.criteria.push("own:Trust".to_owned()),
            Change::CriterionAdded { criterion: "own:Trust".to_owned() },
            true,
        ),
        (|now| now.criteria.clear(), Change::CriterionRemoved { criterion: "cost".to_owned() }, true),
        (
            |now| drop(now.options.insert("C".to_owned(), now.options["B"].clone())),
            Change::OptionAdded { letter: "C".to_owned(), title: "399".to_owned() },
            true,
        ),
        (
            |now| drop(now.options.remove("A")),
            Change::OptionRemoved { letter: "A".to_owned(), title: "299".to_owned() },
            true,
        ),
        (
            |now| now.options.get_mut("B").unwrap().title = "399 flat".to_owned(),
            Change::OptionNamed { letter: "B".to_owned(), before: "399".to_owned(), after: "399 flat".to_owned() },
            true,
        ),
        (
            |now| now.options.get_mut("B").unwrap().summary = "Flat".to_owned(),
            Change::OptionDescribed { letter: "B".to_owned() },
            true,
        ),
        (
            |now| drop(now.options.get_mut("B").unwrap().answers.insert("cost".to_owned(), ("12".to_owned(), None))),
            Change::Answer {
                letter: "B".to_owned(),
                criterion: "cost".to_owned(),
                before: "10".to_owned(),
                after: "12".to_owned(),
            },
            true,
        ),
        (
            |now| {
                let bad = ("10".to_owned(), Some("bad".to_owned()));
                now.options.get_mut("B").unwrap().answers.insert("cost".to_owned(), bad);
            },
            Change::Tone { letter: "B".to_owned(), criterion: "cost".to_owned() },
            true,
        ),
        (
            |now| {
                let piece = Piece { label: "Costs".to_owned(), ..now.evidence.values().next().unwrap().clone() };
                now.evidence.insert(EvidenceId(uuid::Uuid::from_u128(10)), piece);
            },
            Change::EvidenceAdded { label: "Costs".to_owned() },
            false,
        ),
        (|now| now.evidence.clear(), Change::EvidenceRemoved { label: "Pilots".to_owned() }, false),
        (
            |now| now.recommended = Some("A".to_owned()),
            Change::Recommended { before: Some("B".to_owned()), after: Some("A".to_owned()) },
            false,
        ),
    ];
    assert_eq!(differences(&before, &before), []);
    for (edit, expected, ages) in cases {
        let mut after = before.clone();
        edit(&mut after);
        assert_eq!(differences(&before, &after), std::slice::from_ref(&expected));
        assert_eq!(expected.is_of_choices(), ages, "{expected:?}");
        let kept = serde_json::to_value(&expected).unwrap();
        assert_eq!(serde_json::from_value::<Change>(kept).unwrap(), expected, "it survives the database");
    }
}

#[test]
fn a_new_position_and_a_changed_piece_of_evidence() {
    let (mut before, after) = (content(), content());
    before.positions.clear();
    before.evidence.values_mut().for_each(|piece| piece.body = "Six".to_owned());
    let side = *after.positions.keys().next().unwrap();
    let expected = [Change::Position { side, is_new: true }, Change::EvidenceChanged { label: "Pilots".to_owned() }];
    assert_eq!(differences(&before, &after), expected);
    assert_eq!(serde_json::to_value(&expected[1]).unwrap(), json!({ "what": "evidence_changed", "label": "Pilots" }));
}
