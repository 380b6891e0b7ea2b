//! Creating the organisation and its first administrator.

use super::{model::NewOrganisation, store};
use crate::{
    accounts::{
        people::{self, Email},
        session::token_hash,
        sessions::actions::Owner,
    },
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::ids::{PersonId, new_secret, new_uuid},
    web::{self, AppState, Error, shell::OrganisationRole},
};
use jiff::civil::Weekday;
use sqlx::PgConnection;
use std::sync::atomic::Ordering;

/// Whether set-up has been done. It is never undone, so once seen it is not asked for again.
///
/// # Errors
/// Of the database.
pub async fn is_set_up(state: &AppState) -> web::Result<bool> {
    if state.is_set_up.load(Ordering::Relaxed) {
        return Ok(true);
    }
    let found = store::exists(&mut *state.db.lease().await?).await?;
    state.is_set_up.store(found, Ordering::Relaxed);
    Ok(found)
}

/// Makes the token that opens the set-up page until the organisation exists; none when it does. Those made before stop
/// working: an address in an old log opens nothing.
///
/// # Errors
/// Of the database, or when the system gives no random bytes.
pub async fn make_setup_token(state: &AppState) -> web::Result<Option<String>> {
    if is_set_up(state).await? {
        return Ok(None);
    }
    let secret = new_secret().map_err(Error::internal)?;
    store::replace_tokens(&mut *state.db.lease().await?, &token_hash(&secret), state.clock.now()).await?;
    Ok(Some(secret))
}

/// A token beside the one that was printed, for the demo: should it fail, the printed address still works.
///
/// # Errors
/// As [`make_setup_token`].
pub async fn add_setup_token(state: &AppState) -> web::Result<Option<String>> {
    if is_set_up(state).await? {
        return Ok(None);
    }
    let secret = new_secret().map_err(Error::internal)?;
    store::insert_token(&mut *state.db.lease().await?, &token_hash(&secret), state.clock.now()).await?;
    Ok(Some(secret))
}

/// Proof that the set-up page may be used: a token of this installation.
#[derive(Debug)]
pub struct SetupToken(());

impl SetupToken {
    /// Checks a token.
    ///
    /// # Errors
    /// Of the database.
    pub async fn check(conn: &mut PgConnection, secret: &str) -> web::Result<Option<Self>> {
        Ok(store::has_token(conn, &token_hash(secret)).await?.then_some(Self(())))
    }

    /// Whoever runs the program on its own machine needs none.
    #[must_use]
    pub fn at_the_console() -> Self {
        Self(())
    }
}

/// The first administrator.
#[derive(Debug)]
pub struct FirstAdministrator {
    /// Sign-in name.
    pub email: Email,
    /// Their name.
    pub name: String,
    /// The hash of a checked password.
    pub password_hash: String,
}

/// Creates the organisation; false when somebody was faster. The tokens are spent.
///
/// # Errors
/// Of the database.
pub async fn create(change: &mut Change, _proof: &SetupToken, new: &NewOrganisation) -> web::Result<bool> {
    let (id, now) = (new_uuid(), change.now());
    if !store::insert(change.conn(), id, new, now).await? {
        return Ok(false);
    }
    store::delete_tokens(change.conn()).await?;
    let days: Vec<i8> = new.working_days.iter().copied().map(Weekday::to_monday_one_offset).collect();
    change.record(
        Event::new(Kind::OrganisationCreated, Subject::new(SubjectKind::Organisation, id, "", &new.name))
            .after("name", new.name.as_str())
            .after("language", new.language.tag())
            .after("time_zone", new.time_zone.as_str())
            .after("working_days", days),
    );
    Ok(true)
}

/// Adds an administrator who can sign in at once; none when the address is taken.
///
/// # Errors
/// Of the database.
pub async fn add_administrator(
    change: &mut Change,
    _proof: &SetupToken,
    administrator: &FirstAdministrator,
) -> web::Result<Option<PersonId>> {
    let id = PersonId::new();
    if people::by_email(change.conn(), &administrator.email).await?.is_some() {
        return Ok(None);
    }
    let now = change.now();
    let row = people::store::Row {
        id,
        email: administrator.email.as_str(),
        name: &administrator.name,
        password_hash: Some(&administrator.password_hash),
        role: OrganisationRole::Administrator,
        title: "",
        department_id: None,
        language: None,
        now,
    };
    people::store::insert(change.conn(), &row).await?;
    change.record(
        Event::new(
            Kind::PersonJoined,
            Subject::new(SubjectKind::Person, id.uuid(), administrator.email.as_str(), &administrator.name),
        )
        .after("role", "administrator"),
    );
    Ok(Some(id))
}

impl FirstAdministrator {
    /// As the owner of a session.
    #[must_use]
    pub fn owner(&self, id: PersonId) -> Owner<'_> {
        Owner { id, email: self.email.as_str(), name: &self.name }
    }
}
