//! SQL of departments.

use super::model::{Department, Draft};
use crate::platform::ids::{DepartmentId, PersonId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

/// Departments in their order, the active ones first; retired ones only when asked for.
///
/// # Errors
/// Of the database.
pub async fn list(conn: &mut PgConnection, with_retired: bool) -> Result<Vec<Department>, sqlx::Error> {
    sqlx::query_as!(
        Department,
        r#"select d.id as "id: DepartmentId", d.code, d.name_en, d.name_zh, d.short_en, d.short_zh, d.colour,
                  d.head_id as "head_id: PersonId", head.name as "head_name?", head.email as "head_email?", coalesce(counted.people, 0) as "people!",
                  d.retired_at is not null as "is_retired!", d.version
           from departments d
           left join people head on head.id = d.head_id
           left join (select department_id, count(*) as people from people where deactivated_at is null group by department_id)
                as counted on counted.department_id = d.id
           where $1 or d.retired_at is null
           order by (d.retired_at is not null), d.position, d.code"#,
        with_retired,
    )
    .fetch_all(conn)
    .await
}

/// The departments that new projects offer, in their order.
///
/// # Errors
/// Of the database.
pub async fn active(conn: &mut PgConnection) -> Result<Vec<Department>, sqlx::Error> {
    list(conn, false).await
}

/// One department.
///
/// # Errors
/// Of the database.
pub async fn by_id(conn: &mut PgConnection, id: DepartmentId) -> Result<Option<Department>, sqlx::Error> {
    sqlx::query_as!(
        Department,
        r#"select d.id as "id: DepartmentId", d.code, d.name_en, d.name_zh, d.short_en, d.short_zh, d.colour,
                  d.head_id as "head_id: PersonId", head.name as "head_name?", head.email as "head_email?",
                  (select count(*) from people where people.department_id = d.id and people.deactivated_at is null) as "people!",
                  d.retired_at is not null as "is_retired!", d.version
           from departments d left join people head on head.id = d.head_id
           where d.id = $1"#,
        id.uuid(),
    )
    .fetch_optional(conn)
    .await
}

/// As [`by_id`], locked until the end of the transaction.
///
/// # Errors
/// Of the database.
pub async fn lock(conn: &mut PgConnection, id: DepartmentId) -> Result<Option<Department>, sqlx::Error> {
    let locked = sqlx::query_scalar!("select id from departments where id = $1 for update", id.uuid())
        .fetch_optional(&mut *conn)
        .await?;
    match locked {
        Some(_) => by_id(conn, id).await,
        None => Ok(None),
    }
}

/// Inserts a department at the end; `false` when one with this id is there already (a form sent twice).
///
/// # Errors
/// Of the database; `departments_code_unique` when the code is taken.
pub async fn insert(
    conn: &mut PgConnection,
    id: DepartmentId,
    draft: &Draft,
    head: Option<PersonId>,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into departments (id, code, name_en, name_zh, short_en, short_zh, colour, head_id, position, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, (select coalesce(max(position), 0) + 1 from departments), $9)
         on conflict (id) do nothing",
        id.uuid(),
        draft.code,
        draft.name_en,
        draft.name_zh,
        draft.short_en,
        draft.short_zh,
        draft.colour,
        head.map(PersonId::uuid),
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Inserts many at once, in their order; answers those that were not there by their code.
///
/// # Errors
/// Of the database.
pub async fn insert_all(
    conn: &mut PgConnection,
    drafts: &[(DepartmentId, Draft)],
    now: Timestamp,
) -> Result<Vec<DepartmentId>, sqlx::Error> {
    let column = |of: fn(&Draft) -> &String| drafts.iter().map(|(_, draft)| of(draft).clone()).collect::<Vec<_>>();
    let ids: Vec<Uuid> = drafts.iter().map(|(id, _)| id.uuid()).collect();
    let colours: Vec<i16> = drafts.iter().map(|(_, draft)| draft.colour).collect();
    sqlx::query_scalar!(
        r#"insert into departments (id, code, name_en, name_zh, short_en, short_zh, colour, position, created_at)
           select id, code, name_en, name_zh, short_en, short_zh, colour, position, $8
           from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::smallint[]) with ordinality
                as given (id, code, name_en, name_zh, short_en, short_zh, colour, position)
           order by position
           on conflict (code) do nothing
           returning id as "id: DepartmentId""#,
        &ids,
        &column(|draft| &draft.code),
        &column(|draft| &draft.name_en),
        &column(|draft| &draft.name_zh),
        &column(|draft| &draft.short_en),
        &column(|draft| &draft.short_zh),
        &colours,
        now.to_sqlx(),
    )
    .fetch_all(conn)
    .await
}

/// Writes a department over the version that was read; `false` when somebody was faster.
///
/// # Errors
/// Of the database; `departments_code_unique` when the code is taken.
pub async fn update(
    conn: &mut PgConnection,
    id: DepartmentId,
    version: i32,
    draft: &Draft,
    head: Option<PersonId>,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update departments set code = $3, name_en = $4, name_zh = $5, short_en = $6, short_zh = $7, colour = $8, head_id = $9,
                version = version + 1
         where id = $1 and version = $2",
        id.uuid(),
        version,
        draft.code,
        draft.name_en,
        draft.name_zh,
        draft.short_en,
        draft.short_zh,
        draft.colour,
        head.map(PersonId::uuid),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Retires (a moment) or restores (none).
///
/// # Errors
/// Of the database.
pub async fn set_retired(conn: &mut PgConnection, id: DepartmentId, at: Option<Timestamp>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update departments set retired_at = $2, version = version + 1 where id = $1",
        id.uuid(),
        at.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts the departments into this order.
///
/// # Errors
/// Of the database.
pub async fn set_order(conn: &mut PgConnection, order: &[DepartmentId]) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = order.iter().map(|id| id.uuid()).collect();
    sqlx::query!(
        "update departments set position = given.position
         from unnest($1::uuid[]) with ordinality as given (id, position)
         where departments.id = given.id and departments.position <> given.position",
        &ids,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Somebody who might head a department.
#[derive(Clone, Debug)]
pub struct Colleague {
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Works there.
    pub is_own: bool,
}

/// Suggestions for who heads a department: active colleagues, at most `limit`, its own people first.
///
/// # Errors
/// Of the database.
pub async fn colleagues(
    conn: &mut PgConnection,
    department: DepartmentId,
    limit: i64,
) -> Result<Vec<Colleague>, sqlx::Error> {
    sqlx::query_as!(
        Colleague,
        r#"select name, email, coalesce(department_id = $1, false) as "is_own!"
           from people where role <> 'guest' and deactivated_at is null
           order by 3 desc, name, email limit $2"#,
        department.uuid(),
        limit,
    )
    .fetch_all(conn)
    .await
}

/// An active colleague by e-mail: id and name.
///
/// # Errors
/// Of the database.
pub async fn colleague(conn: &mut PgConnection, email: &str) -> Result<Option<(PersonId, String)>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select id as "id: PersonId", name from people where email = $1 and role <> 'guest' and deactivated_at is null"#,
        email,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.id, row.name)))
}
