use super::*;
use crate::decisions::matrix;

#[test]
fn kinds_survive_the_database_and_every_category_suggests_one() {
    for kind in Kind::all() {
        assert_eq!(Kind::parse(kind.as_str()), Some(kind));
    }
    assert_eq!(Kind::of_category("pmf"), None, "nobody is offered a go");
    for category in &matrix::matrix().unwrap().categories {
        let kind = Kind::of_category(&category.code);
        let by_nature = matches!(category.code.as_str(), "resources" | "lead_handoff" | "quality");
        assert_eq!(kind == Some(Kind::Other), by_nature, "{}", category.code);
    }
}
#[test]
fn a_decision_says_one_thing_about_one_thing() {
    let day = jiff::civil::date(2027, 1, 15);
    let (milestone, launch, stage, other, duty) =
        (MilestoneId::new(), MilestoneId::new(), StageId::new(), StageId::new(), DutyId::new());
    let (rule, another) = (Some(GateRuleId::new()), Some(GateRuleId::new()));
    let moves = |number| Effect::MoveTask { number, due: day };
    let drops = |number| Effect::DropTask { number };
    let gives = |number| Effect::AssignTask { number, to: PersonId::new() };
    let reaches = |milestone| Effect::MoveMilestone { milestone, due: day };
    let holds = |stage| Effect::HoldGate { stage, until: day };
    let waives = |stage, rule| Effect::WaiveGate { stage, rule, until: day };
    let sets = |duty| Effect::SetDuty { duty, accountable: None, responsible: None };
    let launches = || Effect::MoveLaunch { day, seen: String::new() };
    let (result, other_result) = (KeyResultId::new(), KeyResultId::new());
    let targets = |key_result| Effect::SetTarget { key_result, target: Some(1), due: None };
    let ends = |key_result| Effect::DropKeyResult { key_result };
    let signs = || Effect::SignOffGoals { seen: String::new() };
    let creates = || Effect::CreateTask { title: "A".to_owned(), part: PartId::new(), assignee: None, due: None };
    for (one, two, expected) in [
        (moves(1), moves(1), true),
        (moves(1), moves(2), false),
        (moves(1), gives(1), false),
        (moves(1), drops(1), true),
        (drops(1), Effect::UnblockTask { number: 1 }, true),
        (gives(1), gives(1), true),
        (reaches(milestone), reaches(milestone), true),
        (reaches(milestone), launches(), false),
        (reaches(launch), launches(), true),
        (launches(), launches(), true),
        (holds(stage), holds(stage), true),
        (holds(stage), waives(stage, rule), true),
        (holds(stage), waives(other, rule), false),
        (waives(stage, rule), waives(stage, another), false),
        (waives(stage, rule), waives(stage, None), true),
        (sets(duty), sets(duty), true),
        (sets(duty), sets(DutyId::new()), false),
        (Effect::SendBack { to: stage }, Effect::SendBack { to: other }, true),
        (Effect::SendBack { to: stage }, holds(stage), false),
        (targets(result), targets(result), true),
        (targets(result), targets(other_result), false),
        (targets(result), ends(result), true),
        (ends(result), ends(other_result), false),
        (signs(), signs(), true),
        (signs(), targets(result), true),
        (signs(), ends(result), true),
        (signs(), Effect::SetEnvelope { to: 1 }, true),
        (Effect::SetEnvelope { to: 1 }, Effect::SetEnvelope { to: 2 }, true),
        (Effect::SetEnvelope { to: 1 }, targets(result), false),
        (signs(), holds(stage), false),
        (creates(), creates(), false),
    ] {
        assert_eq!(one.clashes(&two, Some(launch)), expected, "{one:?} {two:?}");
        assert_eq!(two.clashes(&one, Some(launch)), expected, "{two:?} {one:?}");
    }
}
