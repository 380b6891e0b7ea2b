//! What goals are still missing before a gate opens or the committee signs them off; pure.
//!
//! - *Objectives*: there is one, at least, and each has a key result. More than three of either cannot be written.
//! - *Split*: of no key result anything is left to be split, of whatever measure. Without a key result there is nothing that
//!   could be complete.

use super::{
    model::{Goals, KeyResult, Place},
    view::left_in_words,
};
use crate::{platform::locale::T, web::paths};

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

/// What is missing of objectives and their key results.
#[must_use]
pub fn written(goals: &Goals) -> Vec<Gap<'_>> {
    let without = goals.0.iter().filter(|objective| objective.key_results.is_empty());
    if goals.0.is_empty() {
        vec![Gap::NoObjective]
    } else {
        without.map(|objective| Gap::NoKeyResult(objective.position)).collect()
    }
}

/// What is missing of the split.
#[must_use]
pub fn split(goals: &Goals) -> Vec<Gap<'_>> {
    if goals.key_results().next().is_none() {
        return vec![Gap::NothingToSplit];
    }
    let open = goals.key_results().filter(|(_, one)| !one.left().is_complete());
    open.map(|(place, one)| Gap::Left(place, one)).collect()
}

/// Everything that is missing, each thing once.
#[must_use]
pub fn all(goals: &Goals) -> Vec<Gap<'_>> {
    let split = split(goals).into_iter().filter(|gap| !matches!(gap, Gap::NothingToSplit));
    written(goals).into_iter().chain(split).collect()
}

impl Gap<'_> {
    /// Where to go, and what is missing, in words.
    #[must_use]
    pub fn words(&self, t: T, key: &str) -> (String, String) {
        let (page, words) = match self {
            Gap::NoObjective => ("goals".to_owned(), t.gate_goals_no_objective()),
            Gap::NoKeyResult(objective) => ("goals".to_owned(), t.gate_goals_no_key_result(*objective)),
            Gap::NothingToSplit => ("goals".to_owned(), t.gate_goals_nothing_to_split()),
            Gap::Left(place, one) => {
                let left = left_in_words(t, &one.scale, one.left()).2;
                (format!("goals/{place}"), t.gate_goals_left(left, place.to_string()))
            }
        };
        (paths::project(key, &page).to_string(), words)
    }
}
