use super::*;
use std::collections::{BTreeSet, HashMap};

const EXAMPLE: Source<'static> = FILES[0];

/// The error of the example file after one edit, with the text of the line it names.
fn broken(from: &str, to: &str) -> (String, String) {
    assert!(EXAMPLE.text.contains(from), "the example has no {from}");
    let text = EXAMPLE.text.replacen(from, to, 1);
    let error = parse(Source { file: EXAMPLE.file, text: &text }).expect_err(to);
    assert_eq!(error.file, EXAMPLE.file);
    (error.what, text.lines().nth(error.line - 1).unwrap().to_owned())
}

#[test]
fn every_file_is_read() {
    let ids: Vec<&str> = all().unwrap().iter().map(|blueprint| blueprint.id.as_str()).collect();
    assert_eq!(ids, ["b2b-saas", "consumer-hardware", "internal-it", "blank"]);
    for (blueprint, source) in all().unwrap().iter().zip(FILES) {
        assert_eq!(source.file, format!("blueprints/{}.toml", blueprint.id));
    }
    assert_eq!(by_id("internal-it").unwrap().unwrap().launch_stage, "C7");
    assert!(by_id("nothing").unwrap().is_none());
}

#[test]
fn nothing_got_lost_on_the_way() {
    let expected = [
        ("b2b-saas", 9, 13, 59, 21, 430, [59, 57, 24]),
        ("consumer-hardware", 9, 16, 65, 20, 569, [65, 62, 33]),
        ("internal-it", 9, 14, 50, 17, 430, [50, 50, 32]),
        ("blank", 3, 7, 0, 1, 235, [0, 0, 0]),
    ];
    for (id, stages, departments, items, rules, days, kept) in expected {
        let blueprint = by_id(id).unwrap().unwrap();
        assert_eq!(blueprint.stages.len(), stages, "{id}");
        assert_eq!(blueprint.departments.len(), departments, "{id}");
        assert_eq!(blueprint.stages.iter().map(|stage| stage.items.len()).sum::<usize>(), items, "{id}");
        assert_eq!(blueprint.stages.iter().map(|stage| stage.gate.len()).sum::<usize>(), rules, "{id}");
        assert_eq!(blueprint.stages.iter().map(|stage| stage.days).sum::<u16>(), days, "{id}");
        assert_eq!(Tier::ALL.map(|tier| blueprint.items_for(tier).count()), kept, "{id}");
    }
}

#[test]
fn full_blueprints_use_every_department_and_close_every_gate() {
    for blueprint in all().unwrap().iter().filter(|blueprint| blueprint.id != "blank") {
        let doing: BTreeSet<&str> = blueprint
            .items_for(Tier::Flagship)
            .flat_map(|(_, item)| item.letters.responsible.iter().chain([&item.letters.accountable]))
            .map(String::as_str)
            .collect();
        for department in &blueprint.departments {
            assert!(doing.contains(department.code.as_str()), "{} of {}", department.code, blueprint.id);
        }
        for stage in &blueprint.stages {
            assert!(stage.gate.iter().any(|rule| rule.is_blocking), "{} of {}", stage.code, blueprint.id);
        }
    }
}

#[test]
fn a_figure_means_the_same_everywhere() {
    let mut units: HashMap<&str, (&str, &str, Unit)> = HashMap::new();
    for blueprint in all().unwrap() {
        for rule in blueprint.stages.iter().flat_map(|stage| &stage.gate) {
            for figure in rule.check.attestations() {
                let meaning = (figure.en.as_str(), figure.zh.as_str(), figure.unit);
                assert_eq!(*units.entry(&figure.metric).or_insert(meaning), meaning, "{}", figure.metric);
            }
        }
    }
    assert!(units.len() > 30);
}

#[test]
fn chinese_is_chinese() {
    let half_width = [',', ':', ';', '?', '(', ')', '!'];
    for blueprint in all().unwrap() {
        let departments = blueprint.departments.iter().map(|department| &department.name);
        let stages = blueprint.stages.iter().map(|stage| &stage.name);
        let items = blueprint.stages.iter().flat_map(|stage| stage.items.iter().map(|item| &item.name));
        let rules = blueprint.stages.iter().flat_map(|stage| stage.gate.iter().map(|rule| &rule.name));
        for name in departments.chain(stages).chain(items).chain(rules).chain([&blueprint.name, &blueprint.description])
        {
            assert!(!name.zh.contains(half_width), "{}", name.zh);
            assert!(name.zh.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter)), "{}", name.zh);
            assert!(!name.en.chars().any(|letter| ('\u{3000}'..='\u{9fff}').contains(&letter)), "{}", name.en);
        }
    }
}

#[test]
fn rules_become_checks_that_say_what_they_need() {
    let saas = by_id("b2b-saas").unwrap().unwrap();
    let check = |stage: usize, rule: usize| &saas.stages[stage].gate[rule].check;
    assert_eq!(*check(0, 0), Check::LiaisonCoverage);
    assert_eq!(*check(0, 1), Check::ItemsDone { items: vec!["a1_charter".into()] });
    assert_eq!(*check(1, 1), Check::ItemStatusNot { item: "a2_tech".into(), status: ItemLight::Red });
    assert_eq!(*check(4, 3), Check::DecisionRecorded { decision: DecisionKind::Go, within_days: None });
    assert_eq!(*check(7, 0), Check::DecisionRecorded { decision: DecisionKind::QuarterReview, within_days: Some(92) });
    assert!(
        matches!(check(4, 0), Check::All { of } if of[0] == Check::GateItemsOpenZero && !of[0].needs_attestation())
    );
    assert!(check(0, 0).is_computable() && check(4, 0).needs_attestation());
    assert_eq!(check(3, 0).attestations().len(), 3);

    let internal = by_id("internal-it").unwrap().unwrap();
    let either = internal.stages[4].gate.iter().find(|rule| rule.expression.contains("mandatory")).unwrap();
    let answers = |yes: &'static [&'static str]| {
        move |leaf: &Check| leaf.attestations().iter().any(|figure| yes.contains(&figure.metric.as_str()))
    };
    assert!(either.check.holds(&answers(&["nps", "use_is_mandatory"])));
    assert!(either.check.holds(&answers(&["nps", "pmf_very_disappointed", "pmf_answers"])));
    assert!(!either.check.holds(&answers(&["nps", "pmf_answers"])));
    assert!(!either.check.holds(&answers(&["use_is_mandatory"])));
}

#[test]
fn checks_survive_storage() {
    for rule in all().unwrap().iter().flat_map(|blueprint| &blueprint.stages).flat_map(|stage| &stage.gate) {
        let stored = serde_json::to_value(&rule.check).unwrap();
        assert_eq!(serde_json::from_value::<Check>(stored).unwrap(), rule.check);
    }
    let stored = serde_json::to_string(&Check::ItemsDone { items: vec!["a1_charter".into()] }).unwrap();
    assert_eq!(stored, r#"{"kind":"items_done","items":["a1_charter"]}"#);
    for kind in DecisionKind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
    }
}

#[test]
fn figures_meet_their_thresholds() {
    let figure = |comparison, threshold, upper| Attestation {
        metric: "x".into(),
        en: "X".into(),
        zh: "某".into(),
        comparison,
        threshold,
        upper,
        unit: Unit::Percent,
    };
    let cases = [
        (figure(Comparison::AtLeast, 40.0, None), [(39.9, false), (40.0, true), (f64::NAN, false)]),
        (figure(Comparison::AtMost, 1.5, None), [(1.5, true), (1.6, false), (f64::NAN, false)]),
        (figure(Comparison::MoreThan, 0.0, None), [(0.0, false), (0.1, true), (f64::NAN, false)]),
        (figure(Comparison::Exactly, 0.0, None), [(0.0, true), (1.0, false), (f64::NAN, false)]),
        (figure(Comparison::Between, 1.0, Some(3.0)), [(3.0, true), (4.0, false), (0.0, false)]),
        (figure(Comparison::IsTrue, 1.0, None), [(1.0, true), (0.0, false), (f64::NAN, false)]),
    ];
    for (figure, values) in cases {
        for (value, expected) in values {
            assert_eq!(figure.is_met_by(value), expected, "{:?} {value}", figure.comparison);
        }
    }
}

#[test]
fn tiers_keep_what_is_large_enough() {
    use Tier::{Flagship, Major, Routine};
    for (item, kept) in [(Flagship, [true, false, false]), (Major, [true, true, false]), (Routine, [true; 3])] {
        assert_eq!(Tier::ALL.map(|launch| item.is_kept_for(launch)), kept);
    }
    let saas = by_id("b2b-saas").unwrap().unwrap();
    let golist = saas.item("a5_golist").unwrap();
    assert_eq!(saas.after(golist, Major).count(), 3);
    assert_eq!(saas.after(golist, Routine).collect::<Vec<_>>(), ["a5_product"]);
}

#[test]
fn a_mistake_names_its_line() {
    let cases = [
        // What is wrong, the edit, the line that is named.
        ("unknown department \"RDN\"", "C = [\"RND\", \"SAL\", \"PMM\"]", "C = [\"RDN\", \"SAL\", \"PMM\"]", "RDN"),
        ("unknown department \"XX\"", "falls_back_to = \"PM\"", "falls_back_to = \"XX\"", "falls_back_to = \"XX\""),
        ("exactly one department answers", "A = \"COM\"", "A = [\"COM\", \"PM\"]", "A = [\"COM\", \"PM\"]"),
        ("unknown department \"CMO\"", "A = \"COM\"", "A = \"CMO\"", "A = \"CMO\""),
        ("at least one department does", "R = [\"LEAD\"], A", "R = [], A", "R = [], A"),
        ("more than one letter", "R = [\"LEAD\"], A = \"COM\"", "R = [\"FIN\"], A = \"COM\"", "R = [\"FIN\"]"),
        ("run in a circle", "falls_back_to = \"LEAD\"", "falls_back_to = \"RND\"", "falls_back_to = \"RND\""),
        ("unknown item \"a9\"", "after = [\"a1_lead\"]", "after = [\"a9\"]", "after = [\"a9\"]"),
        ("comes later", "after = [\"a1_lead\"]", "after = [\"a1_risk\"]", "after = [\"a1_risk\"]"),
        ("comes later", "after = [\"a1_lead\"]", "after = [\"a1_charter\"]", "after = [\"a1_charter\"]"),
        ("unknown item \"a1_chart\"", "items = [\"a1_charter\"]", "items = [\"a1_chart\"]", "a1_chart\""),
        ("is dropped in launches", "items = [\"a1_charter\"]", "items = [\"a1_budget\"]", "a1_budget"),
        ("later stage", "items = [\"a1_charter\"]", "items = [\"a2_segment\"]", "a2_segment"),
        ("must be evidence", "items = [\"a1_charter\"]", "items = [\"a1_cadence\"]", "a1_cadence"),
        ("due on day 11 of a stage of 10", "due = 10", "due = 11", "due = 11"),
        ("appears twice", "id = \"a1_budget\"", "id = \"a1_charter\"", "id = \"a1_charter\""),
        ("unknown stage \"A0\"", "launch_stage = \"A7\"", "launch_stage = \"A0\"", "launch_stage"),
        ("at least one day", "days = 10", "days = 0", "days = 0"),
        ("this text is empty", "zh = \"立项\"", "zh = \" \"", "zh = \" \""),
        ("two letters in English", "short_en = \"PD\"", "short_en = \"PRO\"", "short_en = \"PRO\""),
        ("cannot fill another", "same_as = [\"DEV\"]", "same_as = [\"SAL\"]", "same_as"),
        ("already", "kind = \"department\"", "kind = \"lead\"", "kind = \"lead\""),
        ("unknown variant `no_such`", "kind = \"liaison_coverage\"", "kind = \"no_such\"", "no_such"),
        ("goes with the comparison", "upper = 3, ", "", "one_to_three"),
        ("a tier is 1, 2 or 3", "tier = 3", "tier = 4", "tier = 4"),
        ("unknown field `colour`", "core = true", "core = true\ncolour = 1", "colour"),
        ("", "days = 10", "days = ", "days = "),
    ];
    for (what, from, to, line) in cases {
        let (said, named) = broken(from, to);
        assert!(said.contains(what), "{to}: {said}");
        assert!(line == "one_to_three" || named.contains(line), "{to}: {said}, at {named}");
    }
}

#[test]
fn a_stage_without_items_is_refused_unless_none_has_any() {
    let start = EXAMPLE.text.find("\n[[stages]]").unwrap();
    let stage = "\n[[stages]]\ncode = \"A0\"\nen = \"None\"\nzh = \"无\"\ndays = 5\n";
    let text = format!("{}{stage}{}", &EXAMPLE.text[..start], &EXAMPLE.text[start..]);
    let error = parse(Source { file: "x.toml", text: &text }).unwrap_err();
    assert_eq!(text.lines().nth(error.line - 1).unwrap(), "code = \"A0\"");
    assert_eq!(error.to_string(), format!("x.toml, line {}: stage \"A0\" has no items", error.line));
}

#[test]
fn figures_that_the_program_knows_are_computed_when_they_are_read() {
    let figure = |metric: &str| {
        Check::Attested(Attestation {
            metric: metric.into(),
            en: "X".into(),
            zh: "某".into(),
            comparison: Comparison::AtLeast,
            threshold: 1.0,
            upper: None,
            unit: Unit::Count,
        })
    };
    use Check::{All, Any, BreakEvenRecorded, BreakEvenSlipAtMost, ObjectivesComplete, SplitComplete};
    let all = |of: &[Check]| All { of: of.to_vec() };
    let cases = [
        (figure("objectives"), ObjectivesComplete),
        (figure("key_results_unallocated"), SplitComplete),
        (figure("break_even_month_recorded"), BreakEvenRecorded),
        (figure("break_even_slip"), BreakEvenSlipAtMost { days: 1 }),
        (figure("nps"), figure("nps")),
        (all(&[figure("objectives"), figure("key_results_per_objective")]), ObjectivesComplete),
        (all(&[figure("objectives"), figure("nps")]), all(&[ObjectivesComplete, figure("nps")])),
        (
            Any { of: vec![all(&[figure("objectives"), figure("objectives")]), figure("nps")] },
            Any { of: vec![ObjectivesComplete, figure("nps")] },
        ),
        (Check::LiaisonCoverage, Check::LiaisonCoverage),
        (SplitComplete, SplitComplete),
    ];
    for (stored, computed) in cases {
        assert_eq!(stored.clone().computed(), computed, "{stored:?}");
    }
    // Every full blueprint asks for goals, nobody attests them, and what it asks is found by its words.
    let words = Check::of_goals();
    for blueprint in all_but_blank() {
        let mut asked = Vec::new();
        for rule in blueprint.stages.iter().flat_map(|stage| &stage.gate) {
            let stored = serde_json::to_string(&rule.check).unwrap();
            let check = rule.check.clone().computed();
            let of_goals = check.leaves().into_iter().filter(|leaf| matches!(leaf, ObjectivesComplete | SplitComplete));
            let before = asked.len();
            asked.extend(of_goals.cloned());
            let is_named = words.iter().any(|word| stored.contains(&format!("\"{word}\"")));
            assert_eq!(is_named, asked.len() > before, "{stored}");
            assert!(check.attestations().iter().all(|figure| !words.contains(&figure.metric)), "{stored}");
        }
        assert_eq!(asked, [ObjectivesComplete, SplitComplete], "{}", blueprint.id);
    }
    for (kind, name) in [(ObjectivesComplete, "objectives_complete"), (SplitComplete, "split_complete")] {
        assert_eq!(serde_json::to_value(kind).unwrap(), serde_json::json!({ "kind": name }));
    }
}

#[test]
fn what_asks_for_break_even_is_computed_and_found_by_its_words() {
    use Check::{BreakEvenRecorded, BreakEvenSlipAtMost};
    let words = Check::of_money();
    let mut asked = Vec::new();
    for rule in all().unwrap().iter().flat_map(|blueprint| &blueprint.stages).flat_map(|stage| &stage.gate) {
        let stored = serde_json::to_string(&rule.check).unwrap();
        let check = rule.check.clone().computed();
        let leaves = check.leaves().into_iter();
        let of_money: Vec<Check> =
            leaves.filter(|leaf| matches!(leaf, BreakEvenRecorded | BreakEvenSlipAtMost { .. })).cloned().collect();
        assert_eq!(words.iter().any(|word| stored.contains(&format!("\"{word}\""))), !of_money.is_empty(), "{stored}");
        asked.extend(of_money);
    }
    assert!(asked.contains(&BreakEvenRecorded) && asked.contains(&BreakEvenSlipAtMost { days: 30 }), "{asked:?}");
    for (check, stored) in [
        (BreakEvenRecorded, serde_json::json!({ "kind": "break_even_recorded" })),
        (BreakEvenSlipAtMost { days: 30 }, serde_json::json!({ "kind": "break_even_slip_at_most", "days": 30 })),
    ] {
        assert_eq!(serde_json::to_value(check).unwrap(), stored);
    }
}

#[test]
fn nobody_attests_who_has_read_the_playbook() {
    use Check::PlaybookAcknowledged;
    let words = Check::of_playbook();
    for blueprint in all_but_blank() {
        let checks = || blueprint.stages.iter().flat_map(|stage| &stage.gate).map(|rule| &rule.check);
        let asked = |check: &Check| {
            check.clone().computed().leaves().into_iter().filter(|leaf| **leaf == PlaybookAcknowledged).count()
        };
        let named = |check: &Check| {
            let stored = serde_json::to_string(check).unwrap();
            words.iter().any(|word| stored.contains(&format!("\"{word}\"")))
        };
        assert_eq!(checks().map(asked).sum::<usize>(), 1, "{}: once, and two figures are one check", blueprint.id);
        assert!(checks().all(|check| named(check) == (asked(check) > 0)), "{}", blueprint.id);
    }
    assert_eq!(
        serde_json::to_value(PlaybookAcknowledged).unwrap(),
        serde_json::json!({ "kind": "playbook_acknowledged" })
    );
}

fn all_but_blank() -> impl Iterator<Item = &'static Blueprint> {
    all().unwrap().iter().filter(|blueprint| blueprint.id != "blank")
}
