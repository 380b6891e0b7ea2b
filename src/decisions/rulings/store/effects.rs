//! SQL of `decision_effects`.

use crate::platform::ids::{
    DecisionId, DutyId, EffectId, GateRuleId, KeyResultId, MilestoneId, PartId, ProjectId, StageId, TaskId,
};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// An effect as it happened.
#[derive(Clone, Debug)]
pub struct Applied {
    /// What sort of change.
    pub kind: &'static str,
    /// The task that it made or changed.
    pub task: Option<TaskId>,
    /// The milestone that it moved.
    pub milestone: Option<MilestoneId>,
    /// The stage whose gate or state it changed.
    pub stage: Option<StageId>,
    /// The gate rule that it waived.
    pub rule: Option<GateRuleId>,
    /// The duty that it gave to others.
    pub duty: Option<DutyId>,
    /// The key result that it changed.
    pub key_result: Option<KeyResultId>,
    /// The day before.
    pub before: Option<Date>,
    /// The day after.
    pub after: Option<Date>,
    /// What it was, in words: a text, or one in each language.
    pub before_text: Option<Value>,
    /// What it became.
    pub after_text: Option<Value>,
}

impl Applied {
    /// Of a kind, about nothing yet.
    #[must_use]
    pub fn of(kind: &'static str) -> Self {
        Self {
            kind,
            task: None,
            milestone: None,
            stage: None,
            rule: None,
            duty: None,
            key_result: None,
            before: None,
            after: None,
            before_text: None,
            after_text: None,
        }
    }
}

/// Writes what a decision changed, in one statement.
///
/// # Errors
/// Of the database.
pub async fn insert_effects(
    conn: &mut PgConnection,
    project: ProjectId,
    decision: DecisionId,
    applied: &[Applied],
) -> Result<(), sqlx::Error> {
    let uuids = |of: fn(&Applied) -> Option<Uuid>| applied.iter().map(of).collect::<Vec<_>>();
    let texts = |of: fn(&Applied) -> Option<String>| applied.iter().map(of).collect::<Vec<_>>();
    let ids: Vec<Uuid> = applied.iter().map(|_| EffectId::new().uuid()).collect();
    let kinds: Vec<String> = applied.iter().map(|one| one.kind.to_owned()).collect();
    sqlx::query!(
        "insert into decision_effects (project_id, id, decision_id, position, kind, task_id, milestone_id, stage_id, rule_id, duty_id,
                                       before_on, after_on, before_text, after_text, key_result_id)
         select $1, given.id, $2, given.position::smallint, given.kind, given.task_id, given.milestone_id, given.stage_id, given.rule_id,
                given.duty_id, given.before_on::date, given.after_on::date, given.before_text::jsonb, given.after_text::jsonb,
                given.key_result_id
         from unnest($3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::uuid[], $10::text[], $11::text[],
                     $12::text[], $13::text[], $14::uuid[])
              with ordinality as given (id, kind, task_id, milestone_id, stage_id, rule_id, duty_id, before_on, after_on,
                                        before_text, after_text, key_result_id, position)",
        project.uuid(),
        decision.uuid(),
        &ids,
        &kinds,
        &uuids(|one| one.task.map(TaskId::uuid)) as &[Option<Uuid>],
        &uuids(|one| one.milestone.map(MilestoneId::uuid)) as &[Option<Uuid>],
        &uuids(|one| one.stage.map(StageId::uuid)) as &[Option<Uuid>],
        &uuids(|one| one.rule.map(GateRuleId::uuid)) as &[Option<Uuid>],
        &uuids(|one| one.duty.map(DutyId::uuid)) as &[Option<Uuid>],
        &texts(|one| one.before.map(|day| day.to_string())) as &[Option<String>],
        &texts(|one| one.after.map(|day| day.to_string())) as &[Option<String>],
        &texts(|one| one.before_text.as_ref().map(Value::to_string)) as &[Option<String>],
        &texts(|one| one.after_text.as_ref().map(Value::to_string)) as &[Option<String>],
        &uuids(|one| one.key_result.map(KeyResultId::uuid)) as &[Option<Uuid>],
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A recorded effect with what it points to.
#[derive(Clone, Debug, Deserialize)]
pub struct Recorded {
    /// What sort of change.
    pub kind: String,
    /// The day before.
    pub before_on: Option<Date>,
    /// The day after.
    pub after_on: Option<Date>,
    /// What it was: a text, or one in each language.
    pub before_text: Option<Value>,
    /// What it became.
    pub after_text: Option<Value>,
    /// The task's number.
    pub number: Option<i32>,
    /// The title of task, milestone, gate rule, duty or stage.
    pub title: Option<String>,
    /// The Chinese side of it.
    pub title_zh: Option<String>,
    /// The stage's code.
    pub stage: Option<String>,
    /// The duty's code.
    pub duty: Option<String>,
    /// The place of the key result: `1.2`.
    pub key_result: Option<String>,
    /// The key result is in force still.
    #[serde(default)]
    pub is_in_force: bool,
    /// Whether it is about one rule of a gate.
    pub is_rule: bool,
    /// The department of the task.
    pub part_id: Option<PartId>,
    /// How the task stands now.
    pub status: Option<String>,
    /// Who does the task.
    pub assignee: Option<String>,
}

impl Recorded {
    /// Whether it is a date that moved along with another effect.
    #[must_use]
    pub fn is_carried(&self) -> bool {
        self.kind.starts_with("carry_")
    }
}
