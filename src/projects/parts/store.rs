//! SQL of parts.

use crate::platform::ids::{DepartmentId, PartId, PersonId, ProjectId, SeatId};
use crate::projects::{model::Role, seats::Seat};
use sqlx::PgConnection;

/// The department that a part stands for, if there is such a part.
///
/// # Errors
/// Of the database.
pub async fn exists(conn: &mut PgConnection, project: ProjectId, id: PartId) -> Result<bool, sqlx::Error> {
    let found = sqlx::query_scalar!(
        r#"select exists (select from parts where project_id = $1 and id = $2) as "exists!""#,
        project.uuid(),
        id.uuid()
    )
    .fetch_one(conn)
    .await?;
    Ok(found)
}

/// Lets a department take part, after all others. Its code is the organisation's, numbered when a part has it already.
/// `false`: there is no such active department.
///
/// # Errors
/// Of the database; `parts_department_unique` when it takes part already.
pub async fn insert(
    conn: &mut PgConnection,
    project: ProjectId,
    id: PartId,
    department: DepartmentId,
) -> Result<bool, sqlx::Error> {
    let inserted = sqlx::query!(
        r#"insert into parts (project_id, id, code, kind, department_id, name_en, name_zh, short_en, short_zh, colour, position)
           select $1, $2,
                  case when exists (select from parts taken where taken.project_id = $1 and taken.code = departments.code)
                       then departments.code || '-' || (select count(*) + 1 from parts where parts.project_id = $1)
                       else departments.code end,
                  'department', departments.id, departments.name_en, departments.name_zh, departments.short_en,
                  departments.short_zh, departments.colour,
                  (select coalesce(max(position), 0) + 1 from parts where parts.project_id = $1)
           from departments where departments.id = $3 and departments.retired_at is null"#,
        project.uuid(),
        id.uuid(),
        department.uuid(),
    )
    .execute(conn)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// In how many duties a part holds a letter.
///
/// # Errors
/// Of the database.
pub async fn letters(conn: &mut PgConnection, project: ProjectId, part: PartId) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(distinct duty_id) as "count!" from duty_letters where project_id = $1 and part_id = $2"#,
        project.uuid(),
        part.uuid()
    )
    .fetch_one(conn)
    .await
}

/// The seats of a part that are held now.
///
/// # Errors
/// Of the database.
pub async fn seats(conn: &mut PgConnection, project: ProjectId, part: PartId) -> Result<Vec<Seat>, sqlx::Error> {
    sqlx::query_as!(
        Seat,
        r#"select seats.id as "id: SeatId", seats.person_id as "person_id: PersonId", people.name, people.title, seats.role as "role: Role",
                  seats.part_id as "part_id: PartId", seats.capacity, people.role = 'guest' as "is_guest!",
                  people.deactivated_at is not null as "is_deactivated!"
           from seats join people on people.id = seats.person_id
           where seats.project_id = $1 and seats.part_id = $2 and seats.removed_at is null
           order by seats.created_at, seats.id"#,
        project.uuid(),
        part.uuid(),
    )
    .fetch_all(conn)
    .await
}

/// Removes a part with the rows of its seats; the history keeps who held them.
///
/// # Errors
/// Of the database; a foreign key when work or an escalation hangs on it.
pub async fn delete(conn: &mut PgConnection, project: ProjectId, part: PartId) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from seats where project_id = $1 and part_id = $2", project.uuid(), part.uuid())
        .execute(&mut *conn)
        .await?;
    sqlx::query!("delete from parts where project_id = $1 and id = $2", project.uuid(), part.uuid())
        .execute(conn)
        .await?;
    Ok(())
}
