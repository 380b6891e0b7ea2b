//! Who may change the organisation, its departments and its calendar: administrators.

use crate::web::{
    AppState, Error, Result,
    shell::{OrganisationRole, Shell},
};
use axum::{extract::FromRequestParts, http::request::Parts};

/// Proof that the person runs the installation.
#[derive(Clone, Copy, Debug)]
pub struct OrganisationEditor(());

impl OrganisationEditor {
    /// The proof for a role that has the right.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn prove(role: OrganisationRole) -> Result<Self> {
        match role {
            OrganisationRole::Administrator => Ok(Self(())),
            OrganisationRole::Member | OrganisationRole::Guest => Err(Error::Forbidden),
        }
    }
}

impl FromRequestParts<AppState> for OrganisationEditor {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let shell = Shell::from_request_parts(parts, state).await?;
        Self::prove(shell.viewer()?.role)
    }
}
