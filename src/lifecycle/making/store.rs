//! What the page of a new project reads: one statement.

use super::model::Memory;
use crate::{platform::ids::PersonId, web::shell::OrganisationRole};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// Departments with who spoke for them last, people (those `named` in the form among them), the last committee, and keys
/// that are taken.
///
/// # Errors
/// Of the database.
pub async fn memory(
    conn: &mut PgConnection,
    person: PersonId,
    role: OrganisationRole,
    named: &[Uuid],
) -> Result<Memory, sqlx::Error> {
    let role = match role {
        OrganisationRole::Administrator => "administrator",
        OrganisationRole::Member => "member",
        OrganisationRole::Guest => "guest",
    };
    let found = sqlx::query_scalar!(
        r#"select before_a_project($1, $2, $3) as "memory!: Json<Memory>""#,
        person.uuid(),
        role,
        named,
    )
    .fetch_one(conn)
    .await?;
    Ok(found.0)
}
