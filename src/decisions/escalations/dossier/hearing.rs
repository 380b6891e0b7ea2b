//! What the two sides say, what it rests on, and what they offer each other.

use super::{Dossier, TaskBrief};
use crate::platform::ids::{CommentId, EvidenceId, OptionId, PartId, PersonId, PositionId};
use jiff::Timestamp;
use serde::Deserialize;

/// A settlement on offer.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Its text.
    pub text: String,
    /// The side that offers it.
    pub part: PartId,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A side's statement.
#[derive(Clone, Debug, Deserialize)]
pub struct Position {
    /// Its id.
    pub id: PositionId,
    /// The side.
    pub part_id: PartId,
    /// Who wrote it.
    pub author: String,
    /// The program took it from what they said elsewhere.
    pub is_drafted: bool,
    /// What they say.
    pub statement: String,
    /// The option they want.
    pub wants: Option<OptionId>,
    /// When it was written or last changed.
    pub written_at: Timestamp,
    /// Counts changes.
    pub version: i32,
}

/// A piece of evidence.
#[derive(Clone, Debug, Deserialize)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// `link`, `task` or `text`.
    pub kind: String,
    /// What it is called.
    pub label: String,
    /// Where it is, for links.
    pub url: Option<String>,
    /// What it says, for texts.
    pub body: String,
    /// The task, for tasks.
    pub task: Option<TaskBrief>,
    /// Who added it.
    pub by: String,
    /// The program put it together.
    pub is_drafted: bool,
}

/// A comment.
#[derive(Clone, Debug, Deserialize)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// Who wrote it.
    pub author_id: PersonId,
    /// Their name.
    pub name: String,
    /// Markdown.
    pub body: String,
    /// When.
    pub created_at: Timestamp,
}

impl Dossier {
    /// One of the two sides.
    #[must_use]
    pub fn is_side(&self, part: PartId) -> bool {
        part == self.from || part == self.to
    }

    /// A side's statement, once written.
    #[must_use]
    pub fn position_of(&self, part: PartId) -> Option<&Position> {
        self.positions.iter().find(|position| position.part_id == part)
    }
}
