//! Who reads and who sets goals (ARCHITECTURE §5). Whoever sees the project reads them; the lead sets them; a department enters
//! its own figures and says how it reaches its share.

use super::model::Place;
use crate::{
    events::Change,
    platform::ids::{KpiId, PartId, PersonId},
    projects::{Part, PartKind, Project, ProjectViewer, Rights},
    web::{AppState, Error, Result, Shell, paths},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use sqlx::PgConnection;

/// The goals of a project in front of somebody who may see it.
#[derive(Debug)]
pub struct GoalsViewer {
    viewer: ProjectViewer,
    /// Who.
    pub person: PersonId,
}

impl GoalsViewer {
    /// The viewer, for the head of a page.
    #[must_use]
    pub fn viewer(&self) -> &ProjectViewer {
        &self.viewer
    }

    /// The frame of the page.
    #[must_use]
    pub fn shell(&self) -> &Shell {
        self.viewer.shell()
    }

    /// The project.
    #[must_use]
    pub fn project(&self) -> &Project {
        self.viewer.project()
    }

    /// What the person may do.
    #[must_use]
    pub fn rights(&self) -> &Rights {
        self.viewer.rights()
    }

    /// The departments that take part, in their order.
    pub fn departments(&self) -> impl Iterator<Item = &Part> {
        self.viewer.standing().parts.iter().filter(|part| part.kind == PartKind::Department)
    }

    /// A part by its id.
    #[must_use]
    pub fn part(&self, id: PartId) -> Option<&Part> {
        self.viewer.standing().part(id)
    }

    /// Whether the person writes strategy and goals.
    #[must_use]
    pub fn may_set(&self) -> bool {
        self.rights().may_set_goals()
    }

    /// Whether the person fills the split of a department: the lead of all, a liaison of their own.
    #[must_use]
    pub fn may_split(&self, part: PartId) -> bool {
        self.may_set() || (self.rights().is_changeable() && self.rights().is_liaison_of(part))
    }

    /// Whether the person sets the indicators of a department: the lead of all, a liaison of their own.
    #[must_use]
    pub fn may_set_kpis(&self, part: PartId) -> bool {
        self.may_split(part)
    }

    /// Whether the person enters the figures of a department and says how it reaches its share.
    #[must_use]
    pub fn may_enter(&self, part: PartId) -> bool {
        self.rights().may_enter_figures_of(part)
    }

    /// The connection.
    pub fn conn(&mut self) -> &mut PgConnection {
        self.viewer.conn()
    }

    /// Gives the connection back, so that one request never holds two, and begins a change.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn change(&mut self, state: &AppState) -> Result<Change> {
        self.viewer.release();
        Change::begin(state, self.viewer.shell()).await
    }

    /// Takes a connection again, to show what stands after a change was refused.
    ///
    /// # Errors
    /// When none is free.
    pub async fn lease_again(&mut self, state: &AppState) -> Result<()> {
        self.viewer.release();
        self.viewer.lease_again(state).await
    }

    /// `/p/GEO/goals`, or a page under it.
    #[must_use]
    pub fn path(&self, page: &str) -> String {
        let goals = paths::project(&self.project().key, "goals").to_string();
        if page.is_empty() { goals } else { format!("{goals}/{page}") }
    }
}

impl FromRequestParts<AppState> for GoalsViewer {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let viewer = ProjectViewer::from_request_parts(parts, state).await?;
        let person = viewer.shell().viewer()?.person_id;
        Ok(Self { viewer, person })
    }
}

impl FromRequestParts<AppState> for Place {
    type Rejection = Error;
    /// The `{place}` of an address: `1.2`.
    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self> {
        paths::parameter(parts, "place").await
    }
}

/// The `{id}` of the address of an indicator.
#[derive(Clone, Copy, Debug)]
pub struct KpiInAddress(pub KpiId);

impl FromRequestParts<AppState> for KpiInAddress {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self> {
        Ok(Self(paths::parameter(parts, "id").await?))
    }
}

/// The lead, who writes strategy and goals.
#[derive(Debug)]
pub struct GoalsSetter(GoalsViewer);

impl std::ops::Deref for GoalsSetter {
    type Target = GoalsViewer;
    fn deref(&self) -> &GoalsViewer {
        &self.0
    }
}

impl std::ops::DerefMut for GoalsSetter {
    fn deref_mut(&mut self) -> &mut GoalsViewer {
        &mut self.0
    }
}

impl FromRequestParts<AppState> for GoalsSetter {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let viewer = GoalsViewer::from_request_parts(parts, state).await?;
        require(viewer.may_set())?;
        Ok(Self(viewer))
    }
}

/// Proof of a right that the viewer holds.
///
/// # Errors
/// [`Error::Forbidden`] without it.
pub fn require(right: bool) -> Result<()> {
    if right { Ok(()) } else { Err(Error::Forbidden) }
}
