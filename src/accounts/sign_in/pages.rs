//! `/sign-in`, `/sign-out`, and the two switches that work on both sides of the door.

use super::actions::{self, Outcome};
use crate::{
    accounts::{
        organisation,
        sessions::{self, Visit, visit},
        settings::actions::{Preference, choose},
    },
    events::Change,
    platform::locale::Language,
    web::{
        AppState, Errors, Fields, Reply, Result, Routes, Shell, Tier, flash::LANGUAGE_COOKIE, page_with,
        reply::safe_path, shell::Theme, ui,
    },
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};

/// The routes of the door.
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Public, "/sign-in", show)
        .post(Tier::Public, "/sign-in", submit)
        .post(Tier::Public, "/sign-out", sign_out)
        .post(Tier::Public, "/settings/language", set_language)
        .post(Tier::Public, "/settings/theme", set_theme)
}

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct SignInPage {
    shell: Shell,
    organisation: String,
    email: String,
    keep: bool,
    next: String,
    errors: Errors,
    /// Why it did not work, above the form.
    notice: Option<String>,
    /// Not with this address and password.
    is_refused: bool,
}

/// Where to go afterwards; never back to the door.
fn next_path(fields: &Fields) -> String {
    let next = safe_path(fields.raw("next"));
    if next.starts_with("/sign-") { "/".to_owned() } else { next }
}

async fn show(State(state): State<AppState>, shell: Shell, query: Fields) -> Result {
    let next = next_path(&query);
    if shell.viewer.is_some() {
        return Ok(Reply::to(next).into_response());
    }
    let page = SignInPage {
        organisation: organisation_name(&state).await?,
        email: query.get("email").to_owned(),
        keep: true,
        next,
        errors: Errors::none(),
        notice: None,
        is_refused: false,
        shell,
    };
    page_with(StatusCode::OK, &page)
}

async fn organisation_name(state: &AppState) -> Result<String> {
    let found = organisation::find(&mut *state.db.lease().await?).await?;
    Ok(found.map(|organisation| organisation.name).unwrap_or_default())
}

async fn submit(State(state): State<AppState>, shell: Shell, visit: Visit, form: Fields) -> Result {
    let t = shell.t;
    let (email, password) = (form.get("email"), form.raw("password"));
    let keep = form.has("keep");
    let mut errors = Errors::none();
    if email.is_empty() {
        errors.add("email", t.accounts_email_missing());
    }
    if password.is_empty() {
        errors.add("password", t.accounts_password_missing());
    }
    let mut notice = None;
    let mut is_refused = false;
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    let mut retry_after = None;
    if errors.is_empty() {
        match actions::sign_in(&state, &shell, &visit, email, password, keep).await? {
            Outcome::In(cookies) => {
                return Ok(cookies.on(&state, Reply::to(next_path(&form)).into_response()));
            }
            Outcome::Refused => is_refused = true,
            Outcome::Wait(seconds) => {
                status = StatusCode::TOO_MANY_REQUESTS;
                retry_after = Some(seconds);
                notice = Some(wait_text(&shell, seconds));
            }
        }
    }
    let page = SignInPage {
        organisation: organisation_name(&state).await?,
        email: email.to_owned(),
        keep,
        next: next_path(&form),
        errors,
        notice,
        is_refused,
        shell,
    };
    let mut response = page_with(status, &page)?;
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

/// "Wait 30 seconds", "Wait 4 minutes".
pub(in crate::accounts) fn wait_text(shell: &Shell, seconds: i64) -> String {
    if seconds < 60 {
        shell.t.accounts_wait_seconds(seconds)
    } else {
        shell.t.accounts_wait_minutes((seconds + 59) / 60)
    }
}

async fn sign_out(State(state): State<AppState>, shell: Shell) -> Result {
    if let Some(viewer) = &shell.viewer {
        let mut change = Change::begin(&state, &shell).await?;
        if sessions::actions::sign_out(&mut change, viewer).await? {
            change.commit().await?;
        }
    }
    let reply = Reply::to("/sign-in").done(shell.t.accounts_signed_out());
    Ok(visit::without_session(&state, reply.into_response()))
}

async fn set_language(State(state): State<AppState>, shell: Shell, form: Fields) -> Result {
    let language: Language = form.hidden("language")?;
    choose(&state, &shell, Preference::Language(language)).await?;
    let mut response = Reply::to(safe_path(form.get("back"))).into_response();
    visit::set_plain(&mut response, &state, LANGUAGE_COOKIE, language.tag());
    Ok(response)
}

async fn set_theme(State(state): State<AppState>, shell: Shell, form: Fields) -> Result {
    let theme = match form.get("theme") {
        "system" => None,
        word => Some(Theme::parse(word).ok_or(crate::web::Error::Unprocessable)?),
    };
    choose(&state, &shell, Preference::Theme(theme)).await?;
    let mut response = Reply::to(safe_path(form.get("back"))).into_response();
    visit::set_plain(&mut response, &state, "theme", theme.map(Theme::as_str).unwrap_or_default());
    Ok(response)
}
