//! What changes a milestone. Every action locks the row first; the caller commits.

use super::{
    MilestoneEditor,
    model::{Milestone, MilestoneFields, MilestoneKind, Mistake},
    plan, store,
};
use crate::{
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::ids::{MilestoneId, ProjectId, StageId},
    projects::Project,
    web,
    work::tasks::{self, actions::Outcome},
};
use jiff::civil::Date;
use serde_json::Value;

/// Why an action did nothing.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The fields are wrong.
    #[error("mistakes: {0:?}")]
    Mistaken(Vec<Mistake>),
    /// Somebody was faster; this is the milestone as it stands now.
    #[error("somebody was faster")]
    Stale(Box<Milestone>),
    /// It is not there.
    #[error("gone")]
    Gone,
    /// The stages say when it is reached.
    #[error("reached by its stage")]
    ByItsStage,
    /// Of the database.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<Problem> for web::Error {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::Mistaken(_) => Self::Unprocessable,
            Problem::Stale(_) | Problem::ByItsStage => Self::Conflict,
            Problem::Gone => Self::NotFound,
            Problem::Database(problem) => problem.into(),
        }
    }
}

fn event(kind: Kind, milestone: &Milestone) -> Event {
    let subject = Subject::new(SubjectKind::Milestone, milestone.id.uuid(), "", milestone.title.clone())
        .zh(milestone.title_zh.clone());
    Event::new(kind, subject).of(milestone.project_id)
}

async fn stage_name(
    change: &mut Change,
    project: ProjectId,
    fields: &MilestoneFields,
) -> Result<Option<Value>, sqlx::Error> {
    Ok(tasks::store::names(change.conn(), project, None, fields.stage_id, None).await?.of_stage())
}

/// Adds a milestone. The id was made with the form: a second copy of it adds nothing.
///
/// # Errors
/// Mistaken, or of the database.
pub async fn create(
    change: &mut Change,
    proof: &MilestoneEditor,
    id: MilestoneId,
    fields: &MilestoneFields,
) -> Result<Outcome, Problem> {
    let project = proof.ground().project.id;
    let mut mistakes = fields.mistakes();
    let stage = stage_name(change, project, fields).await?;
    if fields.stage_id.is_some() && stage.is_none() {
        mistakes.push(Mistake::StageUnknown);
    }
    if !mistakes.is_empty() {
        return Err(Problem::Mistaken(mistakes));
    }
    let now = change.now();
    if !store::insert(change.conn(), project, id, fields, now).await? {
        return Ok(Outcome::Already);
    }
    let subject = Subject::new(SubjectKind::Milestone, id.uuid(), "", fields.title.clone());
    let mut event = Event::new(Kind::MilestoneCreated, subject.zh(fields.title_zh.clone())).of(project);
    event = event.after("due_on", fields.due_on.to_string());
    if let Some(stage) = stage {
        event = event.after("stage", stage);
    }
    change.record(event);
    Ok(Outcome::Changed)
}

/// Changes its title, date and stage. What stands so already changes nothing, whatever the version.
///
/// # Errors
/// Mistaken, stale, gone, or of the database.
pub async fn edit(
    change: &mut Change,
    proof: &MilestoneEditor,
    version: i32,
    fields: MilestoneFields,
) -> Result<Outcome, Problem> {
    let seen = proof.milestone().map_err(|_| Problem::Gone)?;
    plan::lock(change, seen).await?;
    let now = store::lock(change.conn(), seen.project_id, seen.id).await?.ok_or(Problem::Gone)?;
    let fields = fields.keeping_title_of(&now).keeping_place_of(&now);
    let before = MilestoneFields::from(&now);
    if before == fields {
        return Ok(Outcome::Already);
    }
    if now.version != version {
        return Err(Problem::Stale(Box::new(now)));
    }
    let mut mistakes = fields.mistakes();
    let stage = stage_name(change, now.project_id, &fields).await?;
    if fields.stage_id.is_some() && stage.is_none() {
        mistakes.push(Mistake::StageUnknown);
    }
    if !mistakes.is_empty() {
        return Err(Problem::Mistaken(mistakes));
    }
    let stage_before = stage_name(change, now.project_id, &before).await?;
    if !store::update(change.conn(), &now, &fields).await? {
        return Err(Problem::Stale(Box::new(now)));
    }
    let is_only_moved = MilestoneFields { due_on: fields.due_on, ..before } == fields;
    let kind = if is_only_moved { Kind::MilestoneMoved } else { Kind::MilestoneChanged };
    change.record(
        event(kind, &now)
            .field("title", now.title.as_str(), fields.title.as_str())
            .field("due_on", now.due_on.to_string(), fields.due_on.to_string())
            .field("stage", stage_before, stage),
    );
    plan::follow(change, &proof.ground().project, &now, fields.due_on).await?;
    Ok(Outcome::Changed)
}

/// Moves the date of a milestone because a decision says so; whatever its version. The decision is the proof.
///
/// # Errors
/// Gone, or of the database.
pub async fn move_due(
    change: &mut Change,
    project: &Project,
    milestone: MilestoneId,
    due: Date,
) -> Result<Outcome, Problem> {
    let seen = store::find(change.conn(), project.id, milestone).await?.ok_or(Problem::Gone)?;
    plan::lock(change, &seen).await?;
    let now = store::lock(change.conn(), project.id, milestone).await?.ok_or(Problem::Gone)?;
    if now.due_on == due {
        return Ok(Outcome::Already);
    }
    if !store::set_due(change.conn(), &now, due).await? {
        return Err(Problem::Stale(Box::new(now)));
    }
    change.record(event(Kind::MilestoneMoved, &now).field("due_on", now.due_on.to_string(), due.to_string()));
    plan::follow(change, project, &now, due).await?;
    Ok(Outcome::Changed)
}

/// Marks it as reached, or takes that back. Gates and the launch are reached by their stages, never by hand.
///
/// # Errors
/// By its stage, stale, gone, or of the database.
pub async fn set_reached(
    change: &mut Change,
    proof: &MilestoneEditor,
    version: i32,
    is_reached: bool,
    today: Date,
) -> Result<Outcome, Problem> {
    let seen = proof.milestone().map_err(|_| Problem::Gone)?;
    let milestone = store::lock(change.conn(), seen.project_id, seen.id).await?.ok_or(Problem::Gone)?;
    if milestone.kind != MilestoneKind::Own {
        return Err(Problem::ByItsStage);
    }
    if milestone.reached_at.is_some() == is_reached {
        return Ok(Outcome::Already);
    }
    if milestone.version != version {
        return Err(Problem::Stale(Box::new(milestone)));
    }
    let at = is_reached.then_some(change.now());
    if !store::set_reached(change.conn(), &milestone, at).await? {
        return Err(Problem::Stale(Box::new(milestone)));
    }
    change.record(if is_reached {
        event(Kind::MilestoneReached, &milestone).after("reached_on", today.to_string())
    } else {
        event(Kind::MilestoneChanged, &milestone).before("reached_on", milestone.reached_at.map(|at| at.to_string()))
    });
    Ok(Outcome::Changed)
}

/// Takes back that gates, and perhaps the launch, were reached: their stages are ahead or current again because a decision
/// sent the project back.
///
/// # Errors
/// Of the database.
pub async fn reopen(
    change: &mut Change,
    project: ProjectId,
    stages: &[StageId],
    with_launch: bool,
) -> Result<(), sqlx::Error> {
    for (milestone, reached_at) in store::reopen(change.conn(), project, stages, with_launch).await? {
        change.record(event(Kind::MilestoneChanged, &milestone).before("reached_on", reached_at.to_string()));
    }
    Ok(())
}
