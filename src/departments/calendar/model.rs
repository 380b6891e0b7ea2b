//! Days that differ from their weekday: pure.

use super::store::Day;
use crate::platform::clock::agreed_day;
use crate::{
    departments::organisation::model::DayKind,
    platform::{locale::T, working_time::Calendar},
    web::{Errors, Fields},
};
use jiff::{ToSpan, civil::Date};

/// Longest run of days that is set at once.
pub const LONGEST: i32 = 62;

/// Days one after another, with what is said of all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The first.
    pub from: Date,
    /// The last.
    pub to: Date,
    /// Off or on.
    pub kind: DayKind,
    /// What people call it; may be empty.
    pub name: String,
}

impl Run {
    /// Reads the fields `kind`, `from`, `to` (empty for one day) and `name`.
    ///
    /// # Errors
    /// The mistakes, by field.
    pub fn read(t: T, fields: &Fields) -> Result<Self, Errors> {
        let mut errors = Errors::none();
        let kind = fields.value::<DayKind>("kind");
        if kind.is_none() {
            errors.add("kind", t.calendar_kind_wrong());
        }
        let from = agreed_day(fields.get("from"));
        if from.is_none() {
            errors.add("from", t.calendar_from_wrong());
        }
        let to = if fields.get("to").is_empty() { from } else { agreed_day(fields.get("to")) };
        if to.is_none() && from.is_some() {
            errors.add("to", t.calendar_to_wrong());
        }
        if from.zip(to).is_some_and(|(from, to)| to < from || days_between(from, to) >= LONGEST) {
            errors.add("to", t.calendar_range_wrong(LONGEST));
        }
        let name = fields.get("name").to_owned();
        if name.chars().count() > 80 {
            errors.add("name", t.calendar_name_wrong());
        }
        match (kind, from, to) {
            (Some(kind), Some(from), Some(to)) if errors.is_empty() => Ok(Self { from, to, kind, name }),
            _ => Err(errors),
        }
    }

    /// Its days.
    #[must_use]
    pub fn days(&self) -> Vec<Date> {
        self.from.series(1.day()).take_while(|day| *day <= self.to).collect()
    }

    /// Days in order, put together where they follow each other and say the same.
    #[must_use]
    pub fn of(days: Vec<Day>) -> Vec<Self> {
        let mut runs: Vec<Self> = Vec::new();
        for Day { day, kind, name } in days {
            match runs.last_mut() {
                Some(run)
                    if run.kind == kind && run.name == name && run.to.tomorrow().is_ok_and(|next| next == day) =>
                {
                    run.to = day;
                }
                _ => runs.push(Self { from: day, to: day, kind, name }),
            }
        }
        runs
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

/// One square of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Square {
    /// The day.
    pub day: Date,
    /// Whether people work.
    pub works: bool,
    /// What the calendar says of it against its weekday.
    pub exception: Option<DayKind>,
    /// Its name; may be empty.
    pub name: String,
    /// Whether it lies in the month shown.
    pub is_inside: bool,
}

/// The weeks of the month of `first`, Monday first.
#[must_use]
pub fn month(first: Date, calendar: &Calendar, days: &[Day]) -> Vec<Vec<Square>> {
    let monday = monday_on_or_before(first.first_of_month());
    let last = first.last_of_month();
    let square = |day: Date| {
        let known = days.iter().find(|known| known.day == day);
        Square {
            day,
            works: calendar.is_working_day(day),
            exception: known.map(|known| known.kind),
            name: known.map(|known| known.name.clone()).unwrap_or_default(),
            is_inside: (day.year(), day.month()) == (first.year(), first.month()),
        }
    };
    monday
        .series(7.days())
        .take_while(|start| *start <= last)
        .map(|start| start.series(1.day()).take(7).map(square).collect())
        .collect()
}

fn monday_on_or_before(day: Date) -> Date {
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::locale::Language;
    use jiff::civil::date;

    fn read(pairs: &[(&str, &str)]) -> Result<Run, Errors> {
        Run::read(T(Language::English), &Fields::of(pairs))
    }

    #[test]
    fn a_range_is_read_and_refused_by_field() {
        let week = read(&[("kind", "holiday"), ("from", "2026-10-01"), ("to", "2026-10-07"), ("name", "National Day")]);
        assert_eq!(week.unwrap().days().len(), 7);
        assert_eq!(read(&[("kind", "working"), ("from", "2026-10-10")]).unwrap().days(), [date(2026, 10, 10)]);
        for (field, pairs) in [
            ("kind", vec![("kind", "party"), ("from", "2026-10-01")]),
            ("from", vec![("kind", "holiday"), ("from", "")]),
            ("from", vec![("kind", "holiday"), ("from", "9999-12-31")]),
            ("to", vec![("kind", "holiday"), ("from", "2026-10-07"), ("to", "2026-10-01")]),
            ("to", vec![("kind", "holiday"), ("from", "2026-10-07"), ("to", "2027-10-01")]),
            ("to", vec![("kind", "holiday"), ("from", "2026-10-07"), ("to", "soon")]),
        ] {
            let errors = read(&pairs).unwrap_err();
            assert!(errors.get(field).is_some(), "{field} in {errors:?}");
        }
    }

    #[test]
    fn days_that_follow_each_other_are_one_line() {
        let day = |day, kind, name: &str| Day { day, kind, name: name.to_owned() };
        let runs = Run::of(vec![
            day(date(2026, 9, 30), DayKind::Holiday, "Eve"),
            day(date(2026, 10, 1), DayKind::Holiday, "National Day"),
            day(date(2026, 10, 2), DayKind::Holiday, "National Day"),
            day(date(2026, 10, 4), DayKind::Working, ""),
        ]);
        assert_eq!(
            runs.iter().map(|run| (run.from, run.to)).collect::<Vec<_>>(),
            [
                (date(2026, 9, 30), date(2026, 9, 30)),
                (date(2026, 10, 1), date(2026, 10, 2)),
                (date(2026, 10, 4), date(2026, 10, 4)),
            ]
        );
    }

    #[test]
    fn a_month_is_whole_weeks() {
        let weeks = month(date(2026, 11, 15), &Calendar::default(), &[]);
        assert_eq!(weeks.len(), 6);
        assert_eq!(weeks[0][0].day, date(2026, 10, 26));
        assert!(!weeks[0][0].is_inside && weeks[0][0].works && !weeks[0][6].works);
        assert_eq!(weeks[5][6].day, date(2026, 12, 6));
    }
}
