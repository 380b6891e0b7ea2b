//! Freezing what the committee has in front of it.

use super::{
    differences::{Change as Difference, differences},
    model::Content,
    store::{self, Kept},
};
use crate::{
    decisions::escalations::{Case, Dossier, State, actions::event, store as escalations},
    events::{Change, Kind},
    web::{Error, Result},
};

/// Keeps a version of the pack if the escalation is before the committee and differs from the newest version; called at
/// the end of whatever changes an escalation, in its transaction. `before` is the escalation as it was locked: one that
/// came before the committee without a pack gets the first version from it.
///
/// # Errors
/// Of the database.
pub async fn keep(change: &mut Change, case: &Case, before: &Dossier) -> Result<()> {
    let project = case.project().id;
    let now = escalations::dossier(change.conn(), project, before.number).await?.ok_or(Error::NotFound)?;
    if now.state != State::WithCommittee {
        return Ok(());
    }
    let newest = store::versions(change.conn(), project, now.id, &[-1]).await?.pop();
    let newest = match newest {
        None if before.state == State::WithCommittee => Some(write(change, case, before, None).await?),
        newest => newest,
    };
    let content = Content::of(&now);
    if newest.as_ref().is_some_and(|newest| newest.content == content) {
        return Ok(());
    }
    write(change, case, &now, newest.as_ref()).await?;
    Ok(())
}

async fn write(change: &mut Change, case: &Case, now: &Dossier, newest: Option<&Kept>) -> Result<Kept> {
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
    store::keep(change.conn(), case.project().id, now.id, &kept, &changes, case.person(), at).await?;
    change.record(event(Kind::PackKept, case, now).after("pack_version", version));
    Ok(kept)
}
