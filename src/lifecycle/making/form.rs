//! The form of a new project as it stands on the page: texts only, so that nothing typed is lost.

use super::{
    check::takes_guests,
    model::{Memory, usual_quorum},
};
use crate::{
    platform::ids::{PersonId, ProjectId},
    projects::{
        blueprints::{self, Blueprint, Tier},
        making::store::Likeness,
        model::{Capacity, Role},
        schedule::Anchor,
        suggest::suggest_key,
    },
    web::{Error, Fields, Result},
};
use jiff::civil::Date;
use uuid::Uuid;

/// The form.
#[derive(Clone, Debug)]
pub struct Form {
    /// Of the project that it will make.
    pub id: ProjectId,
    /// The project's name.
    pub name: String,
    /// Its key, typed or suggested.
    pub key: String,
    /// The key that was suggested; one that still equals it was not typed.
    pub suggested: String,
    /// Whether the key was typed.
    pub has_own_key: bool,
    /// Id of the blueprint.
    pub blueprint: &'static Blueprint,
    /// How large the launch is.
    pub tier: Tier,
    /// The launch date as typed.
    pub launch: String,
    /// The first day as typed.
    pub start: String,
    /// The lead's id.
    pub lead: String,
    /// The blueprint's departments that the organisation has, in order.
    pub departments: Vec<DepartmentChoice>,
    /// One for each capacity, in order.
    pub seats: Vec<SeatChoice>,
    /// The code of the capacity that chairs; empty for none.
    pub chair: String,
    /// As typed; empty for the usual one.
    pub quorum: String,
}

/// One department of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentChoice {
    /// The blueprint's code.
    pub code: String,
    /// Ticked.
    pub is_on: bool,
    /// The liaison's id.
    pub liaison: String,
}

/// One seat of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatChoice {
    /// As what.
    pub capacity: Capacity,
    /// The person's id.
    pub person: String,
}

impl Form {
    /// As it is first shown.
    pub fn fresh(memory: &Memory, me: PersonId) -> Result<Self> {
        let blueprint = blueprints::all().map_err(Error::internal)?.first().ok_or_else(|| Error::internal("none"))?;
        let (seats, chair) = last_committee(memory);
        Ok(Self {
            id: ProjectId::new(),
            name: String::new(),
            key: String::new(),
            suggested: String::new(),
            has_own_key: false,
            blueprint,
            tier: Tier::Major,
            launch: String::new(),
            start: String::new(),
            lead: me.to_string(),
            departments: departments(blueprint, memory, &Fields::default()),
            seats,
            chair,
            quorum: String::new(),
        })
    }

    /// As it was sent. Departments that the page did not show yet (another blueprint was chosen) stand as usual.
    pub fn read(memory: &Memory, fields: &Fields) -> Result<Self> {
        let blueprint =
            blueprints::by_id(fields.get("blueprint")).map_err(Error::internal)?.ok_or(Error::Unprocessable)?;
        let tier = fields.value::<u8>("tier").and_then(Tier::from_number).ok_or(Error::Unprocessable)?;
        let name = fields.get("name").to_owned();
        let typed = fields.get("key").to_uppercase();
        let suggested =
            if name.is_empty() { String::new() } else { suggest_key(&name, &|key| memory.keys.contains(key)) };
        let is_typed = !typed.is_empty() && typed != fields.get("suggested");
        Ok(Self {
            id: fields.hidden("id")?,
            name,
            key: if is_typed { typed } else { suggested.clone() },
            suggested,
            has_own_key: is_typed,
            blueprint,
            tier,
            launch: fields.get("launch").to_owned(),
            start: fields.get("start").to_owned(),
            lead: fields.get("lead").to_owned(),
            departments: departments(blueprint, memory, fields),
            seats: Capacity::ALL
                .map(|capacity| SeatChoice { capacity, person: fields.get(&seat_field(capacity)).to_owned() })
                .to_vec(),
            chair: fields.get("chair").to_owned(),
            quorum: fields.get("quorum").to_owned(),
        })
    }

    /// People whom the form names, to be looked up whatever the size of the organisation.
    pub fn named(fields: &Fields) -> Vec<Uuid> {
        let is_person = |name: &str| name == "lead" || name.starts_with("liaison-") || name.starts_with("seat-");
        fields.pairs().iter().filter(|(name, _)| is_person(name)).filter_map(|(_, value)| value.parse().ok()).collect()
    }

    /// The date that the plan hangs on, if there is one that can be read.
    pub fn anchor(&self) -> Option<Anchor> {
        match (self.launch.parse::<Date>(), self.start.parse::<Date>()) {
            (Ok(launch), _) => Some(Anchor::Launch(launch)),
            (Err(_), Ok(start)) => Some(Anchor::Start(start)),
            (Err(_), Err(_)) => None,
        }
    }

    /// What tells whether a draft was made from the same form already; none without name and date.
    pub fn likeness(&self) -> Option<Likeness<'_>> {
        let (launches_on, starts_on) = match self.anchor()? {
            Anchor::Launch(day) => (Some(day), None),
            Anchor::Start(day) => (None, Some(day)),
        };
        (!self.name.is_empty()).then(|| Likeness {
            name: &self.name,
            key: self.has_own_key.then_some(self.key.as_str()),
            blueprint: &self.blueprint.id,
            tier: self.tier.number().into(),
            launches_on,
            starts_on,
        })
    }

    /// Whether somebody is named as chair.
    pub fn has_chair(&self) -> bool {
        self.seats.iter().any(|seat| seat.capacity.as_str() == self.chair && !seat.person.is_empty())
    }

    /// How many seats vote: those of guests advise.
    pub fn voting_seats(&self, memory: &Memory) -> usize {
        self.seats.iter().filter(|seat| memory.colleague(&seat.person).is_some()).count()
    }

    /// The quorum when none is typed.
    pub fn usual_quorum(&self, memory: &Memory) -> i16 {
        usual_quorum(self.voting_seats(memory))
    }
}

/// `seat-ceo`: name and id of a seat's field.
pub fn seat_field(capacity: Capacity) -> String {
    format!("seat-{}", capacity.as_str())
}

/// `liaison-SAL`: name and id of a liaison's field.
pub fn liaison_field(code: &str) -> String {
    format!("liaison-{code}")
}

fn departments(blueprint: &'static Blueprint, memory: &Memory, fields: &Fields) -> Vec<DepartmentChoice> {
    let present = memory.fill(blueprint).into_iter().filter_map(|place| Some((place.wanted, place.department?)));
    present
        .map(|(wanted, department)| {
            let field = liaison_field(&wanted.code);
            let was_shown = fields.all("listed").any(|code| code == wanted.code);
            let usual = department.liaison_id.map_or_else(String::new, |id| id.to_string());
            DepartmentChoice {
                code: wanted.code.clone(),
                is_on: if was_shown {
                    fields.all("department").any(|code| code == wanted.code)
                } else {
                    wanted.is_core
                },
                liaison: if fields.has(&field) { fields.get(&field).to_owned() } else { usual },
            }
        })
        .collect()
}

/// The seats and the chair of the last committee. A seat in other words than ours takes the first free place.
fn last_committee(memory: &Memory) -> (Vec<SeatChoice>, String) {
    let mut seats = Capacity::ALL.map(|capacity| SeatChoice { capacity, person: String::new() }).to_vec();
    let mut chair = String::new();
    for last in &memory.committee {
        let known = Capacity::parse(&last.capacity);
        let place = seats.iter().position(|seat| Some(seat.capacity) == known && seat.person.is_empty());
        let may_sit = |seat: &SeatChoice| last.role != Role::Adviser || takes_guests(seat.capacity);
        let free = || seats.iter().position(|seat| seat.person.is_empty() && may_sit(seat));
        let Some(seat) = place.or_else(free).and_then(|place| seats.get_mut(place)) else { continue };
        seat.person = last.person_id.to_string();
        if last.role == Role::Chair {
            seat.capacity.as_str().clone_into(&mut chair);
        }
    }
    (seats, chair)
}
