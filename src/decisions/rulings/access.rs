//! Proof that somebody records what no escalation asked for, or looks at a decision again: the chair, or the deputy while
//! the chair is away.

use super::store::{self, Choices, Decision};
use crate::{
    decisions::rules::model::records_alone,
    events::Change,
    platform::ids::PersonId,
    projects::{Part, Project, ProjectHead, ProjectViewer, Tab},
    web::{AppState, Error, Result, Shell, paths},
};
use axum::{extract::FromRequestParts, http::request::Parts};

/// The chair of a project that can be changed, or the deputy while the chair is away.
#[derive(Debug)]
pub struct Chair {
    viewer: ProjectViewer,
    choices: Choices,
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

    /// What the form of a decision chooses from, as it was when the right was proved.
    #[must_use]
    pub fn choices(&self) -> &Choices {
        &self.choices
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
        let mut viewer = ProjectViewer::from_request_parts(parts, state).await?;
        if !viewer.rights().may_vote() {
            return Err(Error::Forbidden);
        }
        // One statement for the proof and for what its form chooses from.
        let project = viewer.project().id;
        let choices = store::choices(viewer.conn(), project).await?;
        let (person, today) = (viewer.shell().viewer()?.person_id, viewer.shell().today());
        if records_alone(viewer.rights().may_decide(), person, choices.deputy, today) {
            Ok(Self { viewer, choices })
        } else {
            Err(Error::Forbidden)
        }
    }
}

/// Somebody who looks at a decision again: its owner, or the chair or whoever acts for them, in a project that can be changed.
#[derive(Debug)]
pub struct Reviewer {
    viewer: ProjectViewer,
    decision: Decision,
}

/// Whether the person looks at a decision again. What is superseded is over.
#[must_use]
pub fn may_review(viewer: &ProjectViewer, person: PersonId, decision: &Decision) -> bool {
    let rights = viewer.rights();
    rights.is_changeable()
        && decision.superseded_by.is_none()
        && (acts_as_chair(viewer, person, decision) || (decision.owner_id == person && rights.may_see()))
}

/// Whether the person supersedes a decision and records others without an escalation.
#[must_use]
pub fn acts_as_chair(viewer: &ProjectViewer, person: PersonId, decision: &Decision) -> bool {
    let rights = viewer.rights();
    rights.may_vote() && records_alone(rights.may_decide(), person, decision.deputy, viewer.shell().today())
}

impl Reviewer {
    /// The decision.
    #[must_use]
    pub fn decision(&self) -> &Decision {
        &self.decision
    }

    /// The project as the person stands to it.
    #[must_use]
    pub fn viewer(&self) -> &ProjectViewer {
        &self.viewer
    }

    /// Gives the connection back before a change takes one of its own.
    pub fn release(&mut self) {
        self.viewer.release();
    }

    /// What was proved, for good.
    #[must_use]
    pub fn into_parts(self) -> (ProjectViewer, Decision) {
        (self.viewer, self.decision)
    }
}

impl FromRequestParts<AppState> for Reviewer {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let number: i32 = paths::parameter(parts, "number").await?;
        let mut viewer = ProjectViewer::from_request_parts(parts, state).await?;
        let project = viewer.project().id;
        let decision = store::find(viewer.conn(), project, number).await?.ok_or(Error::NotFound)?;
        let person = viewer.shell().viewer()?.person_id;
        // The action answers the chair of a superseded one.
        if viewer.rights().may_decide() || may_review(&viewer, person, &decision) {
            Ok(Self { viewer, decision })
        } else {
            Err(Error::Forbidden)
        }
    }
}
