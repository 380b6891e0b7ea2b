//! What a task is and how it moves; pure.

mod dates;
mod fields;
mod priority;
mod status;

pub use dates::{can_be_on_track, deadline, late_by};
pub use fields::{LONGEST_DESCRIPTION, LONGEST_TITLE, Mistake, TaskFields};
pub use priority::Priority;
pub use status::{LONGEST_REASON, Moved, Refusal, Status};

use crate::platform::{
    ids::{DutyId, MilestoneId, PartId, PersonId, ProjectId, StageId, TaskId},
    locale::T,
};
use jiff::{Timestamp, civil::Date};

/// A task, with every column and the name of who has it.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its project.
    pub project_id: ProjectId,
    /// Its id.
    pub id: TaskId,
    /// 42 of `GEO-42`.
    pub number: i32,
    /// What is to be done.
    pub title: String,
    /// The Chinese side, while the title is a blueprint's own.
    pub title_zh: Option<String>,
    /// Markdown.
    pub description: String,
    /// The department that owns it.
    pub part_id: PartId,
    /// Who does it.
    pub assignee_id: Option<PersonId>,
    /// Their name.
    pub assignee_name: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// How much it matters.
    pub priority: Priority,
    /// First day of work on it.
    pub starts_on: Option<Date>,
    /// The day by which it is to be done.
    pub due_on: Option<Date>,
    /// The day first agreed on.
    pub baseline_due_on: Option<Date>,
    /// The stage it belongs to.
    pub stage_id: Option<StageId>,
    /// The milestone it leads to.
    pub milestone_id: Option<MilestoneId>,
    /// The item of the division of labour that it was made from.
    pub duty_id: Option<DutyId>,
    /// Why it is blocked; empty unless it is.
    pub blocked_reason: String,
    /// For whom it waits while blocked; none for somebody outside.
    pub waits_for_part_id: Option<PartId>,
    /// Since when it is blocked.
    pub blocked_since: Option<Timestamp>,
    /// Kept by the comment action.
    pub comment_count: i32,
    /// Who made it.
    pub created_by: PersonId,
    /// When.
    pub created_at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// When the responsible person last said that it is on track.
    pub reviewed_at: Option<Timestamp>,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// Counts changes.
    pub version: i32,
}

impl Task {
    /// `GEO-42`.
    #[must_use]
    pub fn label(&self, key: &str) -> String {
        format!("{key}-{}", self.number)
    }

    /// The title the reader reads.
    #[must_use]
    pub fn shown_title(&self, t: T) -> &str {
        t.title(&self.title, self.title_zh.as_deref())
    }
}

#[cfg(test)]
mod tests;
