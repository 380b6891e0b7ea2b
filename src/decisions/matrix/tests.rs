use super::*;
use crate::projects::blueprints;
use std::collections::BTreeSet;

fn codes(a: &str, b: &str) -> Vec<&'static str> {
    matrix().unwrap().kinds_for((a, b)).iter().map(|kind| kind.code.as_str()).collect()
}

const ANY: [&str; 9] = [
    "resource_shortage",
    "priority",
    "goal_conflict",
    "goal_change",
    "pmf_missed",
    "break_even_missed",
    "scope",
    "incident",
    "other",
];

#[test]
fn limits_are_working_time() {
    let matrix = matrix().unwrap();
    let nine_to_five = Calendar::default();
    // Category, minutes with the liaisons (if any), with the lead, with the committee; a day has 480.
    let cases = [
        ("price", Some(960), 960, 2400),
        ("pmf", None, 960, 2400),
        ("break_even", None, 960, 3360),
        ("goal_change", None, 1440, 2400),
        ("scope_change", Some(960), 960, 2400),
        ("budget", None, 960, 2400),
        ("resources", Some(960), 1440, 2400),
        ("lead_handoff", Some(480), 960, 2400),
        ("quality", Some(240), 480, 480),
    ];
    assert_eq!(matrix.categories.len(), cases.len());
    for (code, liaisons, lead, committee) in cases {
        let limits = matrix.category(code).unwrap().limits;
        assert_eq!(limits.liaisons.map(|limit| limit.minutes(&nine_to_five)), liaisons, "{code}");
        assert_eq!(limits.lead.minutes(&nine_to_five), lead, "{code}");
        assert_eq!(limits.committee.minutes(&nine_to_five), committee, "{code}");
    }
}

#[test]
fn pairs_have_their_own_kinds_and_those_of_any_pair() {
    let cases: [(&str, &str, &[&str]); 8] = [
        ("PM", "RND", &["requirement_churn", "delivery_too_slow", "design_quality", "competitor_comparison"]),
        ("PM", "SAL", &["product_weaker", "price_too_high", "launch_too_late", "discounting", "product_knowledge"]),
        ("MKT", "SAL", &["lead_quality", "lead_follow_up", "lead_definition", "cost_per_lead"]),
        ("MKT", "PM", &["no_difference", "story_hard_to_tell", "technical_input_missing", "asset_late"]),
        ("RND", "FIN", &["rnd_cost_limit", "acquisition_cost_limit", "approval_too_slow"]),
        ("PM", "MFG", &["volume_forecast", "quality_line", "change_after_freeze", "shortage"]),
        ("SAL", "CS", &["promise_not_kept", "feedback_unanswered", "handover_gap"]),
        ("LEG", "HR", &[]),
    ];
    for (a, b, own) in cases {
        assert_eq!(codes(a, b), [own, &ANY].concat(), "{a} and {b}");
        assert_eq!(codes(a, b), codes(b, a));
    }
}

#[test]
fn every_pair_of_every_blueprint_has_kinds_once_and_in_no_order() {
    let departments: BTreeSet<&str> = blueprints::all()
        .unwrap()
        .iter()
        .flat_map(|blueprint| &blueprint.departments)
        .map(|department| department.code.as_str())
        .collect();
    for a in &departments {
        for b in &departments {
            let kinds = codes(a, b);
            assert!(kinds.ends_with(&ANY));
            assert_eq!(kinds, codes(b, a));
            assert_eq!(kinds.iter().collect::<BTreeSet<_>>().len(), kinds.len(), "{a} and {b}");
        }
    }
}

#[test]
fn every_category_can_be_reached_by_hand() {
    let matrix = matrix().unwrap();
    for category in &matrix.categories {
        let mut kinds = matrix.pairs.iter().flat_map(|pair| &pair.kinds);
        assert!(kinds.any(|kind| kind.category == category.code), "{}", category.code);
    }
    let churn = matrix.kind("requirement_churn").unwrap();
    assert_eq!(matrix.limits_of(churn).unwrap().liaisons, Some(Limit::Days(2)));
    assert!(matrix.kind("nothing").is_none());
}

#[test]
fn a_mistake_names_its_line() {
    let cases = [
        ("unknown category \"prize\"", "category = \"price\"", "category = \"prize\""),
        ("appears twice", "code = \"price_too_high\"", "code = \"discounting\""),
        ("a step needs some time", "lead = { days = 2 }", "lead = { days = 0 }"),
        ("unknown variant `weeks`", "lead = { days = 2 }", "lead = { weeks = 2 }"),
        ("names nobody", "between = [[\"PM\"]", "between = [[]"),
        ("stand alone", "between = [[\"PM\"]", "between = [[\"PM\", \"any\"]"),
        ("this text is empty", "zh = \"价格\"", "zh = \"\""),
        ("no pair is for any two", "between = [[\"any\"], [\"any\"]]", "between = [[\"any\"], [\"PM\"]]"),
    ];
    for (what, from, to) in cases {
        assert!(FILE.text.contains(from), "{from}");
        let text = FILE.text.replacen(from, to, 1);
        let error = parse(Source { file: FILE.file, text: &text }).unwrap_err();
        assert!(error.what.contains(what), "{error}");
        let line = text.lines().nth(error.line - 1).unwrap();
        assert!(["appears twice", "no pair is for any two"].contains(&what) || line.contains(to), "{error}: {line}");
    }
}

#[test]
fn a_category_is_named_when_it_says_something_else() {
    use crate::platform::locale::{Language, T};
    let (en, zh) = (T(Language::English), T(Language::Chinese));
    for (t, kind, category, named_as) in [
        (en, "Priority", "Resources and priority", "Priority"),
        (zh, "优先级", "资源与优先级", "优先级"),
        (zh, "资源", "资源与优先级", "资源"),
        (en, "Lead quality", "Lead hand-off", "Lead quality (Lead hand-off)"),
        (zh, "线索质量", "线索交接", "线索质量（线索交接）"),
    ] {
        assert_eq!(named(t, kind, category), named_as);
    }
}
