//! What gates ask of goals, computed, with what is missing; pure.
//!
//! - *Objectives*: there is one, at least, and each has a key result. More than three of either cannot be written.
//! - *Split*: of no key result anything is left to be split, of whatever measure. Without a key result there is nothing that
//!   could be complete.

use crate::{
    goals::{
        model::{Goals, KeyResult, Place},
        view::left_in_words,
    },
    platform::locale::T,
    projects::blueprints::Check,
    web::paths,
};
use serde::{Deserialize, Deserializer};

/// What an answer about goals is known from.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// How it stands.
    pub value: Value,
    /// What is missing.
    pub gaps: Vec<Gap<'a>>,
}

/// How goals stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// So many objectives, with so many key results.
    Written {
        /// Objectives.
        objectives: usize,
        /// Key results of all of them.
        key_results: usize,
    },
    /// So many key results are split without anything left.
    Split {
        /// These.
        done: usize,
        /// Of so many.
        total: usize,
    },
}

/// Something that is missing.
#[derive(Clone, Debug)]
pub enum Gap<'a> {
    /// There is no objective.
    NoObjective,
    /// The objective at this place has no key result.
    NoKeyResult(i16),
    /// There is no key result at all.
    NothingToSplit,
    /// Something of the key result at this place is left to be split, or too much is.
    Left(Place, &'a KeyResult),
}

/// Whether objectives are written with their key results.
#[must_use]
pub fn objectives(goals: &Goals) -> Found<'_> {
    let without = goals.0.iter().filter(|objective| objective.key_results.is_empty());
    let gaps = if goals.0.is_empty() {
        vec![Gap::NoObjective]
    } else {
        without.map(|objective| Gap::NoKeyResult(objective.position)).collect()
    };
    Found { value: Value::Written { objectives: goals.0.len(), key_results: goals.key_results().count() }, gaps }
}

/// Whether every key result is split.
#[must_use]
pub fn split(goals: &Goals) -> Found<'_> {
    let total = goals.key_results().count();
    let open = goals.key_results().filter(|(_, one)| !one.left().is_complete());
    let mut gaps: Vec<Gap<'_>> = open.map(|(place, one)| Gap::Left(place, one)).collect();
    let done = total.saturating_sub(gaps.len());
    if total == 0 {
        gaps.push(Gap::NothingToSplit);
    }
    Found { value: Value::Split { done, total }, gaps }
}

/// Reads a stored check as the data answers it.
///
/// # Errors
/// When it is none.
pub(super) fn computed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Check, D::Error> {
    Check::deserialize(deserializer).map(Check::computed)
}

impl Found<'_> {
    /// How it stands, in words.
    #[must_use]
    pub fn words(&self, t: T) -> String {
        match self.value {
            Value::Written { objectives, key_results } => t.gate_goals_written(key_results, objectives),
            Value::Split { done, total } => t.gate_goals_split(done, total),
        }
    }

    /// What is missing: where to go, and words.
    #[must_use]
    pub fn gaps_in_words(&self, t: T, key: &str) -> Vec<(String, String)> {
        let of = |gap: &Gap<'_>| {
            let (page, words) = match gap {
                Gap::NoObjective => ("goals".to_owned(), t.gate_goals_no_objective()),
                Gap::NoKeyResult(objective) => ("goals".to_owned(), t.gate_goals_no_key_result(*objective)),
                Gap::NothingToSplit => ("goals".to_owned(), t.gate_goals_nothing_to_split()),
                Gap::Left(place, one) => {
                    let left = left_in_words(t, &one.scale, one.left()).2;
                    (format!("goals/{place}"), t.gate_goals_left(left, place.to_string()))
                }
            };
            (paths::project(key, &page).to_string(), words)
        };
        self.gaps.iter().map(of).collect()
    }
}
