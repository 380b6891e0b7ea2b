//! `/` and what it sends.

use super::{
    desk::Desk,
    form::{self, Sent, Standing},
    rows::{Day, days},
    save::{self, Kept, Saved},
    store,
    view::{self, WorkForm},
    waiting::{Beside, beside},
};
use crate::{
    web::{
        AppState, Error, Fields, Place, Reply, Result, Routes, Shell, Tier, page_with,
        paths::Parameter,
        ui::{self, Choice},
    },
    work::tasks::{TaskLabel, TaskMover},
};
use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::{IntoResponse, Response},
};

/// My work: the page, all its rows in one form, and one row by itself.
pub fn routes() -> Routes {
    Routes::new().get(Tier::SignedIn, "/", show).post(Tier::SignedIn, "/", save_all).post(
        Tier::SignedIn,
        "/my-work/{id}",
        save_one,
    )
}

#[derive(Template)]
#[template(path = "overview/my_work.html")]
struct MyWorkPage<'a> {
    shell: &'a Shell,
    today: String,
    work: WorkForm<'a>,
    beside: Beside<'a>,
    /// Around the departments I speak for.
    speaks: (String, String),
    days: Vec<Day>,
    /// What the dialog begins with; the script adds the row's own list.
    waits_for: Vec<Choice>,
    waits_for_code: &'static str,
}

async fn show(State(state): State<AppState>, shell: Shell) -> Result {
    // Guests have no tasks: what was put before them is their home.
    if shell.is_guest() {
        return Ok(Reply::to("/committee").into_response());
    }
    render(&state, shell, StatusCode::OK, &Kept::default()).await
}

/// The page, with what was typed when the form comes back.
async fn render(state: &AppState, shell: Shell, status: StatusCode, kept: &Kept) -> Result {
    let shell = shell.at(Place::MyWork);
    let me = shell.viewer()?.clone();
    let mut lease = state.db.lease().await?;
    let (grounds, tasks) = view::read(&mut lease, &me, shell.t.is_chinese()).await?;
    let waiting = store::waiting(&mut lease, &me, shell.t.is_chinese(), shell.today()).await?;
    let calendar = crate::departments::calendar(&mut lease).await?;
    drop(lease);
    let work = WorkForm::new(&shell, &Desk::SignedIn, &grounds, tasks, kept)?;
    let work = work.with_requests(&shell, &waiting);
    let beside = beside(&shell, &calendar, &waiting);
    let text = shell.t.my_work_speaks(beside.projects, "\u{1}");
    let (before, after) = text.split_once('\u{1}').unwrap_or_default();
    page_with(
        status,
        &MyWorkPage {
            today: shell.day(shell.today()),
            work,
            waits_for: vec![Choice::new("", shell.t.task_waits_for_outside())],
            waits_for_code: "",
            speaks: (before.to_owned(), after.to_owned()),
            days: days(&shell),
            beside,
            shell: &shell,
        },
    )
}

/// Saves every row that was changed and, with `confirm`, notes of all others that they are on track.
async fn save_all(State(state): State<AppState>, shell: Shell, fields: Fields) -> Result {
    let sent = form::rows(&fields);
    let labels: Vec<TaskLabel> = sent.iter().map(|row| row.label.clone()).collect();
    let proofs = own(&state, &shell, &labels).await?;
    answer(&state, shell, proofs, sent, fields.has("confirm")).await
}

/// Saves one row: its status or its date, seen in the version that the address names.
async fn save_one(
    State(state): State<AppState>,
    shell: Shell,
    Parameter(label): Parameter<TaskLabel>,
    uri: Uri,
    fields: Fields,
) -> Result {
    let proofs = own(&state, &shell, std::slice::from_ref(&label)).await?;
    let proof = proofs.first().ok_or(Error::NotFound)?;
    let version = Fields::of_query(&uri).hidden("version")?;
    let was = save::standing(shell.t, proof.parts(), proof.task());
    let sent = |name: &str, before: &str| if fields.has(name) { fields.text(name) } else { before.to_owned() };
    let now = Standing {
        status: if fields.has("status") { fields.hidden("status")? } else { was.status },
        due_on: sent("due_on", &was.due_on),
        waits_for: save::shown_name(shell.t, proof, sent("waits_for", &was.waits_for)),
        reason: sent("reason", &was.reason),
    };
    answer(&state, shell, proofs, vec![Sent { label, version, was, now }], false).await
}

async fn own(state: &AppState, shell: &Shell, labels: &[TaskLabel]) -> Result<Vec<TaskMover>> {
    let mut lease = state.db.lease().await?;
    TaskMover::own(&mut lease, shell.viewer()?, labels).await
}

async fn answer(
    state: &AppState,
    shell: Shell,
    proofs: Vec<TaskMover>,
    sent: Vec<Sent>,
    confirms: bool,
) -> Result<Response> {
    match save::save(state, (&shell, &Desk::SignedIn), &proofs, sent, confirms).await? {
        Saved::Done(flash) => Ok(Reply::to("/").flash(flash).into_response()),
        Saved::Refused(status, kept) => render(state, shell, status, &kept).await,
    }
}
