//! Who may run the installation.

use crate::{
    platform::ids::PersonId,
    web::{Error, Shell, shell::OrganisationRole},
};
use axum::{extract::FromRequestParts, http::request::Parts};

/// Proof that an administrator acts.
#[derive(Clone, Debug)]
pub struct Administrator {
    person_id: Option<PersonId>,
}

impl Administrator {
    /// Whoever runs the program on its own machine may do what an administrator may.
    #[must_use]
    pub fn at_the_console() -> Self {
        Self { person_id: None }
    }

    /// The administrator; none at the console.
    #[must_use]
    pub fn person_id(&self) -> Option<PersonId> {
        self.person_id
    }
}

impl<S: Sync> FromRequestParts<S> for Administrator {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let shell = Shell::from_request_parts(parts, state).await?;
        let viewer = shell.viewer()?;
        match viewer.role {
            OrganisationRole::Administrator => Ok(Self { person_id: Some(viewer.person_id) }),
            OrganisationRole::Member => Err(Error::Forbidden),
            OrganisationRole::Guest => Err(Error::NotFound),
        }
    }
}
