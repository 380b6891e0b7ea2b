//! What changes a split: right, rule, write, event, one transaction each.

use super::{
    model::{Cell, Left, Row, left},
    store,
};
use crate::{
    events::Kind,
    goals::{
        access::{GoalsViewer, require},
        key_results::{
            actions::{about, kept, name_of},
            store as key_results,
        },
        months::Month,
    },
    platform::ids::{KeyResultId, MilestoneId, PartId, ShareLinkId, TaskId},
    web::{AppState, Error, Result},
};

/// Writes the shares of some departments: the lead of any, a liaison of their own. What says nothing new changes nothing.
/// Answers what is left.
///
/// # Errors
/// [`Error::Forbidden`] for another department; [`Error::Conflict`] when somebody was faster or the key result is dropped;
/// [`Error::NotFound`] when there is none; otherwise of the database.
pub async fn save(
    state: &AppState,
    viewer: &mut GoalsViewer,
    (id, version): (KeyResultId, i32),
    rows: &[(Row, String)],
) -> Result<Left> {
    require(rows.iter().all(|(row, _)| viewer.may_split(row.part)))?;
    let mut change = viewer.change(state).await?;
    let (project, by, at) = (viewer.project().id, viewer.person, change.now());
    let stands = key_results::locked(change.conn(), project, id).await?.ok_or(Error::NotFound)?;
    if stands.is_dropped {
        return Err(Error::Conflict);
    }
    let months: Vec<Month> = stands.terms.months().collect();
    let owed = store::owed(change.conn(), project, id).await?;
    let as_row = |owed: &store::Owed| {
        let cell = |month: &Month| {
            let found = owed.cells.iter().find(|cell| cell.0 == *month);
            found.map_or_else(Default::default, |cell| Cell::set(cell.1, cell.2))
        };
        Row { part: owed.part, cells: months.iter().map(cell).collect() }
    };
    let is_new = |(row, owes): &&(Row, String)| match owed.iter().find(|one| one.part == row.part) {
        Some(stands) => as_row(stands) != *row || stands.owes != *owes,
        None => !owes.is_empty() || row.cells.iter().any(|cell| cell.is_set),
    };
    let changed: Vec<PartId> = rows.iter().filter(is_new).map(|(row, _)| row.part).collect();
    let kept_rows = owed.iter().filter(|one| rows.iter().all(|(row, _)| row.part != one.part)).map(as_row);
    let all: Vec<Row> = rows.iter().map(|(row, _)| row.clone()).chain(kept_rows).collect();
    let left_now = left(&stands.scale, &stands.terms, &all);
    if changed.is_empty() {
        return Ok(left_now);
    }
    if stands.split_version != version || rows.iter().any(|(row, _)| row.cells.len() != months.len()) {
        return Err(Error::Conflict);
    }
    store::write(change.conn(), project, id, (&months, rows), (by, at)).await?;
    let names: Vec<serde_json::Value> =
        viewer.departments().filter(|part| changed.contains(&part.id)).map(|part| name_of(Some(part))).collect();
    let amounts = stands.scale.of_amounts();
    let event = about(Kind::KeyResultSplit, project, (id, stands.place(), &stands.title)).after("parts", names);
    change.record(match left_now {
        Left::Nothing => event.after("complete", true),
        Left::Missing(amount) => event.after("left", kept(&amounts, amount)),
        Left::TooMuch(amount) => event.after("left", kept(&amounts, -amount)),
        Left::NoBase => event.after("complete", false),
    });
    change.commit().await?;
    Ok(left_now)
}

/// A department says which of its tasks, or which milestone, leads to its share. Twice is once, and what is none of its own is
/// not linked: then the answer is false.
///
/// # Errors
/// [`Error::Forbidden`] for another department; [`Error::Conflict`] when the key result is dropped; otherwise of the database.
pub async fn link(
    state: &AppState,
    viewer: &mut GoalsViewer,
    (key_result, part, link): (KeyResultId, PartId, ShareLinkId),
    (task, milestone): (Option<TaskId>, Option<MilestoneId>),
) -> Result<bool> {
    require(viewer.may_enter(part))?;
    let mut change = viewer.change(state).await?;
    let (project, by, at) = (viewer.project().id, viewer.person, change.now());
    let stands = key_results::locked(change.conn(), project, key_result).await?.ok_or(Error::NotFound)?;
    if stands.is_dropped {
        return Err(Error::Conflict);
    }
    let linked = store::link(change.conn(), project, (link, key_result, part), (task, milestone), (by, at)).await?;
    let Some(title) = linked else {
        return Ok(store::is_linked(change.conn(), project, (key_result, part), (task, milestone)).await?);
    };
    let event = about(Kind::ShareLinked, project, (key_result, stands.place(), &stands.title));
    let field = if task.is_some() { "task" } else { "milestone" };
    change.record(event.after(field, title).after("department", name_of(viewer.part(part))));
    change.commit().await?;
    Ok(true)
}

/// A department takes back what it linked. Twice is once.
///
/// # Errors
/// [`Error::Forbidden`] for another department; otherwise of the database.
pub async fn unlink(
    state: &AppState,
    viewer: &mut GoalsViewer,
    (key_result, part, link): (KeyResultId, PartId, ShareLinkId),
) -> Result<()> {
    require(viewer.may_enter(part))?;
    let mut change = viewer.change(state).await?;
    let project = viewer.project().id;
    let stands = key_results::locked(change.conn(), project, key_result).await?.ok_or(Error::NotFound)?;
    let Some(title) = store::unlink(change.conn(), project, (link, key_result, part)).await? else { return Ok(()) };
    let event = about(Kind::ShareUnlinked, project, (key_result, stands.place(), &stands.title));
    change.record(event.before("linked", title).after("department", name_of(viewer.part(part))));
    Ok(change.commit().await?)
}
