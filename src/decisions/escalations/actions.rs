//! What moves an escalation: passing on, settling, withdrawing, recommending, asking guests, comments.

use super::{
    access::{Case, require, still_open},
    dossier::Dossier,
    model::{Refusal, State, Step},
    store,
};
use crate::{
    decisions::{clock, packs, questions},
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::{
        ids::{OptionId, PartId},
        jobs,
    },
    web::{AppState, Error, Result},
    work::tasks,
};
use serde_json::json;

/// The start of an event about this escalation.
#[must_use]
pub fn event(kind: Kind, case: &Case, dossier: &Dossier) -> Event {
    let subject = Subject::new(SubjectKind::Escalation, dossier.uuid(), dossier.label(), &dossier.question);
    Event::new(kind, subject).of(case.project().id)
}

/// What the lead chooses to recommend: an option, or none.
#[derive(Clone, Copy, Debug)]
pub struct Recommended(pub Option<OptionId>);

/// How the page of an escalation answers an action that its state refuses.
#[derive(Debug)]
pub enum Outcome {
    /// Done.
    Done,
    /// Not ready: what the committee still needs, in the reader's words.
    Incomplete(Vec<String>),
    /// Nobody on the committee has a vote on it.
    Vacant,
}

/// Passes it on: from the liaisons to the lead, or from the lead to the committee. `recommended` is what the lead
/// chooses in the same form; none when the form does not ask.
///
/// # Errors
/// [`Error::Forbidden`] without the right, [`Error::Conflict`] at another step.
pub async fn pass_on(
    state: &AppState,
    case: &mut Case,
    from: Step,
    note: &str,
    recommended: Option<Recommended>,
) -> Result<Outcome> {
    require(match from {
        Step::Liaisons => case.may_pass_to_lead(),
        Step::Lead => case.may_settle_as_lead(),
        Step::Committee => false,
    })?;
    let t = case.shell().t;
    let mut change = case.change(state).await?;
    let now = case.locked(&mut change).await?;
    let moved = match from {
        Step::Liaisons => now.state.pass_to_lead(),
        Step::Lead | Step::Committee => now.state.pass_to_committee(now.voters() > 0, now.missing()),
    };
    let next = match moved {
        Ok(next) => next,
        Err(Refusal::NobodyVotes) => return Ok(Outcome::Vacant),
        Err(Refusal::Incomplete(_)) => return Ok(Outcome::Incomplete(now.missing_words(t))),
        Err(refusal) => {
            // The same form, sent twice.
            let passed = from.after() == Some(now.state)
                && store::passed_by(change.conn(), case.project().id, now.id, from, note).await? == Some(case.person());
            return if passed { Ok(Outcome::Done) } else { Err(refusal.into()) };
        }
    };
    if let Some(recommended) = recommended {
        write_recommendation(&mut change, case, &now, recommended).await?;
    }
    let calendar = crate::departments::calendar(change.conn()).await?;
    let at = change.now();
    let (project, by) = (case.project().id, case.person());
    clock::store::end(change.conn(), project, now.id, at, Some(by), note).await?;
    clock::store::set_state(change.conn(), project, now.id, next).await?;
    let due = clock::begin(&mut change, project, now.id, (next, at), now.limits(), &calendar).await?;
    if now.open_question.is_some() {
        // The raiser owes an answer still.
        clock::stand(&mut change, project, now.id).await?;
    }
    let passed = event(Kind::EscalationPassedOn, case, &now)
        .field("state", now.state.as_str(), next.as_str())
        .after("due_at", due.to_string());
    change.record(if note.is_empty() { passed } else { passed.after("reason", note) });
    packs::actions::keep(&mut change, case, &now).await?;
    change.commit().await?;
    Ok(Outcome::Done)
}

/// A liaison offers a settlement for the other side to confirm.
///
/// # Errors
/// [`Error::Forbidden`] for anybody who does not speak for a side, [`Error::Conflict`] at another step.
pub async fn propose_settlement(state: &AppState, case: &mut Case, side: PartId, text: &str) -> Result<()> {
    require(case.speaks_for(side))?;
    let mut change = case.change(state).await?;
    let now = case.locked(&mut change).await?;
    require(now.proposes.is_none())?;
    now.state.settle_between_liaisons()?;
    if now.proposal.as_ref().is_some_and(|stands| stands.part == side && stands.text == text) {
        return Ok(());
    }
    let (project, by, at) = (case.project().id, case.person(), change.now());
    store::propose(change.conn(), project, now.id, side, text, by, at).await?;
    let before = now.proposal.as_ref().map(|proposal| proposal.text.clone()).unwrap_or_default();
    change.record(event(Kind::EscalationChanged, case, &now).before("outcome", before).after("outcome", text));
    change.commit().await?;
    Ok(())
}

/// The other side's liaison confirms what was offered: settled at the first step. `unblock` ends the block of the task
/// it is about.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the other side, [`Error::Conflict`] when there is nothing to confirm or the
/// offer has changed since it was read.
pub async fn confirm_settlement(state: &AppState, case: &mut Case, version: i32, unblock: bool) -> Result<()> {
    require(case.is_speaker())?;
    let mut change = case.change(state).await?;
    let now = case.locked(&mut change).await?;
    let outcome = now.proposal.as_ref().map(|proposal| proposal.text.clone()).unwrap_or_default();
    let next = match now.state.settle_between_liaisons() {
        Err(refusal) => return done_before(&mut change, case, &now, (State::Settled, &outcome), refusal).await,
        Ok(next) => next,
    };
    let proposal = now.proposal.clone().ok_or(Refusal::NothingToConfirm)?;
    let other = if proposal.part == now.from { now.to } else { now.from };
    require(case.speaks_for(other))?;
    if now.version != version {
        return Err(Error::Conflict);
    }
    close(&mut change, case, &now, next, &Closing::Said(&proposal.text)).await?;
    if unblock {
        unblock_task(&mut change, case, &now).await?;
    }
    change.commit().await?;
    Ok(())
}

/// The lead settles it at the second step; what a draft proposes for goals that were signed off nobody settles. `unblock` ends the block of the task it is about.
///
/// # Errors
/// [`Error::Forbidden`] for anybody else, [`Error::Conflict`] at another step.
pub async fn settle_as_lead(state: &AppState, case: &mut Case, outcome: &str, unblock: bool) -> Result<()> {
    require(case.may_settle_as_lead())?;
    let mut change = case.change(state).await?;
    let now = case.locked(&mut change).await?;
    require(now.proposes.is_none())?;
    let next = match now.state.settle_by_lead() {
        Err(refusal) => return done_before(&mut change, case, &now, (State::Settled, outcome), refusal).await,
        Ok(next) => next,
    };
    close(&mut change, case, &now, next, &Closing::Said(outcome)).await?;
    if unblock {
        unblock_task(&mut change, case, &now).await?;
    }
    change.commit().await?;
    Ok(())
}

/// What was settled is the proof. A task that somebody unblocked meanwhile stays as it is.
async fn unblock_task(change: &mut Change, case: &Case, now: &Dossier) -> Result<()> {
    let Some(task) = &now.task else { return Ok(()) };
    require(case.may_unblock(task))?;
    tasks::actions::unblock(change, case.project(), case.parts(), task.id).await?;
    Ok(())
}

/// Whoever raised it takes it back.
///
/// # Errors
/// [`Error::Forbidden`] for anybody else, [`Error::Conflict`] once it is closed, and while requirement changes wait for it
/// that several sides have accepted.
pub async fn withdraw(state: &AppState, case: &mut Case, why: &str) -> Result<()> {
    require(case.is_raiser())?;
    let mut change = case.change(state).await?;
    let now = case.locked(&mut change).await?;
    let next = match now.state.withdraw() {
        Err(refusal) => return done_before(&mut change, case, &now, (State::Withdrawn, why), refusal).await,
        Ok(next) => next,
    };
    if now.is_bound() {
        return Err(Error::Conflict);
    }
    close(&mut change, case, &now, next, &Closing::Said(why)).await?;
    change.commit().await?;
    Ok(())
}

/// Whether this very person has ended it in the same words: the same form, sent twice, answers like the first.
async fn done_before(
    change: &mut Change,
    case: &Case,
    now: &Dossier,
    (state, outcome): (State, &str),
    refusal: Refusal,
) -> Result<()> {
    let is_same = now.state == state && now.outcome == outcome;
    if is_same && store::closed_by(change.conn(), case.project().id, now.id).await? == Some(case.person()) {
        Ok(())
    } else {
        Err(refusal.into())
    }
}

/// How an escalation ends.
#[derive(Clone, Copy, Debug)]
pub enum Closing<'a> {
    /// In these words: a settlement, or why it is taken back.
    Said(&'a str),
    /// By the decision of this number and title, which keeps its own words.
    Decided(i32, &'a str),
}

/// Closes it in any way: the running step ends, the state moves, the event says how; rooms above look at it later.
///
/// # Errors
/// Of the database.
pub async fn close(change: &mut Change, case: &Case, now: &Dossier, next: State, how: &Closing<'_>) -> Result<()> {
    let outcome = match *how {
        Closing::Said(words) => words,
        Closing::Decided(..) => "",
    };
    let (project, by, at) = (case.project().id, case.person(), change.now());
    clock::store::end(change.conn(), project, now.id, at, Some(by), "").await?;
    store::close(change.conn(), project, now.id, next, outcome, by, at).await?;
    if let Some(open) = &now.open_question {
        questions::store::end(change.conn(), (project, open.id), None, by, at).await?;
    }
    let kind = match next {
        State::Decided => Kind::EscalationDecided,
        State::Withdrawn => Kind::EscalationWithdrawn,
        State::Settled | State::WithLiaisons | State::WithLead | State::WithCommittee => Kind::EscalationSettled,
    };
    let closed = event(kind, case, now).field("state", now.state.as_str(), next.as_str());
    change.record(match *how {
        Closing::Said(words) => closed.after("outcome", words),
        Closing::Decided(number, title) => closed.after("decision", format!("D-{number}")).after("outcome", title),
    });
    let closed = json!({ "project": project, "escalation": now.id });
    jobs::enqueue(change.conn(), jobs::ESCALATION_CLOSED, closed, None).await?;
    Ok(())
}

/// The lead recommends an option, or takes the recommendation back.
///
/// # Errors
/// [`Error::Forbidden`] for anybody else, [`Error::Conflict`] once it is before the committee.
pub async fn recommend(state: &AppState, case: &mut Case, recommended: Recommended) -> Result<()> {
    require(case.may_settle_as_lead())?;
    let mut change = case.change(state).await?;
    let now = case.locked(&mut change).await?;
    case.require_options(now.state, case.may_settle_as_lead())?;
    if now.recommended == recommended.0 {
        return Ok(());
    }
    write_recommendation(&mut change, case, &now, recommended).await?;
    packs::actions::keep(&mut change, case, &now).await?;
    change.commit().await?;
    Ok(())
}

async fn write_recommendation(change: &mut Change, case: &Case, now: &Dossier, recommended: Recommended) -> Result<()> {
    require(case.may_settle_as_lead())?;
    let Recommended(option) = recommended;
    if let Some(option) = option {
        now.option(option).ok_or(Error::Unprocessable)?;
    }
    if now.recommended == option {
        return Ok(());
    }
    let letter = |id: Option<OptionId>| id.and_then(|id| now.option(id)).map(|option| option.letter.clone());
    store::recommend(change.conn(), case.project().id, now.id, option).await?;
    let recommended = event(Kind::OptionRecommended, case, now);
    change.record(recommended.before("recommended", letter(now.recommended)).after("recommended", letter(option)));
    Ok(())
}

/// Refuses when it is closed; for what hangs on an open escalation.
///
/// # Errors
/// [`Error::Conflict`].
pub fn must_be_open(now: &Dossier) -> Result<()> {
    still_open(now.state)
}
