//! `/p/GEO/playbook/draft`: the lead looks at what would be published, and publishes it.

use super::{
    access::Publisher,
    actions::{self, Draft, Refusal, Wanted},
    changes::words::{Group, grouped},
    model::NOTE,
    pages::published,
    store,
    view::Book,
};
use crate::{
    platform::ids::PlaybookId,
    projects::{ProjectHead, Tab},
    web::{AppState, Errors, Fields, Reply, Result, Routes, Shell, Tier, page_with, ui},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of this part.
#[must_use]
pub fn routes() -> Routes {
    const PATH: &str = "/p/{key}/playbook/draft";
    Routes::new().get(Tier::Project, PATH, show).post(Tier::Project, PATH, publish)
}

#[derive(Template)]
#[template(path = "playbook/draft.html")]
struct DraftPage<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    path: String,
    id: PlaybookId,
    /// The number of the newest version; 0 before the first.
    seen: i32,
    /// The number that it would get.
    next: i32,
    shown: String,
    note: String,
    longest: u32,
    /// There are answers, and it says something new.
    may_publish: bool,
    has_answers: bool,
    strategy: String,
    asks_again: bool,
    changes: Vec<Group>,
    since: String,
    /// What came in between.
    conflict: String,
    errors: Errors,
    book: Book,
    unfolded: bool,
}

/// What the form holds, and what there is to say about it.
#[derive(Default)]
struct Typed {
    note: String,
    conflict: String,
    errors: Errors,
}

async fn show(mut publisher: Publisher) -> Result {
    let project = publisher.project().id;
    let draft = actions::draft(publisher.conn(), project).await?;
    respond(&publisher, &draft, Typed::default(), StatusCode::OK)
}

fn respond(publisher: &Publisher, draft: &Draft, typed: Typed, status: StatusCode) -> Result {
    let (shell, t) = (publisher.shell(), publisher.shell().t);
    let page = DraftPage {
        head: publisher.viewer().standing().head(Tab::None),
        path: publisher.path(),
        id: PlaybookId::new(),
        seen: draft.seen,
        next: draft.seen + 1,
        shown: draft.content.fingerprint(),
        note: typed.note,
        longest: u32::try_from(NOTE).unwrap_or(u32::MAX),
        may_publish: draft.has_answers() && draft.says_something(),
        has_answers: draft.has_answers(),
        strategy: crate::web::paths::project(&publisher.project().key, "goals/strategy/edit").to_string(),
        asks_again: draft.asks_again(),
        changes: grouped(t, &draft.changes),
        since: if draft.seen > 0 { t.playbook_since(draft.seen) } else { String::new() },
        conflict: typed.conflict,
        errors: typed.errors,
        book: Book::of(t, &draft.content, &publisher.own()),
        unfolded: false,
        shell,
    };
    page_with(status, &page)
}

async fn publish(State(state): State<AppState>, mut publisher: Publisher, fields: Fields) -> Result {
    let wanted = Wanted {
        id: fields.hidden("id")?,
        seen: fields.hidden("seen")?,
        shown: fields.hidden("shown")?,
        note: fields.text("note"),
    };
    let (t, project) = (publisher.shell().t, publisher.project().id);
    let mut typed = Typed { note: wanted.note.clone(), ..Typed::default() };
    if wanted.note.chars().count() > NOTE {
        typed.errors.add("note", t.decisions_too_long(NOTE));
        let draft = actions::draft(publisher.conn(), project).await?;
        return respond(&publisher, &draft, typed, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let refusal = match actions::publish(&state, &mut publisher, &wanted).await? {
        Ok(number) => return Ok(Reply::to(publisher.path()).done(t.playbook_publish_done(number)).into_response()),
        Err(refusal) => refusal,
    };
    publisher.lease_again(&state).await?;
    let status = match refusal {
        Refusal::Again | Refusal::Stale | Refusal::Moved => StatusCode::CONFLICT,
        Refusal::Unchanged | Refusal::NoAnswers => StatusCode::UNPROCESSABLE_ENTITY,
    };
    typed.conflict = match refusal {
        Refusal::Again => t.decisions_stale(),
        Refusal::Stale => {
            let theirs = store::versions(publisher.conn(), project).await?;
            theirs.first().map(|theirs| t.playbook_stale(published(publisher.shell(), theirs))).unwrap_or_default()
        }
        Refusal::Moved => t.playbook_moved(),
        // The page says these anyway.
        Refusal::Unchanged | Refusal::NoAnswers => String::new(),
    };
    let draft = actions::draft(publisher.conn(), project).await?;
    respond(&publisher, &draft, typed, status)
}
