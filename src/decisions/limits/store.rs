//! SQL of `escalation_limits`.

use super::model::{Limits, Own};
use crate::{decisions::matrix::StepLimits, platform::ids::PersonId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, types::Json};

/// What the administrator set.
///
/// # Errors
/// Of the database.
pub async fn all(conn: &mut PgConnection) -> Result<Limits, sqlx::Error> {
    let rows = sqlx::query!(r#"select category, limits as "limits: Json<StepLimits>", version from escalation_limits"#)
        .fetch_all(conn)
        .await?;
    let own = rows.into_iter().map(|row| (row.category, Own { limits: row.limits.0, version: row.version }));
    Ok(Limits::new(own.collect()))
}

/// As [`all`]; nobody else changes them until the transaction ends.
///
/// # Errors
/// Of the database.
pub async fn lock(conn: &mut PgConnection) -> Result<Limits, sqlx::Error> {
    sqlx::query!("lock table escalation_limits in share row exclusive mode").execute(&mut *conn).await?;
    all(conn).await
}

/// Sets the limits of a category.
///
/// # Errors
/// Of the database.
pub async fn set(
    conn: &mut PgConnection,
    category: &str,
    limits: StepLimits,
    by: PersonId,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into escalation_limits (category, limits, changed_by, changed_at) values ($1, $2, $3, $4)
         on conflict (category) do update set limits = excluded.limits, version = escalation_limits.version + 1,
             changed_by = excluded.changed_by, changed_at = excluded.changed_at",
        category,
        Json(limits) as _,
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}
