//! SQL of `pack_versions`.

use super::{differences::Change, model::Content};
use crate::platform::ids::{EscalationId, PersonId, ProjectId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, types::Json};

/// A version as it is kept.
#[derive(Debug)]
pub struct Kept {
    /// From 1.
    pub version: i32,
    /// What it contains.
    pub content: Content,
    /// Of its canonical form.
    pub hash: String,
    /// The newest version in which options, answers or criteria changed.
    pub choices_since: i32,
}

/// The versions of an escalation's pack that are asked for, oldest first; -1 is the newest.
///
/// # Errors
/// Of the database.
pub async fn versions(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    wanted: &[i32],
) -> Result<Vec<Kept>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select version, content as "content: Json<Content>", hash, choices_since from pack_versions
           where project_id = $1 and escalation_id = $2
             and (version = any ($3) or -1 = any ($3) and version = (
                 select max(version) from pack_versions where project_id = $1 and escalation_id = $2))
           order by version"#,
        project.uuid(),
        escalation.uuid(),
        wanted,
    )
    .fetch_all(conn)
    .await?;
    let kept = rows.into_iter().map(|row| Kept {
        version: row.version,
        content: row.content.0,
        hash: row.hash,
        choices_since: row.choices_since,
    });
    Ok(kept.collect())
}

/// Keeps a version. The escalation's row is locked, so that numbers follow each other.
///
/// # Errors
/// Of the database.
pub async fn keep(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    version: &Kept,
    changes: &[Change],
    by: Option<PersonId>,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into pack_versions (project_id, escalation_id, version, content, hash, changes, choices_since, made_by, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        project.uuid(),
        escalation.uuid(),
        version.version,
        Json(&version.content) as _,
        version.hash,
        Json(changes) as _,
        version.choices_since,
        by.map(PersonId::uuid),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}
