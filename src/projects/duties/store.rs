//! SQL of duties and their letters.

use super::model::{Duty, Held, Letters, StageColumn};
use crate::platform::ids::{DutyId, PartId, ProjectId, StageId};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// The stages of a project in their order.
///
/// # Errors
/// Of the database.
pub async fn stages(conn: &mut PgConnection, project: ProjectId) -> Result<Vec<StageColumn>, sqlx::Error> {
    sqlx::query_as!(
        StageColumn,
        r#"select id as "id: StageId", code, name_en, name_zh, days, state from stages where project_id = $1 order by position"#,
        project.uuid(),
    )
    .fetch_all(conn)
    .await
}

struct Row {
    id: DutyId,
    stage_id: StageId,
    code: String,
    title_en: String,
    title_zh: String,
    due_day: i32,
    version: i32,
    letters: Json<Letters>,
    decision: Option<i32>,
}

impl From<Row> for Duty {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            stage_id: row.stage_id,
            code: row.code,
            title_en: row.title_en,
            title_zh: row.title_zh,
            due_day: row.due_day,
            version: row.version,
            letters: row.letters.0,
            decision: row.decision,
        }
    }
}

/// Every duty of a project, in the order of stages and of positions in them.
///
/// # Errors
/// Of the database.
pub async fn duties(conn: &mut PgConnection, project: ProjectId) -> Result<Vec<Duty>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select duties.id as "id: DutyId", duties.stage_id as "stage_id: StageId", duties.code, duties.title_en, duties.title_zh,
                  duties.due_day, duties.version, coalesce(held.letters, '[]') as "letters!: Json<Letters>",
                  (select max(d.number) from duty_decisions d where d.project_id = $1 and d.duty_id = duties.id) as decision
           from duties
           join stages on stages.project_id = duties.project_id and stages.id = duties.stage_id
           left join (select duty_id, jsonb_agg(jsonb_build_object('part_id', part_id, 'letter', letter)) as letters
                      from duty_letters where project_id = $1 group by duty_id) held on held.duty_id = duties.id
           where duties.project_id = $1
           order by stages.position, duties.position, duties.code"#,
        project.uuid(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Duty::from).collect())
}

/// One duty by its code; `lock` keeps others from changing it until the transaction ends.
///
/// # Errors
/// Of the database.
pub async fn duty(
    conn: &mut PgConnection,
    project: ProjectId,
    code: &str,
    lock: bool,
) -> Result<Option<Duty>, sqlx::Error> {
    if lock {
        sqlx::query!("select id from duties where project_id = $1 and code = $2 for update", project.uuid(), code)
            .fetch_optional(&mut *conn)
            .await?;
    }
    let row = sqlx::query_as!(
        Row,
        r#"select id as "id: DutyId", stage_id as "stage_id: StageId", code, title_en, title_zh, due_day, version,
                  (select coalesce(jsonb_agg(jsonb_build_object('part_id', held.part_id, 'letter', held.letter)), '[]')
                   from duty_letters held where held.project_id = $1 and held.duty_id = duties.id) as "letters!: Json<Letters>",
                  (select max(d.number) from duty_decisions d where d.project_id = $1 and d.duty_id = duties.id) as decision
           from duties where project_id = $1 and code = $2"#,
        project.uuid(),
        code,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Duty::from))
}

/// Makes the letters of a duty these. `false`: the duty is not at this version any more.
///
/// # Errors
/// Of the database.
pub async fn set_letters(
    conn: &mut PgConnection,
    project: ProjectId,
    duty: &Duty,
    version: i32,
    letters: &Letters,
) -> Result<bool, sqlx::Error> {
    let updated = sqlx::query!(
        "update duties set version = version + 1 where project_id = $1 and id = $2 and version = $3",
        project.uuid(),
        duty.id.uuid(),
        version,
    )
    .execute(&mut *conn)
    .await?;
    if updated.rows_affected() == 0 {
        return Ok(false);
    }
    let (parts, marks) = columns(letters.iter());
    sqlx::query!(
        r#"delete from duty_letters where project_id = $1 and duty_id = $2
             and not exists (select from unnest($3::uuid[], $4::text[]) as kept (part_id, letter)
                             where kept.part_id = duty_letters.part_id and kept.letter = duty_letters.letter)"#,
        project.uuid(),
        duty.id.uuid(),
        &parts,
        &marks,
    )
    .execute(&mut *conn)
    .await?;
    insert_letters(conn, project, duty.id, letters).await?;
    Ok(true)
}

async fn insert_letters(
    conn: &mut PgConnection,
    project: ProjectId,
    duty: DutyId,
    letters: &Letters,
) -> Result<(), sqlx::Error> {
    let (parts, marks) = columns(letters.iter());
    sqlx::query!(
        r#"insert into duty_letters (project_id, duty_id, part_id, letter)
           select $1, $2, part_id, letter from unnest($3::uuid[], $4::text[]) as given (part_id, letter)
           on conflict on constraint duty_letters_pkey do nothing"#,
        project.uuid(),
        duty.uuid(),
        &parts,
        &marks,
    )
    .execute(conn)
    .await?;
    Ok(())
}

fn columns(letters: impl Iterator<Item = Held>) -> (Vec<Uuid>, Vec<String>) {
    letters.map(|held| (PartId::uuid(held.part_id), held.letter.as_str().to_owned())).unzip()
}

/// A stage, locked so that two people who add a duty at once get two codes.
///
/// # Errors
/// Of the database.
pub async fn lock_stage(
    conn: &mut PgConnection,
    project: ProjectId,
    stage: StageId,
) -> Result<Option<StageColumn>, sqlx::Error> {
    sqlx::query_as!(
        StageColumn,
        r#"select id as "id: StageId", code, name_en, name_zh, days, state from stages where project_id = $1 and id = $2 for update"#,
        project.uuid(),
        stage.uuid(),
    )
    .fetch_optional(conn)
    .await
}

/// The codes of a stage's duties.
///
/// # Errors
/// Of the database.
pub async fn codes(conn: &mut PgConnection, project: ProjectId, stage: StageId) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!("select code from duties where project_id = $1 and stage_id = $2", project.uuid(), stage.uuid())
        .fetch_all(conn)
        .await
}

/// The code of a duty that the same form made before.
///
/// # Errors
/// Of the database.
pub async fn code_of(conn: &mut PgConnection, project: ProjectId, id: DutyId) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!("select code from duties where project_id = $1 and id = $2", project.uuid(), id.uuid())
        .fetch_optional(conn)
        .await
}

/// Adds a duty at the end of its stage.
///
/// # Errors
/// Of the database.
pub async fn insert(conn: &mut PgConnection, project: ProjectId, duty: &Duty) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"insert into duties (project_id, id, stage_id, position, code, title_en, title_zh, due_day, is_evidence)
           select $1, $2, $3, (select coalesce(max(position), 0) + 1 from duties where project_id = $1 and stage_id = $3),
                  $4, $5, $6, $7, false"#,
        project.uuid(),
        duty.id.uuid(),
        duty.stage_id.uuid(),
        duty.code,
        duty.title_en,
        duty.title_zh,
        duty.due_day,
    )
    .execute(&mut *conn)
    .await?;
    insert_letters(conn, project, duty.id, &duty.letters).await
}

/// A task made from a duty.
#[derive(Clone, Debug)]
pub struct TaskOfDuty {
    /// Its number in the project.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// The Chinese side of a blueprint's title.
    pub title_zh: Option<String>,
    /// The part that owns it.
    pub part_id: PartId,
}

/// The tasks made from a duty.
///
/// # Errors
/// Of the database.
pub async fn tasks(conn: &mut PgConnection, project: ProjectId, duty: DutyId) -> Result<Vec<TaskOfDuty>, sqlx::Error> {
    sqlx::query_as!(
        TaskOfDuty,
        r#"select number as "number!", title as "title!", title_zh, part_id as "part_id!: PartId"
           from tasks_of_duties where project_id = $1 and duty_id = $2 and status <> 'dropped' order by number"#,
        project.uuid(),
        duty.uuid(),
    )
    .fetch_all(conn)
    .await
}
