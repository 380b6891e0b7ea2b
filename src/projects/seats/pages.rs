//! The team page and the form that gives a seat.

use super::{
    actions,
    model::{self, Candidate, NewSeat, Refusal, Seat, Team},
    store,
};
use crate::{
    events::Change,
    platform::{
        ids::{PartId, PersonId, SeatId},
        locale::{T, sort_people},
    },
    projects::{Capacity, Part, PartKind, ProjectHead, ProjectManager, ProjectViewer, Role, Tab},
    web::{
        AppState, Errors, Fields, Reply, Result, Routes, Shell, Tier, page, page_with, paths,
        ui::{self, Choice},
    },
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of seats. Removing and handing over stand in the lifecycle room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/team", team).get(Tier::Project, "/p/{key}/seats/new", new).post(
        Tier::Project,
        "/p/{key}/seats",
        create,
    )
}

#[derive(Template)]
#[template(path = "projects/team.html")]
struct TeamPage {
    shell: Shell,
    head: ProjectHead,
    may_manage: bool,
    team: Team,
    path: String,
}

impl TeamPage {
    /// The form that gives a seat, with the place chosen.
    fn give(&self, role: &str) -> String {
        format!("{}/seats/new?role={role}", self.path)
    }

    /// The same for a department's place.
    fn give_in(&self, role: &str, part: &Part) -> String {
        format!("{}/seats/new?role={role}&part={}", self.path, part.id)
    }

    fn of(&self, seat: &Seat, what: &str) -> String {
        format!("{}/seats/{}/{what}", self.path, seat.id)
    }

    fn of_part(&self, part: &Part) -> String {
        format!("{}/parts/{}/remove", self.path, part.id)
    }
}

async fn team(mut viewer: ProjectViewer) -> Result {
    let project = viewer.project().id;
    let seats = store::seats(viewer.conn(), project).await?;
    let standing = viewer.into_standing();
    page(&TeamPage {
        head: standing.head(Tab::Team),
        may_manage: standing.rights.may_manage(),
        team: Team::new(standing.shell.t, &seats, &standing.parts),
        path: paths::project(&standing.project.key, "").to_string(),
        shell: standing.shell,
    })
}

#[derive(Template)]
#[template(path = "projects/seat_new.html")]
struct NewPage {
    shell: Shell,
    head: ProjectHead,
    errors: Errors,
    id: String,
    find: String,
    is_cut: bool,
    people: Vec<Choice>,
    person: String,
    roles: Vec<Choice>,
    role: String,
    parts: Vec<Choice>,
    part: String,
    capacities: Vec<String>,
    capacity: String,
    path: String,
    action: String,
    cancel: String,
}

/// People as the answers of a select, by name; the first one is nobody.
#[must_use]
pub fn people_choices(t: T, people: &[Candidate]) -> Vec<Choice> {
    let mut people: Vec<&Candidate> = people.iter().collect();
    sort_people(t, &mut people, |person| &person.name);
    let choice = |person: &Candidate| {
        let label = format!("{} · {}", person.name, person.email);
        Choice::new(person.id, if person.is_guest { t.seat_guest_of(&label) } else { label })
    };
    std::iter::once(Choice::new("", t.seat_choose_person())).chain(people.into_iter().map(choice)).collect()
}

/// Whether the select leaves people out, so that the page offers to find them by name.
#[must_use]
pub fn is_cut(people: &[Candidate]) -> bool {
    i64::try_from(people.len()).unwrap_or(i64::MAX) >= store::CANDIDATES
}

async fn new_page(manager: &mut ProjectManager, fields: &Fields, errors: Errors) -> Result<NewPage> {
    let people = store::candidates(manager.conn(), fields.get("find"), true).await?;
    let standing = manager.standing();
    let (t, key) = (standing.shell.t, standing.project.key.as_str());
    let has_lead = standing.parts.iter().any(|part| part.kind == PartKind::Lead && part.liaison_id.is_some());
    let roles = Role::ALL.into_iter().filter(|role| *role != Role::GtmLead || !has_lead);
    let departments = standing.parts.iter().filter(|part| part.kind == PartKind::Department);
    let id = fields.value::<SeatId>("id").unwrap_or_else(SeatId::new);
    let role = fields.value::<Role>("role").unwrap_or(Role::Member);
    Ok(NewPage {
        head: standing.head(Tab::None),
        errors,
        id: id.to_string(),
        find: fields.get("find").to_owned(),
        is_cut: is_cut(&people) || fields.has("find"),
        people: people_choices(t, &people),
        person: fields.get("person").to_owned(),
        roles: roles.map(|role| Choice::new(role.as_str(), role.label(t))).collect(),
        role: role.as_str().to_owned(),
        parts: std::iter::once(Choice::new("", t.seat_no_part()))
            .chain(departments.map(|part| Choice::new(part.id, part.name(t))))
            .collect(),
        part: fields.get("part").to_owned(),
        capacities: Capacity::ALL.into_iter().map(|capacity| capacity.label(t)).collect(),
        capacity: fields.get("capacity").to_owned(),
        path: paths::project(key, "seats/new").to_string(),
        action: paths::project(key, "seats").to_string(),
        cancel: paths::project(key, "team").to_string(),
        shell: standing.shell.clone(),
    })
}

async fn new(mut manager: ProjectManager, fields: Fields) -> Result {
    page(&new_page(&mut manager, &fields, Errors::none()).await?)
}

async fn create(State(state): State<AppState>, mut manager: ProjectManager, fields: Fields) -> Result {
    let t = manager.shell().t;
    let mut errors = Errors::none();
    if let Some(new) = parse(&fields, &mut errors, t)? {
        manager.release();
        let change = Change::begin(&state, manager.shell()).await?;
        match actions::give(change, &manager, &new).await? {
            Ok(person) => {
                let team = paths::project(&manager.project().key, "team");
                return Ok(Reply::to(team).done(t.seat_given(person.name)).into_response());
            }
            Err(refusal) => errors.add(refusal.field(), refusal.message(t)),
        }
        manager.lease_again(&state).await?;
    }
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &new_page(&mut manager, &fields, errors).await?)
}

/// The form; `None` when something is wrong, which `errors` then says. A department chosen for a role that has none is
/// left out.
fn parse(fields: &Fields, errors: &mut Errors, t: T) -> Result<Option<NewSeat>> {
    let id = fields.hidden("id")?;
    let role: Role = fields.hidden("role")?;
    let person_id = fields.value::<PersonId>("person");
    if person_id.is_none() {
        errors.add("person", Refusal::UnknownPerson.message(t));
    }
    let part_id = fields.value::<PartId>("part").filter(|_| role.has_part());
    if role.has_part() && part_id.is_none() {
        errors.add("part", Refusal::PartMissing.message(t));
    }
    let has_capacity = matches!(role, Role::Committee | Role::Chair | Role::Adviser);
    let capacity = if has_capacity { model::capacity_of(fields.get("capacity"), t) } else { String::new() };
    if capacity.chars().count() > 80 {
        errors.add("capacity", t.seat_error_capacity());
    }
    let is_fine = errors.is_empty();
    Ok(person_id.filter(|_| is_fine).map(|person_id| NewSeat { id, person_id, role, part_id, capacity }))
}
