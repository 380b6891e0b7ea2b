//! What a person fills in for a task, and what can be wrong with it.

use super::{Priority, Task};
use crate::platform::{
    ids::{MilestoneId, PartId, PersonId, StageId},
    locale::T,
};
use jiff::civil::Date;

/// Longest title, in characters.
pub const LONGEST_TITLE: usize = 200;
/// Longest description, in characters.
pub const LONGEST_DESCRIPTION: usize = 20_000;

/// What a person fills in for a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskFields {
    /// What is to be done.
    pub title: String,
    /// The Chinese side, only while a blueprint's own title stands.
    pub title_zh: Option<String>,
    /// Markdown.
    pub description: String,
    /// The department that owns it.
    pub part_id: PartId,
    /// Who does it.
    pub assignee_id: Option<PersonId>,
    /// How much it matters.
    pub priority: Priority,
    /// First day.
    pub starts_on: Option<Date>,
    /// Last day.
    pub due_on: Option<Date>,
    /// The stage it belongs to.
    pub stage_id: Option<StageId>,
    /// The milestone it leads to.
    pub milestone_id: Option<MilestoneId>,
}

impl TaskFields {
    /// A task of a department with nothing but a title.
    pub fn new(title: impl Into<String>, part_id: PartId) -> Self {
        Self {
            title: title.into(),
            title_zh: None,
            description: String::new(),
            part_id,
            assignee_id: None,
            priority: Priority::Normal,
            starts_on: None,
            due_on: None,
            stage_id: None,
            milestone_id: None,
        }
    }

    /// A blueprint's title that was left as it stood keeps both of its sides; any other has one.
    #[must_use]
    pub fn keeping_title_of(mut self, task: &Task) -> Self {
        self.title_zh = None;
        if self.title == task.title || Some(&self.title) == task.title_zh.as_ref() {
            self.title.clone_from(&task.title);
            self.title_zh.clone_from(&task.title_zh);
        }
        self
    }

    /// What is wrong with them by themselves.
    #[must_use]
    pub fn mistakes(&self) -> Vec<Mistake> {
        let length = self.title.chars().count();
        [
            (length == 0, Mistake::TitleMissing),
            (length > LONGEST_TITLE, Mistake::TitleTooLong),
            (self.description.chars().count() > LONGEST_DESCRIPTION, Mistake::DescriptionTooLong),
            (self.starts_on.zip(self.due_on).is_some_and(|(start, due)| start > due), Mistake::StartsAfterDue),
        ]
        .into_iter()
        .filter_map(|(is_wrong, mistake)| is_wrong.then_some(mistake))
        .collect()
    }
}

impl From<&Task> for TaskFields {
    fn from(task: &Task) -> Self {
        Self {
            title: task.title.clone(),
            title_zh: task.title_zh.clone(),
            description: task.description.clone(),
            part_id: task.part_id,
            assignee_id: task.assignee_id,
            priority: task.priority,
            starts_on: task.starts_on,
            due_on: task.due_on,
            stage_id: task.stage_id,
            milestone_id: task.milestone_id,
        }
    }
}

/// What is wrong with the fields of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// Nothing says what is to be done.
    TitleMissing,
    /// Longer than [`LONGEST_TITLE`].
    TitleTooLong,
    /// Longer than [`LONGEST_DESCRIPTION`].
    DescriptionTooLong,
    /// It would end before it starts.
    StartsAfterDue,
    /// A department that does not take part.
    PartUnknown,
    /// A department for which this person may not add tasks.
    PartNotTheirs,
    /// Somebody without a seat that can have tasks.
    AssigneeUnknown,
    /// A stage of no such project.
    StageUnknown,
    /// A milestone of no such project.
    MilestoneUnknown,
}

impl Mistake {
    /// The id of the control.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::TitleMissing | Self::TitleTooLong => "title",
            Self::DescriptionTooLong => "description",
            Self::StartsAfterDue => "starts_on",
            Self::PartUnknown | Self::PartNotTheirs => "part",
            Self::AssigneeUnknown => "assignee",
            Self::StageUnknown => "stage",
            Self::MilestoneUnknown => "milestone",
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn text(self, t: T) -> String {
        match self {
            Self::TitleMissing => t.task_error_title_missing(),
            Self::TitleTooLong => t.task_error_title_too_long(),
            Self::DescriptionTooLong => t.task_error_description_too_long(),
            Self::StartsAfterDue => t.task_error_starts_after_due(),
            Self::PartUnknown => t.task_error_part_unknown(),
            Self::PartNotTheirs => t.task_error_part_not_yours(),
            Self::AssigneeUnknown => t.task_error_assignee_unknown(),
            Self::StageUnknown => t.task_error_stage_unknown(),
            Self::MilestoneUnknown => t.task_error_milestone_unknown(),
        }
    }
}
