//! SQL of seats, and of the people who might take one.

use super::model::{Candidate, NewSeat, Seat};
use crate::{
    platform::ids::{PartId, PersonId, ProjectId, SeatId},
    projects::model::Role,
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// How many people a select offers; more are found by name.
pub const CANDIDATES: i64 = 200;

/// The seats that are held now, in the order in which they were given.
///
/// # Errors
/// Of the database.
pub async fn seats(conn: &mut PgConnection, project: ProjectId) -> Result<Vec<Seat>, sqlx::Error> {
    sqlx::query_as!(
        Seat,
        r#"select seats.id as "id: SeatId", seats.person_id as "person_id: PersonId", people.name, people.title, seats.role as "role: Role",
                  seats.part_id as "part_id: PartId", seats.capacity, people.role = 'guest' as "is_guest!",
                  people.deactivated_at is not null as "is_deactivated!"
           from seats join people on people.id = seats.person_id
           where seats.project_id = $1 and seats.removed_at is null
           order by seats.created_at, seats.id"#,
        project.uuid(),
    )
    .fetch_all(conn)
    .await
}

/// One seat that is held now.
///
/// # Errors
/// Of the database.
pub async fn seat(conn: &mut PgConnection, project: ProjectId, id: SeatId) -> Result<Option<Seat>, sqlx::Error> {
    sqlx::query_as!(
        Seat,
        r#"select seats.id as "id: SeatId", seats.person_id as "person_id: PersonId", people.name, people.title, seats.role as "role: Role",
                  seats.part_id as "part_id: PartId", seats.capacity, people.role = 'guest' as "is_guest!",
                  people.deactivated_at is not null as "is_deactivated!"
           from seats join people on people.id = seats.person_id
           where seats.project_id = $1 and seats.id = $2 and seats.removed_at is null"#,
        project.uuid(),
        id.uuid(),
    )
    .fetch_optional(conn)
    .await
}

/// Keeps everybody else from giving or taking seats of this project until the transaction ends.
///
/// # Errors
/// Of the database.
pub async fn lock(conn: &mut PgConnection, project: ProjectId) -> Result<(), sqlx::Error> {
    sqlx::query!("select id from projects where id = $1 for no key update", project.uuid())
        .fetch_optional(conn)
        .await?;
    Ok(())
}

/// Whether there is, or ever was, a seat with this id: the form has come before.
///
/// # Errors
/// Of the database.
pub async fn exists(conn: &mut PgConnection, project: ProjectId, id: SeatId) -> Result<bool, sqlx::Error> {
    let found = sqlx::query_scalar!(
        r#"select exists (select from seats where project_id = $1 and id = $2) as "exists!""#,
        project.uuid(),
        id.uuid()
    )
    .fetch_one(conn)
    .await?;
    Ok(found)
}

/// Gives a seat.
///
/// # Errors
/// Of the database; the unique indexes of the table say which place is taken.
pub async fn insert(
    conn: &mut PgConnection,
    project: ProjectId,
    new: &NewSeat,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into seats (project_id, id, person_id, role, part_id, capacity, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
        project.uuid(),
        new.id.uuid(),
        new.person_id.uuid(),
        new.role.as_str(),
        new.part_id.map(PartId::uuid),
        new.capacity,
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes a seat away; the row stays for the record.
///
/// # Errors
/// Of the database.
pub async fn remove(
    conn: &mut PgConnection,
    project: ProjectId,
    id: SeatId,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update seats set removed_at = $3 where project_id = $1 and id = $2 and removed_at is null",
        project.uuid(),
        id.uuid(),
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Active people whose name or address contains `search`, by name; guests only when asked for.
///
/// # Errors
/// Of the database.
pub async fn candidates(
    conn: &mut PgConnection,
    search: &str,
    with_guests: bool,
) -> Result<Vec<Candidate>, sqlx::Error> {
    sqlx::query_as!(
        Candidate,
        r#"select id as "id: PersonId", name, email, role = 'guest' as "is_guest!"
           from people
           where deactivated_at is null and ($2 or role <> 'guest')
             and ($1 = '' or strpos(lower(name), lower($1)) > 0 or strpos(email, lower($1)) > 0)
           order by name, email limit $3"#,
        search,
        with_guests,
        CANDIDATES,
    )
    .fetch_all(conn)
    .await
}

/// One active person.
///
/// # Errors
/// Of the database.
pub async fn candidate(conn: &mut PgConnection, person: PersonId) -> Result<Option<Candidate>, sqlx::Error> {
    sqlx::query_as!(
        Candidate,
        r#"select id as "id: PersonId", name, email, role = 'guest' as "is_guest!"
           from people where id = $1 and deactivated_at is null"#,
        person.uuid(),
    )
    .fetch_optional(conn)
    .await
}
