use super::*;
use jiff::civil::{date, time};
use proptest::prelude::*;

/// China in 2026 around the National Day: 1 to 7 October free, Sunday 20 September and Saturday 10 October worked.
fn shanghai() -> Calendar {
    let holidays = (1..=7).map(|day| (date(2026, 10, day), Exception::Holiday));
    let made_up = [date(2026, 9, 20), date(2026, 10, 10)].map(|day| (day, Exception::WorkingDay));
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    Calendar::new(WEEK[..5].iter().copied(), holidays.chain(made_up), time(9, 0, 0, 0), time(18, 0, 0, 0), zone)
        .unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn a_calendar_that_could_never_answer_is_refused() {
    let make = |days: &[Weekday], opens, closes| {
        Calendar::new(days.iter().copied(), [], opens, closes, TimeZone::UTC).map(|_| ())
    };
    let (nine, five) = (time(9, 0, 0, 0), time(17, 0, 0, 0));
    assert_eq!(make(&[], nine, five), Err(CalendarError::NoWorkingWeekday));
    assert_eq!(make(&[Weekday::Friday], five, nine), Err(CalendarError::EndsBeforeItStarts));
    assert_eq!(make(&[Weekday::Friday], nine, nine), Err(CalendarError::EndsBeforeItStarts));
    assert_eq!(make(&[Weekday::Friday], nine, time(17, 0, 30, 0)), Err(CalendarError::NotWholeMinutes));
    assert_eq!(make(&[Weekday::Friday], nine, five), Ok(()));
}

#[test]
fn days_are_counted_from_the_first_working_day() {
    let calendar = Calendar::default();
    let (friday, saturday, monday) = (date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23));
    let cases = [
        (friday, 0, friday),
        (friday, 1, monday),
        (friday, -5, date(2026, 11, 13)),
        (saturday, 0, monday),
        (saturday, 1, date(2026, 11, 24)),
        (saturday, -1, friday),
        (monday, 10, date(2026, 12, 7)),
    ];
    for (day, count, expected) in cases {
        assert_eq!(calendar.add_working_days(day, count), expected, "{day} {count:+}");
    }
    assert_eq!(calendar.next_working_day(friday), monday);
    assert_eq!(calendar.next_working_day(saturday), monday);
    assert_eq!(calendar.working_days_between(friday, monday), 1);
    assert_eq!(calendar.working_days_between(monday, friday), -1);
}

#[test]
fn holidays_and_make_up_days_are_honoured() {
    let calendar = shanghai();
    assert!(calendar.is_working_day(date(2026, 9, 20)));
    assert!(!calendar.is_working_day(date(2026, 10, 1)));
    assert_eq!(calendar.add_working_days(date(2026, 9, 30), 1), date(2026, 10, 8));
    assert_eq!(calendar.add_working_days(date(2026, 10, 9), 1), date(2026, 10, 10));
    assert_eq!(calendar.working_days_between(date(2026, 9, 28), date(2026, 10, 12)), 6);
}

#[test]
fn minutes_run_in_working_time_only() {
    let calendar = Calendar::default();
    let cases = [
        ("2026-11-20T16:00:00Z", 60, "2026-11-20T17:00:00Z"),
        ("2026-11-20T16:00:00Z", 61, "2026-11-23T09:01:00Z"),
        ("2026-11-20T17:00:00Z", 0, "2026-11-20T17:00:00Z"),
        ("2026-11-20T17:00:01Z", 0, "2026-11-23T09:00:00Z"),
        ("2026-11-21T12:00:00Z", 480, "2026-11-23T17:00:00Z"),
        ("2026-11-23T09:30:00Z", -60, "2026-11-20T16:30:00Z"),
        ("2026-11-23T09:30:00Z", -30, "2026-11-23T09:00:00Z"),
        ("2026-11-22T09:30:00Z", -30, "2026-11-20T16:30:00Z"),
        ("2026-11-20T16:00:20Z", 2 * 480, "2026-11-24T16:00:20Z"),
    ];
    for (from, minutes, expected) in cases {
        assert_eq!(calendar.add_working_minutes(at(from), minutes), at(expected), "{from} {minutes:+}");
    }
    assert_eq!(calendar.working_minutes_between(at("2026-11-20T16:00:00Z"), at("2026-11-24T10:00:00Z")), 600);
    assert_eq!(calendar.working_minutes_between(at("2026-11-24T10:00:00Z"), at("2026-11-20T16:00:00Z")), -600);
    assert_eq!(calendar.working_minutes_between(at("2026-11-20T18:00:00Z"), at("2026-11-23T08:00:00Z")), 0);
}

#[test]
fn clock_changes_move_the_instants_and_not_the_hours() {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let hours = (time(9, 0, 0, 0), time(17, 0, 0, 0));
    let calendar = Calendar::new(WEEK, [], hours.0, hours.1, zone.clone()).unwrap();
    // 25 October 2026: summer time ends at night; the working day keeps its eight hours.
    assert_eq!(calendar.add_working_minutes(at("2026-10-24T07:00:00Z"), 960), at("2026-10-25T16:00:00Z"));
    // Around the clock, the day of the change has 25 hours less the missing minute.
    let all_day = Calendar::new(WEEK, [], time(0, 0, 0, 0), time(23, 59, 0, 0), zone).unwrap();
    let change = (at("2026-10-24T22:00:00Z"), at("2026-10-25T23:00:00Z"));
    assert_eq!(all_day.working_minutes_between(change.0, change.1), 25 * 60 - 1);
}

#[test]
fn a_day_that_the_zone_skips_has_no_minutes() {
    let zone = TimeZone::get("Pacific/Apia").unwrap();
    let calendar = Calendar::new(WEEK, [], time(9, 0, 0, 0), time(17, 0, 0, 0), zone.clone()).unwrap();
    let noon = |day| date(2011, 12, day).at(12, 0, 0, 0).to_zoned(zone.clone()).unwrap().timestamp();
    assert_eq!(calendar.working_minutes_between(noon(29), noon(31)), 480);
}

#[test]
fn long_holidays_and_the_ends_of_time_are_survived() {
    let mut day = date(2026, 1, 1);
    let mut holidays = Vec::new();
    for _ in 0..4_000 {
        holidays.push((day, Exception::Holiday));
        day = day.tomorrow().unwrap();
    }
    let hours = (time(9, 0, 0, 0), time(17, 0, 0, 0));
    let calendar = Calendar::new([Weekday::Monday], holidays, hours.0, hours.1, TimeZone::UTC).unwrap();
    assert!(calendar.add_working_days(date(2026, 1, 1), 1) > day);
    assert_eq!(calendar.working_days_between(date(2026, 1, 1), day), 0);
    assert!(calendar.add_working_minutes(at("2026-01-01T09:00:00Z"), 1) > at("2036-01-01T00:00:00Z"));
    assert_eq!(calendar.add_working_days(Date::MAX, i32::MAX), Date::MAX);
    assert!(calendar.add_working_days(Date::MIN, -3) >= Date::MIN);
}

/// Calendars of every make: any weekdays, some exceptions, any hours, zones with and without clock changes.
fn calendars() -> impl Strategy<Value = Calendar> {
    let zones = prop::sample::select(vec!["UTC", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe"]);
    let exceptions = prop::collection::vec((0_i64..900, any::<bool>()), 0..40);
    (1_u8..128, exceptions, 0_i8..23, 1_i8..24, zones).prop_map(|(mask, exceptions, opens, length, zone)| {
        let weekdays = WEEK.into_iter().enumerate().filter(|(bit, _)| mask & (1 << bit) != 0).map(|(_, day)| day);
        let exceptions = exceptions
            .into_iter()
            .map(|(day, works)| (day_number(day), if works { Exception::WorkingDay } else { Exception::Holiday }));
        let closes = (opens + length).min(23);
        let closes = if closes == opens { time(23, 59, 0, 0) } else { time(closes, 0, 0, 0) };
        Calendar::new(weekdays, exceptions, time(opens, 0, 0, 0), closes, TimeZone::get(zone).unwrap()).unwrap()
    })
}

/// The n-th day from 2025-06-01: the calendars' exceptions lie in the 900 days from there.
fn day_number(number: i64) -> Date {
    date(2025, 6, 1).checked_add(SignedDuration::from_hours(24 * number)).unwrap()
}

fn days() -> impl Strategy<Value = Date> {
    (0_i64..900).prop_map(day_number)
}

fn instants() -> impl Strategy<Value = Timestamp> {
    let start = at("2025-06-01T00:00:00Z").as_second();
    (0..900 * 86_400_i64).prop_map(move |seconds| Timestamp::from_second(start + seconds).unwrap())
}

fn in_working_time(calendar: &Calendar, instant: Timestamp) -> bool {
    calendar.hours_of(calendar.date_of(instant)).is_some_and(|(opens, closes)| opens <= instant && instant <= closes)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn days_compose_and_invert(calendar in calendars(), day in days(), a in -120_i32..120, b in -120_i32..120) {
        let there = calendar.add_working_days(day, a);
        prop_assert!(calendar.is_working_day(there));
        prop_assert_eq!(calendar.add_working_days(there, b), calendar.add_working_days(day, a + b));
        prop_assert_eq!(calendar.working_days_between(day, there), a);
        prop_assert_eq!(calendar.add_working_days(there, -a), calendar.working_day_on_or_after(day));
    }

    #[test]
    fn spans_of_days_add_up(calendar in calendars(), a in days(), b in days(), c in days()) {
        let between = |from, to| calendar.working_days_between(from, to);
        prop_assert_eq!(between(a, b) + between(b, c), between(a, c));
        let (from, to) = (a.min(b), a.max(b));
        let one_by_one = from.series(jiff::ToSpan::days(1)).take_while(|day| *day < to);
        let counted = one_by_one.filter(|day| calendar.is_working_day(*day)).count();
        prop_assert_eq!(usize::try_from(between(from, to)).unwrap(), counted);
    }

    #[test]
    fn days_never_turn_back(calendar in calendars(), a in days(), b in days(), n in -60_i32..60) {
        let (earlier, later) = (a.min(b), a.max(b));
        prop_assert!(calendar.add_working_days(earlier, n) <= calendar.add_working_days(later, n));
        prop_assert!(calendar.add_working_days(a, n) < calendar.add_working_days(a, n + 1));
    }

    #[test]
    fn minutes_invert_and_stay_in_working_time(
        calendar in calendars(), from in instants(), minutes in -20_000_i64..20_000,
    ) {
        let to = calendar.add_working_minutes(from, minutes);
        prop_assert!(in_working_time(&calendar, to));
        prop_assert_eq!(calendar.working_minutes_between(from, to), minutes);
        prop_assert!(minutes < 0 || to >= from, "forwards");
        prop_assert!(minutes >= 0 || to <= from, "backwards");
    }

    #[test]
    fn minutes_compose(calendar in calendars(), from in instants(), a in 0_i64..9_000, b in 0_i64..9_000) {
        let add = |from, minutes| calendar.add_working_minutes(from, minutes);
        prop_assert_eq!(add(add(from, a), b), add(from, a + b));
        prop_assert!(add(from, a) <= add(from, a + b));
        if a > 0 && b > 0 {
            prop_assert_eq!(add(add(from, -a), -b), add(from, -a - b));
        }
    }

    #[test]
    fn spans_of_minutes_add_up(calendar in calendars(), mut points in prop::collection::vec(instants(), 3)) {
        points.sort();
        let between = |from, to| calendar.working_minutes_between(from, to);
        let parts = between(points[0], points[1]) + between(points[1], points[2]);
        // Each part drops its seconds, so at most one minute is lost.
        prop_assert!((0..=1).contains(&(between(points[0], points[2]) - parts)));
    }
}
