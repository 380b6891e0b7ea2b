//! Signing in. The same answer and the same work for a wrong password, an unknown address, an invitation that was not
//! followed yet, and a person who has left.

use crate::{
    accounts::{
        people::store::{self as people, Candidate},
        session::token_hash,
        sessions::{self, Visit, actions::Owner, visit::Cookies},
        throttle::{
            Scope,
            actions::{Try, Turn, ask},
        },
    },
    events::{Change, Event, Kind, Subject, SubjectKind},
    web::{self, AppState, Error, Shell},
};
use uuid::Uuid;

/// What came of it.
#[derive(Debug)]
pub enum Outcome {
    /// They are in.
    In(Cookies),
    /// Not with this address and password.
    Refused,
    /// Too many tries; again after some seconds.
    Wait(i64),
}

/// Tries to sign in.
///
/// # Errors
/// Of the database or the hasher.
pub async fn sign_in(
    state: &AppState,
    shell: &Shell,
    visit: &Visit,
    email: &str,
    password: &str,
    keep: bool,
) -> web::Result<Outcome> {
    let email = email.trim().to_lowercase();
    let browser_hash = visit.browser.as_deref().map(token_hash);
    let candidate = {
        let mut lease = state.db.lease().await?;
        people::candidate(&mut lease, &email, browser_hash.as_deref()).await?
    };
    let attempt = match ask_for_try(state, visit, &email, candidate.as_ref()).await? {
        Turn::Now(attempt) => attempt,
        Turn::Wait(seconds) => return Ok(Outcome::Wait(seconds)),
    };
    let kept = candidate.as_ref().filter(|person| person.is_active).and_then(|person| person.password_hash.as_deref());
    let matches = state.hasher.verify(password, kept).await.map_err(Error::internal)?;
    match candidate {
        Some(person) if matches => admit(state, shell, visit, &person, &attempt, keep).await.map(Outcome::In),
        found => refuse(state, shell, visit, found).await,
    }
}

async fn ask_for_try(state: &AppState, visit: &Visit, email: &str, candidate: Option<&Candidate>) -> web::Result<Turn> {
    let network = visit.network();
    if let Some(browser) = visit.browser.as_deref().filter(|_| candidate.is_some_and(|person| person.knows_browser)) {
        return ask(&state.db, &state.clock, &[(Scope::KnownBrowser, &format!("{browser} {email}"))]).await;
    }
    let pair = format!("{network} {email}");
    let counted = [(Scope::AccountFromAddress, pair.as_str()), (Scope::Account, email), (Scope::Address, &network)];
    ask(&state.db, &state.clock, &counted).await
}

async fn admit(
    state: &AppState,
    shell: &Shell,
    visit: &Visit,
    person: &Candidate,
    attempt: &Try,
    keep: bool,
) -> web::Result<Cookies> {
    let mut change = Change::by(state, Some(person.id), &person.name, &shell.request_id).await?;
    attempt.succeeded(change.conn()).await?;
    let owner = Owner { id: person.id, email: &person.email, name: &person.name };
    let cookies = sessions::actions::open(&mut change, visit, owner, keep).await?;
    change.commit().await?;
    Ok(cookies)
}

/// The audit learns the address that was typed only when it is somebody's: anything else may be a secret in the wrong
/// field.
async fn refuse(state: &AppState, shell: &Shell, visit: &Visit, found: Option<Candidate>) -> web::Result<Outcome> {
    let mut change = Change::by(state, None, "", &shell.request_id).await?;
    let subject = match &found {
        Some(person) => Subject::new(SubjectKind::Person, person.id.uuid(), &person.email, &person.name),
        None => Subject::new(SubjectKind::Person, Uuid::nil(), "unknown", ""),
    };
    change.record(Event::new(Kind::SignInRefused, subject).after("address", visit.address()));
    change.commit().await?;
    Ok(Outcome::Refused)
}
