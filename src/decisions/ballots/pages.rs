//! The form of a ballot.

use super::{
    actions::{self, CastAnswer},
    model::{REASON, Vote},
};
use crate::{
    decisions::{
        escalations::{
            Case,
            access::require,
            pages::{back, faster, refuse},
        },
        hearing::model::too_long,
    },
    web::{AppState, Error, Errors, Fields, Result, Routes, Tier},
};
use axum::extract::State;

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().post(Tier::Project, "/p/{key}/escalations/{number}/ballot", cast)
}

async fn cast(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    require(case.may_vote() || case.may_advise())?;
    let t = case.shell().t;
    let reason = fields.text("reason");
    let mut errors = Errors::none();
    let vote = match fields.get("vote") {
        "" => {
            errors.add("vote", t.escalation_vote_missing());
            Vote::None
        }
        "none" => Vote::None,
        id => Vote::For(id.parse().map_err(|_| Error::Unprocessable)?),
    };
    if too_long(&reason, REASON) {
        errors.add("reason", t.decisions_too_long(REASON));
    }
    if !errors.is_empty() {
        return refuse(&state, case, "ballot", fields, errors).await;
    }
    match actions::cast(&state, &mut case, vote, &reason, fields.value("pack_version")).await {
        Err(refused) => faster(&state, case, "ballot", fields, refused).await,
        Ok(CastAnswer::Cast) if case.may_vote() => Ok(back(&case, t.escalation_vote_cast())),
        Ok(CastAnswer::Cast) => Ok(back(&case, t.escalation_advice_given())),
        Ok(CastAnswer::NeedsReason) => {
            let errors = Errors::none().with("reason", t.escalation_reason_missing());
            refuse(&state, case, "ballot", fields, errors).await
        }
    }
}
