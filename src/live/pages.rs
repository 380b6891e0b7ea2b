//! `/p/GEO/live`: the stream that an open page of a project reads.

use super::{
    model::{Cursor, everything, greeting, message},
    store, tail,
};
use crate::{
    platform::watchers::{Refused, Watch, Watcher},
    projects::ProjectViewer,
    web::{AppState, Error, Fields, Result, Routes, Tier},
};
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use std::{convert::Infallible, time::Duration};

/// Silence longer than this is broken by a line that means nothing, so that everybody between knows that the stream lives.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Longest wait for the reader of events to begin.
const BEGINNING: Duration = Duration::from_secs(4);
/// Seconds after which who holds too many streams may ask again.
const LATER: u32 = 30;

/// The routes of live pages.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/live", watch)
}

/// Only those who see the whole project: to a guest what is put before them comes by their own page.
async fn watch(State(state): State<AppState>, mut viewer: ProjectViewer, headers: HeaderMap, query: Fields) -> Result {
    // From here on this request holds no connection but for one short question; the stream holds none at all.
    viewer.release();
    let project = viewer.project().id;
    let who = viewer.shell().viewer()?;
    let watcher = Watcher { project, session: who.session_id, person: who.person_id };
    let (watch, tail) = state.live.join(watcher).map_err(|refused| match refused {
        Refused::Person => Error::TooMany { retry_after: LATER },
        Refused::Process => Error::Unavailable("no more streams".to_owned()),
    })?;
    if let Some(tail) = tail {
        tokio::spawn(tail::run(state.clone(), tail));
    }
    tokio::time::timeout(BEGINNING, state.live.is_tailed())
        .await
        .map_err(|_| Error::Unavailable("nobody reads the events".to_owned()))?;
    let first = first(&state, watcher, &query, &headers).await?;
    Ok(respond(watch, first))
}

/// The first message: where the page is, or what it missed since it was drawn or last heard of anything.
async fn first(state: &AppState, watcher: Watcher, query: &Fields, headers: &HeaderMap) -> Result<Bytes> {
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok()).filter(|last| !last.is_empty());
    let asked = last.unwrap_or_else(|| query.get("from"));
    let mut lease = state.db.lease().await?;
    let text = match asked.parse::<Cursor>() {
        Err(()) if asked.is_empty() => greeting(store::now(&mut lease).await?),
        Err(()) => everything(store::now(&mut lease).await?),
        Ok(since) => {
            let missed = store::missed(&mut lease, watcher.project, since).await?;
            match missed.changed {
                None => everything(missed.cursor),
                Some(changed) if changed.is_empty() => greeting(missed.cursor),
                Some(changed) => {
                    let changed: Vec<(&str, &str)> =
                        changed.iter().map(|(kind, label)| (kind.as_str(), label.as_str())).collect();
                    message(missed.cursor, &changed, state.live.of(watcher.project))
                }
            }
        }
    };
    Ok(Bytes::from(text))
}

fn respond(watch: Watch, first: Bytes) -> Response {
    let stream = stream::unfold((watch, Some(first)), |(mut watch, first)| async move {
        if let Some(first) = first {
            return Some((Ok::<_, Infallible>(first), (watch, None)));
        }
        let text = match tokio::time::timeout(HEARTBEAT, watch.next()).await {
            Ok(text) => text?,
            Err(_) => Bytes::from_static(b":\n\n"),
        };
        Some((Ok(text), (watch, None)))
    });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        // A reverse proxy that waits for a full buffer would keep everything to itself.
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    (headers, Body::from_stream(stream)).into_response()
}
