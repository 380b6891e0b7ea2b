//! Escalations about a task and the decisions that came of them, in the reader's words.

use super::super::store::detail::{Decided, Detail, Escalation};
use crate::{
    platform::locale::T,
    web::{Shell, paths},
};

/// An escalation about the task.
pub(super) struct EscalationRow {
    /// `E-3`.
    pub label: String,
    /// The question.
    pub question: String,
    /// Its page.
    pub href: String,
    /// Still looking for an answer.
    pub is_open: bool,
    /// Where it is and until when, or how it ended.
    pub words: String,
    /// The decision that came of it.
    pub decision: Option<DecisionRow>,
}

/// A decision.
pub(super) struct DecisionRow {
    /// `D-2`.
    pub label: String,
    /// What is decided.
    pub title: String,
    /// Its page.
    pub href: String,
    /// What it did to the task; empty where that is said elsewhere.
    pub did: String,
    /// It gave the task to somebody else.
    pub has_assigned: bool,
}

/// Those under way first.
pub(super) fn escalations(shell: &Shell, key: &str, found: &Detail) -> Vec<EscalationRow> {
    let t = shell.t;
    let row = |one: &Escalation| {
        let until = one.due_at.map(|at| shell.moment(at)).unwrap_or_default();
        let closed = one.closed_at.map(|at| shell.moment(at)).unwrap_or_default();
        EscalationRow {
            label: format!("E-{}", one.number),
            question: one.question.clone(),
            href: paths::escalation(key, one.number).to_string(),
            is_open: one.closed_at.is_none(),
            words: match one.state.as_str() {
                "with_committee" => t.task_escalation_until(until, t.events_value_state_with_committee()),
                "with_lead" => t.task_escalation_until(until, t.events_value_state_with_lead()),
                "with_liaisons" => t.task_escalation_until(until, t.events_value_state_with_liaisons()),
                "decided" => t.task_escalation_decided(),
                "settled" => t.task_escalation_settled(closed),
                _ => t.task_escalation_withdrawn(closed),
            },
            decision: one.decision.map(|number| DecisionRow {
                label: format!("D-{number}"),
                title: one.decision_title.clone().unwrap_or_default(),
                href: paths::decision(key, number).to_string(),
                did: String::new(),
                has_assigned: false,
            }),
        }
    };
    found.escalations.iter().map(row).collect()
}

/// The decisions that made the task or changed it.
pub(super) fn decisions(t: T, key: &str, found: &Detail) -> Vec<DecisionRow> {
    let row = |decided: &Decided| DecisionRow {
        label: format!("D-{}", decided.number),
        title: decided.title.clone(),
        href: paths::decision(key, decided.number).to_string(),
        did: match decided.kind.as_str() {
            "move_task" | "carry_task" => t.task_moved_by(),
            "assign_task" => t.task_assigned_by(),
            "drop_task" => t.task_dropped_by(),
            _ => t.task_made_by(),
        },
        has_assigned: decided.kind == "assign_task",
    };
    found.decisions.iter().map(row).collect()
}
