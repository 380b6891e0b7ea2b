//! What changes key results: right, rule, write, event, one transaction each.

use super::{
    form::Read,
    store::{self, Locked, New, NewTerms, Says},
};
use crate::{
    events::{Event, Kind, Subject, SubjectKind, both},
    goals::{
        access::GoalsSetter,
        figures::Scale,
        model::Place,
        signing::{actions::beyond_the_lead, limits::TooLarge},
        split::model::Terms,
    },
    platform::{
        ids::{KeyResultId, ObjectiveId, PartId, ProjectId, SeriesId},
        locale::{Language, T},
    },
    projects::{Part, scope::store::lock},
    web::{AppState, Error, Result},
};

/// The start of an event about a key result.
#[must_use]
pub fn about(kind: Kind, project: ProjectId, (id, place, title): (KeyResultId, Place, &str)) -> Event {
    Event::new(kind, Subject::new(SubjectKind::KeyResult, id.uuid(), format!("KR{place}"), title)).of(project)
}

/// An amount as events keep it, the same in both languages.
#[must_use]
pub fn kept(scale: &Scale, amount: i64) -> String {
    scale.named(T(Language::English), amount)
}

/// The name of a department as events keep it.
#[must_use]
pub fn name_of(part: Option<&Part>) -> serde_json::Value {
    part.map_or_else(|| both("", ""), |part| both(&part.name_en, &part.name_zh))
}

/// An event with what a key result asked for and asks for.
#[must_use]
pub fn terms_in_event(event: Event, scale: &Scale, (was, is): (&Terms, &Terms)) -> Event {
    let amounts = [("baseline", was.baseline, is.baseline), ("target", was.target, is.target)];
    let days = [("starts_on", was.starts_on, is.starts_on), ("due_on", was.due_on, is.due_on)];
    let event = amounts
        .into_iter()
        .filter(|(_, was, is)| was != is)
        .fold(event, |event, (field, was, is)| event.before(field, kept(scale, was)).after(field, kept(scale, is)));
    days.into_iter()
        .filter(|(_, was, is)| was != is)
        .fold(event, |event, (field, was, is)| event.before(field, was.to_string()).after(field, is.to_string()))
}

impl Locked {
    /// Where it is.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { objective: self.objective, key_result: self.position }
    }
}

/// The lead adds a key result; the same form sent twice adds one. Answers its place; none when the objective has three already.
///
/// # Errors
/// [`Error::Conflict`] when the objective was dropped meanwhile, or the form has added another one already; otherwise of the
/// database.
pub async fn create(
    state: &AppState,
    setter: &mut GoalsSetter,
    (objective, id, series): (ObjectiveId, KeyResultId, SeriesId),
    read: &Read,
) -> Result<Option<Place>> {
    let mut change = setter.change(state).await?;
    let (project, by, at) = (setter.project().id, setter.person, change.now());
    lock(change.conn(), project).await?;
    if let Some(stands) = store::locked(change.conn(), project, id).await? {
        // The form of a page that was gone back to, with other words, is no second sending.
        let is_same = stands.title == read.title && stands.terms == read.terms && stands.scale == read.scale;
        return if is_same && stands.part == read.part { Ok(Some(stands.place())) } else { Err(Error::Conflict) };
    }
    let wanted = crate::goals::objectives::store::locked(change.conn(), project, objective).await?;
    let wanted = wanted.filter(|wanted| !wanted.is_dropped).ok_or(Error::Conflict)?;
    let new = New { id, series, objective, title: &read.title, part: read.part, scale: &read.scale, terms: read.terms };
    let inserted = match store::insert(change.conn(), project, &new, (by, at)).await {
        // Figures of something else are nobody's to take.
        Err(sqlx::Error::Database(refused)) if refused.constraint() == Some("series_pkey") => {
            return Err(Error::Unprocessable);
        }
        inserted => inserted?,
    };
    let Some(key_result) = inserted else { return Ok(None) };
    let place = Place { objective: wanted.position, key_result };
    let event = about(Kind::KeyResultCreated, project, (id, place, &read.title))
        .after("target", kept(&read.scale, read.terms.target))
        .after("due_on", read.terms.due_on.to_string())
        .after("department", name_of(setter.part(read.part)));
    change.record(event);
    change.commit().await?;
    Ok(Some(place))
}

/// The lead changes what it asks for, what it is called or who answers for it. What says nothing new changes nothing. Of what the
/// committee signed off only a little: otherwise nothing is changed, and the answer says what is too much.
///
/// # Errors
/// [`Error::Conflict`] when somebody was faster or it is dropped; [`Error::NotFound`] when there is none; otherwise of the
/// database.
pub async fn change(
    state: &AppState,
    setter: &mut GoalsSetter,
    (id, version): (KeyResultId, i32),
    read: &Read,
) -> Result<Vec<TooLarge>> {
    let mut change = setter.change(state).await?;
    let (project, by, at) = (setter.project().id, setter.person, change.now());
    let stands = store::locked(change.conn(), project, id).await?.ok_or(Error::NotFound)?;
    let is_same = stands.title == read.title && stands.part == read.part && stands.terms == read.terms;
    if is_same && !stands.is_dropped {
        return Ok(Vec::new());
    }
    if stands.version != version || stands.is_dropped {
        return Err(Error::Conflict);
    }
    let (was, is) = (stands.terms, read.terms);
    // What the committee has decided may be put back to where it stood, and is not judged again while it stays.
    let too_large = if was == is { Vec::new() } else { beyond_the_lead(&mut change, project, id, Some(&is)).await? };
    if !too_large.is_empty() {
        return Ok(too_large);
    }
    let moves_months = (was.starts_on, was.due_on) != (is.starts_on, is.due_on);
    store::update(change.conn(), project, id, (&read.title, read.part), moves_months).await?;
    if was != is {
        let new =
            NewTerms { number: stands.number + 1, terms: is, reason: &read.reason, decision: None, says: Says::All };
        store::insert_terms(change.conn(), project, id, &new, (by, at)).await?;
    }
    let named = |part: PartId| name_of(setter.part(part));
    let mut event = about(Kind::KeyResultChanged, project, (id, stands.place(), &read.title));
    if stands.title != read.title {
        event = event.before("title", stands.title.as_str()).after("title", read.title.as_str());
    }
    if stands.part != read.part {
        event = event.before("department", named(stands.part)).after("department", named(read.part));
    }
    let event = terms_in_event(event, &stands.scale, (&was, &is));
    change.record(if read.reason.is_empty() { event } else { event.after("reason", read.reason.as_str()) });
    change.commit().await?;
    Ok(Vec::new())
}

/// The lead drops it. A second time changes nothing; what the committee signed off is not dropped, and the answer says so.
///
/// # Errors
/// As [`change`].
pub async fn drop(
    state: &AppState,
    setter: &mut GoalsSetter,
    (id, version): (KeyResultId, i32),
    reason: &str,
) -> Result<Vec<TooLarge>> {
    let mut change = setter.change(state).await?;
    let (project, at) = (setter.project().id, change.now());
    let stands = store::locked(change.conn(), project, id).await?.ok_or(Error::NotFound)?;
    if stands.is_dropped {
        return Ok(Vec::new());
    }
    if stands.version != version {
        return Err(Error::Conflict);
    }
    let too_large = beyond_the_lead(&mut change, project, id, None).await?;
    if !too_large.is_empty() {
        return Ok(too_large);
    }
    store::drop(change.conn(), project, id, at).await?;
    let event = about(Kind::KeyResultDropped, project, (id, stands.place(), &stands.title));
    change.record(event.after("reason", reason));
    change.commit().await?;
    Ok(Vec::new())
}
