//! SQL of the work that a project starts with: three statements, however much it is.

use super::model::{Load, PlannedDependency, PlannedMilestone, PlannedTask, PlannedWork};
use crate::platform::ids::{MilestoneId, PersonId, ProjectId, StageId};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

/// Writes milestones, tasks and dependencies. The project's `next_task_number` is the projects room's to set.
///
/// # Errors
/// Of the database.
pub async fn insert(
    conn: &mut PgConnection,
    project: ProjectId,
    creator: PersonId,
    now: Timestamp,
    work: &PlannedWork,
) -> Result<(), sqlx::Error> {
    insert_milestones(conn, project, now, &work.milestones).await?;
    insert_tasks(conn, project, creator, now, &work.tasks).await?;
    insert_dependencies(conn, project, &work.dependencies).await
}

async fn insert_milestones(
    conn: &mut PgConnection,
    project: ProjectId,
    now: Timestamp,
    milestones: &[PlannedMilestone],
) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = milestones.iter().map(|one| one.id.uuid()).collect();
    let stages: Vec<Option<Uuid>> = milestones.iter().map(|one| one.stage_id.map(|stage| stage.uuid())).collect();
    let titles: Vec<String> = milestones.iter().map(|one| one.title.clone()).collect();
    let titles_zh: Vec<String> = milestones.iter().map(|one| one.title_zh.clone()).collect();
    let days: Vec<jiff_sqlx::Date> = milestones.iter().map(|one| one.due_on.to_sqlx()).collect();
    sqlx::query!(
        "insert into milestones (project_id, id, kind, stage_id, title, title_zh, baseline_on, due_on, created_at)
         select $1, id, case when stage_id is null then 'launch' else 'gate' end, stage_id, title, title_zh, due_on, due_on, $2
         from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::date[]) as given (id, stage_id, title, title_zh, due_on)",
        project.uuid(),
        now.to_sqlx(),
        &ids,
        &stages as &[Option<Uuid>],
        &titles,
        &titles_zh,
        &days as &[jiff_sqlx::Date],
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn insert_tasks(
    conn: &mut PgConnection,
    project: ProjectId,
    creator: PersonId,
    now: Timestamp,
    tasks: &[PlannedTask],
) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = tasks.iter().map(|one| one.id.uuid()).collect();
    let numbers: Vec<i32> = tasks.iter().map(|one| one.number).collect();
    let titles: Vec<String> = tasks.iter().map(|one| one.title.clone()).collect();
    let titles_zh: Vec<String> = tasks.iter().map(|one| one.title_zh.clone()).collect();
    let parts: Vec<Uuid> = tasks.iter().map(|one| one.part_id.uuid()).collect();
    let assignees: Vec<Option<Uuid>> = tasks.iter().map(|one| one.assignee_id.map(|person| person.uuid())).collect();
    let starts: Vec<jiff_sqlx::Date> = tasks.iter().map(|one| one.starts_on.to_sqlx()).collect();
    let dues: Vec<jiff_sqlx::Date> = tasks.iter().map(|one| one.due_on.to_sqlx()).collect();
    let stages: Vec<Uuid> = tasks.iter().map(|one| one.stage_id.uuid()).collect();
    let milestones: Vec<Option<Uuid>> = tasks.iter().map(|one| one.milestone_id.map(|gate| gate.uuid())).collect();
    let duties: Vec<Uuid> = tasks.iter().map(|one| one.duty_id.uuid()).collect();
    sqlx::query!(
        "insert into tasks (project_id, id, number, title, title_zh, part_id, assignee_id, starts_on, due_on, baseline_due_on,
                            stage_id, milestone_id, duty_id, created_by, created_at, changed_at)
         select $1, id, number, title, title_zh, part_id, assignee_id, starts_on, due_on, due_on, stage_id, milestone_id, duty_id,
                $2, $3, $3
         from unnest($4::uuid[], $5::int[], $6::text[], $7::text[], $8::uuid[], $9::uuid[], $10::date[], $11::date[], $12::uuid[],
                     $13::uuid[], $14::uuid[])
              as given (id, number, title, title_zh, part_id, assignee_id, starts_on, due_on, stage_id, milestone_id, duty_id)",
        project.uuid(),
        creator.uuid(),
        now.to_sqlx(),
        &ids,
        &numbers,
        &titles,
        &titles_zh,
        &parts,
        &assignees as &[Option<Uuid>],
        &starts as &[jiff_sqlx::Date],
        &dues as &[jiff_sqlx::Date],
        &stages,
        &milestones as &[Option<Uuid>],
        &duties,
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn insert_dependencies(
    conn: &mut PgConnection,
    project: ProjectId,
    dependencies: &[PlannedDependency],
) -> Result<(), sqlx::Error> {
    let tasks: Vec<Uuid> = dependencies.iter().map(|one| one.task_id.uuid()).collect();
    let firsts: Vec<Uuid> = dependencies.iter().map(|one| one.waits_on_id.uuid()).collect();
    sqlx::query!(
        "insert into task_dependencies (project_id, task_id, waits_on_id)
         select $1, task_id, waits_on_id from unnest($2::uuid[], $3::uuid[]) as given (task_id, waits_on_id)",
        project.uuid(),
        &tasks,
        &firsts,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// How the open tasks of a project lie with people, those that nobody has last.
///
/// # Errors
/// Of the database.
pub async fn loads(conn: &mut PgConnection, project: ProjectId, today: Date) -> Result<Vec<Load>, sqlx::Error> {
    sqlx::query_as!(
        Load,
        r#"select person_names.name as "name?", count(*) as "tasks!", count(*) filter (where tasks.due_on < $2) as "late!"
           from tasks left join person_names on person_names.id = tasks.assignee_id
           where tasks.project_id = $1 and tasks.status in ('todo', 'doing', 'review', 'blocked')
           group by person_names.id, person_names.name order by person_names.id is null, count(*) desc, person_names.id"#,
        project.uuid(),
        today.to_sqlx(),
    )
    .fetch_all(conn)
    .await
}

/// Keeps the tasks that gates read as they are until the transaction ends.
///
/// # Errors
/// Of the database.
pub async fn hold_still(conn: &mut PgConnection, project: ProjectId) -> Result<(), sqlx::Error> {
    sqlx::query!("select id from tasks where project_id = $1 and duty_id is not null for share", project.uuid())
        .fetch_all(conn)
        .await?;
    Ok(())
}

/// A milestone that has just been reached.
#[derive(Clone, Debug)]
pub struct Reached {
    /// Which.
    pub id: MilestoneId,
    /// Its title.
    pub title: String,
    /// The Chinese side, while it is a blueprint's own.
    pub title_zh: Option<String>,
}

/// Marks the milestones of a stage's gate as reached.
///
/// # Errors
/// Of the database.
pub async fn reach_gate(
    conn: &mut PgConnection,
    project: ProjectId,
    stage: StageId,
    now: Timestamp,
) -> Result<Vec<Reached>, sqlx::Error> {
    sqlx::query_as!(
        Reached,
        r#"update milestones set reached_at = $3, version = version + 1
           where project_id = $1 and stage_id = $2 and kind = 'gate' and reached_at is null
           returning id as "id: MilestoneId", title, title_zh"#,
        project.uuid(),
        stage.uuid(),
        now.to_sqlx(),
    )
    .fetch_all(conn)
    .await
}

/// Marks the day of launch as reached.
///
/// # Errors
/// Of the database.
pub async fn reach_launch(
    conn: &mut PgConnection,
    project: ProjectId,
    now: Timestamp,
) -> Result<Vec<Reached>, sqlx::Error> {
    sqlx::query_as!(
        Reached,
        r#"update milestones set reached_at = $2, version = version + 1
           where project_id = $1 and kind = 'launch' and reached_at is null
           returning id as "id: MilestoneId", title, title_zh"#,
        project.uuid(),
        now.to_sqlx(),
    )
    .fetch_all(conn)
    .await
}
