//! `/` and what it sends.

use super::{
    form::{self, Sent, Standing},
    rows::{Day, Ground, Group, Row, days, groups, rows},
    save::{self, Kept, Saved},
    store,
    waiting::{Beside, beside},
};
use crate::{
    projects,
    web::{
        AppState, Error, Fields, Place, Reply, Result, Routes, Shell, Tier, page_with,
        paths::Parameter,
        ui::{self, Choice},
    },
    work::tasks::{TaskLabel, TaskMover, pages::waits_for_choices},
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

/// The fields of a row, in their order.
const FIELDS: [&str; 4] = ["status", "due_on", "reason", "waits_for"];

#[derive(Template)]
#[template(path = "overview/my_work.html")]
struct MyWorkPage<'a> {
    shell: &'a Shell,
    today: String,
    groups: Vec<Group>,
    /// What was shown of each row, a line each.
    was: String,
    /// For whom a blocked task can wait, once for each department that owns rows.
    lists: Vec<List>,
    beside: Beside<'a>,
    /// Around the departments I speak for.
    speaks: (String, String),
    days: Vec<Day>,
    /// How many rows I can say to be on track with one button.
    to_confirm: usize,
    /// Those it leaves out.
    left_out: String,
    /// What the dialog begins with; the script adds the row's own list.
    waits_for: Vec<Choice>,
    waits_for_code: &'static str,
    kept: &'a Kept,
}

impl MyWorkPage<'_> {
    fn error(&self, field: &str, row: &Row) -> String {
        self.kept.errors.get(&format!("{field}-{}", row.label)).unwrap_or_default().to_owned()
    }

    /// Whether something is wrong with the row.
    fn is_wrong(&self, row: &Row) -> bool {
        FIELDS.into_iter().any(|field| !self.error(field, row).is_empty())
    }

    /// What is later is folded, unless there is nothing else or something in it needs a look.
    fn is_folded(&self, group: &Group) -> bool {
        group.is_later() && self.groups.len() > 1 && !group.rows.iter().any(|row| row.is_typed || self.is_wrong(row))
    }
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
    let tasks = store::tasks(&mut lease, &me, shell.t.is_chinese()).await?;
    let mut ids: Vec<_> = tasks.iter().map(|task| task.project_id).collect();
    ids.sort();
    ids.dedup();
    let held = projects::store::held(&mut lease, me.person_id, &ids).await?;
    let waiting = store::waiting(&mut lease, &me, shell.t.is_chinese(), shell.today()).await?;
    let calendar = crate::departments::calendar(&mut lease).await?;
    drop(lease);
    let grounds: Vec<Ground> = held.into_iter().map(|held| Ground::of(held, &me)).collect();
    let rows = rows(&shell, &me, &grounds, tasks, &kept.sent);
    let beside = beside(&shell, &calendar, &waiting);
    let text = shell.t.my_work_speaks(beside.projects, "\u{1}");
    let (before, after) = text.split_once('\u{1}').unwrap_or_default();
    page_with(
        status,
        &MyWorkPage {
            today: shell.day(shell.today()),
            to_confirm: rows.iter().filter(|row| !row.is_reviewed && row.can_be_on_track).count(),
            left_out: left_out(&shell, rows.iter().filter(|row| !row.is_reviewed && !row.can_be_on_track)),
            waits_for: vec![Choice::new("", shell.t.task_waits_for_outside())],
            was: rows.iter().map(|row| row.mark.as_str()).collect::<Vec<_>>().join("\n"),
            lists: lists(&shell, &grounds, &rows),
            waits_for_code: "",
            groups: groups(shell.t, rows),
            speaks: (before.to_owned(), after.to_owned()),
            days: days(&shell),
            beside,
            kept,
            shell: &shell,
        },
    )
}

/// For whom the blocked tasks of one department of a project can wait.
struct List {
    /// `GEO-MKT`.
    id: String,
    /// In the words of the dialog.
    names: Vec<String>,
}

/// The lists that the rows name, each once.
fn lists(shell: &Shell, grounds: &[Ground], rows: &[Row]) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    for row in rows {
        let Some(ground) = grounds.iter().find(|ground| ground.key() == row.key) else { continue };
        if !lists.iter().any(|list| list.id == row.list) {
            let choices = waits_for_choices(shell.t, ground.parts(), Some(row.part_id));
            let names = choices.into_iter().filter(|choice| !choice.value.is_empty()).map(|choice| choice.label);
            lists.push(List { id: row.list.clone(), names: names.collect() });
        }
    }
    lists
}

/// The titles of rows, the first few by name; empty without any.
fn left_out<'a>(shell: &Shell, rows: impl Iterator<Item = &'a Row>) -> String {
    save::some_titles(shell.t, &rows.map(|row| row.title.as_str()).collect::<Vec<_>>())
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
    let was = save::standing(shell.t, proof);
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
    match save::save(state, &shell, &proofs, sent, confirms).await? {
        Saved::Done(flash) => Ok(Reply::to("/").flash(flash).into_response()),
        Saved::Refused(status, kept) => render(state, shell, status, &kept).await,
    }
}
