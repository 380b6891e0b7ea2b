//! The strategy as pages show it.

use super::{
    differences::{self, Run},
    model::{Field, Strategy},
};
use crate::{
    goals::access::GoalsViewer,
    web::{Shell, ui::unbroken},
};

/// What `goals/strategy_summary.html` shows; the page that includes it has `shell`, `ui` and `strategy: Summary`.
#[derive(Clone, Debug)]
pub struct Summary {
    /// `/p/GEO/goals/strategy`.
    pub path: String,
    /// Whether the reader sets it.
    pub may_set: bool,
    /// What it says; none before the first.
    pub shown: Option<Shown>,
}

impl Summary {
    /// For a reader of the project's goals.
    #[must_use]
    pub fn of(viewer: &GoalsViewer, strategy: Option<&Strategy>) -> Self {
        Self {
            path: viewer.path("strategy"),
            may_set: viewer.may_set(),
            shown: strategy.map(|strategy| Shown::of(viewer.shell(), strategy)),
        }
    }
}

/// A version of it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its number.
    pub number: i32,
    /// Where it leads.
    pub vision: String,
    /// How it gets there, with its label.
    pub way: Said,
    /// The four questions with their answers.
    pub answers: Vec<Said>,
    /// When it was set.
    pub set_on: String,
    /// Who set it.
    pub set_by: String,
    /// Why; empty for the first.
    pub reason: String,
}

/// A text with what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What it is called.
    pub label: String,
    /// What it says.
    pub text: String,
}

impl Said {
    fn of(shell: &Shell, strategy: &Strategy, field: Field) -> Self {
        Self { label: field.label(shell.t), text: strategy.texts.get(field).to_owned() }
    }
}

impl Shown {
    /// In the reader's language and time.
    #[must_use]
    pub fn of(shell: &Shell, strategy: &Strategy) -> Self {
        Self {
            number: strategy.number,
            vision: strategy.texts.vision.clone(),
            way: Said::of(shell, strategy, Field::Strategy),
            answers: Field::QUESTIONS.iter().map(|field| Said::of(shell, strategy, *field)).collect(),
            set_on: unbroken(day(shell, strategy.set_at)),
            set_by: strategy.set_by.clone(),
            reason: strategy.reason.clone(),
        }
    }
}

/// A moment as the reader's day, with its year: versions stay for long.
#[must_use]
pub fn day(shell: &Shell, at: jiff::Timestamp) -> String {
    shell.t.date(at.to_zoned(shell.zone.clone()).date())
}

/// A text in both versions, with what changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// What it is called.
    pub label: String,
    /// The version before.
    pub before: Vec<Run>,
    /// The version after.
    pub after: Vec<Run>,
}

/// A version beside the one before it.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The number before.
    pub before: i32,
    /// Its own.
    pub after: i32,
    /// What changed, in the order of the form.
    pub changed: Vec<Compared>,
    /// What did not.
    pub same: Vec<Said>,
}

impl Comparison {
    /// What a version changed.
    #[must_use]
    pub fn of(shell: &Shell, before: &Strategy, after: &Strategy) -> Self {
        let fields = after.texts.changed(&before.texts);
        let compared = |field: &Field| {
            let (old, new) = differences::between(before.texts.get(*field), after.texts.get(*field));
            Compared { label: field.label(shell.t), before: old, after: new }
        };
        let same = Field::ALL.into_iter().filter(|field| !fields.contains(field));
        Self {
            before: before.number,
            after: after.number,
            changed: fields.iter().map(compared).collect(),
            same: same.map(|field| Said::of(shell, after, field)).collect(),
        }
    }
}
