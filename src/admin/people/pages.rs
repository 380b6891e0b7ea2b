//! `/admin/people/…`: inviting somebody, and everything an administrator changes about one person.

use super::{
    form::{Typed, department_choices, roles},
    list,
};
use crate::{
    accounts::{
        Administrator, Link,
        actions::{self, PeopleError},
        people::{self, Person, Standing},
    },
    departments::{self, Department, model::Difference},
    events::Change,
    platform::{ids::PersonId, locale::Language},
    web::{
        self, AppState, Error, Errors, Fields, Place, Reply, Routes, Shell, Tier, paths::Parameter,
        shell::OrganisationRole, ui,
    },
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of the list and of one person.
#[must_use]
pub fn routes() -> Routes {
    let admin = Tier::Administrator;
    Routes::new()
        .get(admin, "/admin/people", list::show)
        .post(admin, "/admin/people", invite)
        .get(admin, "/admin/people/new", show_new)
        .get(admin, "/admin/people/{id}", show)
        .post(admin, "/admin/people/{id}", save)
        .post(admin, "/admin/people/{id}/role", set_role)
        .post(admin, "/admin/people/{id}/link", make_link)
        .get(admin, "/admin/people/{id}/deactivate", ask_deactivate)
        .post(admin, "/admin/people/{id}/deactivate", deactivate)
        .post(admin, "/admin/people/{id}/reactivate", reactivate)
}

fn path(id: PersonId) -> String {
    format!("/admin/people/{id}")
}

#[derive(Template)]
#[template(path = "admin/invite.html")]
struct InvitePage {
    shell: Shell,
    tab: &'static str,
    id: PersonId,
    form: Typed,
    errors: Errors,
    roles: Vec<ui::Choice>,
    departments: Vec<ui::Choice>,
    languages: Vec<ui::Choice>,
}

fn invite_page(shell: Shell, id: PersonId, form: Typed, errors: Errors, all: &[Department]) -> web::Result {
    let t = shell.t;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = InvitePage {
        tab: "people",
        id,
        roles: roles(t),
        departments: department_choices(t, all, &form.department, t.people_no_department()),
        languages: Language::ALL.into_iter().map(|one| ui::Choice::new(one, one.name())).collect(),
        form,
        errors,
        shell: shell.at(Place::Administration),
    };
    web::page_with(status, &page)
}

async fn show_new(State(state): State<AppState>, shell: Shell, _: Administrator) -> web::Result {
    let mut lease = state.db.lease().await?;
    let all = departments::store::active(&mut lease).await?;
    // People are invited in the language of the organisation, whatever the administrator reads.
    let organisation = departments::organisation::store::organisation(&mut lease).await?;
    let language = organisation.map_or_else(|| shell.language(), |organisation| organisation.language);
    let form = Typed {
        role: OrganisationRole::Member.as_str().to_owned(),
        language: language.tag().to_owned(),
        ..Typed::default()
    };
    invite_page(shell, PersonId::new(), form, Errors::none(), &all)
}

async fn invite(State(state): State<AppState>, shell: Shell, admin: Administrator, fields: Fields) -> web::Result {
    let id = fields.hidden("id")?;
    let form = Typed::read(&fields);
    let mut change = Change::begin(&state, &shell).await?;
    let all = departments::store::active(change.conn()).await?;
    let new = match form.invitation(shell.t, id, &all) {
        Ok(new) => new,
        Err(errors) => return invite_page(shell, id, form, errors, &all),
    };
    match actions::invite(&state, &mut change, &admin, &new).await {
        Ok(Some(link)) => {
            change.commit().await?;
            link_page(shell, id, new.name, &link, true)
        }
        // The same form came twice; the link was shown to the first one only.
        Ok(None) => {
            let text = shell.t.people_invited_already(&new.name);
            Ok(Reply::to(path(id)).done(text).into_response())
        }
        Err(PeopleError::EmailTaken) => {
            let errors = Errors::none().with("email", shell.t.people_email_taken());
            invite_page(shell, id, form, errors, &all)
        }
        Err(problem) => Err(other(problem)),
    }
}

/// What no form of ours leads to.
fn other(problem: PeopleError) -> Error {
    match problem {
        PeopleError::NotFound => Error::NotFound,
        PeopleError::Web(problem) => problem,
        PeopleError::EmailTaken
        | PeopleError::LastAdministrator
        | PeopleError::Stale
        | PeopleError::HasJoined
        | PeopleError::HasNotJoined
        | PeopleError::Deactivated => Error::Conflict,
    }
}

#[derive(Template)]
#[template(path = "admin/link.html")]
struct LinkPage {
    shell: Shell,
    tab: &'static str,
    id: PersonId,
    name: String,
    address: String,
    is_mailed: bool,
    is_invitation: bool,
}

/// The only answer that knows the link: it is shown here and nowhere else.
fn link_page(shell: Shell, id: PersonId, name: String, link: &Link, is_invitation: bool) -> web::Result {
    web::page(&LinkPage {
        shell: shell.at(Place::Administration),
        tab: "people",
        id,
        name,
        address: link.address.clone(),
        is_mailed: link.is_mailed,
        is_invitation,
    })
}

#[derive(Template)]
#[template(path = "admin/person.html")]
struct PersonPage {
    shell: Shell,
    tab: &'static str,
    id: PersonId,
    name: String,
    version: i32,
    standing: Standing,
    word: String,
    tone: &'static str,
    icon: &'static str,
    form: Typed,
    role: String,
    roles: Vec<ui::Choice>,
    departments: Vec<ui::Choice>,
    errors: Errors,
    conflict: Vec<Difference>,
}

impl PersonPage {
    fn new(shell: Shell, person: &Person, all: &[Department]) -> Self {
        let t = shell.t;
        let (word, tone, icon) = list::standing(t, person.standing());
        let form = Typed::of(person);
        Self {
            tab: "people",
            id: person.id,
            name: person.name.clone(),
            version: person.version,
            standing: person.standing(),
            word,
            tone,
            icon,
            role: form.role.clone(),
            roles: roles(t),
            departments: department_choices(t, all, &form.department, t.people_no_department()),
            form,
            errors: Errors::none(),
            conflict: Vec::new(),
            shell: shell.at(Place::Administration),
        }
    }
}

/// A person and all departments.
async fn load(state: &AppState, id: PersonId) -> web::Result<(Person, Vec<Department>)> {
    let mut lease = state.db.lease().await?;
    let person = people::find(&mut lease, id).await?.ok_or(Error::NotFound)?;
    Ok((person, departments::store::list(&mut lease, true).await?))
}

async fn show(
    State(state): State<AppState>,
    shell: Shell,
    _: Administrator,
    Parameter(id): Parameter<PersonId>,
) -> web::Result {
    let (person, all) = load(&state, id).await?;
    web::page(&PersonPage::new(shell, &person, &all))
}

fn department_name(shell: &Shell, all: &[Department], id: &str) -> String {
    all.iter()
        .find(|department| department.id.to_string() == id)
        .map(|department| department.name(shell.t).to_owned())
        .unwrap_or_default()
}

async fn save(
    State(state): State<AppState>,
    shell: Shell,
    admin: Administrator,
    Parameter(id): Parameter<PersonId>,
    fields: Fields,
) -> web::Result {
    let version: i32 = fields.hidden("version")?;
    let (person, all) = load(&state, id).await?;
    let typed = Typed { role: person.role.as_str().to_owned(), ..Typed::read(&fields) };
    let details = match typed.details(shell.t, &all) {
        Ok(details) => details,
        Err(errors) => {
            let page = PersonPage { errors, form: typed, version, ..PersonPage::new(shell, &person, &all) };
            return web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let theirs = Typed::of(&person);
    let names = (department_name(&shell, &all, &theirs.department), department_name(&shell, &all, &typed.department));
    let mut change = Change::begin(&state, &shell).await?;
    let done = actions::update_person(&mut change, &admin, id, &details, (&names.0, &names.1), version).await;
    match done {
        Ok(is_changed) => {
            if is_changed {
                change.commit().await?;
            }
            let text = shell.t.people_saved(&details.name);
            Ok(Reply::to(path(id)).done(text).into_response())
        }
        Err(PeopleError::EmailTaken) => {
            let errors = Errors::none().with("email", shell.t.people_email_taken());
            let page = PersonPage { errors, form: typed, version, ..PersonPage::new(shell, &person, &all) };
            web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(PeopleError::Stale) => {
            let t = shell.t;
            let conflict = Difference::between(vec![
                (t.people_name(), theirs.name, typed.name.clone()),
                (t.people_email(), theirs.email, typed.email.clone()),
                (t.people_title(), theirs.title, typed.title.clone()),
                (t.people_department(), names.0, names.1),
            ]);
            if conflict.is_empty() {
                // The same form came twice.
                return Ok(Reply::to(path(id)).done(t.people_saved(&details.name)).into_response());
            }
            let page = PersonPage { conflict, form: typed, ..PersonPage::new(shell, &person, &all) };
            web::page_with(StatusCode::CONFLICT, &page)
        }
        Err(problem) => Err(other(problem)),
    }
}

/// The person's page with a mistake at a field.
async fn refused(state: &AppState, shell: Shell, id: PersonId, errors: Errors) -> web::Result {
    let (person, all) = load(state, id).await?;
    let page = PersonPage { errors, ..PersonPage::new(shell, &person, &all) };
    web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn set_role(
    State(state): State<AppState>,
    shell: Shell,
    admin: Administrator,
    Parameter(id): Parameter<PersonId>,
    fields: Fields,
) -> web::Result {
    let Some(role) = OrganisationRole::parse(fields.get("role")) else {
        let errors = Errors::none().with("role", shell.t.people_role_wrong());
        return refused(&state, shell, id, errors).await;
    };
    let mut change = Change::begin(&state, &shell).await?;
    match actions::set_role(&mut change, &admin, id, role).await {
        Ok(true) => change.commit().await?,
        Ok(false) => {}
        Err(PeopleError::LastAdministrator) => {
            drop(change);
            let errors = Errors::none().with("role", shell.t.people_last_administrator());
            return refused(&state, shell, id, errors).await;
        }
        Err(problem) => return Err(other(problem)),
    }
    let text = shell.t.people_role_saved();
    Ok(Reply::to(path(id)).done(text).into_response())
}

async fn make_link(
    State(state): State<AppState>,
    shell: Shell,
    admin: Administrator,
    Parameter(id): Parameter<PersonId>,
) -> web::Result {
    let (person, _) = load(&state, id).await?;
    let mut change = Change::begin(&state, &shell).await?;
    let made = match person.standing() {
        Standing::Active => actions::make_reset_link(&state, &mut change, &admin, id).await,
        Standing::Invited => actions::invite_again(&state, &mut change, &admin, id).await,
        Standing::Deactivated => Err(PeopleError::Deactivated),
    };
    let link = made.map_err(other)?;
    change.commit().await?;
    link_page(shell, id, person.name, &link, !person.has_joined)
}

async fn ask_deactivate(
    State(state): State<AppState>,
    shell: Shell,
    _: Administrator,
    Parameter(id): Parameter<PersonId>,
) -> web::Result {
    let (person, _) = load(&state, id).await?;
    let t = shell.t;
    web::page(&ui::ConfirmPage {
        title: t.people_deactivate_title(&person.name),
        text: t.people_deactivate_text(),
        consequences: vec![t.people_deactivate_sessions(), t.people_deactivate_work(), t.people_deactivate_back()],
        action: format!("{}/deactivate", path(id)),
        fields: Vec::new(),
        button: t.people_deactivate(),
        cancel: path(id),
        shell: shell.at(Place::Administration),
    })
}

async fn deactivate(
    State(state): State<AppState>,
    shell: Shell,
    admin: Administrator,
    Parameter(id): Parameter<PersonId>,
) -> web::Result {
    let mut change = Change::begin(&state, &shell).await?;
    match actions::deactivate(&mut change, &admin, id).await {
        Ok(true) => change.commit().await?,
        Ok(false) => {}
        Err(PeopleError::LastAdministrator) => {
            drop(change);
            let errors = Errors::none().with("deactivate", shell.t.people_last_administrator());
            return refused(&state, shell, id, errors).await;
        }
        Err(problem) => return Err(other(problem)),
    }
    let text = shell.t.people_deactivated_done();
    Ok(Reply::to(path(id)).done(text).into_response())
}

async fn reactivate(
    State(state): State<AppState>,
    shell: Shell,
    admin: Administrator,
    Parameter(id): Parameter<PersonId>,
) -> web::Result {
    let mut change = Change::begin(&state, &shell).await?;
    if actions::reactivate(&mut change, &admin, id).await.map_err(other)? {
        change.commit().await?;
    }
    let text = shell.t.people_reactivated_done();
    Ok(Reply::to(path(id)).done(text).into_response())
}
