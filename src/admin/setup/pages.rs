//! `/setup`.

use super::{
    actions::set_up,
    form::{Typed, languages, time_zones},
};
use crate::{
    accounts::{
        organisation::actions::{SetupToken, is_set_up},
        sessions::Visit,
    },
    web::{AppState, Errors, Fields, Reply, Result, Routes, Shell, Tier, page_with, ui},
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

/// The routes of set-up.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Public, "/setup", show).post(Tier::Public, "/setup", submit)
}

#[derive(Template)]
#[template(path = "admin/setup.html")]
struct SetupPage {
    shell: Shell,
    form: Typed,
    errors: Errors,
    languages: Vec<ui::Choice>,
    time_zones: Vec<ui::Choice>,
}

#[derive(Template)]
#[template(path = "admin/setup_closed.html")]
struct ClosedPage {
    shell: Shell,
    /// Whether a token was given, and is not one of ours.
    is_wrong: bool,
}

async fn show(State(state): State<AppState>, shell: Shell, query: Fields) -> Result {
    let token = query.get("token");
    match open(&state, &shell, token).await? {
        Ok(_) => page(StatusCode::OK, Typed::fresh(shell.t, token), Errors::none(), shell),
        Err(response) => Ok(response),
    }
}

/// The proof of the token, or where to go without one.
async fn open(state: &AppState, shell: &Shell, token: &str) -> Result<std::result::Result<SetupToken, Response>> {
    if is_set_up(state).await? {
        return Ok(Err(Reply::to("/").into_response()));
    }
    match SetupToken::check(&mut *state.db.lease().await?, token).await? {
        Some(proof) => Ok(Ok(proof)),
        None => {
            let page = ClosedPage { shell: shell.clone(), is_wrong: !token.is_empty() };
            page_with(StatusCode::FORBIDDEN, &page).map(Err)
        }
    }
}

async fn submit(State(state): State<AppState>, shell: Shell, visit: Visit, fields: Fields) -> Result {
    let t = shell.t;
    let form = Typed::of(t, &fields);
    let proof = match open(&state, &shell, &form.token).await? {
        Ok(proof) => proof,
        Err(response) => return Ok(response),
    };
    let valid = match form.check(t, fields.raw("password")) {
        Ok(valid) => valid,
        Err(errors) => return page(StatusCode::UNPROCESSABLE_ENTITY, form, errors, shell),
    };
    match set_up(&state, &shell, &proof, &visit, valid).await? {
        Some(cookies) => Ok(cookies.on(&state, Reply::to("/").done(t.setup_done()).into_response())),
        None => Ok(Reply::to("/sign-in").into_response()),
    }
}

fn page(status: StatusCode, form: Typed, errors: Errors, mut shell: Shell) -> Result {
    // The language switch comes back to the page with its token.
    shell.path = format!("/setup?token={}", form.token);
    page_with(status, &SetupPage { shell, form, errors, languages: languages(), time_zones: time_zones() })
}
