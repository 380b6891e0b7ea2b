//! SQL of the days that differ from their weekday.

use crate::departments::organisation::model::DayKind;
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// A day of the calendar with what people call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub day: Date,
    /// Off or on.
    pub kind: DayKind,
    /// Its name; may be empty.
    pub name: String,
}

/// The exceptions from `from` on up to and including `to`, in order.
///
/// # Errors
/// Of the database.
pub async fn days(conn: &mut PgConnection, from: Date, to: Date) -> Result<Vec<Day>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select day, kind as "kind: DayKind", name from calendar_days where day between $1 and $2 order by day"#,
        from.to_sqlx(),
        to.to_sqlx(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| Day { day: row.day.to_jiff(), kind: row.kind, name: row.name }).collect())
}

/// What of a project runs in working time over some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clocks {
    /// The project's key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Open escalations.
    pub escalations: i64,
    /// Requests that wait for an answer.
    pub requests: i64,
}

/// What a change of the calendar between two moments moves, a line a project.
///
/// # Errors
/// Of the database.
pub async fn clocks(conn: &mut PgConnection, begins: Timestamp, ends: Timestamp) -> Result<Vec<Clocks>, sqlx::Error> {
    sqlx::query_as!(
        Clocks,
        r#"select key as "key!", name as "name!", escalations as "escalations!", requests as "requests!" from clocks_over($1, $2)"#,
        begins.to_sqlx() as jiff_sqlx::Timestamp,
        ends.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .fetch_all(conn)
    .await
}

/// Sets days, each over what it was.
///
/// # Errors
/// Of the database.
pub async fn set(conn: &mut PgConnection, days: &[Date], kind: DayKind, name: &str) -> Result<(), sqlx::Error> {
    let days: Vec<jiff_sqlx::Date> = days.iter().map(|day| day.to_sqlx()).collect();
    sqlx::query!(
        "insert into calendar_days (day, kind, name) select day, $2, $3 from unnest($1::date[]) as given (day)
         on conflict (day) do update set kind = excluded.kind, name = excluded.name",
        &days as &[jiff_sqlx::Date],
        kind.as_str(),
        name,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Gives days back to their weekday.
///
/// # Errors
/// Of the database.
pub async fn clear(conn: &mut PgConnection, from: Date, to: Date) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from calendar_days where day between $1 and $2", from.to_sqlx(), to.to_sqlx())
        .execute(conn)
        .await?;
    Ok(())
}
