//! SQL of the directory. Of projects it names those that the reader may see.

use crate::{
    platform::ids::{DepartmentId, PersonId},
    web::{Viewer, shell::OrganisationRole},
};
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// Everybody who is still here and whom the words and the department fit: names, which the reader's language puts in
/// order.
///
/// # Errors
/// Of the database.
pub async fn names(
    conn: &mut PgConnection,
    words: &str,
    department: Option<DepartmentId>,
) -> Result<Vec<(String, PersonId)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select person_id as "id!: PersonId", name as "name!" from people_in_departments
           where not is_deactivated and ($2::uuid is null or department_id = $2)
             and ($1 = '' or strpos(lower(name), lower($1)) > 0 or strpos(lower(title), lower($1)) > 0 or strpos(email, lower($1)) > 0)"#,
        words,
        department.map(DepartmentId::uuid),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.id)).collect())
}

/// Somebody in the directory.
#[derive(Debug)]
pub struct Colleague {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// What they do here; may be empty.
    pub title: String,
    /// Where to write to.
    pub email: String,
    /// In the organisation.
    pub role: OrganisationRole,
    /// Where they work.
    pub department_id: Option<DepartmentId>,
    /// The active projects in which they speak for a department.
    pub speaks_on: Json<Vec<Project>>,
}

/// A project in which somebody speaks for a department.
#[derive(Debug, Deserialize)]
pub struct Project {
    /// `GEO`.
    pub key: String,
    /// Its name.
    pub name: String,
}

/// These people, in the order of their ids here.
///
/// # Errors
/// Of the database.
pub async fn colleagues(
    conn: &mut PgConnection,
    ids: &[PersonId],
    reader: &Viewer,
) -> Result<Vec<Colleague>, sqlx::Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    sqlx::query_as!(
        Colleague,
        r#"select people.person_id as "id!: PersonId", people.name as "name!", people.title as "title!", people.email as "email!",
                  people.role as "role!: OrganisationRole", people.department_id as "department_id: DepartmentId",
                  (select coalesce(jsonb_agg(distinct jsonb_build_object('key', seats.key, 'name', seats.name)), '[]')
                   from seats_of_people seats join projects_seen_by($2, $3) as projects on projects.id = seats.project_id
                   where seats.person_id = people.person_id and seats.role = 'liaison' and seats.state = 'active') as "speaks_on!: Json<Vec<Project>>"
           from unnest($1::uuid[]) with ordinality as given (id, position)
           join people_in_departments people on people.person_id = given.id
           order by given.position"#,
        &ids,
        reader.person_id.uuid(),
        reader.role.as_str(),
    )
    .fetch_all(conn)
    .await
}
