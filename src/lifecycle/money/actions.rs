//! Opening escalations, by a job that any number of processes run at once: each project is locked while its plan is looked at, and
//! whether it is to be looked at is asked of its row, never remembered.

use super::words;
use crate::{
    decisions::{
        clock::store::nobody_plays,
        matrix,
        raising::actions::{Ground, Raised, raise_in},
    },
    departments::organisation::store::organisation,
    events::Change,
    goals::money::{actions::FINANCE, alarm::opens, store},
    platform::{ids::ProjectId, locale::T},
    projects::{self, Part, PartKind, ProjectState, scope::store::lock},
    web::{AppState, Error, Result},
};
use std::sync::atomic::Ordering;

/// What the program is called in the log.
const REQUEST_ID: &str = "money";
/// The kind of disagreement.
const KIND: &str = "break_even_missed";
/// The department that answers what finance asks, where nobody leads: who sells.
const SALES: &str = "SAL";

/// Looks at every plan that has changed, and at those whose escalation has ended; answers how many escalations it opened. What cannot
/// be looked at stops nobody else.
///
/// # Errors
/// When the database is away.
pub async fn run(state: &AppState) -> Result<usize> {
    let due = {
        let mut lease = state.db.lease().await?;
        store::due(&mut lease).await?
    };
    let mut opened = 0;
    for project in due {
        if state.is_stopping.load(Ordering::Relaxed) {
            break;
        }
        match look(state, project).await {
            Ok(is_opened) => opened += usize::from(is_opened),
            Err(problem) => tracing::error!(%problem, %project, "a commercial plan cannot be watched"),
        }
    }
    Ok(opened)
}

/// Looks at one plan, under the lock of its project. Whether an escalation was opened.
async fn look(state: &AppState, project: ProjectId) -> Result<bool> {
    let mut change = Change::by(state, None, "", REQUEST_ID).await?;
    if !nobody_plays(change.conn()).await? {
        return Ok(false);
    }
    lock(change.conn(), project).await?;
    let at = change.now();
    // Another process may have looked at it while this one waited.
    if !store::due(change.conn()).await?.contains(&project) {
        return Ok(false);
    }
    let earlier = store::earlier(change.conn(), project, at).await?;
    store::looked_at(change.conn(), project).await?;
    let money = store::money(change.conn(), project).await?;
    let wrong = money.as_ref().map(|money| opens(money, earlier.as_ref())).unwrap_or_default();
    let (Some(money), false) = (money, wrong.is_empty()) else {
        change.commit_any().await?;
        return Ok(false);
    };
    let speaker = store::speaker(change.conn(), project).await?.unwrap_or(money.by_id);
    let held = projects::store::held(change.conn(), speaker, &[project]).await?.pop();
    let Some(held) = held.filter(|held| held.state == ProjectState::Active) else { return Ok(false) };
    let organisation = organisation(change.conn()).await?.ok_or_else(|| Error::internal("no organisation"))?;
    let (Some(from), Some(to)) = sides(&held.parts) else {
        return Err(Error::internal("a project without two sides"));
    };
    let kind = matrix::matrix().map_err(Error::internal)?.kind(KIND);
    let kind = kind.ok_or_else(|| Error::internal("no kind for break-even"))?;
    let raise = words::raise(T(organisation.language), &money, &wrong, kind, (from.id, to.id));
    let ground = Ground { project, key: &held.key, parts: &held.parts, by: speaker, is_drafted: true };
    match raise_in(&mut change, &ground, &raise).await? {
        Raised::As(_) => {
            store::opened(change.conn(), project, raise.id, (&money, at)).await?;
            change.commit().await?;
            Ok(true)
        }
        Raised::NoSuchTask => Err(Error::internal("an escalation of money names no task")),
    }
}

/// Between whom: finance, else the lead, and the lead, else who sells, else any other department.
fn sides(parts: &[Part]) -> (Option<&Part>, Option<&Part>) {
    let of = |code: &str| parts.iter().find(|part| part.kind == PartKind::Department && part.code == code);
    let lead = parts.iter().find(|part| part.kind == PartKind::Lead);
    let from = of(FINANCE).or(lead);
    let is_other = |part: &&Part| Some(part.id) != from.map(|from| from.id);
    let any = parts.iter().find(|part| part.kind == PartKind::Department && is_other(part));
    (from, lead.filter(is_other).or(of(SALES)).or(any))
}
