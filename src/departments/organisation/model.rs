//! The organisation and its working time: pure.

use crate::platform::{
    locale::Language,
    working_time::{Calendar, Exception},
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
    /// Counts edits.
    pub version: i32,
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
