//! What changes departments.

use super::{
    access::OrganisationEditor,
    model::{DEFAULTS, Department, Draft},
    store,
};
use crate::{
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::ids::DepartmentId,
    web,
};

/// What came of a change that others may stand in the way of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done and recorded.
    Done,
    /// It was so already: nothing to record.
    Already,
    /// Somebody was faster.
    Stale,
    /// Another department has this code.
    CodeTaken,
    /// The head chosen is no active colleague.
    NoSuchHead,
}

/// Creates the twelve departments that a new organisation begins with.
///
/// # Errors
/// Of the database.
pub async fn create_defaults(change: &mut Change) -> web::Result<()> {
    let drafts: Vec<(DepartmentId, Draft)> = DEFAULTS
        .into_iter()
        .map(|(code, name_en, name_zh, short_en, short_zh, colour)| {
            let draft = Draft {
                code: code.to_owned(),
                name_en: name_en.to_owned(),
                name_zh: name_zh.to_owned(),
                short_en: short_en.to_owned(),
                short_zh: short_zh.to_owned(),
                colour,
                head: String::new(),
            };
            (DepartmentId::new(), draft)
        })
        .collect();
    let now = change.now();
    let made = store::insert_all(change.conn(), &drafts, now).await?;
    for (id, draft) in drafts.iter().filter(|(id, _)| made.contains(id)) {
        change.record(Event::new(Kind::DepartmentAdded, subject_of(*id, draft)));
    }
    Ok(())
}

/// Adds a department; the id was made when the form was rendered.
///
/// # Errors
/// Of the database.
pub async fn add(change: &mut Change, _: &OrganisationEditor, id: DepartmentId, draft: &Draft) -> web::Result<Outcome> {
    let head = match draft.head.as_str() {
        "" => None,
        email => match store::colleague(change.conn(), email).await? {
            Some((head, _)) => Some(head),
            None => return Ok(Outcome::NoSuchHead),
        },
    };
    let now = change.now();
    match store::insert(change.conn(), id, draft, head, now).await {
        Ok(true) => {}
        Ok(false) => return Ok(Outcome::Already),
        Err(problem) => return code_taken(problem),
    }
    change.record(Event::new(Kind::DepartmentAdded, subject_of(id, draft)));
    Ok(Outcome::Done)
}

/// Renames, recolours or gives another head.
///
/// # Errors
/// [`web::Error::NotFound`] and those of the database.
pub async fn edit(
    change: &mut Change,
    _: &OrganisationEditor,
    id: DepartmentId,
    version: i32,
    draft: &Draft,
) -> web::Result<Outcome> {
    let before = store::lock(change.conn(), id).await?.ok_or(web::Error::NotFound)?;
    if before.version != version {
        return Ok(if before.draft() == *draft { Outcome::Already } else { Outcome::Stale });
    }
    if before.draft() == *draft {
        return Ok(Outcome::Already);
    }
    let head = match draft.head.as_str() {
        "" => None,
        // Who heads it already stays, even when they have left since.
        email if before.head_email.as_deref() == Some(email) => before.head_id.zip(before.head_name.clone()),
        email => match store::colleague(change.conn(), email).await? {
            Some(found) => Some(found),
            None => return Ok(Outcome::NoSuchHead),
        },
    };
    let (head, head_name) = head.unzip();
    match store::update(change.conn(), id, version, draft, head).await {
        Ok(true) => {}
        Ok(false) => return Ok(Outcome::Stale),
        Err(problem) => return code_taken(problem),
    }
    let short = |en: &str, zh: &str| format!("{en} {zh}");
    change.record(
        Event::new(Kind::DepartmentChanged, subject_of(id, draft))
            .field("code", before.code.as_str(), draft.code.as_str())
            .field("name_en", before.name_en.as_str(), draft.name_en.as_str())
            .field("name_zh", before.name_zh.as_str(), draft.name_zh.as_str())
            .field("short", short(&before.short_en, &before.short_zh), short(&draft.short_en, &draft.short_zh))
            .field("colour", before.colour, draft.colour)
            .field("head", before.head_name, head_name),
    );
    Ok(Outcome::Done)
}

/// Retires a department: new projects do not offer it; projects that have it keep it.
///
/// # Errors
/// [`web::Error::NotFound`] and those of the database.
pub async fn retire(change: &mut Change, _: &OrganisationEditor, id: DepartmentId) -> web::Result<Outcome> {
    let now = change.now();
    let before = store::lock(change.conn(), id).await?.ok_or(web::Error::NotFound)?;
    if before.is_retired {
        return Ok(Outcome::Already);
    }
    store::set_retired(change.conn(), id, Some(now)).await?;
    change.record(Event::new(Kind::DepartmentRetired, subject(&before)));
    Ok(Outcome::Done)
}

/// Takes a retired department back.
///
/// # Errors
/// [`web::Error::NotFound`] and those of the database.
pub async fn restore(change: &mut Change, _: &OrganisationEditor, id: DepartmentId) -> web::Result<Outcome> {
    let before = store::lock(change.conn(), id).await?.ok_or(web::Error::NotFound)?;
    if !before.is_retired {
        return Ok(Outcome::Already);
    }
    store::set_retired(change.conn(), id, None).await?;
    change.record(Event::new(Kind::DepartmentRestored, subject(&before)));
    Ok(Outcome::Done)
}

/// Moves a department one place up or down among the active ones.
///
/// # Errors
/// [`web::Error::NotFound`] and those of the database.
pub async fn shift(change: &mut Change, _: &OrganisationEditor, id: DepartmentId, is_up: bool) -> web::Result<Outcome> {
    store::lock(change.conn(), id).await?.ok_or(web::Error::NotFound)?;
    let all = store::list(change.conn(), true).await?;
    let mut order: Vec<DepartmentId> = all.iter().map(|department| department.id).collect();
    let from = order.iter().position(|other| *other == id).ok_or(web::Error::NotFound)?;
    let to = if is_up { from.checked_sub(1) } else { from.checked_add(1).filter(|to| *to < order.len()) };
    let Some(to) = to else { return Ok(Outcome::Already) };
    order.swap(from, to);
    store::set_order(change.conn(), &order).await?;
    let moved = all.get(from).ok_or(web::Error::NotFound)?;
    let place = |index: usize| i64::try_from(index).unwrap_or(i64::MAX).saturating_add(1);
    change.record(Event::new(Kind::DepartmentChanged, subject(moved)).field("position", place(from), place(to)));
    Ok(Outcome::Done)
}

fn code_taken(problem: sqlx::Error) -> web::Result<Outcome> {
    match &problem {
        sqlx::Error::Database(database) if database.constraint() == Some("departments_code_unique") => {
            Ok(Outcome::CodeTaken)
        }
        _ => Err(problem.into()),
    }
}

fn subject(department: &Department) -> Subject {
    Subject::new(SubjectKind::Department, department.id.uuid(), &department.code, &department.name_en)
        .zh(Some(department.name_zh.clone()))
}

fn subject_of(id: DepartmentId, draft: &Draft) -> Subject {
    Subject::new(SubjectKind::Department, id.uuid(), &draft.code, &draft.name_en).zh(Some(draft.name_zh.clone()))
}
