//! SQL of `thanks`.

use super::model::{Kind, Label};
use crate::platform::ids::{PersonId, ProjectId, ThanksId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

/// What somebody is thanked for.
#[derive(Clone, Debug)]
pub struct Thing {
    /// Its id.
    pub id: Uuid,
    /// As people call it.
    pub label: Label,
    /// Its title.
    pub title: String,
    /// The Chinese side of it.
    pub title_zh: Option<String>,
    /// Who did it, where one person did.
    pub by: Option<PersonId>,
}

/// A thing of the project by its label.
///
/// # Errors
/// Of the database.
pub async fn thing(conn: &mut PgConnection, project: ProjectId, label: &Label) -> Result<Option<Thing>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select id as "id!", title as "title!", title_zh, by_id as "by: PersonId" from thanked_things
           where project_id = $1 and kind = $2 and number = $3"#,
        project.uuid(),
        label.kind.as_str(),
        label.number,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Thing { id: row.id, label: label.clone(), title: row.title, title_zh: row.title_zh, by: row.by }))
}

/// Who can be thanked, by name as the database sorts it.
///
/// # Errors
/// Of the database.
pub async fn people(conn: &mut PgConnection, project: ProjectId) -> Result<Vec<(PersonId, String)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select person_id as "id!: PersonId", name as "name!" from thanked_people where project_id = $1 order by name, person_id"#,
        project.uuid()
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Thanks about to be written.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// Made with the form.
    pub id: ThanksId,
    /// Who thanks.
    pub from: PersonId,
    /// Who is thanked.
    pub to: PersonId,
    /// What for.
    pub thing: &'a Thing,
    /// In their words.
    pub note: &'a str,
}

/// Writes them; false when the same person was thanked by the same one for the same thing already.
///
/// # Errors
/// Of the database.
pub async fn insert(
    conn: &mut PgConnection,
    project: ProjectId,
    new: &New<'_>,
    at: Timestamp,
) -> Result<bool, sqlx::Error> {
    let id = |kind: Kind| (new.thing.label.kind == kind).then_some(new.thing.id);
    let done = sqlx::query!(
        "insert into thanks (project_id, id, from_id, to_id, task_id, request_id, decision_id, note, given_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing",
        project.uuid(),
        new.id.uuid(),
        new.from.uuid(),
        new.to.uuid(),
        id(Kind::Task),
        id(Kind::Request),
        id(Kind::Decision),
        new.note,
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Whether this form has said the same already; none when it has said nothing.
///
/// # Errors
/// Of the database.
pub async fn is_said(
    conn: &mut PgConnection,
    project: ProjectId,
    id: ThanksId,
    (from, to, thing, note): (PersonId, PersonId, Option<&Thing>, &str),
) -> Result<Option<bool>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select from_id = $3 and to_id = $4 and note = $5
                  and coalesce(task_id, request_id, decision_id) is not distinct from $6 as "is_said!"
           from thanks where project_id = $1 and id = $2"#,
        project.uuid(),
        id.uuid(),
        from.uuid(),
        to.uuid(),
        note,
        thing.map(|thing| thing.id),
    )
    .fetch_optional(conn)
    .await
}

/// Thanks as a page shows them.
#[derive(Clone, Debug)]
pub struct Given {
    /// Of these thanks.
    pub id: ThanksId,
    /// Who thanked.
    pub from: String,
    /// Who was thanked.
    pub to: String,
    /// What sort of thing for.
    pub kind: String,
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// The Chinese side of it.
    pub title_zh: Option<String>,
    /// In their words.
    pub note: String,
    /// When.
    pub at: Timestamp,
}

/// Thanks of a project, the newest first, those before one of them.
///
/// # Errors
/// Of the database.
pub async fn given(
    conn: &mut PgConnection,
    project: ProjectId,
    before: Option<ThanksId>,
    most: i64,
) -> Result<Vec<Given>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select g.id as "id: ThanksId", giver.name as "from!", taker.name as "to!", thing.kind as "kind!", thing.number as "number!",
                  thing.title as "title!", thing.title_zh, g.note, g.given_at
           from thanks g
           join person_names giver on giver.id = g.from_id
           join person_names taker on taker.id = g.to_id
           join thanked_things thing on thing.project_id = g.project_id and thing.id = coalesce(g.task_id, g.request_id, g.decision_id)
           where g.project_id = $1
             and ($2::uuid is null or (g.given_at, g.id) < (select b.given_at, b.id from thanks b where b.project_id = $1 and b.id = $2))
           order by g.given_at desc, g.id desc limit $3"#,
        project.uuid(),
        before.map(ThanksId::uuid),
        most,
    )
    .fetch_all(conn)
    .await?;
    let given = rows.into_iter().map(|row| Given {
        id: row.id,
        from: row.from,
        to: row.to,
        kind: row.kind,
        number: row.number,
        title: row.title,
        title_zh: row.title_zh,
        note: row.note,
        at: row.given_at.to_jiff(),
    });
    Ok(given.collect())
}
