//! SQL of `sign_in_failures`: a row for each key and quarter of an hour.

use super::model::{REMEMBERED, Tally};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use std::collections::HashMap;

/// Length of a row's window in seconds.
const WINDOW: i64 = 900;

fn window(now: Timestamp) -> Timestamp {
    let second = now.as_second();
    Timestamp::from_second(second - second.rem_euclid(WINDOW)).unwrap_or(now)
}

/// Counts a failure for each key before it is known whether it is one, and locks the keys until the transaction ends:
/// parallel guesses wait for each other here and each sees those before it.
pub(super) async fn count_ahead(conn: &mut PgConnection, keys: &[String], now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into sign_in_failures (key, window_start, count)
         select key, $2, 1 from unnest($1::text[]) as given (key) order by key
         on conflict (key, window_start) do update set count = sign_in_failures.count + 1",
        keys,
        window(now).to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What was counted before [`count_ahead`].
pub(super) async fn tallies(
    conn: &mut PgConnection,
    keys: &[String],
    now: Timestamp,
) -> Result<HashMap<String, Tally>, sqlx::Error> {
    let since = now.checked_sub(REMEMBERED).unwrap_or(now);
    let rows = sqlx::query!(
        r#"select key, sum(count) - 1 as "failures!", max(last_at) as last_at
           from sign_in_failures where key = any ($1) and window_start > $2 group by key"#,
        keys,
        since.to_sqlx(),
    )
    .fetch_all(conn)
    .await?;
    let tally = |failures, last_at: Option<jiff_sqlx::Timestamp>| Tally {
        failures,
        last_at: last_at.map(jiff_sqlx::Timestamp::to_jiff),
    };
    Ok(rows.into_iter().map(|row| (row.key, tally(row.failures, row.last_at))).collect())
}

/// Says when the counted failure was.
pub(super) async fn stamp(conn: &mut PgConnection, keys: &[String], now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update sign_in_failures set last_at = $3 where key = any ($1) and window_start = $2",
        keys,
        window(now).to_sqlx(),
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes back what [`count_ahead`] counted at `at`: it was no failure.
pub(super) async fn take_back(conn: &mut PgConnection, keys: &[String], at: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update sign_in_failures set count = greatest(count - 1, 0)
         where (key, window_start) in
             (select key, window_start from sign_in_failures where key = any ($1) and window_start = $2 order by key for update)",
        keys,
        window(at).to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets a key.
pub(super) async fn forget(conn: &mut PgConnection, keys: &[String]) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from sign_in_failures where key = any ($1)", keys).execute(conn).await?;
    Ok(())
}

/// Deletes what no rule looks at any more.
pub(in crate::accounts) async fn tidy(conn: &mut PgConnection, now: Timestamp) -> Result<(), sqlx::Error> {
    let before = now.checked_sub(REMEMBERED + SignedDuration::from_secs(WINDOW)).unwrap_or(now);
    sqlx::query!("delete from sign_in_failures where window_start < $1", before.to_sqlx()).execute(conn).await?;
    Ok(())
}
