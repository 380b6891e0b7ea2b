//! SQL of `decisions` and `decision_effects`.

pub mod choices;
pub mod register;

use super::model::{Effect, Ruling};
use crate::platform::ids::{DecisionId, EffectId, EscalationId, OptionId, PersonId, ProjectId, TaskId};
pub use choices::{Choices, OpenMilestone, OpenTask, Person, choices};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
pub use register::{Filter, Line, register};
use serde::Deserialize;
use serde_json::Value;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

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
    /// The task it made, moved or unblocked.
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
            Effect::CreateTask { .. } | Effect::MoveTask { .. } | Effect::UnblockTask { .. } => None,
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
    /// `create_task`, `move_task`, `move_milestone`, `unblock_task`.
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
    /// The escalation that it closed; read of a superseded one only.
    #[serde(default)]
    pub escalation: Option<i32>,
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
                  (select jsonb_build_object('number', o.number, 'title', o.title, 'escalation', x.number) from decisions o
                   left join escalations x on x.project_id = o.project_id and x.id = o.escalation_id
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
