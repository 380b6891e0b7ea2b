//! An older version of a pack, to read; and the whole escalation as one Markdown document.

use super::{
    differences::differences,
    markdown,
    model::{Answered, Content, criterion_label, short},
    store, words,
};
use crate::{
    decisions::escalations::{
        Case,
        view::{Chip, Link, Typed, View, chip, html, name_for, printed},
    },
    projects::ProjectHead,
    web::{AppState, Error, Result, Routes, Shell, Tier, page, paths, ui},
};
use askama::Template;
use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, header, request::Parts},
    response::IntoResponse,
};

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/escalations/{number}/packs/{version}", show).get(
        Tier::Project,
        "/p/{key}/escalations/{number}/markdown",
        export,
    )
}

/// A version as its page shows it.
struct PackPage {
    label: String,
    path: String,
    title: String,
    made: String,
    hash: String,
    short: String,
    printed: String,
    question: String,
    background: String,
    /// What it had that the version before had not.
    changes: Vec<String>,
    /// What the newest version has that this one has not.
    since: Vec<String>,
    is_newest: bool,
    /// When the committee decided and for what; empty before.
    decided: String,
    sides: Vec<Side>,
    evidence: Vec<Piece>,
    options: Vec<Choice>,
}

struct Side {
    chip: Chip,
    statement: String,
    wants: String,
}

struct Piece {
    icon: &'static str,
    link: Link,
    is_elsewhere: bool,
    body: String,
}

struct Choice {
    letter: String,
    title: String,
    summary: String,
    /// What deciding for it does to goals.
    does: String,
    is_recommended: bool,
    rows: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "decisions/pack.html")]
struct InsidersPage {
    shell: Shell,
    head: ProjectHead,
    pack: PackPage,
}

#[derive(Template)]
#[template(path = "decisions/pack-guest.html")]
struct GuestsPage {
    shell: Shell,
    pack: PackPage,
}

/// The version in the address.
struct Wanted(i32);

impl FromRequestParts<AppState> for Wanted {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _state: &AppState) -> Result<Self> {
        paths::parameter(parts, "version").await.map(Self)
    }
}

async fn show(mut case: Case, Wanted(version): Wanted) -> Result {
    let (project, escalation) = (case.project().id, case.dossier().id);
    let kept = store::versions(case.conn()?, project, escalation, &[version, -1]).await?;
    let newest = kept.last().ok_or(Error::NotFound)?;
    let found = kept.iter().find(|kept| kept.version == version).ok_or(Error::NotFound)?;
    let brief = case.dossier().packs.iter().find(|brief| brief.version == found.version).ok_or(Error::NotFound)?;
    let t = case.shell().t;
    let who = brief.by.as_deref().map_or_else(|| "Tutti".to_owned(), |by| name_for(&case, by, case.is_outsider()));
    let content = &found.content;
    let pack = PackPage {
        label: case.dossier().label(),
        path: paths::escalation(&case.project().key, case.dossier().number).to_string(),
        title: t.pack_version(found.version),
        made: t.pack_made(case.shell().moment(brief.made_at), who),
        short: short(&found.hash).to_owned(),
        hash: found.hash.clone(),
        printed: printed(case.shell()),
        question: content.question.clone(),
        background: html(&content.background),
        changes: words::lines(&case, &brief.changes),
        since: words::lines(&case, &differences(content, &newest.content)),
        is_newest: newest.version == found.version,
        decided: decided(&case),
        sides: sides(&case, content),
        evidence: evidence(&case, content),
        options: content.options.iter().map(|(letter, option)| choice(&case, content, letter, option)).collect(),
    };
    let is_outsider = case.is_outsider();
    let (shell, head, _) = case.into_parts();
    if is_outsider { page(&GuestsPage { shell, pack }) } else { page(&InsidersPage { shell, head, pack }) }
}

/// For which option the question was decided, and when; without one the decision's own title.
fn decided(case: &Case) -> String {
    let (shell, dossier) = (case.shell(), case.dossier());
    let Some(decision) = &dossier.decision else { return String::new() };
    let day = shell.day(decision.decided_at.to_zoned(shell.zone.clone()).date());
    let option = decision.option_id.and_then(|id| dossier.option(id));
    let option = option.map(|option| format!("{} {}", option.letter, option.title));
    shell.t.pack_decided(day, option.unwrap_or_else(|| decision.title.clone()))
}

fn sides(case: &Case, content: &Content) -> Vec<Side> {
    let one = |part| {
        let said = content.positions.get(&part);
        Side {
            chip: chip(case, part),
            statement: said.map(|said| html(&said.statement)).unwrap_or_default(),
            wants: said.and_then(|said| said.wants.clone()).unwrap_or_default(),
        }
    };
    [case.dossier().from, case.dossier().to].into_iter().map(one).collect()
}

fn evidence(case: &Case, content: &Content) -> Vec<Piece> {
    let key = &case.project().key;
    let one = |piece: &super::model::Piece| {
        let (text, href) = match (piece.task, &piece.url) {
            (Some(number), _) if case.is_outsider() => (format!("{} ({key}-{number})", piece.label), String::new()),
            (Some(number), _) => (format!("{} ({key}-{number})", piece.label), paths::task(key, number).to_string()),
            (None, url) => (piece.label.clone(), url.clone().unwrap_or_default()),
        };
        Piece {
            icon: match piece.kind.as_str() {
                "link" => "link",
                "task" => "list",
                _ => "doc",
            },
            is_elsewhere: piece.url.is_some(),
            link: Link { href, text },
            body: html(&piece.body),
        }
    };
    content.evidence.values().map(one).collect()
}

fn choice(case: &Case, content: &Content, letter: &str, option: &Answered) -> Choice {
    let t = case.shell().t;
    let row = |criterion: &String| {
        let (answer, tone) = option.answers.get(criterion).cloned().unwrap_or_default();
        (criterion_label(t, criterion), answer, tone.unwrap_or_default())
    };
    Choice {
        letter: letter.to_owned(),
        title: option.title.clone(),
        summary: option.summary.clone(),
        does: case.dossier().does(t, letter),
        is_recommended: content.recommended.as_deref() == Some(letter),
        rows: content.criteria.iter().map(row).collect(),
    }
}

async fn export(mut case: Case) -> Result {
    let calendar = crate::departments::calendar(case.conn()?).await?;
    let view = View::new(&case, &calendar, &Typed::nothing());
    let text = markdown::document(&case, &view);
    let name = format!("attachment; filename=\"{}-{}.md\"", case.project().key, case.dossier().label());
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/markdown; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Error::internal)?),
    ];
    Ok((headers, text).into_response())
}
