//! Proofs of a right in a project. Their fields are private: holding one is the proof (ARCHITECTURE §4).

use super::{
    head::{ProjectHead, Tab},
    model::{Part, Project},
    rights::Rights,
    store,
};
use crate::{
    platform::{db::Lease, ids::PartId},
    web::{
        AppState, Error, Place, Result, paths,
        shell::{Health, Shell},
    },
};
use axum::{extract::FromRequestParts, http::request::Parts};

/// A project as one person stands to it, before anything is allowed. The decisions room starts from it for guests and
/// advisers; everybody else takes [`ProjectViewer`].
#[derive(Debug)]
pub struct Standing {
    /// The frame of the page.
    pub shell: Shell,
    /// The project.
    pub project: Project,
    /// What the person may do.
    pub rights: Rights,
    /// Everybody who takes part.
    pub parts: Vec<Part>,
    /// Its health as it was computed last.
    pub health: Health,
    /// What the lead declares, where that differs.
    pub declared: Option<Health>,
    /// Tasks that are neither done nor dropped.
    pub open_tasks: i64,
    /// Escalations under way.
    pub open_escalations: i64,
    /// What has been read knows of all transactions before this one.
    pub read_at: i64,
    /// The connection that found it, for the statements that follow.
    pub lease: Lease,
}

impl Standing {
    /// Loads the project named `{key}` in the address; absent is not found.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::SignIn`], or the database's.
    pub async fn load(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let key: String = paths::parameter(parts, "key").await?;
        let shell = Shell::from_request_parts(parts, state).await?;
        let viewer = shell.viewer()?.clone();
        let mut lease = state.db.lease().await?;
        let found = store::standing(&mut lease, &key, viewer.person_id).await?.ok_or(Error::NotFound)?;
        let is_creator = found.project.created_by == viewer.person_id;
        let rights = Rights::new(
            viewer.person_id,
            viewer.role,
            found.seats,
            found.project.state,
            found.project.visibility,
            is_creator,
        );
        let shell = shell.at(Place::Project(found.project.key.clone()));
        Ok(Self {
            shell,
            rights,
            project: found.project,
            parts: found.parts,
            health: found.health,
            declared: found.declared,
            open_tasks: found.open_tasks,
            open_escalations: found.open_escalations,
            read_at: found.read_at,
            lease,
        })
    }

    /// The head of a page under a tab.
    #[must_use]
    pub fn head(&self, tab: Tab) -> ProjectHead {
        ProjectHead {
            key: self.project.key.clone(),
            name: self.project.name.clone(),
            health: self.health,
            declared: self.declared,
            tab: tab.name(),
            open_tasks: self.open_tasks,
            open_escalations: self.open_escalations,
            read_at: self.read_at,
            may_manage: self.rights.may_manage() || self.rights.may_archive(),
            may_thank: self.rights.may_thank(),
            is_draft: self.project.state == super::ProjectState::Draft,
            is_archived: self.project.state == super::ProjectState::Archived,
            sub: self.project.summary.clone(),
        }
    }

    /// A part by its id.
    #[must_use]
    pub fn part(&self, id: PartId) -> Option<&Part> {
        self.parts.iter().find(|part| part.id == id)
    }
}

/// Somebody who may see the whole project.
#[derive(Debug)]
pub struct ProjectViewer(Standing);

impl ProjectViewer {
    /// The proof for a standing that allows it.
    ///
    /// # Errors
    /// [`Error::NotFound`]: who may not see a project may not know that it exists.
    pub fn prove(standing: Standing) -> Result<Self> {
        if standing.rights.may_see() { Ok(Self(standing)) } else { Err(Error::NotFound) }
    }

    /// What was loaded.
    #[must_use]
    pub fn standing(&self) -> &Standing {
        &self.0
    }

    /// What was loaded, to change the lease or the shell.
    pub fn standing_mut(&mut self) -> &mut Standing {
        &mut self.0
    }

    /// The frame of the page.
    #[must_use]
    pub fn shell(&self) -> &Shell {
        &self.0.shell
    }

    /// The project.
    #[must_use]
    pub fn project(&self) -> &Project {
        &self.0.project
    }

    /// What the person may do.
    #[must_use]
    pub fn rights(&self) -> &Rights {
        &self.0.rights
    }

    /// The connection.
    pub fn conn(&mut self) -> &mut sqlx::PgConnection {
        &mut self.0.lease
    }

    /// Gives the connection back: before a change begins, which takes one of its own (see [`Lease::release`]).
    pub fn release(&mut self) {
        self.0.lease.release();
    }

    /// Takes a connection again, to read what a page shows after a change was refused.
    ///
    /// # Errors
    /// When none is free.
    pub async fn lease_again(&mut self, state: &AppState) -> Result<()> {
        self.0.lease = state.db.lease().await?;
        Ok(())
    }

    /// What was loaded, for good.
    #[must_use]
    pub fn into_standing(self) -> Standing {
        self.0
    }
}

impl FromRequestParts<AppState> for ProjectViewer {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        Self::prove(Standing::load(parts, state).await?)
    }
}

/// Somebody who may change the project, its stages, seats and duties: the GTM lead or an administrator.
#[derive(Debug)]
pub struct ProjectManager(ProjectViewer);

impl ProjectManager {
    /// The proof for a viewer who may.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn prove(viewer: ProjectViewer) -> Result<Self> {
        if viewer.rights().may_manage() { Ok(Self(viewer)) } else { Err(Error::Forbidden) }
    }
}

impl std::ops::Deref for ProjectManager {
    type Target = ProjectViewer;
    fn deref(&self) -> &ProjectViewer {
        &self.0
    }
}

impl std::ops::DerefMut for ProjectManager {
    fn deref_mut(&mut self) -> &mut ProjectViewer {
        &mut self.0
    }
}

impl FromRequestParts<AppState> for ProjectManager {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        Self::prove(ProjectViewer::from_request_parts(parts, state).await?)
    }
}
