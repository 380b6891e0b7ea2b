//! Letters leave through the `outbox` table: queued in the transaction of the change they are about, sent afterwards, at
//! least once, by a job of the queue. The Message-ID is the row's id, so a letter that went out twice is one letter to its receiver.
//!
//! ```text
//! waiting ──taken by one process──► handed over ──► sent (its words are forgotten)
//!    ▲                                  │ refused, or the process ended
//!    └──── after 30 s, 1, 2, 4 … min ───┘──── after 12 tries ──► failed
//! ```

mod sender;
mod store;

pub use sender::Sender;

use self::store::Row;
use super::{config::Config, jobs, mail::Letter};
use jiff::Timestamp;
use serde_json::json;
use sqlx::PgConnection;

/// A letter could not be queued.
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    /// The database refused or is away.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The template failed.
    #[error(transparent)]
    Template(#[from] askama::Error),
}

/// Queues a letter in the transaction of `conn`. False without a mail server: nothing is queued that nothing would send.
///
/// # Errors
/// Of the database.
pub async fn queue(
    conn: &mut PgConnection,
    config: &Config,
    now: Timestamp,
    letter: &Letter,
) -> Result<bool, QueueError> {
    queue_all(conn, config, now, std::slice::from_ref(letter)).await
}

/// As [`queue`], for several letters in two statements.
///
/// # Errors
/// Of the database.
pub async fn queue_all(
    conn: &mut PgConnection,
    config: &Config,
    now: Timestamp,
    letters: &[Letter],
) -> Result<bool, QueueError> {
    if config.smtp_url.is_none() || letters.is_empty() {
        return Ok(false);
    }
    let rows: Result<Vec<Row>, askama::Error> = letters.iter().map(Row::new).collect();
    store::insert(conn, &rows?, now).await?;
    jobs::enqueue(conn, jobs::SEND_LETTERS, json!({}), None).await?;
    Ok(true)
}
