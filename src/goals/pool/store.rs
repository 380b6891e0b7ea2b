//! SQL of `bonus_pools` and `bonus_weights`.

use super::model::{Pool, Weight};
use crate::platform::ids::{BonusPoolId, KeyResultId, PartId, PersonId, ProjectId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// Every pool of a project, the one in force first.
///
/// # Errors
/// Of the database.
pub async fn pools(conn: &mut PgConnection, project: ProjectId) -> Result<Vec<Pool>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select p.id as "id: BonusPoolId", p.number, p.currency, p.amount, p.reason, person.name as "by!", p.set_at,
                  (select coalesce(jsonb_agg(jsonb_build_array(w.key_result_id, w.part_id, w.weight)), '[]') from bonus_weights w
                   where w.project_id = p.project_id and w.pool_id = p.id) as "weights!: Json<Vec<(KeyResultId, PartId, i32)>>"
           from bonus_pools p join person_names person on person.id = p.set_by
           where p.project_id = $1 order by p.number desc"#,
        project.uuid()
    )
    .fetch_all(conn)
    .await?;
    let pools = rows.into_iter().map(|row| Pool {
        id: row.id,
        number: row.number,
        currency: row.currency,
        amount: row.amount,
        reason: row.reason,
        by: row.by,
        at: row.set_at.to_jiff(),
        weights: row
            .weights
            .0
            .into_iter()
            .map(|(key_result, part, weight)| Weight { key_result, part, weight })
            .collect(),
    });
    Ok(pools.collect())
}

/// A pool about to be written.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// Made with the form.
    pub id: BonusPoolId,
    /// From 1.
    pub number: i32,
    /// `USD`.
    pub currency: &'a str,
    /// In whole units.
    pub amount: i64,
    /// Why; may be empty for the first.
    pub reason: &'a str,
    /// Who gets how much for what.
    pub weights: &'a [Weight],
}

/// Writes it.
///
/// # Errors
/// Of the database.
pub async fn insert(
    conn: &mut PgConnection,
    project: ProjectId,
    new: &New<'_>,
    (by, at): (PersonId, Timestamp),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into bonus_pools (project_id, id, number, currency, amount, reason, set_by, set_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        project.uuid(),
        new.id.uuid(),
        new.number,
        new.currency,
        new.amount,
        new.reason,
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(&mut *conn)
    .await?;
    let results: Vec<Uuid> = new.weights.iter().map(|one| one.key_result.uuid()).collect();
    let parts: Vec<Uuid> = new.weights.iter().map(|one| one.part.uuid()).collect();
    let weights: Vec<i32> = new.weights.iter().map(|one| one.weight).collect();
    sqlx::query!(
        "insert into bonus_weights (project_id, pool_id, key_result_id, part_id, weight)
         select $1, $2, result, part, weight from unnest($3::uuid[], $4::uuid[], $5::int[]) as new (result, part, weight)",
        project.uuid(),
        new.id.uuid(),
        &results,
        &parts,
        &weights,
    )
    .execute(conn)
    .await?;
    Ok(())
}
