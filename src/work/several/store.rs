//! Locks and writes several tasks, each in one statement.

use crate::{platform::ids::TaskId, work::tasks::Task};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

/// Locks these tasks until the end of the transaction, always in the same order so that two people with the same tasks
/// wait for each other and do not stand still, and answers those that nobody has changed since they were read.
///
/// # Errors
/// Of the database.
pub async fn lock(conn: &mut PgConnection, tasks: impl Iterator<Item = &Task>) -> Result<Vec<TaskId>, sqlx::Error> {
    let (mut projects, mut ids, mut versions) = (Vec::new(), Vec::new(), Vec::new());
    for task in tasks {
        projects.push(task.project_id.uuid());
        ids.push(task.id.uuid());
        versions.push(task.version);
    }
    let rows = sqlx::query!(
        r#"select tasks.id as "id: TaskId", tasks.version = given.version as "is_same!"
           from tasks join unnest($1::uuid[], $2::uuid[], $3::int[]) as given (project_id, id, version)
             on tasks.project_id = given.project_id and tasks.id = given.id
           order by tasks.project_id, tasks.id for update of tasks"#,
        &projects,
        &ids,
        &versions,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().filter(|row| row.is_same).map(|row| row.id).collect())
}

/// Writes status, dates, assignee, milestone and when they were reviewed as they stand in these tasks, which are locked.
///
/// # Errors
/// Of the database.
pub async fn write(conn: &mut PgConnection, tasks: &[Task], now: Timestamp) -> Result<(), sqlx::Error> {
    let moment = |at: Option<Timestamp>| at.map(|at| at.to_sqlx());
    let day = |date: Option<Date>| date.map(|date| date.to_sqlx());
    let projects: Vec<Uuid> = tasks.iter().map(|task| task.project_id.uuid()).collect();
    let ids: Vec<Uuid> = tasks.iter().map(|task| task.id.uuid()).collect();
    let statuses: Vec<String> = tasks.iter().map(|task| task.status.as_str().to_owned()).collect();
    let reasons: Vec<String> = tasks.iter().map(|task| task.blocked_reason.clone()).collect();
    let waits_for: Vec<Option<Uuid>> = tasks.iter().map(|task| task.waits_for_part_id.map(|id| id.uuid())).collect();
    let blocked_since: Vec<Option<jiff_sqlx::Timestamp>> =
        tasks.iter().map(|task| moment(task.blocked_since)).collect();
    let done_at: Vec<Option<jiff_sqlx::Timestamp>> = tasks.iter().map(|task| moment(task.done_at)).collect();
    let starts_on: Vec<Option<jiff_sqlx::Date>> = tasks.iter().map(|task| day(task.starts_on)).collect();
    let due_on: Vec<Option<jiff_sqlx::Date>> = tasks.iter().map(|task| day(task.due_on)).collect();
    let assignees: Vec<Option<Uuid>> = tasks.iter().map(|task| task.assignee_id.map(|id| id.uuid())).collect();
    let milestones: Vec<Option<Uuid>> = tasks.iter().map(|task| task.milestone_id.map(|id| id.uuid())).collect();
    let reviewed_at: Vec<Option<jiff_sqlx::Timestamp>> = tasks.iter().map(|task| moment(task.reviewed_at)).collect();
    sqlx::query!(
        "update tasks set status = given.status, blocked_reason = given.reason, waits_for_part_id = given.waits_for,
                blocked_since = given.blocked_since, done_at = given.done_at, starts_on = given.starts_on, due_on = given.due_on,
                baseline_due_on = coalesce(tasks.baseline_due_on, given.due_on),
                assignee_id = given.assignee, milestone_id = given.milestone, reviewed_at = given.reviewed_at,
                changed_at = $13, version = tasks.version + 1
         from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::timestamptz[], $7::timestamptz[],
                     $8::date[], $9::date[], $10::uuid[], $11::uuid[], $12::timestamptz[])
              as given (project_id, id, status, reason, waits_for, blocked_since, done_at, starts_on, due_on, assignee, milestone, reviewed_at)
         where tasks.project_id = given.project_id and tasks.id = given.id",
        &projects,
        &ids,
        &statuses,
        &reasons,
        &waits_for as &[Option<Uuid>],
        &blocked_since as &[Option<jiff_sqlx::Timestamp>],
        &done_at as &[Option<jiff_sqlx::Timestamp>],
        &starts_on as &[Option<jiff_sqlx::Date>],
        &due_on as &[Option<jiff_sqlx::Date>],
        &assignees as &[Option<Uuid>],
        &milestones as &[Option<Uuid>],
        &reviewed_at as &[Option<jiff_sqlx::Timestamp>],
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that the person responsible looked at these tasks, which are locked. It makes no new version: nothing about
/// them changed, and a form that somebody has open stays good.
///
/// # Errors
/// Of the database.
pub async fn set_reviewed(
    conn: &mut PgConnection,
    tasks: impl Iterator<Item = &Task>,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    let (projects, ids): (Vec<Uuid>, Vec<Uuid>) = tasks.map(|task| (task.project_id.uuid(), task.id.uuid())).unzip();
    sqlx::query!(
        "update tasks set reviewed_at = $3 from unnest($1::uuid[], $2::uuid[]) as given (project_id, id)
         where tasks.project_id = given.project_id and tasks.id = given.id",
        &projects,
        &ids,
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}
