//! Who may make a project: every colleague, no guest.

use crate::{
    platform::ids::PersonId,
    web::{
        AppState, Error, Result,
        shell::{OrganisationRole, Shell, Viewer},
    },
};
use axum::{extract::FromRequestParts, http::request::Parts};

/// Somebody who may make a project.
#[derive(Debug)]
pub struct ProjectMaker {
    shell: Shell,
    viewer: Viewer,
}

impl ProjectMaker {
    /// The frame of the page.
    #[must_use]
    pub fn shell(&self) -> &Shell {
        &self.shell
    }

    /// The frame of the page, for good.
    #[must_use]
    pub fn into_shell(self) -> Shell {
        self.shell
    }

    /// Who.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.viewer.person_id
    }

    /// Their role in the organisation.
    #[must_use]
    pub fn role(&self) -> OrganisationRole {
        self.viewer.role
    }
}

impl FromRequestParts<AppState> for ProjectMaker {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let shell = Shell::from_request_parts(parts, state).await?;
        let viewer = shell.viewer()?.clone();
        match viewer.role {
            OrganisationRole::Guest => Err(Error::NotFound),
            OrganisationRole::Administrator | OrganisationRole::Member => Ok(Self { shell, viewer }),
        }
    }
}
