//! SQL of `task_comments` and `task_mentions`.

use super::model::Mentionable;
use crate::{
    platform::ids::{CommentId, PersonId, ProjectId},
    work::tasks::Task,
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

/// Adds a comment and counts it. False when one with this id exists: the form came twice.
///
/// # Errors
/// Of the database.
pub async fn insert(
    conn: &mut PgConnection,
    task: &Task,
    id: CommentId,
    author: PersonId,
    body: &str,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "with added as (
             insert into task_comments (project_id, id, task_id, author_id, body, created_at) values ($1, $2, $3, $4, $5, $6)
             on conflict (project_id, id) do nothing returning task_id)
         update tasks set comment_count = comment_count + 1 from added where tasks.project_id = $1 and tasks.id = added.task_id",
        task.project_id.uuid(),
        id.uuid(),
        task.id.uuid(),
        author.uuid(),
        body,
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Everybody whom a comment in a project can mention.
///
/// # Errors
/// Of the database.
pub async fn mentionables(conn: &mut PgConnection, project: ProjectId) -> Result<Vec<Mentionable>, sqlx::Error> {
    sqlx::query_as!(
        Mentionable,
        r#"select person_id as "id!: PersonId", name as "name!" from task_mentionables where project_id = $1 order by name, person_id"#,
        project.uuid(),
    )
    .fetch_all(conn)
    .await
}

/// Notes whom a comment mentions. Those of the author that waited on this task are seen: they have answered.
///
/// # Errors
/// Of the database.
pub async fn mention(
    conn: &mut PgConnection,
    task: &Task,
    comment: CommentId,
    author: PersonId,
    people: &[PersonId],
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    let people: Vec<Uuid> = people.iter().map(|person| person.uuid()).collect();
    sqlx::query!(
        "with answered as (
             update task_mentions set seen_at = $5
             from task_comments
             where task_comments.project_id = $1 and task_comments.task_id = $6 and task_mentions.project_id = $1
               and task_mentions.comment_id = task_comments.id and task_mentions.person_id = $4 and task_mentions.seen_at is null)
         insert into task_mentions (project_id, comment_id, person_id) select $1, $2, person from unnest($3::uuid[]) as given (person)",
        task.project_id.uuid(),
        comment.uuid(),
        &people,
        author.uuid(),
        now.to_sqlx(),
        task.id.uuid(),
    )
    .execute(conn)
    .await?;
    Ok(())
}
