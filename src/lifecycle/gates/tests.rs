use super::facts::{Attested, Carried, Decision, GateFacts, Item, ItemTask, Missing, Rule, Stage, StageState};
use super::model::{Refusal, Source};
use super::rulings::{Ruling, RulingKind};
use crate::goals::complete::Gap;
use crate::{
    goals::model::Goals,
    platform::{
        ids::{GateRuleId, KeyResultId, ObjectiveId, PartId, PersonId, SeriesId, StageId},
        locale::Bilingual,
    },
    playbook::readers::{Reader, Readers},
    projects::{
        ProjectState,
        blueprints::{Attestation, Check, Comparison, DecisionKind, ItemLight, Unit},
    },
};
use jiff::{Timestamp, civil::date};
use serde_json::json;

fn now() -> Timestamp {
    "2026-11-18T02:00:00Z".parse().unwrap()
}

fn stage(position: i16, state: StageState) -> Stage {
    Stage {
        id: StageId::new(),
        position,
        code: format!("A{position}"),
        name_en: "Stage".to_owned(),
        name_zh: "阶段".to_owned(),
        is_launch: false,
        state,
        starts_on: date(2026, 11, 2),
        ends_on: date(2026, 11, 30),
        baseline_ends_on: date(2026, 11, 30),
        started_at: None,
        passed_at: None,
        rules: 0,
    }
}

fn facts(checks: Vec<(Check, bool)>, tasks: &[&str]) -> GateFacts {
    let (here, next) = (stage(1, StageState::Current), stage(2, StageState::Ahead));
    let rule = |(check, is_blocking)| Rule {
        id: GateRuleId::new(),
        text_en: String::new(),
        text_zh: String::new(),
        expression: String::new(),
        check,
        is_blocking,
        attested: Vec::new(),
    };
    let tasks = (1..).zip(tasks).map(|(number, status)| ItemTask { number, status: (*status).to_owned() }).collect();
    let item = Item {
        code: "charter".to_owned(),
        stage_id: here.id,
        is_evidence: true,
        title: String::new(),
        title_zh: String::new(),
        tasks,
    };
    GateFacts {
        stage_id: Some(here.id),
        stages: vec![here, next],
        rules: checks.into_iter().map(rule).collect(),
        items: vec![item],
        departments: 2,
        without_liaison: Vec::new(),
        decisions: Vec::new(),
        rulings: Vec::new(),
        today: date(2026, 11, 18),
        changed_by: Vec::new(),
        carried: Vec::new(),
        playbook: Readers::default(),
        measured: Vec::new(),
        goals: Goals::default(),
        money: None,
    }
}

fn attested() -> Check {
    Check::Attested(Attestation {
        metric: "score".to_owned(),
        en: "Score".to_owned(),
        zh: "得分".to_owned(),
        comparison: Comparison::AtLeast,
        threshold: 40.0,
        upper: None,
        unit: Unit::Percent,
    })
}

#[test]
fn an_item_is_done_when_its_work_is() {
    let done = Check::ItemsDone { items: vec!["charter".to_owned()] };
    let red = Check::ItemStatusNot { item: "charter".to_owned(), status: ItemLight::Red };
    for (tasks, expected) in [
        (&["done"][..], true),
        (&["done", "dropped"], true),
        (&["done", "done"], true),
        (&["dropped"], false),
        (&["done", "doing"], false),
        (&["done", "blocked"], false),
        (&["review"], false),
        (&[], false),
    ] {
        for check in [&done, &red, &Check::GateItemsOpenZero] {
            let facts = facts(vec![(check.clone(), true)], tasks);
            assert_eq!(facts.states(now())[0].holds, expected, "{tasks:?} {check:?}");
        }
    }
    let absent = Check::ItemsDone { items: vec!["not_of_this_project".to_owned()] };
    assert!(facts(vec![(absent, true)], &[]).states(now())[0].holds);
}

#[test]
fn only_blocking_rules_keep_the_gate_closed() {
    let open = facts(vec![(Check::LiaisonCoverage, true), (attested(), false)], &[]);
    assert_eq!(open.may_pass(ProjectState::Active, now()), Ok(()));
    assert_eq!(open.readiness(now()), (1, 2));
    assert!(open.states(now())[1].needs_attestation);
    let closed = facts(vec![(attested(), true), (Check::GateItemsOpenZero, true)], &["todo"]);
    assert_eq!(closed.may_pass(ProjectState::Active, now()), Err(Refusal::Closed(2)));
    let either = Check::Any { of: vec![attested(), Check::LiaisonCoverage] };
    let either = facts(vec![(either, true)], &[]);
    assert_eq!(either.may_pass(ProjectState::Active, now()), Ok(()));
    assert!(!either.states(now())[0].needs_attestation, "what holds needs no word");
}

#[test]
fn only_the_current_stage_of_an_active_project_is_left() {
    let mut facts = facts(Vec::new(), &[]);
    assert_eq!(facts.may_pass(ProjectState::Draft, now()), Err(Refusal::Draft));
    assert_eq!(facts.may_pass(ProjectState::Archived, now()), Err(Refusal::Archived));
    for (state, expected) in [
        (StageState::Ahead, Err(Refusal::Ahead)),
        (StageState::Current, Ok(())),
        (StageState::Passed, Err(Refusal::Passed)),
    ] {
        facts.stages[0].state = state;
        assert_eq!(facts.may_pass(ProjectState::Active, now()), expected);
    }
}

#[test]
fn decisions_count_while_they_are_recent_and_in_force() {
    let check = Check::DecisionRecorded { decision: DecisionKind::Go, within_days: Some(30) };
    for (kind, at, expected) in [
        ("go", "2026-11-10T02:00:00Z", true),
        ("go", "2026-10-19T02:00:00Z", true),
        ("go", "2026-10-19T01:59:59Z", false),
        ("price", "2026-11-10T02:00:00Z", false),
    ] {
        let mut facts = facts(vec![(check.clone(), true)], &[]);
        let at = at.parse().unwrap();
        facts.decisions.push(decision(kind, true, at));
        assert_eq!(facts.states(now())[0].holds, expected, "{kind} {at}");
    }
}

fn decision(kind: &str, is_voted: bool, at: Timestamp) -> Decision {
    Decision { number: 1, kind: kind.to_owned(), title: String::new(), at, is_voted }
}

#[test]
fn only_a_go_that_was_voted_on_opens_and_a_later_no_closes() {
    let holds = |kind, decisions: &[(&str, bool)]| {
        let mut facts = facts(vec![(Check::DecisionRecorded { decision: kind, within_days: None }, true)], &[]);
        facts.decisions.extend(decisions.iter().map(|(kind, is_voted)| decision(kind, *is_voted, now())));
        facts.states(now())[0].holds
    };
    for (decisions, expected) in [
        (&[("go", true)][..], true),
        (&[("go", false)], false),
        (&[("no_go", true)], false),
        (&[("no_go", false)], false),
        (&[("go", true), ("no_go", false)], false),
        (&[("no_go", true), ("go", true)], true),
        (&[("no_go", true), ("go", false)], false),
        (&[("go", true), ("go", false)], true),
    ] {
        assert_eq!(holds(DecisionKind::Go, decisions), expected, "{decisions:?}");
    }
    assert!(holds(DecisionKind::Price, &[("price", false)]), "other kinds need no vote");
}

#[test]
fn a_department_without_liaison_is_named() {
    let mut facts = facts(vec![(Check::LiaisonCoverage, true)], &[]);
    facts.without_liaison.push(Missing { name_en: "Sales".to_owned(), name_zh: "销售".to_owned() });
    assert_eq!(facts.may_pass(ProjectState::Active, now()), Err(Refusal::Closed(1)));
}

fn ruling(kind: RulingKind, rule_id: Option<GateRuleId>, day: i8, is_voted: bool) -> Ruling {
    Ruling { kind, rule_id, until_on: date(2026, 11, day), decision: 4, is_voted }
}

#[test]
fn a_held_gate_does_not_open_before_its_day_even_when_its_rules_hold() {
    let done = Check::ItemsDone { items: vec!["charter".to_owned()] };
    let mut facts = facts(vec![(done, true)], &["done"]);
    // Today is the 18th.
    for (day, opens) in [(17, true), (18, true), (19, false), (30, false)] {
        let hold = ruling(RulingKind::Hold, None, day, false);
        facts.rulings = vec![hold];
        let expected = if opens { Ok(()) } else { Err(Refusal::Held(hold)) };
        assert_eq!(facts.may_pass(ProjectState::Active, now()), expected, "until {day}");
        assert_eq!(facts.readiness(now()), (1, 1), "its rules hold all the same");
    }
}

#[test]
fn a_waived_rule_does_not_keep_the_gate_closed_up_to_its_day() {
    let go = Check::DecisionRecorded { decision: DecisionKind::Go, within_days: None };
    let facts = facts(vec![(attested(), true), (go, true), (attested(), false)], &[]);
    let (figure, vote) = (Some(facts.rules[0].id), Some(facts.rules[1].id));
    let waiver = |rule, day, is_voted| ruling(RulingKind::Waiver, rule, day, is_voted);
    for (rulings, blocking, waived) in [
        (vec![], 2, 0),
        (vec![waiver(figure, 18, false)], 1, 1),
        (vec![waiver(figure, 17, false)], 2, 0),
        (vec![waiver(None, 30, true)], 0, 3),
        // Nobody voted on it: what asks for the committee's go stays.
        (vec![waiver(None, 30, false)], 1, 2),
        (vec![waiver(vote, 30, false)], 2, 0),
        (vec![waiver(vote, 30, true)], 1, 1),
        (vec![waiver(figure, 30, false), waiver(vote, 18, true)], 0, 2),
        // The rule's own has run out, the gate's has not.
        (vec![waiver(figure, 17, true), waiver(None, 20, true)], 0, 3),
        // A rule of another gate.
        (vec![waiver(Some(GateRuleId::new()), 30, true)], 2, 0),
    ] {
        let case = format!("{rulings:?}");
        let facts = GateFacts { rulings, ..facts.clone() };
        let expected = if blocking == 0 { Ok(()) } else { Err(Refusal::Closed(blocking)) };
        assert_eq!(facts.may_pass(ProjectState::Active, now()), expected, "{case}");
        let states = facts.states(now());
        assert_eq!(states.iter().filter(|state| state.waived.is_some()).count(), waived, "{case}");
        assert!(states.iter().all(|state| !state.holds), "what is waived does not hold");
    }
}

#[test]
fn an_ended_waiver_of_an_earlier_gate_closes_the_next_one() {
    let mut facts = facts(vec![(Check::LiaisonCoverage, true)], &[]);
    let (stage_id, rule) =
        (StageId::new(), Rule { id: GateRuleId::new(), check: attested(), ..facts.rules[0].clone() });
    facts.carried = vec![Carried { stage_id, code: "A0".to_owned(), until_on: date(2026, 11, 17), decision: 4, rule }];
    let open = |facts: &GateFacts| facts.may_pass(ProjectState::Active, now());
    assert_eq!(open(&facts), Err(Refusal::Closed(1)));
    let owed: Vec<bool> = facts.states(now()).iter().map(|state| state.carried.is_some()).collect();
    assert_eq!(owed, [false, true]);
    // The committee waives the gate that is next, with all that it is owed; or the rule holds after all.
    let waived = GateFacts { rulings: vec![ruling(RulingKind::Waiver, None, 30, true)], ..facts.clone() };
    assert_eq!(open(&waived), Ok(()));
    let word = Attested {
        metric: "score".to_owned(),
        value: "41".to_owned(),
        evidence_url: String::new(),
        holds: true,
        by: "Lin Yue".to_owned(),
        at: now(),
    };
    facts.carried[0].rule.attested = vec![word];
    assert_eq!(open(&facts), Ok(()));
    assert_eq!(facts.states(now()).len(), 1, "what holds is owed no more");
    // Evidence of the stage that was passed, not of the one that is next.
    facts.carried[0].rule.check = Check::GateItemsOpenZero;
    assert_eq!(open(&facts), Ok(()), "that stage has none");
    facts.items[0].stage_id = stage_id;
    assert_eq!(open(&facts), Err(Refusal::Closed(1)));
}

#[test]
fn a_hold_is_stronger_than_a_waiver() {
    let mut facts = facts(vec![(attested(), true)], &[]);
    let hold = ruling(RulingKind::Hold, None, 20, false);
    facts.rulings = vec![ruling(RulingKind::Waiver, None, 30, true), hold];
    assert_eq!(facts.may_pass(ProjectState::Active, now()), Err(Refusal::Held(hold)));
}

fn goals(of: &[&[i64]]) -> Goals {
    let one = |position: usize, split: i64| {
        json!({"id": KeyResultId::new(), "position": position, "title": "", "series_id": SeriesId::new(), "part": PartId::new(), "version": 1,
            "split_version": 1, "scale": {"measure": "additive", "unit_kind": "number", "unit": "", "base_unit": "", "decimals": 0},
            "terms": 1, "baseline": 0, "target": 100, "starts_on": "2026-09-01", "due_on": "2026-09-30", "reason": "", "decision": null,
            "since": "2026-09-01T00:00:00Z", "by": "", "entries": [],
            "rows": [{"part": PartId::new(), "owes": "", "links": [], "cells": [{"month": "2026-09-01", "amount": split, "base": 0}]}]})
    };
    let objective = |(position, splits): (usize, &&[i64])| {
        let key_results: Vec<_> = (1..).zip(*splits).map(|(position, split)| one(position, *split)).collect();
        json!({"id": ObjectiveId::new(), "position": position, "title": "", "why": "", "version": 1, "key_results": key_results})
    };
    serde_json::from_value((1..).zip(of).map(objective).collect()).unwrap()
}

/// What is split of each key result of each objective; what is missing of objectives; what is missing of the split.
type Gaps<'a> = (&'a [&'a [i64]], &'a [&'a str], &'a [&'a str]);

#[test]
fn goals_are_complete_when_nothing_is_missing() {
    let cases: &[Gaps<'_>] = &[
        (&[], &["NoObjective"], &["NothingToSplit"]),
        (&[&[]], &["NoKeyResult(1)"], &["NothingToSplit"]),
        (&[&[100], &[]], &["NoKeyResult(2)"], &[]),
        (&[&[100]], &[], &[]),
        (&[&[99]], &[], &["1.1"]),
        (&[&[101]], &[], &["1.1"]),
        (&[&[100, 100, 0], &[100], &[1, 100]], &[], &["1.3", "3.1"]),
    ];
    for (of, written, split) in cases {
        let mut facts = facts(vec![(Check::ObjectivesComplete, true), (Check::SplitComplete, true)], &[]);
        facts.goals = goals(of);
        let states = facts.states(now());
        for (state, expected) in states.iter().zip([written, split]) {
            let Source::Goals(found) = &state.conditions[0].source else { panic!("{state:?}") };
            let gaps: Vec<String> = found
                .gaps
                .iter()
                .map(|gap| match gap {
                    Gap::Left(place, _) => place.to_string(),
                    gap => format!("{gap:?}"),
                })
                .collect();
            assert_eq!(gaps, *expected, "{of:?}");
            assert_eq!(state.holds, expected.is_empty(), "{of:?}");
            assert!(!state.needs_attestation);
        }
    }
}

fn reader(has_read: bool) -> Reader {
    let name = || Bilingual { en: "Sales".to_owned(), zh: "销售".to_owned() };
    Reader {
        part: PartId::new(),
        name: name(),
        short: name(),
        colour: 1,
        person_id: Some(PersonId::new()),
        person: Some("Dan".to_owned()),
        read: has_read.then_some(1),
        read_at: None,
        has_read,
    }
}

#[test]
fn the_playbook_is_read_by_every_department_there_is() {
    for (number, read, holds) in [
        (None, vec![], false),
        (None, vec![false], false),
        (Some(1), vec![false, true], false),
        (Some(1), vec![true, true], true),
        // Nobody is counted that the project has no department for.
        (Some(1), vec![], true),
    ] {
        let mut facts = facts(vec![(Check::PlaybookAcknowledged, true)], &["done"]);
        let departments: Vec<Reader> = read.iter().map(|one| reader(*one)).collect();
        facts.playbook = Readers { number, asked: number, departments };
        let states = facts.states(now());
        assert_eq!(states[0].holds, holds, "{number:?} {read:?}");
        assert!(matches!(states[0].conditions[0].source, Source::Playbook(_)));
    }
}
