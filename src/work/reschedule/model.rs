//! What moves, and by how much; pure.

use super::{Dated, Thing};
use crate::{
    platform::working_time::Calendar,
    projects::{
        schedule::{Anchor, StageDates, YEARS},
        settings::store::DatedStage,
    },
    work::milestones::MilestoneKind,
};
use jiff::{ToSpan, civil::Date};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Why a plan cannot be laid out like that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The launch stage has begun, or there is none.
    LaunchHasBegun,
    /// The first stage has begun.
    HasBegun,
    /// The stages that are left do not fit; this is the earliest day of launch.
    TooEarly(Date),
    /// Nobody plans so far ahead; it must be before this day.
    TooFar(Date),
    /// Nobody enters a project so late; it must be after this day.
    TooLongAgo(Date),
}

/// What can be asked of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Possible {
    /// Another day of launch.
    pub launch: bool,
    /// Another day of the start.
    pub start: bool,
}

/// Until their first day a launch and a start can be moved.
#[must_use]
pub fn possible(stages: &[DatedStage]) -> Possible {
    Possible {
        launch: stages.iter().any(|stage| stage.is_launch && stage.state == "ahead"),
        start: stages.first().is_some_and(|stage| stage.state == "ahead"),
    }
}

/// A stage with new dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageMove {
    /// As it is.
    pub stage: DatedStage,
    /// Its new first and last day.
    pub after: StageDates,
    /// By how many working days its tasks move.
    pub shift: i32,
}

/// A task or milestone with new dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMove {
    /// As it is.
    pub dated: Dated,
    /// Its new start.
    pub starts_on: Option<Date>,
    /// Its new day.
    pub due_on: Date,
}

/// Everything that a new plan moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moves {
    /// The new first day of the plan.
    pub starts_on: Date,
    /// The new day of launch, as it was agreed on.
    pub launches_on: Option<Date>,
    /// Stages whose dates change.
    pub stages: Vec<StageMove>,
    /// Tasks and milestones whose dates change.
    pub dates: Vec<DateMove>,
    /// Milestones ahead that keep their day: they belong to no stage, and perhaps to somebody else's calendar.
    pub stays: Vec<Dated>,
}

/// Tasks, by number, and milestones that are given a day of their own together with the plan: they do not move along.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Apart {
    /// Numbers of tasks.
    pub tasks: Vec<i32>,
    /// Milestones.
    pub milestones: Vec<Uuid>,
}

impl Apart {
    fn has(&self, dated: &Dated) -> bool {
        match dated.thing {
            Thing::Task(number) => self.tasks.contains(&number),
            Thing::Milestone(_) => self.milestones.contains(&dated.id),
        }
    }
}

impl Moves {
    /// The tasks and milestones that are due on another day; of the others only the start moves.
    pub fn due(&self) -> impl Iterator<Item = &DateMove> {
        self.dates.iter().filter(|one| one.due_on != one.dated.due_on)
    }

    /// A short name for exactly these moves: what was applied is what was shown.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut text = format!("{} {:?}\n", self.starts_on, self.launches_on);
        for one in &self.stages {
            text.push_str(&format!("{} {} {}\n", one.stage.id, one.after.starts_on, one.after.ends_on));
        }
        for one in &self.dates {
            text.push_str(&format!("{} {} {:?} {}\n", one.dated.id, one.dated.due_on, one.starts_on, one.due_on));
        }
        crate::platform::ids::hex(&Sha256::digest(text.as_bytes())).chars().take(32).collect()
    }

    /// Whether nothing hangs on the new date but the date itself.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stages.is_empty() && self.dates.is_empty()
    }
}

/// What a plan is laid out from.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    /// The stages, in order, with their days as agreed on by now.
    pub stages: &'a [DatedStage],
    /// The day of launch as it was agreed on.
    pub launches_on: Option<Date>,
    /// Working days.
    pub calendar: &'a Calendar,
    /// The reader's day.
    pub today: Date,
}

/// What a new day moves: everything ahead keeps its distance from the day that moves, whatever was agreed on since the
/// project began. So nothing moves against the direction of the plan, and a gap that somebody decided stays one.
///
/// # Errors
/// Why it cannot be.
pub fn moves(plan: &Plan<'_>, dates: Vec<Dated>, apart: &Apart, anchor: Anchor) -> Result<Moves, Refusal> {
    let (stages, calendar, today) = (plan.stages, plan.calendar, plan.today);
    let (latest, earliest) = (today.saturating_add(YEARS.0.years()), today.saturating_sub(YEARS.1.years()));
    match anchor {
        Anchor::Launch(day) | Anchor::Start(day) if day > latest => return Err(Refusal::TooFar(latest)),
        Anchor::Launch(day) | Anchor::Start(day) if day < earliest => return Err(Refusal::TooLongAgo(earliest)),
        Anchor::Launch(_) | Anchor::Start(_) => {}
    }
    let stage_moves = relay(plan, anchor)?;
    let after = |stage: &DatedStage| {
        let moved = stage_moves.iter().find(|one| one.stage.id == stage.id);
        moved.map_or(stage.starts_on, |one| one.after.starts_on)
    };
    let new_launch = match anchor {
        Anchor::Launch(day) => Some(day),
        Anchor::Start(_) => stages.iter().find(|stage| stage.is_launch).map(after),
    };
    let mut stays = Vec::new();
    let dates = dates
        .into_iter()
        .filter(|dated| !apart.has(dated))
        .filter_map(|dated| {
            let stage = stage_moves.iter().find(|one| Some(one.stage.id) == dated.stage_id);
            let is_of_launch =
                dated.thing == Thing::Milestone(MilestoneKind::Launch) || Some(dated.due_on) == plan.launches_on;
            let moved = match (stage, dated.stage_id) {
                // A gate closes its stage, a launch opens it.
                (Some(one), _)
                    if dated.thing == Thing::Milestone(MilestoneKind::Gate) && dated.due_on == one.stage.ends_on =>
                {
                    DateMove { due_on: one.after.ends_on, starts_on: None, dated }
                }
                (Some(one), _) => carry(dated, one, calendar, today),
                (None, None) if is_of_launch => {
                    DateMove { due_on: new_launch.unwrap_or(dated.due_on), starts_on: dated.starts_on, dated }
                }
                (None, None) => {
                    if matches!(dated.thing, Thing::Milestone(_)) && dated.due_on >= today {
                        stays.push(dated);
                    }
                    return None;
                }
                (None, Some(_)) => return None,
            };
            (moved.due_on != moved.dated.due_on || moved.starts_on != moved.dated.starts_on).then_some(moved)
        })
        .collect();
    let starts_on = stages.first().map_or(today, after);
    Ok(Moves { starts_on, launches_on: new_launch, stages: stage_moves, dates, stays })
}

fn relay(plan: &Plan<'_>, anchor: Anchor) -> Result<Vec<StageMove>, Refusal> {
    let (stages, calendar) = (plan.stages, plan.calendar);
    let may = possible(stages);
    let pinned = match anchor {
        Anchor::Launch(_) if !may.launch => return Err(Refusal::LaunchHasBegun),
        Anchor::Start(_) if !may.start => return Err(Refusal::HasBegun),
        Anchor::Launch(_) => stages.iter().position(|stage| stage.is_launch),
        Anchor::Start(_) => Some(0),
    };
    let Some((place, pinned)) = pinned.and_then(|place| Some((place, stages.get(place)?))) else {
        return Err(Refusal::LaunchHasBegun);
    };
    let (Anchor::Launch(day) | Anchor::Start(day)) = anchor;
    let to = calendar.working_day_on_or_after(day);
    // From the day agreed on, wherever its stage came to stand.
    let from = match anchor {
        Anchor::Launch(_) => plan.launches_on.unwrap_or(pinned.starts_on),
        Anchor::Start(_) => pinned.starts_on,
    };
    let by = calendar.working_days_between(calendar.working_day_on_or_after(from), to);
    let shifted = |date: Date| if by == 0 { date } else { calendar.add_working_days(date, by) };
    let mut after: Vec<StageDates> = stages
        .iter()
        .map(|stage| match stage.state.as_str() {
            "ahead" => StageDates { starts_on: shifted(stage.starts_on), ends_on: shifted(stage.ends_on) },
            "current" => StageDates { starts_on: stage.starts_on, ends_on: shifted(stage.ends_on) },
            _ => StageDates { starts_on: stage.starts_on, ends_on: stage.ends_on },
        })
        .collect();
    let has_begun = stages.iter().any(|stage| stage.state == "current");
    if by < 0 && has_begun {
        let mut least: Vec<StageDates> =
            after.iter().map(|_| StageDates { starts_on: Date::MIN, ends_on: Date::MIN }).collect();
        let earliest = squeeze(plan, place, &mut least).min(pinned.starts_on);
        if to < earliest {
            return Err(Refusal::TooEarly(earliest));
        }
        squeeze(plan, place, &mut after);
        for (stage, new) in stages.iter().zip(&mut after).skip(place).filter(|(stage, _)| stage.state == "ahead") {
            let starts_on = new.starts_on.max(stage.starts_on.min(plan.today));
            *new = StageDates { starts_on, ends_on: new.ends_on.max(stage.ends_on.min(starts_on.max(plan.today))) };
        }
    }
    if let Some(launch) = after.get_mut(place) {
        *launch = StageDates { starts_on: to, ends_on: launch.ends_on.max(to) };
    }
    let moved = stages.iter().zip(after).filter_map(|(stage, after)| {
        if after.starts_on == stage.starts_on && after.ends_on == stage.ends_on {
            return None;
        }
        let shift = match stage.state.as_str() {
            "current" => calendar.working_days_between(stage.ends_on, after.ends_on),
            _ => calendar.working_days_between(stage.starts_on, after.starts_on),
        };
        Some(StageMove { stage: stage.clone(), after, shift })
    });
    Ok(moved.collect())
}

/// Keeps the stages before the launch from ending before today when they are pulled forward: each keeps at least a day, one
/// after the other. Nothing becomes later than it was. Returns the first day that is free for the launch.
fn squeeze(plan: &Plan<'_>, launch: usize, after: &mut [StageDates]) -> Date {
    let (calendar, today) = (plan.calendar, plan.today);
    let mut free = calendar.working_day_on_or_after(today);
    for (stage, new) in plan.stages.iter().zip(after).take(launch) {
        let starts_on = match stage.state.as_str() {
            "ahead" => new.starts_on.max(stage.starts_on.min(free)),
            "current" => stage.starts_on,
            _ => continue,
        };
        let ends_on = new.ends_on.max(stage.ends_on.min(starts_on.max(today)));
        *new = StageDates { starts_on, ends_on };
        free = calendar.next_working_day(ends_on).max(calendar.working_day_on_or_after(today));
    }
    free
}

/// A task or milestone goes along with its stage: not before today, and not past the stage's last day if it was within.
fn carry(dated: Dated, one: &StageMove, calendar: &Calendar, today: Date) -> DateMove {
    if one.shift == 0 && one.after.ends_on >= one.stage.ends_on {
        return DateMove { due_on: dated.due_on, starts_on: dated.starts_on, dated };
    }
    let shifted = |date: Date| if one.shift == 0 { date } else { calendar.add_working_days(date, one.shift) };
    let last = if dated.due_on <= one.stage.ends_on { one.after.ends_on } else { Date::MAX };
    let due_on = shifted(dated.due_on).min(last).max(dated.due_on.min(today));
    let starts_on = dated.starts_on.map(|start| shifted(start).min(due_on));
    DateMove { dated, starts_on, due_on }
}

#[cfg(test)]
mod tests;
