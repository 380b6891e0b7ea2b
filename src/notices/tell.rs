//! Telling what has happened, by a job: when something waits for somebody at once, everything else within a minute.

use super::{
    letters,
    model::{Telling, ends_wants, narrows, telling},
    store::{self, News},
};
use crate::{
    events::Kind,
    platform::ids::EventId,
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
            letters::send_at_once(state).await?;
            return Ok(lines);
        }
        let of = |fits: fn(&str) -> bool| -> Vec<EventId> {
            news.iter().filter(|one| fits(&one.kind)).map(|one| one.event_id).collect()
        };
        store::forget_unseen(&mut lease, &of(narrows)).await?;
        store::read_by_acting(&mut lease, &of(|_| true)).await?;
        let assigns = |kind: &str| Kind::parse(kind) == Some(Kind::TaskAssigned);
        let ended: Vec<EventId> =
            news.iter().filter(|one| ends_wants(&one.kind) || assigns(&one.kind)).map(|one| one.event_id).collect();
        store::end_wants(&mut lease, &ended).await?;
        lines += store::tell(&mut lease, &tellings(&news)).await?;
        let seats = |kind: &str| matches!(Kind::parse(kind), Some(Kind::SeatGiven | Kind::SeatHandedOver));
        store::put_before(&mut lease, &of(seats)).await?;
        lease.commit().await?;
    }
}

/// What is told of a batch; what was wanted and is over within it is wanted of nobody.
fn tellings(news: &[News]) -> Vec<(EventId, Telling)> {
    let is_over = |one: &News, place: usize| {
        let is_same = |later: &News| (later.project_id, later.subject_id) == (one.project_id, one.subject_id);
        news.iter().skip(place + 1).any(|later| is_same(later) && ends_wants(&later.kind))
    };
    let told = news.iter().enumerate().filter_map(|(place, one)| {
        let mut telling = telling(Kind::parse(&one.kind)?, &one.after)?;
        if is_over(one, place) {
            telling.hearers.iter_mut().for_each(|(_, want)| *want = None);
        }
        Some((one.event_id, telling))
    });
    told.collect()
}
