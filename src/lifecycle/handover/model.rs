//! What handing over means for the seats around; pure.

use crate::{
    platform::ids::PersonId,
    projects::{
        Role,
        seats::{Candidate, Refusal, Seat},
    },
};

/// The role in which somebody may stay who hands this one over.
#[must_use]
pub fn stays_as(role: Role) -> Option<Role> {
    match role {
        Role::Liaison => Some(Role::Member),
        Role::Chair => Some(Role::Committee),
        Role::GtmLead | Role::Member => Some(Role::Viewer),
        Role::Committee | Role::Adviser | Role::Viewer => None,
    }
}

/// Whether a seat may go to this person.
///
/// # Errors
/// The first thing that is in the way.
pub fn may_take(seat: &Seat, successor: Option<&Candidate>, seats: &[Seat]) -> Result<(), Refusal> {
    let successor = successor.ok_or(Refusal::UnknownPerson)?;
    if successor.is_guest {
        return Err(Refusal::GuestOnlyAdvises);
    }
    let holds = |held: &Seat| held.person_id == successor.id && held.role == seat.role && held.part_id == seat.part_id;
    if seats.iter().any(holds) { Err(Refusal::HeldAlready) } else { Ok(()) }
}

/// The successor's smaller seat in the same place, which ends: a member becomes the liaison, a committee member the chair.
#[must_use]
pub fn outgrown<'a>(seat: &Seat, successor: PersonId, seats: &'a [Seat]) -> Option<&'a Seat> {
    let smaller = match seat.role {
        Role::Liaison => Role::Member,
        Role::Chair => Role::Committee,
        Role::GtmLead | Role::Member | Role::Committee | Role::Adviser | Role::Viewer => return None,
    };
    seats.iter().find(|held| held.person_id == successor && held.role == smaller && held.part_id == seat.part_id)
}
