//! The steps it took, and their limits.

use super::Dossier;
use crate::decisions::{
    escalations::{State, Step},
    limits,
    matrix::StepLimits,
};
use crate::platform::ids::{PersonId, QuestionId};
use jiff::Timestamp;
use serde::Deserialize;

/// One step on the way.
#[derive(Clone, Debug, Deserialize)]
pub struct StepTaken {
    /// Which.
    pub step: Step,
    /// When it began.
    pub entered_at: Timestamp,
    /// When it must end.
    pub due_at: Timestamp,
    /// When it ended.
    pub left_at: Option<Timestamp>,
    /// Who passed it on; nobody when the clock did.
    pub passed_on_by: Option<String>,
    /// Working minutes that the clock stood; the running step's own standing is not among them yet.
    pub paused_minutes: i64,
    /// With which words.
    pub note: String,
}

/// What the raiser is asked; the clock stands until it is answered or taken back.
#[derive(Clone, Debug, Deserialize)]
pub struct OpenQuestion {
    /// Its id.
    pub id: QuestionId,
    /// Who wants to know.
    pub asked_by: PersonId,
    /// Their name.
    pub asker: String,
    /// What they want to know.
    pub question: String,
    /// Since when.
    pub asked_at: Timestamp,
}

/// A question to the raiser with its answer.
#[derive(Clone, Debug, Deserialize)]
pub struct AnsweredQuestion {
    /// Who asked.
    pub asker: String,
    /// What.
    pub question: String,
    /// When.
    pub asked_at: Timestamp,
    /// Who answered for the raising side.
    pub by: String,
    /// What.
    pub answer: String,
    /// When.
    pub answered_at: Timestamp,
}

impl Dossier {
    /// The limits of its steps: the administrator's, else the matrix's; a category that the matrix lost has those of the most
    /// patient one.
    #[must_use]
    pub fn limits(&self) -> StepLimits {
        self.own_limits.unwrap_or_else(|| limits::model::of_matrix(&self.category))
    }

    /// Has been put before the committee at some time.
    #[must_use]
    pub fn was_before_committee(&self) -> bool {
        self.state == State::WithCommittee || self.steps.iter().any(|taken| taken.step == Step::Committee)
    }
}
