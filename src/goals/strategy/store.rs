//! SQL of `strategies`.

use super::model::{Strategy, Texts};
use crate::platform::ids::{PersonId, ProjectId, StrategyId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

struct Row {
    id: StrategyId,
    number: i32,
    vision: String,
    strategy: String,
    audience: String,
    need: String,
    difference: String,
    worth: String,
    reason: String,
    set_by: Option<String>,
    set_at: jiff_sqlx::Timestamp,
}

impl From<Row> for Strategy {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            number: row.number,
            texts: Texts {
                vision: row.vision,
                strategy: row.strategy,
                audience: row.audience,
                need: row.need,
                difference: row.difference,
                worth: row.worth,
            },
            reason: row.reason,
            set_by: row.set_by.unwrap_or_default(),
            set_at: row.set_at.to_jiff(),
        }
    }
}

/// The strategy in force; none before the first.
///
/// # Errors
/// Of the database.
pub async fn current(conn: &mut PgConnection, project: ProjectId) -> Result<Option<Strategy>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select s.id as "id: StrategyId", s.number, s.vision, s.strategy, s.audience, s.need, s.difference, s.worth, s.reason,
                  people.name as set_by, s.set_at as "set_at: jiff_sqlx::Timestamp"
           from strategies s join person_names people on people.id = s.set_by
           where s.project_id = $1 order by s.number desc limit 1"#,
        project.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Strategy::from))
}

/// A version with the one before it; the first alone, none of what is not there.
///
/// # Errors
/// Of the database.
pub async fn with_the_one_before(
    conn: &mut PgConnection,
    project: ProjectId,
    number: i32,
) -> Result<Option<(Strategy, Option<Strategy>)>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select s.id as "id: StrategyId", s.number, s.vision, s.strategy, s.audience, s.need, s.difference, s.worth, s.reason,
                  people.name as set_by, s.set_at as "set_at: jiff_sqlx::Timestamp"
           from strategies s join person_names people on people.id = s.set_by
           where s.project_id = $1 and s.number <= $2 order by s.number desc limit 2"#,
        project.uuid(),
        number,
    )
    .fetch_all(conn)
    .await?;
    let mut rows = rows.into_iter().map(Strategy::from);
    let Some(version) = rows.next().filter(|version| version.number == number) else { return Ok(None) };
    Ok(Some((version, rows.next())))
}

/// A version as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number.
    pub number: i32,
    /// Why it was set; empty for the first.
    pub reason: String,
    /// Who set it.
    pub set_by: String,
    /// When.
    pub set_at: Timestamp,
}

/// Most versions of a list.
const LISTED: i64 = 100;

/// The versions, the newest first.
///
/// # Errors
/// Of the database.
pub async fn versions(conn: &mut PgConnection, project: ProjectId) -> Result<Vec<Version>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select s.number, s.reason, people.name as set_by, s.set_at as "set_at: jiff_sqlx::Timestamp"
           from strategies s join person_names people on people.id = s.set_by
           where s.project_id = $1 order by s.number desc limit $2"#,
        project.uuid(),
        LISTED,
    )
    .fetch_all(conn)
    .await?;
    let version = |set_by: Option<String>, number, reason, set_at: jiff_sqlx::Timestamp| Version {
        number,
        reason,
        set_by: set_by.unwrap_or_default(),
        set_at: set_at.to_jiff(),
    };
    Ok(rows.into_iter().map(|row| version(row.set_by, row.number, row.reason, row.set_at)).collect())
}

/// Writes a version; false when its id or its number is already there.
///
/// # Errors
/// Of the database.
pub async fn insert(
    conn: &mut PgConnection,
    project: ProjectId,
    (id, number): (StrategyId, i32),
    (texts, reason): (&Texts, &str),
    (by, at): (PersonId, Timestamp),
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into strategies (project_id, id, number, vision, strategy, audience, need, difference, worth, reason, set_by, set_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing",
        project.uuid(),
        id.uuid(),
        number,
        texts.vision,
        texts.strategy,
        texts.audience,
        texts.need,
        texts.difference,
        texts.worth,
        reason,
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether a form has made its version.
///
/// # Errors
/// Of the database.
pub async fn is_there(conn: &mut PgConnection, project: ProjectId, id: StrategyId) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from strategies where project_id = $1 and id = $2) as "is_there!""#,
        project.uuid(),
        id.uuid(),
    )
    .fetch_one(conn)
    .await
}
