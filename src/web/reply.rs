//! Answers: a page, or a redirect that carries the result of an action to the next page.

use super::{Error, flash, shell::Flash};
use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// A page with status 200.
///
/// # Errors
/// When the template fails, which is our fault.
pub fn page(template: &impl Template) -> Result<Response, Error> {
    page_with(StatusCode::OK, template)
}

/// As [`page`], for one that is known to be long: with room for so many bytes from the start, it need not be copied over
/// and over while it grows.
///
/// # Errors
/// As [`page`].
pub fn long_page(template: &impl Template, bytes: usize) -> Result<Response, Error> {
    let mut html = String::with_capacity(bytes);
    template.render_into(&mut html)?;
    Ok(html_response(StatusCode::OK, html))
}

/// A page with another status: 422 for a form with mistakes, 409 for a stale one.
///
/// # Errors
/// As [`page`].
pub fn page_with(status: StatusCode, template: &impl Template) -> Result<Response, Error> {
    Ok(html_response(status, template.render()?))
}

fn html_response(status: StatusCode, html: String) -> Response {
    (status, [(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))], html).into_response()
}

/// 303 to another page, after an action.
#[derive(Debug)]
pub struct Reply {
    location: String,
    flash: Option<Flash>,
    /// Whether no other page may show the flash.
    is_for_there: bool,
}

impl Reply {
    /// To a path of ours.
    pub fn to(location: impl ToString) -> Self {
        Self { location: location.to_string(), flash: None, is_for_there: false }
    }

    /// With one sentence about what was done.
    #[must_use]
    pub fn done(self, text: String) -> Self {
        self.flash(Flash { tone: "ok", text, undo: None })
    }

    /// With any flash.
    #[must_use]
    pub fn flash(mut self, flash: Flash) -> Self {
        self.flash = Some(flash);
        self
    }

    /// With a flash that only the page it leads to may show, because it says what others must not read: that page ends it
    /// with [`flash::spent_at`].
    #[must_use]
    pub fn flash_there(self, flash: Flash) -> Self {
        Self { is_for_there: true, ..self.flash(flash) }
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let location = safe_path(&self.location);
        let mut response = StatusCode::SEE_OTHER.into_response();
        let Ok(value) = HeaderValue::from_str(&location) else {
            return Error::internal("a redirect that is no header value").into_response();
        };
        response.headers_mut().insert(header::LOCATION, value);
        if let Some(flash) = &self.flash
            && let Some(cookie) = flash::cookie(flash, if self.is_for_there { &location } else { "/" })
        {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }
}

/// Only paths of our own: `//elsewhere.example` and `https://…` become `/`.
#[must_use]
pub fn safe_path(path: &str) -> String {
    let is_local = path.starts_with('/')
        && !path.starts_with("//")
        && !path.starts_with("/\\")
        && !path.chars().any(|c| c.is_control() || c == '\\');
    if is_local { path.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::safe_path;

    #[test]
    fn redirects_stay_here() {
        for (given, expected) in [
            ("/p/GEO?view=list", "/p/GEO?view=list"),
            ("//evil.example", "/"),
            ("https://evil.example", "/"),
            ("/\\evil.example", "/"),
            ("/a\r\nSet-Cookie: x", "/"),
            ("", "/"),
        ] {
            assert_eq!(safe_path(given), expected);
        }
    }
}
