//! Moves of a due date.

use super::{Outcome, Problem, day, event, or_stale};
use crate::{
    events::{Change, Kind},
    platform::ids::TaskId,
    projects::Project,
    work::tasks::{Task, access::TaskEditor, store},
};
use jiff::civil::Date;

/// Moves the due date of a task.
///
/// # Errors
/// Stale, gone, or of the database.
pub async fn set_due(change: &mut Change, proof: &TaskEditor, version: i32, due: Date) -> Result<Outcome, Problem> {
    let seen = proof.task();
    let task = store::lock(change.conn(), seen.project_id, seen.id).await?.ok_or(Problem::Gone)?;
    if task.due_on == Some(due) {
        return Ok(Outcome::Already);
    }
    if task.version != version {
        return Err(Problem::Stale(Box::new(task)));
    }
    move_locked(change, proof.key(), task, due).await
}

async fn move_locked(change: &mut Change, key: &str, task: Task, due: Date) -> Result<Outcome, Problem> {
    let now = change.now();
    let is_written = store::set_due(change.conn(), &task, due, now).await?;
    let starts = task.starts_on.map(|start| start.min(due));
    change.record(event(Kind::TaskMoved, key, &task).field("due_on", day(task.due_on), day(Some(due))).field(
        "starts_on",
        day(task.starts_on),
        day(starts),
    ));
    or_stale(is_written, task)
}

/// Moves the due date of a task because a decision says so or two departments agreed on it; whatever its version. That is
/// the proof.
///
/// # Errors
/// Gone, also when it is done or dropped; or of the database.
pub async fn move_due(change: &mut Change, project: &Project, task: TaskId, due: Date) -> Result<Outcome, Problem> {
    let task = store::lock(change.conn(), project.id, task).await?.ok_or(Problem::Gone)?;
    if !task.status.is_open() {
        return Err(Problem::Gone);
    }
    if task.due_on == Some(due) {
        return Ok(Outcome::Already);
    }
    move_locked(change, &project.key, task, due).await
}
