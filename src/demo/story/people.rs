//! The company: its name, its people, the days on which nobody works.

use super::Text;
use serde::Deserialize;

/// The company.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Company {
    /// Its name.
    pub name: Text,
    /// An IANA name.
    pub time_zone: String,
    /// `09:00`.
    pub opens: String,
    /// `18:00`.
    pub closes: String,
    /// The working day on which Tutti was set up.
    pub founded: i32,
    /// Key of the administrator.
    pub administrator: String,
    /// In the order in which they were invited.
    pub people: Vec<Person>,
    /// Days of every year that differ from their weekday.
    pub holidays: Vec<Holiday>,
}

/// Somebody.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// How the story calls them.
    pub key: String,
    /// Their name.
    pub name: Text,
    /// The part of the address before the @.
    pub address: String,
    /// What they do.
    pub title: Text,
    /// Code of their department; empty for people from outside.
    #[serde(default)]
    pub department: String,
    /// Heads that department.
    #[serde(default)]
    pub is_head: bool,
    /// From outside.
    #[serde(default)]
    pub is_guest: bool,
    /// What a visitor looks at as this person; none for those who only play along.
    pub look_at: Option<Text>,
}

/// A holiday, or a make-up working day, of every year.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// Its name.
    pub name: Text,
    /// Its month.
    pub month: i8,
    /// First day of the month.
    pub from: i8,
    /// Last day of the month.
    pub to: i8,
    /// People work on the Saturday after it instead.
    #[serde(default)]
    pub is_made_up: bool,
}

impl Company {
    /// Somebody by key.
    #[must_use]
    pub fn person(&self, key: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.key == key)
    }
}

impl Person {
    /// `su.qing@qiming.example`.
    #[must_use]
    pub fn email(&self) -> String {
        format!("{}@qiming.example", self.address)
    }
}
