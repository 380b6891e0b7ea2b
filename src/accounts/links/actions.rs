//! Making links and following them.

use super::{
    letters,
    model::{Bearer, Purpose},
    store::{self, NewLink},
};
use crate::{
    accounts::{
        organisation,
        people::{self, Email, Person},
        session::token_hash,
        sessions::{
            self, Visit,
            actions::{Owner, revoke_others},
            visit::Cookies,
        },
        throttle::{
            Scope,
            actions::{Turn, ask},
        },
    },
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::{
        ids::new_secret,
        locale::Language,
        outbox::{self, QueueError},
    },
    web::{self, AppState, Error, Shell},
};

/// A link that was just made: the only moment at which its secret is known.
#[derive(Clone, Debug)]
pub struct Link {
    /// The full address, to be copied.
    pub address: String,
    /// Whether a letter with it is on its way.
    pub is_mailed: bool,
}

impl From<QueueError> for Error {
    fn from(problem: QueueError) -> Self {
        match problem {
            QueueError::Database(problem) => problem.into(),
            QueueError::Template(problem) => problem.into(),
        }
    }
}

/// Makes a link for a person and queues its letter; older links of its kind end. The caller records the event, commits,
/// and may then wake the sender, which looks every few seconds anyway.
pub(in crate::accounts) async fn make(
    state: &AppState,
    change: &mut Change,
    person: &Person,
    purpose: Purpose,
    inviter: &str,
) -> web::Result<Link> {
    let (now, created_by) = (change.now(), change.actor());
    let secret = new_secret().map_err(Error::internal)?;
    let new = NewLink {
        person: person.id,
        purpose,
        token_hash: &token_hash(&secret),
        created_by,
        now,
        expires_at: now.checked_add(purpose.lasts()).map_err(Error::internal)?,
    };
    store::insert(change.conn(), &new).await?;
    let organisation = organisation::find(change.conn()).await?;
    let fallback = organisation.as_ref().map_or(Language::English, |organisation| organisation.language);
    let name = organisation.map(|organisation| organisation.name).unwrap_or_default();
    let address = format!("{}{}", state.config.origin(), purpose.path(&secret));
    let language = person.language_or(fallback);
    let letter = letters::with_link(purpose, &person.email, &person.name, language, &name, inviter, &address);
    let is_mailed = outbox::queue(change.conn(), &state.config, now, &letter).await?;
    Ok(Link { address, is_mailed })
}

/// The person whom a link lets in, if it works.
///
/// # Errors
/// Of the database.
pub async fn bearer(state: &AppState, purpose: Purpose, secret: &str) -> web::Result<Option<Bearer>> {
    let now = state.clock.now();
    Ok(store::bearer(&mut *state.db.lease().await?, purpose, &token_hash(secret), now).await?)
}

/// Asks for a letter with a link to a new password. Whatever was typed, the answer is the same; seconds to wait when
/// this address asks too often.
///
/// # Errors
/// Of the database.
pub async fn ask_for_reset(state: &AppState, shell: &Shell, visit: &Visit, typed: &str) -> web::Result<Option<i64>> {
    let network = visit.network();
    if let Turn::Wait(seconds) = ask(&state.db, &state.clock, &[(Scope::LettersFromAddress, &network)]).await? {
        return Ok(Some(seconds));
    }
    let typed = typed.trim().to_lowercase();
    // Too many letters to one account: silence, or the answer would tell that there is one.
    let Turn::Now(_) = ask(&state.db, &state.clock, &[(Scope::Letters, &typed)]).await? else { return Ok(None) };
    let Ok(email) = typed.parse::<Email>() else { return Ok(None) };
    let mut change = Change::by(state, None, "", &shell.request_id).await?;
    let Some(person) = people::by_email(change.conn(), &email).await? else { return Ok(None) };
    if person.standing() != people::Standing::Active {
        return Ok(None);
    }
    make(state, &mut change, &person, Purpose::PasswordReset, "").await?;
    record_made(&mut change, &person, Purpose::PasswordReset);
    change.commit().await?;
    Ok(None)
}

/// Notes that a link was made.
pub(in crate::accounts) fn record_made(change: &mut Change, person: &Person, purpose: Purpose) {
    change.record(
        Event::new(Kind::LinkMade, Subject::new(SubjectKind::Person, person.id.uuid(), &person.email, &person.name))
            .after("purpose", purpose.as_str()),
    );
}

/// Sets a new password with a link: all sessions end, all browsers are strangers again, and this one is signed in.
/// None when the link does not work any more.
///
/// # Errors
/// Of the database or the hasher.
pub async fn reset_password(
    state: &AppState,
    shell: &Shell,
    visit: &Visit,
    secret: &str,
    password: &str,
) -> web::Result<Option<Cookies>> {
    let Some(bearer) = bearer(state, Purpose::PasswordReset, secret).await? else { return Ok(None) };
    let hash = state.hasher.hash(password).await.map_err(Error::internal)?;
    let mut change = Change::by(state, Some(bearer.id), &bearer.name, &shell.request_id).await?;
    let Some(person) = redeem(&mut change, &bearer, Purpose::PasswordReset, secret).await? else { return Ok(None) };
    people::store::set_password(change.conn(), person.id, &hash).await?;
    change.record(Event::new(
        Kind::PasswordReset,
        Subject::new(SubjectKind::Person, person.id.uuid(), &person.email, &person.name),
    ));
    let owner = Owner { id: person.id, email: &person.email, name: &person.name };
    revoke_others(&mut change, owner, None).await?;
    sessions::store::forget_browsers(change.conn(), person.id).await?;
    let cookies = sessions::actions::open(&mut change, visit, owner, false).await?;
    change.commit().await?;
    Ok(Some(cookies))
}

/// What an invited person says about themselves.
#[derive(Clone, Debug)]
pub struct Joining {
    /// Their name.
    pub name: String,
    /// Their language.
    pub language: Language,
    /// A checked password.
    pub password: String,
}

/// Joins with an invitation and is signed in. None when the link does not work any more.
///
/// # Errors
/// Of the database or the hasher.
pub async fn join(
    state: &AppState,
    shell: &Shell,
    visit: &Visit,
    secret: &str,
    joining: &Joining,
) -> web::Result<Option<Cookies>> {
    let Some(bearer) = bearer(state, Purpose::Invitation, secret).await? else { return Ok(None) };
    let hash = state.hasher.hash(&joining.password).await.map_err(Error::internal)?;
    let mut change = Change::by(state, Some(bearer.id), &joining.name, &shell.request_id).await?;
    let Some(mut person) = redeem(&mut change, &bearer, Purpose::Invitation, secret).await? else { return Ok(None) };
    person.name.clone_from(&joining.name);
    person.language = Some(joining.language.tag().to_owned());
    if !people::store::update(change.conn(), &person, person.version).await? {
        return Err(Error::Conflict);
    }
    people::store::set_password(change.conn(), person.id, &hash).await?;
    change.record(
        Event::new(
            Kind::PersonJoined,
            Subject::new(SubjectKind::Person, person.id.uuid(), &person.email, &person.name),
        )
        .field("name", bearer.name.as_str(), person.name.as_str())
        .after("role", person.role.as_str()),
    );
    let owner = Owner { id: person.id, email: &person.email, name: &person.name };
    let cookies = sessions::actions::open(&mut change, visit, owner, true).await?;
    change.commit().await?;
    Ok(Some(cookies))
}

/// Uses the link up and locks its person, who must still be allowed in.
async fn redeem(change: &mut Change, bearer: &Bearer, purpose: Purpose, secret: &str) -> web::Result<Option<Person>> {
    let now = change.now();
    let person = people::store::lock(change.conn(), bearer.id).await?;
    let Some(person) = person.filter(|person| person.is_active) else { return Ok(None) };
    let is_ours = store::spend(change.conn(), purpose, &token_hash(secret), now).await?;
    Ok(is_ours.then_some(person))
}
