use super::*;
use jiff::civil::date;
use proptest::prelude::*;

fn row(from: &str, to: &str, kind: Option<&str>, on: Date, step: Step, minutes: Option<i64>) -> Row {
    let (from, to, kind) = (from.to_owned(), to.to_owned(), kind.map(ToOwned::to_owned));
    Row { project: "GEO".to_owned(), number: 1, kind, from, to, on, step, minutes }
}

prop_compose! {
    fn any_row()(from in 0..4_usize, to in 0..4_usize, kind in 0..3_usize, step in 0..5_usize,
                 month in 1..=12_i8, day in 1..=28_i8, year in 2025..2027_i16, minutes in 0..9000_i64) -> Row {
        let sides = ["LEAD", "MKT", "PM", "SAL"];
        let kind = [None, Some("price"), Some("quality")][kind];
        row(sides[from], sides[to], kind, date(year, month, day), Step::ALL[step], kind.map(|_| minutes))
    }
}

proptest! {
    #[test]
    fn all_sums_agree(rows in prop::collection::vec(any_row(), 0..60)) {
        let ledger = Ledger::of(&rows);
        let all = i64::try_from(rows.len()).unwrap();
        prop_assert_eq!(ledger.total.cases, all);
        prop_assert_eq!(ledger.total.steps().iter().sum::<i64>(), all);
        prop_assert_eq!(ledger.pairs.values().map(|tally| tally.cases).sum::<i64>(), all);
        prop_assert_eq!(ledger.lines.values().map(|line| line.tally.cases).sum::<i64>(), all);
        prop_assert_eq!(ledger.lines.values().map(|line| line.cases.len()).sum::<usize>(), rows.len());
        prop_assert_eq!(ledger.months.values().map(|month| month.escalations + month.declined).sum::<i64>(), all);
        for (place, _) in Step::ALL.iter().enumerate() {
            let by_pair: i64 = ledger.pairs.values().map(|tally| tally.steps()[place]).sum();
            prop_assert_eq!(by_pair, ledger.total.steps()[place]);
        }
        for (pair, tally) in &ledger.pairs {
            let kinds = ledger.lines.iter().filter(|((of, _), _)| of == pair);
            prop_assert_eq!(kinds.map(|(_, line)| line.tally.cases).sum::<i64>(), tally.cases);
        }
        let months: Vec<Date> = ledger.months.keys().copied().collect();
        prop_assert!(months.windows(2).all(|two| two[0].first_of_month().checked_add(jiff::Span::new().months(1)).unwrap() == two[1]));
    }

    #[test]
    fn a_with_b_is_b_with_a(rows in prop::collection::vec(any_row(), 0..60), turned in prop::collection::vec(any::<bool>(), 60)) {
        let mut other = rows.clone();
        for (row, is_turned) in other.iter_mut().zip(turned) {
            if is_turned {
                std::mem::swap(&mut row.from, &mut row.to);
            }
        }
        prop_assert_eq!(Ledger::of(&rows), Ledger::of(&other));
    }
}

#[test]
fn the_median_of_what_was_settled() {
    for (minutes, median) in [
        (vec![], None),
        (vec![None], None),
        (vec![Some(30)], Some(30)),
        (vec![Some(90), None, Some(30)], Some(60)),
        (vec![Some(900), Some(10), Some(20)], Some(20)),
    ] {
        let rows = minutes.iter().map(|one| row("PM", "SAL", Some("price"), date(2026, 11, 3), Step::Lead, *one));
        assert_eq!(Ledger::of(&rows.collect::<Vec<_>>()).total.median(), median, "{minutes:?}");
    }
}

#[test]
fn a_period_begins_on_the_first_of_a_month() {
    let today = date(2026, 11, 18);
    for (text, since) in [
        ("month", date(2026, 11, 1)),
        ("quarter", date(2026, 10, 1)),
        ("year", date(2026, 1, 1)),
        ("", date(2024, 12, 1)),
        ("nonsense", date(2024, 12, 1)),
    ] {
        assert_eq!(Period::parse(text).since(today), since, "{text}");
    }
    assert_eq!(Period::Quarter.since(date(2026, 3, 31)), date(2026, 1, 1));
}

#[test]
fn who_asks_whom_keeps_its_direction() {
    let asked = |from: &str, to: &str, state, is_in_time, has_slipped| Asked {
        from: from.to_owned(),
        to: to.to_owned(),
        state,
        is_in_time,
        has_slipped,
    };
    let map = Map::of(vec![
        asked("MKT", "SAL", State::Accepted, true, true),
        asked("MKT", "SAL", State::Escalated, false, false),
        asked("MKT", "SAL", State::Declined, true, false),
        asked("SAL", "MKT", State::Countered, true, false),
        // Declined in time, insisted on, and unanswered since.
        asked("SAL", "MKT", State::Asked, true, false),
        asked("SAL", "MKT", State::Withdrawn, false, false),
    ]);
    assert_eq!(
        map.cell("MKT", "SAL"),
        Cell { asked: 3, agreed: 1, declined: 1, escalated: 1, in_time: 2, slipped: 1, ..Cell::default() }
    );
    assert_eq!(
        map.cell("SAL", "MKT"),
        Cell { asked: 3, owed: 1, countered: 1, withdrawn: 1, in_time: 1, ..Cell::default() }
    );
    assert_eq!(map.cell("PM", "MKT"), Cell::default());
    assert_eq!((map.takes_part("MKT"), map.takes_part("PM")), ((true, true), (false, false)));
    assert!(Map::of(Vec::new()).is_empty() && !map.is_empty());
}

proptest! {
    #[test]
    fn all_that_was_asked_is_somewhere(rows in prop::collection::vec((0..3_usize, 0..3_usize, 0..6_usize, any::<bool>()), 0..60)) {
        let sides = ["LEAD", "MKT", "PM"];
        let all = i64::try_from(rows.len()).unwrap();
        let map = Map::of(rows.into_iter().map(|(from, to, state, is_in_time)| Asked {
            from: sides[from].to_owned(),
            to: sides[to].to_owned(),
            state: State::ALL[state],
            is_in_time,
            has_slipped: false,
        }).collect());
        let cells: Vec<Cell> = sides.iter().flat_map(|from| sides.map(|to| map.cell(from, to))).collect();
        prop_assert_eq!(cells.iter().map(|cell| cell.asked).sum::<i64>(), all);
        for cell in cells {
            let parts = [cell.owed, cell.countered, cell.agreed, cell.declined, cell.withdrawn, cell.escalated];
            prop_assert_eq!(parts.iter().sum::<i64>(), cell.asked);
            prop_assert!(cell.in_time <= cell.asked - cell.owed);
        }
    }
}
