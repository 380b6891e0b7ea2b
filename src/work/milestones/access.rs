//! Who may change milestones: the GTM lead.

use super::{Milestone, store};
use crate::{
    platform::ids::MilestoneId,
    projects::{ProjectViewer, Tab},
    web::{AppState, Error, Result, paths},
    work::tasks::access::Ground,
};
use axum::{extract::FromRequestParts, http::request::Parts};

/// Somebody who may change the milestones of a project. Holds no connection, as the proofs over tasks.
#[derive(Clone, Debug)]
pub struct MilestoneEditor {
    ground: Ground,
    milestone: Option<Milestone>,
}

impl MilestoneEditor {
    /// The project.
    #[must_use]
    pub fn ground(&self) -> &Ground {
        &self.ground
    }

    /// The milestone that `{id}` in the address names.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the address names none.
    pub fn milestone(&self) -> Result<&Milestone> {
        self.milestone.as_ref().ok_or(Error::NotFound)
    }
}

impl FromRequestParts<AppState> for MilestoneEditor {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let names_one =
            parts.extensions.get::<axum::extract::MatchedPath>().is_some_and(|path| path.as_str().contains("{id}"));
        let id: Option<MilestoneId> = if names_one { Some(paths::parameter(parts, "id").await?) } else { None };
        let (ground, mut lease) = Ground::leave(ProjectViewer::from_request_parts(parts, state).await?, Tab::Work);
        let milestone = match id {
            Some(id) => Some(store::find(&mut lease, ground.project.id, id).await?.ok_or(Error::NotFound)?),
            None => None,
        };
        if ground.rights.may_edit_milestones() { Ok(Self { ground, milestone }) } else { Err(Error::Forbidden) }
    }
}
