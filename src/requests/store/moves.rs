//! What a move writes: its own row, and where the request is after it.

use crate::{
    platform::ids::{EscalationId, PersonId, ProjectId, RequestId, RequestMoveId, TaskId},
    requests::{
        case::{MoveKind, Request},
        model::State,
    },
};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// A move as it is written.
#[derive(Clone, Copy, Debug)]
pub struct NewMove<'a> {
    /// Made with the form.
    pub id: RequestMoveId,
    /// What sort.
    pub kind: MoveKind,
    /// By whom; none for the program itself.
    pub by: Option<PersonId>,
    /// The day asked for, offered or agreed on.
    pub day: Option<Date>,
    /// Why.
    pub note: &'a str,
    /// Now.
    pub at: Timestamp,
}

/// Adds a move to a thread.
///
/// # Errors
/// Of the database.
pub async fn add(
    conn: &mut PgConnection,
    project: ProjectId,
    request: RequestId,
    new: &NewMove<'_>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into request_moves (project_id, id, request_id, position, kind, by_id, day, note, at)
         values ($1, $2, $3, (select count(*) + 1 from request_moves where project_id = $1 and request_id = $3), $4, $5, $6, $7, $8)",
        project.uuid(),
        new.id.uuid(),
        request.uuid(),
        new.kind.as_str(),
        new.by.map(PersonId::uuid),
        new.day.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>,
        new.note,
        new.at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Where a request is after a move.
#[derive(Clone, Copy, Debug)]
pub struct After {
    /// Its state.
    pub state: State,
    /// Whether the asker insisted, now or before.
    pub is_insisted: bool,
    /// Until when an answer is owed.
    pub answer_due_at: Option<Timestamp>,
    /// The day on offer, and the task it would be done with.
    pub offered: (Option<Date>, Option<TaskId>),
    /// The promise: day and task.
    pub promised: Option<(Date, TaskId)>,
    /// The escalation it became last; it stays once that has ended.
    pub escalation: Option<EscalationId>,
    /// The day that is asked for.
    pub wanted: Date,
}

impl After {
    /// In a state in which nothing is owed, on offer or promised.
    #[must_use]
    pub fn at(state: State, before: &Request) -> Self {
        Self {
            state,
            is_insisted: before.standing.is_insisted,
            answer_due_at: None,
            offered: (None, None),
            promised: None,
            escalation: before.escalation.as_ref().map(|escalation| escalation.id),
            wanted: before.wanted_on,
        }
    }
}

/// Writes where a request is now. It is locked.
///
/// # Errors
/// Of the database.
pub async fn write(
    conn: &mut PgConnection,
    project: ProjectId,
    request: RequestId,
    after: &After,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update requests set state = $3, is_insisted = $4, answer_due_at = $5, offered_on = $6, offered_task_id = $7, promised_on = $8,
                promised_task_id = $9, escalation_id = $10, wanted_on = $11, version = version + 1
         where project_id = $1 and id = $2",
        project.uuid(),
        request.uuid(),
        after.state.as_str(),
        after.is_insisted,
        after.answer_due_at.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        after.offered.0.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>,
        after.offered.1.map(TaskId::uuid),
        after.promised.map(|(day, _)| day.to_sqlx()) as Option<jiff_sqlx::Date>,
        after.promised.map(|(_, task)| task.uuid()),
        after.escalation.map(EscalationId::uuid),
        after.wanted.to_sqlx() as jiff_sqlx::Date,
    )
    .execute(conn)
    .await?;
    Ok(())
}
