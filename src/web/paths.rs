//! The addresses of pages, built and parsed in one place (ARCHITECTURE §3).

use super::Error;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use std::{fmt, str::FromStr};

/// A parameter of the route that matched, parsed; anything that cannot be parsed is not found.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn parameter<V: FromStr>(parts: &mut Parts, name: &str) -> Result<V, Error> {
    let parameters = RawPathParams::from_request_parts(parts, &()).await.map_err(|_| Error::NotFound)?;
    parameters
        .iter()
        .find_map(|(found, value)| (found == name).then(|| value.parse().ok()))
        .flatten()
        .ok_or(Error::NotFound)
}

/// The one parameter `{id}`, `{number}`, `{token}` or `{month}` of a route that has no extractor of its own.
#[derive(Clone, Copy, Debug)]
pub struct Parameter<V>(pub V);

impl<V: FromStr + Send, S: Sync> FromRequestParts<S> for Parameter<V> {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Error> {
        let parameters = RawPathParams::from_request_parts(parts, &()).await.map_err(|_| Error::NotFound)?;
        parameters
            .iter()
            .find_map(|(name, value)| matches!(name, "id" | "number" | "token" | "month").then(|| value.parse().ok()))
            .flatten()
            .map(Self)
            .ok_or(Error::NotFound)
    }
}

/// `/p/GEO` and the pages under it.
#[derive(Clone, Copy, Debug)]
pub struct ProjectPath<'a> {
    /// The project's key.
    pub project: &'a str,
    /// Empty for the overview, or `work`, `matrix`, `team`, `escalations`, `decisions`, `history`, `settings`, ….
    pub page: &'a str,
}

impl fmt::Display for ProjectPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.page.is_empty() {
            write!(f, "/p/{}", self.project)
        } else {
            write!(f, "/p/{}/{}", self.project, self.page)
        }
    }
}

/// A numbered thing of a project: `/p/GEO/tasks/42`, `/p/GEO/escalations/3`, `/p/GEO/decisions/2`.
#[derive(Clone, Copy, Debug)]
pub struct NumberedPath<'a> {
    /// The project's key.
    pub project: &'a str,
    /// `tasks`, `requests`, `escalations`, `decisions` or `scope/changes`.
    pub collection: &'static str,
    /// Its number in the project.
    pub number: i32,
}

impl fmt::Display for NumberedPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/p/{}/{}/{}", self.project, self.collection, self.number)
    }
}

/// A project's page.
#[must_use]
pub fn project<'a>(project: &'a str, page: &'a str) -> ProjectPath<'a> {
    ProjectPath { project, page }
}

/// A task's page.
#[must_use]
pub fn task(project: &str, number: i32) -> NumberedPath<'_> {
    NumberedPath { project, collection: "tasks", number }
}

/// An escalation's page.
#[must_use]
pub fn escalation(project: &str, number: i32) -> NumberedPath<'_> {
    NumberedPath { project, collection: "escalations", number }
}

/// A request's page.
#[must_use]
pub fn request(project: &str, number: i32) -> NumberedPath<'_> {
    NumberedPath { project, collection: "requests", number }
}

/// A decision's page.
#[must_use]
pub fn decision(project: &str, number: i32) -> NumberedPath<'_> {
    NumberedPath { project, collection: "decisions", number }
}

/// The page of a requirement change.
#[must_use]
pub fn scope_change(project: &str, number: i32) -> NumberedPath<'_> {
    NumberedPath { project, collection: "scope/changes", number }
}
