//! When a commercial plan is missed so far that others have to settle it; pure.
//!
//! The running total was below plan at the end of the newest two reported months, one after the other; or break-even is expected
//! more than 30 days after the planned day, or no more within the plan. That opens one escalation. While it is open there is no
//! second one; after it has ended there is one when a newer month was reported or break-even is expected later than it was then.

use super::model::{Money, SLIP, Slip};
use crate::goals::months::Month;
use jiff::civil::Date;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Below plan in both of these months.
    BelowPlan([Month; 2]),
    /// Break-even comes too late.
    Slips(Slip),
}

/// The newest escalation that the alarm opened, and what it knew then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Nobody has settled, decided or withdrawn it.
    pub is_open: bool,
    /// The newest month that was reported.
    pub reported: Option<Month>,
    /// The day of break-even that was expected.
    pub expected_on: Option<Date>,
}

/// What speaks for an escalation now.
#[must_use]
pub fn wrong(money: &Money) -> Vec<Why> {
    let slip = money.slip();
    let slips = slip.is_more_than(SLIP).then_some(Why::Slips(slip));
    money.below_plan_twice().map(Why::BelowPlan).into_iter().chain(slips).collect()
}

/// Why an escalation is opened now; nothing where none is.
#[must_use]
pub fn opens(money: &Money, earlier: Option<&Earlier>) -> Vec<Why> {
    let is_news = earlier.is_none_or(|earlier| {
        let is_later = match (earlier.expected_on, money.expected_on()) {
            (Some(then), Some(now)) => now > then,
            (Some(_), None) => true,
            (None, _) => false,
        };
        !earlier.is_open && (money.reported() > earlier.reported || is_later)
    });
    if is_news { wrong(money) } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goals::money::model::{Basis, Figure, Line, LineKind};
    use crate::platform::ids::{MoneyLineId, PersonId};
    use jiff::{Timestamp, civil::date};

    fn month(number: i8) -> Month {
        Month::of(date(2026, number, 1))
    }

    /// 300 spent in August, 100 a month planned to come in from September on, so that it breaks even in November.
    fn money(actual: &[i64], forecast: &[i64]) -> Money {
        let figures = |from: i8, of: &[i64]| -> Vec<Figure> {
            (from..).zip(of).map(|(number, amount)| Figure(month(number), Some(*amount), 1)).collect()
        };
        let line = |kind, plan, actual, forecast| Line {
            id: MoneyLineId::new(),
            kind,
            name: String::new(),
            acquires: false,
            position: 1,
            plan,
            actual,
            forecast,
        };
        Money {
            number: 1,
            currency: "USD".to_owned(),
            decimals: 0,
            starts_on: month(8),
            months: 5,
            envelope: 0,
            break_even_on: None,
            reason: String::new(),
            since: Timestamp::UNIX_EPOCH,
            decision: None,
            by: String::new(),
            by_id: PersonId::new(),
            signed: None,
            lines: vec![
                line(LineKind::Revenue, figures(9, &[100, 100, 100, 100]), figures(9, actual), figures(9, forecast)),
                line(LineKind::Cost, figures(8, &[300]), figures(8, &[300]), Vec::new()),
            ],
            entered: Vec::new(),
        }
    }

    #[test]
    fn one_is_opened_and_another_only_for_news() {
        let open = |reported, expected_on| Earlier { is_open: true, reported, expected_on };
        let ended = |reported, expected_on| Earlier { is_open: false, reported, expected_on };
        let slow = [99, 100];
        assert_eq!(money(&slow, &[]).crossing(Basis::Outlook).map(|found| found.on), Some(date(2026, 12, 1)));
        type Case<'a> = (&'a [i64], &'a [i64], Option<Earlier>, usize);
        let cases: &[Case<'_>] = &[
            (&[], &[], None, 0),
            (&[99], &[], None, 0),
            (&slow, &[], None, 1),
            (&slow, &[], Some(open(None, None)), 0),
            (&slow, &[], Some(ended(Some(month(10)), Some(date(2026, 12, 1)))), 0),
            (&slow, &[], Some(ended(Some(month(9)), Some(date(2026, 12, 1)))), 1),
            (&slow, &[], Some(ended(Some(month(10)), Some(date(2026, 11, 30)))), 1),
            // It was beyond the plan then, and nothing is worse.
            (&slow, &[], Some(ended(Some(month(10)), None)), 0),
            // Expected later without a month below plan: 30 November, and no more by the end of December.
            (&[100], &[100, 50, 50], None, 1),
            (&[100], &[100, 0, 0], None, 1),
            (&[100], &[100, 90, 100], None, 0),
            // Both.
            (&[50, 50], &[0, 0, 0, 0], None, 2),
        ];
        for (actual, forecast, earlier, expected) in cases {
            let found = opens(&money(actual, forecast), earlier.as_ref());
            assert_eq!(found.len(), *expected, "{actual:?} {forecast:?} {earlier:?}: {found:?}");
        }
    }
}
