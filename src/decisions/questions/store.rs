//! SQL of `escalation_questions`.

use crate::platform::ids::{EscalationId, PersonId, ProjectId, QuestionId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// Asks; false when the same form had been sent before.
///
/// # Errors
/// Of the database.
pub async fn ask(
    conn: &mut PgConnection,
    (project, escalation, id): (ProjectId, EscalationId, QuestionId),
    question: &str,
    by: PersonId,
    at: Timestamp,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into escalation_questions (project_id, id, escalation_id, asked_by, question, asked_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (project_id, id) do nothing",
        project.uuid(),
        id.uuid(),
        escalation.uuid(),
        by.uuid(),
        question,
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends a question that is open, with an answer or without; false when it had ended.
///
/// # Errors
/// Of the database.
pub async fn end(
    conn: &mut PgConnection,
    (project, id): (ProjectId, QuestionId),
    answer: Option<&str>,
    by: PersonId,
    at: Timestamp,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update escalation_questions set answer = $3, ended_by = $4, ended_at = $5 where project_id = $1 and id = $2 and ended_at is null",
        project.uuid(),
        id.uuid(),
        answer,
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
