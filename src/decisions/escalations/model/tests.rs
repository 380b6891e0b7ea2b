use super::*;
use crate::platform::locale::Language;

fn limits(liaisons: Option<u16>) -> StepLimits {
    StepLimits { liaisons: liaisons.map(Limit::Days), lead: Limit::Hours(4), committee: Limit::Days(5) }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn every_move_from_every_state() {
    use State::{Decided, Settled, WithCommittee, WithLead, WithLiaisons, Withdrawn};
    type Move = fn(State) -> Result<State, Refusal>;
    let moves: [(&str, Move, State, State); 5] = [
        ("pass to lead", State::pass_to_lead, WithLiaisons, WithLead),
        ("pass to committee", |state| state.pass_to_committee(true, Vec::new()), WithLead, WithCommittee),
        ("settle between liaisons", State::settle_between_liaisons, WithLiaisons, Settled),
        ("settle by lead", State::settle_by_lead, WithLead, Settled),
        ("decide", State::decide, WithCommittee, Decided),
    ];
    for (name, make, from, to) in moves {
        for state in State::ALL {
            let expected = match state {
                state if state == from => Ok(to),
                Decided | Settled | Withdrawn => Err(Refusal::Closed),
                WithLiaisons | WithLead | WithCommittee => Err(Refusal::NotAtThisStep),
            };
            assert_eq!(make(state), expected, "{name} from {state:?}");
        }
    }
    for state in State::ALL {
        assert_eq!(state.withdraw().is_ok(), state.is_open(), "{state:?}");
        assert_eq!(State::parse(state.as_str()), Some(state));
    }
}

#[test]
fn the_committee_gets_nothing_half_done() {
    let missing = vec![Missing::Answer { option: "B".into(), criterion: 1 }];
    assert_eq!(State::WithLead.pass_to_committee(true, missing.clone()), Err(Refusal::Incomplete(missing.clone())));
    assert_eq!(State::WithLead.pass_to_committee(false, missing.clone()), Err(Refusal::NobodyVotes), "said first");
    assert_eq!(State::WithLiaisons.pass_to_committee(true, missing), Err(Refusal::NotAtThisStep));
}

#[test]
fn some_cases_start_with_the_lead() {
    assert_eq!(State::first(limits(Some(2))), State::WithLiaisons);
    assert_eq!(State::first(limits(None)), State::WithLead);
}

#[test]
fn the_clock_warns_under_half_and_alarms_under_a_quarter() {
    let (calendar, t) = (Calendar::default(), T(Language::English));
    // Two working days of eight hours.
    let (entered, due) = (at("2026-11-18T09:00:00Z"), at("2026-11-19T17:00:00Z"));
    for (now, tone, words) in [
        ("2026-11-18T09:00:00Z", "ok", "2 d left"),
        ("2026-11-18T17:00:00Z", "ok", "1 d left"),
        ("2026-11-19T10:30:00Z", "warn", "6 h left"),
        ("2026-11-19T13:01:00Z", "bad", "3 h left"),
        ("2026-11-19T16:20:00Z", "bad", "40 min left"),
        ("2026-11-19T17:00:00Z", "bad", "0 min over"),
        ("2026-11-20T10:00:00Z", "bad", "1 h over"),
        ("2026-11-23T11:00:00Z", "bad", "1 d 2 h over"),
    ] {
        let left = TimeLeft::new(entered, due, at(now), &calendar);
        assert_eq!((left.tone(), left.words(t).as_str()), (tone, words), "{now}");
        assert!((0..=left.of).contains(&left.used()));
    }
    assert_eq!(TimeLeft::new(entered, due, entered, &calendar).words(T(Language::Chinese)), "剩 2 天");
}

#[test]
fn hours_are_said_below_two_days_only() {
    let t = T(Language::English);
    for (minutes, words) in
        [(40, "40 min"), (90, "1 h"), (480, "1 d"), (510, "1 d"), (600, "1 d 2 h"), (960, "2 d"), (2340, "4 d")]
    {
        assert_eq!(span(t, minutes, 480), words, "{minutes}");
    }
}
