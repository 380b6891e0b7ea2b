//! `/departments`: the list for everybody who works here, its forms for administrators.

use super::{
    access::OrganisationEditor,
    actions::{self, Outcome},
    model::{COLOURS, Department, Difference, Draft},
    store,
};
use crate::{
    events::Change,
    platform::{ids::DepartmentId, locale::sort_people},
    web::{
        self, AppState, Error, Errors, Fields, Flash, Place, Reply, Routes, Shell, Tier, paths::Parameter, shell::Undo,
        ui,
    },
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of departments.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Colleague, "/departments", show)
        .post(Tier::Administrator, "/departments", add)
        .get(Tier::Administrator, "/departments/new", show_new)
        .get(Tier::Administrator, "/departments/{id}/edit", show_edit)
        .post(Tier::Administrator, "/departments/{id}", edit)
        .post(Tier::Administrator, "/departments/{id}/retire", retire)
        .post(Tier::Administrator, "/departments/{id}/restore", restore)
        .post(Tier::Administrator, "/departments/{id}/move", shift)
}

#[derive(Template)]
#[template(path = "departments/list.html")]
struct ListPage {
    shell: Shell,
    tab: &'static str,
    active: Vec<Department>,
    retired: Vec<Department>,
}

async fn show(State(state): State<AppState>, shell: Shell) -> web::Result {
    let mut lease = state.db.lease().await?;
    let all = store::list(&mut lease, shell.is_administrator()).await?;
    let (retired, active) = all.into_iter().partition(|department| department.is_retired);
    web::page(&ListPage { shell: shell.at(Place::Departments), tab: "departments", active, retired })
}

#[derive(Template)]
#[template(path = "departments/form.html")]
struct FormPage {
    shell: Shell,
    tab: &'static str,
    title: String,
    action: String,
    id: DepartmentId,
    /// 0 for a new one.
    version: i32,
    /// As typed.
    form: Form,
    errors: Errors,
    conflict: Vec<Difference>,
    /// Who might head it.
    colleagues: Vec<store::Colleague>,
    colours: Vec<Colour>,
}

struct Form {
    code: String,
    name_en: String,
    name_zh: String,
    short_en: String,
    short_zh: String,
    head: String,
}

struct Colour {
    number: i16,
    name: String,
    tile: String,
    is_chosen: bool,
}

impl Colour {
    fn chip(&self) -> ui::DepartmentChip<'_> {
        ui::DepartmentChip { code: &self.tile, name: &self.name, colour: self.number }
    }
}

impl Form {
    fn typed(fields: &Fields) -> Self {
        let text = |name| fields.get(name).to_owned();
        Self {
            code: text("code"),
            name_en: text("name_en"),
            name_zh: text("name_zh"),
            short_en: text("short_en"),
            short_zh: text("short_zh"),
            head: text("head"),
        }
    }

    fn of(draft: Draft) -> Self {
        let Draft { code, name_en, name_zh, short_en, short_zh, head, colour: _ } = draft;
        Self { code, name_en, name_zh, short_en, short_zh, head }
    }
}

/// A form page under construction.
struct Sheet {
    id: DepartmentId,
    version: i32,
    form: Form,
    colour: Option<i16>,
    errors: Errors,
    conflict: Vec<Difference>,
}

impl Sheet {
    fn typed(id: DepartmentId, version: i32, fields: &Fields, errors: Errors) -> Self {
        Self { id, version, form: Form::typed(fields), colour: fields.value("colour"), errors, conflict: Vec::new() }
    }

    async fn page(self, state: &AppState, shell: Shell, status: StatusCode) -> web::Result {
        let mut lease = state.db.lease().await?;
        let mut colleagues = store::colleagues(&mut lease, self.id, 300).await?;
        sort_people(shell.t, &mut colleagues, |one| &one.name);
        colleagues.sort_by_key(|one| !one.is_own);
        let t = shell.t;
        let tile = match t.pair(&self.form.short_en, &self.form.short_zh) {
            "" => t.departments_tile_sample(),
            short => short.chars().take(3).collect(),
        };
        let colours = (1..=COLOURS)
            .map(|number| Colour {
                number,
                name: t.departments_colour_number(number),
                tile: tile.clone(),
                is_chosen: self.colour == Some(number),
            })
            .collect();
        let is_new = self.version == 0;
        web::page_with(
            status,
            &FormPage {
                title: if is_new { t.departments_add() } else { t.departments_edit() },
                action: if is_new { "/departments".to_owned() } else { format!("/departments/{}", self.id) },
                shell: shell.at(Place::Administration),
                tab: "departments",
                id: self.id,
                version: self.version,
                form: self.form,
                errors: self.errors,
                conflict: self.conflict,
                colleagues,
                colours,
            },
        )
    }
}

async fn show_new(State(state): State<AppState>, shell: Shell, _: OrganisationEditor) -> web::Result {
    let sheet = Sheet::typed(DepartmentId::new(), 0, &Fields::of(&[("colour", "1")]), Errors::none());
    sheet.page(&state, shell, StatusCode::OK).await
}

async fn add(State(state): State<AppState>, shell: Shell, editor: OrganisationEditor, fields: Fields) -> web::Result {
    let id = fields.hidden("id")?;
    let draft = match Draft::read(shell.t, &fields) {
        Ok(draft) => draft,
        Err(errors) => return refused(&state, shell, Sheet::typed(id, 0, &fields, errors)).await,
    };
    let mut change = Change::begin(&state, &shell).await?;
    let outcome = actions::add(&mut change, &editor, id, &draft).await?;
    match outcome {
        Outcome::Done => change.commit().await?,
        Outcome::Already => {}
        Outcome::CodeTaken | Outcome::NoSuchHead | Outcome::Stale => {
            drop(change);
            let errors = mistake(&shell, &outcome);
            return refused(&state, shell, Sheet::typed(id, 0, &fields, errors)).await;
        }
    }
    let done = shell.t.departments_added(shell.t.pair(&draft.name_en, &draft.name_zh));
    Ok(Reply::to("/departments").done(done).into_response())
}

async fn refused(state: &AppState, shell: Shell, sheet: Sheet) -> web::Result {
    sheet.page(state, shell, StatusCode::UNPROCESSABLE_ENTITY).await
}

fn mistake(shell: &Shell, outcome: &Outcome) -> Errors {
    match outcome {
        Outcome::NoSuchHead => Errors::none().with("head", shell.t.departments_head_wrong()),
        Outcome::CodeTaken | Outcome::Stale | Outcome::Done | Outcome::Already => {
            Errors::none().with("code", shell.t.departments_code_taken())
        }
    }
}

async fn show_edit(
    State(state): State<AppState>,
    shell: Shell,
    _: OrganisationEditor,
    Parameter(id): Parameter<DepartmentId>,
) -> web::Result {
    let department = find(&state, id).await?;
    let sheet = Sheet {
        id,
        version: department.version,
        colour: Some(department.colour),
        form: Form::of(department.draft()),
        errors: Errors::none(),
        conflict: Vec::new(),
    };
    sheet.page(&state, shell, StatusCode::OK).await
}

async fn find(state: &AppState, id: DepartmentId) -> web::Result<Department> {
    let mut lease = state.db.lease().await?;
    store::by_id(&mut lease, id).await?.ok_or(Error::NotFound)
}

async fn edit(
    State(state): State<AppState>,
    shell: Shell,
    editor: OrganisationEditor,
    Parameter(id): Parameter<DepartmentId>,
    fields: Fields,
) -> web::Result {
    let version = fields.hidden("version")?;
    let draft = match Draft::read(shell.t, &fields) {
        Ok(draft) => draft,
        Err(errors) => return refused(&state, shell, Sheet::typed(id, version, &fields, errors)).await,
    };
    let mut change = Change::begin(&state, &shell).await?;
    let outcome = actions::edit(&mut change, &editor, id, version, &draft).await?;
    match outcome {
        Outcome::Done => change.commit().await?,
        Outcome::Already => {}
        Outcome::CodeTaken | Outcome::NoSuchHead => {
            drop(change);
            let errors = mistake(&shell, &outcome);
            return refused(&state, shell, Sheet::typed(id, version, &fields, errors)).await;
        }
        Outcome::Stale => {
            drop(change);
            let theirs = find(&state, id).await?;
            let mut sheet = Sheet::typed(id, theirs.version, &fields, Errors::none());
            sheet.conflict = differences(&shell, theirs.draft(), draft);
            return sheet.page(&state, shell, StatusCode::CONFLICT).await;
        }
    }
    let done = shell.t.departments_saved(shell.t.pair(&draft.name_en, &draft.name_zh));
    Ok(Reply::to("/departments").done(done).into_response())
}

fn differences(shell: &Shell, theirs: Draft, yours: Draft) -> Vec<Difference> {
    let t = shell.t;
    Difference::between(vec![
        (t.departments_code(), theirs.code, yours.code),
        (t.departments_name_en(), theirs.name_en, yours.name_en),
        (t.departments_name_zh(), theirs.name_zh, yours.name_zh),
        (t.departments_short_en(), theirs.short_en, yours.short_en),
        (t.departments_short_zh(), theirs.short_zh, yours.short_zh),
        (t.departments_colour(), theirs.colour.to_string(), yours.colour.to_string()),
        (t.departments_head(), theirs.head, yours.head),
    ])
}

async fn retire(
    State(state): State<AppState>,
    shell: Shell,
    editor: OrganisationEditor,
    Parameter(id): Parameter<DepartmentId>,
) -> web::Result {
    let department = find(&state, id).await?;
    let mut change = Change::begin(&state, &shell).await?;
    if actions::retire(&mut change, &editor, id).await? == Outcome::Done {
        change.commit().await?;
    }
    let undo = Undo { action: format!("/departments/{id}/restore"), fields: Vec::new() };
    let text = shell.t.departments_retired_done(department.name(shell.t));
    Ok(Reply::to("/departments").flash(Flash { tone: "ok", text, undo: Some(undo) }).into_response())
}

async fn restore(
    State(state): State<AppState>,
    shell: Shell,
    editor: OrganisationEditor,
    Parameter(id): Parameter<DepartmentId>,
) -> web::Result {
    let department = find(&state, id).await?;
    let mut change = Change::begin(&state, &shell).await?;
    if actions::restore(&mut change, &editor, id).await? == Outcome::Done {
        change.commit().await?;
    }
    let text = shell.t.departments_restored_done(department.name(shell.t));
    Ok(Reply::to("/departments").done(text).into_response())
}

async fn shift(
    State(state): State<AppState>,
    shell: Shell,
    editor: OrganisationEditor,
    Parameter(id): Parameter<DepartmentId>,
    fields: Fields,
) -> web::Result {
    let is_up = match fields.get("direction") {
        "up" => true,
        "down" => false,
        _ => return Err(Error::Unprocessable),
    };
    let mut change = Change::begin(&state, &shell).await?;
    if actions::shift(&mut change, &editor, id, is_up).await? == Outcome::Done {
        change.commit().await?;
    }
    Ok(Reply::to("/departments").into_response())
}
