//! Through whose hands an escalation went: for forms that come twice.

use crate::{
    decisions::escalations::model::Step,
    platform::ids::{EscalationId, PersonId, ProjectId},
};
use sqlx::PgConnection;

/// Who closed it.
///
/// # Errors
/// Of the database.
pub async fn closed_by(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
) -> Result<Option<PersonId>, sqlx::Error> {
    let by = sqlx::query_scalar!(
        r#"select closed_by as "by: PersonId" from escalations where project_id = $1 and id = $2"#,
        project.uuid(),
        escalation.uuid()
    )
    .fetch_optional(conn)
    .await?;
    Ok(by.flatten())
}

/// Who passed it on from a step, with these words.
///
/// # Errors
/// Of the database.
pub async fn passed_by(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    from: Step,
    note: &str,
) -> Result<Option<PersonId>, sqlx::Error> {
    let by = sqlx::query_scalar!(
        r#"select passed_on_by as "by: PersonId" from escalation_steps
           where project_id = $1 and escalation_id = $2 and step = $3 and note = $4 and left_at is not null
           order by entered_at desc limit 1"#,
        project.uuid(),
        escalation.uuid(),
        from.as_str(),
        note
    )
    .fetch_optional(conn)
    .await?;
    Ok(by.flatten())
}

/// Takes the settlement on offer away.
///
/// # Errors
/// Of the database.
pub async fn clear_proposal(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update escalations set proposal = '', proposal_part_id = null, proposed_by = null, proposed_at = null, version = version + 1
         where project_id = $1 and id = $2",
        project.uuid(),
        escalation.uuid()
    )
    .execute(conn)
    .await?;
    Ok(())
}
