//! A browser without a window: one person's. It keeps cookies, opens pages, fills in the forms that it finds there and
//! sends them, as the browser of a person does.

pub mod form;
pub mod page;
mod reader;

use super::model::Trouble;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, header},
};
use form::Form;
use page::Page;
use std::collections::BTreeMap;
use tower::ServiceExt;

/// Largest page that is read, in bytes.
const LARGEST_PAGE: usize = 8 * 1024 * 1024;
/// How many redirects are followed.
const HOPS: usize = 5;

/// One person's browser.
#[derive(Clone, Debug)]
pub struct Browser {
    router: Router,
    language: &'static str,
    cookies: BTreeMap<String, String>,
}

/// What came back: a page, or where to go.
#[derive(Debug)]
pub enum Answer {
    /// A page with its status.
    Page(u16, Page),
    /// A redirect.
    Elsewhere(String),
}

impl Browser {
    /// A fresh one, asking for a language.
    #[must_use]
    pub fn new(router: Router, language: &'static str) -> Self {
        Self { router, language, cookies: BTreeMap::new() }
    }

    /// Opens a page, following redirects.
    ///
    /// # Errors
    /// When the application answers with anything but a page.
    pub async fn open(&mut self, path: &str) -> Result<Page, Trouble> {
        let mut path = path.to_owned();
        for _ in 0..HOPS {
            match self.send(Method::GET, &path, Body::empty()).await? {
                Answer::Page(200, page) => return Ok(page),
                Answer::Page(status, page) => return Err(Trouble::refused("GET", &path, status, &page)),
                Answer::Elsewhere(next) => path = next,
            }
        }
        Err(Trouble::new(format!("{path} leads in a circle")))
    }

    /// Sends a form and answers where it leads.
    ///
    /// # Errors
    /// When the application does not do what the form asks for: its status and its words.
    pub async fn submit(&mut self, form: &Form) -> Result<String, Trouble> {
        match self.send(Method::POST, form.action(), Body::from(form.encoded())).await? {
            Answer::Elsewhere(path) => Ok(path),
            Answer::Page(status, page) => Err(Trouble::refused("POST", form.action(), status, &page)),
        }
    }

    /// Sends a form that is answered with a page: one that asks for more, or shows what the form would do.
    ///
    /// # Errors
    /// When there is no page.
    pub async fn ask(&mut self, form: &Form) -> Result<Page, Trouble> {
        match self.send(Method::POST, form.action(), Body::from(form.encoded())).await? {
            Answer::Page(200 | 422, page) => Ok(page),
            Answer::Page(status, page) => Err(Trouble::refused("POST", form.action(), status, &page)),
            Answer::Elsewhere(to) => Err(Trouble::new(format!("{} led to {to} at once", form.action()))),
        }
    }

    async fn send(&mut self, method: Method, path: &str, body: Body) -> Result<Answer, Trouble> {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "demo.invalid")
            .header(header::ACCEPT_LANGUAGE, self.language)
            .header(header::USER_AGENT, "Mozilla/5.0 (demo)")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, cookies.join("; "))
            .body(body)
            .map_err(Trouble::new)?;
        let Ok(response) = self.router.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().unwrap_or_default());
        }
        if parts.status.is_redirection() {
            let location = parts.headers.get(header::LOCATION).and_then(|value| value.to_str().ok());
            return Ok(Answer::Elsewhere(location.unwrap_or("/").to_owned()));
        }
        let bytes = to_bytes(body, LARGEST_PAGE).await.map_err(Trouble::new)?;
        Ok(Answer::Page(parts.status.as_u16(), Page::read(path, &String::from_utf8_lossy(&bytes))))
    }

    fn keep(&mut self, cookie: &str) {
        let pair = cookie.split(';').next().unwrap_or_default();
        let Some((name, value)) = pair.split_once('=') else { return };
        if value.is_empty() {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}
