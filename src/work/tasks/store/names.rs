//! What a task points to, by name, for the events that say so.

use crate::{
    events::both,
    platform::ids::{MilestoneId, PartId, PersonId, ProjectId, StageId},
};
use serde_json::Value;
use sqlx::PgConnection;

/// The names of what a task points to; none where it is not of this project, or not somebody who can have a task.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Of the person.
    pub assignee: Option<String>,
    /// Of the stage, in English.
    pub stage: Option<String>,
    /// Of the stage, in Chinese.
    pub stage_zh: Option<String>,
    /// Of the milestone.
    pub milestone: Option<String>,
    /// The Chinese side, if it has one.
    pub milestone_zh: Option<String>,
}

impl Names {
    /// The stage's name for an event.
    #[must_use]
    pub fn of_stage(&self) -> Option<Value> {
        self.stage.as_ref().map(|en| both(en, self.stage_zh.as_deref().unwrap_or_default()))
    }

    /// The milestone's title for an event.
    #[must_use]
    pub fn of_milestone(&self) -> Option<Value> {
        self.milestone.as_ref().map(|en| both(en, self.milestone_zh.as_deref().unwrap_or_default()))
    }
}

/// Looks up what a task is to point to.
///
/// # Errors
/// Of the database.
pub async fn names(
    conn: &mut PgConnection,
    project: ProjectId,
    assignee: Option<PersonId>,
    stage: Option<StageId>,
    milestone: Option<MilestoneId>,
) -> Result<Names, sqlx::Error> {
    sqlx::query_as!(
        Names,
        "select (select name from task_takers where project_id = $1 and person_id = $2) as assignee,
                (select name_en from stage_names where project_id = $1 and id = $3) as stage,
                (select name_zh from stage_names where project_id = $1 and id = $3) as stage_zh,
                (select title from milestones where project_id = $1 and id = $4) as milestone,
                (select title_zh from milestones where project_id = $1 and id = $4) as milestone_zh",
        project.uuid(),
        assignee.map(PersonId::uuid),
        stage.map(StageId::uuid),
        milestone.map(MilestoneId::uuid),
    )
    .fetch_one(conn)
    .await
}

/// Whether somebody has a seat that takes tasks of this department.
///
/// # Errors
/// Of the database.
pub async fn is_taker_of(
    conn: &mut PgConnection,
    project: ProjectId,
    person: PersonId,
    part: PartId,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from task_takers where project_id = $1 and person_id = $2 and $3 = any(part_ids)) as "is_so!""#,
        project.uuid(),
        person.uuid(),
        part.uuid(),
    )
    .fetch_one(conn)
    .await
}
