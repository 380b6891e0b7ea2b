//! Changes that people make to themselves; the proof is the session, as [`Shell`] carries it.

use super::form::Profile;
use crate::{
    accounts::{
        people::{Person, store as people},
        session::token_hash,
        sessions::{
            Visit,
            actions::{Owner, revoke_others},
            store as sessions,
        },
        throttle::{
            Scope,
            actions::{Turn, ask},
        },
    },
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::locale::Language,
    web::{AppState, Error, Result, Shell, shell::Theme},
};

/// One switch of the account menu.
#[derive(Clone, Copy, Debug)]
pub enum Preference {
    /// The words.
    Language(Language),
    /// The colours; none as the system says.
    Theme(Option<Theme>),
}

/// Keeps a choice with the person; signed out there is none to keep it with, and the cookie alone remembers.
///
/// # Errors
/// Of the database.
pub async fn choose(state: &AppState, shell: &Shell, preference: Preference) -> Result<()> {
    if shell.viewer.is_none() {
        return Ok(());
    }
    let mut change = Change::begin(state, shell).await?;
    let before = lock(&mut change, shell).await?;
    let mut person = before.clone();
    match preference {
        Preference::Language(language) => person.language = Some(language.tag().to_owned()),
        Preference::Theme(theme) => person.theme = theme.map(|theme| theme.as_str().to_owned()),
    }
    if write(&mut change, &before, &person).await? {
        change.commit().await?;
    }
    Ok(())
}

/// Writes the profile. The person as they are now when somebody, or another window, was faster than `version`.
///
/// # Errors
/// Of the database.
pub async fn save(state: &AppState, shell: &Shell, profile: &Profile, version: i32) -> Result<Option<Person>> {
    let mut change = Change::begin(state, shell).await?;
    let before = lock(&mut change, shell).await?;
    if before.version != version {
        return Ok(Some(before));
    }
    let mut person = before.clone();
    person.name.clone_from(&profile.name);
    person.title.clone_from(&profile.title);
    person.language = profile.language.map(|language| language.tag().to_owned());
    person.time_zone.clone_from(&profile.time_zone);
    person.theme = profile.theme.map(|theme| theme.as_str().to_owned());
    if write(&mut change, &before, &person).await? {
        change.commit().await?;
    }
    Ok(None)
}

async fn lock(change: &mut Change, shell: &Shell) -> Result<Person> {
    let id = shell.viewer()?.person_id;
    people::lock(change.conn(), id).await?.filter(|person| person.is_active).ok_or(Error::SignIn)
}

/// Whether anything was different.
async fn write(change: &mut Change, before: &Person, after: &Person) -> Result<bool> {
    let event = Event::new(
        Kind::SettingsChanged,
        Subject::new(SubjectKind::Person, after.id.uuid(), &after.email, &after.name),
    )
    .field("name", before.name.as_str(), after.name.as_str())
    .field("title", before.title.as_str(), after.title.as_str())
    .field("language", before.language.clone(), after.language.clone())
    .field("time_zone", before.time_zone.clone(), after.time_zone.clone())
    .field("theme", before.theme.clone(), after.theme.clone());
    if !event.says_something() {
        return Ok(false);
    }
    if !people::update(change.conn(), after, before.version).await? {
        return Err(Error::Conflict);
    }
    change.record(event);
    Ok(true)
}

/// What came of a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordOutcome {
    /// It is the new one; this many other sessions ended.
    Changed(usize),
    /// The old one was another.
    WrongOld,
    /// Too many tries; again after some seconds.
    Wait(i64),
}

/// Changes the password of whoever knows the old one; all other sessions end.
///
/// # Errors
/// Of the database or the hasher.
pub async fn change_password(
    state: &AppState,
    shell: &Shell,
    visit: &Visit,
    old: &str,
    new: &str,
) -> Result<PasswordOutcome> {
    let viewer = shell.viewer()?;
    let who = viewer.person_id.to_string();
    let attempt = match ask(&state.db, &state.clock, &[(Scope::OldPassword, &who)]).await? {
        Turn::Now(attempt) => attempt,
        Turn::Wait(seconds) => return Ok(PasswordOutcome::Wait(seconds)),
    };
    let kept = people::password_hash(&mut *state.db.lease().await?, viewer.person_id).await?;
    if !state.hasher.verify(old, kept.as_deref()).await.map_err(Error::internal)? {
        return Ok(PasswordOutcome::WrongOld);
    }
    let hash = state.hasher.hash(new).await.map_err(Error::internal)?;
    let mut change = Change::begin(state, shell).await?;
    let person = lock(&mut change, shell).await?;
    // Somebody may have set another one while this one was being hashed.
    if people::password_hash(change.conn(), person.id).await? != kept {
        return Err(Error::Conflict);
    }
    attempt.succeeded(change.conn()).await?;
    people::set_password(change.conn(), person.id, &hash).await?;
    sessions::forget_browsers(change.conn(), person.id).await?;
    if let Some(browser) = &visit.browser {
        let now = change.now();
        sessions::remember_browser(change.conn(), person.id, &token_hash(browser), now).await?;
    }
    change.record(Event::new(
        Kind::PasswordChanged,
        Subject::new(SubjectKind::Person, person.id.uuid(), &person.email, &person.name),
    ));
    let owner = Owner { id: person.id, email: &person.email, name: &person.name };
    let ended = revoke_others(&mut change, owner, Some(viewer.session_id)).await?;
    change.commit().await?;
    Ok(PasswordOutcome::Changed(ended))
}
