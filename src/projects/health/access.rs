//! Who declares the health of a project.

use crate::{
    projects::ProjectViewer,
    web::{AppState, Error, Result},
};
use axum::{extract::FromRequestParts, http::request::Parts};

/// The GTM lead of a project under way: a draft has not begun, and an archived one is over.
#[derive(Debug)]
pub struct HealthDeclarer(ProjectViewer);

impl HealthDeclarer {
    /// The viewer, to show the page again.
    #[must_use]
    pub fn into_viewer(self) -> ProjectViewer {
        self.0
    }
}

impl std::ops::Deref for HealthDeclarer {
    type Target = ProjectViewer;
    fn deref(&self) -> &ProjectViewer {
        &self.0
    }
}

impl std::ops::DerefMut for HealthDeclarer {
    fn deref_mut(&mut self) -> &mut ProjectViewer {
        &mut self.0
    }
}

impl FromRequestParts<AppState> for HealthDeclarer {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let viewer = ProjectViewer::from_request_parts(parts, state).await?;
        if viewer.rights().may_declare_health() { Ok(Self(viewer)) } else { Err(Error::Forbidden) }
    }
}
