//! A decision comes back on its day: it still stands, with a word why, or it is superseded.

use super::{
    access::Reviewer,
    actions::subject,
    show::{ReviewForm, page_of},
    store::{
        NewReview, find,
        reviews::{insert, lock_last},
    },
};
use crate::{
    decisions::hearing::model::too_long,
    events::{Change, Event, Kind},
    platform::{
        clock::agreed_day,
        ids::{PersonId, ReviewId},
    },
    web::{AppState, Error, Errors, Fields, Reply, Result, Routes, Tier, paths},
};
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// Longest note, in characters.
pub const NOTE: usize = 5000;

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().post(Tier::Project, "/p/{key}/decisions/{number}/review", review)
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is written down: now, or by the same form before.
    Recorded,
    /// Somebody else has looked at it since the form was shown.
    Stale,
}

/// Writes down that a decision still stands. Append-only: the newest counts. `last` is the review that the form was shown
/// with. Commits.
///
/// # Errors
/// [`Error::Conflict`] for a superseded one; the database's.
pub async fn record(
    mut change: Change,
    proof: &Reviewer,
    new: &NewReview,
    last: Option<ReviewId>,
    by: PersonId,
) -> Result<Outcome> {
    let (project, decision) = (proof.viewer().project().id, proof.decision());
    if decision.superseded_by.is_some() {
        return Err(Error::Conflict);
    }
    let there = lock_last(change.conn(), project, decision.id).await?;
    if there == Some(new.id) {
        return Ok(Outcome::Recorded);
    }
    // Superseding it takes the same lock: what was read before it may be out of date.
    let stands = find(change.conn(), project, decision.number).await?.is_some_and(|now| now.superseded_by.is_none());
    if !stands {
        return Err(Error::Conflict);
    }
    if there != last {
        return Ok(Outcome::Stale);
    }
    let now = change.now();
    insert(change.conn(), project, decision.id, new, by, now).await?;
    let event = Event::new(Kind::DecisionReviewed, subject(decision.id, decision.number, &decision.title)).of(project);
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    change.record(event.after("note", new.note.as_str()).field(
        "review_on",
        day(decision.returns_on()),
        day(new.next_on),
    ));
    change.commit().await?;
    Ok(Outcome::Recorded)
}

async fn review(State(state): State<AppState>, mut proof: Reviewer, fields: Fields) -> Result {
    let shell = proof.viewer().shell().clone();
    let (t, by) = (shell.t, shell.viewer()?.person_id);
    let id: ReviewId = fields.hidden("id")?;
    let mut errors = Errors::none();
    let note = fields.text("note");
    if note.is_empty() {
        errors.add("note", t.decisions_review_note_missing());
    } else if too_long(&note, NOTE) {
        errors.add("note", t.decisions_too_long(NOTE));
    }
    let next_on = agreed_day(fields.get("next_on"));
    if next_on.is_none() && !fields.get("next_on").is_empty() {
        errors.add("next_on", t.decisions_date_wrong());
    } else if next_on.is_some_and(|day| day <= shell.today()) {
        errors.add("next_on", t.decisions_review_past());
    }
    let form = |errors: Errors| ReviewForm {
        id: id.to_string(),
        last: fields.get("last").to_owned(),
        note: fields.text("note"),
        next_on: fields.get("next_on").to_owned(),
        errors,
        is_open: true,
        is_stale: false,
    };
    if !errors.is_empty() {
        let (viewer, decision) = proof.into_parts();
        return page_of(viewer, decision, Some(form(errors)), StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    proof.release();
    let change = Change::begin(&state, &shell).await?;
    match record(change, &proof, &NewReview { id, note, next_on }, fields.value("last"), by).await? {
        Outcome::Recorded => {
            let (key, number) = (&proof.viewer().project().key, proof.decision().number);
            Ok(Reply::to(paths::decision(key, number)).done(t.decisions_reviewed()).into_response())
        }
        Outcome::Stale => {
            let (mut viewer, decision) = proof.into_parts();
            viewer.lease_again(&state).await?;
            let project = viewer.project().id;
            let found = find(viewer.conn(), project, decision.number).await?.ok_or(Error::NotFound)?;
            let last = found.reviews.first().map(|last| last.id.to_string()).unwrap_or_default();
            let form = ReviewForm { is_stale: true, last, ..form(Errors::none()) };
            page_of(viewer, found, Some(form), StatusCode::CONFLICT).await
        }
    }
}
