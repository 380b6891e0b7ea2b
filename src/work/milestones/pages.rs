//! `/p/GEO/milestones`.

use super::{
    Milestone, MilestoneEditor, MilestoneKind,
    actions::{self, Problem},
    model::{MilestoneFields, Mistake, slip_text},
    store::{self, Listed},
};
use crate::platform::clock::agreed_day;
use crate::{
    departments,
    events::Change,
    platform::{
        ids::{MilestoneId, StageId},
        locale::T,
        working_time::Calendar,
    },
    projects::{ProjectHead, ProjectViewer, Tab},
    web::{
        self, AppState, Errors, Fields, Reply, Routes, Shell, Tier, paths,
        ui::{self, Choice},
    },
    work::tasks::{access::Ground, actions::Outcome, store::detail},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of milestones.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Project, "/p/{key}/milestones", list)
        .post(Tier::Project, "/p/{key}/milestones", create)
        .post(Tier::Project, "/p/{key}/milestones/{id}", edit)
        .post(Tier::Project, "/p/{key}/milestones/{id}/reached", reach)
}

/// What was typed, as text.
#[derive(Clone, Debug, Default)]
struct Form {
    title: String,
    due_on: String,
    stage: String,
}

impl Form {
    fn of_fields(fields: &Fields) -> Self {
        let get = |name: &str| fields.get(name).to_owned();
        Self { title: get("title"), due_on: get("due_on"), stage: get("stage") }
    }

    fn of(t: T, milestone: &Milestone) -> Self {
        Self {
            title: milestone.shown_title(t).to_owned(),
            due_on: milestone.due_on.to_string(),
            stage: milestone.stage_id.map(|stage| stage.to_string()).unwrap_or_default(),
        }
    }

    /// The fields, and every mistake that can be seen without the database.
    fn parse(&self, t: T) -> Result<MilestoneFields, Errors> {
        let stage: Option<Result<StageId, _>> =
            Some(&self.stage).filter(|text| !text.is_empty()).map(|text| text.parse());
        let due = agreed_day(&self.due_on);
        let fields = MilestoneFields {
            title: self.title.clone(),
            title_zh: None,
            due_on: due.unwrap_or_default(),
            stage_id: stage.as_ref().and_then(|stage| stage.as_ref().ok()).copied(),
        };
        let mut mistakes = fields.mistakes();
        if due.is_none() {
            mistakes.push(Mistake::DueMissing);
        }
        if matches!(stage, Some(Err(_))) {
            mistakes.push(Mistake::StageUnknown);
        }
        if mistakes.is_empty() { Ok(fields) } else { Err(errors_of(t, &mistakes)) }
    }
}

fn errors_of(t: T, mistakes: &[Mistake]) -> Errors {
    let mut errors = Errors::none();
    for mistake in mistakes {
        errors.add(mistake.field(), mistake.text(t));
    }
    errors
}

/// What a form of this page got wrong, kept for the next look at it.
#[derive(Default)]
struct Kept {
    /// The row whose form it is; the form for a new one when there is none.
    row: Option<MilestoneId>,
    form: Option<Form>,
    new_id: Option<MilestoneId>,
    errors: Errors,
    /// Somebody was faster: this stands now.
    now: Option<Box<Milestone>>,
}

/// A decision that moved it.
struct Decision {
    label: String,
    href: String,
    /// The day on which it was made.
    when: String,
}

struct Row {
    id: MilestoneId,
    kind: MilestoneKind,
    title: String,
    stage: String,
    /// The page of the gate that it is.
    gate: Option<String>,
    due: String,
    tone: &'static str,
    due_text: String,
    slip_tone: &'static str,
    /// The day first agreed on, when another one stands now.
    was: String,
    slip: String,
    /// The last decision that moved it, then those before.
    decision: Option<Decision>,
    earlier: Vec<Decision>,
    done: i64,
    tasks: i64,
    tasks_href: String,
    is_reached: bool,
    reached: String,
    version: i32,
    path: String,
    /// Added to the ids of its fields, so that no two are the same on the page.
    suffix: String,
    is_open: bool,
    stale: String,
    form: Form,
    errors: Errors,
}

impl Row {
    fn is_own(&self) -> bool {
        self.kind == MilestoneKind::Own
    }

    fn is_launch(&self) -> bool {
        self.kind == MilestoneKind::Launch
    }

    /// The id of a control of its form.
    fn control(&self, name: &str) -> String {
        format!("{name}{}", self.suffix)
    }
}

#[derive(Template)]
#[template(path = "work/milestones.html")]
struct Page {
    shell: Shell,
    head: ProjectHead,
    rows: Vec<Row>,
    stages: Vec<Choice>,
    may_edit: bool,
    new_id: MilestoneId,
    new_form: Form,
    new_suffix: &'static str,
    new_is_open: bool,
    new_errors: Errors,
    errors: Errors,
}

impl Page {
    /// The id of a control of the form for a new one.
    fn control(&self, name: &str) -> String {
        format!("{name}{}", self.new_suffix)
    }
}

async fn list(State(state): State<AppState>, viewer: ProjectViewer) -> web::Result {
    let (ground, lease) = Ground::leave(viewer, Tab::Work);
    drop(lease);
    render(&state, &ground, StatusCode::OK, Kept::default()).await
}

async fn render(state: &AppState, ground: &Ground, status: StatusCode, kept: Kept) -> web::Result {
    let t = ground.shell.t;
    let may_edit = ground.rights.may_edit_milestones();
    let mut lease = state.db.lease().await?;
    let listed = store::list(&mut lease, ground.project.id).await?;
    let calendar = departments::calendar(&mut lease).await?;
    let stages = if may_edit { detail::choices(&mut lease, ground.project.id).await?.stages } else { Vec::new() };
    drop(lease);
    let stage = |stage: detail::StageChoice| Choice::new(stage.id, t.pair(&stage.name_en, &stage.name_zh));
    let is_about_new = kept.row.is_none() && !kept.errors.is_empty();
    let rows: Vec<Row> = listed.iter().map(|listed| row(ground, &calendar, listed, &kept)).collect();
    let page = Page {
        head: ground.head.clone(),
        stages: std::iter::once(Choice::new("", t.milestone_no_stage())).chain(stages.into_iter().map(stage)).collect(),
        may_edit,
        new_id: kept.new_id.unwrap_or_else(MilestoneId::new),
        new_form: kept.form.filter(|_| is_about_new).unwrap_or_default(),
        new_suffix: if kept.row.is_none() { "" } else { "-new" },
        new_is_open: is_about_new || rows.is_empty(),
        new_errors: if is_about_new { kept.errors.clone() } else { Errors::none() },
        errors: kept.errors,
        rows,
        shell: ground.shell.clone(),
    };
    web::page_with(status, &page)
}

fn row(ground: &Ground, calendar: &Calendar, listed: &Listed, kept: &Kept) -> Row {
    let (shell, key, one) = (&ground.shell, ground.project.key.as_str(), &listed.milestone);
    let t = shell.t;
    let (tone, due_text) = one.deadline(t, shell.today());
    let is_kept = kept.row == Some(one.id);
    let form = kept.form.clone().filter(|_| is_kept).unwrap_or_else(|| Form::of(t, one));
    let stale = kept.now.as_ref().filter(|_| is_kept);
    let slipped = one.slip(calendar);
    let (slip_tone, slip) = slip_text(t, slipped);
    let gate = listed.stage_code.as_ref().filter(|_| one.kind == MilestoneKind::Gate);
    let mut decisions = listed.decisions.iter().map(|decided| Decision {
        label: format!("D-{}", decided.number),
        href: paths::decision(key, decided.number).to_string(),
        when: shell.day(decided.decided_at.to_zoned(shell.zone.clone()).date()),
    });
    let of = match (one.kind, one.stage_id) {
        (MilestoneKind::Gate, Some(stage)) => format!("stage={stage}"),
        (MilestoneKind::Gate | MilestoneKind::Launch | MilestoneKind::Own, _) => format!("milestone={}", one.id),
    };
    Row {
        id: one.id,
        kind: one.kind,
        title: one.shown_title(t).to_owned(),
        gate: gate.map(|code| paths::project(key, &format!("gates/{code}")).to_string()),
        stage: listed
            .stage
            .as_ref()
            .filter(|_| one.kind == MilestoneKind::Own)
            .map(|stage| t.pick(stage).to_owned())
            .unwrap_or_default(),
        was: if slipped == 0 { String::new() } else { t.milestone_was(shell.day(one.baseline_on)) },
        due: shell.day(one.due_on),
        tone,
        due_text: if tone.is_empty() { String::new() } else { due_text },
        slip_tone,
        slip,
        decision: decisions.next(),
        earlier: decisions.collect(),
        done: listed.done,
        tasks: listed.tasks,
        tasks_href: format!("{}?view=list&{of}", paths::project(key, "work")),
        is_reached: one.reached_at.is_some(),
        reached: one.reached_at.map(|at| shell.moment(at)).unwrap_or_default(),
        version: one.version,
        path: format!("{}/{}", paths::project(key, "milestones"), one.id),
        suffix: if is_kept { String::new() } else { format!("-{}", one.id) },
        is_open: is_kept,
        stale: stale.map(|now| t.milestone_stale(shell.day(now.due_on), now.shown_title(t))).unwrap_or_default(),
        form,
        errors: if is_kept { kept.errors.clone() } else { Errors::none() },
    }
}

async fn create(State(state): State<AppState>, proof: MilestoneEditor, fields: Fields) -> web::Result {
    let id: MilestoneId = fields.hidden("id")?;
    let (ground, form) = (proof.ground(), Form::of_fields(&fields));
    let t = ground.shell.t;
    let errors = match form.parse(t) {
        Ok(parsed) => {
            let mut change = Change::begin(&state, &ground.shell).await?;
            match actions::create(&mut change, &proof, id, &parsed).await {
                Ok(outcome) => return done(change, outcome, ground, t.milestone_added(parsed.title)).await,
                Err(Problem::Mistaken(mistakes)) => errors_of(t, &mistakes),
                Err(problem) => return Err(problem.into()),
            }
        }
        Err(errors) => errors,
    };
    let kept = Kept { form: Some(form), new_id: Some(id), errors, ..Kept::default() };
    render(&state, ground, StatusCode::UNPROCESSABLE_ENTITY, kept).await
}

async fn done(change: Change, outcome: Outcome, ground: &Ground, text: String) -> web::Result {
    if outcome == Outcome::Changed {
        change.commit().await?;
    }
    Ok(Reply::to(paths::project(&ground.project.key, "milestones")).done(text).into_response())
}

async fn edit(State(state): State<AppState>, proof: MilestoneEditor, fields: Fields) -> web::Result {
    let version: i32 = fields.hidden("version")?;
    let (ground, form) = (proof.ground(), Form::of_fields(&fields));
    let t = ground.shell.t;
    let (errors, now) = match form.parse(t) {
        Ok(parsed) => {
            let mut change = Change::begin(&state, &ground.shell).await?;
            let title = parsed.title.clone();
            match actions::edit(&mut change, &proof, version, parsed).await {
                Ok(outcome) => return done(change, outcome, ground, t.milestone_saved(title)).await,
                Err(Problem::Mistaken(mistakes)) => (errors_of(t, &mistakes), None),
                Err(Problem::Stale(now)) => (Errors::none(), Some(now)),
                Err(problem) => return Err(problem.into()),
            }
        }
        Err(errors) => (errors, None),
    };
    let status = if now.is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let kept = Kept { row: Some(proof.milestone()?.id), form: Some(form), errors, now, new_id: None };
    render(&state, ground, status, kept).await
}

async fn reach(State(state): State<AppState>, proof: MilestoneEditor, fields: Fields) -> web::Result {
    let version: i32 = fields.hidden("version")?;
    let is_reached = fields.get("reached") == "1";
    let ground = proof.ground();
    let (t, one) = (ground.shell.t, proof.milestone()?);
    let mut change = Change::begin(&state, &ground.shell).await?;
    match actions::set_reached(&mut change, &proof, version, is_reached, ground.shell.today()).await {
        Ok(outcome) => {
            let title = one.shown_title(t).to_owned();
            let text = if is_reached { t.milestone_now_reached(title) } else { t.milestone_now_open(title) };
            done(change, outcome, ground, text).await
        }
        Err(Problem::Stale(now)) => {
            drop(change);
            let kept = Kept { row: Some(one.id), form: Some(Form::of(t, &now)), now: Some(now), ..Kept::default() };
            render(&state, ground, StatusCode::CONFLICT, kept).await
        }
        Err(problem) => Err(problem.into()),
    }
}
