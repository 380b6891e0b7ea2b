//! What proposes goals, and what decisions do to them: rule, write, event.

use super::{
    limits::{TooLarge, too_large},
    model::{Proposal, fingerprint, objectives, standing},
    store::{self, New},
};
use crate::{
    events::{Change, Event, Kind, Subject, SubjectKind},
    goals::{
        access::GoalsSetter,
        complete,
        figures::Scale,
        key_results::{
            actions::{about, terms_in_event},
            store::{self as key_results, Locked, NewTerms, Says},
        },
        model::Place,
        money::{self, model::Money},
        split::model::Terms,
        store::goals,
    },
    platform::ids::{DecisionId, GoalProposalId, KeyResultId, PersonId, ProjectId},
    projects::scope::store::lock,
    web::{AppState, Result},
};
use jiff::civil::Date;

/// Why nothing was proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The form has proposed them already, with other words.
    Again,
    /// The goals have changed since the page was made.
    Stale,
    /// They are not complete.
    Incomplete,
    /// They are before the committee already, or signed off as they stand.
    Nothing,
}

fn subject(id: GoalProposalId, number: i32) -> Subject {
    let title = format!("Goals, proposal {number}");
    Subject::new(SubjectKind::GoalProposal, id.uuid(), "", title).zh(Some(format!("目标第 {number} 次提请")))
}

/// The lead puts the goals before the committee as the page showed them. The same form sent twice proposes once.
///
/// # Errors
/// Of the database.
pub async fn propose(
    state: &AppState,
    setter: &mut GoalsSetter,
    id: GoalProposalId,
    (seen, note): (&str, &str),
) -> Result<std::result::Result<(), Refusal>> {
    let mut change = setter.change(state).await?;
    let (project, by, at) = (setter.project().id, setter.person, change.now());
    lock(change.conn(), project).await?;
    store::lock(change.conn(), project).await?;
    if let Some(is_said) = store::is_said(change.conn(), project, id, (seen, note)).await? {
        // The form of a page that was gone back to, with other words, is no second sending.
        return Ok(if is_said { Ok(()) } else { Err(Refusal::Again) });
    }
    let before = store::current(change.conn(), project).await?;
    let now = goals(change.conn(), project).await?;
    let print = fingerprint(&now);
    let refusal = if print != seen {
        Some(Refusal::Stale)
    } else if !complete::all(&now).is_empty() {
        Some(Refusal::Incomplete)
    } else if !standing(&now, before.as_ref()).may_be_proposed() {
        Some(Refusal::Nothing)
    } else {
        None
    };
    if let Some(refusal) = refusal {
        return Ok(Err(refusal));
    }
    let number = before.map_or(0, |before| before.number) + 1;
    store::insert(
        change.conn(),
        project,
        &New { id, number, fingerprint: &print, objectives: &objectives(&now), note },
        (by, at),
    )
    .await?;
    let event = Event::new(Kind::GoalsProposed, subject(id, number)).of(project);
    let event = event.after("objectives", now.0.len()).after("key_results", now.key_results().count());
    change.record(if note.is_empty() { event } else { event.after("note", note) });
    change.commit().await?;
    Ok(Ok(()))
}

/// Why goals are not signed off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSigned {
    /// Nothing waits for it.
    NothingProposed,
    /// They are not what was proposed, or not what the form showed.
    Changed,
}

/// What the form of a sign-off shows: the proposal, and how often the commercial plan was set.
#[must_use]
pub fn shown(proposal: &Proposal, money: Option<&Money>) -> String {
    format!("{}-{}", proposal.fingerprint, money.map_or(0, |money| money.number))
}

/// A decision signs off the goals as they were proposed and as its form showed them, with the commercial plan. Answers how many key
/// results.
///
/// # Errors
/// Of the database.
pub async fn sign_off(
    change: &mut Change,
    project: ProjectId,
    (decision, by): (DecisionId, PersonId),
    seen: &str,
) -> Result<std::result::Result<usize, NotSigned>> {
    store::lock(change.conn(), project).await?;
    let Some(proposal) = store::current(change.conn(), project).await?.filter(|one| one.decision.is_none()) else {
        return Ok(Err(NotSigned::NothingProposed));
    };
    let now = goals(change.conn(), project).await?;
    let money = money::store::money(change.conn(), project).await?;
    if shown(&proposal, money.as_ref()) != seen || fingerprint(&now) != proposal.fingerprint {
        return Ok(Err(NotSigned::Changed));
    }
    let (at, count) = (change.now(), now.key_results().count());
    store::sign(change.conn(), project, (proposal.id, decision), (by, at)).await?;
    let event = Event::new(Kind::GoalsSignedOff, subject(proposal.id, proposal.number)).of(project);
    change.record(event.after("key_results", count));
    Ok(Ok(count))
}

/// What a decision changed of a key result.
#[derive(Clone, Debug)]
pub struct Decided {
    /// What its amounts are steps of.
    pub scale: Scale,
    /// What it asked for.
    pub was: Terms,
    /// What it asks for.
    pub is: Terms,
}

/// Why a decision changes nothing of a key result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotChanged {
    /// There is none.
    NoSuchKeyResult,
    /// It asks for that already.
    Same,
    /// It cannot ask for that: above its start, at least, and at a day within three years of it.
    Impossible,
}

/// Whether a key result can ask for this.
#[must_use]
pub fn is_possible(scale: &Scale, terms: &Terms) -> bool {
    use crate::goals::{figures::Measure, key_results::form::MONTHS};
    let is_far = terms.starts_on > terms.due_on || terms.count() > MONTHS;
    let is_asked = match scale.measure {
        Measure::Additive => terms.target > terms.baseline,
        Measure::Ratio => terms.target != terms.baseline && terms.baseline.min(terms.target) >= 0,
        Measure::Level => terms.target != terms.baseline,
    };
    is_asked && !is_far
}

async fn standing_one(
    change: &mut Change,
    project: ProjectId,
    id: KeyResultId,
) -> std::result::Result<Option<Locked>, sqlx::Error> {
    Ok(key_results::locked(change.conn(), project, id).await?.filter(|one| !one.is_dropped))
}

/// A decision gives a key result another target, another day or both; however large the change is.
///
/// # Errors
/// Of the database.
pub async fn change_target(
    change: &mut Change,
    project: ProjectId,
    (decision, by): (DecisionId, PersonId),
    (id, target, due): (KeyResultId, Option<i64>, Option<Date>),
) -> Result<std::result::Result<Decided, NotChanged>> {
    let Some(stands) = standing_one(change, project, id).await? else {
        return Ok(Err(NotChanged::NoSuchKeyResult));
    };
    let was = stands.terms;
    let is = Terms { target: target.unwrap_or(was.target), due_on: due.unwrap_or(was.due_on), ..was };
    if was == is {
        return Ok(Err(NotChanged::Same));
    }
    if !is_possible(&stands.scale, &is) {
        return Ok(Err(NotChanged::Impossible));
    }
    let at = change.now();
    key_results::update(change.conn(), project, id, (&stands.title, stands.part), was.due_on != is.due_on).await?;
    let says = Says::Only { target: was.target != is.target, due_on: was.due_on != is.due_on };
    let new = NewTerms { number: stands.number + 1, terms: is, reason: "", decision: Some(decision), says };
    key_results::insert_terms(change.conn(), project, id, &new, (by, at)).await?;
    let event = about(Kind::KeyResultChanged, project, (id, stands.place(), &stands.title));
    change.record(terms_in_event(event, &stands.scale, (&was, &is)));
    Ok(Ok(Decided { scale: stands.scale, was, is }))
}

/// A decision drops a key result. Answers where it was; none when there is none.
///
/// # Errors
/// Of the database.
pub async fn drop(change: &mut Change, project: ProjectId, id: KeyResultId) -> Result<Option<Place>> {
    let Some(stands) = standing_one(change, project, id).await? else { return Ok(None) };
    let at = change.now();
    key_results::drop(change.conn(), project, id, at).await?;
    change.record(about(Kind::KeyResultDropped, project, (id, stands.place(), &stands.title)));
    Ok(Some(stands.place()))
}

/// What about a change of a key result, which is locked, is the committee's; nothing before it signed anything off.
///
/// # Errors
/// Of the database.
pub async fn beyond_the_lead(
    change: &mut Change,
    project: ProjectId,
    id: KeyResultId,
    wanted: Option<&Terms>,
) -> std::result::Result<Vec<TooLarge>, sqlx::Error> {
    let Some(signed) = store::signed(change.conn(), project, id).await? else { return Ok(Vec::new()) };
    Ok(wanted.map_or_else(|| vec![TooLarge::Dropped], |wanted| too_large(&signed, wanted)))
}
