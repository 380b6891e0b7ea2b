//! `POST /p/{key}/work/bulk`: several tasks changed at once, all or none.

use crate::{
    events::Change,
    platform::{
        clock::{agreed_day, is_agreed},
        ids::{MilestoneId, PersonId},
        locale::T,
    },
    projects::{ProjectHead, ProjectViewer, Tab},
    web::{AppState, Error, Fields, Flash, Reply, Result, Shell, page_with, paths, reply::safe_path, ui},
    work::{
        several::{self, Edit, Outcome, Refused, Why},
        tasks::{
            Task, TaskMover, TaskViewer,
            access::Ground,
            actions::StatusChange,
            model::{Refusal, deadline},
            store,
        },
    },
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::{ToSpan, civil::Date};

/// As many as a page shows.
const MOST: usize = 500;

/// What the form asks of every task.
struct Wish {
    status: Option<StatusChange>,
    due_on: Option<Date>,
    shift: Option<i32>,
    assignee: Option<Option<PersonId>>,
    milestone: Option<Option<MilestoneId>>,
}

impl Wish {
    fn parse(fields: &Fields) -> Self {
        Self {
            status: fields.value("status").map(|status| StatusChange {
                status,
                reason: fields.text("reason"),
                waits_for: None,
            }),
            due_on: agreed_day(fields.get("due")),
            shift: fields.value("shift").filter(|days: &i32| days.unsigned_abs() <= 366),
            assignee: one_or_none(fields, "assignee"),
            milestone: one_or_none(fields, "milestone"),
        }
    }

    fn is_nothing(&self) -> bool {
        self.status.is_none()
            && self.due_on.is_none()
            && self.shift.is_none()
            && self.assignee.is_none()
            && self.milestone.is_none()
    }

    /// The day to which the due date moves; a task without one has none to move.
    fn shifted(&self, task: &Task) -> Option<Date> {
        Some(task.due_on?.saturating_add(i64::from(self.shift?).days()))
    }

    /// For one task; a task without a due date has none to move.
    fn of(&self, task: &Task, names: &store::Names) -> Edit {
        Edit {
            status: self.status.clone(),
            due_on: self.due_on.or_else(|| self.shifted(task)).map(Some),
            assignee: self.assignee.map(|to| to.zip(names.assignee.clone())),
            milestone: self.milestone.map(|to| to.zip(names.milestone.clone())),
        }
    }
}

/// Absent when the field is empty, nobody when it says so.
fn one_or_none<V: std::str::FromStr>(fields: &Fields, name: &str) -> Option<Option<V>> {
    match fields.get(name) {
        "" => None,
        "none" => Some(None),
        _ => fields.value(name).map(Some),
    }
}

/// The tasks ticked, as number and version; each once.
fn ticked(fields: &Fields) -> Result<Vec<(i32, i32)>> {
    let mut found = Vec::new();
    for text in fields.all("task") {
        let (number, version) = text.split_once('.').ok_or(Error::Unprocessable)?;
        let number = number.parse().map_err(|_| Error::Unprocessable)?;
        let version = version.parse().map_err(|_| Error::Unprocessable)?;
        if !found.iter().any(|(other, _)| *other == number) {
            found.push((number, version));
        }
    }
    if found.len() > MOST { Err(Error::Unprocessable) } else { Ok(found) }
}

/// Changes all tasks that are ticked, or says which of them cannot change and leaves all as they were.
pub async fn change(State(state): State<AppState>, mut viewer: ProjectViewer, fields: Fields) -> Result {
    let t = viewer.shell().t;
    let back = match fields.get("back") {
        "" => paths::project(&viewer.project().key, "work").to_string(),
        path => safe_path(path),
    };
    let (ticked, wish) = (ticked(&fields)?, Wish::parse(&fields));
    let info = |text| Flash { tone: "info", text, undo: None };
    if !viewer.rights().may_see() || !viewer.rights().may_add_tasks() && !may_move_own(&viewer) {
        return Err(Error::Forbidden);
    }
    if ticked.is_empty() {
        return Ok(Reply::to(back).flash(info(t.board_none_picked())).into_response());
    }
    if wish.is_nothing() {
        return Ok(Reply::to(back).flash(info(t.board_nothing_chosen())).into_response());
    }
    let project = viewer.project().id;
    let names = store::names(viewer.conn(), project, wish.assignee.flatten(), None, wish.milestone.flatten()).await?;
    let is_unknown = wish.assignee.flatten().is_some() && names.assignee.is_none()
        || wish.milestone.flatten().is_some() && names.milestone.is_none();
    let head = viewer.standing().head(Tab::Work);
    let numbers: Vec<i32> = ticked.iter().map(|(number, _)| *number).collect();
    let tasks = TaskViewer::several(viewer, &numbers).await?;
    let Some(ground) = tasks.first().map(|task| task.ground().clone()).filter(|_| tasks.len() == numbers.len()) else {
        return Err(Error::NotFound);
    };
    if is_unknown {
        return Err(Error::Unprocessable);
    }
    let version = |task: &Task| ticked.iter().find(|(number, _)| *number == task.number).map_or(0, |(_, seen)| *seen);
    let mut refused = Vec::new();
    let mut wanted = Vec::new();
    for viewer in &tasks {
        let why = |why| Refused { task: viewer.task().clone(), key: viewer.key().to_owned(), why };
        match TaskMover::prove(viewer) {
            Ok(_) if wish.shifted(viewer.task()).is_some_and(|day| !is_agreed(day)) => refused.push(why(Why::Day)),
            Ok(proof) => wanted.push((proof, version(viewer.task()), wish.of(viewer.task(), &names))),
            Err(_) => refused.push(why(Why::NotAllowed)),
        }
    }
    // Even when some are refused already the others are asked too, so that one page says everything.
    let mut change = Change::begin(&state, &ground.shell).await?;
    match several::apply(&mut change, &wanted).await? {
        Outcome::Refused(more) => refused.extend(more),
        Outcome::Already if refused.is_empty() => {
            return Ok(Reply::to(back).flash(info(t.board_already())).into_response());
        }
        Outcome::Changed(changed) if refused.is_empty() => {
            change.commit().await?;
            return Ok(Reply::to(back).done(t.board_changed(changed.len())).into_response());
        }
        Outcome::Changed(_) | Outcome::Already => {}
    }
    drop(change);
    refuse(&ground, head, &fields, &back, &ticked, &refused)
}

fn may_move_own(viewer: &ProjectViewer) -> bool {
    let me = viewer.shell().viewer.as_ref().map(|viewer| viewer.person_id);
    viewer.standing().parts.first().is_some_and(|part| viewer.rights().may_set_status(part.id, me))
}

/// A task that stays as it is.
struct Line<'a> {
    label: String,
    href: String,
    title: &'a str,
    status: ui::Status,
    due: (&'static str, String),
    assignee: &'a str,
    why: String,
    is_stale: bool,
}

impl<'a> Line<'a> {
    fn of(refused: &'a Refused, shell: &Shell) -> Self {
        let (task, t) = (&refused.task, shell.t);
        let done_on = task.done_at.map(|at| at.to_zoned(shell.zone.clone()).date());
        Self {
            label: task.label(&refused.key),
            href: paths::task(&refused.key, task.number).to_string(),
            title: task.shown_title(t),
            status: task.status.mark(),
            due: deadline(t, task.status, task.due_on, done_on, shell.today()),
            assignee: task.assignee_name.as_deref().unwrap_or_default(),
            why: why(refused.why, t),
            is_stale: refused.why == Why::Stale,
        }
    }
}

fn why(why: Why, t: T) -> String {
    match why {
        Why::NotAllowed => t.board_refused_not_allowed(),
        Why::Day => t.board_refused_day(),
        Why::Stale => t.board_refused_stale(),
        Why::Rule(rule) => rule.text(t),
    }
}

/// Says which tasks cannot change and why; keeps what was chosen for those that can.
#[derive(Template)]
#[template(path = "work/board_refused.html")]
struct RefusedPage<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    lines: Vec<Line<'a>>,
    total: usize,
    back: &'a str,
    /// What was sent, for another try: without the tasks that are refused, unless only the reason is missing.
    kept: Vec<(&'a str, &'a str)>,
    left: usize,
    needs_reason: bool,
}

fn refuse(
    ground: &Ground,
    head: ProjectHead,
    fields: &Fields,
    back: &str,
    ticked: &[(i32, i32)],
    refused: &[Refused],
) -> Result<Response> {
    let has = |wanted: fn(&Why) -> bool| refused.iter().any(|line| wanted(&line.why));
    let status = if has(|why| *why == Why::NotAllowed) {
        StatusCode::FORBIDDEN
    } else if has(|why| matches!(why, Why::Rule(_) | Why::Day)) {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::CONFLICT
    };
    let lacks_reason = |line: &Refused| line.why == Why::Rule(Refusal::ReasonMissing);
    let needs_reason = refused.iter().any(lacks_reason);
    let is_out = |value: &str| {
        let number = value.split_once('.').and_then(|(number, _)| number.parse::<i32>().ok());
        refused.iter().any(|line| Some(line.task.number) == number && !lacks_reason(line))
    };
    let kept: Vec<(&str, &str)> = fields
        .pairs()
        .iter()
        .map(|(name, value)| (name.as_str(), if name == "back" { back } else { value.as_str() }))
        .filter(|(name, value)| !(*name == "task" && is_out(value) || *name == "reason" && needs_reason))
        .collect();
    page_with(
        status,
        &RefusedPage {
            shell: &ground.shell,
            head,
            lines: refused.iter().map(|line| Line::of(line, &ground.shell)).collect(),
            total: ticked.len(),
            back,
            left: kept.iter().filter(|(name, _)| *name == "task").count(),
            kept,
            needs_reason,
        },
    )
}
