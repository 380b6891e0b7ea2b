//! What moves a request: right, rule, write, event, one transaction each. The moves of one request are made one after
//! another, under its lock; a form sent twice makes one.

use super::{
    access::{Case, require},
    case::{MoveKind, Request},
    clock,
    model::{Refusal, State, answer_due_at},
    store::{
        self,
        moves::{After, NewMove},
    },
};
use crate::{
    events::{Change, Event, Kind, Subject, SubjectKind, both},
    platform::ids::{PartId, PersonId, ProjectId, RequestId, RequestMoveId, TaskId},
    projects::Part,
    web::{AppState, Error, Result},
    work::tasks::{self, model::TaskFields},
};
use jiff::civil::Date;

/// What every form of a request's page carries.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Made with the form.
    pub id: RequestMoveId,
    /// The version that the reader saw.
    pub version: i32,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done, now or by an earlier copy of the same form.
    Done,
    /// The department asked has no such open task.
    NoSuchTask,
    /// The day that it is about has passed.
    Past,
    /// The day is not later than the one promised.
    NotLater,
    /// The task that was promised was dropped.
    Dropped,
}

/// The start of an event about a request.
#[must_use]
pub fn event(kind: Kind, project: ProjectId, id: RequestId, number: i32, title: &str) -> Event {
    Event::new(kind, Subject::new(SubjectKind::Request, id.uuid(), format!("R-{number}"), title)).of(project)
}

fn about(kind: Kind, project: ProjectId, request: &Request) -> Event {
    event(kind, project, request.id, request.number, &request.title)
}

/// A refusal tells whether the asker had insisted: what is left to do follows from that.
fn refused(kind: Kind, project: ProjectId, request: &Request) -> Event {
    let event = about(kind, project, request);
    if request.standing.is_insisted { event.after("insisted", true) } else { event }
}

/// The name of a part for an event.
#[must_use]
pub fn name_of(parts: &[Part], id: PartId) -> serde_json::Value {
    let part = parts.iter().find(|part| part.id == id);
    part.map_or_else(|| both("", ""), |part| both(&part.name_en, &part.name_zh))
}

/// A change under the lock of the request; none when this very move has been made.
async fn begin(state: &AppState, case: &mut Case, step: Step) -> Result<Option<(Change, Request)>> {
    let mut change = case.change(state).await?;
    let now = case.locked(&mut change).await?;
    if now.has_move(step.id) {
        return Ok(None);
    }
    if now.version != step.version { Err(Error::Conflict) } else { Ok(Some((change, now))) }
}

/// Writes a move with the state after it.
async fn write(
    change: &mut Change,
    project: ProjectId,
    now: &Request,
    step: Step,
    (kind, day, note): (MoveKind, Option<Date>, &str),
    after: &After,
) -> Result<()> {
    let (by, at) = (change.actor(), change.now());
    store::moves::add(change.conn(), project, now.id, &NewMove { id: step.id, kind, by, day, note, at }).await?;
    store::moves::write(change.conn(), project, now.id, after).await?;
    // A second refusal is due at once, silence when the time is over.
    let is_refused = after.is_insisted && matches!(after.state, State::Countered | State::Declined);
    match (is_refused, after.state, after.answer_due_at) {
        (true, ..) => clock::wake(change.conn(), project, now.id, None).await?,
        (false, State::Asked, Some(due)) => clock::wake(change.conn(), project, now.id, Some(due)).await?,
        _ => {}
    }
    Ok(())
}

/// The department asked promises it for the day that was asked for: with a new task, or with one it has.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but its liaison, [`Error::Conflict`] when somebody was faster.
pub async fn accept(state: &AppState, case: &mut Case, step: Step, task: Option<i32>) -> Result<Outcome> {
    require(case.is_asked())?;
    let Some((mut change, now)) = begin(state, case, step).await? else { return Ok(Outcome::Done) };
    let next = now.standing.accept()?;
    let on = now.wanted_on;
    if on < case.shell.today() {
        return Ok(Outcome::Past);
    }
    let chosen = match task {
        None => None,
        Some(number) => match numbered_task(&mut change, case.project.id, now.to, number).await? {
            Some(task) => Some(task),
            None => return Ok(Outcome::NoSuchTask),
        },
    };
    let by = Some(case.person);
    let task = promised_task(&mut change, case, &now, (chosen, on), by).await?;
    let after = After { promised: Some((on, task)), ..After::at(next, &now) };
    write(&mut change, case.project.id, &now, step, (MoveKind::Accepted, Some(on), ""), &after).await?;
    change.record(about(Kind::RequestAccepted, case.project.id, &now).after("promised_on", on.to_string()));
    change.commit().await?;
    Ok(Outcome::Done)
}

/// The department asked offers another date, to be done with a new task or with one it has.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but its liaison, [`Error::Conflict`] when somebody was faster.
pub async fn counter(
    state: &AppState,
    case: &mut Case,
    step: Step,
    (on, note): (Date, &str),
    task: Option<i32>,
) -> Result<Outcome> {
    require(case.is_asked())?;
    let Some((mut change, now)) = begin(state, case, step).await? else { return Ok(Outcome::Done) };
    let next = now.standing.counter()?;
    let offered_task = match task {
        None => None,
        Some(number) => match numbered_task(&mut change, case.project.id, now.to, number).await? {
            Some(task) => Some(task),
            None => return Ok(Outcome::NoSuchTask),
        },
    };
    let calendar = crate::departments::calendar(change.conn()).await?;
    let due = Some(answer_due_at(change.now(), &calendar));
    let after = After { answer_due_at: due, offered: (Some(on), offered_task), ..After::at(next, &now) };
    write(&mut change, case.project.id, &now, step, (MoveKind::Countered, Some(on), note), &after).await?;
    let countered = refused(Kind::RequestCountered, case.project.id, &now)
        .before("offered_on", now.wanted_on.to_string())
        .after("offered_on", on.to_string());
    change.record(countered.after("reason", note));
    change.commit().await?;
    Ok(Outcome::Done)
}

/// The department asked says no.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but its liaison, [`Error::Conflict`] when somebody was faster.
pub async fn decline(state: &AppState, case: &mut Case, step: Step, note: &str) -> Result<()> {
    require(case.is_asked())?;
    let Some((mut change, now)) = begin(state, case, step).await? else { return Ok(()) };
    let after = After::at(now.standing.decline()?, &now);
    write(&mut change, case.project.id, &now, step, (MoveKind::Declined, None, note), &after).await?;
    change.record(refused(Kind::RequestDeclined, case.project.id, &now).after("reason", note));
    change.commit().await?;
    Ok(())
}

/// The asker takes the date on offer: now it is promised. The offer and its taking are the proof for the task; one that was
/// finished, dropped or given away since the offer is left alone, and a new one delivers it.
///
/// # Errors
/// [`Error::Forbidden`] for anybody who does not speak for the asker, [`Error::Conflict`] when somebody was faster.
pub async fn agree(state: &AppState, case: &mut Case, step: Step) -> Result<Outcome> {
    require(case.is_asker())?;
    let Some((mut change, now)) = begin(state, case, step).await? else { return Ok(Outcome::Done) };
    let next = now.standing.agree()?;
    let on = now.offered_on.ok_or(Error::Conflict)?;
    if on < case.shell.today() {
        return Ok(Outcome::Past);
    }
    let liaison = case.part(now.to).and_then(|part| part.liaison_id);
    let offered = match now.offered_task {
        None => None,
        Some(task) => open_task(&mut change, case.project.id, now.to, task).await?,
    };
    let task = promised_task(&mut change, case, &now, (offered, on), liaison).await?;
    let after = After { promised: Some((on, task)), ..After::at(next, &now) };
    write(&mut change, case.project.id, &now, step, (MoveKind::Agreed, Some(on), ""), &after).await?;
    change.record(about(Kind::RequestAgreed, case.project.id, &now).after("promised_on", on.to_string()));
    change.commit().await?;
    Ok(Outcome::Done)
}

/// The asker does not take the first refusal.
///
/// # Errors
/// [`Error::Forbidden`] for anybody who does not speak for the asker, [`Error::Conflict`] when somebody was faster.
pub async fn insist(state: &AppState, case: &mut Case, step: Step, note: &str) -> Result<Outcome> {
    require(case.is_asker())?;
    let Some((mut change, now)) = begin(state, case, step).await? else { return Ok(Outcome::Done) };
    let next = match now.standing.insist_on(now.wanted_on, case.shell.today()) {
        Err(Refusal::DayPassed) => return Ok(Outcome::Past),
        next => next?,
    };
    let calendar = crate::departments::calendar(change.conn()).await?;
    let due = Some(answer_due_at(change.now(), &calendar));
    let after = After { is_insisted: true, answer_due_at: due, ..After::at(next, &now) };
    write(&mut change, case.project.id, &now, step, (MoveKind::Insisted, Some(now.wanted_on), note), &after).await?;
    change.record(
        about(Kind::RequestInsisted, case.project.id, &now)
            .after("wanted_on", now.wanted_on.to_string())
            .after("reason", note),
    );
    change.commit().await?;
    Ok(Outcome::Done)
}

/// The asker asks for a day again, after what the escalation came to.
///
/// # Errors
/// [`Error::Forbidden`] for anybody who does not speak for the asker, [`Error::Conflict`] when somebody was faster.
pub async fn ask_again(state: &AppState, case: &mut Case, step: Step, (on, note): (Date, &str)) -> Result<()> {
    require(case.is_asker())?;
    let Some((mut change, now)) = begin(state, case, step).await? else { return Ok(()) };
    let next = now.standing.ask_again()?;
    let calendar = crate::departments::calendar(change.conn()).await?;
    let due = Some(answer_due_at(change.now(), &calendar));
    let after = After { is_insisted: false, answer_due_at: due, wanted: on, ..After::at(next, &now) };
    write(&mut change, case.project.id, &now, step, (MoveKind::Asked, Some(on), note), &after).await?;
    let asked = about(Kind::RequestAsked, case.project.id, &now);
    let asked = asked.field("wanted_on", now.wanted_on.to_string(), on.to_string());
    let asked = match &now.escalation {
        Some(escalation) => asked.after("escalation", format!("E-{}", escalation.number)),
        None => asked,
    };
    change.record(if note.is_empty() { asked } else { asked.after("reason", note) });
    change.commit().await?;
    Ok(())
}

/// The asker takes it back.
///
/// # Errors
/// [`Error::Forbidden`] for anybody who does not speak for the asker, [`Error::Conflict`] when somebody was faster.
pub async fn withdraw(state: &AppState, case: &mut Case, step: Step, note: &str) -> Result<()> {
    require(case.is_asker())?;
    let Some((mut change, now)) = begin(state, case, step).await? else { return Ok(()) };
    let after = After::at(now.standing.withdraw()?, &now);
    write(&mut change, case.project.id, &now, step, (MoveKind::Withdrawn, None, note), &after).await?;
    let withdrawn = about(Kind::RequestWithdrawn, case.project.id, &now);
    change.record(if note.is_empty() { withdrawn } else { withdrawn.after("reason", note) });
    change.commit().await?;
    Ok(())
}

/// The asker agrees to a later day for what is promised. What has slipped so far stays.
///
/// # Errors
/// [`Error::Forbidden`] for anybody who does not speak for the asker, [`Error::Conflict`] when somebody was faster.
pub async fn redate(state: &AppState, case: &mut Case, step: Step, (on, note): (Date, &str)) -> Result<Outcome> {
    require(case.is_asker())?;
    let Some((mut change, now)) = begin(state, case, step).await? else { return Ok(Outcome::Done) };
    match now.standing.redate() {
        Err(Refusal::TaskDropped) => return Ok(Outcome::Dropped),
        next => next?,
    };
    let (Some(before), Some(task)) = (now.promised_on, now.promised.as_ref()) else { return Err(Error::Conflict) };
    if task.status == "done" {
        return Err(Error::Conflict);
    }
    let next = match now.standing.redate_to(on, before) {
        Err(Refusal::NotLater) => return Ok(Outcome::NotLater),
        next => next?,
    };
    let after = After { promised: Some((on, task.id)), ..After::at(next, &now) };
    write(&mut change, case.project.id, &now, step, (MoveKind::Redated, Some(on), note), &after).await?;
    let redated = about(Kind::RequestRedated, case.project.id, &now);
    let redated = redated.before("promised_on", before.to_string()).after("promised_on", on.to_string());
    change.record(if note.is_empty() { redated } else { redated.after("reason", note) });
    change.commit().await?;
    Ok(Outcome::Done)
}

/// Closes a request whose escalation has just been raised in the same change.
///
/// # Errors
/// Of the database.
pub async fn escalated(
    change: &mut Change,
    project: ProjectId,
    now: &Request,
    step: RequestMoveId,
    escalation: (crate::platform::ids::EscalationId, i32),
) -> Result<()> {
    let after = After { escalation: Some(escalation.0), ..After::at(State::Escalated, now) };
    let step = Step { id: step, version: now.version };
    write(change, project, now, step, (MoveKind::Escalated, None, ""), &after).await?;
    change.record(about(Kind::RequestEscalated, project, now).after("escalation", format!("E-{}", escalation.1)));
    Ok(())
}

/// An open task of a department by its number, as [`open_task`].
async fn numbered_task(change: &mut Change, project: ProjectId, of: PartId, number: i32) -> Result<Option<TaskId>> {
    match tasks::store::find(change.conn(), project, &[number]).await?.pop() {
        Some(task) => open_task(change, project, of, task.id).await,
        None => Ok(None),
    }
}

/// A task that is open and a department's, locked so that it stays that until the end of the change.
async fn open_task(change: &mut Change, project: ProjectId, of: PartId, task: TaskId) -> Result<Option<TaskId>> {
    let found = tasks::store::lock(change.conn(), project, task).await?;
    Ok(found.filter(|task| task.part_id == of && task.status.is_open()).map(|task| task.id))
}

/// The task of a promise, due on the agreed day: the one that was chosen, else a new one with the request's title.
async fn promised_task(
    change: &mut Change,
    case: &Case,
    now: &Request,
    (chosen, on): (Option<TaskId>, Date),
    liaison: Option<PersonId>,
) -> Result<TaskId> {
    let project = &case.project;
    if let Some(task) = chosen {
        tasks::actions::move_due(change, project, task, on).await?;
        return Ok(task);
    }
    // Whoever speaks for the department has it first, if they can have tasks.
    let taker = match liaison {
        Some(_) => tasks::store::names(change.conn(), project.id, liaison, None, None).await?.assignee.and(liaison),
        None => None,
    };
    let fields = TaskFields {
        description: now.details.clone(),
        assignee_id: taker,
        due_on: Some(on),
        ..TaskFields::new(now.title.clone(), now.to)
    };
    let (task, _) = tasks::actions::create_by_agreement(change, project, &case.parts, &fields).await?;
    Ok(task)
}
