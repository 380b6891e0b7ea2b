//! SQL of `share_rows`, `shares` and `share_links`.

use super::model::Row;
use crate::{
    goals::months::Month,
    platform::ids::{KeyResultId, MilestoneId, PartId, PersonId, ProjectId, ShareLinkId, TaskId},
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, types::Json};

/// What a department owes, as it is locked for a change.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Owed {
    /// Which.
    pub part: PartId,
    /// In its words.
    pub owes: String,
    /// Month, amount, base.
    pub cells: Vec<(Month, i64, i64)>,
}

/// The shares of a key result as they are. The key result is locked before.
///
/// # Errors
/// Of the database.
pub async fn owed(conn: &mut PgConnection, project: ProjectId, id: KeyResultId) -> Result<Vec<Owed>, sqlx::Error> {
    let found = sqlx::query_scalar!(
        r#"select coalesce(jsonb_agg(jsonb_build_object('part', r.part_id, 'owes', r.owes,
               'cells', (select coalesce(jsonb_agg(jsonb_build_array(s.month, s.amount, coalesce(s.base, 0)) order by s.month), '[]')
                   from shares s where s.project_id = r.project_id and s.key_result_id = r.key_result_id and s.part_id = r.part_id))), '[]')
               as "owed!: Json<Vec<Owed>>"
           from share_rows r where r.project_id = $1 and r.key_result_id = $2"#,
        project.uuid(),
        id.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok(found.0)
}

/// Writes the shares of some departments anew: those without any share and words are no part of the split any more, unless
/// they have entered figures. Shares that
/// stay as they are keep since when they stand. Counts a change of the split.
///
/// # Errors
/// Of the database.
pub async fn write(
    conn: &mut PgConnection,
    project: ProjectId,
    id: KeyResultId,
    (months, rows): (&[Month], &[(Row, String)]),
    (by, at): (PersonId, Timestamp),
) -> Result<(), sqlx::Error> {
    let is_kept = |(row, owes): &&(Row, String)| !owes.is_empty() || row.cells.iter().any(|cell| cell.is_set);
    let all: Vec<uuid::Uuid> = rows.iter().map(|(row, _)| row.part.uuid()).collect();
    let (parts, owes): (Vec<uuid::Uuid>, Vec<String>) =
        rows.iter().filter(is_kept).map(|(row, owes)| (row.part.uuid(), owes.clone())).unzip();
    let cells = rows.iter().filter(is_kept).flat_map(|(row, _)| {
        row.cells.iter().zip(months).filter(|(cell, _)| cell.is_set).map(|(cell, month)| (row.part, *month, *cell))
    });
    let cells: Vec<_> = cells.collect();
    let cell_parts: Vec<uuid::Uuid> = cells.iter().map(|(part, _, _)| part.uuid()).collect();
    let cell_months: Vec<jiff_sqlx::Date> = cells.iter().map(|(_, month, _)| month.first().to_sqlx()).collect();
    let amounts: Vec<i64> = cells.iter().map(|(_, _, cell)| cell.amount).collect();
    let bases: Vec<i64> = cells.iter().map(|(_, _, cell)| cell.base).collect();
    sqlx::query!(
        "delete from share_rows where project_id = $1 and key_result_id = $2 and part_id = any($3) and part_id <> all($4)
           and not exists (
               select from entries e join key_results k on k.project_id = e.project_id and k.series_id = e.series_id
               where k.project_id = $1 and k.id = $2 and e.part_id = share_rows.part_id)",
        project.uuid(),
        id.uuid(),
        &all,
        &parts,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "insert into share_rows (project_id, key_result_id, part_id, owes)
         select $1, $2, part, owes from unnest($3::uuid[], $4::text[]) as new (part, owes)
         on conflict (project_id, key_result_id, part_id) do update set owes = excluded.owes",
        project.uuid(),
        id.uuid(),
        &parts,
        &owes,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "delete from shares where project_id = $1 and key_result_id = $2 and part_id = any($3)
           and not exists (select from unnest($4::uuid[], $5::date[]) as new (part, month) where new.part = shares.part_id and new.month = shares.month)",
        project.uuid(),
        id.uuid(),
        &all,
        &cell_parts,
        &cell_months as &[jiff_sqlx::Date],
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "insert into shares (project_id, key_result_id, part_id, month, amount, base, set_by, set_at)
         select $1, $2, part, month, amount, base, $7, $8
         from unnest($3::uuid[], $4::date[], $5::bigint[], $6::bigint[]) as new (part, month, amount, base)
         on conflict (project_id, key_result_id, part_id, month) do update
         set amount = excluded.amount, base = excluded.base, set_by = excluded.set_by, set_at = excluded.set_at, decision_id = null
         where (shares.amount, coalesce(shares.base, 0)) is distinct from (excluded.amount, coalesce(excluded.base, 0))",
        project.uuid(),
        id.uuid(),
        &cell_parts,
        &cell_months as &[jiff_sqlx::Date],
        &amounts,
        &bases,
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "update key_results set split_version = split_version + 1 where project_id = $1 and id = $2",
        project.uuid(),
        id.uuid()
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Something of a department that can lead to its share.
#[derive(Clone, Debug)]
pub struct Linkable {
    /// A task.
    pub task: Option<TaskId>,
    /// A milestone.
    pub milestone: Option<MilestoneId>,
    /// The number of a task.
    pub number: Option<i32>,
    /// Its title.
    pub title: String,
    /// In Chinese, while it is a blueprint's own.
    pub title_zh: Option<String>,
    /// Whose task; every milestone is everybody's.
    pub part: Option<PartId>,
}

/// The open tasks of some departments, and the milestones ahead.
///
/// # Errors
/// Of the database.
pub async fn linkable(
    conn: &mut PgConnection,
    project: ProjectId,
    parts: &[PartId],
) -> Result<Vec<Linkable>, sqlx::Error> {
    let parts: Vec<uuid::Uuid> = parts.iter().map(|part| part.uuid()).collect();
    sqlx::query_as!(
        Linkable,
        r#"select t.id as "task?: TaskId", null::uuid as "milestone?: MilestoneId", t.number as "number?", t.title as "title!", t.title_zh,
                  t.part_id as "part?: PartId"
           from goal_tasks t where t.project_id = $1 and t.part_id = any($2) and t.status not in ('done', 'dropped')
           union all
           select null, m.id, null, m.title, m.title_zh, null from goal_milestones m where m.project_id = $1 and m.reached_at is null
           order by 3 nulls last, 4"#,
        project.uuid(),
        &parts,
    )
    .fetch_all(conn)
    .await
}

/// Links a department's own open task, or a milestone, to its share; false when it is linked already, or is none of its own.
///
/// # Errors
/// Of the database.
pub async fn link(
    conn: &mut PgConnection,
    project: ProjectId,
    (id, key_result, part): (ShareLinkId, KeyResultId, PartId),
    (task, milestone): (Option<TaskId>, Option<MilestoneId>),
    (by, at): (PersonId, Timestamp),
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"with thing as (
               select t.id as task, null::uuid as milestone, t.title from goal_tasks t where t.project_id = $1 and t.id = $5 and t.part_id = $4
               union all
               select null, m.id, m.title from goal_milestones m where m.project_id = $1 and m.id = $6),
           linked as (
               insert into share_links (project_id, id, key_result_id, part_id, task_id, milestone_id, linked_by, linked_at)
               select $1, $2, $3, $4, thing.task, thing.milestone, $7, $8 from thing
               where exists (select from share_rows r where r.project_id = $1 and r.key_result_id = $3 and r.part_id = $4)
               on conflict do nothing returning id)
           select thing.title as "title!" from thing, linked"#,
        project.uuid(),
        id.uuid(),
        key_result.uuid(),
        part.uuid(),
        task.map(TaskId::uuid),
        milestone.map(MilestoneId::uuid),
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .fetch_optional(conn)
    .await
}

/// Whether a task or milestone is linked to a share already.
///
/// # Errors
/// Of the database.
pub async fn is_linked(
    conn: &mut PgConnection,
    project: ProjectId,
    (key_result, part): (KeyResultId, PartId),
    (task, milestone): (Option<TaskId>, Option<MilestoneId>),
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from share_links where project_id = $1 and key_result_id = $2 and part_id = $3
               and coalesce(task_id, milestone_id) = coalesce($4::uuid, $5::uuid)) as "is_linked!""#,
        project.uuid(),
        key_result.uuid(),
        part.uuid(),
        task.map(TaskId::uuid),
        milestone.map(MilestoneId::uuid),
    )
    .fetch_one(conn)
    .await
}

/// Takes a link away; none when it is gone already.
///
/// # Errors
/// Of the database.
pub async fn unlink(
    conn: &mut PgConnection,
    project: ProjectId,
    (id, key_result, part): (ShareLinkId, KeyResultId, PartId),
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"with gone as (
               delete from share_links where project_id = $1 and id = $2 and key_result_id = $3 and part_id = $4
               returning task_id, milestone_id)
           select coalesce((select t.title from goal_tasks t where t.project_id = $1 and t.id = gone.task_id),
                           (select m.title from goal_milestones m where m.project_id = $1 and m.id = gone.milestone_id)) as "title!" from gone"#,
        project.uuid(),
        id.uuid(),
        key_result.uuid(),
        part.uuid(),
    )
    .fetch_optional(conn)
    .await
}
