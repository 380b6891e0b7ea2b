//! The organisation and its working time: pure.

use crate::{
    platform::{
        locale::{Language, T},
        working_time::{Calendar, Exception},
    },
    web::{Errors, Fields},
};
use jiff::{
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};

/// The one company that this installation serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its id.
    pub id: uuid::Uuid,
    /// Its name.
    pub name: String,
    /// The language of new people and letters.
    pub language: Language,
    /// An IANA name.
    pub time_zone: String,
    /// ISO weekdays, Monday is 1; in order, at least one.
    pub working_days: Vec<i16>,
    /// When work begins, in its time zone.
    pub day_starts: Time,
    /// When work ends.
    pub day_ends: Time,
    /// A request that was refused twice, or not answered in time, is escalated by the program.
    pub requests_escalate_by_themselves: bool,
    /// Counts edits.
    pub version: i32,
}

impl Organisation {
    /// What `/admin/organisation` edits.
    #[must_use]
    pub fn settings(&self) -> Settings {
        Settings {
            name: self.name.clone(),
            language: self.language,
            time_zone: self.time_zone.clone(),
            requests_escalate_by_themselves: self.requests_escalate_by_themselves,
        }
    }

    /// What `/admin/calendar` edits.
    #[must_use]
    pub fn working_time(&self) -> WorkingTime {
        WorkingTime { days: self.working_days.clone(), starts: self.day_starts, ends: self.day_ends }
    }
}

/// Name, language, time zone and what happens by itself, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// At most 120 characters.
    pub name: String,
    /// Of new people and letters.
    pub language: Language,
    /// An IANA name that this program knows.
    pub time_zone: String,
    /// See [`Organisation::requests_escalate_by_themselves`].
    pub requests_escalate_by_themselves: bool,
}

impl Settings {
    /// Reads the fields `name`, `language`, `time_zone` and `requests_escalate_by_themselves`.
    ///
    /// # Errors
    /// The mistakes, by field.
    pub fn read(t: T, fields: &Fields) -> Result<Self, Errors> {
        let mut errors = Errors::none();
        let name = fields.get("name").to_owned();
        if !(1..=120).contains(&name.chars().count()) {
            errors.add("name", t.organisation_name_wrong());
        }
        let language = fields.value::<Language>("language");
        if language.is_none() {
            errors.add("language", t.organisation_language_wrong());
        }
        let time_zone = zone_name(fields.get("time_zone"));
        if time_zone.is_none() {
            errors.add("time_zone", t.organisation_zone_wrong());
        }
        match (language, time_zone) {
            (Some(language), Some(time_zone)) if errors.is_empty() => {
                let requests_escalate_by_themselves = fields.has("requests_escalate_by_themselves");
                Ok(Self { name, language, time_zone, requests_escalate_by_themselves })
            }
            _ => Err(errors),
        }
    }
}

/// The zone's own spelling of a name; none when there is no such zone.
fn zone_name(typed: &str) -> Option<String> {
    let zone = TimeZone::get(typed).ok()?;
    zone.iana_name().map(str::to_owned)
}

/// Working days and hours, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingTime {
    /// ISO weekdays, Monday is 1; in order, at least one.
    pub days: Vec<i16>,
    /// When work begins.
    pub starts: Time,
    /// When work ends, later on the same day.
    pub ends: Time,
}

impl Default for WorkingTime {
    /// Monday to Friday, 09:00 to 17:00.
    fn default() -> Self {
        Self { days: vec![1, 2, 3, 4, 5], starts: Time::constant(9, 0, 0, 0), ends: Time::constant(17, 0, 0, 0) }
    }
}

impl WorkingTime {
    /// Reads the fields `working_day` (as often as ticked), `day_starts` and `day_ends`.
    ///
    /// # Errors
    /// The mistakes, by field.
    pub fn read(t: T, fields: &Fields) -> Result<Self, Errors> {
        let mut errors = Errors::none();
        let mut days: Vec<i16> =
            fields.all("working_day").filter_map(|day| day.parse().ok()).filter(|day| (1..=7).contains(day)).collect();
        days.sort_unstable();
        days.dedup();
        if days.is_empty() {
            errors.add("working_day", t.calendar_days_wrong());
        }
        let (starts, ends) = (time(fields.get("day_starts")), time(fields.get("day_ends")));
        if starts.is_none() {
            errors.add("day_starts", t.calendar_time_wrong());
        }
        if ends.is_none() {
            errors.add("day_ends", t.calendar_time_wrong());
        }
        if starts.zip(ends).is_some_and(|(starts, ends)| ends <= starts) {
            errors.add("day_ends", t.calendar_ends_wrong());
        }
        match starts.zip(ends) {
            Some((starts, ends)) if errors.is_empty() => Ok(Self { days, starts, ends }),
            _ => Err(errors),
        }
    }
}

/// `09:30`; browsers may send seconds, which are dropped.
fn time(text: &str) -> Option<Time> {
    let time = Time::strptime("%H:%M", text).or_else(|_| Time::strptime("%H:%M:%S", text)).ok()?;
    Time::new(time.hour(), time.minute(), 0, 0).ok()
}

/// The short name of an ISO weekday, Monday is 1.
#[must_use]
pub fn weekday(t: T, day: i16) -> String {
    match day {
        1 => t.weekday_1(),
        2 => t.weekday_2(),
        3 => t.weekday_3(),
        4 => t.weekday_4(),
        5 => t.weekday_5(),
        6 => t.weekday_6(),
        _ => t.weekday_7(),
    }
}

/// What the calendar says about a day against its weekday, as the database keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum DayKind {
    /// Nobody works.
    Holiday,
    /// People work although the weekday is free.
    Working,
}

impl DayKind {
    /// The text in the database and in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Holiday => "holiday",
            Self::Working => "working",
        }
    }

    /// For [`Calendar`].
    #[must_use]
    pub fn exception(self) -> Exception {
        match self {
            Self::Holiday => Exception::Holiday,
            Self::Working => Exception::WorkingDay,
        }
    }
}

impl std::str::FromStr for DayKind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "holiday" => Ok(Self::Holiday),
            "working" => Ok(Self::Working),
            _ => Err(()),
        }
    }
}

/// The calendar of these settings. Whatever makes no sense gives way to the ordinary week, 09:00 to 17:00, or UTC, so
/// that a due date can always be found.
#[must_use]
pub fn calendar(
    working_days: &[i16],
    opens: Time,
    closes: Time,
    time_zone: &str,
    days: impl IntoIterator<Item = (Date, DayKind)>,
) -> Calendar {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    let weekdays = |days: &[i16]| -> Vec<Weekday> {
        days.iter()
            .filter_map(|day| i8::try_from(*day).ok())
            .filter_map(|day| Weekday::from_monday_one_offset(day).ok())
            .collect()
    };
    let mut week = weekdays(working_days);
    if week.is_empty() {
        week = weekdays(&[1, 2, 3, 4, 5]);
    }
    let exceptions: Vec<(Date, Exception)> = days.into_iter().map(|(day, kind)| (day, kind.exception())).collect();
    let whole = |time: Time| Time::constant(time.hour(), time.minute(), 0, 0);
    Calendar::new(week.clone(), exceptions.clone(), whole(opens), whole(closes), zone.clone())
        .or_else(|_| Calendar::new(week, exceptions, Time::constant(9, 0, 0, 0), Time::constant(17, 0, 0, 0), zone))
        .unwrap_or_default()
}
