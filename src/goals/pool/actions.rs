//! Setting a pool: right, rule, write, event in one transaction.

use super::{
    form::{Form, Read, scale},
    model::{Pool, Weight},
    store::{self, New},
};
use crate::{
    events::{Event, Kind, Subject, SubjectKind},
    goals::{
        access::GoalsSetter,
        key_results::actions::kept,
        model::{Goals, KeyResult, Place},
    },
    projects::{Part, scope::store::lock},
    web::{AppState, Error, Result},
};

/// Whether a pool is what a form says.
fn is_said(stands: &Pool, form: &Form, read: &Read) -> bool {
    (stands.amount, &stands.currency, &stands.reason) == (read.amount, &form.currency, &form.reason)
        && stands.weights.len() == read.weights.len()
        && read.weights.iter().all(|weight| stands.weights.contains(weight))
}

/// Weights as History keeps them, in no language: `MKT KR1.1 2, SAL KR1.3 1`. What has left the project is not among them.
fn in_words(setter: &GoalsSetter, goals: &Goals, weights: &[Weight]) -> String {
    let words = |part: &Part, (place, one): (Place, &KeyResult)| {
        let found = weights.iter().find(|weight| weight.part == part.id && weight.key_result == one.id)?;
        Some(format!("{} KR{place} {}", part.code, found.weight))
    };
    let all = setter.departments().flat_map(|part| goals.key_results().filter_map(move |one| words(part, one)));
    all.collect::<Vec<_>>().join(", ")
}

/// The lead sets a pool, or another one in its place; the same form sent twice sets one.
///
/// # Errors
/// [`Error::Conflict`] when another one was set meanwhile, or by the same form; otherwise of the database.
pub async fn set(
    state: &AppState,
    setter: &mut GoalsSetter,
    goals: &Goals,
    (form, read): (&Form, &Read),
) -> Result<()> {
    let mut change = setter.change(state).await?;
    let (project, by, at) = (setter.project().id, setter.person, change.now());
    lock(change.conn(), project).await?;
    let pools = store::pools(change.conn(), project).await?;
    if let Some(stands) = pools.iter().find(|pool| pool.id == form.id) {
        // The form of a page that was gone back to, with other words, is no second sending.
        return if is_said(stands, form, read) { Ok(()) } else { Err(Error::Conflict) };
    }
    let before = pools.into_iter().next();
    if before.as_ref().map_or(0, |before| before.number) != form.seen {
        return Err(Error::Conflict);
    }
    let new = New {
        id: form.id,
        number: form.seen + 1,
        currency: &form.currency,
        amount: read.amount,
        reason: &form.reason,
        weights: &read.weights,
    };
    store::insert(change.conn(), project, &new, (by, at)).await?;
    let subject = Subject::new(SubjectKind::BonusPool, form.id.uuid(), "", "Bonus pool").zh(Some("奖金池".to_owned()));
    let event = Event::new(Kind::BonusPoolSet, subject).of(project);
    let event = match &before {
        Some(before) => event.before("amount", kept(&scale(&before.currency), before.amount)),
        None => event,
    };
    let event = event.after("amount", kept(&scale(&form.currency), read.amount));
    let were = before.as_ref().map(|before| in_words(setter, goals, &before.weights)).unwrap_or_default();
    let are = in_words(setter, goals, &read.weights);
    let event = if were == are { event } else { event.field("weights", &*were, &*are) };
    change.record(if form.reason.is_empty() { event } else { event.after("reason", form.reason.as_str()) });
    Ok(change.commit().await?)
}
