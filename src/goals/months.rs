//! Months as goals are split and entered: pure.

use jiff::{ToSpan, civil::Date};
use serde::Deserialize;

/// A month of the calendar, kept as its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(from = "Date")]
pub struct Month(Date);

impl From<Date> for Month {
    fn from(day: Date) -> Self {
        Self::of(day)
    }
}

impl Month {
    /// The month that holds a day.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self(day.first_of_month())
    }

    /// From `2026-11`, as fields and pasted columns write it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.trim().split_once(['-', '/', '.', '年'])?;
        let month = month.trim_end_matches('月');
        (year.len() == 4).then_some(())?;
        Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok().map(Self)
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Date {
        self.0
    }

    /// Its last day.
    #[must_use]
    pub fn last(self) -> Date {
        self.0.last_of_month()
    }

    /// The one after it; the same at the end of all calendars.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1.month()))
    }

    /// `2026-11`.
    #[must_use]
    pub fn field(self) -> String {
        self.0.strftime("%Y-%m").to_string()
    }

    /// Every month from this one to another, both counted; none when the other is earlier.
    pub fn to(self, last: Self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |month| Some(month.next()).filter(|next| next > month))
            .take_while(move |month| *month <= last)
    }

    /// How much of it has passed at the end of a day: days passed, of days.
    #[must_use]
    pub fn passed(self, today: Date) -> (i64, i64) {
        let days = i64::from(self.0.days_in_month());
        let passed = if today < self.0 {
            0
        } else if Self::of(today) > self {
            days
        } else {
            i64::from(today.day())
        };
        (passed, days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn months_follow_each_other_over_years() {
        let months: Vec<String> =
            Month::of(date(2026, 11, 26)).to(Month::of(date(2027, 2, 1))).map(Month::field).collect();
        assert_eq!(months, ["2026-11", "2026-12", "2027-01", "2027-02"]);
        assert_eq!(Month::of(date(2027, 2, 1)).to(Month::of(date(2027, 1, 1))).count(), 0);
    }

    #[test]
    fn a_month_is_read_as_spreadsheets_write_it() {
        for text in ["2026-11", "2026/11", " 2026-11 ", "2026.11", "2026年11月"] {
            assert_eq!(Month::parse(text), Some(Month::of(date(2026, 11, 1))), "{text}");
        }
        for text in ["", "11", "26-11", "2026-13", "2026-11-05x", "Nov"] {
            assert_eq!(Month::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_month_passes_day_by_day() {
        let november = Month::of(date(2026, 11, 1));
        for (today, passed) in [
            (date(2026, 10, 31), (0, 30)),
            (date(2026, 11, 1), (1, 30)),
            (date(2026, 11, 18), (18, 30)),
            (date(2026, 11, 30), (30, 30)),
            (date(2026, 12, 1), (30, 30)),
        ] {
            assert_eq!(november.passed(today), passed, "{today}");
        }
    }
}
