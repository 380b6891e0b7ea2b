//! Seats and the rules for giving them; pure.

use crate::{
    platform::{
        ids::{PartId, PersonId, SeatId},
        locale::{T, sort_people},
    },
    projects::model::{Capacity, Part, PartKind, Role, capacity_label},
};

/// A person's place in a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Its id.
    pub id: SeatId,
    /// Who holds it.
    pub person_id: PersonId,
    /// Their name.
    pub name: String,
    /// What they do in the organisation, in their words; may be empty.
    pub title: String,
    /// What it is for.
    pub role: Role,
    /// Its department, for liaisons and members.
    pub part_id: Option<PartId>,
    /// As what they sit on the committee; may be empty.
    pub capacity: String,
    /// From outside.
    pub is_guest: bool,
    /// May not sign in any more.
    pub is_deactivated: bool,
}

impl Seat {
    /// The part whose open work goes along with it: the department's, the lead's, or the committee's for its chair.
    #[must_use]
    pub fn part<'a>(&self, parts: &'a [Part]) -> Option<&'a Part> {
        match self.role {
            Role::Liaison | Role::Member => parts.iter().find(|part| Some(part.id) == self.part_id),
            Role::GtmLead => parts.iter().find(|part| part.kind == PartKind::Lead),
            Role::Chair => parts.iter().find(|part| part.kind == PartKind::Committee),
            Role::Committee | Role::Adviser | Role::Viewer => None,
        }
    }

    /// Whether somebody else can take it with the work that goes along.
    #[must_use]
    pub fn can_be_handed_over(&self) -> bool {
        matches!(self.role, Role::GtmLead | Role::Liaison | Role::Member | Role::Chair)
    }

    /// Whether it can be taken away. A project is never without its lead: that seat is only handed over.
    ///
    /// # Errors
    /// [`Refusal::LeadIsHandedOver`].
    pub fn remove(&self) -> Result<(), Refusal> {
        if self.role == Role::GtmLead { Err(Refusal::LeadIsHandedOver) } else { Ok(()) }
    }

    /// What stands under the name: the capacity, else the title.
    #[must_use]
    pub fn sub(&self, t: T) -> String {
        if self.capacity.is_empty() { self.title.clone() } else { capacity_label(t, &self.capacity) }
    }
}

/// Somebody who might take a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// To tell two of one name apart.
    pub email: String,
    /// From outside.
    pub is_guest: bool,
}

/// A seat about to be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSeat {
    /// Made when the form was rendered.
    pub id: SeatId,
    /// To whom.
    pub person_id: PersonId,
    /// What for.
    pub role: Role,
    /// For which department.
    pub part_id: Option<PartId>,
    /// As what, on the committee.
    pub capacity: String,
}

/// Why a seat cannot be given, or not be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No such active person.
    UnknownPerson,
    /// A liaison or member without a department of the project.
    PartMissing,
    /// The one place is taken: the lead's, the chair's, a department's liaison's.
    PlaceTaken(Role),
    /// The person holds this very seat.
    HeldAlready,
    /// Guests only advise.
    GuestOnlyAdvises,
    /// The lead's seat changes hands, it is never empty.
    LeadIsHandedOver,
}

impl Refusal {
    /// What a unique index of the table says when somebody was faster.
    #[must_use]
    pub fn of_constraint(name: &str) -> Option<Self> {
        match name {
            "seats_one_lead" => Some(Self::PlaceTaken(Role::GtmLead)),
            "seats_one_chair" => Some(Self::PlaceTaken(Role::Chair)),
            "seats_one_liaison" => Some(Self::PlaceTaken(Role::Liaison)),
            "seats_once" => Some(Self::HeldAlready),
            _ => None,
        }
    }

    /// The field of the form that it belongs to.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::UnknownPerson | Self::HeldAlready | Self::GuestOnlyAdvises | Self::LeadIsHandedOver => "person",
            Self::PartMissing => "part",
            Self::PlaceTaken(Role::Liaison) => "part",
            Self::PlaceTaken(_) => "role",
        }
    }

    /// In words.
    #[must_use]
    pub fn message(self, t: T) -> String {
        match self {
            Self::UnknownPerson => t.seat_error_person(),
            Self::PartMissing => t.seat_error_part(),
            Self::PlaceTaken(Role::Liaison) => t.seat_error_liaison_taken(),
            Self::PlaceTaken(Role::Chair) => t.seat_error_chair_taken(),
            Self::PlaceTaken(_) => t.seat_error_lead_taken(),
            Self::HeldAlready => t.seat_error_held(),
            Self::GuestOnlyAdvises => t.seat_error_guest(),
            Self::LeadIsHandedOver => t.seat_error_lead(),
        }
    }
}

/// Whether a seat may be given, with the seats and parts as they are.
///
/// # Errors
/// The first thing that is in the way.
pub fn give(new: &NewSeat, person: Option<&Candidate>, seats: &[Seat], parts: &[Part]) -> Result<(), Refusal> {
    let person = person.ok_or(Refusal::UnknownPerson)?;
    if person.is_guest && new.role != Role::Adviser {
        return Err(Refusal::GuestOnlyAdvises);
    }
    let is_department = |id: PartId| parts.iter().any(|part| part.id == id && part.kind == PartKind::Department);
    if new.role.has_part() != new.part_id.is_some_and(is_department) {
        return Err(Refusal::PartMissing);
    }
    let same_place = |seat: &&Seat| seat.role == new.role && seat.part_id == new.part_id;
    if seats.iter().filter(same_place).any(|seat| seat.person_id == new.person_id) {
        return Err(Refusal::HeldAlready);
    }
    let is_single = matches!(new.role, Role::GtmLead | Role::Chair | Role::Liaison);
    if is_single && seats.iter().any(|seat| same_place(&seat)) {
        return Err(Refusal::PlaceTaken(new.role));
    }
    Ok(())
}

/// A capacity as the history keeps it: in words.
#[must_use]
pub fn capacity(kept: &str, t: T) -> String {
    capacity_label(t, kept)
}

/// What a form's words for a capacity are kept as: the code of a known one, else the words.
#[must_use]
pub fn capacity_of(words: &str, t: T) -> String {
    let known = Capacity::ALL.into_iter().find(|capacity| capacity.label(t) == words);
    known.map_or_else(|| words.to_owned(), |capacity| capacity.as_str().to_owned())
}

/// The seats of a project as its team page groups them.
#[derive(Clone, Debug, Default)]
pub struct Team {
    /// Who answers for the project.
    pub lead: Option<Seat>,
    /// A group a department, in the order of the division of labour.
    pub departments: Vec<DepartmentTeam>,
    /// Who records decisions.
    pub chair: Option<Seat>,
    /// Who votes besides.
    pub committee: Vec<Seat>,
    /// Who advises.
    pub advisers: Vec<Seat>,
    /// Who reads.
    pub viewers: Vec<Seat>,
}

/// The seats of one department.
#[derive(Clone, Debug)]
pub struct DepartmentTeam {
    /// The department.
    pub part: Part,
    /// Who speaks for it.
    pub liaison: Option<Seat>,
    /// Who works for it.
    pub members: Vec<Seat>,
}

impl Team {
    /// Groups them; in a group they stand by name.
    #[must_use]
    pub fn new(t: T, seats: &[Seat], parts: &[Part]) -> Self {
        let mut seats = seats.to_vec();
        sort_people(t, &mut seats, |seat| &seat.name);
        let all = |role: Role| seats.iter().filter(move |seat| seat.role == role).cloned();
        let of = |part: &Part, role: Role| {
            let part = part.id;
            all(role).filter(move |seat| seat.part_id == Some(part))
        };
        Self {
            lead: all(Role::GtmLead).next(),
            departments: parts
                .iter()
                .filter(|part| part.kind == PartKind::Department)
                .map(|part| DepartmentTeam {
                    liaison: of(part, Role::Liaison).next(),
                    members: of(part, Role::Member).collect(),
                    part: part.clone(),
                })
                .collect(),
            chair: all(Role::Chair).next(),
            committee: all(Role::Committee).collect(),
            advisers: all(Role::Adviser).collect(),
            viewers: all(Role::Viewer).collect(),
        }
    }

    /// Departments for which nobody speaks.
    #[must_use]
    pub fn vacant(&self) -> usize {
        self.departments.iter().filter(|department| department.liaison.is_none()).count()
    }
}

#[cfg(test)]
mod tests;
