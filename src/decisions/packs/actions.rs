//! Freezing what the committee has in front of it.

use super::{
    differences::{Change as Difference, differences},
    model::Content,
    store::{self, Kept},
};
use crate::{
    decisions::escalations::{Case, Dossier, State, store as escalations},
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::ids::{PersonId, ProjectId},
    web::{Error, Result},
};

/// Keeps a version of the pack if the escalation is before the committee and differs from the newest version; called at
/// the end of whatever changes an escalation, in its transaction. `before` is the escalation as it was locked: one that
/// came before the committee without a pack gets the first version from it.
///
/// # Errors
/// Of the database.
pub async fn keep(change: &mut Change, case: &Case, before: &Dossier) -> Result<()> {
    let frozen = (before.state == State::WithCommittee).then_some(before);
    freeze(change, case.project().id, before.number, Some(case.person()), frozen).await
}

/// As [`keep`], by anybody: nobody where the clock passes it on.
///
/// # Errors
/// Of the database.
pub async fn freeze(
    change: &mut Change,
    project: ProjectId,
    number: i32,
    by: Option<PersonId>,
    before: Option<&Dossier>,
) -> Result<()> {
    let now = escalations::dossier(change.conn(), project, number).await?.ok_or(Error::NotFound)?;
    if now.state != State::WithCommittee {
        return Ok(());
    }
    let mut newest = store::versions(change.conn(), project, now.id, &[-1]).await?.pop();
    if let (None, Some(before)) = (&newest, before) {
        newest = Some(write(change, project, before, by, None).await?);
    }
    if newest.as_ref().is_none_or(|newest| newest.content != Content::of(&now)) {
        write(change, project, &now, by, newest.as_ref()).await?;
    }
    Ok(())
}

async fn write(
    change: &mut Change,
    project: ProjectId,
    now: &Dossier,
    by: Option<PersonId>,
    newest: Option<&Kept>,
) -> Result<Kept> {
    let content = Content::of(now);
    let changes = newest.map(|newest| differences(&newest.content, &content)).unwrap_or_default();
    let version = newest.map_or(1, |newest| newest.version + 1);
    let choices_since = match newest {
        Some(newest) if !changes.iter().any(Difference::is_of_choices) => newest.choices_since,
        _ => version,
    };
    let hash = content.hash().map_err(Error::internal)?;
    let kept = Kept { version, content, hash, choices_since };
    let at = change.now();
    store::keep(change.conn(), project, now.id, &kept, &changes, by, at).await?;
    let subject = Subject::new(SubjectKind::Escalation, now.uuid(), now.label(), &now.question);
    change.record(Event::new(Kind::PackKept, subject).of(project).after("pack_version", version));
    Ok(kept)
}
