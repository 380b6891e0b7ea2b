//! What happens later: a queue in PostgreSQL that any number of processes work on. The library (`graphile_worker`) owns the
//! schema `graphile_worker`; a job is put there in the transaction that causes it, so it exists exactly when that change does.
//! A job runs at least once: what it does must be safe to do again. Which jobs there are stands in `src/jobs.rs`.

use graphile_worker::WorkerUtils;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use sqlx::{PgConnection, PgPool};

/// The queue's own schema.
pub const SCHEMA: &str = "graphile_worker";

/// Sends the letters that wait in the outbox.
pub const SEND_LETTERS: &str = "mail.send_letters";
/// Tells those whom it concerns what happened.
pub const TELL_NEWS: &str = "notices.tell_news";
/// The time of a request may be over: it is looked at. With its project's id and its own.
pub const REQUEST_DUE: &str = "requests.due";
/// An escalation was closed: who waited for its answer looks at it. With its project's id and its own.
pub const ESCALATION_CLOSED: &str = "decisions.escalation_closed";
/// The working time of the organisation was changed: what runs in it is recalculated.
pub const CALENDAR_CHANGED: &str = "departments.calendar_changed";

/// Puts a job into the queue, in the transaction of `conn`; it runs at `run_at`, or at once.
///
/// # Errors
/// Of the database.
pub async fn enqueue(
    conn: &mut PgConnection,
    task: &'static str,
    payload: Value,
    run_at: Option<Timestamp>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select enqueue_job($1, $2, coalesce($3::timestamptz, now()))",
        task,
        payload,
        run_at.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts a job into the queue of which one that waits is enough: whoever commits another meanwhile waits for this transaction.
///
/// # Errors
/// Of the database.
pub async fn enqueue_once(conn: &mut PgConnection, task: &'static str) -> Result<(), sqlx::Error> {
    sqlx::query!("select enqueue_job($1, '{}', now(), $1)", task).execute(conn).await?;
    Ok(())
}

/// Creates the queue's tables, or brings them up to date.
///
/// # Errors
/// When the database is away or refuses.
pub(super) async fn migrate(pool: &PgPool) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    Ok(WorkerUtils::new(pool.clone(), SCHEMA.to_owned()).migrate().await?)
}
