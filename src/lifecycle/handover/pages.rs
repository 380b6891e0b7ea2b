//! The pages on which a seat changes hands or is taken away; each names what follows before it happens.

use super::{
    actions::{self, HandOver},
    model::stays_as,
};
use crate::{
    events::Change,
    platform::{
        ids::{PersonId, SeatId},
        locale::T,
    },
    projects::{
        ProjectHead, ProjectManager, Role, Tab, Visibility,
        seats::{
            Refusal, Seat,
            actions::remove as remove_seat,
            pages::{is_cut, people_choices},
            store,
        },
    },
    web::{
        AppState, Error, Errors, Fields, Reply, Result, Routes, Shell, Tier, page, page_with,
        paths::{self, Parameter},
        ui::{self, Choice, ConfirmPage},
    },
    work::handover::{self, Carried},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// Tasks that the page names before it counts the rest.
const NAMED: usize = 10;

/// The routes of handing over and removing.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Project, "/p/{key}/seats/{id}/hand-over", ask_successor)
        .post(Tier::Project, "/p/{key}/seats/{id}/hand-over", hand_over)
        .get(Tier::Project, "/p/{key}/seats/{id}/remove", ask_removal)
        .post(Tier::Project, "/p/{key}/seats/{id}/remove", remove)
}

#[derive(Template)]
#[template(path = "lifecycle/hand_over.html")]
struct HandOverPage {
    shell: Shell,
    head: ProjectHead,
    errors: Errors,
    title: String,
    seat: Seat,
    find: String,
    is_cut: bool,
    people: Vec<Choice>,
    person: String,
    id: String,
    stays_id: String,
    stays_label: Option<String>,
    stays: bool,
    tasks: Vec<TaskLine>,
    more: usize,
    count: usize,
    action: String,
    cancel: String,
}

struct TaskLine {
    label: String,
    title: String,
    href: String,
}

async fn find(manager: &mut ProjectManager, id: SeatId) -> Result<Seat> {
    let project = manager.project().id;
    store::seat(manager.conn(), project, id).await?.ok_or(Error::NotFound)
}

async fn carried(manager: &mut ProjectManager, seat: &Seat) -> Result<Vec<Carried>> {
    let project = manager.project().id;
    match seat.part(&manager.standing().parts).map(|part| part.id) {
        Some(part) => Ok(handover::open(manager.conn(), project, part, seat.person_id).await?),
        None => Ok(Vec::new()),
    }
}

/// `liaison of Marketing`, or the role alone.
fn place(manager: &ProjectManager, seat: &Seat) -> String {
    let t = manager.shell().t;
    let part = manager.standing().parts.iter().find(|part| Some(part.id) == seat.part_id);
    match part {
        Some(part) => t.seat_place(part.name(t), seat.role.label(t)),
        None => seat.role.label(t),
    }
}

async fn hand_over_page(
    manager: &mut ProjectManager,
    seat: Seat,
    fields: &Fields,
    errors: Errors,
) -> Result<HandOverPage> {
    if !seat.can_be_handed_over() {
        return Err(Error::NotFound);
    }
    let tasks = carried(manager, &seat).await?;
    let people = store::candidates(manager.conn(), fields.get("find"), false).await?;
    let people: Vec<_> = people.into_iter().filter(|person| person.id != seat.person_id).collect();
    let standing = manager.standing();
    let (t, key) = (standing.shell.t, standing.project.key.as_str());
    let fresh = |name: &str| fields.value::<SeatId>(name).unwrap_or_else(SeatId::new).to_string();
    Ok(HandOverPage {
        head: standing.head(Tab::None),
        errors,
        title: t.seat_hand_over_title(place(manager, &seat)),
        find: fields.get("find").to_owned(),
        is_cut: is_cut(&people) || fields.has("find"),
        people: people_choices(t, &people),
        person: fields.get("person").to_owned(),
        id: fresh("id"),
        stays_id: fresh("stays_id"),
        stays_label: stays_label(&seat, t),
        stays: fields.has("stays"),
        count: tasks.len(),
        more: tasks.len().saturating_sub(NAMED),
        tasks: tasks.into_iter().take(NAMED).map(|task| task_line(key, &task, t)).collect(),
        action: paths::project(key, &format!("seats/{}/hand-over", seat.id)).to_string(),
        cancel: paths::project(key, "team").to_string(),
        seat,
        shell: standing.shell.clone(),
    })
}

fn stays_label(seat: &Seat, t: T) -> Option<String> {
    let role = stays_as(seat.role).filter(|_| !seat.is_deactivated)?;
    Some(t.seat_stays(&seat.name, role.label(t)))
}

fn task_line(key: &str, task: &Carried, t: T) -> TaskLine {
    TaskLine {
        label: format!("{key}-{}", task.number),
        title: t.title(&task.title, task.title_zh.as_deref()).to_owned(),
        href: paths::task(key, task.number).to_string(),
    }
}

async fn ask_successor(mut manager: ProjectManager, Parameter(id): Parameter<SeatId>, fields: Fields) -> Result {
    let seat = find(&mut manager, id).await?;
    page(&hand_over_page(&mut manager, seat, &fields, Errors::none()).await?)
}

async fn hand_over(
    State(state): State<AppState>,
    mut manager: ProjectManager,
    Parameter(id): Parameter<SeatId>,
    fields: Fields,
) -> Result {
    let t = manager.shell().t;
    let stays = if fields.has("stays") { Some(fields.hidden("stays_id")?) } else { None };
    let mut refusal = Refusal::UnknownPerson;
    if let Some(to) = fields.value::<PersonId>("person") {
        let asked = HandOver { seat: id, id: fields.hidden("id")?, to, stays };
        manager.release();
        let change = Change::begin(&state, manager.shell()).await?;
        match actions::hand_over(change, &manager, asked).await? {
            Ok(done) => {
                let team = paths::project(&manager.project().key, "team");
                return Ok(Reply::to(team).done(t.seat_handed_over(done.name, done.tasks)).into_response());
            }
            Err(found) => refusal = found,
        }
        manager.lease_again(&state).await?;
    }
    let seat = find(&mut manager, id).await?;
    let errors = Errors::none().with("person", refusal.message(t));
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &hand_over_page(&mut manager, seat, &fields, errors).await?)
}

async fn ask_removal(mut manager: ProjectManager, Parameter(id): Parameter<SeatId>) -> Result {
    let seat = find(&mut manager, id).await?;
    if seat.remove().is_err() {
        let path = paths::project(&manager.project().key, &format!("seats/{id}/hand-over")).to_string();
        return Ok(Reply::to(path).into_response());
    }
    let project = manager.project().id;
    let others = store::seats(manager.conn(), project).await?;
    let open = carried(&mut manager, &seat).await?.len();
    let (shell, key) = (manager.shell().clone(), manager.project().key.clone());
    let t = shell.t;
    page(&ConfirmPage {
        title: t.seat_remove_title(&seat.name),
        text: t.seat_remove_text(place(&manager, &seat)),
        consequences: consequences(&manager, &seat, &others, open),
        action: paths::project(&key, &format!("seats/{id}/remove")).to_string(),
        fields: Vec::new(),
        button: t.seat_remove_button(),
        cancel: paths::project(&key, "team").to_string(),
        shell,
    })
}

/// What follows, a line each.
fn consequences(manager: &ProjectManager, seat: &Seat, seats: &[Seat], open: usize) -> Vec<String> {
    let t = manager.shell().t;
    let has_others = seats.iter().any(|other| other.person_id == seat.person_id && other.id != seat.id);
    let mut lines = vec![if has_others {
        t.seat_remove_keeps_others(&seat.name)
    } else if seat.is_guest || seat.role == Role::Adviser || manager.project().visibility == Visibility::Seats {
        t.seat_remove_loses_sight(&seat.name)
    } else {
        t.seat_remove_still_reads(&seat.name)
    }];
    if seat.role == Role::Liaison
        && let Some(part) = seat.part(&manager.standing().parts)
    {
        lines.push(t.seat_remove_vacant(part.name(t)));
    }
    if open > 0 {
        lines.push(t.seat_remove_tasks(open, &seat.name));
    }
    lines
}

async fn remove(
    State(state): State<AppState>,
    mut manager: ProjectManager,
    Parameter(id): Parameter<SeatId>,
    fields: Fields,
) -> Result {
    manager.release();
    let t = manager.shell().t;
    match remove_seat(Change::begin(&state, manager.shell()).await?, &manager, id).await? {
        Ok(()) => {
            let path = paths::project(&manager.project().key, "team");
            Ok(Reply::to(path).done(t.seat_removed()).into_response())
        }
        Err(refusal) => {
            manager.lease_again(&state).await?;
            let seat = find(&mut manager, id).await?;
            let errors = Errors::none().with("person", refusal.message(t));
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &hand_over_page(&mut manager, seat, &fields, errors).await?)
        }
    }
}
