//! Letters and the rules they obey; pure.

use crate::{
    events::both,
    platform::{
        ids::{DutyId, PartId, StageId},
        locale::{Language, T},
    },
    projects::model::Part,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;

/// A part's share in a duty, in the order in which letters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Letter {
    /// Answers for it: exactly one.
    #[serde(rename = "A")]
    Accountable,
    /// Does the work: at least one.
    #[serde(rename = "R")]
    Responsible,
    /// Is asked before.
    #[serde(rename = "C")]
    Consulted,
    /// Is told after.
    #[serde(rename = "I")]
    Informed,
}

impl Letter {
    /// All, in their order.
    pub const ALL: [Self; 4] = [Self::Accountable, Self::Responsible, Self::Consulted, Self::Informed];

    /// The letter itself.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accountable => "A",
            Self::Responsible => "R",
            Self::Consulted => "C",
            Self::Informed => "I",
        }
    }
}

/// One letter of one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Held {
    /// Whose.
    pub part_id: PartId,
    /// Which.
    pub letter: Letter,
}

/// All letters of one duty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Letters(BTreeSet<Held>);

/// What somebody asks for: at most one A, and parts for each of the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Who answers for it.
    pub accountable: Option<PartId>,
    /// Who does it.
    pub responsible: Vec<PartId>,
    /// Who is asked.
    pub consulted: Vec<PartId>,
    /// Who is told.
    pub informed: Vec<PartId>,
}

/// Why a wish cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No A.
    NobodyAccountable,
    /// No R.
    NobodyResponsible,
    /// A part of another project, or none at all.
    UnknownPart,
}

impl Wish {
    /// The letters as they stand, to show them in a form.
    #[must_use]
    pub fn of(letters: &Letters) -> Self {
        let of = |letter| letters.holders(letter).collect();
        Self {
            accountable: letters.accountable(),
            responsible: of(Letter::Responsible),
            consulted: of(Letter::Consulted),
            informed: of(Letter::Informed),
        }
    }

    /// Whether the wish gives this part this letter.
    #[must_use]
    pub fn gives(&self, part: PartId, letter: Letter) -> bool {
        match letter {
            Letter::Accountable => self.accountable == Some(part),
            Letter::Responsible => self.responsible.contains(&part),
            Letter::Consulted => self.consulted.contains(&part),
            Letter::Informed => self.informed.contains(&part),
        }
    }

    /// The letters that it comes to: exactly one A, at least one R. The stronger letter stays where several meet in
    /// one part: C and I go where it is A or R, I goes where it is C (as in the elastic division of a blueprint).
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn settle(&self, parts: &[Part]) -> Result<Letters, Vec<Refusal>> {
        let mut refusals = Vec::new();
        if self.accountable.is_none() {
            refusals.push(Refusal::NobodyAccountable);
        }
        if self.responsible.is_empty() {
            refusals.push(Refusal::NobodyResponsible);
        }
        let mut letters = BTreeSet::new();
        for letter in Letter::ALL {
            for part_id in self.parts(letter) {
                if !parts.iter().any(|part| part.id == part_id) {
                    refusals.push(Refusal::UnknownPart);
                }
                if !has_stronger(&letters, part_id, letter) {
                    letters.insert(Held { part_id, letter });
                }
            }
        }
        if refusals.is_empty() { Ok(Letters(letters)) } else { Err(refusals) }
    }

    fn parts(&self, letter: Letter) -> Vec<PartId> {
        match letter {
            Letter::Accountable => self.accountable.into_iter().collect(),
            Letter::Responsible => self.responsible.clone(),
            Letter::Consulted => self.consulted.clone(),
            Letter::Informed => self.informed.clone(),
        }
    }
}

/// Whether a part holds a letter beside which this one says nothing; A and R stand together.
fn has_stronger(letters: &BTreeSet<Held>, part_id: PartId, letter: Letter) -> bool {
    let weaker_than = match letter {
        Letter::Accountable | Letter::Responsible => &[][..],
        Letter::Consulted => &[Letter::Accountable, Letter::Responsible],
        Letter::Informed => &[Letter::Accountable, Letter::Responsible, Letter::Consulted],
    };
    weaker_than.iter().any(|letter| letters.contains(&Held { part_id, letter: *letter }))
}

impl Letters {
    /// From pairs as they stand in the table.
    #[must_use]
    pub fn new(held: impl IntoIterator<Item = Held>) -> Self {
        Self(held.into_iter().collect())
    }

    /// Who answers for it; every saved duty has one.
    #[must_use]
    pub fn accountable(&self) -> Option<PartId> {
        self.holders(Letter::Accountable).next()
    }

    /// The parts with this letter.
    pub fn holders(&self, letter: Letter) -> impl Iterator<Item = PartId> {
        self.0.iter().filter(move |held| held.letter == letter).map(|held| held.part_id)
    }

    /// The letters of one part, such as `AR`; empty for none.
    #[must_use]
    pub fn of(&self, part: PartId) -> String {
        Letter::ALL
            .into_iter()
            .filter(|letter| self.0.contains(&Held { part_id: part, letter: *letter }))
            .map(Letter::as_str)
            .collect()
    }

    /// Every letter.
    pub fn iter(&self) -> impl Iterator<Item = Held> {
        self.0.iter().copied()
    }

    /// The letters with another A, another only R, or both; the rest stays.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn reassigned(
        &self,
        accountable: Option<PartId>,
        responsible: Option<PartId>,
        parts: &[Part],
    ) -> Result<Self, Vec<Refusal>> {
        let now = Wish::of(self);
        let wish = Wish {
            accountable: accountable.or(now.accountable),
            responsible: responsible.map_or(now.responsible, |part| vec![part]),
            ..now
        };
        wish.settle(parts)
    }

    /// Whether the same parts hold A and R.
    #[must_use]
    pub fn has_same_main(&self, other: &Self) -> bool {
        let main = |letters: &Self| {
            let held = letters.iter().filter(|held| matches!(held.letter, Letter::Accountable | Letter::Responsible));
            held.collect::<BTreeSet<Held>>()
        };
        main(self) == main(other)
    }

    /// In words of both languages, for the history.
    #[must_use]
    pub fn lines(&self, parts: &[Part]) -> Value {
        both(&self.line(parts, T(Language::English)), &self.line(parts, T(Language::Chinese)))
    }

    /// As [`Self::main_line`], in both languages.
    #[must_use]
    pub fn main_lines(&self, parts: &[Part]) -> Value {
        both(&self.main_line(parts, T(Language::English)), &self.main_line(parts, T(Language::Chinese)))
    }

    /// In words, for the history: `A: Product; R: R&D, Sales`.
    #[must_use]
    pub fn line(&self, parts: &[Part], t: T) -> String {
        self.line_of(&Letter::ALL, parts, t)
    }

    /// Who answers for it and who does it, in words: `A: Product; R: R&D, Sales`.
    #[must_use]
    pub fn main_line(&self, parts: &[Part], t: T) -> String {
        self.line_of(&[Letter::Accountable, Letter::Responsible], parts, t)
    }

    /// Whom a change of letters concerns, for those who are told: the parts whose A or R it gave or took, and by name who
    /// answers for it and who does it, where that is new.
    #[must_use]
    pub fn touched(&self, before: &Self, parts: &[Part]) -> Value {
        let mut touched = serde_json::Map::new();
        let mut ids: Vec<PartId> = Vec::new();
        for (field, letter) in [("accountable", Letter::Accountable), ("responsible", Letter::Responsible)] {
            let of = |letters: &Self| letters.holders(letter).collect::<Vec<_>>();
            let (was, is) = (of(before), of(self));
            if was != is {
                let names = |t: T| {
                    let held = parts.iter().filter(|part| is.contains(&part.id));
                    t.list(&held.map(|part| part.name(t).to_owned()).collect::<Vec<_>>())
                };
                touched.insert(field.to_owned(), both(&names(T(Language::English)), &names(T(Language::Chinese))));
                let differ = |id: &PartId| was.contains(id) != is.contains(id);
                ids.extend(was.iter().chain(&is).copied().filter(differ));
            }
        }
        touched.insert("parts".to_owned(), ids.iter().map(ToString::to_string).collect::<Vec<_>>().into());
        Value::Object(touched)
    }

    fn line_of(&self, letters: &[Letter], parts: &[Part], t: T) -> String {
        let written = letters.iter().copied().filter_map(|letter| {
            let names: Vec<String> = parts
                .iter()
                .filter(|part| self.0.contains(&Held { part_id: part.id, letter }))
                .map(|part| part.name(t).to_owned())
                .collect();
            (!names.is_empty()).then(|| t.labelled(letter.as_str(), t.list(&names)))
        });
        t.clauses(&written.collect::<Vec<_>>())
    }
}

/// One item of the division of labour.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Its id.
    pub id: DutyId,
    /// Its stage.
    pub stage_id: StageId,
    /// `a1_charter`; unique in the project.
    pub code: String,
    /// English title.
    pub title_en: String,
    /// Chinese title; empty when people wrote the title.
    pub title_zh: String,
    /// Due on this working day of its stage, from 1.
    pub due_day: i32,
    /// Counts edits.
    pub version: i32,
    /// Who does what.
    pub letters: Letters,
    /// The number of the last decision that gave it to others.
    pub decision: Option<i32>,
}

impl Duty {
    /// The title the reader reads.
    #[must_use]
    pub fn title(&self, t: T) -> &str {
        t.pair(&self.title_en, &self.title_zh)
    }
}

/// A stage as a column of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageColumn {
    /// Its id.
    pub id: StageId,
    /// `A3`.
    pub code: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// Length in working days.
    pub days: i32,
    /// `ahead`, `current`, `passed`.
    pub state: String,
}

impl StageColumn {
    /// The name the reader reads.
    #[must_use]
    pub fn name(&self, t: T) -> &str {
        t.pair(&self.name_en, &self.name_zh)
    }

    /// Whether the project is in it now.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.state == "current"
    }

    /// Whether it is over.
    #[must_use]
    pub fn is_passed(&self) -> bool {
        self.state == "passed"
    }
}

/// The code of a duty that people add to a stage: `a3_13` when the stage has twelve, or the next free number.
#[must_use]
pub fn free_code(stage: &str, taken: &[String]) -> String {
    let stem = stage.to_lowercase();
    let numbered = (taken.len() + 1..).map(|number| format!("{stem}_{number}"));
    numbered.into_iter().find(|code| !taken.contains(code)).unwrap_or(stem)
}

#[cfg(test)]
mod tests;
