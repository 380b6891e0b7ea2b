//! What the gates read: one statement for everything.

use super::facts::GateFacts;
use crate::{platform::ids::ProjectId, projects::blueprints::Check};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, types::Json};

/// The facts of the gate of one stage at a moment, by its code; of the current one when none is named.
///
/// # Errors
/// Of the database.
pub async fn facts(
    conn: &mut PgConnection,
    project: ProjectId,
    stage: Option<&str>,
    now: Timestamp,
) -> Result<GateFacts, sqlx::Error> {
    let facts = sqlx::query_scalar!(
        r#"select gate_stands_on($1, $2, $3, $4, $5, $6) as "facts!: Json<GateFacts>""#,
        project.uuid(),
        stage as Option<&str>,
        now.to_sqlx() as jiff_sqlx::Timestamp,
        &Check::of_goals(),
        &Check::of_money(),
        &Check::of_playbook(),
    )
    .fetch_one(conn)
    .await?;
    Ok(facts.0)
}
