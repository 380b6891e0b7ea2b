use super::*;
use jiff::civil::date;

fn standing(state: State, is_insisted: bool) -> Standing {
    Standing { state, is_insisted, is_ended: false, is_dropped: false }
}

#[test]
fn every_move_from_every_state() {
    use State::{Accepted, Asked, Countered, Declined, Escalated, Withdrawn};
    type Move = (&'static str, fn(Standing) -> Result<State, Refusal>, &'static [State], State);
    let moves: [Move; 7] = [
        ("accept", Standing::accept, &[Asked], Accepted),
        ("counter", Standing::counter, &[Asked], Countered),
        ("decline", Standing::decline, &[Asked], Declined),
        ("agree", Standing::agree, &[Countered], Accepted),
        ("insist", Standing::insist, &[Countered, Declined], Asked),
        ("withdraw", Standing::withdraw, &[Asked, Countered], Withdrawn),
        ("redate", Standing::redate, &[Accepted], Accepted),
    ];
    for (name, make, from, to) in moves {
        for state in State::ALL {
            let expected = if from.contains(&state) { Ok(to) } else { Err(Refusal::NotNow) };
            assert_eq!(make(standing(state, false)), expected, "{name} from {state:?}");
        }
    }
    for (state, is_insisted, is_overdue, expected) in [
        (Asked, false, false, Err(Refusal::NotDue)),
        (Asked, true, false, Err(Refusal::NotDue)),
        (Asked, false, true, Ok(Escalated)),
        (Asked, true, true, Ok(Escalated)),
        (Countered, false, true, Err(Refusal::NotDue)),
        (Countered, true, false, Ok(Escalated)),
        (Declined, false, true, Err(Refusal::NotDue)),
        (Declined, true, false, Ok(Escalated)),
        (Accepted, true, true, Err(Refusal::NotNow)),
        (Withdrawn, true, true, Err(Refusal::NotNow)),
        (Escalated, true, true, Err(Refusal::NotNow)),
    ] {
        let found = standing(state, is_insisted).escalate(is_overdue);
        assert_eq!(found, expected, "{state:?}, insisted {is_insisted}, overdue {is_overdue}");
    }
}

#[test]
fn once_its_escalation_has_ended_the_two_agree_on_a_day_again() {
    use State::{Asked, Escalated, Withdrawn};
    let today = date(2026, 11, 18);
    for state in State::ALL {
        let ended = Standing { state, is_insisted: true, is_ended: true, is_dropped: false };
        let open = Standing { is_ended: false, ..ended };
        let is_over = state == Escalated;
        let expected = |to| if is_over { Ok(to) } else { Err(Refusal::NotNow) };
        assert_eq!(ended.ask_again(), expected(Asked), "{state:?}");
        assert_eq!(open.ask_again(), Err(Refusal::NotNow), "{state:?}");
        if is_over {
            assert_eq!(ended.withdraw(), Ok(Withdrawn));
            assert_eq!(ended.counter(), Err(Refusal::NotNow), "it is the asker's turn");
            assert_eq!((open.counter(), open.withdraw()), (Err(Refusal::NotNow), Err(Refusal::NotNow)));
            assert_eq!(
                (ended.accept(), ended.agree()),
                (Err(Refusal::NotNow), Err(Refusal::NotNow)),
                "no day is on offer"
            );
            assert_eq!(Shown::new(ended, None, today), Shown::Ended);
            assert_eq!(Shown::new(open, None, today), Shown::Escalated);
        }
    }
}

#[test]
fn the_asker_insists_on_no_day_that_has_passed() {
    let today: Date = "2026-11-27".parse().unwrap();
    for (state, is_insisted, wanted, expected) in [
        (State::Declined, false, "2026-11-27", Ok(State::Asked)),
        (State::Countered, false, "2026-11-30", Ok(State::Asked)),
        (State::Declined, false, "2026-11-26", Err(Refusal::DayPassed)),
        (State::Countered, false, "2026-11-26", Err(Refusal::DayPassed)),
        (State::Declined, true, "2026-11-26", Err(Refusal::InsistedAlready)),
        (State::Accepted, false, "2026-11-26", Err(Refusal::NotNow)),
    ] {
        let found = standing(state, is_insisted).insist_on(wanted.parse().unwrap(), today);
        assert_eq!(found, expected, "{state:?}, insisted {is_insisted}, {wanted}");
    }
}

#[test]
fn the_asker_insists_once() {
    for state in [State::Countered, State::Declined] {
        assert_eq!(standing(state, true).insist(), Err(Refusal::InsistedAlready), "{state:?}");
    }
}

#[test]
fn the_answer_is_owed_in_working_time() {
    let calendar = Calendar::default();
    for (asked, due) in [
        ("2026-11-18T10:00:00Z", "2026-11-20T10:00:00Z"),
        ("2026-11-20T10:00:00Z", "2026-11-24T10:00:00Z"),
        ("2026-11-21T10:00:00Z", "2026-11-24T17:00:00Z"),
    ] {
        assert_eq!(answer_due_at(asked.parse().unwrap(), &calendar), due.parse().unwrap(), "{asked}");
    }
}

#[test]
fn a_promise_slips_by_moves_and_by_its_day() {
    let (on, before, after) = (date(2026, 11, 20), date(2026, 11, 19), date(2026, 11, 23));
    for (done_on, is_dropped, (overruns, late_counts), today, slips, shown) in [
        (None, false, (0, true), before, 0, Shown::Promised),
        (None, false, (0, true), on, 0, Shown::Promised),
        (None, false, (0, true), after, 1, Shown::Slipped),
        // Handed to another department: its day is not theirs to keep.
        (None, false, (0, false), after, 0, Shown::Promised),
        (None, true, (0, false), after, 0, Shown::Promised),
        (None, false, (1, false), before, 1, Shown::Slipped),
        (None, false, (1, false), after, 1, Shown::Slipped),
        (None, false, (3, false), after, 3, Shown::Slipped),
        // What slipped before another day was agreed on stays, and that day counts for itself.
        (None, false, (1, true), before, 1, Shown::Slipped),
        (None, false, (1, true), after, 2, Shown::Slipped),
        (None, true, (0, true), before, 1, Shown::Slipped),
        (Some(before), false, (0, true), after, 0, Shown::Kept),
        (Some(on), false, (0, true), after, 0, Shown::Kept),
        (Some(after), false, (0, true), after, 1, Shown::Kept),
        (Some(on), false, (2, false), after, 2, Shown::Kept),
    ] {
        let promise = Promise { on, done_on, is_dropped, overruns, late_counts };
        let case = format!("{promise:?} on {today}");
        assert_eq!(promise.slips(today), slips, "{case}");
        assert_eq!(Shown::new(standing(State::Accepted, false), Some(&promise), today), shown, "{case}");
    }
}

#[test]
fn one_side_alone_gives_more_time_never_less() {
    let promised = date(2026, 11, 27);
    for (on, expected) in [
        (date(2026, 11, 26), Err(Refusal::NotLater)),
        (promised, Err(Refusal::NotLater)),
        (date(2026, 11, 28), Ok(State::Accepted)),
    ] {
        assert_eq!(standing(State::Accepted, false).redate_to(on, promised), expected, "{on}");
        assert_eq!(standing(State::Asked, false).redate_to(on, promised), Err(Refusal::NotNow), "{on}");
    }
}

#[test]
fn a_promise_whose_task_was_dropped_is_ended_by_the_asker() {
    let (promised, day) = (date(2026, 11, 27), date(2026, 12, 4));
    for state in State::ALL {
        let working = standing(state, false);
        let dropped = Standing { is_dropped: true, ..working };
        if state == State::Accepted {
            assert!(dropped.is_broken() && !working.is_broken());
            assert_eq!(working.withdraw(), Err(Refusal::NotNow));
            assert_eq!(working.escalate(true), Err(Refusal::NotNow));
            assert_eq!(dropped.withdraw(), Ok(State::Withdrawn));
            assert_eq!(dropped.escalate(false), Ok(State::Escalated), "without insisting");
            assert_eq!(dropped.redate(), Err(Refusal::TaskDropped));
            assert_eq!(dropped.redate_to(day, promised), Err(Refusal::TaskDropped));
            for (name, moved) in [
                ("accept", dropped.accept()),
                ("counter", dropped.counter()),
                ("decline", dropped.decline()),
                ("agree", dropped.agree()),
                ("insist", dropped.insist()),
                ("ask again", dropped.ask_again()),
            ] {
                assert_eq!(moved, Err(Refusal::NotNow), "{name}");
            }
        } else {
            // Without a promise it changes nothing.
            assert!(!dropped.is_broken(), "{state:?}");
            assert_eq!(dropped.withdraw(), working.withdraw(), "{state:?}");
            assert_eq!(dropped.escalate(true), working.escalate(true), "{state:?}");
            assert_eq!(dropped.redate(), working.redate(), "{state:?}");
        }
    }
}

#[test]
fn states_are_read_as_they_are_written() {
    for state in State::ALL {
        assert_eq!(State::parse(state.as_str()), Some(state));
    }
    assert_eq!(State::parse("kept"), None);
}
