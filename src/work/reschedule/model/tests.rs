use super::*;
use crate::platform::ids::StageId;
use jiff::civil::date;
use proptest::prelude::*;
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
    moves(&stages(), dates, Some(date(2026, 11, 30)), anchor, &Calendar::default(), TODAY)
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
    let earliest = date(2026, 11, 17);
    assert_eq!(ask(vec![], Anchor::Launch(date(2026, 11, 16))), Err(Refusal::TooEarly(earliest)));
    assert!(ask(vec![], Anchor::Launch(earliest)).is_ok());
    assert_eq!(ask(vec![], Anchor::Start(date(2026, 12, 1))), Err(Refusal::HasBegun));
    let begun: Vec<_> = stages().into_iter().map(|stage| DatedStage { state: "passed".to_owned(), ..stage }).collect();
    let refused = moves(&begun, vec![], None, Anchor::Launch(TODAY), &Calendar::default(), TODAY);
    assert_eq!(refused, Err(Refusal::LaunchHasBegun));
}

#[test]
fn the_same_day_moves_nothing_and_a_plan_ahead_can_start_elsewhere() {
    assert!(ask(vec![task(Some(2), None, TODAY)], Anchor::Launch(date(2026, 11, 30))).unwrap().is_empty());
    let ahead: Vec<_> = stages().into_iter().map(|stage| DatedStage { state: "ahead".to_owned(), ..stage }).collect();
    let moved = moves(&ahead, vec![], None, Anchor::Start(date(2026, 11, 9)), &Calendar::default(), TODAY).unwrap();
    assert_eq!((moved.starts_on, moved.launches_on), (date(2026, 11, 9), Some(date(2026, 12, 7))));
    assert_ne!(moved.fingerprint(), ask(vec![], Anchor::Launch(date(2026, 12, 7))).unwrap().fingerprint());
}

proptest! {
    #[test]
    fn stages_follow_each_other_wherever_the_launch_goes(later in 0_i32..400) {
        let calendar = Calendar::default();
        let launch = calendar.add_working_days(date(2026, 11, 17), later);
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
