//! A department as lists, boards and pages show it.

use super::Part;
use crate::{platform::locale::T, web::ui};

/// A department's tile and name in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// Two letters, or one character.
    pub code: String,
    /// Its name.
    pub name: String,
    /// 1 to 12.
    pub colour: i16,
}

impl Chip {
    /// Of a part.
    #[must_use]
    pub fn of(part: &Part, t: T) -> Self {
        Self { code: part.short(t).to_owned(), name: part.name(t).to_owned(), colour: part.colour }
    }

    /// As the shared parts take it.
    #[must_use]
    pub fn ui(&self) -> ui::DepartmentChip<'_> {
        ui::DepartmentChip { code: &self.code, name: &self.name, colour: self.colour }
    }
}
