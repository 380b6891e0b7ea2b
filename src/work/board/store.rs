//! SQL of the board: the tasks shown in one statement, and what its menus offer in another.

use super::filter::{Due, Filter, Whose};
use crate::{
    platform::ids::{MilestoneId, PartId, PersonId, ProjectId, StageId},
    work::tasks::{Priority, Status},
};
use jiff::{Timestamp, ToSpan, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};

/// More than this many rows nobody reads; the page says that there are more.
pub const MOST_ROWS: usize = 500;
/// How many finished tasks the board's last lane shows.
pub const RECENTLY_DONE: usize = 20;

/// The conditions of an address as the database takes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conditions {
    project: ProjectId,
    words: Option<String>,
    number: Option<i32>,
    part: Option<PartId>,
    person: Option<PersonId>,
    is_unassigned: bool,
    stage: Option<StageId>,
    milestone: Option<MilestoneId>,
    from: Option<Date>,
    until: Option<Date>,
    /// Only open tasks can be overdue.
    open_only: bool,
    status: Option<Status>,
    most_done: i64,
}

impl Conditions {
    /// Of an address; `part` is the part with the department's code, `me` the reader; at most so many finished tasks.
    #[must_use]
    pub fn of(
        filter: &Filter,
        project: ProjectId,
        part: Option<PartId>,
        me: PersonId,
        today: Date,
        most_done: usize,
    ) -> Self {
        let monday = today.saturating_sub(i64::from(today.weekday().to_monday_zero_offset()).days());
        let (from, until) = match filter.due {
            Due::Any => (None, None),
            Due::Overdue => (None, Some(today.saturating_sub(1.day()))),
            Due::Week => (Some(monday), Some(monday.saturating_add(6.days()))),
        };
        Self {
            project,
            words: (!filter.words.is_empty()).then(|| filter.words.to_lowercase()),
            number: filter.number(),
            part,
            person: match filter.person {
                Whose::Anybody | Whose::Nobody => None,
                Whose::Mine => Some(me),
                Whose::Of(person) => Some(person),
            },
            is_unassigned: filter.person == Whose::Nobody,
            stage: filter.stage,
            milestone: filter.milestone,
            from,
            until,
            open_only: filter.due == Due::Overdue,
            status: filter.status,
            most_done: i64::try_from(most_done).unwrap_or(i64::MAX),
        }
    }

    /// The statuses other than done that are looked for. Dropped ones are shown when they are asked for only.
    fn statuses(&self) -> Vec<String> {
        let wanted: &[Status] = match &self.status {
            None => &Status::OPEN,
            Some(Status::Done) => &[],
            Some(status) if self.open_only && !status.is_open() => &[],
            Some(status) => std::slice::from_ref(status),
        };
        wanted.iter().map(|status| status.as_str().to_owned()).collect()
    }

    fn with_done(&self) -> bool {
        !self.open_only && matches!(self.status, None | Some(Status::Done))
    }
}

/// What a card or a row shows of a task.
#[derive(Debug)]
pub struct Row {
    /// 42 of `GEO-42`.
    pub number: i32,
    /// In the reader's language.
    pub title: String,
    /// The department that owns it.
    pub part_id: PartId,
    /// Who does it.
    pub assignee_id: Option<PersonId>,
    /// Where it stands.
    pub status: Status,
    /// How much it matters.
    pub priority: Priority,
    /// By when.
    pub due_on: Option<Date>,
    /// Why it is blocked; empty unless it is.
    pub blocked_reason: String,
    /// For whom it waits.
    pub waits_for: Option<PartId>,
    /// How many comments.
    pub comments: i32,
    /// In which stage.
    pub stage_id: Option<StageId>,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// Counts changes.
    pub version: i32,
    /// On those that are done: how many meet the conditions in all.
    pub done_in_all: i64,
}

/// The tasks that meet the conditions: those not done, and the most recent ones that are done; in no order.
///
/// # Errors
/// Of the database.
pub async fn rows(conn: &mut PgConnection, of: &Conditions, in_chinese: bool) -> Result<Vec<Row>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"with shown as (
               (select found.*, 0::bigint as done_in_all from found_tasks($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as found
                where found.status = any($11) order by found.due_on, found.number limit $12)
               union all
               (select found.*, count(*) over () from found_tasks($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as found
                where $13 and found.status = 'done' order by found.done_at desc limit $14))
           select shown.number as "number!", case when $15 then coalesce(shown.title_zh, shown.title) else shown.title end as "title!",
                  shown.part_id as "part_id!: PartId", shown.assignee_id as "assignee_id: PersonId",
                  shown.status as "status!: Status", shown.priority as "priority!: Priority", shown.due_on,
                  shown.blocked_reason as "blocked_reason!", shown.waits_for_part_id as "waits_for: PartId",
                  shown.comment_count as "comments!", shown.stage_id as "stage_id: StageId", shown.done_at, shown.version as "version!",
                  shown.done_in_all as "done_in_all!"
           from shown"#,
        of.project.uuid(),
        of.words,
        of.number,
        of.part.map(PartId::uuid),
        of.person.map(PersonId::uuid),
        of.is_unassigned,
        of.stage.map(StageId::uuid),
        of.milestone.map(MilestoneId::uuid),
        of.from.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>,
        of.until.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>,
        &of.statuses(),
        i64::try_from(MOST_ROWS).unwrap_or(i64::MAX).saturating_add(1),
        of.with_done(),
        of.most_done,
        in_chinese,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Row {
            number: row.number,
            title: row.title,
            part_id: row.part_id,
            assignee_id: row.assignee_id,
            status: row.status,
            priority: row.priority,
            due_on: row.due_on.map(jiff_sqlx::Date::to_jiff),
            blocked_reason: row.blocked_reason,
            waits_for: row.waits_for,
            comments: row.comments,
            stage_id: row.stage_id,
            done_at: row.done_at.map(Timestamp::from),
            version: row.version,
            done_in_all: row.done_in_all,
        })
        .collect())
}

/// A stage to choose.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct StageChoice {
    /// Its id.
    pub id: StageId,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// Whether the project stands there.
    pub is_current: bool,
}

/// A milestone to choose.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct MilestoneChoice {
    /// Its id.
    pub id: MilestoneId,
    /// Its title.
    pub title: String,
    /// The Chinese side, while the title is a blueprint's own.
    pub title_zh: Option<String>,
}

/// A person with a seat, also one of the past: their tasks may have stayed with them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SeatedPerson {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Whether they can have a task.
    pub takes: bool,
}

/// What the page shows of a project besides its tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// In their order.
    pub stages: Vec<StageChoice>,
    /// By date.
    pub milestones: Vec<MilestoneChoice>,
    /// By name.
    pub people: Vec<SeatedPerson>,
    /// Stands for the project's tasks: it differs once any of them has changed.
    pub mark: i64,
}

/// What surrounds the tasks. It asks by the project alone, so that one plan serves every address.
///
/// # Errors
/// Of the database.
pub async fn surroundings(conn: &mut PgConnection, project: ProjectId) -> Result<Surroundings, sqlx::Error> {
    let row = sqlx::query!(
        r#"select stages as "stages!: Json<Vec<StageChoice>>", milestones as "milestones!: Json<Vec<MilestoneChoice>>",
                  people as "people!: Json<Vec<SeatedPerson>>", mark as "mark!"
           from board_surroundings($1)"#,
        project.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok(Surroundings { stages: row.stages.0, milestones: row.milestones.0, people: row.people.0, mark: row.mark })
}

/// Names of people by their ids, for those who hold a task without ever having had a seat.
///
/// # Errors
/// Of the database.
pub async fn names(conn: &mut PgConnection, people: &[PersonId]) -> Result<Vec<(PersonId, String)>, sqlx::Error> {
    let ids: Vec<uuid::Uuid> = people.iter().map(|person| person.uuid()).collect();
    let rows =
        sqlx::query!(r#"select id as "id!: PersonId", name as "name!" from person_names where id = any($1)"#, &ids,)
            .fetch_all(conn)
            .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}
