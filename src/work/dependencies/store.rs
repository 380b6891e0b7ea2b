//! SQL of `task_dependencies`.

use super::model::Edge;
use crate::platform::ids::{ProjectId, TaskId};
use sqlx::PgConnection;

/// Lets one transaction at a time change who waits on whom in a project; until its end.
///
/// # Errors
/// Of the database.
pub async fn lock(conn: &mut PgConnection, project: ProjectId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select pg_advisory_xact_lock(hashtextextended('task_dependencies ' || $1::text, 0))",
        project.to_string()
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Everything that a task waits on, through others too.
///
/// # Errors
/// Of the database.
pub async fn behind(conn: &mut PgConnection, project: ProjectId, task: TaskId) -> Result<Vec<Edge>, sqlx::Error> {
    sqlx::query_as!(
        Edge,
        r#"with recursive behind as (
               select task_id, waits_on_id from task_dependencies where project_id = $1 and task_id = $2
               union
               select further.task_id, further.waits_on_id
               from behind join task_dependencies further on further.project_id = $1 and further.task_id = behind.waits_on_id)
           select task_id as "waiting!: TaskId", waits_on_id as "first!: TaskId" from behind"#,
        project.uuid(),
        task.uuid(),
    )
    .fetch_all(conn)
    .await
}

/// Adds one. False when it is there already.
///
/// # Errors
/// Of the database.
pub async fn insert(conn: &mut PgConnection, project: ProjectId, edge: Edge) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into task_dependencies (project_id, task_id, waits_on_id) values ($1, $2, $3) on conflict do nothing",
        project.uuid(),
        edge.waiting.uuid(),
        edge.first.uuid(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Removes one. False when it is not there.
///
/// # Errors
/// Of the database.
pub async fn delete(conn: &mut PgConnection, project: ProjectId, edge: Edge) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "delete from task_dependencies where project_id = $1 and task_id = $2 and waits_on_id = $3",
        project.uuid(),
        edge.waiting.uuid(),
        edge.first.uuid(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
