//! SQL of a person's page. Everything is limited to the projects that the reader may see.

use crate::{
    events::Recorded,
    platform::ids::{DepartmentId, EventId, PersonId, ProjectId},
    projects::Role,
    web::shell::OrganisationRole,
};
use sqlx::PgConnection;

/// What colleagues are told of a person.
#[derive(Clone, Debug)]
pub struct Person {
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
    /// No longer here.
    pub is_deactivated: bool,
    /// Where they work.
    pub department_id: Option<DepartmentId>,
    /// Its English name.
    pub department_en: Option<String>,
    /// Its Chinese name.
    pub department_zh: Option<String>,
    /// Its tile in English.
    pub short_en: Option<String>,
    /// Its tile in Chinese.
    pub short_zh: Option<String>,
    /// Its colour.
    pub colour: Option<i16>,
}

/// A person with their department.
///
/// # Errors
/// Of the database.
pub async fn person(conn: &mut PgConnection, id: PersonId) -> Result<Option<Person>, sqlx::Error> {
    sqlx::query_as!(
        Person,
        r#"select person_id as "id!: PersonId", name as "name!", title as "title!", email as "email!",
                  role as "role!: OrganisationRole", is_deactivated as "is_deactivated!",
                  department_id as "department_id: DepartmentId", department_en, department_zh, short_en, short_zh, colour
           from people_in_departments where person_id = $1"#,
        id.uuid(),
    )
    .fetch_optional(conn)
    .await
}

/// A seat of a person.
#[derive(Clone, Debug)]
pub struct Seat {
    /// The project's key.
    pub key: String,
    /// The project's name.
    pub project: String,
    /// What the seat is for.
    pub role: Role,
    /// On the committee, in the project's words; may be empty.
    pub capacity: String,
    /// The department, for liaisons and members.
    pub part_en: Option<String>,
    /// Its Chinese name.
    pub part_zh: Option<String>,
}

/// The person's seats in projects that are not over and that the reader may see, at most a hundred.
///
/// # Errors
/// Of the database.
pub async fn seats(
    conn: &mut PgConnection,
    person: PersonId,
    reader: PersonId,
    role: OrganisationRole,
) -> Result<Vec<Seat>, sqlx::Error> {
    sqlx::query_as!(
        Seat,
        r#"select s.key as "key!", s.name as "project!", s.role as "role!: Role", s.capacity as "capacity!", s.part_en, s.part_zh
           from seats_of_people s join projects_seen_by($2, $3) as projects on projects.id = s.project_id
           where s.person_id = $1 and s.state <> 'archived'
           order by s.name, s.key, s.role limit 100"#,
        person.uuid(),
        reader.uuid(),
        role.as_str(),
    )
    .fetch_all(conn)
    .await
}

/// What the person did in projects that the reader may see, newest first, each with the project's key.
///
/// # Errors
/// Of the database.
pub async fn activity(
    conn: &mut PgConnection,
    person: PersonId,
    reader: (PersonId, OrganisationRole),
    older_than: Option<EventId>,
    limit: i64,
) -> Result<Vec<(Recorded, String)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"with visible as materialized (
               select projects.id, projects.key from projects_seen_by($2, $3) as projects)
           select e.id as "id: EventId", e.at, e.project_id as "project_id: ProjectId", e.actor_id as "actor_id: PersonId",
                  e.actor_name, e.kind, e.subject_kind, e.subject_id, e.subject_label, e.subject_title, e.subject_title_zh,
                  e.before, e.after, e.request_id, visible.key as "key!"
           from events e join visible on visible.id = e.project_id
           where (e.actor_id, e.id) < ($1, coalesce($4::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
             and (e.actor_id, e.id) > ($1, '00000000-0000-0000-0000-000000000000')
           order by e.actor_id desc, e.id desc limit $5"#,
        person.uuid(),
        reader.0.uuid(),
        reader.1.as_str(),
        older_than.map(EventId::uuid),
        limit,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let event = Recorded {
                id: row.id,
                at: jiff::Timestamp::from(row.at),
                project_id: row.project_id,
                actor_id: row.actor_id,
                actor_name: row.actor_name,
                kind: row.kind,
                subject_kind: row.subject_kind,
                subject_id: row.subject_id,
                subject_label: row.subject_label,
                subject_title: row.subject_title,
                subject_title_zh: row.subject_title_zh,
                before: row.before,
                after: row.after,
                request_id: row.request_id,
            };
            (event, row.key)
        })
        .collect())
}
