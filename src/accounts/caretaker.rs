//! What runs beside the requests: letters are sent, and what has run out is deleted.

use super::{links, sessions, throttle};
use crate::{
    platform::{
        mail::Post,
        outbox::{self, Sender},
    },
    web::AppState,
};
use std::{sync::atomic::Ordering, time::Duration};
use tokio::task::JoinSet;

/// How often what has run out is deleted. Any number of processes may do it.
const EVERY: Duration = Duration::from_secs(3600);
/// How often the end of the program is looked for.
const GLANCE: Duration = Duration::from_millis(200);

/// Starts the work. It ends by itself when the program is stopping; a letter under way is finished first.
#[must_use]
pub fn start(state: &AppState) -> JoinSet<()> {
    let mut work = JoinSet::new();
    if let Some(post) = Post::of(&state.config) {
        let state = state.clone();
        work.spawn(async move {
            let sender = Sender { db: &state.db, clock: &state.clock, post };
            outbox::run(&sender, &state.mail_queued, &state.is_stopping).await;
        });
    }
    let state = state.clone();
    work.spawn(async move {
        loop {
            if let Err(problem) = tidy(&state).await {
                tracing::warn!(%problem, "what has run out could not be deleted");
            }
            let until = tokio::time::Instant::now() + EVERY;
            while tokio::time::Instant::now() < until {
                if state.is_stopping.load(Ordering::Relaxed) {
                    return;
                }
                tokio::time::sleep(GLANCE).await;
            }
        }
    });
    work
}

/// Deletes what has run out.
///
/// # Errors
/// Of the database.
pub async fn tidy(state: &AppState) -> Result<(), sqlx::Error> {
    let now = state.clock.now();
    let mut lease = state.db.lease().await?;
    sessions::store::tidy(&mut lease, now).await?;
    links::store::tidy(&mut lease, now).await?;
    throttle::store::tidy(&mut lease, now).await?;
    drop(lease);
    Sender::tidy(&state.db, now).await
}
