use super::*;
use proptest::prelude::*;

const SIZED: Standing = Standing { state: State::Sized, product: false, rnd: false };
const BY_PRODUCT: Standing = Standing { product: true, ..SIZED };
const BY_RND: Standing = Standing { rnd: true, ..SIZED };
const fn both(state: State) -> Standing {
    Standing { state, product: true, rnd: true }
}

/// What each move makes of a change: sized, accepted by product, by R&D, declined by product, by R&D, withdrawn, settled.
/// A capital letter is the state after it while the budget holds it, a small `o` over budget; `.` is refused.
#[test]
fn the_way_of_a_change() {
    let letter = |moved: Result<Standing, Refusal>| match moved.map(|standing| standing.state) {
        Ok(State::Asked) => 'Q',
        Ok(State::Sized) => 'S',
        Ok(State::Accepted) => 'A',
        Ok(State::Declined) => 'D',
        Ok(State::Withdrawn) => 'W',
        Ok(State::OverBudget) => 'o',
        Err(_) => '.',
    };
    for (standing, holds, over) in [
        (Standing::NEW, "S..DDW.", "S..DDW."),
        (SIZED, "SSSDDW.", "SSSDDW."),
        (BY_PRODUCT, "..A.DW.", "..o.DW."),
        (BY_RND, ".A.D.W.", ".o.D.W."),
        (both(State::OverBudget), ".....WA", ".....WD"),
        (both(State::Accepted), ".......", "......."),
        (Standing { state: State::Declined, ..SIZED }, ".......", "......."),
        (Standing { state: State::Withdrawn, ..Standing::NEW }, ".......", "......."),
    ] {
        for (fits, expected) in [(true, holds), (false, over)] {
            let found: String = [
                standing.size(),
                standing.accept(Side::Product, fits),
                standing.accept(Side::Rnd, fits),
                standing.decline(Side::Product),
                standing.decline(Side::Rnd),
                standing.withdraw(),
                standing.settle(fits),
            ]
            .map(letter)
            .iter()
            .collect();
            assert_eq!(found, expected, "{standing:?} {fits}");
        }
    }
    assert_eq!(BY_PRODUCT.accept(Side::Product, true), Err(Refusal::AcceptedAlready));
    assert_eq!(BY_PRODUCT.size(), Err(Refusal::AcceptedAlready), "nobody changes what the other side agreed to");
}

#[test]
fn states_survive_the_database() {
    for state in State::ALL {
        let text = serde_json::Value::from(state.as_str());
        assert_eq!(serde_json::from_value::<State>(text).unwrap(), state);
    }
    for side in Side::ALL {
        assert_eq!((side.as_str().parse(), side.other().other()), (Ok(side), side));
    }
    assert_eq!("lead".parse::<Side>(), Err(()));
}

/// Budget, used, those that wait, and which are taken in.
#[test]
fn those_that_wait_are_taken_in_in_their_order_as_far_as_the_budget_holds() {
    for (of, used, waiting, expected) in [
        (20, 16, vec![6], vec![false]),
        (22, 16, vec![6], vec![true]),
        (22, 16, vec![4, 4], vec![true, false]),
        (24, 16, vec![4, 4], vec![true, true]),
        (22, 16, vec![8, 4, 3, 2], vec![false, true, false, true]),
        (20, 20, vec![1], vec![false]),
        (0, 0, vec![1, 1], vec![false, false]),
        (10, 0, vec![], vec![]),
    ] {
        let budget = Budget { of: Days::of_halves(of), used: Days::of_halves(used) };
        let sizes: Vec<Days> = waiting.iter().copied().map(Days::of_halves).collect();
        assert_eq!(budget.take_in(&sizes), expected, "{of} {used} {waiting:?}");
    }
}

/// What happens in a project: somebody asks for a change, which both sides accept; or the open escalation ends, with a decision
/// that raises the budget or without one.
#[derive(Clone, Copy, Debug)]
enum Step {
    Change(u8, i32),
    End(Option<i32>),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0_u8..4, 1_i32..12).prop_map(|(by, size)| Step::Change(by, size)),
        1 => prop::option::of(1_i32..10).prop_map(Step::End),
    ];
    prop::collection::vec(step, 0..40)
}

proptest! {
    /// However changes come and escalations end: what counts is the sum of the accepted ones and of what each asked for, it is
    /// never above the budget, and only a decision raises that.
    #[test]
    fn what_counts_is_never_above_the_budget(of in 0_i32..30, steps in steps()) {
        let mut budget = Budget { of: Days::of_halves(of), used: Days::default() };
        let mut raised = 0;
        let mut all: Vec<Counted<u8>> = Vec::new();
        for step in steps {
            match step {
                Step::Change(by, size) => {
                    let size = Days::of_halves(size);
                    let standing = SIZED.accept(Side::Rnd, budget.holds(size)).unwrap();
                    let state = standing.accept(Side::Product, budget.holds(size)).unwrap().state;
                    prop_assert_eq!(state == State::Accepted, budget.holds(size));
                    if state == State::Accepted {
                        budget = budget.with(size);
                    }
                    all.push(Counted { by, state, size: Some(size), is_current: true });
                }
                Step::End(more) => {
                    budget.of = budget.of + Days::of_halves(more.unwrap_or_default());
                    raised += more.unwrap_or_default();
                    let waiting: Vec<usize> =
                        (0..all.len()).filter(|at| all[*at].state == State::OverBudget).collect();
                    let sizes: Vec<Days> = waiting.iter().map(|at| all[*at].size.unwrap()).collect();
                    for (at, fits) in waiting.into_iter().zip(budget.take_in(&sizes)) {
                        all[at].state = both(State::OverBudget).settle(fits).unwrap().state;
                        if fits {
                            budget = budget.with(all[at].size.unwrap());
                        }
                    }
                }
            }
            let (total, each) = sums(&all);
            prop_assert_eq!(total.accepted, budget.used);
            prop_assert_eq!(each.iter().map(|(_, sums)| sums.accepted).sum::<Days>(), total.accepted);
            prop_assert_eq!(each.iter().map(|(_, sums)| sums.waiting).sum::<Days>(), total.waiting);
            prop_assert_eq!(each.iter().map(|(_, sums)| sums.declined).sum::<Days>(), total.declined);
            prop_assert_eq!(each.iter().map(|(_, sums)| sums.changes).sum::<i64>(), i64::try_from(all.len()).unwrap());
            prop_assert!(budget.used <= budget.of);
            prop_assert_eq!(budget.of.halves(), of + raised);
        }
    }
}
