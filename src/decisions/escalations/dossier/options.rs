//! The possible answers, and what they are compared on.

use super::Dossier;
use crate::{
    decisions::escalations::model::Missing,
    platform::{
        ids::{CriterionId, OptionId},
        locale::T,
    },
};
use serde::Deserialize;

/// A possible answer.
#[derive(Clone, Debug, Deserialize)]
pub struct Choice {
    /// Its id.
    pub id: OptionId,
    /// A to H.
    pub letter: String,
    /// Its name.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// Counts changes.
    pub version: i32,
}

/// A row on which options are compared.
#[derive(Clone, Debug, Deserialize)]
pub struct Criterion {
    /// Its id.
    pub id: CriterionId,
    /// Code of a known one.
    pub code: Option<String>,
    /// Name of one's own.
    pub name: String,
}

impl Criterion {
    /// On screen.
    #[must_use]
    pub fn label(&self, t: T) -> String {
        match self.code.as_deref() {
            Some("cost") => t.decisions_criterion_cost(),
            Some("margin") => t.decisions_criterion_margin(),
            Some("dates") => t.decisions_criterion_dates(),
            Some("goals") => t.decisions_criterion_goals(),
            Some("risk") => t.decisions_criterion_risk(),
            Some("undo") => t.decisions_criterion_undo(),
            Some(_) | None => self.name.clone(),
        }
    }
}

/// An option's answer to a criterion.
#[derive(Clone, Debug, Deserialize)]
pub struct Answer {
    /// The option.
    pub option_id: OptionId,
    /// The criterion.
    pub criterion_id: CriterionId,
    /// The answer.
    pub answer: String,
    /// `ok`, `warn`, `bad` or nothing.
    pub tone: Option<String>,
}

impl Dossier {
    /// An option by its id.
    #[must_use]
    pub fn option(&self, id: OptionId) -> Option<&Choice> {
        self.options.iter().find(|option| option.id == id)
    }

    /// How an option answers a criterion.
    #[must_use]
    pub fn answer(&self, option: OptionId, criterion: CriterionId) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.option_id == option && answer.criterion_id == criterion)
    }

    /// What the committee still needs before it can compare.
    #[must_use]
    pub fn missing(&self) -> Vec<Missing> {
        let mut missing = Vec::new();
        if self.options.len() < 2 {
            missing.push(Missing::Options);
        }
        if self.criteria.is_empty() {
            missing.push(Missing::Criteria);
        }
        for option in &self.options {
            for (at, criterion) in self.criteria.iter().enumerate() {
                if self.answer(option.id, criterion.id).is_none() {
                    missing.push(Missing::Answer { option: option.letter.clone(), criterion: at });
                }
            }
        }
        missing
    }

    /// What the committee still needs, in words.
    #[must_use]
    pub fn missing_words(&self, t: T) -> Vec<String> {
        self.missing()
            .into_iter()
            .map(|missing| match missing {
                Missing::Options => t.decisions_missing_options(),
                Missing::Criteria => t.decisions_missing_criteria(),
                Missing::Answer { option, criterion } => {
                    let name = self.criteria.get(criterion).map(|criterion| criterion.label(t)).unwrap_or_default();
                    t.decisions_missing_answer(option, name)
                }
            })
            .collect()
    }
}
