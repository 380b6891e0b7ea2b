//! How much of what the committee signed off the lead changes alone; pure (ARCHITECTURE §2, "sign-off").
//!
//! Everything is held against what was signed off last, not against the change before: many small ones do not make a large one.

use crate::{
    goals::{figures::rounded, split::model::Terms},
    platform::locale::T,
};
use jiff::civil::Date;

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
    /// Of the way between start and target, when both move.
    Way(Option<i64>),
    /// Of the first month: by so many days.
    Start(i64),
    /// Of the last day: by so many days.
    Due(i64),
    /// It is wanted no more.
    Dropped,
    /// Of what may be spent: by so many tenths of a percent; none where nothing was signed off.
    Envelope(Option<i64>),
    /// Of the day of break-even: by so many days.
    BreakEven(i64),
}

/// What about a change is the committee's; nothing when the lead makes it.
#[must_use]
pub fn too_large(signed: &Terms, wanted: &Terms) -> Vec<TooLarge> {
    let days = |from: Date, to: Date| {
        let days = i64::from((to - from).get_days());
        (days.abs() > DAYS).then_some(days)
    };
    let amount = |from, to| by_too_much(signed.target, from, to);
    // Start and target together: a little of each may be much of the way between them.
    let way = |terms: &Terms| terms.target.saturating_sub(terms.baseline);
    let is_both = signed.target != wanted.target && signed.baseline != wanted.baseline;
    let of_way = is_both.then(|| by_too_much(way(signed), way(signed), way(wanted))).flatten();
    [
        amount(signed.target, wanted.target).map(TooLarge::Target),
        amount(signed.baseline, wanted.baseline).map(TooLarge::Baseline),
        of_way.map(TooLarge::Way),
        days(signed.starts_on, wanted.starts_on).map(TooLarge::Start),
        days(signed.due_on, wanted.due_on).map(TooLarge::Due),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What about another envelope is the committee's.
#[must_use]
pub fn envelope_too_large(signed: i64, wanted: i64) -> Option<TooLarge> {
    by_too_much(signed, signed, wanted).map(TooLarge::Envelope)
}

/// What about another day of break-even is the committee's. Where none was signed off, one may be recorded.
#[must_use]
pub fn break_even_too_far(signed: Option<Date>, wanted: Date) -> Option<TooLarge> {
    let days = i64::from((wanted - signed?).get_days());
    (days.abs() > DAYS).then_some(TooLarge::BreakEven(days))
}

/// By how much of `whole` an amount changes, in tenths of a percent, halves away from zero, when that is too much; the inner none where there is no part
/// of nothing.
fn by_too_much(whole: i64, from: i64, to: i64) -> Option<Option<i64>> {
    let change = i128::from(to) - i128::from(from);
    let whole = i128::from(whole).abs();
    if change == 0 || change.abs() * 100 < whole * i128::from(PERCENT) {
        return None;
    }
    Some((whole != 0).then(|| rounded(change * 1000, whole)))
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
            Self::Way(Some(tenths)) => t.goals_large_way(percent(tenths)),
            Self::Way(None) => t.goals_large_way_of_nothing(),
            Self::Start(days) => t.goals_large_start(days.abs()),
            Self::Due(days) if days < 0 => t.goals_large_due_earlier(days.abs()),
            Self::Due(days) => t.goals_large_due_later(days),
            Self::Dropped => t.goals_large_dropped(),
            Self::Envelope(Some(tenths)) => t.goals_large_envelope(percent(tenths)),
            Self::Envelope(None) => t.goals_large_envelope_of_nothing(),
            Self::BreakEven(days) if days < 0 => t.goals_large_break_even_earlier(days.abs()),
            Self::BreakEven(days) => t.goals_large_break_even_later(days),
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
            (terms(499, 4_501), vec![TooLarge::Way(Some(-200))]),
            (terms(100, 4_700), vec![]),
            (Terms { due_on: date(2027, 7, 14), ..signed }, vec![]),
            (Terms { due_on: date(2027, 7, 15), ..signed }, vec![TooLarge::Due(15)]),
            (Terms { due_on: date(2027, 6, 16), ..signed }, vec![]),
            (Terms { due_on: date(2027, 6, 15), ..signed }, vec![TooLarge::Due(-15)]),
            (Terms { starts_on: date(2026, 10, 1), ..signed }, vec![TooLarge::Start(30)]),
            (
                Terms { target: 1, due_on: date(2027, 12, 31), ..signed },
                vec![TooLarge::Target(Some(-1000)), TooLarge::Due(184)],
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

    #[test]
    fn money_is_held_to_the_same() {
        let of = |wanted| envelope_too_large(1_000_000, wanted);
        assert_eq!((of(1_000_000), of(1_099_999), of(900_001)), (None, None, None));
        assert_eq!(of(1_100_000), Some(TooLarge::Envelope(Some(100))));
        assert_eq!(of(500_000), Some(TooLarge::Envelope(Some(-500))));
        // Two thirds are nearer to 66.7% than to 66.6%.
        assert_eq!(envelope_too_large(300, 500), Some(TooLarge::Envelope(Some(667))));
        assert_eq!(envelope_too_large(600, 200), Some(TooLarge::Envelope(Some(-667))));
        assert_eq!(envelope_too_large(0, 1), Some(TooLarge::Envelope(None)));
        let day = |day| break_even_too_far(Some(date(2027, 12, 7)), day);
        assert_eq!((day(date(2027, 12, 21)), day(date(2027, 11, 23))), (None, None));
        assert_eq!(day(date(2027, 12, 22)), Some(TooLarge::BreakEven(15)));
        assert_eq!(day(date(2027, 11, 22)), Some(TooLarge::BreakEven(-15)));
        assert_eq!(break_even_too_far(None, date(2027, 12, 22)), None);
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
