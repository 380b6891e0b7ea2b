//! Everything known about one requirement change, as one statement reads it.

use super::model::{Side, Standing};
use crate::{
    platform::{
        ids::{ChangeId, ChangeMoveId, EscalationId, PartId, PersonId},
        locale::T,
        working_time::Calendar,
    },
    projects::scope::Days,
};
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

/// A change with its thread.
#[derive(Clone, Debug)]
pub struct ScopeChange {
    /// Its id.
    pub id: ChangeId,
    /// 3 of `C-3`.
    pub number: i32,
    /// What is to change.
    pub title: String,
    /// More about it, Markdown.
    pub details: String,
    /// Why, Markdown.
    pub why: String,
    /// In whose name it is asked for.
    pub part: PartId,
    /// Where it is, and who has accepted.
    pub standing: Standing,
    /// How long it takes.
    pub size: Option<Days>,
    /// The task that it touches.
    pub task: Option<Touched>,
    /// The milestone that it touches.
    pub milestone: Option<Touched>,
    /// The escalation that it waits for, or waited for.
    pub escalation: Option<EscalationEnd>,
    /// Every move, in order.
    pub moves: Vec<Move>,
    /// How much counts in the budget of the baseline in force.
    pub used: Days,
    /// Counts changes.
    pub version: i32,
}

/// A task or milestone that a change touches.
#[derive(Clone, Debug, Deserialize)]
pub struct Touched {
    /// Its number; none for a milestone.
    pub number: Option<i32>,
    /// Its title.
    pub title: String,
    /// The Chinese side of it.
    pub title_zh: Option<String>,
    /// Its day now.
    pub due_on: Option<Date>,
    /// Its day when R&D stated the effect.
    pub from_on: Option<Date>,
    /// By how many working days it moves; none until R&D has said so.
    pub days: Option<i32>,
}

impl Touched {
    /// `GEO-42 Price list`, or the milestone's title.
    #[must_use]
    pub fn name(&self, key: &str, t: T) -> String {
        let title = t.title(&self.title, self.title_zh.as_deref());
        self.number.map_or_else(|| title.to_owned(), |number| format!("{key}-{number} {title}"))
    }

    /// The day as it stood, and the day after the move; none where there is no day, or nothing moves.
    #[must_use]
    pub fn moved(&self, calendar: &Calendar) -> Option<(Date, Date)> {
        let (from, days) = (self.from_on?, self.days.filter(|days| *days > 0)?);
        Some((from, calendar.add_working_days(from, days)))
    }
}

/// The escalation of changes beyond the budget, and how it ended.
#[derive(Clone, Debug, Deserialize)]
pub struct EscalationEnd {
    /// Its id.
    pub id: EscalationId,
    /// 5 of `E-5`.
    pub number: i32,
    /// Its state in the database.
    pub state: String,
    /// The number of the decision that ended it.
    pub decision: Option<i32>,
}

impl EscalationEnd {
    /// What ended it, in words; none while it is open.
    #[must_use]
    pub fn by(&self, t: T) -> Option<String> {
        match (self.state.as_str(), self.decision) {
            ("decided", Some(decision)) => Some(t.scope_by_decision(format!("D-{decision}"))),
            ("decided" | "settled", _) => Some(t.scope_by_settlement(format!("E-{}", self.number))),
            ("withdrawn", _) => Some(t.scope_by_withdrawal(format!("E-{}", self.number))),
            _ => None,
        }
    }
}

/// What sort of move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveKind {
    /// It was asked for.
    Asked,
    /// R&D stated its size.
    Sized,
    /// A side accepted it.
    Accepted,
    /// A side said no.
    Declined,
    /// Who asked took it back.
    Withdrawn,
    /// The budget did not hold it.
    OverBudget,
    /// The escalation ended and the budget holds it.
    TakenIn,
    /// The escalation ended and it does not.
    LeftOut,
}

impl MoveKind {
    /// The text in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Sized => "sized",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::OverBudget => "over_budget",
            Self::TakenIn => "taken_in",
            Self::LeftOut => "left_out",
        }
    }
}

/// One move.
#[derive(Clone, Debug, Deserialize)]
pub struct Move {
    /// Its id, made with the form.
    pub id: ChangeMoveId,
    /// What sort.
    pub kind: MoveKind,
    /// For which side.
    pub side: Option<Side>,
    /// Who made it; none when the program itself did.
    pub by_id: Option<PersonId>,
    /// Their name.
    pub by: Option<String>,
    /// The part that made it; none for moves made before this was kept, and for the program's.
    pub part: Option<PartId>,
    /// The size stated, in half days.
    pub halves: Option<i32>,
    /// What was said.
    pub note: String,
    /// When.
    pub at: Timestamp,
}

impl ScopeChange {
    /// `C-3`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("C-{}", self.number)
    }

    /// Whether this move has been made, as when a form comes twice.
    #[must_use]
    pub fn has_move(&self, id: ChangeMoveId) -> bool {
        self.moves.iter().any(|one| one.id == id)
    }

    /// The side that said no.
    #[must_use]
    pub fn declined_by(&self) -> Option<Side> {
        self.moves.iter().find(|one| one.kind == MoveKind::Declined).and_then(|one| one.side)
    }

    /// The part that answered for a side, as the move says that stands; none before the side has answered.
    #[must_use]
    pub fn answered_by(&self, side: Side) -> Option<PartId> {
        let answered =
            |one: &&Move| one.side == Some(side) && matches!(one.kind, MoveKind::Accepted | MoveKind::Declined);
        let stands = self.standing.has_accepted(side) || self.declined_by() == Some(side);
        self.moves.iter().rev().find(answered).filter(|_| stands)?.part
    }

    /// How a side accepted it: who, and what they said.
    #[must_use]
    pub fn acceptance(&self, side: Side) -> Option<&Move> {
        self.moves.iter().rev().find(|one| one.kind == MoveKind::Accepted && one.side == Some(side))
    }
}
