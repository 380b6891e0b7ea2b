//! Pages that a signed-in person was refused leave a line in the audit.

use crate::{
    events::{Change, Event, Kind, Subject, SubjectKind, store},
    web::{AppState, Shell, Viewer},
};
use axum::{
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::Response,
};
use jiff::ToSpan;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use uuid::Uuid;

/// So many lines a minute and person at most: who tries more says nothing new.
const MOST: usize = 20;

/// Records 403s of signed-in people after the answer is known; each page once a minute.
pub async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let shell = request.extensions().get::<Arc<Shell>>().map(Arc::clone);
    let asked = format!("{} {}", request.method(), request.uri().path());
    let response = next.run(request).await;
    if response.status() == StatusCode::FORBIDDEN
        && let Some(shell) = shell
        && let Some(viewer) = &shell.viewer
        && let Err(problem) = record(&state, &shell, viewer, &asked).await
    {
        // The answer stands in any case.
        tracing::warn!(%problem, "a refusal was not recorded");
    }
    response
}

async fn record(state: &AppState, shell: &Shell, viewer: &Viewer, asked: &str) -> crate::web::Result<()> {
    let asked: String = asked.chars().take(200).collect();
    let page = page_id(&asked);
    let mut change = Change::begin(state, shell).await?;
    let minute_ago = change.now().checked_sub(1.minute()).unwrap_or(change.now());
    let recent = store::Filter { actor: Some(viewer.person_id), ..store::Filter::default() };
    let limit = i64::try_from(MOST).unwrap_or(i64::MAX);
    let recent = store::read(change.conn(), &recent, limit).await?;
    let mut refused = recent.iter().filter(|event| event.kind == Kind::AccessRefused.as_str() && event.at > minute_ago);
    if refused.clone().count() >= MOST || refused.any(|event| event.subject_id == page) {
        return Ok(());
    }
    change.record(Event::new(Kind::AccessRefused, Subject::new(SubjectKind::Page, page, "", asked)));
    change.commit().await?;
    Ok(())
}

/// A page has no id of its own: the same address gives the same one.
fn page_id(asked: &str) -> Uuid {
    let sum = Sha256::digest(asked.as_bytes());
    let mut bytes = [0_u8; 16];
    for (to, from) in bytes.iter_mut().zip(sum.iter()) {
        *to = *from;
    }
    Uuid::from_bytes(bytes)
}
