//! The goals of a project in a few lines: what is reached of each key result, and whether that is as planned.

use crate::{
    goals::{
        board::view::Said,
        model::{Goals, KeyResult, Objective, Place},
        pace,
        view::{Span, pace_in_words},
    },
    projects::{Chip, Part},
    web::{Shell, paths},
};

/// An objective.
pub struct ObjectiveRow {
    /// `Objective 1: …`.
    pub title: String,
    /// Its key results.
    pub key_results: Vec<KeyResultRow>,
}

/// A key result.
pub struct KeyResultRow {
    /// `1.2`.
    pub place: Place,
    /// Its page.
    pub href: String,
    /// What is reached.
    pub title: String,
    /// Whose.
    pub chip: Option<Chip>,
    /// What is reached by now; a dash before there is a figure.
    pub figure: String,
    /// Of how much.
    pub of: String,
    /// Whether that is as planned; none before there is anything to compare.
    pub pace: Option<Said>,
}

/// Every objective with its key results.
#[must_use]
pub fn rows(shell: &Shell, key: &str, parts: &[Part], goals: &Goals) -> Vec<ObjectiveRow> {
    let t = shell.t;
    let row = |place: Place, of: &KeyResult| {
        let pace = pace::whole(of, shell.today());
        KeyResultRow {
            place,
            href: paths::project(key, &format!("goals/{place}")).to_string(),
            title: of.title.clone(),
            chip: parts.iter().find(|part| part.id == of.part).map(|part| Chip::of(part, t)),
            figure: match &pace {
                Some(pace) if !of.entries.is_empty() => of.scale.short(t, pace.actual),
                _ => "–".to_owned(),
            },
            of: t.goals_of(of.scale.short(t, of.target)),
            pace: pace.map(|pace| pace_in_words(t, &of.scale, &pace, Span::of(of))),
        }
    };
    let objective = |one: &Objective| ObjectiveRow {
        title: t.goals_objective_named(one.position, &one.title),
        key_results: one.key_results.iter().map(|of| row(one.place_of(of), of)).collect(),
    };
    goals.0.iter().map(objective).collect()
}
