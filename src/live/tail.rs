//! Reads the events for everybody who watches in this process, about once a second, and only while somebody does.

use super::{
    model::{Cursor, Seen, concerns, message},
    store,
};
use crate::{
    platform::{
        db,
        ids::ProjectId,
        watchers::{Tail, Watcher},
    },
    web::AppState,
};
use axum::body::Bytes;
use std::time::{Duration, Instant};

/// How often the events are read.
const EVERY: Duration = Duration::from_millis(900);
/// Most events of one reading; with more, the next reading follows at once.
const MOST: i64 = 500;
/// How often the rights of all watchers are looked at, whatever happens.
const RIGHTS: Duration = Duration::from_secs(25);

/// Reads until nobody watches. While the database is away it waits and goes on where it was.
pub(super) async fn run(state: AppState, mut tail: Tail) {
    let mut reader = Reader { state, cursor: None, all_checked: Instant::now(), is_failing: false };
    while !tail.may_rest() {
        let is_behind = match reader.turn(&tail).await {
            Ok(is_behind) => {
                reader.is_failing = false;
                is_behind
            }
            Err(problem) => {
                reader.failed(&problem);
                false
            }
        };
        if !is_behind {
            tokio::time::sleep(EVERY).await;
        }
    }
}

struct Reader {
    state: AppState,
    cursor: Option<Cursor>,
    all_checked: Instant,
    is_failing: bool,
}

impl Reader {
    /// One reading: says what happened to those who may still know it. Whether there is more to read.
    async fn turn(&mut self, tail: &Tail) -> Result<bool, sqlx::Error> {
        let mut lease = self.state.db.lease().await?;
        let from = match self.cursor {
            Some(cursor) => cursor,
            None => {
                let now = store::now(&mut lease).await?;
                self.cursor = Some(now);
                tail.has_begun();
                now
            }
        };
        let events = store::after(&mut lease, from, MOST).await?;
        let is_time = self.all_checked.elapsed() >= RIGHTS;
        let checked = self.state.live.to_check(|watcher| is_time || concerns(&events, watcher));
        if !checked.is_empty() {
            let entitled = store::entitled(&mut lease, &checked, self.state.clock.now()).await?;
            let gone: Vec<Watcher> = checked.into_iter().filter(|watcher| !entitled.contains(watcher)).collect();
            if !gone.is_empty() {
                self.state.live.send_off(&gone);
            }
        }
        drop(lease);
        if is_time {
            self.all_checked = Instant::now();
        }
        self.tell(&events);
        self.cursor = events.last().map_or(self.cursor, |last| Some(last.cursor));
        Ok(i64::try_from(events.len()).is_ok_and(|read| read >= MOST))
    }

    fn tell(&self, events: &[Seen]) {
        let mut projects: Vec<ProjectId> = events.iter().filter_map(|event| event.project).collect();
        projects.sort_unstable();
        projects.dedup();
        for project in projects {
            let watchers = self.state.live.of(project);
            let own = || events.iter().filter(|event| event.project == Some(project));
            let Some(last) = own().next_back().filter(|_| watchers > 0) else { continue };
            let changed: Vec<(&str, &str)> = own().map(|event| (event.kind.as_str(), event.label.as_str())).collect();
            self.state.live.tell(project, Bytes::from(message(last.cursor, &changed, watchers)));
        }
    }

    /// Nobody is told anything before their rights have been looked at: a reading that failed is repeated whole.
    fn failed(&mut self, problem: &sqlx::Error) {
        if db::is_broken_connection(problem) {
            db::connection_broke();
        }
        self.state.live.check_again();
        if !self.is_failing {
            tracing::warn!(%problem, "live pages wait for the database");
        }
        self.is_failing = true;
    }
}
