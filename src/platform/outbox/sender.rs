//! Sends what waits. Any number of processes may do so at once.

use super::store::{self, Taken};
use crate::platform::{clock::Clock, db::Database, jobs, mail::Post};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};

/// Tries before a letter is given up: about a day with the waits between them.
const TRIES: i32 = 12;
/// The first wait; each further one is twice as long.
const FIRST_WAIT: i64 = 30;
/// Longest kept text of a problem, in characters.
const LONGEST_PROBLEM: usize = 500;

/// The sender's means.
#[derive(Debug)]
pub struct Sender<'a> {
    /// Where the letters wait.
    pub db: &'a Database,
    /// The time.
    pub clock: &'a Clock,
    /// The way to the mail server.
    pub post: Post,
}

impl Sender<'_> {
    /// Sends what waits, until nothing does or the program is stopping; a letter under way is finished first.
    ///
    /// # Errors
    /// Of the database.
    pub async fn send_all(&self, is_stopping: &AtomicBool) -> Result<(), sqlx::Error> {
        while !is_stopping.load(Ordering::Relaxed) && self.send_one().await? {}
        Ok(())
    }

    /// Tries the letter that waits longest; whether there was one.
    ///
    /// # Errors
    /// Of the database; a refusal of the mail server is kept with the letter.
    pub async fn send_one(&self) -> Result<bool, sqlx::Error> {
        let now = self.clock.now();
        // A process that took a letter and ended leaves it to the others once it cannot be sending it any more.
        let taken_for = SignedDuration::try_from(self.post.longest() * 2).unwrap_or(SignedDuration::from_mins(2));
        let taken = store::take(&mut *self.db.lease().await?, now, after(now, taken_for)).await?;
        let Some(taken) = taken else { return Ok(false) };
        let outcome = self.post.send(&taken.letter).await;
        let now = self.clock.now();
        let mut lease = self.db.lease().await?;
        match outcome {
            Ok(()) => store::sent(&mut lease, taken.letter.id, now).await?,
            Err(problem) => {
                let text: String = problem.to_string().chars().take(LONGEST_PROBLEM).collect();
                if taken.tries >= TRIES {
                    tracing::error!(letter = %taken.letter.id, problem = %text, "a letter is given up");
                    store::failed(&mut lease, taken.letter.id, now, &text).await?;
                } else {
                    tracing::warn!(letter = %taken.letter.id, tries = taken.tries, problem = %text, "a letter waits");
                    let next_try = next_try(&taken, now);
                    store::again(&mut lease, taken.letter.id, next_try, &text).await?;
                    jobs::enqueue(&mut lease, jobs::SEND_LETTERS, json!({}), Some(next_try)).await?;
                }
            }
        }
        Ok(true)
    }

    /// Forgets old letters.
    ///
    /// # Errors
    /// Of the database.
    pub async fn tidy(db: &Database, now: Timestamp) -> Result<(), sqlx::Error> {
        store::tidy(&mut *db.lease().await?, now).await
    }
}

fn next_try(taken: &Taken, now: Timestamp) -> Timestamp {
    let doublings = u32::try_from(taken.tries - 1).unwrap_or_default().min(16);
    after(now, SignedDuration::from_secs(FIRST_WAIT << doublings))
}

fn after(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.checked_add(wait).unwrap_or(now)
}
