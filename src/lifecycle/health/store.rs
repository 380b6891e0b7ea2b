//! What the rule judges by, of many projects in two statements.

use super::model::{Facts, behind};
use crate::{goals::store::goals_of, platform::ids::ProjectId};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, types::Json};
use std::collections::HashMap;
use uuid::Uuid;

/// The facts of these projects at a moment of a day.
///
/// # Errors
/// Of the database.
pub(super) async fn facts(
    conn: &mut PgConnection,
    projects: &[ProjectId],
    today: Date,
    now: Timestamp,
) -> Result<HashMap<ProjectId, Facts>, sqlx::Error> {
    let ids: Vec<Uuid> = projects.iter().map(|project| project.uuid()).collect();
    let rows = sqlx::query!(
        r#"select project_id as "project!: ProjectId", facts as "facts!: Json<Facts>" from health_facts($1, $2, $3)"#,
        &ids,
        today.to_sqlx() as jiff_sqlx::Date,
        now.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .fetch_all(&mut *conn)
    .await?;
    let goals = goals_of(conn, projects).await?;
    let of = |project: ProjectId| goals.get(&project).map(|goals| behind(goals, today)).unwrap_or_default();
    let whole = |project, facts: Facts| (project, Facts { behind: of(project), ..facts });
    Ok(rows.into_iter().map(|row| whole(row.project, row.facts.0)).collect())
}
