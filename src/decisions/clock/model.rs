//! What the clock does to an escalation, and when; pure.
//!
//! ```text
//!  with liaisons ──its time is over──► with lead ──its time is over──► with committee ──its time is over──► (says so, once)
//!       │ half, quarter left: warned       │ the same                       │ the same
//!       └────── while the raiser owes an answer, the clock of any step stands ──────┘
//! ```
//!
//! A step that ends by the clock ends at the moment it was due, and the next begins at that moment, however late anybody
//! looks: the way of a case is a function of the calendar, the limits and the pauses, never of when a worker ran.

use crate::{
    decisions::{escalations::Step, matrix::Limit},
    platform::working_time::Calendar,
};
use jiff::Timestamp;

/// The last warning that went out for a step, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Warning {
    /// Half of the time is left.
    Half,
    /// A quarter is left.
    Quarter,
    /// The committee's time is over; no further step follows.
    Over,
}

impl Warning {
    /// The text in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Half => "half",
            Self::Quarter => "quarter",
            Self::Over => "over",
        }
    }
}

/// How long a step may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Working minutes.
    Minutes(i64),
    /// Working days, as long as the calendar makes them now.
    Days(i64),
}

impl Span {
    /// In working minutes of this calendar; at least one.
    #[must_use]
    pub fn minutes(self, calendar: &Calendar) -> i64 {
        match self {
            Self::Minutes(minutes) => minutes,
            Self::Days(days) => days * calendar.minutes_per_day(),
        }
        .max(1)
    }

    /// As a number of days, if it is one.
    #[must_use]
    pub fn days(self) -> Option<i32> {
        match self {
            Self::Minutes(_) => None,
            Self::Days(days) => i32::try_from(days).ok(),
        }
    }
}

impl From<Limit> for Span {
    fn from(limit: Limit) -> Self {
        match limit {
            Limit::Hours(hours) => Self::Minutes(i64::from(hours) * 60),
            Limit::Days(days) => Self::Days(i64::from(days)),
        }
    }
}

/// The step that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Running {
    /// Which.
    pub step: Step,
    /// When it began.
    pub entered_at: Timestamp,
    /// How long it may take.
    pub limit: Span,
    /// Working time that its clock stood, so far, in seconds.
    pub paused: i64,
    /// Since when it stands.
    pub paused_at: Option<Timestamp>,
    /// The last warning.
    pub warned: Option<Warning>,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Nothing until `wake_at`, if at all.
    Nothing,
    /// Warnings of the step are behind the time: the next thing is its end.
    Late,
    /// Warn whoever owes the step.
    Warn(Warning),
    /// The step ended at this moment and the next one begins.
    PassOn(Timestamp),
}

impl Running {
    /// A step that begins.
    #[must_use]
    pub fn begin(step: Step, entered_at: Timestamp, limit: Span) -> Self {
        Self { step, entered_at, limit, paused: 0, paused_at: None, warned: None }
    }

    /// The limit with what its clock stood, in minutes, rounded up once: a pause never takes from a step, and many short ones
    /// add no more than they lasted.
    fn minutes(&self, calendar: &Calendar) -> i64 {
        self.limit.minutes(calendar) + (self.paused + 59).div_euclid(60)
    }

    /// When it must end; while the clock stands, when it would if it went on at once.
    #[must_use]
    pub fn due_at(&self, calendar: &Calendar) -> Timestamp {
        calendar.add_working_minutes(self.entered_at, self.minutes(calendar))
    }

    /// When one of so many parts of its time is left.
    fn left_at(&self, calendar: &Calendar, part: i64) -> Timestamp {
        let left = self.limit.minutes(calendar) / part;
        calendar.add_working_minutes(self.entered_at, self.minutes(calendar) - left)
    }

    /// The moment of the first thing that is not done yet; none while it stands and when nothing is left.
    #[must_use]
    pub fn wake_at(&self, calendar: &Calendar) -> Option<Timestamp> {
        if self.paused_at.is_some() {
            return None;
        }
        match self.warned {
            None => Some(self.left_at(calendar, 2)),
            Some(Warning::Half) => Some(self.left_at(calendar, 4)),
            Some(Warning::Quarter) => Some(self.due_at(calendar)),
            Some(Warning::Over) => None,
        }
    }

    /// What is to be done at `now`. A step whose end has passed is not warned of any more.
    #[must_use]
    pub fn look(&self, now: Timestamp, calendar: &Calendar) -> Due {
        let Some(wake_at) = self.wake_at(calendar).filter(|at| *at <= now) else { return Due::Nothing };
        let due = self.due_at(calendar);
        match (due <= now, self.warned, self.step) {
            (true, None | Some(Warning::Half), _) if wake_at < due => Due::Late,
            (true, _, Step::Liaisons | Step::Lead) => Due::PassOn(due),
            (true, _, Step::Committee) => Due::Warn(Warning::Over),
            (false, None, _) if self.left_at(calendar, 4) > now => Due::Warn(Warning::Half),
            (false, _, _) => Due::Warn(Warning::Quarter),
        }
    }

    /// The clock stands from `now` on; nothing when it stands already.
    #[must_use]
    pub fn pause(self, now: Timestamp) -> Self {
        Self { paused_at: self.paused_at.or(Some(now)), ..self }
    }

    /// It goes on. What it stood counts from the first second on.
    #[must_use]
    pub fn resume(self, now: Timestamp, calendar: &Calendar) -> Self {
        let Some(since) = self.paused_at else { return self };
        Self { paused: self.paused + seconds(since, now, calendar), paused_at: None, ..self }
    }

    /// Nobody could do anything from `since` to `now`: as if the clock had stood, whether or not it did for the raiser.
    #[must_use]
    pub fn rest(self, since: Timestamp, now: Timestamp, calendar: &Calendar) -> Self {
        let stood = self.paused_at.unwrap_or(since).min(since).max(self.entered_at);
        let paused = self.paused + seconds(stood, now, calendar).max(0);
        Self { paused, paused_at: self.paused_at.map(|_| now), ..self }
    }
}

/// Working time in whole seconds, rounded up.
fn seconds(from: Timestamp, to: Timestamp, calendar: &Calendar) -> i64 {
    let time = calendar.working_time_between(from, to);
    time.as_secs() + i64::from(time.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests;
