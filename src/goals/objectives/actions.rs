//! What changes objectives: right, rule, write, event, one transaction each.

use super::store;
use crate::{
    events::{Event, Kind, Subject, SubjectKind},
    goals::{access::GoalsSetter, signing::store::signed_of_objective},
    platform::ids::{ObjectiveId, ProjectId},
    projects::scope::store::lock,
    web::{AppState, Error, Result},
};

/// What the form of an objective gives.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// What is wanted.
    pub title: &'a str,
    /// Why; may be empty.
    pub why: &'a str,
}

/// The start of an event about an objective.
fn about(kind: Kind, project: ProjectId, (id, position, title): (ObjectiveId, i16, &str)) -> Event {
    Event::new(kind, Subject::new(SubjectKind::Objective, id.uuid(), format!("O{position}"), title)).of(project)
}

/// The lead adds an objective; the same form sent twice adds one. Answers its place; none when there are three already.
///
/// # Errors
/// [`Error::Conflict`] when the form has added another one already; otherwise of the database.
pub async fn create(
    state: &AppState,
    setter: &mut GoalsSetter,
    id: ObjectiveId,
    wanted: Wanted<'_>,
) -> Result<Option<i16>> {
    let mut change = setter.change(state).await?;
    let (project, by, at) = (setter.project().id, setter.person, change.now());
    lock(change.conn(), project).await?;
    if let Some(stands) = store::locked(change.conn(), project, id).await? {
        // The form of a page that was gone back to, with other words, is no second sending.
        let is_same = (stands.title.as_str(), stands.why.as_str()) == (wanted.title, wanted.why);
        return if is_same { Ok(Some(stands.position)) } else { Err(Error::Conflict) };
    }
    let Some(position) = store::insert(change.conn(), project, id, (wanted.title, wanted.why), (by, at)).await? else {
        return Ok(None);
    };
    change.record(about(Kind::ObjectiveCreated, project, (id, position, wanted.title)));
    change.commit().await?;
    Ok(Some(position))
}

/// The lead writes it anew. What says nothing new changes nothing.
///
/// # Errors
/// [`Error::Conflict`] when somebody was faster or it is dropped; [`Error::NotFound`] when there is none; otherwise of the
/// database.
pub async fn change(
    state: &AppState,
    setter: &mut GoalsSetter,
    (id, version): (ObjectiveId, i32),
    wanted: Wanted<'_>,
) -> Result<()> {
    let mut change = setter.change(state).await?;
    let project = setter.project().id;
    let stands = store::locked(change.conn(), project, id).await?.ok_or(Error::NotFound)?;
    if (stands.title.as_str(), stands.why.as_str()) == (wanted.title, wanted.why) && !stands.is_dropped {
        return Ok(());
    }
    if stands.version != version || stands.is_dropped {
        return Err(Error::Conflict);
    }
    store::update(change.conn(), project, id, (wanted.title, wanted.why)).await?;
    let mut event = about(Kind::ObjectiveChanged, project, (id, stands.position, wanted.title));
    if stands.title != wanted.title {
        event = event.before("title", stands.title).after("title", wanted.title);
    }
    if stands.why != wanted.why {
        event = event.before("why", stands.why).after("why", wanted.why);
    }
    change.record(event);
    Ok(change.commit().await?)
}

/// The lead drops it, with its key results. A second time changes nothing. One with key results that the committee signed off
/// is not dropped: the answer is false.
///
/// # Errors
/// [`Error::Conflict`] when somebody was faster; [`Error::NotFound`] when there is none; otherwise of the database.
pub async fn drop(
    state: &AppState,
    setter: &mut GoalsSetter,
    (id, version): (ObjectiveId, i32),
    reason: &str,
) -> Result<bool> {
    let mut change = setter.change(state).await?;
    let (project, at) = (setter.project().id, change.now());
    let stands = store::locked(change.conn(), project, id).await?.ok_or(Error::NotFound)?;
    if stands.is_dropped {
        return Ok(true);
    }
    if stands.version != version {
        return Err(Error::Conflict);
    }
    if signed_of_objective(change.conn(), project, id).await? > 0 {
        return Ok(false);
    }
    let with_it = store::drop(change.conn(), project, id, at).await?;
    let event = about(Kind::ObjectiveDropped, project, (id, stands.position, &stands.title)).after("reason", reason);
    change.record(if with_it > 0 { event.after("key_results", with_it) } else { event });
    change.commit().await?;
    Ok(true)
}
