//! Changes in lists: of a project, those that wait for the escalation; and what a new one can touch.

use crate::{
    platform::ids::{ChangeId, EscalationId, MilestoneId, PartId, ProjectId, TaskId},
    projects::scope::Days,
    scope::{
        case::Touched,
        model::{Side, Standing, State},
    },
};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};

/// One line of the change ledger.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its number.
    pub number: i32,
    /// What is to change.
    pub title: String,
    /// Who asks.
    pub part: PartId,
    /// Where it is, and who has accepted.
    pub standing: Standing,
    /// The side that said no.
    pub declined_by: Option<Side>,
    /// The parts that answered for the product and for R&D, where they are known.
    pub answered_by: (Option<PartId>, Option<PartId>),
    /// How long it takes.
    pub size: Option<Days>,
    /// The task that it touches.
    pub task: Option<Touched>,
    /// The milestone that it touches.
    pub milestone: Option<Touched>,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// It counts in the baseline in force, or is not agreed to yet.
    pub is_current: bool,
    /// The number of the escalation that it waits for, or waited for.
    pub escalation: Option<i32>,
}

/// Every change of a project, the newest first; at most 1,000.
///
/// # Errors
/// Of the database.
pub async fn list(conn: &mut PgConnection, project: ProjectId) -> Result<Vec<Listed>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select c.number, c.title, c.part_id as "part: PartId", c.state as "state: State", c.size_halves, c.asked_at,
                  c.product_accepted_at is not null as "product!", c.rnd_accepted_at is not null as "rnd!",
                  c.baseline_id is null or c.baseline_id = b.id as "is_current!",
                  (select m.side from scope_moves m where m.project_id = c.project_id and m.change_id = c.id and m.kind = 'declined'
                   limit 1) as "declined_by: Side",
                  (select m.part_id from scope_moves m where m.project_id = c.project_id and m.change_id = c.id and m.side = 'product'
                     and (m.kind = 'declined' or (m.kind = 'accepted' and c.product_accepted_at is not null))
                   order by m.position desc limit 1) as "product_part: PartId",
                  (select m.part_id from scope_moves m where m.project_id = c.project_id and m.change_id = c.id and m.side = 'rnd'
                     and (m.kind = 'declined' or (m.kind = 'accepted' and c.rnd_accepted_at is not null))
                   order by m.position desc limit 1) as "rnd_part: PartId",
                  (select jsonb_build_object('number', t.number, 'title', t.title, 'title_zh', t.title_zh, 'due_on', t.due_on,
                              'from_on', c.task_from_on, 'days', c.task_days)
                   from scope_tasks t where t.project_id = c.project_id and t.id = c.task_id) as "task: Json<Touched>",
                  (select jsonb_build_object('title', m.title, 'title_zh', m.title_zh, 'due_on', m.due_on,
                              'from_on', c.milestone_from_on, 'days', c.milestone_days)
                   from scope_milestones m where m.project_id = c.project_id and m.id = c.milestone_id) as "milestone: Json<Touched>",
                  (select e.number from scope_escalation_ends e where e.project_id = c.project_id and e.id = c.escalation_id) as escalation
           from scope_changes c join scope_current b on b.project_id = c.project_id
           where c.project_id = $1 order by c.number desc limit 1000"#,
        project.uuid(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Listed {
            number: row.number,
            title: row.title,
            part: row.part,
            standing: Standing { state: row.state, product: row.product, rnd: row.rnd },
            declined_by: row.declined_by,
            answered_by: (row.product_part, row.rnd_part),
            size: row.size_halves.map(Days::of_halves),
            task: row.task.map(|task| task.0),
            milestone: row.milestone.map(|milestone| milestone.0),
            asked_at: row.asked_at.to_jiff(),
            is_current: row.is_current,
            escalation: row.escalation,
        })
        .collect())
}

/// A change that waits for the escalation.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Its id.
    pub id: ChangeId,
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// How long it takes.
    pub size: Days,
}

/// Those that wait for an escalation, in the order in which both sides accepted them; locked.
///
/// # Errors
/// Of the database.
pub async fn waiting(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
) -> Result<Vec<Waiting>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select id as "id: ChangeId", number, title, coalesce(size_halves, 0) as "halves!" from scope_changes
           where project_id = $1 and escalation_id = $2 and state = 'over_budget' order by agreed_at, number for update"#,
        project.uuid(),
        escalation.uuid(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Waiting { id: row.id, number: row.number, title: row.title, size: Days::of_halves(row.halves) })
        .collect())
}

/// A task that a new change can touch.
#[derive(Clone, Debug, Deserialize)]
pub struct TaskChoice {
    /// Its id.
    pub id: TaskId,
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// The Chinese side of it.
    pub title_zh: Option<String>,
}

/// A milestone that a new change can touch.
#[derive(Clone, Debug, Deserialize)]
pub struct MilestoneChoice {
    /// Its id.
    pub id: MilestoneId,
    /// Its title.
    pub title: String,
    /// The Chinese side of it.
    pub title_zh: Option<String>,
}

/// Open tasks and milestones ahead.
///
/// # Errors
/// Of the database.
pub async fn choices(
    conn: &mut PgConnection,
    project: ProjectId,
) -> Result<(Vec<TaskChoice>, Vec<MilestoneChoice>), sqlx::Error> {
    let row = sqlx::query!(
        r#"select
            (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'number', t.number, 'title', t.title, 'title_zh', t.title_zh)
                        order by t.number), '[]')
             from scope_tasks t where t.project_id = $1 and t.status not in ('done', 'dropped')) as "tasks!: Json<Vec<TaskChoice>>",
            (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'title', m.title, 'title_zh', m.title_zh) order by m.due_on, m.id), '[]')
             from scope_milestones m where m.project_id = $1 and m.reached_at is null) as "milestones!: Json<Vec<MilestoneChoice>>""#,
        project.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok((row.tasks.0, row.milestones.0))
}
