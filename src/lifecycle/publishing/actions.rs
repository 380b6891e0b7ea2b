//! From draft to active.

use crate::{
    decisions::clock,
    events::{Change, Event, Kind, Subject, SubjectKind},
    lifecycle::{
        gates::{actions::begin_stage, store},
        health,
    },
    projects::{ProjectManager, ProjectState, gates::store as records},
    web::{self, Error},
};
use jiff::Timestamp;

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is active: now, or by the same click before.
    Published,
    /// It is over.
    Archived,
}

/// Makes a draft an active project and its first stage the current one. Commits.
///
/// # Errors
/// Of the database.
pub async fn publish(mut change: Change, manager: &ProjectManager) -> web::Result<Outcome> {
    let project = manager.project();
    let locked = records::lock(change.conn(), project.id).await?.ok_or(Error::NotFound)?;
    match locked.state {
        ProjectState::Draft => {}
        ProjectState::Active => return Ok(Outcome::Published),
        ProjectState::Archived => return Ok(Outcome::Archived),
    }
    let now = change.now();
    records::publish(change.conn(), project.id, now).await?;
    let facts = store::facts(change.conn(), project.id, None, now).await?;
    if let Some(first) = facts.stages.first() {
        begin_stage(&mut change, project, first).await?;
    }
    // What somebody raised in the draft begins now.
    clock::rest(&mut change, project.id, Timestamp::MIN).await?;
    health::actions::begin(&mut change, project.id).await?;
    let subject = Subject::new(SubjectKind::Project, project.id.uuid(), &project.key, &project.name);
    change.record(
        Event::new(Kind::ProjectPublished, subject).of(project.id).before("state", "draft").after("state", "active"),
    );
    change.commit().await?;
    Ok(Outcome::Published)
}
