//! What changes the calendar's days: one event a day.

use super::{
    model::Run,
    store::{self, Day},
};
use crate::{
    departments::{access::OrganisationEditor, actions::Outcome, organisation},
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::jobs,
    web,
};
use jiff::civil::Date;
use uuid::Uuid;

/// Sets the days of a run; days that are so already leave no event.
///
/// # Errors
/// Of the database.
pub async fn set(change: &mut Change, _: &OrganisationEditor, run: &Run) -> web::Result<Outcome> {
    let organisation = organisation::store::lock(change.conn()).await?.ok_or(web::Error::NotFound)?;
    let before = store::days(change.conn(), run.from, run.to).await?;
    let find = |day: Date| before.iter().find(|known| known.day == day);
    let new: Vec<Date> = run
        .days()
        .into_iter()
        .filter(|day| find(*day).is_none_or(|known| known.kind != run.kind || known.name != run.name))
        .collect();
    if new.is_empty() {
        return Ok(Outcome::Already);
    }
    store::set(change.conn(), &new, run.kind, &run.name).await?;
    for day in new {
        let known = find(day);
        change.record(Event::new(Kind::CalendarDaySet, subject(organisation.id, day, &run.name)).field(
            "kind",
            known.map(|known| known.kind.as_str()),
            run.kind.as_str(),
        ));
    }
    jobs::enqueue_once(change.conn(), jobs::CALENDAR_CHANGED).await?;
    Ok(Outcome::Done)
}

/// Gives the days from `from` to `to` back to their weekday.
///
/// # Errors
/// Of the database.
pub async fn clear(change: &mut Change, _: &OrganisationEditor, from: Date, to: Date) -> web::Result<Outcome> {
    let organisation = organisation::store::lock(change.conn()).await?.ok_or(web::Error::NotFound)?;
    let before = store::days(change.conn(), from, to).await?;
    if before.is_empty() {
        return Ok(Outcome::Already);
    }
    store::clear(change.conn(), from, to).await?;
    for Day { day, kind, name } in before {
        change.record(
            Event::new(Kind::CalendarDayCleared, subject(organisation.id, day, &name)).before("kind", kind.as_str()),
        );
    }
    jobs::enqueue_once(change.conn(), jobs::CALENDAR_CHANGED).await?;
    Ok(Outcome::Done)
}

/// A day has no id of its own: it is the organisation's.
fn subject(organisation: Uuid, day: Date, name: &str) -> Subject {
    Subject::new(SubjectKind::CalendarDay, organisation, day.to_string(), name)
}
