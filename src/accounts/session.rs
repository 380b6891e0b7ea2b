//! The session layer: one statement finds the session, its person, the organisation and what the side bar shows.

use super::{organisation, sessions::store};
use crate::{
    platform::{
        db,
        ids::{PersonId, SessionId, hex},
        locale::{Language, T},
    },
    web::{
        AppState, Error, Reply, error, flash,
        form::Sent,
        reply::safe_path,
        shell::{Health, Navigation, NavigationProject, OrganisationRole, Shell, Theme, Viewer},
    },
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use jiff_sqlx::ToSqlx;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, types::Json};
use std::sync::Arc;
use tower_http::request_id::RequestId;

/// How exactly it is known when a session was last used.
const SEEN_TO: SignedDuration = SignedDuration::from_mins(10);

/// The cookie's name; behind TLS browsers hold the prefix to what it promises.
#[must_use]
pub fn cookie_name(is_secure: bool) -> &'static str {
    if is_secure { "__Host-tutti" } else { "tutti" }
}

/// What is kept of a secret: its SHA-256.
#[must_use]
pub fn token_hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// Puts a [`Shell`] into every request and renders the error pages of those that fail.
pub async fn layer(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    // Read what is needed first: a request's body may not be shared across an await.
    let arrival = Arrival::of(&state, &request);
    let sent = request.extensions_mut().remove::<Sent>();
    let shell = match arrival.into_shell(&state).await {
        Ok(shell) => shell,
        Err((shell, problem)) => return error::render(&shell, problem.into_response(), sent.as_ref()),
    };
    if shell.viewer.is_none() && !works_before_set_up(request.uri().path()) {
        match organisation::actions::is_set_up(&state).await {
            Ok(true) => {}
            Ok(false) => return Reply::to("/setup").into_response(),
            Err(problem) => return error::render(&shell, problem.into_response(), sent.as_ref()),
        }
    }
    let shell = Arc::new(shell);
    request.extensions_mut().insert(Arc::clone(&shell));
    let mut response = next.run(request).await;
    let is_page = response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind != "text/event-stream");
    if shell.flash.is_some() && !response.status().is_redirection() && is_page {
        response.headers_mut().append(header::SET_COOKIE, flash::spent());
    }
    error::render(&shell, response, sent.as_ref())
}

/// The page of ours on which a form stood that was sent from there.
fn came_from(headers: &HeaderMap) -> Option<String> {
    let referrer = url::Url::parse(headers.get(header::REFERER)?.to_str().ok()?).ok()?;
    let path = match referrer.query() {
        Some(query) => format!("{}?{query}", referrer.path()),
        None => referrer.path().to_owned(),
    };
    Some(safe_path(&path))
}

/// The set-up page, and the switches on it.
fn works_before_set_up(path: &str) -> bool {
    matches!(path, "/setup" | "/setup/demo" | "/settings/language" | "/settings/theme")
}

/// What a request says of itself before anybody looks into the database.
struct Arrival {
    shell: Shell,
    secret: Option<String>,
    chosen: Option<Language>,
    accept: String,
}

impl Arrival {
    fn of(state: &AppState, request: &Request) -> Self {
        let headers = request.headers();
        let accept = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let chosen = flash::cookie_value(headers, flash::LANGUAGE_COOKIE).and_then(|tag| tag.parse().ok());
        let theme = flash::cookie_value(headers, "theme").and_then(Theme::parse);
        let request_id =
            request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok()).unwrap_or_default();
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        let t = T(Language::choose(chosen, accept));
        let mut shell = Shell::signed_out(t, state.clock.now(), path.to_owned(), theme, request_id.to_owned());
        shell.flash = flash::read(headers);
        shell.may_reload = request.method() == Method::GET;
        if let Some(page) = came_from(headers).filter(|_| !shell.may_reload) {
            shell.again = page;
        }
        let secret = secret(headers, state.config.is_secure()).map(str::to_owned);
        Self { shell, secret, chosen, accept: accept.to_owned() }
    }

    async fn into_shell(self, state: &AppState) -> Result<Shell, (Box<Shell>, Error)> {
        let Some(secret) = self.secret else { return Ok(self.shell) };
        let look = async || {
            let mut lease = state.db.lease().await?;
            find(&mut lease, &token_hash(&secret), self.shell.now).await
        };
        let found = match look().await {
            // The database was restarted under a connection that had just been used: a second look finds a live one.
            Err(problem) if db::is_broken_connection(&problem) => {
                db::connection_broke();
                look().await
            }
            first => first,
        };
        match found {
            Ok(Some(found)) => {
                touch(state, &found, self.shell.now);
                Ok(signed_in(self.shell, found, self.chosen, &self.accept))
            }
            Ok(None) => Ok(self.shell),
            Err(problem) => Err((Box::new(self.shell), problem.into())),
        }
    }
}

fn secret(headers: &HeaderMap, is_secure: bool) -> Option<&str> {
    flash::cookie_value(headers, cookie_name(is_secure)).filter(|secret| secret.len() == 64)
}

/// Notes beside the request, once in ten minutes, that the session is in use.
fn touch(state: &AppState, found: &Found, now: Timestamp) {
    if now.duration_since(found.seen_at) < SEEN_TO {
        return;
    }
    let (state, id) = (state.clone(), SessionId(found.session_id));
    tokio::spawn(async move {
        let noted = async { store::touch(&mut *state.db.lease().await?, id, now).await };
        if let Err(problem) = noted.await {
            tracing::debug!(%problem, "the session's last use was not noted");
        }
    });
}

fn signed_in(mut shell: Shell, found: Found, chosen: Option<Language>, accept: &str) -> Shell {
    let own = found.language.as_deref().and_then(|tag| tag.parse().ok()).or(chosen);
    shell.t = T(Language::choose(own, accept));
    shell.theme = found.theme.as_deref().and_then(Theme::parse).or(shell.theme);
    shell.zone = found
        .time_zone
        .as_deref()
        .and_then(|name| TimeZone::get(name).ok())
        .or_else(|| TimeZone::get(&found.organisation_zone).ok())
        .unwrap_or(TimeZone::UTC);
    shell.organisation = found.organisation;
    let project =
        |sent: SentProject| NavigationProject { key: sent.key, name: sent.name, health: Health::parse(&sent.health) };
    shell.navigation = Navigation {
        my_work: found.my_work,
        unread: found.unread,
        to_decide: found.to_decide,
        sits_on_committee: found.sits_on_committee,
        projects: found.projects.0.into_iter().map(project).collect(),
    };
    shell.viewer = Some(Viewer {
        person_id: PersonId(found.person_id),
        session_id: SessionId(found.session_id),
        name: found.name,
        email: found.email,
        role: found.role,
    });
    shell
}

struct Found {
    session_id: uuid::Uuid,
    seen_at: Timestamp,
    person_id: uuid::Uuid,
    name: String,
    email: String,
    role: OrganisationRole,
    language: Option<String>,
    time_zone: Option<String>,
    theme: Option<String>,
    organisation: String,
    organisation_zone: String,
    my_work: i64,
    unread: i64,
    to_decide: i64,
    sits_on_committee: bool,
    projects: Json<Vec<SentProject>>,
}

async fn find(conn: &mut PgConnection, token_hash: &[u8], now: Timestamp) -> Result<Option<Found>, sqlx::Error> {
    sqlx::query_as!(
        Found,
        r#"select sessions.id as session_id, sessions.seen_at, people.id as person_id, people.name, people.email,
                  people.role as "role: OrganisationRole", people.language, people.time_zone, people.theme,
                  organisations.name as organisation, organisations.time_zone as organisation_zone,
                  bar.my_work as "my_work!", bar.to_decide as "to_decide!", bar.sits_on_committee as "sits_on_committee!",
                  bar.projects as "projects!: Json<Vec<SentProject>>", inbox.unread as "unread!"
           from sessions
           join people on people.id = sessions.person_id and people.deactivated_at is null
           cross join organisations
           cross join lateral side_bar_of(people.id, people.role, ($2::timestamptz at time zone coalesce(people.time_zone, organisations.time_zone))::date) bar
           cross join lateral unread_of(people.id, people.role) inbox
           where sessions.token_hash = $1 and sessions.expires_at > $2"#,
        token_hash,
        now.to_sqlx(),
    )
    .fetch_optional(conn)
    .await
}

/// As `side_bar_of` in the migrations builds it.
#[derive(Debug, Deserialize)]
struct SentProject {
    key: String,
    name: String,
    health: String,
}

/// A short, stable mark of a secret for logs and lists; not the secret.
#[must_use]
pub fn mark(secret: &str) -> String {
    hex(token_hash(secret).get(..4).unwrap_or_default())
}
