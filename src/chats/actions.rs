//! Adding, changing, pausing and removing robots. Events say what changed, never an address or a secret.

use super::{
    access::RobotKeeper,
    form::{SecretChange, Wanted},
    model::{MOST, Pause, Robot, Topic},
    store,
};
use crate::{
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::ids::{ProjectId, RobotId},
    projects::ProjectManager,
    web::{Error, Result},
};
use serde_json::Value;

/// How a change ended.
#[derive(Debug)]
pub enum Outcome {
    /// As asked; `changed` says whether it was not before.
    Done {
        /// Whether anything was written.
        changed: bool,
    },
    /// The project has as many as it may have.
    Full,
    /// Somebody was faster; what stands now.
    Stale(Box<Robot>),
}

/// An event about a robot.
#[must_use]
pub fn event(kind: Kind, project: ProjectId, robot: &Robot) -> Event {
    Event::new(kind, Subject::new(SubjectKind::Robot, robot.id.uuid(), "", robot.name.clone())).of(project)
}

fn topics(topics: &[Topic]) -> Value {
    topics.iter().map(|topic| topic.as_str()).collect()
}

/// Adds a robot; the same form again adds none.
///
/// # Errors
/// The database's.
pub async fn add(mut change: Change, manager: &ProjectManager, id: RobotId, wanted: Wanted) -> Result<Outcome> {
    let project = manager.project().id;
    let (count, is_there) = store::lock_all(change.conn(), project, id).await?;
    if is_there {
        return Ok(Outcome::Done { changed: false });
    }
    if usize::try_from(count).is_ok_and(|count| count >= MOST) {
        return Ok(Outcome::Full);
    }
    let secret = match wanted.secret {
        SecretChange::Set(secret) => Some(secret),
        SecretChange::Keep | SecretChange::Forget => None,
    };
    let robot = Robot {
        id,
        name: wanted.name,
        service: wanted.service,
        address: wanted.address.ok_or(Error::Unprocessable)?,
        secret,
        language: wanted.language,
        topics: wanted.topics,
        pause: None,
        pause_code: None,
        version: 1,
    };
    let now = change.now();
    store::insert(change.conn(), project, &robot, now).await?;
    change.record(
        event(Kind::RobotAdded, project, &robot)
            .after("service", robot.service.as_str())
            .after("language", robot.language.tag())
            .after("topics", topics(&robot.topics)),
    );
    change.commit().await?;
    Ok(Outcome::Done { changed: true })
}

/// Changes what is typed about a robot.
///
/// # Errors
/// [`Error::NotFound`] when it was removed meanwhile; the database's.
pub async fn save(mut change: Change, keeper: &RobotKeeper, version: i32, wanted: Wanted) -> Result<Outcome> {
    let project = keeper.project().id;
    let before = store::lock(change.conn(), project, keeper.robot().id).await?.ok_or(Error::NotFound)?;
    let secret = match &wanted.secret {
        SecretChange::Keep => before.secret.clone(),
        SecretChange::Set(secret) => Some(secret.clone()),
        SecretChange::Forget => None,
    };
    let after = Robot {
        name: wanted.name,
        service: wanted.service,
        address: wanted.address.unwrap_or_else(|| before.address.clone()),
        secret,
        language: wanted.language,
        topics: wanted.topics,
        ..before.clone()
    };
    if after == before {
        return Ok(Outcome::Done { changed: false });
    }
    if before.version != version {
        return Ok(Outcome::Stale(Box::new(before)));
    }
    let is_elsewhere = (&before.address, &before.secret) != (&after.address, &after.secret);
    store::update(change.conn(), project, &after, is_elsewhere).await?;
    let mut changed = event(Kind::RobotChanged, project, &after)
        .field("name", before.name.as_str(), after.name.as_str())
        .field("service", before.service.as_str(), after.service.as_str())
        .field("language", before.language.tag(), after.language.tag())
        .field("topics", topics(&before.topics), topics(&after.topics));
    if before.address != after.address {
        changed = changed.after("webhook_address", "new");
    }
    if before.secret != after.secret {
        changed = changed.after("signing_secret", if after.secret.is_some() { "new" } else { "gone" });
    }
    change.record(changed);
    change.commit().await?;
    Ok(Outcome::Done { changed: true })
}

/// Pauses a robot, or lets it post again; what stands so already is done.
///
/// # Errors
/// [`Error::NotFound`] when it was removed meanwhile; the database's.
pub async fn pause(mut change: Change, keeper: &RobotKeeper, is_paused: bool) -> Result<()> {
    let project = keeper.project().id;
    let robot = store::lock(change.conn(), project, keeper.robot().id).await?.ok_or(Error::NotFound)?;
    if robot.pause.is_some() == is_paused {
        return Ok(());
    }
    store::set_pause(change.conn(), project, robot.id, is_paused.then_some(Pause::ByHand), None).await?;
    let kind = if is_paused { Kind::RobotPaused } else { Kind::RobotResumed };
    change.record(event(kind, project, &robot));
    change.commit().await?;
    Ok(())
}

/// Removes a robot; nothing is kept of its address and secret.
///
/// # Errors
/// [`Error::NotFound`] when it is gone already; the database's.
pub async fn remove(mut change: Change, keeper: &RobotKeeper) -> Result<()> {
    let project = keeper.project().id;
    // Gone at this very moment: that is what was asked for.
    let Some(robot) = store::lock(change.conn(), project, keeper.robot().id).await? else { return Ok(()) };
    store::delete(change.conn(), project, robot.id).await?;
    change.record(event(Kind::RobotRemoved, project, &robot));
    change.commit().await?;
    Ok(())
}
