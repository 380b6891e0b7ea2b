//! Who sets how the committee decides: the lead. Whether the chair is away, the chair says too.

use crate::{
    projects::ProjectViewer,
    web::{AppState, Error, Result},
};
use axum::{extract::FromRequestParts, http::request::Parts};

/// The lead, an administrator, or the chair, of a project that can be changed.
#[derive(Debug)]
pub struct Keeper(ProjectViewer);

impl Keeper {
    /// Sets the rule, the deputy and whether results are hidden.
    #[must_use]
    pub fn may_set_rules(&self) -> bool {
        self.0.rights().may_manage()
    }
}

impl std::ops::Deref for Keeper {
    type Target = ProjectViewer;
    fn deref(&self) -> &ProjectViewer {
        &self.0
    }
}

impl std::ops::DerefMut for Keeper {
    fn deref_mut(&mut self) -> &mut ProjectViewer {
        &mut self.0
    }
}

impl FromRequestParts<AppState> for Keeper {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let viewer = ProjectViewer::from_request_parts(parts, state).await?;
        let rights = viewer.rights();
        if rights.may_manage() || rights.may_decide() { Ok(Self(viewer)) } else { Err(Error::Forbidden) }
    }
}
