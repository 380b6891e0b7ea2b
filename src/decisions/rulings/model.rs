//! What a decision is and what it changes; pure.

use crate::{
    platform::{
        ids::{DecisionId, DutyId, GateRuleId, KeyResultId, MilestoneId, OptionId, PartId, PersonId, StageId},
        locale::T,
    },
    projects::{blueprints::DecisionKind, scope::Days},
};
use jiff::civil::Date;

/// Longest title, in characters.
pub const TITLE: usize = 200;
/// Longest rationale.
pub const RATIONALE: usize = 10_000;
/// Most effects of one decision: the chair reads every line before confirming.
pub const MOST_EFFECTS: usize = 20;

/// What kind of question a decision answers: one that a gate may ask for, or another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One that gate rules know.
    Of(DecisionKind),
    /// The committee's no where a gate asks for its go. No gate opens with it.
    NoGo,
    /// Any other.
    Other,
}

impl Kind {
    /// All, in the order of menus.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let with_no = |kind| match kind {
            DecisionKind::Go => vec![Self::Of(kind), Self::NoGo],
            DecisionKind::Price | DecisionKind::QuarterReview | DecisionKind::Change | DecisionKind::BreakEven => {
                vec![Self::Of(kind)]
            }
        };
        DecisionKind::ALL.into_iter().flat_map(with_no).chain([Self::Other]).collect()
    }

    /// The text in the database and in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Of(kind) => kind.as_str(),
            Self::NoGo => "no_go",
            Self::Other => "other",
        }
    }

    /// From a form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::all().into_iter().find(|kind| kind.as_str() == text)
    }

    /// On screen.
    #[must_use]
    pub fn label(self, t: T) -> String {
        match self {
            Self::Of(DecisionKind::Go) => t.decisions_kind_go(),
            Self::NoGo => t.decisions_kind_no_go(),
            Self::Of(DecisionKind::Price) => t.decisions_kind_price(),
            Self::Of(DecisionKind::QuarterReview) => t.decisions_kind_quarter_review(),
            Self::Of(DecisionKind::Change) => t.decisions_kind_change(),
            Self::Of(DecisionKind::BreakEven) => t.decisions_kind_break_even(),
            Self::Other => t.decisions_kind_other(),
        }
    }

    /// The kind that a category of escalations suggests; none where the chair has to say whether it is a go.
    #[must_use]
    pub fn of_category(category: &str) -> Option<Self> {
        let kind = match category {
            "pmf" => return None,
            "price" => Self::Of(DecisionKind::Price),
            "break_even" => Self::Of(DecisionKind::BreakEven),
            "goal_change" | "scope_change" | "budget" => Self::Of(DecisionKind::Change),
            _ => Self::Other,
        };
        Some(kind)
    }
}

/// Every kind of effect, by its text in the database and in forms.
pub const EFFECTS: [&str; 16] = [
    "create_task",
    "move_task",
    "assign_task",
    "drop_task",
    "unblock_task",
    "move_milestone",
    "move_launch",
    "hold_gate",
    "waive_gate",
    "send_back",
    "set_duty",
    "set_budget",
    "sign_off_goals",
    "set_target",
    "drop_key_result",
    "set_envelope",
];

/// A change that a decision makes elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A new task.
    CreateTask {
        /// What is to be done.
        title: String,
        /// The department that owns it.
        part: PartId,
        /// Who does it.
        assignee: Option<PersonId>,
        /// Until when.
        due: Option<Date>,
    },
    /// Another due date for a task.
    MoveTask {
        /// The task's number.
        number: i32,
        /// The new day.
        due: Date,
    },
    /// Another date for a milestone.
    MoveMilestone {
        /// Which.
        milestone: MilestoneId,
        /// The new day.
        due: Date,
    },
    /// The end of the block of the task that the escalation is about.
    UnblockTask {
        /// The task's number.
        number: i32,
    },
    /// Somebody else does a task.
    AssignTask {
        /// The task's number.
        number: i32,
        /// Who; of the department that owns it.
        to: PersonId,
    },
    /// A task is dropped.
    DropTask {
        /// The task's number.
        number: i32,
    },
    /// A gate does not open before a day, even when its rules hold.
    HoldGate {
        /// Whose gate.
        stage: StageId,
        /// The day.
        until: Date,
    },
    /// A rule, or every rule, does not keep its gate closed up to and on a day.
    WaiveGate {
        /// Whose gate.
        stage: StageId,
        /// The rule; none for the whole gate.
        rule: Option<GateRuleId>,
        /// The day.
        until: Date,
    },
    /// An earlier stage is current again; its gate and those after it are to be passed anew.
    SendBack {
        /// Which stage.
        to: StageId,
    },
    /// Another department answers for a duty or does it; none leaves it as it is.
    SetDuty {
        /// Which duty.
        duty: DutyId,
        /// The A.
        accountable: Option<PartId>,
        /// The only R.
        responsible: Option<PartId>,
    },
    /// Another day of launch, with everything that moves with it.
    MoveLaunch {
        /// The day.
        day: Date,
        /// The fingerprint of the moves that were shown.
        seen: String,
    },
    /// More requirement changes fit into the budget of the scope baseline.
    SetBudget {
        /// The budget from now on.
        to: Days,
    },
    /// The goals are signed off as the lead proposed them.
    SignOffGoals {
        /// The fingerprint of the proposal that was shown.
        seen: String,
    },
    /// A key result asks for something else.
    SetTarget {
        /// Which.
        key_result: KeyResultId,
        /// Where it has to get, in steps of its scale; none as now.
        target: Option<i64>,
        /// By when; none as now.
        due: Option<Date>,
    },
    /// A key result is wanted no more.
    DropKeyResult {
        /// Which.
        key_result: KeyResultId,
    },
    /// More or less may be spent.
    SetEnvelope {
        /// How much, in steps of the commercial plan.
        to: i64,
    },
}

impl Effect {
    /// The text in the database and in forms.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::CreateTask { .. } => "create_task",
            Self::MoveTask { .. } => "move_task",
            Self::MoveMilestone { .. } => "move_milestone",
            Self::UnblockTask { .. } => "unblock_task",
            Self::AssignTask { .. } => "assign_task",
            Self::DropTask { .. } => "drop_task",
            Self::HoldGate { .. } => "hold_gate",
            Self::WaiveGate { .. } => "waive_gate",
            Self::SendBack { .. } => "send_back",
            Self::SetDuty { .. } => "set_duty",
            Self::MoveLaunch { .. } => "move_launch",
            Self::SetBudget { .. } => "set_budget",
            Self::SignOffGoals { .. } => "sign_off_goals",
            Self::SetTarget { .. } => "set_target",
            Self::DropKeyResult { .. } => "drop_key_result",
            Self::SetEnvelope { .. } => "set_envelope",
        }
    }

    /// The task that it changes.
    fn task(&self) -> Option<i32> {
        match self {
            Self::MoveTask { number, .. }
            | Self::UnblockTask { number }
            | Self::AssignTask { number, .. }
            | Self::DropTask { number } => Some(*number),
            _ => None,
        }
    }

    /// Whether one decision cannot make both happen: they say two things about one. `launch` is the milestone of the
    /// launch, which goes along with its day.
    #[must_use]
    pub fn clashes(&self, other: &Self, launch: Option<MilestoneId>) -> bool {
        let is_same_kind = self.kind() == other.kind();
        if let (Some(one), Some(two)) = (self.task(), other.task()) {
            let is_dropped = matches!(self, Self::DropTask { .. }) || matches!(other, Self::DropTask { .. });
            return one == two && (is_same_kind || is_dropped);
        }
        match (self, other) {
            (Self::MoveMilestone { milestone: one, .. }, Self::MoveMilestone { milestone: two, .. }) => one == two,
            (Self::MoveMilestone { milestone, .. }, Self::MoveLaunch { .. })
            | (Self::MoveLaunch { .. }, Self::MoveMilestone { milestone, .. }) => Some(*milestone) == launch,
            (Self::WaiveGate { stage: one, rule: this, .. }, Self::WaiveGate { stage: two, rule: that, .. }) => {
                one == two && (this == that || this.is_none() || that.is_none())
            }
            (
                Self::HoldGate { stage: one, .. } | Self::WaiveGate { stage: one, .. },
                Self::HoldGate { stage: two, .. },
            )
            | (Self::HoldGate { stage: one, .. }, Self::WaiveGate { stage: two, .. }) => one == two,
            (Self::SetDuty { duty: one, .. }, Self::SetDuty { duty: two, .. }) => one == two,
            (
                Self::SetTarget { key_result: one, .. } | Self::DropKeyResult { key_result: one },
                Self::SetTarget { key_result: two, .. } | Self::DropKeyResult { key_result: two },
            ) => one == two,
            // What is signed off is what was proposed, and nothing that the same decision changes.
            (
                Self::SignOffGoals { .. },
                Self::SetTarget { .. } | Self::DropKeyResult { .. } | Self::SetEnvelope { .. },
            )
            | (
                Self::SetTarget { .. } | Self::DropKeyResult { .. } | Self::SetEnvelope { .. },
                Self::SignOffGoals { .. },
            ) => true,
            (
                Self::SendBack { .. }
                | Self::MoveLaunch { .. }
                | Self::SetBudget { .. }
                | Self::SignOffGoals { .. }
                | Self::SetEnvelope { .. },
                _,
            ) => is_same_kind,
            _ => false,
        }
    }

    /// The field of its row that names what it changes.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::CreateTask { .. } => "title",
            Self::MoveTask { .. } | Self::AssignTask { .. } | Self::DropTask { .. } => "task",
            Self::UnblockTask { .. } => "on",
            Self::MoveMilestone { .. } => "milestone",
            Self::HoldGate { .. } | Self::SendBack { .. } => "stage",
            Self::WaiveGate { .. } => "gate",
            Self::SetDuty { .. } => "duty",
            Self::MoveLaunch { .. } => "due",
            Self::SetBudget { .. } => "days",
            Self::SignOffGoals { .. } => "on",
            Self::SetTarget { .. } | Self::DropKeyResult { .. } => "key_result",
            Self::SetEnvelope { .. } => "target",
        }
    }
}

/// A decision ready to be recorded.
#[derive(Clone, Debug)]
pub struct Ruling {
    /// Made with the form.
    pub id: DecisionId,
    /// What kind of question it answers.
    pub kind: Kind,
    /// What is decided, in one sentence.
    pub title: String,
    /// Why.
    pub rationale: String,
    /// The option of the escalation that was chosen; none for something else.
    pub option: Option<OptionId>,
    /// Who sees to it.
    pub owner: PersonId,
    /// When to look at it again.
    pub review_on: Option<Date>,
    /// What it changes; each with the row of the form that asks for it.
    pub effects: Vec<(usize, Effect)>,
}

#[cfg(test)]
mod tests;
