//! Telling what has happened, by a job: when something waits for somebody at once, everything else within a minute.

use super::{
    model::{narrows, telling},
    store,
};
use crate::{
    events::Kind,
    web::{AppState, Result},
};

/// How many events one transaction tells.
const BATCH: i64 = 200;

/// Tells all news; answers how many lines it wrote. Whatever happens to the process, each event is told once.
///
/// # Errors
/// When the database is away.
pub async fn tell(state: &AppState) -> Result<u64> {
    let mut lines = 0;
    loop {
        let mut lease = state.db.begin().await?;
        let news = store::take(&mut lease, BATCH).await?;
        if news.is_empty() {
            drop(lease);
            super::letters::send_at_once(state).await?;
            return Ok(lines);
        }
        let tellings: Vec<_> =
            news.iter().filter_map(|one| Some((one.event_id, telling(Kind::parse(&one.kind)?, &one.after)?))).collect();
        let narrowing: Vec<_> = news.iter().filter(|one| narrows(&one.kind)).map(|one| one.event_id).collect();
        if !narrowing.is_empty() {
            store::forget_unseen(&mut lease, &narrowing).await?;
        }
        let all: Vec<_> = news.iter().map(|one| one.event_id).collect();
        store::read_by_acting(&mut lease, &all).await?;
        lines += store::tell(&mut lease, &tellings).await?;
        lease.commit().await?;
    }
}
