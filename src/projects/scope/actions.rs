//! What changes the baseline. The caller has proved the right, and commits.

use super::{
    model::{Baseline, Days},
    store::{self, NewBaseline},
};
use crate::{
    events::{Change, Event, Kind, Subject, SubjectKind, both},
    platform::ids::{BaselineId, DecisionId, PersonId},
    projects::{Part, Project},
};

/// The start of an event about a baseline.
fn event(kind: Kind, project: &Project, id: BaselineId, number: i32) -> Event {
    let subject = Subject::new(SubjectKind::Baseline, id.uuid(), "", format!("Scope baseline {number}"));
    Event::new(kind, subject.zh(Some(format!("需求基线 {number}")))).of(project.id)
}

/// Sets a baseline, the first or anew; nothing happens when the same form has set it.
///
/// # Errors
/// Of the database.
pub async fn set(
    change: &mut Change,
    (project, parts): (&Project, &[Part]),
    new: &NewBaseline<'_>,
    before: Option<&Baseline>,
    by: PersonId,
) -> Result<(), sqlx::Error> {
    let at = change.now();
    if !store::insert(change.conn(), project.id, new, by, at).await? {
        return Ok(());
    }
    let name = |id| {
        let part = parts.iter().find(|part| part.id == id);
        part.map_or_else(|| both("", ""), |part| both(&part.name_en, &part.name_zh))
    };
    let mut set = event(Kind::BaselineSet, project, new.id, new.number)
        .after("locked_on", new.locked_on.to_string())
        .after("product_side", name(new.product))
        .after("rnd_side", name(new.rnd))
        .after("budget", new.budget.value());
    if let Some(before) = before {
        set = set.before("budget", before.budget.value()).after("reason", new.reason);
    }
    change.record(set);
    Ok(())
}

/// Why a decision cannot set the budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The project has no baseline.
    NoBaseline,
    /// It is not above the budget as it stands.
    NotAbove,
}

/// A decision raises the budget; answers what it was.
///
/// # Errors
/// Of the database.
pub async fn raise_budget(
    change: &mut Change,
    project: &Project,
    to: Days,
    decision: DecisionId,
) -> Result<Result<Days, Refusal>, sqlx::Error> {
    store::lock(change.conn(), project.id).await?;
    let Some(baseline) = store::current(change.conn(), project.id).await? else { return Ok(Err(Refusal::NoBaseline)) };
    if to <= baseline.budget {
        return Ok(Err(Refusal::NotAbove));
    }
    let at = change.now();
    store::insert_budget(change.conn(), project.id, baseline.id, (to, decision), at).await?;
    let raised = event(Kind::BudgetRaised, project, baseline.id, baseline.number);
    change.record(raised.before("budget", baseline.budget.value()).after("budget", to.value()));
    Ok(Ok(baseline.budget))
}
