//! Writing a position, adding evidence, commenting, asking for advice.

use super::{
    model::{EvidenceToAdd, NewEvidence},
    store::{self, Statement},
};
use crate::{
    decisions::{
        escalations::{
            Case,
            access::require,
            actions::{event, must_be_open},
        },
        packs,
    },
    events::{Kind, both},
    platform::ids::{CommentId, OptionId, PartId, PersonId},
    web::{AppState, Error, Result},
};

/// What a liaison says for their side.
#[derive(Debug)]
pub struct PositionToWrite {
    /// The side.
    pub side: PartId,
    /// What they say.
    pub statement: String,
    /// The option they want.
    pub wants: Option<OptionId>,
    /// The version that was read; 0 for none.
    pub version: i32,
}

/// Writes or changes a side's position until the escalation is closed; false when somebody was faster.
///
/// # Errors
/// [`Error::Forbidden`] for anybody who does not speak for the side, [`Error::Conflict`] once it is closed.
pub async fn write_position(state: &AppState, case: &mut Case, position: &PositionToWrite) -> Result<bool> {
    require(case.speaks_for(position.side))?;
    let mut change = case.change(state).await?;
    let now = case.locked(&mut change).await?;
    must_be_open(&now)?;
    if let Some(wants) = position.wants {
        now.option(wants).ok_or(Error::Unprocessable)?;
    }
    let before = now.position_of(position.side);
    if before.is_some_and(|before| before.statement == position.statement && before.wants == position.wants) {
        return Ok(true);
    }
    let statement = Statement {
        part: position.side,
        author: case.person(),
        is_drafted: false,
        text: &position.statement,
        wants: position.wants,
        at: change.now(),
    };
    let project = case.project().id;
    if !store::write_position(change.conn(), project, now.id, &statement, position.version).await? {
        return Ok(false);
    }
    let side = case.part(position.side).map_or_else(|| both("", ""), |part| both(&part.name_en, &part.name_zh));
    let written = event(Kind::PositionWritten, case, &now).after("department", side);
    let statement = position.statement.as_str();
    change.record(match before {
        Some(before) => written.field("statement", before.statement.as_str(), statement),
        None => written.after("statement", statement),
    });
    packs::actions::keep(&mut change, case, &now).await?;
    change.commit().await?;
    Ok(true)
}

/// Why a piece of evidence was not added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceAnswer {
    /// It stands.
    Added,
    /// The project has no such task.
    NoSuchTask,
}

/// Adds what one form gives, all or none of it.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the sides, the raiser and the lead; [`Error::Conflict`] once it is closed.
pub async fn add_evidence(state: &AppState, case: &mut Case, pieces: &[EvidenceToAdd]) -> Result<EvidenceAnswer> {
    require(case.may_add_evidence())?;
    let mut change = case.change(state).await?;
    let now = case.locked(&mut change).await?;
    must_be_open(&now)?;
    let (project, by, at) = (case.project().id, case.person(), change.now());
    for evidence in pieces {
        let task = match &evidence.what {
            NewEvidence::Task { number, .. } => match store::task(change.conn(), project, *number).await? {
                None => return Ok(EvidenceAnswer::NoSuchTask),
                task => task,
            },
            NewEvidence::Link { .. } | NewEvidence::Text { .. } => None,
        };
        // The first is there already: the same form, sent again.
        if !store::add_evidence(change.conn(), project, now.id, evidence, task.as_ref(), (by, false), at).await? {
            return Ok(EvidenceAnswer::Added);
        }
        let what = evidence.what.name(&case.project().key);
        change.record(event(Kind::EvidenceAdded, case, &now).after("evidence", what));
    }
    packs::actions::keep(&mut change, case, &now).await?;
    change.commit().await?;
    Ok(EvidenceAnswer::Added)
}

/// Adds a comment; also after the decision, when people still have to understand it.
///
/// # Errors
/// [`Error::Forbidden`] for anybody who may only read.
pub async fn comment(state: &AppState, case: &mut Case, id: CommentId, body: &str) -> Result<()> {
    require(case.may_comment())?;
    let mut change = case.change(state).await?;
    let now = case.locked(&mut change).await?;
    let (project, by, at) = (case.project().id, case.person(), change.now());
    if !store::add_comment(change.conn(), project, now.id, id, body, by, at).await? {
        return Ok(());
    }
    change.record(event(Kind::EscalationCommented, case, &now).after("comment", body));
    change.commit().await?;
    Ok(())
}

/// Asks somebody for advice on this one; they then see it, and nothing else of the project by it.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the lead and the chair, [`Error::Conflict`] once it is closed,
/// [`Error::Unprocessable`] for nobody, somebody with a vote, the lead or whoever raised it.
pub async fn invite(state: &AppState, case: &mut Case, person: PersonId) -> Result<Option<String>> {
    require(case.may_invite())?;
    let mut change = case.change(state).await?;
    let now = case.locked(&mut change).await?;
    must_be_open(&now)?;
    if now.holds_vote(person)
        || person == now.raised_by
        || store::leads(change.conn(), case.project().id, person).await?
    {
        return Err(Error::Unprocessable);
    }
    let name = store::active_name(change.conn(), person).await?.ok_or(Error::Unprocessable)?;
    let (project, by, at) = (case.project().id, case.person(), change.now());
    if !store::invite(change.conn(), project, now.id, person, by, at).await? {
        return Ok(Some(name));
    }
    change.record(event(Kind::GuestAsked, case, &now).after("guest", name.as_str()));
    change.commit().await?;
    Ok(Some(name))
}

/// Takes an invitation back: at their next request they see no more of it than their own seats show them. Advice that
/// they gave stays on record.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the lead and who asked them.
pub async fn uninvite(state: &AppState, case: &mut Case, person: PersonId) -> Result<Option<String>> {
    let mut change = case.change(state).await?;
    let now = case.locked(&mut change).await?;
    let Some(guest) = now.guests.iter().find(|guest| guest.person_id == person) else { return Ok(None) };
    require(case.may_uninvite(guest))?;
    if store::uninvite(change.conn(), case.project().id, now.id, person).await? {
        change.record(event(Kind::GuestDismissed, case, &now).before("guest", guest.name.as_str()));
        change.commit().await?;
    }
    Ok(Some(guest.name.clone()))
}
