use super::*;
use crate::{
    goals::{
        figures::UnitKind,
        model::{ShareCell, ShareRow},
    },
    platform::ids::{EntryId, KeyResultId, SeriesId},
};
use jiff::{Timestamp, civil::date};

fn entry(part: PartId, month: i8, value: i64, base: i64) -> Entry {
    Entry {
        id: EntryId::new(),
        part,
        period: date(2026, month, 1),
        value,
        base,
        confidence: None,
        note: String::new(),
        by: String::new(),
        at: Timestamp::UNIX_EPOCH,
        is_correction: false,
    }
}

fn key_result(
    measure: Measure,
    (baseline, target): (i64, i64),
    shares: &[(PartId, [(i64, i64); 3])],
    entries: Vec<Entry>,
) -> KeyResult {
    let row = |(part, cells): &(PartId, [(i64, i64); 3])| ShareRow {
        part: *part,
        owes: String::new(),
        since: None,
        cells: (9..=11)
            .zip(cells)
            .map(|(month, (amount, base))| ShareCell {
                month: Month::of(date(2026, month, 1)),
                amount: *amount,
                base: *base,
            })
            .collect(),
        links: Vec::new(),
    };
    let base_unit = if measure == Measure::Ratio { "trials" } else { "" };
    KeyResult {
        id: KeyResultId::new(),
        position: 1,
        title: String::new(),
        series_id: SeriesId::new(),
        part: PartId::new(),
        version: 1,
        split_version: 1,
        scale: Scale {
            measure,
            unit_kind: if measure == Measure::Ratio { UnitKind::Percent } else { UnitKind::Number },
            unit: String::new(),
            base_unit: base_unit.to_owned(),
            decimals: i16::from(measure == Measure::Ratio),
        },
        terms: 1,
        baseline,
        target,
        starts_on: date(2026, 9, 1),
        due_on: date(2026, 11, 30),
        reason: String::new(),
        decision: None,
        signed: None,
        since: Timestamp::UNIX_EPOCH,
        by: String::new(),
        rows: shares.iter().map(row).collect(),
        entries,
    }
}

#[test]
fn sums_are_held_against_the_part_of_the_month_that_has_passed() {
    let (one, two) = (PartId::new(), PartId::new());
    let shares = [(one, [(30, 0), (30, 0), (30, 0)]), (two, [(0, 0), (0, 0), (60, 0)])];
    let entries = vec![entry(one, 9, 28, 0), entry(one, 10, 40, 0), entry(two, 11, 10, 0)];
    let of = key_result(Measure::Additive, (100, 250), &shares, entries);
    let found =
        |today| whole(&of, today).map(|pace| (pace.month, pace.actual, pace.planned, pace.ahead(), pace.standing()));
    assert_eq!(found(date(2026, 8, 31)), None);
    // Nothing was due and nothing was said: there is nothing to compare.
    let late = key_result(Measure::Additive, (0, 60), &[(two, [(0, 0), (0, 0), (60, 0)])], Vec::new());
    assert_eq!(whole(&late, date(2026, 10, 31)), None);
    assert_eq!(whole(&late, date(2026, 11, 15)).map(|pace| pace.ahead()), Some(-30));
    // Eighteen of thirty days of November: 60 % of its 90.
    assert_eq!(found(date(2026, 11, 18)), Some((2, 178, 100 + 60 + 54, -36, Standing::FarBehind)));
    assert_eq!(found(date(2027, 2, 1)), Some((2, 178, 250, -72, Standing::FarBehind)));
    let mine = |part| share(&of, part, date(2026, 11, 18)).map(|pace| (pace.actual, pace.planned));
    assert_eq!(mine(one), Some((68, 78)));
    assert_eq!(mine(two), Some((10, 36)));
}

#[test]
fn figures_at_the_end_of_what_there_is_overflow_nothing() {
    let one = PartId::new();
    let most = crate::goals::figures::LARGEST;
    for (measure, value, base) in [
        (Measure::Ratio, -most, 1),
        (Measure::Ratio, most, 1),
        (Measure::Level, -most, 0),
        (Measure::Additive, most, 0),
    ] {
        let mut of = key_result(
            measure,
            (0, most),
            &[(one, [(most, 1), (-most, 1), (most, 1)])],
            vec![entry(one, 9, value, base)],
        );
        of.scale.decimals = 2;
        for today in [date(2026, 9, 15), date(2027, 1, 1)] {
            for pace in [whole(&of, today), share(&of, one, today)].into_iter().flatten() {
                assert!(pace.ahead().abs() <= most.saturating_mul(4), "{measure:?} {pace:?}");
                let _ = pace.standing();
            }
        }
        assert!(!of.left().is_complete() || of.plan().len() == 3);
    }
}

#[test]
fn ratios_and_levels_are_held_against_the_month_of_their_newest_figures() {
    let (one, two) = (PartId::new(), PartId::new());
    let shares = [(one, [(8, 100), (10, 100), (40, 200)]), (two, [(0, 0), (10, 100), (40, 200)])];
    let entries = vec![entry(one, 9, 9, 99), entry(one, 10, 20, 150), entry(two, 10, 1, 50)];
    let of = key_result(Measure::Ratio, (50, 200), &shares, entries);
    // 21 of 200, not the average of 13.3 % and 2 %.
    let at = |today| whole(&of, today).map(|pace| (pace.month, pace.actual, pace.planned));
    assert_eq!(at(date(2026, 11, 18)), Some((1, 105, 100)));
    // As it was on the last of September.
    assert_eq!(at(date(2026, 9, 30)), Some((0, 91, 80)));
    // The part of one department is not November: it waits for the other, unless there is no whole month at all.
    let mut part = of.clone();
    part.entries.push(entry(one, 11, 1, 100));
    assert_eq!(whole(&part, date(2026, 11, 30)).map(|pace| (pace.month, pace.actual)), Some((1, 105)));
    part.entries.retain(|entry| entry.period == date(2026, 11, 1));
    assert_eq!(whole(&part, date(2026, 11, 30)).map(|pace| (pace.month, pace.actual)), Some((2, 10)));

    let falling = [(one, [(50, 0), (30, 0), (10, 0)]), (two, [(50, 0), (40, 0), (10, 0)])];
    let entries = vec![entry(one, 9, 50, 0), entry(two, 9, 45, 0), entry(one, 10, 20, 0)];
    let of = key_result(Measure::Level, (120, 20), &falling, entries);
    // The second has entered nothing for October: its level stands as it was.
    let pace = whole(&of, date(2026, 11, 18)).unwrap();
    assert_eq!((pace.month, pace.actual, pace.planned, pace.ahead()), (1, 65, 70, 5));
    assert_eq!(pace.standing(), Standing::OnPace);
}

#[test]
fn a_month_without_any_figure_has_none() {
    let one = PartId::new();
    let of = key_result(
        Measure::Additive,
        (5, 35),
        &[(one, [(10, 0); 3])],
        vec![entry(one, 9, 10, 0), entry(one, 11, 7, 0)],
    );
    let entries: Vec<&Entry> = of.entries.iter().collect();
    assert_eq!(actual(&of.scale, &of.terms(), &of.split(), &entries), [Some(15), None, Some(22)]);
}

#[test]
fn a_level_is_known_when_every_share_of_it_is() {
    let (one, two) = (PartId::new(), PartId::new());
    let shares = [(one, [(50, 0), (60, 0), (70, 0)]), (two, [(50, 0), (40, 0), (10, 0)])];
    let entries = vec![entry(one, 9, 52, 0), entry(one, 10, 61, 0), entry(two, 10, 45, 0)];
    let of = key_result(Measure::Level, (100, 80), &shares, entries);
    let all: Vec<&Entry> = of.entries.iter().collect();
    assert_eq!(
        actual(&of.scale, &of.terms(), &of.split(), &all),
        [None, Some(106), None],
        "September lacks the second"
    );
    let mine = |part| share(&of, part, date(2026, 11, 18)).map(|pace| (pace.actual, pace.planned, pace.baseline));
    // A start of a hundred, shared as the target is: seventy of eighty, ten of eighty.
    assert_eq!(mine(one), Some((61, 60, 88)));
    assert_eq!(mine(two), Some((45, 40, 13)));
}

#[test]
fn figures_are_owed_when_a_month_is_over_and_had_a_share() {
    let (one, two) = (PartId::new(), PartId::new());
    let shares = [(one, [(0, 0), (30, 0), (30, 0)]), (two, [(5, 0), (5, 0), (0, 0)])];
    let of = key_result(Measure::Additive, (0, 70), &shares, vec![entry(two, 9, 0, 0)]);
    let months = |part, today| owed(&of, part, today).into_iter().map(Month::field).collect::<Vec<_>>();
    assert_eq!(months(one, date(2026, 10, 31)), Vec::<String>::new());
    assert_eq!(months(one, date(2026, 11, 1)), ["2026-10"]);
    assert_eq!(months(one, date(2026, 12, 1)), ["2026-10", "2026-11"]);
    // Nothing was a figure too.
    assert_eq!(months(two, date(2026, 12, 1)), ["2026-10"]);
    assert_eq!(months(PartId::new(), date(2026, 12, 1)), Vec::<String>::new());
}

#[test]
fn how_it_is_taken_depends_on_the_way_that_should_lie_behind() {
    let of = |actual, planned, rises| {
        Pace { month: 0, actual, planned, rises, baseline: if rises { 0 } else { 200 } }.standing()
    };
    for (actual, planned, rises, expected) in [
        (100, 100, true, Standing::OnPace),
        (90, 100, true, Standing::OnPace),
        (89, 100, true, Standing::Behind),
        (75, 100, true, Standing::Behind),
        (74, 100, true, Standing::FarBehind),
        (0, 0, true, Standing::OnPace),
        (-1, 0, true, Standing::FarBehind),
        (110, 100, false, Standing::OnPace),
        (111, 100, false, Standing::Behind),
        (126, 100, false, Standing::FarBehind),
    ] {
        assert_eq!(of(actual, planned, rises), expected, "{actual} of {planned}");
    }
}

#[test]
fn what_is_reported_counts_when_everybody_has_said_it_or_a_month_later() {
    let (one, two) = (PartId::new(), PartId::new());
    let shares = [(one, [(30, 0); 3]), (two, [(10, 0); 3])];
    let mut of = key_result(Measure::Additive, (0, 120), &shares, vec![entry(one, 9, 30, 0), entry(two, 9, 10, 0)]);
    let found = |of: &KeyResult, today| reported(of, today).map(|pace| (pace.actual, pace.planned));
    // Nobody is asked for a month under way.
    assert_eq!(found(&of, date(2026, 9, 30)), None);
    assert_eq!(found(&of, date(2026, 10, 31)), Some((40, 40)));
    // October is over and owed: so far September is what counts.
    assert_eq!(found(&of, date(2026, 11, 30)), Some((40, 40)));
    assert_eq!(found(&of, date(2026, 12, 1)), Some((40, 80)), "nobody has said anything for a month");
    of.entries.push(entry(one, 10, 20, 0));
    assert_eq!(found(&of, date(2026, 11, 2)), Some((40, 40)), "one department still owes: September is what counts");
    of.entries.push(entry(two, 10, 0, 0));
    assert_eq!(found(&of, date(2026, 11, 2)), Some((60, 80)));
    assert_eq!(reported(&of, date(2026, 11, 2)).map(|pace| pace.standing()), Some(Standing::Behind));
}
