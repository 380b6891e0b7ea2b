//! How the committee decides this one: its rule, who records it, who has stepped aside, what ballots were cast on.

use super::{Ballot, Dossier};
use crate::{
    decisions::{
        packs::model::Brief,
        rules::{
            Recorder, Rule, Verdict, Why,
            model::{Poll, recorder, verdict},
        },
    },
    platform::{
        ids::PersonId,
        locale::{T, sort_people},
    },
};
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

/// A member who has stepped aside.
#[derive(Clone, Debug, Deserialize)]
pub struct Aside {
    /// Who.
    pub person_id: PersonId,
    /// Their name.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Since when.
    pub since: Timestamp,
}

/// Why nobody can decide it, whoever of the committee did what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vacancy {
    /// Nobody has a vote on it.
    Votes,
    /// There are members and no chair, who alone records what they decide.
    Chair,
}

impl Dossier {
    /// Why nobody can decide it on this day; none when somebody can.
    #[must_use]
    pub fn vacancy(&self, today: Date) -> Option<Vacancy> {
        if self.voters() == 0 {
            return Some(Vacancy::Votes);
        }
        let has_chair = self.chairs().next().is_some();
        (!has_chair && self.recorder(today) == Recorder::Chair).then_some(Vacancy::Chair)
    }

    /// That a person has stepped aside from it.
    #[must_use]
    pub fn aside_of(&self, person: PersonId) -> Option<&Aside> {
        self.asides.iter().find(|aside| aside.person_id == person)
    }

    /// The newest version of its pack.
    #[must_use]
    pub fn pack(&self) -> Option<&Brief> {
        self.packs.last()
    }

    /// Whether options, answers or criteria have changed since a ballot was cast. One of before there were versions was
    /// cast on the first. Once it is closed: whether they had when it was.
    #[must_use]
    pub fn is_out_of_date(&self, ballot: &Ballot) -> bool {
        let cast_on = ballot.pack_version.unwrap_or(1);
        self.pack().is_some_and(|pack| pack.choices_since > cast_on)
    }

    /// The ballots that count and were cast on older options.
    pub fn out_of_date(&self) -> impl Iterator<Item = &Ballot> {
        self.counted().filter(|ballot| self.is_out_of_date(ballot))
    }

    /// The names of those whose vote is missing. Where the chair decides, whoever records it is heard by that.
    #[must_use]
    pub fn unheard(&self, today: Date) -> Vec<String> {
        let mut seen = Vec::new();
        let mut names = Vec::new();
        for seat in self.committee.iter().filter(|seat| self.is_voter(seat.person_id)) {
            let is_heard = self.counted().any(|ballot| ballot.person_id == seat.person_id)
                || self.rules.rule == Rule::Chair && self.is_recorder(seat.person_id, today);
            if !is_heard && !seen.contains(&seat.person_id) {
                seen.push(seat.person_id);
                names.push(seat.name.clone());
            }
        }
        names
    }

    /// Who records its decision on this day.
    #[must_use]
    pub fn recorder(&self, today: Date) -> Recorder {
        let is_chair_aside = self.chairs().any(|chair| self.aside_of(chair).is_some());
        recorder(is_chair_aside, self.rules.is_chair_away(today), self.acting_deputy().is_some())
    }

    /// The chair is away on this day and nobody stands in: only the chair records it, wherever they are.
    #[must_use]
    pub fn is_unattended(&self, today: Date) -> bool {
        self.rules.is_chair_away(today) && self.recorder(today) == Recorder::Chair
    }

    /// The deputy, while they are a member and have not stepped aside.
    #[must_use]
    pub fn acting_deputy(&self) -> Option<PersonId> {
        let deputy = self.rules.deputy_id?;
        let is_member = self.committee.iter().any(|seat| seat.role == "committee" && seat.person_id == deputy);
        (is_member && self.aside_of(deputy).is_none()).then_some(deputy)
    }

    /// Whether a person records its decision on this day.
    #[must_use]
    pub fn is_recorder(&self, person: PersonId, today: Date) -> bool {
        match self.recorder(today) {
            Recorder::Chair => self.chairs().any(|chair| chair == person),
            Recorder::Deputy => self.acting_deputy() == Some(person),
            Recorder::Nobody => false,
        }
    }

    fn chairs(&self) -> impl Iterator<Item = PersonId> {
        self.committee.iter().filter(|seat| seat.role == "chair").map(|seat| seat.person_id)
    }

    /// The ballots as they stand, on this day.
    #[must_use]
    pub fn poll(&self, quorum: i16, today: Date) -> Poll {
        let unheard = |person: PersonId| {
            self.is_recorder(person, today) && self.counted().all(|ballot| ballot.person_id != person)
        };
        let has_voted = |person: PersonId| self.counted().any(|ballot| ballot.person_id == person);
        let is_absent =
            |chair: &PersonId| self.is_voter(*chair) && !has_voted(*chair) && self.recorder(today) == Recorder::Deputy;
        Poll {
            ballots: self.counted().map(|ballot| ballot.option_id).collect(),
            members: self.voters(),
            // A chair who has stepped aside is no voter any more: only one who is away is absent.
            absent: self.chairs().filter(is_absent).count(),
            quorum,
            is_recorder_unheard: self.committee.iter().any(|seat| seat.votes() && unheard(seat.person_id)),
        }
    }

    /// What can be recorded from the ballots as they stand.
    #[must_use]
    pub fn verdict(&self, quorum: i16, today: Date) -> Verdict {
        verdict(self.rules.rule, &self.poll(quorum, today))
    }
    /// Why nothing can be recorded from the votes, and whose are missing, in the words of this committee's rule; empty when
    /// something can.
    #[must_use]
    pub fn undecided(&self, t: T, quorum: i16, today: Date, verdict: Verdict) -> String {
        let rule = self.rules.rule;
        let why = match verdict {
            Verdict::Free | Verdict::Only(Some(_)) => return String::new(),
            Verdict::Only(None) => return t.rules_only_something_else(),
            Verdict::Missing(missing) if self.poll(quorum, today).is_heard_by_recording(rule) => {
                t.rules_missing_heard(missing)
            }
            Verdict::Missing(missing) => t.rules_missing(missing, rule.label(t)),
            Verdict::Open(Why::NobodyVoted) => t.rules_nobody_voted(),
            Verdict::Open(Why::NoMajority) => t.rules_no_majority(),
            Verdict::Open(Why::Dissent) => t.rules_dissent(),
        };
        let mut names = self.unheard(today);
        sort_people(t, &mut names, |name| name);
        match names.as_slice() {
            [] => why,
            names => [why, t.rules_not_voted(t.list(names))].join(&t.rules_sentence_between()),
        }
    }
}
