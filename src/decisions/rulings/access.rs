//! Proof that somebody chairs the committee of a project.

use crate::{
    events::Change,
    platform::ids::PersonId,
    projects::{Part, Project, ProjectHead, ProjectViewer, Tab},
    web::{AppState, Error, Result, Shell},
};
use axum::{extract::FromRequestParts, http::request::Parts};

/// The chair of a project that can be changed.
#[derive(Debug)]
pub struct Chair {
    viewer: ProjectViewer,
}

/// What an action of the chair needs, without the connection.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The frame of the page.
    pub shell: Shell,
    /// The project.
    pub project: Project,
    /// Everybody who takes part.
    pub parts: Vec<Part>,
    /// The head of the project's pages.
    pub head: ProjectHead,
    /// The chair.
    pub person: PersonId,
}

impl Ground {
    /// Begins a change by the chair.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn change(&self, state: &AppState) -> Result<Change> {
        Change::begin(state, &self.shell).await
    }
}

impl Chair {
    /// The connection that found the project.
    pub fn conn(&mut self) -> &mut sqlx::PgConnection {
        self.viewer.conn()
    }

    /// Copies what actions and pages need.
    ///
    /// # Errors
    /// When nobody is signed in, which the extractor has excluded.
    pub fn ground(&self) -> Result<Ground> {
        let standing = self.viewer.standing();
        Ok(Ground {
            shell: standing.shell.clone(),
            project: standing.project.clone(),
            parts: standing.parts.clone(),
            head: standing.head(Tab::None),
            person: standing.shell.viewer()?.person_id,
        })
    }
}

impl FromRequestParts<AppState> for Chair {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let viewer = ProjectViewer::from_request_parts(parts, state).await?;
        if viewer.rights().may_decide() { Ok(Self { viewer }) } else { Err(Error::Forbidden) }
    }
}
