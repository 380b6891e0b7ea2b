//! SQL of the commercial plan, and of what its alarm keeps.

use super::{
    alarm::Earlier,
    model::{LineKind, Money, Sort},
};
use crate::{
    goals::months::Month,
    platform::ids::{DecisionId, EscalationId, MoneyLineId, PersonId, ProjectId},
};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// The commercial plan of a project; none before there is one.
///
/// # Errors
/// Of the database.
pub async fn money(conn: &mut PgConnection, project: ProjectId) -> Result<Option<Money>, sqlx::Error> {
    let found = sqlx::query_scalar!(r#"select money as "money!: Json<Money>" from money_of($1)"#, &[project.uuid()]);
    Ok(found.fetch_optional(conn).await?.map(|found| found.0))
}

/// What a plan stands on, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTerms {
    /// How often it was set, this one counted.
    pub number: i32,
    /// `USD`.
    pub currency: String,
    /// 0 to 2.
    pub decimals: i16,
    /// Its first month.
    pub starts_on: Month,
    /// How many months.
    pub months: i16,
    /// What may be spent.
    pub envelope: i64,
    /// The day of break-even, where it is recorded.
    pub break_even_on: Option<Date>,
    /// Why; empty for the first.
    pub reason: String,
}

/// Writes what the plan stands on from now on.
///
/// # Errors
/// Of the database.
pub async fn insert_terms(
    conn: &mut PgConnection,
    project: ProjectId,
    new: &NewTerms,
    (by, at): (PersonId, Timestamp),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into money_plans (project_id, number, currency, decimals, starts_on, months, envelope, break_even_on, reason, set_by, set_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        project.uuid(),
        new.number,
        new.currency,
        new.decimals,
        new.starts_on.first().to_sqlx() as jiff_sqlx::Date,
        new.months,
        new.envelope,
        new.break_even_on.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
        new.reason,
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes that a decision says what may be spent; all else stays as it is, and is held against what was signed off before.
///
/// # Errors
/// Of the database.
pub async fn decide_envelope(
    conn: &mut PgConnection,
    project: ProjectId,
    (decision, to): (DecisionId, i64),
    (by, at): (PersonId, Timestamp),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into money_plans (project_id, number, currency, decimals, starts_on, months, envelope, break_even_on, reason, decision_id, set_by, set_at,
                                  held_break_even_on)
         select p.project_id, p.number + 1, p.currency, p.decimals, p.starts_on, p.months, $3, p.break_even_on,
                'D-' || (select d.number from goal_decisions d where d.project_id = $1 and d.id = $2), $2, $4, $5,
                (select coalesce(s.held_break_even_on, s.break_even_on) from money_plans s
                 where s.project_id = $1 and s.decision_id is not null order by s.number desc limit 1)
         from money_plans p where p.project_id = $1 order by p.number desc limit 1",
        project.uuid(),
        decision.uuid(),
        to,
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A line as it is written.
#[derive(Clone, Copy, Debug)]
pub struct NewLine<'a> {
    /// Made with the form.
    pub id: MoneyLineId,
    /// What it counts; of one that is there it stays.
    pub kind: LineKind,
    /// What it is called.
    pub name: &'a str,
    /// A cost that wins customers.
    pub acquires: bool,
    /// Its place.
    pub position: i16,
}

/// Whether one of these lines was dropped: what was typed for it is nobody's any more.
///
/// # Errors
/// Of the database.
pub async fn are_dropped(
    conn: &mut PgConnection,
    project: ProjectId,
    lines: &[MoneyLineId],
) -> Result<bool, sqlx::Error> {
    let ids: Vec<Uuid> = lines.iter().map(|line| line.uuid()).collect();
    sqlx::query_scalar!(
        r#"select exists (select from money_lines where project_id = $1 and id = any($2) and dropped_at is not null) as "are_dropped!""#,
        project.uuid(),
        &ids,
    )
    .fetch_one(conn)
    .await
}

/// Writes a line, or what it is called and where it stands now.
///
/// # Errors
/// Of the database.
pub async fn write_line(conn: &mut PgConnection, project: ProjectId, line: &NewLine<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into money_lines (project_id, id, kind, name, acquires, position) values ($1, $2, $3, $4, $5, $6)
         on conflict (project_id, id) do update
         set name = excluded.name, acquires = excluded.acquires, position = excluded.position, version = money_lines.version + 1",
        project.uuid(),
        line.id.uuid(),
        line.kind as LineKind,
        line.name,
        line.acquires,
        line.position,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A line counts no more.
///
/// # Errors
/// Of the database.
pub async fn drop_line(
    conn: &mut PgConnection,
    project: ProjectId,
    id: MoneyLineId,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update money_lines set dropped_at = $3, version = version + 1 where project_id = $1 and id = $2 and dropped_at is null",
        project.uuid(),
        id.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A figure as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewFigure {
    /// Of which line.
    pub line: MoneyLineId,
    /// Of which month.
    pub month: Month,
    /// One more than that of the figure that stood.
    pub number: i32,
    /// How much; none where nothing is said any more.
    pub amount: Option<i64>,
}

/// Writes figures in one statement. Never two with the same number: the key says so.
///
/// # Errors
/// Of the database.
pub async fn insert_figures(
    conn: &mut PgConnection,
    project: ProjectId,
    (sort, new): (Sort, &[NewFigure]),
    (by, at): (PersonId, Timestamp),
) -> Result<(), sqlx::Error> {
    let lines: Vec<Uuid> = new.iter().map(|one| one.line.uuid()).collect();
    let months: Vec<jiff_sqlx::Date> = new.iter().map(|one| one.month.first().to_sqlx()).collect();
    let numbers: Vec<i32> = new.iter().map(|one| one.number).collect();
    let amounts: Vec<Option<i64>> = new.iter().map(|one| one.amount).collect();
    sqlx::query!(
        "insert into money_figures (project_id, line_id, sort, month, number, amount, set_by, set_at)
         select $1, line, $2, month, number, amount, $7, $8
         from unnest($3::uuid[], $4::date[], $5::integer[], $6::bigint[]) as new (line, month, number, amount)",
        project.uuid(),
        sort as Sort,
        &lines,
        &months as &[jiff_sqlx::Date],
        &numbers,
        &amounts as &[Option<i64>],
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The alarm looks at the plan once more.
///
/// # Errors
/// Of the database.
pub async fn touch(conn: &mut PgConnection, project: ProjectId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into money_watches (project_id) values ($1) on conflict (project_id) do update set is_stale = true",
        project.uuid()
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The running projects whose plan has changed since the alarm looked at it, or whose escalation has ended since.
///
/// # Errors
/// Of the database.
pub async fn due(conn: &mut PgConnection) -> Result<Vec<ProjectId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select w.project_id as "project: ProjectId" from money_watches w
           join money_projects p on p.id = w.project_id and p.is_active
           where w.is_stale
              or exists (select from money_alarms a join money_escalations e on e.project_id = a.project_id and e.id = a.escalation_id
                         where a.project_id = w.project_id and a.ended_at is null and not e.is_open)
           order by w.project_id"#
    )
    .fetch_all(conn)
    .await
}

/// The newest escalation that the alarm opened; one that has ended is noted as such. The project is locked.
///
/// # Errors
/// Of the database.
pub async fn earlier(
    conn: &mut PgConnection,
    project: ProjectId,
    at: Timestamp,
) -> Result<Option<Earlier>, sqlx::Error> {
    sqlx::query!(
        "update money_alarms set ended_at = $2 from money_escalations e
         where money_alarms.project_id = $1 and money_alarms.ended_at is null
           and e.project_id = money_alarms.project_id and e.id = money_alarms.escalation_id and not e.is_open",
        project.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(&mut *conn)
    .await?;
    let row = sqlx::query!(
        r#"select ended_at is null as "is_open!", reported_on as "reported_on: jiff_sqlx::Date", expected_on as "expected_on: jiff_sqlx::Date"
           from money_alarms where project_id = $1 order by opened_at desc, escalation_id desc limit 1"#,
        project.uuid()
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Earlier {
        is_open: row.is_open,
        reported: row.reported_on.map(|day| Month::of(day.to_jiff())),
        expected_on: row.expected_on.map(jiff_sqlx::Date::to_jiff),
    }))
}

/// The number of the escalation that the alarm opened and that is still open.
///
/// # Errors
/// Of the database.
pub async fn open_escalation(conn: &mut PgConnection, project: ProjectId) -> Result<Option<i32>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select e.number as "number!" from money_alarms a
           join money_escalations e on e.project_id = a.project_id and e.id = a.escalation_id and e.is_open
           where a.project_id = $1 and a.ended_at is null"#,
        project.uuid()
    )
    .fetch_optional(conn)
    .await
}

/// The alarm has looked at the plan as it stands.
///
/// # Errors
/// Of the database.
pub async fn looked_at(conn: &mut PgConnection, project: ProjectId) -> Result<(), sqlx::Error> {
    sqlx::query!("update money_watches set is_stale = false where project_id = $1 and is_stale", project.uuid())
        .execute(conn)
        .await?;
    Ok(())
}

/// The alarm has opened an escalation, knowing this.
///
/// # Errors
/// Of the database.
pub async fn opened(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    (money, at): (&Money, Timestamp),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into money_alarms (project_id, escalation_id, reported_on, expected_on, opened_at) values ($1, $2, $3, $4, $5)",
        project.uuid(),
        escalation.uuid(),
        money.reported().map(|month| month.first().to_sqlx()) as Option<jiff_sqlx::Date>,
        money.expected_on().map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Who speaks for finance, else who leads.
///
/// # Errors
/// Of the database.
pub async fn speaker(conn: &mut PgConnection, project: ProjectId) -> Result<Option<PersonId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select person_id as "person!: PersonId" from money_speakers
           where project_id = $1 and (role = 'gtm_lead' or code = $2) order by role = 'gtm_lead', person_id limit 1"#,
        project.uuid(),
        super::actions::FINANCE,
    )
    .fetch_optional(conn)
    .await
}
