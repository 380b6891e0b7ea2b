//! What gates ask of goals, computed; what is missing is said in [`crate::goals::complete`]. Pure.

use crate::{
    goals::{
        complete::{self, Gap},
        model::Goals,
    },
    platform::locale::T,
    projects::blueprints::Check,
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

/// Whether objectives are written with their key results.
#[must_use]
pub fn objectives(goals: &Goals) -> Found<'_> {
    let value = Value::Written { objectives: goals.0.len(), key_results: goals.key_results().count() };
    Found { value, gaps: complete::written(goals) }
}

/// Whether every key result is split.
#[must_use]
pub fn split(goals: &Goals) -> Found<'_> {
    let (total, gaps) = (goals.key_results().count(), complete::split(goals));
    let open = gaps.iter().filter(|gap| matches!(gap, Gap::Left(..))).count();
    Found { value: Value::Split { done: total.saturating_sub(open), total }, gaps }
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
        self.gaps.iter().map(|gap| gap.words(t, key)).collect()
    }
}
