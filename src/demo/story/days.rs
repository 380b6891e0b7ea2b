//! The days of the story: counted in working days from today, so that its history is always as old as it was.

use super::people::Company;
use crate::{
    demo::model::Trouble,
    platform::{
        locale::Language,
        working_time::{Calendar, Exception},
    },
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};

/// How far back and ahead holidays are entered, in years.
const YEARS: std::ops::RangeInclusive<i16> = -1..=1;

/// A run of days that differ from their weekdays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Nobody works, or people work although it is a weekend.
    pub exception: Exception,
    /// Its name.
    pub name: String,
}

/// The calendar of the story.
#[derive(Debug)]
pub struct Days {
    calendar: Calendar,
    /// Day 0: today, or the next working day.
    zero: Date,
    now: Timestamp,
    runs: Vec<Run>,
}

impl Days {
    /// As seen from now.
    ///
    /// # Errors
    /// When the company's zone or hours cannot be read.
    pub fn new(company: &Company, language: Language, now: Timestamp) -> Result<Self, Trouble> {
        let zone = TimeZone::get(&company.time_zone).map_err(Trouble::new)?;
        let today = zone.to_datetime(now).date();
        let runs = runs(company, language, today)?;
        let exceptions = runs
            .iter()
            .flat_map(|run| run.from.series(1.day()).take_while(|day| *day <= run.to).map(|day| (day, run.exception)));
        let hours = |text: &str| text.parse::<Time>().map_err(Trouble::new);
        let week = Weekday::Monday.cycle_forward().take(5);
        let calendar = Calendar::new(week, exceptions, hours(&company.opens)?, hours(&company.closes)?, zone);
        let calendar = calendar.map_err(Trouble::new)?;
        Ok(Self { zero: calendar.working_day_on_or_after(today), calendar, now, runs })
    }

    /// The date of a day of the story.
    #[must_use]
    pub fn date(&self, day: i32) -> Date {
        self.calendar.add_working_days(self.zero, day)
    }

    /// A moment of a day of the story; never after now.
    #[must_use]
    pub fn at(&self, day: i32, time: Time) -> Timestamp {
        let moment = self.calendar.zone().to_ambiguous_zoned(self.date(day).to_datetime(time)).compatible();
        moment.map_or(self.now, |zoned| zoned.timestamp()).min(self.now)
    }

    /// What to enter into the organisation's calendar.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }
}

fn runs(company: &Company, language: Language, today: Date) -> Result<Vec<Run>, Trouble> {
    let mut runs = Vec::new();
    for years in YEARS {
        for holiday in &company.holidays {
            let day = |day: i8| Date::new(today.year() + years, holiday.month, day).map_err(Trouble::new);
            let (from, to) = (day(holiday.from)?, day(holiday.to)?);
            let name = holiday.name.in_language(language).to_owned();
            runs.push(Run { from, to, exception: Exception::Holiday, name: name.clone() });
            if holiday.is_made_up {
                let saturday = to.nth_weekday(1, Weekday::Saturday).map_err(Trouble::new)?;
                runs.push(Run { from: saturday, to: saturday, exception: Exception::WorkingDay, name });
            }
        }
    }
    Ok(runs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::story;

    fn days(now: &str) -> Days {
        Days::new(&story::read().unwrap().company, Language::English, now.parse().unwrap()).unwrap()
    }

    #[test]
    fn day_zero_is_today_or_the_next_working_day() {
        for (now, zero, before) in [
            ("2026-11-18T02:00:00Z", "2026-11-18", "2026-11-17"),
            ("2026-11-21T02:00:00Z", "2026-11-23", "2026-11-20"),
            ("2026-10-02T02:00:00Z", "2026-10-08", "2026-09-30"),
            ("2026-10-10T02:00:00Z", "2026-10-10", "2026-10-09"),
        ] {
            let days = days(now);
            assert_eq!((days.date(0).to_string(), days.date(-1).to_string()), (zero.to_owned(), before.to_owned()));
        }
    }

    #[test]
    fn nothing_happens_in_the_future() {
        let days = days("2026-11-18T02:00:00Z");
        let five = Time::constant(17, 0, 0, 0);
        assert_eq!(days.at(0, five).to_string(), "2026-11-18T02:00:00Z");
        assert_eq!(days.at(-1, five).to_string(), "2026-11-17T09:00:00Z");
    }
}
