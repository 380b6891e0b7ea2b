//! The page to raise an escalation.

use super::{
    actions::{self, Raised, Raiser, may_propose},
    model::{self, OPTIONS, Raise},
};
use crate::{
    decisions::{hearing, matrix},
    goals::signing::{self, proposed::Proposed},
    platform::ids::{EscalationId, EvidenceId},
    projects::{ProjectHead, ProjectViewer},
    web::{AppState, Error, Errors, Fields, Reply, Result, Routes, Shell, Tier, page_with, paths, ui},
};
use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::{IntoResponse, Response},
};

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/escalations/new", show).post(
        Tier::Project,
        "/p/{key}/escalations/new",
        raise,
    )
}

#[derive(Template)]
#[template(path = "decisions/raise.html")]
struct RaisePage<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    errors: Errors,
    sides: Vec<ui::Choice>,
    kinds: Vec<ui::Choice>,
    /// What to bring as evidence, in the words of the matrix.
    bring: String,
    /// What the first option would do to goals: as the form sends it, and in words.
    proposes: Option<(String, String)>,
    form: Form,
}

/// Where the form is sent, and where it is left to. Requests show it at an address of their own.
#[derive(Clone, Debug)]
pub struct Place {
    /// The form's address.
    pub action: String,
    /// Where "Cancel" leads.
    pub cancel: String,
}

impl Place {
    /// `/p/GEO/escalations/new`.
    #[must_use]
    pub fn own(key: &str) -> Self {
        let list = paths::project(key, "escalations").to_string();
        Self { action: format!("{list}/new"), cancel: list }
    }
}

/// What the form shows, as it was typed.
struct Form {
    key: String,
    place: Place,
    id: String,
    evidence_id: String,
    task: String,
    question: String,
    background: String,
    from: String,
    to: String,
    kind: String,
    position: String,
    evidence_label: String,
    evidence_url: String,
    evidence_task: String,
    evidence_body: String,
    /// Name of the field, its label, what was typed.
    options: Vec<(String, String, String)>,
}

impl Form {
    fn of(shell: &Shell, key: &str, place: Place, fields: &Fields) -> Self {
        let options = (1..=OPTIONS).map(|index| {
            let name = format!("option{index}");
            (name.clone(), shell.t.decisions_option_number(index), fields.get(&name).to_owned())
        });
        Self {
            key: key.to_owned(),
            place,
            id: fields.value::<EscalationId>("id").unwrap_or_else(EscalationId::new).to_string(),
            evidence_id: fields.value::<EvidenceId>("evidence_id").unwrap_or_else(EvidenceId::new).to_string(),
            task: fields.get("task").to_owned(),
            question: fields.get("question").to_owned(),
            background: fields.text("background"),
            from: fields.get("from").to_owned(),
            to: fields.get("to").to_owned(),
            kind: fields.get("kind").to_owned(),
            position: fields.text("position"),
            evidence_label: fields.get("evidence_label").to_owned(),
            evidence_url: fields.get("evidence_url").to_owned(),
            evidence_task: fields.get("evidence_task").to_owned(),
            evidence_body: fields.text("evidence_body"),
            options: options.collect(),
        }
    }
}

/// What the first option would do to goals, where a page of goals drafted it for this person and it still can be.
async fn proposing(viewer: &mut ProjectViewer, fields: &Fields) -> Result<Option<(Proposed, String)>> {
    let proposed = Proposed::parse(fields.get("proposes"));
    let Some(proposed) = proposed.filter(|one| may_propose(viewer.rights(), &viewer.standing().parts, one)) else {
        return Ok(None);
    };
    let project = viewer.project().id;
    let about = signing::store::about(viewer.conn(), project, &proposed).await?;
    let about = about.filter(|about| proposed.is_possible(about));
    Ok(about.map(|about| (proposed.clone(), proposed.in_words(viewer.shell().t, &about))))
}

async fn show(mut viewer: ProjectViewer, uri: Uri) -> Result {
    if !viewer.rights().may_raise() {
        return Err(Error::Forbidden);
    }
    let fields = Fields::of_query(&uri);
    let proposing = proposing(&mut viewer, &fields).await?;
    let mut form = Form::of(viewer.shell(), &viewer.project().key, Place::own(&viewer.project().key), &fields);
    let project = viewer.project().id;
    let task = match form.task.parse() {
        Ok(number) => hearing::store::task(viewer.conn(), project, number).await?,
        Err(_) => None,
    };
    form.task = task.as_ref().map(|task| task.number.to_string()).unwrap_or_default();
    if let Some(task) = &task {
        form.evidence_task = format!("{}-{}", viewer.project().key, task.number);
    }
    if form.from.is_empty() {
        form.from = viewer.rights().parts().next().map(|part| part.to_string()).unwrap_or_default();
    }
    if form.to.is_empty()
        && let Some(task) = task.filter(|task| task.part_id.to_string() != form.from)
    {
        form.to = task.part_id.to_string();
    }
    let raiser = Raiser::prove(viewer)?.proposing(proposing);
    render(&raiser, form, Errors::none(), StatusCode::OK)
}

fn render(raiser: &Raiser, form: Form, errors: Errors, status: StatusCode) -> Result {
    let (shell, t) = (&raiser.shell, raiser.shell.t);
    let matrix = matrix::matrix().map_err(Error::internal)?;
    let parts = &raiser.parts;
    let mut sides = vec![ui::Choice::new("", t.decisions_side_choose())];
    sides.extend(model::sides(parts).map(|part| ui::Choice::new(part.id, part.name(t))));
    let fitting = model::kinds(matrix, parts, &form.from, &form.to);
    let is_pair = !form.from.is_empty() && !form.to.is_empty();
    let bring = fitting.first().filter(|_| is_pair).map(|kind| t.pair(&kind.evidence.en, &kind.evidence.zh).to_owned());
    let mut kinds = vec![ui::Choice::new("", t.decisions_kind_choose())];
    kinds.extend(fitting.into_iter().map(|kind| {
        let category = matrix.category(&kind.category).map(|category| &category.name);
        let name = t.pair(&kind.name.en, &kind.name.zh);
        let category = category.map_or("", |category| t.pair(&category.en, &category.zh));
        ui::Choice::new(&kind.code, matrix::named(t, name, category))
    }));
    let head = raiser.head.clone();
    let proposes = raiser.proposing.as_ref().map(|(proposed, words)| (proposed.field(), words.clone()));
    page_with(
        status,
        &RaisePage { shell, head, errors, sides, kinds, bring: bring.unwrap_or_default(), proposes, form },
    )
}

/// What a form that was sent asks for.
#[derive(Debug)]
pub enum Sent {
    /// To raise this.
    Ready(Box<Raise>),
    /// Something else: the page again, with kinds for the two sides or with mistakes.
    Page(Response),
}

/// The form with what is known already, at a place of its own.
///
/// # Errors
/// Of the template.
pub fn filled(raiser: &Raiser, place: Place, fields: &Fields) -> Result {
    render(raiser, Form::of(&raiser.shell, &raiser.project.key, place, fields), Errors::none(), StatusCode::OK)
}

/// Reads the form where it was sent to.
///
/// # Errors
/// Of the template.
pub fn read(raiser: &Raiser, place: Place, fields: &Fields) -> Result<Sent> {
    let form = Form::of(&raiser.shell, &raiser.project.key, place, fields);
    // Only the button raises it; anything else looks at the kinds for the two sides.
    if fields.get("act") != "raise" {
        return render(raiser, form, Errors::none(), StatusCode::OK).map(Sent::Page);
    }
    let matrix = matrix::matrix().map_err(Error::internal)?;
    match model::read(raiser.shell.t, matrix, &raiser.project.key, &raiser.parts, &raiser.rights, fields) {
        Ok(new) => {
            let proposes = raiser.proposing.as_ref().filter(|_| !new.options.is_empty());
            let proposes = proposes.map(|(proposed, _)| proposed.clone());
            Ok(Sent::Ready(Box::new(Raise { proposes, ..new })))
        }
        Err(errors) => render(raiser, form, errors, StatusCode::UNPROCESSABLE_ENTITY).map(Sent::Page),
    }
}

/// The form again when the project has no task with the number that was given.
///
/// # Errors
/// Of the template.
pub fn without_task(raiser: &Raiser, place: Place, fields: &Fields) -> Result {
    let errors = Errors::none().with("evidence_task", raiser.shell.t.decisions_evidence_task_wrong());
    render(
        raiser,
        Form::of(&raiser.shell, &raiser.project.key, place, fields),
        errors,
        StatusCode::UNPROCESSABLE_ENTITY,
    )
}

async fn raise(State(state): State<AppState>, mut viewer: ProjectViewer, fields: Fields) -> Result {
    let proposing = proposing(&mut viewer, &fields).await?;
    // One connection a request: the viewer's goes back before the change takes its own.
    let raiser = Raiser::prove(viewer)?.proposing(proposing);
    let key = raiser.project.key.clone();
    if raiser.proposing.is_none() && !fields.get("proposes").is_empty() {
        let errors = Errors::none().with("option1", raiser.shell.t.decisions_proposed_gone());
        let form = Form::of(&raiser.shell, &key, Place::own(&key), &fields);
        return render(&raiser, form, errors, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let new = match read(&raiser, Place::own(&key), &fields)? {
        Sent::Ready(new) => new,
        Sent::Page(page) => return Ok(page),
    };
    match actions::raise(&state, &raiser, &new).await? {
        Raised::As(number) => {
            let done = raiser.shell.t.decisions_raised(number);
            Ok(Reply::to(paths::escalation(&key, number)).done(done).into_response())
        }
        Raised::NoSuchTask => without_task(&raiser, Place::own(&key), &fields),
    }
}
