//! `/settings/letters`: what comes by mail. And the page behind the link that ends a sort of letter, which asks for no password
//! and does nothing else.

use super::{
    actions,
    model::{Choices, Ends, Sort, When},
    store,
};
use crate::{
    accounts::sessions::actions::Owner,
    events::Change,
    platform::ids::PersonId,
    web::{
        AppState, Error, Errors, Fields, Reply, Result, Routes, Shell, Tier, Viewer, page, page_with, paths::parameter,
        ui,
    },
};
use askama::Template;
use axum::{
    extract::{FromRequestParts, State},
    http::{StatusCode, request::Parts},
    response::IntoResponse,
};

const PATH: &str = "/settings/letters";

/// The routes of letters.
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::SignedIn, PATH, show)
        .post(Tier::SignedIn, PATH, save)
        .post(Tier::SignedIn, "/settings/letters/end-links", end_links)
        .get(Tier::Public, "/unsubscribe/{person}/{sort}/{signature}", ask_to_end)
        .post(Tier::Public, "/unsubscribe/{person}/{sort}/{signature}", end)
}

struct Row {
    name: String,
    label: String,
    choices: Vec<ui::Choice>,
    chosen: String,
}

#[derive(Template)]
#[template(path = "notices/letters.html")]
struct LettersPage {
    shell: Shell,
    rows: Vec<Row>,
    hours: Vec<ui::Choice>,
    hour: String,
    work_link: bool,
    /// Whether letters to this person can carry such links at all.
    may_have_links: bool,
    version: i32,
    errors: Errors,
    is_stale: bool,
    /// Without a mail server nothing is sent, whatever is chosen.
    has_mail: bool,
}

fn render(
    state: &AppState,
    shell: Shell,
    (status, errors): (StatusCode, Errors),
    version: i32,
    chosen: impl Fn(&str) -> String,
) -> Result {
    let t = shell.t;
    let rows = Sort::ALL.map(|sort| {
        let name = format!("letters_{}", sort.as_str());
        let mut choices = Vec::with_capacity(3);
        if sort == Sort::Waits {
            choices.push(ui::Choice::new(When::AtOnce.as_str(), t.letters_at_once()));
        }
        choices.push(ui::Choice::new(When::Digest.as_str(), t.letters_in_digest()));
        choices.push(ui::Choice::new(When::Never.as_str(), t.letters_never()));
        Row { chosen: chosen(&name), name, label: sort.label(t), choices }
    });
    let hours = (0..24).map(|hour| ui::Choice::new(hour, format!("{hour:02}:00"))).collect();
    let hour = chosen("digest_hour");
    let work_link = !chosen("work_link").is_empty();
    let may_have_links = !shell.is_guest();
    let is_stale = status == StatusCode::CONFLICT;
    let has_mail = state.config.smtp_url.is_some();
    page_with(
        status,
        &LettersPage {
            shell,
            rows: rows.into(),
            hours,
            hour,
            work_link,
            may_have_links,
            version,
            errors,
            is_stale,
            has_mail,
        },
    )
}

fn stands(choices: &Choices) -> impl Fn(&str) -> String {
    |name| match (name, name.strip_prefix("letters_").and_then(Sort::parse)) {
        (_, Some(sort)) => choices.of(sort).as_str().to_owned(),
        ("work_link", None) => if choices.work_link { "1" } else { "" }.to_owned(),
        _ => choices.digest_hour.to_string(),
    }
}

async fn show(State(state): State<AppState>, shell: Shell) -> Result {
    let person = shell.viewer()?.person_id;
    let (choices, version) = store::choices(&mut *state.db.lease().await?, person).await?;
    render(&state, shell, (StatusCode::OK, Errors::none()), version, stands(&choices))
}

async fn save(State(state): State<AppState>, shell: Shell, fields: Fields) -> Result {
    let viewer = shell.viewer()?.clone();
    let version = fields.hidden("version")?;
    let typed = |name: &str| fields.get(name).to_owned();
    let choices = match Choices::read(shell.t, &fields) {
        Ok(choices) => choices,
        Err(errors) => return render(&state, shell, (StatusCode::UNPROCESSABLE_ENTITY, errors), version, typed),
    };
    let change = Change::begin(&state, &shell).await?;
    if actions::choose(change, owner(&viewer), &choices, version).await? {
        return Ok(Reply::to(PATH).done(shell.t.letters_saved()).into_response());
    }
    let (_, version) = store::choices(&mut *state.db.lease().await?, viewer.person_id).await?;
    render(&state, shell, (StatusCode::CONFLICT, Errors::none()), version, typed)
}

fn owner(viewer: &Viewer) -> Owner<'_> {
    Owner { id: viewer.person_id, email: &viewer.email, name: &viewer.name }
}

async fn end_links(State(state): State<AppState>, shell: Shell) -> Result {
    let change = Change::begin(&state, &shell).await?;
    actions::end_work_links(change, owner(shell.viewer()?)).await?;
    Ok(Reply::to(PATH).done(shell.t.letters_links_ended()).into_response())
}

/// A link that ends letters.
struct EndingLink {
    person: PersonId,
    ends: Ends,
    signature: String,
}

impl FromRequestParts<AppState> for EndingLink {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self> {
        let sort: String = parameter(parts, "sort").await?;
        Ok(Self {
            person: parameter(parts, "person").await?,
            ends: Ends::parse(&sort).ok_or(Error::NotFound)?,
            signature: parameter(parts, "signature").await?,
        })
    }
}

#[derive(Template)]
#[template(path = "notices/unsubscribe.html")]
struct UnsubscribePage {
    shell: Shell,
    path: String,
    /// The question, or what was done.
    text: String,
    is_done: bool,
}

/// Only asks: programs that look at links in letters end nothing.
async fn ask_to_end(shell: Shell, link: EndingLink) -> Result {
    let (text, _) = link.ends.words(shell.t);
    page(&UnsubscribePage { path: shell.path.clone(), text, is_done: false, shell })
}

/// Ends it: from the page, or by one click in a mail program, which sends no cookie and no origin.
async fn end(State(state): State<AppState>, shell: Shell, link: EndingLink) -> Result {
    if !actions::end(&state, link.person, link.ends, &link.signature).await? {
        return Err(Error::NotFound);
    }
    let (_, text) = link.ends.words(shell.t);
    page(&UnsubscribePage { path: shell.path.clone(), text, is_done: true, shell })
}
