//! The matrix, a duty's page, and the form for a new one.

use super::{
    actions::{self, NewDuty, Outcome},
    grid::{self, DutyCell, DutyRow, Grid},
    model::{Duty, Letter, Letters, Refusal, StageColumn, Wish},
    store::{self, TaskOfDuty},
};
use crate::{
    events::Change,
    platform::{
        ids::{DutyId, PartId},
        locale::T,
    },
    projects::{Part, ProjectHead, ProjectManager, ProjectViewer, Tab},
    web::{
        AppState, Error, Errors, Fields, Reply, Result, Routes, Shell, Tier, page, page_with, paths,
        ui::{self, Choice},
    },
};
use askama::Template;
use axum::{
    extract::{FromRequestParts, State},
    http::{StatusCode, request::Parts},
    response::IntoResponse,
};

/// The routes of the division of labour.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Project, "/p/{key}/matrix", matrix)
        .get(Tier::Project, "/p/{key}/duties/new", new)
        .post(Tier::Project, "/p/{key}/duties", create)
        .get(Tier::Project, "/p/{key}/duties/{code}", show)
        .post(Tier::Project, "/p/{key}/duties/{code}", change)
}

/// `{code}` of the address.
struct Code(String);

impl FromRequestParts<AppState> for Code {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _state: &AppState) -> Result<Self> {
        paths::parameter(parts, "code").await.map(Self)
    }
}

#[derive(Template)]
#[template(path = "projects/matrix.html")]
struct MatrixPage {
    shell: Shell,
    head: ProjectHead,
    may_edit: bool,
    is_draft: bool,
    /// The first day has come: the current stage is under way.
    has_begun: bool,
    letters: [(&'static str, String); 4],
    grid: Grid,
    parts: Vec<Part>,
    stages: Vec<StageLink>,
    stage: Option<StageColumn>,
    rows: Vec<DutyRow>,
    stage_href: String,
    add_href: String,
    history_href: String,
}

/// A stage in the row of links above the duties.
struct StageLink {
    code: String,
    name: String,
    href: String,
    is_shown: bool,
}

async fn matrix(mut viewer: ProjectViewer, fields: Fields) -> Result {
    let project = viewer.project().id;
    let stages = store::stages(viewer.conn(), project).await?;
    let duties = store::duties(viewer.conn(), project).await?;
    let may_edit = viewer.rights().may_manage();
    let standing = viewer.into_standing();
    let (t, key, parts) = (standing.shell.t, standing.project.key.as_str(), &standing.parts);
    let wanted = fields.get("stage");
    let stage = stages
        .iter()
        .find(|stage| stage.code == wanted)
        .or_else(|| stages.iter().find(|stage| stage.is_current()))
        .or_else(|| stages.first());
    let open = if may_edit { fields.get("edit") } else { "" };
    let stage_link = |code: &str| format!("{}?stage={code}#detail", paths::project(key, "matrix"));
    let shown = stage.map_or("", |stage| stage.code.as_str());
    page(&MatrixPage {
        head: standing.head(Tab::Matrix),
        may_edit,
        is_draft: standing.project.state == crate::projects::ProjectState::Draft,
        letters: Letter::ALL.map(|letter| (letter.as_str(), key_of(letter, t))),
        has_begun: standing.project.starts_on <= standing.shell.today(),
        grid: Grid::new(key, &stages, &duties, parts, fields.has("all"), t),
        stages: stages
            .iter()
            .map(|stage| StageLink {
                code: stage.code.clone(),
                name: stage.name(t).to_owned(),
                href: stage_link(&stage.code),
                is_shown: stage.code == shown,
            })
            .collect(),
        rows: stage.map_or_else(Vec::new, |stage| grid::rows(key, stage, &duties, parts, open, t)),
        stage_href: stage_link(shown),
        add_href: format!("{}?stage={shown}", paths::project(key, "duties/new")),
        history_href: format!("{}?about=duty", paths::project(key, "history")),
        stage: stage.cloned(),
        parts: parts.clone(),
        shell: standing.shell,
    })
}

#[derive(Template)]
#[template(path = "projects/duty.html")]
struct DutyPage {
    shell: Shell,
    head: ProjectHead,
    may_edit: bool,
    errors: Errors,
    conflict: Option<Conflict>,
    duty: Duty,
    title: String,
    stage: String,
    choices: Vec<Choice>,
    accountable: String,
    cells: Vec<(Part, DutyCell)>,
    tasks: Vec<TaskLine>,
    back: String,
    back_href: String,
    action: String,
}

/// Somebody was faster: their letters and ours.
struct Conflict {
    theirs: String,
    yours: String,
}

struct TaskLine {
    title: String,
    label: String,
    href: String,
    owner: Option<Part>,
}

/// What a page of a duty shows besides the duty: what was typed and what is wrong with it.
#[derive(Default)]
struct Typed {
    wish: Option<Wish>,
    errors: Errors,
    is_stale: bool,
    back: String,
}

async fn show(mut viewer: ProjectViewer, Code(code): Code, fields: Fields) -> Result {
    let project = viewer.project().id;
    let duty = store::duty(viewer.conn(), project, &code, false).await?.ok_or(Error::NotFound)?;
    let typed = Typed { back: fields.get("back").to_owned(), ..Typed::default() };
    page(&duty_page(&mut viewer, duty, typed).await?)
}

async fn duty_page(viewer: &mut ProjectViewer, duty: Duty, typed: Typed) -> Result<DutyPage> {
    let project = viewer.project().id;
    let stages = store::stages(viewer.conn(), project).await?;
    let tasks = store::tasks(viewer.conn(), project, duty.id).await?;
    let standing = viewer.standing();
    let (t, key, parts) = (standing.shell.t, standing.project.key.as_str(), &standing.parts);
    let stage = stages.iter().find(|stage| stage.id == duty.stage_id);
    let wish = typed.wish.unwrap_or_else(|| Wish::of(&duty.letters));
    let yours = || wish.settle(parts).map(|letters: Letters| letters.line(parts, t)).unwrap_or_default();
    let conflict = typed.is_stale.then(|| Conflict { theirs: duty.letters.line(parts, t), yours: yours() });
    Ok(DutyPage {
        head: standing.head(Tab::None),
        may_edit: standing.rights.may_manage(),
        errors: typed.errors,
        conflict,
        title: duty.title(t).to_owned(),
        stage: stage.map_or_else(String::new, |stage| format!("{} {}", stage.code, stage.name(t))),
        choices: parts.iter().map(|part| Choice::new(part.id, part.name(t))).collect(),
        accountable: wish.accountable.map(|part| part.to_string()).unwrap_or_default(),
        cells: parts.iter().cloned().zip(grid::cells(&wish, parts, t)).collect(),
        tasks: tasks.into_iter().map(|task| task_line(key, task, parts, t)).collect(),
        back_href: back_to(key, stage, &duty.code),
        action: paths::project(key, &format!("duties/{}", duty.code)).to_string(),
        back: typed.back,
        duty,
        shell: standing.shell.clone(),
    })
}

fn task_line(key: &str, task: TaskOfDuty, parts: &[Part], t: T) -> TaskLine {
    TaskLine {
        title: t.title(&task.title, task.title_zh.as_deref()).to_owned(),
        label: format!("{key}-{}", task.number),
        href: paths::task(key, task.number).to_string(),
        owner: parts.iter().find(|part| part.id == task.part_id).cloned(),
    }
}

fn back_to(key: &str, stage: Option<&StageColumn>, code: &str) -> String {
    let stage = stage.map_or("", |stage| stage.code.as_str());
    format!("{}?stage={stage}#duty-{code}", paths::project(key, "matrix"))
}

fn wish(fields: &Fields) -> Wish {
    let parts = |name: &str| fields.all(name).filter_map(|id| id.parse::<PartId>().ok()).collect();
    Wish { accountable: fields.value("a"), responsible: parts("r"), consulted: parts("c"), informed: parts("i") }
}

fn explain(errors: &mut Errors, refusals: &[Refusal], t: T) {
    for refusal in refusals {
        match refusal {
            Refusal::NobodyAccountable => errors.add("a", t.duty_error_nobody_accountable()),
            Refusal::NobodyResponsible => errors.add("r", t.duty_error_nobody_responsible()),
            Refusal::UnknownPart => errors.add("a", t.duty_error_unknown_part()),
        }
    }
}

async fn change(
    State(state): State<AppState>,
    mut manager: ProjectManager,
    Code(code): Code,
    fields: Fields,
) -> Result {
    let version = fields.hidden("version")?;
    let wish = wish(&fields);
    let t = manager.shell().t;
    manager.release();
    let outcome =
        actions::set_letters(Change::begin(&state, manager.shell()).await?, &manager, &code, version, &wish).await?;
    let mut typed = Typed { wish: Some(wish), back: fields.get("back").to_owned(), ..Typed::default() };
    let status = match outcome {
        Outcome::Done { changed } => {
            let reply = Reply::to(done_path(&manager, &fields, &code));
            return Ok(if changed { reply.done(t.duty_saved()) } else { reply }.into_response());
        }
        Outcome::Stale(_) => {
            typed.is_stale = true;
            StatusCode::CONFLICT
        }
        Outcome::Refused(refusals) => {
            explain(&mut typed.errors, &refusals, t);
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    manager.lease_again(&state).await?;
    let project = manager.project().id;
    let duty = store::duty(manager.conn(), project, &code, false).await?.ok_or(Error::NotFound)?;
    page_with(status, &duty_page(&mut manager, duty, typed).await?)
}

/// Back to the line of the matrix that the form stood in, or to the duty's own page.
fn done_path(manager: &ProjectManager, fields: &Fields, code: &str) -> String {
    let key = &manager.project().key;
    match fields.get("back") {
        "" => paths::project(key, &format!("duties/{code}")).to_string(),
        stage => {
            let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("stage", stage).finish();
            format!("{}?{query}#duty-{code}", paths::project(key, "matrix"))
        }
    }
}

#[derive(Template)]
#[template(path = "projects/duty_new.html")]
struct NewPage {
    shell: Shell,
    head: ProjectHead,
    errors: Errors,
    id: String,
    stages: Vec<Choice>,
    stage: String,
    title: String,
    due_day: String,
    choices: Vec<Choice>,
    accountable: String,
    cells: Vec<(Part, DutyCell)>,
    action: String,
    cancel: String,
}

fn new_page(manager: &ProjectManager, stages: &[StageColumn], fields: &Fields, errors: Errors) -> NewPage {
    let standing = manager.standing();
    let (t, key, parts) = (standing.shell.t, standing.project.key.as_str(), &standing.parts);
    let wish = wish(fields);
    let lead = parts.first().map(|part| part.id.to_string()).unwrap_or_default();
    let id = fields.value::<DutyId>("id").unwrap_or_else(DutyId::new);
    NewPage {
        head: standing.head(Tab::None),
        errors,
        id: id.to_string(),
        stages: stages
            .iter()
            .map(|stage| Choice::new(&stage.code, format!("{} {}", stage.code, stage.name(t))))
            .collect(),
        stage: fields.get("stage").to_owned(),
        title: fields.get("title").to_owned(),
        due_day: fields.get("due_day").to_owned(),
        choices: parts.iter().map(|part| Choice::new(part.id, part.name(t))).collect(),
        accountable: wish.accountable.map_or(lead, |part| part.to_string()),
        cells: parts.iter().cloned().zip(grid::cells(&wish, parts, t)).collect(),
        action: paths::project(key, "duties").to_string(),
        cancel: paths::project(key, "matrix").to_string(),
        shell: standing.shell.clone(),
    }
}

async fn new(mut manager: ProjectManager, fields: Fields) -> Result {
    let project = manager.project().id;
    let stages = store::stages(manager.conn(), project).await?;
    page(&new_page(&manager, &stages, &fields, Errors::none()))
}

async fn create(State(state): State<AppState>, mut manager: ProjectManager, fields: Fields) -> Result {
    let project = manager.project().id;
    let stages = store::stages(manager.conn(), project).await?;
    let t = manager.shell().t;
    let mut errors = Errors::none();
    let new = parse(&fields, &stages, &mut errors, t)?;
    let settled = wish(&fields).settle(&manager.standing().parts);
    if let Err(refusals) = &settled {
        explain(&mut errors, refusals, t);
    }
    let (Some(new), Ok(letters)) = (new, settled) else {
        let page = new_page(&manager, &stages, &fields, errors);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let stage = stages.iter().find(|stage| stage.id == new.stage_id);
    manager.release();
    let code = actions::add(Change::begin(&state, manager.shell()).await?, &manager, new, letters).await?;
    Ok(Reply::to(back_to(&manager.project().key, stage, &code)).done(t.duty_added()).into_response())
}

/// The form without its letters; `None` when something is wrong, which `errors` then says.
fn parse(fields: &Fields, stages: &[StageColumn], errors: &mut Errors, t: T) -> Result<Option<NewDuty>> {
    let id = fields.hidden("id")?;
    let title = fields.get("title").to_owned();
    match title.chars().count() {
        0 => errors.add("title", t.duty_error_title_missing()),
        1..=200 => {}
        _ => errors.add("title", t.duty_error_title_long()),
    }
    let Some(stage) = stages.iter().find(|stage| stage.code == fields.get("stage")) else {
        errors.add("stage", t.duty_error_stage());
        return Ok(None);
    };
    let due_day = fields.value("due_day").filter(|day| (1..=stage.days).contains(day));
    if due_day.is_none() {
        errors.add("due_day", t.duty_error_due_day(stage.days));
    }
    let is_fine = errors.is_empty();
    Ok(due_day.filter(|_| is_fine).map(|due_day| NewDuty { id, stage_id: stage.id, title, due_day }))
}

/// The letters and their one-line meaning, for the key above the matrix.
fn key_of(letter: Letter, t: T) -> String {
    match letter {
        Letter::Accountable => t.duty_key_a(),
        Letter::Responsible => t.duty_key_r(),
        Letter::Consulted => t.duty_key_c(),
        Letter::Informed => t.duty_key_i(),
    }
}
