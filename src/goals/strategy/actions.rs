//! What changes the strategy: a new version in one transaction, with its event.

use super::{
    model::{Field, Texts},
    store,
};
use crate::{
    events::{Event, Kind, Subject, SubjectKind},
    goals::access::GoalsSetter,
    platform::ids::StrategyId,
    projects::scope::store::lock,
    web::{AppState, Result},
};

/// Why no version was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Somebody made another one meanwhile.
    Stale,
    /// It says what the one in force says.
    Unchanged,
}

/// What the form of the strategy gives.
#[derive(Debug)]
pub struct NewStrategy<'a> {
    /// Made with the form.
    pub id: StrategyId,
    /// The number of the version that the form was made from; 0 for none.
    pub seen: i32,
    /// What it says, without mistakes.
    pub texts: &'a Texts,
    /// Why it is changed; empty for the first.
    pub reason: &'a str,
}

/// The lead sets the strategy; a form that is sent twice makes one version. Of two forms at once one waits for the other: the
/// project is locked.
///
/// # Errors
/// Of the database.
pub async fn set(
    state: &AppState,
    setter: &mut GoalsSetter,
    new: &NewStrategy<'_>,
) -> Result<std::result::Result<(), Refusal>> {
    let mut change = setter.change(state).await?;
    let (project, by, at) = (setter.project().id, setter.person, change.now());
    lock(change.conn(), project).await?;
    let before = store::current(change.conn(), project).await?;
    if store::is_there(change.conn(), project, new.id).await? {
        // The form of a page that was gone back to, with other words, is no second sending.
        let is_said = before.as_ref().is_some_and(|before| new.texts.changed(&before.texts).is_empty());
        return Ok(if is_said { Ok(()) } else { Err(Refusal::Stale) });
    }
    if before.as_ref().map_or(0, |before| before.number) != new.seen {
        return Ok(Err(Refusal::Stale));
    }
    let changed = before.as_ref().map(|before| new.texts.changed(&before.texts));
    if changed.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Err(Refusal::Unchanged));
    }
    let number = new.seen + 1;
    if !store::insert(change.conn(), project, (new.id, number), (new.texts, new.reason), (by, at)).await? {
        return Ok(Err(Refusal::Stale));
    }
    let title = format!("Strategy version {number}");
    let subject =
        Subject::new(SubjectKind::Strategy, new.id.uuid(), "", title).zh(Some(format!("产品策略第 {number} 版")));
    let event = Event::new(Kind::StrategySet, subject).of(project);
    change.record(match changed {
        None => event.after("vision", new.texts.vision.as_str()),
        Some(fields) => {
            let names: Vec<&str> = fields.into_iter().map(Field::as_str).collect();
            event.after("fields", names).after("reason", new.reason)
        }
    });
    change.commit().await?;
    Ok(Ok(()))
}
