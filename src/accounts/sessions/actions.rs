//! Opening and ending sessions.

use super::{
    device, store,
    store::{Listed, NewSession},
    visit::{Cookies, Visit},
};
use crate::{
    accounts::{links, session::token_hash, work_links},
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::ids::{PersonId, SessionId, new_secret},
    web::{self, Error, Viewer},
};
use jiff::SignedDuration;

/// "Keep me signed in".
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Otherwise, and at most until the browser is closed.
const SHORT: SignedDuration = SignedDuration::from_hours(12);

/// Whose session is opened.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a> {
    /// Who.
    pub id: PersonId,
    /// Their address, as the event's label.
    pub email: &'a str,
    /// Their name.
    pub name: &'a str,
}

/// Opens a session with a fresh secret and ends the one that the browser had.
///
/// # Errors
/// Of the database, or when the system gives no random bytes.
pub async fn open(change: &mut Change, visit: &Visit, owner: Owner<'_>, keep: bool) -> web::Result<Cookies> {
    let now = change.now();
    let secret = new_secret().map_err(Error::internal)?;
    let browser = match &visit.browser {
        Some(browser) => browser.clone(),
        None => new_secret().map_err(Error::internal)?,
    };
    let lasts = if keep { KEPT } else { SHORT };
    let id = SessionId::new();
    if let Some(old) = &visit.session {
        store::delete_by_token(change.conn(), &token_hash(old)).await?;
    }
    let new = NewSession {
        id,
        person_id: owner.id,
        token_hash: &token_hash(&secret),
        user_agent: &visit.user_agent,
        address: &visit.address(),
        now,
        expires_at: now.checked_add(lasts).map_err(Error::internal)?,
    };
    store::insert(change.conn(), &new).await?;
    store::remember_browser(change.conn(), owner.id, &token_hash(&browser), now).await?;
    change.record(
        Event::new(Kind::SignedIn, Subject::new(SubjectKind::Session, id.uuid(), owner.email, owner.name))
            .after("address", visit.address())
            .after("browser", device_text(&visit.user_agent)),
    );
    Ok(Cookies { session: secret, browser, max_age: keep.then(|| KEPT.as_secs()) })
}

/// Ends the session of the request itself; whether there still was one.
///
/// # Errors
/// Of the database.
pub async fn sign_out(change: &mut Change, viewer: &Viewer) -> web::Result<bool> {
    if store::delete_one(change.conn(), viewer.person_id, viewer.session_id).await?.is_none() {
        return Ok(false);
    }
    change.record(Event::new(
        Kind::SignedOut,
        Subject::new(SubjectKind::Session, viewer.session_id.uuid(), &viewer.email, &viewer.name),
    ));
    Ok(true)
}

/// Ends one of one's own sessions; whether there was one.
///
/// # Errors
/// Of the database.
pub async fn revoke(change: &mut Change, viewer: &Viewer, id: SessionId) -> web::Result<bool> {
    let Some((user_agent, address)) = store::delete_one(change.conn(), viewer.person_id, id).await? else {
        return Ok(false);
    };
    let owner = Owner { id: viewer.person_id, email: &viewer.email, name: &viewer.name };
    record_revoked(change, id, &user_agent, &address, owner);
    Ok(true)
}

/// Ends all sessions of a person but `except`, and every link that opens something without one: in letters, and those for a new
/// password; how many sessions.
///
/// # Errors
/// Of the database.
pub async fn revoke_others(change: &mut Change, owner: Owner<'_>, except: Option<SessionId>) -> web::Result<usize> {
    let ended: Vec<Listed> = store::delete_others(change.conn(), owner.id, except).await?;
    for session in &ended {
        record_revoked(change, session.id, &session.user_agent, &session.address, owner);
    }
    let now = change.now();
    if links::store::end_all(change.conn(), owner.id, now).await? > 0 {
        let subject = Subject::new(SubjectKind::Person, owner.id.uuid(), owner.email, owner.name);
        change.record(Event::new(Kind::ResetLinksEnded, subject));
    }
    work_links::actions::end_all(change, owner).await?;
    Ok(ended.len())
}

/// The session is called by its browser and its owner's address.
fn record_revoked(change: &mut Change, id: SessionId, user_agent: &str, address: &str, owner: Owner<'_>) {
    let browser = device_text(user_agent);
    change.record(
        Event::new(Kind::SessionRevoked, Subject::new(SubjectKind::Session, id.uuid(), owner.email, &browser))
            .before("address", address)
            .before("browser", browser.as_str())
            .before("person", owner.name),
    );
}

/// "Firefox, Windows": the same in every language.
fn device_text(user_agent: &str) -> String {
    let (browser, system) = device::names(user_agent);
    [browser, system].into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ")
}
