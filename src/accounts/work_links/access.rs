//! The proof that a request came by a link that works.

use super::{
    model::{Standing, path},
    pages::ended,
    store,
};
use crate::{
    accounts::{
        session::token_hash,
        sessions::Visit,
        throttle::{
            Scope,
            actions::{Turn, ask},
        },
    },
    events::Change,
    platform::{
        ids::SessionId,
        locale::{Language, T},
    },
    web::{
        AppState, Error, Result, Shell, Viewer,
        paths::Parameter,
        shell::{Navigation, Theme},
    },
};
use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Response},
};
use jiff::{Timestamp, tz::TimeZone};
use uuid::Uuid;

/// What an event says of a change that was made by such a link.
const WAY: &str = "letter_link";

/// Somebody who followed a link that works: the person it was written to, whoever else is signed in here.
#[derive(Clone, Debug)]
pub struct WorkLink {
    shell: Shell,
    path: String,
    ends_at: Timestamp,
}

/// The link opens nothing; the page that says so, or what went wrong.
#[derive(Debug)]
pub enum Refused {
    /// The page.
    Page(Box<Response>),
    /// Too many tries, or the database is away.
    Error(Error),
}

impl WorkLink {
    /// The frame of the page, as that person reads it.
    #[must_use]
    pub fn shell(&self) -> &Shell {
        &self.shell
    }

    /// The link's own address: where its form is sent.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// When it ends.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        self.ends_at
    }

    /// Begins a change by that person; each of its events says that a link in a letter did it.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn change(&self, state: &AppState) -> Result<Change> {
        Ok(Change::begin(state, &self.shell).await?.by_way_of(WAY))
    }

    async fn follow(state: &AppState, shell: Shell, visit: &Visit, secret: &str) -> std::result::Result<Self, Refused> {
        let found = store::find(&mut *state.db.lease().await?, &token_hash(secret)).await?;
        let standing = found.as_ref().map_or(Standing::Dead, |found| found.standing(shell.now));
        let Some(found) = found.filter(|_| standing != Standing::Dead) else {
            // Only what opens nothing counts: who guesses from an address keeps nobody else there from their work.
            return match ask(&state.db, &state.clock, &[(Scope::WorkLinks, &visit.network())]).await? {
                Turn::Now(_) => Err(Refused::Page(Box::new(ended(shell, false)?))),
                Turn::Wait(seconds) => {
                    Err(Error::TooMany { retry_after: u32::try_from(seconds).unwrap_or(u32::MAX) }.into())
                }
            };
        };
        let ends_at = found.expires_at;
        let viewer = Viewer {
            person_id: found.person_id,
            // No session: nothing that looks for one finds it.
            session_id: SessionId(Uuid::nil()),
            name: found.name,
            email: found.email,
            role: found.role,
        };
        let shell = Shell {
            t: T(found.language.parse().unwrap_or(Language::English)),
            zone: TimeZone::get(&found.time_zone).unwrap_or(TimeZone::UTC),
            theme: found.theme.as_deref().and_then(Theme::parse).or(shell.theme),
            organisation: found.organisation,
            navigation: Navigation::default(),
            viewer: Some(viewer),
            ..shell
        };
        if standing == Standing::Expired {
            return Err(Refused::Page(Box::new(ended(shell, true)?)));
        }
        Ok(Self { shell, path: path(secret), ends_at })
    }
}

impl FromRequestParts<AppState> for WorkLink {
    type Rejection = Refused;
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> std::result::Result<Self, Refused> {
        let shell = Shell::from_request_parts(parts, state).await?;
        let Parameter(secret): Parameter<String> = Parameter::from_request_parts(parts, state).await?;
        let Ok(visit) = Visit::from_request_parts(parts, state).await;
        Self::follow(state, shell, &visit, &secret).await
    }
}

impl From<Error> for Refused {
    fn from(problem: Error) -> Self {
        Self::Error(problem)
    }
}

impl From<sqlx::Error> for Refused {
    fn from(problem: sqlx::Error) -> Self {
        Self::Error(problem.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Self::Page(page) => *page,
            Self::Error(problem) => problem.into_response(),
        }
    }
}
