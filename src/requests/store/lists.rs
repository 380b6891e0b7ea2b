//! Requests in lists: of a project, and those whose time has come; and what a new one can be for.

use crate::{
    platform::ids::{MilestoneId, PartId, ProjectId, RequestId, TaskId},
    requests::model::{Promise, Standing, State},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use jiff_sqlx::ToSqlx;
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};

/// One line of the list.
#[derive(Debug)]
pub struct Listed {
    /// Its number.
    pub number: i32,
    /// What is needed.
    pub title: String,
    /// Where it is.
    pub state: State,
    /// The escalation that it became has ended.
    pub is_ended: bool,
    /// Who asks.
    pub from: PartId,
    /// Who is asked.
    pub to: PartId,
    /// By when it is wanted.
    pub wanted_on: Date,
    /// The day agreed on.
    pub promised_on: Option<Date>,
    /// Since when an answer is owed.
    pub moved_at: Timestamp,
    /// Until when.
    pub answer_due_at: Option<Timestamp>,
    /// The status of the promised task; empty without one.
    pub status: String,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// The slips that stay.
    pub overruns: i64,
    /// The agreed day is one more once it has passed.
    pub late_counts: bool,
}

impl Listed {
    /// What is shown of its state follows from this; whether the asker insisted does not matter for it.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let is_dropped = self.status == "dropped";
        Standing { state: self.state, is_insisted: false, is_ended: self.is_ended, is_dropped }
    }

    /// What was agreed on and what became of it, on this clock.
    #[must_use]
    pub fn promise(&self, zone: &TimeZone) -> Option<Promise> {
        Some(Promise {
            on: self.promised_on?,
            done_on: self.done_at.filter(|_| self.status == "done").map(|at| at.to_zoned(zone.clone()).date()),
            is_dropped: self.status == "dropped",
            overruns: self.overruns,
            late_counts: self.late_counts,
        })
    }
}

/// Which of them.
#[derive(Debug, Default)]
pub struct Filter<'a> {
    /// `to` those asked of `own`, `from` those that `own` asks; anything else all.
    pub which: &'a str,
    /// The parts of the reader.
    pub own: &'a [PartId],
    /// Of this department, on either side.
    pub part: Option<PartId>,
}

/// Open ones by the time that runs, then closed ones, newest first; at most 300.
///
/// # Errors
/// Of the database.
pub async fn list(
    conn: &mut PgConnection,
    project: ProjectId,
    filter: &Filter<'_>,
) -> Result<Vec<Listed>, sqlx::Error> {
    let own: Vec<uuid::Uuid> = filter.own.iter().map(|part| part.uuid()).collect();
    let rows = sqlx::query!(
        r#"select r.number, r.title, r.state as "state: State", r.from_part_id as "from: PartId", r.to_part_id as "to: PartId",
                  r.wanted_on, r.promised_on, r.answer_due_at, coalesce(t.status, '') as "status!", t.done_at as "done_at?",
                  (select max(m.at) from request_moves m where m.project_id = r.project_id and m.request_id = r.id) as "moved_at!",
                  s.overruns as "overruns!", s.late_counts as "late_counts!",
                  coalesce(e.closed_at is not null, false) as "is_ended!"
           from requests r
           join request_slips s on s.project_id = r.project_id and s.request_id = r.id
           left join request_tasks t on t.project_id = r.project_id and t.id = r.promised_task_id
           left join request_escalations e on e.project_id = r.project_id and e.id = r.escalation_id and r.state = 'escalated'
           where r.project_id = $1
             and ($2 not in ('to', 'from') or $2 = 'to' and r.to_part_id = any($3) or $2 = 'from' and r.from_part_id = any($3))
             and ($4::uuid is null or $4 in (r.from_part_id, r.to_part_id))
           order by r.state in ('asked', 'countered') or e.closed_at is not null or r.state = 'accepted' and t.status <> 'done' desc,
                    r.answer_due_at nulls last, case when t.status <> 'done' then r.promised_on end nulls last, r.number desc
           limit 300"#,
        project.uuid(),
        filter.which,
        &own,
        filter.part.map(PartId::uuid),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Listed {
            number: row.number,
            title: row.title,
            state: row.state,
            is_ended: row.is_ended,
            from: row.from,
            to: row.to,
            wanted_on: row.wanted_on.to_jiff(),
            promised_on: row.promised_on.map(jiff_sqlx::Date::to_jiff),
            moved_at: row.moved_at.to_jiff(),
            answer_due_at: row.answer_due_at.map(jiff_sqlx::Timestamp::to_jiff),
            status: row.status,
            done_at: row.done_at.map(jiff_sqlx::Timestamp::to_jiff),
            overruns: row.overruns,
            late_counts: row.late_counts,
        })
        .collect())
}

/// Requests of active projects that could escalate by themselves at this moment: refused twice, or not answered in time.
///
/// # Errors
/// Of the database.
pub async fn due(conn: &mut PgConnection, now: Timestamp) -> Result<Vec<(ProjectId, RequestId)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select r.project_id as "project_id: ProjectId", r.id as "id: RequestId"
           from requests r join request_projects p on p.id = r.project_id and p.state = 'active'
           where r.state = 'asked' and r.answer_due_at <= $1 or r.state in ('countered', 'declined') and r.is_insisted
           order by r.project_id, r.number"#,
        now.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.project_id, row.id)).collect())
}

/// A task that a new request can be for.
#[derive(Clone, Debug, Deserialize)]
pub struct TaskChoice {
    /// Its id.
    pub id: TaskId,
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// The Chinese side of it.
    pub title_zh: Option<String>,
    /// The department that owns it.
    pub part_id: PartId,
    /// By when it is due.
    pub due_on: Option<Date>,
    /// Why it is blocked; empty unless it is.
    pub blocked_reason: String,
    /// For whom it waits while blocked.
    pub waits_for: Option<PartId>,
}

/// A milestone that a new request can be for.
#[derive(Clone, Debug, Deserialize)]
pub struct MilestoneChoice {
    /// Its id.
    pub id: MilestoneId,
    /// Its title.
    pub title: String,
    /// The Chinese side of it.
    pub title_zh: Option<String>,
}

/// What a new request of these parts can be for: their open tasks and the milestones that are ahead.
///
/// # Errors
/// Of the database.
pub async fn purposes(
    conn: &mut PgConnection,
    project: ProjectId,
    own: &[PartId],
) -> Result<(Vec<TaskChoice>, Vec<MilestoneChoice>), sqlx::Error> {
    let own: Vec<uuid::Uuid> = own.iter().map(|part| part.uuid()).collect();
    let row = sqlx::query!(
        r#"select
            (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'number', t.number, 'title', t.title, 'title_zh', t.title_zh,
                        'part_id', t.part_id, 'due_on', t.due_on, 'blocked_reason', t.blocked_reason, 'waits_for', t.waits_for_part_id)
                        order by t.number), '[]')
             from request_tasks t where t.project_id = $1 and t.part_id = any($2) and t.status not in ('done', 'dropped'))
                as "tasks!: Json<Vec<TaskChoice>>",
            (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'title', m.title, 'title_zh', m.title_zh) order by m.due_on, m.id), '[]')
             from request_milestones m where m.project_id = $1 and m.reached_at is null) as "milestones!: Json<Vec<MilestoneChoice>>""#,
        project.uuid(),
        &own,
    )
    .fetch_one(conn)
    .await?;
    Ok((row.tasks.0, row.milestones.0))
}
