//! Earlier escalations between the same two departments.

use crate::decisions::escalations::{State, Step};
use jiff::Timestamp;
use serde::Deserialize;

/// One of them.
#[derive(Clone, Debug, Deserialize)]
pub struct Earlier {
    /// Its number.
    pub number: i32,
    /// The question.
    pub question: String,
    /// Code of its kind in the matrix.
    pub kind: String,
    /// Where it is.
    pub state: State,
    /// The last step it took.
    pub step: Option<Step>,
    /// What was decided or settled, in the words of those who did; empty while it is open.
    pub outcome: String,
    /// When it was raised.
    pub raised_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
}
