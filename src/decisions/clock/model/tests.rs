use super::*;
use jiff::{
    SignedDuration,
    civil::{Date, Weekday, time},
    tz::TimeZone,
};
use proptest::prelude::*;

use crate::platform::working_time::Exception;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn day() -> Calendar {
    Calendar::default()
}

/// What a case goes through: each step with the moment it began, each warning with its step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Way {
    steps: Vec<(Step, Timestamp)>,
    warnings: Vec<(Step, Warning)>,
}

/// A case as the store keeps it, moved by the rule alone.
#[derive(Clone, Debug)]
struct Case {
    running: Running,
    way: Way,
}

const LIMITS: [(Step, i64); 3] = [(Step::Liaisons, 960), (Step::Lead, 1440), (Step::Committee, 2400)];

fn limit(step: Step) -> Span {
    Span::Minutes(LIMITS.iter().find(|(one, _)| *one == step).unwrap().1)
}

impl Case {
    fn raised(now: Timestamp) -> Self {
        let running = Running::begin(Step::Liaisons, now, limit(Step::Liaisons));
        Self { running, way: Way { steps: vec![(Step::Liaisons, now)], warnings: Vec::new() } }
    }

    /// Everything that is due at `now`; `crashes` says after which of the things a worker dies before it has committed.
    fn look(&mut self, now: Timestamp, calendar: &Calendar, mut crashes: impl FnMut() -> bool) {
        loop {
            let before = self.clone();
            match self.running.look(now, calendar) {
                Due::Nothing => return,
                Due::Late => self.running.warned = Some(Warning::Quarter),
                Due::Warn(warning) => {
                    self.running.warned = Some(warning);
                    self.way.warnings.push((self.running.step, warning));
                }
                Due::PassOn(moment) => {
                    let step = if self.running.step == Step::Liaisons { Step::Lead } else { Step::Committee };
                    self.running = Running::begin(step, moment, limit(step));
                    self.way.steps.push((step, moment));
                }
            }
            if crashes() {
                *self = before;
                return;
            }
        }
    }
}

#[test]
fn warns_at_half_and_quarter_and_passes_on_when_the_time_is_over() {
    // Monday 09:00; two days with the liaisons: half left on Tuesday 09:00 (the closing of Monday), quarter on Tuesday 13:00.
    let began = at("2026-11-16T09:00:00Z");
    let running = Running::begin(Step::Liaisons, began, Span::Minutes(960));
    assert_eq!(running.due_at(&day()), at("2026-11-17T17:00:00Z"));
    assert_eq!(running.wake_at(&day()), Some(at("2026-11-16T17:00:00Z")));
    let looks = [
        ("2026-11-16T16:59:59Z", None, Due::Nothing),
        ("2026-11-16T17:00:00Z", None, Due::Warn(Warning::Half)),
        ("2026-11-17T12:00:00Z", Some(Warning::Half), Due::Nothing),
        ("2026-11-17T13:00:00Z", Some(Warning::Half), Due::Warn(Warning::Quarter)),
        ("2026-11-17T14:00:00Z", None, Due::Warn(Warning::Quarter)),
        ("2026-11-17T16:59:59Z", Some(Warning::Quarter), Due::Nothing),
        ("2026-11-17T17:00:00Z", Some(Warning::Quarter), Due::PassOn(at("2026-11-17T17:00:00Z"))),
        ("2026-11-20T10:00:00Z", Some(Warning::Quarter), Due::PassOn(at("2026-11-17T17:00:00Z"))),
        ("2026-11-20T10:00:00Z", None, Due::Late),
        ("2026-11-20T10:00:00Z", Some(Warning::Half), Due::Late),
    ];
    for (now, warned, due) in looks {
        assert_eq!(Running { warned, ..running }.look(at(now), &day()), due, "{now} {warned:?}");
    }
}

#[test]
fn the_last_step_says_once_that_it_is_over() {
    let running = Running::begin(Step::Committee, at("2026-11-16T09:00:00Z"), Span::Minutes(480));
    let late = at("2026-11-18T09:00:00Z");
    let warned = Running { warned: Some(Warning::Quarter), ..running };
    assert_eq!(warned.look(late, &day()), Due::Warn(Warning::Over));
    let over = Running { warned: Some(Warning::Over), ..running };
    assert_eq!((over.look(late, &day()), over.wake_at(&day())), (Due::Nothing, None));
}

#[test]
fn stands_while_the_raiser_owes_an_answer() {
    let running = Running::begin(Step::Lead, at("2026-11-16T09:00:00Z"), Span::Minutes(480));
    let paused = running.pause(at("2026-11-16T11:00:00Z"));
    assert_eq!(paused.pause(at("2026-11-16T12:00:00Z")), paused);
    assert_eq!((paused.wake_at(&day()), paused.look(at("2027-01-01T00:00:00Z"), &day())), (None, Due::Nothing));
    // Two days later at 11:00: sixteen hours stood, six hours of eight are left.
    let resumed = paused.resume(at("2026-11-18T11:00:00Z"), &day());
    assert_eq!((resumed.paused, resumed.due_at(&day())), (960 * 60, at("2026-11-18T17:00:00Z")));
    // Short ones count for what they lasted, and are rounded up once.
    let mut blinking = running;
    for _ in 0..20 {
        blinking = blinking.pause(at("2026-11-16T11:00:00Z")).resume(at("2026-11-16T11:00:01Z"), &day());
    }
    assert_eq!(blinking.paused, 20);
    assert_eq!(blinking.due_at(&day()), day().add_working_minutes(running.due_at(&day()), 1));
    // Over a weekend nothing is added: nobody worked.
    assert_eq!(running.pause(at("2026-11-14T10:00:00Z")).resume(at("2026-11-15T10:00:00Z"), &day()).paused, 0);
    assert_eq!(running.resume(at("2026-11-18T11:00:00Z"), &day()), running);
}

#[test]
fn three_days_down_are_caught_up_in_order() {
    let began = at("2026-11-16T09:00:00Z");
    let mut case = Case::raised(began);
    // Nobody looks until the lead's time is half over too: 2 + 1.5 working days and a bit.
    case.look(at("2026-11-19T15:00:00Z"), &day(), || false);
    assert_eq!(case.way.steps, [(Step::Liaisons, began), (Step::Lead, at("2026-11-17T17:00:00Z"))]);
    assert_eq!(case.way.warnings, [(Step::Lead, Warning::Half)]);
}

fn calendars() -> impl Strategy<Value = Calendar> {
    let zones = prop::sample::select(vec!["UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York"]);
    let exceptions = prop::collection::btree_map(0..60_i32, prop::bool::ANY, 0..12);
    (prop::collection::btree_set(1..=7_i8, 1..=7), exceptions, 0..12_i8, 1..=10_i8, zones).prop_map(
        |(weekdays, exceptions, opens, hours, zone)| {
            let weekdays = weekdays.into_iter().map(|day| Weekday::from_monday_one_offset(day).unwrap());
            let first: Date = "2026-10-01".parse().unwrap();
            let exceptions = exceptions.into_iter().map(|(days, works)| {
                let day = first.checked_add(jiff::Span::new().days(days)).unwrap();
                (day, if works { Exception::WorkingDay } else { Exception::Holiday })
            });
            let zone = TimeZone::get(zone).unwrap();
            Calendar::new(weekdays, exceptions, time(opens, 0, 0, 0), time(opens + hours, 0, 0, 0), zone).unwrap()
        },
    )
}

fn later(begin: Timestamp, seconds: i64) -> Timestamp {
    begin.checked_add(SignedDuration::from_secs(seconds)).unwrap()
}

proptest! {
    /// However rarely workers look, whatever they die of, and whoever pauses: the steps are those of a clock that is looked at
    /// every half hour and never dies, each begins inside working time, and none is skipped or repeated.
    #[test]
    fn the_way_does_not_depend_on_who_looks_when(
        calendar in calendars(),
        begin in 0..30 * 86_400_i64,
        pauses in prop::collection::vec((1..6 * 86_400_i64, 1..4 * 86_400_i64), 0..4),
        looks in prop::collection::vec(1..9 * 86_400_i64, 0..25),
        crashes in prop::collection::vec(prop::bool::weighted(0.4), 1..40),
        days in 1..90_i64,
    ) {
        let begin = later(at("2026-10-01T00:00:00Z"), begin);
        let end = later(begin, days * 86_400);
        // What happens when: a pause, its end, a look of an unreliable worker.
        let mut happenings: Vec<(Timestamp, u8)> = Vec::new();
        let mut moment = begin;
        for (until, length) in pauses {
            moment = later(moment, until);
            happenings.push((moment, 1));
            moment = later(moment, length);
            happenings.push((moment, 2));
        }
        let mut ideal = happenings.clone();
        ideal.extend((1..days * 48).map(|half_hour| (later(begin, half_hour * 1_800), 0)));
        let mut moment = begin;
        for pause in looks {
            moment = later(moment, pause);
            happenings.push((moment, 0));
        }
        let mut crashes = crashes.into_iter().cycle();
        let run = |mut happenings: Vec<(Timestamp, u8)>, crashes: &mut dyn FnMut() -> bool| {
            happenings.retain(|(moment, _)| *moment < end);
            happenings.sort_unstable();
            let mut case = Case::raised(begin);
            for (now, what) in happenings {
                // Whoever asks or answers has the clock looked at first, in the same transaction.
                case.look(now, &calendar, || what == 0 && crashes());
                match what {
                    1 => case.running = case.running.pause(now),
                    2 => case.running = case.running.resume(now, &calendar),
                    _ => {}
                }
            }
            case.look(end, &calendar, || false);
            case
        };
        let unreliable = run(happenings, &mut || crashes.next().unwrap_or(false));
        let reliable = run(ideal, &mut || false);
        prop_assert_eq!(&unreliable.way.steps, &reliable.way.steps);
        prop_assert_eq!(unreliable.running.due_at(&calendar), reliable.running.due_at(&calendar));
        let order: Vec<Step> = reliable.way.steps.iter().map(|(step, _)| *step).collect();
        prop_assert_eq!(&order[..], &Step::ALL[..order.len()]);
        for (_, moment) in &reliable.way.steps[1..] {
            let inside = calendar.add_working_minutes(*moment, 0);
            prop_assert_eq!(inside, *moment, "a step began outside working time");
        }
        // No warning comes twice, and an unreliable worker never warns of what a reliable one did not.
        let mut warnings = unreliable.way.warnings.clone();
        warnings.dedup();
        prop_assert_eq!(&warnings, &unreliable.way.warnings);
        prop_assert!(unreliable.way.warnings.iter().all(|warning| reliable.way.warnings.contains(warning)));
    }
}

#[test]
fn time_in_which_nobody_could_act_is_given_back() {
    let running = Running::begin(Step::Lead, at("2026-11-16T09:00:00Z"), Span::Minutes(480));
    let (archived, restored) = (at("2026-11-16T11:00:00Z"), at("2026-11-18T11:00:00Z"));
    assert_eq!(running.rest(archived, restored, &day()).due_at(&day()), at("2026-11-18T17:00:00Z"));
    // It stood for the raiser already: from then on, and it goes on standing.
    let paused = running.pause(at("2026-11-16T10:00:00Z")).rest(archived, restored, &day());
    assert_eq!(paused.paused_at, Some(restored));
    assert_eq!(paused.resume(restored, &day()).due_at(&day()), at("2026-11-19T10:00:00Z"));
    // Raised in a draft: its time begins with the project.
    let raised = running.rest(Timestamp::MIN, restored, &day());
    assert_eq!(raised.due_at(&day()), Running::begin(Step::Lead, restored, Span::Minutes(480)).due_at(&day()));
}

#[test]
fn days_stay_days_when_the_hours_of_a_day_change() {
    let week = [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
    let short = Calendar::new(week, [], time(9, 0, 0, 0), time(15, 0, 0, 0), TimeZone::UTC).unwrap();
    let began = at("2026-11-16T09:00:00Z");
    for (span, long_end, short_end) in [
        (Span::Days(2), "2026-11-17T17:00:00Z", "2026-11-17T15:00:00Z"),
        (Span::Minutes(960), "2026-11-17T17:00:00Z", "2026-11-18T13:00:00Z"),
    ] {
        let running = Running::begin(Step::Lead, began, span);
        assert_eq!(running.due_at(&day()), at(long_end), "{span:?}");
        assert_eq!(running.due_at(&short), at(short_end), "{span:?}");
    }
    assert_eq!((Span::Days(2).days(), Span::Minutes(960).days()), (Some(2), None));
    assert_eq!(Span::from(Limit::Days(3)), Span::Days(3));
    assert_eq!(Span::from(Limit::Hours(3)), Span::Minutes(180));
    assert_eq!(Span::Minutes(0).minutes(&day()), 1);
}
