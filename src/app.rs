//! The application: the rooms' routes and all layers, in one place.

use crate::{
    accounts, admin, decisions, departments, lifecycle, overview,
    platform::{db, metrics},
    projects,
    web::{AppState, Error, Routes, assets, error::Unrendered},
    work,
};
use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderName, HeaderValue, Response, StatusCode, header},
    middleware::{Next, from_fn, from_fn_with_state},
    response::IntoResponse,
};
use std::sync::{Arc, atomic::Ordering};
use tokio::sync::Semaphore;
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, CompressionLevel},
    csrf::CsrfLayer,
    request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    sensitive_headers::SetSensitiveRequestHeadersLayer,
    trace::TraceLayer,
};

/// Largest form, in bytes.
const LARGEST_FORM: usize = 512 * 1024;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Every route of every room, with its tier.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .and(accounts::routes())
        .and(admin::routes())
        .and(decisions::routes())
        .and(departments::routes())
        .and(lifecycle::routes())
        .and(overview::routes())
        .and(projects::duties::routes())
        .and(projects::history::routes())
        .and(projects::parts::routes())
        .and(projects::seats::routes())
        .and(projects::settings::routes())
        .and(work::routes())
}

/// The whole application, ready to serve.
pub fn router(state: AppState) -> Router {
    let pages = routes()
        .into_router()
        .fallback(async || Error::NotFound)
        .method_not_allowed_fallback(async || Error::NotFound)
        .layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(state.clone(), accounts::session::layer))
                .layer(from_fn_with_state(state.clone(), admin::refusals::layer))
                .layer(CatchPanicLayer::custom(|_| Error::internal("a handler panicked").into_response()))
                .layer(CsrfLayer::new().with_rejection_response(|_| Error::Forbidden.into_response()))
                .layer(DefaultBodyLimit::max(LARGEST_FORM)),
        )
        .layer(from_fn_with_state(Arc::new(Semaphore::new(state.db.requests_at_once())), take_turn))
        .layer(from_fn(deadline))
        .layer(CompressionLayer::new().gzip(true).quality(CompressionLevel::Fastest));
    let pages = pages.layer(from_fn(metrics::observe));
    Router::new()
        .merge(pages)
        .merge(assets::router())
        .route("/healthz", axum::routing::get(async || "alive\n"))
        .route("/readyz", axum::routing::get(ready))
        .route("/metrics", axum::routing::get(figures))
        .with_state(state)
        .layer(
            ServiceBuilder::new()
                .layer(SetSensitiveRequestHeadersLayer::new([header::COOKIE, header::AUTHORIZATION]))
                .layer(SetRequestIdLayer::x_request_id(NewRequestId))
                .layer(TraceLayer::new_for_http().make_span_with(span))
                .layer(PropagateRequestIdLayer::x_request_id())
                .layer(from_fn(headers)),
        )
}

/// Short ids of our own: people read them to an administrator.
#[derive(Clone, Copy, Debug)]
struct NewRequestId;

impl MakeRequestId for NewRequestId {
    fn make_request_id<B>(&mut self, _request: &axum::http::Request<B>) -> Option<RequestId> {
        let id = crate::platform::ids::new_uuid().simple().to_string();
        HeaderValue::from_str(id.get(8..20)?).ok().map(RequestId::new)
    }
}

fn span(request: &Request) -> tracing::Span {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok()).unwrap_or("-");
    // The path without its query: searches and one-time links are nobody's business.
    tracing::info_span!("request", id, method = %request.method(), path = without_secret(request.uri().path()))
}

/// Nor is the end of an address that is a one-time link itself.
fn without_secret(path: &str) -> &str {
    ["/reset/", "/invitation/"].into_iter().find(|prefix| path.starts_with(prefix)).unwrap_or(path)
}

/// Lets no more requests work at once than the pool has connections for; the others wait, inside their deadline.
async fn take_turn(State(turns): State<Arc<Semaphore>>, request: Request, next: Next) -> Response<Body> {
    match turns.acquire().await {
        Ok(_turn) => next.run(request).await,
        Err(problem) => Error::internal(problem).into_response(),
    }
}

/// Cuts a request off one second after the longest statement, and tells its connections to close.
async fn deadline(request: Request, next: Next) -> Response<Body> {
    match tokio::time::timeout(db::REQUEST, db::guarded(next.run(request))).await {
        Ok(response) => response,
        Err(_) => {
            let mut response = Error::Unavailable("the request's deadline passed".to_owned()).into_response();
            if response.extensions_mut().remove::<Unrendered>().is_some() {
                *response.body_mut() = Body::from("503\n");
            }
            response
        }
    }
}

async fn headers(request: Request, next: Next) -> Response<Body> {
    let is_asset = request.uri().path().starts_with("/static/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !is_asset && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// Ready to take requests: not stopping, database reachable, migrations current.
async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    if state.is_stopping.load(Ordering::Relaxed) {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else if !state.db.is_reachable().await {
        (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
    } else if state.db.is_current().await {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "migrations are missing\n")
    }
}

/// For Prometheus; no address and no name is in it. A reverse proxy keeps it from the outside.
async fn figures(State(state): State<AppState>) -> ([(HeaderName, HeaderValue); 1], String) {
    let (connections, free) = state.db.size();
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    ([(header::CONTENT_TYPE, kind)], metrics::page(connections, free))
}

#[cfg(test)]
mod tests {
    use super::without_secret;

    #[test]
    fn one_time_links_are_not_logged() {
        for (path, logged) in
            [("/reset/0123", "/reset/"), ("/invitation/0123", "/invitation/"), ("/p/GEO/tasks/42", "/p/GEO/tasks/42")]
        {
            assert_eq!(without_secret(path), logged);
        }
    }
}
