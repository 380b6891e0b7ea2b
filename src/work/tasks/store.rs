//! SQL of `tasks` and `task_watchers`.

pub mod blocks;
pub mod detail;
mod names;

pub use names::{Names, is_taker_of, names};

use super::{
    TaskLabel,
    model::{Moved, Priority, Status, Task, TaskFields},
};
use crate::platform::ids::{DutyId, MilestoneId, PartId, PersonId, ProjectId, StageId, TaskId};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// A row as the database gives it.
struct Row {
    project_id: ProjectId,
    id: TaskId,
    number: i32,
    title: String,
    title_zh: Option<String>,
    description: String,
    part_id: PartId,
    assignee_id: Option<PersonId>,
    assignee_name: Option<String>,
    status: Status,
    priority: Priority,
    starts_on: Option<jiff_sqlx::Date>,
    due_on: Option<jiff_sqlx::Date>,
    baseline_due_on: Option<jiff_sqlx::Date>,
    stage_id: Option<StageId>,
    milestone_id: Option<MilestoneId>,
    duty_id: Option<DutyId>,
    blocked_reason: String,
    waits_for_part_id: Option<PartId>,
    blocked_since: Option<jiff_sqlx::Timestamp>,
    comment_count: i32,
    created_by: PersonId,
    created_at: jiff_sqlx::Timestamp,
    changed_at: jiff_sqlx::Timestamp,
    reviewed_at: Option<jiff_sqlx::Timestamp>,
    done_at: Option<jiff_sqlx::Timestamp>,
    version: i32,
}

impl From<Row> for Task {
    fn from(row: Row) -> Self {
        let day = |date: Option<jiff_sqlx::Date>| date.map(jiff_sqlx::Date::to_jiff);
        let moment = |at: Option<jiff_sqlx::Timestamp>| at.map(jiff_sqlx::Timestamp::to_jiff);
        Self {
            project_id: row.project_id,
            id: row.id,
            number: row.number,
            title: row.title,
            title_zh: row.title_zh,
            description: row.description,
            part_id: row.part_id,
            assignee_id: row.assignee_id,
            assignee_name: row.assignee_name,
            status: row.status,
            priority: row.priority,
            starts_on: day(row.starts_on),
            due_on: day(row.due_on),
            baseline_due_on: day(row.baseline_due_on),
            stage_id: row.stage_id,
            milestone_id: row.milestone_id,
            duty_id: row.duty_id,
            blocked_reason: row.blocked_reason,
            waits_for_part_id: row.waits_for_part_id,
            blocked_since: moment(row.blocked_since),
            comment_count: row.comment_count,
            created_by: row.created_by,
            created_at: row.created_at.to_jiff(),
            changed_at: row.changed_at.to_jiff(),
            reviewed_at: moment(row.reviewed_at),
            done_at: moment(row.done_at),
            version: row.version,
        }
    }
}

/// Every column, with a condition of its own each time; a function cannot hold a checked statement in two parts.
macro_rules! tasks {
    ($condition:literal, $($argument:expr),*) => {
        sqlx::query_as!(
            Row,
            r#"select t.project_id as "project_id: ProjectId", t.id as "id: TaskId", t.number, t.title, t.title_zh, t.description,
                      t.part_id as "part_id: PartId", t.assignee_id as "assignee_id: PersonId", p.name as "assignee_name?",
                      t.status as "status: Status", t.priority as "priority: Priority", t.starts_on, t.due_on, t.baseline_due_on,
                      t.stage_id as "stage_id: StageId", t.milestone_id as "milestone_id: MilestoneId", t.duty_id as "duty_id: DutyId",
                      t.blocked_reason, t.waits_for_part_id as "waits_for_part_id: PartId", t.blocked_since, t.comment_count,
                      t.created_by as "created_by: PersonId", t.created_at, t.changed_at, t.reviewed_at, t.done_at, t.version
               from tasks t left join person_names p on p.id = t.assignee_id where "# + $condition,
            $($argument),*
        )
    };
}

/// The tasks of a project with these numbers, in the order of their numbers; those that do not exist are left out.
///
/// # Errors
/// Of the database.
pub async fn find(conn: &mut PgConnection, project: ProjectId, numbers: &[i32]) -> Result<Vec<Task>, sqlx::Error> {
    let rows = tasks!("t.project_id = $1 and t.number = any($2) order by t.number", project.uuid(), numbers)
        .fetch_all(conn)
        .await?;
    Ok(rows.into_iter().map(Task::from).collect())
}

/// A task as it is now, locked until the end of the transaction.
///
/// # Errors
/// Of the database.
pub async fn lock(conn: &mut PgConnection, project: ProjectId, id: TaskId) -> Result<Option<Task>, sqlx::Error> {
    let row = tasks!("t.project_id = $1 and t.id = $2 for update of t", project.uuid(), id.uuid())
        .fetch_optional(conn)
        .await?;
    Ok(row.map(Task::from))
}

/// A task by its id.
///
/// # Errors
/// Of the database.
pub async fn find_by_id(conn: &mut PgConnection, project: ProjectId, id: TaskId) -> Result<Option<Task>, sqlx::Error> {
    let row = tasks!("t.project_id = $1 and t.id = $2", project.uuid(), id.uuid()).fetch_optional(conn).await?;
    Ok(row.map(Task::from))
}

/// Those of these tasks that this person has, over all projects.
///
/// # Errors
/// Of the database.
pub async fn own(conn: &mut PgConnection, person: PersonId, labels: &[TaskLabel]) -> Result<Vec<Task>, sqlx::Error> {
    let keys: Vec<String> = labels.iter().map(|label| label.key.clone()).collect();
    let numbers: Vec<i32> = labels.iter().map(|label| label.number).collect();
    let rows = tasks!(
        "t.assignee_id = $1 and (t.project_id, t.number) in (
             select k.id, named.number from unnest($2::text[], $3::int[]) as named (key, number) join project_keys k on k.key = named.key)
         order by t.due_on, t.number",
        person.uuid(),
        &keys,
        &numbers
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Task::from).collect())
}

/// Adds a task whose first agreed date is its due date. False when a task with this id exists: the form came twice.
///
/// # Errors
/// Of the database.
pub async fn insert(
    conn: &mut PgConnection,
    project: ProjectId,
    id: TaskId,
    number: i32,
    fields: &TaskFields,
    by: PersonId,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into tasks (project_id, id, number, title, title_zh, description, part_id, assignee_id, priority, starts_on,
                            due_on, baseline_due_on, stage_id, milestone_id, created_by, created_at, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $13, $14, $15, $15)
         on conflict (project_id, id) do nothing",
        project.uuid(),
        id.uuid(),
        number,
        fields.title,
        fields.title_zh,
        fields.description,
        fields.part_id.uuid(),
        fields.assignee_id.map(PersonId::uuid),
        fields.priority as Priority,
        fields.starts_on.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>,
        fields.due_on.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>,
        fields.stage_id.map(StageId::uuid),
        fields.milestone_id.map(MilestoneId::uuid),
        by.uuid(),
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
    task: &Task,
    fields: &TaskFields,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update tasks set title = $4, title_zh = $5, description = $6, part_id = $7, assignee_id = $8, priority = $9,
                starts_on = $10, due_on = $11, baseline_due_on = coalesce(baseline_due_on, $11), stage_id = $12, milestone_id = $13,
                waits_for_part_id = nullif(waits_for_part_id, $7), changed_at = $14, version = version + 1
         where project_id = $1 and id = $2 and version = $3",
        task.project_id.uuid(),
        task.id.uuid(),
        task.version,
        fields.title,
        fields.title_zh,
        fields.description,
        fields.part_id.uuid(),
        fields.assignee_id.map(PersonId::uuid),
        fields.priority as Priority,
        fields.starts_on.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>,
        fields.due_on.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>,
        fields.stage_id.map(StageId::uuid),
        fields.milestone_id.map(MilestoneId::uuid),
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes a change of status. False when the version has moved on.
///
/// # Errors
/// Of the database.
pub async fn set_status(
    conn: &mut PgConnection,
    task: &Task,
    moved: &Moved,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update tasks set status = $4, blocked_reason = $5, waits_for_part_id = $6, blocked_since = $7, done_at = $8,
                changed_at = $9, version = version + 1
         where project_id = $1 and id = $2 and version = $3",
        task.project_id.uuid(),
        task.id.uuid(),
        task.version,
        moved.status as Status,
        moved.blocked_reason,
        moved.waits_for_part_id.map(PartId::uuid),
        moved.blocked_since.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        moved.done_at.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives a task to somebody or to nobody. False when the version has moved on.
///
/// # Errors
/// Of the database.
pub async fn set_assignee(
    conn: &mut PgConnection,
    task: &Task,
    assignee: Option<PersonId>,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update tasks set assignee_id = $4, changed_at = $5, version = version + 1
         where project_id = $1 and id = $2 and version = $3",
        task.project_id.uuid(),
        task.id.uuid(),
        task.version,
        assignee.map(PersonId::uuid),
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Moves a due date; a start that would come after it moves along. False when the version has moved on.
///
/// # Errors
/// Of the database.
pub async fn set_due(conn: &mut PgConnection, task: &Task, due: Date, now: Timestamp) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update tasks set due_on = $4, baseline_due_on = coalesce(baseline_due_on, $4), starts_on = least(starts_on, $4),
                changed_at = $5, version = version + 1
         where project_id = $1 and id = $2 and version = $3",
        task.project_id.uuid(),
        task.id.uuid(),
        task.version,
        due.to_sqlx(),
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Makes somebody watch a task. False when they did already.
///
/// # Errors
/// Of the database.
pub async fn watch(
    conn: &mut PgConnection,
    project: ProjectId,
    task: TaskId,
    person: PersonId,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into task_watchers (project_id, task_id, person_id) values ($1, $2, $3) on conflict do nothing",
        project.uuid(),
        task.uuid(),
        person.uuid(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends somebody's watching. False when they did not watch.
///
/// # Errors
/// Of the database.
pub async fn unwatch(
    conn: &mut PgConnection,
    project: ProjectId,
    task: TaskId,
    person: PersonId,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "delete from task_watchers where project_id = $1 and task_id = $2 and person_id = $3",
        project.uuid(),
        task.uuid(),
        person.uuid(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The number of a task by its id.
///
/// # Errors
/// Of the database.
pub async fn number_of(conn: &mut PgConnection, project: ProjectId, id: TaskId) -> Result<Option<i32>, sqlx::Error> {
    sqlx::query_scalar!("select number from tasks where project_id = $1 and id = $2", project.uuid(), id.uuid())
        .fetch_optional(conn)
        .await
}
