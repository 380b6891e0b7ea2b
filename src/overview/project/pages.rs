//! The page.

use super::{
    goals::{self, ObjectiveRow},
    health::{self, HealthPanel, Typed},
    score::{Score, score},
    store,
    view::{self, EscalationRow, Figure, MilestoneRow},
};
use crate::{
    departments,
    events::{Change, feed::Feed, store::Filter},
    lifecycle::gates::facts::StageState,
    projects::{
        PartKind, ProjectHead, ProjectViewer, Tab,
        health::{
            HealthDeclarer,
            actions::{self, Outcome},
            model::{Declaration, LONGEST_NOTE, Mistake},
        },
    },
    web::{self, AppState, Fields, Reply, Routes, Shell, Tier, paths, ui},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};
use jiff::SignedDuration;

/// Lines of the feed.
const LINES: usize = 6;

/// The pages of this part.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}", show).post(Tier::Project, "/p/{key}/health", declare)
}

#[derive(Template)]
#[template(path = "overview/project.html")]
struct ProjectPage {
    shell: Shell,
    head: ProjectHead,
    lead: String,
    may_publish: bool,
    may_add_tasks: bool,
    may_raise: bool,
    figures: Vec<Figure>,
    health: Option<HealthPanel>,
    score: Score,
    stage_words: String,
    gate: Option<(String, String)>,
    escalations: Vec<EscalationRow>,
    milestones: Vec<MilestoneRow>,
    feed: Feed,
    made: String,
    /// Who has read the playbook, and who has not; none before its first version.
    playbook: Option<(String, String)>,
    goals: Vec<ObjectiveRow>,
}

async fn show(viewer: ProjectViewer) -> web::Result {
    render(viewer, StatusCode::OK, None).await
}

/// The lead declares how the project stands.
async fn declare(State(state): State<AppState>, mut declarer: HealthDeclarer, fields: Fields) -> web::Result {
    let form = (fields.hidden("id")?, fields.hidden("version")?);
    let (t, mut typed) = (declarer.shell().t, Typed::from(&fields));
    let said = Declaration::of(&typed.declared, typed.note.clone());
    declarer.release();
    let outcome = match &said {
        Some(said) => {
            let change = Change::begin(&state, declarer.shell()).await?;
            Some(actions::declare(change, &declarer, form, said).await?)
        }
        None => None,
    };
    let status = match outcome {
        Some(Outcome::Declared) => {
            let done = match said.and_then(|said| said.health) {
                Some(health) => t.health_done(health.label(t)),
                None => t.health_done_computed(),
            };
            return Ok(Reply::to(paths::project(&declarer.project().key, "")).done(done).into_response());
        }
        Some(Outcome::Stale) => {
            typed.is_stale = true;
            StatusCode::CONFLICT
        }
        Some(Outcome::Mistaken(Mistake::NoteMissing)) => {
            typed.errors.add("health_note", t.health_note_missing());
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Some(Outcome::Mistaken(Mistake::NoteLong)) => {
            typed.errors.add("health_note", t.health_note_long(LONGEST_NOTE));
            StatusCode::UNPROCESSABLE_ENTITY
        }
        None => {
            typed.errors.add("declared", t.health_choose());
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    let mut viewer = declarer.into_viewer();
    viewer.lease_again(&state).await?;
    render(viewer, status, Some(typed)).await
}

async fn render(mut viewer: ProjectViewer, status: StatusCode, typed: Option<Typed>) -> web::Result {
    let (project, today, now) = (viewer.project().clone(), viewer.shell().today(), viewer.shell().now);
    let dashboard = store::dashboard(viewer.conn(), project.id, today, now).await?;
    let calendar = departments::calendar(viewer.conn()).await?;
    let shell = viewer.shell().clone();
    let filter = Filter {
        project: Some(project.id),
        // What it was made with is on the page; the history has each line of it.
        since: project.created_at.checked_add(SignedDuration::from_micros(1)).ok(),
        ..Filter::default()
    };
    let feed = Feed::newest_folded(viewer.conn(), &shell, &filter, &project.key, LINES).await?;
    viewer.release();
    let t = shell.t;
    let (standing, rights) = (viewer.standing(), viewer.rights());
    let gate = &dashboard.gate;
    let is_ready = gate.may_pass(project.state, shell.now).is_ok();
    let lead =
        standing.parts.iter().find(|part| part.kind == PartKind::Lead).and_then(|part| part.liaison_name.clone());
    let position = gate.stage().map_or(0, |stage| i64::from(stage.position));
    let page = ProjectPage {
        lead: lead.unwrap_or_default(),
        may_publish: rights.may_manage() && standing.head(Tab::Overview).is_draft,
        may_add_tasks: rights.may_add_tasks(),
        may_raise: rights.may_raise(),
        health: health::panel(&viewer, dashboard.health.as_ref(), typed),
        figures: view::figures(&shell, &project, &dashboard, standing.open_escalations),
        score: score(&shell, &project.key, &standing.parts, &dashboard, is_ready),
        stage_words: match gate.stage() {
            Some(stage) if stage.state == StageState::Current && stage.starts_on > today => {
                t.overview_stage_of_later(shell.day(stage.starts_on), position, gate.stages.len())
            }
            Some(_) => t.overview_stage_of(position, gate.stages.len()),
            None if standing.head(Tab::Overview).is_draft => t.overview_stage_none(),
            None => t.overview_stage_all(),
        },
        gate: gate.stage().map(|stage| {
            (paths::project(&project.key, &format!("gates/{}", stage.code)).to_string(), stage.code.clone())
        }),
        escalations: view::escalations(&shell, &project.key, &standing.parts, &dashboard, &calendar),
        milestones: view::milestones(&shell, &project, &dashboard, &calendar),
        feed,
        made: t.overview_made(shell.moment(project.created_at)),
        playbook: view::playbook(t, &dashboard.playbook),
        goals: goals::rows(&shell, &project.key, &standing.parts, &dashboard.goals),
        head: standing.head(Tab::Overview),
        shell,
    };
    web::page_with(status, &page)
}
