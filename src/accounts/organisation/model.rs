//! The organisation.

use crate::platform::locale::Language;
use jiff::{civil::Weekday, tz::TimeZone};

/// Longest name, in characters; the database agrees.
pub const LONGEST_NAME: usize = 120;

/// The organisation as other rooms see it.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// In which it writes to people who chose none.
    pub language: Language,
    /// Where its working hours are.
    pub zone: TimeZone,
}

/// An organisation about to be created.
#[derive(Clone, Debug)]
pub struct NewOrganisation {
    /// Its name, 1 to 120 characters.
    pub name: String,
    /// In which it writes to people who chose none.
    pub language: Language,
    /// An IANA name.
    pub time_zone: String,
    /// Days on which people work; at least one.
    pub working_days: Vec<Weekday>,
}

impl NewOrganisation {
    /// Monday to Friday.
    #[must_use]
    pub fn usual_week() -> Vec<Weekday> {
        vec![Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday]
    }
}
