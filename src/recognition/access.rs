//! Who thanks: everybody with a seat in a project that can be changed, but guests. Whoever sees the project reads it.

use crate::{
    platform::ids::PersonId,
    projects::ProjectViewer,
    web::{AppState, Error, Result},
};
use axum::{extract::FromRequestParts, http::request::Parts};

/// Somebody who may thank others in this project.
#[derive(Debug)]
pub struct Thanker {
    viewer: ProjectViewer,
    /// Who.
    pub person: PersonId,
}

impl Thanker {
    /// The project as the person stands to it.
    #[must_use]
    pub fn viewer(&self) -> &ProjectViewer {
        &self.viewer
    }

    /// The same, to read or to give its connection back.
    pub fn viewer_mut(&mut self) -> &mut ProjectViewer {
        &mut self.viewer
    }
}

impl FromRequestParts<AppState> for Thanker {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let viewer = ProjectViewer::from_request_parts(parts, state).await?;
        let person = viewer.shell().viewer()?.person_id;
        if viewer.rights().may_thank() { Ok(Self { viewer, person }) } else { Err(Error::Forbidden) }
    }
}
