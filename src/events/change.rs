//! A change: one transaction with its events. It cannot commit without one (ARCHITECTURE §4).

use super::model::Event;
use super::store;
use crate::platform::{db::Lease, ids::PersonId};
use crate::web::{self, AppState, shell::Shell};
use jiff::Timestamp;
use sqlx::PgConnection;

/// A transaction that knows who acts and when, and collects what happened.
#[derive(Debug)]
pub struct Change {
    lease: Lease,
    actor: Option<PersonId>,
    actor_name: String,
    now: Timestamp,
    request_id: String,
    way: Option<&'static str>,
    recorded: Vec<Event>,
}

/// Why a change was not made durable.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// A programming mistake: something was changed and nothing says so.
    #[error("a change without an event")]
    NothingRecorded,
    /// The database refused or went away.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<CommitError> for web::Error {
    fn from(problem: CommitError) -> Self {
        match problem {
            CommitError::NothingRecorded => Self::internal(problem),
            CommitError::Database(problem) => problem.into(),
        }
    }
}

impl Change {
    /// Begins a change by the signed-in person of a request.
    ///
    /// # Errors
    /// When nobody is signed in or the database is away.
    pub async fn begin(state: &AppState, shell: &Shell) -> web::Result<Self> {
        let viewer = shell.viewer()?;
        Self::by(state, Some(viewer.person_id), &viewer.name, &shell.request_id).await
    }

    /// Begins a change by anybody: a person who is just signing in, or the program itself (no person).
    ///
    /// # Errors
    /// When the database is away.
    pub async fn by(state: &AppState, actor: Option<PersonId>, name: &str, request_id: &str) -> web::Result<Self> {
        Ok(Self {
            lease: state.db.begin().await?,
            actor,
            actor_name: name.to_owned(),
            now: state.clock.now(),
            request_id: request_id.to_owned(),
            way: None,
            recorded: Vec::new(),
        })
    }

    /// The connection, for the store of a room.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.lease
    }

    /// The moment of the change; all rows and events of it carry this one.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The same, by another way than a page of somebody who signed in: each event says which.
    #[must_use]
    pub fn by_way_of(mut self, way: &'static str) -> Self {
        self.way = Some(way);
        self
    }

    /// Who acts; none when the program itself does.
    #[must_use]
    pub fn actor(&self) -> Option<PersonId> {
        self.actor
    }

    /// The same, by this name: of somebody who is found only after it began.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.actor_name);
        self
    }

    /// The name of who acts; empty when nobody signed in does.
    #[must_use]
    pub fn actor_name(&self) -> &str {
        &self.actor_name
    }

    /// Notes what happened to one thing; written at commit, all in one statement.
    pub fn record(&mut self, event: Event) {
        self.recorded.push(match self.way {
            Some(way) => event.after("way", way),
            None => event,
        });
    }

    /// Whether anything was recorded; where nothing was, everything stood already as it was asked for.
    #[must_use]
    pub fn has_events(&self) -> bool {
        !self.recorded.is_empty()
    }

    /// As [`Change::commit`], also when nothing happened that anybody would read of: what the program notes for itself.
    ///
    /// # Errors
    /// The database's refusal.
    pub async fn commit_any(mut self) -> Result<(), CommitError> {
        if self.recorded.is_empty() {
            return Ok(self.lease.commit().await?);
        }
        self.commit().await
    }

    /// Writes the events and makes everything durable.
    ///
    /// # Errors
    /// [`CommitError::NothingRecorded`] when no event was recorded; the database's refusal otherwise (deferred constraints).
    pub async fn commit(mut self) -> Result<(), CommitError> {
        if self.recorded.is_empty() {
            return Err(CommitError::NothingRecorded);
        }
        for run in self.recorded.chunk_by(|one, next| one.is_by_program == next.is_by_program) {
            let is_by_program = run.first().is_some_and(|event| event.is_by_program);
            let (actor, name) = if is_by_program { (None, "") } else { (self.actor, self.actor_name.as_str()) };
            store::insert(&mut self.lease, self.now, actor, name, &self.request_id, run).await?;
        }
        self.lease.commit().await?;
        Ok(())
    }
}
