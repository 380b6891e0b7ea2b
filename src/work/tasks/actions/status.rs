//! A task's way from one status to another.

use super::{Outcome, Problem, event, part_name};
use crate::{
    events::{Change, Kind},
    platform::ids::PartId,
    work::tasks::{
        access::TaskMover,
        model::{Mistake, Refusal, Status},
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
    let now = change.now();
    if !store::set_status(change.conn(), &task, &moved, now).await? {
        return Err(Problem::Stale(Box::new(task)));
    }
    change.record(
        event(Kind::TaskStatusChanged, proof.key(), &task)
            .field("status", task.status.as_str(), moved.status.as_str())
            .field("blocked_reason", task.blocked_reason.as_str(), moved.blocked_reason.as_str())
            .field(
                "waits_for",
                part_name(proof.parts(), task.waits_for_part_id),
                part_name(proof.parts(), moved.waits_for_part_id),
            ),
    );
    Ok(Outcome::Changed)
}
