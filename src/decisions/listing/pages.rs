//! `/p/GEO/escalations`.

use super::store::{self, Filter, Listed};
use crate::{
    decisions::{
        escalations::{State, view::Chip},
        matrix,
        raising::model::sides,
    },
    platform::{locale::T, time_left::TimeLeft, working_time::Calendar},
    projects::{ProjectHead, ProjectViewer, Tab},
    web::{Error, Fields, Result, Routes, Shell, Tier, page, paths, ui},
};
use askama::Template;
use axum::http::Uri;

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/escalations", show)
}

#[derive(Template)]
#[template(path = "decisions/escalations.html")]
struct ListPage {
    shell: Shell,
    head: ProjectHead,
    may_raise: bool,
    is_filtered: bool,
    state: String,
    states: Vec<ui::Choice>,
    part: String,
    parts: Vec<ui::Choice>,
    kind: String,
    kinds: Vec<ui::Choice>,
    open: Vec<Line>,
    closed: Vec<Line>,
}

/// One line.
struct Line {
    href: String,
    label: String,
    question: String,
    kind: String,
    sides: Vec<Chip>,
    state: State,
    state_label: String,
    tone: &'static str,
    /// Time left in words, or when it was closed.
    when: String,
    /// Until when there is time.
    until: String,
}

async fn show(mut viewer: ProjectViewer, uri: Uri) -> Result {
    let query = Fields::of_query(&uri);
    let filter = Filter {
        state: known_state(query.get("state")),
        part: query.value("department"),
        kind: query.get("kind").to_owned(),
    };
    let project = viewer.project().id;
    let calendar = crate::departments::calendar(viewer.conn()).await?;
    let listed = store::list(viewer.conn(), project, &filter).await?;
    let t = viewer.shell().t;
    let lines = listed.into_iter().map(|one| line(&viewer, &calendar, one));
    let (open, closed) = lines.partition(|line: &Line| line.state.is_open());
    let matrix = matrix::matrix().map_err(Error::internal)?;
    let mut kinds = vec![ui::Choice::new("", t.decisions_any_kind())];
    kinds.extend(
        matrix
            .pairs
            .iter()
            .flat_map(|pair| &pair.kinds)
            .map(|kind| ui::Choice::new(&kind.code, t.pair(&kind.name.en, &kind.name.zh))),
    );
    let mut parts = vec![ui::Choice::new("", t.decisions_any_department())];
    parts.extend(sides(&viewer.standing().parts).map(|part| ui::Choice::new(part.id, part.name(t))));
    let template = ListPage {
        head: viewer.standing().head(Tab::Escalations),
        may_raise: viewer.rights().may_raise(),
        is_filtered: !filter.state.is_empty() || filter.part.is_some() || !filter.kind.is_empty(),
        states: states(t),
        state: filter.state,
        part: filter.part.map(|part| part.to_string()).unwrap_or_default(),
        parts,
        kind: filter.kind,
        kinds,
        open,
        closed,
        shell: viewer.shell().clone(),
    };
    page(&template)
}

fn known_state(text: &str) -> String {
    if matches!(text, "open" | "closed") || State::parse(text).is_some() { text.to_owned() } else { String::new() }
}

fn states(t: T) -> Vec<ui::Choice> {
    let mut states = vec![
        ui::Choice::new("", t.decisions_any_state()),
        ui::Choice::new("open", t.decisions_state_open()),
        ui::Choice::new("closed", t.decisions_state_closed()),
    ];
    states.extend(State::ALL.map(|state| ui::Choice::new(state.as_str(), state.label(t))));
    states
}

fn line(viewer: &ProjectViewer, calendar: &Calendar, one: Listed) -> Line {
    let (shell, t) = (viewer.shell(), viewer.shell().t);
    let left = match (one.entered_at, one.due_at) {
        (Some(entered), Some(due)) => Some(TimeLeft::new(entered, due, shell.now, calendar)),
        _ => None,
    };
    let kind = matrix::matrix().ok().and_then(|matrix| matrix.kind(&one.kind));
    Line {
        href: paths::escalation(&viewer.project().key, one.number).to_string(),
        label: format!("E-{}", one.number),
        kind: kind.map_or(one.kind, |kind| t.pair(&kind.name.en, &kind.name.zh).to_owned()),
        sides: [one.from, one.to]
            .into_iter()
            .filter_map(|id| viewer.standing().part(id))
            .map(|part| Chip::of(part, t))
            .collect(),
        tone: left.map_or("", TimeLeft::alarm),
        until: one.due_at.filter(|_| left.is_some()).map(|at| t.time_until(shell.moment(at))).unwrap_or_default(),
        when: match (left, one.closed_at) {
            (Some(left), _) => left.words(t),
            (None, Some(closed)) => shell.moment(closed),
            (None, None) => String::new(),
        },
        question: one.question,
        state_label: one.state.label(t),
        state: one.state,
    }
}
