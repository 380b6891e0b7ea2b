//! SQL of `scope_changes`, `scope_moves` and `scope_escalations`.

pub mod lists;
pub mod moves;

use super::{
    case::{EscalationEnd, Move, ScopeChange, Touched},
    model::{Standing, State},
};
use crate::{
    platform::ids::{BaselineId, ChangeId, EscalationId, MilestoneId, PartId, PersonId, ProjectId, TaskId},
    projects::scope::Days,
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, types::Json};

/// A change by its number in its project, with all that belongs to it.
///
/// # Errors
/// Of the database.
pub async fn change(
    conn: &mut PgConnection,
    project: ProjectId,
    number: i32,
) -> Result<Option<ScopeChange>, sqlx::Error> {
    read(conn, project, Some(number), None).await
}

/// As [`change`], by its id, after locking it: nobody else moves it meanwhile.
///
/// # Errors
/// Of the database.
pub async fn locked(
    conn: &mut PgConnection,
    project: ProjectId,
    id: ChangeId,
) -> Result<Option<ScopeChange>, sqlx::Error> {
    sqlx::query_scalar!(
        "select version from scope_changes where project_id = $1 and id = $2 for update",
        project.uuid(),
        id.uuid()
    )
    .fetch_optional(&mut *conn)
    .await?;
    read(conn, project, None, Some(id)).await
}

async fn read(
    conn: &mut PgConnection,
    project: ProjectId,
    number: Option<i32>,
    id: Option<ChangeId>,
) -> Result<Option<ScopeChange>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select c.id as "id: ChangeId", c.number, c.title, c.details, c.why, c.part_id as "part: PartId", c.state as "state: State",
                  c.size_halves, c.product_accepted_at is not null as "product!", c.rnd_accepted_at is not null as "rnd!", c.version,
                  (select jsonb_build_object('number', t.number, 'title', t.title, 'title_zh', t.title_zh, 'due_on', t.due_on,
                              'from_on', c.task_from_on, 'days', c.task_days)
                   from scope_tasks t where t.project_id = c.project_id and t.id = c.task_id) as "task: Json<Touched>",
                  (select jsonb_build_object('title', m.title, 'title_zh', m.title_zh, 'due_on', m.due_on,
                              'from_on', c.milestone_from_on, 'days', c.milestone_days)
                   from scope_milestones m where m.project_id = c.project_id and m.id = c.milestone_id) as "milestone: Json<Touched>",
                  (select jsonb_build_object('id', e.id, 'number', e.number, 'state', e.state, 'decision', e.decision)
                   from scope_escalation_ends e where e.project_id = c.project_id and e.id = c.escalation_id) as "escalation: Json<EscalationEnd>",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'kind', m.kind, 'side', m.side, 'by_id', m.by_id, 'by', p.name,
                              'part', m.part_id, 'halves', m.size_halves, 'note', m.note, 'at', m.at) order by m.position), '[]')
                   from scope_moves m left join person_names p on p.id = m.by_id
                   where m.project_id = c.project_id and m.change_id = c.id) as "moves!: Json<Vec<Move>>",
                  (select coalesce(sum(u.size_halves), 0)::int from scope_changes u
                   join scope_current b on b.project_id = u.project_id and b.id = u.baseline_id
                   where u.project_id = c.project_id and u.state = 'accepted') as "used!"
           from scope_changes c
           where c.project_id = $1 and (c.number = $2 or c.id = $3)"#,
        project.uuid(),
        number,
        id.map(ChangeId::uuid),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| ScopeChange {
        id: row.id,
        number: row.number,
        title: row.title,
        details: row.details,
        why: row.why,
        part: row.part,
        standing: Standing { state: row.state, product: row.product, rnd: row.rnd },
        size: row.size_halves.map(Days::of_halves),
        task: row.task.map(|task| task.0),
        milestone: row.milestone.map(|milestone| milestone.0),
        escalation: row.escalation.map(|escalation| escalation.0),
        moves: row.moves.0,
        used: Days::of_halves(row.used),
        version: row.version,
    }))
}

/// A new change as it is written.
#[derive(Debug)]
pub struct NewScopeChange<'a> {
    /// Made with the form.
    pub id: ChangeId,
    /// What is to change.
    pub title: &'a str,
    /// Markdown.
    pub details: &'a str,
    /// Why.
    pub why: &'a str,
    /// In whose name.
    pub part: PartId,
    /// The task that it touches.
    pub task: Option<TaskId>,
    /// The milestone that it touches.
    pub milestone: Option<MilestoneId>,
}

/// Writes a change under the next number of its project; none when the id is already there.
///
/// # Errors
/// Of the database.
pub async fn insert(
    conn: &mut PgConnection,
    project: ProjectId,
    new: &NewScopeChange<'_>,
    (by, at): (PersonId, Timestamp),
) -> Result<Option<i32>, sqlx::Error> {
    // The project's row is locked first, so that the same form sent twice at once waits here.
    sqlx::query_scalar!(
        r#"with next as (
               update projects set next_change_number = next_change_number + 1 where id = $1
               returning next_change_number - 1 as number)
           insert into scope_changes (project_id, id, number, title, details, why, part_id, asked_by, asked_at, task_id, milestone_id)
           select $1, $2, next.number, $3, $4, $5, $6, $7, $8, $9, $10 from next
           on conflict (project_id, id) do nothing
           returning number"#,
        project.uuid(),
        new.id.uuid(),
        new.title,
        new.details,
        new.why,
        new.part.uuid(),
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
        new.task.map(TaskId::uuid),
        new.milestone.map(MilestoneId::uuid),
    )
    .fetch_optional(conn)
    .await
}

/// The number of a change that is there already.
///
/// # Errors
/// Of the database.
pub async fn number_of(conn: &mut PgConnection, project: ProjectId, id: ChangeId) -> Result<Option<i32>, sqlx::Error> {
    sqlx::query_scalar!("select number from scope_changes where project_id = $1 and id = $2", project.uuid(), id.uuid())
        .fetch_optional(conn)
        .await
}

/// How much counts in the budget of a baseline, and whether any change of the project was ever counted or went over the budget.
///
/// # Errors
/// Of the database.
pub async fn used(
    conn: &mut PgConnection,
    project: ProjectId,
    baseline: BaselineId,
) -> Result<(Days, bool), sqlx::Error> {
    let row = sqlx::query!(
        r#"select coalesce(sum(size_halves) filter (where baseline_id = $2 and state = 'accepted'), 0)::int as "halves!",
                  coalesce(bool_or(state = 'accepted' or escalation_id is not null), false) as "has_counted!"
           from scope_changes where project_id = $1"#,
        project.uuid(),
        baseline.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok((Days::of_halves(row.halves), row.has_counted))
}

/// The escalation that changes wait for; none while none is open.
///
/// # Errors
/// Of the database.
pub async fn open_escalation(conn: &mut PgConnection, project: ProjectId) -> Result<Option<EscalationId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select escalation_id as "id: EscalationId" from scope_escalations where project_id = $1 and ended_at is null"#,
        project.uuid(),
    )
    .fetch_optional(conn)
    .await
}

/// Notes that changes wait for this escalation. Never for two: the index says so.
///
/// # Errors
/// Of the database.
pub async fn begin_waiting(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into scope_escalations (project_id, escalation_id, opened_at) values ($1, $2, $3)",
        project.uuid(),
        escalation.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Nothing waits for it any more; false when that was so already.
///
/// # Errors
/// Of the database.
pub async fn end_waiting(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    at: Timestamp,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update scope_escalations set ended_at = $3 where project_id = $1 and escalation_id = $2 and ended_at is null",
        project.uuid(),
        escalation.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How an escalation ended, or that it is open.
///
/// # Errors
/// Of the database.
pub async fn ending(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
) -> Result<Option<EscalationEnd>, sqlx::Error> {
    sqlx::query_as!(
        EscalationEnd,
        r#"select id as "id!: EscalationId", number as "number!", state as "state!", decision
           from scope_escalation_ends where project_id = $1 and id = $2"#,
        project.uuid(),
        escalation.uuid(),
    )
    .fetch_optional(conn)
    .await
}
