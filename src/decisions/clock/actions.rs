//! What the clock does by itself. Any number of workers may run it at once: each escalation is locked while it is looked at,
//! and what is due is asked of its row, never remembered.

use super::{
    model::{Due, Running, Span, Warning},
    store::{self, Ticking, Which},
};
use crate::{
    decisions::{
        escalations::{State, Step},
        limits::{self, Limits},
        matrix::StepLimits,
        packs,
    },
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::{
        ids::{EscalationId, ProjectId},
        working_time::Calendar,
    },
    web::{AppState, Error, Result},
};
use jiff::{SignedDuration, Timestamp};

/// How many escalations one transaction moves; one alone after a batch has failed.
const BATCH: usize = 20;
/// An escalation that cannot be moved is looked at again after this long.
const AGAIN: SignedDuration = SignedDuration::from_mins(10);
/// How many escalations are recalculated in one transaction.
const PAGE: i64 = 100;

/// Does everything that is due, the earliest first; answers how many things it did.
///
/// # Errors
/// When the database is away.
pub async fn run_due(state: &AppState) -> Result<usize> {
    let mut done = 0;
    loop {
        match run_some(state, BATCH).await {
            Ok(0) => return Ok(done),
            Ok(some) => done += some,
            Err(problem) => {
                tracing::warn!(%problem, "the clock could not move several escalations at once");
                match run_one(state).await? {
                    0 => return Ok(done),
                    one => done += one,
                }
            }
        }
    }
}

/// Does up to `most` due things in one transaction.
async fn run_some(state: &AppState, most: usize) -> Result<usize> {
    let mut change = Change::by(state, None, "", "clock").await?;
    if !store::nobody_plays(change.conn()).await? {
        return Ok(0);
    }
    let calendar = crate::departments::calendar(change.conn()).await?;
    let limits = limits::store::all(change.conn()).await?;
    let mut done = 0;
    while done < most {
        let now = change.now();
        let Some(ticking) = store::lock(change.conn(), Which::Next(now)).await? else { break };
        do_due(&mut change, &ticking, &limits, &calendar).await?;
        done += 1;
    }
    if done > 0 {
        // Warnings that are behind the time leave no event.
        change.commit_any().await?;
    }
    Ok(done)
}

/// As [`run_some`], one alone; what cannot be moved is put aside, so that it does not stop the others.
async fn run_one(state: &AppState) -> Result<usize> {
    let mut change = Change::by(state, None, "", "clock").await?;
    let calendar = crate::departments::calendar(change.conn()).await?;
    let limits = limits::store::all(change.conn()).await?;
    let now = change.now();
    let Some(ticking) = store::lock(change.conn(), Which::Next(now)).await? else { return Ok(0) };
    let outcome = match do_due(&mut change, &ticking, &limits, &calendar).await {
        Ok(()) => change.commit_any().await.map_err(Error::from),
        Err(problem) => {
            // Its lock goes first.
            drop(change);
            Err(problem)
        }
    };
    if let Err(problem) = outcome {
        tracing::error!(%problem, escalation = %ticking.id, "the clock cannot move an escalation");
        let mut lease = state.db.begin().await?;
        let wake = now.checked_add(AGAIN).unwrap_or(now);
        store::postpone(&mut lease, ticking.project, ticking.id, wake).await?;
        lease.commit().await?;
    }
    Ok(1)
}

/// Does what the clock of one escalation owes, before somebody stops it.
///
/// # Errors
/// When the database is away.
pub async fn catch_up(state: &AppState, project: ProjectId, id: EscalationId) -> Result<()> {
    let mut change = Change::by(state, None, "", "clock").await?;
    let calendar = crate::departments::calendar(change.conn()).await?;
    let limits = limits::store::all(change.conn()).await?;
    while let Some(ticking) = store::lock(change.conn(), Which::One(project, id)).await?
        && whole(&ticking, &calendar).look(change.now(), &calendar) != Due::Nothing
    {
        do_due(&mut change, &ticking, &limits, &calendar).await?;
    }
    Ok(change.commit_any().await?)
}

/// The clock of an open escalation stands from now on.
///
/// # Errors
/// [`Error::Conflict`] when the step's time ended this very moment; otherwise of the database.
pub async fn stand(change: &mut Change, project: ProjectId, id: EscalationId) -> Result<()> {
    let calendar = crate::departments::calendar(change.conn()).await?;
    let Some(ticking) = store::lock(change.conn(), Which::One(project, id)).await? else { return Ok(()) };
    let (running, now) = (whole(&ticking, &calendar), change.now());
    if running.due_at(&calendar) <= now && running.paused_at.is_none() && ticking.state != State::WithCommittee {
        return Err(Error::Conflict);
    }
    keep(change, &ticking, &running.pause(now), &calendar).await
}

/// The clock of an escalation goes on.
///
/// # Errors
/// Of the database.
pub async fn go_on(change: &mut Change, project: ProjectId, id: EscalationId) -> Result<()> {
    let calendar = crate::departments::calendar(change.conn()).await?;
    let Some(ticking) = store::lock(change.conn(), Which::One(project, id)).await? else { return Ok(()) };
    let now = change.now();
    let running = whole(&ticking, &calendar);
    keep(change, &ticking, &running.resume(now, &calendar), &calendar).await
}

/// The running step; of one that began before limits were kept, as its rows say.
fn whole(ticking: &Ticking, calendar: &Calendar) -> Running {
    ticking.running.unwrap_or_else(|| {
        let limit = calendar.working_minutes_between(ticking.entered_at, ticking.due_at);
        let step = ticking.state.step().unwrap_or(Step::Committee);
        let begun = Running::begin(step, ticking.entered_at, Span::Minutes(limit));
        Running { warned: ticking.warned, paused_at: ticking.paused_at, ..begun }
    })
}

/// The next due thing of one escalation.
async fn do_due(change: &mut Change, ticking: &Ticking, limits: &Limits, calendar: &Calendar) -> Result<()> {
    let running = whole(ticking, calendar);
    match running.look(change.now(), calendar) {
        // The calendar or the limits were changed since it was told when to wake.
        Due::Nothing => keep(change, ticking, &running, calendar).await,
        Due::Late => keep(change, ticking, &Running { warned: Some(Warning::Quarter), ..running }, calendar).await,
        Due::Warn(warning) => {
            keep(change, ticking, &Running { warned: Some(warning), ..running }, calendar).await?;
            change.record(
                event(Kind::EscalationTimeRunsOut, ticking)
                    .after("state", ticking.state.as_str())
                    .after("time_left", warning.as_str())
                    .after("due_at", running.due_at(calendar).to_string()),
            );
            Ok(())
        }
        Due::PassOn(at) => pass_on(change, ticking, at, limits, calendar).await,
    }
}

async fn keep(change: &mut Change, ticking: &Ticking, running: &Running, calendar: &Calendar) -> Result<()> {
    Ok(store::keep(change.conn(), ticking.project, ticking.id, running, calendar).await?)
}

/// The step's time is over: the next one begins at that moment. To the committee it goes as it is: what is still missing
/// stands on its page, and nothing waits for it.
async fn pass_on(
    change: &mut Change,
    ticking: &Ticking,
    at: Timestamp,
    limits: &Limits,
    calendar: &Calendar,
) -> Result<()> {
    let next = match ticking.state {
        State::WithLiaisons => State::WithLead,
        State::WithLead => State::WithCommittee,
        State::WithCommittee | State::Decided | State::Settled | State::Withdrawn => return Ok(()),
    };
    store::end(change.conn(), ticking.project, ticking.id, at, None, "").await?;
    store::set_state(change.conn(), ticking.project, ticking.id, next).await?;
    let due = begin(change, ticking.project, ticking.id, (next, at), limits.of(&ticking.category), calendar).await?;
    change.record(
        event(Kind::EscalationTimeOver, ticking)
            .field("state", ticking.state.as_str(), next.as_str())
            .after("due_at", due.to_string()),
    );
    packs::actions::freeze(change, ticking.project, ticking.number, None, None).await
}

/// Begins the step of `state` at `at`; answers when it must end.
///
/// # Errors
/// Of the database.
pub async fn begin(
    change: &mut Change,
    project: ProjectId,
    id: EscalationId,
    (state, at): (State, Timestamp),
    limits: StepLimits,
    calendar: &Calendar,
) -> Result<Timestamp> {
    let running = running(state, at, limits)?;
    store::begin(change.conn(), project, id, &running, calendar).await?;
    Ok(running.due_at(calendar))
}

/// When a step that begins at `at` must end.
///
/// # Errors
/// For a state without a step.
pub fn due_at(state: State, at: Timestamp, limits: StepLimits, calendar: &Calendar) -> Result<Timestamp> {
    Ok(running(state, at, limits)?.due_at(calendar))
}

fn running(state: State, at: Timestamp, limits: StepLimits) -> Result<Running> {
    let step = state.step().ok_or_else(|| Error::internal("a closed escalation has no step"))?;
    let limit = step.limit(limits).map_or(Span::Minutes(1), Span::from);
    Ok(Running::begin(step, at, limit))
}

fn event(kind: Kind, ticking: &Ticking) -> Event {
    let label = format!("E-{}", ticking.number);
    Event::new(kind, Subject::new(SubjectKind::Escalation, ticking.id.uuid(), label, &ticking.question))
        .of(ticking.project)
}

/// The calendar was changed: every running step ends when the new one says. Done again it changes nothing.
///
/// # Errors
/// When the database is away.
pub async fn recalculate(state: &AppState) -> Result<()> {
    let mut after = (ProjectId(uuid::Uuid::nil()), EscalationId(uuid::Uuid::nil()));
    loop {
        let mut lease = state.db.begin().await?;
        let calendar = crate::departments::calendar(&mut lease).await?;
        let page = store::open_after(&mut lease, after, PAGE).await?;
        for (project, id) in &page {
            let Some(ticking) = store::lock(&mut lease, Which::One(*project, *id)).await? else { continue };
            let Some(running) = ticking.running else { continue };
            store::keep(&mut lease, *project, *id, &running, &calendar).await?;
        }
        lease.commit().await?;
        match page.last() {
            Some(last) => after = *last,
            None => return Ok(()),
        }
    }
}

/// A project goes on in which nobody could do anything since a moment: its running steps get that time back.
///
/// # Errors
/// Of the database.
pub async fn rest(change: &mut Change, project: ProjectId, since: Timestamp) -> Result<()> {
    let calendar = crate::departments::calendar(change.conn()).await?;
    let now = change.now();
    for id in store::open_of(change.conn(), project).await? {
        let Some(ticking) = store::lock(change.conn(), Which::One(project, id)).await? else { continue };
        let Some(running) = ticking.running else { continue };
        keep(change, &ticking, &running.rest(since, now, &calendar), &calendar).await?;
    }
    Ok(())
}
