//! `/p/GEO/tasks/new` and `/p/GEO/tasks/42/edit`.

use super::part_choices;
use crate::platform::clock::agreed_day;
use crate::{
    events::Change,
    platform::{
        ids::{PartId, ProjectId, TaskId},
        locale::{T, sort_people},
    },
    projects::{Part, ProjectHead},
    web::{
        self, AppState, Errors, Fields, Flash, Reply, Shell, paths,
        reply::safe_path,
        ui::{self, Choice},
    },
    work::tasks::{
        Priority, Task, TaskEditor,
        access::{Ground, TaskAuthor},
        actions::{self, Outcome, Problem},
        model::{Mistake, TaskFields},
        store::detail::{self, Choices},
    },
};
use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::IntoResponse,
};
use std::str::FromStr;

/// What was typed, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Form {
    title: String,
    description: String,
    part: String,
    assignee: String,
    priority: String,
    starts_on: String,
    due_on: String,
    stage: String,
    milestone: String,
}

impl Form {
    fn of_fields(fields: &Fields) -> Self {
        let get = |name: &str| fields.get(name).to_owned();
        Self {
            title: get("title"),
            description: fields.text("description"),
            part: get("part"),
            assignee: get("assignee"),
            priority: get("priority"),
            starts_on: get("starts_on"),
            due_on: get("due_on"),
            stage: get("stage"),
            milestone: get("milestone"),
        }
    }

    fn of_task(t: T, task: &Task) -> Self {
        let text = |value: Option<String>| value.unwrap_or_default();
        Self {
            title: task.shown_title(t).to_owned(),
            description: task.description.clone(),
            part: task.part_id.to_string(),
            assignee: text(task.assignee_id.map(|id| id.to_string())),
            priority: task.priority.as_str().to_owned(),
            starts_on: text(task.starts_on.map(|day| day.to_string())),
            due_on: text(task.due_on.map(|day| day.to_string())),
            stage: text(task.stage_id.map(|id| id.to_string())),
            milestone: text(task.milestone_id.map(|id| id.to_string())),
        }
    }

    /// The fields, and every mistake that can be seen without the database.
    fn parse(&self, t: T) -> Result<TaskFields, Errors> {
        let mut errors = Errors::none();
        let part_id: Option<PartId> = self.part.parse().ok();
        if part_id.is_none() {
            errors.add("part", Mistake::PartUnknown.text(t));
        }
        let mut day = |field: &str, text: &str| {
            let day = agreed_day(text);
            if day.is_none() && !text.is_empty() {
                errors.add(field, t.task_error_date_unreadable());
            }
            day
        };
        let (starts_on, due_on) = (day("starts_on", &self.starts_on), day("due_on", &self.due_on));
        let mut unknown = |mistake: Mistake| errors.add(mistake.field(), mistake.text(t));
        let assignee_id = optional(&self.assignee).unwrap_or_else(|()| {
            unknown(Mistake::AssigneeUnknown);
            None
        });
        let stage_id = optional(&self.stage).unwrap_or_else(|()| {
            unknown(Mistake::StageUnknown);
            None
        });
        let milestone_id = optional(&self.milestone).unwrap_or_else(|()| {
            unknown(Mistake::MilestoneUnknown);
            None
        });
        let fields = TaskFields {
            title: self.title.clone(),
            title_zh: None,
            description: self.description.clone(),
            part_id: part_id.unwrap_or(PartId(uuid::Uuid::nil())),
            assignee_id,
            priority: self.priority.parse().unwrap_or_default(),
            starts_on,
            due_on,
            stage_id,
            milestone_id,
        };
        for mistake in fields.mistakes() {
            errors.add(mistake.field(), mistake.text(t));
        }
        if errors.is_empty() { Ok(fields) } else { Err(errors) }
    }
}

/// Nothing for empty text, else the value; an error when it cannot be read.
fn optional<V: FromStr>(text: &str) -> Result<Option<V>, ()> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| ()) }
}

fn errors_of(t: T, mistakes: &[Mistake]) -> Errors {
    let mut errors = Errors::none();
    for mistake in mistakes {
        errors.add(mistake.field(), mistake.text(t));
    }
    errors
}

/// A field in both versions, where they differ.
struct Difference {
    label: String,
    now: String,
    yours: String,
}

#[derive(Template)]
#[template(path = "work/tasks/form.html")]
struct FormPage {
    shell: Shell,
    head: ProjectHead,
    /// Empty for a new task.
    label: String,
    task_path: String,
    action: String,
    cancel: String,
    back: String,
    id: Option<TaskId>,
    version: i32,
    form: Form,
    parts: Vec<Choice>,
    takers: Vec<Choice>,
    priorities: Vec<Choice>,
    stages: Vec<Choice>,
    milestones: Vec<Choice>,
    differences: Vec<Difference>,
    is_stale: bool,
    errors: Errors,
}

impl FormPage {
    fn new(ground: &Ground, form: Form, parts: Vec<Choice>, choices: &Choices, now: Option<&Task>) -> Self {
        let t = ground.shell.t;
        let none = || std::iter::once(Choice::new("", t.task_nobody_or_none()));
        let mut takers: Vec<Choice> = choices.takers.iter().map(|taker| Choice::new(taker.id, &taker.name)).collect();
        // Somebody who has it and lost their seat stays in the list, or saving would take it from them unasked.
        if let Some((id, name)) = now.and_then(|task| task.assignee_id.zip(task.assignee_name.as_ref()))
            && !choices.takers.iter().any(|taker| taker.id == id)
        {
            takers.push(Choice::new(id, name));
        }
        sort_people(t, &mut takers, |taker| &taker.label);
        takers.splice(0..0, none());
        Self {
            head: ground.head.clone(),
            label: String::new(),
            task_path: String::new(),
            action: paths::project(&ground.project.key, "tasks").to_string(),
            cancel: paths::project(&ground.project.key, "work").to_string(),
            back: String::new(),
            id: None,
            version: 0,
            parts,
            takers,
            priorities: Priority::ALL.map(|one| Choice::new(one.as_str(), one.label(t))).to_vec(),
            stages: none()
                .chain(choices.stages.iter().map(|stage| Choice::new(stage.id, t.pair(&stage.name_en, &stage.name_zh))))
                .collect(),
            milestones: none()
                .chain(
                    choices
                        .milestones
                        .iter()
                        .map(|one| Choice::new(one.id, t.title(&one.title, one.title_zh.as_deref()))),
                )
                .collect(),
            differences: Vec::new(),
            is_stale: false,
            errors: Errors::none(),
            form,
            shell: ground.shell.clone(),
        }
    }

    fn of_task(mut self, key: &str, task: &Task, version: i32) -> Self {
        self.label = task.label(key);
        self.task_path = paths::task(key, task.number).to_string();
        self.action = format!("{}/edit", self.task_path);
        self.cancel.clone_from(&self.task_path);
        self.version = version;
        self
    }

    /// Both versions side by side: what stands now and what was typed.
    fn beside(mut self, now: &Task) -> Self {
        let t = self.shell.t;
        let stands = Form::of_task(t, now);
        let chosen = |choices: &[Choice], value: &str| {
            choices
                .iter()
                .find(|choice| choice.value == value)
                .map_or_else(|| value.to_owned(), |choice| choice.label.clone())
        };
        let all = [
            (t.task_title(), stands.title, self.form.title.clone()),
            (t.task_description(), stands.description, self.form.description.clone()),
            (t.task_department(), chosen(&self.parts, &stands.part), chosen(&self.parts, &self.form.part)),
            (t.task_assignee(), chosen(&self.takers, &stands.assignee), chosen(&self.takers, &self.form.assignee)),
            (
                t.task_priority(),
                chosen(&self.priorities, &stands.priority),
                chosen(&self.priorities, &self.form.priority),
            ),
            (t.task_starts_on(), stands.starts_on, self.form.starts_on.clone()),
            (t.task_due_on(), stands.due_on, self.form.due_on.clone()),
            (t.task_stage(), chosen(&self.stages, &stands.stage), chosen(&self.stages, &self.form.stage)),
            (
                t.task_milestone(),
                chosen(&self.milestones, &stands.milestone),
                chosen(&self.milestones, &self.form.milestone),
            ),
        ];
        self.differences = all
            .into_iter()
            .filter(|(_, now, yours)| now != yours)
            .map(|(label, now, yours)| Difference { label, now, yours })
            .collect();
        self.is_stale = true;
        self.version = now.version;
        self
    }
}

async fn choices(state: &AppState, project: ProjectId) -> web::Result<Choices> {
    let mut lease = state.db.lease().await?;
    Ok(detail::choices(&mut lease, project).await?)
}

/// `GET /p/GEO/tasks/new`; any field can be given in the address.
pub async fn new(State(state): State<AppState>, author: TaskAuthor, uri: Uri) -> web::Result {
    let (ground, query) = (author.ground(), Fields::of_query(&uri));
    let choices = choices(&state, ground.project.id).await?;
    let mut form = Form::of_fields(&query);
    if form.part.is_empty() {
        let own = ground.rights.parts().find_map(|id| ground.part(id));
        form.part = own.or_else(|| author.parts().next()).map(|part| part.id.to_string()).unwrap_or_default();
    }
    if form.priority.is_empty() {
        form.priority = Priority::Normal.as_str().to_owned();
    }
    if form.stage.is_empty() {
        let current = choices.stages.iter().find(|stage| stage.is_current);
        form.stage = current.map(|stage| stage.id.to_string()).unwrap_or_default();
    }
    let mut page = FormPage::new(ground, form, part_choices(ground.shell.t, author.parts()), &choices, None);
    page.id = Some(TaskId::new());
    page.back = back(&query).unwrap_or_default();
    web::page(&page)
}

/// A `back` that was given, as a path of ours.
fn back(fields: &Fields) -> Option<String> {
    Some(fields.get("back")).filter(|back| !back.is_empty()).map(safe_path)
}

/// `POST /p/GEO/tasks`: the full form, and the quick add of the board with fewer fields.
pub async fn create(State(state): State<AppState>, author: TaskAuthor, fields: Fields) -> web::Result {
    let id: TaskId = fields.hidden("id")?;
    let ground = author.ground();
    let t = ground.shell.t;
    let form = Form::of_fields(&fields);
    let errors = match form.parse(t) {
        Ok(parsed) => {
            let mut change = Change::begin(&state, &ground.shell).await?;
            match actions::create(&mut change, &author, id, &parsed).await {
                Ok(created) => {
                    if created.outcome == Outcome::Changed {
                        change.commit().await?;
                    }
                    let key = &ground.project.key;
                    let to = back(&fields).unwrap_or_else(|| paths::task(key, created.number).to_string());
                    let text = t.task_added(format!("{key}-{}", created.number), parsed.title);
                    return Ok(Reply::to(to).done(text).into_response());
                }
                Err(Problem::Mistaken(mistakes)) => errors_of(t, &mistakes),
                Err(problem) => return Err(problem.into()),
            }
        }
        Err(errors) => errors,
    };
    let choices = choices(&state, ground.project.id).await?;
    let mut page = FormPage::new(ground, form, part_choices(t, author.parts()), &choices, None);
    page.id = Some(id);
    page.back = back(&fields).unwrap_or_default();
    page.errors = errors;
    web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The departments that an editor can choose: those for which they may add tasks, and the one it has.
fn editor_parts(editor: &TaskEditor, current: PartId) -> Vec<Choice> {
    let ground = editor.ground();
    let may = |part: &&Part| part.id == current || ground.rights.may_edit_tasks_of(part.id);
    part_choices(ground.shell.t, ground.parts.iter().filter(may))
}

/// `GET /p/GEO/tasks/42/edit`.
pub async fn edit(State(state): State<AppState>, editor: TaskEditor) -> web::Result {
    let (ground, task) = (editor.ground(), editor.task());
    let choices = choices(&state, ground.project.id).await?;
    let form = Form::of_task(ground.shell.t, task);
    let page = FormPage::new(ground, form, editor_parts(&editor, task.part_id), &choices, Some(task));
    web::page(&page.of_task(editor.key(), task, task.version))
}

/// `POST /p/GEO/tasks/42/edit`.
pub async fn save(State(state): State<AppState>, editor: TaskEditor, fields: Fields) -> web::Result {
    let version: i32 = fields.hidden("version")?;
    let (ground, seen) = (editor.ground(), editor.task());
    let t = ground.shell.t;
    let form = Form::of_fields(&fields);
    let (errors, now) = match form.parse(t) {
        Ok(parsed) => {
            let mut change = Change::begin(&state, &ground.shell).await?;
            match actions::edit(&mut change, &editor, version, parsed).await {
                Ok(outcome) => {
                    if outcome == Outcome::Changed {
                        change.commit().await?;
                    }
                    let label = seen.label(editor.key());
                    let reply = Reply::to(paths::task(editor.key(), seen.number));
                    return Ok(reply.flash(Flash::done(t.task_saved(label))).into_response());
                }
                Err(Problem::Mistaken(mistakes)) => (errors_of(t, &mistakes), None),
                Err(Problem::Stale(now)) => (Errors::none(), Some(now)),
                Err(problem) => return Err(problem.into()),
            }
        }
        Err(errors) => (errors, None),
    };
    let choices = choices(&state, ground.project.id).await?;
    let task = now.as_deref().unwrap_or(seen);
    let page = FormPage::new(ground, form, editor_parts(&editor, task.part_id), &choices, Some(task));
    let mut page = page.of_task(editor.key(), task, version);
    page.errors = errors;
    match now {
        Some(now) => web::page_with(StatusCode::CONFLICT, &page.beside(&now)),
        None => web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page),
    }
}
