//! What changes the limits.

use super::{
    model::{Asked, Limits, words},
    store,
};
use crate::{
    decisions::matrix::{EscalationMatrix, Limit},
    departments::OrganisationEditor,
    events::{Change, Event, Kind, Subject, SubjectKind, both},
    platform::locale::{Language, T},
    web::{Error, Result},
};
use serde_json::Value;

/// How it ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// They stand as asked.
    Done,
    /// Somebody changed the same category meanwhile; these stand now.
    Stale(Limits),
}

/// Sets what differs. Steps that run keep their time; those that begin from now on have the new one.
///
/// # Errors
/// Of the database.
pub async fn set(
    mut change: Change,
    _: &OrganisationEditor,
    matrix: &EscalationMatrix,
    asked: &[Asked],
) -> Result<Outcome> {
    let stand = store::lock(change.conn()).await?;
    let differing: Vec<&Asked> = asked.iter().filter(|one| stand.of(&one.category) != one.limits).collect();
    if differing.iter().any(|one| stand.version(&one.category) != one.version) {
        return Ok(Outcome::Stale(stand));
    }
    let by = change.actor().ok_or(Error::SignIn)?;
    let at = change.now();
    for one in differing {
        let Some(category) = matrix.category(&one.category) else { continue };
        store::set(change.conn(), &one.category, one.limits, by, at).await?;
        let before = stand.of(&one.category);
        let id = uuid::Uuid::nil();
        let subject = Subject::new(SubjectKind::Organisation, id, "", &category.name.en);
        change.record(
            Event::new(Kind::LimitsChanged, subject.zh(Some(category.name.zh.clone())))
                .field("limit_liaisons", value(before.liaisons), value(one.limits.liaisons))
                .field("limit_lead", value(Some(before.lead)), value(Some(one.limits.lead)))
                .field("limit_committee", value(Some(before.committee)), value(Some(one.limits.committee))),
        );
    }
    if change.has_events() {
        change.commit().await?;
    }
    Ok(Outcome::Done)
}

/// A limit as history shows it to readers of either language.
fn value(limit: Option<Limit>) -> Value {
    both(&words(T(Language::English), limit), &words(T(Language::Chinese), limit))
}
