//! Tasks are added and edited: what somebody filled in, checked against the project.

use super::{Outcome, Problem, day, event, or_stale, part_name};
use crate::{
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::ids::{ProjectId, TaskId},
    projects::{self, Part, Project},
    work::tasks::{
        access::{TaskAuthor, TaskEditor},
        model::{Mistake, Task, TaskFields},
        store::{self, Names},
    },
};
use serde_json::Value;

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

/// Adds a task because two departments agreed on it. Their agreement is the proof.
///
/// # Errors
/// Mistaken, or of the database.
pub async fn create_by_agreement(
    change: &mut Change,
    project: &Project,
    parts: &[Part],
    fields: &TaskFields,
) -> Result<(TaskId, i32), Problem> {
    create_by_decision(change, project, parts, fields).await
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
