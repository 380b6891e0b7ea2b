//! `/p/GEO/scope/changes/3`, and the forms that move it.

use super::{
    access::{Case, require},
    actions::{self, Step},
    model::{Budget, FURTHEST, LARGEST, NOTE, Side, State as Stands},
    store::moves::Sizing,
    view::{Typed, View, left, title},
};
use crate::{
    projects::{ProjectHead, Tab, scope::Days},
    web::{AppState, Error, Errors, Fields, Reply, Result, Routes, Shell, Tier, page_with, ui},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Project, "/p/{key}/scope/changes/{number}", show)
        .post(Tier::Project, "/p/{key}/scope/changes/{number}/size", size)
        .post(Tier::Project, "/p/{key}/scope/changes/{number}/accept", accept)
        .post(Tier::Project, "/p/{key}/scope/changes/{number}/decline", decline)
        .post(Tier::Project, "/p/{key}/scope/changes/{number}/withdraw", withdraw)
}

#[derive(Template)]
#[template(path = "scope/show.html")]
struct Page {
    shell: Shell,
    head: ProjectHead,
    title: String,
    view: View,
}

async fn show(case: Case) -> Result {
    render(case, StatusCode::OK, Typed::default()).await
}

async fn render(mut case: Case, status: StatusCode, typed: Typed) -> Result {
    let calendar = crate::departments::calendar(case.conn()).await?;
    let of = case.baseline.as_ref().ok_or(Error::NotFound)?.budget;
    let left = left(case.shell().t, Budget { of, used: case.scope_change().used });
    let view = View::new(&case, &calendar, left, typed);
    let page = Page {
        title: title(case.scope_change()),
        head: case.viewer().standing().head(Tab::None),
        shell: case.shell().clone(),
        view,
    };
    page_with(status, &page)
}

/// The page again, with what was typed and what is wrong with it.
async fn refuse(state: &AppState, mut case: Case, form: String, fields: Fields, errors: Errors) -> Result {
    case.refresh(state).await?;
    render(case, StatusCode::UNPROCESSABLE_ENTITY, Typed { form, fields, errors, note: None }).await
}

/// What a move answers: back to the page, or the page as it is now with what was typed, when somebody was faster.
async fn answer(state: &AppState, mut case: Case, (form, fields): (String, Fields), moved: Result<String>) -> Result {
    match moved {
        Ok(done) => Ok(Reply::to(case.path()).done(done).into_response()),
        Err(Error::Conflict) => {
            case.refresh(state).await?;
            let note = Some(case.shell().t.decisions_stale());
            render(case, StatusCode::CONFLICT, Typed { form, fields, errors: Errors::none(), note }).await
        }
        Err(problem) => Err(problem),
    }
}

fn step(fields: &Fields) -> Result<Step> {
    Ok(Step { id: fields.hidden("step")?, version: fields.hidden("version")? })
}

/// What was said: has to be there where `missing` says what to do, else may be.
fn said(
    case: &Case,
    fields: &Fields,
    missing: Option<String>,
    errors: &mut Errors,
    (field, id): (&str, &str),
) -> String {
    let text = fields.text(field);
    match missing {
        Some(missing) if text.is_empty() => errors.add(id, missing),
        _ if text.chars().count() > NOTE => errors.add(id, case.shell().t.decisions_too_long(NOTE)),
        _ => {}
    }
    text
}

/// By how many working days a day moves; nothing typed is no move.
fn moves(case: &Case, fields: &Fields, errors: &mut Errors, field: &str) -> Option<i32> {
    let text = fields.get(field);
    let days = if text.is_empty() { Some(0) } else { text.parse().ok().filter(|days| (0..=FURTHEST).contains(days)) };
    if days.is_none() {
        errors.add(field, case.shell().t.scope_moves_wrong(FURTHEST));
    }
    days
}

async fn size(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    require(case.speaks_for(Side::Rnd))?;
    let (step, t) = (step(&fields)?, case.shell().t);
    let mut errors = Errors::none();
    let size = Days::parse(fields.get("size")).filter(|size| *size > Days::default() && *size <= LARGEST);
    if size.is_none() {
        errors.add("size", t.scope_size_wrong());
    }
    let task_days = case.scope_change().task.as_ref().and_then(|_| moves(&case, &fields, &mut errors, "task_days"));
    let milestone_days =
        case.scope_change().milestone.as_ref().and_then(|_| moves(&case, &fields, &mut errors, "milestone_days"));
    let note = said(&case, &fields, None, &mut errors, ("note", "size_note"));
    let Some(size) = size.filter(|_| errors.is_empty()) else {
        return refuse(&state, case, "size".to_owned(), fields, errors).await;
    };
    let moved = actions::size(&state, &mut case, step, (Sizing { size, task_days, milestone_days }, &note)).await;
    answer(&state, case, ("size".to_owned(), fields), moved.map(|()| t.scope_done_sized())).await
}

async fn accept(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    require(case.answers())?;
    let (step, side, t): (Step, Side, _) = (step(&fields)?, fields.hidden("side")?, case.shell().t);
    require(case.speaks_for(side))?;
    let form = format!("accept_{}", side.as_str());
    let mut errors = Errors::none();
    let note = said(&case, &fields, None, &mut errors, ("note", &form));
    if !errors.is_empty() {
        return refuse(&state, case, form, fields, errors).await;
    }
    let moved = actions::accept(&state, &mut case, step, (side, &note)).await;
    let done = moved.map(|stands| match stands {
        Stands::Accepted => t.scope_done_counted(),
        Stands::OverBudget => t.scope_done_over_budget(),
        Stands::Asked | Stands::Sized | Stands::Declined | Stands::Withdrawn => t.scope_done_accepted(),
    });
    answer(&state, case, (form, fields), done).await
}

async fn decline(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    require(case.answers())?;
    let (step, side, t): (Step, Side, _) = (step(&fields)?, fields.hidden("side")?, case.shell().t);
    require(case.speaks_for(side))?;
    let form = format!("decline_{}", side.as_str());
    let mut errors = Errors::none();
    let why = said(&case, &fields, Some(t.request_why_missing()), &mut errors, ("why", &form));
    if !errors.is_empty() {
        return refuse(&state, case, form, fields, errors).await;
    }
    let moved = actions::decline(&state, &mut case, step, (side, &why)).await;
    answer(&state, case, (form, fields), moved.map(|()| t.scope_done_declined())).await
}

async fn withdraw(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    require(case.is_asker())?;
    let (step, t) = (step(&fields)?, case.shell().t);
    let mut errors = Errors::none();
    let why = said(&case, &fields, None, &mut errors, ("why", "withdraw_why"));
    if !errors.is_empty() {
        return refuse(&state, case, "withdraw".to_owned(), fields, errors).await;
    }
    let moved = actions::withdraw(&state, &mut case, step, &why).await;
    answer(&state, case, ("withdraw".to_owned(), fields), moved.map(|()| t.request_done_withdrawn())).await
}
