//! A task's way from one status to another.

use super::{Outcome, Problem, event, part_name};
use crate::{
    events::{Change, Kind},
    platform::ids::{PartId, TaskId},
    projects::{Part, Project},
    work::tasks::{
        access::TaskMover,
        model::{Mistake, Moved, Refusal, Status, Task},
        store,
    },
};

/// A change of status as a form asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusChange {
    /// The new status.
    pub status: Status,
    /// Why, when blocked.
    pub reason: String,
    /// For whom it waits, when blocked; none for somebody outside.
    pub waits_for: Option<PartId>,
}

impl StatusChange {
    /// To a status that needs no reason.
    #[must_use]
    pub fn to(status: Status) -> Self {
        Self { status, reason: String::new(), waits_for: None }
    }
}

/// Moves a task to another status. One that stands there already is left as it is, whatever the version.
///
/// # Errors
/// Refused, stale, gone, or of the database.
pub async fn set_status(
    change: &mut Change,
    proof: &TaskMover,
    version: i32,
    to: &StatusChange,
) -> Result<Outcome, Problem> {
    let seen = proof.task();
    let task = store::lock(change.conn(), seen.project_id, seen.id).await?.ok_or(Problem::Gone)?;
    if to.waits_for.is_some() && part_name(proof.parts(), to.waits_for).is_none() {
        return Err(Problem::Mistaken(vec![Mistake::PartUnknown]));
    }
    let moved = match task.move_to(to.status, &to.reason, to.waits_for, change.now()) {
        Err(Refusal::Unchanged) => return Ok(Outcome::Already),
        moved => moved.map_err(Problem::Refused)?,
    };
    if task.version != version {
        return Err(Problem::Stale(Box::new(task)));
    }
    if task.needs_editor(to.status) && !proof.may_edit() {
        return Err(Problem::Refused(Refusal::EditorsOnly));
    }
    move_locked(change, proof.key(), proof.parts(), task, &moved).await
}

async fn move_locked(
    change: &mut Change,
    key: &str,
    parts: &[Part],
    task: Task,
    moved: &Moved,
) -> Result<Outcome, Problem> {
    let now = change.now();
    if !store::set_status(change.conn(), &task, moved, now).await? {
        return Err(Problem::Stale(Box::new(task)));
    }
    change.record(
        event(Kind::TaskStatusChanged, key, &task)
            .field("status", task.status.as_str(), moved.status.as_str())
            .field("blocked_reason", task.blocked_reason.as_str(), moved.blocked_reason.as_str())
            .field("waits_for", part_name(parts, task.waits_for_part_id), part_name(parts, moved.waits_for_part_id)),
    );
    Ok(Outcome::Changed)
}

/// Ends the block of a task because a decision or a settlement answers what it waited for; whatever its version. That
/// answer is the proof. A task that is not blocked is left as it is.
///
/// # Errors
/// Gone, or of the database.
pub async fn unblock(change: &mut Change, project: &Project, parts: &[Part], task: TaskId) -> Result<Outcome, Problem> {
    let task = store::lock(change.conn(), project.id, task).await?.ok_or(Problem::Gone)?;
    if task.status != Status::Blocked {
        return Ok(Outcome::Already);
    }
    let before = store::blocks::before(change.conn(), project.id, task.id).await?;
    let moved = task.move_to(Status::after_block(before), "", None, change.now()).map_err(Problem::Refused)?;
    move_locked(change, &project.key, parts, task, &moved).await
}

/// Drops an open task because a decision says so; whatever its version. The decision is the proof.
///
/// # Errors
/// Gone, also when it is done or dropped already; or of the database.
pub async fn drop_by_decision(
    change: &mut Change,
    project: &Project,
    parts: &[Part],
    task: TaskId,
) -> Result<Outcome, Problem> {
    let task = store::lock(change.conn(), project.id, task).await?.ok_or(Problem::Gone)?;
    if !task.status.is_open() {
        return Err(Problem::Gone);
    }
    let moved = task.move_to(Status::Dropped, "", None, change.now()).map_err(Problem::Refused)?;
    move_locked(change, &project.key, parts, task, &moved).await
}
