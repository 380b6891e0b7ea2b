//! Who asks for changes, who answers and who sets the baseline (ARCHITECTURE §5). Whoever sees the project reads the change ledger;
//! guests and advisers see none of it.

use super::{
    case::ScopeChange,
    model::{Refusal, Side},
    store,
};
use crate::{
    events::Change,
    platform::ids::{PartId, PersonId},
    projects::{
        Part, Project, ProjectViewer, Rights,
        scope::{self, Baseline},
    },
    web::{AppState, Error, Result, Shell, paths},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use sqlx::PgConnection;

/// A project in front of somebody who may see it, with its baseline.
#[derive(Debug)]
pub struct Ground {
    viewer: ProjectViewer,
    /// Who.
    pub person: PersonId,
    /// What was agreed to be in scope; none before the first baseline.
    pub baseline: Option<Baseline>,
}

impl Ground {
    async fn of(mut viewer: ProjectViewer) -> Result<Self> {
        let (project, person) = (viewer.project().id, viewer.shell().viewer()?.person_id);
        let baseline = scope::store::current(viewer.conn(), project).await?;
        Ok(Self { viewer, person, baseline })
    }

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

    /// Everybody who takes part.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.viewer.standing().parts
    }

    /// A part by its id.
    #[must_use]
    pub fn part(&self, id: PartId) -> Option<&Part> {
        self.viewer.standing().part(id)
    }

    /// The part of a side.
    #[must_use]
    pub fn side(&self, side: Side) -> Option<&Part> {
        let baseline = self.baseline.as_ref()?;
        self.part(match side {
            Side::Product => baseline.product,
            Side::Rnd => baseline.rnd,
        })
    }

    /// Whether the person asks in the name of a part.
    #[must_use]
    pub fn may_ask_for(&self, part: &Part) -> bool {
        self.rights().may_ask_for(part.id, part.kind)
    }

    /// The parts in whose name the person asks, in their order.
    pub fn own_parts(&self) -> impl Iterator<Item = &Part> {
        self.parts().iter().filter(|part| self.may_ask_for(part))
    }

    /// Whether the person answers for a side.
    #[must_use]
    pub fn speaks_for(&self, side: Side) -> bool {
        self.side(side).is_some_and(|part| self.rights().may_answer_requests_to(part.id))
    }

    /// Whether the person sets the baseline.
    #[must_use]
    pub fn may_set_baseline(&self) -> bool {
        self.rights().may_settle_as_lead()
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

    /// Reads the baseline again on a fresh connection, after a change was refused.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn refresh(&mut self, state: &AppState) -> Result<()> {
        self.viewer.release();
        self.viewer.lease_again(state).await?;
        let project = self.viewer.project().id;
        self.baseline = scope::store::current(self.viewer.conn(), project).await?;
        Ok(())
    }

    /// `/p/GEO/scope`.
    #[must_use]
    pub fn path(&self) -> String {
        paths::project(&self.project().key, "scope").to_string()
    }
}

impl FromRequestParts<AppState> for Ground {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        Self::of(ProjectViewer::from_request_parts(parts, state).await?).await
    }
}

/// The lead, who sets the baseline.
#[derive(Debug)]
pub struct BaselineSetter(Ground);

impl std::ops::Deref for BaselineSetter {
    type Target = Ground;
    fn deref(&self) -> &Ground {
        &self.0
    }
}

impl std::ops::DerefMut for BaselineSetter {
    fn deref_mut(&mut self) -> &mut Ground {
        &mut self.0
    }
}

impl FromRequestParts<AppState> for BaselineSetter {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let ground = Ground::from_request_parts(parts, state).await?;
        require(ground.may_set_baseline())?;
        Ok(Self(ground))
    }
}

/// Somebody who asks for changes: a liaison, or the lead.
#[derive(Debug)]
pub struct Asker(Ground);

impl std::ops::Deref for Asker {
    type Target = Ground;
    fn deref(&self) -> &Ground {
        &self.0
    }
}

impl std::ops::DerefMut for Asker {
    fn deref_mut(&mut self) -> &mut Ground {
        &mut self.0
    }
}

impl FromRequestParts<AppState> for Asker {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let ground = Ground::from_request_parts(parts, state).await?;
        require(ground.rights().may_ask())?;
        Ok(Self(ground))
    }
}

/// A change in front of somebody who may see it.
#[derive(Debug)]
pub struct Case {
    ground: Ground,
    change: ScopeChange,
}

impl std::ops::Deref for Case {
    type Target = Ground;
    fn deref(&self) -> &Ground {
        &self.ground
    }
}

impl std::ops::DerefMut for Case {
    fn deref_mut(&mut self) -> &mut Ground {
        &mut self.ground
    }
}

impl Case {
    /// The change as it was when the page was asked for.
    #[must_use]
    pub fn scope_change(&self) -> &ScopeChange {
        &self.change
    }

    /// Speaks for the part that asks.
    #[must_use]
    pub fn is_asker(&self) -> bool {
        self.part(self.change.part).is_some_and(|part| self.may_ask_for(part))
    }

    /// Speaks for a side.
    #[must_use]
    pub fn answers(&self) -> bool {
        Side::ALL.into_iter().any(|side| self.speaks_for(side))
    }

    /// Its address.
    #[must_use]
    pub fn path(&self) -> String {
        paths::scope_change(&self.project().key, self.change.number).to_string()
    }

    /// Reads the change again on a fresh connection, to show it as it is now.
    ///
    /// # Errors
    /// When it is gone, or the database is away.
    pub async fn refresh(&mut self, state: &AppState) -> Result<()> {
        self.ground.refresh(state).await?;
        let (project, number) = (self.project().id, self.change.number);
        self.change = store::change(self.conn(), project, number).await?.ok_or(Error::NotFound)?;
        Ok(())
    }

    /// The change as it is now, locked for the rest of the transaction.
    ///
    /// # Errors
    /// When it is gone, or the database is away.
    pub async fn locked(&self, change: &mut Change) -> Result<ScopeChange> {
        store::locked(change.conn(), self.project().id, self.change.id).await?.ok_or(Error::NotFound)
    }
}

impl FromRequestParts<AppState> for Case {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let number: i32 = paths::parameter(parts, "number").await?;
        let mut ground = Ground::from_request_parts(parts, state).await?;
        let project = ground.project().id;
        let change = store::change(ground.conn(), project, number).await?.ok_or(Error::NotFound)?;
        Ok(Self { ground, change })
    }
}

/// Proof of a right that the case holds.
///
/// # Errors
/// [`Error::Forbidden`] without it.
pub fn require(right: bool) -> Result<()> {
    if right { Ok(()) } else { Err(Error::Forbidden) }
}

impl From<Refusal> for Error {
    /// Somebody was faster: the page that offered the move no longer stands.
    fn from(_: Refusal) -> Self {
        Self::Conflict
    }
}
