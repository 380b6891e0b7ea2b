//! The rows of effects as they are sent: one `effect` field each, in their order.

use crate::{
    decisions::rulings::model::{EFFECTS, MOST_EFFECTS},
    platform::locale::T,
    web::Fields,
};

/// One row of effects.
#[derive(Clone, Debug, Default)]
pub struct EffectRow {
    /// Its place, from 1.
    pub index: usize,
    /// One of [`EFFECTS`].
    pub kind: String,
    /// What it is, with its place.
    pub legend: String,
    /// Of a new task.
    pub title: String,
    /// Of a new task.
    pub part: String,
    /// Of a new task, or of one that somebody else is to do.
    pub assignee: String,
    /// Of a changed task: `GEO-42`.
    pub task: String,
    /// Of a moved milestone.
    pub milestone: String,
    /// The stage whose gate is held, or that is current again.
    pub stage: String,
    /// The gate that is waived, `stage`, or a rule of it, `stage:rule`.
    pub gate: String,
    /// The duty.
    pub duty: String,
    /// Who answers for it.
    pub accountable: String,
    /// Who does it.
    pub responsible: String,
    /// The day.
    pub due: String,
    /// The fingerprint of the moves that were shown.
    pub seen: String,
    /// The budget of changes, in working days.
    pub days: String,
    /// The tick of an unblocked task.
    pub is_on: bool,
    /// What the tick says.
    pub label: String,
}

impl EffectRow {
    /// The name of one of its fields, also its id.
    #[must_use]
    pub fn name(&self, field: &str) -> String {
        format!("{field}{}", self.index)
    }

    /// Nobody filled it in.
    pub(super) fn is_blank(&self) -> bool {
        match self.kind.as_str() {
            "create_task" => self.title.is_empty() && self.assignee.is_empty() && self.due.is_empty(),
            "move_task" => self.task.is_empty() && self.due.is_empty(),
            "assign_task" => self.task.is_empty() && self.assignee.is_empty(),
            "drop_task" => self.task.is_empty(),
            "unblock_task" => !self.is_on,
            "hold_gate" => self.stage.is_empty() && self.due.is_empty(),
            "waive_gate" => self.gate.is_empty() && self.due.is_empty(),
            "send_back" => self.stage.is_empty(),
            "set_duty" => self.duty.is_empty() && self.accountable.is_empty() && self.responsible.is_empty(),
            "move_launch" => self.due.is_empty(),
            "set_budget" => self.days.is_empty(),
            _ => self.milestone.is_empty() && self.due.is_empty(),
        }
    }

    /// What it is, with its place.
    pub(super) fn legend(&self, t: T) -> String {
        match self.kind.as_str() {
            "create_task" => t.decisions_effect_create(self.index),
            "move_task" => t.decisions_effect_move(self.index),
            "assign_task" => t.decisions_effect_assign(self.index),
            "drop_task" => t.decisions_effect_drop(self.index),
            "unblock_task" => t.decisions_effect_unblock(self.index),
            "hold_gate" => t.decisions_effect_hold(self.index),
            "waive_gate" => t.decisions_effect_waive(self.index),
            "send_back" => t.decisions_effect_send_back(self.index),
            "set_duty" => t.decisions_effect_duty(self.index),
            "move_launch" => t.decisions_effect_launch(self.index),
            "set_budget" => t.decisions_effect_budget(self.index),
            _ => t.decisions_effect_milestone(self.index),
        }
    }
}

pub(super) fn known_effect(text: &str) -> Option<&'static str> {
    EFFECTS.into_iter().find(|kind| *kind == text)
}

/// The rows that were sent.
pub(super) fn rows(fields: &Fields) -> Vec<EffectRow> {
    fields
        .all("effect")
        .filter_map(known_effect)
        .take(MOST_EFFECTS)
        .enumerate()
        .map(|(at, kind)| row(fields, at + 1, kind))
        .collect()
}

/// The day of launch that the first filled row asks for.
pub(in crate::decisions::rulings) fn launch_asked(fields: &Fields) -> Option<String> {
    rows(fields).into_iter().find(|row| row.kind == "move_launch" && !row.is_blank()).map(|row| row.due)
}

pub(super) fn row(fields: &Fields, index: usize, kind: &str) -> EffectRow {
    let get = |field: &str| fields.get(&format!("{field}{index}")).to_owned();
    EffectRow {
        index,
        kind: kind.to_owned(),
        title: get("title"),
        part: get("part"),
        assignee: get("assignee"),
        task: get("task"),
        milestone: get("milestone"),
        stage: get("stage"),
        gate: get("gate"),
        duty: get("duty"),
        accountable: get("accountable"),
        responsible: get("responsible"),
        due: get("due"),
        seen: get("seen"),
        days: get("days"),
        is_on: get("on") == "1",
        ..EffectRow::default()
    }
}
