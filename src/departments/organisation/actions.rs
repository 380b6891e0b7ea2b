//! What changes the organisation.

use super::{
    model::{Settings, WorkingTime},
    store,
};
use crate::{
    departments::{access::OrganisationEditor, actions::Outcome},
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::jobs,
    web,
};
use uuid::Uuid;

/// Changes name, language, time zone and what happens by itself.
///
/// # Errors
/// Of the database.
pub async fn change_settings(
    change: &mut Change,
    _: &OrganisationEditor,
    version: i32,
    settings: &Settings,
) -> web::Result<Outcome> {
    let before = store::lock(change.conn()).await?.ok_or(web::Error::NotFound)?;
    if before.settings() == *settings {
        return Ok(Outcome::Already);
    }
    if before.version != version {
        return Ok(Outcome::Stale);
    }
    store::update_settings(change.conn(), settings).await?;
    change.record(
        Event::new(Kind::OrganisationChanged, subject(before.id, &settings.name))
            .field("name", before.name.as_str(), settings.name.as_str())
            .field("language", before.language.tag(), settings.language.tag())
            .field("time_zone", before.time_zone.as_str(), settings.time_zone.as_str())
            .field(
                "requests_escalate_by_themselves",
                before.requests_escalate_by_themselves,
                settings.requests_escalate_by_themselves,
            ),
    );
    if before.time_zone != settings.time_zone {
        jobs::enqueue_once(change.conn(), jobs::CALENDAR_CHANGED).await?;
    }
    Ok(Outcome::Done)
}

/// Changes the working days and hours. What runs in working time is recalculated.
///
/// # Errors
/// Of the database.
pub async fn change_working_time(
    change: &mut Change,
    _: &OrganisationEditor,
    version: i32,
    working: &WorkingTime,
) -> web::Result<Outcome> {
    let before = store::lock(change.conn()).await?.ok_or(web::Error::NotFound)?;
    if before.working_time() == *working {
        return Ok(Outcome::Already);
    }
    if before.version != version {
        return Ok(Outcome::Stale);
    }
    store::update_working_time(change.conn(), working).await?;
    let hour = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
    let days = |days: &[i16]| days.iter().map(i16::to_string).collect::<Vec<_>>();
    change.record(
        Event::new(Kind::OrganisationChanged, subject(before.id, &before.name))
            .field("working_days", days(&before.working_days), days(&working.days))
            .field("day_starts", hour(before.day_starts), hour(working.starts))
            .field("day_ends", hour(before.day_ends), hour(working.ends)),
    );
    jobs::enqueue_once(change.conn(), jobs::CALENDAR_CHANGED).await?;
    Ok(Outcome::Done)
}

fn subject(id: Uuid, name: &str) -> Subject {
    Subject::new(SubjectKind::Organisation, id, "", name)
}
