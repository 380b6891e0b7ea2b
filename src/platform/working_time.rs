//! Working days and working minutes of an organisation (ARCHITECTURE §7): weekdays, holidays, make-up working days, hours
//! and a time zone. Pure: the caller brings the day or the instant.
//!
//! Two rules make the arithmetic exact:
//!
//! - A day count starts at the first working day on or after the given one. Therefore
//!   `add(add(d, a), b) == add(d, a + b)` and `between(d, add(d, n)) == n` for every day and every sign.
//! - A working day is closed at both ends: its opening and its closing instant both count as working time. A span of
//!   exactly one working day from 09:00 ends at 17:00 of the same day, never at 09:00 of the next.
//!
//! Minutes are elapsed minutes between the instants at which the day opens and closes in its zone, so a day on which
//! the clocks change inside working hours is as long as it really was. A civil day that the zone skips has none.

use std::collections::BTreeMap;

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};
use thiserror::Error;

/// What a calendar says about one date, against its weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exception {
    /// Nobody works, whatever the weekday.
    Holiday,
    /// People work although the weekday is free (a make-up day).
    WorkingDay,
}

/// Why a calendar was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CalendarError {
    /// Without one working weekday no due date could ever be found.
    #[error("a calendar needs at least one working weekday")]
    NoWorkingWeekday,
    /// The day must close after it opens.
    #[error("the working day must end after it starts")]
    EndsBeforeItStarts,
    /// Hours are kept to the minute.
    #[error("working hours are whole minutes")]
    NotWholeMinutes,
}

/// The working time of an organisation: which days, which hours, in which zone.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// By weekday, Monday first.
    working: [bool; 7],
    exceptions: BTreeMap<Date, Exception>,
    opens: Time,
    closes: Time,
    zone: TimeZone,
}

impl Default for Calendar {
    /// Monday to Friday, 09:00 to 17:00 UTC, no holidays.
    fn default() -> Self {
        Self {
            working: [true, true, true, true, true, false, false],
            exceptions: BTreeMap::new(),
            opens: Time::constant(9, 0, 0, 0),
            closes: Time::constant(17, 0, 0, 0),
            zone: TimeZone::UTC,
        }
    }
}

impl Calendar {
    /// Makes a calendar of weekdays, exceptions by date, opening and closing times (civil, in `zone`).
    ///
    /// # Errors
    /// Without a working weekday, with hours that are empty or reversed, or with seconds in them.
    pub fn new(
        weekdays: impl IntoIterator<Item = Weekday>,
        exceptions: impl IntoIterator<Item = (Date, Exception)>,
        opens: Time,
        closes: Time,
        zone: TimeZone,
    ) -> Result<Self, CalendarError> {
        let weekdays: Vec<Weekday> = weekdays.into_iter().collect();
        let working = WEEK.map(|day| weekdays.contains(&day));
        if !working.contains(&true) {
            return Err(CalendarError::NoWorkingWeekday);
        }
        if closes <= opens {
            return Err(CalendarError::EndsBeforeItStarts);
        }
        if [opens, closes].iter().any(|time| time.second() != 0 || time.subsec_nanosecond() != 0) {
            return Err(CalendarError::NotWholeMinutes);
        }
        Ok(Self { working, exceptions: exceptions.into_iter().collect(), opens, closes, zone })
    }

    /// The zone in which days begin and hours are read.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The civil day of an instant in the calendar's zone.
    pub fn date_of(&self, instant: Timestamp) -> Date {
        self.zone.to_datetime(instant).date()
    }

    /// Minutes of an ordinary working day.
    pub fn minutes_per_day(&self) -> i64 {
        minutes_into_day(self.closes) - minutes_into_day(self.opens)
    }

    /// Whether people work on this day: an exception decides, otherwise the weekday.
    pub fn is_working_day(&self, day: Date) -> bool {
        match self.exceptions.get(&day) {
            Some(Exception::Holiday) => false,
            Some(Exception::WorkingDay) => true,
            None => self.is_working_weekday(day.weekday()),
        }
    }

    fn is_working_weekday(&self, weekday: Weekday) -> bool {
        WEEK.iter().zip(self.working).any(|(day, works)| *day == weekday && works)
    }

    /// The first working day on or after `day`.
    ///
    /// Ends soon however long the holidays are: after the last exception every week has a working day. At the end of
    /// the representable time (the year 9999) the last day is returned as it is.
    pub fn working_day_on_or_after(&self, day: Date) -> Date {
        let mut day = day;
        while !self.is_working_day(day) {
            match day.tomorrow() {
                Ok(next) => day = next,
                Err(_) => return day,
            }
        }
        day
    }

    /// The last working day on or before `day`; the first representable day when there is none.
    fn working_day_on_or_before(&self, day: Date) -> Date {
        let mut day = day;
        while !self.is_working_day(day) {
            match day.yesterday() {
                Ok(previous) => day = previous,
                Err(_) => return day,
            }
        }
        day
    }

    /// The first working day strictly after `day`.
    pub fn next_working_day(&self, day: Date) -> Date {
        day.tomorrow().map_or(day, |next| self.working_day_on_or_after(next))
    }

    /// The working day `count` working days after the first working day on or after `day`; negative counts go back.
    ///
    /// `0` gives `day` itself when it is a working day, otherwise the next one. From a Saturday, `1` is the Tuesday
    /// and `-1` the Friday. Stops at the ends of representable time.
    pub fn add_working_days(&self, day: Date, count: i32) -> Date {
        let mut day = self.working_day_on_or_after(day);
        for _ in 0..count.unsigned_abs() {
            let neighbour = if count > 0 { day.tomorrow() } else { day.yesterday() };
            day = match neighbour {
                Ok(next) if count > 0 => self.working_day_on_or_after(next),
                Ok(previous) => self.working_day_on_or_before(previous),
                Err(_) => return day,
            };
        }
        day
    }

    /// Working days from `from` (counted when it is one) up to, not including, `to`; negative when `to` is earlier.
    ///
    /// `working_days_between(d, add_working_days(d, n)) == n`, and `between(a, b) == -between(b, a)`.
    pub fn working_days_between(&self, from: Date, to: Date) -> i32 {
        if to < from {
            return -self.working_days_between(to, from);
        }
        let by_weekday = self.weekdays_between(from, to);
        self.exceptions.range(from..to).fold(by_weekday, |count, (day, exception)| {
            match (exception, self.is_working_weekday(day.weekday())) {
                (Exception::Holiday, true) => count - 1,
                (Exception::WorkingDay, false) => count + 1,
                (Exception::Holiday, false) | (Exception::WorkingDay, true) => count,
            }
        })
    }

    /// Days of working weekdays in `[from, to)`, exceptions aside; `from <= to`.
    fn weekdays_between(&self, from: Date, to: Date) -> i32 {
        let days = from.duration_until(to).as_hours() / 24;
        let a_week = i64::try_from(self.working.iter().filter(|works| **works).count()).unwrap_or(7);
        let mut count = days / 7 * a_week;
        let mut weekday = from.weekday();
        for _ in 0..days % 7 {
            count += i64::from(self.is_working_weekday(weekday));
            weekday = weekday.next();
        }
        i32::try_from(count).unwrap_or(i32::MAX)
    }

    /// The instants at which work opens and closes on `day`; `None` when nobody works, or when the zone has no such
    /// hours on that day (a skipped day or a clock change that swallows them).
    fn hours_of(&self, day: Date) -> Option<(Timestamp, Timestamp)> {
        if !self.is_working_day(day) {
            return None;
        }
        let at = |time: Time| {
            let zoned = day.to_datetime(time).to_zoned(self.zone.clone()).ok()?;
            (zoned.date() == day).then(|| zoned.timestamp())
        };
        let (opens, closes) = (at(self.opens)?, at(self.closes)?);
        (opens < closes).then_some((opens, closes))
    }

    /// The instant `minutes` working minutes after `from`; negative minutes go back.
    ///
    /// An instant outside working time first moves to the next opening (for negative minutes to the last closing).
    /// The result lies in working time, both ends included. For minutes of one sign the additions compose:
    /// `add(add(t, a), b) == add(t, a + b)`. Stops at the ends of representable time.
    pub fn add_working_minutes(&self, from: Timestamp, minutes: i64) -> Timestamp {
        let mut left = SignedDuration::from_secs(minutes.saturating_abs().saturating_mul(60));
        let (mut day, mut at) = (self.date_of(from), from);
        loop {
            if let Some((opens, closes)) = self.hours_of(day) {
                let (start, room) = if minutes < 0 {
                    let start = at.min(closes);
                    (start, opens.duration_until(start))
                } else {
                    let start = at.max(opens);
                    (start, start.duration_until(closes))
                };
                // No room and nothing left is still inside when the instant is the closing (or opening) itself.
                if room >= left {
                    let step = if minutes < 0 { -left } else { left };
                    return start.checked_add(step).unwrap_or(start);
                }
                if room.is_positive() {
                    left -= room;
                    at = if minutes < 0 { opens } else { closes };
                }
            }
            let neighbour = if minutes < 0 { day.yesterday() } else { day.tomorrow() };
            match neighbour {
                Ok(next) => day = next,
                Err(_) => return at,
            }
        }
    }

    /// Whole working minutes from `from` to `to`, negative when `to` is earlier.
    pub fn working_minutes_between(&self, from: Timestamp, to: Timestamp) -> i64 {
        self.working_time_between(from, to).as_secs() / 60
    }

    /// Working time from `from` to `to`, negative when `to` is earlier.
    pub fn working_time_between(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        if to < from {
            return -self.working_time_between(to, from);
        }
        let (mut day, last) = (self.date_of(from), self.date_of(to));
        let mut total = SignedDuration::ZERO;
        loop {
            if let Some((opens, closes)) = self.hours_of(day) {
                let worked = from.max(opens).duration_until(to.min(closes));
                total = total.saturating_add(worked.max(SignedDuration::ZERO));
            }
            match day.tomorrow() {
                Ok(next) if day < last => day = next,
                Ok(_) | Err(_) => return total,
            }
        }
    }
}

/// The weekdays, Monday first.
const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

fn minutes_into_day(time: Time) -> i64 {
    i64::from(time.hour()) * 60 + i64::from(time.minute())
}

#[cfg(test)]
mod tests;
