//! Where a blocked task came from.

use super::super::model::Status;
use crate::platform::ids::{ProjectId, TaskId};
use sqlx::PgConnection;

/// The status in which a task was when it was last blocked; none when nothing tells.
///
/// # Errors
/// Of the database.
pub async fn before(conn: &mut PgConnection, project: ProjectId, task: TaskId) -> Result<Option<Status>, sqlx::Error> {
    let status = sqlx::query_scalar!(
        "select status from task_blocks where task_id = $2 and project_id = $1 order by id desc limit 1",
        project.uuid(),
        task.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(status.flatten().and_then(|status| status.parse().ok()))
}
