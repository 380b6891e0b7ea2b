//! `/p/GEO/goals/objectives/new`, `/p/GEO/goals/objectives/1` and the form that drops one.

use super::actions::{self, Wanted};
use crate::{
    goals::{
        access::GoalsSetter,
        model::{Objective, TITLE, WHY},
        store,
    },
    platform::{ids::ObjectiveId, locale::T},
    projects::{ProjectHead, Tab},
    web::{AppState, Error, Errors, Fields, Reply, Result, Routes, Shell, Tier, page_with, paths::Parameter, ui},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Project, "/p/{key}/goals/objectives/new", blank)
        .post(Tier::Project, "/p/{key}/goals/objectives/new", create)
        .get(Tier::Project, "/p/{key}/goals/objectives/{number}", edit)
        .post(Tier::Project, "/p/{key}/goals/objectives/{number}", change)
        .post(Tier::Project, "/p/{key}/goals/objectives/{number}/drop", drop)
}

#[derive(Template)]
#[template(path = "goals/objective.html")]
struct Page<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    form: Form,
    /// Where it is; none of a new one.
    position: Option<i16>,
    /// Somebody was faster, or there are three already.
    note: Option<String>,
    errors: Errors,
}

/// What was typed.
struct Form {
    id: ObjectiveId,
    version: i32,
    title: String,
    why: String,
    reason: String,
}

impl Form {
    fn of(fields: &Fields) -> Result<Self> {
        Ok(Self {
            id: fields.hidden("id")?,
            version: fields.hidden("version")?,
            title: fields.get("title").to_owned(),
            why: fields.text("why"),
            reason: fields.text("reason"),
        })
    }

    fn stands(objective: &Objective) -> Self {
        Self {
            id: objective.id,
            version: objective.version,
            title: objective.title.clone(),
            why: objective.why.clone(),
            reason: String::new(),
        }
    }

    fn mistakes(&self, t: T) -> Errors {
        let mut errors = Errors::none();
        match self.title.chars().count() {
            0 => errors.add("title", t.goals_objective_missing()),
            1..=TITLE => {}
            _ => errors.add("title", t.decisions_too_long(TITLE)),
        }
        if self.why.chars().count() > WHY {
            errors.add("why", t.decisions_too_long(WHY));
        }
        errors
    }
}

fn render(
    setter: &GoalsSetter,
    form: Form,
    (position, note): (Option<i16>, Option<String>),
    errors: Errors,
    status: StatusCode,
) -> Result {
    let head = setter.viewer().standing().head(Tab::None);
    page_with(status, &Page { shell: setter.shell(), head, form, position, note, errors })
}

async fn blank(setter: GoalsSetter) -> Result {
    let form =
        Form { id: ObjectiveId::new(), version: 0, title: String::new(), why: String::new(), reason: String::new() };
    render(&setter, form, (None, None), Errors::none(), StatusCode::OK)
}

async fn create(State(state): State<AppState>, mut setter: GoalsSetter, fields: Fields) -> Result {
    let (form, t) = (Form::of(&fields)?, setter.shell().t);
    let errors = form.mistakes(t);
    if !errors.is_empty() {
        return render(&setter, form, (None, None), errors, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let wanted = Wanted { title: &form.title, why: &form.why };
    match actions::create(&state, &mut setter, form.id, wanted).await? {
        Some(position) => {
            let next = setter.path(&format!("objectives/{position}/new"));
            Ok(Reply::to(next).done(t.goals_objective_created()).into_response())
        }
        None => {
            let note = Some(t.goals_objectives_full());
            render(&setter, form, (None, note), Errors::none(), StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

/// The objective at the place in the address.
async fn at(setter: &mut GoalsSetter, position: i16) -> Result<Objective> {
    let project = setter.project().id;
    let goals = store::goals(setter.conn(), project).await?;
    goals.objective(position).cloned().ok_or(Error::NotFound)
}

async fn edit(mut setter: GoalsSetter, Parameter(position): Parameter<i16>) -> Result {
    let stands = at(&mut setter, position).await?;
    render(&setter, Form::stands(&stands), (Some(position), None), Errors::none(), StatusCode::OK)
}

/// The page as it stands now with what was typed, when somebody was faster.
async fn stale(state: &AppState, mut setter: GoalsSetter, position: i16, form: Form) -> Result {
    setter.lease_again(state).await?;
    let note = Some(setter.shell().t.decisions_stale());
    match at(&mut setter, position).await {
        Ok(stands) if stands.id == form.id => {
            let form = Form { version: stands.version, ..form };
            render(&setter, form, (Some(position), note), Errors::none(), StatusCode::CONFLICT)
        }
        // It was dropped; what may stand in its place now is another one, which this form never changes.
        Ok(_) | Err(Error::NotFound) => {
            render(&setter, form, (Some(position), note), Errors::none(), StatusCode::CONFLICT)
        }
        Err(problem) => Err(problem),
    }
}

async fn change(
    State(state): State<AppState>,
    mut setter: GoalsSetter,
    Parameter(position): Parameter<i16>,
    fields: Fields,
) -> Result {
    let (form, t) = (Form::of(&fields)?, setter.shell().t);
    let errors = form.mistakes(t);
    if !errors.is_empty() {
        return render(&setter, form, (Some(position), None), errors, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let wanted = Wanted { title: &form.title, why: &form.why };
    match actions::change(&state, &mut setter, (form.id, form.version), wanted).await {
        Ok(()) => Ok(Reply::to(setter.path("")).done(t.goals_objective_changed()).into_response()),
        Err(Error::Conflict) => stale(&state, setter, position, form).await,
        Err(problem) => Err(problem),
    }
}

async fn drop(
    State(state): State<AppState>,
    mut setter: GoalsSetter,
    Parameter(position): Parameter<i16>,
    fields: Fields,
) -> Result {
    let (id, version, reason): (ObjectiveId, i32, String) =
        (fields.hidden("id")?, fields.hidden("version")?, fields.text("reason"));
    let t = setter.shell().t;
    let wrong = match reason.chars().count() {
        0 => Some(t.goals_drop_reason_missing()),
        1..=WHY => None,
        _ => Some(t.decisions_too_long(WHY)),
    };
    if let Some(wrong) = wrong {
        let stands = at(&mut setter, position).await?;
        if stands.id != id {
            return Err(Error::Conflict);
        }
        let form = Form { reason, ..Form::stands(&stands) };
        let errors = Errors::none().with("reason", wrong);
        return render(&setter, form, (Some(position), None), errors, StatusCode::UNPROCESSABLE_ENTITY);
    }
    match actions::drop(&state, &mut setter, (id, version), &reason).await {
        Ok(true) => Ok(Reply::to(setter.path("")).done(t.goals_objective_dropped()).into_response()),
        stays @ (Ok(false) | Err(Error::Conflict)) => {
            let note = if stays.is_ok() { t.goals_objective_signed() } else { t.decisions_stale() };
            setter.lease_again(&state).await?;
            let stands = at(&mut setter, position).await?;
            if stands.id != id {
                return Err(Error::Conflict);
            }
            let form = Form { reason, ..Form::stands(&stands) };
            render(&setter, form, (Some(position), Some(note)), Errors::none(), StatusCode::CONFLICT)
        }
        Err(problem) => Err(problem),
    }
}
