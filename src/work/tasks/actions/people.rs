//! Who has a task, and who watches it.

use super::{Outcome, Problem, event, or_stale};
use crate::{
    events::{Change, Kind},
    platform::ids::{PersonId, TaskId},
    projects::{Part, Project},
    work::tasks::{
        access::{TaskEditor, TaskWatcher},
        model::Mistake,
        store,
    },
};

/// Gives a task to somebody with a seat, or to nobody.
///
/// # Errors
/// Mistaken, stale, gone, or of the database.
pub async fn assign(
    change: &mut Change,
    proof: &TaskEditor,
    version: i32,
    to: Option<PersonId>,
) -> Result<Outcome, Problem> {
    let seen = proof.task();
    let task = store::lock(change.conn(), seen.project_id, seen.id).await?.ok_or(Problem::Gone)?;
    if task.assignee_id == to {
        return Ok(Outcome::Already);
    }
    if task.version != version {
        return Err(Problem::Stale(Box::new(task)));
    }
    let names = store::names(change.conn(), task.project_id, to, None, None).await?;
    if to.is_some() && names.assignee.is_none() {
        return Err(Problem::Mistaken(vec![Mistake::AssigneeUnknown]));
    }
    let now = change.now();
    let is_written = store::set_assignee(change.conn(), &task, to, now).await?;
    change.record(event(Kind::TaskAssigned, proof.key(), &task).field(
        "assignee",
        task.assignee_name.clone(),
        names.assignee,
    ));
    or_stale(is_written, task)
}

/// Gives an open task to somebody else because a decision says so; whatever its version. The decision is the proof. Who
/// gets it belongs to the department that owns it.
///
/// # Errors
/// Mistaken, gone, or of the database.
pub async fn reassign(
    change: &mut Change,
    project: &Project,
    parts: &[Part],
    task: TaskId,
    to: PersonId,
) -> Result<Outcome, Problem> {
    let task = store::lock(change.conn(), project.id, task).await?.ok_or(Problem::Gone)?;
    if !task.status.is_open() {
        return Err(Problem::Gone);
    }
    if task.assignee_id == Some(to) {
        return Ok(Outcome::Already);
    }
    let speaks = parts.iter().any(|part| part.id == task.part_id && part.liaison_id == Some(to));
    let taker = store::names(change.conn(), project.id, Some(to), None, None).await?.assignee;
    let belongs = speaks || store::is_taker_of(change.conn(), project.id, to, task.part_id).await?;
    let Some(name) = taker.filter(|_| belongs) else {
        return Err(Problem::Mistaken(vec![Mistake::AssigneeUnknown]));
    };
    let now = change.now();
    let is_written = store::set_assignee(change.conn(), &task, Some(to), now).await?;
    let event = event(Kind::TaskAssigned, &project.key, &task);
    change.record(event.field("assignee", task.assignee_name.clone(), Some(name)));
    or_stale(is_written, task)
}

/// Makes the person watch a task.
///
/// # Errors
/// Of the database.
pub async fn watch(change: &mut Change, proof: &TaskWatcher) -> Result<Outcome, Problem> {
    let (task, person) = (proof.task(), change.actor().ok_or(Problem::Gone)?);
    if !store::watch(change.conn(), task.project_id, task.id, person).await? {
        return Ok(Outcome::Already);
    }
    change.record(event(Kind::TaskWatched, proof.key(), task));
    Ok(Outcome::Changed)
}

/// Ends the person's watching.
///
/// # Errors
/// Of the database.
pub async fn unwatch(change: &mut Change, proof: &TaskWatcher) -> Result<Outcome, Problem> {
    let (task, person) = (proof.task(), change.actor().ok_or(Problem::Gone)?);
    if !store::unwatch(change.conn(), task.project_id, task.id, person).await? {
        return Ok(Outcome::Already);
    }
    change.record(event(Kind::TaskUnwatched, proof.key(), task));
    Ok(Outcome::Changed)
}
