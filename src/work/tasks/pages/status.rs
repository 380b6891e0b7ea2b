//! One-click changes: status, taking a task, watching it.

use super::waits_for_choices;
use crate::{
    events::Change,
    platform::ids::PersonId,
    projects::Part,
    web::{
        self, AppState, Error, Errors, Fields, Flash, Reply, Shell, paths,
        reply::safe_path,
        shell::Undo,
        ui::{self, Choice},
    },
    work::tasks::{
        Status, Task, TaskEditor, TaskMover,
        access::TaskWatcher,
        actions::{self, Outcome, Problem, StatusChange},
        model::Mistake,
    },
};
use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::IntoResponse,
};

/// Where a form leads back to: its `back`, else the task.
fn back_to(fields: &Fields, own: &str) -> String {
    if fields.get("back").is_empty() { own.to_owned() } else { safe_path(fields.get("back")) }
}

/// The version that the reader saw: in the address when one form holds many rows, else in the form.
fn version(fields: &Fields, uri: &Uri) -> web::Result<i32> {
    Fields::of_query(uri).value("version").map_or_else(|| fields.hidden("version"), Ok)
}

/// `waits_for` as a code or an id of a part; none when it is empty.
fn waits_for<'a>(fields: &Fields, parts: &'a [Part]) -> Result<Option<&'a Part>, Mistake> {
    match fields.get("waits_for") {
        "" => Ok(None),
        given => {
            let id = given.parse().ok();
            let named = |part: &&Part| part.code == given || Some(part.id) == id;
            parts.iter().find(named).map(Some).ok_or(Mistake::PartUnknown)
        }
    }
}

/// The form for a status that needs more words: without a script, and after a mistake.
#[derive(Template)]
#[template(path = "work/tasks/blocked.html")]
struct BlockedPage {
    shell: Shell,
    title: String,
    path: String,
    version: i32,
    reason: String,
    waits_for: Vec<Choice>,
    waits_for_code: String,
    back: String,
    errors: Errors,
}

/// Somebody was faster: what stands now beside what was chosen.
#[derive(Template)]
#[template(path = "work/tasks/stale_status.html")]
struct StalePage {
    shell: Shell,
    title: String,
    path: String,
    version: i32,
    now: ui::Status,
    now_reason: String,
    changed_at: String,
    chosen: ui::Status,
    reason: String,
    waits_for_code: String,
    back: String,
}

/// `POST …/status`: `status`, `version`, and for blocked `reason` and `waits_for` (a code).
pub async fn set(
    State(state): State<AppState>,
    shell: Shell,
    proof: TaskMover,
    uri: Uri,
    fields: Fields,
) -> web::Result {
    let status: Status = fields.hidden("status")?;
    let version = version(&fields, &uri)?;
    let path = paths::task(proof.key(), proof.task().number).to_string();
    let back = back_to(&fields, &path);
    let waits_for = match waits_for(&fields, proof.parts()) {
        Ok(part) => part,
        Err(mistake) => return ask(shell, &proof, &fields, version, back, |t| mistake.text(t)),
    };
    let to = StatusChange { status, reason: fields.text("reason"), waits_for: waits_for.map(|part| part.id) };
    let mut change = Change::begin(&state, &shell).await?;
    let outcome = actions::set_status(&mut change, &proof, version, &to).await;
    match outcome {
        Ok(Outcome::Changed) => {
            change.commit().await?;
            let undo = undo(&proof, version + 1, &path, &back);
            Ok(answer(&shell, &proof, status, back, Some(undo)))
        }
        Ok(Outcome::Already) => Ok(answer(&shell, &proof, status, back, None)),
        Err(Problem::Refused(refusal)) if status == Status::Blocked => {
            drop(change);
            ask(shell, &proof, &fields, version, back, |t| refusal.text(t))
        }
        Err(Problem::Stale(now)) => {
            drop(change);
            stale(shell, &now, &to, fields.get("waits_for"), path, back)
        }
        Err(problem) => Err(problem.into()),
    }
}

fn answer(
    shell: &Shell,
    proof: &TaskMover,
    status: Status,
    back: String,
    undo: Option<Undo>,
) -> axum::response::Response {
    let text = shell.t.task_status_set(status.label(shell.t), proof.task().label(proof.key()));
    Reply::to(back).flash(Flash { tone: "ok", text, undo }).into_response()
}

/// Back to how the task stood when the reader saw it.
fn undo(proof: &TaskMover, version: i32, path: &str, back: &str) -> Undo {
    let task = proof.task();
    let waits_for = proof.parts().iter().find(|part| Some(part.id) == task.waits_for_part_id);
    let mut fields = vec![
        ("version".to_owned(), version.to_string()),
        ("status".to_owned(), task.status.as_str().to_owned()),
        ("back".to_owned(), back.to_owned()),
    ];
    if task.status == Status::Blocked {
        fields.push(("reason".to_owned(), task.blocked_reason.clone()));
        fields.push(("waits_for".to_owned(), waits_for.map(|part| part.code.clone()).unwrap_or_default()));
    }
    Undo { action: format!("{path}/status"), fields }
}

fn ask(
    shell: Shell,
    proof: &TaskMover,
    fields: &Fields,
    version: i32,
    back: String,
    text: impl FnOnce(crate::platform::locale::T) -> String,
) -> web::Result {
    let (t, task) = (shell.t, proof.task());
    let has_typed = fields.has("reason");
    let code = |task: &Task| {
        let part = proof.parts().iter().find(|part| Some(part.id) == task.waits_for_part_id);
        part.map(|part| part.code.clone()).unwrap_or_default()
    };
    let page = BlockedPage {
        title: format!("{} {}", task.label(proof.key()), task.shown_title(t)),
        path: paths::task(proof.key(), task.number).to_string(),
        version,
        reason: if has_typed { fields.text("reason") } else { task.blocked_reason.clone() },
        waits_for: waits_for_choices(t, proof.parts(), Some(task.part_id)),
        waits_for_code: if has_typed { fields.get("waits_for").to_owned() } else { code(task) },
        back,
        // The button was pressed without a script: the form has not been seen yet, so nothing is wrong with it.
        errors: if has_typed { Errors::none().with("reason", text(t)) } else { Errors::none() },
        shell,
    };
    web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn stale(shell: Shell, now: &Task, to: &StatusChange, code: &str, path: String, back: String) -> web::Result {
    let page = StalePage {
        title: now.shown_title(shell.t).to_owned(),
        path,
        version: now.version,
        now: now.status.mark(),
        now_reason: now.blocked_reason.clone(),
        changed_at: shell.moment(now.changed_at),
        chosen: to.status.mark(),
        reason: to.reason.clone(),
        waits_for_code: code.to_owned(),
        back,
        shell,
    };
    web::page_with(StatusCode::CONFLICT, &page)
}

/// `POST …/assign`: `assignee` (empty for nobody) and `version`.
pub async fn assign(
    State(state): State<AppState>,
    shell: Shell,
    proof: TaskEditor,
    uri: Uri,
    fields: Fields,
) -> web::Result {
    let to: Option<PersonId> = if fields.get("assignee").is_empty() { None } else { Some(fields.hidden("assignee")?) };
    let version = version(&fields, &uri)?;
    let path = paths::task(proof.key(), proof.task().number).to_string();
    let mut change = Change::begin(&state, &shell).await?;
    if actions::assign(&mut change, &proof, version, to).await? == Outcome::Changed {
        change.commit().await?;
    }
    let text = shell.t.task_assigned(proof.task().label(proof.key()));
    Ok(Reply::to(back_to(&fields, &path)).done(text).into_response())
}

/// `POST …/watch`.
pub async fn watch(State(state): State<AppState>, shell: Shell, proof: TaskWatcher, fields: Fields) -> web::Result {
    let mut change = Change::begin(&state, &shell).await?;
    let outcome = actions::watch(&mut change, &proof).await?;
    watched(change, outcome, &proof, &fields, shell.t.task_now_watching()).await
}

/// `POST …/unwatch`.
pub async fn unwatch(State(state): State<AppState>, shell: Shell, proof: TaskWatcher, fields: Fields) -> web::Result {
    let mut change = Change::begin(&state, &shell).await?;
    let outcome = actions::unwatch(&mut change, &proof).await?;
    watched(change, outcome, &proof, &fields, shell.t.task_no_longer_watching()).await
}

async fn watched(
    change: Change,
    outcome: Outcome,
    proof: &TaskWatcher,
    fields: &Fields,
    text: String,
) -> Result<axum::response::Response, Error> {
    if outcome == Outcome::Changed {
        change.commit().await?;
    }
    let path = paths::task(proof.key(), proof.task().number).to_string();
    Ok(Reply::to(back_to(fields, &path)).done(text).into_response())
}
