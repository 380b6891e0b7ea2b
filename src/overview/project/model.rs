//! What the page of a project reads; pure.

use crate::{
    goals::model::Goals,
    lifecycle::gates::GateFacts,
    platform::ids::{MilestoneId, PartId, StageId},
    playbook::readers::Readers,
    work::milestones::MilestoneKind,
};
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;
use serde_json::Value;

/// Tasks of one part in one stage; dropped ones do not count.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Count {
    /// Whose.
    pub part_id: PartId,
    /// In which stage; none for tasks of no stage.
    pub stage_id: Option<StageId>,
    /// All of them.
    pub total: i64,
    /// Done.
    pub done: i64,
    /// Open and due before today.
    pub late: i64,
    /// Waiting for somebody.
    pub blocked: i64,
    /// When the oldest late one was due.
    pub oldest: Option<Date>,
}

/// An escalation under way.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct OpenEscalation {
    /// Its number.
    pub number: i32,
    /// In one sentence.
    pub question: String,
    /// Who raised it.
    pub from_part_id: PartId,
    /// Whom it is with.
    pub to_part_id: PartId,
    /// Its step, as the database has it.
    pub state: String,
    /// When the step began.
    pub entered_at: Option<Timestamp>,
    /// When the step ends.
    pub due_at: Timestamp,
    /// How many have voted.
    pub votes: i64,
}

/// A milestone.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Milestone {
    /// Its id.
    pub id: MilestoneId,
    /// What it stands for.
    pub kind: MilestoneKind,
    /// Its title.
    pub title: String,
    /// The Chinese side, while it is a blueprint's own.
    pub title_zh: Option<String>,
    /// The stage whose gate it is.
    pub stage_id: Option<StageId>,
    /// In the first plan.
    pub baseline_on: Date,
    /// In the plan in force.
    pub due_on: Date,
    /// When it was reached.
    pub reached_at: Option<Timestamp>,
    /// Tasks that lead to it and were not dropped; to a gate lead those of its stage.
    pub total: i64,
    /// Done.
    pub done: i64,
}

/// The health of the project as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Health {
    /// The word.
    pub computed: String,
    /// What speaks against it.
    pub reasons: Value,
    /// When.
    pub computed_at: Timestamp,
    /// The lead's word; none: as computed.
    pub declared: Option<String>,
    /// Who said so.
    pub declared_by: Option<String>,
    /// Why; may be empty.
    pub declared_note: String,
    /// When.
    pub declared_at: Option<Timestamp>,
    /// Since when the two differ.
    pub differs_since: Option<Timestamp>,
    /// Counts declarations.
    pub version: i32,
}

/// Everything in one statement.
#[derive(Clone, Debug)]
pub struct Dashboard {
    /// How it stands; none for a moment while servers of an earlier release make projects.
    pub health: Option<Health>,
    /// The gate of the current stage and every stage.
    pub gate: GateFacts,
    /// By part and stage.
    pub counts: Vec<Count>,
    /// The next to be due first.
    pub escalations: Vec<OpenEscalation>,
    /// The last ones reached, the launch and the next ones due, by date.
    pub milestones: Vec<Milestone>,
    /// Seats that vote.
    pub voting_seats: i64,
    /// The decision that the day of launch stands on.
    pub launch_decision: Option<i32>,
    /// Who has read the playbook.
    pub playbook: Readers,
    /// What it wants to reach.
    pub goals: Goals,
}
