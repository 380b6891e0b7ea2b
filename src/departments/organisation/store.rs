//! SQL of the organisation and its calendar.

use super::model::{self, DayKind, Organisation, Settings, WorkingTime};
use crate::platform::{locale::Language, working_time::Calendar};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// The working time of the organisation, in one statement. Before set-up it is the ordinary week in UTC.
///
/// # Errors
/// Of the database; settings that make no sense give way to ordinary ones.
pub async fn calendar(conn: &mut PgConnection) -> Result<Calendar, sqlx::Error> {
    let row = sqlx::query!(
        r#"select working_days, day_starts, day_ends, time_zone,
                  array(select day from calendar_days order by day) as "days!: Vec<jiff_sqlx::Date>",
                  array(select kind from calendar_days order by day) as "kinds!: Vec<String>"
           from organisations"#
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map_or_else(Calendar::default, |row| {
        let days = row
            .days
            .into_iter()
            .zip(row.kinds)
            .filter_map(|(day, kind)| Some((day.to_jiff(), kind.parse::<DayKind>().ok()?)));
        model::calendar(&row.working_days, row.day_starts.to_jiff(), row.day_ends.to_jiff(), &row.time_zone, days)
    }))
}

/// The organisation; none before set-up.
///
/// # Errors
/// Of the database.
pub async fn organisation(conn: &mut PgConnection) -> Result<Option<Organisation>, sqlx::Error> {
    let row = sqlx::query!(
        "select id, name, language, time_zone, working_days, day_starts, day_ends, requests_escalate_by_themselves, version from organisations"
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Organisation {
        id: row.id,
        name: row.name,
        language: row.language.parse().unwrap_or(Language::English),
        time_zone: row.time_zone,
        working_days: row.working_days,
        day_starts: row.day_starts.to_jiff(),
        day_ends: row.day_ends.to_jiff(),
        requests_escalate_by_themselves: row.requests_escalate_by_themselves,
        version: row.version,
    }))
}

/// As [`organisation`], locked until the end of the transaction; the calendar's days are changed under this lock too.
///
/// # Errors
/// Of the database.
pub async fn lock(conn: &mut PgConnection) -> Result<Option<Organisation>, sqlx::Error> {
    sqlx::query!("select id from organisations for update").fetch_optional(&mut *conn).await?;
    organisation(conn).await
}

/// Writes name, language, time zone and what happens by itself.
///
/// # Errors
/// Of the database.
pub async fn update_settings(conn: &mut PgConnection, settings: &Settings) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update organisations set name = $1, language = $2, time_zone = $3, requests_escalate_by_themselves = $4, version = version + 1",
        settings.name,
        settings.language.tag(),
        settings.time_zone,
        settings.requests_escalate_by_themselves,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes working days and hours.
///
/// # Errors
/// Of the database.
pub async fn update_working_time(conn: &mut PgConnection, working: &WorkingTime) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update organisations set working_days = $1, day_starts = $2, day_ends = $3, version = version + 1",
        &working.days,
        working.starts.to_sqlx(),
        working.ends.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}
