//! Thanking: right, rule, write, event and notice in one transaction.

use super::{
    access::Thanker,
    model::{Kind as ThingKind, Label},
    store::{self, New},
};
use crate::{
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::ids::{PersonId, ThanksId},
    web::{AppState, Result},
};

/// Why nobody was thanked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The project has no such thing.
    NoSuchThing,
    /// The person has no seat (any more).
    NotSeated,
    /// Nobody thanks themselves.
    Oneself,
    /// They were thanked for it already, by the same person.
    Again,
    /// The form has thanked already, with other words.
    Stale,
}

/// The form of a page that was gone back to, with other words, is no second sending.
fn sent_again(is_said: bool) -> std::result::Result<(), Refusal> {
    if is_said { Ok(()) } else { Err(Refusal::Stale) }
}

/// Somebody thanks somebody else; the same form sent twice thanks once.
///
/// # Errors
/// Of the database.
pub async fn thank(
    state: &AppState,
    thanker: &mut Thanker,
    id: ThanksId,
    (to, label, note): (PersonId, &Label, &str),
) -> Result<std::result::Result<(), Refusal>> {
    let (project, from) = (thanker.viewer().project().id, thanker.person);
    thanker.viewer_mut().release();
    let mut change = Change::begin(state, thanker.viewer().shell()).await?;
    let thing = store::thing(change.conn(), project, label).await?;
    let said = (from, to, thing.as_ref(), note);
    if let Some(is_said) = store::is_said(change.conn(), project, id, said).await? {
        return Ok(sent_again(is_said));
    }
    if to == from {
        return Ok(Err(Refusal::Oneself));
    }
    let people = store::people(change.conn(), project).await?;
    let Some((_, name)) = people.into_iter().find(|(person, _)| *person == to) else {
        return Ok(Err(Refusal::NotSeated));
    };
    let Some(thing) = thing else {
        return Ok(Err(Refusal::NoSuchThing));
    };
    let at = change.now();
    if !store::insert(change.conn(), project, &New { id, from, to, thing: &thing, note }, at).await? {
        // The same form may have come twice at once.
        let is_said = store::is_said(change.conn(), project, id, (from, to, Some(&thing), note)).await?;
        return Ok(is_said.map_or(Err(Refusal::Again), sent_again));
    }
    let kind = match thing.label.kind {
        ThingKind::Task => SubjectKind::Task,
        ThingKind::Request => SubjectKind::Request,
        ThingKind::Decision => SubjectKind::Decision,
    };
    let subject = Subject::new(kind, thing.id, thing.label.to_string(), &thing.title).zh(thing.title_zh);
    let event = Event::new(Kind::ThanksGiven, subject).of(project).after("thanked", name);
    change.record(event.after("thanked_id", to.to_string()).after("note", note));
    change.commit().await?;
    Ok(Ok(()))
}
