//! SQL of moving many dates at once.

use crate::{
    platform::ids::{ProjectId, StageId},
    work::milestones::MilestoneKind,
};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

/// What has a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A task with this number.
    Task(i32),
    /// A milestone.
    Milestone(MilestoneKind),
}

/// Something of a project that is not over and has a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// What.
    pub thing: Thing,
    /// Its id.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// The Chinese side of a blueprint's title.
    pub title_zh: Option<String>,
    /// Its stage.
    pub stage_id: Option<StageId>,
    /// When it starts.
    pub starts_on: Option<Date>,
    /// When it is due.
    pub due_on: Date,
}

/// Locks the tasks and milestones of a project that are not over, in an order that all share.
///
/// # Errors
/// Of the database.
pub async fn lock(conn: &mut PgConnection, project: ProjectId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select id from tasks where project_id = $1 and status not in ('done', 'dropped') order by number for update",
        project.uuid()
    )
    .fetch_all(&mut *conn)
    .await?;
    sqlx::query!(
        "select id from milestones where project_id = $1 and reached_at is null order by id for update",
        project.uuid()
    )
    .fetch_all(conn)
    .await?;
    Ok(())
}

/// Every open task with a due date and every milestone not reached, by date.
///
/// # Errors
/// Of the database.
pub async fn open_dates(conn: &mut PgConnection, project: ProjectId) -> Result<Vec<Dated>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select number as "number?", kind as "kind: MilestoneKind", id as "id!", title as "title!", title_zh, stage_id as "stage_id: StageId", starts_on, due_on as "due_on!"
           from (select number, 'own' as kind, id, title, title_zh, stage_id, starts_on, due_on from tasks
                 where project_id = $1 and status not in ('done', 'dropped') and due_on is not null
                 union all
                 select null, kind, id, title, title_zh, stage_id, null, due_on from milestones
                 where project_id = $1 and reached_at is null) as dated
           order by due_on, number nulls first, id"#,
        project.uuid(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Dated {
            thing: row.number.map_or(Thing::Milestone(row.kind.unwrap_or(MilestoneKind::Own)), Thing::Task),
            id: row.id,
            title: row.title,
            title_zh: row.title_zh,
            stage_id: row.stage_id,
            starts_on: row.starts_on.map(jiff_sqlx::Date::to_jiff),
            due_on: row.due_on.to_jiff(),
        })
        .collect())
}

/// Moves tasks to their new dates, all in one statement.
///
/// # Errors
/// Of the database.
pub async fn move_tasks(
    conn: &mut PgConnection,
    project: ProjectId,
    moves: &[(Uuid, Option<Date>, Date)],
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = moves.iter().map(|(id, ..)| *id).collect();
    let starts: Vec<Option<jiff_sqlx::Date>> =
        moves.iter().map(|(_, start, _)| start.map(|day| day.to_sqlx())).collect();
    let dues: Vec<jiff_sqlx::Date> = moves.iter().map(|(.., due)| due.to_sqlx()).collect();
    sqlx::query!(
        "update tasks set starts_on = given.starts_on, due_on = given.due_on, changed_at = $5, version = version + 1
         from unnest($2::uuid[], $3::date[], $4::date[]) as given (id, starts_on, due_on)
         where tasks.project_id = $1 and tasks.id = given.id",
        project.uuid(),
        &ids,
        &starts as &[Option<jiff_sqlx::Date>],
        &dues as &[jiff_sqlx::Date],
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Moves milestones to their new days, all in one statement.
///
/// # Errors
/// Of the database.
pub async fn move_milestones(
    conn: &mut PgConnection,
    project: ProjectId,
    moves: &[(Uuid, Date)],
) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = moves.iter().map(|(id, _)| *id).collect();
    let dues: Vec<jiff_sqlx::Date> = moves.iter().map(|(_, due)| due.to_sqlx()).collect();
    sqlx::query!(
        "update milestones set due_on = given.due_on, version = version + 1
         from unnest($2::uuid[], $3::date[]) as given (id, due_on)
         where milestones.project_id = $1 and milestones.id = given.id",
        project.uuid(),
        &ids,
        &dues as &[jiff_sqlx::Date],
    )
    .execute(conn)
    .await?;
    Ok(())
}
