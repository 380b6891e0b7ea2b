//! What is to be written for a new project; pure.

use crate::{
    platform::{
        ids::{DepartmentId, DutyId, GateRuleId, PartId, PersonId, ProjectId, SeatId, StageId},
        locale::Bilingual,
    },
    projects::{
        blueprints::Check,
        model::{PartKind, Role},
    },
};
use jiff::civil::Date;

/// The project itself; it begins as a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProject {
    /// Made when the form was rendered, so that a form sent twice makes one project.
    pub id: ProjectId,
    /// `GEO`.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Id of the blueprint.
    pub blueprint: String,
    /// 1 to 3.
    pub tier: i16,
    /// First day of its first stage.
    pub starts_on: Date,
    /// The day people agreed on, or the first day of the launch stage.
    pub launches_on: Date,
    /// How many voting seats must have voted.
    pub quorum: i16,
    /// The number that the next task by hand gets.
    pub next_task_number: i32,
}

/// A department's part, or the lead's, or the committee's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPart {
    /// Its id.
    pub id: PartId,
    /// The blueprint's code.
    pub code: String,
    /// Lead, committee or department.
    pub kind: PartKind,
    /// The organisation's department behind it.
    pub department_id: Option<DepartmentId>,
    /// Its name.
    pub name: Bilingual,
    /// For tiles.
    pub short: Bilingual,
    /// 1 to 12.
    pub colour: i16,
}

/// A stage; its dates are also its baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStage {
    /// Its id.
    pub id: StageId,
    /// `A1`.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Length in working days.
    pub days: i32,
    /// Whether it starts on the launch date.
    pub is_launch: bool,
    /// First working day.
    pub starts_on: Date,
    /// Last working day.
    pub ends_on: Date,
}

/// A rule of a stage's gate.
#[derive(Clone, Debug, PartialEq)]
pub struct NewRule {
    /// Its id.
    pub id: GateRuleId,
    /// Its stage.
    pub stage_id: StageId,
    /// In words.
    pub text: Bilingual,
    /// As people read the expression.
    pub expression: String,
    /// As the program checks it.
    pub check: Check,
    /// Whether it keeps the gate closed.
    pub is_blocking: bool,
}

/// An item of the division of labour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDuty {
    /// Its id.
    pub id: DutyId,
    /// Its stage.
    pub stage_id: StageId,
    /// The blueprint's id of the item.
    pub code: String,
    /// What is to be done.
    pub title: Bilingual,
    /// Due on this working day of its stage.
    pub due_day: i32,
    /// Whether the gate of its stage reads it.
    pub is_evidence: bool,
    /// Who does, answers, is asked, is told: exactly one A, at least one R.
    pub letters: Vec<(PartId, char)>,
}

/// A person's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSeat {
    /// Its id.
    pub id: SeatId,
    /// Who.
    pub person_id: PersonId,
    /// As what.
    pub role: Role,
    /// For liaisons: whose.
    pub part_id: Option<PartId>,
    /// On the committee: a code of [`crate::projects::model::Capacity`].
    pub capacity: String,
}

/// Everything of a new project that the projects room keeps.
#[derive(Clone, Debug, PartialEq)]
pub struct Records {
    /// The project.
    pub project: NewProject,
    /// In the order of the division of labour.
    pub parts: Vec<NewPart>,
    /// In their order.
    pub stages: Vec<NewStage>,
    /// In the order of the gates.
    pub rules: Vec<NewRule>,
    /// In the order of the blueprint.
    pub duties: Vec<NewDuty>,
    /// At most one lead, one chair, one liaison a part.
    pub seats: Vec<NewSeat>,
}
