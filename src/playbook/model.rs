//! What a playbook says: plain facts, no rendered words, so that one version reads in both languages; pure.

use super::{
    meetings::{self, Meeting},
    words::{self, Word},
};
use crate::{
    decisions::{
        limits::model::of_matrix,
        matrix::{EscalationMatrix, StepLimits},
    },
    goals::{
        figures::Scale,
        model::{self as goals, Goals, Place},
        strategy::{Strategy, Texts},
    },
    platform::{
        ids::{KeyResultId, ObjectiveId, PartId, PlaybookId, hex},
        locale::{Bilingual, T},
    },
    projects::{Part, PartKind, duties::model::Letters},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Most characters of the lead's note to a version.
pub const NOTE: usize = 400;

/// A section, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Where it leads and how it gets there.
    Mission,
    /// To whom, what need, why us.
    Questions,
    /// The four answers.
    Strategy,
    /// Objectives and key results.
    Goals,
    /// What each department owes by month.
    Shares,
    /// The division of labour.
    Division,
    /// Stages, gates, dates.
    Stages,
    /// How we meet.
    Meetings,
    /// How we ask each other, and escalate.
    Asking,
    /// The word list.
    Words,
}

impl Section {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Mission,
        Self::Questions,
        Self::Strategy,
        Self::Goals,
        Self::Shares,
        Self::Division,
        Self::Stages,
        Self::Meetings,
        Self::Asking,
        Self::Words,
    ];

    /// From 1.
    #[must_use]
    pub fn number(self) -> usize {
        Self::ALL.iter().position(|one| *one == self).unwrap_or_default() + 1
    }

    /// Whether a change of it asks everybody to read again.
    #[must_use]
    pub fn matters(self) -> bool {
        matches!(self, Self::Questions | Self::Strategy | Self::Goals | Self::Shares | Self::Division)
    }

    /// Its heading.
    #[must_use]
    pub fn title(self, t: T) -> String {
        match self {
            Self::Mission => t.playbook_mission(),
            Self::Questions => t.playbook_questions(),
            Self::Strategy => t.playbook_strategy(),
            Self::Goals => t.playbook_goals(),
            Self::Shares => t.playbook_shares(),
            Self::Division => t.playbook_division(),
            Self::Stages => t.playbook_stages(),
            Self::Meetings => t.playbook_meetings(),
            Self::Asking => t.playbook_asking(),
            Self::Words => t.playbook_words(),
        }
    }
}

/// Everything that a version says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    /// Who takes part.
    pub parts: Vec<Party>,
    /// Mission and answers; none before there is a strategy.
    pub strategy: Option<Texts>,
    /// With their key results and how these are split.
    pub objectives: Vec<Objective>,
    /// Who does what, in the order of stages.
    pub duties: Vec<Duty>,
    /// With their gates.
    pub stages: Vec<Stage>,
    /// The day of launch.
    pub launches_on: Option<Date>,
    /// The fixed windows.
    pub meetings: Vec<Meeting>,
    /// How long each step of an escalation may take.
    pub limits: Vec<Limits>,
    /// Words that occur in it.
    pub words: Vec<Word>,
}

/// A department, the lead or the committee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Its part in the project.
    pub id: PartId,
    /// `MKT`.
    pub code: String,
    /// What it is.
    pub kind: PartKind,
    /// Its name.
    pub name: Bilingual,
    /// On its tile.
    pub short: Bilingual,
    /// Its colour.
    pub colour: i16,
    /// Who speaks for it; empty while nobody does.
    pub speaker: String,
}

/// An objective.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objective {
    /// Its id.
    pub id: ObjectiveId,
    /// From 1.
    pub position: i16,
    /// What is wanted.
    pub title: String,
    /// Why; may be empty.
    pub why: String,
    /// How one knows.
    pub key_results: Vec<KeyResult>,
}

/// A key result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyResult {
    /// Its id.
    pub id: KeyResultId,
    /// From 1.
    pub position: i16,
    /// What is reached.
    pub title: String,
    /// Who answers for it.
    pub part: PartId,
    /// What its amounts are steps of.
    pub scale: Scale,
    /// Where it starts.
    pub baseline: i64,
    /// Where it has to get.
    pub target: i64,
    /// By when.
    pub due_on: Date,
    /// What each department owes.
    pub shares: Vec<Share>,
}

/// What a department owes to a key result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Which.
    pub part: PartId,
    /// In words; may be empty.
    pub owes: String,
    /// Month by month.
    pub cells: Vec<Cell>,
}

/// A share in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Its first day.
    pub month: Date,
    /// How much; of a ratio, above the line.
    pub amount: i64,
    /// Of a ratio, below the line.
    pub base: i64,
}

/// One item of the division of labour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// `a1_charter`.
    pub code: String,
    /// The code of its stage.
    pub stage: String,
    /// What it is called.
    pub title: Bilingual,
    /// Who holds which letter.
    pub letters: Letters,
}

/// A stage with its gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// `A1`.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Its first day.
    pub starts_on: Date,
    /// Its last day, on which its gate is planned.
    pub ends_on: Date,
    /// Whether it begins with the launch.
    pub is_launch: bool,
    /// What its gate asks for.
    pub rules: Vec<Bilingual>,
}

/// How long the steps of a category of escalations may take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// `price`.
    pub category: String,
    /// Its name.
    pub name: Bilingual,
    /// Step by step.
    pub steps: StepLimits,
}

/// What the next version is made of besides strategy and goals, as the database tells it.
#[derive(Clone, Debug, Deserialize)]
pub struct Plan {
    /// Who takes part.
    pub parts: Vec<Part>,
    /// In their order.
    pub stages: Vec<Stage>,
    /// In the order of stages.
    pub duties: Vec<Duty>,
    /// The day of launch.
    pub launches_on: Option<Date>,
    /// What the administrator set, by category.
    pub limits: BTreeMap<String, StepLimits>,
}

impl Content {
    /// What the project is today.
    #[must_use]
    pub fn of(strategy: Option<&Strategy>, goals: &Goals, plan: Plan, matrix: &EscalationMatrix) -> Self {
        let party = |part: Part| Party {
            id: part.id,
            code: part.code,
            kind: part.kind,
            name: Bilingual { en: part.name_en, zh: part.name_zh },
            short: Bilingual { en: part.short_en, zh: part.short_zh },
            colour: part.colour,
            speaker: part.liaison_name.unwrap_or_default(),
        };
        let limits = matrix.categories.iter().map(|category| Limits {
            category: category.code.clone(),
            name: category.name.clone(),
            steps: plan.limits.get(&category.code).copied().unwrap_or_else(|| of_matrix(&category.code)),
        });
        let mut content = Self {
            limits: limits.collect(),
            parts: plan.parts.into_iter().map(party).collect(),
            strategy: strategy.map(|strategy| strategy.texts.clone()),
            objectives: goals.0.iter().map(objective).collect(),
            duties: plan.duties,
            stages: plan.stages,
            launches_on: plan.launches_on,
            meetings: meetings::fixed(),
            words: Vec::new(),
        };
        content.words = words::occurring_in(&content.texts());
        content
    }

    /// A part by its id.
    #[must_use]
    pub fn party(&self, id: PartId) -> Option<&Party> {
        self.parts.iter().find(|party| party.id == id)
    }

    /// The departments, in their order.
    pub fn departments(&self) -> impl Iterator<Item = &Party> {
        self.parts.iter().filter(|party| party.kind == PartKind::Department)
    }

    /// Every key result with its place.
    pub fn key_results(&self) -> impl Iterator<Item = (Place, &KeyResult)> {
        self.objectives.iter().flat_map(|objective| {
            objective
                .key_results
                .iter()
                .map(|one| (Place { objective: objective.position, key_result: one.position }, one))
        })
    }

    /// Everything that it says in words, of both languages.
    fn texts(&self) -> Vec<&str> {
        let mut texts: Vec<&str> = Vec::new();
        if let Some(said) = &self.strategy {
            texts.extend([&*said.vision, &said.strategy, &said.audience, &said.need, &said.difference, &said.worth]);
        }
        for objective in &self.objectives {
            texts.extend([&*objective.title, &objective.why]);
            for result in &objective.key_results {
                texts.extend([&*result.title, &result.scale.unit, &result.scale.base_unit]);
                texts.extend(result.shares.iter().map(|share| share.owes.as_str()));
            }
        }
        let duties = self.duties.iter().map(|duty| &duty.title);
        let stages = self.stages.iter().flat_map(|stage| stage.rules.iter().chain([&stage.name]));
        let limits = self.limits.iter().map(|limits| &limits.name);
        texts.extend(duties.chain(stages).chain(limits).flat_map(|text| [&*text.en, &*text.zh]));
        texts
    }

    /// What tells it from any other content; a form that was made from it carries this.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        // Plain data without maps of floats or unordered keys: it is always written, and always alike.
        let text = serde_json::to_vec(self).unwrap_or_default();
        hex(&Sha256::digest(&text)).chars().take(32).collect()
    }
}

fn objective(of: &goals::Objective) -> Objective {
    Objective {
        id: of.id,
        position: of.position,
        title: of.title.clone(),
        why: of.why.clone(),
        key_results: of.key_results.iter().map(key_result).collect(),
    }
}

fn key_result(of: &goals::KeyResult) -> KeyResult {
    // A month in which nothing is owed says nothing.
    let cells = |row: &goals::ShareRow| {
        let owed = row.cells.iter().filter(|cell| cell.amount != 0 || cell.base != 0);
        owed.map(|cell| Cell { month: cell.month.first(), amount: cell.amount, base: cell.base }).collect()
    };
    let share = |row: &goals::ShareRow| Share { part: row.part, owes: row.owes.clone(), cells: cells(row) };
    KeyResult {
        id: of.id,
        position: of.position,
        title: of.title.clone(),
        part: of.part,
        scale: of.scale.clone(),
        baseline: of.baseline,
        target: of.target,
        due_on: of.due_on,
        shares: of.rows.iter().map(share).collect(),
    }
}

/// A version as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its id.
    pub id: PlaybookId,
    /// From 1; the highest is in force.
    pub number: i32,
    /// Everybody was asked to read again.
    pub asks_again: bool,
    /// What the lead says about it; may be empty.
    pub note: String,
    /// Who published it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}
