//! Weeks, months and quarters for which figures are entered: pure.

use super::{figures::Cadence, months::Month};
use crate::platform::locale::T;
use jiff::{
    ToSpan,
    civil::{Date, ISOWeekDate, Weekday},
};

/// No figure is older.
const EARLIEST: i16 = 2000;

/// A week from Monday to Sunday as ISO 8601 counts them, a month or a quarter; kept as its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    cadence: Cadence,
    first: Date,
}

impl Period {
    /// The period that holds a day.
    #[must_use]
    pub fn of(cadence: Cadence, day: Date) -> Self {
        let first = match cadence {
            Cadence::Week => day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days()),
            Cadence::Month => day.first_of_month(),
            Cadence::Quarter => day.first_of_month().saturating_sub(i64::from((day.month() - 1) % 3).months()),
        };
        Self { cadence, first }
    }

    /// From `2026-W47`, `2026-11`, `2026-Q4` or a day within it, as forms send and spreadsheets write them. A month is no week.
    #[must_use]
    pub fn parse(cadence: Cadence, text: &str) -> Option<Self> {
        let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '第').collect();
        let (year, rest) = plain.split_once(['-', '/', '.', '年']).or_else(|| plain.split_at_checked(4))?;
        let year: i16 = number(year).filter(|_| year.len() == 4)?;
        (year >= EARLIEST).then_some(())?;
        if let Some(week) = rest.strip_prefix(['W', 'w']).or_else(|| rest.strip_suffix('周')) {
            let monday = ISOWeekDate::new(year, number(week)?, Weekday::Monday).ok()?.date();
            return (cadence == Cadence::Week).then_some(Self { cadence, first: monday });
        }
        if let Some(quarter) = rest.strip_prefix(['Q', 'q']).or_else(|| rest.strip_suffix("季度")) {
            let quarter: i8 = number(quarter).filter(|quarter| (1..=4).contains(quarter))?;
            let first = Date::new(year, quarter * 3 - 2, 1).ok()?;
            return (cadence == Cadence::Quarter).then_some(Self { cadence, first });
        }
        match rest.split_once(['-', '/', '.', '月']) {
            Some((month, day)) if !day.is_empty() => {
                let day = number(day.trim_end_matches(['日', '号']))?;
                Some(Self::of(cadence, Date::new(year, number(month)?, day).ok()?))
            }
            month => {
                let month = month.map_or(rest, |(month, _)| month);
                let first = Date::new(year, number(month)?, 1).ok()?;
                (cadence == Cadence::Month).then_some(Self { cadence, first })
            }
        }
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Date {
        self.first
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Self {
        let span = match self.cadence {
            Cadence::Week => 1.week(),
            Cadence::Month => 1.month(),
            Cadence::Quarter => 3.months(),
        };
        Self { first: self.first.saturating_add(span), ..self }
    }

    /// The one before it.
    #[must_use]
    pub fn before(self) -> Self {
        Self::of(self.cadence, self.first.saturating_sub(1.day()))
    }

    /// Whether it has begun: figures of later ones are plans.
    #[must_use]
    pub fn has_begun(self, today: Date) -> bool {
        self.first <= today
    }

    /// Whether its figure can be known.
    #[must_use]
    pub fn is_over(self, today: Date) -> bool {
        self.next().first <= today
    }

    /// So many periods in order, the last of which holds a day.
    #[must_use]
    pub fn up_to(cadence: Cadence, day: Date, many: usize) -> Vec<Self> {
        let last = Self::of(cadence, day);
        let mut all: Vec<Self> = std::iter::successors(Some(last), |one| Some(one.before())).take(many).collect();
        all.reverse();
        all
    }

    /// As fields hold it: `2026-W47`, `2026-11`, `2026-Q4`.
    #[must_use]
    pub fn field(self) -> String {
        match self.cadence {
            Cadence::Week => {
                let week = self.first.iso_week_date();
                format!("{}-W{:02}", week.year(), week.week())
            }
            Cadence::Month => Month::of(self.first).field(),
            Cadence::Quarter => format!("{}-Q{}", self.first.year(), self.quarter()),
        }
    }

    fn quarter(self) -> i8 {
        (self.first.month() + 2) / 3
    }

    /// `Week 47 of 2026`, `Nov 2026`, `Q4 2026`.
    #[must_use]
    pub fn name(self, t: T) -> String {
        match self.cadence {
            Cadence::Week => {
                let week = self.first.iso_week_date();
                t.goals_period_week(week.week().to_string(), week.year().to_string())
            }
            Cadence::Month => t.month(self.first),
            Cadence::Quarter => t.goals_period_quarter(self.quarter().to_string(), self.first.year().to_string()),
        }
    }

    /// Under a chart: `W47`, `Nov`, `Q4`; the first of a year says which.
    #[must_use]
    pub fn short(self, t: T) -> String {
        let week = self.first.iso_week_date();
        let (number, year) = match self.cadence {
            Cadence::Week => (week.week(), week.year() % 100),
            Cadence::Month => return super::board::view::short_month(t, Month::of(self.first)),
            Cadence::Quarter => (self.quarter(), self.first.year() % 100),
        };
        match (self.cadence, t.is_chinese(), number) {
            (Cadence::Week, true, 1) => format!("{year}年1周"),
            (Cadence::Week, true, _) => format!("{number}周"),
            (Cadence::Week, false, 1) => format!("W1 {year}"),
            (Cadence::Week, false, _) => format!("W{number}"),
            (_, true, 1) => format!("{year}年Q1"),
            (_, false, 1) => format!("Q1 {year}"),
            (..) => format!("Q{number}"),
        }
    }
}

/// A number of digits only, small enough.
fn number<N: std::str::FromStr>(text: &str) -> Option<N> {
    text.chars().all(|c| c.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::locale::Language;
    use jiff::civil::date;

    const ALL: [Cadence; 3] = Cadence::ALL;

    #[test]
    fn a_day_lies_in_its_week_month_and_quarter() {
        for (day, fields) in [
            (date(2026, 11, 18), ["2026-W47", "2026-11", "2026-Q4"]),
            (date(2026, 11, 16), ["2026-W47", "2026-11", "2026-Q4"]),
            (date(2026, 11, 22), ["2026-W47", "2026-11", "2026-Q4"]),
            (date(2026, 11, 23), ["2026-W48", "2026-11", "2026-Q4"]),
            (date(2026, 12, 31), ["2026-W53", "2026-12", "2026-Q4"]),
            // The week belongs to the year that holds its Thursday.
            (date(2027, 1, 3), ["2026-W53", "2027-01", "2027-Q1"]),
            (date(2027, 1, 4), ["2027-W01", "2027-01", "2027-Q1"]),
            (date(2027, 3, 31), ["2027-W13", "2027-03", "2027-Q1"]),
            (date(2027, 4, 1), ["2027-W13", "2027-04", "2027-Q2"]),
        ] {
            assert_eq!(ALL.map(|cadence| Period::of(cadence, day).field()), fields, "{day}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        for cadence in ALL {
            let mut period = Period::of(cadence, date(2025, 12, 24));
            for _ in 0..60 {
                assert_eq!(Period::parse(cadence, &period.field()), Some(period), "{}", period.field());
                assert_eq!(period.next().before(), period);
                period = period.next();
            }
        }
    }

    #[test]
    fn periods_are_read_as_people_write_them() {
        let (week, month, quarter) = (date(2026, 11, 16), date(2026, 11, 1), date(2026, 10, 1));
        for (cadence, first, texts) in [
            (Cadence::Week, week, ["2026-W47", "2026w47", "2026年第47周", "2026-11-18", "2026/11/18"].as_slice()),
            (Cadence::Month, month, &["2026-11", "2026/11", " 2026.11 ", "2026年11月", "2026-11-30", "2026年11月5日"]),
            (Cadence::Quarter, quarter, &["2026-Q4", "2026q4", "2026年第4季度", "2026-12-31", "2026 Q4"]),
        ] {
            for text in texts {
                assert_eq!(Period::parse(cadence, text).map(Period::first), Some(first), "{text}");
            }
        }
        for (cadence, texts) in [
            (Cadence::Week, ["", "47", "2026-11", "2026-Q4", "2026-W54", "2025-W53", "26-W47"].as_slice()),
            (Cadence::Month, &["", "Nov", "2026-13", "2026-11-31", "2026-W47", "1999-11", "2026-+1", "11/2026"]),
            (Cadence::Quarter, &["2026-Q5", "2026-Q0", "2026-11", "Q4", "2026-W47", "四季度"]),
        ] {
            for text in texts {
                assert_eq!(Period::parse(cadence, text), None, "{text}");
            }
        }
    }

    #[test]
    fn a_period_begins_and_ends() {
        let today = date(2026, 11, 18);
        for (cadence, text, begun, over) in [
            (Cadence::Week, "2026-W46", true, true),
            (Cadence::Week, "2026-W47", true, false),
            (Cadence::Week, "2026-W48", false, false),
            (Cadence::Month, "2026-10", true, true),
            (Cadence::Month, "2026-11", true, false),
            (Cadence::Month, "2026-12", false, false),
            (Cadence::Quarter, "2026-Q3", true, true),
            (Cadence::Quarter, "2026-Q4", true, false),
        ] {
            let period = Period::parse(cadence, text).unwrap();
            assert_eq!((period.has_begun(today), period.is_over(today)), (begun, over), "{text}");
        }
        let months: Vec<String> = Period::up_to(Cadence::Month, today, 3).into_iter().map(Period::field).collect();
        assert_eq!(months, ["2026-09", "2026-10", "2026-11"]);
    }

    #[test]
    fn they_are_called_so_in_both_languages() {
        for (cadence, day, names, short) in [
            (Cadence::Week, date(2026, 11, 18), ["Week 47 of 2026", "2026年第 47 周"], ["W47", "47周"]),
            (Cadence::Month, date(2027, 1, 18), ["Jan 2027", "2027年1月"], ["Jan 27", "27年1月"]),
            (Cadence::Quarter, date(2026, 11, 18), ["Q4 2026", "2026年第 4 季度"], ["Q4", "Q4"]),
            (Cadence::Quarter, date(2027, 1, 18), ["Q1 2027", "2027年第 1 季度"], ["Q1 27", "27年Q1"]),
        ] {
            let period = Period::of(cadence, day);
            let both = [Language::English, Language::Chinese].map(T);
            assert_eq!(both.map(|t| period.name(t)), names);
            assert_eq!(both.map(|t| period.short(t)), short);
        }
    }
}
