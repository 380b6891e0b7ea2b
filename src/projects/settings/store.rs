//! SQL of a project's settings and of its dates.

use super::model::Details;
use crate::{
    platform::ids::{ProjectId, StageId},
    projects::model::{ProjectState, Visibility},
};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// What stands in the table, locked until the end of the transaction.
#[derive(Clone, Debug)]
pub struct Locked {
    /// The settings.
    pub details: Details,
    /// Where it is in its life.
    pub state: ProjectState,
    /// First day of the plan.
    pub starts_on: Date,
    /// Day of launch.
    pub launches_on: Option<Date>,
    /// Since when it is archived.
    pub archived_at: Option<Timestamp>,
    /// Counts edits.
    pub version: i32,
}

/// Locks a project and reads its settings.
///
/// # Errors
/// Of the database.
pub async fn lock(conn: &mut PgConnection, project: ProjectId) -> Result<Option<Locked>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select name, summary, visibility as "visibility: Visibility", quorum, state as "state: ProjectState", starts_on, launches_on, archived_at, version
           from projects where id = $1 for no key update"#,
        project.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Locked {
        details: Details { name: row.name, summary: row.summary, visibility: row.visibility, quorum: row.quorum },
        state: row.state,
        starts_on: row.starts_on.to_jiff(),
        launches_on: row.launches_on.map(jiff_sqlx::Date::to_jiff),
        archived_at: row.archived_at.map(jiff_sqlx::Timestamp::to_jiff),
        version: row.version,
    }))
}

/// Writes the settings over the version that was read; `false` when somebody was faster.
///
/// # Errors
/// Of the database.
pub async fn update(
    conn: &mut PgConnection,
    project: ProjectId,
    version: i32,
    details: &Details,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update projects set name = $3, summary = $4, visibility = $5, quorum = $6, version = version + 1
         where id = $1 and version = $2",
        project.uuid(),
        version,
        details.name,
        details.summary,
        details.visibility.as_str(),
        details.quorum,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Sets where the project is in its life; archived carries the moment.
///
/// # Errors
/// Of the database.
pub async fn set_state(
    conn: &mut PgConnection,
    project: ProjectId,
    state: ProjectState,
    archived_at: Option<Timestamp>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update projects set state = $2, archived_at = $3, version = version + 1 where id = $1",
        project.uuid(),
        state.as_str(),
        archived_at.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// How many seats of the committee vote.
///
/// # Errors
/// Of the database.
pub async fn voting_seats(conn: &mut PgConnection, project: ProjectId) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(distinct person_id) as "count!" from seats
           where project_id = $1 and removed_at is null and role in ('committee', 'chair')"#,
        project.uuid()
    )
    .fetch_one(conn)
    .await
}

/// A stage with its length and its dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedStage {
    /// Its id.
    pub id: StageId,
    /// `A3`.
    pub code: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// Length in working days.
    pub days: i32,
    /// Starts on the day of launch.
    pub is_launch: bool,
    /// `ahead`, `current`, `passed`.
    pub state: String,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
}

/// The stages of a project in their order. Whoever writes their dates has locked the project first.
///
/// # Errors
/// Of the database.
pub async fn stages(conn: &mut PgConnection, project: ProjectId) -> Result<Vec<DatedStage>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select id as "id: StageId", code, name_en, name_zh, days, is_launch, state, starts_on, ends_on
           from stages where project_id = $1 order by position"#,
        project.uuid(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| DatedStage {
            id: row.id,
            code: row.code,
            name_en: row.name_en,
            name_zh: row.name_zh,
            days: row.days,
            is_launch: row.is_launch,
            state: row.state,
            starts_on: row.starts_on.to_jiff(),
            ends_on: row.ends_on.to_jiff(),
        })
        .collect())
}

/// Gives stages new dates, in one statement; their baselines stay.
///
/// # Errors
/// Of the database.
pub async fn set_stage_dates(
    conn: &mut PgConnection,
    project: ProjectId,
    dates: &[(StageId, Date, Date)],
) -> Result<(), sqlx::Error> {
    let ids: Vec<uuid::Uuid> = dates.iter().map(|(id, ..)| id.uuid()).collect();
    let starts: Vec<jiff_sqlx::Date> = dates.iter().map(|(_, starts, _)| starts.to_sqlx()).collect();
    let ends: Vec<jiff_sqlx::Date> = dates.iter().map(|(.., ends)| ends.to_sqlx()).collect();
    sqlx::query!(
        "update stages set starts_on = given.starts_on, ends_on = given.ends_on, version = version + 1
         from unnest($2::uuid[], $3::date[], $4::date[]) as given (id, starts_on, ends_on)
         where stages.project_id = $1 and stages.id = given.id",
        project.uuid(),
        &ids,
        &starts as &[jiff_sqlx::Date],
        &ends as &[jiff_sqlx::Date],
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Gives the project itself its new dates.
///
/// # Errors
/// Of the database.
pub async fn set_dates(
    conn: &mut PgConnection,
    project: ProjectId,
    starts_on: Date,
    launches_on: Option<Date>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update projects set starts_on = $2, launches_on = $3, version = version + 1 where id = $1",
        project.uuid(),
        starts_on.to_sqlx(),
        launches_on.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>,
    )
    .execute(conn)
    .await?;
    Ok(())
}
