//! The lead declares how the project stands.

use super::{
    access::HealthDeclarer,
    model::{Declaration, Mistake, differs_since},
    store::{self, Declared},
};
use crate::{
    events::{Change, Kind},
    platform::ids::HealthDeclarationId,
    projects::settings::actions::event,
    web::{Error, Result, shell::Health},
};

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It stands: now, or by the same form before.
    Declared,
    /// Somebody declared something else meanwhile.
    Stale,
    /// What is wrong.
    Mistaken(Mistake),
}

/// Lets a declaration stand that was made from the form with this id, over the version that it showed. Commits.
///
/// # Errors
/// Of the database.
pub async fn declare(
    mut change: Change,
    declarer: &HealthDeclarer,
    (id, version): (HealthDeclarationId, i32),
    said: &Declaration,
) -> Result<Outcome> {
    let (project, now) = (declarer.project(), change.now());
    let by = change.actor().ok_or(Error::SignIn)?;
    let kept = store::lock(change.conn(), project.id).await?.ok_or(Error::NotFound)?;
    // The form of a page that was gone back to, with other words, is no second sending.
    let note = if said.health.is_some() { said.note.as_str() } else { "" };
    let is_said = (kept.declared, kept.note.as_str()) == (said.health, note);
    if store::is_there(change.conn(), project.id, id).await? {
        return Ok(if is_said { Outcome::Declared } else { Outcome::Stale });
    }
    if kept.version != version {
        return Ok(Outcome::Stale);
    }
    if let Err(mistake) = said.check(kept.computed) {
        return Ok(Outcome::Mistaken(mistake));
    }
    if is_said {
        return Ok(Outcome::Declared);
    }
    let declared = Declared {
        id,
        health: said.health,
        computed: kept.computed,
        note: &said.note,
        by: (by, now),
        differs_since: differs_since(kept.differs_since, said.health, kept.computed, now),
    };
    store::declare(change.conn(), project.id, &declared).await?;
    let mut declaring = event(Kind::HealthDeclared, project)
        .before("declared", kept.declared.map(Health::as_str))
        .after("declared", said.health.map(Health::as_str))
        .after("health", kept.computed.as_str());
    if !said.note.is_empty() {
        declaring = declaring.after("reason", said.note.as_str());
    }
    change.record(declaring);
    change.commit().await?;
    Ok(Outcome::Declared)
}
