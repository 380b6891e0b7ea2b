//! What changes a task: right, rule, write, event. Every action locks the row first; the caller commits.

mod dates;
mod fields;
mod people;
mod status;

pub use dates::{move_due, set_due};
pub use fields::{Created, create, create_by_agreement, create_by_decision, edit};
pub use people::{assign, reassign, unwatch, watch};
pub use status::{StatusChange, drop_by_decision, set_status, unblock};

use super::model::{Mistake, Refusal, Task};
use crate::{
    events::{Event, Kind, Subject, SubjectKind, both},
    platform::ids::PartId,
    projects::Part,
    web,
};
use jiff::civil::Date;
use serde_json::Value;

/// What an action did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// What was asked for.
    Changed,
    /// Nothing: it stood so already, as after a form that was sent twice. There is nothing to commit.
    Already,
}

/// Why an action did nothing. The caller drops the change, which takes back whatever was written.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The rule says no.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The fields are wrong.
    #[error("mistakes: {0:?}")]
    Mistaken(Vec<Mistake>),
    /// Somebody was faster; this is the task as it stands now.
    #[error("somebody was faster")]
    Stale(Box<Task>),
    /// It is not there (any more).
    #[error("gone")]
    Gone,
    /// Of the database.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<Problem> for web::Error {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::Refused(Refusal::EditorsOnly) => Self::Forbidden,
            Problem::Refused(_) | Problem::Mistaken(_) => Self::Unprocessable,
            Problem::Stale(_) => Self::Conflict,
            Problem::Gone => Self::NotFound,
            Problem::Database(problem) => problem.into(),
        }
    }
}

/// A task as the subject of an event.
#[must_use]
pub fn subject(key: &str, task: &Task) -> Subject {
    Subject::new(SubjectKind::Task, task.id.uuid(), task.label(key), task.title.clone()).zh(task.title_zh.clone())
}

fn event(kind: Kind, key: &str, task: &Task) -> Event {
    Event::new(kind, subject(key, task)).of(task.project_id)
}

/// The name of a part for an event.
#[must_use]
pub fn part_name(parts: &[Part], id: Option<PartId>) -> Option<Value> {
    parts.iter().find(|part| Some(part.id) == id).map(|part| both(&part.name_en, &part.name_zh))
}

fn day(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

fn or_stale(is_written: bool, task: Task) -> Result<Outcome, Problem> {
    if is_written { Ok(Outcome::Changed) } else { Err(Problem::Stale(Box::new(task))) }
}
