//! Stepping aside from one question, and coming back.

use super::store;
use crate::{
    decisions::escalations::{
        Case,
        access::require,
        actions::{event, must_be_open},
    },
    events::Kind,
    web::{AppState, Result},
};

/// A voting member steps aside: they do not vote on it, count for its quorum or record its decision. Stepped aside
/// already is done.
///
/// # Errors
/// [`Error::Forbidden`](crate::web::Error::Forbidden) for anybody without a vote,
/// [`Error::Conflict`](crate::web::Error::Conflict) once it is closed.
pub async fn step_aside(state: &AppState, case: &mut Case, reason: &str) -> Result<()> {
    require(case.holds_vote())?;
    let mut change = case.change(state).await?;
    let now = case.locked(&mut change).await?;
    must_be_open(&now)?;
    if now.aside_of(case.person()).is_some() {
        return Ok(());
    }
    let at = change.now();
    store::step_aside(change.conn(), case.project().id, now.id, case.person(), reason, at).await?;
    change.record(event(Kind::SteppedAside, case, &now).after("reason", reason));
    change.commit().await?;
    Ok(())
}

/// They come back before it is decided, and vote anew.
///
/// # Errors
/// As [`step_aside`].
pub async fn come_back(state: &AppState, case: &mut Case) -> Result<()> {
    require(case.holds_vote())?;
    let mut change = case.change(state).await?;
    let now = case.locked(&mut change).await?;
    must_be_open(&now)?;
    if now.aside_of(case.person()).is_none() {
        return Ok(());
    }
    let at = change.now();
    store::come_back(change.conn(), case.project().id, now.id, case.person(), at).await?;
    change.record(event(Kind::CameBack, case, &now));
    change.commit().await?;
    Ok(())
}
