use super::*;
use crate::platform::ids::MoneyLineId;
use jiff::civil::date;

fn month(number: i8) -> Month {
    Month::of(date(2026, number, 1))
}

fn figures(of: &[Option<i64>]) -> Vec<Figure> {
    (9..).zip(of).filter_map(|(number, amount)| amount.map(|amount| Figure(month(number), Some(amount), 1))).collect()
}

fn line(kind: LineKind, plan: &[i64], actual: &[Option<i64>], forecast: &[Option<i64>]) -> Line {
    let plan: Vec<Option<i64>> = plan.iter().copied().map(Some).collect();
    Line {
        id: MoneyLineId::new(),
        kind,
        name: String::new(),
        acquires: false,
        position: 1,
        plan: figures(&plan),
        actual: figures(actual),
        forecast: figures(forecast),
    }
}

/// September to December 2026.
fn money(lines: Vec<Line>) -> Money {
    Money {
        number: 1,
        currency: "USD".to_owned(),
        decimals: 0,
        starts_on: month(9),
        months: 4,
        envelope: 1_000,
        break_even_on: None,
        reason: String::new(),
        since: Timestamp::UNIX_EPOCH,
        decision: None,
        by: String::new(),
        by_id: PersonId::new(),
        signed: None,
        lines,
        entered: Vec::new(),
    }
}

fn totals(of: &Money, basis: Basis) -> Vec<i64> {
    of.sums(basis).into_iter().map(|sum| sum.step.total).collect()
}

#[test]
fn what_was_counts_before_what_is_expected_and_that_before_the_plan() {
    let of = money(vec![
        line(LineKind::Revenue, &[0, 100, 300, 400], &[Some(10), Some(90)], &[None, Some(1), Some(200)]),
        line(LineKind::Cost, &[300, 100, 50, 0], &[Some(310), Some(120)], &[]),
        line(LineKind::Arr, &[9, 9, 9, 9], &[], &[]),
        line(LineKind::Units, &[1, 2, 3, 4], &[], &[]),
    ]);
    assert_eq!(totals(&of, Basis::Plan), [-300, -300, -50, 350]);
    assert_eq!(totals(&of, Basis::Outlook), [-300, -330, -180, 220]);
    assert_eq!(of.lowest(Basis::Outlook), Some((month(10), -330)));
    assert_eq!(of.spent(), (480, Some(48)));
    // 50 of 400 and 180 of 400, in 31 days.
    assert_eq!((of.planned_on(), of.expected_on()), (Some(date(2026, 12, 4)), Some(date(2026, 12, 14))));
    assert_eq!(of.slip(), Slip::Days(10));
    let recorded = Money { break_even_on: Some(date(2026, 11, 1)), ..of };
    assert_eq!(recorded.slip(), Slip::Days(43));
}

#[test]
fn what_comes_no_more_slips_beyond_everything() {
    let of = |plan: &[i64], forecast: &[Option<i64>]| {
        money(vec![line(LineKind::Revenue, plan, &[], forecast), line(LineKind::Cost, &[100, 0, 0, 0], &[], &[])])
    };
    for (plan, forecast, slip, is_more) in [
        ([0, 100, 0, 0], [None, Some(50)], Slip::Beyond, true),
        ([0, 0, 0, 0], [None, None], Slip::Never, false),
        ([0, 0, 0, 0], [None, Some(100)], Slip::Days(0), false),
        ([0, 100, 0, 0], [Some(100), None], Slip::Days(-60), false),
    ] {
        let found = of(&plan, &forecast).slip();
        assert_eq!((found, found.is_more_than(SLIP)), (slip, is_more), "{plan:?} {forecast:?}");
    }
    assert!(!Slip::Days(30).is_more_than(30) && Slip::Days(31).is_more_than(30));
}

#[test]
fn a_month_is_reported_when_nothing_planned_is_missing() {
    let of = money(vec![
        line(LineKind::Revenue, &[0, 100, 100, 0], &[None, Some(0), Some(1)], &[]),
        line(LineKind::Cost, &[50, 50, 50, 0], &[Some(50), None, Some(1)], &[]),
        line(LineKind::Units, &[1, 1, 1, 1], &[], &[]),
    ]);
    let reported: Vec<bool> = of.months().map(|month| of.is_reported(month)).collect();
    assert_eq!(reported, [true, false, true, false], "no revenue was planned in September");
    assert_eq!(of.reported(), Some(month(11)));
}

#[test]
fn two_months_running_below_plan_are_seen() {
    for (actual, expected) in [
        ([Some(90), None, None], None),
        ([Some(90), Some(100), None], Some([9, 10])),
        ([Some(90), Some(110), None], None),
        ([Some(100), Some(90), None], None),
        ([Some(100), Some(90), Some(100)], Some([10, 11])),
        ([Some(100), Some(90), Some(120)], None),
        ([Some(90), None, Some(90)], None),
    ] {
        let of = money(vec![line(LineKind::Revenue, &[100; 4], &actual, &[])]);
        let expected = expected.map(|[one, other]| [month(one), month(other)]);
        assert_eq!(of.below_plan_twice(), expected, "{actual:?}");
    }
}

#[test]
fn a_customer_costs_what_was_spent_to_win_them() {
    let mut spent = line(LineKind::Cost, &[100, 200, 0, 0], &[], &[]);
    spent.acquires = true;
    let other = line(LineKind::Cost, &[999; 4], &[], &[]);
    let sums = money(vec![spent, other, line(LineKind::Units, &[0, 4, 3, 0], &[], &[])]).sums(Basis::Plan);
    let each: Vec<Option<i64>> = sums.iter().map(|sum| cac(std::slice::from_ref(sum))).collect();
    assert_eq!(each, [None, Some(50), Some(0), None]);
    assert_eq!(cac(&sums), Some(43));
}
