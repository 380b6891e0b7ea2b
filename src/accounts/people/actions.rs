//! What administrators do with people. Every function takes the proof that an administrator acts, records its events
//! and leaves the commit to the caller.

use super::{
    model::{Email, Person},
    store::{self, Row},
};
use crate::{
    accounts::{
        access::Administrator,
        links::{
            self, Purpose,
            actions::{Link, record_made},
        },
        sessions::{self, actions::Owner},
        work_links,
    },
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::{
        ids::{DepartmentId, PersonId},
        locale::Language,
    },
    web::{self, AppState, shell::OrganisationRole},
};

/// Why a person could not be changed.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// Somebody else has this address.
    #[error("the address is taken")]
    EmailTaken,
    /// Nobody would be left who can run the installation.
    #[error("the last administrator")]
    LastAdministrator,
    /// There is no such person.
    #[error("no such person")]
    NotFound,
    /// Somebody else has changed them meanwhile.
    #[error("changed meanwhile")]
    Stale,
    /// They have joined already: there is nothing to invite them to.
    #[error("has joined")]
    HasJoined,
    /// They have not joined yet: there is no password to reset.
    #[error("has not joined")]
    HasNotJoined,
    /// They are deactivated: reactivate them first.
    #[error("deactivated")]
    Deactivated,
    /// The database, or our fault.
    #[error(transparent)]
    Web(#[from] web::Error),
}

impl From<sqlx::Error> for PeopleError {
    fn from(problem: sqlx::Error) -> Self {
        let constraint = problem.as_database_error().and_then(|database| database.constraint());
        if constraint == Some("people_email_unique") { Self::EmailTaken } else { Self::Web(problem.into()) }
    }
}

/// A person about to be invited.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// Made when the form was rendered: a form sent twice invites once.
    pub id: PersonId,
    /// Where the invitation goes, and the sign-in name.
    pub email: Email,
    /// 1 to 80 characters ([`super::model::check_name`]); they can change it when they join.
    pub name: String,
    /// In the organisation.
    pub role: OrganisationRole,
    /// What they do here; may be empty.
    pub title: String,
    /// Where they work, if in a department.
    pub department: Option<DepartmentId>,
    /// The language of the invitation.
    pub language: Language,
}

/// Invites a person. The link is none when the same form came before: the person is invited already, and only its
/// hash is kept; [`invite_again`] makes a new one.
///
/// # Errors
/// [`PeopleError::EmailTaken`].
pub async fn invite(
    state: &AppState,
    change: &mut Change,
    _proof: &Administrator,
    new: &NewPerson,
) -> Result<Option<Link>, PeopleError> {
    let now = change.now();
    let row = Row {
        id: new.id,
        email: new.email.as_str(),
        name: &new.name,
        password_hash: None,
        role: new.role,
        title: &new.title,
        department_id: new.department,
        language: Some(new.language.tag()),
        now,
    };
    if !store::insert(change.conn(), &row).await? {
        return Ok(None);
    }
    let person = lock(change, new.id).await?;
    let inviter = change.actor_name().to_owned();
    let link = links::actions::make(state, change, &person, Purpose::Invitation, &inviter).await?;
    change.record(
        Event::new(Kind::PersonInvited, subject(&person))
            .after("name", new.name.as_str())
            .after("email", new.email.as_str())
            .after("role", new.role.as_str()),
    );
    Ok(Some(link))
}

/// Makes a new invitation for somebody who has not joined yet; the older link ends.
///
/// # Errors
/// [`PeopleError::NotFound`], [`PeopleError::HasJoined`], [`PeopleError::Deactivated`].
pub async fn invite_again(
    state: &AppState,
    change: &mut Change,
    _proof: &Administrator,
    id: PersonId,
) -> Result<Link, PeopleError> {
    let person = lock_active(change, id).await?;
    if person.has_joined {
        return Err(PeopleError::HasJoined);
    }
    let inviter = change.actor_name().to_owned();
    let link = links::actions::make(state, change, &person, Purpose::Invitation, &inviter).await?;
    record_made(change, &person, Purpose::Invitation);
    Ok(link)
}

/// Makes a link with which a person sets a new password; the older link ends.
///
/// # Errors
/// [`PeopleError::NotFound`], [`PeopleError::HasNotJoined`], [`PeopleError::Deactivated`].
pub async fn make_reset_link(
    state: &AppState,
    change: &mut Change,
    _proof: &Administrator,
    id: PersonId,
) -> Result<Link, PeopleError> {
    let person = lock_active(change, id).await?;
    if !person.has_joined {
        return Err(PeopleError::HasNotJoined);
    }
    let link = links::actions::make(state, change, &person, Purpose::PasswordReset, "").await?;
    record_made(change, &person, Purpose::PasswordReset);
    Ok(link)
}

/// What an administrator can edit about a person, besides the role.
#[derive(Clone, Debug)]
pub struct Details {
    /// Sign-in name.
    pub email: Email,
    /// 1 to 80 characters.
    pub name: String,
    /// At most 120 characters; may be empty.
    pub title: String,
    /// Where they work, if in a department.
    pub department: Option<DepartmentId>,
}

/// Edits a person. False when nothing is different: then nothing is recorded either, and there is nothing to commit.
/// `department_names` are the names before and after, for the event.
///
/// # Errors
/// [`PeopleError::NotFound`], [`PeopleError::Stale`], [`PeopleError::EmailTaken`].
pub async fn update_person(
    change: &mut Change,
    _proof: &Administrator,
    id: PersonId,
    details: &Details,
    department_names: (&str, &str),
    version: i32,
) -> Result<bool, PeopleError> {
    let before = lock(change, id).await?;
    let mut person = before.clone();
    details.email.as_str().clone_into(&mut person.email);
    person.name.clone_from(&details.name);
    person.title.clone_from(&details.title);
    person.department_id = details.department;
    let event = Event::new(Kind::PersonChanged, subject(&person))
        .field("email", before.email.as_str(), person.email.as_str())
        .field("name", before.name.as_str(), person.name.as_str())
        .field("title", before.title.as_str(), person.title.as_str())
        .field("department", department_names.0, department_names.1);
    if before.version != version {
        return Err(PeopleError::Stale);
    }
    if !event.says_something() {
        return Ok(false);
    }
    if !store::update(change.conn(), &person, version).await? {
        return Err(PeopleError::Stale);
    }
    if before.email.as_str() != person.email.as_str() {
        // A link that was sent to the old address must not open the account any more.
        let now = change.now();
        links::store::end_all(change.conn(), id, now).await?;
        let owner = Owner { id, email: &person.email, name: &person.name };
        work_links::actions::end_all(change, owner).await?;
    }
    change.record(event);
    Ok(true)
}

/// Gives a person another role. False when they have it already.
///
/// # Errors
/// [`PeopleError::NotFound`], [`PeopleError::LastAdministrator`].
pub async fn set_role(
    change: &mut Change,
    _proof: &Administrator,
    id: PersonId,
    role: OrganisationRole,
) -> Result<bool, PeopleError> {
    if role != OrganisationRole::Administrator {
        leave_an_administrator(change, id).await?;
    }
    let before = lock(change, id).await?;
    if before.role == role {
        return Ok(false);
    }
    let mut person = before.clone();
    person.role = role;
    if !store::update(change.conn(), &person, before.version).await? {
        return Err(PeopleError::Stale);
    }
    change.record(Event::new(Kind::PersonRoleChanged, subject(&person)).field(
        "role",
        before.role.as_str(),
        role.as_str(),
    ));
    Ok(true)
}

/// Shuts a person out at their next request: sessions, known browsers and open links end. False when they were out.
///
/// # Errors
/// [`PeopleError::NotFound`], [`PeopleError::LastAdministrator`].
pub async fn deactivate(change: &mut Change, _proof: &Administrator, id: PersonId) -> Result<bool, PeopleError> {
    leave_an_administrator(change, id).await?;
    let person = lock(change, id).await?;
    if !person.is_active {
        return Ok(false);
    }
    let now = change.now();
    store::set_deactivated(change.conn(), id, Some(now)).await?;
    links::store::end_all(change.conn(), id, now).await?;
    sessions::store::forget_browsers(change.conn(), id).await?;
    change.record(Event::new(Kind::PersonDeactivated, subject(&person)));
    let owner = Owner { id, email: &person.email, name: &person.name };
    sessions::actions::revoke_others(change, owner, None).await?;
    Ok(true)
}

/// Lets a deactivated person in again, with the password they had. False when they were not deactivated.
///
/// # Errors
/// [`PeopleError::NotFound`].
pub async fn reactivate(change: &mut Change, _proof: &Administrator, id: PersonId) -> Result<bool, PeopleError> {
    let person = lock(change, id).await?;
    if person.is_active {
        return Ok(false);
    }
    store::set_deactivated(change.conn(), id, None).await?;
    change.record(Event::new(Kind::PersonReactivated, subject(&person)));
    Ok(true)
}

/// Holds the administrators until the end of the transaction and refuses when `id` is the only one who can sign in.
async fn leave_an_administrator(change: &mut Change, id: PersonId) -> Result<(), PeopleError> {
    let administrators = store::lock_administrators(change.conn()).await?;
    if administrators == [id] { Err(PeopleError::LastAdministrator) } else { Ok(()) }
}

async fn lock(change: &mut Change, id: PersonId) -> Result<Person, PeopleError> {
    store::lock(change.conn(), id).await?.ok_or(PeopleError::NotFound)
}

async fn lock_active(change: &mut Change, id: PersonId) -> Result<Person, PeopleError> {
    let person = lock(change, id).await?;
    if person.is_active { Ok(person) } else { Err(PeopleError::Deactivated) }
}

fn subject(person: &Person) -> Subject {
    Subject::new(SubjectKind::Person, person.id.uuid(), &person.email, &person.name)
}
