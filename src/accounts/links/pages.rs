//! `/forgot`, `/reset/{token}`, `/invitation/{token}`.

use super::{
    actions::{self, Joining},
    model::{Bearer, Purpose},
};
use crate::{
    accounts::{organisation, passwords, people::model::check_name, sessions::Visit, sign_in::pages::wait_text},
    platform::locale::{Language, T},
    web::{
        AppState, Errors, Fields, Reply, Result, Routes, Shell, Tier,
        flash::{self, LANGUAGE_COOKIE},
        page_with,
        paths::Parameter,
        ui,
    },
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use std::time::Duration;

/// An answer about an address takes at least this long, so that its time does not tell whether there was work to do.
const SAME_TIME: Duration = Duration::from_millis(200);

/// The routes of links.
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Public, "/forgot", show_forgot)
        .post(Tier::Public, "/forgot", forgot)
        .get(Tier::Public, "/reset/{token}", show_reset)
        .post(Tier::Public, "/reset/{token}", reset)
        .get(Tier::Public, "/invitation/{token}", show_invitation)
        .post(Tier::Public, "/invitation/{token}", join)
}

#[derive(Template)]
#[template(path = "accounts/forgot.html")]
struct ForgotPage {
    shell: Shell,
    email: String,
    errors: Errors,
    notice: Option<String>,
    /// Whether this installation sends letters at all.
    has_mail: bool,
    is_sent: bool,
}

#[derive(Template)]
#[template(path = "accounts/reset.html")]
struct ResetPage {
    shell: Shell,
    email: String,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "accounts/invitation.html")]
struct InvitationPage {
    shell: Shell,
    organisation: String,
    email: String,
    name: String,
    language: String,
    languages: Vec<ui::Choice>,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "accounts/link_ended.html")]
struct EndedPage {
    shell: Shell,
    title: String,
    text: String,
    /// Whether the reader can get a new one by themselves.
    may_ask: bool,
}

fn forgot_page(state: &AppState, shell: Shell) -> ForgotPage {
    ForgotPage {
        shell,
        email: String::new(),
        errors: Errors::none(),
        notice: None,
        has_mail: state.config.smtp_url.is_some(),
        is_sent: false,
    }
}

async fn show_forgot(State(state): State<AppState>, shell: Shell) -> Result {
    page_with(StatusCode::OK, &forgot_page(&state, shell))
}

async fn forgot(State(state): State<AppState>, shell: Shell, visit: Visit, form: Fields) -> Result {
    let t = shell.t;
    let email = form.get("email").to_owned();
    let mut page = forgot_page(&state, shell);
    if !page.has_mail {
        return page_with(StatusCode::OK, &page);
    }
    if email.is_empty() {
        page.errors.add("email", t.accounts_email_missing());
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let work = actions::ask_for_reset(&state, &page.shell, &visit, &email);
    let (outcome, ()) = tokio::join!(work, tokio::time::sleep(SAME_TIME));
    page.email = email;
    let Some(seconds) = outcome? else {
        page.is_sent = true;
        return page_with(StatusCode::OK, &page);
    };
    page.notice = Some(wait_text(&page.shell, seconds));
    let mut response = page_with(StatusCode::TOO_MANY_REQUESTS, &page)?;
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    Ok(response)
}

async fn show_reset(State(state): State<AppState>, shell: Shell, Parameter(token): Parameter<String>) -> Result {
    match actions::bearer(&state, Purpose::PasswordReset, &token).await? {
        Some(bearer) => page_with(StatusCode::OK, &ResetPage { shell, email: bearer.email, errors: Errors::none() }),
        None => ended(&state, shell, Purpose::PasswordReset),
    }
}

async fn reset(
    State(state): State<AppState>,
    shell: Shell,
    visit: Visit,
    Parameter(token): Parameter<String>,
    form: Fields,
) -> Result {
    let t = shell.t;
    let Some(bearer) = actions::bearer(&state, Purpose::PasswordReset, &token).await? else {
        return ended(&state, shell, Purpose::PasswordReset);
    };
    let password = form.raw("password");
    if let Some(complaint) = passwords::complaint(t, password) {
        let errors = Errors::none().with("password", complaint);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &ResetPage { shell, email: bearer.email, errors });
    }
    match actions::reset_password(&state, &shell, &visit, &token, password).await? {
        Some(cookies) => Ok(cookies.on(&state, Reply::to("/").done(t.accounts_reset_done()).into_response())),
        None => ended(&state, shell, Purpose::PasswordReset),
    }
}

async fn show_invitation(
    State(state): State<AppState>,
    mut shell: Shell,
    Parameter(token): Parameter<String>,
    headers: HeaderMap,
) -> Result {
    let Some(bearer) = actions::bearer(&state, Purpose::Invitation, &token).await? else {
        return ended(&state, shell, Purpose::Invitation);
    };
    shell.t = words_of(&bearer, &headers, shell.t);
    // The one that the page speaks: whoever switched it has chosen already.
    let language = shell.language().to_string();
    let page = invitation_page(&state, shell, bearer, language).await?;
    page_with(StatusCode::OK, &page)
}

/// Whoever invited them said which language they speak, and their browser may be set to another. What they choose
/// themselves counts more.
fn words_of(bearer: &Bearer, headers: &HeaderMap, t: T) -> T {
    let has_chosen = flash::cookie_value(headers, LANGUAGE_COOKIE).is_some();
    let said = bearer.language.as_deref().filter(|_| !has_chosen);
    said.and_then(|tag| tag.parse().ok()).map_or(t, T)
}

async fn invitation_page(state: &AppState, shell: Shell, bearer: Bearer, language: String) -> Result<InvitationPage> {
    let found = organisation::find(&mut *state.db.lease().await?).await?;
    Ok(InvitationPage {
        shell,
        organisation: found.map(|organisation| organisation.name).unwrap_or_default(),
        email: bearer.email,
        name: bearer.name,
        language,
        languages: languages(),
        errors: Errors::none(),
    })
}

/// Both languages, by their own names.
pub(in crate::accounts) fn languages() -> Vec<ui::Choice> {
    Language::ALL.into_iter().map(|language| ui::Choice::new(language, language.name())).collect()
}

async fn join(
    State(state): State<AppState>,
    mut shell: Shell,
    visit: Visit,
    Parameter(token): Parameter<String>,
    headers: HeaderMap,
    form: Fields,
) -> Result {
    let Some(bearer) = actions::bearer(&state, Purpose::Invitation, &token).await? else {
        return ended(&state, shell, Purpose::Invitation);
    };
    shell.t = words_of(&bearer, &headers, shell.t);
    let t = shell.t;
    let mut errors = Errors::none();
    let name = check_name(form.get("name")).map_err(|problem| errors.add("name", problem.text(t)));
    let language = form.get("language").parse::<Language>();
    if language.is_err() {
        errors.add("language", t.accounts_language_unknown());
    }
    let password = form.raw("password").to_owned();
    if let Some(complaint) = passwords::complaint(t, &password) {
        errors.add("password", complaint);
    }
    let (Ok(name), Ok(language), true) = (name, language, errors.is_empty()) else {
        let mut page = invitation_page(&state, shell, bearer, form.get("language").to_owned()).await?;
        form.get("name").clone_into(&mut page.name);
        page.errors = errors;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    match actions::join(&state, &shell, &visit, &token, &Joining { name, language, password }).await? {
        Some(cookies) => Ok(cookies.on(&state, Reply::to("/").into_response())),
        None => ended(&state, shell, Purpose::Invitation),
    }
}

/// A link that does not work: used, too old, replaced, or never made. Which one is nobody's business.
fn ended(state: &AppState, shell: Shell, purpose: Purpose) -> Result {
    let t = shell.t;
    let has_mail = state.config.smtp_url.is_some();
    let (title, text, may_ask) = match purpose {
        Purpose::Invitation => (t.accounts_invitation_ended(), t.accounts_invitation_ended_text(), false),
        Purpose::PasswordReset => (t.accounts_reset_ended(), t.accounts_reset_ended_text(), has_mail),
    };
    page_with(StatusCode::NOT_FOUND, &EndedPage { shell, title, text, may_ask })
}
