//! What is to be written for a new project; pure.

use crate::platform::ids::{DutyId, MilestoneId, PartId, PersonId, StageId, TaskId};
use jiff::civil::Date;

/// A task made from an item of the division of labour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedTask {
    /// Its id.
    pub id: TaskId,
    /// Its number in the project, from 1.
    pub number: i32,
    /// Its English title.
    pub title: String,
    /// Its Chinese title.
    pub title_zh: String,
    /// The department that does it: the first R.
    pub part_id: PartId,
    /// Who speaks for that department; nobody when the place is empty.
    pub assignee_id: Option<PersonId>,
    /// First working day.
    pub starts_on: Date,
    /// When it is due; also its baseline.
    pub due_on: Date,
    /// Its stage.
    pub stage_id: StageId,
    /// The gate it leads to, if its stage has one.
    pub milestone_id: Option<MilestoneId>,
    /// The item it was made from.
    pub duty_id: DutyId,
}

/// A dated point; its date is also its baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedMilestone {
    /// Its id.
    pub id: MilestoneId,
    /// The stage whose gate it is; none for the day of launch.
    pub stage_id: Option<StageId>,
    /// Its English title.
    pub title: String,
    /// Its Chinese title.
    pub title_zh: String,
    /// The day.
    pub due_on: Date,
}

/// The open tasks that one person has in a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// Their name; none for tasks that nobody has.
    pub name: Option<String>,
    /// How many.
    pub tasks: i64,
    /// How many of them were due before today.
    pub late: i64,
}

/// One task waits for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedDependency {
    /// The one that waits.
    pub task_id: TaskId,
    /// The one that comes first.
    pub waits_on_id: TaskId,
}

/// All the work that a project starts with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlannedWork {
    /// Written first: tasks name them.
    pub milestones: Vec<PlannedMilestone>,
    /// Numbered from 1 without a gap.
    pub tasks: Vec<PlannedTask>,
    /// Without circles, as the blueprints are checked.
    pub dependencies: Vec<PlannedDependency>,
}
