//! SQL of `playbook_versions` and `playbook_readings`.

use super::{
    model::{Content, Plan, Version},
    readers::Readers,
};
use crate::{
    goals::strategy::Texts,
    platform::ids::{PartId, PersonId, PlaybookId, ProjectId},
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// Most versions of a list.
const LISTED: i64 = 100;

/// The versions without what they say, the newest first.
///
/// # Errors
/// Of the database.
pub async fn versions(conn: &mut PgConnection, project: ProjectId) -> Result<Vec<Version>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select v.id as "id: PlaybookId", v.number, v.asks_again, v.note, people.name as by, v.published_at as "at: jiff_sqlx::Timestamp"
           from playbook_versions v join person_names people on people.id = v.published_by
           where v.project_id = $1 order by v.number desc limit $2"#,
        project.uuid(),
        LISTED,
    )
    .fetch_all(conn)
    .await?;
    let versions = rows.into_iter().map(|row| Version {
        id: row.id,
        number: row.number,
        asks_again: row.asks_again,
        note: row.note,
        by: row.by.unwrap_or_default(),
        at: row.at.to_jiff(),
    });
    Ok(versions.collect())
}

/// What some versions say, and the newest one (number `-1` stands for it), by number.
///
/// # Errors
/// Of the database.
pub async fn contents(
    conn: &mut PgConnection,
    project: ProjectId,
    numbers: &[i32],
) -> Result<Vec<(i32, Content)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select v.number, v.content as "content: Json<Content>" from playbook_versions v
           where v.project_id = $1
             and (v.number = any($2) or -1 = any($2) and v.number = (select max(n.number) from playbook_versions n where n.project_id = $1))
           order by v.number"#,
        project.uuid(),
        numbers,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.number, row.content.0)).collect())
}

/// One version with its list line.
#[derive(Clone, Debug)]
pub struct Kept {
    /// As a list shows it.
    pub version: Version,
    /// What it says.
    pub content: Content,
}

/// A version by its number, or the newest.
///
/// # Errors
/// Of the database.
pub async fn kept(
    conn: &mut PgConnection,
    project: ProjectId,
    number: Option<i32>,
) -> Result<Option<Kept>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select v.id as "id: PlaybookId", v.number, v.asks_again, v.note, people.name as by, v.published_at as "at: jiff_sqlx::Timestamp",
                  v.content as "content: Json<Content>"
           from playbook_versions v join person_names people on people.id = v.published_by
           where v.project_id = $1 and ($2::int is null or v.number = $2) order by v.number desc limit 1"#,
        project.uuid(),
        number,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Kept {
        version: Version {
            id: row.id,
            number: row.number,
            asks_again: row.asks_again,
            note: row.note,
            by: row.by.unwrap_or_default(),
            at: row.at.to_jiff(),
        },
        content: row.content.0,
    }))
}

/// Who has to read what, and who has.
///
/// # Errors
/// Of the database.
pub async fn readers(conn: &mut PgConnection, project: ProjectId) -> Result<Readers, sqlx::Error> {
    let readers = sqlx::query_scalar!(
        r#"select readers as "readers!: Json<Readers>" from playbook_readers_of($1)"#,
        project.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok(readers.0)
}

/// The texts of all versions that have any, the newest first.
///
/// # Errors
/// Of the database.
pub async fn answers(conn: &mut PgConnection, project: ProjectId) -> Result<Vec<(i32, Texts)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select v.number, v.content->'strategy' as "texts!: Json<Texts>" from playbook_versions v
           where v.project_id = $1 and jsonb_typeof(v.content->'strategy') = 'object' order by v.number desc limit $2"#,
        project.uuid(),
        LISTED,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.number, row.texts.0)).collect())
}

/// What the next version is made of besides strategy and goals, and the newest one.
///
/// # Errors
/// Of the database.
pub async fn plan(conn: &mut PgConnection, project: ProjectId) -> Result<(Plan, Option<(i32, Content)>), sqlx::Error> {
    let row = sqlx::query!(
        r#"select made.plan as "plan!: Json<Plan>", newest.number as "number?", newest.content as "content?: Json<Content>"
           from playbook_plan_of($1) made
           left join lateral (
               select v.number, v.content from playbook_versions v where v.project_id = $1 order by v.number desc limit 1) newest on true"#,
        project.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok((row.plan.0, row.number.zip(row.content.map(|content| content.0))))
}

/// The number of the version that a form has made, and whether it has this note; none when it has made none.
///
/// # Errors
/// Of the database.
pub async fn made(
    conn: &mut PgConnection,
    project: ProjectId,
    (id, note): (PlaybookId, &str),
) -> Result<Option<(i32, bool)>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select number, note = $3 as "is_said!" from playbook_versions where project_id = $1 and id = $2"#,
        project.uuid(),
        id.uuid(),
        note,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.number, row.is_said)))
}

/// A version about to be kept.
#[derive(Debug)]
pub struct NewVersion<'a> {
    /// Made with the form.
    pub id: PlaybookId,
    /// From 1.
    pub number: i32,
    /// What it says.
    pub content: &'a Content,
    /// Everybody reads again.
    pub asks_again: bool,
    /// May be empty.
    pub note: &'a str,
}

/// Keeps a version.
///
/// # Errors
/// Of the database.
pub async fn insert(
    conn: &mut PgConnection,
    project: ProjectId,
    new: &NewVersion<'_>,
    (by, at): (PersonId, Timestamp),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into playbook_versions (project_id, number, id, content, asks_again, note, published_by, published_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        project.uuid(),
        new.number,
        new.id.uuid(),
        Json(new.content) as _,
        new.asks_again,
        new.note,
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Keeps that somebody has read a version for the departments that they speak for; answers those of which it was not known.
///
/// # Errors
/// Of the database.
pub async fn read(
    conn: &mut PgConnection,
    project: ProjectId,
    number: i32,
    (parts, person): (&[PartId], PersonId),
    at: Timestamp,
) -> Result<Vec<PartId>, sqlx::Error> {
    let parts: Vec<Uuid> = parts.iter().map(|part| part.uuid()).collect();
    sqlx::query_scalar!(
        r#"insert into playbook_readings (project_id, number, part_id, person_id, read_at)
           select $1, $2, part_id, $4, $5 from unnest($3::uuid[]) as given (part_id)
           on conflict do nothing returning part_id as "part_id: PartId""#,
        project.uuid(),
        number,
        &parts,
        person.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .fetch_all(conn)
    .await
}
