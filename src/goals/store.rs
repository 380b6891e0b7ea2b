//! Reads everything about the goals of projects in one statement, and keeps them still.

use super::model::Goals;
use crate::platform::{ids::ProjectId, locale::T};
use sqlx::{PgConnection, types::Json};
use std::collections::HashMap;
use uuid::Uuid;

/// The objectives of a project in force, with key results, shares and figures.
///
/// # Errors
/// Of the database.
pub async fn goals(conn: &mut PgConnection, project: ProjectId) -> Result<Goals, sqlx::Error> {
    Ok(goals_of(conn, &[project]).await?.remove(&project).unwrap_or_default())
}

/// The same of many projects; those without any objective are left out.
///
/// # Errors
/// Of the database.
pub async fn goals_of(
    conn: &mut PgConnection,
    projects: &[ProjectId],
) -> Result<HashMap<ProjectId, Goals>, sqlx::Error> {
    let ids: Vec<Uuid> = projects.iter().map(|project| project.uuid()).collect();
    let rows = sqlx::query!(
        r#"select project_id as "project!: ProjectId", goals as "goals!: Json<Goals>" from goals_json_of($1)"#,
        &ids,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.project, row.goals.0)).collect())
}

/// The currency in which a new form begins: that of the commercial plan, or else of a figure of the project, or else the
/// language's.
///
/// # Errors
/// Of the database.
pub async fn currency(conn: &mut PgConnection, project: ProjectId, t: T) -> Result<String, sqlx::Error> {
    let used = sqlx::query_scalar!(
        "select coalesce((select currency from money_plans where project_id = $1 order by number desc limit 1),
                         (select unit from series where project_id = $1 and unit_kind = 'money' order by id limit 1))",
        project.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok(used.unwrap_or_else(|| if t.is_chinese() { "CNY" } else { "USD" }.to_owned()))
}

/// Keeps objectives and key results in force, and with these what they ask for and how they are split, as they are until the
/// transaction ends, and so the indicators that answer a gate. The project is locked before: none is added meanwhile.
///
/// # Errors
/// Of the database.
pub async fn hold_still(conn: &mut PgConnection, project: ProjectId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select id from objectives where project_id = $1 and dropped_at is null order by id for share",
        project.uuid()
    )
    .fetch_all(&mut *conn)
    .await?;
    sqlx::query!(
        "select id from key_results where project_id = $1 and dropped_at is null order by id for share",
        project.uuid()
    )
    .fetch_all(&mut *conn)
    .await?;
    sqlx::query!(
        "select id from kpis where project_id = $1 and metric is not null and retired_at is null order by id for share",
        project.uuid()
    )
    .fetch_all(conn)
    .await?;
    Ok(())
}
