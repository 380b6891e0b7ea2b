use super::*;
use crate::platform::working_time::Exception;
use crate::projects::blueprints;
use jiff::{
    ToSpan,
    civil::{Weekday, date, time},
    tz::TimeZone,
};
use proptest::prelude::*;

fn item<'a>(id: &'a str, stage: usize, due_day: u16, after: &[&'a str]) -> ItemTiming<'a> {
    ItemTiming { id, stage, due_day, after: after.to_vec() }
}

#[test]
fn a_launch_date_pulls_the_earlier_stages_before_it() {
    // Tuesday 12 January 2027; the stages before it last five and three working days.
    let items = [item("a", 0, 2, &[]), item("b", 0, 5, &["a"]), item("c", 1, 1, &["b"]), item("d", 2, 9, &["c"])];
    let anchor = Anchor::Launch(date(2027, 1, 12));
    let schedule = lay_out(&[5, 3, 4], 2, &items, anchor, &Calendar::default());
    let stage = |from, to| StageDates { starts_on: from, ends_on: to };
    assert_eq!(
        schedule.stages,
        [
            stage(date(2026, 12, 31), date(2027, 1, 6)),
            stage(date(2027, 1, 7), date(2027, 1, 11)),
            stage(date(2027, 1, 12), date(2027, 1, 15)),
        ]
    );
    let dates: Vec<_> = schedule.items.iter().map(|item| (item.id, item.starts_on, item.due_on)).collect();
    assert_eq!(
        dates,
        [
            ("a", date(2026, 12, 31), date(2027, 1, 1)),
            ("b", date(2027, 1, 4), date(2027, 1, 6)),
            ("c", date(2027, 1, 7), date(2027, 1, 7)),
            // Its day 9 lies past the end of the stage.
            ("d", date(2027, 1, 12), date(2027, 1, 15)),
        ]
    );
    assert_eq!(schedule.span(), Some((date(2026, 12, 31), date(2027, 1, 15))));
}

#[test]
fn a_free_launch_day_counts_from_the_next_working_day() {
    let calendar = Calendar::default();
    let (saturday, monday) = (Anchor::Launch(date(2027, 1, 9)), Anchor::Launch(date(2027, 1, 11)));
    assert_eq!(lay_out(&[5, 5], 1, &[], saturday, &calendar), lay_out(&[5, 5], 1, &[], monday, &calendar));
    let start = lay_out(&[5], 0, &[], Anchor::Start(date(2027, 1, 9)), &calendar);
    assert_eq!(start.stages[0].starts_on, date(2027, 1, 11));
}

#[test]
fn an_item_due_with_its_forerunner_starts_and_ends_that_day() {
    let items = [item("a", 0, 3, &[]), item("b", 0, 3, &["a"]), item("c", 7, 1, &[]), item("d", 0, 1, &["gone"])];
    let schedule = lay_out(&[5], 0, &items, Anchor::Start(date(2027, 1, 4)), &Calendar::default());
    let ids: Vec<&str> = schedule.items.iter().map(|item| item.id).collect();
    assert_eq!(ids, ["a", "b", "d"], "an item of no stage is left out");
    assert_eq!((schedule.items[1].starts_on, schedule.items[1].due_on), (date(2027, 1, 6), date(2027, 1, 6)));
    assert_eq!(lay_out(&[], 0, &items, Anchor::Start(date(2027, 1, 4)), &Calendar::default()).span(), None);
}

#[test]
fn the_launch_stage_of_each_blueprint_starts_on_the_launch_date() {
    let launch = date(2027, 1, 12);
    for blueprint in blueprints::all().unwrap() {
        let schedule = lay_out_blueprint(blueprint, Tier::Flagship, Anchor::Launch(launch), &Calendar::default());
        assert_eq!(schedule.stages.len(), blueprint.stages.len());
        assert_eq!(schedule.stages[blueprint.launch_stage_index()].starts_on, launch, "{}", blueprint.id);
        assert_eq!(schedule.items.len(), blueprint.items_for(Tier::Flagship).count());
    }
}

fn calendars() -> impl Strategy<Value = Calendar> {
    let exceptions = prop::collection::vec((-700_i64..1500, any::<bool>()), 0..60);
    (1_u8..128, exceptions).prop_map(|(mask, exceptions)| {
        let monday = Weekday::Monday;
        let weekdays = (0..7_u8).filter(|bit| mask & (1 << bit) != 0).map(|bit| monday.wrapping_add(bit));
        let exceptions = exceptions.into_iter().map(|(day, works)| {
            (date(2026, 6, 1) + day.days(), if works { Exception::WorkingDay } else { Exception::Holiday })
        });
        Calendar::new(weekdays, exceptions, time(9, 0, 0, 0), time(17, 0, 0, 0), TimeZone::UTC).unwrap()
    })
}

/// A blueprint, a tier, and a day of 2026 or 2027.
fn plans() -> impl Strategy<Value = (&'static Blueprint, Tier, Date)> {
    let blueprints = prop::sample::select(blueprints::all().unwrap().iter().collect::<Vec<_>>());
    let days = (0_i64..730).prop_map(|day| date(2026, 1, 1) + day.days());
    (blueprints, prop::sample::select(Tier::ALL.to_vec()), days)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn stages_join_and_items_lie_in_them((blueprint, tier, day) in plans(), calendar in calendars(), launches in any::<bool>()) {
        let anchor = if launches { Anchor::Launch(day) } else { Anchor::Start(day) };
        let schedule = lay_out_blueprint(blueprint, tier, anchor, &calendar);
        for (stage, dates) in blueprint.stages.iter().zip(&schedule.stages) {
            prop_assert!(calendar.is_working_day(dates.starts_on) && calendar.is_working_day(dates.ends_on));
            prop_assert_eq!(calendar.working_days_between(dates.starts_on, dates.ends_on) + 1, i32::from(stage.days));
        }
        for pair in schedule.stages.windows(2) {
            prop_assert!(pair[0].ends_on < pair[1].starts_on);
            prop_assert_eq!(calendar.next_working_day(pair[0].ends_on), pair[1].starts_on);
        }
        let due: HashMap<&str, Date> = schedule.items.iter().map(|item| (item.id, item.due_on)).collect();
        for item in &schedule.items {
            let stage = schedule.stages[item.stage];
            prop_assert!(calendar.is_working_day(item.starts_on) && calendar.is_working_day(item.due_on));
            prop_assert!(stage.starts_on <= item.starts_on && item.starts_on <= item.due_on);
            prop_assert!(item.due_on <= stage.ends_on);
            for before in blueprint.after(blueprint.item(item.id).unwrap(), tier) {
                prop_assert!(due[before] <= item.due_on);
                prop_assert!(due[before] < item.starts_on || item.starts_on == item.due_on);
            }
        }
    }

    #[test]
    fn backwards_and_forwards_agree((blueprint, tier, day) in plans(), calendar in calendars()) {
        let back = lay_out_blueprint(blueprint, tier, Anchor::Launch(day), &calendar);
        let launch = back.stages[blueprint.launch_stage_index()].starts_on;
        prop_assert_eq!(launch, calendar.working_day_on_or_after(day));
        let forth = lay_out_blueprint(blueprint, tier, Anchor::Start(back.stages[0].starts_on), &calendar);
        prop_assert_eq!(&forth, &back);
        prop_assert_eq!(&lay_out_blueprint(blueprint, tier, Anchor::Launch(launch), &calendar), &back);
    }

    #[test]
    fn a_later_launch_never_moves_a_date_forward((blueprint, tier, day) in plans(), calendar in calendars(), by in 0_i64..90) {
        let early = lay_out_blueprint(blueprint, tier, Anchor::Launch(day), &calendar);
        let late = lay_out_blueprint(blueprint, tier, Anchor::Launch(day + by.days()), &calendar);
        for (early, late) in early.items.iter().zip(&late.items) {
            prop_assert!(early.due_on <= late.due_on && early.starts_on <= late.starts_on);
        }
    }
}
