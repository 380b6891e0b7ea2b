//! How a bonus pool is shared; pure.
//!
//! Every key result has a weight for each department that was promised a part for it. At full reach the pool is shared by these
//! weights, to the last unit. As it stands, a department has of each of its weights as much as the key result is reached: from its start
//! (nothing) to its target (all of it), never less and never more. What is not reached is not shared out.

use crate::{
    goals::{model::KeyResult, pace, split::fill::apportion},
    platform::ids::{BonusPoolId, KeyResultId, PartId},
};
use jiff::{Timestamp, civil::Date};

/// All of it, in hundredths of a percent.
pub const ALL: i64 = 10_000;
/// Heaviest weight.
pub const HEAVIEST: i32 = 1_000;
/// Largest pool, in units of its currency.
pub const LARGEST: i64 = 1_000_000_000_000;

/// What a key result weighs for a department.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// Which key result.
    pub key_result: KeyResultId,
    /// Which department.
    pub part: PartId,
    /// From 1.
    pub weight: i32,
}

/// A pool as it was set.
#[derive(Clone, Debug)]
pub struct Pool {
    /// Its id.
    pub id: BonusPoolId,
    /// From 1.
    pub number: i32,
    /// `USD`.
    pub currency: String,
    /// In whole units.
    pub amount: i64,
    /// Why it was set so; empty for the first.
    pub reason: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Who gets how much for what.
    pub weights: Vec<Weight>,
}

/// What a department has of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Portion {
    /// Which.
    pub part: PartId,
    /// As it stands.
    pub now: i64,
    /// When everything is reached.
    pub full: i64,
}

/// How far a key result is reached, in hundredths of a percent of the way from start to target.
#[must_use]
pub fn reached(of: &KeyResult, today: Date) -> i64 {
    let Some(pace) = pace::whole(of, today) else { return 0 };
    let way = i128::from(of.target) - i128::from(of.baseline);
    let gone = i128::from(pace.actual) - i128::from(of.baseline);
    if way == 0 {
        return 0;
    }
    i64::try_from((gone * i128::from(ALL) / way).clamp(0, i128::from(ALL))).unwrap_or_default()
}

/// What each department has, in the order in which they are given. `reached` says how far a key result is; one that is wanted no more
/// is not reached.
#[must_use]
pub fn portions(pool: &Pool, parts: &[PartId], reached: impl Fn(KeyResultId) -> i64) -> Vec<Portion> {
    let of = |part: PartId| pool.weights.iter().filter(move |weight| weight.part == part);
    let weights: Vec<u64> = parts
        .iter()
        .map(|part| of(*part).map(|weight| u64::try_from(weight.weight).unwrap_or_default()).sum())
        .collect();
    let all: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    let full = apportion(pool.amount, &weights);
    let portion = |(part, full): (&PartId, i64)| {
        let points: i128 = of(*part)
            .map(|weight| i128::from(weight.weight) * i128::from(reached(weight.key_result).clamp(0, ALL)))
            .sum();
        let now = i128::from(pool.amount) * points / (all * i128::from(ALL)).max(1);
        // A unit that rounding gave a department at full reach is its own only then.
        Portion { part: *part, now: i64::try_from(now).unwrap_or(full).min(full), full }
    };
    parts.iter().zip(full).map(portion).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pool(amount: i64, weights: Vec<Weight>) -> Pool {
        Pool {
            id: BonusPoolId::new(),
            number: 1,
            currency: "USD".to_owned(),
            amount,
            reason: String::new(),
            by: String::new(),
            at: Timestamp::UNIX_EPOCH,
            weights,
        }
    }

    #[test]
    fn a_department_has_of_its_weights_what_is_reached() {
        let (sales, marketing, nobody) = (PartId::new(), PartId::new(), PartId::new());
        let (revenue, trials) = (KeyResultId::new(), KeyResultId::new());
        let weight = |key_result, part, weight| Weight { key_result, part, weight };
        let pool =
            pool(10_000, vec![weight(revenue, sales, 3), weight(trials, sales, 1), weight(trials, marketing, 4)]);
        let parts = [sales, marketing, nobody];
        let at = |revenue_at: i64, trials_at: i64| {
            let reached = |id| if id == revenue { revenue_at } else { trials_at };
            portions(&pool, &parts, reached).iter().map(|one| (one.now, one.full)).collect::<Vec<_>>()
        };
        assert_eq!(at(0, 0), [(0, 5_000), (0, 5_000), (0, 0)]);
        assert_eq!(at(ALL, 0), [(3_750, 5_000), (0, 5_000), (0, 0)]);
        assert_eq!(at(5_000, 2_500), [(2_187, 5_000), (1_250, 5_000), (0, 0)]);
        assert_eq!(at(ALL, ALL), [(5_000, 5_000), (5_000, 5_000), (0, 0)]);
        assert_eq!(
            at(2 * ALL, -5),
            [(3_750, 5_000), (0, 5_000), (0, 0)],
            "never more than all, never less than nothing"
        );
        assert_eq!(portions(&self::pool(100, vec![]), &parts, |_| ALL).iter().map(|one| one.now).sum::<i64>(), 0);
    }

    proptest! {
        #[test]
        fn the_pool_is_shared_to_the_last_unit_and_never_more(
            amount in 0_i64..=LARGEST,
            weights in prop::collection::vec((0_usize..4, 0_usize..3, 1_i32..=HEAVIEST), 1..12),
            reach in prop::collection::vec(-100_i64..12_000, 3),
        ) {
            let parts: Vec<PartId> = (0..4).map(|_| PartId::new()).collect();
            let results: Vec<KeyResultId> = (0..3).map(|_| KeyResultId::new()).collect();
            let weights = weights.iter().map(|(part, result, weight)| Weight { key_result: results[*result], part: parts[*part], weight: *weight });
            let pool = pool(amount, weights.collect());
            let at = |id| results.iter().position(|one| *one == id).map_or(0, |place| reach[place]);
            let now = portions(&pool, &parts, at);
            prop_assert_eq!(now.iter().map(|one| one.full).sum::<i64>(), amount);
            prop_assert!(now.iter().all(|one| 0 <= one.now && one.now <= one.full));
            let all = portions(&pool, &parts, |_| ALL);
            // What rounding leaves at full reach is less than a unit a department.
            prop_assert!(amount - all.iter().map(|one| one.now).sum::<i64>() < 4);
        }
    }
}
