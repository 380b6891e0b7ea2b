//! Filling and sending, by a job that any number of processes run at once.

use super::{
    model::{About, LINES, Verdict, next_try, verdict},
    store::{self, Taken},
};
use crate::{
    chats::{
        self,
        model::{Pause, Robot, Topic},
    },
    events::{self, Change, Kind, Recorded},
    platform::{
        chat::{CONTENT_TYPE, prepare},
        ids::{EventId, RobotId},
        outgoing::Outgoing,
    },
    web::{AppState, Error, Result},
};
use jiff::{SignedDuration, Timestamp};
use std::sync::atomic::Ordering;
use tokio::task::JoinSet;
use url::Url;
use uuid::Uuid;

/// Robots that one transaction looks through events for.
const BATCH: i64 = 200;
/// Posts that one process sends at the same time: whoever does not answer keeps few others waiting.
const AT_ONCE: usize = 4;
/// A process that took a post and ended leaves it to the others after this long.
const TAKEN_FOR: SignedDuration = SignedDuration::from_mins(2);
/// What the program is called in the log.
const REQUEST_ID: &str = "chats";

/// Makes the posts of what happened since the last time, and sends what is due; answers how many were sent.
///
/// # Errors
/// When the database is away.
pub async fn run(state: &AppState, outgoing: &Outgoing) -> Result<usize> {
    fill(state).await?;
    let mut senders = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (state, outgoing) = (state.clone(), outgoing.clone());
        senders.spawn(async move {
            let mut sent = 0;
            while !state.is_stopping.load(Ordering::Relaxed) {
                match send_one(&state, &outgoing).await? {
                    Some(is_sent) => sent += usize::from(is_sent),
                    None => break,
                }
            }
            Ok::<usize, Error>(sent)
        });
    }
    let mut sent = 0;
    while let Some(ended) = senders.join_next().await {
        sent += ended.map_err(Error::internal)??;
    }
    Ok(sent)
}

/// Makes the posts. Each event is told to each robot once, in the order in which events can be seen.
///
/// # Errors
/// When the database is away.
pub async fn fill(state: &AppState) -> Result<()> {
    let now = state.clock.now();
    let kinds = Topic::kinds();
    let mut after = RobotId(Uuid::nil());
    loop {
        let mut lease = state.db.begin().await?;
        if after.uuid().is_nil() {
            store::drop_silenced(&mut lease, now).await?;
            store::tidy(&mut lease, now).await?;
        }
        let listeners = store::listeners(&mut lease, after, BATCH).await?;
        let Some(last) = listeners.last() else {
            lease.commit().await?;
            return Ok(());
        };
        after = last.id;
        let horizon = store::horizon(&mut lease).await?;
        let heard = store::heard(&mut lease, &listeners, horizon, &kinds).await?;
        for listener in listeners.iter().filter(|listener| listener.is_active) {
            let wants = |one: &&store::Heard| {
                let topic = Kind::parse(&one.kind).and_then(|kind| Topic::of(kind, &one.status, one.slips));
                one.robot == listener.id
                    && topic.is_some_and(|topic| listener.topics.iter().any(|wanted| wanted == topic.as_str()))
            };
            let told: Vec<EventId> = heard.iter().filter(wants).map(|one| one.event).collect();
            if !told.is_empty() {
                store::insert(&mut lease, listener, &told, now).await?;
            }
        }
        store::looked(&mut lease, &listeners, horizon).await?;
        lease.commit().await?;
    }
}

/// Tries the post that waits longest: whether it was sent; none when none is due.
///
/// # Errors
/// When the database is away; what the service says is kept with the post.
pub async fn send_one(state: &AppState, outgoing: &Outgoing) -> Result<Option<bool>> {
    let now = state.clock.now();
    let mut lease = state.db.lease().await?;
    let taken = store::take(&mut lease, now, now.checked_add(TAKEN_FOR).unwrap_or(now)).await?;
    let Some(post) = taken else { return Ok(None) };
    let Some(robot) = chats::store::find(&mut lease, post.project, post.robot).await? else { return Ok(Some(false)) };
    if robot.pause.is_some() {
        return Ok(Some(false)); // dropped the next time that posts are made
    }
    let first: Vec<EventId> = post.events.iter().take(LINES).copied().map(EventId).collect();
    let found = events::store::of_ids(&mut lease, &first).await?;
    drop(lease);
    let told: Vec<Recorded> = first.iter().filter_map(|id| found.get(id).cloned()).collect();
    let origin = state.config.origin();
    let about = About { origin: &origin, key: &post.key, project: &post.name, language: robot.language };
    let verdict = say(outgoing, &robot, &about.post(&told, post.events.len()), &post.id.to_string(), now).await?;
    settle(state, &post, &robot, verdict).await.map(Some)
}

/// Sends a message and reads what came back.
///
/// # Errors
/// When it cannot be put together, which is our fault.
pub async fn say(
    outgoing: &Outgoing,
    robot: &Robot,
    post: &crate::platform::chat::Post,
    key: &str,
    now: Timestamp,
) -> Result<Verdict> {
    let Ok(address) = robot.address.reveal().parse::<Url>() else { return Ok(Verdict::Never(Pause::NotAllowed, None)) };
    let secret = robot.secret.as_ref().map(chats::model::Secret::reveal);
    let prepared = prepare(robot.service, &address, secret, post, now).map_err(Error::internal)?;
    let came_back = outgoing.post(&prepared.address, CONTENT_TYPE, key, prepared.body).await;
    Ok(verdict(robot.service, &came_back))
}

/// Keeps what became of a try; whether it was sent.
async fn settle(state: &AppState, post: &Taken, robot: &Robot, verdict: Verdict) -> Result<bool> {
    let now = state.clock.now();
    let (pause, code) = match verdict {
        Verdict::Sent => {
            tracing::info!(post = %post.id, robot = %robot.id, tries = post.tries, "a chat was told");
            store::end(&mut *state.db.lease().await?, post, true, now).await?;
            return Ok(true);
        }
        Verdict::Later(trouble, retry_after) => match next_try(now, post.tries, retry_after) {
            Some(next_try_at) => {
                tracing::warn!(post = %post.id, robot = %robot.id, tries = post.tries, ?trouble, "a post waits");
                store::again(&mut *state.db.lease().await?, post, next_try_at, trouble).await?;
                return Ok(false);
            }
            None => (Pause::Silent, None),
        },
        Verdict::Never(pause, code) => (pause, code),
    };
    tracing::warn!(post = %post.id, robot = %robot.id, ?pause, code, "a robot is paused");
    let mut change = Change::by(state, None, "", REQUEST_ID).await?;
    store::end(change.conn(), post, false, now).await?;
    let standing = chats::store::lock(change.conn(), post.project, robot.id).await?;
    // Somebody may have removed, paused or mended it meanwhile: what was found out is of the robot as it was.
    let Some(standing) = standing.filter(|standing| standing.pause.is_none() && standing.version == robot.version)
    else {
        change.commit_any().await?;
        return Ok(false);
    };
    chats::store::set_pause(change.conn(), post.project, robot.id, Some(pause), code.as_deref()).await?;
    change.record(chats::actions::event(Kind::RobotFailed, post.project, &standing).after("pause", pause.as_str()));
    change.commit().await?;
    Ok(false)
}
