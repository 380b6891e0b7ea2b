//! Changing a project's settings, archiving and restoring it.

use super::{
    access::ProjectKeeper,
    model::{self, Details, Mistake, NoStep},
    store::{self, Locked},
};
use crate::{
    events::{Change, Event, Kind, Subject, SubjectKind},
    projects::{Project, ProjectManager},
    web::{Error, Result},
};
use jiff::Timestamp;

/// How a change ended.
#[derive(Debug)]
pub enum Outcome {
    /// As asked; `changed` says whether they were not before.
    Done {
        /// Whether anything was written.
        changed: bool,
    },
    /// Somebody was faster; what stands now.
    Stale(Box<Locked>),
    /// What is wrong.
    Mistaken(Vec<Mistake>),
}

/// The event of a kind about the project itself.
#[must_use]
pub fn event(kind: Kind, project: &Project) -> Event {
    Event::new(kind, Subject::new(SubjectKind::Project, project.id.uuid(), project.key.clone(), project.name.clone()))
        .of(project.id)
}

/// Saves the settings.
///
/// # Errors
/// The database's.
pub async fn save(mut change: Change, manager: &ProjectManager, version: i32, details: &Details) -> Result<Outcome> {
    let project = manager.project();
    let locked = store::lock(change.conn(), project.id).await?.ok_or(Error::NotFound)?;
    if locked.details == *details {
        return Ok(Outcome::Done { changed: false });
    }
    if locked.version != version {
        return Ok(Outcome::Stale(Box::new(locked)));
    }
    let seats = store::voting_seats(change.conn(), project.id).await?;
    let before = &locked.details;
    let mistakes = details.mistakes(before, seats);
    if !mistakes.is_empty() {
        return Ok(Outcome::Mistaken(mistakes));
    }
    if !store::update(change.conn(), project.id, version, details).await? {
        return Ok(Outcome::Stale(Box::new(locked)));
    }
    change.record(
        event(Kind::ProjectChanged, project)
            .field("name", before.name.as_str(), details.name.as_str())
            .field("summary", before.summary.as_str(), details.summary.as_str())
            .field("visibility", before.visibility.as_str(), details.visibility.as_str())
            .field("quorum", before.quorum, details.quorum),
    );
    change.commit().await?;
    Ok(Outcome::Done { changed: true })
}

/// Archives the project; archived already is done.
///
/// # Errors
/// [`Error::Conflict`] for a draft; the database's.
pub async fn archive(mut change: Change, keeper: &ProjectKeeper) -> Result<()> {
    let project = keeper.project();
    let locked = store::lock(change.conn(), project.id).await?.ok_or(Error::NotFound)?;
    let state = match model::archive(locked.state) {
        Ok(state) => state,
        Err(NoStep::Already) => return Ok(()),
        Err(NoStep::Impossible) => return Err(Error::Conflict),
    };
    let now = change.now();
    store::set_state(change.conn(), project.id, state, Some(now)).await?;
    change.record(event(Kind::ProjectArchived, project).field("state", locked.state.as_str(), state.as_str()));
    change.commit().await?;
    Ok(())
}

/// Takes the project up again; answers since when it was archived, and nothing when it is active already. The caller commits.
///
/// # Errors
/// [`Error::Conflict`] for a draft; the database's.
pub async fn restore(change: &mut Change, keeper: &ProjectKeeper) -> Result<Option<Timestamp>> {
    let project = keeper.project();
    let locked = store::lock(change.conn(), project.id).await?.ok_or(Error::NotFound)?;
    let state = match model::restore(locked.state) {
        Ok(state) => state,
        Err(NoStep::Already) => return Ok(None),
        Err(NoStep::Impossible) => return Err(Error::Conflict),
    };
    store::set_state(change.conn(), project.id, state, None).await?;
    change.record(event(Kind::ProjectRestored, project).field("state", locked.state.as_str(), state.as_str()));
    Ok(Some(locked.archived_at.unwrap_or_else(|| change.now())))
}
