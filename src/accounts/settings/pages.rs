//! `/settings`: four forms on one page.

use super::{
    actions::{self, PasswordOutcome},
    form::{Typed, languages, themes, time_zones},
};
use crate::{
    accounts::{
        passwords, people,
        sessions::{
            self, Visit,
            actions::Owner,
            device,
            store::{Listed, of_person},
            visit,
        },
        sign_in::pages::wait_text,
    },
    events::Change,
    platform::ids::SessionId,
    web::{
        AppState, Error, Errors, Fields, Reply, Result, Routes, Shell, Tier, flash::LANGUAGE_COOKIE, page_with,
        paths::Parameter, ui,
    },
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};

/// The routes of settings; the two switches of the account menu are with the door.
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::SignedIn, "/settings", show)
        .post(Tier::SignedIn, "/settings", save)
        .post(Tier::SignedIn, "/settings/password", change_password)
        .post(Tier::SignedIn, "/settings/sessions/others", end_others)
        .post(Tier::SignedIn, "/settings/sessions/{id}", end_one)
}

/// A signed-in browser.
struct SessionRow {
    id: SessionId,
    device: String,
    /// The device and when it was seen, for the button that ends it.
    name: String,
    address: String,
    since: String,
    seen: String,
    is_this: bool,
}

#[derive(Template)]
#[template(path = "accounts/settings.html")]
struct SettingsPage {
    shell: Shell,
    email: String,
    form: Typed,
    version: i32,
    /// What stands in the database while something else was typed.
    saved_meanwhile: Vec<String>,
    errors: Errors,
    password_errors: Errors,
    password_notice: Option<String>,
    languages: Vec<ui::Choice>,
    time_zones: Vec<ui::Choice>,
    themes: Vec<ui::Choice>,
    sessions: Vec<SessionRow>,
}

impl SettingsPage {
    /// As it stands in the database: two statements.
    async fn load(state: &AppState, mut shell: Shell) -> Result<Self> {
        let viewer = shell.viewer()?.clone();
        let mut lease = state.db.lease().await?;
        let person = people::find(&mut lease, viewer.person_id).await?.ok_or(Error::SignIn)?;
        let listed = of_person(&mut lease, viewer.person_id, shell.now).await?;
        // The forms of this page post below it; the switches of the account menu come back here.
        shell.path = "/settings".to_owned();
        let t = shell.t;
        let sessions = listed.into_iter().map(|session| row(&shell, session, viewer.session_id)).collect();
        Ok(Self {
            email: person.email.clone(),
            form: Typed::of_person(&person),
            version: person.version,
            saved_meanwhile: Vec::new(),
            errors: Errors::none(),
            password_errors: Errors::none(),
            password_notice: None,
            languages: languages(t),
            time_zones: time_zones(t),
            themes: themes(t),
            sessions,
            shell,
        })
    }
}

fn row(shell: &Shell, session: Listed, this: SessionId) -> SessionRow {
    let t = shell.t;
    let device = match device::names(&session.user_agent) {
        ("", "") => t.accounts_device_unknown(),
        (name, "") | ("", name) => name.to_owned(),
        (browser, system) => t.accounts_device(browser, system),
    };
    let seen = shell.moment(session.seen_at);
    SessionRow {
        id: session.id,
        name: t.list(&[device.clone(), seen.clone()]),
        device,
        address: session.address,
        since: shell.moment(session.created_at),
        seen,
        is_this: session.id == this,
    }
}

async fn show(State(state): State<AppState>, shell: Shell) -> Result {
    page_with(StatusCode::OK, &SettingsPage::load(&state, shell).await?)
}

async fn save(State(state): State<AppState>, shell: Shell, fields: Fields) -> Result {
    let t = shell.t;
    let typed = Typed::of(&fields);
    let version: i32 = fields.hidden("version")?;
    let profile = match typed.check(t) {
        Ok(profile) => profile,
        Err(errors) => {
            let page = SettingsPage::load(&state, shell).await?;
            let page = SettingsPage { form: typed, version, errors, ..page };
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    if let Some(now) = actions::save(&state, &shell, &profile, version).await? {
        let page = SettingsPage::load(&state, shell).await?;
        let saved_meanwhile = Typed::of_person(&now).differences(&typed, t);
        let page = SettingsPage { form: typed, version: now.version, saved_meanwhile, ..page };
        return page_with(StatusCode::CONFLICT, &page);
    }
    // The next page speaks the language that was just chosen.
    let t = profile.language.map_or(t, crate::platform::locale::T);
    let mut response = Reply::to("/settings").done(t.accounts_settings_saved()).into_response();
    let theme = profile.theme.map(|theme| theme.as_str());
    visit::set_plain(&mut response, &state, "theme", theme.unwrap_or_default());
    if let Some(language) = profile.language {
        visit::set_plain(&mut response, &state, LANGUAGE_COOKIE, language.tag());
    }
    Ok(response)
}

async fn change_password(State(state): State<AppState>, shell: Shell, visit: Visit, fields: Fields) -> Result {
    let t = shell.t;
    let (old, new) = (fields.raw("old_password"), fields.raw("password"));
    let mut errors = Errors::none();
    let (mut status, mut notice, mut retry_after) = (StatusCode::UNPROCESSABLE_ENTITY, None, None);
    if old.is_empty() {
        errors.add("old_password", t.accounts_old_password_missing());
    }
    if let Some(complaint) = passwords::complaint(t, new) {
        errors.add("password", complaint);
    }
    if errors.is_empty() {
        match actions::change_password(&state, &shell, &visit, old, new).await? {
            PasswordOutcome::Changed(ended) => {
                return Ok(Reply::to("/settings").done(t.accounts_password_changed(ended)).into_response());
            }
            PasswordOutcome::WrongOld => errors.add("old_password", t.accounts_old_password_wrong()),
            PasswordOutcome::Wait(seconds) => {
                status = StatusCode::TOO_MANY_REQUESTS;
                retry_after = Some(seconds);
                notice = Some(wait_text(&shell, seconds));
            }
        }
    }
    let page = SettingsPage::load(&state, shell).await?;
    let mut response = page_with(status, &SettingsPage { password_errors: errors, password_notice: notice, ..page })?;
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

async fn end_one(State(state): State<AppState>, shell: Shell, Parameter(id): Parameter<SessionId>) -> Result {
    let viewer = shell.viewer()?;
    let mut change = Change::begin(&state, &shell).await?;
    // A session of somebody else, or one that has ended, is no session of theirs.
    if sessions::actions::revoke(&mut change, viewer, id).await? {
        change.commit().await?;
    }
    let here = if id == viewer.session_id { "/sign-in" } else { "/settings" };
    Ok(Reply::to(here).done(shell.t.accounts_session_ended()).into_response())
}

async fn end_others(State(state): State<AppState>, shell: Shell) -> Result {
    let viewer = shell.viewer()?;
    let mut change = Change::begin(&state, &shell).await?;
    let owner = Owner { id: viewer.person_id, email: &viewer.email, name: &viewer.name };
    let ended = sessions::actions::revoke_others(&mut change, owner, Some(viewer.session_id)).await?;
    if change.has_events() {
        change.commit().await?;
    }
    Ok(Reply::to("/settings").done(shell.t.accounts_sessions_ended(ended)).into_response())
}
