//! Who may archive and restore: also when the project is archived and nothing else may be changed.

use crate::{
    projects::ProjectViewer,
    web::{AppState, Error, Result},
};
use axum::{extract::FromRequestParts, http::request::Parts};

/// The GTM lead or an administrator, whatever the state of the project.
#[derive(Debug)]
pub struct ProjectKeeper(ProjectViewer);

impl std::ops::Deref for ProjectKeeper {
    type Target = ProjectViewer;
    fn deref(&self) -> &ProjectViewer {
        &self.0
    }
}

impl std::ops::DerefMut for ProjectKeeper {
    fn deref_mut(&mut self) -> &mut ProjectViewer {
        &mut self.0
    }
}

impl FromRequestParts<AppState> for ProjectKeeper {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let viewer = ProjectViewer::from_request_parts(parts, state).await?;
        if viewer.rights().may_archive() { Ok(Self(viewer)) } else { Err(Error::Forbidden) }
    }
}
