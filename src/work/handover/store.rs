//! SQL of handing over.

use crate::platform::ids::{PartId, PersonId, ProjectId, TaskId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// A task that goes along with a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Its id.
    pub id: TaskId,
    /// Its number in the project.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// The Chinese side of a blueprint's title.
    pub title_zh: Option<String>,
}

/// The tasks of a part that are assigned to a person and neither done nor dropped, by number.
///
/// # Errors
/// Of the database.
pub async fn open(
    conn: &mut PgConnection,
    project: ProjectId,
    part: PartId,
    person: PersonId,
) -> Result<Vec<Carried>, sqlx::Error> {
    sqlx::query_as!(
        Carried,
        r#"select id as "id: TaskId", number, title, title_zh from tasks
           where project_id = $1 and part_id = $2 and assignee_id = $3 and status not in ('done', 'dropped')
           order by number"#,
        project.uuid(),
        part.uuid(),
        person.uuid(),
    )
    .fetch_all(conn)
    .await
}

/// Assigns these tasks to somebody else and answers them, so that the caller records an event for each. They are locked
/// in the order of their numbers, so that two who change several tasks never wait for each other.
///
/// # Errors
/// Of the database.
pub async fn reassign_open(
    conn: &mut PgConnection,
    project: ProjectId,
    part: PartId,
    from: PersonId,
    to: PersonId,
    now: Timestamp,
) -> Result<Vec<Carried>, sqlx::Error> {
    let carried = sqlx::query_as!(
        Carried,
        r#"select id as "id: TaskId", number, title, title_zh from tasks
           where project_id = $1 and part_id = $2 and assignee_id = $3 and status not in ('done', 'dropped')
           order by number for update"#,
        project.uuid(),
        part.uuid(),
        from.uuid(),
    )
    .fetch_all(&mut *conn)
    .await?;
    let ids: Vec<uuid::Uuid> = carried.iter().map(|task| task.id.uuid()).collect();
    sqlx::query!(
        "update tasks set assignee_id = $3, changed_at = $4, version = version + 1 where project_id = $1 and id = any ($2)",
        project.uuid(),
        &ids,
        to.uuid(),
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(carried)
}
