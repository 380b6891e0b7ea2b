//! SQL of `organisations` as far as accounts need it, and of `setup_tokens`.

use super::model::{NewOrganisation, Organisation};
use crate::platform::locale::Language;
use jiff::{Timestamp, tz::TimeZone};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

/// The organisation; none before set-up.
///
/// # Errors
/// Of the database.
pub async fn find(conn: &mut PgConnection) -> Result<Option<Organisation>, sqlx::Error> {
    let row = sqlx::query!("select name, language, time_zone from organisations").fetch_optional(conn).await?;
    Ok(row.map(|row| Organisation {
        name: row.name,
        language: row.language.parse().unwrap_or(Language::English),
        zone: TimeZone::get(&row.time_zone).unwrap_or(TimeZone::UTC),
    }))
}

pub(in crate::accounts) async fn exists(conn: &mut PgConnection) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"select exists (select from organisations) as "exists!""#).fetch_one(conn).await
}

/// Whether this one became the organisation; not when there is one already.
pub(super) async fn insert(
    conn: &mut PgConnection,
    id: Uuid,
    new: &NewOrganisation,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let days: Vec<i16> = new.working_days.iter().map(|day| i16::from(day.to_monday_one_offset())).collect();
    let done = sqlx::query!(
        "insert into organisations (id, name, language, time_zone, working_days, created_at)
         values ($1, $2, $3, $4, $5, $6) on conflict (only_one) do nothing",
        id,
        new.name,
        new.language.tag(),
        new.time_zone,
        &days,
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn insert_token(conn: &mut PgConnection, hash: &[u8], now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!("insert into setup_tokens (token_hash, created_at) values ($1, $2)", hash, now.to_sqlx())
        .execute(conn)
        .await?;
    Ok(())
}

/// The token is the only one from now on.
pub(super) async fn replace_tokens(conn: &mut PgConnection, hash: &[u8], now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "with older as (delete from setup_tokens where token_hash <> $1)
         insert into setup_tokens (token_hash, created_at) values ($1, $2)",
        hash,
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn has_token(conn: &mut PgConnection, hash: &[u8]) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"select exists (select from setup_tokens where token_hash = $1) as "exists!""#, hash)
        .fetch_one(conn)
        .await
}

pub(super) async fn delete_tokens(conn: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from setup_tokens").execute(conn).await?;
    Ok(())
}
