//! What is asked of several tasks, and why it is refused; pure.

use crate::{
    platform::ids::{MilestoneId, PersonId},
    work::tasks::{
        Task, TaskMover,
        actions::StatusChange,
        model::{Moved, Refusal},
    },
};
use jiff::{Timestamp, civil::Date};

/// What is to be different afterwards; what is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// Another status.
    pub status: Option<StatusChange>,
    /// Another due date, or none.
    pub due_on: Option<Option<Date>>,
    /// Somebody else, with their name; or nobody.
    pub assignee: Option<Option<(PersonId, String)>>,
    /// Another milestone, with its title; or none.
    pub milestone: Option<Option<(MilestoneId, String)>>,
}

/// Why one of several tasks cannot change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The person may see it, but not change this.
    NotAllowed,
    /// Somebody was faster.
    Stale,
    /// Its date would move to a day that no form takes.
    Day,
    /// The rule of the status says no.
    Rule(Refusal),
}

/// A task that stays as it is, and why.
#[derive(Clone, Debug)]
pub struct Refused {
    /// As it is now.
    pub task: Task,
    /// `GEO`.
    pub key: String,
    /// Why.
    pub why: Why,
}

/// What will be written of one task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// A change of status.
    pub moved: Option<Moved>,
    /// A new due date, or none.
    pub due_on: Option<Option<Date>>,
    /// Somebody else.
    pub assignee: Option<Option<(PersonId, String)>>,
    /// Another milestone.
    pub milestone: Option<Option<(MilestoneId, String)>>,
}

impl Planned {
    fn needs_editor(&self) -> bool {
        self.due_on.is_some() || self.assignee.is_some() || self.milestone.is_some()
    }
}

/// What an edit makes of a task that was seen in this version; none when the task stands so already.
///
/// # Errors
/// Why not.
pub fn plan(proof: &TaskMover, edit: &Edit, seen: i32, now: Timestamp) -> Result<Option<Planned>, Why> {
    let task = proof.task();
    let moved = match &edit.status {
        None => None,
        Some(to) => match task.move_to(to.status, &to.reason, to.waits_for, now) {
            Ok(_) if task.needs_editor(to.status) && !proof.may_edit() => return Err(Why::NotAllowed),
            Ok(moved) => Some(moved),
            Err(Refusal::Unchanged) => None,
            Err(rule) => return Err(Why::Rule(rule)),
        },
    };
    let planned = Planned {
        moved,
        due_on: edit.due_on.filter(|day| *day != task.due_on),
        assignee: edit.assignee.clone().filter(|to| to.as_ref().map(|(id, _)| *id) != task.assignee_id),
        milestone: edit.milestone.clone().filter(|to| to.as_ref().map(|(id, _)| *id) != task.milestone_id),
    };
    if planned.needs_editor() && !proof.may_edit() {
        return Err(Why::NotAllowed);
    }
    if planned.moved.is_none() && !planned.needs_editor() {
        return Ok(None);
    }
    if task.version == seen { Ok(Some(planned)) } else { Err(Why::Stale) }
}
