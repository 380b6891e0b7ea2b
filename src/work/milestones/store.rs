//! SQL of `milestones`.

use super::model::{Milestone, MilestoneFields, MilestoneKind};
use crate::{
    platform::ids::{MilestoneId, ProjectId, StageId},
    platform::locale::Bilingual,
};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};

/// A row as the database gives it.
struct Row {
    project_id: ProjectId,
    id: MilestoneId,
    kind: MilestoneKind,
    stage_id: Option<StageId>,
    title: String,
    title_zh: Option<String>,
    baseline_on: jiff_sqlx::Date,
    due_on: jiff_sqlx::Date,
    reached_at: Option<jiff_sqlx::Timestamp>,
    version: i32,
}

impl From<Row> for Milestone {
    fn from(row: Row) -> Self {
        Self {
            project_id: row.project_id,
            id: row.id,
            kind: row.kind,
            stage_id: row.stage_id,
            title: row.title,
            title_zh: row.title_zh,
            baseline_on: row.baseline_on.to_jiff(),
            due_on: row.due_on.to_jiff(),
            reached_at: row.reached_at.map(jiff_sqlx::Timestamp::to_jiff),
            version: row.version,
        }
    }
}

/// A milestone.
///
/// # Errors
/// Of the database.
pub async fn find(
    conn: &mut PgConnection,
    project: ProjectId,
    id: MilestoneId,
) -> Result<Option<Milestone>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select project_id as "project_id: ProjectId", id as "id: MilestoneId", kind as "kind: MilestoneKind", stage_id as "stage_id: StageId", title, title_zh,
                  baseline_on, due_on, reached_at, version
           from milestones where project_id = $1 and id = $2"#,
        project.uuid(),
        id.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Milestone::from))
}

/// A milestone as it is now, locked until the end of the transaction.
///
/// # Errors
/// Of the database.
pub async fn lock(
    conn: &mut PgConnection,
    project: ProjectId,
    id: MilestoneId,
) -> Result<Option<Milestone>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select project_id as "project_id: ProjectId", id as "id: MilestoneId", kind as "kind: MilestoneKind", stage_id as "stage_id: StageId", title, title_zh,
                  baseline_on, due_on, reached_at, version
           from milestones where project_id = $1 and id = $2 for update"#,
        project.uuid(),
        id.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Milestone::from))
}

/// A milestone with how far the tasks that lead to it are; to a gate lead all tasks of its stage.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The milestone.
    pub milestone: Milestone,
    /// Its stage.
    pub stage: Option<Bilingual>,
    /// The stage's code, which its gate's page is called by.
    pub stage_code: Option<String>,
    /// Tasks done.
    pub done: i64,
    /// Tasks that were not dropped.
    pub tasks: i64,
    /// The decisions that moved it, newest first.
    pub decisions: Vec<Decided>,
}

/// A decision that moved a milestone.
#[derive(Clone, Debug, Deserialize)]
pub struct Decided {
    /// 2 of `D-2`.
    pub number: i32,
    /// When it was made.
    pub decided_at: Timestamp,
}

/// All milestones of a project by date, with their tasks.
///
/// # Errors
/// Of the database.
pub async fn list(conn: &mut PgConnection, project: ProjectId) -> Result<Vec<Listed>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select m.project_id as "project_id: ProjectId", m.id as "id: MilestoneId", m.kind as "kind: MilestoneKind", m.stage_id as "stage_id: StageId", m.title, m.title_zh,
                  m.baseline_on, m.due_on, m.reached_at, m.version, s.name_en as "stage_en?", s.name_zh as "stage_zh?", s.code as "stage_code?",
                  count(t.id) filter (where t.status = 'done') as "done!", count(t.id) filter (where t.status <> 'dropped') as "tasks!",
                  (select coalesce(jsonb_agg(jsonb_build_object('number', d.number, 'decided_at', d.decided_at) order by d.number desc), '[]')
                   from (select distinct number, decided_at from milestone_decisions
                         where project_id = m.project_id and milestone_id = m.id) d) as "decisions!: Json<Vec<Decided>>"
           from milestones m
           left join stage_names s on s.project_id = m.project_id and s.id = m.stage_id
           left join tasks t on t.project_id = m.project_id
                and case when m.kind = 'gate' then t.stage_id = m.stage_id else t.milestone_id = m.id end
           where m.project_id = $1
           group by m.project_id, m.id, s.name_en, s.name_zh, s.code
           order by m.due_on, m.created_at, m.id"#,
        project.uuid(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Listed {
            stage: row.stage_en.zip(row.stage_zh).map(|(en, zh)| Bilingual { en, zh }),
            stage_code: row.stage_code,
            done: row.done,
            tasks: row.tasks,
            decisions: row.decisions.0,
            milestone: Milestone::from(Row {
                project_id: row.project_id,
                id: row.id,
                kind: row.kind,
                stage_id: row.stage_id,
                title: row.title,
                title_zh: row.title_zh,
                baseline_on: row.baseline_on,
                due_on: row.due_on,
                reached_at: row.reached_at,
                version: row.version,
            }),
        })
        .collect())
}

/// Adds a milestone whose first agreed date is its date. False when one with this id exists: the form came twice.
///
/// # Errors
/// Of the database.
pub async fn insert(
    conn: &mut PgConnection,
    project: ProjectId,
    id: MilestoneId,
    fields: &MilestoneFields,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into milestones (project_id, id, stage_id, title, title_zh, baseline_on, due_on, created_at)
         values ($1, $2, $3, $4, $5, $6, $6, $7) on conflict (project_id, id) do nothing",
        project.uuid(),
        id.uuid(),
        fields.stage_id.map(StageId::uuid),
        fields.title,
        fields.title_zh,
        fields.due_on.to_sqlx() as jiff_sqlx::Date,
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes what was filled in. False when the version has moved on.
///
/// # Errors
/// Of the database.
pub async fn update(
    conn: &mut PgConnection,
    milestone: &Milestone,
    fields: &MilestoneFields,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update milestones set title = $4, title_zh = $5, due_on = $6, stage_id = $7, version = version + 1
         where project_id = $1 and id = $2 and version = $3",
        milestone.project_id.uuid(),
        milestone.id.uuid(),
        milestone.version,
        fields.title,
        fields.title_zh,
        fields.due_on.to_sqlx() as jiff_sqlx::Date,
        fields.stage_id.map(StageId::uuid),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Moves its date. False when the version has moved on.
///
/// # Errors
/// Of the database.
pub async fn set_due(conn: &mut PgConnection, milestone: &Milestone, due: Date) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update milestones set due_on = $4, version = version + 1 where project_id = $1 and id = $2 and version = $3",
        milestone.project_id.uuid(),
        milestone.id.uuid(),
        milestone.version,
        due.to_sqlx() as jiff_sqlx::Date,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Marks it as reached, or takes that back. False when the version has moved on.
///
/// # Errors
/// Of the database.
pub async fn set_reached(
    conn: &mut PgConnection,
    milestone: &Milestone,
    at: Option<Timestamp>,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update milestones set reached_at = $4, version = version + 1 where project_id = $1 and id = $2 and version = $3",
        milestone.project_id.uuid(),
        milestone.id.uuid(),
        milestone.version,
        at.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes back that the gates of these stages, and perhaps the launch, were reached; answers each with the moment it was.
///
/// # Errors
/// Of the database.
pub async fn reopen(
    conn: &mut PgConnection,
    project: ProjectId,
    stages: &[StageId],
    with_launch: bool,
) -> Result<Vec<(Milestone, Timestamp)>, sqlx::Error> {
    let stages: Vec<uuid::Uuid> = stages.iter().map(|stage| stage.uuid()).collect();
    let rows = sqlx::query_as!(
        Row,
        r#"select project_id as "project_id: ProjectId", id as "id: MilestoneId", kind as "kind: MilestoneKind", stage_id as "stage_id: StageId", title, title_zh,
                  baseline_on, due_on, reached_at, version
           from milestones where project_id = $1 and reached_at is not null
             and ((kind = 'gate' and stage_id = any($2)) or ($3 and kind = 'launch'))
           order by id for update"#,
        project.uuid(),
        &stages,
        with_launch,
    )
    .fetch_all(&mut *conn)
    .await?;
    let found: Vec<Milestone> = rows.into_iter().map(Milestone::from).collect();
    let ids: Vec<uuid::Uuid> = found.iter().map(|milestone| milestone.id.uuid()).collect();
    sqlx::query!(
        "update milestones set reached_at = null, version = version + 1 where project_id = $1 and id = any($2)",
        project.uuid(),
        &ids,
    )
    .execute(conn)
    .await?;
    Ok(found.into_iter().filter_map(|milestone| milestone.reached_at.map(|at| (milestone, at))).collect())
}
