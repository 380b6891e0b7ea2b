//! SQL of `ballots`.

use crate::platform::ids::{BallotId, EscalationId, OptionId, PersonId, ProjectId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// A ballot as it is cast.
#[derive(Debug)]
pub struct Cast<'a> {
    /// By whom.
    pub by: PersonId,
    /// For which option; none is "none of these".
    pub option: Option<OptionId>,
    /// Why.
    pub reason: &'a str,
    /// Shown, not counted.
    pub is_advisory: bool,
    /// The version of the pack that it is cast on.
    pub pack_version: Option<i32>,
    /// Now.
    pub at: Timestamp,
}

/// Closes the caster's open ballot, if there is one, and casts this one.
///
/// # Errors
/// Of the database; the unique index refuses a second open ballot of one person.
pub async fn cast(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    ballot: &Cast<'_>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update ballots set replaced_at = $4
         where project_id = $1 and escalation_id = $2 and person_id = $3 and replaced_at is null",
        project.uuid(),
        escalation.uuid(),
        ballot.by.uuid(),
        ballot.at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "insert into ballots (project_id, id, escalation_id, person_id, option_id, reason, is_advisory, cast_at, pack_version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        project.uuid(),
        BallotId::new().uuid(),
        escalation.uuid(),
        ballot.by.uuid(),
        ballot.option.map(OptionId::uuid),
        ballot.reason,
        ballot.is_advisory,
        ballot.at.to_sqlx() as jiff_sqlx::Timestamp,
        ballot.pack_version,
    )
    .execute(conn)
    .await?;
    Ok(())
}
