//! Proofs of a right at a gate.

use super::{
    facts::{GateFacts, Stage, StageState},
    store,
};
use crate::{
    projects::ProjectViewer,
    web::{AppState, Error, Result, paths},
};
use axum::{extract::FromRequestParts, http::request::Parts};

/// Somebody who sees a gate: whoever sees the project.
#[derive(Debug)]
pub struct GateViewer {
    viewer: ProjectViewer,
    stage: Stage,
    facts: GateFacts,
}

impl GateViewer {
    /// The project as the person stands to it.
    #[must_use]
    pub fn project(&self) -> &ProjectViewer {
        &self.viewer
    }

    /// The stage whose gate it is.
    #[must_use]
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// What it stands on.
    #[must_use]
    pub fn facts(&self) -> &GateFacts {
        &self.facts
    }

    /// Whether the person attests figures: the lead, while the project is not over and the gate not passed.
    #[must_use]
    pub fn may_attest(&self) -> bool {
        self.viewer.rights().is_lead() && self.may_pass()
    }

    /// Whether the person takes the project through its gates.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        self.viewer.rights().may_manage() && self.stage.state != StageState::Passed
    }

    /// What was loaded, for good.
    #[must_use]
    pub fn into_parts(self) -> (ProjectViewer, Stage, GateFacts) {
        (self.viewer, self.stage, self.facts)
    }
}

impl FromRequestParts<AppState> for GateViewer {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let code: String = paths::parameter(parts, "stage").await?;
        let mut viewer = ProjectViewer::from_request_parts(parts, state).await?;
        let project = viewer.project().id;
        let facts = store::facts(viewer.conn(), project, Some(&code), state.clock.now()).await?;
        let stage = facts.stage().ok_or(Error::NotFound)?.clone();
        // The page needs nothing more, and a change takes a connection of its own.
        viewer.release();
        Ok(Self { viewer, stage, facts })
    }
}

/// Somebody who takes the project through its gates: the lead or an administrator.
#[derive(Debug)]
pub struct GateKeeper(GateViewer);

/// The lead, who attests what the data cannot answer.
#[derive(Debug)]
pub struct GateLead(GateViewer);

impl GateKeeper {
    /// What was proved.
    #[must_use]
    pub fn gate(&self) -> &GateViewer {
        &self.0
    }

    /// What was proved, for good.
    #[must_use]
    pub fn into_gate(self) -> GateViewer {
        self.0
    }
}

impl GateLead {
    /// What was proved.
    #[must_use]
    pub fn gate(&self) -> &GateViewer {
        &self.0
    }

    /// What was proved, for good.
    #[must_use]
    pub fn into_gate(self) -> GateViewer {
        self.0
    }
}

impl FromRequestParts<AppState> for GateKeeper {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let gate = GateViewer::from_request_parts(parts, state).await?;
        if gate.viewer.rights().may_manage() { Ok(Self(gate)) } else { Err(Error::Forbidden) }
    }
}

impl FromRequestParts<AppState> for GateLead {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let gate = GateViewer::from_request_parts(parts, state).await?;
        let rights = gate.viewer.rights();
        if rights.is_lead() && rights.may_manage() { Ok(Self(gate)) } else { Err(Error::Forbidden) }
    }
}
