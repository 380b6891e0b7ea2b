//! What a new project starts with: stages, gates, departments and the division of labour, as data in `blueprints/`.
//!
//! This part owns the typed blueprints and their checks. It never knows a project: a project keeps its own copy of
//! what it was made from.

mod check;
mod file;
mod model;
mod rules;
mod source;
#[cfg(test)]
mod tests;
mod words;

use std::sync::OnceLock;

pub use check::{Attestation, Check, Comparison, DecisionKind, ItemLight, Unit};
pub use file::parse;
pub use model::{Blueprint, BlueprintDepartment, BlueprintStage, DepartmentKind, GateRule, Item, Letters, Tier};
pub use source::{BlueprintError, Source};

/// The files, in the order in which people choose from them.
const FILES: [Source<'static>; 4] = [
    Source {
        file: "blueprints/b2b-saas.toml",
        text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/blueprints/b2b-saas.toml")),
    },
    Source {
        file: "blueprints/consumer-hardware.toml",
        text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/blueprints/consumer-hardware.toml")),
    },
    Source {
        file: "blueprints/internal-it.toml",
        text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/blueprints/internal-it.toml")),
    },
    Source {
        file: "blueprints/blank.toml",
        text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/blueprints/blank.toml")),
    },
];

/// All blueprints, read once. Called at the start, so that a mistake in a file stops it.
///
/// # Errors
/// The first mistake of the first broken file.
pub fn all() -> Result<&'static [Blueprint], BlueprintError> {
    static ALL: OnceLock<Result<Vec<Blueprint>, BlueprintError>> = OnceLock::new();
    match ALL.get_or_init(|| FILES.into_iter().map(parse).collect()) {
        Ok(blueprints) => Ok(blueprints),
        Err(error) => Err(error.clone()),
    }
}

/// The blueprint with this id.
///
/// # Errors
/// As [`all`].
pub fn by_id(id: &str) -> Result<Option<&'static Blueprint>, BlueprintError> {
    Ok(all()?.iter().find(|blueprint| blueprint.id == id))
}
