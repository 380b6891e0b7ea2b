//! SQL of `chat_robots`.

use super::model::{Failure, Pause, Robot, Secret, Topic};
use crate::platform::{
    chat::Service,
    ids::{ProjectId, RobotId},
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// A robot as its row has it.
struct Row {
    id: RobotId,
    name: String,
    service: String,
    address: Secret,
    secret: Option<Secret>,
    language: String,
    topics: Vec<String>,
    pause: Option<String>,
    pause_code: Option<String>,
    version: i32,
}

impl Row {
    /// None of a service that a later release knows.
    fn robot(self) -> Option<Robot> {
        Some(Robot {
            id: self.id,
            name: self.name,
            service: Service::parse(&self.service)?,
            address: self.address,
            secret: self.secret,
            language: self.language.parse().unwrap_or_default(),
            topics: self.topics.iter().filter_map(|topic| Topic::parse(topic)).collect(),
            pause: self.pause.map(|pause| Pause::parse(&pause).unwrap_or(Pause::ByHand)),
            pause_code: self.pause_code,
            version: self.version,
        })
    }
}

/// A robot with what became of its posts.
#[derive(Clone, Debug)]
pub struct Listed {
    /// It.
    pub robot: Robot,
    /// When it last posted.
    pub posted_at: Option<Timestamp>,
    /// When a post that could not be sent is tried again.
    pub next_try_at: Option<Timestamp>,
    /// When its last test message failed, how, and what the service called it.
    pub test_failed: Option<(Timestamp, Failure, Option<String>)>,
}

/// The robots of a project, the oldest first.
///
/// # Errors
/// Of the database.
pub async fn list(conn: &mut PgConnection, project: ProjectId) -> Result<Vec<Listed>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select robots.id as "id: RobotId", name, service, address as "address: Secret", secret as "secret: Secret", language, topics,
                  pause, pause_code, version, test_failed_at, test_trouble, test_code, posted.ended_at as "posted_at?", waiting.next_try_at as "next_try_at?"
           from chat_robots robots
           left join lateral (select ended_at from chat_posts posts
                              where posts.project_id = robots.project_id and posts.robot_id = robots.id and posts.state = 'sent'
                              order by ended_at desc limit 1) posted on true
           left join chat_posts waiting on waiting.project_id = robots.project_id and waiting.robot_id = robots.id
            and waiting.state = 'waiting' and waiting.trouble is not null
           where robots.project_id = $1 order by robots.created_at, robots.id"#,
        project.uuid(),
    )
    .fetch_all(conn)
    .await?;
    let listed = rows.into_iter().filter_map(|row| {
        let own = Row {
            id: row.id,
            name: row.name,
            service: row.service,
            address: row.address,
            secret: row.secret,
            language: row.language,
            topics: row.topics,
            pause: row.pause,
            pause_code: row.pause_code,
            version: row.version,
        };
        let trouble = row.test_trouble.and_then(|trouble| Failure::parse(&trouble));
        let test_failed = row.test_failed_at.map(jiff_sqlx::Timestamp::to_jiff).zip(trouble);
        Some(Listed {
            test_failed: test_failed.map(|(at, trouble)| (at, trouble, row.test_code)),
            robot: own.robot()?,
            posted_at: row.posted_at.map(jiff_sqlx::Timestamp::to_jiff),
            next_try_at: row.next_try_at.map(jiff_sqlx::Timestamp::to_jiff),
        })
    });
    Ok(listed.collect())
}

/// One robot of a project.
///
/// # Errors
/// Of the database.
pub async fn find(conn: &mut PgConnection, project: ProjectId, id: RobotId) -> Result<Option<Robot>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select id as "id: RobotId", name, service, address as "address: Secret", secret as "secret: Secret", language, topics,
                  pause, pause_code, version
           from chat_robots where project_id = $1 and id = $2"#,
        project.uuid(),
        id.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.and_then(Row::robot))
}

/// As [`find`], held until the transaction ends.
///
/// # Errors
/// Of the database.
pub async fn lock(conn: &mut PgConnection, project: ProjectId, id: RobotId) -> Result<Option<Robot>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select id as "id: RobotId", name, service, address as "address: Secret", secret as "secret: Secret", language, topics,
                  pause, pause_code, version
           from chat_robots where project_id = $1 and id = $2 for update"#,
        project.uuid(),
        id.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.and_then(Row::robot))
}

/// How many robots a project has, and whether this is one of them; nobody else adds one until the transaction ends.
///
/// # Errors
/// Of the database.
pub async fn lock_all(conn: &mut PgConnection, project: ProjectId, id: RobotId) -> Result<(i64, bool), sqlx::Error> {
    sqlx::query!("select id from projects where id = $1 for no key update", project.uuid())
        .fetch_all(&mut *conn)
        .await?;
    let row = sqlx::query!(
        r#"select count(*) as "count!", coalesce(bool_or(id = $2), false) as "is_there!" from chat_robots where project_id = $1"#,
        project.uuid(),
        id.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok((row.count, row.is_there))
}

fn texts(topics: &[Topic]) -> Vec<String> {
    topics.iter().map(|topic| topic.as_str().to_owned()).collect()
}

/// Adds one. It is told of what happens from now on.
///
/// # Errors
/// Of the database.
pub async fn insert(
    conn: &mut PgConnection,
    project: ProjectId,
    robot: &Robot,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into chat_robots (project_id, id, name, service, address, secret, language, topics, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        project.uuid(),
        robot.id.uuid(),
        robot.name,
        robot.service.as_str(),
        robot.address.reveal(),
        robot.secret.as_ref().map(Secret::reveal),
        robot.language.tag(),
        &texts(&robot.topics),
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Changes what was typed about one; `is_elsewhere` where it is told by another address or secret, of which no test is known.
///
/// # Errors
/// Of the database.
pub async fn update(
    conn: &mut PgConnection,
    project: ProjectId,
    robot: &Robot,
    is_elsewhere: bool,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update chat_robots set name = $3, service = $4, address = $5, secret = $6, language = $7, topics = $8, version = version + 1,
                test_failed_at = case when not $9 then test_failed_at end, test_trouble = case when not $9 then test_trouble end,
                test_code = case when not $9 then test_code end
         where project_id = $1 and id = $2",
        project.uuid(),
        robot.id.uuid(),
        robot.name,
        robot.service.as_str(),
        robot.address.reveal(),
        robot.secret.as_ref().map(Secret::reveal),
        robot.language.tag(),
        &texts(&robot.topics),
        is_elsewhere,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Pauses one, or lets it post again: of what happens from now on.
///
/// # Errors
/// Of the database.
pub async fn set_pause(
    conn: &mut PgConnection,
    project: ProjectId,
    id: RobotId,
    pause: Option<Pause>,
    code: Option<&str>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update chat_robots set pause = $3, pause_code = $4, version = version + 1,
                seen_xid = case when $3::text is null then pg_current_xact_id() else seen_xid end
         where project_id = $1 and id = $2",
        project.uuid(),
        id.uuid(),
        pause.map(Pause::as_str),
        code,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Keeps how the test of a robot ended, as long as it is told by the address and the secret that were tested.
///
/// # Errors
/// Of the database.
pub async fn tested(
    conn: &mut PgConnection,
    project: ProjectId,
    robot: &Robot,
    failed: Option<(Failure, Option<&str>)>,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update chat_robots set test_failed_at = case when $3::text is not null then $5::timestamptz end, test_trouble = $3, test_code = $4
         where project_id = $1 and id = $2 and address = $6 and secret is not distinct from $7",
        project.uuid(),
        robot.id.uuid(),
        failed.map(|(failure, _)| failure.as_str()),
        failed.and_then(|(_, code)| code),
        now.to_sqlx() as jiff_sqlx::Timestamp,
        robot.address.reveal(),
        robot.secret.as_ref().map(Secret::reveal),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Removes one, with its address, its secret and its posts.
///
/// # Errors
/// Of the database.
pub async fn delete(conn: &mut PgConnection, project: ProjectId, id: RobotId) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from chat_robots where project_id = $1 and id = $2", project.uuid(), id.uuid())
        .execute(conn)
        .await?;
    Ok(())
}
