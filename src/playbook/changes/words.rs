//! What differs, in the reader's words.

use super::{Cell, Change, Turn, What};
use crate::{
    decisions::limits::model as limits,
    goals::{
        figures::{Measure, Scale},
        strategy::differences::{self, Run},
    },
    platform::locale::{Bilingual, T},
    playbook::model::Section,
    projects::duties::model::Letter,
};
use jiff::civil::Date;

/// A change in words, with both texts beside each other where a text changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// One sentence.
    pub words: String,
    /// Before and after.
    pub compared: Option<(Vec<Run>, Vec<Run>)>,
}

/// What changed in a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// `2. Three questions`.
    pub title: String,
    /// `#s-2`.
    pub href: String,
    /// Whether it asks everybody to read again.
    pub matters: bool,
    /// One by one.
    pub lines: Vec<Line>,
}

/// By section, in their order.
#[must_use]
pub fn grouped(t: T, changes: &[Change]) -> Vec<Group> {
    let group = |section: Section| Group {
        title: t.playbook_numbered(section.number(), section.title(t)),
        href: format!("#s-{}", section.number()),
        matters: section.matters(),
        lines: changes.iter().filter(|change| change.section == section).map(|change| change.line(t)).collect(),
    };
    Section::ALL.into_iter().map(group).filter(|group| !group.lines.is_empty()).collect()
}

/// A share as a cell says it: an amount; of a ratio, how many of how many.
#[must_use]
pub fn share(t: T, scale: &Scale, cell: &Cell) -> String {
    let amount = scale.of_amounts().full(t, cell.amount);
    if scale.measure == Measure::Ratio { t.playbook_of(amount, scale.of_bases().full(t, cell.base)) } else { amount }
}

fn names(t: T, all: &[Bilingual]) -> String {
    let names: Vec<String> = all.iter().map(|name| t.pick(name).to_owned()).collect();
    if names.is_empty() { t.playbook_nobody() } else { t.list(&names) }
}

fn day(t: T, day: Option<Date>) -> String {
    day.map_or_else(|| t.playbook_no_day(), |day| t.date(day))
}

fn or_nobody(t: T, name: &str) -> String {
    if name.is_empty() { t.playbook_nobody() } else { name.to_owned() }
}

impl Change {
    /// In the reader's language.
    #[must_use]
    pub fn line(&self, t: T) -> Line {
        let texts = match &self.what {
            What::Said(_, was, is)
            | What::ObjectiveTitle(_, was, is)
            | What::ObjectiveWhy(_, was, is)
            | What::KeyResultTitle(_, was, is)
            | What::Owes(_, _, was, is) => Some(differences::between(was, is)),
            _ => None,
        };
        Line { words: self.words(t), compared: texts }
    }

    fn words(&self, t: T) -> String {
        match &self.what {
            What::Said(field, ..) => t.playbook_change_said(field.label(t)),
            What::Objective(Turn::Comes, place, title) => t.playbook_change_objective_new(*place, title),
            What::Objective(Turn::Goes, place, title) => t.playbook_change_objective_gone(*place, title),
            What::ObjectiveTitle(place, ..) => t.playbook_change_objective(*place),
            What::ObjectiveWhy(place, ..) => t.playbook_change_why(*place),
            What::KeyResult(Turn::Comes, place, title) => t.playbook_change_result_new(place.to_string(), title),
            What::KeyResult(Turn::Goes, place, title) => t.playbook_change_result_gone(place.to_string(), title),
            What::KeyResultTitle(place, ..) => t.playbook_change_result(place.to_string()),
            What::Counted(place) => t.playbook_change_counted(place.to_string()),
            What::Start(place, scale, was, is) => {
                t.playbook_change_start(scale.full(t, *is), place.to_string(), scale.full(t, *was))
            }
            What::Target(place, scale, was, is) => {
                t.playbook_change_target(scale.full(t, *is), place.to_string(), scale.full(t, *was))
            }
            What::Due(place, was, is) => t.playbook_change_due(t.date(*is), place.to_string(), t.date(*was)),
            What::Owner(place, was, is) => t.playbook_change_owner(t.pick(is), place.to_string(), t.pick(was)),
            What::Share(Turn::Comes, place, part) => t.playbook_change_share_new(t.pick(part), place.to_string()),
            What::Share(Turn::Goes, place, part) => t.playbook_change_share_gone(t.pick(part), place.to_string()),
            What::Owes(place, part, ..) => t.playbook_change_owes(t.pick(part), place.to_string()),
            What::Month(place, scale, part, was, is) => t.playbook_change_month(
                share(t, scale, is),
                t.pick(part),
                t.month(is.month),
                place.to_string(),
                share(t, scale, was),
            ),
            What::Months(place, part, count) => t.playbook_change_months(*count, t.pick(part), place.to_string()),
            _ => self.other_words(t),
        }
    }

    /// Of everything but strategy and goals.
    fn other_words(&self, t: T) -> String {
        match &self.what {
            What::Party(Turn::Comes, part) => t.playbook_change_party_new(t.pick(part)),
            What::Party(Turn::Goes, part) => t.playbook_change_party_gone(t.pick(part)),
            What::Duty(Turn::Comes, duty) => t.playbook_change_duty_new(t.pick(duty)),
            What::Duty(Turn::Goes, duty) => t.playbook_change_duty_gone(t.pick(duty)),
            What::Answers(duty, was, is) => t.playbook_change_answers(t.pick(duty), names(t, is), names(t, was)),
            What::Held(duty, letter, was, is) => {
                let (duty, is, was) = (t.pick(duty), names(t, is), names(t, was));
                match letter {
                    Letter::Responsible | Letter::Accountable => t.playbook_change_does(duty, is, was),
                    Letter::Consulted => t.playbook_change_asked(duty, is, was),
                    Letter::Informed => t.playbook_change_told(duty, is, was),
                }
            }
            What::Stage(Turn::Comes, stage) => t.playbook_change_stage_new(t.pick(stage)),
            What::Stage(Turn::Goes, stage) => t.playbook_change_stage_gone(t.pick(stage)),
            What::Begins(stage, was, is) => t.playbook_change_begins(t.date(*is), t.pick(stage), t.date(*was)),
            What::Gate(stage, was, is) => t.playbook_change_gate(t.date(*is), t.pick(stage), t.date(*was)),
            What::Launch(was, is) => t.playbook_change_launch(day(t, *is), day(t, *was)),
            What::Rule(Turn::Comes, stage, rule) => t.playbook_change_rule_new(t.pick(rule), t.pick(stage)),
            What::Rule(Turn::Goes, stage, rule) => t.playbook_change_rule_gone(t.pick(rule), t.pick(stage)),
            What::Meeting(Turn::Comes, name) => t.playbook_change_meeting_new(t.pick(name)),
            What::Meeting(Turn::Goes, name) => t.playbook_change_meeting_gone(t.pick(name)),
            What::MeetingSays(name) => t.playbook_change_meeting(t.pick(name)),
            What::Speaker(part, was, is) => {
                t.playbook_change_speaker(t.pick(part), or_nobody(t, is), or_nobody(t, was))
            }
            What::Limit(category, step, was, is) => t.playbook_change_limit(
                t.pick(category),
                limits::words(t, *is),
                limits::step_name(t, *step),
                limits::words(t, *was),
            ),
            What::Word(Turn::Comes, term) => t.playbook_change_word_new(t.pick(term)),
            What::Word(Turn::Goes, term) => t.playbook_change_word_gone(t.pick(term)),
            _ => String::new(),
        }
    }
}
