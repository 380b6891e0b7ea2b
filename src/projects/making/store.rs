//! SQL of a new project: one statement a table, however much it is.

use super::model::{NewDuty, NewPart, NewProject, NewRule, NewSeat, NewStage, Records};
use crate::platform::ids::{PersonId, ProjectId};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// What became of the attempt to write the project's own row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inserted {
    /// It is there now.
    New,
    /// The same form had been sent before, by the same person: it was there already.
    Before,
    /// Another project has the key.
    KeyTaken,
}

/// Writes the project's own row, and that its health is not computed before it begins.
///
/// # Errors
/// Of the database.
pub async fn insert_project(
    conn: &mut PgConnection,
    project: &NewProject,
    creator: PersonId,
    now: Timestamp,
) -> Result<Inserted, sqlx::Error> {
    let done = sqlx::query!(
        "with made as (
             insert into projects (id, key, name, blueprint, tier, starts_on, launches_on, quorum, next_task_number, created_by, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             on conflict do nothing returning id)
         insert into project_health (project_id, computed, computed_at, computed_on)
         select id, 'not_started', $11, ($11::timestamptz)::date from made",
        project.id.uuid(),
        project.key,
        project.name,
        project.blueprint,
        project.tier,
        project.starts_on.to_sqlx(),
        project.launches_on.to_sqlx(),
        project.quorum,
        project.next_task_number,
        creator.uuid(),
        now.to_sqlx(),
    )
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() == 1 {
        return Ok(Inserted::New);
    }
    let is_mine = made_before(conn, project.id, creator).await?.is_some();
    Ok(if is_mine { Inserted::Before } else { Inserted::KeyTaken })
}

/// The key of the project with this id, if this person made it.
///
/// # Errors
/// Of the database.
pub async fn made_before(
    conn: &mut PgConnection,
    id: ProjectId,
    creator: PersonId,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!("select key from projects where id = $1 and created_by = $2", id.uuid(), creator.uuid())
        .fetch_optional(conn)
        .await
}

/// What makes a second form the first one again, although the page was loaded anew in between and gave it another id.
#[derive(Clone, Copy, Debug)]
pub struct Likeness<'a> {
    /// The project's name.
    pub name: &'a str,
    /// The key, if somebody typed it.
    pub key: Option<&'a str>,
    /// Id of the blueprint.
    pub blueprint: &'a str,
    /// How large the launch is.
    pub tier: i16,
    /// The launch date, if it is given.
    pub launches_on: Option<Date>,
    /// The first day, if that is given instead; the plan begins on the next working day.
    pub starts_on: Option<Date>,
}

/// The key of the draft that this person made since then from a form that says the same.
///
/// # Errors
/// Of the database.
pub async fn made_alike(
    conn: &mut PgConnection,
    like: Likeness<'_>,
    creator: PersonId,
    since: Timestamp,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "select key from projects
         where created_by = $1 and state = 'draft' and created_at >= $2 and name = $3 and blueprint = $4 and tier = $5
           and ($6::text is null or key = $6) and ($7::date is null or launches_on = $7) and ($8::date is null or starts_on between $8 and $8 + 13)
         order by created_at limit 1",
        creator.uuid(),
        since.to_sqlx(),
        like.name,
        like.blueprint,
        like.tier,
        like.key,
        like.launches_on.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>,
        like.starts_on.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>,
    )
    .fetch_optional(conn)
    .await
}

/// Writes everything else of a project whose row is there.
///
/// # Errors
/// Of the database.
pub async fn insert_records(conn: &mut PgConnection, records: &Records, now: Timestamp) -> Result<(), sqlx::Error> {
    let project = records.project.id;
    insert_parts(conn, project, &records.parts).await?;
    insert_stages(conn, project, &records.stages).await?;
    insert_rules(conn, project, &records.rules).await?;
    insert_duties(conn, project, &records.duties).await?;
    insert_letters(conn, project, &records.duties).await?;
    insert_seats(conn, project, &records.seats, now).await
}

/// Positions count from 1 in the order given.
fn positions<V>(rows: &[V]) -> Vec<i16> {
    (1..).take(rows.len()).collect()
}

async fn insert_parts(conn: &mut PgConnection, project: ProjectId, parts: &[NewPart]) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = parts.iter().map(|part| part.id.uuid()).collect();
    let codes: Vec<String> = parts.iter().map(|part| part.code.clone()).collect();
    let kinds: Vec<String> = parts.iter().map(|part| part.kind.as_str().to_owned()).collect();
    let departments: Vec<Option<Uuid>> = parts.iter().map(|part| part.department_id.map(|id| id.uuid())).collect();
    let names_en: Vec<String> = parts.iter().map(|part| part.name.en.clone()).collect();
    let names_zh: Vec<String> = parts.iter().map(|part| part.name.zh.clone()).collect();
    let shorts_en: Vec<String> = parts.iter().map(|part| part.short.en.clone()).collect();
    let shorts_zh: Vec<String> = parts.iter().map(|part| part.short.zh.clone()).collect();
    let colours: Vec<i16> = parts.iter().map(|part| part.colour).collect();
    sqlx::query!(
        "insert into parts (project_id, id, code, kind, department_id, name_en, name_zh, short_en, short_zh, colour, position)
         select $1, * from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[],
                                  $10::smallint[], $11::smallint[])",
        project.uuid(),
        &ids,
        &codes,
        &kinds,
        &departments as &[Option<Uuid>],
        &names_en,
        &names_zh,
        &shorts_en,
        &shorts_zh,
        &colours,
        &positions(parts),
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn insert_stages(conn: &mut PgConnection, project: ProjectId, stages: &[NewStage]) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = stages.iter().map(|stage| stage.id.uuid()).collect();
    let codes: Vec<String> = stages.iter().map(|stage| stage.code.clone()).collect();
    let names_en: Vec<String> = stages.iter().map(|stage| stage.name.en.clone()).collect();
    let names_zh: Vec<String> = stages.iter().map(|stage| stage.name.zh.clone()).collect();
    let days: Vec<i32> = stages.iter().map(|stage| stage.days).collect();
    let launches: Vec<bool> = stages.iter().map(|stage| stage.is_launch).collect();
    let starts: Vec<jiff_sqlx::Date> = stages.iter().map(|stage| stage.starts_on.to_sqlx()).collect();
    let ends: Vec<jiff_sqlx::Date> = stages.iter().map(|stage| stage.ends_on.to_sqlx()).collect();
    sqlx::query!(
        "insert into stages (project_id, id, position, code, name_en, name_zh, days, is_launch, baseline_starts_on, baseline_ends_on, starts_on, ends_on)
         select $1, id, position, code, name_en, name_zh, days, is_launch, starts_on, ends_on, starts_on, ends_on
         from unnest($2::uuid[], $3::smallint[], $4::text[], $5::text[], $6::text[], $7::int[], $8::bool[], $9::date[], $10::date[])
              as given (id, position, code, name_en, name_zh, days, is_launch, starts_on, ends_on)",
        project.uuid(),
        &ids,
        &positions(stages),
        &codes,
        &names_en,
        &names_zh,
        &days,
        &launches,
        &starts as &[jiff_sqlx::Date],
        &ends as &[jiff_sqlx::Date],
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn insert_rules(conn: &mut PgConnection, project: ProjectId, rules: &[NewRule]) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = rules.iter().map(|rule| rule.id.uuid()).collect();
    let stages: Vec<Uuid> = rules.iter().map(|rule| rule.stage_id.uuid()).collect();
    let texts_en: Vec<String> = rules.iter().map(|rule| rule.text.en.clone()).collect();
    let texts_zh: Vec<String> = rules.iter().map(|rule| rule.text.zh.clone()).collect();
    let expressions: Vec<String> = rules.iter().map(|rule| rule.expression.clone()).collect();
    let checks = rules.iter().map(|rule| serde_json::to_value(&rule.check)).collect::<Result<Vec<Value>, _>>();
    let checks = checks.map_err(|problem| sqlx::Error::Encode(problem.into()))?;
    let blocking: Vec<bool> = rules.iter().map(|rule| rule.is_blocking).collect();
    sqlx::query!(
        "insert into gate_rules (project_id, id, stage_id, position, text_en, text_zh, expression, checks, is_blocking)
         select $1, * from unnest($2::uuid[], $3::uuid[], $4::smallint[], $5::text[], $6::text[], $7::text[], $8::jsonb[], $9::bool[])",
        project.uuid(),
        &ids,
        &stages,
        &positions(rules),
        &texts_en,
        &texts_zh,
        &expressions,
        &checks,
        &blocking,
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn insert_duties(conn: &mut PgConnection, project: ProjectId, duties: &[NewDuty]) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = duties.iter().map(|duty| duty.id.uuid()).collect();
    let stages: Vec<Uuid> = duties.iter().map(|duty| duty.stage_id.uuid()).collect();
    let codes: Vec<String> = duties.iter().map(|duty| duty.code.clone()).collect();
    let titles_en: Vec<String> = duties.iter().map(|duty| duty.title.en.clone()).collect();
    let titles_zh: Vec<String> = duties.iter().map(|duty| duty.title.zh.clone()).collect();
    let days: Vec<i32> = duties.iter().map(|duty| duty.due_day).collect();
    let evidence: Vec<bool> = duties.iter().map(|duty| duty.is_evidence).collect();
    sqlx::query!(
        "insert into duties (project_id, id, stage_id, position, code, title_en, title_zh, due_day, is_evidence)
         select $1, * from unnest($2::uuid[], $3::uuid[], $4::smallint[], $5::text[], $6::text[], $7::text[], $8::int[], $9::bool[])",
        project.uuid(),
        &ids,
        &stages,
        &positions(duties),
        &codes,
        &titles_en,
        &titles_zh,
        &days,
        &evidence,
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn insert_letters(conn: &mut PgConnection, project: ProjectId, duties: &[NewDuty]) -> Result<(), sqlx::Error> {
    let rows: Vec<(Uuid, Uuid, char)> = duties
        .iter()
        .flat_map(|duty| duty.letters.iter().map(|(part, letter)| (duty.id.uuid(), part.uuid(), *letter)))
        .collect();
    let duties: Vec<Uuid> = rows.iter().map(|row| row.0).collect();
    let parts: Vec<Uuid> = rows.iter().map(|row| row.1).collect();
    let letters: Vec<String> = rows.iter().map(|row| row.2.to_string()).collect();
    sqlx::query!(
        "insert into duty_letters (project_id, duty_id, part_id, letter)
         select $1, * from unnest($2::uuid[], $3::uuid[], $4::text[])",
        project.uuid(),
        &duties,
        &parts,
        &letters,
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn insert_seats(
    conn: &mut PgConnection,
    project: ProjectId,
    seats: &[NewSeat],
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = seats.iter().map(|seat| seat.id.uuid()).collect();
    let people: Vec<Uuid> = seats.iter().map(|seat| seat.person_id.uuid()).collect();
    let roles: Vec<String> = seats.iter().map(|seat| seat.role.as_str().to_owned()).collect();
    let parts: Vec<Option<Uuid>> = seats.iter().map(|seat| seat.part_id.map(|part| part.uuid())).collect();
    let capacities: Vec<String> = seats.iter().map(|seat| seat.capacity.clone()).collect();
    sqlx::query!(
        "insert into seats (project_id, id, person_id, role, part_id, capacity, created_at)
         select $1, id, person_id, role, part_id, capacity, $2
         from unnest($3::uuid[], $4::uuid[], $5::text[], $6::uuid[], $7::text[]) as given (id, person_id, role, part_id, capacity)",
        project.uuid(),
        now.to_sqlx(),
        &ids,
        &people,
        &roles,
        &parts as &[Option<Uuid>],
        &capacities,
    )
    .execute(conn)
    .await?;
    Ok(())
}
