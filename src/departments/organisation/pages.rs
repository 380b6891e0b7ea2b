//! `/admin/organisation`: name, language, time zone, and what happens by itself.

use super::{actions, model::Settings, store};
use crate::{
    departments::{access::OrganisationEditor, actions::Outcome, model::Difference},
    events::Change,
    platform::locale::{Language, T},
    web::{self, AppState, Error, Errors, Fields, Place, Reply, Routes, Shell, Tier, ui},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of the organisation's settings.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(Tier::Administrator, "/admin/organisation", show).post(
        Tier::Administrator,
        "/admin/organisation",
        save,
    )
}

#[derive(Template)]
#[template(path = "admin/organisation.html")]
struct OrganisationPage {
    shell: Shell,
    tab: &'static str,
    version: i32,
    name: String,
    language: String,
    time_zone: String,
    requests_escalate: bool,
    languages: Vec<ui::Choice>,
    zones: Vec<String>,
    errors: Errors,
    conflict: Vec<Difference>,
}

impl OrganisationPage {
    fn new(shell: Shell, version: i32, typed: (String, String, String), requests_escalate: bool) -> Self {
        let (name, language, time_zone) = typed;
        Self {
            shell: shell.at(Place::Administration),
            tab: "organisation",
            version,
            name,
            language,
            time_zone,
            requests_escalate,
            languages: Language::ALL.into_iter().map(|one| ui::Choice::new(one, one.name())).collect(),
            zones: zones(),
            errors: Errors::none(),
            conflict: Vec::new(),
        }
    }

    fn typed(shell: Shell, version: i32, fields: &Fields) -> Self {
        let text = |name| fields.get(name).to_owned();
        let escalates = fields.has("requests_escalate_by_themselves");
        Self::new(shell, version, (text("name"), text("language"), text("time_zone")), escalates)
    }
}

/// Cities and UTC; not the abbreviations and copies that the database of zones keeps for old systems.
fn zones() -> Vec<String> {
    let mut zones: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.to_string())
        .filter(|name| {
            name == "UTC"
                || ["Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/"]
                    .iter()
                    .any(|region| name.starts_with(region))
        })
        .collect();
    zones.sort_unstable();
    zones
}

fn yes_or_no(t: T, is_on: bool) -> String {
    if is_on { t.events_value_yes() } else { t.events_value_no() }
}

async fn show(State(state): State<AppState>, shell: Shell, _: OrganisationEditor) -> web::Result {
    let mut lease = state.db.lease().await?;
    let found = store::organisation(&mut lease).await?.ok_or(Error::NotFound)?;
    let typed = (found.name, found.language.tag().to_owned(), found.time_zone);
    web::page(&OrganisationPage::new(shell, found.version, typed, found.requests_escalate_by_themselves))
}

async fn save(State(state): State<AppState>, shell: Shell, editor: OrganisationEditor, fields: Fields) -> web::Result {
    let version = fields.hidden("version")?;
    let settings = match Settings::read(shell.t, &fields) {
        Ok(settings) => settings,
        Err(errors) => {
            let page = OrganisationPage { errors, ..OrganisationPage::typed(shell, version, &fields) };
            return web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let mut change = Change::begin(&state, &shell).await?;
    match actions::change_settings(&mut change, &editor, version, &settings).await? {
        Outcome::Done => change.commit().await?,
        Outcome::Stale => {
            let theirs = store::organisation(change.conn()).await?.ok_or(Error::NotFound)?;
            let t = shell.t;
            let conflict = Difference::between(vec![
                (t.organisation_name(), theirs.name, settings.name),
                (t.organisation_language(), theirs.language.name().to_owned(), settings.language.name().to_owned()),
                (t.organisation_zone(), theirs.time_zone, settings.time_zone),
                (
                    t.organisation_requests_escalate(),
                    yes_or_no(t, theirs.requests_escalate_by_themselves),
                    yes_or_no(t, settings.requests_escalate_by_themselves),
                ),
            ]);
            let page = OrganisationPage { conflict, ..OrganisationPage::typed(shell, theirs.version, &fields) };
            return web::page_with(StatusCode::CONFLICT, &page);
        }
        Outcome::Already | Outcome::CodeTaken | Outcome::NoSuchHead => {}
    }
    let done = shell.t.organisation_saved();
    Ok(Reply::to("/admin/organisation").done(done).into_response())
}
