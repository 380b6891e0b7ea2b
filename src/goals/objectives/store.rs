//! SQL of `objectives`.

use crate::platform::ids::{ObjectiveId, PersonId, ProjectId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// An objective as it is locked for a change.
#[derive(Clone, Debug)]
pub struct Locked {
    /// Its place.
    pub position: i16,
    /// What is wanted.
    pub title: String,
    /// Why.
    pub why: String,
    /// Counts changes.
    pub version: i32,
    /// It is wanted no more.
    pub is_dropped: bool,
}

/// An objective of the project, locked.
///
/// # Errors
/// Of the database.
pub async fn locked(
    conn: &mut PgConnection,
    project: ProjectId,
    id: ObjectiveId,
) -> Result<Option<Locked>, sqlx::Error> {
    sqlx::query_as!(
        Locked,
        r#"select position, title, why, version, dropped_at is not null as "is_dropped!"
           from objectives where project_id = $1 and id = $2 for update"#,
        project.uuid(),
        id.uuid()
    )
    .fetch_optional(conn)
    .await
}

/// Writes a new objective at the first free place; none when there is no place left.
///
/// # Errors
/// Of the database.
pub async fn insert(
    conn: &mut PgConnection,
    project: ProjectId,
    id: ObjectiveId,
    (title, why): (&str, &str),
    (by, at): (PersonId, Timestamp),
) -> Result<Option<i16>, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into objectives (project_id, id, position, title, why, created_by, created_at)
         select $1, $2, min(place), $3, $4, $5, $6 from (values (1::smallint), (2::smallint), (3::smallint)) as places (place)
         where not exists (select from objectives o where o.project_id = $1 and o.position = place and o.dropped_at is null)
         having min(place) is not null
         returning position",
        project.uuid(),
        id.uuid(),
        title,
        why,
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .fetch_optional(conn)
    .await
}

/// Writes what is wanted, and why.
///
/// # Errors
/// Of the database.
pub async fn update(
    conn: &mut PgConnection,
    project: ProjectId,
    id: ObjectiveId,
    (title, why): (&str, &str),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update objectives set title = $3, why = $4, version = version + 1 where project_id = $1 and id = $2",
        project.uuid(),
        id.uuid(),
        title,
        why
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// It is wanted no more, nor are its key results; answers how many of these were.
///
/// # Errors
/// Of the database.
pub async fn drop(
    conn: &mut PgConnection,
    project: ProjectId,
    id: ObjectiveId,
    at: Timestamp,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"with gone as (
               update objectives set dropped_at = $3, version = version + 1 where project_id = $1 and id = $2),
           with_it as (
               update key_results set dropped_at = $3, version = version + 1
               where project_id = $1 and objective_id = $2 and dropped_at is null returning id)
           select count(*) as "count!" from with_it"#,
        project.uuid(),
        id.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .fetch_one(conn)
    .await
}
