//! What counts in the budget, one change after another: everything that adds to it holds the lock of the project. What the budget
//! does not hold waits for one escalation, which is opened here; more of it joins the open one.

use super::{
    access::Case,
    case::ScopeChange,
    ending,
    model::{Budget, Side, Sums, sums},
    store, words,
};
use crate::{
    decisions::{
        matrix,
        raising::{
            actions::{Ground, Raised, raise_in},
            joining::{self, Open},
        },
    },
    events::Change,
    platform::ids::{EscalationId, PartId, ProjectId},
    projects::scope::{self, Baseline, Days},
    web::{Error, Result},
};

/// The code of the kind of disagreement, and of evidence that joins it.
pub const KIND: &str = "scope";

/// The budget of the baseline in force, locked.
#[derive(Debug)]
pub struct Locked {
    /// The baseline.
    pub baseline: Baseline,
    /// Its budget.
    pub budget: Budget,
    /// The escalation that changes wait for, while it is open.
    pub open: Option<Open>,
}

/// Locks the budget of a project. Locks are taken in the order in which a decision takes them: first the escalation, then the
/// project. An escalation that has ended, but whose end nobody has looked at yet, is looked at first.
///
/// # Errors
/// [`Error::Conflict`] without a baseline; otherwise of the database.
pub async fn lock(change: &mut Change, project: ProjectId) -> Result<Locked> {
    let seen = store::open_escalation(change.conn(), project).await?;
    let mut open = match seen {
        Some(id) => joining::open(change, project, id).await?,
        None => None,
    };
    scope::store::lock(change.conn(), project).await?;
    let waited_for = store::open_escalation(change.conn(), project).await?;
    if waited_for != seen {
        // Somebody opened it, or ended it, while this one waited for the lock.
        open = match waited_for {
            Some(id) => joining::open(change, project, id).await?,
            None => None,
        };
    }
    if let (Some(id), None) = (waited_for, &open) {
        ending::settle(change, project, id).await?;
    }
    let baseline = scope::store::current(change.conn(), project).await?.ok_or(Error::Conflict)?;
    let (used, _) = store::used(change.conn(), project, baseline.id).await?;
    Ok(Locked { budget: Budget { of: baseline.budget, used }, baseline, open })
}

/// Who asked for how much, the ledger lines, and their sums.
async fn ledger(change: &mut Change, case: &Case, now: &ScopeChange) -> Result<words::Ledger> {
    let listed = store::lists::list(change.conn(), case.project().id).await?;
    let lines: Vec<_> = listed.into_iter().filter(|one| one.is_current).collect();
    let counted: Vec<_> = lines.iter().map(super::view::counted).collect();
    let (total, each): (Sums, Vec<(PartId, Sums)>) = sums(&counted);
    Ok(words::Ledger { lines, total, each, about: now.number })
}

/// Opens the escalation for a change that the budget does not hold, or joins the open one; answers its id and number.
///
/// # Errors
/// Of the database.
pub async fn escalate(
    change: &mut Change,
    case: &Case,
    locked: &Locked,
    now: &ScopeChange,
    (side, size, note): (Side, Days, &str),
) -> Result<(EscalationId, i32)> {
    let (project, t) = (case.project(), case.shell().t);
    let ground =
        Ground { project: project.id, key: &project.key, parts: case.parts(), by: case.person, is_drafted: true };
    let (Some(from), Some(to)) = (case.side(side), case.side(side.other())) else {
        return Err(Error::internal("a change without its sides"));
    };
    if let Some(open) = &locked.open {
        let asks = case.part(now.part).map(|part| part.name(t).to_owned()).unwrap_or_default();
        let piece = words::joins(t, now, size, &asks);
        joining::add_evidence(change, &ground, open, &piece).await?;
        return Ok((open.id, open.number));
    }
    let ledger = ledger(change, case, now).await?;
    let matrix = matrix::matrix().map_err(Error::internal)?;
    let kind = matrix.kind(KIND).ok_or_else(|| Error::internal("no kind for the change budget"))?;
    let raise = words::raise(&words::Facts {
        t,
        parts: case.parts(),
        now,
        size,
        budget: locked.budget,
        ledger: &ledger,
        kind,
        sides: (from.id, to.id),
        position: note,
    });
    let Raised::As(number) = raise_in(change, &ground, &raise).await? else {
        return Err(Error::internal("an escalation of changes names no task"));
    };
    let at = change.now();
    store::begin_waiting(change.conn(), project.id, raise.id, at).await?;
    let open = Open { id: raise.id, number, question: raise.question };
    if let Some(other) = now.acceptance(side.other())
        && let (Some(author), false) = (other.by_id, other.note.is_empty())
    {
        joining::speak(change, &ground, &open, (to.id, (author, other.by.as_deref().unwrap_or_default()), &other.note))
            .await?;
    }
    Ok((open.id, number))
}
