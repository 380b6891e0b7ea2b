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
//! - *A figure that an indicator answers*: see `measured.rs`.
//!
//! Everything else the lead attests; the newest attestation of a figure counts.
//!
//! What decisions say comes on top: a gate that is held does not open before its day, even when its rules hold; a rule that
//! is waived does not keep it closed up to and on the day of the waiver. A decision that nobody voted on waives no rule that
//! asks for the committee's go. When a gate was passed under a waiver and the waiver has ended, what it covered and does not
//! hold keeps the next gate closed, until it holds or a decision waives that gate.

use super::{
    facts::{Attested, Carried, Decision, GateFacts, Item, Missing, Rule, StageState},
    goals::{self, Found},
    measured, money,
    rulings::Ruling,
};
use crate::{
    platform::ids::StageId,
    playbook::readers::Readers,
    projects::{
        ProjectState,
        blueprints::{Attestation, Check, DecisionKind},
    },
};
use jiff::{SignedDuration, Timestamp};

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

    fn of_measured(found: measured::Found<'a>) -> Self {
        Self::new(found.gap.is_none(), Source::Measured(found))
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
    /// The figures of an indicator.
    Measured(measured::Found<'a>),
    /// A person's word.
    Attested {
        /// What is asked.
        asked: &'a Attestation,
        /// What was said last.
        last: Option<&'a Attested>,
    },
}

impl GateFacts {
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
                if let Some(of) = self.measured(&asked.metric) {
                    return Condition::of_measured(measured::found(of, asked, self.today));
                }
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
