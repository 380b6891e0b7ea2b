//! A request that was refused twice, not answered in time or promised with a task that was dropped becomes an escalation: the
//! form to raise it, filled from the thread, at `/p/GEO/requests/7/escalate`.

use super::{
    access::{Case, require},
    actions,
    case::Request,
    model::State as Standing,
    store, words,
};
use crate::{
    decisions::{
        matrix,
        raising::{
            actions::{Raised, Raiser, raise_in},
            pages::{self as raising, Place, Sent},
        },
    },
    events::Change,
    platform::ids::{EscalationId, RequestId, RequestMoveId},
    projects::ProjectViewer,
    web::{AppState, Error, Fields, Reply, Result, Routes, Tier, paths, paths::Parameter},
};
use axum::{extract::State, response::IntoResponse};

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/requests/{number}/escalate", show).post(
        Tier::Project,
        "/p/{key}/requests/{number}/escalate",
        raise,
    )
}

/// What a viewer of the form finds.
enum Found {
    /// The request can be escalated, and they may.
    Ready(Box<Escalator>),
    /// It cannot, or has been: the page that says so, and the escalation that it became.
    Elsewhere(String, Option<EscalationId>),
}

/// Somebody of the asker's side in front of a request that can be escalated.
struct Escalator {
    raiser: Raiser,
    request: Request,
    path: String,
}

impl Escalator {
    /// From a viewer who speaks for the asker.
    async fn prove(mut viewer: ProjectViewer, number: i32) -> Result<Found> {
        let project = viewer.project().id;
        let request = store::request(viewer.conn(), project, number).await?.ok_or(Error::NotFound)?;
        let asker = viewer.standing().part(request.from).ok_or(Error::NotFound)?;
        require(viewer.rights().may_ask_for(asker.id, asker.kind))?;
        let (key, now) = (viewer.project().key.clone(), viewer.shell().now);
        let path = paths::request(&key, number).to_string();
        if let Some(escalation) = request.escalation.as_ref().filter(|_| request.standing.state == Standing::Escalated)
        {
            let to = paths::escalation(&key, escalation.number).to_string();
            return Ok(Found::Elsewhere(to, Some(escalation.id)));
        }
        if !request.may_escalate(now) {
            return Ok(Found::Elsewhere(path, None));
        }
        let raiser = Raiser::prove(viewer)?.between(request.from, request.to);
        Ok(Found::Ready(Box::new(Self { raiser, request, path })))
    }

    fn place(&self) -> Place {
        Place { action: format!("{}/escalate", self.path), cancel: self.path.clone() }
    }

    /// The fields of the form, filled from the thread.
    fn fields(&self) -> Result<Fields> {
        let (raiser, request) = (&self.raiser, &self.request);
        let part = |id| raiser.parts.iter().find(|part| part.id == id).ok_or(Error::NotFound);
        let matrix = matrix::matrix().map_err(Error::internal)?;
        let sides = (part(request.from)?, part(request.to)?);
        let filled = words::filled(raiser.shell.t, &raiser.shell.zone, matrix, request, sides);
        let number = request.task.as_ref().map(|task| task.number.to_string()).unwrap_or_default();
        Ok(Fields::of(&[
            ("from", &request.from.to_string()),
            ("to", &request.to.to_string()),
            ("kind", filled.kind.map_or("", |kind| &kind.code)),
            ("question", &filled.question),
            ("background", &filled.background),
            ("position", &filled.position),
            ("task", &number),
            ("evidence_label", &filled.label),
            ("evidence_body", &filled.thread),
        ]))
    }
}

async fn show(viewer: ProjectViewer, Parameter(number): Parameter<i32>) -> Result {
    match Escalator::prove(viewer, number).await? {
        Found::Elsewhere(elsewhere, _) => Ok(Reply::to(elsewhere).into_response()),
        Found::Ready(escalator) => raising::filled(&escalator.raiser, escalator.place(), &escalator.fields()?),
    }
}

async fn raise(
    State(state): State<AppState>,
    viewer: ProjectViewer,
    Parameter(number): Parameter<i32>,
    fields: Fields,
) -> Result {
    let escalator = match Escalator::prove(viewer, number).await? {
        // The same form, sent twice.
        Found::Elsewhere(to, Some(id)) if fields.value("id") == Some(id) => return Ok(Reply::to(to).into_response()),
        // Somebody was faster; what was typed stands on the page that says so.
        Found::Elsewhere(..) => return Err(Error::Conflict),
        Found::Ready(escalator) => escalator,
    };
    let mut new = match raising::read(&escalator.raiser, escalator.place(), &fields)? {
        Sent::Ready(new) => new,
        Sent::Page(page) => return Ok(page),
    };
    words::label_thread(&mut new.evidence, fields.get("evidence_label"));
    let raiser = &escalator.raiser;
    if (new.from, new.to) != (escalator.request.from, escalator.request.to) {
        return Err(Error::Unprocessable);
    }
    let mut change = Change::begin(&state, &raiser.shell).await?;
    let now = locked(&mut change, raiser, escalator.request.id).await?;
    if let Some(raised) = now.escalation.as_ref().filter(|raised| raised.id == new.id) {
        // The same form, sent twice.
        return Ok(Reply::to(paths::escalation(&raiser.project.key, raised.number)).into_response());
    }
    now.standing.escalate(now.is_overdue(change.now()))?;
    match raise_in(&mut change, &raiser.ground(), &new).await? {
        Raised::As(number) => {
            let (project, escalation) = (raiser.project.id, (new.id, number));
            actions::escalated(&mut change, project, &now, RequestMoveId::new(), escalation).await?;
            change.commit().await?;
            let to = paths::escalation(&raiser.project.key, number);
            Ok(Reply::to(to).done(raiser.shell.t.decisions_raised(number)).into_response())
        }
        Raised::NoSuchTask => raising::without_task(raiser, escalator.place(), &fields),
    }
}

async fn locked(change: &mut Change, raiser: &Raiser, id: RequestId) -> Result<Request> {
    store::locked(change.conn(), raiser.project.id, id).await?.ok_or(Error::NotFound)
}

/// Where the form to escalate a request is, for whoever may.
#[must_use]
pub fn link(case: &Case) -> Option<String> {
    let may = case.is_asker() && case.request().may_escalate(case.shell.now);
    may.then(|| format!("{}/escalate", case.path()))
}
