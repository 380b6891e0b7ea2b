use super::*;
use crate::platform::ids::StageId;
use jiff::civil::date;
use proptest::prelude::*;
use std::sync::LazyLock;
use uuid::Uuid;

const TODAY: Date = date(2026, 11, 18);

fn stage(number: u128, state: &str, days: i32, from: Date, to: Date) -> DatedStage {
    DatedStage {
        id: StageId(Uuid::from_u128(number)),
        code: format!("A{number}"),
        name_en: String::new(),
        name_zh: String::new(),
        days,
        is_launch: number == 3,
        state: state.to_owned(),
        starts_on: from,
        ends_on: to,
    }
}

/// Passed, current, launch ahead, one more ahead; ten working days each, without a gap.
fn stages() -> Vec<DatedStage> {
    vec![
        stage(1, "passed", 10, date(2026, 11, 2), date(2026, 11, 13)),
        stage(2, "current", 10, date(2026, 11, 16), date(2026, 11, 27)),
        stage(3, "ahead", 10, date(2026, 11, 30), date(2026, 12, 11)),
        stage(4, "ahead", 10, date(2026, 12, 14), date(2026, 12, 25)),
    ]
}

fn task(stage: Option<u128>, starts_on: Option<Date>, due_on: Date) -> Dated {
    Dated {
        thing: Thing::Task(1),
        id: Uuid::from_u128(99),
        title: String::new(),
        title_zh: None,
        stage_id: stage.map(|number| StageId(Uuid::from_u128(number))),
        starts_on,
        due_on,
    }
}

fn ask(dates: Vec<Dated>, anchor: Anchor) -> Result<Moves, Refusal> {
    moves(&plan(&stages()), dates, &Apart::default(), anchor)
}

/// What it hangs on, with an ordinary week.
fn plan(stages: &[DatedStage]) -> Plan<'_> {
    static CALENDAR: LazyLock<Calendar> = LazyLock::new(Calendar::default);
    let launches_on = stages.iter().find(|stage| stage.is_launch).map(|stage| stage.starts_on);
    Plan { stages, launches_on, calendar: &CALENDAR, today: TODAY }
}

#[test]
fn a_later_launch_moves_what_is_ahead_and_lengthens_the_current_stage() {
    let dates = vec![
        task(Some(1), None, date(2026, 11, 12)),
        task(Some(2), Some(date(2026, 11, 16)), date(2026, 11, 20)),
        task(Some(4), None, date(2026, 12, 18)),
        task(None, None, date(2026, 11, 30)),
        task(None, None, date(2026, 12, 1)),
    ];
    let moved = ask(dates, Anchor::Launch(date(2026, 12, 7))).unwrap();
    assert_eq!(moved.launches_on, Some(date(2026, 12, 7)));
    assert_eq!(moved.starts_on, date(2026, 11, 2));
    let stages: Vec<_> = moved
        .stages
        .iter()
        .map(|one| (one.stage.code.as_str(), one.after.starts_on, one.after.ends_on, one.shift))
        .collect();
    assert_eq!(
        stages,
        [
            ("A2", date(2026, 11, 16), date(2026, 12, 4), 5),
            ("A3", date(2026, 12, 7), date(2026, 12, 18), 5),
            ("A4", date(2026, 12, 21), date(2027, 1, 1), 5),
        ]
    );
    let days: Vec<_> = moved.dates.iter().map(|one| (one.starts_on, one.due_on)).collect();
    assert_eq!(
        days,
        [(Some(date(2026, 11, 23)), date(2026, 11, 27)), (None, date(2026, 12, 25)), (None, date(2026, 12, 7)),]
    );
}

#[test]
fn an_earlier_launch_pulls_nothing_before_today() {
    let dates = vec![
        task(Some(2), Some(date(2026, 11, 16)), date(2026, 11, 19)),
        task(Some(2), None, date(2026, 11, 13)),
        task(Some(2), None, date(2026, 11, 27)),
    ];
    let moved = ask(dates, Anchor::Launch(date(2026, 11, 24))).unwrap();
    let days: Vec<_> = moved.dates.iter().map(|one| (one.starts_on, one.due_on)).collect();
    // Due the day after: today. Late already: stays as late as it is. The rest keeps its distance.
    assert_eq!(days, [(Some(date(2026, 11, 10)), TODAY), (None, date(2026, 11, 23))]);
}

#[test]
fn what_does_not_fit_is_refused_with_the_earliest_day() {
    // The current stage ends today at the earliest.
    let earliest = date(2026, 11, 19);
    assert_eq!(ask(vec![], Anchor::Launch(TODAY)), Err(Refusal::TooEarly(earliest)));
    assert!(ask(vec![], Anchor::Launch(earliest)).is_ok());
    assert_eq!(ask(vec![], Anchor::Start(date(2026, 12, 1))), Err(Refusal::HasBegun));
    let begun: Vec<_> = stages().into_iter().map(|stage| DatedStage { state: "passed".to_owned(), ..stage }).collect();
    let refused = moves(&plan(&begun), vec![], &Apart::default(), Anchor::Launch(TODAY));
    assert_eq!(refused, Err(Refusal::LaunchHasBegun));
}

#[test]
fn the_same_day_moves_nothing_and_a_plan_ahead_can_start_elsewhere() {
    assert!(ask(vec![task(Some(2), None, TODAY)], Anchor::Launch(date(2026, 11, 30))).unwrap().is_empty());
    let ahead: Vec<_> = stages().into_iter().map(|stage| DatedStage { state: "ahead".to_owned(), ..stage }).collect();
    let moved = moves(&plan(&ahead), vec![], &Apart::default(), Anchor::Start(date(2026, 11, 9))).unwrap();
    assert_eq!((moved.starts_on, moved.launches_on), (date(2026, 11, 9), Some(date(2026, 12, 7))));
    assert_ne!(moved.fingerprint(), ask(vec![], Anchor::Launch(date(2026, 12, 7))).unwrap().fingerprint());
}

#[test]
fn a_launch_moves_from_the_day_agreed_on_wherever_its_stage_stands() {
    // Rows from before the launch stage was held to its day.
    let mut apart = stages();
    let launch = apart[2].starts_on;
    apart[2].starts_on = date(2026, 11, 4);
    let plan = Plan { launches_on: Some(launch), ..plan(&apart) };
    let to = plan.calendar.add_working_days(launch, 1);
    let moved = moves(&plan, vec![], &Apart::default(), Anchor::Launch(to)).unwrap();
    let ahead = moved.stages.iter().filter(|one| one.stage.state == "ahead" && !one.stage.is_launch);
    let shifts: Vec<i32> = ahead.map(|one| one.shift).collect();
    assert!(!shifts.is_empty() && shifts.iter().all(|shift| *shift == 1), "{shifts:?}");
}

#[test]
fn a_plan_that_drifted_moves_from_where_it_stands() {
    // The current stage was lengthened by a decision, and a week lies between it and the launch.
    let mut drifted = stages();
    drifted[1].ends_on = date(2026, 12, 4);
    drifted[2] = stage(3, "ahead", 10, date(2026, 12, 14), date(2026, 12, 18));
    drifted[3] = stage(4, "ahead", 10, date(2026, 12, 21), date(2027, 1, 22));
    let gate = |day| Dated { thing: Thing::Milestone(MilestoneKind::Gate), ..task(Some(2), None, day) };
    let dates = vec![gate(date(2026, 12, 4)), task(Some(4), None, date(2027, 1, 20))];
    let moved = moves(&plan(&drifted), dates, &Apart::default(), Anchor::Launch(date(2026, 12, 16))).unwrap();
    let days: Vec<_> = moved.stages.iter().map(|one| (one.after.starts_on, one.after.ends_on)).collect();
    assert_eq!(
        days,
        [
            (date(2026, 11, 16), date(2026, 12, 8)),
            (date(2026, 12, 16), date(2026, 12, 22)),
            (date(2026, 12, 23), date(2027, 1, 26)),
        ]
    );
    assert_eq!(moved.dates.iter().map(|one| one.due_on).collect::<Vec<_>>(), [date(2026, 12, 8), date(2027, 1, 22)]);
}

#[test]
fn what_has_a_day_of_its_own_stays_out_and_what_has_no_stage_is_named() {
    let own = |id, stage, day| Dated {
        thing: Thing::Milestone(MilestoneKind::Own),
        id: Uuid::from_u128(id),
        ..task(stage, None, day)
    };
    let dates = || {
        vec![
            task(Some(4), None, date(2026, 12, 18)),
            own(7, Some(4), date(2026, 12, 21)),
            own(8, None, date(2026, 12, 1)),
            own(9, None, date(2026, 11, 2)),
        ]
    };
    let launch = Anchor::Launch(date(2026, 12, 1));
    let moved = ask(dates(), launch).unwrap();
    assert_eq!(moved.dates.len(), 2);
    assert_eq!(moved.stays.iter().map(|one| one.id.as_u128()).collect::<Vec<_>>(), [8]);
    let apart = Apart { tasks: vec![1], milestones: vec![Uuid::from_u128(7), Uuid::from_u128(8)] };
    let moved = moves(&plan(&stages()), dates(), &apart, launch).unwrap();
    assert_eq!((moved.dates.len(), moved.stays.len()), (0, 0));
}

/// A plan as decisions leave it: gaps, overlaps, stages that should have ended long ago.
fn drifted() -> impl Strategy<Value = Vec<DatedStage>> {
    let span = (-20_i32..20, 0_i32..30);
    (0_usize..3, prop::collection::vec(span, 4)).prop_map(|(passed, spans)| {
        let calendar = Calendar::default();
        let mut from = date(2026, 10, 26);
        let mut made = Vec::new();
        for ((number, place), (gap, days)) in (1..).zip(0_usize..).zip(spans) {
            let state = match place {
                _ if place < passed => "passed",
                _ if place == passed && passed < 2 => "current",
                _ => "ahead",
            };
            let starts_on = calendar.add_working_days(from, gap);
            let ends_on = calendar.add_working_days(starts_on, days);
            made.push(stage(number, if number == 3 { "ahead" } else { state }, 10, starts_on, ends_on));
            from = calendar.next_working_day(ends_on);
        }
        made
    })
}

proptest! {
    #[test]
    fn nothing_moves_against_the_plan(stages in drifted(), by in -60_i32..60, due in 0_i32..120, place in 1_u128..5) {
        let calendar = Calendar::default();
        let launch = calendar.add_working_days(calendar.working_day_on_or_after(stages[2].starts_on), by);
        let dates = vec![
            task(Some(place), Some(date(2026, 11, 2)), calendar.add_working_days(date(2026, 11, 2), due)),
            Dated { thing: Thing::Milestone(MilestoneKind::Gate), ..task(Some(place), None, stages[place as usize - 1].ends_on) },
        ];
        match moves(&plan(&stages), dates, &Apart::default(), Anchor::Launch(launch)) {
            Ok(moved) => {
                prop_assert_eq!(moved.launches_on, Some(launch));
                for one in &moved.stages {
                    let (was, is) = ((one.stage.starts_on, one.stage.ends_on), (one.after.starts_on, one.after.ends_on));
                    prop_assert!(is.0 <= is.1 && one.stage.state != "passed");
                    let forth = if by < 0 { is.0 <= was.0 && is.1 <= was.1 } else { is.0 >= was.0 && is.1 >= was.1 };
 prop_assert!(forth, "{was:?} {is:?}");
                    prop_assert!(one.stage.state != "current" || is.0 == was.0);
                }
                for one in &moved.dates {
                    let forth = if by < 0 { one.due_on <= one.dated.due_on } else { one.due_on >= one.dated.due_on };
 prop_assert!(forth);
                    // A plan of which nothing has begun may be entered late, with gates that have passed.
                    let has_begun = stages.iter().any(|stage| stage.state == "current");
                    let is_task = matches!(one.dated.thing, Thing::Task(_));
                    prop_assert!(!has_begun && !is_task || one.due_on >= one.dated.due_on.min(TODAY), "nothing is pulled before today");
                }
                if by == 0 {
                    prop_assert!(moved.is_empty());
                }
            }
            // Only earlier days are refused, and the day that is named instead works.
            Err(Refusal::TooEarly(earliest)) => {
                prop_assert!(by < 0 && earliest > launch);
                prop_assert!(moves(&plan(&stages), vec![], &Apart::default(), Anchor::Launch(earliest)).is_ok());
            }
            Err(refusal) => prop_assert!(false, "{refusal:?}"),
        }
    }

    #[test]
    fn stages_follow_each_other_wherever_the_launch_goes(later in 0_i32..400) {
        let calendar = Calendar::default();
        let launch = calendar.add_working_days(date(2026, 11, 19), later);
        let moved = ask(vec![], Anchor::Launch(launch)).unwrap();
        let mut dates: Vec<StageDates> =
            stages().iter().map(|stage| StageDates { starts_on: stage.starts_on, ends_on: stage.ends_on }).collect();
        for one in &moved.stages {
            let place = stages().iter().position(|stage| stage.id == one.stage.id).unwrap();
            dates[place] = one.after;
        }
        prop_assert_eq!(dates[2].starts_on, launch);
        for pair in dates.windows(2) {
            prop_assert!(pair[0].starts_on <= pair[0].ends_on);
            prop_assert_eq!(calendar.next_working_day(pair[0].ends_on), pair[1].starts_on);
        }
    }
}
