//! The application: the rooms' routes and all layers, in one place.

use crate::{
    accounts::{
        self,
        organisation::actions::{SetupToken, add_setup_token, is_set_up},
        work_links::model as work_links,
    },
    admin::{self, setup::console::readable_password},
    chats, decisions,
    demo::{self, Programme, Trouble, Wish},
    departments, goals, ledger, lifecycle, live, notices, overview,
    platform::{clock::Clock, config::Config, db, locale::Language, metrics, outgoing},
    playbook, projects, recognition, requests, scope,
    web::{
        self, AppState, Error, Fields, Reply, Routes, Shell, Tier, assets,
        error::Unrendered,
        form::{Sent, Unreadable},
    },
    work,
};
use axum::{
    Router,
    body::{Body, Bytes},
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
    csrf::{CsrfLayer, ProtectionError},
    request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    sensitive_headers::SetSensitiveRequestHeadersLayer,
    trace::TraceLayer,
};

/// Largest form, in bytes.
const LARGEST_FORM: usize = 512 * 1024;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The button of the set-up page that fills the installation with the demo organisation.
const DEMO: &str = "/setup/demo";

/// Every route of every room, with its tier.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .and(accounts::routes())
        .and(admin::routes())
        .and(chats::routes())
        .and(decisions::routes())
        .and(departments::routes())
        .and(goals::routes())
        .and(ledger::routes())
        .and(recognition::routes())
        .and(lifecycle::routes())
        .and(notices::routes())
        .and(live::routes())
        .and(overview::routes())
        .and(playbook::routes())
        .and(projects::duties::routes())
        .and(projects::history::routes())
        .and(projects::parts::routes())
        .and(projects::seats::routes())
        .and(projects::settings::routes())
        .and(requests::routes())
        .and(scope::routes())
        .and(work::routes())
        .post(Tier::Public, DEMO, fill_with_demo)
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
                .layer(from_fn(refuse_nul))
                .layer(CatchPanicLayer::custom(|_| Error::internal("a handler panicked").into_response()))
                .layer(csrf())
                .layer(DefaultBodyLimit::max(LARGEST_FORM)),
        )
        .layer(from_fn_with_state(Arc::new(Semaphore::new(state.db.requests_at_once())), take_turn))
        .layer(from_fn(read_whole))
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
                .map_request(without_foreign_id)
                .layer(SetRequestIdLayer::x_request_id(NewRequestId))
                .layer(TraceLayer::new_for_http().make_span_with(span))
                .layer(PropagateRequestIdLayer::x_request_id())
                .layer(from_fn(headers)),
        )
}

/// Fills an empty installation with the demo organisation. Its people use an application of their own, on the same
/// database and on a clock that is led through their story; no letters leave.
///
/// # Errors
/// On an installation that is in use, and when a step is refused.
pub async fn demonstrate(state: &AppState, language: Language, password: &str) -> Result<Programme, Trouble> {
    let token = add_setup_token(state).await.map_err(Trouble::new)?;
    let token = token.ok_or_else(|| Trouble::new("The demo needs an empty installation, and this one is in use."))?;
    // Its people live in the past; no clock of theirs runs until they have arrived in the present.
    let mut still = state.db.lease().await.map_err(Trouble::new)?;
    decisions::clock::store::keep_still(&mut still).await.map_err(Trouble::new)?;
    let now = state.clock.now();
    let clock = Clock::held(now);
    let quiet = Config { smtp_url: None, ..state.config.clone() };
    let stage = router(AppState::new(state.db.clone(), quiet, clock.clone()));
    let played = demo::play(stage, &clock, now, &Wish { language, password: password.to_owned(), token }).await;
    decisions::clock::store::let_run(&mut still).await.map_err(Trouble::new)?;
    let programme = played?;
    lifecycle::health::run(state).await.map_err(Trouble::new)?;
    Ok(programme)
}

/// Behind the same token as the set-up form; only while nobody is here.
async fn fill_with_demo(State(state): State<AppState>, shell: Shell, fields: Fields) -> web::Result {
    if is_set_up(&state).await? {
        return Ok(Reply::to("/").into_response());
    }
    let is_known = SetupToken::check(&mut *state.db.lease().await?, fields.get("token")).await?.is_some();
    if !is_known {
        return Err(Error::Forbidden);
    }
    let password = readable_password().map_err(Error::internal)?;
    let language = shell.t.language();
    // Played to its end also when whoever pressed the button leaves.
    let playing = tokio::spawn(async move { demonstrate(&state, language, &password).await });
    let programme = playing.await.map_err(Error::internal)?.map_err(Error::internal)?;
    demo::ready(shell, &programme)
}

/// Where requests that change something may come from: our own pages. What is sent by a link in a letter carries its own proof in
/// the address and uses no cookie, and its page, which tells nobody where it is, has no origin to show.
fn csrf() -> CsrfLayer<fn(ProtectionError) -> Response<Body>> {
    CsrfLayer::new()
        .with_insecure_bypass(|_, uri| uri.path().starts_with(work_links::PREFIX))
        .with_rejection_response(|_| Error::Forbidden.into_response())
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

/// The id is ours to give: one that a client chose could be forged, or be anything at all.
fn without_foreign_id<B>(mut request: axum::http::Request<B>) -> axum::http::Request<B> {
    request.headers_mut().remove("x-request-id");
    request
}

fn span(request: &Request) -> tracing::Span {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok()).unwrap_or("-");
    // The path without its query: searches and one-time links are nobody's business.
    tracing::info_span!("request", id, method = %request.method(), path = without_secret(request.uri().path()))
}

/// Nor is the end of an address that opens something by itself.
fn without_secret(path: &str) -> &str {
    ["/reset/", "/invitation/", "/unsubscribe/", work_links::PREFIX]
        .into_iter()
        .find(|prefix| path.starts_with(prefix))
        .unwrap_or(path)
}

/// PostgreSQL keeps no NUL in text, so nothing is ever found under an address with one.
async fn refuse_nul(request: Request, next: Next) -> Response<Body> {
    let asked = request.uri().path_and_query().map_or("", |asked| asked.as_str());
    if asked.contains("%00") { Error::NotFound.into_response() } else { next.run(request).await }
}

/// Reads a request to its end before it takes a turn, so that those who send slowly keep nobody else waiting. What is longer
/// than any form of ours is left unread, and the form that meets it says so.
async fn read_whole(request: Request, next: Next) -> Response<Body> {
    let (mut parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, LARGEST_FORM).await.unwrap_or_else(|_| {
        parts.extensions.insert(Unreadable);
        Bytes::new()
    });
    if parts.method == axum::http::Method::POST {
        parts.extensions.insert(Sent(body.clone()));
    }
    next.run(Request::from_parts(parts, Body::from(body))).await
}

/// Lets no more requests work at once than the pool has connections for; the others wait, inside their deadline.
async fn take_turn(State(turns): State<Arc<Semaphore>>, request: Request, next: Next) -> Response<Body> {
    match turns.acquire().await {
        Ok(_turn) => next.run(request).await,
        Err(problem) => Error::internal(problem).into_response(),
    }
}

/// Cuts a request off one second after the longest statement (and the longest answer of another server, where it waits for one), and tells its connections to close.
async fn deadline(request: Request, next: Next) -> Response<Body> {
    // Each of the demo's own requests has its deadline.
    if request.uri().path() == DEMO {
        return next.run(request).await;
    }
    let limit = if chats::asks_elsewhere(request.uri().path()) { db::REQUEST + outgoing::LIMIT } else { db::REQUEST };
    match tokio::time::timeout(limit, db::guarded(next.run(request))).await {
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
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // What a page says of itself stands.
    headers.entry(header::REFERRER_POLICY).or_insert(HeaderValue::from_static("same-origin"));
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
    ([(header::CONTENT_TYPE, kind)], metrics::page(connections, free, state.live.open()))
}

#[cfg(test)]
mod tests {
    use super::without_secret;

    #[test]
    fn one_time_links_are_not_logged() {
        for (path, logged) in [
            ("/reset/0123", "/reset/"),
            ("/invitation/0123", "/invitation/"),
            ("/unsubscribe/0123/tasks/4567", "/unsubscribe/"),
            ("/w/0123", "/w/"),
            ("/p/GEO/tasks/42", "/p/GEO/tasks/42"),
        ] {
            assert_eq!(without_secret(path), logged);
        }
    }
}
