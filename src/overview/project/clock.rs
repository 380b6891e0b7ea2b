//! How much working time the step of an escalation has left; pure.

use crate::{
    decisions::escalations::model::span,
    platform::{locale::T, working_time::Calendar},
};
use jiff::Timestamp;

/// The clock of one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Working minutes used.
    pub used: i64,
    /// Working minutes of the step.
    pub whole: i64,
    /// Working minutes left; negative when over.
    pub left: i64,
}

impl Clock {
    /// From the moments at which the step began and ends.
    pub fn new(calendar: &Calendar, entered: Option<Timestamp>, due: Timestamp, now: Timestamp) -> Self {
        let left = calendar.working_minutes_between(now, due);
        let whole = entered.map_or(left.max(1), |entered| calendar.working_minutes_between(entered, due)).max(1);
        Self { used: (whole - left).clamp(0, whole), whole, left }
    }

    /// Warn under half of the time, bad under a quarter or over.
    pub fn tone(&self) -> &'static str {
        if self.left * 4 < self.whole {
            "bad"
        } else if self.left * 2 < self.whole {
            "warn"
        } else {
            ""
        }
    }

    /// `1 d 3 h left`, `20 min left`, `over by 2 h`, in working time.
    pub fn text(&self, t: T, calendar: &Calendar) -> String {
        let span = span(t, self.left.abs(), calendar.minutes_per_day().max(1));
        if self.left < 0 { t.overview_clock_over(span) } else { t.overview_clock_left(span) }
    }
}
