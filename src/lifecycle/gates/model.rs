//! Whether a gate's rules hold, from facts; pure.
//!
//! What the data answers by itself:
//!
//! - *Liaisons*: every department of the project has one.
//! - *An item is done*: at least one task of it is done and every other is done or dropped. A dropped task is not a done one:
//!   an item whose only task was dropped keeps its gate closed until the work is done by another task of the same item. An
//!   item that the lead took out of the division of labour is no part of the project and asks for nothing.
//! - *An item shows red* until it is done, and again while a task of it is blocked; a done item has no such task.
//! - *Gate items*: every evidence item of the stage is done.
//! - *A decision is recorded*: the committee's, of this kind, still in force, not older than the rule says. A *go* counts
//!   only when the committee voted on it, which needs the quorum; and not once a *no-go* came after it.
//!
//! - *Goals*: see `goals.rs`; *the commercial plan*: see `money.rs`.
//! - *Playbook*: whoever speaks for a department has read what is in force; a department that nobody speaks for has not.
//!
//! Everything else the lead attests; the newest attestation of a figure counts.
//!
//! What decisions say comes on top: a gate that is held does not open before its day, even when its rules hold; a rule that
//! is waived does not keep it closed up to and on the day of the waiver. A decision that nobody voted on waives no rule that
//! asks for the committee's go. When a gate was passed under a waiver and the waiver has ended, what it covered and does not
//! hold keeps the next gate closed, until it holds or a decision waives that gate.

use super::{
    goals::{self, Found},
    money,
    rulings::Ruling,
};
use crate::{
    goals::{model::Goals, money::model::Money},
    platform::ids::{GateRuleId, StageId},
    playbook::readers::Readers,
    projects::{
        ProjectState,
        blueprints::{Attestation, Check, DecisionKind},
    },
};
use jiff::{SignedDuration, Timestamp, civil::Date};
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
    /// See the head of this file.
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

    fn satisfies(&self, kind: DecisionKind) -> bool {
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

/// How a rule stands.
#[derive(Clone, Debug)]
pub struct RuleState<'a> {
    /// Which.
    pub rule: &'a Rule,
    /// An earlier gate owes it.
    pub carried: Option<&'a Carried>,
    /// Whether it holds.
    pub holds: bool,
    /// It does not hold, and this keeps it from closing the gate.
    pub waived: Option<&'a Ruling>,
    /// It does not hold, and a figure has never been attested.
    pub needs_attestation: bool,
    /// What it is made of, one by one.
    pub conditions: Vec<Condition<'a>>,
}

/// One condition of a rule.
#[derive(Clone, Debug)]
pub struct Condition<'a> {
    /// Whether it holds.
    pub holds: bool,
    /// Whether it asks for every evidence item of the stage.
    pub is_whole_stage: bool,
    /// What that is known from.
    pub source: Source<'a>,
}

impl<'a> Condition<'a> {
    fn new(holds: bool, source: Source<'a>) -> Self {
        Self { holds, is_whole_stage: false, source }
    }

    fn of_goals(found: Found<'a>) -> Self {
        Self::new(found.gaps.is_empty(), Source::Goals(found))
    }

    fn of_money(found: money::Found) -> Self {
        Self::new(found.gap.is_none(), Source::Money(found))
    }
}

/// What the answer to a condition is known from.
#[derive(Clone, Debug)]
pub enum Source<'a> {
    /// The departments without a liaison.
    Liaisons(&'a [Missing]),
    /// Items that must be done.
    Items(Vec<&'a Item>),
    /// The decision that counts, if there is one.
    Decision {
        /// What it must be about.
        kind: DecisionKind,
        /// Not older than this.
        within_days: Option<u16>,
        /// The newest that fits; where a go is asked for also the no or the go without a vote that does not do.
        found: Option<&'a Decision>,
    },
    /// What the project wants to reach.
    Goals(Found<'a>),
    /// What the project earns and spends.
    Money(money::Found),
    /// Who has read the playbook.
    Playbook(&'a Readers),
    /// A person's word.
    Attested {
        /// What is asked.
        asked: &'a Attestation,
        /// What was said last.
        last: Option<&'a Attested>,
    },
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

    /// A rule of the gate, or one that an earlier gate owes to it.
    #[must_use]
    pub fn rule(&self, id: GateRuleId) -> Option<&Rule> {
        self.rules.iter().chain(self.carried.iter().map(|carried| &carried.rule)).find(|rule| rule.id == id)
    }

    /// How every rule of the gate stands, and every one that an earlier gate owes and that does not hold.
    #[must_use]
    pub fn states(&self, now: Timestamp) -> Vec<RuleState<'_>> {
        let own = self.rules.iter().map(|rule| self.state((rule, None), now));
        let owed = self.carried.iter().map(|carried| self.state((&carried.rule, Some(carried)), now));
        own.chain(owed.filter(|state| !state.holds)).collect()
    }

    fn state<'a>(&'a self, (rule, carried): (&'a Rule, Option<&'a Carried>), now: Timestamp) -> RuleState<'a> {
        let stage = carried.map(|carried| carried.stage_id).or(self.stage_id);
        let of = |leaf| self.condition((rule, stage), leaf, now);
        let conditions: Vec<Condition<'a>> = rule.check.leaves().into_iter().map(of).collect();
        let holds = rule.check.holds(&|leaf| self.condition((rule, stage), leaf, now).holds);
        let needs_attestation =
            !holds && conditions.iter().any(|one| matches!(one.source, Source::Attested { last: None, .. }));
        let waived = if holds { None } else { self.waiver(rule) };
        RuleState { rule, carried, holds, waived, needs_attestation, conditions }
    }

    fn condition<'a>(
        &'a self,
        (rule, stage): (&'a Rule, Option<StageId>),
        leaf: &'a Check,
        now: Timestamp,
    ) -> Condition<'a> {
        match leaf {
            Check::LiaisonCoverage => {
                let source = Source::Liaisons(&self.without_liaison);
                Condition::new(self.without_liaison.is_empty(), source)
            }
            Check::ItemsDone { items } => self.items_done(|item| items.contains(&item.code)),
            Check::ItemStatusNot { item: code, .. } => self.items_done(|item| item.code == *code),
            Check::GateItemsOpenZero => {
                let found = self.items_done(|item| item.is_evidence && Some(item.stage_id) == stage);
                Condition { is_whole_stage: true, ..found }
            }
            Check::DecisionRecorded { decision, within_days } => {
                let found = self.decision(*decision, *within_days, now);
                let source = Source::Decision { kind: *decision, within_days: *within_days, found };
                Condition::new(found.is_some_and(|found| found.satisfies(*decision)), source)
            }
            Check::ObjectivesComplete => Condition::of_goals(goals::objectives(&self.goals)),
            Check::SplitComplete => Condition::of_goals(goals::split(&self.goals)),
            Check::BreakEvenRecorded => Condition::of_money(money::recorded(self.money.as_ref())),
            Check::BreakEvenSlipAtMost { days } => Condition::of_money(money::slip(self.money.as_ref(), *days)),
            Check::PlaybookAcknowledged => {
                Condition::new(self.playbook.is_complete(), Source::Playbook(&self.playbook))
            }
            Check::Attested(asked) => {
                let last = rule.attested.iter().find(|one| one.metric == asked.metric);
                Condition::new(last.is_some_and(|one| one.holds), Source::Attested { asked, last })
            }
            // Never a leaf.
            Check::All { .. } | Check::Any { .. } => Condition::new(false, Source::Items(Vec::new())),
        }
    }

    fn items_done(&self, is_meant: impl Fn(&Item) -> bool) -> Condition<'_> {
        let items: Vec<&Item> = self.items.iter().filter(|item| is_meant(item)).collect();
        Condition::new(items.iter().all(|item| item.is_done()), Source::Items(items))
    }

    fn decision(&self, kind: DecisionKind, within_days: Option<u16>, now: Timestamp) -> Option<&Decision> {
        let is_recent = |at: Timestamp| {
            within_days.is_none_or(|days| at.duration_until(now) <= SignedDuration::from_hours(i64::from(days) * 24))
        };
        let recent = || self.decisions.iter().rev().filter(|one| is_recent(one.at));
        let says_no = |one: &Decision| kind == DecisionKind::Go && one.is_no_go();
        let counts = recent().find(|one| one.satisfies(kind) || says_no(one));
        counts.or_else(|| recent().find(|one| one.kind == kind.as_str()))
    }

    /// How many rules hold, of how many.
    #[must_use]
    pub fn readiness(&self, now: Timestamp) -> (usize, usize) {
        let states = self.states(now);
        (states.iter().filter(|state| state.holds).count(), states.len())
    }

    /// Whether the gate may be passed now.
    ///
    /// # Errors
    /// Why not.
    pub fn may_pass(&self, project: ProjectState, now: Timestamp) -> Result<(), Refusal> {
        match project {
            ProjectState::Draft => return Err(Refusal::Draft),
            ProjectState::Archived => return Err(Refusal::Archived),
            ProjectState::Active => {}
        }
        match self.stage().map(|stage| stage.state) {
            Some(StageState::Current) => {}
            Some(StageState::Passed) => return Err(Refusal::Passed),
            Some(StageState::Ahead) | None => return Err(Refusal::Ahead),
        }
        if let Some(hold) = self.hold() {
            return Err(Refusal::Held(*hold));
        }
        let blocks = |state: &&RuleState<'_>| state.rule.is_blocking && !state.holds && state.waived.is_none();
        match self.states(now).iter().filter(blocks).count() {
            0 => Ok(()),
            blocking => Err(Refusal::Closed(blocking)),
        }
    }
}

/// Why a gate may not be passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The project is not published.
    Draft,
    /// The project is over.
    Archived,
    /// An earlier stage is current.
    Ahead,
    /// It has been passed already.
    Passed,
    /// So many blocking rules neither hold nor are waived.
    Closed(usize),
    /// A decision holds it.
    Held(Ruling),
}
