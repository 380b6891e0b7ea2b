//! SQL of `goal_proposals` and `goal_sign_offs`.

use super::{
    model::Proposal,
    proposed::{About, Proposed},
};
use crate::{
    goals::split::model::Terms,
    platform::ids::{DecisionId, GoalProposalId, KeyResultId, ObjectiveId, PersonId, ProjectId},
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, types::Json};

/// What the lead put before the committee last.
///
/// # Errors
/// Of the database.
pub async fn current(conn: &mut PgConnection, project: ProjectId) -> Result<Option<Proposal>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select p.id as "id!: GoalProposalId", p.number as "number!", p.fingerprint as "fingerprint!", p.note as "note!",
                  p.proposed_by as "by!", p.proposed_at as "at!", p.signed_at, d.number as "decision?",
                  p.objectives
           from current_goal_proposals p left join goal_decisions d on d.project_id = p.project_id and d.id = p.decision_id
           where p.project_id = $1"#,
        project.uuid()
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Proposal {
        id: row.id,
        number: row.number,
        fingerprint: row.fingerprint,
        objectives: row.objectives,
        note: row.note,
        by: row.by,
        at: row.at.to_jiff(),
        decision: row.decision,
        signed_at: row.signed_at.map(jiff_sqlx::Timestamp::to_jiff),
    }))
}

/// A proposal about to be written.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// Made with the form.
    pub id: GoalProposalId,
    /// From 1.
    pub number: i32,
    /// Of everything that is proposed.
    pub fingerprint: &'a str,
    /// Of the objectives alone.
    pub objectives: &'a str,
    /// What the lead says about it.
    pub note: &'a str,
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
        "insert into goal_proposals (project_id, id, number, fingerprint, note, proposed_by, proposed_at, objectives) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        project.uuid(),
        new.id.uuid(),
        new.number,
        new.fingerprint,
        new.note,
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
        new.objectives,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether a proposal says what a form says; none when the form has made none.
///
/// # Errors
/// Of the database.
pub async fn is_said(
    conn: &mut PgConnection,
    project: ProjectId,
    id: GoalProposalId,
    (fingerprint, note): (&str, &str),
) -> Result<Option<bool>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select fingerprint = $3 and note = $4 as "is_said!" from goal_proposals where project_id = $1 and id = $2"#,
        project.uuid(),
        id.uuid(),
        fingerprint,
        note,
    )
    .fetch_optional(conn)
    .await
}

/// Keeps everybody from changing what is signed off until the transaction ends. The project is locked before: nothing is added
/// meanwhile.
///
/// # Errors
/// Of the database.
pub async fn lock(conn: &mut PgConnection, project: ProjectId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select id from objectives where project_id = $1 and dropped_at is null order by id for update",
        project.uuid()
    )
    .fetch_all(&mut *conn)
    .await?;
    sqlx::query!(
        "select id from key_results where project_id = $1 and dropped_at is null order by id for update",
        project.uuid()
    )
    .fetch_all(conn)
    .await?;
    Ok(())
}

/// Writes that a decision signs off a proposal: every key result in force asks for what it asks for, and every share and the
/// commercial plan are what they are, by that decision from now on.
///
/// # Errors
/// Of the database.
pub async fn sign(
    conn: &mut PgConnection,
    project: ProjectId,
    (proposal, decision): (GoalProposalId, DecisionId),
    (by, at): (PersonId, Timestamp),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "with signed as (
             insert into goal_sign_offs (project_id, proposal_id, decision_id, signed_by, signed_at) values ($1, $2, $3, $4, $5)),
         shared as (
             update shares set decision_id = $3 from key_results k
             where shares.project_id = $1 and k.project_id = $1 and k.id = shares.key_result_id and k.dropped_at is null),
         planned as (
             insert into money_plans (project_id, number, currency, decimals, starts_on, months, envelope, break_even_on, reason, decision_id, set_by, set_at)
             select p.project_id, p.number + 1, p.currency, p.decimals, p.starts_on, p.months, p.envelope, p.break_even_on,
                    'D-' || (select d.number from goal_decisions d where d.project_id = $1 and d.id = $3), $3, $4, $5
             from money_plans p where p.project_id = $1 order by p.number desc limit 1)
         insert into key_result_terms (project_id, key_result_id, number, baseline, target, starts_on, due_on, decision_id, set_by, set_at,
                                       signed_title, signed_part_id)
         select k.project_id, k.id, k.terms + 1, k.baseline, k.target, k.starts_on, k.due_on, $3, $4, $5, k.title, k.part_id
         from current_key_results k where k.project_id = $1",
        project.uuid(),
        proposal.uuid(),
        decision.uuid(),
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What was signed off last of a key result; none before anything was.
///
/// # Errors
/// Of the database.
pub async fn signed(
    conn: &mut PgConnection,
    project: ProjectId,
    key_result: KeyResultId,
) -> Result<Option<Terms>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select baseline as "baseline!", target as "target!", starts_on as "starts_on!", due_on as "due_on!"
           from signed_key_results where project_id = $1 and key_result_id = $2"#,
        project.uuid(),
        key_result.uuid()
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Terms {
        baseline: row.baseline,
        target: row.target,
        starts_on: row.starts_on.to_jiff(),
        due_on: row.due_on.to_jiff(),
    }))
}

/// How many key results of an objective are in force that were signed off.
///
/// # Errors
/// Of the database.
pub async fn signed_of_objective(
    conn: &mut PgConnection,
    project: ProjectId,
    objective: ObjectiveId,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from key_results k
           where k.project_id = $1 and k.objective_id = $2 and k.dropped_at is null
             and exists (select from signed_key_results s where s.project_id = k.project_id and s.key_result_id = k.id)"#,
        project.uuid(),
        objective.uuid()
    )
    .fetch_one(conn)
    .await
}

/// What a proposed change is about; none when there is none, or no longer.
///
/// # Errors
/// Of the database.
pub async fn about(conn: &mut PgConnection, project: ProjectId, of: &Proposed) -> Result<Option<About>, sqlx::Error> {
    let about = sqlx::query_scalar!(
        r#"select proposed_about($1, $2) as "about: Json<About>""#,
        project.uuid(),
        Json(of) as Json<&Proposed>
    )
    .fetch_one(conn)
    .await?;
    Ok(about.map(|about| about.0))
}
