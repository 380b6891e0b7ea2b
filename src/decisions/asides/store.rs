//! SQL of `asides`.

use crate::platform::ids::{AsideId, EscalationId, PersonId, ProjectId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// A member steps aside; their open ballot, if there is one, is closed.
///
/// # Errors
/// Of the database; the unique index refuses a second time.
pub async fn step_aside(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    person: PersonId,
    reason: &str,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update ballots set replaced_at = $4
         where project_id = $1 and escalation_id = $2 and person_id = $3 and replaced_at is null",
        project.uuid(),
        escalation.uuid(),
        person.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "insert into asides (project_id, id, escalation_id, person_id, reason, since) values ($1, $2, $3, $4, $5, $6)",
        project.uuid(),
        AsideId::new().uuid(),
        escalation.uuid(),
        person.uuid(),
        reason,
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// They come back.
///
/// # Errors
/// Of the database.
pub async fn come_back(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    person: PersonId,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update asides set came_back_at = $4
         where project_id = $1 and escalation_id = $2 and person_id = $3 and came_back_at is null",
        project.uuid(),
        escalation.uuid(),
        person.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}
