//! The settings page, and the pages that ask before a project is archived or restored.

use super::{
    access::ProjectKeeper,
    actions::{self, Outcome},
    model::{Details, Mistake},
};
use crate::{
    events::Change,
    platform::locale::T,
    projects::{Project, ProjectHead, ProjectManager, ProjectState, ProjectViewer, Tab, Visibility},
    web::{
        AppState, Errors, Fields, Reply, Result, Routes, Shell, Tier, page, page_with, paths,
        ui::{self, Choice, ConfirmPage},
    },
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of settings.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Project, "/p/{key}/settings", show)
        .post(Tier::Project, "/p/{key}/settings", save)
        .get(Tier::Project, "/p/{key}/settings/archive", ask_archive)
        .post(Tier::Project, "/p/{key}/settings/archive", archive)
        .get(Tier::Project, "/p/{key}/settings/restore", ask_restore)
}

/// What was typed, and what is wrong with it.
struct Typed {
    name: String,
    summary: String,
    visibility: String,
    quorum: String,
    version: i32,
    errors: Errors,
    theirs: Vec<String>,
}

impl Typed {
    fn of(project: &Project) -> Self {
        Self {
            name: project.name.clone(),
            summary: project.summary.clone(),
            visibility: project.visibility.as_str().to_owned(),
            quorum: project.quorum.to_string(),
            version: project.version,
            errors: Errors::none(),
            theirs: Vec::new(),
        }
    }

    fn from(fields: &Fields, version: i32) -> Self {
        Self {
            name: fields.get("name").to_owned(),
            summary: fields.text("summary"),
            visibility: fields.get("visibility").to_owned(),
            quorum: fields.get("quorum").to_owned(),
            version,
            errors: Errors::none(),
            theirs: Vec::new(),
        }
    }
}

#[derive(Template)]
#[template(path = "projects/settings.html")]
struct SettingsPage {
    shell: Shell,
    head: ProjectHead,
    typed: Typed,
    may_change: bool,
    may_archive: bool,
    is_archived: bool,
    visibilities: Vec<Choice>,
    tier: String,
    tier_reason: String,
    starts_on: String,
    launches_on: Option<String>,
    path: String,
}

fn settings_page(viewer: &ProjectViewer, typed: Typed) -> SettingsPage {
    let (shell, project) = (viewer.shell().clone(), viewer.project());
    let t = shell.t;
    let (tier, tier_reason) = match project.tier {
        1 => (t.project_tier_flagship(), t.project_settings_tier_1_reason()),
        2 => (t.project_tier_major(), t.project_settings_tier_2_reason()),
        _ => (t.project_tier_routine(), t.project_settings_tier_3_reason()),
    };
    SettingsPage {
        head: viewer.standing().head(Tab::Settings),
        typed,
        may_change: viewer.rights().may_manage(),
        may_archive: viewer.rights().may_archive() && project.state == ProjectState::Active,
        is_archived: project.state == ProjectState::Archived,
        visibilities: [Visibility::Organisation, Visibility::Seats].map(|one| visibility_choice(one, t)).into(),
        tier,
        tier_reason,
        starts_on: t.date(project.starts_on),
        launches_on: project.launches_on.map(|day| t.date(day)),
        path: paths::project(&project.key, "settings").to_string(),
        shell,
    }
}

fn visibility_choice(visibility: Visibility, t: T) -> Choice {
    let (label, hint) = match visibility {
        Visibility::Organisation => {
            (t.project_settings_visibility_organisation(), t.project_settings_visibility_organisation_hint())
        }
        Visibility::Seats => (t.project_settings_visibility_seats(), t.project_settings_visibility_seats_hint()),
    };
    Choice::with_hint(visibility.as_str(), label, hint)
}

async fn show(keeper: ProjectKeeper) -> Result {
    page(&settings_page(&keeper, Typed::of(keeper.project())))
}

async fn save(State(state): State<AppState>, mut manager: ProjectManager, fields: Fields) -> Result {
    let version = fields.hidden("version")?;
    let t = manager.shell().t;
    let mut typed = Typed::from(&fields, version);
    let visibility = fields.hidden("visibility")?;
    let Some(quorum) = fields.value("quorum") else {
        typed.errors.add("quorum", t.project_settings_error_quorum_number());
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &settings_page(&manager, typed));
    };
    let details = Details { name: typed.name.clone(), summary: typed.summary.clone(), visibility, quorum };
    manager.release();
    let change = Change::begin(&state, manager.shell()).await?;
    let status = match actions::save(change, &manager, version, &details).await? {
        Outcome::Done { changed } => {
            let reply = Reply::to(paths::project(&manager.project().key, "settings"));
            return Ok(if changed { reply.done(t.project_settings_saved()) } else { reply }.into_response());
        }
        Outcome::Stale(now) => {
            typed.version = now.version;
            typed.theirs = differences(&now.details, &details, t);
            StatusCode::CONFLICT
        }
        Outcome::Mistaken(mistakes) => {
            for mistake in mistakes {
                explain(&mut typed.errors, mistake, t);
            }
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    page_with(status, &settings_page(&manager, typed))
}

fn explain(errors: &mut Errors, mistake: Mistake, t: T) {
    match mistake {
        Mistake::NameMissing => errors.add("name", t.project_settings_error_name_missing()),
        Mistake::NameLong => errors.add("name", t.project_settings_error_name_long()),
        Mistake::SummaryLong => errors.add("summary", t.project_settings_error_summary()),
        Mistake::Quorum { seats } => errors.add("quorum", t.project_settings_error_quorum(seats)),
    }
}

/// What stands now where it differs from what was typed.
fn differences(now: &Details, typed: &Details, t: T) -> Vec<String> {
    let mut lines = Vec::new();
    let mut differs = |label: String, now: String, typed: String| {
        if now != typed {
            lines.push(t.project_settings_conflict_field(label, now));
        }
    };
    differs(t.project_settings_name(), now.name.clone(), typed.name.clone());
    differs(t.project_settings_summary(), now.summary.clone(), typed.summary.clone());
    let word = |one: Visibility| visibility_choice(one, t).label;
    differs(t.project_settings_visibility(), word(now.visibility), word(typed.visibility));
    differs(t.project_settings_quorum(), now.quorum.to_string(), typed.quorum.to_string());
    lines
}

async fn ask_archive(keeper: ProjectKeeper) -> Result {
    let (t, project) = (keeper.shell().t, keeper.project());
    if project.state != ProjectState::Active {
        return Ok(Reply::to(paths::project(&project.key, "settings")).into_response());
    }
    page(&ConfirmPage {
        shell: keeper.shell().clone(),
        title: t.project_settings_archive_title(&project.name),
        text: t.project_settings_archive_text(),
        consequences: vec![
            t.project_settings_archive_effect_read(),
            t.project_settings_archive_effect_tasks(keeper.standing().open_tasks),
            t.project_settings_archive_effect_back(),
        ],
        action: paths::project(&project.key, "settings/archive").to_string(),
        fields: Vec::new(),
        button: t.project_settings_archive_button(),
        cancel: paths::project(&project.key, "settings").to_string(),
    })
}

async fn archive(State(state): State<AppState>, mut keeper: ProjectKeeper) -> Result {
    keeper.release();
    actions::archive(Change::begin(&state, keeper.shell()).await?, &keeper).await?;
    let settings = paths::project(&keeper.project().key, "settings");
    Ok(Reply::to(settings).done(keeper.shell().t.project_settings_archived()).into_response())
}

async fn ask_restore(keeper: ProjectKeeper) -> Result {
    let (t, project) = (keeper.shell().t, keeper.project());
    if project.state != ProjectState::Archived {
        return Ok(Reply::to(paths::project(&project.key, "settings")).into_response());
    }
    page(&ConfirmPage {
        shell: keeper.shell().clone(),
        title: t.project_settings_restore_title(&project.name),
        text: t.project_settings_restore_text(),
        consequences: vec![t.project_settings_restore_effect(keeper.standing().open_tasks)],
        action: paths::project(&project.key, "settings/restore").to_string(),
        fields: Vec::new(),
        button: t.project_settings_restore_button(),
        cancel: paths::project(&project.key, "settings").to_string(),
    })
}
