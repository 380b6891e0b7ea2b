//! Everything known about one request, as one statement reads it.

use super::model::{Promise, Shown, Standing, State};
use crate::decisions::escalations::State as EscalationState;
use crate::platform::{
    ids::{EscalationId, PartId, PersonId, RequestId, RequestMoveId, TaskId},
    locale::T,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Deserialize;

/// A request with its thread.
#[derive(Clone, Debug)]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// 7 of `R-7`.
    pub number: i32,
    /// What is needed.
    pub title: String,
    /// More about it, Markdown.
    pub details: String,
    /// Who asks.
    pub from: PartId,
    /// Who is asked.
    pub to: PartId,
    /// By when it is wanted.
    pub wanted_on: Date,
    /// Who wrote it.
    pub asked_by: PersonId,
    /// Where it is, and whether the asker insisted.
    pub standing: Standing,
    /// Since when an answer is owed.
    pub waits_since: Timestamp,
    /// Until when.
    pub answer_due_at: Option<Timestamp>,
    /// The day on offer.
    pub offered_on: Option<Date>,
    /// The task that the offer would be done with; none for a new one.
    pub offered_task: Option<TaskId>,
    /// The day agreed on last.
    pub promised_on: Option<Date>,
    /// What was promised.
    pub promised: Option<PromisedTask>,
    /// What became of it when it was escalated.
    pub escalation: Option<EscalationRef>,
    /// The task of the asker that it is for.
    pub task: Option<TaskRef>,
    /// The milestone that it is for.
    pub milestone: Option<MilestoneRef>,
    /// Every move, in order.
    pub moves: Vec<Move>,
    /// Open tasks of the department asked, while it owes an answer.
    pub choices: Vec<TaskRef>,
    /// The slips that stay.
    pub overruns: i64,
    /// The agreed day is one more once it has passed.
    pub late_counts: bool,
    /// Counts changes.
    pub version: i32,
}

/// A task by number and title.
#[derive(Clone, Debug, Deserialize)]
pub struct TaskRef {
    /// Its id.
    pub id: TaskId,
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// The Chinese side of it.
    pub title_zh: Option<String>,
    /// By when it is due.
    pub due_on: Option<Date>,
}

/// The task of a promise.
#[derive(Clone, Debug, Deserialize)]
pub struct PromisedTask {
    /// Its id.
    pub id: TaskId,
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// The Chinese side of it.
    pub title_zh: Option<String>,
    /// Its status.
    pub status: String,
    /// By when it is due now.
    pub due_on: Option<Date>,
    /// When it was done.
    pub done_at: Option<Timestamp>,
}

/// A milestone by its title.
#[derive(Clone, Debug, Deserialize)]
pub struct MilestoneRef {
    /// Its title.
    pub title: String,
    /// The Chinese side of it.
    pub title_zh: Option<String>,
    /// Its day.
    pub due_on: Date,
}

/// The escalation that a request became.
#[derive(Clone, Debug, Deserialize)]
pub struct EscalationRef {
    /// Its id.
    pub id: EscalationId,
    /// 3 of `E-3`.
    pub number: i32,
    /// Where it is.
    pub state: EscalationState,
    /// What was settled, or why it was taken back.
    pub outcome: String,
    /// When it ended.
    pub closed_at: Option<Timestamp>,
    /// The decision that closed it.
    pub decision: Option<i32>,
    /// Its title.
    pub decision_title: Option<String>,
}

/// What sort of move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveKind {
    /// It was asked.
    Asked,
    /// Promised for the day asked for.
    Accepted,
    /// Another date was offered.
    Countered,
    /// Refused.
    Declined,
    /// The asker took the date on offer.
    Agreed,
    /// The asker did not take the refusal.
    Insisted,
    /// The asker agreed to another day for what is promised.
    Redated,
    /// Taken back.
    Withdrawn,
    /// It became an escalation.
    Escalated,
}

impl MoveKind {
    /// The text in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Accepted => "accepted",
            Self::Countered => "countered",
            Self::Declined => "declined",
            Self::Agreed => "agreed",
            Self::Insisted => "insisted",
            Self::Redated => "redated",
            Self::Withdrawn => "withdrawn",
            Self::Escalated => "escalated",
        }
    }

    /// Made by the department that was asked; else by the asker.
    #[must_use]
    pub fn is_answer(self) -> bool {
        matches!(self, Self::Accepted | Self::Countered | Self::Declined)
    }
}

/// One move.
#[derive(Clone, Debug, Deserialize)]
pub struct Move {
    /// Its id, made with the form.
    pub id: RequestMoveId,
    /// What sort.
    pub kind: MoveKind,
    /// Who made it; none when the program itself did.
    pub by: Option<String>,
    /// The day asked for, offered or agreed on.
    pub day: Option<Date>,
    /// Why.
    pub note: String,
    /// When.
    pub at: Timestamp,
    /// The escalation that it became by this move.
    pub escalation: Option<EscalationRef>,
}

impl Request {
    /// `R-7`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("R-{}", self.number)
    }

    /// Whether the time to answer is over.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.answer_due_at.is_some_and(|due| due <= now)
    }

    /// What was agreed on and what became of it, on this clock.
    #[must_use]
    pub fn promise(&self, zone: &TimeZone) -> Option<Promise> {
        let task = self.promised.as_ref()?;
        let done_on = task.done_at.filter(|_| task.status == "done").map(|at| at.to_zoned(zone.clone()).date());
        Some(Promise {
            on: self.promised_on?,
            done_on,
            is_dropped: task.status == "dropped",
            overruns: self.overruns,
            late_counts: self.late_counts,
        })
    }

    /// What a reader sees of its state.
    #[must_use]
    pub fn shown(&self, zone: &TimeZone, today: Date) -> Shown {
        Shown::new(self.standing, self.promise(zone).as_ref(), today)
    }

    /// Whether it can become an escalation now.
    #[must_use]
    pub fn may_escalate(&self, now: Timestamp) -> bool {
        self.standing.escalate(self.is_overdue(now)) == Ok(State::Escalated)
    }

    /// Whether this move has been made, as when a form comes twice.
    #[must_use]
    pub fn has_move(&self, id: RequestMoveId) -> bool {
        self.moves.iter().any(|one| one.id == id)
    }

    /// The last reason that the asker gave; the details when there is none.
    #[must_use]
    pub fn last_word(&self) -> &str {
        let insisted = self.moves.iter().rev().find(|one| one.kind == MoveKind::Insisted);
        match insisted {
            Some(one) => &one.note,
            None if self.details.is_empty() => &self.title,
            None => &self.details,
        }
    }
}

impl TaskRef {
    /// `GEO-42 Price list`.
    #[must_use]
    pub fn name(&self, key: &str, t: T) -> String {
        format!("{key}-{} {}", self.number, t.title(&self.title, self.title_zh.as_deref()))
    }
}

impl PromisedTask {
    /// `GEO-42 Price list`.
    #[must_use]
    pub fn name(&self, key: &str, t: T) -> String {
        format!("{key}-{} {}", self.number, t.title(&self.title, self.title_zh.as_deref()))
    }
}
