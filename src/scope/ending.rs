//! The escalation about the budget has ended: what waited for it is taken in as far as the budget holds it now, in the order in which
//! both sides accepted it, and the rest is left out. Whoever closes an escalation puts the job into the queue, in the same
//! transaction; doing it again changes nothing.

use super::{
    actions::about,
    case::MoveKind,
    model::{Budget, Standing, State},
    store::{self, lists::waiting, moves::NewMove},
};
use crate::{
    events::{Change, Kind},
    platform::{
        ids::{ChangeMoveId, EscalationId, ProjectId},
        locale::{Language, T},
    },
    projects::scope,
    web::{AppState, Error, Result},
};

/// What the program is called in the log.
const REQUEST_ID: &str = "scope";

/// Looks at an escalation that was closed; whether anything waited for it.
///
/// # Errors
/// Of the database.
pub async fn run(state: &AppState, project: ProjectId, escalation: EscalationId) -> Result<bool> {
    let mut change = Change::by(state, None, "", REQUEST_ID).await?;
    scope::store::lock(change.conn(), project).await?;
    if store::open_escalation(change.conn(), project).await? != Some(escalation) {
        return Ok(false);
    }
    let is_done = settle(&mut change, project, escalation).await?;
    // Nothing is left to say of it when those that waited were withdrawn.
    change.commit_any().await?;
    Ok(is_done)
}

/// Takes in or leaves out what waits, in a change that does more. The project is locked; false while the escalation is open.
///
/// # Errors
/// Of the database.
pub async fn settle(change: &mut Change, project: ProjectId, escalation: EscalationId) -> Result<bool> {
    let end = store::ending(change.conn(), project, escalation).await?.ok_or(Error::NotFound)?;
    if end.by(T(Language::English)).is_none() {
        return Ok(false);
    }
    let at = change.now();
    if !store::end_waiting(change.conn(), project, escalation, at).await? {
        return Ok(false);
    }
    let baseline = scope::store::current(change.conn(), project).await?.ok_or(Error::NotFound)?;
    let (used, _) = store::used(change.conn(), project, baseline.id).await?;
    let waiting = waiting(change.conn(), project, escalation).await?;
    let sizes: Vec<_> = waiting.iter().map(|one| one.size).collect();
    let fits = Budget { of: baseline.budget, used }.take_in(&sizes);
    for (one, fits) in waiting.iter().zip(fits) {
        let standing = Standing { state: State::OverBudget, product: true, rnd: true };
        let next = standing.settle(fits)?;
        let kind = if fits { MoveKind::TakenIn } else { MoveKind::LeftOut };
        let moved =
            NewMove { id: ChangeMoveId::new(), kind, side: None, part: None, by: None, size: None, note: "", at };
        store::moves::add(change.conn(), project, one.id, &moved).await?;
        store::moves::write(change.conn(), project, one.id, next, (baseline.id, None), at).await?;
        let ended_by = end.decision.map_or_else(|| format!("E-{}", end.number), |decision| format!("D-{decision}"));
        let field = if end.decision.is_some() { "decision" } else { "escalation" };
        change.record(
            about(Kind::ChangeSettled, project, (one.id, one.number, &one.title))
                .field("state", State::OverBudget.as_str(), next.state.as_str())
                .after("size", one.size.value())
                .after(field, ended_by),
        );
    }
    Ok(true)
}
