use super::*;
use crate::platform::locale::Language;
use uuid::Uuid;

fn part(number: u128, kind: PartKind) -> Part {
    Part {
        id: PartId(Uuid::from_u128(number)),
        code: format!("P{number}"),
        kind,
        department_id: None,
        name_en: format!("Part {number}"),
        name_zh: String::new(),
        short_en: String::new(),
        short_zh: String::new(),
        colour: 1,
        liaison_id: None,
        liaison_name: None,
    }
}

fn seat(person: u128, role: Role, part: Option<u128>) -> Seat {
    Seat {
        id: SeatId(Uuid::from_u128(person * 100)),
        person_id: PersonId(Uuid::from_u128(person)),
        name: format!("Person {person}"),
        title: String::new(),
        role,
        part_id: part.map(|number| PartId(Uuid::from_u128(number))),
        capacity: String::new(),
        is_guest: false,
        is_deactivated: false,
    }
}

fn new(person: u128, role: Role, part: Option<u128>) -> NewSeat {
    NewSeat {
        id: SeatId(Uuid::from_u128(7)),
        person_id: PersonId(Uuid::from_u128(person)),
        role,
        part_id: part.map(|number| PartId(Uuid::from_u128(number))),
        capacity: String::new(),
    }
}

#[test]
fn places_are_given_once_and_to_those_who_may_hold_them() {
    let parts = [part(1, PartKind::Lead), part(2, PartKind::Department), part(3, PartKind::Department)];
    let seats = [seat(1, Role::GtmLead, None), seat(2, Role::Liaison, Some(2)), seat(3, Role::Chair, None)];
    let cases = [
        (new(4, Role::Liaison, Some(3)), false, Ok(())),
        (new(2, Role::Liaison, Some(3)), false, Ok(())),
        (new(4, Role::Member, Some(2)), false, Ok(())),
        (new(4, Role::Liaison, Some(2)), false, Err(Refusal::PlaceTaken(Role::Liaison))),
        (new(2, Role::Liaison, Some(2)), false, Err(Refusal::HeldAlready)),
        (new(4, Role::Liaison, None), false, Err(Refusal::PartMissing)),
        (new(4, Role::Member, Some(1)), false, Err(Refusal::PartMissing)),
        (new(4, Role::Member, Some(9)), false, Err(Refusal::PartMissing)),
        (new(4, Role::Viewer, Some(2)), false, Err(Refusal::PartMissing)),
        (new(4, Role::GtmLead, None), false, Err(Refusal::PlaceTaken(Role::GtmLead))),
        (new(4, Role::Chair, None), false, Err(Refusal::PlaceTaken(Role::Chair))),
        (new(4, Role::Committee, None), false, Ok(())),
        (new(4, Role::Adviser, None), true, Ok(())),
        (new(4, Role::Viewer, None), true, Err(Refusal::GuestOnlyAdvises)),
    ];
    for (wanted, is_guest, expected) in cases {
        let person = Candidate { id: wanted.person_id, name: String::new(), email: String::new(), is_guest };
        assert_eq!(give(&wanted, Some(&person), &seats, &parts), expected, "{wanted:?}");
        assert_eq!(give(&wanted, None, &seats, &parts), Err(Refusal::UnknownPerson));
    }
}

#[test]
fn the_lead_is_handed_over_and_never_removed() {
    for role in Role::ALL {
        let seat = seat(1, role, None);
        let expected = if role == Role::GtmLead { Err(Refusal::LeadIsHandedOver) } else { Ok(()) };
        assert_eq!(seat.remove(), expected);
    }
}

#[test]
fn a_vacant_place_is_seen() {
    let parts = [part(2, PartKind::Department), part(3, PartKind::Department), part(1, PartKind::Lead)];
    let team =
        Team::new(T(Language::English), &[seat(2, Role::Liaison, Some(2)), seat(5, Role::Member, Some(3))], &parts);
    assert_eq!((team.departments.len(), team.vacant()), (2, 1));
    assert!(team.lead.is_none());
}
