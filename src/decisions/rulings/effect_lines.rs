//! What a decision changed, in the reader's words.

use super::store::Recorded;
use crate::{
    decisions::escalations::view::{Chip, Link},
    projects::Part,
    web::{Shell, paths, ui},
};
use jiff::civil::Date;
use serde_json::Value;

/// A recorded effect as the page shows it.
#[derive(Debug)]
pub struct EffectLine {
    /// What happened.
    pub what: String,
    /// To what.
    pub link: Link,
    /// The task's department.
    pub part: Option<Chip>,
    /// Who does the task now.
    pub who: String,
    /// The day before.
    pub before: String,
    /// The day after.
    pub after: String,
    /// How the task stands now.
    pub status: Option<ui::Status>,
}

/// A text of one language or of both, in the reader's.
fn said(shell: &Shell, value: Option<&Value>) -> String {
    let Some(value) = value else { return String::new() };
    let side = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    value.as_str().unwrap_or_else(|| shell.t.pair(side("en"), side("zh"))).to_owned()
}

/// What the effect is about.
fn link(shell: &Shell, key: &str, effect: &Recorded) -> Link {
    let t = shell.t;
    let title = t.title(effect.title.as_deref().unwrap_or_default(), effect.title_zh.as_deref()).to_owned();
    if let Some(place) = &effect.key_result {
        // What was dropped has no page of its own any more.
        let page = if effect.is_in_force { format!("goals/{place}") } else { "goals".to_owned() };
        return Link { href: paths::project(key, &page).to_string(), text: format!("KR{place} {title}") };
    }
    if effect.kind == "set_envelope" {
        let text = t.goals_money_envelope();
        return Link { href: paths::project(key, "goals/money").to_string(), text };
    }
    if effect.kind == "sign_off_goals" {
        return Link { href: paths::project(key, "goals").to_string(), text: t.tab_goals() };
    }
    let gate = |stage: &str| paths::project(key, &format!("gates/{stage}")).to_string();
    match (effect.number, &effect.duty, &effect.stage) {
        (Some(number), ..) => {
            Link { href: paths::task(key, number).to_string(), text: format!("{key}-{number} {title}") }
        }
        (None, Some(duty), _) => Link { href: paths::project(key, &format!("duties/{duty}")).to_string(), text: title },
        (None, None, Some(stage)) if effect.is_rule => {
            Link { href: gate(stage), text: t.decisions_rule_of(stage, title) }
        }
        (None, None, Some(stage)) if matches!(effect.kind.as_str(), "hold_gate" | "waive_gate") => {
            Link { href: gate(stage), text: t.gate_milestone(stage, title) }
        }
        (None, None, Some(stage)) => Link { href: gate(stage), text: t.gate_stage(stage, title) },
        (None, None, None) if effect.kind == "move_launch" => {
            Link { href: paths::project(key, "milestones").to_string(), text: t.decisions_launch_date() }
        }
        (None, None, None) if effect.kind == "set_budget" => {
            Link { href: paths::project(key, "scope").to_string(), text: t.scope_budget() }
        }
        (None, None, None) => Link { href: String::new(), text: title },
    }
}

/// A recorded effect in words.
#[must_use]
pub fn effect_line(shell: &Shell, parts: &[Part], key: &str, effect: &Recorded) -> EffectLine {
    let t = shell.t;
    let day = |day: Option<Date>| day.map(|day| shell.day(day)).unwrap_or_default();
    let (was, is) = (said(shell, effect.before_text.as_ref()), said(shell, effect.after_text.as_ref()));
    let what = match effect.kind.as_str() {
        "create_task" => t.decisions_effect_created(),
        "unblock_task" => t.decisions_effect_unblocked(),
        "assign_task" if was.is_empty() => t.decisions_effect_assigned(is),
        "assign_task" => t.decisions_effect_reassigned(is, was),
        "drop_task" => t.status_dropped(),
        "drop_key_result" => t.goals_key_result_dropped(),
        "sign_off_goals" => t.decisions_effect_signed_off(is.parse::<usize>().unwrap_or_default()),
        "set_target" if is.is_empty() => t.decisions_effect_moved(),
        "set_target" | "set_envelope" => t.decisions_effect_letters(is, was),
        "hold_gate" => t.decisions_effect_held(),
        "waive_gate" => t.decisions_effect_waived(),
        "send_back" if was.is_empty() => t.decisions_effect_current_again(),
        "send_back" => t.decisions_effect_sent_back(was),
        "set_duty" => t.decisions_effect_letters(is, was),
        "set_budget" => t.decisions_effect_letters(is, was),
        _ => t.decisions_effect_moved(),
    };
    EffectLine {
        what,
        link: link(shell, key, effect),
        part: effect.part_id.and_then(|id| parts.iter().find(|part| part.id == id)).map(|part| Chip::of(part, t)),
        who: effect.assignee.clone().unwrap_or_default(),
        before: day(effect.before_on),
        after: day(effect.after_on),
        status: effect.status.as_deref().and_then(|code| ui::Status::ALL.into_iter().find(|one| one.code() == code)),
    }
}
