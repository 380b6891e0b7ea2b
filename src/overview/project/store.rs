//! What the page of a project reads: one statement.

use super::model::{Count, Dashboard, Health, Milestone, OpenEscalation};
use crate::{
    goals::model::Goals, lifecycle::gates::GateFacts, platform::ids::ProjectId, playbook::readers::Readers,
    projects::blueprints::Check,
};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, types::Json};

/// How a project stands on a day.
///
/// # Errors
/// Of the database.
pub async fn dashboard(
    conn: &mut PgConnection,
    project: ProjectId,
    today: Date,
    now: Timestamp,
) -> Result<Dashboard, sqlx::Error> {
    let row = sqlx::query!(
        r#"select gate_stands_on($1, null, $3, $4, $5, $6) as "gate!: Json<GateFacts>",
             (select coalesce(jsonb_agg(to_jsonb(counted)), '[]') from (
                 select part_id, stage_id, count(*) as total, count(*) filter (where status = 'done') as done,
                        count(*) filter (where status <> 'done' and due_on < $2) as late, count(*) filter (where status = 'blocked') as blocked,
                        min(due_on) filter (where status <> 'done' and due_on < $2) as oldest
                 from tasks where project_id = $1 and status <> 'dropped' group by part_id, stage_id) counted)
                 as "counts!: Json<Vec<Count>>",
             (select coalesce(jsonb_agg(to_jsonb(open) order by open.due_at, open.number), '[]') from (
                 select e.number, e.question, e.from_part_id, e.to_part_id, e.state, e.due_at,
                        (select max(escalation_steps.entered_at) from escalation_steps
                         where escalation_steps.project_id = $1 and escalation_steps.escalation_id = e.id and escalation_steps.left_at is null) as entered_at,
                        (select count(*) from ballots where ballots.project_id = $1 and ballots.escalation_id = e.id
                            and ballots.replaced_at is null and not ballots.is_advisory) as votes
                 from escalations e
                 where e.project_id = $1 and e.state in ('with_liaisons', 'with_lead', 'with_committee')
                 order by e.due_at, e.number limit 6) open) as "escalations!: Json<Vec<OpenEscalation>>",
             (select coalesce(jsonb_agg(to_jsonb(shown) || (
                  select jsonb_build_object('total', count(*), 'done', count(*) filter (where tasks.status = 'done')) from tasks
                  where tasks.project_id = $1 and tasks.status <> 'dropped'
                    and case when shown.kind = 'gate' then tasks.stage_id = shown.stage_id else tasks.milestone_id = shown.id end)
                  order by shown.due_on, shown.id), '[]') from (
                 (select id, kind, title, title_zh, stage_id, baseline_on, due_on, reached_at from milestones
                  where project_id = $1 and reached_at is not null order by reached_at desc limit 2)
                 union
                 (select id, kind, title, title_zh, stage_id, baseline_on, due_on, reached_at from milestones
                  where project_id = $1 and kind = 'launch')
                 union
                 (select id, kind, title, title_zh, stage_id, baseline_on, due_on, reached_at from milestones
                  where project_id = $1 and reached_at is null order by due_on limit 4)) shown) as "milestones!: Json<Vec<Milestone>>",
             (select count(*) from seats where project_id = $1 and removed_at is null and role in ('chair', 'committee')) as "voting_seats!",
             (select readers from playbook_readers_of($1)) as "playbook!: Json<Readers>",
             (select goals from goals_json_of(array[$1])) as "goals: Json<Goals>",
             (select number from launch_decisions where project_id = $1) as launch_decision,
             (select to_jsonb(health) || jsonb_build_object('declared_by', people.name) from project_health health
              left join people on people.id = health.declared_by where health.project_id = $1) as "health: Json<Health>""#,
        project.uuid(),
        today.to_sqlx(),
        now.to_sqlx() as jiff_sqlx::Timestamp,
        &Check::of_goals(),
        &Check::of_money(),
        &Check::of_playbook(),
    )
    .fetch_one(conn)
    .await?;
    Ok(Dashboard {
        health: row.health.map(|health| health.0),
        gate: row.gate.0,
        counts: row.counts.0,
        escalations: row.escalations.0,
        milestones: row.milestones.0,
        voting_seats: row.voting_seats,
        launch_decision: row.launch_decision,
        playbook: row.playbook.0,
        goals: row.goals.map(|goals| goals.0).unwrap_or_default(),
    })
}
