//! When a task is due: late, slipped, and in words.

use super::{Status, Task};
use crate::platform::{
    locale::T,
    time_left::{self, days_between},
};
use jiff::civil::Date;

impl Task {
    /// Days past its due date; none unless it is open and late.
    #[must_use]
    pub fn late_by(&self, today: Date) -> Option<i32> {
        late_by(self.status, self.due_on, today)
    }

    /// Days between the date first agreed on and the one now; positive when it slipped.
    #[must_use]
    pub fn slip(&self) -> Option<i32> {
        Some(days_between(self.baseline_due_on?, self.due_on?))
    }
}

/// Whether somebody can say that it is on track as it stands: open, neither late nor blocked.
#[must_use]
pub fn can_be_on_track(status: Status, due: Option<Date>, today: Date) -> bool {
    status.is_open() && status != Status::Blocked && late_by(status, due, today).is_none()
}

/// Days past the due date; none unless the task is open and late.
#[must_use]
pub fn late_by(status: Status, due: Option<Date>, today: Date) -> Option<i32> {
    let days = time_left::late_by(due?, today);
    (status.is_open() && days > 0).then_some(days)
}

/// When something is due, in words, with the tone for [`crate::web::ui::deadline`]: `Today` warns, `3 days late` is
/// bad, `Tomorrow` and `Fri 20 Nov` are neither; a finished task says `Done 13 Nov`, a dropped one nothing.
#[must_use]
pub fn deadline(t: T, status: Status, due: Option<Date>, done_on: Option<Date>, today: Date) -> (&'static str, String) {
    match (status, due) {
        (Status::Done, _) => ("", done_on.map(|day| t.task_done_on(t.short_day(day))).unwrap_or_default()),
        (Status::Dropped, _) | (_, None) => ("", String::new()),
        (_, Some(due)) if due == today => ("warn", t.task_due_today()),
        (_, Some(due)) => match late_by(status, Some(due), today) {
            Some(_) => ("bad", time_left::of_day(t, due, today)),
            None if days_between(today, due) == 1 => ("", t.task_due_tomorrow()),
            None => ("", t.day(due, today)),
        },
    }
}
