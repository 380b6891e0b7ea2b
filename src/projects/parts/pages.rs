//! The pages on which a department joins or leaves.

use super::{
    actions::{self, Refusal},
    store,
};
use crate::{
    departments::{self, Department},
    events::Change,
    platform::{
        ids::{DepartmentId, PartId},
        locale::T,
    },
    projects::{Part, ProjectHead, ProjectManager, Tab},
    web::{
        AppState, Error, Errors, Fields, Reply, Result, Routes, Shell, Tier, page, page_with,
        paths::{self, Parameter},
        ui::{self, Choice, ConfirmPage},
    },
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of parts.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Project, "/p/{key}/parts/new", new)
        .post(Tier::Project, "/p/{key}/parts", create)
        .get(Tier::Project, "/p/{key}/parts/{id}/remove", ask)
        .post(Tier::Project, "/p/{key}/parts/{id}/remove", remove)
}

#[derive(Template)]
#[template(path = "projects/part_new.html")]
struct NewPage {
    shell: Shell,
    head: ProjectHead,
    errors: Errors,
    id: String,
    departments: Vec<Choice>,
    department: String,
    action: String,
    cancel: String,
}

/// The active departments that do not take part yet.
async fn absent(manager: &mut ProjectManager) -> Result<Vec<Department>> {
    let active = departments::store::active(manager.conn()).await?;
    let parts = &manager.standing().parts;
    let is_absent = |one: &Department| !parts.iter().any(|part| part.department_id == Some(one.id));
    Ok(active.into_iter().filter(is_absent).collect())
}

fn new_page(manager: &ProjectManager, absent: &[Department], fields: &Fields, errors: Errors) -> NewPage {
    let standing = manager.standing();
    let (t, key) = (standing.shell.t, standing.project.key.as_str());
    NewPage {
        head: standing.head(Tab::None),
        errors,
        id: fields.value::<PartId>("id").unwrap_or_else(PartId::new).to_string(),
        departments: absent.iter().map(|one| Choice::new(one.id, t.pair(&one.name_en, &one.name_zh))).collect(),
        department: fields.get("department").to_owned(),
        action: paths::project(key, "parts").to_string(),
        cancel: paths::project(key, "team").to_string(),
        shell: standing.shell.clone(),
    }
}

async fn new(mut manager: ProjectManager, fields: Fields) -> Result {
    let absent = absent(&mut manager).await?;
    page(&new_page(&manager, &absent, &fields, Errors::none()))
}

async fn create(State(state): State<AppState>, mut manager: ProjectManager, fields: Fields) -> Result {
    let id = fields.hidden("id")?;
    let t = manager.shell().t;
    let team = paths::project(&manager.project().key, "team").to_string();
    if manager.standing().part(id).is_some() {
        return Ok(Reply::to(team).into_response());
    }
    let absent = absent(&mut manager).await?;
    let wanted = fields.value::<DepartmentId>("department");
    let mut errors = Errors::none();
    if let Some(department) = absent.iter().find(|one| Some(one.id) == wanted) {
        manager.release();
        match actions::add(Change::begin(&state, manager.shell()).await?, &manager, id, department).await? {
            Ok(()) => {
                let name = t.pair(&department.name_en, &department.name_zh);
                return Ok(Reply::to(team).done(t.seat_part_added(name)).into_response());
            }
            Err(refusal) => errors.add("department", message(refusal, t)),
        }
    } else {
        errors.add("department", message(Refusal::Unknown, t));
    }
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &new_page(&manager, &absent, &fields, errors))
}

fn message(refusal: Refusal, t: T) -> String {
    match refusal {
        Refusal::TakesPartAlready => t.seat_part_error_already(),
        Refusal::Unknown => t.seat_part_error_unknown(),
        Refusal::HoldsLetters(count) => t.seat_part_error_letters(count),
        Refusal::HasWork => t.seat_part_error_work(),
        Refusal::AlwaysTakesPart => t.seat_part_error_always(),
    }
}

/// Why a department stays.
#[derive(Template)]
#[template(path = "projects/part_kept.html")]
struct KeptPage {
    shell: Shell,
    head: ProjectHead,
    title: String,
    reason: String,
    matrix: String,
    work: String,
    cancel: String,
}

fn kept_page(manager: &ProjectManager, part: &Part, refusal: Refusal) -> KeptPage {
    let standing = manager.standing();
    let (t, key) = (standing.shell.t, standing.project.key.as_str());
    KeptPage {
        head: standing.head(Tab::None),
        title: t.seat_part_kept(part.name(t)),
        reason: message(refusal, t),
        matrix: paths::project(key, "matrix").to_string(),
        work: paths::project(key, "work").to_string(),
        cancel: paths::project(key, "team").to_string(),
        shell: standing.shell.clone(),
    }
}

fn find(manager: &ProjectManager, id: PartId) -> Result<Part> {
    manager.standing().part(id).cloned().ok_or(Error::NotFound)
}

async fn ask(mut manager: ProjectManager, Parameter(id): Parameter<PartId>) -> Result {
    let part = find(&manager, id)?;
    if part.kind != crate::projects::PartKind::Department {
        return page(&kept_page(&manager, &part, Refusal::AlwaysTakesPart));
    }
    let project = manager.project().id;
    let letters = store::letters(manager.conn(), project, part.id).await?;
    if letters > 0 {
        return page(&kept_page(&manager, &part, Refusal::HoldsLetters(letters)));
    }
    let seats = store::seats(manager.conn(), project, part.id).await?;
    let (shell, key) = (manager.shell().clone(), manager.project().key.clone());
    let t = shell.t;
    let leaves = |seat: &crate::projects::seats::Seat| t.seat_part_effect(&seat.name, seat.role.label(t));
    page(&ConfirmPage {
        title: t.seat_part_remove_title(part.name(t)),
        text: t.seat_part_remove_text(),
        consequences: seats.iter().map(leaves).collect(),
        action: paths::project(&key, &format!("parts/{id}/remove")).to_string(),
        fields: Vec::new(),
        button: t.seat_part_remove_button(),
        cancel: paths::project(&key, "team").to_string(),
        shell,
    })
}

async fn remove(
    State(state): State<AppState>,
    mut manager: ProjectManager,
    Parameter(id): Parameter<PartId>,
) -> Result {
    let part = find(&manager, id)?;
    manager.release();
    let t = manager.shell().t;
    match actions::remove(Change::begin(&state, manager.shell()).await?, &manager, &part).await? {
        Ok(()) => {
            let team = paths::project(&manager.project().key, "team");
            Ok(Reply::to(team).done(t.seat_part_removed(part.name(t))).into_response())
        }
        Err(refusal) => page_with(StatusCode::UNPROCESSABLE_ENTITY, &kept_page(&manager, &part, refusal)),
    }
}
