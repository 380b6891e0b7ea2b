//! Writing a new plan: everything that moves, one event for each. The caller commits.

use super::{
    Thing,
    model::{Apart, Moves, Plan, Refusal, moves},
    store as dates,
};
use crate::{
    departments::calendar,
    events::{Change, Event, Kind, Subject, SubjectKind},
    projects::{
        Project,
        schedule::Anchor,
        settings::{
            actions::event,
            store::{self, Locked},
        },
    },
    web::{Error, Result},
};
use jiff::civil::Date;
use serde_json::Value;

/// How it ended.
#[derive(Debug)]
pub enum Outcome {
    /// The plan is as asked; this moved, and the launch was on this day before.
    Done(Box<Moves>, Option<Date>),
    /// It stood so already.
    Already,
    /// Something changed since the moves were shown.
    Stale,
    /// It cannot be laid out like that.
    Refused(Refusal),
}

/// Moves the plan. `seen` is the [`Moves::fingerprint`] of what was shown: anything else is stale. A form sent twice finds
/// the plan as it asks and does nothing the second time. What is `apart` is left to the caller.
///
/// # Errors
/// The database's.
pub async fn apply(
    change: &mut Change,
    project: &Project,
    anchor: Anchor,
    apart: &Apart,
    seen: &str,
    today: Date,
) -> Result<Outcome> {
    let locked = store::lock(change.conn(), project.id).await?.ok_or(Error::NotFound)?;
    dates::lock(change.conn(), project.id).await?;
    let stages = store::stages(change.conn(), project.id).await?;
    let open = dates::open_dates(change.conn(), project.id).await?;
    let calendar = calendar(change.conn()).await?;
    let plan = Plan { stages: &stages, launches_on: locked.launches_on, calendar: &calendar, today };
    let planned = match moves(&plan, open, apart, anchor) {
        Ok(planned) => planned,
        Err(refusal) => return Ok(Outcome::Refused(refusal)),
    };
    let is_so =
        planned.is_empty() && planned.launches_on == locked.launches_on && planned.starts_on == locked.starts_on;
    if is_so {
        return Ok(Outcome::Already);
    }
    if planned.fingerprint() != seen {
        return Ok(Outcome::Stale);
    }
    write(change, project, &planned).await?;
    record(change, project, &locked, &planned);
    Ok(Outcome::Done(Box::new(planned), locked.launches_on))
}

async fn write(change: &mut Change, project: &Project, planned: &Moves) -> Result<()> {
    let now = change.now();
    store::set_dates(change.conn(), project.id, planned.starts_on, planned.launches_on).await?;
    let stages: Vec<_> =
        planned.stages.iter().map(|one| (one.stage.id, one.after.starts_on, one.after.ends_on)).collect();
    store::set_stage_dates(change.conn(), project.id, &stages).await?;
    let mut tasks = Vec::new();
    let mut milestones = Vec::new();
    for one in &planned.dates {
        match one.dated.thing {
            Thing::Task(_) => tasks.push((one.dated.id, one.starts_on, one.due_on)),
            Thing::Milestone(_) => milestones.push((one.dated.id, one.due_on)),
        }
    }
    dates::move_tasks(change.conn(), project.id, &tasks, now).await?;
    dates::move_milestones(change.conn(), project.id, &milestones).await?;
    Ok(())
}

fn day(date: Option<Date>) -> Value {
    date.map_or(Value::Null, |date| Value::String(date.to_string()))
}

fn record(change: &mut Change, project: &Project, locked: &Locked, planned: &Moves) {
    change.record(
        event(Kind::ScheduleChanged, project)
            .field("starts_on", day(Some(locked.starts_on)), day(Some(planned.starts_on)))
            .field("launches_on", day(locked.launches_on), day(planned.launches_on)),
    );
    for one in &planned.stages {
        let stage = &one.stage;
        let subject = Subject::new(SubjectKind::Stage, stage.id.uuid(), stage.code.clone(), stage.name_en.clone())
            .zh(Some(stage.name_zh.clone()));
        change.record(
            Event::new(Kind::StageChanged, subject)
                .of(project.id)
                .field("starts_on", day(Some(stage.starts_on)), day(Some(one.after.starts_on)))
                .field("ends_on", day(Some(stage.ends_on)), day(Some(one.after.ends_on))),
        );
    }
    for one in &planned.dates {
        let dated = &one.dated;
        let (kind, subject, label) = match dated.thing {
            Thing::Task(number) => (Kind::TaskMoved, SubjectKind::Task, format!("{}-{number}", project.key)),
            Thing::Milestone(_) => (Kind::MilestoneMoved, SubjectKind::Milestone, String::new()),
        };
        let subject = Subject::new(subject, dated.id, label, dated.title.clone()).zh(dated.title_zh.clone());
        change.record(
            Event::new(kind, subject)
                .of(project.id)
                .field("due_on", day(Some(dated.due_on)), day(Some(one.due_on)))
                .field("starts_on", day(dated.starts_on), day(one.starts_on)),
        );
    }
}
