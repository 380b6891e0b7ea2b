//! The fields of an event in the reader's words: labels, codes, dates.

use super::Recorded;
use crate::{
    platform::{locale::T, markdown},
    web::shell::Health,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde_json::Value;

/// One field that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The field as the event keeps it: `due_on`.
    pub field: String,
    /// What the field is called.
    pub label: String,
    /// What it was; empty when there was nothing, or nothing worth saying.
    pub before: String,
    /// What it is now; empty when nothing.
    pub after: String,
    /// Whether the sentence says it already, so that a short feed may leave it out.
    pub is_said: bool,
}

impl Detail {
    /// Whether both sides have a value, so that an arrow makes sense.
    #[must_use]
    pub fn has_both(&self) -> bool {
        !self.before.is_empty() && !self.after.is_empty()
    }

    /// The one side there is.
    #[must_use]
    pub fn only(&self) -> &str {
        if self.after.is_empty() { &self.before } else { &self.after }
    }
}

/// Texts that are edited over and over: once there was one before, a line only says that it changed.
const EDITED: [&str; 3] = ["description", "summary", "background"];
/// Texts that somebody says: a line shows how the new one begins.
const SPOKEN: [&str; 6] = ["statement", "rationale", "outcome", "comment", "body", "text"];
/// Texts that are written as Markdown: a line shows their words without the marks.
const MARKED: [&str; 8] = ["statement", "rationale", "outcome", "comment", "body", "text", "note", "answer"];
/// Longest value that a line shows, in characters.
const SHOWN: usize = 160;

/// All fields of an event, in the order of their names.
pub(super) fn details(t: T, zone: &TimeZone, event: &Recorded) -> Vec<Detail> {
    let (before, after) = (event.before.as_object(), event.after.as_object());
    let mut names: Vec<&String> = before.into_iter().chain(after).flat_map(serde_json::Map::keys).collect();
    names.sort_unstable();
    names.dedup();
    // What a ballot is for and why stands in the ballot, for those who may read it; events say only that it was cast.
    // The decision and who is thanked stand in the sentence; whom a duty concerns is for those who tell them.
    names.retain(|name| !matches!(name.as_str(), "because" | "touched" | "thanked" | "thanked_id"));
    names.retain(|name| !(event.kind.starts_with("ballot.c") && matches!(name.as_str(), "option" | "reason")));
    names
        .into_iter()
        .map(|name| {
            let of = |side: Option<&serde_json::Map<String, Value>>| {
                side.and_then(|fields| fields.get(name))
                    .map_or_else(String::new, |value| word(t, zone, event, name, value))
            };
            let (was, is) = (of(before), of(after));
            let is_emptied = is.is_empty() && after.is_some_and(|fields| fields.contains_key(name));
            let (before, after) = match (was.is_empty(), is_emptied) {
                (false, true) if EDITED.contains(&name.as_str()) => (String::new(), t.events_value_removed()),
                (false, true) => (was, t.events_value_none()),
                (false, false) if EDITED.contains(&name.as_str()) => (String::new(), t.events_value_changed()),
                (false, false) if SPOKEN.contains(&name.as_str()) => (String::new(), is),
                _ => (was, is),
            };
            Detail {
                // Of what was superseded it is what came in its place; elsewhere it is what ended something.
                label: if name == "decision" && event.kind != "decision.superseded" {
                    t.events_field_by_decision()
                } else {
                    label(t, name)
                },
                is_said: is_said(event, name, is_emptied),
                before,
                after,
                field: name.clone(),
            }
        })
        .filter(|detail| !detail.before.is_empty() || !detail.after.is_empty())
        .collect()
}

/// Whether the sentence tells a field already. What a task waited for goes without saying once it is not blocked.
fn is_said(event: &Recorded, name: &str, is_emptied: bool) -> bool {
    match (event.kind.as_str(), name) {
        ("task.status_changed", "status")
        | ("task.watched", "watcher")
        | ("task.dependency_added" | "task.dependency_removed", "task")
        | ("milestone.changed" | "milestone.reached", "reached_on")
        | ("escalation.settled" | "escalation.withdrawn" | "escalation.decided", "state")
        | ("escalation.decided" | "decision.superseded", "decision")
        | ("decision.recorded" | "request.escalated" | "request.asked", "escalation")
        | ("request.countered" | "request.declined", "insisted")
        | ("change.settled", "decision" | "escalation" | "state")
        | ("project.health_declared", "declared")
        | ("project.published" | "project.archived" | "project.restored", "state") => true,
        ("escalation.time_runs_out", "time_left" | "state") | ("escalation.time_over", "state") => true,
        ("task.status_changed", "blocked_reason" | "waits_for") => is_emptied,
        _ => false,
    }
}

fn word(t: T, zone: &TimeZone, event: &Recorded, name: &str, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => t.events_value_yes(),
        Value::Bool(false) => t.events_value_no(),
        Value::Number(number) => coded(t, event, name, &number.to_string()).unwrap_or_else(|| number.to_string()),
        Value::String(text) => written(t, zone, event, name, text),
        Value::Array(values) if values.is_empty() => t.events_value_none(),
        Value::Array(values) => {
            let words: Vec<String> = values.iter().map(|value| word(t, zone, event, name, value)).collect();
            t.list(&words)
        }
        Value::Object(map) => {
            if let (2, Some(Value::String(en)), Some(Value::String(zh))) = (map.len(), map.get("en"), map.get("zh")) {
                return t.pair(en, zh).to_owned();
            }
            let words: Vec<String> =
                map.iter().map(|(key, value)| t.labelled(key.as_str(), word(t, zone, event, name, value))).collect();
            t.list(&words)
        }
    }
}

fn written(t: T, zone: &TimeZone, event: &Recorded, name: &str, text: &str) -> String {
    if let Some(word) = coded(t, event, name, text) {
        return word;
    }
    if text.len() == 10
        && let Ok(date) = text.parse::<Date>()
    {
        return t.date(date);
    }
    if name == "month"
        && let Ok(month) = format!("{text}-01").parse::<Date>()
    {
        return t.month(month);
    }
    if text.len() >= 20
        && let Ok(at) = text.parse::<Timestamp>()
    {
        let local = at.to_zoned(zone.clone());
        return format!("{} {}", t.date(local.date()), local.strftime("%H:%M"));
    }
    let text = if MARKED.contains(&name) {
        markdown::to_text(text)
    } else {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    if text.chars().count() > SHOWN {
        return text.chars().take(SHOWN).chain(['…']).collect();
    }
    text
}

/// The word for a code of a field that holds codes; anything else is shown as it stands.
fn coded(t: T, event: &Recorded, name: &str, code: &str) -> Option<String> {
    let group = match name {
        "role" if event.subject_kind == "person" => "person-role",
        "kind" if event.subject_kind == "calendar_day" => "day",
        "step" => "state",
        name => name,
    };
    Some(match (group, code) {
        ("status", code) => return status(t, code),
        ("webhook_address" | "signing_secret", "new") => t.events_value_changed(),
        ("signing_secret", "gone") => t.events_value_removed(),
        ("topics", "escalations") => t.chats_topic_escalations(),
        ("topics", "requests") => t.chats_topic_requests(),
        ("topics", "changes") => t.chats_topic_changes(),
        ("topics", "gates") => t.chats_topic_gates(),
        ("topics", "dates") => t.chats_topic_dates(),
        ("topics", "blocked") => t.chats_topic_blocked(),
        ("service", "slack") => t.chats_slack(),
        ("service", "feishu") => t.chats_feishu(),
        ("service", "dingtalk") => t.chats_dingtalk(),
        ("service", "wecom") => t.chats_wecom(),
        ("pause", "refused") => t.chats_pause_refused(),
        ("pause", "not_allowed") => t.chats_pause_not_allowed(),
        ("pause", "certificate") => t.chats_pause_certificate(),
        ("pause", "silent") => t.chats_pause_silent(),
        (name, "at_once") if name.starts_with("letters_") => t.letters_at_once(),
        (name, "digest") if name.starts_with("letters_") => t.letters_in_digest(),
        (name, "never") if name.starts_with("letters_") => t.letters_never(),
        ("value", "yes") => t.events_value_yes(),
        ("value", "no") => t.events_value_no(),
        ("health" | "declared", code) => Health::parse(code).label(t),
        ("rule", "chair") => t.rules_rule_chair(),
        ("rule", "majority") => t.rules_rule_majority(),
        ("rule", "consent") => t.rules_rule_consent(),
        ("option", "–") => t.events_value_option_none(),
        ("role", "gtm_lead") => t.role_gtm_lead(),
        ("role", "liaison") => t.role_liaison(),
        ("role", "member") => t.role_member(),
        ("role", "committee") => t.role_committee(),
        ("role", "chair") => t.role_chair(),
        ("role", "adviser") => t.role_adviser(),
        ("role", "viewer") => t.role_viewer(),
        ("language", "en") => "English".to_owned(),
        ("language", "zh-CN") => "简体中文".to_owned(),
        ("state", "liaisons") => t.events_value_state_with_liaisons(),
        ("state", "lead") => t.events_value_state_with_lead(),
        ("state", "committee") => t.events_value_state_with_committee(),
        ("priority", "low") => t.events_value_priority_low(),
        ("priority", "normal") => t.events_value_priority_normal(),
        ("priority", "high") => t.events_value_priority_high(),
        ("priority", "urgent") => t.events_value_priority_urgent(),
        ("state", "draft") => t.events_value_state_draft(),
        ("state", "active") => t.events_value_state_active(),
        ("state", "archived") => t.events_value_state_archived(),
        ("state", "asked" | "sized" | "accepted" | "declined" | "over_budget") if event.subject_kind == "change" => {
            change_state(t, code)
        }
        ("state", "ahead") => t.events_value_state_ahead(),
        ("state", "current") => t.events_value_state_current(),
        ("state", "passed") => t.events_value_state_passed(),
        ("state", "with_liaisons") => t.events_value_state_with_liaisons(),
        ("state", "with_lead") => t.events_value_state_with_lead(),
        ("state", "with_committee") => t.events_value_state_with_committee(),
        ("state", "decided") => t.events_value_state_decided(),
        ("state", "settled") => t.events_value_state_settled(),
        ("state", "withdrawn") => t.events_value_state_withdrawn(),
        ("person-role", "administrator") => t.events_value_person_role_administrator(),
        ("person-role", "member") => t.events_value_person_role_member(),
        ("person-role", "guest") => t.events_value_person_role_guest(),
        ("visibility", "organisation") => t.events_value_visibility_organisation(),
        ("visibility", "seats") => t.events_value_visibility_seats(),
        ("day", "holiday") => t.events_value_day_holiday(),
        ("day", "working") => t.events_value_day_working(),
        ("purpose", "invitation") => t.events_value_purpose_invitation(),
        ("purpose", "password_reset") => t.events_value_purpose_password_reset(),
        ("way", "letter_link") => t.events_value_way_letter_link(),
        ("theme", "light") => t.events_value_theme_light(),
        ("theme", "dark") => t.events_value_theme_dark(),
        ("theme", "system") => t.events_value_theme_system(),
        ("tier", "1") => t.events_value_tier_1(),
        ("tier", "2") => t.events_value_tier_2(),
        ("tier", "3") => t.events_value_tier_3(),
        ("fields", "vision") => t.goals_strategy_vision(),
        ("fields", "strategy") => t.goals_strategy_way(),
        ("fields", "audience") => t.goals_strategy_audience(),
        ("fields", "need") => t.goals_strategy_need(),
        ("fields", "difference") => t.goals_strategy_difference(),
        ("fields", "worth") => t.goals_strategy_worth(),
        _ => return None,
    })
}

/// Where a requirement change is.
fn change_state(t: T, code: &str) -> String {
    match code {
        "asked" => t.scope_state_asked(),
        "sized" => t.scope_state_sized(),
        "accepted" => t.scope_state_accepted(),
        "declined" => t.scope_state_declined(),
        _ => t.scope_state_over_budget(),
    }
}

fn status(t: T, code: &str) -> Option<String> {
    Some(match code {
        "todo" => t.status_todo(),
        "doing" => t.status_doing(),
        "review" => t.status_review(),
        "blocked" => t.status_blocked(),
        "done" => t.status_done(),
        "dropped" => t.status_dropped(),
        _ => return None,
    })
}

/// What a field is called; a field without a label of its own is shown by its name.
#[expect(clippy::too_many_lines, reason = "one line a field")]
fn label(t: T, name: &str) -> String {
    match name {
        "status" => t.events_field_status(),
        "name_en" => t.departments_name_en(),
        "name_zh" => t.departments_name_zh(),
        "part" => t.events_field_department(),
        "rules" => t.events_field_rules(),
        "state" => t.events_field_state(),
        "priority" => t.events_field_priority(),
        "assignee" => t.events_field_assignee(),
        "department" => t.events_field_department(),
        "due_on" => t.events_field_due_on(),
        "starts_on" => t.events_field_starts_on(),
        "ends_on" => t.events_field_ends_on(),
        "title" => t.events_field_title(),
        "description" => t.events_field_description(),
        "milestone" => t.events_field_milestone(),
        "stage" => t.events_field_stage(),
        "blocked_reason" => t.events_field_blocked_reason(),
        "waits_for" => t.events_field_waits_for(),
        "role" => t.events_field_role(),
        "name" => t.events_field_name(),
        "email" => t.events_field_email(),
        "visibility" => t.events_field_visibility(),
        "tier" => t.events_field_tier(),
        "launches_on" => t.events_field_launches_on(),
        "value" => t.events_field_value(),
        "evidence" => t.events_field_evidence(),
        "letters" => t.events_field_letters(),
        "option" => t.events_field_option(),
        "reason" => t.events_field_reason(),
        "summary" => t.events_field_summary(),
        "language" => t.events_field_language(),
        "time_zone" => t.events_field_time_zone(),
        "theme" => t.events_field_theme(),
        "working_days" => t.events_field_working_days(),
        "day_starts" => t.events_field_day_starts(),
        "day_ends" => t.events_field_day_ends(),
        "kind" => t.events_field_kind(),
        "days" => t.events_field_days(),
        "date" => t.events_field_date(),
        "code" => t.events_field_code(),
        "colour" => t.events_field_colour(),
        "head" => t.events_field_head(),
        "short" => t.events_field_short(),
        "position" => t.events_field_position(),
        "quorum" => t.events_field_quorum(),
        "person" => t.events_field_person(),
        "capacity" => t.events_field_capacity(),
        "purpose" => t.events_field_purpose(),
        "way" => t.events_field_way(),
        "work_link" => t.letters_work_link(),
        "task" => t.events_field_task(),
        "question" => t.events_field_question(),
        "background" => t.events_field_background(),
        "step" => t.events_field_step(),
        "outcome" => t.events_field_outcome(),
        "statement" => t.events_field_statement(),
        "rationale" => t.events_field_rationale(),
        "owner" => t.events_field_owner(),
        "review_on" => t.events_field_review_on(),
        "effects" => t.events_field_effects(),
        "until_on" => t.events_field_until_on(),
        "note" => t.events_field_note(),
        "criteria" => t.events_field_criteria(),
        "holds" => t.events_field_holds(),
        "comment" => t.events_field_comment(),
        "decision" => t.events_field_decision(),
        "watcher" => t.events_field_watcher(),
        "blueprint" => t.events_field_blueprint(),
        "parts" => t.events_field_parts(),
        "guest" => t.events_field_guest(),
        "key" => t.events_field_key(),
        "answer" => t.events_field_answer(),
        "browser" => t.events_field_browser(),
        "address" => t.events_field_address(),
        "recommended" => t.events_field_recommended(),
        "launch" => t.events_field_launch(),
        "tasks" => t.events_field_tasks(),
        "reached_on" => t.events_field_reached_on(),
        "from_part" => t.events_field_from_part(),
        "to_part" => t.events_field_to_part(),
        "due_at" => t.events_field_due_at(),
        "letters_waits" => t.letters_waits(),
        "letters_tasks" => t.letters_tasks(),
        "letters_requests" => t.letters_requests(),
        "letters_escalations" => t.letters_escalations(),
        "letters_decisions" => t.letters_decisions(),
        "letters_project" => t.letters_project(),
        "digest_hour" => t.letters_hour(),
        "rule" => t.rules_rule(),
        "hides_results" => t.rules_hides(),
        "deputy" => t.rules_deputy(),
        "away_until" => t.rules_away_until(),
        "pack_version" => t.pack_version_field(),
        "service" => t.chats_service(),
        "topics" => t.chats_topics(),
        "webhook_address" => t.chats_address(),
        "signing_secret" => t.chats_secret(),
        "pause" => t.chats_because(),
        "wanted_on" => t.events_field_wanted_on(),
        "offered_on" => t.events_field_offered_on(),
        "promised_on" => t.events_field_promised_on(),
        "escalation" => t.events_field_escalation(),
        "health" => t.health_computed(),
        "declared" => t.health_declared(),
        "reasons" => t.health_reasons(),
        "size" => t.scope_size(),
        "budget" => t.scope_budget(),
        "locked_on" => t.scope_locked_on(),
        "why" => t.events_field_why(),
        "baseline" => t.events_field_baseline(),
        "target" => t.events_field_target(),
        "amount" => t.goals_pool_amount(),
        "weights" => t.goals_pool_weights(),
        "objectives" => t.events_field_objectives(),
        "key_results" => t.events_field_key_results(),
        "complete" => t.events_field_complete(),
        "left" => t.events_field_left(),
        "linked" => t.events_field_linked(),
        "month" => t.events_field_month(),
        "figure" => t.events_field_figure(),
        "confidence" => t.events_field_confidence(),
        "period" => t.goals_kpi_period(),
        "better" => t.events_field_better(),
        "warning" => t.goals_kpi_warning(),
        "alarm" => t.goals_kpi_alarm(),
        "answers" => t.events_field_answers(),
        "lines" => t.goals_money_lines(),
        "envelope" => t.goals_money_envelope(),
        "result" => t.goals_money_result(),
        "break_even" => t.goals_money_break_even(),
        "expected_on" => t.events_field_expected_on(),
        "figures" => t.goals_money_actual(),
        "product_side" => t.scope_product_side(),
        "rnd_side" => t.scope_rnd_side(),
        "fields" => t.events_field_fields(),
        "vision" => t.goals_strategy_vision(),
        "asks_again" => t.events_field_asks_again(),
        "requests_escalate_by_themselves" => t.events_field_requests_escalate_by_themselves(),
        "limit_liaisons" => t.limits_liaisons(),
        "limit_lead" => t.limits_lead(),
        "limit_committee" => t.limits_committee(),
        other => other.replace('_', " "),
    }
}
