//! Handing a seat over, in one transaction with the work that goes along.

use super::model::{may_take, outgrown, stays_as};
use crate::{
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::ids::{PersonId, SeatId},
    projects::{
        Project, ProjectManager, Role,
        seats::{
            Refusal, Seat,
            actions::{department, event, given, refused, removed},
            model::NewSeat,
            store,
        },
    },
    web::{Error, Result},
    work::handover::{self, Carried},
};

/// What a form asks for.
#[derive(Clone, Copy, Debug)]
pub struct HandOver {
    /// The seat.
    pub seat: SeatId,
    /// The id of the successor's seat, made when the form was rendered.
    pub id: SeatId,
    /// Who takes it.
    pub to: PersonId,
    /// The id of the seat in which the old holder stays, if they do.
    pub stays: Option<SeatId>,
}

/// How it ended.
#[derive(Clone, Debug)]
pub struct HandedOver {
    /// The successor's name.
    pub name: String,
    /// Tasks that went along.
    pub tasks: usize,
}

/// Gives a seat to its successor, with the open tasks of its part: one event for the seat, one for each task, one for
/// every other seat that changes. A form sent twice hands over once.
///
/// # Errors
/// [`Error::NotFound`] for a seat of another project or one that is gone; the database's.
pub async fn hand_over(
    mut change: Change,
    manager: &ProjectManager,
    asked: HandOver,
) -> Result<std::result::Result<HandedOver, Refusal>> {
    let (project, parts, t) = (manager.project(), &manager.standing().parts, manager.shell().t);
    store::lock(change.conn(), project.id).await?;
    let successor = store::candidate(change.conn(), asked.to).await?;
    if store::exists(change.conn(), project.id, asked.id).await? {
        return Ok(successor.map(|one| HandedOver { name: one.name, tasks: 0 }).ok_or(Refusal::UnknownPerson));
    }
    let seats = store::seats(change.conn(), project.id).await?;
    let seat = seats.iter().find(|seat| seat.id == asked.seat && seat.can_be_handed_over()).ok_or(Error::NotFound)?;
    if let Err(refusal) = may_take(seat, successor.as_ref(), &seats) {
        return Ok(Err(refusal));
    }
    let Some(successor) = successor else { return Ok(Err(Refusal::UnknownPerson)) };

    let now = change.now();
    store::remove(change.conn(), project.id, seat.id, now).await?;
    if let Some(smaller) = outgrown(seat, successor.id, &seats) {
        store::remove(change.conn(), project.id, smaller.id, now).await?;
        change.record(removed(project.id, smaller, parts, t));
    }
    let taken = NewSeat {
        id: asked.id,
        person_id: successor.id,
        role: seat.role,
        part_id: seat.part_id,
        capacity: seat.capacity.clone(),
    };
    if let Err(problem) = store::insert(change.conn(), project.id, &taken, now).await {
        return refused(problem).map(Err);
    }
    let mut event = event(Kind::SeatHandedOver, project.id, seat.id, &seat.name)
        .field("person", seat.name.as_str(), successor.name.as_str())
        .after("role", seat.role.as_str());
    if let Some(name) = department(parts, seat.part_id, t) {
        event = event.after("department", name);
    }
    change.record(event);
    if let Some(kept) = kept_seat(seat, &asked, &seats) {
        store::insert(change.conn(), project.id, &kept, now).await?;
        let holder = store::candidate(change.conn(), seat.person_id).await?;
        if let Some(holder) = holder {
            change.record(given(project.id, &kept, &holder, parts, t));
        }
    }
    let tasks = match seat.part(parts) {
        Some(part) => {
            handover::reassign_open(change.conn(), project.id, part.id, seat.person_id, successor.id, now).await?
        }
        None => Vec::new(),
    };
    for task in &tasks {
        change.record(assigned(project, task, &seat.name, &successor.name));
    }
    change.commit().await?;
    Ok(Ok(HandedOver { name: successor.name, tasks: tasks.len() }))
}

/// The seat in which the old holder stays, unless they hold it anyway or cannot sign in any more.
fn kept_seat(seat: &Seat, asked: &HandOver, seats: &[Seat]) -> Option<NewSeat> {
    let (id, role) = (asked.stays?, stays_as(seat.role)?);
    let part_id = if role == Role::Member { seat.part_id } else { None };
    let holds = |held: &Seat| held.person_id == seat.person_id && held.role == role && held.part_id == part_id;
    if seat.is_deactivated || seats.iter().any(holds) {
        return None;
    }
    let capacity = if role == Role::Committee { seat.capacity.clone() } else { String::new() };
    Some(NewSeat { id, person_id: seat.person_id, role, part_id, capacity })
}

fn assigned(project: &Project, task: &Carried, from: &str, to: &str) -> Event {
    let label = format!("{}-{}", project.key, task.number);
    let subject = Subject::new(SubjectKind::Task, task.id.uuid(), label, task.title.clone()).zh(task.title_zh.clone());
    Event::new(Kind::TaskAssigned, subject).of(project.id).field("assignee", from, to)
}
