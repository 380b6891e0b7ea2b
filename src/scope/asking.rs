//! `/p/GEO/scope/changes/new`: asking for a requirement change. `?task=42` names what it touches.

use super::{
    access::Asker,
    actions,
    model::{DETAILS, NOTE, TITLE},
    store::{
        NewScopeChange,
        lists::{MilestoneChoice, TaskChoice, choices},
    },
};
use crate::{
    platform::{
        ids::{ChangeId, MilestoneId, PartId, TaskId},
        locale::T,
    },
    projects::{ProjectHead, Tab},
    web::{
        AppState, Errors, Fields, Reply, Result, Routes, Shell, Tier, page_with, paths,
        ui::{self, Choice},
    },
};
use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::IntoResponse,
};

/// The routes of this part.
pub fn routes() -> Routes {
    let path = "/p/{key}/scope/changes/new";
    Routes::new().get(Tier::Project, path, show).post(Tier::Project, path, ask)
}

#[derive(Template)]
#[template(path = "scope/new.html")]
struct NewPage<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    form: Form,
    /// In whose name; one when there is nothing to choose.
    from: Vec<Choice>,
    tasks: Vec<Choice>,
    milestones: Vec<Choice>,
    errors: Errors,
}

/// What was typed.
struct Form {
    id: String,
    from: String,
    title: String,
    details: String,
    why: String,
    task: String,
    milestone: String,
}

impl Form {
    fn of(fields: &Fields) -> Self {
        Self {
            id: fields.value::<ChangeId>("id").unwrap_or_else(ChangeId::new).to_string(),
            from: fields.get("from").to_owned(),
            title: fields.get("title").to_owned(),
            details: fields.text("details"),
            why: fields.text("why"),
            task: fields.get("task").to_owned(),
            milestone: fields.get("milestone").to_owned(),
        }
    }
}

/// Everything that a change can touch.
struct Choices(Vec<TaskChoice>, Vec<MilestoneChoice>);

impl Choices {
    async fn read(asker: &mut Asker) -> Result<Self> {
        let project = asker.project().id;
        let (tasks, milestones) = choices(asker.conn(), project).await?;
        Ok(Self(tasks, milestones))
    }

    fn tasks(&self, t: T, key: &str) -> Vec<Choice> {
        let choice = |task: &TaskChoice| {
            Choice::new(
                task.number,
                format!("{key}-{} {}", task.number, t.title(&task.title, task.title_zh.as_deref())),
            )
        };
        std::iter::once(Choice::new("", t.scope_touches_none())).chain(self.0.iter().map(choice)).collect()
    }

    fn milestones(&self, t: T) -> Vec<Choice> {
        let choice = |one: &MilestoneChoice| Choice::new(one.id, t.title(&one.title, one.title_zh.as_deref()));
        std::iter::once(Choice::new("", t.scope_touches_none())).chain(self.1.iter().map(choice)).collect()
    }

    fn task(&self, number: &str) -> Option<TaskId> {
        let number: i32 = number.parse().ok()?;
        self.0.iter().find(|task| task.number == number).map(|task| task.id)
    }

    fn milestone(&self, id: &str) -> Option<MilestoneId> {
        let id = id.parse().ok()?;
        self.1.iter().map(|one| one.id).find(|one| *one == id)
    }
}

/// Without a baseline there is nothing to change: the page that says what it is for.
fn without_baseline(asker: &Asker) -> Option<axum::response::Response> {
    asker.baseline.is_none().then(|| Reply::to(asker.path()).into_response())
}

async fn show(mut asker: Asker, uri: Uri) -> Result {
    if let Some(elsewhere) = without_baseline(&asker) {
        return Ok(elsewhere);
    }
    let choices = Choices::read(&mut asker).await?;
    let query = Fields::of_query(&uri);
    let mut form = Form::of(&query);
    if let Some(number) = query.value("again") {
        let project = asker.project().id;
        if let Some(stood) = super::store::change(asker.conn(), project, number).await? {
            form.title = stood.title;
            form.details = stood.details;
            form.why = stood.why;
            form.task = stood.task.and_then(|task| task.number).map(|number| number.to_string()).unwrap_or_default();
        }
    }
    form.from = asker.own_parts().next().map(|part| part.id.to_string()).unwrap_or_default();
    render(&asker, &choices, form, Errors::none(), StatusCode::OK)
}

fn render(asker: &Asker, choices: &Choices, form: Form, errors: Errors, status: StatusCode) -> Result {
    let t = asker.shell().t;
    let page = NewPage {
        from: asker.own_parts().map(|part| Choice::new(part.id, part.name(t))).collect(),
        tasks: choices.tasks(t, &asker.project().key),
        milestones: choices.milestones(t),
        head: asker.viewer().standing().head(Tab::None),
        shell: asker.shell(),
        form,
        errors,
    };
    page_with(status, &page)
}

/// What is wrong with the words of a form, all at once.
fn mistakes(t: T, form: &Form) -> Errors {
    let mut errors = Errors::none();
    match form.title.chars().count() {
        0 => errors.add("title", t.scope_title_missing()),
        1..=TITLE => {}
        _ => errors.add("title", t.decisions_too_long(TITLE)),
    }
    match form.why.chars().count() {
        0 => errors.add("why", t.scope_why_missing()),
        1..=NOTE => {}
        _ => errors.add("why", t.decisions_too_long(NOTE)),
    }
    if form.details.chars().count() > DETAILS {
        errors.add("details", t.decisions_too_long(DETAILS));
    }
    errors
}

async fn ask(State(state): State<AppState>, mut asker: Asker, fields: Fields) -> Result {
    let id: ChangeId = fields.hidden("id")?;
    if let Some(elsewhere) = without_baseline(&asker) {
        return Ok(elsewhere);
    }
    let (choices, t) = (Choices::read(&mut asker).await?, asker.shell().t);
    let form = Form::of(&fields);
    let mut errors = mistakes(t, &form);
    let from: Option<PartId> = form.from.parse().ok();
    let part = asker.own_parts().map(|part| part.id).find(|id| Some(*id) == from);
    if part.is_none() {
        errors.add("from", t.request_from_missing());
    }
    let (task, milestone) = (choices.task(&form.task), choices.milestone(&form.milestone));
    if task.is_none() && !form.task.is_empty() {
        errors.add("task", t.scope_task_unknown());
    }
    if milestone.is_none() && !form.milestone.is_empty() {
        errors.add("milestone", t.scope_milestone_unknown());
    }
    let Some(part) = part.filter(|_| errors.is_empty()) else {
        return render(&asker, &choices, form, errors, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let new = NewScopeChange { id, title: &form.title, details: &form.details, why: &form.why, part, task, milestone };
    let number = actions::ask(&state, &mut asker, &new).await?;
    let done = t.scope_done_asked(format!("C-{number}"));
    Ok(Reply::to(paths::scope_change(&asker.project().key, number)).done(done).into_response())
}
