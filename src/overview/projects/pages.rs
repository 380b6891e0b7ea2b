//! The list.

use super::store::{self, Filter, Line, Totals};
use crate::{
    lifecycle::health::model::Reason,
    platform::locale::T,
    projects::{ProjectState, blueprints},
    web::{self, AppState, Fields, Place, Routes, Shell, Tier, paths, shell::Health, ui},
};
use askama::Template;
use axum::extract::State;

/// Projects on one page.
const LINES: usize = 50;

/// The pages of this part.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(Tier::Colleague, "/projects", show)
}

#[derive(Template)]
#[template(path = "overview/projects.html")]
struct ProjectsPage {
    shell: Shell,
    tabs: Vec<TabLink>,
    rows: Vec<Row>,
    is_unfiltered: bool,
    older: Option<String>,
    newer: Option<String>,
}

#[derive(Debug)]
struct TabLink {
    href: String,
    label: String,
    count: i64,
    is_here: bool,
}

#[derive(Debug)]
struct Row {
    href: String,
    key: String,
    name: String,
    /// Blueprint and tier.
    kind: String,
    lead: String,
    is_draft: bool,
    is_archived: bool,
    health: Health,
    /// What the lead declares, where that differs.
    declared: Option<Health>,
    why: Vec<String>,
    /// `past`, `now` or empty, a stage each.
    steps: Vec<&'static str>,
    stage: String,
    milestone: String,
    milestone_on: String,
    is_milestone_late: bool,
    escalations: i64,
}

async fn show(State(state): State<AppState>, shell: Shell, query: Fields) -> web::Result {
    let viewer = shell.viewer()?.clone();
    let which = query.get("show");
    let filter = Filter {
        state: match which {
            "draft" => Some(ProjectState::Draft),
            "archived" => Some(ProjectState::Archived),
            "mine" => None,
            _ => Some(ProjectState::Active),
        },
        is_mine: which == "mine",
        older_than: query.value("before"),
    };
    let mut lease = state.db.lease().await?;
    let limit = i64::try_from(LINES).unwrap_or(i64::MAX).saturating_add(1);
    let mut lines = store::list(&mut lease, viewer.person_id, viewer.role, filter, shell.today(), limit).await?;
    let totals = store::totals(&mut lease, viewer.person_id, viewer.role).await?;
    drop(lease);
    let has_older = lines.len() > LINES;
    lines.truncate(LINES);
    let here = |which: &str| if which.is_empty() { "/projects".to_owned() } else { format!("/projects?show={which}") };
    let join = |id| {
        let path = here(which);
        let mark = if path.contains('?') { '&' } else { '?' };
        format!("{path}{mark}before={id}")
    };
    let page = ProjectsPage {
        tabs: tabs(shell.t, which, totals),
        older: lines.last().filter(|_| has_older).map(|line| join(line.id)),
        newer: filter.older_than.map(|_| here(which)),
        rows: lines.into_iter().map(|line| row(&shell, line)).collect(),
        is_unfiltered: totals == Totals::default(),
        shell: shell.at(Place::Projects),
    };
    web::page(&page)
}

fn tabs(t: T, which: &str, totals: Totals) -> Vec<TabLink> {
    let tab = |name: &'static str, label: String, count: i64| TabLink {
        href: if name.is_empty() { "/projects".to_owned() } else { format!("/projects?show={name}") },
        label,
        count,
        is_here: name == which || (name.is_empty() && !["mine", "draft", "archived"].contains(&which)),
    };
    vec![
        tab("", t.overview_list_active(), totals.active),
        tab("mine", t.overview_list_mine(), totals.mine),
        tab("draft", t.overview_list_draft(), totals.draft),
        tab("archived", t.overview_list_archived(), totals.archived),
    ]
}

/// Why it stands so: what the rule says, else what is late and blocked all the same.
fn why(t: T, line: &Line) -> Vec<String> {
    let reasons = if line.state == ProjectState::Active { Reason::read(&line.reasons) } else { Vec::new() };
    if !reasons.is_empty() {
        return reasons.iter().map(|reason| reason.words(t)).collect();
    }
    match (line.late, line.blocked) {
        (0, 0) => Vec::new(),
        (0, blocked) => vec![t.overview_list_blocked(blocked)],
        (late, 0) => vec![t.overview_late(late)],
        (late, blocked) => vec![t.overview_list_late_blocked(blocked, late)],
    }
}

fn row(shell: &Shell, line: Line) -> Row {
    let t = shell.t;
    let health = Health::parse(&line.health);
    let current = line.stage_en.as_deref().map(|en| t.pair(en, line.stage_zh.as_deref().unwrap_or_default()));
    let blueprint = blueprints::by_id(&line.blueprint).ok().flatten();
    let kind = blueprint.map_or(line.blueprint.as_str(), |blueprint| t.pick(&blueprint.name));
    let on = line.milestone_on.map(jiff_sqlx::Date::to_jiff);
    let why = why(t, &line);
    let steps = (0..line.stages).map(|place| match place {
        place if place < line.passed => "past",
        place if place == line.passed && current.is_some() => "now",
        _ => "",
    });
    Row {
        href: paths::project(&line.key, "").to_string(),
        kind: t.overview_list_kind(kind, i64::from(line.tier)),
        lead: line.lead.unwrap_or_default(),
        is_draft: line.state == ProjectState::Draft,
        is_archived: line.state == ProjectState::Archived,
        health,
        declared: line.declared.as_deref().map(Health::parse),
        why,
        steps: steps.collect(),
        stage: match current {
            Some(name) => t.overview_list_stage(name, line.passed + 1, line.stages),
            None if line.passed > 0 => t.overview_stage_all(),
            None => t.overview_list_stages(line.stages),
        },
        milestone: line
            .milestone
            .as_deref()
            .map_or_else(String::new, |title| t.title(title, line.milestone_zh.as_deref()).to_owned()),
        milestone_on: on.map_or_else(String::new, |on| shell.day(on)),
        is_milestone_late: line.state == ProjectState::Active && on.is_some_and(|on| on < shell.today()),
        escalations: line.escalations,
        key: line.key,
        name: line.name,
    }
}
