//! SQL of `decisions` and `decision_effects`.

use super::model::{Effect, Ruling};
use crate::platform::ids::{DecisionId, EffectId, EscalationId, MilestoneId, OptionId, PersonId, ProjectId, TaskId};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::Deserialize;
use serde_json::Value;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// Somebody with a seat.
#[derive(Clone, Debug, Deserialize)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Can have tasks.
    pub is_taker: bool,
}

/// A task whose date can be changed.
#[derive(Clone, Debug, Deserialize)]
pub struct OpenTask {
    /// Its id.
    pub id: TaskId,
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// The Chinese side of it.
    pub title_zh: Option<String>,
    /// When it is due.
    pub due_on: Option<Date>,
}

/// A milestone whose date can be changed.
#[derive(Clone, Debug, Deserialize)]
pub struct OpenMilestone {
    /// Its id.
    pub id: MilestoneId,
    /// Its title.
    pub title: String,
    /// The Chinese side of it.
    pub title_zh: Option<String>,
    /// When it is due.
    pub due_on: Date,
}

/// What the chair chooses from.
#[derive(Clone, Debug)]
pub struct Choices {
    /// Everybody with a seat, by name.
    pub people: Vec<Person>,
    /// Open tasks, by number.
    pub tasks: Vec<OpenTask>,
    /// Milestones that are not reached, by date.
    pub milestones: Vec<OpenMilestone>,
}

/// Everybody with a seat, open tasks and milestones, in one statement.
///
/// # Errors
/// Of the database.
pub async fn choices(conn: &mut PgConnection, project: ProjectId) -> Result<Choices, sqlx::Error> {
    let row = sqlx::query!(
        r#"select
             (select coalesce(jsonb_agg(jsonb_build_object('id', s.person_id, 'name', s.name, 'is_taker', exists (
                         select from task_takers k where k.project_id = $1 and k.person_id = s.person_id)) order by s.name), '[]')
              from (select distinct person_id, name from decision_seats where project_id = $1) s) as "people!: Json<Vec<Person>>",
             (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'number', t.number, 'title', t.title, 'title_zh', t.title_zh,
                         'due_on', t.due_on) order by t.number), '[]')
              from decision_tasks t where t.project_id = $1 and t.status not in ('done', 'dropped')) as "tasks!: Json<Vec<OpenTask>>",
             (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'title', m.title, 'title_zh', m.title_zh, 'due_on', m.due_on)
                         order by m.due_on, m.title), '[]')
              from decision_milestones m where m.project_id = $1 and m.reached_at is null) as "milestones!: Json<Vec<OpenMilestone>>""#,
        project.uuid(),
    )
    .fetch_one(conn)
    .await?;
    Ok(Choices { people: row.people.0, tasks: row.tasks.0, milestones: row.milestones.0 })
}

/// A decision as it is written, besides its ruling.
#[derive(Debug)]
pub struct Context {
    /// The escalation that it closes.
    pub escalation: Option<EscalationId>,
    /// The decision that it supersedes.
    pub supersedes: Option<DecisionId>,
    /// How it stood.
    pub tally: Value,
    /// By whom.
    pub by: PersonId,
    /// Now.
    pub at: Timestamp,
}

/// Writes a decision under the next number of its project; none when its id is already there.
///
/// # Errors
/// Of the database; `decisions_escalation_once` and `decisions_superseded_once` refuse a second one.
pub async fn insert(
    conn: &mut PgConnection,
    project: ProjectId,
    ruling: &Ruling,
    context: &Context,
) -> Result<Option<i32>, sqlx::Error> {
    // The project's row is locked first, so that the same form sent twice at once waits here.
    sqlx::query_scalar!(
        r#"with next as (
               update projects set next_decision_number = next_decision_number + 1 where id = $1
               returning next_decision_number - 1 as number)
           insert into decisions (project_id, id, number, kind, title, rationale, escalation_id, option_id, owner_id, review_on,
                                  tally, decided_by, decided_at, supersedes_id)
           select $1, $2, next.number, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 from next
           on conflict (project_id, id) do nothing
           returning number"#,
        project.uuid(),
        ruling.id.uuid(),
        ruling.kind.as_str(),
        ruling.title,
        ruling.rationale,
        context.escalation.map(EscalationId::uuid),
        ruling.option.map(OptionId::uuid),
        ruling.owner.uuid(),
        ruling.review_on.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>,
        context.tally,
        context.by.uuid(),
        context.at.to_sqlx() as jiff_sqlx::Timestamp,
        context.supersedes.map(DecisionId::uuid),
    )
    .fetch_optional(conn)
    .await
}

/// The number of a decision that is there already.
///
/// # Errors
/// Of the database.
pub async fn number_of(
    conn: &mut PgConnection,
    project: ProjectId,
    id: DecisionId,
) -> Result<Option<i32>, sqlx::Error> {
    sqlx::query_scalar!("select number from decisions where project_id = $1 and id = $2", project.uuid(), id.uuid())
        .fetch_optional(conn)
        .await
}

/// An effect as it happened.
#[derive(Debug)]
pub struct Applied<'a> {
    /// What was asked for.
    pub effect: &'a Effect,
    /// The task it made or moved.
    pub task: Option<TaskId>,
    /// The day before.
    pub before: Option<Date>,
    /// The day after.
    pub after: Option<Date>,
}

/// Writes what a decision changed, in one statement.
///
/// # Errors
/// Of the database.
pub async fn insert_effects(
    conn: &mut PgConnection,
    project: ProjectId,
    decision: DecisionId,
    applied: &[Applied<'_>],
) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = applied.iter().map(|_| EffectId::new().uuid()).collect();
    let kinds: Vec<String> = applied.iter().map(|one| one.effect.kind().to_owned()).collect();
    let tasks: Vec<Option<Uuid>> = applied.iter().map(|one| one.task.map(TaskId::uuid)).collect();
    let milestones: Vec<Option<Uuid>> = applied
        .iter()
        .map(|one| match one.effect {
            Effect::MoveMilestone { milestone, .. } => Some(milestone.uuid()),
            Effect::CreateTask { .. } | Effect::MoveTask { .. } => None,
        })
        .collect();
    let before: Vec<Option<String>> = applied.iter().map(|one| one.before.map(|day| day.to_string())).collect();
    let after: Vec<Option<String>> = applied.iter().map(|one| one.after.map(|day| day.to_string())).collect();
    sqlx::query!(
        "insert into decision_effects (project_id, id, decision_id, position, kind, task_id, milestone_id, before_on, after_on)
         select $1, given.id, $2, given.position::smallint, given.kind, given.task_id, given.milestone_id,
                given.before_on::date, given.after_on::date
         from unnest($3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::text[], $8::text[])
              with ordinality as given (id, kind, task_id, milestone_id, before_on, after_on, position)",
        project.uuid(),
        decision.uuid(),
        &ids,
        &kinds,
        &tasks as &[Option<Uuid>],
        &milestones as &[Option<Uuid>],
        &before as &[Option<String>],
        &after as &[Option<String>],
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A recorded effect with what it points to.
#[derive(Clone, Debug, Deserialize)]
pub struct Recorded {
    /// `create_task`, `move_task`, `move_milestone`.
    pub kind: String,
    /// The day before.
    pub before_on: Option<Date>,
    /// The day after.
    pub after_on: Option<Date>,
    /// The task's number.
    pub number: Option<i32>,
    /// The title of task or milestone.
    pub title: Option<String>,
    /// The Chinese side of it.
    pub title_zh: Option<String>,
    /// The department of the task.
    pub part_id: Option<crate::platform::ids::PartId>,
    /// How the task stands now.
    pub status: Option<String>,
    /// Who does the task.
    pub assignee: Option<String>,
}

/// Another decision, by number.
#[derive(Clone, Debug, Deserialize)]
pub struct Other {
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: String,
}

/// A recorded decision with all that its page shows.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// Its number.
    pub number: i32,
    /// What kind of question it answers.
    pub kind: String,
    /// What is decided.
    pub title: String,
    /// Why, Markdown.
    pub rationale: String,
    /// Who sees to it.
    pub owner: String,
    /// Their id.
    pub owner_id: PersonId,
    /// When to look at it again.
    pub review_on: Option<Date>,
    /// Who recorded it.
    pub decider: String,
    /// When.
    pub decided_at: Timestamp,
    /// How it stood.
    pub tally: Value,
    /// The escalation that it closed.
    pub escalation: Option<i32>,
    /// The one it supersedes.
    pub supersedes: Option<Other>,
    /// The one that supersedes it.
    pub superseded_by: Option<Other>,
    /// What it changed.
    pub effects: Vec<Recorded>,
}

/// A decision by its number.
///
/// # Errors
/// Of the database.
pub async fn find(conn: &mut PgConnection, project: ProjectId, number: i32) -> Result<Option<Decision>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select d.id as "id: DecisionId", d.number, d.kind, d.title, d.rationale, owner.name as "owner!",
                  d.owner_id as "owner_id: PersonId", d.review_on, decider.name as "decider!", d.decided_at, d.tally,
                  e.number as "escalation?",
                  (select jsonb_build_object('number', o.number, 'title', o.title) from decisions o
                   where o.project_id = d.project_id and o.id = d.supersedes_id) as "supersedes: Json<Other>",
                  (select jsonb_build_object('number', o.number, 'title', o.title) from decisions o
                   where o.project_id = d.project_id and o.supersedes_id = d.id) as "superseded_by: Json<Other>",
                  (select coalesce(jsonb_agg(jsonb_build_object('kind', f.kind, 'before_on', f.before_on, 'after_on', f.after_on,
                              'number', t.number, 'title', coalesce(t.title, m.title), 'title_zh', coalesce(t.title_zh, m.title_zh),
                              'part_id', t.part_id, 'status', t.status, 'assignee', p.name) order by f.position), '[]')
                   from decision_effects f
                   left join decision_tasks t on t.project_id = f.project_id and t.id = f.task_id
                   left join decision_people p on p.id = t.assignee_id
                   left join decision_milestones m on m.project_id = f.project_id and m.id = f.milestone_id
                   where f.project_id = d.project_id and f.decision_id = d.id) as "effects!: Json<Vec<Recorded>>"
           from decisions d
           join decision_people owner on owner.id = d.owner_id
           join decision_people decider on decider.id = d.decided_by
           left join escalations e on e.project_id = d.project_id and e.id = d.escalation_id
           where d.project_id = $1 and d.number = $2"#,
        project.uuid(),
        number,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Decision {
        id: row.id,
        number: row.number,
        kind: row.kind,
        title: row.title,
        rationale: row.rationale,
        owner: row.owner,
        owner_id: row.owner_id,
        review_on: row.review_on.map(jiff_sqlx::Date::to_jiff),
        decider: row.decider,
        decided_at: row.decided_at.to_jiff(),
        tally: row.tally,
        escalation: row.escalation,
        supersedes: row.supersedes.map(|other| other.0),
        superseded_by: row.superseded_by.map(|other| other.0),
        effects: row.effects.0,
    }))
}

/// Kind and moment of the decisions in force, newest first.
///
/// # Errors
/// Of the database.
pub async fn in_force(conn: &mut PgConnection, project: ProjectId) -> Result<Vec<(String, Timestamp)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select d.kind, d.decided_at from decisions d
         where d.project_id = $1
           and not exists (select from decisions o where o.project_id = d.project_id and o.supersedes_id = d.id)
         order by d.decided_at desc, d.number desc",
        project.uuid(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.kind, row.decided_at.to_jiff())).collect())
}

/// Which decisions the register shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this kind.
    pub kind: String,
    /// Recorded in this year of the reader's clock: from its first moment …
    pub since: Option<Timestamp>,
    /// … to before its end.
    pub until: Option<Timestamp>,
    /// That concern this department: a side of the escalation, or the owner of a task it changes.
    pub part: Option<crate::platform::ids::PartId>,
    /// With this in title or rationale.
    pub text: String,
}

/// A line of the register.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: String,
    /// Who sees to it.
    pub owner: String,
    /// When it was recorded.
    pub decided_at: Timestamp,
    /// When to look at it again.
    pub review_on: Option<Date>,
    /// The escalation that it closed.
    pub escalation: Option<i32>,
    /// The decision that supersedes it.
    pub superseded_by: Option<i32>,
    /// How much it changes.
    pub effects: i64,
}

/// The register, newest first; at most 300 lines.
///
/// # Errors
/// Of the database.
pub async fn register(conn: &mut PgConnection, project: ProjectId, filter: &Filter) -> Result<Vec<Line>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select d.number, d.title, d.kind, owner.name as "owner!", d.decided_at, d.review_on, e.number as "escalation?",
                  (select o.number from decisions o where o.project_id = d.project_id and o.supersedes_id = d.id) as superseded_by,
                  (select count(*) from decision_effects f where f.project_id = d.project_id and f.decision_id = d.id) as "effects!"
           from decisions d
           join decision_people owner on owner.id = d.owner_id
           left join escalations e on e.project_id = d.project_id and e.id = d.escalation_id
           where d.project_id = $1
             and ($2 = '' or d.kind = $2)
             and ($3::timestamptz is null or d.decided_at >= $3)
             and ($4::timestamptz is null or d.decided_at < $4)
             and ($5::uuid is null or $5 in (e.from_part_id, e.to_part_id) or exists (
                   select from decision_effects f
                   join decision_tasks t on t.project_id = f.project_id and t.id = f.task_id
                   where f.project_id = d.project_id and f.decision_id = d.id and t.part_id = $5))
             and ($6 = '' or strpos(lower(d.title || ' ' || d.rationale), lower($6)) > 0)
           order by d.number desc limit 300"#,
        project.uuid(),
        filter.kind,
        filter.since.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        filter.until.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        filter.part.map(crate::platform::ids::PartId::uuid),
        filter.text,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Line {
            number: row.number,
            title: row.title,
            kind: row.kind,
            owner: row.owner,
            decided_at: row.decided_at.to_jiff(),
            review_on: row.review_on.map(jiff_sqlx::Date::to_jiff),
            escalation: row.escalation,
            superseded_by: row.superseded_by,
            effects: row.effects,
        })
        .collect())
}
