//! What can go wrong with a request, and the calm page that says so. Internal text goes to the log, once, never to
//! a person (ARCHITECTURE §8).

use super::{form::Sent, shell::Shell};
use crate::platform::db;
use askama::Template;
use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
    response::IntoResponse,
};

/// Why a request has no ordinary answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or this person may not know that there is.
    #[error("not found")]
    NotFound,
    /// They may see it, but not do this.
    #[error("forbidden")]
    Forbidden,
    /// As [`Error::Forbidden`], with a sentence for the reader that says who may.
    #[error("forbidden")]
    NotTheirs(String),
    /// Nobody is signed in; the page asked for is kept to come back to.
    #[error("sign in first")]
    SignIn,
    /// Somebody was faster, and the page has no better answer than to say so.
    #[error("conflict")]
    Conflict,
    /// The request makes no sense: a form field that no page of ours sends.
    #[error("unusable request")]
    Unprocessable,
    /// Too often.
    #[error("too many requests")]
    TooMany {
        /// Seconds until the next try makes sense.
        retry_after: u32,
    },
    /// The database is away or too busy.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// Our fault.
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    /// Wraps anything unexpected; its text goes to the log only.
    pub fn internal(problem: impl std::fmt::Display) -> Self {
        Self::Internal(problem.to_string())
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::NotTheirs(_) => StatusCode::FORBIDDEN,
            Self::SignIn => StatusCode::SEE_OTHER,
            Self::Conflict => StatusCode::CONFLICT,
            Self::Unprocessable => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(problem: sqlx::Error) -> Self {
        if db::is_broken_connection(&problem) {
            db::connection_broke();
            return Self::Unavailable(problem.to_string());
        }
        let is_passing = match &problem {
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => true,
            // cancelled, lock not available, serialisation, deadlock, too many connections
            sqlx::Error::Database(database) => {
                matches!(database.code().as_deref(), Some("57014" | "55P03" | "40001" | "40P01" | "53300"))
            }
            _ => false,
        };
        if is_passing { Self::Unavailable(problem.to_string()) } else { Self::Internal(problem.to_string()) }
    }
}

impl From<askama::Error> for Error {
    fn from(problem: askama::Error) -> Self {
        Self::internal(problem)
    }
}

/// Carried by a bare response until the frame, which knows the reader, renders it.
#[derive(Clone, Copy, Debug)]
pub struct Unrendered(pub StatusCode);

/// What the page of a bare response says instead of its usual text.
#[derive(Clone, Debug)]
struct Why(String);

impl IntoResponse for Error {
    fn into_response(self) -> Response<Body> {
        match &self {
            Self::Unavailable(problem) => tracing::warn!(%problem, "unavailable"),
            Self::Internal(problem) => tracing::error!(%problem, "request failed"),
            Self::NotFound
            | Self::Forbidden
            | Self::NotTheirs(_)
            | Self::SignIn
            | Self::Conflict
            | Self::Unprocessable
            | Self::TooMany { .. } => {}
        }
        let status = self.status();
        let mut response = Response::new(Body::empty());
        *response.status_mut() = status;
        match self {
            Self::TooMany { retry_after } => {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
            }
            Self::Unavailable(_) => {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
            }
            Self::NotTheirs(text) => {
                response.extensions_mut().insert(Why(text));
            }
            _ => {}
        }
        response.extensions_mut().insert(Unrendered(status));
        response
    }
}

/// The page for a status, in the reader's words.
#[derive(Template)]
#[template(path = "shared/error.html")]
struct ErrorPage<'a> {
    shell: &'a Shell,
    status: u16,
    title: String,
    text: String,
    /// Whether trying again later makes sense.
    may_retry: bool,
    /// What was typed into the form that failed; it is saved nowhere.
    kept: Vec<String>,
}

/// Fills the body of a bare error response. What was typed into the form that it answers stands there to be copied.
pub fn render(shell: &Shell, mut response: Response<Body>, sent: Option<&Sent>) -> Response<Body> {
    let Some(Unrendered(status)) = response.extensions_mut().remove::<Unrendered>() else { return response };
    let t = shell.t;
    let (title, text) = match status {
        StatusCode::FORBIDDEN => (t.error_403_title(), t.error_403_text()),
        StatusCode::NOT_FOUND => (t.error_404_title(), t.error_404_text()),
        StatusCode::METHOD_NOT_ALLOWED => (t.error_404_title(), t.error_404_text()),
        StatusCode::CONFLICT => (t.error_409_title(), t.error_409_text()),
        StatusCode::UNPROCESSABLE_ENTITY | StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE => {
            (t.error_422_title(), t.error_422_text())
        }
        StatusCode::TOO_MANY_REQUESTS => (t.error_429_title(), t.error_429_text()),
        StatusCode::SERVICE_UNAVAILABLE => (t.error_503_title(), t.error_503_text()),
        _ => (t.error_500_title(), t.error_500_text()),
    };
    let text = response.extensions_mut().remove::<Why>().map_or(text, |why| why.0);
    let may_retry =
        status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::CONFLICT;
    let kept = sent.filter(|_| shell.viewer.is_some()).map(Sent::typed).unwrap_or_default();
    match (ErrorPage { shell, status: status.as_u16(), title, text, may_retry, kept }).render() {
        Ok(html) => {
            *response.body_mut() = Body::from(html);
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        }
        Err(problem) => tracing::error!(%problem, "the error page could not be rendered"),
    }
    response
}
