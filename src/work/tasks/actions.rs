//! What changes a task: right, rule, write, event. Every action locks the row first; the caller commits.

use super::{
    access::{TaskAuthor, TaskEditor, TaskMover, TaskWatcher},
    model::{Mistake, Refusal, Status, Task, TaskFields},
    store::{self, Names},
};
use crate::{
    events::{Change, Event, Kind, Subject, SubjectKind, both},
    platform::ids::{PartId, PersonId, ProjectId, TaskId},
    projects::{self, Part, Project},
    web,
};
use jiff::civil::Date;
use serde_json::Value;

/// What an action did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// What was asked for.
    Changed,
    /// Nothing: it stood so already, as after a form that was sent twice. There is nothing to commit.
    Already,
}

/// Why an action did nothing. The caller drops the change, which takes back whatever was written.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The rule says no.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The fields are wrong.
    #[error("mistakes: {0:?}")]
    Mistaken(Vec<Mistake>),
    /// Somebody was faster; this is the task as it stands now.
    #[error("somebody was faster")]
    Stale(Box<Task>),
    /// It is not there (any more).
    #[error("gone")]
    Gone,
    /// Of the database.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<Problem> for web::Error {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::Refused(Refusal::EditorsOnly) => Self::Forbidden,
            Problem::Refused(_) | Problem::Mistaken(_) => Self::Unprocessable,
            Problem::Stale(_) => Self::Conflict,
            Problem::Gone => Self::NotFound,
            Problem::Database(problem) => problem.into(),
        }
    }
}

/// A task as the subject of an event.
#[must_use]
pub fn subject(key: &str, task: &Task) -> Subject {
    Subject::new(SubjectKind::Task, task.id.uuid(), task.label(key), task.title.clone()).zh(task.title_zh.clone())
}

fn event(kind: Kind, key: &str, task: &Task) -> Event {
    Event::new(kind, subject(key, task)).of(task.project_id)
}

/// The name of a part for an event.
#[must_use]
pub fn part_name(parts: &[Part], id: Option<PartId>) -> Option<Value> {
    parts.iter().find(|part| Some(part.id) == id).map(|part| both(&part.name_en, &part.name_zh))
}

fn day(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

fn or_stale(is_written: bool, task: Task) -> Result<Outcome, Problem> {
    if is_written { Ok(Outcome::Changed) } else { Err(Problem::Stale(Box::new(task))) }
}

/// A change of status as a form asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusChange {
    /// The new status.
    pub status: Status,
    /// Why, when blocked.
    pub reason: String,
    /// For whom it waits, when blocked; none for somebody outside.
    pub waits_for: Option<PartId>,
}

impl StatusChange {
    /// To a status that needs no reason.
    #[must_use]
    pub fn to(status: Status) -> Self {
        Self { status, reason: String::new(), waits_for: None }
    }
}

/// Moves a task to another status. One that stands there already is left as it is, whatever the version.
///
/// # Errors
/// Refused, stale, gone, or of the database.
pub async fn set_status(
    change: &mut Change,
    proof: &TaskMover,
    version: i32,
    to: &StatusChange,
) -> Result<Outcome, Problem> {
    let seen = proof.task();
    let task = store::lock(change.conn(), seen.project_id, seen.id).await?.ok_or(Problem::Gone)?;
    if to.waits_for.is_some() && part_name(proof.parts(), to.waits_for).is_none() {
        return Err(Problem::Mistaken(vec![Mistake::PartUnknown]));
    }
    let moved = match task.move_to(to.status, &to.reason, to.waits_for, change.now()) {
        Err(Refusal::Unchanged) => return Ok(Outcome::Already),
        moved => moved.map_err(Problem::Refused)?,
    };
    if task.version != version {
        return Err(Problem::Stale(Box::new(task)));
    }
    if task.needs_editor(to.status) && !proof.may_edit() {
        return Err(Problem::Refused(Refusal::EditorsOnly));
    }
    let now = change.now();
    if !store::set_status(change.conn(), &task, &moved, now).await? {
        return Err(Problem::Stale(Box::new(task)));
    }
    change.record(
        event(Kind::TaskStatusChanged, proof.key(), &task)
            .field("status", task.status.as_str(), moved.status.as_str())
            .field("blocked_reason", task.blocked_reason.as_str(), moved.blocked_reason.as_str())
            .field(
                "waits_for",
                part_name(proof.parts(), task.waits_for_part_id),
                part_name(proof.parts(), moved.waits_for_part_id),
            ),
    );
    Ok(Outcome::Changed)
}

/// Gives a task to somebody with a seat, or to nobody.
///
/// # Errors
/// Mistaken, stale, gone, or of the database.
pub async fn assign(
    change: &mut Change,
    proof: &TaskEditor,
    version: i32,
    to: Option<PersonId>,
) -> Result<Outcome, Problem> {
    let seen = proof.task();
    let task = store::lock(change.conn(), seen.project_id, seen.id).await?.ok_or(Problem::Gone)?;
    if task.assignee_id == to {
        return Ok(Outcome::Already);
    }
    if task.version != version {
        return Err(Problem::Stale(Box::new(task)));
    }
    let names = store::names(change.conn(), task.project_id, to, None, None).await?;
    if to.is_some() && names.assignee.is_none() {
        return Err(Problem::Mistaken(vec![Mistake::AssigneeUnknown]));
    }
    let now = change.now();
    let is_written = store::set_assignee(change.conn(), &task, to, now).await?;
    change.record(event(Kind::TaskAssigned, proof.key(), &task).field(
        "assignee",
        task.assignee_name.clone(),
        names.assignee,
    ));
    or_stale(is_written, task)
}

/// Moves the due date of a task.
///
/// # Errors
/// Stale, gone, or of the database.
pub async fn set_due(change: &mut Change, proof: &TaskEditor, version: i32, due: Date) -> Result<Outcome, Problem> {
    let seen = proof.task();
    let task = store::lock(change.conn(), seen.project_id, seen.id).await?.ok_or(Problem::Gone)?;
    if task.due_on == Some(due) {
        return Ok(Outcome::Already);
    }
    if task.version != version {
        return Err(Problem::Stale(Box::new(task)));
    }
    move_locked(change, proof.key(), task, due).await
}

async fn move_locked(change: &mut Change, key: &str, task: Task, due: Date) -> Result<Outcome, Problem> {
    let now = change.now();
    let is_written = store::set_due(change.conn(), &task, due, now).await?;
    let starts = task.starts_on.map(|start| start.min(due));
    change.record(event(Kind::TaskMoved, key, &task).field("due_on", day(task.due_on), day(Some(due))).field(
        "starts_on",
        day(task.starts_on),
        day(starts),
    ));
    or_stale(is_written, task)
}

/// Moves the due date of a task because a decision says so; whatever its version. The decision is the proof.
///
/// # Errors
/// Gone, or of the database.
pub async fn move_due(change: &mut Change, project: &Project, task: TaskId, due: Date) -> Result<Outcome, Problem> {
    let task = store::lock(change.conn(), project.id, task).await?.ok_or(Problem::Gone)?;
    if task.due_on == Some(due) {
        return Ok(Outcome::Already);
    }
    move_locked(change, &project.key, task, due).await
}

/// A task that was made, now or by an earlier copy of the same form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Created {
    /// Its number.
    pub number: i32,
    /// Whether there is anything to commit.
    pub outcome: Outcome,
}

/// Adds a task. The id was made with the form: a second copy of it finds the task that the first one made.
///
/// # Errors
/// Mistaken, or of the database.
pub async fn create(
    change: &mut Change,
    proof: &TaskAuthor,
    id: TaskId,
    fields: &TaskFields,
) -> Result<Created, Problem> {
    let ground = proof.ground();
    if let Some(number) = store::number_of(change.conn(), ground.project.id, id).await? {
        return Ok(Created { number, outcome: Outcome::Already });
    }
    let mut mistakes = fields.mistakes();
    if ground.part(fields.part_id).is_none() {
        mistakes.push(Mistake::PartUnknown);
    } else if !ground.rights.may_edit_tasks_of(fields.part_id) {
        mistakes.push(Mistake::PartNotTheirs);
    }
    insert(change, &ground.project, &ground.parts, id, fields, mistakes).await
}

/// Adds a task because a decision says so. The decision is the proof.
///
/// # Errors
/// Mistaken, or of the database.
pub async fn create_by_decision(
    change: &mut Change,
    project: &Project,
    parts: &[Part],
    fields: &TaskFields,
) -> Result<(TaskId, i32), Problem> {
    let id = TaskId::new();
    let mut mistakes = fields.mistakes();
    if !parts.iter().any(|part| part.id == fields.part_id) {
        mistakes.push(Mistake::PartUnknown);
    }
    let created = insert(change, project, parts, id, fields, mistakes).await?;
    Ok((id, created.number))
}

async fn insert(
    change: &mut Change,
    project: &Project,
    parts: &[Part],
    id: TaskId,
    fields: &TaskFields,
    mut mistakes: Vec<Mistake>,
) -> Result<Created, Problem> {
    let names = names_of(change, project.id, fields, None, &mut mistakes).await?;
    if !mistakes.is_empty() {
        return Err(Problem::Mistaken(mistakes));
    }
    // Locks the project's row: of two copies of one form, the second waits here and then finds the first one's task.
    let number = projects::store::next_task_number(change.conn(), project.id).await?;
    let by = change.actor().ok_or(Problem::Gone)?;
    let now = change.now();
    if !store::insert(change.conn(), project.id, id, number, fields, by, now).await? {
        let number = store::number_of(change.conn(), project.id, id).await?.ok_or(Problem::Gone)?;
        return Ok(Created { number, outcome: Outcome::Already });
    }
    let subject = Subject::new(SubjectKind::Task, id.uuid(), format!("{}-{number}", project.key), fields.title.clone());
    let mut event = Event::new(Kind::TaskCreated, subject.zh(fields.title_zh.clone())).of(project.id);
    for (field, value) in [
        ("department", part_name(parts, Some(fields.part_id))),
        ("due_on", day(fields.due_on).map(Value::from)),
        ("stage", names.of_stage()),
        ("milestone", names.of_milestone()),
        ("assignee", names.assignee.map(Value::from)),
    ] {
        if let Some(value) = value {
            event = event.after(field, value);
        }
    }
    change.record(event);
    Ok(Created { number, outcome: Outcome::Changed })
}

/// The names of what the fields point to; what they may not point to becomes a mistake. What the task points to
/// already stays allowed, such as an assignee who has lost their seat since.
async fn names_of(
    change: &mut Change,
    project: ProjectId,
    fields: &TaskFields,
    before: Option<&Task>,
    mistakes: &mut Vec<Mistake>,
) -> Result<Names, sqlx::Error> {
    let mut names =
        store::names(change.conn(), project, fields.assignee_id, fields.stage_id, fields.milestone_id).await?;
    if let Some(task) = before
        && task.assignee_id == fields.assignee_id
    {
        names.assignee.clone_from(&task.assignee_name);
    }
    for (is_missing, mistake) in [
        (fields.assignee_id.is_some() && names.assignee.is_none(), Mistake::AssigneeUnknown),
        (fields.stage_id.is_some() && names.stage.is_none(), Mistake::StageUnknown),
        (fields.milestone_id.is_some() && names.milestone.is_none(), Mistake::MilestoneUnknown),
    ] {
        if is_missing {
            mistakes.push(mistake);
        }
    }
    Ok(names)
}

/// Edits a task. Fields that stand so already change nothing, whatever the version.
///
/// # Errors
/// Mistaken, stale, gone, or of the database.
pub async fn edit(
    change: &mut Change,
    proof: &TaskEditor,
    version: i32,
    fields: TaskFields,
) -> Result<Outcome, Problem> {
    let seen = proof.task();
    let task = store::lock(change.conn(), seen.project_id, seen.id).await?.ok_or(Problem::Gone)?;
    let fields = fields.keeping_title_of(&task);
    if TaskFields::from(&task) == fields {
        return Ok(Outcome::Already);
    }
    if task.version != version {
        return Err(Problem::Stale(Box::new(task)));
    }
    let ground = proof.ground();
    let mut mistakes = fields.mistakes();
    if ground.part(fields.part_id).is_none() {
        mistakes.push(Mistake::PartUnknown);
    } else if fields.part_id != task.part_id && !ground.rights.may_edit_tasks_of(fields.part_id) {
        mistakes.push(Mistake::PartNotTheirs);
    }
    let after = names_of(change, task.project_id, &fields, Some(&task), &mut mistakes).await?;
    if !mistakes.is_empty() {
        return Err(Problem::Mistaken(mistakes));
    }
    let before = store::names(change.conn(), task.project_id, None, task.stage_id, task.milestone_id).await?;
    let now = change.now();
    let is_written = store::update(change.conn(), &task, &fields, now).await?;
    change.record(edited(proof.key(), &ground.parts, &task, &fields, &before, &after));
    or_stale(is_written, task)
}

fn edited(key: &str, parts: &[Part], task: &Task, fields: &TaskFields, before: &Names, after: &Names) -> Event {
    let same = TaskFields { assignee_id: fields.assignee_id, ..TaskFields::from(task) } == *fields;
    let same_but_dates =
        TaskFields { starts_on: fields.starts_on, due_on: fields.due_on, ..TaskFields::from(task) } == *fields;
    let kind = match (same, same_but_dates) {
        (true, _) => Kind::TaskAssigned,
        (_, true) => Kind::TaskMoved,
        _ => Kind::TaskChanged,
    };
    event(kind, key, task)
        .field("title", task.title.as_str(), fields.title.as_str())
        .field("description", task.description.as_str(), fields.description.as_str())
        .field("department", part_name(parts, Some(task.part_id)), part_name(parts, Some(fields.part_id)))
        .field("assignee", task.assignee_name.clone(), after.assignee.clone())
        .field("priority", task.priority.as_str(), fields.priority.as_str())
        .field("starts_on", day(task.starts_on), day(fields.starts_on))
        .field("due_on", day(task.due_on), day(fields.due_on))
        .field("stage", before.of_stage(), after.of_stage())
        .field("milestone", before.of_milestone(), after.of_milestone())
}

/// Makes the person watch a task.
///
/// # Errors
/// Of the database.
pub async fn watch(change: &mut Change, proof: &TaskWatcher) -> Result<Outcome, Problem> {
    let (task, person) = (proof.task(), change.actor().ok_or(Problem::Gone)?);
    if !store::watch(change.conn(), task.project_id, task.id, person).await? {
        return Ok(Outcome::Already);
    }
    change.record(event(Kind::TaskWatched, proof.key(), task));
    Ok(Outcome::Changed)
}

/// Ends the person's watching.
///
/// # Errors
/// Of the database.
pub async fn unwatch(change: &mut Change, proof: &TaskWatcher) -> Result<Outcome, Problem> {
    let (task, person) = (proof.task(), change.actor().ok_or(Problem::Gone)?);
    if !store::unwatch(change.conn(), task.project_id, task.id, person).await? {
        return Ok(Outcome::Already);
    }
    change.record(event(Kind::TaskUnwatched, proof.key(), task));
    Ok(Outcome::Changed)
}
