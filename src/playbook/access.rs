//! Who reads, publishes and acknowledges the playbook (ARCHITECTURE §5): whoever sees the project reads it, its lead publishes it,
//! and who speaks for a department acknowledges it.

use crate::{
    events::Change,
    platform::ids::{PartId, PersonId},
    projects::{Project, ProjectViewer, Rights},
    web::{AppState, Error, Result, Shell, paths},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use sqlx::PgConnection;

/// The playbook of a project in front of somebody who may see it.
#[derive(Debug)]
pub struct PlaybookViewer {
    viewer: ProjectViewer,
    /// Who.
    pub person: PersonId,
}

impl PlaybookViewer {
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

    /// The departments that the person belongs to.
    #[must_use]
    pub fn own(&self) -> Vec<PartId> {
        self.rights().parts().collect()
    }

    /// The departments that the person speaks for.
    #[must_use]
    pub fn speaks_for(&self) -> Vec<PartId> {
        self.rights().parts().filter(|part| self.rights().is_liaison_of(*part)).collect()
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

    /// `/p/GEO/playbook`.
    #[must_use]
    pub fn path(&self) -> String {
        paths::project(&self.project().key, "playbook").to_string()
    }
}

impl FromRequestParts<AppState> for PlaybookViewer {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let viewer = ProjectViewer::from_request_parts(parts, state).await?;
        let person = viewer.shell().viewer()?.person_id;
        Ok(Self { viewer, person })
    }
}

macro_rules! proof {
    ($(#[$doc:meta])* $name:ident, $right:ident) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name(PlaybookViewer);

        impl std::ops::Deref for $name {
            type Target = PlaybookViewer;
            fn deref(&self) -> &PlaybookViewer {
                &self.0
            }
        }

        impl std::ops::DerefMut for $name {
            fn deref_mut(&mut self) -> &mut PlaybookViewer {
                &mut self.0
            }
        }

        impl FromRequestParts<AppState> for $name {
            type Rejection = Error;
            async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
                let viewer = PlaybookViewer::from_request_parts(parts, state).await?;
                if viewer.rights().$right() { Ok(Self(viewer)) } else { Err(Error::Forbidden) }
            }
        }
    };
}
proof! {
    /// The lead, who publishes it.
    Publisher, may_publish_playbook
}
proof! {
    /// Who speaks for a department, and acknowledges it.
    Acknowledger, may_acknowledge_playbook
}
