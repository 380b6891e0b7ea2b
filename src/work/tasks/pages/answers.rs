//! Escalations about a task, the decisions that came of them and the requests about it, in the reader's words.

use super::super::store::detail::{Decided, Detail, Escalation, Request};
use crate::{
    projects::Part,
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
    /// Which one took its place; empty where none did.
    pub superseded: String,
    /// The day on which it was made; empty where that is said elsewhere.
    pub when: String,
}

/// Decisions about one side of the task: the last one says why it is as it is.
#[derive(Default)]
pub(super) struct Decisions {
    /// The last one.
    pub last: Option<DecisionRow>,
    /// Those before, newest first.
    pub earlier: Vec<DecisionRow>,
}

impl Decisions {
    fn add(&mut self, row: DecisionRow) {
        let has_said = |known: &DecisionRow| known.label == row.label && known.did == row.did;
        match &self.last {
            None => self.last = Some(row),
            // A date that moved by itself and along with the launch is one change of one decision.
            Some(last) if has_said(last) || self.earlier.iter().any(has_said) => {}
            Some(_) => self.earlier.push(row),
        }
    }
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
                superseded: String::new(),
                when: String::new(),
            }),
        }
    };
    found.escalations.iter().map(row).collect()
}

/// The decisions that say why the task is due when it is, and those that say why it is somebody's.
pub(super) fn decisions(shell: &Shell, key: &str, found: &Detail) -> (Decisions, Decisions) {
    let t = shell.t;
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
        superseded: decided.superseded_by.map(|number| t.task_superseded(format!("D-{number}"))).unwrap_or_default(),
        when: shell.day(decided.decided_at.to_zoned(shell.zone.clone()).date()),
    };
    let (mut dated, mut assigned) = (Decisions::default(), Decisions::default());
    for one in &found.decisions {
        let side = if one.kind == "assign_task" { &mut assigned } else { &mut dated };
        side.add(row(one));
    }
    (dated, assigned)
}

/// A request about the task.
pub(super) struct RequestRow {
    /// `R-7`.
    pub label: String,
    /// What is needed.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Whose it is and where it stands.
    pub words: String,
    /// How often it slipped, in words; empty when it did not.
    pub slips: String,
    /// It waits for an answer or for what is promised.
    pub is_open: bool,
    /// Whoever is asked still has time to answer.
    pub is_answering: bool,
    /// Who is asked.
    pub to: crate::platform::ids::PartId,
}

/// Those that the task is the promise of and those that are for it, newest first.
pub(super) fn requests(shell: &Shell, key: &str, parts: &[Part], found: &Detail) -> Vec<RequestRow> {
    let t = shell.t;
    let name = |id| parts.iter().find(|part| part.id == id).map(|part| part.name(t)).unwrap_or_default();
    let row = |one: &Request| {
        let until = one.answer_due_at.map(|at| shell.moment(at)).unwrap_or_default();
        let day = one.promised_on.map(|day| shell.day(day)).unwrap_or_default();
        let (asker, asked) = (name(one.from_part_id), name(one.to_part_id));
        let done_on = one.promised_done_at.map(|at| at.to_zoned(shell.zone.clone()).date());
        let is_done = one.promised_status == "done";
        let last = if is_done { done_on } else { Some(shell.today()) };
        let is_late = one.promised_on.is_some() && (last > one.promised_on || one.promised_status == "dropped");
        let slips = one.overruns + i64::from(one.late_counts && is_late);
        RequestRow {
            label: format!("R-{}", one.number),
            title: one.title.clone(),
            href: paths::request(key, one.number).to_string(),
            words: match one.state.as_str() {
                "asked" => t.task_request_asked(asked, until),
                "countered" => t.task_request_countered(asked),
                "accepted" if one.is_promise => t.task_request_promised_to(day, asker),
                "accepted" => t.task_request_promised_by(day, asked),
                "declined" => t.task_request_declined(asked),
                "escalated" => t.task_request_escalated(),
                _ => t.task_request_withdrawn(asker),
            },
            slips: if slips > 0 { t.task_request_slips(slips) } else { String::new() },
            is_open: matches!(one.state.as_str(), "asked" | "countered") || one.state == "accepted" && !is_done,
            is_answering: one.state == "asked" && one.answer_due_at.is_some_and(|due| due > shell.now),
            to: one.to_part_id,
        }
    };
    found.requests.iter().map(row).collect()
}
