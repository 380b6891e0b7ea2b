//! Making a project: everything or nothing, once however often the form is sent.

use super::{access::ProjectMaker, events, model::Choices, records};
use crate::{
    events::Change,
    platform::working_time::Calendar,
    projects::making::store::{self, Inserted},
    web, work,
};

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The project is there, with this key: made now, or by the same form before.
    Made(String),
    /// Somebody took the key in the meantime; nothing was written.
    KeyTaken,
}

/// Makes a draft from checked choices: parts, stages, gates, division of labour, tasks, milestones, seats, and one event for
/// each. Commits.
///
/// # Errors
/// Of the database.
pub async fn make(
    mut change: Change,
    maker: &ProjectMaker,
    choices: &Choices<'_>,
    calendar: &Calendar,
) -> web::Result<Outcome> {
    let made = records::make(choices, calendar);
    let now = change.now();
    match store::insert_project(change.conn(), &made.records.project, maker.person(), now).await? {
        Inserted::KeyTaken => return Ok(Outcome::KeyTaken),
        Inserted::Before => {
            let key = store::made_before(change.conn(), choices.id, maker.person()).await?;
            return Ok(Outcome::Made(key.unwrap_or_else(|| choices.key.clone())));
        }
        Inserted::New => {}
    }
    store::insert_records(change.conn(), &made.records, now).await?;
    work::planned::store::insert(change.conn(), choices.id, maker.person(), now, &made.work).await?;
    events::record(&mut change, choices, &made);
    change.commit().await?;
    Ok(Outcome::Made(choices.key.clone()))
}
