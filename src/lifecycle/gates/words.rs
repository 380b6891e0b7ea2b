//! Checks and kinds of decisions in the reader's words.

use crate::{
    platform::locale::T,
    projects::blueprints::{Check, DecisionKind, Unit},
};

/// A check in one phrase: what it asks, without what stands.
pub(super) fn words(t: T, check: &Check) -> String {
    let inner = |part: &Check| {
        let phrase = words(t, part);
        if matches!(part, Check::All { .. } | Check::Any { .. }) { t.gate_in_brackets(phrase) } else { phrase }
    };
    let joined =
        |of: &[Check], join: &dyn Fn(String, String) -> String| of.iter().map(inner).reduce(join).unwrap_or_default();
    match check {
        Check::LiaisonCoverage => t.gate_liaisons_all(),
        Check::ItemsDone { .. } | Check::ItemStatusNot { .. } => t.gate_asks_items(),
        Check::GateItemsOpenZero => t.gate_asks_evidence(),
        Check::DecisionRecorded { decision: DecisionKind::Go, .. } => t.gate_asks_go(),
        Check::DecisionRecorded { decision, .. } => t.gate_asks_decision(decision_kind(t, *decision)),
        Check::ObjectivesComplete => t.gate_asks_objectives(),
        Check::SplitComplete => t.gate_asks_split(),
        Check::BreakEvenRecorded => t.gate_asks_break_even(),
        Check::BreakEvenSlipAtMost { days } => t.gate_asks_break_even_slip(i64::from(*days)),
        Check::PlaybookAcknowledged => t.gate_asks_playbook(),
        Check::Attested(asked) if asked.unit == Unit::YesNo => t.pair(&asked.en, &asked.zh).to_owned(),
        Check::Attested(asked) => asked.in_words(t),
        Check::All { of } => joined(of, &|a, b| t.gate_and(a, b)),
        Check::Any { of } => joined(of, &|a, b| t.gate_or(a, b)),
    }
}

/// What a decision is about.
pub(super) fn decision_kind(t: T, kind: DecisionKind) -> String {
    match kind {
        DecisionKind::Go => t.gate_decision_go(),
        DecisionKind::Price => t.gate_decision_price(),
        DecisionKind::QuarterReview => t.gate_decision_quarter_review(),
        DecisionKind::Change => t.gate_decision_change(),
        DecisionKind::BreakEven => t.gate_decision_break_even(),
    }
}
