//! Who asks and who answers (ARCHITECTURE §5). Whoever sees the project reads every request; guests and advisers see none.

use super::{case::Request, model::Refusal, store};
use crate::{
    events::Change,
    platform::{
        db::Lease,
        ids::{PartId, PersonId},
    },
    projects::{Part, PartKind, Project, ProjectHead, ProjectViewer, Rights, Tab},
    web::{AppState, Error, Result, Shell, paths},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use sqlx::PgConnection;

/// A project in front of somebody who may see it, and what a request in it needs.
#[derive(Debug)]
pub struct Ground {
    /// The frame of the page.
    pub shell: Shell,
    /// The project.
    pub project: Project,
    /// What the person may do.
    pub rights: Rights,
    /// Everybody who takes part.
    pub parts: Vec<Part>,
    /// The head of the page.
    pub head: ProjectHead,
    /// Who.
    pub person: PersonId,
    lease: Option<Lease>,
}

impl Ground {
    fn of(viewer: ProjectViewer, tab: Tab) -> Result<Self> {
        let standing = viewer.into_standing();
        let head = standing.head(tab);
        let person = standing.shell.viewer()?.person_id;
        Ok(Self {
            head,
            person,
            shell: standing.shell,
            project: standing.project,
            rights: standing.rights,
            parts: standing.parts,
            lease: Some(standing.lease),
        })
    }

    /// A part by its id.
    #[must_use]
    pub fn part(&self, id: PartId) -> Option<&Part> {
        self.parts.iter().find(|part| part.id == id)
    }

    /// Whether the person asks in the name of a part.
    #[must_use]
    pub fn may_ask_for(&self, part: &Part) -> bool {
        self.rights.may_ask_for(part.id, part.kind)
    }

    /// The parts in whose name the person asks, in their order.
    pub fn own_parts(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|part| self.may_ask_for(part))
    }

    /// The connection that found it; gone once a change began.
    ///
    /// # Errors
    /// When a change has begun, which is our fault.
    pub fn conn(&mut self) -> Result<&mut PgConnection> {
        self.lease.as_deref_mut().ok_or_else(|| Error::internal("the connection was given back"))
    }

    /// Takes a connection again, to show a page after a change was refused.
    ///
    /// # Errors
    /// When none is free.
    pub async fn lease_again(&mut self, state: &AppState) -> Result<()> {
        self.lease = None;
        self.lease = Some(state.db.lease().await?);
        Ok(())
    }

    /// Gives the connection back, so that one request never holds two, and begins a change.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn change(&mut self, state: &AppState) -> Result<Change> {
        self.lease = None;
        Change::begin(state, &self.shell).await
    }
}

/// Somebody who may ask another department.
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

impl Asker {
    /// The departments that can be asked, in their order: a person who speaks for one department only cannot ask it.
    pub fn askable(&self) -> impl Iterator<Item = &Part> {
        let mut own = self.0.own_parts().map(|part| part.id);
        let only = own.next().filter(|_| own.next().is_none());
        self.0.parts.iter().filter(move |part| part.kind == PartKind::Department && Some(part.id) != only)
    }
}

impl FromRequestParts<AppState> for Asker {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let viewer = ProjectViewer::from_request_parts(parts, state).await?;
        if !viewer.rights().may_ask() {
            return Err(Error::Forbidden);
        }
        Ground::of(viewer, Tab::None).map(Self)
    }
}

/// A request in front of somebody who may see it.
#[derive(Debug)]
pub struct Case {
    ground: Ground,
    request: Request,
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
    /// The request as it was when the page was asked for.
    #[must_use]
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// Speaks for the side that asks.
    #[must_use]
    pub fn is_asker(&self) -> bool {
        self.ground.part(self.request.from).is_some_and(|part| self.ground.may_ask_for(part))
    }

    /// Speaks for the department that is asked.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.ground.rights.may_answer_requests_to(self.request.to)
    }

    /// Its address.
    #[must_use]
    pub fn path(&self) -> String {
        paths::request(&self.ground.project.key, self.request.number).to_string()
    }

    /// Reads the request again on a fresh connection, to show it as it is now.
    ///
    /// # Errors
    /// When it is gone, or the database is away.
    pub async fn refresh(&mut self, state: &AppState) -> Result<()> {
        self.ground.lease_again(state).await?;
        let (project, number) = (self.ground.project.id, self.request.number);
        self.request = store::request(self.ground.conn()?, project, number).await?.ok_or(Error::NotFound)?;
        Ok(())
    }

    /// The request as it is now, locked for the rest of the change.
    ///
    /// # Errors
    /// When it is gone, or the database is away.
    pub async fn locked(&self, change: &mut Change) -> Result<Request> {
        store::locked(change.conn(), self.ground.project.id, self.request.id).await?.ok_or(Error::NotFound)
    }

    /// Takes it apart for its page.
    #[must_use]
    pub fn into_parts(self) -> (Shell, ProjectHead) {
        (self.ground.shell, self.ground.head)
    }
}

impl FromRequestParts<AppState> for Case {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let number: i32 = paths::parameter(parts, "number").await?;
        let viewer = ProjectViewer::from_request_parts(parts, state).await?;
        let mut ground = Ground::of(viewer, Tab::None)?;
        let project = ground.project.id;
        let request = store::request(ground.conn()?, project, number).await?.ok_or(Error::NotFound)?;
        Ok(Self { ground, request })
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
