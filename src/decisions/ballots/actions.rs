//! Casting a ballot.

use super::{
    model::Vote,
    store::{self, Cast},
};
use crate::{
    decisions::escalations::{Case, Dossier, access::require, actions::event},
    events::Kind,
    web::{AppState, Error, Result},
};

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CastAnswer {
    /// It stands.
    Cast,
    /// It dissents and says no reason.
    NeedsReason,
}

/// Casts a ballot, or another one in its place until the decision. The escalation's row is locked, so that however many
/// come at once one is open; what stands already is not cast again.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the committee and those who were asked, [`Error::Conflict`] when the committee
/// does not have it (any more).
pub async fn cast(state: &AppState, case: &mut Case, vote: Vote, reason: &str) -> Result<CastAnswer> {
    require(case.may_vote() || case.may_advise())?;
    let is_advisory = !case.may_vote();
    let mut change = case.change(state).await?;
    let now = case.locked(&mut change).await?;
    now.state.decide()?;
    if let Some(option) = vote.option() {
        now.option(option).ok_or(Error::Unprocessable)?;
    }
    if reason.is_empty() && vote.needs_reason(now.recommended) {
        return Ok(CastAnswer::NeedsReason);
    }
    let before = now.ballot_of(case.person());
    if before.is_some_and(|before| {
        before.option_id == vote.option() && before.reason == reason && before.is_advisory == is_advisory
    }) {
        return Ok(CastAnswer::Cast);
    }
    let ballot = Cast { by: case.person(), option: vote.option(), reason, is_advisory, at: change.now() };
    store::cast(change.conn(), case.project().id, now.id, &ballot).await?;
    let kind = match (before.is_some(), is_advisory) {
        (false, false) => Kind::BallotCast,
        (true, false) => Kind::BallotChanged,
        (false, true) => Kind::AdviceGiven,
        (true, true) => Kind::AdviceChanged,
    };
    let was = before.map(|before| letter(&now, before.option_id)).unwrap_or_default();
    let cast = event(kind, case, &now).field("option", was, letter(&now, vote.option()));
    change.record(if reason.is_empty() { cast } else { cast.after("reason", reason) });
    change.commit().await?;
    Ok(CastAnswer::Cast)
}

/// The letter of an option; a dash for none of these.
fn letter(dossier: &Dossier, option: Option<crate::platform::ids::OptionId>) -> String {
    option.and_then(|id| dossier.option(id)).map_or_else(|| "–".to_owned(), |option| option.letter.clone())
}
