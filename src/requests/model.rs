//! The way of a request (ARCHITECTURE §6); pure.
//!
//! ```text
//!            ┌──────────────── the asker insists, once ────────────────┐
//!            ▼                                                         │
//!  asked ──► asked ──another date──► countered ──┬─────────────────────┤
//!              │                         │       │                     │
//!              │ the department accepts  │ the asker takes the date    │
//!              └──────────► accepted ◄───┘       │                     │
//!              └──the department declines──► declined ─────────────────┘
//!              └──── the asker withdraws ────────┴──► withdrawn
//!
//!  asked, past its answer time ─┐                                ┌─ the asker states the day ─────────► asked
//!  countered after insisting   ─┼──► escalated ──it has ended────┤
//!  declined after insisting    ─┤                                └─ the asker withdraws ─────────────► withdrawn
//!  accepted, its task dropped  ─┘  or the asker withdraws ─► withdrawn
//! ```
//!
//! An escalation has ended once it is settled, decided or taken back. Then it is the asker's turn, who states the day that it
//! came to; the department asked confirms it with a task or answers as at the beginning, and the asker may insist once
//! again. What the request had become stays beside it.
//!
//! An accepted request is kept once its task is done, and has slipped once the agreed day passes without that or the
//! task is moved beyond it: both follow from the task and are never written down. So does that its task was dropped: then
//! no other day is agreed on, and the asker ends it.

use crate::platform::{locale::T, working_time::Calendar};
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

/// Longest title, in characters.
pub const TITLE: usize = 120;
/// Longest details.
pub const DETAILS: usize = 5000;
/// Longest reason.
pub const NOTE: usize = 2000;
/// Working days to answer in.
const ANSWER_DAYS: i64 = 2;

/// Where a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type, Deserialize)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The department asked owes an answer.
    Asked,
    /// It offers another date; the asker owes an answer.
    Countered,
    /// There is a promise: a day and a task.
    Accepted,
    /// It said no.
    Declined,
    /// The asker took it back.
    Withdrawn,
    /// It became an escalation.
    Escalated,
}

impl State {
    /// All, in their order.
    pub const ALL: [Self; 6] =
        [Self::Asked, Self::Countered, Self::Accepted, Self::Declined, Self::Withdrawn, Self::Escalated];

    /// The text in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Countered => "countered",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Escalated => "escalated",
        }
    }

    /// From the text in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Somebody owes an answer.
    #[must_use]
    pub fn is_unanswered(self) -> bool {
        matches!(self, Self::Asked | Self::Countered)
    }
}

/// What the rules go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Where it is.
    pub state: State,
    /// The asker did not take the first refusal.
    pub is_insisted: bool,
    /// The escalation that it became has ended.
    pub is_ended: bool,
    /// The task of its promise was dropped.
    pub is_dropped: bool,
}

/// Why a move is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not from where it is.
    #[error("not at this state")]
    NotNow,
    /// The asker insists once.
    #[error("insisted already")]
    InsistedAlready,
    /// The day that was asked for has passed: nobody can promise it any more.
    #[error("the day has passed")]
    DayPassed,
    /// The department asked still has time to answer.
    #[error("not due yet")]
    NotDue,
    /// The other side has promised a day: an earlier one is asked for anew.
    #[error("not later than the promised day")]
    NotLater,
    /// Nobody works on what was promised: another day for it means nothing.
    #[error("the promised task was dropped")]
    TaskDropped,
}

impl Standing {
    /// The department asked promises it for the day that was asked for.
    ///
    /// # Errors
    /// [`Refusal`] unless it owes an answer.
    pub fn accept(self) -> Result<State, Refusal> {
        self.only_from(&[State::Asked], State::Accepted)
    }

    /// The department asked offers another date.
    ///
    /// # Errors
    /// [`Refusal`] unless it owes an answer.
    pub fn counter(self) -> Result<State, Refusal> {
        self.only_from(&[State::Asked], State::Countered)
    }

    /// The department asked says no.
    ///
    /// # Errors
    /// [`Refusal`] unless it owes an answer.
    pub fn decline(self) -> Result<State, Refusal> {
        self.only_from(&[State::Asked], State::Declined)
    }

    /// The asker takes the date on offer.
    ///
    /// # Errors
    /// [`Refusal`] unless there is one.
    pub fn agree(self) -> Result<State, Refusal> {
        self.only_from(&[State::Countered], State::Accepted)
    }

    /// The asker does not take the refusal, once.
    ///
    /// # Errors
    /// [`Refusal`] unless it was refused for the first time.
    pub fn insist(self) -> Result<State, Refusal> {
        let next = self.only_from(&[State::Countered, State::Declined], State::Asked)?;
        if self.is_insisted { Err(Refusal::InsistedAlready) } else { Ok(next) }
    }

    /// As [`Standing::insist`], on the day that was asked for.
    ///
    /// # Errors
    /// [`Refusal`] as there, and once that day has passed.
    pub fn insist_on(self, wanted: Date, today: Date) -> Result<State, Refusal> {
        let next = self.insist()?;
        if wanted < today { Err(Refusal::DayPassed) } else { Ok(next) }
    }

    /// The asker takes it back, as long as an answer is owed, once its escalation has ended, or when the promised task was
    /// dropped.
    ///
    /// # Errors
    /// [`Refusal`] once it is answered for good.
    pub fn withdraw(self) -> Result<State, Refusal> {
        if self.is_broken() {
            return Ok(State::Withdrawn);
        }
        self.after_its_end(State::Withdrawn)
            .or_else(|_| self.only_from(&[State::Asked, State::Countered], State::Withdrawn))
    }

    /// The asker states the day that the escalation came to, or asks for one again.
    ///
    /// # Errors
    /// [`Refusal`] before its escalation has ended.
    pub fn ask_again(self) -> Result<State, Refusal> {
        self.after_its_end(State::Asked)
    }

    fn after_its_end(self, to: State) -> Result<State, Refusal> {
        if self.state == State::Escalated && self.is_ended { Ok(to) } else { Err(Refusal::NotNow) }
    }

    /// There is a promise, and nobody works on it any more.
    #[must_use]
    pub fn is_broken(self) -> bool {
        self.state == State::Accepted && self.is_dropped
    }

    /// The asker agrees to another day for what is promised.
    ///
    /// # Errors
    /// [`Refusal`] without a promise, and when its task was dropped.
    pub fn redate(self) -> Result<State, Refusal> {
        if self.is_broken() { Err(Refusal::TaskDropped) } else { self.only_from(&[State::Accepted], State::Accepted) }
    }

    /// As [`Standing::redate`], to this day: one side alone gives more time, never less.
    ///
    /// # Errors
    /// [`Refusal`] without a promise, and for a day that is not later than the one promised.
    pub fn redate_to(self, on: Date, promised: Date) -> Result<State, Refusal> {
        let next = self.redate()?;
        if on > promised { Ok(next) } else { Err(Refusal::NotLater) }
    }

    /// It becomes an escalation: refused twice, not answered in time, or promised with a task that was dropped.
    ///
    /// # Errors
    /// [`Refusal`] before that.
    pub fn escalate(self, is_overdue: bool) -> Result<State, Refusal> {
        match self.state {
            State::Asked if is_overdue => Ok(State::Escalated),
            State::Countered | State::Declined if self.is_insisted => Ok(State::Escalated),
            State::Accepted if self.is_dropped => Ok(State::Escalated),
            State::Asked | State::Countered | State::Declined => Err(Refusal::NotDue),
            State::Accepted | State::Withdrawn | State::Escalated => Err(Refusal::NotNow),
        }
    }

    fn only_from(self, from: &[State], to: State) -> Result<State, Refusal> {
        if from.contains(&self.state) { Ok(to) } else { Err(Refusal::NotNow) }
    }
}

/// Until when an answer is owed that was asked for at `asked`: two working days of the organisation's calendar.
#[must_use]
pub fn answer_due_at(asked: Timestamp, calendar: &Calendar) -> Timestamp {
    calendar.add_working_minutes(asked, ANSWER_DAYS * calendar.minutes_per_day())
}

/// What was agreed on and what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The day agreed on last.
    pub on: Date,
    /// The day on which its task was done.
    pub done_on: Option<Date>,
    /// Its task was dropped.
    pub is_dropped: bool,
    /// The slips that stay: moves of its task further out than ever since, and days that passed before the one agreed on last.
    pub overruns: i64,
    /// The day agreed on last, once it has passed, is one more: no such move has been made since, and the task still is the
    /// department's that promised.
    pub late_counts: bool,
}

impl Promise {
    /// Its task is done.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.done_on.is_some()
    }

    /// How often it slipped: each move of its task further out than before, and each agreed day that passed without one.
    #[must_use]
    pub fn slips(&self, today: Date) -> i64 {
        let is_late = self.is_dropped || self.done_on.unwrap_or(today) > self.on;
        self.overruns + i64::from(self.late_counts && is_late)
    }

    /// Whether it slipped at all.
    #[must_use]
    pub fn has_slipped(&self, today: Date) -> bool {
        self.slips(today) > 0
    }
}

/// What a reader sees of the state: the row's own, and what follows from the promised task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Waiting for the department asked.
    Asked,
    /// Waiting for the asker.
    Countered,
    /// Promised, and on its way.
    Promised,
    /// Promised, and late.
    Slipped,
    /// Done.
    Kept,
    /// Refused.
    Declined,
    /// Taken back.
    Withdrawn,
    /// An escalation now.
    Escalated,
    /// Its escalation has ended: a day is to be agreed on.
    Ended,
}

impl Shown {
    /// From the facts.
    #[must_use]
    pub fn new(standing: Standing, promise: Option<&Promise>, today: Date) -> Self {
        match standing.state {
            State::Asked => Self::Asked,
            State::Countered => Self::Countered,
            State::Accepted => match promise {
                Some(promise) if promise.is_kept() => Self::Kept,
                Some(promise) if promise.has_slipped(today) => Self::Slipped,
                Some(_) | None => Self::Promised,
            },
            State::Declined => Self::Declined,
            State::Withdrawn => Self::Withdrawn,
            State::Escalated if standing.is_ended => Self::Ended,
            State::Escalated => Self::Escalated,
        }
    }

    /// Somebody waits for something.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Asked | Self::Countered | Self::Promised | Self::Slipped | Self::Ended)
    }

    /// On screen.
    #[must_use]
    pub fn label(self, t: T) -> String {
        match self {
            Self::Asked => t.request_state_asked(),
            Self::Countered => t.request_state_countered(),
            Self::Promised => t.request_state_promised(),
            Self::Slipped => t.request_state_slipped(),
            Self::Kept => t.request_state_kept(),
            Self::Declined => t.request_state_declined(),
            Self::Withdrawn => t.request_state_withdrawn(),
            Self::Escalated => t.request_state_escalated(),
            Self::Ended => t.request_state_ended(),
        }
    }

    /// The icon beside the word.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Self::Asked => "ask",
            Self::Countered => "clock",
            Self::Promised => "check",
            Self::Slipped => "warn",
            Self::Kept => "ok",
            Self::Declined => "x",
            Self::Withdrawn => "undo",
            Self::Escalated | Self::Ended => "vote",
        }
    }

    /// `data-tone` of its pill; empty for a neutral one.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Asked | Self::Countered | Self::Promised | Self::Ended => "info",
            Self::Slipped => "bad",
            Self::Kept => "ok",
            Self::Declined | Self::Escalated => "warn",
            Self::Withdrawn => "",
        }
    }
}

#[cfg(test)]
mod tests;
