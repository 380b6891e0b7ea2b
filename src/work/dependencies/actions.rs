//! Adding and removing what a task waits on.

use super::{
    model::{self, Edge, Refusal},
    store,
};
use crate::{
    events::{Change, Event, Kind},
    web,
    work::tasks::{
        self, Task,
        access::TaskEditor,
        actions::{Outcome, subject},
    },
};

/// Which of two tasks waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The task of the page waits on the other one.
    WaitsOn,
    /// The other one waits on the task of the page.
    Blocks,
}

impl Direction {
    /// The text in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WaitsOn => "waits_on",
            Self::Blocks => "blocks",
        }
    }
}

impl std::str::FromStr for Direction {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::WaitsOn, Self::Blocks].into_iter().find(|one| one.as_str() == text).ok_or(())
    }
}

/// Why nothing changed.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The rule says no.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// Of the database.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<Problem> for web::Error {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::Refused(_) => Self::Unprocessable,
            Problem::Database(problem) => problem.into(),
        }
    }
}

/// The two ends, the one that waits first.
async fn ends(
    change: &mut Change,
    proof: &TaskEditor,
    direction: Direction,
    number: i32,
) -> Result<(Task, Task), Problem> {
    let task = proof.task();
    let other = tasks::store::find(change.conn(), task.project_id, &[number]).await?.pop();
    let other = other.ok_or(Problem::Refused(Refusal::NoSuchTask))?;
    Ok(match direction {
        Direction::WaitsOn => (task.clone(), other),
        Direction::Blocks if !proof.may_edit_of(other.part_id) => {
            return Err(Problem::Refused(Refusal::NotYours));
        }
        Direction::Blocks => (other, task.clone()),
    })
}

/// Makes one task wait on another of the same project.
///
/// # Errors
/// Refused, or of the database.
pub async fn add(
    change: &mut Change,
    proof: &TaskEditor,
    direction: Direction,
    number: i32,
) -> Result<Outcome, Problem> {
    let (waiting, first) = ends(change, proof, direction, number).await?;
    let (project, edge) = (waiting.project_id, Edge { waiting: waiting.id, first: first.id });
    store::lock(change.conn(), project).await?;
    let edges = store::behind(change.conn(), project, edge.first).await?;
    model::may_add(&edges, edge).map_err(Problem::Refused)?;
    if !store::insert(change.conn(), project, edge).await? {
        return Ok(Outcome::Already);
    }
    let event = Event::new(Kind::DependencyAdded, subject(proof.key(), &waiting)).of(project);
    change.record(event.after("task", first.label(proof.key())));
    Ok(Outcome::Changed)
}

/// Ends that one task waits on another.
///
/// # Errors
/// Refused, or of the database.
pub async fn remove(
    change: &mut Change,
    proof: &TaskEditor,
    direction: Direction,
    number: i32,
) -> Result<Outcome, Problem> {
    let (waiting, first) = ends(change, proof, direction, number).await?;
    let (project, edge) = (waiting.project_id, Edge { waiting: waiting.id, first: first.id });
    if !store::delete(change.conn(), project, edge).await? {
        return Ok(Outcome::Already);
    }
    let event = Event::new(Kind::DependencyRemoved, subject(proof.key(), &waiting)).of(project);
    change.record(event.before("task", first.label(proof.key())));
    Ok(Outcome::Changed)
}
