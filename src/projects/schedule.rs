//! Lays out the dates of a plan in working days (ARCHITECTURE §2, "stage"; blueprint rule "due"). Pure.
//!
//! ```text
//!   Launch(date)   … ◄── stage ◄── stage ◄── │ launch stage ──► stage ──► …
//!                                            └ the first working day on or after the launch date
//!   Start(date)    │ stage ──► stage ──► …
//!                  └ the first working day on or after the start date
//! ```
//!
//! A launch date on a free day is kept as people agreed on it; the launch stage then starts on the next working day,
//! which counts as its day 1. Stages follow each other without a gap and without overlap. Stages and items whose dates
//! have already passed are laid out like any other: a project may be entered late.

use std::collections::HashMap;

use jiff::civil::Date;

use super::blueprints::{Blueprint, Tier};
use crate::platform::working_time::Calendar;

/// How many years ahead a launch or a start may lie, and how many years back a project that is entered late may have
/// started.
pub const YEARS: (i64, i64) = (10, 5);

/// The date that the plan hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The launch stage starts here; earlier stages are laid out backwards from it.
    Launch(Date),
    /// The first stage starts here.
    Start(Date),
}

/// An item as the layout needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemTiming<'a> {
    /// Unique among the items.
    pub id: &'a str,
    /// The place of its stage, from 0.
    pub stage: usize,
    /// Due on this working day of the stage, from 1.
    pub due_day: u16,
    /// Ids of the items that come first; unknown ones count as absent.
    pub after: Vec<&'a str>,
}

/// First and last working day of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageDates {
    /// Its first working day.
    pub starts_on: Date,
    /// Its last working day.
    pub ends_on: Date,
}

/// Start and due day of an item, both working days inside its stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemDates<'a> {
    /// The item.
    pub id: &'a str,
    /// The place of its stage, from 0.
    pub stage: usize,
    /// The working day after the last of its forerunners in the same stage is due, else the stage's first day; never
    /// after `due_on`.
    pub starts_on: Date,
    /// When it is due.
    pub due_on: Date,
}

/// The dates of a whole plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule<'a> {
    /// One entry a stage, in order.
    pub stages: Vec<StageDates>,
    /// One entry an item, in the order given.
    pub items: Vec<ItemDates<'a>>,
}

impl Schedule<'_> {
    /// The first day of the plan and the last; `None` without stages.
    pub fn span(&self) -> Option<(Date, Date)> {
        Some((self.stages.first()?.starts_on, self.stages.last()?.ends_on))
    }
}

/// Lays out what a launch of this tier keeps of a blueprint. Stages keep their length in every tier.
pub fn lay_out_blueprint<'a>(
    blueprint: &'a Blueprint,
    launch: Tier,
    anchor: Anchor,
    calendar: &Calendar,
) -> Schedule<'a> {
    let days: Vec<u16> = blueprint.stages.iter().map(|stage| stage.days).collect();
    let items: Vec<ItemTiming<'_>> = blueprint
        .items_for(launch)
        .map(|(stage, item)| ItemTiming {
            id: &item.id,
            stage,
            due_day: item.due_day,
            after: blueprint.after(item, launch).collect(),
        })
        .collect();
    lay_out(&days, blueprint.launch_stage_index(), &items, anchor, calendar)
}

/// Lays out stages of `days` working days each (at least one) and the items in them. A due day past the end of its
/// stage falls on the stage's last day; an item of a stage that does not exist is left out.
pub fn lay_out<'a>(
    days: &[u16],
    launch_stage: usize,
    items: &[ItemTiming<'a>],
    anchor: Anchor,
    calendar: &Calendar,
) -> Schedule<'a> {
    let lengths: Vec<i32> = days.iter().map(|days| i32::from(*days).max(1)).collect();
    let mut next = match anchor {
        Anchor::Launch(date) => {
            let before: i32 = lengths.iter().take(launch_stage).sum();
            calendar.add_working_days(date, -before)
        }
        Anchor::Start(date) => calendar.working_day_on_or_after(date),
    };
    let mut stages = Vec::with_capacity(lengths.len());
    for length in lengths {
        let ends_on = calendar.add_working_days(next, length - 1);
        stages.push(StageDates { starts_on: next, ends_on });
        next = calendar.next_working_day(ends_on);
    }
    let items = item_dates(&stages, items, calendar);
    Schedule { stages, items }
}

fn item_dates<'a>(stages: &[StageDates], items: &[ItemTiming<'a>], calendar: &Calendar) -> Vec<ItemDates<'a>> {
    let due: HashMap<&str, (usize, Date)> = items
        .iter()
        .filter_map(|item| {
            let stage = stages.get(item.stage)?;
            let due = calendar.add_working_days(stage.starts_on, i32::from(item.due_day.max(1)) - 1);
            Some((item.id, (item.stage, due.min(stage.ends_on))))
        })
        .collect();
    let dates = |item: &ItemTiming<'a>| {
        let (stage, (_, due_on)) = (stages.get(item.stage)?, due.get(item.id)?);
        let forerunners = item.after.iter().filter_map(|id| due.get(id));
        let latest = forerunners.filter(|(of, _)| *of == item.stage).map(|(_, due)| *due).max();
        let starts_on = latest.map_or(stage.starts_on, |due| calendar.next_working_day(due));
        Some(ItemDates { id: item.id, stage: item.stage, starts_on: starts_on.min(*due_on), due_on: *due_on })
    };
    items.iter().filter_map(dates).collect()
}

#[cfg(test)]
mod tests;
