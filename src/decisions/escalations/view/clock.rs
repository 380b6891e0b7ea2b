//! The clock: three steps, the current one with its time left in words.

use super::super::{Case, State, Step, dossier::StepTaken, model::span};
use crate::{
    platform::{time_left::TimeLeft, working_time::Calendar},
    web::Shell,
};
use jiff::Timestamp;

/// One of the three steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockStep {
    /// `1. Liaisons`.
    pub name: String,
    /// The icon beside it.
    pub icon: &'static str,
    /// It runs now.
    pub is_current: bool,
    /// `data-tone` of the bar; empty for none.
    pub tone: &'static str,
    /// Working minutes used.
    pub used: i64,
    /// Working minutes of the step; at least one.
    pub of: i64,
    /// What the bar says to a screen reader.
    pub label: String,
    /// Time left in words; empty unless it runs.
    pub left: String,
    /// From when to when, or until when.
    pub text: String,
}

/// The three steps of a case.
#[must_use]
pub fn clock(case: &Case, calendar: &Calendar) -> Vec<ClockStep> {
    Step::ALL.into_iter().map(|step| one(case, calendar, step)).collect()
}

fn one(case: &Case, calendar: &Calendar, step: Step) -> ClockStep {
    let (shell, dossier) = (case.shell(), case.dossier());
    let t = shell.t;
    let name = match step {
        Step::Liaisons => t.escalation_step_liaisons(),
        Step::Lead => t.escalation_step_lead(),
        Step::Committee => t.escalation_step_committee(),
    };
    match dossier.steps.iter().find(|taken| taken.step == step) {
        Some(taken) if dossier.state.step() == Some(step) => running(case, calendar, name, taken),
        Some(taken) => ended(case, calendar, name, taken),
        None => {
            let skipped = step.limit(dossier.limits()).is_none();
            let ahead = step.limit(dossier.limits()).map_or_else(String::new, |limit| {
                t.escalation_step_ahead(span(t, limit.minutes(calendar), calendar.minutes_per_day().max(1)))
            });
            let text = match (skipped, dossier.state.is_open()) {
                (true, _) => t.escalation_step_skipped(),
                (false, true) => ahead,
                (false, false) => t.escalation_step_not_needed(),
            };
            let label = text.clone();
            ClockStep {
                name,
                icon: "todo",
                is_current: false,
                tone: "",
                used: 0,
                of: 1,
                label,
                left: String::new(),
                text,
            }
        }
    }
}

fn running(case: &Case, calendar: &Calendar, name: String, taken: &StepTaken) -> ClockStep {
    let shell = case.shell();
    let t = shell.t;
    // While it stands, what is left is what was left when it stopped.
    let paused_at = case.dossier().paused_at;
    let now = paused_at.unwrap_or(shell.now);
    let left = TimeLeft::new(taken.entered_at, taken.due_at, now, calendar).without(taken.paused_minutes);
    ClockStep {
        name,
        icon: "clock",
        is_current: true,
        tone: left.tone(),
        used: left.used(),
        of: left.of,
        label: used_label(shell, left),
        left: left.words(t),
        text: match paused_at {
            Some(since) => t.questions_since(shell.moment(since)),
            None => t.escalation_step_until(shell.moment(taken.due_at)),
        },
    }
}

fn ended(case: &Case, calendar: &Calendar, name: String, taken: &StepTaken) -> ClockStep {
    let (shell, dossier) = (case.shell(), case.dossier());
    let t = shell.t;
    let ended: Timestamp = taken.left_at.unwrap_or(taken.due_at);
    let left = TimeLeft::new(taken.entered_at, taken.due_at, ended, calendar).without(taken.paused_minutes);
    let span_words = t.escalation_step_from_to(shell.moment(taken.entered_at), shell.moment(ended));
    let is_last = dossier.steps.last().is_some_and(|last| last.step == taken.step);
    let closed = is_last && !dossier.state.is_open();
    let how = match (closed, dossier.state, &taken.passed_on_by) {
        (true, State::Decided, _) => t.escalation_step_decided(),
        (true, State::Settled, _) => t.escalation_step_settled(),
        (true, State::Withdrawn, _) => t.escalation_step_withdrawn(),
        (_, _, Some(who)) if !case.is_outsider() => match taken.note.as_str() {
            "" => t.escalation_step_passed(who),
            note => t.escalation_step_passed_with(who, note),
        },
        (_, _, None) => t.escalation_step_passed_by_clock(),
        _ => t.escalation_step_passed_by_somebody(),
    };
    let is_good = closed && dossier.state != State::Withdrawn;
    ClockStep {
        name,
        icon: if is_good { "ok" } else { "check" },
        is_current: false,
        tone: if is_good { "ok" } else { "" },
        used: left.used(),
        of: left.of,
        label: used_label(shell, left),
        left: String::new(),
        text: format!("{span_words}{how}"),
    }
}

fn used_label(shell: &Shell, left: TimeLeft) -> String {
    shell.t.escalation_step_used(span(shell.t, left.used(), left.day), span(shell.t, left.of, left.day))
}
