//! What somebody is thanked for; pure.

use std::fmt;

/// Longest thanks, in characters.
pub const NOTE: usize = 280;

/// What sort of thing somebody is thanked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A task: `GEO-42`.
    Task,
    /// A request: `R-7`.
    Request,
    /// A decision: `D-3`.
    Decision,
}

impl Kind {
    /// The text in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Request => "request",
            Self::Decision => "decision",
        }
    }

    /// From the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Task, Self::Request, Self::Decision].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// What somebody is thanked for, as people call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Its sort.
    pub kind: Kind,
    /// Its number.
    pub number: i32,
    /// What stands before the number.
    prefix: String,
}

impl Label {
    /// Of a thing in the project with this key.
    #[must_use]
    pub fn new(key: &str, kind: Kind, number: i32) -> Self {
        let prefix = match kind {
            Kind::Task => key,
            Kind::Request => "R",
            Kind::Decision => "D",
        };
        Self { kind, number, prefix: prefix.to_owned() }
    }

    /// `GEO-42`, `r-7`, `D-3`; a number alone is a task's. None of anything else.
    #[must_use]
    pub fn parse(key: &str, text: &str) -> Option<Self> {
        let (prefix, digits) = text.trim().rsplit_once('-').unwrap_or((key, text.trim()));
        if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        let number = digits.parse().ok().filter(|number| *number > 0)?;
        let is = |wanted: &str| prefix.eq_ignore_ascii_case(wanted);
        // A project may be called D or R: its own key comes first.
        let kind = match () {
            () if is(key) => Kind::Task,
            () if is("R") => Kind::Request,
            () if is("D") => Kind::Decision,
            () => return None,
        };
        Some(Self::new(key, kind, number))
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.prefix, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_as_people_write_them() {
        for (text, expected) in [
            ("GEO-42", Some((Kind::Task, "GEO-42"))),
            (" geo-42 ", Some((Kind::Task, "GEO-42"))),
            ("42", Some((Kind::Task, "GEO-42"))),
            ("r-7", Some((Kind::Request, "R-7"))),
            ("D-3", Some((Kind::Decision, "D-3"))),
            ("HAL-42", None),
            ("E-1", None),
            ("GEO-", None),
            ("GEO-0", None),
            ("GEO-+1", None),
            ("GEO-99999999999", None),
            ("", None),
            ("-", None),
        ] {
            let found = Label::parse("GEO", text).map(|label| (label.kind, label.to_string()));
            assert_eq!(found, expected.map(|(kind, label)| (kind, label.to_owned())), "{text}");
        }
        assert_eq!(Label::parse("D", "D-3").map(|label| label.kind), Some(Kind::Task));
        for kind in [Kind::Task, Kind::Request, Kind::Decision] {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        }
    }
}
