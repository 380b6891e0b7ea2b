//! What the ledger reads.

use super::model::{Asked, Row, Step};
use crate::{
    platform::{
        ids::{PersonId, ProjectId},
        working_time::Calendar,
    },
    projects::scope::Days,
    requests::{
        State,
        model::{Promise, answer_due_at},
    },
    scope::{self, model::Counted},
    web::shell::OrganisationRole,
};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};

/// Over which projects, and since when. A project counts only for who may see it.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    /// Who reads.
    pub person: PersonId,
    /// As what.
    pub role: OrganisationRole,
    /// Of this project only.
    pub project: Option<ProjectId>,
    /// From this moment on.
    pub since: Timestamp,
}

/// Every disagreement, newest first.
///
/// # Errors
/// Of the database.
pub async fn cases(conn: &mut PgConnection, scope: &Scope, calendar: &Calendar) -> Result<Vec<Row>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select p.key as "key!", c.number as "number!", c.kind, c.from_side as "from!", c.to_side as "to!", c.at as "at!",
                  c.closed_at, c.step as "step!: Step", c.paused_minutes as "paused!"
           from projects_seen_by($1, $2) p join ledger_cases c on c.project_id = p.id
           where ($3::uuid is null or p.id = $3) and c.at >= $4
           order by c.at desc, p.key, c.number desc"#,
        scope.person.uuid(),
        scope.role.as_str(),
        scope.project.map(ProjectId::uuid),
        scope.since.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let at = row.at.to_jiff();
            let closed = row.closed_at.map(jiff_sqlx::Timestamp::to_jiff);
            let is_settled = matches!(row.step, Step::Liaisons | Step::Lead | Step::Committee);
            let closed = closed.filter(|_| is_settled);
            Row {
                project: row.key,
                number: row.number,
                kind: row.kind,
                from: row.from,
                to: row.to,
                on: calendar.date_of(at),
                step: row.step,
                minutes: closed.map(|closed| (calendar.working_minutes_between(at, closed) - row.paused).max(0)),
            }
        })
        .collect())
}

/// A request as the statement gives it.
#[derive(Debug, Deserialize)]
struct AskedRow {
    at: Timestamp,
    state: State,
    promised_on: Option<Date>,
    from: String,
    to: String,
    answered_at: Option<Timestamp>,
    done_at: Option<Timestamp>,
    is_dropped: bool,
    overruns: i64,
    late_counts: bool,
}

/// A requirement change.
#[derive(Debug, Deserialize)]
struct ChangeRow {
    state: scope::State,
    halves: i32,
    by: String,
}

/// Every request that was asked, as it stands at this moment, and every requirement change.
///
/// # Errors
/// Of the database.
pub async fn asked(
    conn: &mut PgConnection,
    scope: &Scope,
    calendar: &Calendar,
    now: Timestamp,
) -> Result<(Vec<Asked>, Vec<Counted<String>>), sqlx::Error> {
    let row = sqlx::query!(
        r#"with seen as (select p.id from projects_seen_by($1, $2) p where $3::uuid is null or p.id = $3)
           select (select coalesce(jsonb_agg(jsonb_build_object('at', r.asked_at, 'state', r.state, 'promised_on', r.promised_on,
                             'from', r.from_side, 'to', r.to_side, 'answered_at', r.answered_at, 'done_at', r.done_at,
                             'is_dropped', r.is_dropped, 'overruns', r.overruns,
                             'late_counts', r.late_counts)), '[]')
                   from seen join ledger_requests r on r.project_id = seen.id where r.asked_at >= $4) as "requests!: Json<Vec<AskedRow>>",
                  (select coalesce(jsonb_agg(jsonb_build_object('state', c.state, 'halves', c.halves, 'by', c.side)), '[]')
                   from seen join ledger_changes c on c.project_id = seen.id where c.asked_at >= $4) as "changes!: Json<Vec<ChangeRow>>""#,
        scope.person.uuid(),
        scope.role.as_str(),
        scope.project.map(ProjectId::uuid),
        scope.since.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .fetch_one(conn)
    .await?;
    let today = calendar.date_of(now);
    let request = |row: AskedRow| {
        let due = answer_due_at(row.at, calendar);
        let promise = row.promised_on.map(|on| Promise {
            on,
            done_on: row.done_at.map(|at| calendar.date_of(at)),
            is_dropped: row.is_dropped,
            overruns: row.overruns,
            late_counts: row.late_counts,
        });
        Asked {
            from: row.from,
            to: row.to,
            state: row.state,
            is_in_time: row.answered_at.is_some_and(|at| at <= due),
            has_slipped: promise.is_some_and(|promise| promise.has_slipped(today)),
        }
    };
    let change = |row: ChangeRow| Counted {
        by: row.by,
        state: row.state,
        size: Some(Days::of_halves(row.halves)),
        is_current: true,
    };
    Ok((row.requests.0.into_iter().map(request).collect(), row.changes.0.into_iter().map(change).collect()))
}

/// A side by its key.
#[derive(Clone, Debug)]
pub struct SideRow {
    /// What rows call it.
    pub side: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// Two letters.
    pub short_en: String,
    /// One character.
    pub short_zh: String,
    /// 1 to 12.
    pub colour: i16,
}

/// Every side that there can be over all projects, in the organisation's order.
///
/// # Errors
/// Of the database.
pub async fn sides(conn: &mut PgConnection) -> Result<Vec<SideRow>, sqlx::Error> {
    sqlx::query_as!(
        SideRow,
        r#"select side as "side!", name_en as "name_en!", name_zh as "name_zh!", short_en as "short_en!", short_zh as "short_zh!",
                  colour as "colour!"
           from ledger_sides order by position, side"#,
    )
    .fetch_all(conn)
    .await
}
