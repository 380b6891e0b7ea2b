//! Saves what the form of my work sends: all changed rows or none, and says why not.

use super::{
    desk::{Again, Desk, Wanted},
    form::{Sent, Standing},
};
use crate::{
    platform::locale::T,
    projects::Part,
    web::{AppState, Errors, Flash, Result, Shell, shell::Undo, ui},
    work::{
        several::{self, Edit, Outcome, Refused, Why},
        tasks::{
            Status, Task, TaskLabel, TaskMover,
            actions::StatusChange,
            model::{can_be_on_track, deadline},
        },
    },
};
use axum::http::StatusCode;

/// What became of it.
pub enum Saved {
    /// All of it; one sentence says so.
    Done(Flash),
    /// Nothing of it: the page again, with this status and what was typed.
    Refused(StatusCode, Kept),
}

/// What the page keeps when it comes back.
#[derive(Default)]
pub struct Kept {
    /// The rows as they were typed.
    pub sent: Vec<Sent>,
    /// Field and sentence, the field as `reason-GEO-42`.
    pub errors: Errors,
    /// Rows that somebody else has changed.
    pub conflicts: Vec<Conflict>,
    /// How many rows are mine no longer.
    pub gone: usize,
}

/// A row that somebody else has changed since it was shown: both versions.
pub struct Conflict {
    /// `GEO-42`.
    pub label: String,
    /// Its page; empty where nothing leads there.
    pub href: String,
    /// Its title.
    pub title: String,
    /// Where it stands now, and by when.
    pub theirs: (ui::Status, String),
    /// What I wanted.
    pub mine: (ui::Status, String),
    /// Sends my version once I have seen theirs.
    pub again: Again,
}

fn day(due: Option<jiff::civil::Date>) -> String {
    due.map(|due| due.to_string()).unwrap_or_default()
}

/// How a task stands, in the words of the form.
pub fn standing(t: T, parts: &[Part], task: &Task) -> Standing {
    let waits_for = parts.iter().find(|part| Some(part.id) == task.waits_for_part_id);
    Standing {
        status: task.status,
        due_on: day(task.due_on),
        waits_for: waits_for.map(|part| part.name(t).to_owned()).unwrap_or_default(),
        reason: task.blocked_reason.clone(),
    }
}

/// The department that a menu means by its code or a person by its name, in either language.
fn named<'a>(proof: &'a TaskMover, text: &str) -> Option<&'a Part> {
    let is_same = |name: &str| name.to_lowercase() == text.to_lowercase();
    let by_code = proof.parts().iter().find(|part| part.code == text);
    by_code.or_else(|| proof.parts().iter().find(|part| is_same(&part.name_en) || is_same(&part.name_zh)))
}

/// The name of the department that was meant, as a row shows it; what is not known stays as it came.
pub fn shown_name(t: T, proof: &TaskMover, text: String) -> String {
    if text.is_empty() { text } else { named(proof, &text).map_or(text, |part| part.name(t).to_owned()) }
}

/// Saves the rows that were changed, all or none, and confirms the others when that was asked for.
///
/// # Errors
/// Of the database.
pub async fn save(
    state: &AppState,
    (shell, desk): (&Shell, &Desk<'_>),
    proofs: &[TaskMover],
    sent: Vec<Sent>,
    confirms: bool,
) -> Result<Saved> {
    let t = shell.t;
    let mut kept = Kept::default();
    let mut wanted = Vec::new();
    let mut others = Vec::new();
    let mut left_out = Vec::new();
    for row in &sent {
        let proof = proofs.iter().find(|proof| proof.label() == row.label);
        match (proof, row.is_changed()) {
            (Some(proof), true) => {
                if let Some(edit) = edit(t, proof, row, &mut kept.errors) {
                    wanted.push((proof.clone(), row.version, edit));
                }
            }
            (Some(proof), false) if confirms && !is_reviewed(shell, proof.task()) => {
                if can_be_on_track(proof.task().status, proof.task().due_on, shell.today()) {
                    others.push((proof.clone(), row.version));
                } else {
                    left_out.push(proof.task().shown_title(t));
                }
            }
            (Some(_), false) => {}
            (None, is_changed) => kept.gone += usize::from(is_changed),
        }
    }
    let mut change = desk.change(state, shell).await?;
    let changed = match several::apply(&mut change, &wanted).await? {
        Outcome::Changed(tasks) => tasks,
        Outcome::Already => Vec::new(),
        Outcome::Refused(refused) => {
            drop(change);
            return Ok(refuse((shell, desk), proofs, sent, kept, &refused));
        }
    };
    if kept.gone > 0 || !kept.errors.is_empty() {
        drop(change);
        return Ok(refuse((shell, desk), proofs, sent, kept, &[]));
    }
    let confirmed = several::confirm_on_track(&mut change, &others, shell.today()).await?;
    if changed.is_empty() && confirmed == 0 {
        let text = if !others.is_empty() {
            t.my_work_not_confirmed(others.len())
        } else if left_out.is_empty() {
            t.my_work_nothing_to_save()
        } else {
            t.my_work_left_out(some_titles(t, &left_out))
        };
        return Ok(Saved::Done(Flash { tone: "info", text, undo: None }));
    }
    change.commit().await?;
    let said = Said { confirmed, stale: others.len() - confirmed, left_out };
    Ok(Saved::Done(said.flash((shell, desk), proofs, &changed)))
}

/// Titles in their order: up to three by name, the others counted. Empty without any.
pub fn some_titles(t: T, titles: &[&str]) -> String {
    let (named, others) = titles.split_at(titles.len().min(3));
    let named: Vec<String> = named.iter().map(|title| t.my_work_quoted(*title)).collect();
    let named = t.list(&named);
    if others.is_empty() { named } else { t.my_work_and_more(others.len(), named) }
}

fn is_reviewed(shell: &Shell, task: &Task) -> bool {
    task.reviewed_at.is_some_and(|at| at.to_zoned(shell.zone.clone()).date() == shell.today())
}

/// What a changed row asks for; none when a field cannot be read, which is then among the errors.
fn edit(t: T, proof: &TaskMover, row: &Sent, errors: &mut Errors) -> Option<Edit> {
    let mut edit = Edit::default();
    if row.moves() {
        let waits_for = (!row.now.waits_for.is_empty()).then(|| named(proof, &row.now.waits_for)).flatten();
        let waits_for = waits_for.map(|part| part.id);
        let is_blocked = row.now.status == Status::Blocked;
        if is_blocked && waits_for.is_none() && !row.now.waits_for.is_empty() {
            errors.add(format!("waits_for-{}", row.label), t.my_work_part_unknown());
            return None;
        }
        let reason = if is_blocked { row.now.reason.clone() } else { String::new() };
        let waits_for = waits_for.filter(|_| is_blocked);
        edit.status = Some(StatusChange { status: row.now.status, reason, waits_for });
    }
    if row.reschedules() {
        let Some(due) = row.due_on() else {
            errors.add(format!("due_on-{}", row.label), t.my_work_no_date());
            return None;
        };
        edit.due_on = Some(due);
    }
    Some(edit)
}

/// The page again: what is wrong with each row, both versions of the stale ones.
fn refuse(
    (shell, desk): (&Shell, &Desk<'_>),
    proofs: &[TaskMover],
    sent: Vec<Sent>,
    mut kept: Kept,
    refused: &[Refused],
) -> Saved {
    let mut status = if kept.gone > 0 { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    for Refused { task, key, why } in refused {
        let label = TaskLabel::new(key, task.number);
        let Some(row) = sent.iter().find(|row| row.label == label) else { continue };
        match why {
            Why::NotAllowed => {
                kept.errors.add(format!("status-{label}"), shell.t.my_work_not_allowed(&task.title));
                status = StatusCode::FORBIDDEN;
            }
            Why::Day => kept.errors.add(format!("due-{label}"), shell.t.board_refused_day()),
            Why::Rule(rule) => kept.errors.add(format!("reason-{label}"), rule.text(shell.t)),
            Why::Stale => {
                let proof = proofs.iter().find(|proof| proof.task().id == task.id);
                kept.conflicts.extend(proof.map(|proof| conflict(shell, desk, proof, row)));
            }
        }
    }
    if !kept.conflicts.is_empty() && status == StatusCode::UNPROCESSABLE_ENTITY {
        status = StatusCode::CONFLICT;
    }
    kept.sent = sent;
    Saved::Refused(status, kept)
}

fn conflict(shell: &Shell, desk: &Desk<'_>, proof: &TaskMover, row: &Sent) -> Conflict {
    let (task, t) = (proof.task(), shell.t);
    let done_on = task.done_at.map(|at| at.to_zoned(shell.zone.clone()).date());
    let shown = |due: &str| due.parse().map_or_else(|_| due.to_owned(), |due| shell.day(due));
    let due = if row.reschedules() { &row.now.due_on } else { &row.was.due_on };
    Conflict {
        label: proof.label().to_string(),
        href: desk.task(proof.key(), task.number),
        title: task.shown_title(t).to_owned(),
        theirs: (task.status.mark(), deadline(t, task.status, task.due_on, done_on, shell.today()).1),
        mine: (row.now.status.mark(), shown(due)),
        again: desk.again(t, (proof, task), &Wanted::of(row)),
    }
}

/// What became of the rows that were not changed.
struct Said<'a> {
    /// How many are confirmed.
    confirmed: usize,
    /// How many somebody else had changed.
    stale: usize,
    /// The titles of those that cannot be on track.
    left_out: Vec<&'a str>,
}

impl Said<'_> {
    /// One sentence about what was saved; one change can be taken back.
    fn flash(self, (shell, desk): (&Shell, &Desk<'_>), proofs: &[TaskMover], changed: &[Task]) -> Flash {
        let t = shell.t;
        let mut said = Vec::new();
        let mut undo = None;
        if let [after] = changed
            && let Some(proof) = proofs.iter().find(|proof| proof.task().id == after.id)
        {
            let (before, title) = (proof.task(), after.shown_title(t));
            let is_moved = before.status != after.status || before.blocked_reason != after.blocked_reason;
            said.push(match after.due_on {
                _ if is_moved => t.my_work_moved(after.status.label(t), title),
                Some(due) => t.my_work_due(shell.day(due), title),
                None => t.my_work_no_due(title),
            });
            undo = Some(undo_of(t, desk, proof, after));
        } else if !changed.is_empty() {
            said.push(t.my_work_saved(changed.len()));
        }
        if self.confirmed > 0 {
            said.push(t.my_work_confirmed(self.confirmed));
        }
        if self.stale > 0 {
            said.push(t.my_work_not_confirmed(self.stale));
        }
        if !self.left_out.is_empty() {
            said.push(t.my_work_left_out(some_titles(t, &self.left_out)));
        }
        let between = if t.is_chinese() { "" } else { " " };
        Flash { tone: "ok", text: said.join(between), undo: undo.filter(|_| self.confirmed == 0) }
    }
}

/// Sends the row as it was, seen in the version that it has now.
fn undo_of(t: T, desk: &Desk<'_>, proof: &TaskMover, after: &Task) -> Undo {
    let before = proof.task();
    let was = standing(t, proof.parts(), before);
    let mut wanted = Wanted::default();
    if (before.status, &before.blocked_reason, before.waits_for_part_id)
        != (after.status, &after.blocked_reason, after.waits_for_part_id)
    {
        wanted.status(was.status.as_str(), &was.reason, &was.waits_for);
    }
    if before.due_on != after.due_on {
        wanted.due_on(&was.due_on);
    }
    let (action, fields) = desk.again(t, (proof, after), &wanted);
    Undo { action, fields }
}
