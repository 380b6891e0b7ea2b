//! From the form to checked choices: all mistakes at once, each at its field.

use super::{
    form::{Form, liaison_field, seat_field},
    model::{Choices, Memory, Sitting, Taking},
};
use crate::{
    platform::locale::T,
    projects::{
        model::{Capacity, Role},
        schedule::{Anchor, YEARS},
        suggest::validate_key,
    },
    web::Errors,
};
use jiff::{ToSpan, civil::Date};

/// Longest name of a project, in characters.
const NAME: usize = 120;

impl Form {
    /// Checks everything.
    ///
    /// # Errors
    /// Every mistake, by the id of its field.
    pub fn check<'a>(&self, t: T, memory: &'a Memory, today: Date) -> Result<Choices<'a>, Errors> {
        let mut errors = Errors::none();
        self.check_name(t, memory, &mut errors);
        let anchor = self.check_dates(t, today, &mut errors);
        let lead = memory.colleague(&self.lead);
        if lead.is_none() {
            errors.add("lead", t.project_new_lead_missing());
        }
        let departments = self.check_departments(t, memory, &mut errors);
        let committee = self.check_committee(t, memory, &mut errors);
        let quorum = self.check_quorum(t, memory, &mut errors);
        match (anchor, lead) {
            (Some(anchor), Some(lead)) if errors.is_empty() => Ok(Choices {
                id: self.id,
                name: self.name.clone(),
                key: self.key.clone(),
                blueprint: self.blueprint,
                tier: self.tier,
                anchor,
                lead,
                departments,
                committee,
                quorum,
            }),
            _ => Err(errors),
        }
    }

    fn check_name(&self, t: T, memory: &Memory, errors: &mut Errors) {
        if self.name.is_empty() {
            errors.add("name", t.project_new_name_missing());
            return; // the key comes from the name
        }
        if self.name.chars().count() > NAME {
            errors.add("name", t.project_new_name_long(NAME));
        }
        if validate_key(&self.key).is_err() {
            errors.add("key", t.project_new_key_wrong());
        } else if memory.keys.contains(&self.key) {
            errors.add("key", t.project_new_key_taken(&self.key, &self.suggested));
        }
    }

    fn check_dates(&self, t: T, today: Date, errors: &mut Errors) -> Option<Anchor> {
        let latest = today.saturating_add(YEARS.0.years());
        let earliest = today.saturating_sub(YEARS.1.years());
        let mut read = |field: &str, text: &str| {
            let date = text.parse::<Date>().ok();
            if date.is_none() && !text.is_empty() {
                errors.add(field, t.project_new_date_wrong());
            }
            date
        };
        let (launch, start) = (read("launch", &self.launch), read("start", &self.start));
        match (launch, start) {
            (Some(_), Some(_)) => errors.add("start", t.project_new_dates_both()),
            (Some(launch), None) if launch <= today => {
                errors.add("launch", t.project_new_launch_past(t.date(today)));
            }
            (Some(launch), None) if launch > latest => errors.add("launch", t.project_new_date_far(t.date(latest))),
            (None, Some(start)) if start < earliest => errors.add("start", t.project_new_start_past(t.date(earliest))),
            (None, Some(start)) if start > latest => errors.add("start", t.project_new_date_far(t.date(latest))),
            (Some(launch), None) => return Some(Anchor::Launch(launch)),
            (None, Some(start)) => return Some(Anchor::Start(start)),
            (None, None) => errors.add("launch", t.project_new_dates_missing()),
        }
        None
    }

    fn check_departments<'a>(&self, t: T, memory: &'a Memory, errors: &mut Errors) -> Vec<Taking<'a>> {
        let mut taking = Vec::new();
        for place in memory.fill(self.blueprint) {
            let chosen = self.departments.iter().find(|choice| choice.is_on && choice.code == place.wanted.code);
            let (Some(choice), Some(department)) = (chosen, place.department) else { continue };
            match memory.colleague(&choice.liaison) {
                Some(liaison) => taking.push(Taking { place, department, liaison }),
                None => {
                    let name = t.pair(&department.name_en, &department.name_zh);
                    errors.add(liaison_field(&choice.code), t.project_new_liaison_missing(name));
                }
            }
        }
        taking
    }

    fn check_committee<'a>(&self, t: T, memory: &'a Memory, errors: &mut Errors) -> Vec<Sitting<'a>> {
        let mut committee: Vec<Sitting<'a>> = Vec::new();
        for seat in self.seats.iter().filter(|seat| !seat.person.is_empty()) {
            let field = seat_field(seat.capacity);
            let Some(person) = memory.person(&seat.person) else {
                errors.add(field, t.project_new_seat_unknown());
                continue;
            };
            if committee.iter().any(|other| other.person.id == person.id) {
                errors.add(field, t.project_new_seat_twice(&person.name));
                continue;
            }
            let is_chair = seat.capacity.as_str() == self.chair;
            let role = match (person.is_guest, is_chair) {
                (false, true) => Role::Chair,
                (false, false) => Role::Committee,
                (true, _) => Role::Adviser,
            };
            if person.is_guest && is_chair {
                errors.add(chair_field(seat.capacity), t.project_new_chair_guest(&person.name));
            } else if person.is_guest && !takes_guests(seat.capacity) {
                errors.add(field, t.project_new_seat_guest(&person.name));
            }
            committee.push(Sitting { capacity: seat.capacity, person, role });
        }
        let seated = self.seats.iter().find(|seat| !seat.person.is_empty());
        if let Some(first) = seated.filter(|_| !self.has_chair()) {
            errors.add(chair_field(first.capacity), t.project_new_chair_missing());
        }
        committee
    }

    fn check_quorum(&self, t: T, memory: &Memory, errors: &mut Errors) -> i16 {
        let voting = self.voting_seats(memory);
        match self.quorum.parse::<i16>() {
            Ok(quorum) if quorum >= 1 && usize::try_from(quorum).is_ok_and(|quorum| quorum <= voting.max(1)) => quorum,
            Err(_) if self.quorum.is_empty() => self.usual_quorum(memory),
            Ok(_) | Err(_) => {
                errors.add("quorum", t.project_new_quorum_wrong(voting.max(1)));
                1
            }
        }
    }
}

/// Whether outside guests may sit in this capacity, to advise.
pub fn takes_guests(capacity: Capacity) -> bool {
    matches!(capacity, Capacity::Expert | Capacity::SeedUser)
}

/// `chair-ceo`: the id of a radio button.
pub fn chair_field(capacity: Capacity) -> String {
    format!("chair-{}", capacity.as_str())
}
