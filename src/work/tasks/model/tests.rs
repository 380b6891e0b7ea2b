use super::*;
use crate::platform::locale::Language;
use jiff::civil::date;

fn task(status: Status) -> Task {
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    Task {
        project_id: ProjectId::new(),
        id: TaskId::new(),
        number: 42,
        title: "Price page".into(),
        title_zh: None,
        description: String::new(),
        part_id: PartId::new(),
        assignee_id: None,
        assignee_name: None,
        status,
        priority: Priority::Normal,
        starts_on: None,
        due_on: Some(date(2026, 11, 13)),
        baseline_due_on: Some(date(2026, 11, 10)),
        stage_id: None,
        milestone_id: None,
        duty_id: None,
        blocked_reason: if status == Status::Blocked { "no price".into() } else { String::new() },
        waits_for_part_id: None,
        blocked_since: (status == Status::Blocked).then(|| at("2026-11-16T09:40:00Z")),
        comment_count: 0,
        created_by: PersonId::new(),
        created_at: at("2026-10-01T00:00:00Z"),
        changed_at: at("2026-10-01T00:00:00Z"),
        reviewed_at: None,
        done_at: (status == Status::Done).then(|| at("2026-11-12T00:00:00Z")),
        version: 1,
    }
}

fn now() -> Timestamp {
    "2026-11-18T02:00:00Z".parse().unwrap()
}

#[test]
fn a_task_goes_back_to_where_it_was_before_the_block() {
    for (before, after) in [
        (Some(Status::Doing), Status::Doing),
        (Some(Status::Review), Status::Review),
        (Some(Status::Todo), Status::Todo),
        (Some(Status::Done), Status::Todo),
        (None, Status::Todo),
    ] {
        assert_eq!(Status::after_block(before), after, "{before:?}");
    }
}

#[test]
fn every_status_leads_to_every_other_and_keeps_what_belongs_to_it() {
    for from in Status::ALL {
        for to in Status::ALL {
            let task = task(from);
            let moved = task.move_to(to, "waits for legal", None, now());
            if from == to && to != Status::Blocked {
                assert_eq!(moved, Err(Refusal::Unchanged));
                continue;
            }
            let moved = moved.unwrap();
            assert_eq!(moved.status, to);
            assert_eq!(moved.blocked_reason.is_empty(), to != Status::Blocked, "{from:?} to {to:?}");
            assert_eq!(moved.blocked_since.is_some(), to == Status::Blocked);
            assert_eq!(moved.done_at.is_some(), to == Status::Done);
        }
    }
}

#[test]
fn blocked_says_why_and_since_when() {
    let open = task(Status::Doing);
    assert_eq!(open.move_to(Status::Blocked, "  ", None, now()), Err(Refusal::ReasonMissing));
    assert_eq!(open.move_to(Status::Blocked, &"长".repeat(501), None, now()), Err(Refusal::ReasonTooLong));
    assert!(open.move_to(Status::Blocked, &"长".repeat(500), None, now()).is_ok());
    assert_eq!(open.move_to(Status::Blocked, "x", Some(open.part_id), now()), Err(Refusal::WaitsForItself));

    let blocked = task(Status::Blocked);
    assert_eq!(blocked.move_to(Status::Blocked, "no price", None, now()), Err(Refusal::Unchanged));
    let other = PartId::new();
    let again = blocked.move_to(Status::Blocked, "no price", Some(other), now()).unwrap();
    assert_eq!(again.blocked_since, blocked.blocked_since);
    assert_eq!(again.waits_for_part_id, Some(other));
    assert_eq!(blocked.move_to(Status::Doing, "", Some(other), now()).unwrap().waits_for_part_id, None);
}

#[test]
fn dropping_is_for_editors_both_ways() {
    for from in Status::ALL {
        for to in Status::ALL {
            let one_is_dropped = (from == Status::Dropped) != (to == Status::Dropped);
            assert_eq!(task(from).needs_editor(to), one_is_dropped, "{from:?} to {to:?}");
        }
    }
}

#[test]
fn due_in_words() {
    let (en, zh) = (T(Language::English), T(Language::Chinese));
    let today = date(2026, 11, 18);
    for (status, due, done, expected_en, expected_zh) in [
        (Status::Todo, Some(date(2026, 11, 18)), None, ("warn", "Today"), ("warn", "今天")),
        (Status::Todo, Some(date(2026, 11, 19)), None, ("", "Tomorrow"), ("", "明天")),
        (Status::Todo, Some(date(2026, 11, 17)), None, ("bad", "1 day late"), ("bad", "逾期 1 天")),
        (Status::Blocked, Some(date(2026, 11, 15)), None, ("bad", "3 days late"), ("bad", "逾期 3 天")),
        (Status::Review, Some(date(2026, 11, 20)), None, ("", "Fri 20 Nov"), ("", "11月20日 周五")),
        (Status::Doing, None, None, ("", ""), ("", "")),
        (Status::Done, Some(date(2026, 11, 15)), Some(date(2026, 11, 13)), ("", "Done 13 Nov"), ("", "11月13日完成")),
        (Status::Dropped, Some(date(2026, 11, 15)), None, ("", ""), ("", "")),
    ] {
        let (tone, text) = deadline(en, status, due, done, today);
        assert_eq!((tone, text.as_str()), expected_en);
        let (tone, text) = deadline(zh, status, due, done, today);
        assert_eq!((tone, text.as_str()), expected_zh);
    }
    assert_eq!(task(Status::Todo).slip(), Some(3));
    assert_eq!(task(Status::Todo).late_by(today), Some(5));
    assert_eq!(task(Status::Done).late_by(today), None);
}
