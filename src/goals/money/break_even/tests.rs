use super::*;
use jiff::civil::date;
use proptest::prelude::*;

fn months(results: &[(i64, i64)]) -> Vec<Earned> {
    let first = Month::of(date(2026, 11, 1));
    let months = std::iter::successors(Some(first), |month| Some(month.next()));
    results
        .iter()
        .zip(months)
        .map(|((revenue, cost), month)| Earned { month, revenue: *revenue, cost: *cost })
        .collect()
}

fn on(results: &[(i64, i64)]) -> Option<String> {
    crossing(&steps(&months(results))).map(|found| found.on.to_string())
}

#[test]
fn break_even_is_the_day_from_which_on_nothing_is_missing() {
    type Case<'a> = (&'a [(i64, i64)], Option<&'a str>);
    let cases: &[Case<'_>] = &[
        (&[], None),
        (&[(0, 0), (0, 0)], None),
        (&[(0, 10), (5, 0)], None),
        // Never negative: with the first revenue.
        (&[(0, 0), (5, 0)], Some("2026-12-01")),
        (&[(5, 5)], Some("2026-11-01")),
        // 300 missing, 310 come in 31 days: 10 a day, at the end of the 30th.
        (&[(0, 300), (310, 0)], Some("2026-12-30")),
        (&[(0, 301), (310, 0)], Some("2026-12-31")),
        (&[(0, 310), (310, 0)], Some("2026-12-31")),
        (&[(0, 1), (310, 0)], Some("2026-12-01")),
        // It is negative once more: the last time counts.
        (&[(0, 10), (20, 0), (0, 30), (0, 0), (40, 0)], Some("2027-03-16")),
        (&[(0, 10), (20, 0), (0, 30)], None),
        // Zero is not negative.
        (&[(0, 31), (31, 0), (0, 0)], Some("2026-12-31")),
        // February has 28 days in 2027.
        (&[(0, 0), (0, 0), (0, 28), (28, 0), (28, 0)], Some("2027-02-28")),
    ];
    for (results, expected) in cases {
        assert_eq!(on(results).as_deref(), *expected, "{results:?}");
    }
}

#[test]
fn the_working_adds_up_and_says_where_it_crosses() {
    let steps = steps(&months(&[(0, 300), (310, 10), (20, 0)]));
    let totals: Vec<(i64, i64)> = steps.iter().map(|step| (step.result, step.total)).collect();
    assert_eq!(totals, [(-300, -300), (300, 0), (20, 20)]);
    let found = crossing(&steps).unwrap();
    assert_eq!((found.month, found.from, found.to), (Month::of(date(2026, 12, 1)), -300, 0));
}

/// The same day by day, without a word about months: the day after the last one that ends below zero.
fn by_days(of: &[Earned]) -> Option<Date> {
    let mut ends: Vec<(Date, bool)> = Vec::new();
    let mut before = 0_i128;
    for month in of {
        let days = i128::from(month.month.first().days_in_month());
        let a_day = i128::from(month.revenue) - i128::from(month.cost);
        let mut total = before * days;
        for day in 0..days {
            total += a_day;
            let date = month.month.first().checked_add(i64::try_from(day).unwrap().days()).unwrap();
            ends.push((date, total < 0));
        }
        before += a_day;
    }
    match ends.iter().rposition(|(_, is_negative)| *is_negative) {
        Some(last) => ends.get(last + 1).map(|(date, _)| *date),
        None => of.iter().find(|month| month.revenue > 0).map(|month| month.month.first()),
    }
}

proptest! {
    #[test]
    fn random_plans_break_even_as_day_by_day(results in prop::collection::vec((0_i64..5_000, 0_i64..5_000), 0..37)) {
        let of = months(&results);
        prop_assert_eq!(crossing(&steps(&of)).map(|found| found.on), by_days(&of));
    }

    #[test]
    fn plans_that_spend_first_do_too(
        spent in prop::collection::vec(0_i64..1_000_000_000_000_000, 1..8),
        earned in prop::collection::vec((0_i64..1_000_000_000_000_000, 0_i64..100), 0..29),
    ) {
        let results: Vec<(i64, i64)> = spent.into_iter().map(|cost| (0, cost)).chain(earned).collect();
        let of = months(&results);
        prop_assert_eq!(crossing(&steps(&of)).map(|found| found.on), by_days(&of));
    }
}
