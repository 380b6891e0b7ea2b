//! SQL of the audit; the events themselves are read by their room.

use crate::platform::ids::ProjectId;
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// A project by its key.
///
/// # Errors
/// Of the database.
pub async fn project(conn: &mut PgConnection, key: &str) -> Result<Option<ProjectId>, sqlx::Error> {
    let found = sqlx::query_scalar!(r#"select id as "id!: ProjectId" from project_keys where key = $1"#, key)
        .fetch_optional(conn)
        .await?;
    Ok(found)
}

/// The keys of projects.
///
/// # Errors
/// Of the database.
pub async fn keys(conn: &mut PgConnection, ids: &[ProjectId]) -> Result<HashMap<ProjectId, String>, sqlx::Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let rows =
        sqlx::query!(r#"select id as "id!: ProjectId", key as "key!" from project_keys where id = any($1)"#, &ids)
            .fetch_all(conn)
            .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.key)).collect())
}
