//! Publishing a version, and acknowledging it.

use super::{
    access::{Acknowledger, Publisher},
    changes::{self, Change as Difference},
    model::Content,
    store::{self, NewVersion},
};
use crate::{
    decisions::matrix,
    events::{Event, Kind, Subject, SubjectKind, both},
    goals::{store as goals, strategy::store as strategy},
    platform::ids::{PlaybookId, ProjectId},
    projects::seats::store as seats,
    web::{AppState, Error, Result},
};
use sqlx::PgConnection;

/// The next version as it would be published now.
#[derive(Debug)]
pub struct Draft {
    /// What it says.
    pub content: Content,
    /// The number of the newest version; 0 before the first.
    pub seen: i32,
    /// What differs from it; nothing before the first.
    pub changes: Vec<Difference>,
}

impl Draft {
    /// Everybody reads again: the first asks too.
    #[must_use]
    pub fn asks_again(&self) -> bool {
        self.seen == 0 || changes::ask_again(&self.changes)
    }

    /// Whether it says something new.
    #[must_use]
    pub fn says_something(&self) -> bool {
        self.seen == 0 || !self.changes.is_empty()
    }

    /// Whether there are the three answers that its questions are made of.
    #[must_use]
    pub fn has_answers(&self) -> bool {
        self.content.strategy.is_some()
    }
}

/// What the project is today, beside the newest version; three statements.
///
/// # Errors
/// Of the database.
pub async fn draft(conn: &mut PgConnection, project: ProjectId) -> Result<Draft> {
    let matrix = matrix::matrix().map_err(Error::internal)?;
    let strategy = strategy::current(conn, project).await?;
    let goals = goals::goals(conn, project).await?;
    let (plan, newest) = store::plan(conn, project).await?;
    let content = Content::of(strategy.as_ref(), &goals, plan, matrix);
    let changes = newest.as_ref().map(|(_, before)| changes::between(before, &content)).unwrap_or_default();
    Ok(Draft { content, seen: newest.map_or(0, |(number, _)| number), changes })
}

/// Why nothing was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The form has published a version already, with another note.
    Again,
    /// Somebody published another version meanwhile.
    Stale,
    /// What the lead looked at is not what would be published now.
    Moved,
    /// It says what the newest version says.
    Unchanged,
    /// There is no strategy, so there are no answers to ask about.
    NoAnswers,
}

/// What the form gives.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Made with the form.
    pub id: PlaybookId,
    /// The number of the newest version when it was made; 0 for none.
    pub seen: i32,
    /// The fingerprint of what it showed.
    pub shown: String,
    /// What the lead says about it; not too long, may be empty.
    pub note: String,
}

/// `Playbook version 2`.
fn subject(project: ProjectId, number: i32) -> Subject {
    // One thing a project, so that what is told of it folds, and acting on any version reads it.
    let title = format!("Playbook version {number}");
    Subject::new(SubjectKind::Playbook, project.uuid(), "", title).zh(Some(format!("行动手册第 {number} 版")))
}

/// Publishes the next version and answers its number; a form that is sent twice publishes one. Seats and gates of the project
/// hold still meanwhile.
///
/// # Errors
/// Of the database.
pub async fn publish(
    state: &AppState,
    publisher: &mut Publisher,
    wanted: &Wanted,
) -> Result<std::result::Result<i32, Refusal>> {
    let mut change = publisher.change(state).await?;
    let (project, by, at) = (publisher.project().id, publisher.person, change.now());
    seats::lock(change.conn(), project).await?;
    if let Some((number, is_said)) = store::made(change.conn(), project, (wanted.id, &wanted.note)).await? {
        // The form of a page that was gone back to, with other words, is no second sending.
        return Ok(if is_said { Ok(number) } else { Err(Refusal::Again) });
    }
    let draft = draft(change.conn(), project).await?;
    let refusal = if draft.seen != wanted.seen {
        Some(Refusal::Stale)
    } else if !draft.has_answers() {
        Some(Refusal::NoAnswers)
    } else if !draft.says_something() {
        Some(Refusal::Unchanged)
    } else if draft.content.fingerprint() != wanted.shown {
        Some(Refusal::Moved)
    } else {
        None
    };
    if let Some(refusal) = refusal {
        return Ok(Err(refusal));
    }
    let (number, asks_again) = (draft.seen + 1, draft.asks_again());
    let new = NewVersion { id: wanted.id, number, content: &draft.content, asks_again, note: &wanted.note };
    store::insert(change.conn(), project, &new, (by, at)).await?;
    let event = Event::new(Kind::PlaybookPublished, subject(project, number)).of(project);
    let event = event.after("asks_again", asks_again);
    change.record(if wanted.note.is_empty() { event } else { event.after("note", wanted.note.as_str()) });
    change.commit().await?;
    Ok(Ok(number))
}

/// Keeps that the person has read a version, for every department they speak for. Sent twice it is kept once.
///
/// # Errors
/// Of the database.
pub async fn acknowledge(state: &AppState, reader: &mut Acknowledger, number: i32) -> Result<()> {
    let parts = reader.speaks_for();
    let mut change = reader.change(state).await?;
    let (project, at) = (reader.project().id, change.now());
    let kept = store::read(change.conn(), project, number, (&parts, reader.person), at).await?;
    if kept.is_empty() {
        return Ok(());
    }
    for part in kept.into_iter().filter_map(|part| reader.viewer().standing().part(part)) {
        let event = Event::new(Kind::PlaybookRead, subject(project, number)).of(project);
        change.record(event.after("part", both(&part.name_en, &part.name_zh)));
    }
    change.commit().await?;
    Ok(())
}
