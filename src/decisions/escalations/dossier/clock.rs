//! The steps it took, and their limits.

use super::Dossier;
use crate::decisions::{
    escalations::{State, Step},
    matrix::{self, StepLimits},
};
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
    /// Who passed it on.
    pub passed_on_by: Option<String>,
    /// With which words.
    pub note: String,
}

impl Dossier {
    /// The limits of its steps; a category that the matrix lost has those of the most patient one.
    #[must_use]
    pub fn limits(&self) -> StepLimits {
        self.matrix_category().map_or(matrix::PATIENT, |category| category.limits)
    }

    /// Has been put before the committee at some time.
    #[must_use]
    pub fn was_before_committee(&self) -> bool {
        self.state == State::WithCommittee || self.steps.iter().any(|taken| taken.step == Step::Committee)
    }
}
