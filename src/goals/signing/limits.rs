//! How much of what the committee signed off the lead changes alone; pure (ARCHITECTURE §2, "sign-off").
//!
//! Everything is held against what was signed off last, not against the change before: many small ones do not make a large one.

use crate::{goals::split::model::Terms, platform::locale::T};

/// From this part of the signed target on, in percent, a change is the committee's.
pub const PERCENT: i64 = 10;
/// Up to this many days a date is moved by the lead.
pub const DAYS: i64 = 14;

/// A change that only the committee makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooLarge {
    /// Of the target: by so many tenths of a percent; none where zero was signed off.
    Target(Option<i64>),
    /// Of where it starts, counted as a part of the target.
    Baseline(Option<i64>),
    /// Of the first month: by so many days.
    Start(i64),
    /// Of the last day: by so many days.
    Due(i64),
    /// It is wanted no more.
    Dropped,
}

/// What about a change is the committee's; nothing when the lead makes it.
#[must_use]
pub fn too_large(signed: &Terms, wanted: &Terms) -> Vec<TooLarge> {
    let days = |from: jiff::civil::Date, to: jiff::civil::Date| {
        let days = i64::from((to - from).get_days());
        (days.abs() > DAYS).then_some(days)
    };
    let amount = |from, to| by_too_much(signed.target, from, to);
    [
        amount(signed.target, wanted.target).map(TooLarge::Target),
        amount(signed.baseline, wanted.baseline).map(TooLarge::Baseline),
        days(signed.starts_on, wanted.starts_on).map(TooLarge::Start),
        days(signed.due_on, wanted.due_on).map(TooLarge::Due),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// By how much of `whole` an amount changes, in tenths of a percent, when that is too much; the inner none where there is no part
/// of nothing.
fn by_too_much(whole: i64, from: i64, to: i64) -> Option<Option<i64>> {
    let change = i128::from(to) - i128::from(from);
    let whole = i128::from(whole).abs();
    if change == 0 || change.abs() * 100 < whole * i128::from(PERCENT) {
        return None;
    }
    Some((whole != 0).then(|| i64::try_from(change * 1000 / whole).unwrap_or(i64::MAX)))
}

impl TooLarge {
    /// In a sentence.
    #[must_use]
    pub fn words(self, t: T) -> String {
        let percent = |tenths: i64| {
            let sign = if tenths < 0 { "−" } else { "+" };
            let (whole, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
            if tenth == 0 { format!("{sign}{whole}%") } else { format!("{sign}{whole}.{tenth}%") }
        };
        match self {
            Self::Target(Some(tenths)) => t.goals_large_target(percent(tenths)),
            Self::Target(None) => t.goals_large_target_of_nothing(),
            Self::Baseline(Some(tenths)) => t.goals_large_baseline(percent(tenths)),
            Self::Baseline(None) => t.goals_large_baseline_of_nothing(),
            Self::Start(days) => t.goals_large_start(days.abs()),
            Self::Due(days) if days < 0 => t.goals_large_due_earlier(days.abs()),
            Self::Due(days) => t.goals_large_due_later(days),
            Self::Dropped => t.goals_large_dropped(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;

    fn terms(baseline: i64, target: i64) -> Terms {
        Terms { baseline, target, starts_on: date(2026, 9, 1), due_on: date(2027, 6, 30) }
    }

    #[test]
    fn a_tenth_of_the_target_and_more_than_a_fortnight_are_the_committees() {
        let signed = terms(0, 5_000);
        for (wanted, expected) in [
            (signed, vec![]),
            (terms(0, 5_499), vec![]),
            (terms(0, 4_501), vec![]),
            (terms(0, 5_500), vec![TooLarge::Target(Some(100))]),
            (terms(0, 4_500), vec![TooLarge::Target(Some(-100))]),
            (terms(0, 6_250), vec![TooLarge::Target(Some(250))]),
            (terms(499, 5_000), vec![]),
            (terms(500, 5_000), vec![TooLarge::Baseline(Some(100))]),
            (Terms { due_on: date(2027, 7, 14), ..signed }, vec![]),
            (Terms { due_on: date(2027, 7, 15), ..signed }, vec![TooLarge::Due(15)]),
            (Terms { due_on: date(2027, 6, 16), ..signed }, vec![]),
            (Terms { due_on: date(2027, 6, 15), ..signed }, vec![TooLarge::Due(-15)]),
            (Terms { starts_on: date(2026, 10, 1), ..signed }, vec![TooLarge::Start(30)]),
            (
                Terms { target: 1, due_on: date(2027, 12, 31), ..signed },
                vec![TooLarge::Target(Some(-999)), TooLarge::Due(184)],
            ),
        ] {
            assert_eq!(too_large(&signed, &wanted), expected, "{wanted:?}");
        }
    }

    #[test]
    fn of_nothing_every_change_is_large() {
        assert_eq!(too_large(&terms(100, 0), &terms(100, 1)), [TooLarge::Target(None)]);
        assert_eq!(too_large(&terms(100, 0), &terms(99, 0)), [TooLarge::Baseline(None)]);
        assert_eq!(too_large(&terms(100, 0), &terms(100, 0)), []);
    }

    proptest! {
        #[test]
        fn it_is_a_tenth_whichever_way_it_goes(target in -1_000_000_000_000_000_i64..=1_000_000_000_000_000, by in -2_000_000_i64..2_000_000) {
            let wanted = target + by;
            let is_large = !too_large(&terms(0, target), &terms(0, wanted)).is_empty();
            prop_assert_eq!(is_large, by != 0 && i128::from(by.abs()) * 10 >= i128::from(target.abs()));
        }

        #[test]
        fn a_day_is_counted_either_way(by in -400_i64..400) {
            let signed = terms(0, 100);
            let wanted = Terms { due_on: signed.due_on + by.days(), ..signed };
            prop_assert_eq!(too_large(&signed, &wanted).is_empty(), by.abs() <= 14);
        }
    }
}
