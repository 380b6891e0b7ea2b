//! The forms of stepping aside and coming back; they stand on the page of the escalation.

use super::actions;
use crate::{
    decisions::{
        escalations::{
            Case,
            access::require,
            pages::{back, faster, refuse},
        },
        hearing::model::too_long,
    },
    web::{AppState, Errors, Fields, Result, Routes, Tier},
};
use axum::extract::State;

/// Longest reason, in characters.
const REASON: usize = 500;

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().post(Tier::Project, "/p/{key}/escalations/{number}/aside", step_aside).post(
        Tier::Project,
        "/p/{key}/escalations/{number}/back",
        come_back,
    )
}

async fn step_aside(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    require(case.holds_vote())?;
    let t = case.shell().t;
    let reason = fields.text("aside_reason");
    let wrong = if reason.is_empty() {
        Some(t.aside_reason_missing())
    } else if too_long(&reason, REASON) {
        Some(t.decisions_too_long(REASON))
    } else {
        None
    };
    if let Some(wrong) = wrong {
        return refuse(&state, case, "aside", fields, Errors::none().with("aside_reason", wrong)).await;
    }
    match actions::step_aside(&state, &mut case, &reason).await {
        Ok(_) => Ok(back(&case, t.aside_done())),
        Err(refused) => faster(&state, case, "aside", fields, refused).await,
    }
}

async fn come_back(State(state): State<AppState>, mut case: Case) -> Result {
    require(case.holds_vote())?;
    actions::come_back(&state, &mut case).await?;
    Ok(back(&case, case.shell().t.aside_back_done()))
}
