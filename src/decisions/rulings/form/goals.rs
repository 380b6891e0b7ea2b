//! What a decision says about goals: choices, reading, consequences.

use super::{
    About, EffectRow,
    consequences::{Consequence, NOTHING},
};
use crate::{
    decisions::rulings::{effects::Impossible, model::Effect},
    goals::{
        model::{KeyResult, Place},
        money::model::Money,
        signing::{
            actions::{is_possible, shown},
            limits::{DAYS, PERCENT},
            model::{Standing, standing},
            proposed::Proposed,
        },
        split::model::Terms,
        view::summary_of_terms,
    },
    platform::{clock::agreed_day, ids::KeyResultId},
    web::{Errors, ui},
};
use jiff::civil::Date;

impl About<'_> {
    /// A key result by its id as a form says it.
    fn key_result(&self, row: &EffectRow) -> Option<(Place, &KeyResult)> {
        self.choices.goals.key_results().find(|(_, one)| one.id.to_string() == row.key_result)
    }

    /// `KR1.2 5,000 trial sign-ups`.
    fn key_result_title((place, of): (Place, &KeyResult)) -> String {
        format!("KR{place} {}", of.title)
    }

    fn asked(&self, of: &KeyResult, terms: &Terms) -> String {
        let t = self.t();
        t.goals_asked(t.date(terms.due_on), of.scale.full(t, terms.target))
    }

    /// Key results to choose from, each with what it asks for.
    pub(super) fn key_results(&self) -> Vec<ui::Choice> {
        let t = self.t();
        let all = self.choices.goals.key_results().map(|(place, of)| {
            let title = Self::key_result_title((place, of));
            ui::Choice::new(of.id, t.decisions_named_on(title, self.asked(of, &of.terms())))
        });
        [ui::Choice::new("", t.decisions_key_result_choose())].into_iter().chain(all).collect()
    }

    /// Whether the lead has put the goals before the committee as they stand.
    pub(super) fn is_sign_off_asked(&self) -> bool {
        standing(&self.choices.goals, self.choices.proposal.as_ref()) == Standing::Waits
    }

    /// Why the goals cannot be signed off; none when they can.
    #[must_use]
    pub fn not_to_sign_off(&self) -> Option<String> {
        let is_open = self.choices.proposal.as_ref().is_some_and(|proposal| proposal.decision.is_none());
        let why = if is_open { Impossible::GoalsChanged } else { Impossible::NothingProposed };
        (!self.is_sign_off_asked()).then(|| self.words(why))
    }

    /// What signing off is called, with who proposed and when.
    pub(super) fn sign_off_label(&self) -> String {
        let t = self.t();
        match &self.choices.proposal {
            Some(proposal) => t.decisions_sign_off_label(&proposal.by, self.shell.moment(proposal.at)),
            None => t.goals_sign_off(),
        }
    }

    /// What the lead proposed, as the form shows it.
    pub(super) fn proposed(&self) -> String {
        let proposal = self.choices.proposal.as_ref();
        proposal.map(|proposal| shown(proposal, self.choices.money.as_ref())).unwrap_or_default()
    }

    /// The commercial plan in a few words: what may be spent, and when it breaks even.
    fn money_words(&self, money: &Money) -> String {
        let t = self.t();
        let envelope = t.decisions_named_on(t.goals_money_envelope(), money.scale().full(t, money.envelope));
        match money.break_even_on {
            Some(day) => t.list(&[envelope, t.decisions_named_on(t.decisions_kind_break_even(), t.date(day))]),
            None => envelope,
        }
    }

    /// The key result that the escalation names in its question: `KR1.2`.
    pub(super) fn named_key_result(&self) -> Option<&KeyResult> {
        let question = self.dossier.map(|dossier| dossier.question.as_str())?;
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '.';
        // The one that is named first: a title may name others.
        let places = question.split(|c| !is_part(c)).filter_map(|word| word.strip_prefix("KR")?.parse::<Place>().ok());
        places.into_iter().next().and_then(|place| self.choices.goals.key_result(place))
    }

    /// A key result in force, by its id.
    fn wanted_now(&self, id: KeyResultId) -> Option<&KeyResult> {
        self.choices.goals.key_results().find(|(_, of)| of.id == id).map(|(_, of)| of)
    }

    /// The kind of effect that the escalation proposes; empty for none.
    pub(super) fn proposes_kind(&self) -> &'static str {
        match self.dossier.and_then(|dossier| dossier.proposes.as_ref()) {
            Some(Proposed::SetTarget { .. }) => "set_target",
            Some(Proposed::DropKeyResult { .. }) => "drop_key_result",
            Some(Proposed::SetEnvelope { .. }) => "set_envelope",
            None => "",
        }
    }

    /// What the escalation proposes as fields of a row, while the votes are not for another option than the first and there still is
    /// what it is about.
    pub(super) fn proposed_row(&self) -> Option<Vec<(&'static str, String)>> {
        let dossier = self.dossier?;
        let option = self.first_option(dossier);
        let is_first = dossier.options.first().is_some_and(|first| option.is_empty() || first.id.to_string() == option);
        match dossier.proposes.as_ref().filter(|_| is_first)? {
            Proposed::SetTarget { key_result, target, due_on } => {
                let (of, mut row) = (self.wanted_now(*key_result)?, vec![("key_result", key_result.to_string())]);
                let was = of.terms();
                if was.target != *target {
                    row.push(("target", of.scale.field(*target)));
                }
                if was.due_on != *due_on {
                    row.push(("due", due_on.to_string()));
                }
                Some(row)
            }
            Proposed::DropKeyResult { key_result } => {
                Some(vec![("key_result", self.wanted_now(*key_result)?.id.to_string())])
            }
            Proposed::SetEnvelope { to } => Some(vec![("target", self.choices.money.as_ref()?.scale().field(*to))]),
        }
    }

    /// An effect does what the escalation proposes, but another option than the first is decided.
    pub(super) fn contradicts(&self, effect: &Effect, option: &str) -> bool {
        let Some(dossier) = self.dossier else { return false };
        let is_proposed = match (dossier.proposes.as_ref(), effect) {
            (
                Some(Proposed::SetTarget { key_result, target, due_on }),
                Effect::SetTarget { key_result: id, target: to, due },
            ) => {
                let is = self.wanted_now(*id).map(|of| wanted(of, *to, *due));
                id == key_result && is.is_some_and(|is| (is.target, is.due_on) == (*target, *due_on))
            }
            (Some(Proposed::DropKeyResult { key_result }), Effect::DropKeyResult { key_result: id }) => {
                id == key_result
            }
            (Some(Proposed::SetEnvelope { to }), Effect::SetEnvelope { to: is }) => to == is,
            _ => false,
        };
        is_proposed && dossier.options.first().is_some_and(|first| first.id.to_string() != option)
    }

    /// Reads what a row says about goals.
    pub(super) fn read_goals(&self, row: &EffectRow, due: Option<Date>, errors: &mut Errors) -> Option<Effect> {
        let t = self.t();
        if row.kind == "sign_off_goals" {
            let is_other = (row.seen != self.proposed()).then(|| self.words(Impossible::GoalsChanged));
            if let Some(why) = self.not_to_sign_off().or(is_other) {
                errors.add(row.name("on"), why);
            }
            return Some(Effect::SignOffGoals { seen: row.seen.clone() });
        }
        if row.kind == "set_envelope" {
            let Some(money) = &self.choices.money else {
                errors.add(row.name("target"), self.words(Impossible::NoMoney));
                return None;
            };
            let to = match money.scale().parse(&row.target) {
                Ok(to) if to >= 0 => to,
                Ok(_) => {
                    errors.add(row.name("target"), t.goals_base_negative());
                    return None;
                }
                Err(wrong) => {
                    errors.add(row.name("target"), wrong.text(t));
                    return None;
                }
            };
            if to == money.envelope {
                errors.add(row.name("target"), self.words(Impossible::SameTarget));
            }
            return Some(Effect::SetEnvelope { to });
        }
        let Some((_, of)) = self.key_result(row) else {
            errors.add(row.name("key_result"), self.words(Impossible::NoSuchKeyResult));
            return None;
        };
        if row.kind == "drop_key_result" {
            return Some(Effect::DropKeyResult { key_result: of.id });
        }
        let target = match row.target.as_str() {
            "" => None,
            text => match of.scale.parse(text) {
                Ok(target) => Some(target),
                Err(wrong) => {
                    errors.add(row.name("target"), wrong.text(t));
                    return None;
                }
            },
        };
        let (was, is) = (of.terms(), wanted(of, target, due));
        if was == is {
            errors.add(row.name("target"), self.words(Impossible::SameTarget));
        } else if !is_possible(&of.scale, &is) {
            let field = if target.is_some() { "target" } else { "due" };
            errors.add(row.name(field), self.words(Impossible::ImpossibleTarget));
        }
        Some(Effect::SetTarget { key_result: of.id, target, due })
    }

    /// What a row does to goals, in words.
    pub(super) fn goals_consequence(&self, row: &EffectRow) -> Consequence {
        let t = self.t();
        if row.kind == "sign_off_goals" {
            let all =
                self.choices.goals.key_results().map(|(place, of)| {
                    t.decisions_named_on(Self::key_result_title((place, of)), summary_of_terms(t, of))
                });
            let mut all: Vec<String> = all.collect();
            let count = all.len();
            all.extend(self.choices.money.as_ref().map(|money| self.money_words(money)));
            return Consequence::of(t.decisions_then_signs_off(count, t.list(&all)))
                .note(t.decisions_then_signs_off_note(DAYS, PERCENT));
        }
        if row.kind == "set_envelope" {
            let amount = |amount: Option<i64>| match (&self.choices.money, amount) {
                (Some(money), Some(amount)) => money.scale().full(t, amount),
                _ => NOTHING.to_owned(),
            };
            let stands = self.choices.money.as_ref().map(|money| money.envelope);
            let wanted = self.choices.money.as_ref().and_then(|money| money.scale().parse(&row.target).ok());
            return Consequence::of(t.decisions_then_envelope(amount(stands), amount(wanted)));
        }
        let Some((place, of)) = self.key_result(row) else {
            return Consequence::of(t.decisions_key_result_choose());
        };
        let title = Self::key_result_title((place, of));
        if row.kind == "drop_key_result" {
            return Consequence::of(t.decisions_then_drops_key_result(title)).note(t.goals_key_result_drop_text());
        }
        let due = agreed_day(&row.due);
        let is = wanted(of, of.scale.parse(&row.target).ok(), due);
        let text = t.decisions_then_sets_target(self.asked(of, &is), self.asked(of, &of.terms()), title);
        let mut warnings = Vec::new();
        if let Some(day) = due.filter(|day| *day < self.shell.today()) {
            warnings.push(t.decisions_warn_past(self.shell.day(day)));
        }
        let lost = of.shares_outside(&is);
        let lost = lost.iter().filter_map(|id| self.parts.iter().find(|part| part.id == *id));
        let lost: Vec<String> = lost.map(|part| part.name(t).to_owned()).collect();
        if !lost.is_empty() {
            warnings.push(t.decisions_warn_shares_fall_away(t.list(&lost)));
        }
        let note = if is == of.terms() { String::new() } else { t.decisions_then_split_again() };
        Consequence::of(text).note(note).warn(warnings)
    }
}

fn wanted(of: &KeyResult, target: Option<i64>, due: Option<Date>) -> Terms {
    let was = of.terms();
    Terms { target: target.unwrap_or(was.target), due_on: due.unwrap_or(was.due_on), ..was }
}
