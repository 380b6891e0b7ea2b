//! SQL of `scope_baselines` and `scope_budgets`.

use super::model::{Baseline, Days};
use crate::platform::ids::{BaselineId, DecisionId, PartId, PersonId, ProjectId, new_uuid};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// The baseline in force; none before the first.
///
/// # Errors
/// Of the database.
pub async fn current(conn: &mut PgConnection, project: ProjectId) -> Result<Option<Baseline>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select c.id as "id!: BaselineId", c.number as "number!", c.in_scope as "in_scope!", c.link as "link!", c.locked_on as "locked_on!",
                  c.product_part_id as "product!: PartId", c.rnd_part_id as "rnd!: PartId", c.budget_halves as "budget!",
                  c.reason as "reason!", c.set_at as "set_at!", people.name as set_by,
                  (select d.number from decisions d where d.project_id = c.project_id and d.id = c.decision_id) as decision
           from scope_current c join person_names people on people.id = c.set_by where c.project_id = $1"#,
        project.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Baseline {
        id: row.id,
        number: row.number,
        in_scope: row.in_scope,
        link: row.link,
        locked_on: row.locked_on.to_jiff(),
        product: row.product,
        rnd: row.rnd,
        budget: Days::of_halves(row.budget),
        decision: row.decision,
        reason: row.reason,
        set_by: row.set_by.unwrap_or_default(),
        set_at: row.set_at.to_jiff(),
    }))
}

/// Locks the project for everything that counts in its budget: one after another.
///
/// # Errors
/// Of the database.
pub async fn lock(conn: &mut PgConnection, project: ProjectId) -> Result<(), sqlx::Error> {
    sqlx::query!("select id from projects where id = $1 for no key update", project.uuid())
        .fetch_optional(conn)
        .await?;
    Ok(())
}

/// A baseline about to be written.
#[derive(Clone, Debug)]
pub struct NewBaseline<'a> {
    /// Made with the form.
    pub id: BaselineId,
    /// Its number.
    pub number: i32,
    /// What is in scope.
    pub in_scope: &'a str,
    /// Where it is written down.
    pub link: &'a str,
    /// On which day it was agreed.
    pub locked_on: Date,
    /// The product side.
    pub product: PartId,
    /// The R&D side.
    pub rnd: PartId,
    /// How much may change.
    pub budget: Days,
    /// Why it is set anew.
    pub reason: &'a str,
}

/// Writes it; false when its id is already there.
///
/// # Errors
/// Of the database.
pub async fn insert(
    conn: &mut PgConnection,
    project: ProjectId,
    new: &NewBaseline<'_>,
    by: PersonId,
    at: Timestamp,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into scope_baselines (project_id, id, number, in_scope, link, locked_on, product_part_id, rnd_part_id, budget_halves, reason,
                                      set_by, set_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (project_id, id) do nothing",
        project.uuid(),
        new.id.uuid(),
        new.number,
        new.in_scope,
        new.link,
        new.locked_on.to_sqlx() as jiff_sqlx::Date,
        new.product.uuid(),
        new.rnd.uuid(),
        new.budget.halves(),
        new.reason,
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether this baseline has been written.
///
/// # Errors
/// Of the database.
pub async fn is_there(conn: &mut PgConnection, project: ProjectId, id: BaselineId) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from scope_baselines where project_id = $1 and id = $2) as "is_there!""#,
        project.uuid(),
        id.uuid(),
    )
    .fetch_one(conn)
    .await
}

/// Writes what a decision says the budget of a baseline is.
///
/// # Errors
/// Of the database.
pub async fn insert_budget(
    conn: &mut PgConnection,
    project: ProjectId,
    baseline: BaselineId,
    (budget, decision): (Days, DecisionId),
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into scope_budgets (project_id, id, baseline_id, budget_halves, decision_id, set_at) values ($1, $2, $3, $4, $5, $6)",
        project.uuid(),
        new_uuid(),
        baseline.uuid(),
        budget.halves(),
        decision.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Who answers for the baseline in the division of labour: the A of the duty that brings it forth.
///
/// # Errors
/// Of the database.
pub async fn accountable(conn: &mut PgConnection, project: ProjectId) -> Result<Option<PartId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select l.part_id as "part: PartId" from duties d
           join duty_letters l on l.project_id = d.project_id and l.duty_id = d.id and l.letter = 'A'
           where d.project_id = $1 and (d.code like '%\_scope' or d.code = 'b2_def')
           order by d.code limit 1"#,
        project.uuid(),
    )
    .fetch_optional(conn)
    .await
}
