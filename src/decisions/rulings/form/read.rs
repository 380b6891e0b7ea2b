//! Reading the form of a decision: every mistake at once.

use super::{About, EffectRow, rows};
use crate::platform::clock::agreed_day;
use crate::{
    decisions::{
        hearing::model::{task_number, too_long},
        raising::model::sides,
        rulings::{
            actions::Impossible,
            model::{Effect, Kind, RATIONALE, Ruling, TITLE},
        },
    },
    platform::ids::{DecisionId, OptionId},
    web::{Errors, Fields},
};
use jiff::civil::Date;

impl About<'_> {
    /// Reads the form; every mistake at once.
    ///
    /// # Errors
    /// The mistakes.
    pub fn read(&self, fields: &Fields) -> Result<Ruling, Errors> {
        let t = self.t();
        let mut errors = Errors::none();
        let option = self.read_option(fields, &mut errors);
        let given = fields.get("title");
        let title = match option.and_then(|id| self.dossier?.option(id)) {
            Some(option) if given.is_empty() => option.title.clone(),
            _ => given.to_owned(),
        };
        if title.is_empty() {
            errors.add("title", t.decisions_title_missing());
        } else if too_long(&title, TITLE) {
            errors.add("title", t.decisions_too_long(TITLE));
        }
        let rationale = fields.text("rationale");
        if rationale.is_empty() {
            errors.add("rationale", t.decisions_rationale_missing());
        } else if too_long(&rationale, RATIONALE) {
            errors.add("rationale", t.decisions_too_long(RATIONALE));
        }
        let kind = Kind::parse(fields.get("kind"));
        if kind.is_none() {
            errors.add("kind", t.decisions_kind_of_missing());
        }
        let owner = fields.value("owner").filter(|id| self.choices.people.iter().any(|person| person.id == *id));
        if owner.is_none() {
            errors.add("owner", t.decisions_owner_missing());
        }
        let review_on = self.read_review(fields, &mut errors);
        let effects = self.read_effects(fields, &mut errors);
        match (fields.value("id"), kind, owner) {
            (Some(id), Some(kind), Some(owner)) if errors.is_empty() => {
                Ok(Ruling { id: DecisionId(id), kind, title, rationale, option, owner, review_on, effects })
            }
            _ => {
                if errors.is_empty() {
                    errors.add("title", t.decisions_title_missing());
                }
                Err(errors)
            }
        }
    }

    fn read_option(&self, fields: &Fields, errors: &mut Errors) -> Option<OptionId> {
        let dossier = self.dossier?;
        let sent = fields.get("option");
        let known = dossier.options.iter().find(|option| option.id.to_string() == sent).map(|option| option.id);
        if known.is_none() && sent != "none" {
            errors.add("option", self.t().decisions_option_missing());
        }
        known
    }

    fn read_review(&self, fields: &Fields, errors: &mut Errors) -> Option<Date> {
        let (t, text) = (self.t(), fields.get("review_on"));
        if text.is_empty() {
            return None;
        }
        match agreed_day(text) {
            Some(day) if day > self.shell.today() => Some(day),
            Some(_) => {
                errors.add("review_on", t.decisions_review_past());
                None
            }
            None => {
                errors.add("review_on", t.decisions_date_wrong());
                None
            }
        }
    }

    fn read_effects(&self, fields: &Fields, errors: &mut Errors) -> Vec<(usize, Effect)> {
        rows(fields)
            .into_iter()
            .filter(|row| !self.is_left(row))
            .filter_map(|row| Some((row.index, self.read_effect(&row, errors)?)))
            .collect()
    }

    fn read_effect(&self, row: &EffectRow, errors: &mut Errors) -> Option<Effect> {
        let t = self.t();
        let due = agreed_day(&row.due);
        let needs_day = matches!(row.kind.as_str(), "move_task" | "move_milestone");
        if due.is_none() && (!row.due.is_empty() || needs_day) {
            errors.add(row.name("due"), t.decisions_date_wrong());
        }
        match row.kind.as_str() {
            "create_task" => {
                let part = sides(self.parts).find(|part| part.id.to_string() == row.part).map(|part| part.id);
                if row.title.is_empty() || too_long(&row.title, TITLE) {
                    errors.add(row.name("title"), t.decisions_task_title_missing());
                }
                if part.is_none() {
                    errors.add(row.name("part"), t.decisions_side_missing());
                }
                let assignee = row.assignee.parse().ok();
                Some(Effect::CreateTask { title: row.title.clone(), part: part?, assignee, due })
            }
            "move_task" => {
                let number = task_number(self.key, &row.task)
                    .filter(|number| self.choices.tasks.iter().any(|task| task.number == *number));
                if number.is_none() {
                    errors.add(row.name("task"), self.words(Impossible::NoSuchTask));
                }
                Some(Effect::MoveTask { number: number?, due: due? })
            }
            "unblock_task" => {
                let blocked = self.about().filter(|task| task.is_blocked && self.label(task) == row.task);
                if blocked.is_none() {
                    errors.add(row.name("on"), self.words(Impossible::NotBlocked));
                }
                Some(Effect::UnblockTask { number: blocked?.number })
            }
            _ => {
                let known = self.choices.milestones.iter().find(|known| known.id.to_string() == row.milestone);
                if known.is_none() {
                    errors.add(row.name("milestone"), self.words(Impossible::NoSuchMilestone));
                }
                Some(Effect::MoveMilestone { milestone: known?.id, due: due? })
            }
        }
    }

    /// Why an effect cannot be, at its field.
    #[must_use]
    pub fn impossible(&self, fields: &Fields, index: usize, why: Impossible) -> Errors {
        let rows = rows(fields);
        let field = match why {
            Impossible::NoSuchTask => "task",
            Impossible::NoSuchMilestone => "milestone",
            Impossible::SameDay => "due",
            Impossible::NotATaker => "assignee",
            Impossible::NotBlocked => "on",
            Impossible::Refused => "title",
        };
        let name = rows.iter().find(|row| row.index == index).map_or_else(|| field.to_owned(), |row| row.name(field));
        Errors::none().with(name, self.words(why))
    }

    fn words(&self, why: Impossible) -> String {
        let t = self.t();
        match why {
            Impossible::NoSuchTask => t.decisions_effect_no_task(),
            Impossible::NoSuchMilestone => t.decisions_effect_no_milestone(),
            Impossible::SameDay => t.decisions_effect_same_day(),
            Impossible::NotATaker => t.decisions_effect_not_a_taker(),
            Impossible::NotBlocked => t.decisions_effect_not_blocked(),
            Impossible::Refused => t.decisions_effect_refused(),
        }
    }
}
