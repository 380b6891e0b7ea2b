//! `/p/GEO/requests/7`, and the forms that move it.

use super::{
    access::{Case, require},
    actions::{self, Outcome, Step},
    model::NOTE,
    view::{Typed, View, day_passed, title},
};
use crate::{
    platform::{clock::agreed_day, locale::T},
    projects::ProjectHead,
    web::{AppState, Error, Errors, Fields, Reply, Result, Routes, Shell, Tier, page_with, ui},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};
use jiff::civil::Date;

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Project, "/p/{key}/requests/{number}", show)
        .post(Tier::Project, "/p/{key}/requests/{number}/accept", accept)
        .post(Tier::Project, "/p/{key}/requests/{number}/counter", counter)
        .post(Tier::Project, "/p/{key}/requests/{number}/decline", decline)
        .post(Tier::Project, "/p/{key}/requests/{number}/agree", agree)
        .post(Tier::Project, "/p/{key}/requests/{number}/insist", insist)
        .post(Tier::Project, "/p/{key}/requests/{number}/withdraw", withdraw)
        .post(Tier::Project, "/p/{key}/requests/{number}/redate", redate)
        .post(Tier::Project, "/p/{key}/requests/{number}/again", again)
}

#[derive(Template)]
#[template(path = "requests/show.html")]
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
    let calendar = crate::departments::calendar(case.conn()?).await?;
    let view = View::new(&case, &calendar, typed);
    let title = title(case.request());
    let (shell, head) = case.into_parts();
    page_with(status, &Page { shell, head, title, view })
}

/// The page again, with what was typed and what is wrong with it.
async fn refuse(state: &AppState, mut case: Case, form: &'static str, fields: Fields, errors: Errors) -> Result {
    case.refresh(state).await?;
    render(case, StatusCode::UNPROCESSABLE_ENTITY, Typed { form, fields, errors, note: None }).await
}

/// The page again, because a day has passed or its task was dropped meanwhile: what can be done instead stands above.
async fn passed(state: &AppState, mut case: Case, form: &'static str, fields: Fields, first: Option<String>) -> Result {
    case.refresh(state).await?;
    let between = case.shell.t.rules_sentence_between();
    let said: Vec<String> = first.into_iter().chain(day_passed(&case)).collect();
    let typed = Typed { form, fields, errors: Errors::none(), note: Some(said.join(&between)) };
    render(case, StatusCode::UNPROCESSABLE_ENTITY, typed).await
}

/// What a move answers: back to the page, or the page as it is now with what was typed, when somebody was faster.
async fn answer(
    state: &AppState,
    mut case: Case,
    (form, fields): (&'static str, Fields),
    (moved, done): (Result<()>, String),
) -> Result {
    match moved {
        Ok(()) => Ok(Reply::to(case.path()).done(done).into_response()),
        Err(Error::Conflict) => {
            case.refresh(state).await?;
            let note = Some(case.shell.t.decisions_stale());
            render(case, StatusCode::CONFLICT, Typed { form, fields, errors: Errors::none(), note }).await
        }
        Err(problem) => Err(problem),
    }
}

fn step(fields: &Fields) -> Result<Step> {
    Ok(Step { id: fields.hidden("step")?, version: fields.hidden("version")? })
}

/// A reason that has to be there, or may be.
fn why(t: T, fields: &Fields, missing: Option<String>, errors: &mut Errors, id: &'static str) -> String {
    let text = fields.text("why");
    match missing {
        Some(missing) if text.is_empty() => errors.add(id, missing),
        _ if text.chars().count() > NOTE => errors.add(id, t.decisions_too_long(NOTE)),
        _ => {}
    }
    text
}

/// A day from today on.
fn day(case: &Case, fields: &Fields, errors: &mut Errors, id: &'static str) -> Option<Date> {
    let (t, day) = (case.shell.t, agreed_day(fields.get("day")));
    match day {
        None => errors.add(id, t.request_day_missing()),
        Some(day) if day < case.shell.today() => errors.add(id, t.request_day_past()),
        Some(_) => {}
    }
    day
}

/// The number of the chosen task: none for a new one, an error for what is no number.
fn task(case: &Case, fields: &Fields, errors: &mut Errors, id: &'static str) -> Option<i32> {
    let chosen = fields.get("task");
    let number = chosen.parse().ok();
    if number.is_none() && !chosen.is_empty() {
        errors.add(id, case.shell.t.request_task_wrong());
    }
    number
}

async fn accept(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    require(case.is_asked())?;
    let step = step(&fields)?;
    let mut errors = Errors::none();
    let task = task(&case, &fields, &mut errors, "accept_task");
    if !errors.is_empty() {
        return refuse(&state, case, "accept", fields, errors).await;
    }
    let t = case.shell.t;
    match actions::accept(&state, &mut case, step, task).await {
        Ok(Outcome::NoSuchTask) => {
            let errors = Errors::none().with("accept_task", t.request_task_wrong());
            refuse(&state, case, "accept", fields, errors).await
        }
        Ok(Outcome::Past) => {
            // Another date is what is left to offer.
            let day = case.shell.day(case.request().wanted_on);
            let errors = Errors::none().with("offered_on", t.request_wanted_passed(day));
            refuse(&state, case, "counter", fields, errors).await
        }
        moved => answer(&state, case, ("accept", fields), (moved.map(drop), t.request_done_accepted())).await,
    }
}

async fn counter(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    require(case.is_asked())?;
    let (step, t) = (step(&fields)?, case.shell.t);
    let mut errors = Errors::none();
    let on = day(&case, &fields, &mut errors, "offered_on");
    if on == Some(case.request().wanted_on) {
        errors.add("offered_on", t.request_day_same());
    }
    let note = why(t, &fields, Some(t.request_why_missing()), &mut errors, "counter_why");
    let task = task(&case, &fields, &mut errors, "counter_task");
    let Some(on) = on.filter(|_| errors.is_empty()) else {
        return refuse(&state, case, "counter", fields, errors).await;
    };
    match actions::counter(&state, &mut case, step, (on, &note), task).await {
        Ok(Outcome::NoSuchTask) => {
            let errors = Errors::none().with("counter_task", t.request_task_wrong());
            refuse(&state, case, "counter", fields, errors).await
        }
        moved => answer(&state, case, ("counter", fields), (moved.map(drop), t.request_done_countered())).await,
    }
}

async fn decline(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    require(case.is_asked())?;
    let (step, t) = (step(&fields)?, case.shell.t);
    let mut errors = Errors::none();
    let note = why(t, &fields, Some(t.request_why_missing()), &mut errors, "decline_why");
    if !errors.is_empty() {
        return refuse(&state, case, "decline", fields, errors).await;
    }
    let moved = actions::decline(&state, &mut case, step, &note).await;
    answer(&state, case, ("decline", fields), (moved, t.request_done_declined())).await
}

async fn agree(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    require(case.is_asker())?;
    let (step, t) = (step(&fields)?, case.shell.t);
    let moved = actions::agree(&state, &mut case, step).await;
    if let Ok(Outcome::Past) = moved {
        let (request, today) = (case.request(), case.shell.today());
        let day = request.offered_on.map(|day| case.shell.day(day)).unwrap_or_default();
        if request.standing.insist_on(request.wanted_on, today).is_err() {
            // No form is left that asks for it again: what is, is said above.
            return passed(&state, case, "agree", fields, Some(t.request_offer_gone(day))).await;
        }
        let errors = Errors::none().with("insist_why", t.request_offer_passed(day));
        return refuse(&state, case, "insist", fields, errors).await;
    }
    answer(&state, case, ("agree", fields), (moved.map(drop), t.request_done_agreed())).await
}

async fn insist(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    require(case.is_asker())?;
    let (step, t) = (step(&fields)?, case.shell.t);
    let mut errors = Errors::none();
    let note = why(t, &fields, Some(t.request_why_missing()), &mut errors, "insist_why");
    if !errors.is_empty() {
        return refuse(&state, case, "insist", fields, errors).await;
    }
    let moved = actions::insist(&state, &mut case, step, &note).await;
    if let Ok(Outcome::Past) = moved {
        return passed(&state, case, "insist", fields, None).await;
    }
    answer(&state, case, ("insist", fields), (moved.map(drop), t.request_done_insisted())).await
}

async fn withdraw(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    require(case.is_asker())?;
    let (step, t) = (step(&fields)?, case.shell.t);
    let mut errors = Errors::none();
    let note = why(t, &fields, None, &mut errors, "withdraw_why");
    if !errors.is_empty() {
        return refuse(&state, case, "withdraw", fields, errors).await;
    }
    let moved = actions::withdraw(&state, &mut case, step, &note).await;
    answer(&state, case, ("withdraw", fields), (moved, t.request_done_withdrawn())).await
}

async fn redate(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    require(case.is_asker())?;
    let (step, t) = (step(&fields)?, case.shell.t);
    let mut errors = Errors::none();
    let on = day(&case, &fields, &mut errors, "redated_on");
    let note = why(t, &fields, None, &mut errors, "redate_why");
    let Some(on) = on.filter(|_| errors.is_empty()) else {
        return refuse(&state, case, "redate", fields, errors).await;
    };
    let moved = actions::redate(&state, &mut case, step, (on, &note)).await;
    if let Ok(Outcome::NotLater) = moved {
        let is_same = case.request().promised_on == Some(on);
        let wrong = if is_same { t.request_day_same() } else { t.request_day_not_later() };
        return refuse(&state, case, "redate", fields, Errors::none().with("redated_on", wrong)).await;
    }
    if let Ok(Outcome::Dropped) = moved {
        return passed(&state, case, "redate", fields, Some(t.request_redate_dropped())).await;
    }
    answer(&state, case, ("redate", fields), (moved.map(drop), t.request_done_redated())).await
}

async fn again(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    require(case.is_asker())?;
    let (step, t) = (step(&fields)?, case.shell.t);
    let mut errors = Errors::none();
    let on = day(&case, &fields, &mut errors, "again_on");
    let note = why(t, &fields, None, &mut errors, "again_why");
    let Some(on) = on.filter(|_| errors.is_empty()) else {
        return refuse(&state, case, "again", fields, errors).await;
    };
    let moved = actions::ask_again(&state, &mut case, step, (on, &note)).await;
    answer(&state, case, ("again", fields), (moved, t.request_done_again())).await
}
