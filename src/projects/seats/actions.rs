//! Giving and taking seats.

use super::{
    model::{self, Candidate, NewSeat, Refusal, Seat},
    store,
};
use crate::{
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::{
        ids::{PartId, ProjectId, SeatId},
        locale::T,
    },
    projects::{Part, ProjectManager},
    web::{Error, Result},
};

/// What seats are called in the history: their holder, with role and department beside.
#[must_use]
pub fn event(kind: Kind, project: ProjectId, seat: SeatId, person: &str) -> Event {
    Event::new(kind, Subject::new(SubjectKind::Seat, seat.uuid(), "", person)).of(project)
}

/// A department's name for the history; empty for seats without one.
#[must_use]
pub fn department(parts: &[Part], part: Option<PartId>, t: T) -> Option<String> {
    parts.iter().find(|found| Some(found.id) == part).map(|part| part.name(t).to_owned())
}

/// The event for a seat given to somebody.
#[must_use]
pub fn given(project: ProjectId, new: &NewSeat, person: &Candidate, parts: &[Part], t: T) -> Event {
    let mut event = event(Kind::SeatGiven, project, new.id, &person.name).after("role", new.role.as_str());
    if let Some(name) = department(parts, new.part_id, t) {
        event = event.after("department", name);
    }
    if new.capacity.is_empty() { event } else { event.after("capacity", model::capacity(&new.capacity, t)) }
}

/// The event for a seat taken from somebody.
#[must_use]
pub fn removed(project: ProjectId, seat: &Seat, parts: &[Part], t: T) -> Event {
    let event = event(Kind::SeatRemoved, project, seat.id, &seat.name).before("role", seat.role.as_str());
    match department(parts, seat.part_id, t) {
        Some(name) => event.before("department", name),
        None => event,
    }
}

/// Gives a seat. A form sent twice gives one.
///
/// # Errors
/// The database's; a refusal is an answer, not an error.
pub async fn give(
    mut change: Change,
    manager: &ProjectManager,
    new: &NewSeat,
) -> Result<std::result::Result<Candidate, Refusal>> {
    let (project, parts, t) = (manager.project().id, &manager.standing().parts, manager.shell().t);
    store::lock(change.conn(), project).await?;
    let person = store::candidate(change.conn(), new.person_id).await?;
    if store::exists(change.conn(), project, new.id).await? {
        return Ok(person.ok_or(Refusal::UnknownPerson));
    }
    let seats = store::seats(change.conn(), project).await?;
    if let Err(refusal) = model::give(new, person.as_ref(), &seats, parts) {
        return Ok(Err(refusal));
    }
    let Some(person) = person else { return Ok(Err(Refusal::UnknownPerson)) };
    let now = change.now();
    if let Err(problem) = store::insert(change.conn(), project, new, now).await {
        return refused(problem).map(Err);
    }
    change.record(given(project, new, &person, parts, t));
    change.commit().await?;
    Ok(Ok(person))
}

/// The refusal behind a constraint of the table.
///
/// # Errors
/// The problem itself when it is none.
pub fn refused(problem: sqlx::Error) -> Result<Refusal> {
    let found = match &problem {
        sqlx::Error::Database(database) => database.constraint().and_then(Refusal::of_constraint),
        _ => None,
    };
    found.ok_or_else(|| problem.into())
}

/// Takes a seat away; its holder loses the rights at the next request. Done already is done.
///
/// # Errors
/// [`Error::NotFound`] for a seat of another project; the database's.
pub async fn remove(
    mut change: Change,
    manager: &ProjectManager,
    id: SeatId,
) -> Result<std::result::Result<(), Refusal>> {
    let project = manager.project().id;
    store::lock(change.conn(), project).await?;
    let Some(seat) = store::seat(change.conn(), project, id).await? else {
        return if store::exists(change.conn(), project, id).await? { Ok(Ok(())) } else { Err(Error::NotFound) };
    };
    if let Err(refusal) = seat.remove() {
        return Ok(Err(refusal));
    }
    let now = change.now();
    store::remove(change.conn(), project, id, now).await?;
    change.record(removed(project, &seat, &manager.standing().parts, manager.shell().t));
    change.commit().await?;
    Ok(Ok(()))
}
