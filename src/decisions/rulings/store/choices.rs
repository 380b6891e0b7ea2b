//! What the chair chooses from.

use crate::{
    platform::ids::{MilestoneId, PersonId, ProjectId, TaskId},
    work::{milestones::MilestoneKind, tasks::Status},
};
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};

/// Somebody with a seat.
#[derive(Clone, Debug, Deserialize)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Can have tasks.
    pub is_taker: bool,
}

/// A task that can be changed.
#[derive(Clone, Debug, Deserialize)]
pub struct OpenTask {
    /// Its id.
    pub id: TaskId,
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// The Chinese side of it.
    pub title_zh: Option<String>,
    /// When it is due.
    pub due_on: Option<Date>,
    /// It waits for something.
    pub is_blocked: bool,
    /// The status it was blocked in, while it is.
    pub was: Option<String>,
}

impl OpenTask {
    /// Where it goes once it is unblocked.
    #[must_use]
    pub fn unblocked(&self) -> Status {
        Status::after_block(self.was.as_deref().and_then(|was| was.parse().ok()))
    }
}

/// A milestone whose date can be changed.
#[derive(Clone, Debug, Deserialize)]
pub struct OpenMilestone {
    /// Its id.
    pub id: MilestoneId,
    /// Its title.
    pub title: String,
    /// The Chinese side of it.
    pub title_zh: Option<String>,
    /// When it is due.
    pub due_on: Date,
    /// What hangs on it.
    pub kind: MilestoneKind,
}

/// What the chair chooses from.
#[derive(Clone, Debug)]
pub struct Choices {
    /// Everybody with a seat.
    pub people: Vec<Person>,
    /// Open tasks, by number.
    pub tasks: Vec<OpenTask>,
    /// Milestones that are not reached, by date.
    pub milestones: Vec<OpenMilestone>,
}

/// Everybody with a seat, open tasks and milestones, in one statement.
///
/// # Errors
/// Of the database.
pub async fn choices(conn: &mut PgConnection, project: ProjectId) -> Result<Choices, sqlx::Error> {
    let row = sqlx::query!(
        r#"select
             (select coalesce(jsonb_agg(jsonb_build_object('id', s.person_id, 'name', s.name, 'is_taker', exists (
                         select from task_takers k where k.project_id = $1 and k.person_id = s.person_id)) order by s.person_id), '[]')
              from (select distinct person_id, name from decision_seats where project_id = $1) s) as "people!: Json<Vec<Person>>",
             (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'number', t.number, 'title', t.title, 'title_zh', t.title_zh,
                         'due_on', t.due_on, 'is_blocked', t.status = 'blocked', 'was', case when t.status = 'blocked' then
                           (select b.status from task_blocks b where b.task_id = t.id and b.project_id = $1 order by b.id desc limit 1) end)
                         order by t.number), '[]')
              from decision_tasks t where t.project_id = $1 and t.status not in ('done', 'dropped')) as "tasks!: Json<Vec<OpenTask>>",
             (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'title', m.title, 'title_zh', m.title_zh, 'due_on', m.due_on, 'kind', m.kind)
                         order by m.due_on, m.title), '[]')
              from decision_milestones m where m.project_id = $1 and m.reached_at is null) as "milestones!: Json<Vec<OpenMilestone>>""#,
        project.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok(Choices { people: row.people.0, tasks: row.tasks.0, milestones: row.milestones.0 })
}
