//! SQL of the running step of an escalation.

use super::model::{Running, Span, Warning};
use crate::{
    decisions::escalations::{State, Step},
    platform::{
        ids::{EscalationId, PersonId, ProjectId},
        working_time::Calendar,
    },
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// Held by the demo while it plays: its people live in the past, and no clock runs for them.
const DEMO_LOCK: i64 = 0x5475_7474_6944;

/// An open escalation with its running step, locked.
#[derive(Clone, Debug)]
pub struct Ticking {
    /// In which project.
    pub project: ProjectId,
    /// Its id.
    pub id: EscalationId,
    /// Its number there.
    pub number: i32,
    /// In one sentence.
    pub question: String,
    /// Code of its category.
    pub category: String,
    /// Where it is.
    pub state: State,
    /// The step that runs; none where a step began before limits were kept with it.
    pub running: Option<Running>,
    /// When the step began and must end, as it stands in the rows.
    pub entered_at: Timestamp,
    /// When it must end.
    pub due_at: Timestamp,
    /// The last warning.
    pub warned: Option<Warning>,
    /// Since when it stands.
    pub paused_at: Option<Timestamp>,
}

/// Which escalation to lock.
#[derive(Clone, Copy, Debug)]
pub enum Which {
    /// The one whose clock must be looked at first, among those that nobody else looks at and whose project is active.
    Next(Timestamp),
    /// This one, waiting for whoever holds it.
    One(ProjectId, EscalationId),
}

/// Locks an open escalation with its running step; none when there is none (any more).
///
/// # Errors
/// Of the database.
pub async fn lock(conn: &mut PgConnection, which: Which) -> Result<Option<Ticking>, sqlx::Error> {
    let found = match which {
        Which::Next(now) => sqlx::query!(
            r#"select e.project_id as "project: ProjectId", e.id as "id: EscalationId" from escalations e
               join decision_projects p on p.id = e.project_id and p.state = 'active'
               where e.wake_at <= $1 order by e.wake_at, e.id limit 1 for update of e skip locked"#,
            now.to_sqlx() as jiff_sqlx::Timestamp,
        )
        .fetch_optional(&mut *conn)
        .await?
        .map(|row| (row.project, row.id)),
        Which::One(project, id) => sqlx::query_scalar!(
            r#"select id as "id: EscalationId" from escalations where project_id = $1 and id = $2 for update"#,
            project.uuid(),
            id.uuid(),
        )
        .fetch_optional(&mut *conn)
        .await?
        .map(|id| (project, id)),
    };
    match found {
        Some((project, id)) => read(conn, project, id).await,
        None => Ok(None),
    }
}

async fn read(conn: &mut PgConnection, project: ProjectId, id: EscalationId) -> Result<Option<Ticking>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select e.number, e.question, e.category, e.state as "state: State", e.paused_at, s.step as "step: Step", s.entered_at,
                  s.due_at, s.limit_minutes, s.limit_days, s.paused_minutes, s.paused_seconds, s.warned as "warned: Warning"
           from escalations e
           join escalation_steps s on s.project_id = e.project_id and s.escalation_id = e.id and s.left_at is null
           where e.project_id = $1 and e.id = $2 and e.due_at is not null"#,
        project.uuid(),
        id.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Ticking {
        project,
        id,
        number: row.number,
        question: row.question,
        category: row.category,
        state: row.state,
        running: row.limit_minutes.map(|limit| Running {
            step: row.step,
            entered_at: row.entered_at.to_jiff(),
            limit: row.limit_days.map_or(Span::Minutes(i64::from(limit)), |days| Span::Days(i64::from(days))),
            paused: i64::from(row.paused_minutes) * 60 + i64::from(row.paused_seconds),
            paused_at: row.paused_at.map(jiff_sqlx::Timestamp::to_jiff),
            warned: row.warned,
        }),
        entered_at: row.entered_at.to_jiff(),
        due_at: row.due_at.to_jiff(),
        warned: row.warned,
        paused_at: row.paused_at.map(jiff_sqlx::Timestamp::to_jiff),
    }))
}

/// Begins a step: its row, and what the escalation says of it.
///
/// # Errors
/// Of the database.
pub async fn begin(
    conn: &mut PgConnection,
    project: ProjectId,
    id: EscalationId,
    running: &Running,
    calendar: &Calendar,
) -> Result<(), sqlx::Error> {
    let due = running.due_at(calendar);
    sqlx::query!(
        "insert into escalation_steps (project_id, escalation_id, step, entered_at, due_at, limit_minutes, limit_days) values ($1, $2, $3, $4, $5, $6, $7)",
        project.uuid(),
        id.uuid(),
        running.step.as_str(),
        running.entered_at.to_sqlx() as jiff_sqlx::Timestamp,
        due.to_sqlx() as jiff_sqlx::Timestamp,
        i32::try_from(running.limit.minutes(calendar)).unwrap_or(i32::MAX),
        running.limit.days() as Option<i32>,
    )
    .execute(&mut *conn)
    .await?;
    set_wake(conn, project, id, due, running.wake_at(calendar), None).await
}

/// Ends the step that runs; nobody passed it on when the clock did.
///
/// # Errors
/// Of the database.
pub async fn end(
    conn: &mut PgConnection,
    project: ProjectId,
    id: EscalationId,
    at: Timestamp,
    by: Option<PersonId>,
    note: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update escalation_steps set left_at = $3, passed_on_by = $4, note = $5
         where project_id = $1 and escalation_id = $2 and left_at is null",
        project.uuid(),
        id.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
        by.map(PersonId::uuid),
        note,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Moves an open escalation to its next state.
///
/// # Errors
/// Of the database.
pub async fn set_state(
    conn: &mut PgConnection,
    project: ProjectId,
    id: EscalationId,
    state: State,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update escalations set state = $3, version = version + 1 where project_id = $1 and id = $2",
        project.uuid(),
        id.uuid(),
        state.as_str(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Keeps what the clock knows of the running step.
///
/// # Errors
/// Of the database.
pub async fn keep(
    conn: &mut PgConnection,
    project: ProjectId,
    id: EscalationId,
    running: &Running,
    calendar: &Calendar,
) -> Result<(), sqlx::Error> {
    let due = running.due_at(calendar);
    sqlx::query!(
        "update escalation_steps set due_at = $3, paused_minutes = $4, paused_seconds = $7, warned = $5, limit_minutes = $6
         where project_id = $1 and escalation_id = $2 and left_at is null",
        project.uuid(),
        id.uuid(),
        due.to_sqlx() as jiff_sqlx::Timestamp,
        i32::try_from(running.paused.div_euclid(60)).unwrap_or(i32::MAX),
        running.warned.map(Warning::as_str),
        i32::try_from(running.limit.minutes(calendar)).unwrap_or(i32::MAX),
        i16::try_from(running.paused.rem_euclid(60)).unwrap_or_default(),
    )
    .execute(&mut *conn)
    .await?;
    set_wake(conn, project, id, due, running.wake_at(calendar), running.paused_at).await
}

async fn set_wake(
    conn: &mut PgConnection,
    project: ProjectId,
    id: EscalationId,
    due: Timestamp,
    wake: Option<Timestamp>,
    paused_at: Option<Timestamp>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update escalations set due_at = $3, wake_at = $4, paused_at = $5 where project_id = $1 and id = $2",
        project.uuid(),
        id.uuid(),
        due.to_sqlx() as jiff_sqlx::Timestamp,
        wake.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        paused_at.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Looks at an escalation again only at `wake`; for one that could not be moved.
///
/// # Errors
/// Of the database.
pub async fn postpone(
    conn: &mut PgConnection,
    project: ProjectId,
    id: EscalationId,
    wake: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update escalations set wake_at = $3 where project_id = $1 and id = $2 and wake_at is not null",
        project.uuid(),
        id.uuid(),
        wake.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Every escalation of a project whose step runs.
///
/// # Errors
/// Of the database.
pub async fn open_of(conn: &mut PgConnection, project: ProjectId) -> Result<Vec<EscalationId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select id as "id: EscalationId" from escalations where project_id = $1 and due_at is not null order by id"#,
        project.uuid(),
    )
    .fetch_all(conn)
    .await
}

/// Every escalation whose step runs, after one of them, in a fixed order.
///
/// # Errors
/// Of the database.
pub async fn open_after(
    conn: &mut PgConnection,
    after: (ProjectId, EscalationId),
    limit: i64,
) -> Result<Vec<(ProjectId, EscalationId)>, sqlx::Error> {
    let (project, id) = after;
    let rows = sqlx::query!(
        r#"select project_id as "project: ProjectId", id as "id: EscalationId" from escalations
           where due_at is not null and (project_id, id) > ($1, $2) order by project_id, id limit $3"#,
        project.uuid(),
        id.uuid(),
        limit,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.project, row.id)).collect())
}

/// Whether no demo plays at this moment; held until the transaction ends, so that none begins meanwhile.
///
/// # Errors
/// Of the database.
pub async fn nobody_plays(conn: &mut PgConnection) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock_shared($1) as "is_free!""#, DEMO_LOCK).fetch_one(conn).await
}

/// Keeps the clocks still for as long as this connection lives: the demo's people live in the past.
///
/// # Errors
/// Of the database.
pub async fn keep_still(conn: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query!("select pg_advisory_lock($1)", DEMO_LOCK).fetch_one(conn).await?;
    Ok(())
}

/// Lets the clocks run again.
///
/// # Errors
/// Of the database.
pub async fn let_run(conn: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query!("select pg_advisory_unlock($1)", DEMO_LOCK).fetch_one(conn).await?;
    Ok(())
}
