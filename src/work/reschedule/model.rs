//! What moves, and by how much; pure.

use super::{Dated, Thing};
use crate::{
    platform::working_time::Calendar,
    projects::{
        schedule::{Anchor, StageDates, YEARS, lay_out},
        settings::store::DatedStage,
    },
    work::milestones::MilestoneKind,
};
use jiff::{ToSpan, civil::Date};
use sha2::{Digest, Sha256};

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
}

impl Moves {
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

/// What a new day moves.
///
/// # Errors
/// Why it cannot be.
pub fn moves(
    stages: &[DatedStage],
    dates: Vec<Dated>,
    launches_on: Option<Date>,
    anchor: Anchor,
    calendar: &Calendar,
    today: Date,
) -> Result<Moves, Refusal> {
    let (latest, earliest) = (today.saturating_add(YEARS.0.years()), today.saturating_sub(YEARS.1.years()));
    match anchor {
        Anchor::Launch(day) | Anchor::Start(day) if day > latest => return Err(Refusal::TooFar(latest)),
        Anchor::Launch(day) | Anchor::Start(day) if day < earliest => return Err(Refusal::TooLongAgo(earliest)),
        Anchor::Launch(_) | Anchor::Start(_) => {}
    }
    let stage_moves = relay(stages, anchor, calendar)?;
    let after = |stage: &DatedStage| {
        let moved = stage_moves.iter().find(|one| one.stage.id == stage.id);
        moved.map_or(stage.starts_on, |one| one.after.starts_on)
    };
    let new_launch = match anchor {
        Anchor::Launch(day) => Some(day),
        Anchor::Start(_) => stages.iter().find(|stage| stage.is_launch).map(after),
    };
    let dates = dates
        .into_iter()
        .filter_map(|dated| {
            let stage = stage_moves.iter().find(|one| Some(one.stage.id) == dated.stage_id);
            let moved = match (stage, dated.stage_id) {
                // A gate closes its stage, a launch opens it.
                (Some(one), _) if dated.thing == Thing::Milestone(MilestoneKind::Gate) => {
                    DateMove { due_on: one.after.ends_on, starts_on: None, dated }
                }
                (None, None) if dated.thing == Thing::Milestone(MilestoneKind::Launch) => {
                    DateMove { due_on: new_launch.unwrap_or(dated.due_on), starts_on: None, dated }
                }
                (Some(one), _) => carry(dated, one.shift, calendar, today),
                (None, None) if Some(dated.due_on) == launches_on => {
                    DateMove { due_on: new_launch.unwrap_or(dated.due_on), starts_on: dated.starts_on, dated }
                }
                (None, _) => return None,
            };
            (moved.due_on != moved.dated.due_on || moved.starts_on != moved.dated.starts_on).then_some(moved)
        })
        .collect();
    let starts_on = stages.first().map_or(today, after);
    Ok(Moves { starts_on, launches_on: new_launch, stages: stage_moves, dates })
}

fn relay(stages: &[DatedStage], anchor: Anchor, calendar: &Calendar) -> Result<Vec<StageMove>, Refusal> {
    let may = possible(stages);
    match anchor {
        Anchor::Launch(_) if !may.launch => return Err(Refusal::LaunchHasBegun),
        Anchor::Start(_) if !may.start => return Err(Refusal::HasBegun),
        Anchor::Launch(_) | Anchor::Start(_) => {}
    }
    let launch = stages.iter().position(|stage| stage.is_launch).unwrap_or(0);
    let days: Vec<u16> = stages.iter().map(|stage| u16::try_from(stage.days).unwrap_or(u16::MAX)).collect();
    let laid_out = lay_out(&days, launch, &[], anchor, calendar);
    let mut moves = Vec::new();
    for (stage, new) in stages.iter().zip(laid_out.stages) {
        let (after, shift) = match stage.state.as_str() {
            "ahead" => (new, calendar.working_days_between(stage.starts_on, new.starts_on)),
            "current" if new.ends_on < stage.starts_on => {
                return Err(Refusal::TooEarly(earliest(stages, stage, launch, calendar)));
            }
            "current" => (
                StageDates { starts_on: stage.starts_on, ends_on: new.ends_on },
                calendar.working_days_between(stage.ends_on, new.ends_on),
            ),
            _ => continue,
        };
        if after.starts_on != stage.starts_on || after.ends_on != stage.ends_on {
            moves.push(StageMove { stage: stage.clone(), after, shift });
        }
    }
    Ok(moves)
}

/// One working day for the current stage, and all of those between it and the launch.
fn earliest(stages: &[DatedStage], current: &DatedStage, launch: usize, calendar: &Calendar) -> Date {
    let between: i32 = stages.iter().take(launch).filter(|stage| stage.state == "ahead").map(|stage| stage.days).sum();
    calendar.add_working_days(current.starts_on, between.saturating_add(1))
}

fn carry(dated: Dated, shift: i32, calendar: &Calendar, today: Date) -> DateMove {
    if shift == 0 {
        return DateMove { due_on: dated.due_on, starts_on: dated.starts_on, dated };
    }
    let due_on = calendar.add_working_days(dated.due_on, shift).max(dated.due_on.min(today));
    let starts_on = dated.starts_on.map(|start| calendar.add_working_days(start, shift).min(due_on));
    DateMove { dated, starts_on, due_on }
}

#[cfg(test)]
mod tests;
