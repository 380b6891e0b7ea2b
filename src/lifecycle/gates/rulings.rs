//! What decisions say about a gate; pure.

use super::facts::{GateFacts, Rule};
use crate::platform::ids::GateRuleId;
use jiff::civil::Date;
use serde::Deserialize;

/// What a decision says about a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RulingKind {
    /// It does not open before the day.
    Hold,
    /// A rule, or every rule, does not keep it closed up to and on the day.
    Waiver,
}

/// The newest of its kind about a gate or one of its rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Ruling {
    /// Which.
    pub kind: RulingKind,
    /// The rule; none for the whole gate.
    pub rule_id: Option<GateRuleId>,
    /// The day.
    pub until_on: Date,
    /// 4 of `D-4`.
    pub decision: i32,
    /// The committee voted on it, and the quorum was met.
    pub is_voted: bool,
}

impl GateFacts {
    /// The waiver of a rule that counts today; one of the rule itself before one of the whole gate.
    pub(super) fn waiver(&self, rule: &Rule) -> Option<&Ruling> {
        let asks_go = rule.check.asks_go();
        let counts =
            |one: &&Ruling| one.kind == RulingKind::Waiver && self.today <= one.until_on && (one.is_voted || !asks_go);
        let of = |rule: Option<GateRuleId>| self.rulings.iter().filter(counts).find(move |one| one.rule_id == rule);
        of(Some(rule.id)).or_else(|| of(None))
    }

    /// What holds the gate closed today, whatever its rules say.
    #[must_use]
    pub fn hold(&self) -> Option<&Ruling> {
        self.rulings.iter().find(|one| one.kind == RulingKind::Hold && self.today < one.until_on)
    }
}
