//! How much time is left and how late something is: the one place that says so, in words. Pure.
//!
//! What ends at a moment (the step of an escalation, the answer to a request) runs in working time and is told in working
//! days or hours, to the nearest hour; the exact moment stands beside it. What is due on a day is told in calendar days, early or late;
//! boards and letters say it, too, where nobody has read the organisation's calendar.

use super::{locale::T, working_time::Calendar};
use jiff::{Timestamp, civil::Date};

/// What is left of a step, in working time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeLeft {
    /// Whole working minutes until the step must end; negative when it is over.
    pub minutes: i64,
    /// Working minutes of the whole step; at least one.
    pub of: i64,
    /// Working minutes of a day; at least one.
    pub day: i64,
    /// Its end has come, also when nobody has worked since.
    pub is_over: bool,
}

impl TimeLeft {
    /// Of a step that began at `entered` and must end at `due`, seen at `now`.
    #[must_use]
    pub fn new(entered: Timestamp, due: Timestamp, now: Timestamp, calendar: &Calendar) -> Self {
        Self {
            minutes: calendar.working_minutes_between(now, due),
            of: calendar.working_minutes_between(entered, due).max(1),
            day: calendar.minutes_per_day().max(1),
            is_over: now >= due,
        }
    }

    /// Of a step whose clock stood for some working minutes, which are not part of its time.
    #[must_use]
    pub fn without(self, paused: i64) -> Self {
        Self { of: (self.of - paused).max(1), ..self }
    }

    /// `bad` under a quarter or over, `warn` under a half, `ok` otherwise.
    #[must_use]
    pub fn tone(self) -> &'static str {
        if self.is_over || self.minutes * 4 < self.of {
            "bad"
        } else if self.minutes * 2 < self.of {
            "warn"
        } else {
            "ok"
        }
    }

    /// As [`Self::tone`], but silent while all is well.
    #[must_use]
    pub fn alarm(self) -> &'static str {
        if self.tone() == "ok" { "" } else { self.tone() }
    }

    /// Minutes used, never more than the whole.
    #[must_use]
    pub fn used(self) -> i64 {
        (self.of - self.minutes).clamp(0, self.of)
    }

    /// `2 working days left`, `5 working hours left`, `less than an hour left`, `2 working hours over`. What is left is told to the
    /// nearest hour, so that two days are two days a minute after they began.
    #[must_use]
    pub fn words(self, t: T) -> String {
        let half_an_hour = if self.is_over || self.minutes < 60 { 0 } else { 30 };
        let minutes = self.minutes.abs() + half_an_hour;
        let (days, hours) = (minutes / self.day, minutes / 60);
        match (self.is_over, days, hours) {
            (false, 0, 0) => t.time_left_little(),
            (false, 0, hours) => t.time_left_hours(hours),
            (false, days, _) => t.time_left_days(days),
            (true, 0, 0) => t.time_over_now(),
            (true, 0, hours) => t.time_over_hours(hours),
            (true, days, _) => t.time_over_days(days),
        }
    }
}

/// Calendar days from one day to another; negative when `to` is earlier.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// Calendar days by which something that was due on `due` is late; `0` until that day is over.
#[must_use]
pub fn late_by(due: Date, today: Date) -> i32 {
    days_between(due, today).max(0)
}

/// `due today`, `due tomorrow`, `due in 5 days`, `3 days late`.
#[must_use]
pub fn of_day(t: T, due: Date, today: Date) -> String {
    match days_between(today, due) {
        0 => t.due_today(),
        1 => t.due_tomorrow(),
        days if days < 0 => t.late_days(-days),
        days => t.due_in(days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::locale::Language;
    use jiff::civil::date;

    const BOTH: (T, T) = (T(Language::English), T(Language::Chinese));

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_clock_is_told_to_the_nearest_hour() {
        let (calendar, (en, zh)) = (Calendar::default(), BOTH);
        // Two working days of eight hours, Thursday and Friday.
        let (entered, due) = (at("2026-11-19T09:00:00Z"), at("2026-11-20T17:00:00Z"));
        for (now, tone, english, chinese) in [
            ("2026-11-18T17:00:00Z", "ok", "2 working days left", "还剩 2 个工作日"),
            ("2026-11-19T09:00:00Z", "ok", "2 working days left", "还剩 2 个工作日"),
            ("2026-11-19T09:30:00Z", "ok", "2 working days left", "还剩 2 个工作日"),
            ("2026-11-19T09:31:00Z", "ok", "1 working day left", "还剩 1 个工作日"),
            ("2026-11-19T17:00:00Z", "ok", "1 working day left", "还剩 1 个工作日"),
            ("2026-11-20T08:00:00Z", "ok", "1 working day left", "还剩 1 个工作日"),
            ("2026-11-20T09:31:00Z", "warn", "7 working hours left", "还剩 7 个工作小时"),
            ("2026-11-20T13:01:00Z", "bad", "4 working hours left", "还剩 4 个工作小时"),
            ("2026-11-20T15:59:00Z", "bad", "1 working hour left", "还剩 1 个工作小时"),
            ("2026-11-20T16:20:00Z", "bad", "less than an hour left", "还剩不到 1 小时"),
            ("2026-11-20T16:59:45Z", "bad", "less than an hour left", "还剩不到 1 小时"),
            ("2026-11-20T17:00:00Z", "bad", "time is over", "已超时"),
            ("2026-11-22T12:00:00Z", "bad", "time is over", "已超时"),
            ("2026-11-23T10:30:00Z", "bad", "1 working hour over", "已超时 1 个工作小时"),
            ("2026-11-24T11:00:00Z", "bad", "1 working day over", "已超时 1 个工作日"),
        ] {
            let left = TimeLeft::new(entered, due, at(now), &calendar);
            assert_eq!((left.tone(), left.words(en).as_str()), (tone, english), "{now}");
            assert_eq!(left.words(zh), chinese, "{now}");
            assert!((0..=left.of).contains(&left.used()));
        }
    }

    #[test]
    fn a_day_is_told_in_calendar_days() {
        let ((en, zh), friday) = (BOTH, date(2026, 11, 20));
        for (due, late, english, chinese) in [
            (date(2026, 11, 20), 0, "due today", "今天到期"),
            (date(2026, 11, 21), 0, "due tomorrow", "明天到期"),
            (date(2026, 11, 23), 0, "due in 3 days", "3 天后到期"),
            (date(2027, 1, 20), 0, "due in 61 days", "61 天后到期"),
            (date(2026, 11, 19), 1, "1 day late", "逾期 1 天"),
            (date(2026, 11, 13), 7, "7 days late", "逾期 7 天"),
        ] {
            assert_eq!(of_day(en, due, friday), english, "{due}");
            assert_eq!(of_day(zh, due, friday), chinese, "{due}");
            assert_eq!(late_by(due, friday), late, "{due}");
        }
    }
}
