//! What rooms above ask of decisions.

use crate::platform::ids::ProjectId;
use jiff::Timestamp;
use sqlx::PgConnection;

/// Kind (`go`, `price`, `quarter_review`, …) and moment of every decision of a project that is in force: those that a
/// later one supersedes are left out. Newest first.
///
/// # Errors
/// Of the database.
pub async fn recorded(conn: &mut PgConnection, project: ProjectId) -> Result<Vec<(String, Timestamp)>, sqlx::Error> {
    super::rulings::store::in_force(conn, project).await
}
