//! What the list of projects reads: one statement.

use crate::{
    platform::ids::{PersonId, ProjectId},
    projects::ProjectState,
    web::shell::OrganisationRole,
};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use sqlx::PgConnection;

/// Which projects the list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filter {
    /// In this state; any when none.
    pub state: Option<ProjectState>,
    /// Only those in which the reader holds a seat.
    pub is_mine: bool,
    /// Older than this one.
    pub older_than: Option<ProjectId>,
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its id.
    pub id: ProjectId,
    /// `GEO`.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Id of its blueprint.
    pub blueprint: String,
    /// 1 to 3.
    pub tier: i16,
    /// Where it is in its life.
    pub state: ProjectState,
    /// As it was computed last.
    pub health: String,
    /// What speaks against it.
    pub reasons: Value,
    /// What the lead declares, where that differs.
    pub declared: Option<String>,
    /// Who leads it.
    pub lead: Option<String>,
    /// How many stages it has.
    pub stages: i64,
    /// How many of them are passed.
    pub passed: i64,
    /// The current one.
    pub stage_en: Option<String>,
    /// The current one.
    pub stage_zh: Option<String>,
    /// The next milestone.
    pub milestone: Option<String>,
    /// Its Chinese side.
    pub milestone_zh: Option<String>,
    /// When it is due.
    pub milestone_on: Option<jiff_sqlx::Date>,
    /// Open and due before today.
    pub late: i64,
    /// Waiting for somebody.
    pub blocked: i64,
    /// Under way.
    pub escalations: i64,
}

/// How many projects each tab has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Under way.
    pub active: i64,
    /// Being prepared.
    pub draft: i64,
    /// Over.
    pub archived: i64,
    /// With a seat of the reader.
    pub mine: i64,
}

/// The projects that a person may see, newest first, at most `limit`.
///
/// # Errors
/// Of the database.
pub async fn list(
    conn: &mut PgConnection,
    person: PersonId,
    role: OrganisationRole,
    filter: Filter,
    today: Date,
    limit: i64,
) -> Result<Vec<Line>, sqlx::Error> {
    sqlx::query_as!(
        Line,
        r#"with shown as (
             select p.* from projects_seen_by($1, $2) p
             where ($3::text is null or p.state = $3) and ($5::uuid is null or p.id < $5)
               and (not $4 or exists (select from seats where seats.project_id = p.id and seats.person_id = $1 and seats.removed_at is null))
             order by p.id desc limit $7)
           select p.id as "id!: ProjectId", p.key as "key!", p.name as "name!", p.blueprint as "blueprint!", p.tier as "tier!",
                  p.state as "state!: ProjectState", coalesce(health.computed, 'not_started') as "health!",
                  coalesce(health.reasons, '[]') as "reasons!", case when health.differs_since is not null then health.declared end as declared,
                  lead.name as "lead?",
                  staged.stages as "stages!", staged.passed as "passed!", stage.name_en as "stage_en?", stage.name_zh as "stage_zh?",
                  milestone.title as "milestone?", milestone.title_zh as "milestone_zh?", milestone.due_on as "milestone_on?",
                  worked.late as "late!", worked.blocked as "blocked!", disputed.escalations as "escalations!"
           from shown p
           left join project_health health on health.project_id = p.id
           cross join lateral (select count(*) as stages, count(*) filter (where state = 'passed') as passed from stages
                               where stages.project_id = p.id) staged
           cross join lateral (select count(*) filter (where due_on < $6 and status <> 'done') as late,
                                      count(*) filter (where status = 'blocked') as blocked
                               from tasks where tasks.project_id = p.id and status in ('todo', 'doing', 'review', 'blocked')) worked
           cross join lateral (select count(*) as escalations from escalations where escalations.project_id = p.id
                                 and escalations.state in ('with_liaisons', 'with_lead', 'with_committee')) disputed
           left join stages stage on stage.project_id = p.id and stage.state = 'current'
           left join lateral (select title, title_zh, due_on from milestones where milestones.project_id = p.id and reached_at is null
                              order by due_on limit 1) milestone on true
           left join lateral (select people.name from seats join people on people.id = seats.person_id
                              where seats.project_id = p.id and seats.role = 'gtm_lead' and seats.removed_at is null limit 1) lead on true
           order by p.id desc"#,
        person.uuid(),
        role_text(role),
        filter.state.map(state_text) as Option<&str>,
        filter.is_mine,
        filter.older_than.map(ProjectId::uuid),
        today.to_sqlx(),
        limit,
    )
    .fetch_all(conn)
    .await
}

/// How many there are on each tab.
///
/// # Errors
/// Of the database.
pub async fn totals(conn: &mut PgConnection, person: PersonId, role: OrganisationRole) -> Result<Totals, sqlx::Error> {
    sqlx::query_as!(
        Totals,
        r#"select count(*) filter (where p.state = 'active') as "active!", count(*) filter (where p.state = 'draft') as "draft!",
                  count(*) filter (where p.state = 'archived') as "archived!",
                  count(*) filter (where exists (select from seats where seats.project_id = p.id and seats.person_id = $1
                                                   and seats.removed_at is null)) as "mine!"
           from projects_seen_by($1, $2) p"#,
        person.uuid(),
        role_text(role),
    )
    .fetch_one(conn)
    .await
}

fn role_text(role: OrganisationRole) -> &'static str {
    match role {
        OrganisationRole::Administrator => "administrator",
        OrganisationRole::Member => "member",
        OrganisationRole::Guest => "guest",
    }
}

fn state_text(state: ProjectState) -> &'static str {
    match state {
        ProjectState::Draft => "draft",
        ProjectState::Active => "active",
        ProjectState::Archived => "archived",
    }
}
