//! Computing, by a job that any number of processes run at once: each project is locked while it is computed, and what is to be
//! computed is asked of its row, never remembered.

use super::{
    model::{Facts, Reason, judge},
    store,
};
use crate::{
    decisions::clock,
    events::{Change, Event, Kind, Subject, SubjectKind, both},
    platform::{
        ids::ProjectId,
        locale::{Language, T},
    },
    projects::health::{
        model::differs_since,
        store::{self as records, Computed, Due},
    },
    web::{AppState, Result, shell::Health},
};
use jiff::civil::Date;
use serde_json::Value;
use std::sync::atomic::Ordering;

/// Projects that one transaction computes.
const BATCH: i64 = 200;
/// What the program is called in the log.
const REQUEST_ID: &str = "health";

/// Computes the health of every project in which something has happened since the last time, and of all once a day, by the
/// organisation's calendar; answers how many it computed.
///
/// # Errors
/// When the database is away.
pub async fn run(state: &AppState) -> Result<usize> {
    let mut lease = state.db.begin().await?;
    // The demo's people live in the past.
    if !clock::store::nobody_plays(&mut lease).await? {
        return Ok(0);
    }
    records::mark_stale(&mut lease, state.clock.now()).await?;
    lease.commit().await?;
    let mut done = 0;
    while !state.is_stopping.load(Ordering::Relaxed) {
        match run_some(state).await? {
            0 => break,
            some => done += some,
        }
    }
    Ok(done)
}

/// Up to [`BATCH`] of them in one transaction.
async fn run_some(state: &AppState) -> Result<usize> {
    let mut change = Change::by(state, None, "", REQUEST_ID).await?;
    let today = today(&mut change).await?;
    let due = records::take(change.conn(), today, None, BATCH).await?;
    if due.is_empty() {
        return Ok(0);
    }
    compute(&mut change, &due, today).await?;
    change.commit_any().await?;
    Ok(due.len())
}

/// Computes the health of one project under way now, in the change that makes it so.
///
/// # Errors
/// Of the database.
pub async fn begin(change: &mut Change, project: ProjectId) -> Result<()> {
    let today = today(change).await?;
    let due = records::take(change.conn(), today, Some(project), 1).await?;
    compute(change, &due, today).await
}

/// Today in the organisation.
async fn today(change: &mut Change) -> Result<Date> {
    let now = change.now();
    Ok(crate::departments::calendar(change.conn()).await?.date_of(now))
}

/// Computes and keeps these, which are locked. A colour that changed is an event, with its reasons; that a project begins is
/// told by its being published.
async fn compute(change: &mut Change, due: &[Due], today: Date) -> Result<()> {
    let now = change.now();
    let projects: Vec<ProjectId> = due.iter().map(|one| one.project).collect();
    let facts = store::facts(change.conn(), &projects, today, now).await?;
    let nothing = Facts::default();
    let mut all = Vec::with_capacity(due.len());
    for one in due {
        let (health, reasons) = judge(facts.get(&one.project).unwrap_or(&nothing), today);
        if health != one.computed && one.computed != Health::NotStarted {
            change.record(changed(one, health, &reasons));
        }
        all.push(Computed {
            project: one.project,
            health,
            reasons: serde_json::to_value(&reasons).map_err(crate::web::Error::internal)?,
            differs_since: differs_since(one.differs_since, one.declared, health, now),
        });
    }
    records::keep(change.conn(), &all, today, now).await?;
    Ok(())
}

/// The event of another colour.
fn changed(one: &Due, health: Health, reasons: &[Reason]) -> Event {
    let subject = Subject::new(SubjectKind::Project, one.project.uuid(), one.key.clone(), one.name.clone());
    let event = Event::new(Kind::HealthChanged, subject).of(one.project).by_program(true).field(
        "health",
        one.computed.as_str(),
        health.as_str(),
    );
    if reasons.is_empty() {
        return event;
    }
    let said = |reason: &Reason| both(&reason.words(T(Language::English)), &reason.words(T(Language::Chinese)));
    event.after("reasons", Value::Array(reasons.iter().map(said).collect()))
}
