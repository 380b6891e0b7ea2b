//! Deletes what has run out; the queue says when.

use super::{links, sessions, throttle, work_links};
use crate::{platform::outbox::Sender, web::AppState};

/// Deletes what has run out.
///
/// # Errors
/// Of the database.
pub async fn tidy(state: &AppState) -> Result<(), sqlx::Error> {
    let now = state.clock.now();
    let mut lease = state.db.lease().await?;
    sessions::store::tidy(&mut lease, now).await?;
    links::store::tidy(&mut lease, now).await?;
    work_links::store::tidy(&mut lease, now).await?;
    throttle::store::tidy(&mut lease, now).await?;
    drop(lease);
    Sender::tidy(&state.db, now).await
}
