use super::*;
use crate::platform::locale::Language;

fn limits(liaisons: Option<u16>) -> StepLimits {
    StepLimits { liaisons: liaisons.map(Limit::Days), lead: Limit::Hours(4), committee: Limit::Days(5) }
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
fn hours_are_said_below_two_days_only() {
    let t = T(Language::English);
    for (minutes, words) in
        [(40, "40 min"), (90, "1 h"), (480, "1 d"), (510, "1 d"), (600, "1 d 2 h"), (960, "2 d"), (2340, "4 d")]
    {
        assert_eq!(span(t, minutes, 480), words, "{minutes}");
    }
}
