//! Changes that people make to themselves; the proof is the session, as [`Shell`] carries it.

use crate::{
    accounts::people::store as people,
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::locale::Language,
    web::{AppState, Result, Shell, shell::Theme},
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
    let Some(viewer) = &shell.viewer else { return Ok(()) };
    let mut change = Change::begin(state, shell).await?;
    let Some(before) = people::lock(change.conn(), viewer.person_id).await? else { return Ok(()) };
    let mut person = before.clone();
    match preference {
        Preference::Language(language) => person.language = Some(language.tag().to_owned()),
        Preference::Theme(theme) => person.theme = theme.map(|theme| theme.as_str().to_owned()),
    }
    let event = Event::new(
        Kind::SettingsChanged,
        Subject::new(SubjectKind::Person, person.id.uuid(), &person.email, &person.name),
    )
    .field("language", before.language.clone(), person.language.clone())
    .field("theme", before.theme.clone(), person.theme.clone());
    if !event.says_something() {
        return Ok(());
    }
    people::update(change.conn(), &person, before.version).await?;
    change.record(event);
    change.commit().await?;
    Ok(())
}
