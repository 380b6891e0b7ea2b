//! The rows of effects as they are sent: one `effect` field each, in their order.

use crate::{
    decisions::{
        hearing::model::task_number,
        rulings::model::{EFFECTS, MOST_EFFECTS},
    },
    platform::locale::T,
    web::{Fields, ui},
    work::reschedule::Apart,
};
use uuid::Uuid;

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
    /// The key result.
    pub key_result: String,
    /// Where it has to get.
    pub target: String,
    /// The tick of an unblocked task, or of goals that are signed off.
    pub is_on: bool,
    /// What the tick says.
    pub label: String,
    /// Who can be chosen to do it.
    pub takers: Vec<ui::Choice>,
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
            "sign_off_goals" => !self.is_on,
            "set_target" => self.key_result.is_empty() && self.target.is_empty() && self.due.is_empty(),
            "drop_key_result" => self.key_result.is_empty(),
            "set_envelope" => self.target.is_empty(),
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
            "sign_off_goals" => t.decisions_effect_sign_off(self.index),
            "set_target" => t.decisions_effect_target(self.index),
            "drop_key_result" => t.decisions_effect_drop_key_result(self.index),
            "set_envelope" => t.decisions_effect_envelope(self.index),
            _ => t.decisions_effect_milestone(self.index),
        }
    }
}

pub(super) fn known_effect(text: &str) -> Option<&'static str> {
    EFFECTS.into_iter().find(|kind| *kind == text)
}

/// Whether rows were sent that no form of ours has: more of them, or of a kind that is not known.
pub(in crate::decisions::rulings) fn has_unknown_rows(fields: &Fields) -> bool {
    fields.all("effect").count() > MOST_EFFECTS || fields.all("effect").any(|kind| known_effect(kind).is_none())
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

/// The fields of a row, each with its place behind it.
const OF_A_ROW: [&str; 16] = [
    "title",
    "part",
    "assignee",
    "task",
    "milestone",
    "stage",
    "gate",
    "duty",
    "accountable",
    "responsible",
    "due",
    "days",
    "seen",
    "on",
    "key_result",
    "target",
];

/// The place that a field of a row has behind its name.
fn place(name: &str) -> Option<(&str, usize)> {
    let field = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let place = name.strip_prefix(field)?.parse().ok()?;
    OF_A_ROW.contains(&field).then_some((field, place))
}

/// The form without the row that a button asked to take away (`remove_2`); those after it move up.
pub(in crate::decisions::rulings) fn without_row(fields: Fields) -> Fields {
    let gone: Option<usize> = fields.get("act").strip_prefix("remove_").and_then(|place| place.parse().ok());
    let Some(gone) = gone else { return fields };
    let mut pairs: Vec<(String, &str)> = Vec::new();
    let mut effects = 0;
    for (name, value) in fields.pairs() {
        if name == "effect" {
            effects += 1;
            if effects != gone {
                pairs.push((name.clone(), value));
            }
            continue;
        }
        match place(name) {
            Some((_, at)) if at == gone => {}
            Some((field, at)) if at > gone => pairs.push((format!("{field}{}", at - 1), value)),
            Some(_) | None => pairs.push((name.clone(), value)),
        }
    }
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    Fields::of(&pairs)
}

/// The day of launch that the first filled row asks for.
pub(in crate::decisions::rulings) fn launch_asked(fields: &Fields) -> Option<String> {
    rows(fields).into_iter().find(|row| row.kind == "move_launch" && !row.is_blank()).map(|row| row.due)
}

/// What other rows give a day of its own, or drop: it does not move along with the launch. A suggestion without a day does
/// nothing, so what it names moves like all else.
pub(in crate::decisions::rulings) fn dated_apart(fields: &Fields, key: &str) -> Apart {
    let mut apart = Apart::default();
    for row in rows(fields) {
        match row.kind.as_str() {
            "move_task" if row.due.is_empty() => {}
            "move_milestone" if row.due.is_empty() => {}
            "move_task" | "drop_task" => apart.tasks.extend(task_number(key, &row.task)),
            "move_milestone" => apart.milestones.extend(row.milestone.parse::<Uuid>()),
            _ => {}
        }
    }
    apart
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
        key_result: get("key_result"),
        target: get("target"),
        is_on: get("on") == "1",
        ..EffectRow::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_taken_away_and_the_others_move_up() {
        let sent = [
            ("title", "Decided"),
            ("review_on", "2027-01-01"),
            ("effect", "create_task"),
            ("title1", "First"),
            ("effect", "move_task"),
            ("task2", "GEO-1"),
            ("due2", "2026-12-01"),
            ("effect", "drop_task"),
            ("task3", "GEO-2"),
            ("effect", "set_budget"),
            ("days4", "12"),
        ];
        for (act, expected) in [
            ("remove_2", "create_task First, drop_task GEO-2, set_budget 12"),
            ("remove_1", "move_task GEO-1, drop_task GEO-2, set_budget 12"),
            ("remove_3", "create_task First, move_task GEO-1, set_budget 12"),
            ("remove_9", "create_task First, move_task GEO-1, drop_task GEO-2, set_budget 12"),
            ("list", "create_task First, move_task GEO-1, drop_task GEO-2, set_budget 12"),
        ] {
            let fields = without_row(Fields::of(&[&sent[..], &[("act", act)]].concat()));
            let found =
                rows(&fields).into_iter().map(|row| format!("{} {}{}{}", row.kind, row.title, row.task, row.days));
            assert_eq!(found.collect::<Vec<_>>().join(", "), expected, "{act}");
            assert_eq!((fields.get("title"), fields.get("review_on")), ("Decided", "2027-01-01"));
        }
    }

    #[test]
    fn only_what_gets_a_day_or_is_dropped_stays_out_of_the_moves() {
        let milestone = Uuid::from_u128(7);
        let id = milestone.to_string();
        let fields = Fields::of(&[
            ("effect", "move_task"),
            ("task1", "GEO-1"),
            ("due1", ""),
            ("effect", "move_task"),
            ("task2", "GEO-2"),
            ("due2", "2026-12-01"),
            ("effect", "drop_task"),
            ("task3", "GEO-3"),
            ("effect", "move_milestone"),
            ("milestone4", &id),
            ("due4", ""),
            ("effect", "move_milestone"),
            ("milestone5", &id),
            ("due5", "2026-12-01"),
        ]);
        assert_eq!(dated_apart(&fields, "GEO"), Apart { tasks: vec![2, 3], milestones: vec![milestone] });
    }
}
