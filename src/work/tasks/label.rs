//! `GEO-42`: a task as people name it, and as short as a name can be that is one over all projects. Pure.

use std::{fmt, str::FromStr};

/// The name of a task: its project's key and its number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TaskLabel {
    /// `GEO`.
    pub key: String,
    /// 42.
    pub number: i32,
}

impl TaskLabel {
    /// Of a task of the project with this key.
    #[must_use]
    pub fn new(key: &str, number: i32) -> Self {
        Self { key: key.to_owned(), number }
    }
}

impl fmt::Display for TaskLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.key, self.number)
    }
}

/// Not the name of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("use a project's key and a number, such as GEO-42")]
pub struct NoLabel;

impl FromStr for TaskLabel {
    type Err = NoLabel;
    fn from_str(text: &str) -> Result<Self, NoLabel> {
        let (key, number) = text.split_once('-').ok_or(NoLabel)?;
        let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        let is_number = number.chars().all(|c| c.is_ascii_digit());
        let number = number.parse().map_err(|_| NoLabel)?;
        if is_key && is_number { Ok(Self::new(key, number)) } else { Err(NoLabel) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_reads_back() {
        let label = TaskLabel::new("GEO", 42);
        assert_eq!(label.to_string(), "GEO-42");
        assert_eq!("GEO-42".parse(), Ok(label));
        for wrong in ["", "GEO", "GEO-", "-42", "GEO--1", "GEO-+1", "geo-1", "GEO 1-1", "GEO-4.2", "GEO-99999999999"] {
            assert_eq!(wrong.parse::<TaskLabel>(), Err(NoLabel), "{wrong}");
        }
    }
}
