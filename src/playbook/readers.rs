//! Who has to read the playbook, and who has; pure.

use crate::platform::{
    ids::{PartId, PersonId},
    locale::Bilingual,
};
use jiff::Timestamp;
use serde::Deserialize;

/// Who has to read what, and who has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Readers {
    /// The version in force; none before the first.
    pub number: Option<i32>,
    /// The newest version that asked everybody; what was read from it on holds.
    pub asked: Option<i32>,
    /// Every department that takes part.
    pub departments: Vec<Reader>,
}

/// A department that reads.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Reader {
    /// Its part in the project.
    pub part: PartId,
    /// Its name.
    pub name: Bilingual,
    /// On its tile.
    pub short: Bilingual,
    /// Its colour.
    pub colour: i16,
    /// Who speaks for it.
    pub person_id: Option<PersonId>,
    /// Their name.
    pub person: Option<String>,
    /// The newest version they have read.
    pub read: Option<i32>,
    /// When.
    pub read_at: Option<Timestamp>,
    /// Whether that holds.
    pub has_read: bool,
}

impl Readers {
    /// Those that have not read what is in force.
    pub fn missing(&self) -> impl Iterator<Item = &Reader> {
        self.departments.iter().filter(|one| !one.has_read)
    }

    /// How many have.
    #[must_use]
    pub fn done(&self) -> usize {
        self.departments.iter().filter(|one| one.has_read).count()
    }

    /// Whether there is a version and nobody is missing.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.number.is_some() && self.missing().next().is_none()
    }

    /// The departments that somebody speaks for.
    pub fn of(&self, person: PersonId) -> impl Iterator<Item = &Reader> {
        self.departments.iter().filter(move |one| one.person_id == Some(person))
    }

    /// Whether somebody owes a reading.
    #[must_use]
    pub fn owes(&self, person: PersonId) -> bool {
        self.number.is_some() && self.of(person).any(|one| !one.has_read)
    }
}
