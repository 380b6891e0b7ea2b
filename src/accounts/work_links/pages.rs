//! What is said of a link that opens nothing, and how every answer to a link is kept to itself.

use super::model::DAYS;
use crate::web::{Result, Shell, page_with};
use askama::Template;
use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};

#[derive(Template)]
#[template(path = "accounts/work_link_ended.html")]
struct EndedPage {
    shell: Shell,
    title: String,
    text: String,
}

/// An answer whose address is a secret: it is told to no other site, kept by no cache and listed by no search engine.
#[must_use]
pub fn sealed(mut response: Response) -> Response {
    for (name, value) in [
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The page of a link that opens nothing: it was good until lately, or it is none that anybody need know of.
pub(super) fn ended(shell: Shell, is_expired: bool) -> Result {
    let t = shell.t;
    let (status, title, text) = if is_expired {
        (StatusCode::GONE, t.accounts_work_link_expired(), t.accounts_work_link_expired_text(DAYS))
    } else {
        (StatusCode::NOT_FOUND, t.accounts_work_link_dead(), t.accounts_work_link_dead_text())
    };
    page_with(status, &EndedPage { shell, title, text }).map(sealed)
}
