use super::*;
use crate::goals::{
    figures::{UnitKind, Wrong},
    split::{
        fill::{Fill, Slope, apportion, fill},
        paste::{self, Mistake, Named, Pasted, Why},
    },
};
use jiff::civil::date;
use proptest::prelude::*;

fn scale(measure: Measure) -> Scale {
    let (unit_kind, base_unit) = if measure == Measure::Ratio {
        (UnitKind::Percent, "trials".to_owned())
    } else {
        (UnitKind::Number, String::new())
    };
    Scale { measure, unit_kind, unit: "sign-ups".to_owned(), base_unit, decimals: i16::from(measure == Measure::Ratio) }
}

fn terms(baseline: i64, target: i64, months: i8) -> Terms {
    let last = (0..months - 1).fold(Month::of(date(2026, 9, 1)), |month, _| month.next());
    Terms { baseline, target, starts_on: date(2026, 9, 1), due_on: last.last() }
}

fn row(part: PartId, cells: &[(i64, i64)]) -> Row {
    Row { part, cells: cells.iter().map(|(amount, base)| Cell::of(*amount, *base)).collect() }
}

fn pasted(part: PartId, cells: &[Option<(i64, i64)>]) -> Pasted {
    Pasted { part, cells: cells.iter().map(|cell| cell.map(|(amount, base)| Cell::set(amount, base))).collect() }
}

#[test]
fn a_level_stays_until_another_one_is_said_and_may_be_zero() {
    let (one, two) = (PartId::new(), PartId::new());
    let (blank, scale) = (Cell::default(), scale(Measure::Level));
    let rows = |zero| {
        [
            Row { part: one, cells: vec![Cell::set(30, 0), blank, zero] },
            Row { part: two, cells: vec![blank, Cell::set(20, 0), blank] },
        ]
    };
    let ends = rows(Cell::set(0, 0));
    assert_eq!(plan(&scale, &terms(60, 20, 3), &ends), [Some(30), Some(50), Some(20)]);
    assert_eq!(left(&scale, &terms(60, 20, 3), &ends), Left::Nothing);
    // A blank is no zero.
    assert_eq!(left(&scale, &terms(60, 20, 3), &rows(blank)), Left::TooMuch(30));
    let none = [Row { part: one, cells: vec![blank; 3] }];
    assert_eq!(plan(&scale, &terms(60, 0, 3), &none), [None; 3]);
    assert_eq!(left(&scale, &terms(60, 0, 3), &none), Left::Missing(0));
    let zero = [Row { part: one, cells: vec![blank, blank, Cell::set(0, 0)] }];
    assert_eq!(left(&scale, &terms(60, 0, 3), &zero), Left::Nothing, "down to nothing, of one month");
}

#[test]
fn what_is_left_is_counted_by_measure() {
    let (one, two) = (PartId::new(), PartId::new());
    for (measure, terms, rows, expected) in [
        (Measure::Additive, terms(0, 100, 2), vec![], Left::Missing(100)),
        (
            Measure::Additive,
            terms(0, 100, 2),
            vec![row(one, &[(30, 0), (30, 0)]), row(two, &[(20, 0), (20, 0)])],
            Left::Nothing,
        ),
        (Measure::Additive, terms(40, 100, 2), vec![row(one, &[(30, 0), (29, 0)])], Left::Missing(1)),
        (Measure::Additive, terms(0, 100, 2), vec![row(one, &[(30, 0), (71, 0)])], Left::TooMuch(1)),
        // Months are never added up: the last one counts.
        (Measure::Level, terms(10, 50, 2), vec![row(one, &[(30, 0), (50, 0)])], Left::Nothing),
        (
            Measure::Level,
            terms(10, 50, 2),
            vec![row(one, &[(30, 0), (20, 0)]), row(two, &[(30, 0), (20, 0)])],
            Left::Missing(10),
        ),
        (Measure::Level, terms(10, 0, 2), vec![], Left::Missing(0)),
        // 20 % of 90 trials are 18 customers.
        (
            Measure::Ratio,
            terms(80, 200, 2),
            vec![row(one, &[(1, 30), (10, 60)]), row(two, &[(9, 90), (8, 30)])],
            Left::Nothing,
        ),
        (
            Measure::Ratio,
            terms(80, 200, 2),
            vec![row(one, &[(1, 30), (10, 60)]), row(two, &[(9, 90), (9, 30)])],
            Left::TooMuch(1),
        ),
        (Measure::Ratio, terms(80, 200, 2), vec![row(one, &[(1, 30), (0, 0)])], Left::NoBase),
    ] {
        assert_eq!(left(&scale(measure), &terms, &rows), expected, "{measure:?} {terms:?}");
    }
}

#[test]
fn the_plan_of_the_whole_follows_from_the_shares() {
    let (one, two) = (PartId::new(), PartId::new());
    let rows = [row(one, &[(1, 10), (2, 10), (3, 10)]), row(two, &[(10, 30), (10, 30), (10, 0)])];
    assert_eq!(plan(&scale(Measure::Additive), &terms(5, 41, 3), &rows), [Some(16), Some(28), Some(41)]);
    assert_eq!(plan(&scale(Measure::Level), &terms(5, 13, 3), &rows), [Some(11), Some(12), Some(13)]);
    // 11 of 40, 12 of 40, 13 of 10: never the average of 10 %, 33 %.
    assert_eq!(plan(&scale(Measure::Ratio), &terms(0, 1300, 3), &rows), [Some(275), Some(300), Some(1300)]);
}

#[test]
fn rests_go_where_they_are_largest() {
    for (whole, weights, expected) in [
        (10, vec![1, 1, 1], vec![4, 3, 3]),
        (100, vec![3, 1, 0], vec![75, 25, 0]),
        (-10, vec![1, 1, 1], vec![-4, -3, -3]),
        (1, vec![1, 2], vec![0, 1]),
        (0, vec![1, 2], vec![0, 0]),
        (7, vec![0, 0], vec![0, 0]),
        (7, vec![], vec![]),
    ] {
        assert_eq!(apportion(whole, &weights), expected, "{whole} by {weights:?}");
    }
}

#[test]
fn a_fill_begins_when_it_is_told_to_and_may_rise() {
    let parts = [(PartId::new(), 2), (PartId::new(), 1), (PartId::new(), 0)];
    let rows = |slope, from| {
        let filled = fill(&scale(Measure::Additive), &terms(0, 90, 4), &Fill { weights: &parts, slope, from, base: 0 });
        filled.iter().map(|row| row.cells.iter().map(|cell| cell.amount).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    assert_eq!(rows(Slope::Even, 1), [[0, 20, 20, 20], [0, 10, 10, 10]]);
    assert_eq!(rows(Slope::Rising, 1), [[0, 10, 20, 30], [0, 5, 10, 15]]);
    assert_eq!(rows(Slope::Even, 9), [[0, 0, 0, 60], [0, 0, 0, 30]]);
}

#[test]
fn pasted_lines_are_read_or_named() {
    let (sales, marketing) = (PartId::new(), PartId::new());
    let parts = [
        Named { part: sales, names: vec!["Sales", "销售", "SAL"] },
        Named { part: marketing, names: vec!["Marketing", "MKT"] },
    ];
    let months: Vec<Month> = terms(0, 1, 3).months().collect();
    let read = |measure, text: &str| paste::read(&scale(measure), &months, &parts, text);
    let all = |part, cells: &[(i64, i64)]| pasted(part, &cells.iter().map(|cell| Some(*cell)).collect::<Vec<_>>());
    let mkt = all(marketing, &[(4, 0), (5, 0), (6, 0)]);
    // A column that is there and empty empties its month; one that is not there leaves it alone.
    let both = Ok(vec![pasted(sales, &[Some((1_000, 0)), Some((2, 0)), None]), mkt.clone()]);
    assert_eq!(read(Measure::Additive, "Sales\t1,000\t2\nmkt\t4\t5\t6\n"), both);
    let emptied = |months: &[&str]| {
        let mut found = read(Measure::Additive, &months.join("\n")).unwrap();
        let last = found[0].cells.pop().unwrap();
        assert_eq!(last, Some(Cell::default()), "{months:?}");
        found
    };
    let two = vec![pasted(sales, &[Some((1_000, 0)), Some((2, 0))]), mkt];
    assert_eq!(emptied(&["销售;1000;2;", "", "Marketing;4;5;6"]), two);
    assert_eq!(emptied(&["\t2026-11\t2026-10\t2026-09", "Sales\t\t2\t1000", "MKT\t6\t5\t4"]), two);
    let one = Ok(vec![pasted(sales, &[None, Some((7, 0)), None])]);
    assert_eq!(read(Measure::Additive, "\t2026-10\nSales\t7"), one);
    assert_eq!(read(Measure::Level, "Sales\t0"), Ok(vec![pasted(sales, &[Some((0, 0)), None, None])]));
    assert_eq!(read(Measure::Ratio, "SAL,1/10,2/10,3/10"), Ok(vec![all(sales, &[(1, 10), (2, 10), (3, 10)])]));
    let quoted = Ok(vec![pasted(sales, &[Some((1_250, 0)), Some((2_500, 0)), None])]);
    assert_eq!(read(Measure::Additive, "Sales,\"1,250\",\"2,500\""), quoted);
    assert_eq!(read(Measure::Additive, "Sales\t\"1,250\"\t2,500"), quoted);
    let long = "Sails\t1\n".repeat(10_000);
    assert_eq!(read(Measure::Additive, &long), Err(vec![Mistake { line: 201, why: Why::TooLong }]));
    let wrong = |line, why| Mistake { line, why };
    for (measure, text, expected) in [
        (
            Measure::Additive,
            "Sails\t1\nSales\tx",
            vec![wrong(1, Why::NoDepartment("Sails".into())), wrong(2, Why::Figure("x".into(), Wrong::NotANumber))],
        ),
        (Measure::Additive, "Sales\t1\nSAL\t2", vec![wrong(2, Why::Twice("SAL".into()))]),
        (Measure::Additive, "Sales\t1\t2\t3\t4", vec![wrong(1, Why::TooMany { found: 4, months: 3 })]),
        (Measure::Additive, "\t2026-11\t2027-11\nSales\t1\t2", vec![wrong(1, Why::OtherMonth("2027-11".into()))]),
        (Measure::Additive, "\t2026-11\t2026-11\nSales\t1\t2", vec![wrong(1, Why::MonthTwice("2026-11".into()))]),
        (Measure::Additive, "Sales,1,250,2,500", vec![wrong(1, Why::Comma("1,250".into()))]),
        (Measure::Additive, "Sales,1\nMKT,\"2", vec![wrong(2, Why::OpenQuote)]),
        (Measure::Ratio, "Sales\t1/0", vec![wrong(1, Why::NoBase("1/0".into()))]),
        (Measure::Ratio, "Sales\t1\t2\t3", vec![wrong(1, Why::NoBase("1".into()))]),
        (Measure::Ratio, "Sales\t1/-5", vec![wrong(1, Why::Figure("1/-5".into(), Wrong::NotANumber))]),
    ] {
        assert_eq!(read(measure, text), Err(expected), "{text}");
    }
}

fn measures() -> impl Strategy<Value = Measure> {
    prop_oneof![Just(Measure::Additive), Just(Measure::Ratio), Just(Measure::Level)]
}

proptest! {
    /// Whatever is split by whatever weights: the parts make the whole, and none is a step or more off its exact share.
    #[test]
    fn parts_make_the_whole(whole in -1_000_000_000_000_000_i64..1_000_000_000_000_000, weights in prop::collection::vec(0_u64..1_000_000, 1..500)) {
        let parts = apportion(whole, &weights);
        let total: u64 = weights.iter().sum();
        prop_assert_eq!(parts.iter().sum::<i64>(), if total == 0 { 0 } else { whole });
        for (part, weight) in parts.iter().zip(&weights) {
            let off = i128::from(*part) * i128::from(total) - i128::from(whole) * i128::from(*weight);
            prop_assert!(total == 0 || off.abs() < i128::from(total));
        }
    }

    /// Every way of filling leaves nothing, whatever the measure.
    #[test]
    fn every_fill_is_complete(
        measure in measures(),
        (baseline, target) in (-1_000_000_i64..1_000_000, -1_000_000_i64..1_000_000),
        months in 1_i8..=36,
        weights in prop::collection::vec(0_u32..=1_000, 1..16),
        (slope, from, base) in (prop_oneof![Just(Slope::Even), Just(Slope::Rising)], 0_usize..40, 1_i64..1_000_000),
    ) {
        prop_assume!(weights.iter().any(|weight| *weight > 0));
        let weights: Vec<(PartId, u32)> = weights.into_iter().map(|weight| (PartId::new(), weight)).collect();
        let (scale, terms) = (scale(measure), terms(baseline, target, months));
        let rows = fill(&scale, &terms, &Fill { weights: &weights, slope, from, base });
        prop_assert!(rows.iter().all(|row| row.cells.len() == terms.count()));
        prop_assert_eq!(left(&scale, &terms, &rows), Left::Nothing);
    }

    /// A step moved from anywhere to anywhere of an additive split leaves it complete; a step taken away does not.
    #[test]
    fn moving_keeps_and_taking_breaks_a_split(target in 1_i64..1_000_000, months in 1_i8..=36, from in 0_usize..200, to in 0_usize..200) {
        let weights: Vec<(PartId, u32)> = (0..5).map(|_| (PartId::new(), 1)).collect();
        let (scale, terms) = (scale(Measure::Additive), terms(0, target, months));
        let mut rows = fill(&scale, &terms, &Fill { weights: &weights, slope: Slope::Even, from: 0, base: 0 });
        let months = terms.count();
        let mut add = |place: usize, amount: i64| rows[place % 5].cells[place % months].amount += amount;
        add(from, -1);
        add(to, 1);
        prop_assert_eq!(left(&scale, &terms, &rows), Left::Nothing);
        rows[0].cells[0].amount -= 1;
        prop_assert_eq!(left(&scale, &terms, &rows), Left::Missing(1));
    }

    /// A ratio is the sum above the line over the sum below it, however the departments share it.
    #[test]
    fn a_ratio_does_not_depend_on_who_has_which_part(cells in prop::collection::vec((0_i64..10_000, 1_i64..10_000), 1..20)) {
        let scale = scale(Measure::Ratio);
        let rows: Vec<Row> = cells.iter().map(|cell| row(PartId::new(), &[*cell])).collect();
        let (above, below) = cells.iter().fold((0, 0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1));
        let whole = row(PartId::new(), &[(above, below)]);
        let found = plan(&scale, &terms(0, 1, 1), &rows);
        prop_assert_eq!(&found, &plan(&scale, &terms(0, 1, 1), &[whole]));
        // A tenth of a hundredth: the plain division, rounded.
        let exact = above as f64 * 1_000.0 / below as f64;
        prop_assert!((found[0].unwrap() as f64 - exact).abs() <= 0.5 + 1e-6);
    }

    /// What a field held is pasted back unchanged.
    #[test]
    fn a_split_that_is_copied_out_is_pasted_in(measure in measures(), cells in prop::collection::vec((0_i64..1_000_000, 1_i64..1_000_000), 1..36)) {
        let scale = scale(measure);
        let part = PartId::new();
        let months: Vec<Month> = terms(0, 1, i8::try_from(cells.len()).unwrap()).months().collect();
        let cells: Vec<(i64, i64)> = if measure == Measure::Ratio { cells } else { cells.iter().map(|cell| (cell.0, 0)).collect() };
        let text = |cell: &(i64, i64)| if measure == Measure::Ratio { format!("{}/{}", cell.0, cell.1) } else { cell.0.to_string() };
        let line = format!("Sales\t{}", cells.iter().map(text).collect::<Vec<_>>().join("\t"));
        let parts = [Named { part, names: vec!["Sales"] }];
        let expected: Vec<Option<(i64, i64)>> = cells.iter().map(|cell| Some(*cell)).collect();
        prop_assert_eq!(paste::read(&scale, &months, &parts, &line), Ok(vec![pasted(part, &expected)]));
    }
}
