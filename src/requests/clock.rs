//! What happens to a request by itself: where the organisation wants it so, one that was refused twice or not answered in
//! time is escalated by the program. Running it again changes nothing.

use super::{
    actions,
    case::Request,
    model::{State, answer_due_at},
    store, words,
};
use crate::{
    decisions::{
        clock::store::nobody_plays,
        hearing::model::{NewEvidence, with_ids},
        matrix,
        raising::{
            actions::{Ground, Raised, raise_in},
            model::Raise,
        },
    },
    departments::organisation::store::organisation,
    events::Change,
    platform::{
        ids::{EscalationId, EvidenceId, ProjectId, RequestId, RequestMoveId},
        jobs,
        locale::T,
    },
    projects::{self, ProjectState, store::Held},
    web::{AppState, Error, Result},
};
use jiff::Timestamp;
use serde_json::json;
use sqlx::PgConnection;

pub use super::store::lists::due;

/// What the program is called in the log.
const REQUEST_ID: &str = "requests";
/// How many requests are recalculated in one transaction.
const PAGE: i64 = 100;

/// The calendar was changed: every answer that is owed is due when the new one says. Done again it changes nothing.
///
/// # Errors
/// When the database is away.
pub async fn recalculate(state: &AppState) -> Result<()> {
    let mut after = (ProjectId(uuid::Uuid::nil()), RequestId(uuid::Uuid::nil()));
    loop {
        let mut lease = state.db.begin().await?;
        let last = recalculate_some(&mut lease, after, None).await?;
        lease.commit().await?;
        match last {
            Some(last) => after = last,
            None => return Ok(()),
        }
    }
}

/// A project goes on that was archived: what waits in it for an answer has its whole time from now on.
///
/// # Errors
/// Of the database.
pub async fn begin_again(conn: &mut PgConnection, project: ProjectId) -> Result<()> {
    let mut after = (project, RequestId(uuid::Uuid::nil()));
    while let Some(last) = recalculate_some(conn, after, Some(project)).await? {
        after = last;
    }
    Ok(())
}

/// Recalculates some requests after one of them; answers the last.
async fn recalculate_some(
    conn: &mut PgConnection,
    after: (ProjectId, RequestId),
    only: Option<ProjectId>,
) -> Result<Option<(ProjectId, RequestId)>> {
    let calendar = crate::departments::calendar(conn).await?;
    let page = store::waits::after(conn, after, only, PAGE).await?;
    for one in &page {
        let due = answer_due_at(one.since, &calendar);
        if due == one.due {
            continue;
        }
        store::waits::set_due(conn, one.project, one.id, due).await?;
        if one.state == State::Asked {
            wake(conn, one.project, one.id, Some(due)).await?;
        }
    }
    Ok(page.last().map(|last| (last.project, last.id)))
}

/// Does everything that is due, one request after another; answers how many it escalated. What cannot be moved stops nobody
/// else.
///
/// # Errors
/// When the database is away.
pub async fn run_due(state: &AppState) -> Result<usize> {
    let found = {
        let mut lease = state.db.lease().await?;
        let organisation = organisation(&mut lease).await?;
        if !organisation.is_some_and(|organisation| organisation.requests_escalate_by_themselves) {
            return Ok(0);
        }
        due(&mut lease, state.clock.now()).await?
    };
    let mut done = 0;
    for (project, request) in found {
        match run(state, project, request).await {
            Ok(is_escalated) => done += usize::from(is_escalated),
            Err(problem) => tracing::error!(%problem, %request, "a request cannot be escalated by itself"),
        }
    }
    Ok(done)
}

/// Asks for a look at a request at a moment, or at once, in the transaction that makes it due then.
///
/// # Errors
/// Of the database.
pub async fn wake(
    conn: &mut PgConnection,
    project: ProjectId,
    request: RequestId,
    at: Option<Timestamp>,
) -> std::result::Result<(), sqlx::Error> {
    jobs::enqueue(conn, jobs::REQUEST_DUE, json!({ "project": project, "request": request }), at).await
}

/// Looks at one request, under its lock, and does what is due. Whether it did something.
///
/// # Errors
/// Of the database.
pub async fn run(state: &AppState, project: ProjectId, request: RequestId) -> Result<bool> {
    let mut change = Change::by(state, None, "", REQUEST_ID).await?;
    if !nobody_plays(change.conn()).await? {
        return Ok(false);
    }
    let Some(organisation) = organisation(change.conn()).await? else { return Ok(false) };
    if !organisation.requests_escalate_by_themselves {
        return Ok(false);
    }
    let Some(now) = store::locked(change.conn(), project, request).await? else { return Ok(false) };
    // Whether a promise whose task was dropped is worth one, the asker says.
    if now.standing.is_broken() || !now.may_escalate(change.now()) {
        return Ok(false);
    }
    let held = projects::store::held(change.conn(), now.asked_by, &[project]).await?.pop();
    let Some(held) = held.filter(|held| held.state == ProjectState::Active) else { return Ok(false) };
    let t = T(organisation.language);
    let calendar = crate::departments::calendar(change.conn()).await?;
    let raise = escalation(t, calendar.zone(), &held, &now)?;
    let ground = Ground { project, key: &held.key, parts: &held.parts, by: now.asked_by, is_drafted: true };
    match raise_in(&mut change, &ground, &raise).await? {
        Raised::As(number) => {
            actions::escalated(&mut change, project, &now, RequestMoveId::new(), (raise.id, number)).await?;
            change.commit().await?;
            Ok(true)
        }
        Raised::NoSuchTask => Err(Error::internal("the task of a request is not there")),
    }
}

/// The escalation, in the words of the asker where there are any.
fn escalation(t: T, zone: &jiff::tz::TimeZone, held: &Held, request: &Request) -> Result<Raise> {
    let part = |id| held.parts.iter().find(|part| part.id == id);
    let (Some(from), Some(to)) = (part(request.from), part(request.to)) else {
        return Err(Error::internal("a request without its sides"));
    };
    let matrix = matrix::matrix().map_err(Error::internal)?;
    let filled = words::filled(t, zone, matrix, request, (from, to));
    let kind = filled.kind.ok_or_else(|| Error::internal("no kind for a request"))?;
    let evidence = NewEvidence::Text { label: filled.label, body: filled.thread };
    Ok(Raise {
        id: EscalationId::new(),
        question: filled.question,
        background: filled.background,
        from: request.from,
        to: request.to,
        kind,
        position: filled.position,
        evidence: with_ids(EvidenceId::new(), vec![evidence]),
        options: Vec::new(),
        task: request.task.as_ref().map(|task| task.number),
        proposes: None,
    })
}
