//! SQL of `chat_posts`, and where each robot is in the order of events: those of transactions before `seen_xid` it has been
//! told of or did not want. Events are read as in the live room, below every transaction under way, so none appears behind.

use super::model::Trouble;
use crate::platform::ids::{ChatPostId, EventId, ProjectId, RobotId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

/// A robot for which events are looked through.
#[derive(Debug)]
pub struct Listener {
    /// Its project.
    pub project: ProjectId,
    /// It.
    pub id: RobotId,
    /// What it is told of.
    pub topics: Vec<String>,
    /// Where it is.
    pub seen: i64,
    /// Whether its project is under way; of others nothing is told.
    pub is_active: bool,
}

/// Takes some of the robots that post, after the one given; other workers leave them alone. Those with a post that waits
/// are told of what happens meanwhile in their next one.
///
/// # Errors
/// Of the database.
pub async fn listeners(conn: &mut PgConnection, after: RobotId, most: i64) -> Result<Vec<Listener>, sqlx::Error> {
    sqlx::query_as!(
        Listener,
        r#"select robots.project_id as "project: ProjectId", robots.id as "id: RobotId", robots.topics,
                  robots.seen_xid::text::bigint as "seen!", projects.state = 'active' as "is_active!"
           from chat_robots robots join projects on projects.id = robots.project_id
           where robots.id > $1 and robots.pause is null
             and not exists (select from chat_posts posts where posts.project_id = robots.project_id and posts.robot_id = robots.id
                               and posts.state = 'waiting')
           order by robots.id for update of robots skip locked limit $2"#,
        after.uuid(),
        most,
    )
    .fetch_all(conn)
    .await
}

/// Before everything that commits from now on.
///
/// # Errors
/// Of the database.
pub async fn horizon(conn: &mut PgConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(r#"select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as "oldest!""#)
        .fetch_one(conn)
        .await
}

/// An event that a robot may be told of.
#[derive(Debug)]
pub struct Heard {
    /// The robot.
    pub robot: RobotId,
    /// The event.
    pub event: EventId,
    /// Its kind.
    pub kind: String,
    /// What the status of a task is now.
    pub status: String,
    /// Whether a task was moved beyond the day for which it was promised.
    pub slips: bool,
}

/// What happened in the projects of these robots since each looked, before the horizon, in order.
///
/// # Errors
/// Of the database.
pub async fn heard(
    conn: &mut PgConnection,
    listeners: &[Listener],
    horizon: i64,
    kinds: &[String],
) -> Result<Vec<Heard>, sqlx::Error> {
    let ids: Vec<Uuid> = listeners.iter().map(|one| one.id.uuid()).collect();
    let projects: Vec<Uuid> = listeners.iter().map(|one| one.project.uuid()).collect();
    let seen: Vec<i64> = listeners.iter().map(|one| one.seen).collect();
    let since = seen.iter().copied().min().unwrap_or(horizon);
    sqlx::query_as!(
        Heard,
        r#"select robots.id as "robot!: RobotId", events.id as "event: EventId", events.kind,
                  coalesce(events.after ->> 'status', '') as "status!",
                  events.kind = 'task.moved' and exists (
                      select from promise_slips slips where slips.project_id = events.project_id and slips.task_id = events.subject_id
                        and slips.at = events.at) as "slips!"
           from events
           join unnest($1::uuid[], $2::uuid[], $3::bigint[]) as robots (id, project_id, seen) on robots.project_id = events.project_id
           where events.xid is not null and events.xid >= $4::bigint::text::xid8 and events.xid < $5::bigint::text::xid8
             and events.xid >= robots.seen::text::xid8 and events.kind = any($6)
           order by events.xid, events.id"#,
        &ids,
        &projects,
        &seen,
        since,
        horizon,
        kinds,
    )
    .fetch_all(conn)
    .await
}

/// Notes that these robots have looked at everything before the horizon.
///
/// # Errors
/// Of the database.
pub async fn looked(conn: &mut PgConnection, listeners: &[Listener], horizon: i64) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = listeners.iter().map(|one| one.id.uuid()).collect();
    sqlx::query!(
        "update chat_robots set seen_xid = $2::bigint::text::xid8 where id = any($1) and seen_xid < $2::bigint::text::xid8",
        &ids,
        horizon,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Lets a post wait to be sent.
///
/// # Errors
/// Of the database.
pub async fn insert(
    conn: &mut PgConnection,
    listener: &Listener,
    events: &[EventId],
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    let events: Vec<Uuid> = events.iter().map(|event| event.uuid()).collect();
    sqlx::query!(
        "insert into chat_posts (project_id, id, robot_id, event_ids, created_at, next_try_at) values ($1, $2, $3, $4, $5, $5)",
        listener.project.uuid(),
        ChatPostId::new().uuid(),
        listener.id.uuid(),
        &events,
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Drops what waits for robots that post nothing now.
///
/// # Errors
/// Of the database.
pub async fn drop_silenced(conn: &mut PgConnection, now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update chat_posts posts set state = 'dropped', ended_at = $1
         from chat_robots robots join projects on projects.id = robots.project_id
         where posts.state = 'waiting' and robots.project_id = posts.project_id and robots.id = posts.robot_id
           and (robots.pause is not null or projects.state <> 'active')",
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A post that this process will try to send.
#[derive(Debug)]
pub struct Taken {
    /// Its id, the same at every try.
    pub id: ChatPostId,
    /// Its project.
    pub project: ProjectId,
    /// The project's key.
    pub key: String,
    /// The project's name.
    pub name: String,
    /// The robot.
    pub robot: RobotId,
    /// What it tells, in order.
    pub events: Vec<Uuid>,
    /// Which try this is.
    pub tries: i32,
}

/// Takes the post that waits longest; other processes leave it alone until `back_at`.
///
/// # Errors
/// Of the database.
pub async fn take(conn: &mut PgConnection, now: Timestamp, back_at: Timestamp) -> Result<Option<Taken>, sqlx::Error> {
    sqlx::query_as!(
        Taken,
        r#"update chat_posts posts set tries = posts.tries + 1, next_try_at = $2
           from (select project_id, id from chat_posts where state = 'waiting' and next_try_at <= $1
                 order by next_try_at, id for update skip locked limit 1) due
           join projects on projects.id = due.project_id
           where posts.project_id = due.project_id and posts.id = due.id
           returning posts.id as "id: ChatPostId", posts.project_id as "project: ProjectId", projects.key, projects.name,
                     posts.robot_id as "robot: RobotId", posts.event_ids as events, posts.tries"#,
        now.to_sqlx(),
        back_at.to_sqlx(),
    )
    .fetch_optional(conn)
    .await
}

/// Sent, or given up.
///
/// # Errors
/// Of the database.
pub async fn end(conn: &mut PgConnection, post: &Taken, is_sent: bool, now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update chat_posts set state = $3, ended_at = $4, trouble = null where project_id = $1 and id = $2 and state = 'waiting'",
        post.project.uuid(),
        post.id.uuid(),
        if is_sent { "sent" } else { "given_up" },
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Tried in vain; again at `next_try_at`.
///
/// # Errors
/// Of the database.
pub async fn again(
    conn: &mut PgConnection,
    post: &Taken,
    next_try_at: Timestamp,
    trouble: Trouble,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update chat_posts set next_try_at = $3, trouble = $4 where project_id = $1 and id = $2 and state = 'waiting'",
        post.project.uuid(),
        post.id.uuid(),
        next_try_at.to_sqlx(),
        trouble.as_str(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets posts that ended a month ago.
///
/// # Errors
/// Of the database.
pub async fn tidy(conn: &mut PgConnection, now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from chat_posts where state <> 'waiting' and ended_at < $1::timestamptz - interval '30 days'",
        now.to_sqlx()
    )
    .execute(conn)
    .await?;
    Ok(())
}
