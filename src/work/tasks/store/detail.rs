//! What a task's page and its form show besides the task itself, each in one statement.

use crate::{
    platform::{
        ids::{CommentId, MilestoneId, PartId, PersonId, ProjectId, StageId},
        locale::Bilingual,
    },
    work::tasks::{Status, Task},
};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};

/// A task at the other end of a dependency.
#[derive(Clone, Debug, Deserialize)]
pub struct Linked {
    /// Whether the task of the page waits on it; otherwise it waits on that one.
    pub is_first: bool,
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// The Chinese side.
    pub title_zh: Option<String>,
    /// The department that owns it.
    pub part_id: PartId,
    /// Its status.
    pub status: String,
    /// When it is due.
    pub due_on: Option<Date>,
    /// When it was done.
    pub done_at: Option<Timestamp>,
}

impl Linked {
    /// Where it stands.
    #[must_use]
    pub fn status(&self) -> Status {
        self.status.parse().unwrap_or(Status::Todo)
    }
}

/// A comment.
#[derive(Clone, Debug, Deserialize)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// Who wrote it.
    pub author: String,
    /// Markdown.
    pub body: String,
    /// When.
    pub created_at: Timestamp,
    /// The names of those it mentions.
    pub mentions: Vec<String>,
}

/// A person by id and name.
#[derive(Clone, Debug, Deserialize)]
pub struct Named {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
}

/// An escalation about the task, under way or closed.
#[derive(Clone, Debug, Deserialize)]
pub struct Escalation {
    /// 3 of `E-3`.
    pub number: i32,
    /// The question.
    pub question: String,
    /// Where it is: `with_liaisons`, `with_lead`, `with_committee`, or how it ended.
    pub state: String,
    /// Until when the step is due; none once closed.
    pub due_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// 2 of `D-2`, the decision that came of it.
    pub decision: Option<i32>,
    /// The decision's title.
    pub decision_title: Option<String>,
}

/// A request that the task is the promise of, or that is for it.
#[derive(Clone, Debug, Deserialize)]
pub struct Request {
    /// Whether the task is the promise; otherwise it waits for one.
    pub is_promise: bool,
    /// 7 of `R-7`.
    pub number: i32,
    /// What is needed.
    pub title: String,
    /// Where it is.
    pub state: String,
    /// Who asks.
    pub from_part_id: PartId,
    /// Who is asked.
    pub to_part_id: PartId,
    /// Until when an answer is owed.
    pub answer_due_at: Option<Timestamp>,
    /// The day agreed on.
    pub promised_on: Option<Date>,
    /// The slips that stay.
    pub overruns: i64,
    /// That day is one more once it has passed.
    pub late_counts: bool,
    /// The status of the promised task; empty without one.
    pub promised_status: String,
    /// When it was done.
    pub promised_done_at: Option<Timestamp>,
}

/// A decision that made the task or changed it.
#[derive(Clone, Debug, Deserialize)]
pub struct Decided {
    /// 2 of `D-2`.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// `create_task`, `move_task`, `assign_task`, `drop_task`; `carry_task` when it moved along with the launch.
    pub kind: String,
    /// The decision that took its place.
    pub superseded_by: Option<i32>,
    /// When it was made.
    pub decided_at: Timestamp,
}

/// A department's letter in the division of labour.
#[derive(Clone, Debug, Deserialize)]
pub struct Letter {
    /// The department.
    pub part_id: PartId,
    /// R, A, C or I.
    pub letter: String,
}

/// Everything besides the task.
#[derive(Clone, Debug)]
pub struct Detail {
    /// Its stage.
    pub stage: Option<Bilingual>,
    /// Its milestone.
    pub milestone: Option<Bilingual>,
    /// The division of labour it was made from.
    pub letters: Vec<Letter>,
    /// What it waits on first, then what waits on it.
    pub linked: Vec<Linked>,
    /// The newest comments, newest first.
    pub comments: Vec<Comment>,
    /// Who watches it.
    pub watchers: Vec<Named>,
    /// Escalations about it, those under way first, then the one closed last.
    pub escalations: Vec<Escalation>,
    /// The decisions that made or changed it, newest first.
    pub decisions: Vec<Decided>,
    /// The requests about it, newest first.
    pub requests: Vec<Request>,
    /// Whether this person can have tasks of the project.
    pub is_taker: bool,
}

/// Everything besides the task, for one reader; at most `limit` comments, made before `until`.
///
/// # Errors
/// Of the database.
pub async fn read(
    conn: &mut PgConnection,
    task: &Task,
    reader: PersonId,
    until: Option<Timestamp>,
    limit: i64,
) -> Result<Detail, sqlx::Error> {
    let row = sqlx::query!(
        r#"select
            (select jsonb_build_object('en', name_en, 'zh', name_zh) from stage_names where project_id = $1 and id = $3) as "stage: Json<Bilingual>",
            (select jsonb_build_object('en', title, 'zh', coalesce(title_zh, '')) from milestones where project_id = $1 and id = $4)
                as "milestone: Json<Bilingual>",
            (select coalesce(jsonb_agg(jsonb_build_object('part_id', part_id, 'letter', letter) order by part_id), '[]')
             from task_letters where project_id = $1 and duty_id = $5) as "letters!: Json<Vec<Letter>>",
            (select coalesce(jsonb_agg(jsonb_build_object('is_first', is_first, 'number', t.number, 'title', t.title, 'title_zh', t.title_zh,
                        'part_id', t.part_id, 'status', t.status, 'due_on', t.due_on, 'done_at', t.done_at)
                        order by is_first desc, t.due_on, t.number), '[]')
             from (select waits_on_id as id, true as is_first from task_dependencies where project_id = $1 and task_id = $2
                   union all
                   select task_id, false from task_dependencies where project_id = $1 and waits_on_id = $2) ends
             join tasks t on t.project_id = $1 and t.id = ends.id) as "linked!: Json<Vec<Linked>>",
            (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'author', p.name, 'body', c.body, 'created_at', c.created_at, 'mentions',
                        (select coalesce(jsonb_agg(m.name), '[]') from task_mentions
                         join person_names m on m.id = task_mentions.person_id
                         where task_mentions.project_id = $1 and task_mentions.comment_id = c.id)) order by c.created_at desc, c.id desc), '[]')
             from (select * from task_comments where project_id = $1 and task_id = $2 and ($7::timestamptz is null or created_at < $7)
                   order by created_at desc, id desc limit $8) c
             join person_names p on p.id = c.author_id) as "comments!: Json<Vec<Comment>>",
            (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.id), '[]')
             from task_watchers w join person_names p on p.id = w.person_id and p.is_active
             where w.project_id = $1 and w.task_id = $2) as "watchers!: Json<Vec<Named>>",
            (select coalesce(jsonb_agg(jsonb_build_object('number', number, 'question', question, 'state', state, 'due_at', due_at,
                        'closed_at', closed_at, 'decision', decision_number, 'decision_title', decision_title)
                        order by closed_at desc nulls first, number desc), '[]')
             from task_escalations where project_id = $1 and task_id = $2) as "escalations!: Json<Vec<Escalation>>",
            (select coalesce(jsonb_agg(jsonb_build_object('number', number, 'title', title, 'kind', kind, 'superseded_by', superseded_by,
                        'decided_at', decided_at) order by number desc), '[]')
             from task_decisions where project_id = $1 and task_id = $2 and kind <> 'unblock_task') as "decisions!: Json<Vec<Decided>>",
            (select coalesce(jsonb_agg(jsonb_build_object('is_promise', is_promise, 'number', number, 'title', title, 'state', state,
                        'from_part_id', from_part_id, 'to_part_id', to_part_id, 'answer_due_at', answer_due_at, 'promised_on', promised_on,
                        'overruns', overruns, 'late_counts', late_counts, 'promised_status', promised_status, 'promised_done_at', promised_done_at) order by number desc), '[]')
             from task_requests where project_id = $1 and task_id = $2) as "requests!: Json<Vec<Request>>",
            exists (select from task_takers where project_id = $1 and person_id = $6) as "is_taker!""#,
        task.project_id.uuid(),
        task.id.uuid(),
        task.stage_id.map(StageId::uuid),
        task.milestone_id.map(MilestoneId::uuid),
        task.duty_id.map(crate::platform::ids::DutyId::uuid),
        reader.uuid(),
        until.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        limit,
    )
    .fetch_one(conn)
    .await?;
    Ok(Detail {
        stage: row.stage.map(|stage| stage.0),
        milestone: row.milestone.map(|milestone| milestone.0),
        letters: row.letters.0,
        linked: row.linked.0,
        comments: row.comments.0,
        watchers: row.watchers.0,
        escalations: row.escalations.0,
        decisions: row.decisions.0,
        requests: row.requests.0,
        is_taker: row.is_taker,
    })
}

/// Somebody who can have a task of a project.
#[derive(Clone, Debug, Deserialize)]
pub struct Taker {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// The departments they have a seat of.
    pub part_ids: Vec<PartId>,
}

/// A stage to choose.
#[derive(Clone, Debug, Deserialize)]
pub struct StageChoice {
    /// Which.
    pub id: StageId,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// Whether the project is in it.
    pub is_current: bool,
}

/// A milestone to choose.
#[derive(Clone, Debug, Deserialize)]
pub struct MilestoneChoice {
    /// Which.
    pub id: MilestoneId,
    /// Its title.
    pub title: String,
    /// The Chinese side.
    pub title_zh: Option<String>,
}

/// What a task of a project can point to.
#[derive(Clone, Debug)]
pub struct Choices {
    /// Who can have it.
    pub takers: Vec<Taker>,
    /// In their order.
    pub stages: Vec<StageChoice>,
    /// By date.
    pub milestones: Vec<MilestoneChoice>,
}

/// Everything that the form of a task offers.
///
/// # Errors
/// Of the database.
pub async fn choices(conn: &mut PgConnection, project: ProjectId) -> Result<Choices, sqlx::Error> {
    let row = sqlx::query!(
        r#"select
            (select coalesce(jsonb_agg(jsonb_build_object('id', person_id, 'name', name, 'part_ids', part_ids) order by person_id), '[]')
             from task_takers where project_id = $1) as "takers!: Json<Vec<Taker>>",
            (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name_en', name_en, 'name_zh', name_zh, 'is_current', is_current) order by position), '[]')
             from stage_names where project_id = $1) as "stages!: Json<Vec<StageChoice>>",
            (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'title', title, 'title_zh', title_zh) order by due_on, created_at), '[]')
             from milestones where project_id = $1) as "milestones!: Json<Vec<MilestoneChoice>>""#,
        project.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok(Choices { takers: row.takers.0, stages: row.stages.0, milestones: row.milestones.0 })
}
