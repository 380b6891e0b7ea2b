//! What the gates read: one statement for everything.

use super::model::GateFacts;
use crate::platform::ids::ProjectId;
use sqlx::{PgConnection, types::Json};

/// The facts of the gate of one stage, by its code; of the current one when none is named.
///
/// # Errors
/// Of the database.
pub async fn facts(conn: &mut PgConnection, project: ProjectId, stage: Option<&str>) -> Result<GateFacts, sqlx::Error> {
    let facts = sqlx::query_scalar!(
        r#"select gate_facts($1, $2) as "facts!: Json<GateFacts>""#,
        project.uuid(),
        stage as Option<&str>
    )
    .fetch_one(conn)
    .await?;
    Ok(facts.0)
}
