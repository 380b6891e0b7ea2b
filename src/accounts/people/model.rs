//! People, as the organisation keeps them.

use crate::{
    platform::{
        ids::{DepartmentId, PersonId},
        locale::{Language, T},
    },
    web::shell::{OrganisationRole, Theme},
};
use std::{fmt, str::FromStr};

/// Longest name, in characters; the database agrees.
pub const LONGEST_NAME: usize = 80;
/// Longest title, in characters; the database agrees.
pub const LONGEST_TITLE: usize = 120;

/// An e-mail address in lower case: people sign in with it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Email(String);

/// Text that is no e-mail address.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("not an e-mail address")]
pub struct NoEmail;

impl Email {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Email {
    type Err = NoEmail;
    fn from_str(text: &str) -> Result<Self, NoEmail> {
        let text = text.trim().to_lowercase();
        let length = text.chars().count();
        let address: lettre::Address = text.parse().map_err(|_| NoEmail)?;
        // A name in quotes, an address in brackets: legal, never meant.
        let is_odd = text.chars().any(|c| c.is_whitespace() || c.is_control() || "\"'<>[](),;:\\".contains(c));
        if !(3..=254).contains(&length) || is_odd || address.domain().is_empty() {
            return Err(NoEmail);
        }
        Ok(Self(text))
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is wrong with a name or title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadName {
    /// Nothing was typed.
    Missing,
    /// Longer than the limit in characters.
    TooLong(usize),
}

impl BadName {
    /// The sentence for the field.
    #[must_use]
    pub fn text(self, t: T) -> String {
        match self {
            Self::Missing => t.accounts_name_missing(),
            Self::TooLong(most) => t.accounts_too_long(most),
        }
    }
}

/// A name, trimmed and on one line.
///
/// # Errors
/// When it is empty or too long.
pub fn check_name(text: &str) -> Result<String, BadName> {
    let name = one_line(text);
    match name.chars().count() {
        0 => Err(BadName::Missing),
        1..=LONGEST_NAME => Ok(name),
        _ => Err(BadName::TooLong(LONGEST_NAME)),
    }
}

/// A title, which may be empty.
///
/// # Errors
/// When it is too long.
pub fn check_title(text: &str) -> Result<String, BadName> {
    let title = one_line(text);
    if title.chars().count() > LONGEST_TITLE { Err(BadName::TooLong(LONGEST_TITLE)) } else { Ok(title) }
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a person can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// They can.
    Active,
    /// They have not followed their invitation yet.
    Invited,
    /// They no longer may.
    Deactivated,
}

impl Standing {
    /// All, for filters.
    pub const ALL: [Self; 3] = [Self::Active, Self::Invited, Self::Deactivated];

    /// As a filter in an address.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Invited => "invited",
            Self::Deactivated => "deactivated",
        }
    }

    /// From [`Standing::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.as_str() == text)
    }

    fn of(is_active: bool, has_joined: bool) -> Self {
        match (is_active, has_joined) {
            (true, true) => Self::Active,
            (true, false) => Self::Invited,
            (false, _) => Self::Deactivated,
        }
    }
}

/// One person in full.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// Sign-in name.
    pub email: String,
    /// As written by themselves.
    pub name: String,
    /// In the organisation.
    pub role: OrganisationRole,
    /// What they do here; may be empty.
    pub title: String,
    /// Where they work, if in a department.
    pub department_id: Option<DepartmentId>,
    /// Their choice; none: as the browser asks.
    pub language: Option<String>,
    /// Their choice; none: the organisation's.
    pub time_zone: Option<String>,
    /// Their choice; none: as the system.
    pub theme: Option<String>,
    /// Not deactivated.
    pub is_active: bool,
    /// Has set a password.
    pub has_joined: bool,
    /// For edits.
    pub version: i32,
}

impl Person {
    /// Whether they can sign in.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing::of(self.is_active, self.has_joined)
    }

    /// The language to write to them in; `fallback` is the organisation's.
    #[must_use]
    pub fn language_or(&self, fallback: Language) -> Language {
        self.language.as_deref().and_then(|tag| tag.parse().ok()).unwrap_or(fallback)
    }

    /// Their theme.
    #[must_use]
    pub fn theme(&self) -> Option<Theme> {
        self.theme.as_deref().and_then(Theme::parse)
    }
}

/// One person in a list.
#[derive(Clone, Debug)]
pub struct PersonLine {
    /// Who.
    pub id: PersonId,
    /// Sign-in name.
    pub email: String,
    /// As written by themselves.
    pub name: String,
    /// In the organisation.
    pub role: OrganisationRole,
    /// What they do here; may be empty.
    pub title: String,
    /// Where they work, if in a department.
    pub department_id: Option<DepartmentId>,
    /// Not deactivated.
    pub is_active: bool,
    /// Has set a password.
    pub has_joined: bool,
}

impl PersonLine {
    /// Whether they can sign in.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing::of(self.is_active, self.has_joined)
    }
}

/// Which people a list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of a name, address or title; empty for all.
    pub text: String,
    /// With this role.
    pub role: Option<OrganisationRole>,
    /// Of this department.
    pub department: Option<DepartmentId>,
    /// With this standing.
    pub standing: Option<Standing>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_addresses_are_accepted() {
        for (text, expected) in [
            (" Su.Qing@Qiming.Example ", Some("su.qing@qiming.example")),
            ("a@b", Some("a@b")),
            ("su.qing", None),
            ("", None),
            ("@qiming.example", None),
            ("su qing@qiming.example", None),
            ("a@b\r\nBcc: c@d", None),
            ("Su <su@qiming.example>", None),
            ("\"su\"@qiming.example", None),
        ] {
            assert_eq!(text.parse::<Email>().ok().as_ref().map(Email::as_str), expected, "{text:?}");
        }
    }

    #[test]
    fn names_are_on_one_line() {
        assert_eq!(check_name("  Su\t Qing\n").unwrap(), "Su Qing");
        assert_eq!(check_name(" \n "), Err(BadName::Missing));
        assert_eq!(check_name(&"苏".repeat(80)).unwrap().chars().count(), 80);
        assert_eq!(check_name(&"苏".repeat(81)), Err(BadName::TooLong(80)));
    }
}
