//! SQL of `key_results`, their `series` and `key_result_terms`.

use crate::{
    goals::{
        figures::{Measure, Scale, UnitKind},
        split::model::Terms,
    },
    platform::ids::{DecisionId, KeyResultId, ObjectiveId, PartId, PersonId, ProjectId, SeriesId},
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// A key result as it is locked for a change.
#[derive(Clone, Debug)]
pub struct Locked {
    /// The place of its objective.
    pub objective: i16,
    /// Its place.
    pub position: i16,
    /// What is reached.
    pub title: String,
    /// Its figures.
    pub series: SeriesId,
    /// Who answers for it.
    pub part: PartId,
    /// Counts changes.
    pub version: i32,
    /// Counts changes of its split.
    pub split_version: i32,
    /// It is wanted no more.
    pub is_dropped: bool,
    /// What its amounts are steps of.
    pub scale: Scale,
    /// The number of what it asks for.
    pub number: i32,
    /// What it asks for.
    pub terms: Terms,
}

/// A key result of the project, locked.
///
/// # Errors
/// Of the database.
pub async fn locked(
    conn: &mut PgConnection,
    project: ProjectId,
    id: KeyResultId,
) -> Result<Option<Locked>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select o.position as objective, k.position, k.title, k.series_id as "series: SeriesId", k.part_id as "part: PartId", k.version,
                  k.split_version, k.dropped_at is not null as "is_dropped!", s.measure as "measure: Measure", s.unit_kind as "unit_kind: UnitKind",
                  s.unit, s.base_unit, s.decimals, t.number, t.baseline, t.target, t.starts_on, t.due_on
           from key_results k
           join objectives o on o.project_id = k.project_id and o.id = k.objective_id
           join series s on s.project_id = k.project_id and s.id = k.series_id
           join key_result_terms t on t.project_id = k.project_id and t.key_result_id = k.id
           where k.project_id = $1 and k.id = $2
           order by t.number desc limit 1 for update of k"#,
        project.uuid(),
        id.uuid()
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Locked {
        objective: row.objective,
        position: row.position,
        title: row.title,
        series: row.series,
        part: row.part,
        version: row.version,
        split_version: row.split_version,
        is_dropped: row.is_dropped,
        scale: Scale {
            measure: row.measure,
            unit_kind: row.unit_kind,
            unit: row.unit,
            base_unit: row.base_unit,
            decimals: row.decimals,
        },
        number: row.number,
        terms: Terms {
            baseline: row.baseline,
            target: row.target,
            starts_on: row.starts_on.to_jiff(),
            due_on: row.due_on.to_jiff(),
        },
    }))
}

/// A key result as it is written.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// Made with the form.
    pub id: KeyResultId,
    /// Its figures, made with the form too.
    pub series: SeriesId,
    /// Of which objective.
    pub objective: ObjectiveId,
    /// What is reached.
    pub title: &'a str,
    /// Who answers for it.
    pub part: PartId,
    /// What its amounts are steps of.
    pub scale: &'a Scale,
    /// What it asks for.
    pub terms: Terms,
}

/// Writes a new key result at the first free place of its objective; none when there is no place left.
///
/// # Errors
/// Of the database.
pub async fn insert(
    conn: &mut PgConnection,
    project: ProjectId,
    new: &New<'_>,
    (by, at): (PersonId, Timestamp),
) -> Result<Option<i16>, sqlx::Error> {
    let position = sqlx::query_scalar!(
        r#"with place as (
               select min(place) as free from (values (1::smallint), (2::smallint), (3::smallint)) as places (place)
               where not exists (select from key_results k where k.project_id = $1 and k.objective_id = $3 and k.position = place and k.dropped_at is null)),
           figures as (
               insert into series (project_id, id, measure, unit_kind, unit, base_unit, decimals)
               select $1, $4, $7, $8, $9, $10, $11 from place where free is not null)
           insert into key_results (project_id, id, objective_id, position, title, series_id, part_id, created_by, created_at)
           select $1, $2, $3, free, $5, $4, $6, $12, $13 from place where free is not null
           returning position"#,
        project.uuid(),
        new.id.uuid(),
        new.objective.uuid(),
        new.series.uuid(),
        new.title,
        new.part.uuid(),
        new.scale.measure as Measure,
        new.scale.unit_kind as UnitKind,
        new.scale.unit,
        new.scale.base_unit,
        new.scale.decimals,
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .fetch_optional(&mut *conn)
    .await?;
    if position.is_some() {
        insert_terms(
            conn,
            project,
            new.id,
            &NewTerms { number: 1, terms: new.terms, reason: "", decision: None, says: Says::All },
            (by, at),
        )
        .await?;
    }
    Ok(position)
}

/// What a key result asks for from now on.
#[derive(Clone, Copy, Debug)]
pub struct NewTerms<'a> {
    /// From 1.
    pub number: i32,
    /// What.
    pub terms: Terms,
    /// Why; may be empty for the first.
    pub reason: &'a str,
    /// The decision that says so.
    pub decision: Option<DecisionId>,
    /// What the decision says: everything, or a target, a day or both. The rest is held against what was signed off before.
    pub says: Says,
}

/// What terms with a decision say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// Everything, as of terms without a decision.
    All,
    /// Only some of it.
    Only {
        /// The target.
        target: bool,
        /// The day.
        due_on: bool,
    },
}

/// Writes what it asks for from now on, and takes away shares of months that are no longer in it.
///
/// # Errors
/// Of the database.
pub async fn insert_terms(
    conn: &mut PgConnection,
    project: ProjectId,
    id: KeyResultId,
    new: &NewTerms<'_>,
    (by, at): (PersonId, Timestamp),
) -> Result<(), sqlx::Error> {
    let (is_part, target, due_on) = match new.says {
        Says::All => (false, true, true),
        Says::Only { target, due_on } => (true, target, due_on),
    };
    sqlx::query!(
        "with outside as (
             delete from shares where project_id = $1 and key_result_id = $2 and (month < $6 or month > $7))
         insert into key_result_terms (project_id, key_result_id, number, baseline, target, starts_on, due_on, reason, decision_id, set_by, set_at,
                                       signed_title, signed_part_id, held_baseline, held_target, held_starts_on, held_due_on)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9::uuid, $10, $11, case when $9::uuid is not null then coalesce(s.signed_title, k.title) end,
                case when $9::uuid is not null then coalesce(s.signed_part_id, k.part_id) end,
                s.baseline, case when not $13 then s.target end, s.starts_on, case when not $14 then s.due_on end
         from key_results k
         left join signed_key_results s on $12 and s.project_id = k.project_id and s.key_result_id = k.id
         where k.project_id = $1 and k.id = $2",
        project.uuid(),
        id.uuid(),
        new.number,
        new.terms.baseline,
        new.terms.target,
        new.terms.starts_on.to_sqlx() as jiff_sqlx::Date,
        new.terms.due_on.to_sqlx() as jiff_sqlx::Date,
        new.reason,
        new.decision.map(DecisionId::uuid),
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
        is_part,
        target,
        due_on,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes what it is called and who answers for it; counts a change of its split too, when its months change.
///
/// # Errors
/// Of the database.
pub async fn update(
    conn: &mut PgConnection,
    project: ProjectId,
    id: KeyResultId,
    (title, part): (&str, PartId),
    moves_months: bool,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update key_results set title = $3, part_id = $4, version = version + 1, split_version = split_version + case when $5 then 1 else 0 end
         where project_id = $1 and id = $2",
        project.uuid(),
        id.uuid(),
        title,
        part.uuid(),
        moves_months,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// It is wanted no more.
///
/// # Errors
/// Of the database.
pub async fn drop(
    conn: &mut PgConnection,
    project: ProjectId,
    id: KeyResultId,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update key_results set dropped_at = $3, version = version + 1 where project_id = $1 and id = $2",
        project.uuid(),
        id.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What a key result asked for over time, the newest first: number, target, day, reason, decision, who and when.
#[derive(Clone, Debug)]
pub struct Asked {
    /// From 1.
    pub number: i32,
    /// Where it started.
    pub baseline: i64,
    /// Where it had to get.
    pub target: i64,
    /// By when.
    pub due_on: jiff::civil::Date,
    /// Why.
    pub reason: String,
    /// The number of the decision that said so.
    pub decision: Option<i32>,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Everything that a key result has asked for, the newest first.
///
/// # Errors
/// Of the database.
pub async fn asked(conn: &mut PgConnection, project: ProjectId, id: KeyResultId) -> Result<Vec<Asked>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select t.number, t.baseline, t.target, t.due_on, t.reason, t.set_at, p.name as "by!",
                  (select d.number from goal_decisions d where d.project_id = t.project_id and d.id = t.decision_id) as decision
           from key_result_terms t join person_names p on p.id = t.set_by
           where t.project_id = $1 and t.key_result_id = $2 order by t.number desc"#,
        project.uuid(),
        id.uuid()
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Asked {
            number: row.number,
            baseline: row.baseline,
            target: row.target,
            due_on: row.due_on.to_jiff(),
            reason: row.reason,
            decision: row.decision,
            by: row.by,
            at: row.set_at.to_jiff(),
        })
        .collect())
}
