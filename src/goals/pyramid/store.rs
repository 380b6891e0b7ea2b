//! What the picture counts, in two statements.

use crate::{
    goals::figures::{Measure, Scale, UnitKind},
    platform::ids::{ObjectiveId, ProjectId},
};
use jiff::civil::Date;
use sqlx::PgConnection;

/// An objective in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objective {
    /// Its id.
    pub id: ObjectiveId,
    /// 1 to 3.
    pub position: i16,
    /// What it is called.
    pub title: String,
    /// Its key results in force, in their order.
    pub results: Vec<KeyResult>,
}

/// A key result in force, and how many figures there are of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyResult {
    /// 1 to 3.
    pub position: i16,
    /// What it is called.
    pub title: String,
    /// How its amounts are written.
    pub scale: Scale,
    /// Where it has to get.
    pub target: i64,
    /// By when.
    pub due_on: Date,
    /// How many figures stand.
    pub entered: i64,
    /// The latest period of them.
    pub newest: Option<Date>,
}

/// The objectives in force with their key results.
///
/// # Errors
/// Of the database.
pub async fn objectives(conn: &mut PgConnection, project: ProjectId) -> Result<Vec<Objective>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select o.id as "id: ObjectiveId", o.position, o.title, k.position as "result_position?", k.title as "result_title?",
                  k.measure as "measure?: Measure", k.unit_kind as "unit_kind?: UnitKind", k.unit as "unit?", k.base_unit as "base_unit?",
                  k.decimals as "decimals?", k.target as "target?", k.due_on as "due_on?: jiff_sqlx::Date",
                  (select count(*) from standing_entries e where e.project_id = k.project_id and e.series_id = k.series_id) as "entered!",
                  (select max(e.period) from standing_entries e where e.project_id = k.project_id and e.series_id = k.series_id)
                      as "newest: jiff_sqlx::Date"
           from objectives o
           left join current_key_results k on k.project_id = o.project_id and k.objective_id = o.id
           where o.project_id = $1 and o.dropped_at is null order by o.position, k.position"#,
        project.uuid(),
    )
    .fetch_all(conn)
    .await?;
    let mut objectives: Vec<Objective> = Vec::new();
    for row in rows {
        if objectives.last().is_none_or(|last| last.id != row.id) {
            objectives.push(Objective { id: row.id, position: row.position, title: row.title, results: Vec::new() });
        }
        let scale = row.measure.zip(row.unit_kind).map(|(measure, unit_kind)| Scale {
            measure,
            unit_kind,
            unit: row.unit.unwrap_or_default(),
            base_unit: row.base_unit.unwrap_or_default(),
            decimals: row.decimals.unwrap_or_default(),
        });
        if let (Some(objective), Some(scale), Some(target), Some(due_on)) =
            (objectives.last_mut(), scale, row.target, row.due_on)
        {
            objective.results.push(KeyResult {
                position: row.result_position.unwrap_or_default(),
                title: row.result_title.unwrap_or_default(),
                scale,
                target,
                due_on: due_on.to_jiff(),
                entered: row.entered,
                newest: row.newest.map(jiff_sqlx::Date::to_jiff),
            });
        }
    }
    Ok(objectives)
}

/// A task by which departments reach their shares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyTask {
    /// Of which objective.
    pub objective: ObjectiveId,
    /// Its number in the project.
    pub number: i32,
    /// What it is called.
    pub title: String,
    /// The Chinese side.
    pub title_zh: Option<String>,
    /// How it stands, as the database keeps it.
    pub status: String,
    /// How many tasks of the objective are done.
    pub done: i64,
    /// How many there are, without those that were dropped.
    pub all: i64,
}

/// So many tasks of an objective are named.
pub const NAMED: i64 = 4;

/// The next tasks of each objective: open ones first, in the order of their days. Every row says how many there are.
///
/// # Errors
/// Of the database.
pub async fn tasks(conn: &mut PgConnection, project: ProjectId) -> Result<Vec<KeyTask>, sqlx::Error> {
    sqlx::query_as!(
        KeyTask,
        r#"select ranked.objective_id as "objective!: ObjectiveId", ranked.number as "number!", ranked.title as "title!", ranked.title_zh,
                  ranked.status as "status!", ranked.done as "done!", ranked.of_all as "all!"
           from (select linked.objective_id, tasks.number, tasks.title, tasks.title_zh, tasks.status,
                        count(*) filter (where tasks.status = 'done') over of_objective as done,
                        count(*) over of_objective as of_all,
                        row_number() over (partition by linked.objective_id
                                           order by tasks.status = 'done', tasks.due_on nulls last, tasks.number) as place
                 from (select distinct results.objective_id, links.task_id
                       from share_links links
                       join current_key_results results on results.project_id = links.project_id and results.id = links.key_result_id
                       where links.project_id = $1 and links.task_id is not null) linked
                 join tasks on tasks.project_id = $1 and tasks.id = linked.task_id and tasks.status <> 'dropped'
                 window of_objective as (partition by linked.objective_id)) ranked
           where ranked.place <= $2 order by ranked.objective_id, ranked.place"#,
        project.uuid(),
        NAMED,
    )
    .fetch_all(conn)
    .await
}
