//! SQL of the organisation and its calendar.

use super::model::{self, DayKind, Organisation};
use crate::platform::{locale::Language, working_time::Calendar};
use jiff::civil::Date;
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
        "select id, name, language, time_zone, working_days, day_starts, day_ends, version from organisations"
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
        version: row.version,
    }))
}

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
    use jiff_sqlx::ToSqlx;
    let rows = sqlx::query!(
        r#"select day, kind as "kind: DayKind", name from calendar_days where day between $1 and $2 order by day"#,
        from.to_sqlx(),
        to.to_sqlx(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| Day { day: row.day.to_jiff(), kind: row.kind, name: row.name }).collect())
}
