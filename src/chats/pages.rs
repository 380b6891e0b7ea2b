//! `/p/GEO/settings/chat`: the robots of a project, and a page for each.

use super::{
    access::{Removal, RobotKeeper},
    actions::{self, Outcome},
    form::{Mistake, Typed},
    model::{MOST, Pause, Robot, Topic, service_name, shown},
    store::{self, Listed},
    trial,
};
use crate::{
    events::Change,
    platform::{
        chat::Service,
        ids::RobotId,
        locale::{Language, T},
    },
    projects::{ProjectHead, ProjectManager, Tab, Visibility},
    web::{
        AppState, Errors, Fields, Reply, Result, Routes, Shell, Tier, page, page_with, paths,
        ui::{self, Choice, ConfirmPage},
    },
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};
use std::time::Duration;

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Project, "/p/{key}/settings/chat", list)
        .post(Tier::Project, "/p/{key}/settings/chat", add)
        .get(Tier::Project, "/p/{key}/settings/chat/{id}", edit)
        .post(Tier::Project, "/p/{key}/settings/chat/{id}", save)
        .post(Tier::Project, "/p/{key}/settings/chat/{id}/pause", pause)
        .post(Tier::Project, "/p/{key}/settings/chat/{id}/resume", resume)
        .post(Tier::Project, "/p/{key}/settings/chat/{id}/test", test)
        .get(Tier::Project, "/p/{key}/settings/chat/{id}/remove", ask_remove)
        .post(Tier::Project, "/p/{key}/settings/chat/{id}/remove", remove)
}

/// The fields of a robot, for both pages.
struct Form {
    typed: Typed,
    errors: Errors,
    services: Vec<Choice>,
    languages: Vec<Choice>,
    /// The name of the control, its words, and whether it is ticked.
    topics: Vec<(String, String, bool)>,
    is_new: bool,
    /// What is kept of the address, in short.
    kept: String,
    has_secret: bool,
    beginnings: String,
}

impl Form {
    fn new(t: T, typed: Typed, errors: Errors, kept: Option<&Robot>) -> Self {
        let topics = Topic::ALL.map(|topic| {
            let is_chosen = typed.topics.iter().any(|chosen| chosen == topic.as_str());
            (format!("topic_{}", topic.as_str()), topic.label(t), is_chosen)
        });
        let services = Service::ALL.map(|service| Choice::new(service.as_str(), service_name(t, service)));
        let beginnings = Service::ALL.map(|service| service.beginning().to_owned());
        Self {
            services: std::iter::once(Choice::new("", t.chats_service_choose())).chain(services).collect(),
            languages: Language::ALL.map(|language| Choice::new(language.tag(), language.name())).into(),
            topics: topics.into(),
            is_new: kept.is_none(),
            kept: kept.map(|robot| shown(&robot.address)).unwrap_or_default(),
            has_secret: kept.is_some_and(|robot| robot.secret.is_some()),
            beginnings: t.list(&beginnings),
            typed,
            errors,
        }
    }
}

fn errors_of(t: T, mistakes: &[Mistake]) -> Errors {
    let mut errors = Errors::none();
    for mistake in mistakes {
        errors.add(mistake.field(), mistake.text(t));
    }
    errors
}

/// A robot in the list.
struct Row {
    name: String,
    service: String,
    address: String,
    language: &'static str,
    topics: Vec<String>,
    tone: &'static str,
    icon: &'static str,
    state: String,
    note: String,
    is_paused: bool,
    path: String,
}

#[derive(Template)]
#[template(path = "chats/list.html")]
struct ListPage {
    shell: Shell,
    head: ProjectHead,
    path: String,
    rows: Vec<Row>,
    is_full: bool,
    is_closed: bool,
    is_open: bool,
    new_id: RobotId,
    form: Form,
}

#[derive(Template)]
#[template(path = "chats/edit.html")]
struct EditPage {
    shell: Shell,
    head: ProjectHead,
    path: String,
    name: String,
    version: i32,
    theirs: Vec<String>,
    is_closed: bool,
    form: Form,
}

/// What a form for a new robot got wrong.
struct Kept {
    id: RobotId,
    typed: Typed,
    errors: Errors,
}

async fn list(State(state): State<AppState>, manager: ProjectManager) -> Result {
    render_list(&state, manager, None).await
}

async fn render_list(state: &AppState, mut manager: ProjectManager, kept: Option<Kept>) -> Result {
    let status = if kept.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    if kept.is_some() {
        manager.lease_again(state).await?;
    }
    let project = manager.project().id;
    let robots = store::list(manager.conn(), project).await?;
    let shell = manager.shell().clone();
    let t = shell.t;
    let path = paths::project(&manager.project().key, "settings/chat").to_string();
    let is_open = kept.is_some() || robots.is_empty();
    let kept = kept.unwrap_or_else(|| Kept { id: RobotId::new(), typed: Typed::fresh(t), errors: Errors::none() });
    let template = ListPage {
        head: manager.standing().head(Tab::Settings),
        rows: robots.iter().map(|listed| row(&shell, state.outgoing.limit(), &path, listed)).collect(),
        is_full: robots.len() >= MOST,
        is_closed: manager.project().visibility == Visibility::Seats,
        is_open,
        new_id: kept.id,
        form: Form::new(t, kept.typed, kept.errors, None),
        path,
        shell,
    };
    page_with(status, &template)
}

fn row(shell: &Shell, limit: Duration, path: &str, listed: &Listed) -> Row {
    let (t, robot) = (shell.t, &listed.robot);
    // Of a test that failed people read until something gets through.
    let failed = listed.test_failed.as_ref().filter(|(at, ..)| listed.posted_at.is_none_or(|posted| posted < *at));
    let failed = failed.map(|(at, failure, code)| {
        let reason = failure.text(t, robot.service, code.as_deref(), limit);
        t.chats_test_failed(reason, shell.moment(*at))
    });
    let (tone, icon, state) = match (robot.pause, listed.next_try_at) {
        (None, None) if failed.is_some() => ("bad", "bad", t.chats_state_test_failed()),
        (None, None) => ("ok", "ok", t.chats_state_posts()),
        (None, Some(_)) => ("warn", "clock", t.chats_state_waits()),
        (Some(Pause::ByHand), _) => ("", "lock", t.chats_state_paused()),
        (Some(Pause::Refused | Pause::NotAllowed | Pause::Certificate | Pause::Silent), _) => {
            ("bad", "bad", t.chats_state_failed())
        }
    };
    let note = match (robot.pause, listed.next_try_at, listed.posted_at) {
        (Some(Pause::ByHand), _, _) => failed.unwrap_or_default(),
        (Some(pause), _, _) => match &robot.pause_code {
            Some(code) => t.chats_pause_with_code(code, pause.label(t)),
            None => pause.label(t),
        },
        (None, Some(at), _) => t.chats_next_try(shell.moment(at)),
        (None, None, posted) => failed.unwrap_or_else(|| match posted {
            Some(at) => t.chats_posted(shell.moment(at)),
            None => t.chats_posted_never(),
        }),
    };
    Row {
        name: robot.name.clone(),
        service: service_name(t, robot.service),
        address: shown(&robot.address),
        language: robot.language.name(),
        topics: robot.topics.iter().map(|topic| topic.label(t)).collect(),
        tone,
        icon,
        state,
        note,
        is_paused: robot.pause.is_some(),
        path: format!("{path}/{}", robot.id),
    }
}

async fn add(State(state): State<AppState>, mut manager: ProjectManager, fields: Fields) -> Result {
    let id: RobotId = fields.hidden("id")?;
    let (t, typed) = (manager.shell().t, Typed::from(&fields));
    manager.release();
    let errors = match typed.parse(None, &state.config.outgoing_allow) {
        Err(mistakes) => errors_of(t, &mistakes),
        Ok(wanted) => {
            let change = Change::begin(&state, manager.shell()).await?;
            match actions::add(change, &manager, id, wanted).await? {
                Outcome::Done { .. } => {
                    let reply = Reply::to(paths::project(&manager.project().key, "settings/chat"));
                    return Ok(reply.done(t.chats_added(&typed.name)).into_response());
                }
                Outcome::Full | Outcome::Stale(_) => Errors::none().with("name", t.chats_error_full(MOST)),
            }
        }
    };
    render_list(&state, manager, Some(Kept { id, typed, errors })).await
}

async fn edit(keeper: RobotKeeper) -> Result {
    let typed = Typed::of(keeper.robot());
    let version = keeper.robot().version;
    render_edit(&keeper, typed, Errors::none(), version, Vec::new(), StatusCode::OK)
}

fn render_edit(
    keeper: &RobotKeeper,
    typed: Typed,
    errors: Errors,
    version: i32,
    theirs: Vec<String>,
    status: StatusCode,
) -> Result {
    let shell = keeper.shell().clone();
    let page = paths::project(&keeper.project().key, "settings/chat").to_string();
    let template = EditPage {
        head: keeper.standing().head(Tab::Settings),
        path: format!("{page}/{}", keeper.robot().id),
        name: keeper.robot().name.clone(),
        version,
        theirs,
        is_closed: keeper.project().visibility == Visibility::Seats,
        form: Form::new(shell.t, typed, errors, Some(keeper.robot())),
        shell,
    };
    page_with(status, &template)
}

async fn save(State(state): State<AppState>, mut keeper: RobotKeeper, fields: Fields) -> Result {
    let version: i32 = fields.hidden("version")?;
    let (t, typed) = (keeper.shell().t, Typed::from(&fields));
    keeper.release();
    let wanted = match typed.parse(Some(keeper.robot()), &state.config.outgoing_allow) {
        Ok(wanted) => wanted,
        Err(mistakes) => {
            let errors = errors_of(t, &mistakes);
            return render_edit(&keeper, typed, errors, version, Vec::new(), StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    let change = Change::begin(&state, keeper.shell()).await?;
    match actions::save(change, &keeper, version, wanted).await? {
        Outcome::Stale(now) => {
            let theirs = standing(t, &now);
            render_edit(&keeper, typed, Errors::none(), now.version, theirs, StatusCode::CONFLICT)
        }
        Outcome::Done { .. } | Outcome::Full => Ok(back(&keeper).done(t.chats_saved(&typed.name)).into_response()),
    }
}

/// What stands now, a line each, without what is never shown.
fn standing(t: T, robot: &Robot) -> Vec<String> {
    let topics: Vec<String> = robot.topics.iter().map(|topic| topic.label(t)).collect();
    vec![
        format!("{}, {}", robot.name, service_name(t, robot.service)),
        shown(&robot.address),
        robot.language.name().to_owned(),
        t.list(&topics),
    ]
}

fn back(keeper: &RobotKeeper) -> Reply {
    Reply::to(paths::project(&keeper.project().key, "settings/chat"))
}

async fn pause(State(state): State<AppState>, mut keeper: RobotKeeper) -> Result {
    keeper.release();
    actions::pause(Change::begin(&state, keeper.shell()).await?, &keeper, true).await?;
    let text = keeper.shell().t.chats_paused(&keeper.robot().name);
    Ok(back(&keeper).done(text).into_response())
}

async fn resume(State(state): State<AppState>, mut keeper: RobotKeeper) -> Result {
    keeper.release();
    actions::pause(Change::begin(&state, keeper.shell()).await?, &keeper, false).await?;
    let text = keeper.shell().t.chats_resumed(&keeper.robot().name);
    Ok(back(&keeper).done(text).into_response())
}

async fn test(State(state): State<AppState>, mut keeper: RobotKeeper) -> Result {
    keeper.release();
    let flash = trial::send(&state, &keeper).await?;
    Ok(back(&keeper).flash(flash).into_response())
}

async fn ask_remove(keeper: RobotKeeper) -> Result {
    let (t, robot) = (keeper.shell().t, keeper.robot());
    let settings = paths::project(&keeper.project().key, "settings/chat").to_string();
    page(&ConfirmPage {
        shell: keeper.shell().clone(),
        title: t.chats_remove_title(&robot.name),
        text: t.chats_remove_text(),
        consequences: vec![
            t.chats_remove_effect_posts(),
            t.chats_remove_effect_service(service_name(t, robot.service)),
        ],
        action: format!("{settings}/{}/remove", robot.id),
        fields: Vec::new(),
        button: t.chats_remove(),
        cancel: settings,
    })
}

async fn remove(State(state): State<AppState>, removal: Removal) -> Result {
    let (key, text) = match removal {
        Removal::Standing(mut keeper) => {
            keeper.release();
            actions::remove(Change::begin(&state, keeper.shell()).await?, &keeper).await?;
            (keeper.project().key.clone(), keeper.shell().t.chats_removed(&keeper.robot().name))
        }
        Removal::Gone(manager, name) => (manager.project().key.clone(), manager.shell().t.chats_removed(name)),
    };
    Ok(Reply::to(paths::project(&key, "settings/chat")).done(text).into_response())
}
