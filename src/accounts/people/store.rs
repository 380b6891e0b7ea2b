//! SQL of `people`.

use super::model::{Email, Filter, Person, PersonLine, Standing};
use crate::{
    platform::ids::{DepartmentId, PersonId},
    web::shell::OrganisationRole,
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// A person by id; deactivated ones too.
///
/// # Errors
/// Of the database.
pub async fn find(conn: &mut PgConnection, id: PersonId) -> Result<Option<Person>, sqlx::Error> {
    sqlx::query_as!(
        Person,
        r#"select id as "id: PersonId", email, name, role as "role: OrganisationRole", title,
                  department_id as "department_id: DepartmentId", language, time_zone, theme,
                  deactivated_at is null as "is_active!", password_hash is not null as "has_joined!", version
           from people where id = $1"#,
        id.uuid(),
    )
    .fetch_optional(conn)
    .await
}

/// As [`find`], locked until the transaction ends.
pub(in crate::accounts) async fn lock(conn: &mut PgConnection, id: PersonId) -> Result<Option<Person>, sqlx::Error> {
    sqlx::query_as!(
        Person,
        r#"select id as "id: PersonId", email, name, role as "role: OrganisationRole", title,
                  department_id as "department_id: DepartmentId", language, time_zone, theme,
                  deactivated_at is null as "is_active!", password_hash is not null as "has_joined!", version
           from people where id = $1 for update"#,
        id.uuid(),
    )
    .fetch_optional(conn)
    .await
}

/// A person by address; deactivated ones too.
///
/// # Errors
/// Of the database.
pub async fn by_email(conn: &mut PgConnection, email: &Email) -> Result<Option<Person>, sqlx::Error> {
    sqlx::query_as!(
        Person,
        r#"select id as "id: PersonId", email, name, role as "role: OrganisationRole", title,
                  department_id as "department_id: DepartmentId", language, time_zone, theme,
                  deactivated_at is null as "is_active!", password_hash is not null as "has_joined!", version
           from people where email = $1"#,
        email.as_str(),
    )
    .fetch_optional(conn)
    .await
}

/// Everybody a filter fits, by id: names, which the reader's language puts in order.
///
/// # Errors
/// Of the database.
pub async fn names(conn: &mut PgConnection, filter: &Filter) -> Result<Vec<(String, PersonId)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select id as "id: PersonId", name from people
           where ($1 = '' or strpos(lower(name), $1) > 0 or strpos(email, $1) > 0 or strpos(lower(title), $1) > 0)
             and ($2::text is null or role = $2)
             and ($3::uuid is null or department_id = $3)
             and ($4::text is null or $4 = case when deactivated_at is not null then 'deactivated'
                                                when password_hash is null then 'invited' else 'active' end)"#,
        filter.text.trim().to_lowercase(),
        filter.role as Option<OrganisationRole>,
        filter.department.map(DepartmentId::uuid),
        filter.standing.map(Standing::as_str),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.id)).collect())
}

/// These people as a list shows them, in the order of their ids here.
///
/// # Errors
/// Of the database.
pub async fn lines(conn: &mut PgConnection, ids: &[PersonId]) -> Result<Vec<PersonLine>, sqlx::Error> {
    let ids: Vec<uuid::Uuid> = ids.iter().map(|id| id.uuid()).collect();
    sqlx::query_as!(
        PersonLine,
        r#"select people.id as "id: PersonId", email, name, role as "role: OrganisationRole", title,
                  department_id as "department_id: DepartmentId",
                  deactivated_at is null as "is_active!", password_hash is not null as "has_joined!"
           from unnest($1::uuid[]) with ordinality as given (id, position) join people on people.id = given.id
           order by given.position"#,
        &ids,
    )
    .fetch_all(conn)
    .await
}

/// What signing in asks about a person.
#[derive(Debug)]
pub(in crate::accounts) struct Candidate {
    pub id: PersonId,
    pub email: String,
    pub name: String,
    pub password_hash: Option<String>,
    pub is_active: bool,
    /// Whether they have signed in with this browser before.
    pub knows_browser: bool,
}

pub(in crate::accounts) async fn candidate(
    conn: &mut PgConnection,
    email: &str,
    browser_hash: Option<&[u8]>,
) -> Result<Option<Candidate>, sqlx::Error> {
    sqlx::query_as!(
        Candidate,
        r#"select id as "id: PersonId", email, name, password_hash, deactivated_at is null as "is_active!",
                  exists (select from known_browsers where token_hash = $2 and person_id = people.id) as "knows_browser!"
           from people where email = $1"#,
        email,
        browser_hash,
    )
    .fetch_optional(conn)
    .await
}

/// The hash of an active person's password.
pub(in crate::accounts) async fn password_hash(
    conn: &mut PgConnection,
    id: PersonId,
) -> Result<Option<String>, sqlx::Error> {
    let found =
        sqlx::query_scalar!("select password_hash from people where id = $1 and deactivated_at is null", id.uuid())
            .fetch_optional(conn)
            .await?;
    Ok(found.flatten())
}

/// A person about to be added.
#[derive(Debug)]
pub(in crate::accounts) struct Row<'a> {
    pub id: PersonId,
    pub email: &'a str,
    pub name: &'a str,
    pub password_hash: Option<&'a str>,
    pub role: OrganisationRole,
    pub title: &'a str,
    pub department_id: Option<DepartmentId>,
    pub language: Option<&'a str>,
    pub now: Timestamp,
}

/// Whether the person was added; not when there is one with this id already.
pub(in crate::accounts) async fn insert(conn: &mut PgConnection, row: &Row<'_>) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into people (id, email, name, password_hash, role, title, department_id, language, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing",
        row.id.uuid(),
        row.email,
        row.name,
        row.password_hash,
        row.role as OrganisationRole,
        row.title,
        row.department_id.map(DepartmentId::uuid),
        row.language,
        row.now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes everything about a person that can be edited; not when `version` is no longer the current one.
pub(in crate::accounts) async fn update(
    conn: &mut PgConnection,
    person: &Person,
    version: i32,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update people set email = $3, name = $4, role = $5, title = $6, department_id = $7, language = $8,
                time_zone = $9, theme = $10, version = version + 1
         where id = $1 and version = $2",
        person.id.uuid(),
        version,
        person.email,
        person.name,
        person.role as OrganisationRole,
        person.title,
        person.department_id.map(DepartmentId::uuid),
        person.language,
        person.time_zone,
        person.theme,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::accounts) async fn set_password(
    conn: &mut PgConnection,
    id: PersonId,
    hash: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!("update people set password_hash = $2, version = version + 1 where id = $1", id.uuid(), hash)
        .execute(conn)
        .await?;
    Ok(())
}

pub(in crate::accounts) async fn set_deactivated(
    conn: &mut PgConnection,
    id: PersonId,
    at: Option<Timestamp>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update people set deactivated_at = $2, version = version + 1 where id = $1",
        id.uuid(),
        at.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The administrators who can sign in, locked in one order so that two changes cannot each leave it to the other.
pub(in crate::accounts) async fn lock_administrators(conn: &mut PgConnection) -> Result<Vec<PersonId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select id as "id: PersonId" from people
           where role = 'administrator' and deactivated_at is null and password_hash is not null
           order by id for update"#
    )
    .fetch_all(conn)
    .await
}
