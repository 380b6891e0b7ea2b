//! What the page of a new project knows of the organisation, and what somebody chose on it; pure.

use crate::{
    platform::{
        ids::{DepartmentId, PersonId, ProjectId},
        locale::{Bilingual, T},
    },
    projects::{
        blueprints::{Blueprint, BlueprintDepartment, DepartmentKind, Tier},
        elasticity::StandIns,
        model::{Capacity, Role},
        schedule::Anchor,
    },
    web::ui::DepartmentChip,
};
use serde::Deserialize;
use std::collections::HashSet;

/// A department that the organisation has.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct KnownDepartment {
    /// Its id.
    pub id: DepartmentId,
    /// Its code.
    pub code: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// Two letters.
    pub short_en: String,
    /// One character.
    pub short_zh: String,
    /// 1 to 12.
    pub colour: i16,
    /// Who spoke for it in the latest project; else its head; else the only one who works there.
    pub liaison_id: Option<PersonId>,
}

impl KnownDepartment {
    /// Its name in both languages.
    #[must_use]
    pub fn name(&self) -> Bilingual {
        Bilingual { en: self.name_en.clone(), zh: self.name_zh.clone() }
    }

    /// Its chip.
    #[must_use]
    pub fn chip(&self, t: T) -> DepartmentChip<'_> {
        DepartmentChip {
            code: t.pair(&self.short_en, &self.short_zh),
            name: t.pair(&self.name_en, &self.name_zh),
            colour: self.colour,
        }
    }
}

/// A person who may be given a seat.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct KnownPerson {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// What they do.
    pub title: String,
    /// From outside.
    pub is_guest: bool,
    /// In how many active projects they speak for a department.
    pub liaison_in: i64,
}

/// A seat of the last committee.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct LastSeat {
    /// Who.
    pub person_id: PersonId,
    /// Member, chair or adviser.
    pub role: Role,
    /// A code of [`Capacity`], or words.
    pub capacity: String,
}

/// What the organisation remembers that helps to fill the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Memory {
    /// In their order.
    pub departments: Vec<KnownDepartment>,
    /// People named in the form are among them.
    pub people: Vec<KnownPerson>,
    /// Of the latest project that has one.
    pub committee: Vec<LastSeat>,
    /// Keys that are taken.
    pub keys: HashSet<String>,
}

impl Memory {
    /// A person by the text of a form's field.
    #[must_use]
    pub fn person(&self, id: &str) -> Option<&KnownPerson> {
        let id: PersonId = id.parse().ok()?;
        self.people.iter().find(|person| person.id == id)
    }

    /// A person from inside, by the text of a form's field.
    #[must_use]
    pub fn colleague(&self, id: &str) -> Option<&KnownPerson> {
        self.person(id).filter(|person| !person.is_guest)
    }

    /// Each department proper of a blueprint with the organisation's department that fills it: the one with its very
    /// code, else the first of `same_as` that fills no other.
    #[must_use]
    pub fn fill<'a>(&'a self, blueprint: &'a Blueprint) -> Vec<Place<'a>> {
        let by_code = |code: &str| self.departments.iter().find(|department| department.code == code);
        let proper = || blueprint.departments.iter().filter(|wanted| wanted.kind == DepartmentKind::Department);
        let mut used: HashSet<&str> = proper().filter_map(|wanted| by_code(&wanted.code)).map(|d| &*d.code).collect();
        proper()
            .map(|wanted| {
                let department = by_code(&wanted.code).or_else(|| {
                    let other =
                        wanted.same_as.iter().filter_map(|code| by_code(code)).find(|d| !used.contains(&*d.code))?;
                    used.insert(&other.code);
                    Some(other)
                });
                Place { wanted, department }
            })
            .collect()
    }
}

/// A department of a blueprint and who fills it in this organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// As the blueprint knows it.
    pub wanted: &'a BlueprintDepartment,
    /// As the organisation knows it; none when it has no such department.
    pub department: Option<&'a KnownDepartment>,
}

/// A department that takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taking<'a> {
    /// Which.
    pub place: Place<'a>,
    /// Who fills it.
    pub department: &'a KnownDepartment,
    /// Who speaks for it.
    pub liaison: &'a KnownPerson,
}

/// Somebody on the committee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitting<'a> {
    /// As what.
    pub capacity: Capacity,
    /// Who.
    pub person: &'a KnownPerson,
    /// Chair, member, or adviser for guests.
    pub role: Role,
}

/// A checked form: everything that is needed to make the project.
#[derive(Clone, Debug)]
pub struct Choices<'a> {
    /// Made when the form was rendered.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// Its key; free when the form was checked.
    pub key: String,
    /// What it is made from.
    pub blueprint: &'a Blueprint,
    /// How large the launch is.
    pub tier: Tier,
    /// The date that the plan hangs on.
    pub anchor: Anchor,
    /// Who answers for it.
    pub lead: &'a KnownPerson,
    /// Who takes part, in the blueprint's order.
    pub departments: Vec<Taking<'a>>,
    /// Who decides; empty without a chair.
    pub committee: Vec<Sitting<'a>>,
    /// How many voting seats must have voted.
    pub quorum: i16,
}

impl Choices<'_> {
    /// Whether the part with this code takes part.
    #[must_use]
    pub fn is_active(&self, code: &str) -> bool {
        let committee = self.blueprint.department(code).is_some_and(|one| one.kind == DepartmentKind::Committee);
        (committee && !self.committee.is_empty()) || self.departments.iter().any(|one| one.place.wanted.code == code)
    }

    /// Who bears the letters of departments that take no part.
    #[must_use]
    pub fn stand_ins(&self) -> StandIns<'_> {
        StandIns::new(&self.blueprint.departments, &|code| self.is_active(code))
    }
}

/// Half of the voting seats, rounded up: the chair (or a deputy) and half of the members. At least one.
#[must_use]
pub fn usual_quorum(voting_seats: usize) -> i16 {
    i16::try_from(voting_seats.div_ceil(2)).unwrap_or(i16::MAX).max(1)
}
