//! Where the form of my work is filled in: at home by somebody signed in, or behind the link in a letter.

use super::{form::Sent, save::standing};
use crate::{
    accounts::WorkLink,
    events::Change,
    platform::locale::T,
    web::{AppState, Result, Shell, paths},
    work::tasks::{Task, TaskMover},
};

/// Where somebody sits.
#[derive(Clone, Copy, Debug)]
pub enum Desk<'a> {
    /// At `/`.
    SignedIn,
    /// Behind the link in a letter: from here nothing leads on.
    Letter(&'a WorkLink),
}

/// A form that sends a change of one task again: its address and its fields.
pub type Again = (String, Vec<(String, String)>);

impl Desk<'_> {
    /// Whether it stands behind the link in a letter.
    #[must_use]
    pub fn is_letter(&self) -> bool {
        matches!(self, Self::Letter(_))
    }

    /// Where the form of all rows is sent.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::SignedIn => "/",
            Self::Letter(link) => link.path(),
        }
    }

    /// The page of a task; none leads there from a letter.
    #[must_use]
    pub fn task(&self, key: &str, number: i32) -> String {
        match self {
            Self::SignedIn => paths::task(key, number).to_string(),
            Self::Letter(_) => String::new(),
        }
    }

    /// Begins a change by who sits here.
    pub(super) async fn change(&self, state: &AppState, shell: &Shell) -> Result<Change> {
        match self {
            Self::SignedIn => Change::begin(state, shell).await,
            Self::Letter(link) => link.change(state).await,
        }
    }

    /// A form that makes of a task, seen as it is in `seen`, what `wanted` says: the status and what belongs to it, the date, or
    /// both.
    pub(super) fn again(&self, t: T, (proof, seen): (&TaskMover, &Task), wanted: &Wanted) -> Again {
        let label = proof.label().to_string();
        let own = |name: &str| match (self, name) {
            (Self::SignedIn, name) => name.to_owned(),
            (Self::Letter(_), "status") => label.clone(),
            (Self::Letter(_), name) => format!("{name}.{label}"),
        };
        let mut fields: Vec<(String, String)> =
            wanted.fields.iter().map(|(name, value)| (own(name), value.clone())).collect();
        match self {
            Self::SignedIn => (format!("/my-work/{label}?version={}", seen.version), fields),
            Self::Letter(link) => {
                fields.push(("was".to_owned(), standing(t, proof.parts(), seen).mark(&label, seen.version)));
                (link.path().to_owned(), fields)
            }
        }
    }
}

/// What is wanted of a task: fields of its row and their values.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    fields: Vec<(&'static str, String)>,
}

impl Wanted {
    /// As somebody filled in a row.
    #[must_use]
    pub fn of(row: &Sent) -> Self {
        let mut wanted = Self::default();
        if row.moves() {
            wanted.status(row.now.status.as_str(), &row.now.reason, &row.now.waits_for);
        }
        if row.reschedules() {
            wanted.due_on(&row.now.due_on);
        }
        wanted
    }

    /// A status with what belongs to it.
    pub fn status(&mut self, status: &str, reason: &str, waits_for: &str) {
        self.fields.push(("status", status.to_owned()));
        self.fields.push(("reason", reason.to_owned()));
        self.fields.push(("waits_for", waits_for.to_owned()));
    }

    /// A date.
    pub fn due_on(&mut self, day: &str) {
        self.fields.push(("due_on", day.to_owned()));
    }
}
