//! Who may vote or advise, and how they voted.

use super::Dossier;
use crate::platform::ids::{OptionId, PersonId};
use serde::Deserialize;

/// An open ballot.
#[derive(Clone, Debug, Deserialize)]
pub struct Ballot {
    /// Who cast it.
    pub person_id: PersonId,
    /// Their name.
    pub name: String,
    /// For which option; none is "none of these".
    pub option_id: Option<OptionId>,
    /// Why.
    pub reason: String,
    /// An adviser's or a guest's: shown, not counted.
    pub is_advisory: bool,
    /// The version of the pack that it was cast on; none for one of before there were versions.
    pub pack_version: Option<i32>,
}

/// Somebody who was asked for advice on this one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Guest {
    /// Their id.
    pub person_id: PersonId,
    /// Their name.
    pub name: String,
    /// Who asked them.
    pub invited_by: PersonId,
    /// Their name.
    #[serde(default)]
    pub inviter: String,
}

/// A seat of the committee, or an adviser's.
#[derive(Clone, Debug, Deserialize)]
pub struct Seat {
    /// Who holds it.
    pub person_id: PersonId,
    /// Their name.
    pub name: String,
    /// `committee`, `chair` or `adviser`.
    pub role: String,
    /// In the project's words: CFO, board member.
    pub capacity: String,
}

impl Seat {
    /// Its ballot counts.
    #[must_use]
    pub fn votes(&self) -> bool {
        self.role != "adviser"
    }
}

impl Dossier {
    /// How many ballots that count stand now: only those whose caster still holds a voting seat.
    #[must_use]
    pub fn votes(&self) -> usize {
        self.counted().count()
    }

    /// The ballots that count.
    pub fn counted(&self) -> impl Iterator<Item = &Ballot> {
        self.ballots.iter().filter(|ballot| !ballot.is_advisory && self.is_voter(ballot.person_id))
    }

    /// Holds a voting seat and has not stepped aside.
    #[must_use]
    pub fn is_voter(&self, person: PersonId) -> bool {
        self.holds_vote(person) && self.aside_of(person).is_none()
    }

    /// Holds a voting seat.
    #[must_use]
    pub fn holds_vote(&self, person: PersonId) -> bool {
        self.committee.iter().any(|seat| seat.votes() && seat.person_id == person)
    }

    /// How many people have a vote on it.
    #[must_use]
    pub fn voters(&self) -> usize {
        let mut voters: Vec<PersonId> =
            self.committee.iter().map(|seat| seat.person_id).filter(|person| self.is_voter(*person)).collect();
        voters.sort_unstable();
        voters.dedup();
        voters.len()
    }

    /// The ballot that a person has cast.
    #[must_use]
    pub fn ballot_of(&self, person: PersonId) -> Option<&Ballot> {
        self.ballots.iter().find(|ballot| ballot.person_id == person)
    }

    /// Asked for advice on this one.
    #[must_use]
    pub fn is_guest(&self, person: PersonId) -> bool {
        self.guests.iter().any(|guest| guest.person_id == person)
    }

    /// The option most ballots are for; of several the recommended one, else the first by letter.
    #[must_use]
    pub fn leading(&self) -> Option<OptionId> {
        let count = |id: OptionId| self.counted().filter(|ballot| ballot.option_id == Some(id)).count();
        self.options
            .iter()
            .max_by_key(|option| {
                let is_recommended = self.recommended == Some(option.id);
                (count(option.id), is_recommended, std::cmp::Reverse(option.letter.clone()))
            })
            .map(|option| option.id)
    }
}
