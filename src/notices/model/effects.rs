//! What one decision, or one move of the plan, did to what concerns a person: one line for all of it; pure.

use crate::{
    events::{Kind, Recorded},
    platform::{ids::EventId, locale::T},
};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::HashMap;

/// So few dates are named one by one; of more a line says how many.
const NAMED: i32 = 2;

/// What is folded into a line because the same decision, or the same move of the plan, did it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// The first of these events: what is no date before dates.
    pub ids: Vec<EventId>,
    /// How many of them are dates that moved.
    pub moved: i32,
    /// How many there are.
    pub count: i32,
}

impl Folded {
    /// How much more happened than its headline and what is folded.
    #[must_use]
    pub fn rest(&self, count: i32) -> i64 {
        (i64::from(count) - i64::from(self.count) - 1).max(0)
    }

    /// A sentence with what was done; the sentence alone when nothing else was.
    #[must_use]
    pub fn add_to(&self, t: T, sentence: String, head: &Recorded, events: &HashMap<EventId, Recorded>) -> String {
        let words = self.words(t, head, events);
        match words.into_iter().reduce(|said, more| t.notices_effects_and(more, said)) {
            Some(effects) => t.notices_effects(effects, sentence),
            None => sentence,
        }
    }

    fn words(&self, t: T, head: &Recorded, events: &HashMap<EventId, Recorded>) -> Vec<String> {
        let own = (head.kind == Kind::ScheduleChanged.as_str()).then_some(head);
        let found = own.into_iter().chain(self.ids.iter().filter_map(|id| events.get(id)));
        let mut words: Vec<String> = Vec::new();
        for event in found.filter(|event| self.moved <= NAMED || !is_date(event)) {
            words.extend(effect(t, event).filter(|new| !words.contains(new)));
        }
        if self.moved > NAMED {
            words.push(t.notices_effect_dates(i64::from(self.moved)));
        }
        words
    }
}

fn is_date(event: &Recorded) -> bool {
    matches!(Kind::parse(&event.kind), Some(Kind::TaskMoved | Kind::MilestoneMoved))
}

/// `GEO-42 “Price list”`; a title alone where there is no number.
fn thing(t: T, event: &Recorded) -> String {
    let title = t.title(&event.subject_title, event.subject_title_zh.as_deref());
    match event.subject_label.as_str() {
        "" => t.notices_effect_thing(title),
        label => t.notices_effect_named(label, title),
    }
}

/// A text of one language or of both.
fn text(t: T, value: &Value) -> Option<&str> {
    let side = |name: &str| value.get(name).and_then(Value::as_str);
    value.as_str().or_else(|| Some(t.pair(side("en")?, side("zh")?))).filter(|text| !text.is_empty())
}

/// What one event did, in few words; none of what a line need not name.
fn effect(t: T, event: &Recorded) -> Option<String> {
    let after = |name: &str| event.after.get(name).and_then(|value| text(t, value));
    let day = |side: &Value, name: &str| Some(t.date(side.get(name)?.as_str()?.parse::<Date>().ok()?));
    let moved = |name: &str| Some((day(&event.before, name)?, day(&event.after, name)?));
    let stage = |event: &Recorded| {
        let name = t.title(&event.subject_title, event.subject_title_zh.as_deref());
        t.notices_effect_stage(&event.subject_label, name)
    };
    match Kind::parse(&event.kind)? {
        Kind::TaskCreated => Some(t.notices_effect_gets(after("department")?, thing(t, event))),
        Kind::TaskAssigned => match after("assignee") {
            Some(assignee) => Some(t.notices_effect_assigned(thing(t, event), assignee)),
            None => Some(t.notices_effect_unassigned(thing(t, event))),
        },
        Kind::TaskStatusChanged if after("status") == Some("dropped") => {
            Some(t.notices_effect_dropped(thing(t, event)))
        }
        Kind::KeyResultChanged => match after("target") {
            Some(target) => Some(t.notices_effect_target(target, thing(t, event))),
            None => {
                let (was, is) = moved("due_on")?;
                Some(t.notices_effect_moved(is, thing(t, event), was))
            }
        },
        Kind::KeyResultDropped => Some(t.notices_effect_dropped(thing(t, event))),
        Kind::GoalsSignedOff => Some(t.notices_effect_signed_off()),
        Kind::TaskStatusChanged => Some(t.notices_effect_unblocked(thing(t, event))),
        Kind::TaskMoved | Kind::MilestoneMoved => {
            let (was, is) = moved("due_on")?;
            Some(t.notices_effect_moved(is, thing(t, event), was))
        }
        Kind::ScheduleChanged => match (moved("launches_on"), moved("starts_on")) {
            (Some((was, is)), _) => Some(t.notices_effect_launch(is, was)),
            (None, Some((was, is))) => Some(t.notices_effect_start(is, was)),
            (None, None) => None,
        },
        Kind::DutyChanged => duty(t, event),
        Kind::StageSentBack => Some(t.notices_effect_back(stage(event))),
        Kind::GateHeld => Some(t.notices_effect_held(day(&event.after, "until_on")?, stage(event))),
        Kind::GateWaived => Some(t.notices_effect_waived(day(&event.after, "until_on")?, stage(event))),
        Kind::RuleWaived => Some(t.notices_effect_rule_waived(day(&event.after, "until_on")?, stage(event))),
        Kind::BudgetRaised => {
            let days = event.after.get("budget").map(|days| days.to_string().trim_matches('"').to_owned())?;
            Some(t.notices_effect_budget(days))
        }
        _ => None,
    }
}

/// Who answers for a duty now, and who does it.
fn duty(t: T, event: &Recorded) -> Option<String> {
    let touched = event.after.get("touched")?;
    let name = t.title(&event.subject_title, event.subject_title_zh.as_deref());
    let part = |letter: &str| touched.get(letter).and_then(|value| text(t, value));
    let answers = part("accountable").map(|part| t.notices_effect_answers(name, part));
    let does = part("responsible").map(|part| t.notices_effect_does(name, part));
    match (answers, does) {
        (Some(answers), Some(does)) => Some(t.notices_effects_and(does, answers)),
        (answers, does) => answers.or(does),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::locale::Language;
    use serde_json::json;

    fn event(kind: Kind, subject: (&str, &str), before: Value, after: Value) -> Recorded {
        Recorded {
            id: EventId(crate::platform::ids::new_uuid()),
            at: jiff::Timestamp::UNIX_EPOCH,
            project_id: None,
            actor_id: None,
            actor_name: "Zhou Wen".to_owned(),
            kind: kind.as_str().to_owned(),
            subject_kind: String::new(),
            subject_id: uuid::Uuid::nil(),
            subject_label: subject.0.to_owned(),
            subject_title: subject.1.to_owned(),
            subject_title_zh: None,
            before,
            after,
            request_id: String::new(),
        }
    }

    fn said(language: Language, head: &Recorded, effects: Vec<Recorded>, moved: i32) -> String {
        let ids = effects.iter().map(|event| event.id).collect();
        let folded = Folded { ids, moved, count: i32::try_from(effects.len()).unwrap() };
        let events = effects.into_iter().map(|event| (event.id, event)).collect();
        folded.add_to(T(language), "S".to_owned(), head, &events)
    }

    #[test]
    fn one_line_names_what_a_decision_did() {
        let head = event(Kind::DecisionRecorded, ("D-2", "Go on"), json!({}), json!({}));
        let rnd = json!({ "en": "R&D", "zh": "研发" });
        let effects = || {
            vec![
                event(Kind::TaskCreated, ("GEO-84", "Fix"), json!({}), json!({ "department": rnd })),
                event(Kind::DutyChanged, ("a1_x", "Support"), json!({}), json!({ "touched": { "accountable": rnd } })),
                event(Kind::StageSentBack, ("A4", "Pilot"), json!({}), json!({})),
                event(Kind::GateHeld, ("A5", "Launch"), json!({}), json!({ "until_on": "2026-12-01" })),
            ]
        };
        assert_eq!(
            said(Language::English, &head, effects(), 0),
            "S: R&D gets GEO-84 “Fix”; R&D answers for “Support”; stage back to A4 Pilot; gate of A5 Launch held until 1 Dec 2026"
        );
        assert_eq!(
            said(Language::Chinese, &head, effects(), 0),
            "S：研发新增任务 GEO-84“Fix”；“Support”改由研发负责；阶段退回 A4 Pilot；A5 Launch 的评审关口暂缓至2026年12月1日"
        );
        assert_eq!(said(Language::English, &head, Vec::new(), 0), "S");
    }

    #[test]
    fn many_dates_are_counted_and_few_named() {
        let head = event(
            Kind::ScheduleChanged,
            ("GEO", "GEO"),
            json!({ "launches_on": "2026-02-05" }),
            json!({ "launches_on": "2026-02-19" }),
        );
        let dates = |count: usize| -> Vec<Recorded> {
            let (was, is) = (json!({ "due_on": "2026-02-02" }), json!({ "due_on": "2026-02-16" }));
            (0..count).map(|_| event(Kind::TaskMoved, ("GEO-5", "Film"), was.clone(), is.clone())).collect()
        };
        let many = said(Language::English, &head, dates(12), 16);
        assert!(
            many.contains("launch ") && many.contains(" → ") && many.ends_with("16 dates that concern you moved"),
            "{many}"
        );
        assert!(!many.contains("GEO-5"), "{many}");
        let one = said(Language::English, &head, dates(1), 1);
        assert!(one.contains("GEO-5 “Film”: ") && !one.contains("dates of yours"), "{one}");
    }
}
