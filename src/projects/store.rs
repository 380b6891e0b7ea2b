//! SQL of the projects room: what every page of a project needs, in one statement.

use super::model::{OwnSeat, Part, Project, ProjectState, Visibility};
use crate::{
    platform::ids::{PersonId, ProjectId},
    web::shell::Health,
};
use jiff::Timestamp;
use sqlx::{PgConnection, types::Json};

/// A project with what concerns one person.
#[derive(Debug)]
pub struct Found {
    /// The project.
    pub project: Project,
    /// The person's seats.
    pub seats: Vec<OwnSeat>,
    /// Who takes part.
    pub parts: Vec<Part>,
    /// As it was computed last.
    pub health: Health,
    /// What the lead declares, where that differs.
    pub declared: Option<Health>,
    /// Neither done nor dropped.
    pub open_tasks: i64,
    /// Under way.
    pub open_escalations: i64,
    /// The oldest transaction that was under way: what has been read knows of all earlier ones.
    pub read_at: i64,
}

/// A project by its key, with the caller's seats, the parts and the counts of its tabs; none for whoever can have
/// no right in it, before anything dearer is read, so that a key that exists is not told by its time. That is no right yet:
/// [`super::Rights`] says who sees what.
///
/// # Errors
/// Of the database.
pub async fn standing(conn: &mut PgConnection, key: &str, person: PersonId) -> Result<Option<Found>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select p.id as "id: ProjectId", p.key, p.name, p.summary, p.blueprint, p.tier, p.visibility as "visibility: Visibility",
                  p.state as "state: ProjectState", p.starts_on, p.launches_on, p.quorum, p.created_by as "created_by: PersonId",
                  p.created_at, p.version, coalesce(health.computed, 'not_started') as "health!",
                  case when health.differs_since is not null then health.declared end as declared, parts as "parts!: Json<Vec<Part>>",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', seats.id, 'role', seats.role, 'part_id', seats.part_id)), '[]')
                   from seats where seats.project_id = p.id and seats.person_id = $2 and seats.removed_at is null)
                      as "seats!: Json<Vec<OwnSeat>>",
                  (select count(*) from tasks where tasks.project_id = p.id and tasks.status in ('todo', 'doing', 'review', 'blocked'))
                      as "open_tasks!",
                  (select count(*) from escalations where escalations.project_id = p.id
                     and escalations.state in ('with_liaisons', 'with_lead', 'with_committee')) as "open_escalations!",
                  pg_snapshot_xmin(pg_current_snapshot())::text::bigint as "read_at!"
           from projects p left join project_health health on health.project_id = p.id cross join lateral parts_in(p.id)
           where p.key = $1
             and (exists (select from seats where seats.project_id = p.id and seats.person_id = $2 and seats.removed_at is null)
                  or exists (select from escalation_guests guests where guests.project_id = p.id and guests.person_id = $2)
                  or exists (select from people where people.id = $2 and people.role <> 'guest'
                             and (people.role = 'administrator' or p.state = 'draft' and p.created_by = $2
                                  or p.state <> 'draft' and p.visibility = 'organisation')))"#,
        key,
        person.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Found {
        project: Project {
            id: row.id,
            key: row.key,
            name: row.name,
            summary: row.summary,
            blueprint: row.blueprint,
            tier: row.tier,
            visibility: row.visibility,
            state: row.state,
            starts_on: row.starts_on.to_jiff(),
            launches_on: row.launches_on.map(jiff_sqlx::Date::to_jiff),
            quorum: row.quorum,
            created_by: row.created_by,
            created_at: Timestamp::from(row.created_at),
            version: row.version,
        },
        seats: row.seats.0,
        parts: row.parts.0,
        health: Health::parse(&row.health),
        declared: row.declared.as_deref().map(Health::parse),
        open_tasks: row.open_tasks,
        open_escalations: row.open_escalations,
        read_at: row.read_at,
    }))
}

/// The next number of a task of a project; the project's row stays locked until the end of the transaction.
///
/// # Errors
/// Of the database.
pub async fn next_task_number(conn: &mut PgConnection, project: ProjectId) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar!(
        r#"update projects set next_task_number = next_task_number + 1 where id = $1 returning next_task_number - 1 as "number!""#,
        project.uuid(),
    )
    .fetch_one(conn)
    .await
}

/// One person's facts in a project, for lists that reach over several.
#[derive(Debug)]
pub struct Held {
    /// The project.
    pub id: ProjectId,
    /// `GEO`.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Where it is in its life.
    pub state: ProjectState,
    /// Who may see it.
    pub visibility: Visibility,
    /// Who made it.
    pub created_by: PersonId,
    /// The person's seats.
    pub seats: Vec<OwnSeat>,
    /// Who takes part.
    pub parts: Vec<Part>,
}

/// What rights in each of these projects are made from.
///
/// # Errors
/// Of the database.
pub async fn held(conn: &mut PgConnection, person: PersonId, projects: &[ProjectId]) -> Result<Vec<Held>, sqlx::Error> {
    let ids: Vec<uuid::Uuid> = projects.iter().map(|id| id.uuid()).collect();
    let rows = sqlx::query!(
        r#"select p.id as "id: ProjectId", p.key, p.name, p.state as "state: ProjectState", p.visibility as "visibility: Visibility",
                  p.created_by as "created_by: PersonId", parts as "parts!: Json<Vec<Part>>",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', seats.id, 'role', seats.role, 'part_id', seats.part_id)), '[]')
                   from seats where seats.project_id = p.id and seats.person_id = $1 and seats.removed_at is null)
                      as "seats!: Json<Vec<OwnSeat>>"
           from projects p cross join lateral parts_in(p.id) where p.id = any($2)"#,
        person.uuid(),
        &ids,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Held {
            id: row.id,
            key: row.key,
            name: row.name,
            state: row.state,
            visibility: row.visibility,
            created_by: row.created_by,
            seats: row.seats.0,
            parts: row.parts.0,
        })
        .collect())
}
