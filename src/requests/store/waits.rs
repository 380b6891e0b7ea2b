//! Requests whose answer is owed until a moment in working time, when the calendar is another.

use crate::{
    platform::ids::{ProjectId, RequestId},
    requests::model::State,
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// A request that waits for an answer.
#[derive(Clone, Copy, Debug)]
pub struct Waiting {
    /// Its project.
    pub project: ProjectId,
    /// Its id.
    pub id: RequestId,
    /// Whose answer.
    pub state: State,
    /// Since when: its last move, or since its project goes on again.
    pub since: Timestamp,
    /// Until when, as it stands.
    pub due: Timestamp,
}

/// The next ones in order of their ids, locked; of `only` this project where one is given.
///
/// # Errors
/// Of the database.
pub async fn after(
    conn: &mut PgConnection,
    (project, id): (ProjectId, RequestId),
    only: Option<ProjectId>,
    most: i64,
) -> Result<Vec<Waiting>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select r.project_id as "project: ProjectId", r.id as "id: RequestId", r.state as "state: State", r.answer_due_at as "due!",
                  greatest(coalesce((select max(m.at) from request_moves m where m.project_id = r.project_id and m.request_id = r.id), r.asked_at),
                           p.restored_at) as "since!"
           from requests r join request_projects p on p.id = r.project_id
           where r.answer_due_at is not null and (r.project_id, r.id) > ($1, $2) and ($4::uuid is null or r.project_id = $4)
           order by r.project_id, r.id
           limit $3
           for update of r"#,
        project.uuid(),
        id.uuid(),
        most,
        only.map(ProjectId::uuid),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Waiting {
            project: row.project,
            id: row.id,
            state: row.state,
            since: row.since.to_jiff(),
            due: row.due.to_jiff(),
        })
        .collect())
}

/// Makes this the time until which an answer is owed. No move: whoever has its form open can still send it.
///
/// # Errors
/// Of the database.
pub async fn set_due(
    conn: &mut PgConnection,
    project: ProjectId,
    id: RequestId,
    due: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update requests set answer_due_at = $3 where project_id = $1 and id = $2",
        project.uuid(),
        id.uuid(),
        due.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}
