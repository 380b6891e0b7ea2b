//! What a gate stands on: the facts that rules are held against, as one statement reads them.

use super::{goals, measured::Measured, rulings::Ruling};
use crate::{
    goals::{model::Goals, money::model::Money},
    platform::ids::{GateRuleId, StageId},
    playbook::readers::Readers,
    projects::blueprints::{Check, DecisionKind},
};
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

/// Where a stage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StageState {
    /// Not begun.
    Ahead,
    /// Under way.
    Current,
    /// Its gate has been passed.
    Passed,
}

/// A stage as gates see it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Stage {
    /// Its id.
    pub id: StageId,
    /// From 1.
    pub position: i16,
    /// `A1`.
    pub code: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// Whether it begins on launch day.
    pub is_launch: bool,
    /// Where it is.
    pub state: StageState,
    /// First day of the plan in force.
    pub starts_on: Date,
    /// Last day of the plan in force.
    pub ends_on: Date,
    /// Last day of the first plan.
    pub baseline_ends_on: Date,
    /// When it really began.
    pub started_at: Option<Timestamp>,
    /// When its gate was really passed.
    pub passed_at: Option<Timestamp>,
    /// How many rules its gate has.
    pub rules: i64,
}

/// What somebody attested last about one figure.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Attested {
    /// Which figure.
    pub metric: String,
    /// Its value, or `yes` or `no`.
    pub value: String,
    /// Where to see it.
    pub evidence_url: String,
    /// Whether it satisfies the rule.
    pub holds: bool,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A rule with what was attested.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Rule {
    /// Its id.
    pub id: GateRuleId,
    /// In English.
    pub text_en: String,
    /// In Chinese.
    pub text_zh: String,
    /// As people read the expression.
    pub expression: String,
    /// As the program checks it, with what the data answers by now.
    #[serde(deserialize_with = "goals::computed")]
    pub check: Check,
    /// Whether it keeps the gate closed.
    pub is_blocking: bool,
    /// The newest of each figure.
    pub attested: Vec<Attested>,
}

/// A task of an item.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ItemTask {
    /// Its number.
    pub number: i32,
    /// Its status as the database has it.
    pub status: String,
}

/// An item of the division of labour with its tasks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Item {
    /// Its code.
    pub code: String,
    /// Its stage.
    pub stage_id: StageId,
    /// Whether the gate of its stage reads it.
    pub is_evidence: bool,
    /// English title.
    pub title: String,
    /// Chinese title.
    pub title_zh: String,
    /// What is done about it.
    pub tasks: Vec<ItemTask>,
}

impl Item {
    /// At least one task is done, and every other is done or dropped.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.tasks.iter().any(|task| task.status == "done")
            && self.tasks.iter().all(|task| matches!(task.status.as_str(), "done" | "dropped"))
    }
}

/// A decision in force.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Decision {
    /// Its number.
    pub number: i32,
    /// What kind of question it answers.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// When it was recorded.
    pub at: Timestamp,
    /// The committee voted on it, and the quorum was met.
    pub is_voted: bool,
}

impl Decision {
    /// A no where the committee's go is asked for.
    #[must_use]
    pub fn is_no_go(&self) -> bool {
        self.kind == "no_go"
    }

    pub(super) fn satisfies(&self, kind: DecisionKind) -> bool {
        self.kind == kind.as_str() && (kind != DecisionKind::Go || self.is_voted)
    }
}

/// A department without anybody who speaks for it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Missing {
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
}

/// Everything that the gate of one stage stands on.
#[derive(Clone, Debug, Deserialize)]
pub struct GateFacts {
    /// The stage asked for; none when there is no such stage.
    pub stage_id: Option<StageId>,
    /// Every stage, in order.
    pub stages: Vec<Stage>,
    /// The rules of the stage asked for, in order.
    pub rules: Vec<Rule>,
    /// Every item of the project.
    pub items: Vec<Item>,
    /// How many departments take part.
    pub departments: i64,
    /// Those without a liaison.
    pub without_liaison: Vec<Missing>,
    /// Those in force.
    pub decisions: Vec<Decision>,
    /// What decisions say about this gate.
    pub rulings: Vec<Ruling>,
    /// The day where the organisation works.
    pub today: Date,
    /// The numbers of the decisions that changed this stage or its gate, the newest first.
    pub changed_by: Vec<i32>,
    /// What earlier gates owe: rules that were waived when these were passed, whose waiver has ended.
    #[serde(default)]
    pub carried: Vec<Carried>,
    /// What the project wants to reach; read only where a rule asks for it.
    #[serde(default)]
    pub goals: Goals,
    /// What it earns and spends; read only where a rule asks for it.
    #[serde(default)]
    pub money: Option<Money>,
    /// Who has read the playbook; read only where a rule asks for it.
    #[serde(default)]
    pub playbook: Readers,
    /// The figures that indicators answer.
    #[serde(default)]
    pub measured: Vec<Measured>,
}

/// A rule that an earlier gate owes.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Carried {
    /// The stage that was passed without it.
    pub stage_id: StageId,
    /// `A3`.
    pub code: String,
    /// The last day of the waiver.
    pub until_on: Date,
    /// 4 of `D-4`.
    pub decision: i32,
    /// Which.
    pub rule: Rule,
}

impl GateFacts {
    /// The stage asked for.
    #[must_use]
    pub fn stage(&self) -> Option<&Stage> {
        self.stages.iter().find(|stage| Some(stage.id) == self.stage_id)
    }

    /// The stage after the one asked for.
    #[must_use]
    pub fn next(&self) -> Option<&Stage> {
        let position = self.stage()?.position;
        self.stages.iter().find(|stage| stage.position > position)
    }

    /// The indicator that answers a figure.
    #[must_use]
    pub fn measured(&self, metric: &str) -> Option<&Measured> {
        self.measured.iter().find(|one| one.metric == metric)
    }

    /// A rule of the gate, or one that an earlier gate owes to it.
    #[must_use]
    pub fn rule(&self, id: GateRuleId) -> Option<&Rule> {
        self.rules.iter().chain(self.carried.iter().map(|carried| &carried.rule)).find(|rule| rule.id == id)
    }
}
