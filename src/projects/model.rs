//! A project, its parts and seats; pure.

use crate::{
    platform::{
        ids::{DepartmentId, PartId, PersonId, ProjectId, SeatId},
        locale::T,
    },
    web::ui::DepartmentChip,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Where a project is in its life.
///
/// ```text
/// draft ──publish──► active ──archive──► archived
///                      ▲                    │
///                      └──────restore───────┘
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type, Deserialize)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ProjectState {
    /// Being prepared: nobody is notified, no task is on anybody's list.
    Draft,
    /// Under way.
    Active,
    /// Over: readable, not changeable.
    Archived,
}

impl ProjectState {
    /// The text in the database and in events.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Active => "active",
            Self::Archived => "archived",
        }
    }
}

/// Who may see a project besides its seats and the administrators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Visibility {
    /// Every colleague, as a viewer.
    Organisation,
    /// Nobody else.
    Seats,
}

impl Visibility {
    /// The text in the database, in forms and in events.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Seats => "seats",
        }
    }
}

impl std::str::FromStr for Visibility {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Organisation, Self::Seats].into_iter().find(|visibility| visibility.as_str() == text).ok_or(())
    }
}

/// What a seat is for (ARCHITECTURE §5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type, Deserialize)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Answers for the project.
    GtmLead,
    /// Speaks for a department.
    Liaison,
    /// Works for a department.
    Member,
    /// Votes on the decision committee.
    Committee,
    /// Votes and records the committee's decisions.
    Chair,
    /// Advises the committee; sees only what is put before it.
    Adviser,
    /// Reads.
    Viewer,
}

impl Role {
    /// All, in the order of the table of rights.
    pub const ALL: [Self; 7] =
        [Self::GtmLead, Self::Liaison, Self::Member, Self::Committee, Self::Chair, Self::Adviser, Self::Viewer];

    /// The text in the database and in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GtmLead => "gtm_lead",
            Self::Liaison => "liaison",
            Self::Member => "member",
            Self::Committee => "committee",
            Self::Chair => "chair",
            Self::Adviser => "adviser",
            Self::Viewer => "viewer",
        }
    }

    /// Whether the seat belongs to a department.
    #[must_use]
    pub fn has_part(self) -> bool {
        matches!(self, Self::Liaison | Self::Member)
    }

    /// On screen.
    #[must_use]
    pub fn label(self, t: T) -> String {
        match self {
            Self::GtmLead => t.role_gtm_lead(),
            Self::Liaison => t.role_liaison(),
            Self::Member => t.role_member(),
            Self::Committee => t.role_committee(),
            Self::Chair => t.role_chair(),
            Self::Adviser => t.role_adviser(),
            Self::Viewer => t.role_viewer(),
        }
    }
}

impl std::str::FromStr for Role {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or(())
    }
}

/// One product (or segment, city, internal system) being taken to market.
#[derive(Clone, Debug)]
pub struct Project {
    /// Its id.
    pub id: ProjectId,
    /// `GEO`.
    pub key: String,
    /// Its name.
    pub name: String,
    /// One line about it.
    pub summary: String,
    /// The id of the blueprint it was made from.
    pub blueprint: String,
    /// 1 flagship, 2 major, 3 routine.
    pub tier: i16,
    /// Who may see it.
    pub visibility: Visibility,
    /// Where it is in its life.
    pub state: ProjectState,
    /// First day of its first stage.
    pub starts_on: Date,
    /// First day of its launch stage, if it has one.
    pub launches_on: Option<Date>,
    /// How many voting seats must have voted before the chair decides.
    pub quorum: i16,
    /// Who made it.
    pub created_by: PersonId,
    /// When.
    pub created_at: Timestamp,
    /// Counts edits.
    pub version: i32,
}

/// What sort of party holds letters and tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// The GTM lead, code `LEAD`.
    Lead,
    /// The decision committee, code `COM`.
    Committee,
    /// A department of the organisation.
    Department,
}

impl PartKind {
    /// The text in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Committee => "committee",
            Self::Department => "department",
        }
    }
}

/// A department's part in a project, with its chip and who speaks for it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Part {
    /// Its id.
    pub id: PartId,
    /// The blueprint's code: `PM`, `LEAD`, `COM`.
    pub code: String,
    /// Lead, committee or department.
    pub kind: PartKind,
    /// The organisation's department behind it.
    pub department_id: Option<DepartmentId>,
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
    /// The liaison (or the lead, or the chair), if the place is taken.
    pub liaison_id: Option<PersonId>,
    /// Their name.
    pub liaison_name: Option<String>,
}

impl Part {
    /// The name the reader reads.
    #[must_use]
    pub fn name(&self, t: T) -> &str {
        t.pair(&self.name_en, &self.name_zh)
    }

    /// The code on its tile.
    #[must_use]
    pub fn short(&self, t: T) -> &str {
        t.pair(&self.short_en, &self.short_zh)
    }

    /// Tile and name as the reader reads them.
    #[must_use]
    pub fn chip(&self, t: T) -> DepartmentChip<'_> {
        DepartmentChip { code: self.short(t), name: self.name(t), colour: self.colour }
    }
}

/// One seat of the caller.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct OwnSeat {
    /// Its id.
    pub id: SeatId,
    /// Its role.
    pub role: Role,
    /// Its department, for liaisons and members.
    pub part_id: Option<PartId>,
}

/// As what somebody sits on the decision committee. Kept in `seats.capacity` by its code; a capacity in words of one's
/// own is kept as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Capacity {
    /// Chief executive.
    Ceo,
    /// Chief financial officer.
    Cfo,
    /// Member of the board.
    Board,
    /// Somebody from outside with the knowledge.
    Expert,
    /// One of the first users.
    SeedUser,
}

impl Capacity {
    /// All, in the order of the form.
    pub const ALL: [Self; 5] = [Self::Ceo, Self::Cfo, Self::Board, Self::Expert, Self::SeedUser];

    /// The code in the database and in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ceo => "ceo",
            Self::Cfo => "cfo",
            Self::Board => "board",
            Self::Expert => "expert",
            Self::SeedUser => "seed_user",
        }
    }

    /// From the code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|capacity| capacity.as_str() == code)
    }

    /// On screen.
    #[must_use]
    pub fn label(self, t: T) -> String {
        match self {
            Self::Ceo => t.capacity_ceo(),
            Self::Cfo => t.capacity_cfo(),
            Self::Board => t.capacity_board(),
            Self::Expert => t.capacity_expert(),
            Self::SeedUser => t.capacity_seed_user(),
        }
    }
}

/// What `seats.capacity` says on screen: the word for a known code, anything else as it was written.
#[must_use]
pub fn capacity_label(t: T, capacity: &str) -> String {
    Capacity::parse(capacity).map_or_else(|| capacity.to_owned(), |known| known.label(t))
}
