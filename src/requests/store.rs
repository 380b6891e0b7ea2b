//! SQL of `requests` and `request_moves`.

pub mod lists;
pub mod moves;
pub mod waits;

use super::{
    case::{EscalationRef, MilestoneRef, Move, PromisedTask, Request, TaskRef},
    model::{Standing, State},
};
use crate::platform::ids::{MilestoneId, PartId, PersonId, ProjectId, RequestId, TaskId};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, types::Json};

/// A request by its number in its project, with all that belongs to it.
///
/// # Errors
/// Of the database.
pub async fn request(conn: &mut PgConnection, project: ProjectId, number: i32) -> Result<Option<Request>, sqlx::Error> {
    read(conn, project, Some(number), None).await
}

/// As [`request`], by its id, after locking it: nobody else moves it meanwhile.
///
/// # Errors
/// Of the database.
pub async fn locked(
    conn: &mut PgConnection,
    project: ProjectId,
    id: RequestId,
) -> Result<Option<Request>, sqlx::Error> {
    sqlx::query_scalar!(
        "select version from requests where project_id = $1 and id = $2 for update",
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
    id: Option<RequestId>,
) -> Result<Option<Request>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select r.id as "id: RequestId", r.number, r.title, r.details, r.from_part_id as "from: PartId", r.to_part_id as "to: PartId",
                  r.wanted_on, r.asked_by as "asked_by: PersonId", r.state as "state: State", r.is_insisted, r.answer_due_at,
                  r.offered_on, r.offered_task_id as "offered_task: TaskId", r.promised_on, r.version,
                  (select jsonb_build_object('id', t.id, 'number', t.number, 'title', t.title, 'title_zh', t.title_zh, 'status', t.status,
                              'due_on', t.due_on, 'done_at', t.done_at)
                   from request_tasks t where t.project_id = r.project_id and t.id = r.promised_task_id) as "promised: Json<PromisedTask>",
                  (select jsonb_build_object('id', e.id, 'number', e.number, 'state', e.state, 'outcome', e.outcome, 'closed_at', e.closed_at,
                              'decision', e.decision, 'decision_title', e.decision_title)
                   from request_escalations e where e.project_id = r.project_id and e.id = r.escalation_id) as "escalation: Json<EscalationRef>",
                  (select jsonb_build_object('id', t.id, 'number', t.number, 'title', t.title, 'title_zh', t.title_zh, 'due_on', t.due_on)
                   from request_tasks t where t.project_id = r.project_id and t.id = r.task_id) as "task: Json<TaskRef>",
                  (select jsonb_build_object('title', m.title, 'title_zh', m.title_zh, 'due_on', m.due_on)
                   from request_milestones m where m.project_id = r.project_id and m.id = r.milestone_id) as "milestone: Json<MilestoneRef>",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'kind', m.kind, 'by', p.name, 'day', m.day, 'note', m.note, 'at', m.at,
                              'escalation', (select jsonb_build_object('id', e.id, 'number', e.number, 'state', e.state, 'outcome', e.outcome,
                                                'closed_at', e.closed_at, 'decision', e.decision, 'decision_title', e.decision_title)
                                             from request_escalations e
                                             where m.kind = 'escalated' and e.project_id = m.project_id and e.raised_at = m.at limit 1))
                              order by m.position), '[]')
                   from request_moves m left join person_names p on p.id = m.by_id
                   where m.project_id = r.project_id and m.request_id = r.id) as "moves!: Json<Vec<Move>>",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'number', t.number, 'title', t.title, 'title_zh', t.title_zh,
                              'due_on', t.due_on) order by t.number), '[]')
                   from request_tasks t where t.project_id = r.project_id and t.part_id = r.to_part_id
                     and t.status not in ('done', 'dropped') and r.state in ('asked', 'escalated')) as "choices!: Json<Vec<TaskRef>>",
                  s.overruns as "overruns!", s.late_counts as "late_counts!"
           from requests r join request_slips s on s.project_id = r.project_id and s.request_id = r.id
           where r.project_id = $1 and (r.number = $2 or r.id = $3)"#,
        project.uuid(),
        number,
        id.map(RequestId::uuid),
    )
    .fetch_optional(conn)
    .await?;
    let day = jiff_sqlx::Date::to_jiff;
    Ok(row.map(|row| Request {
        id: row.id,
        number: row.number,
        title: row.title,
        details: row.details,
        from: row.from,
        to: row.to,
        wanted_on: row.wanted_on.to_jiff(),
        asked_by: row.asked_by,
        standing: Standing {
            state: row.state,
            is_insisted: row.is_insisted,
            is_ended: row.escalation.as_ref().is_some_and(|escalation| !escalation.state.is_open()),
            is_dropped: row.promised.as_ref().is_some_and(|task| task.status == "dropped"),
        },
        waits_since: row.moves.0.last().map(|last| last.at).unwrap_or_default(),
        answer_due_at: row.answer_due_at.map(jiff_sqlx::Timestamp::to_jiff),
        offered_on: row.offered_on.map(day),
        offered_task: row.offered_task,
        promised_on: row.promised_on.map(day),
        promised: row.promised.map(|task| task.0),
        escalation: row.escalation.map(|escalation| escalation.0),
        task: row.task.map(|task| task.0),
        milestone: row.milestone.map(|milestone| milestone.0),
        moves: row.moves.0,
        choices: row.choices.0,
        overruns: row.overruns,
        late_counts: row.late_counts,
        version: row.version,
    }))
}

/// A new request as it is written.
#[derive(Debug)]
pub struct NewRequest<'a> {
    /// Made with the form.
    pub id: RequestId,
    /// What is needed.
    pub title: &'a str,
    /// Markdown.
    pub details: &'a str,
    /// Who asks.
    pub from: PartId,
    /// Who is asked.
    pub to: PartId,
    /// The task of the asker that it is for.
    pub task: Option<TaskId>,
    /// Or the milestone.
    pub milestone: Option<MilestoneId>,
    /// By when.
    pub wanted_on: Date,
    /// By whom.
    pub by: PersonId,
    /// Now.
    pub at: Timestamp,
    /// Until when it is to be answered.
    pub due: Timestamp,
}

/// Writes a request under the next number of its project; none when the id is already there.
///
/// # Errors
/// Of the database.
pub async fn insert(
    conn: &mut PgConnection,
    project: ProjectId,
    new: &NewRequest<'_>,
) -> Result<Option<i32>, sqlx::Error> {
    // The project's row is locked first, so that the same form sent twice at once waits here.
    sqlx::query_scalar!(
        r#"with next as (
               update projects set next_request_number = next_request_number + 1 where id = $1
               returning next_request_number - 1 as number)
           insert into requests (project_id, id, number, title, details, from_part_id, to_part_id, task_id, milestone_id,
                                 wanted_on, asked_by, asked_at, answer_due_at)
           select $1, $2, next.number, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 from next
           on conflict (project_id, id) do nothing
           returning number"#,
        project.uuid(),
        new.id.uuid(),
        new.title,
        new.details,
        new.from.uuid(),
        new.to.uuid(),
        new.task.map(TaskId::uuid),
        new.milestone.map(MilestoneId::uuid),
        new.wanted_on.to_sqlx() as jiff_sqlx::Date,
        new.by.uuid(),
        new.at.to_sqlx() as jiff_sqlx::Timestamp,
        new.due.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .fetch_optional(conn)
    .await
}

/// The number of a request that is there already.
///
/// # Errors
/// Of the database.
pub async fn number_of(conn: &mut PgConnection, project: ProjectId, id: RequestId) -> Result<Option<i32>, sqlx::Error> {
    sqlx::query_scalar!("select number from requests where project_id = $1 and id = $2", project.uuid(), id.uuid())
        .fetch_optional(conn)
        .await
}
