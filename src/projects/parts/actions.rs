//! A department joins or leaves.

use super::store;
use crate::{
    departments::Department,
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::ids::PartId,
    projects::{
        Part, PartKind, ProjectManager,
        seats::{self, actions::removed},
    },
    web::{Error, Result},
};

/// Why a department stays, or does not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It takes part already.
    TakesPartAlready,
    /// The organisation has no such active department.
    Unknown,
    /// It holds letters in so many duties.
    HoldsLetters(i64),
    /// Tasks, escalations or other records name it.
    HasWork,
    /// The lead and the committee always take part.
    AlwaysTakesPart,
}

fn event(kind: Kind, manager: &ProjectManager, id: PartId, code: &str, en: &str, zh: &str) -> Event {
    let subject = Subject::new(SubjectKind::Part, id.uuid(), code, en).zh(Some(zh.to_owned()));
    Event::new(kind, subject).of(manager.project().id)
}

/// Lets a department take part. A form sent twice lets it once.
///
/// # Errors
/// The database's.
pub async fn add(
    mut change: Change,
    manager: &ProjectManager,
    id: PartId,
    department: &Department,
) -> Result<std::result::Result<(), Refusal>> {
    let project = manager.project().id;
    seats::store::lock(change.conn(), project).await?;
    if store::exists(change.conn(), project, id).await? {
        return Ok(Ok(()));
    }
    match store::insert(change.conn(), project, id, department.id).await {
        Ok(true) => {}
        Ok(false) => return Ok(Err(Refusal::Unknown)),
        Err(sqlx::Error::Database(problem)) if problem.constraint() == Some("parts_department_unique") => {
            return Ok(Err(Refusal::TakesPartAlready));
        }
        Err(problem) => return Err(problem.into()),
    }
    change.record(event(Kind::PartAdded, manager, id, &department.code, &department.name_en, &department.name_zh));
    change.commit().await?;
    Ok(Ok(()))
}

/// Takes a department out, with its seats: one event for each. Only while it holds no letter and nothing names it.
///
/// # Errors
/// [`Error::NotFound`] for a part of another project; the database's.
pub async fn remove(
    mut change: Change,
    manager: &ProjectManager,
    part: &Part,
) -> Result<std::result::Result<(), Refusal>> {
    let (project, parts, t) = (manager.project().id, &manager.standing().parts, manager.shell().t);
    if part.kind != PartKind::Department {
        return Ok(Err(Refusal::AlwaysTakesPart));
    }
    seats::store::lock(change.conn(), project).await?;
    if !store::exists(change.conn(), project, part.id).await? {
        return Err(Error::NotFound);
    }
    let letters = store::letters(change.conn(), project, part.id).await?;
    if letters > 0 {
        return Ok(Err(Refusal::HoldsLetters(letters)));
    }
    for seat in store::seats(change.conn(), project, part.id).await? {
        change.record(removed(project, &seat, parts, t));
    }
    match store::delete(change.conn(), project, part.id).await {
        Ok(()) => {}
        // A letter or a task that came in between is found here as well.
        Err(sqlx::Error::Database(problem)) if problem.is_foreign_key_violation() => {
            return Ok(Err(Refusal::HasWork));
        }
        Err(problem) => return Err(problem.into()),
    }
    change.record(event(Kind::PartRemoved, manager, part.id, &part.code, &part.name_en, &part.name_zh));
    change.commit().await?;
    Ok(Ok(()))
}
