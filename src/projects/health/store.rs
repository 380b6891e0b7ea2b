//! SQL of `project_health`, `health_declarations` and `health_mark`. Events are looked through as in the chats room: below
//! every transaction under way, so none appears behind the mark.

use crate::{
    platform::ids::{HealthDeclarationId, PersonId, ProjectId},
    web::shell::Health,
};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// More events than this are not looked through one by one: every project under way is computed anew.
const MOST_EVENTS: i64 = 20_000;

/// The health of a project, locked until the end of the transaction.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Computed.
    pub computed: Health,
    /// Declared; none: as computed.
    pub declared: Option<Health>,
    /// Why.
    pub note: String,
    /// Since when the two differ.
    pub differs_since: Option<Timestamp>,
    /// Counts declarations.
    pub version: i32,
}

/// Locks and reads it.
///
/// # Errors
/// Of the database.
pub async fn lock(conn: &mut PgConnection, project: ProjectId) -> Result<Option<Kept>, sqlx::Error> {
    let row = sqlx::query!(
        "select computed, declared, declared_note, differs_since, version from project_health where project_id = $1 for update",
        project.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Kept {
        computed: Health::parse(&row.computed),
        declared: row.declared.as_deref().map(Health::parse),
        note: row.declared_note,
        differs_since: row.differs_since.map(jiff_sqlx::Timestamp::to_jiff),
        version: row.version,
    }))
}

/// What the lead declares.
#[derive(Debug)]
pub struct Declared<'a> {
    /// Made with the form.
    pub id: HealthDeclarationId,
    /// None: as computed.
    pub health: Option<Health>,
    /// Beside what.
    pub computed: Health,
    /// Why.
    pub note: &'a str,
    /// Who and when.
    pub by: (PersonId, Timestamp),
    /// Since when the two differ.
    pub differs_since: Option<Timestamp>,
}

/// Whether this very form was sent before.
///
/// # Errors
/// Of the database.
pub async fn is_there(
    conn: &mut PgConnection,
    project: ProjectId,
    id: HealthDeclarationId,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from health_declarations where project_id = $1 and id = $2) as "is_there!""#,
        project.uuid(),
        id.uuid(),
    )
    .fetch_one(conn)
    .await
}

/// Writes a declaration down and lets it stand. The row is locked.
///
/// # Errors
/// Of the database.
pub async fn declare(conn: &mut PgConnection, project: ProjectId, declared: &Declared<'_>) -> Result<(), sqlx::Error> {
    let (by, at) = declared.by;
    sqlx::query!(
        "with written as (
             insert into health_declarations (project_id, id, declared, computed, note, declared_by, declared_at)
             values ($1, $2, $3, $4, $5, $6, $7))
         update project_health set declared = $3, declared_note = case when $3::text is null then '' else $5 end,
                declared_by = case when $3::text is not null then $6::uuid end,
                declared_at = case when $3::text is not null then $7::timestamptz end,
                differs_since = $8, version = version + 1
         where project_id = $1",
        project.uuid(),
        declared.id.uuid(),
        declared.health.map(Health::as_str),
        declared.computed.as_str(),
        declared.note,
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
        declared.differs_since.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Gives every project without one a row, which a server of an earlier release has made, and marks those under way in which
/// something has happened since the last look. Another worker that does the same meanwhile is left to it. After a copy of
/// another database was brought back, the mark is of the future, and everything is computed anew. Answers whether it looked.
///
/// # Errors
/// Of the database.
pub async fn mark_stale(conn: &mut PgConnection, now: Timestamp) -> Result<bool, sqlx::Error> {
    let mark = sqlx::query!(
        r#"select seen_xid::text::bigint as "seen!", pg_snapshot_xmin(pg_current_snapshot())::text::bigint as "horizon!"
           from health_mark for update skip locked"#
    )
    .fetch_optional(&mut *conn)
    .await?;
    let Some(mark) = mark else { return Ok(false) };
    sqlx::query!(
        "insert into project_health (project_id, computed, computed_at, computed_on)
         select id, 'not_started', $1, ($1::timestamptz)::date from projects
         where not exists (select from project_health where project_id = projects.id)
         on conflict do nothing",
        now.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "with recent as materialized (
             select project_id, kind from events
             where xid is not null and xid >= $1::bigint::text::xid8 and xid < $2::bigint::text::xid8
             order by xid, id limit $3)
         update project_health set is_stale = true
         from projects
         where projects.id = project_health.project_id and projects.state = 'active' and not project_health.is_stale
           and ($1 > $2 or (select count(*) from recent) >= $3
                or project_health.project_id in (select project_id from recent
                                                 where project_id is not null and kind not like 'project.health\\_%'))",
        mark.seen,
        mark.horizon,
        MOST_EVENTS,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("update health_mark set seen_xid = $1::bigint::text::xid8", mark.horizon).execute(conn).await?;
    Ok(true)
}

/// A project whose health is to be computed, locked.
#[derive(Clone, Debug)]
pub struct Due {
    /// It.
    pub project: ProjectId,
    /// `GEO`.
    pub key: String,
    /// Its name.
    pub name: String,
    /// As it was computed last.
    pub computed: Health,
    /// What the lead declares.
    pub declared: Option<Health>,
    /// Since when the two differ.
    pub differs_since: Option<Timestamp>,
}

/// Takes some of the projects under way that something has happened in, or that were last computed on another day; of
/// `only`, where it is given, whatever has happened. Other workers leave them alone.
///
/// # Errors
/// Of the database.
pub async fn take(
    conn: &mut PgConnection,
    today: Date,
    only: Option<ProjectId>,
    most: i64,
) -> Result<Vec<Due>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select p.id as "project: ProjectId", p.key, p.name, health.computed, health.declared, health.differs_since
           from project_health health join projects p on p.id = health.project_id
           where p.state = 'active'
             and case when $2::uuid is null then health.is_stale or health.computed_on <> $1 else p.id = $2 end
           order by p.id for update of health skip locked limit $3"#,
        today.to_sqlx() as jiff_sqlx::Date,
        only.map(ProjectId::uuid),
        most,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Due {
            project: row.project,
            key: row.key,
            name: row.name,
            computed: Health::parse(&row.computed),
            declared: row.declared.as_deref().map(Health::parse),
            differs_since: row.differs_since.map(jiff_sqlx::Timestamp::to_jiff),
        })
        .collect())
}

/// What was computed for one of them.
#[derive(Debug)]
pub struct Computed {
    /// It.
    pub project: ProjectId,
    /// In one word.
    pub health: Health,
    /// What speaks against it, as the lifecycle room writes it.
    pub reasons: Value,
    /// Since when the two differ.
    pub differs_since: Option<Timestamp>,
}

/// Keeps what was computed, of all of them in one statement.
///
/// # Errors
/// Of the database.
pub async fn keep(
    conn: &mut PgConnection,
    computed: &[Computed],
    today: Date,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    let projects: Vec<Uuid> = computed.iter().map(|one| one.project.uuid()).collect();
    let healths: Vec<String> = computed.iter().map(|one| one.health.as_str().to_owned()).collect();
    let reasons: Vec<Value> = computed.iter().map(|one| one.reasons.clone()).collect();
    let since: Vec<Option<jiff_sqlx::Timestamp>> =
        computed.iter().map(|one| one.differs_since.map(|at| at.to_sqlx())).collect();
    sqlx::query!(
        "update project_health set computed = given.health, reasons = given.reasons, differs_since = given.since,
                computed_at = $5, computed_on = $6, is_stale = false
         from unnest($1::uuid[], $2::text[], $3::jsonb[], $4::timestamptz[]) as given (project_id, health, reasons, since)
         where project_health.project_id = given.project_id",
        &projects,
        &healths,
        &reasons,
        &since as &[Option<jiff_sqlx::Timestamp>],
        now.to_sqlx() as jiff_sqlx::Timestamp,
        today.to_sqlx() as jiff_sqlx::Date,
    )
    .execute(conn)
    .await?;
    Ok(())
}
