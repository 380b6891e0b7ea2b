//! Casting a ballot.

use super::{
    model::Vote,
    store::{self, Cast},
};
use crate::{
    decisions::escalations::{Case, Dossier, access::require, actions::event, dossier::Ballot},
    events::{Event, Kind},
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

/// Casts a ballot, or another one in its place until the decision. `read_version` is the version of the pack that its
/// caster had in front of them. The escalation's row is locked, so that however many
/// come at once one is open; what stands already is not cast again.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the committee and those who were asked, [`Error::Conflict`] when the committee
/// does not have it (any more).
pub async fn cast(
    state: &AppState,
    case: &mut Case,
    vote: Vote,
    reason: &str,
    read_version: Option<i32>,
) -> Result<CastAnswer> {
    require(case.may_vote() || case.may_advise())?;
    let is_advisory = !case.may_vote();
    let mut change = case.change(state).await?;
    let now = case.locked(&mut change).await?;
    now.state.decide()?;
    // Whoever stepped aside meanwhile has no vote.
    require(is_advisory || now.is_voter(case.person()))?;
    let newest = now.pack().map(|pack| pack.version);
    let pack_version = newest.map(|newest| read_version.filter(|read| (1..newest).contains(read)).unwrap_or(newest));
    if let Some(option) = vote.option() {
        now.option(option).ok_or(Error::Unprocessable)?;
    }
    if reason.is_empty() && vote.needs_reason(now.recommended) {
        return Ok(CastAnswer::NeedsReason);
    }
    let before = now.ballot_of(case.person());
    if before.is_some_and(|before| {
        before.option_id == vote.option()
            && before.reason == reason
            && before.is_advisory == is_advisory
            && before.pack_version == pack_version
    }) {
        return Ok(CastAnswer::Cast);
    }
    let is_confirmed = before.is_some_and(|before| {
        before.option_id == vote.option() && before.reason == reason && before.is_advisory == is_advisory
    });
    let ballot = Cast { by: case.person(), option: vote.option(), reason, is_advisory, pack_version, at: change.now() };
    store::cast(change.conn(), case.project().id, now.id, &ballot).await?;
    let kind = match (before.is_some(), is_advisory) {
        _ if is_confirmed => Kind::BallotConfirmed,
        (false, false) => Kind::BallotCast,
        (true, false) => Kind::BallotChanged,
        (false, true) => Kind::AdviceGiven,
        (true, true) => Kind::AdviceChanged,
    };
    change.record(said(kind, case, &now, before, &ballot));
    change.commit().await?;
    Ok(CastAnswer::Cast)
}

/// What the trail says: of advice also what was advised and why. What a member's ballot is for stands in the ballot
/// alone, for results may be hidden until one has voted.
fn said(kind: Kind, case: &Case, now: &Dossier, before: Option<&Ballot>, ballot: &Cast<'_>) -> Event {
    let cast = event(kind, case, now);
    if !ballot.is_advisory {
        return cast;
    }
    let was = before.map(|before| letter(now, before.option_id)).unwrap_or_default();
    let cast = cast.field("option", was, letter(now, ballot.option));
    if ballot.reason.is_empty() { cast } else { cast.after("reason", ballot.reason) }
}

/// The letter of an option; a dash for none of these.
fn letter(dossier: &Dossier, option: Option<crate::platform::ids::OptionId>) -> String {
    option.and_then(|id| dossier.option(id)).map_or_else(|| "–".to_owned(), |option| option.letter.clone())
}
