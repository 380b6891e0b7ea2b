//! The types of a blueprint: departments, stages, gate rules and items of the division of labour. Pure.

use crate::platform::locale::Bilingual;
use serde::{Deserialize, Serialize};

use super::check::Check;

/// The tier of a launch (ARCHITECTURE §2); of an item or a gate rule, the smallest launch that still keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Tier {
    /// Tier 1.
    Flagship,
    /// Tier 2.
    Major,
    /// Tier 3.
    Routine,
}

impl Tier {
    /// From the largest launch to the smallest.
    pub const ALL: [Self; 3] = [Self::Flagship, Self::Major, Self::Routine];

    /// 1, 2 or 3.
    pub fn number(self) -> u8 {
        match self {
            Self::Flagship => 1,
            Self::Major => 2,
            Self::Routine => 3,
        }
    }

    /// The tier of a number, if there is one.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.number() == number)
    }

    /// Whether an item or rule of this tier is kept for a launch of tier `launch`: 3 is kept for every launch, 2 is
    /// dropped for routine ones, 1 is kept for flagships only.
    pub fn is_kept_for(self, launch: Self) -> bool {
        launch <= self
    }
}

impl TryFrom<u8> for Tier {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        Self::from_number(number).ok_or("a tier is 1, 2 or 3")
    }
}

impl From<Tier> for u8 {
    fn from(tier: Tier) -> Self {
        tier.number()
    }
}

/// What a blueprint's department stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DepartmentKind {
    /// The GTM lead: always active, the end of every fallback chain.
    Lead,
    /// The decision committee: active once it is seated.
    Committee,
    /// A department of the organisation, ticked or not when the project is created.
    Department,
}

/// A department as a blueprint knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlueprintDepartment {
    /// Short code such as `RND`, used by the letters of items.
    pub code: String,
    /// Full name.
    pub name: Bilingual,
    /// For tiles: two letters in English, one character in Chinese.
    pub short: Bilingual,
    /// Lead, committee or a department proper.
    pub kind: DepartmentKind,
    /// Who takes over its letters when it takes no part; `None` for the lead only.
    pub falls_back_to: Option<String>,
    /// Ticked by default when a project is created.
    pub is_core: bool,
    /// Codes of the organisation's departments that fill this part when it has none with this very code.
    pub same_as: Vec<String>,
}

/// Who does, answers for, is asked and is told: codes of departments, each at most once, in order of importance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letters {
    /// R: does the work. At least one.
    pub responsible: Vec<String>,
    /// A: answers for it. Exactly one; may also be among R.
    pub accountable: String,
    /// C: asked before.
    pub consulted: Vec<String>,
    /// I: told after.
    pub informed: Vec<String>,
}

/// An item of the division of labour: a piece of work in a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Unique within the blueprint, such as `a1_charter`.
    pub id: String,
    /// What is to be done.
    pub name: Bilingual,
    /// By whom.
    pub letters: Letters,
    /// Due on this working day of its stage; 1 is the stage's first day.
    pub due_day: u16,
    /// Ids of items that come first. One that the tier drops disappears from here too: see [`Blueprint::after`].
    pub after: Vec<String>,
    /// The smallest launch that keeps it.
    pub tier: Tier,
    /// Whether the gate of its stage reads it.
    pub is_evidence: bool,
    /// What it leaves behind: `doc`, `decision`, `release` … a word in `snake_case`.
    pub output: String,
}

/// One rule to leave a stage.
#[derive(Debug, Clone, PartialEq)]
pub struct GateRule {
    /// The rule in words.
    pub name: Bilingual,
    /// The rule as an expression, kept for readers.
    pub expression: String,
    /// The rule as data.
    pub check: Check,
    /// Whether the next stage stays closed while it does not hold; otherwise it only warns.
    pub is_blocking: bool,
    /// The smallest launch that keeps it.
    pub tier: Tier,
}

/// A stage with its gate and its items, in the order of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct BlueprintStage {
    /// Such as `A1`.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Length in working days, at least 1.
    pub days: u16,
    /// Rules to leave it.
    pub gate: Vec<GateRule>,
    /// The work in it.
    pub items: Vec<Item>,
}

/// What a new project starts with.
#[derive(Debug, Clone, PartialEq)]
pub struct Blueprint {
    /// Stable id, the name of its file.
    pub id: String,
    /// Its name.
    pub name: Bilingual,
    /// One line about when to choose it.
    pub description: Bilingual,
    /// Code of the stage that starts on the launch date.
    pub launch_stage: String,
    /// The lead, the departments, the committee.
    pub departments: Vec<BlueprintDepartment>,
    /// From charter to retirement.
    pub stages: Vec<BlueprintStage>,
}

impl Blueprint {
    /// The department with this code.
    pub fn department(&self, code: &str) -> Option<&BlueprintDepartment> {
        self.departments.iter().find(|department| department.code == code)
    }

    /// The place of the launch stage among the stages, from 0.
    pub fn launch_stage_index(&self) -> usize {
        self.stages.iter().position(|stage| stage.code == self.launch_stage).unwrap_or(0)
    }

    /// The items that a launch of this tier keeps, each with the place of its stage, in the order of the file.
    pub fn items_for(&self, launch: Tier) -> impl Iterator<Item = (usize, &Item)> {
        self.stages
            .iter()
            .enumerate()
            .flat_map(|(place, stage)| stage.items.iter().map(move |item| (place, item)))
            .filter(move |(_, item)| item.tier.is_kept_for(launch))
    }

    /// The item with this id.
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.stages.iter().flat_map(|stage| &stage.items).find(|item| item.id == id)
    }

    /// What comes before an item in a launch of this tier: links to dropped items disappear with them.
    pub fn after<'a>(&'a self, item: &'a Item, launch: Tier) -> impl Iterator<Item = &'a str> {
        item.after
            .iter()
            .filter(move |id| self.item(id).is_some_and(|before| before.tier.is_kept_for(launch)))
            .map(String::as_str)
    }
}

impl BlueprintStage {
    /// The gate rules that a launch of this tier keeps.
    pub fn gate_for(&self, launch: Tier) -> impl Iterator<Item = &GateRule> {
        self.gate.iter().filter(move |rule| rule.tier.is_kept_for(launch))
    }
}
