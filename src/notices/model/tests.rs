use super::*;
use serde_json::json;

fn wants(kind: Kind, after: Value) -> Vec<(Hearer, Option<Want>)> {
    telling(kind, &after).map(|telling| telling.hearers).unwrap_or_default()
}

#[test]
fn what_waits_for_somebody_says_what_is_wanted() {
    let first = |kind, after| wants(kind, after).first().copied();
    for (kind, after, hearer, want) in [
        (Kind::TaskAssigned, json!({}), Hearer::Assignee, Want::Task),
        (Kind::TaskCommented, json!({}), Hearer::Mentioned, Want::Answer),
        (Kind::TaskStatusChanged, json!({ "status": "blocked" }), Hearer::WaitedFor, Want::Unblock),
        (Kind::EscalationRaised, json!({}), Hearer::SilentSides, Want::Position),
        (Kind::EscalationPassedOn, json!({ "state": "with_lead" }), Hearer::Lead, Want::Settle),
        (Kind::EscalationTimeOver, json!({ "state": "with_committee" }), Hearer::Committee, Want::Vote),
        (Kind::EscalationTimeRunsOut, json!({ "state": "with_liaisons" }), Hearer::SilentSides, Want::Position),
        (Kind::EscalationTimeRunsOut, json!({ "state": "with_lead" }), Hearer::Lead, Want::Settle),
        (Kind::RaiserAsked, json!({}), Hearer::Raiser, Want::AnswerQuestion),
        (Kind::EscalationChanged, json!({ "outcome": "299" }), Hearer::Sides, Want::Confirm),
        (Kind::GuestAsked, json!({}), Hearer::Guest, Want::Advise),
        (Kind::RequestAsked, json!({}), Hearer::Asked, Want::AnswerRequest),
        (Kind::RequestInsisted, json!({}), Hearer::Asked, Want::AnswerRequest),
        (Kind::RequestCountered, json!({}), Hearer::Asking, Want::AnswerOffer),
        (Kind::RequestDeclined, json!({}), Hearer::Asking, Want::AnswerRefusal),
        (Kind::RequestCountered, json!({ "insisted": true }), Hearer::Asking, Want::AnswerLastOffer),
        (Kind::RequestDeclined, json!({ "insisted": true }), Hearer::Asking, Want::AnswerLastRefusal),
        (Kind::ChangeAsked, json!({}), Hearer::ChangeRnd, Want::SizeChange),
        (Kind::ChangeSized, json!({}), Hearer::ChangeProduct, Want::AnswerChange),
    ] {
        assert_eq!(first(kind, after), Some((hearer, Some(want))), "{kind:?}");
    }
}

#[test]
fn who_has_not_voted_is_reminded_once_and_then_the_chair_owes_the_next_step() {
    let chair = (Hearer::Recorder, Some(Want::Decide));
    let forgotten = (Hearer::NotReminded, Some(Want::Vote));
    for (time_left, told) in [
        ("half", vec![(Hearer::NotVoted, Some(Want::Vote))]),
        ("quarter", vec![chair, forgotten]),
        ("over", vec![chair, forgotten]),
    ] {
        let after = json!({ "state": "with_committee", "time_left": time_left });
        assert_eq!(wants(Kind::EscalationTimeRunsOut, after), told, "{time_left}");
    }
    // The other steps are warned of at both times, as before.
    for time_left in ["half", "quarter"] {
        let after = json!({ "state": "with_lead", "time_left": time_left });
        assert_eq!(wants(Kind::EscalationTimeRunsOut, after), [(Hearer::Lead, Some(Want::Settle))], "{time_left}");
    }
}

#[test]
fn ballots_sign_ins_and_small_edits_are_nobodys_news() {
    for kind in [Kind::BallotCast, Kind::BallotChanged, Kind::AdviceGiven, Kind::SignedIn, Kind::DutyChanged] {
        assert_eq!(telling(kind, &json!({})), None, "{kind:?}");
    }
    assert_eq!(telling(Kind::CommitteeChanged, &json!({ "rule": "chair" })), None);
    assert_eq!(telling(Kind::EscalationChanged, &json!({ "question": "New" })), None);
}

#[test]
fn the_committee_reads_who_stands_in_for_the_chair_and_when() {
    for after in [json!({ "deputy": "Ann" }), json!({ "away_until": "2026-12-01" }), json!({ "away_until": null })] {
        assert_eq!(wants(Kind::CommitteeChanged, after.clone()), [(Hearer::Committee, None)], "{after}");
    }
}

#[test]
fn who_acted_is_not_asked_any_more_and_a_role_may_narrow() {
    for kind in [Kind::SteppedAside, Kind::DecisionReviewed, Kind::BallotCast] {
        assert!(answers(kind) && kind.is_news(), "{kind:?}");
    }
    assert!(narrows(Kind::PersonRoleChanged.as_str()) && !narrows(Kind::PersonChanged.as_str()));
}

#[test]
fn what_is_told_is_queued_and_what_waits_for_somebody_at_once() {
    for kind in Kind::ALL {
        let all = ["with_liaisons", "with_lead", "with_committee"]
            .map(|state| json!({ "state": state, "outcome": "x", "deputy": "x", "touched": {} }));
        let tellings: Vec<Telling> = all.iter().filter_map(|after| telling(*kind, after)).collect();
        let is_told = !tellings.is_empty() || narrows(kind.as_str()) || answers(*kind) || ends_wants(kind.as_str());
        assert_eq!(is_told, kind.is_news(), "{kind:?}");
        let wanted = tellings.iter().flat_map(|telling| &telling.hearers).any(|(_, want)| want.is_some());
        // A new task and a proposed settlement may wait a minute: nobody is late for them.
        let may_wait = matches!(kind, Kind::TaskCreated | Kind::EscalationChanged | Kind::TaskStatusChanged);
        assert!(wanted || !kind.is_pressing(), "{kind:?}");
        assert!(!wanted || kind.is_pressing() || may_wait, "{kind:?}");
    }
}

#[test]
fn guests_hear_of_what_is_put_before_them_only() {
    let reaches_guests = |hearer| matches!(hearer, Hearer::Advisers | Hearer::Guest);
    for kind in Kind::ALL {
        for state in ["with_liaisons", "with_lead", "with_committee"] {
            let hearers = wants(*kind, json!({ "state": state, "outcome": "x" }));
            let to_guests: Vec<_> = hearers.into_iter().filter(|(hearer, _)| reaches_guests(*hearer)).collect();
            let wanted = if *kind == Kind::EscalationDecided { None } else { Some(Want::Advise) };
            assert!(to_guests.iter().all(|(_, want)| *want == wanted), "{kind:?}");
        }
    }
}

#[test]
fn what_ends_a_case_heads_its_line_and_a_comment_does_not() {
    let weighs = |kind| telling(kind, &json!({ "outcome": "x" })).map(|telling| telling.weight);
    let rising = [Kind::EscalationCommented, Kind::MilestoneMoved, Kind::EscalationPassedOn, Kind::EscalationDecided];
    assert!(rising.map(weighs).is_sorted_by(|a, b| a.is_some() && a < b));
}

#[test]
fn managers_and_the_lead_read_of_requests_and_are_asked_for_nothing() {
    for kind in Kind::ALL.iter().filter(|kind| kind.as_str().starts_with("request.")) {
        let hearers = wants(*kind, json!({}));
        for hearer in [Hearer::Managers, Hearer::Lead] {
            assert!(hearers.contains(&(hearer, None)), "{kind:?} {hearer:?}");
        }
    }
}

#[test]
fn wants_are_read_back() {
    for want in Want::ALL {
        assert_eq!(Want::parse(want.as_str()), Some(want));
    }
    assert_eq!(Want::parse("dance"), None);
}
