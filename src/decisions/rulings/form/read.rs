//! Reading the form of a decision: every mistake at once.

use super::About;
use crate::platform::clock::agreed_day;
use crate::{
    decisions::{
        hearing::model::too_long,
        rulings::model::{Kind, RATIONALE, Ruling, TITLE},
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
        let owner = fields.value("owner").filter(|id| self.choices.owners().any(|person| person.id == *id));
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
}
