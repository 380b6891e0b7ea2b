//! Commenting on a task.

use super::{
    model::{self, LONGEST},
    store,
};
use crate::{
    events::{Change, Event, Kind},
    platform::{ids::CommentId, locale::T},
    web,
    work::tasks::{
        self,
        access::TaskCommenter,
        actions::{Outcome, subject},
    },
};

/// Why a comment was not added.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Nothing was written.
    #[error("an empty comment")]
    Empty,
    /// Longer than [`LONGEST`].
    #[error("too long a comment")]
    TooLong,
    /// Of the database.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Problem {
    /// What to do about it; none when it is not the writer's to mend.
    #[must_use]
    pub fn text(&self, t: T) -> Option<String> {
        match self {
            Self::Empty => Some(t.comment_error_empty()),
            Self::TooLong => Some(t.comment_error_too_long()),
            Self::Database(_) => None,
        }
    }
}

impl From<Problem> for web::Error {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::Empty | Problem::TooLong => Self::Unprocessable,
            Problem::Database(problem) => problem.into(),
        }
    }
}

/// Adds a comment; whom it mentions watches the task from then on. A second copy of the form adds nothing.
///
/// # Errors
/// Empty, too long, or of the database.
pub async fn comment(
    change: &mut Change,
    proof: &TaskCommenter,
    id: CommentId,
    body: &str,
) -> Result<Outcome, Problem> {
    if body.is_empty() {
        return Err(Problem::Empty);
    }
    if body.chars().count() > LONGEST {
        return Err(Problem::TooLong);
    }
    let (task, now) = (proof.task(), change.now());
    let Some(author) = change.actor() else { return Ok(Outcome::Already) };
    if !store::insert(change.conn(), task, id, author, body, now).await? {
        return Ok(Outcome::Already);
    }
    let known =
        if body.contains('@') { store::mentionables(change.conn(), task.project_id).await? } else { Vec::new() };
    let mentioned = model::mentioned(body, &known);
    let people: Vec<_> = mentioned.iter().map(|person| person.id).collect();
    store::mention(change.conn(), task, id, author, &people, now).await?;
    let subject = subject(proof.key(), task);
    change.record(Event::new(Kind::TaskCommented, subject.clone()).of(task.project_id));
    for person in mentioned {
        if tasks::store::watch(change.conn(), task.project_id, task.id, person.id).await? {
            let event = Event::new(Kind::TaskWatched, subject.clone()).of(task.project_id);
            change.record(event.after("watcher", person.name.as_str()));
        }
    }
    Ok(Outcome::Changed)
}
