//! Objectives with their key results, as they stand; pure.

use super::{
    figures::Scale,
    months::Month,
    split::model::{Cell, Left, Row, Terms, left, plan},
};
use crate::platform::ids::{EntryId, KeyResultId, MilestoneId, ObjectiveId, PartId, SeriesId, ShareLinkId, TaskId};
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;
use std::{fmt, str::FromStr};

/// Most objectives in a project, and most key results in an objective (ARCHITECTURE §2).
pub const AT_MOST: usize = 3;
/// Longest title of an objective or a key result, in characters.
pub const TITLE: usize = 160;
/// Longest explanation or reason, in characters.
pub const WHY: usize = 1_000;

/// Where a key result stands: `1.2` is the second of the first objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The place of its objective, from 1.
    pub objective: i16,
    /// Its own, from 1.
    pub key_result: i16,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.objective, self.key_result)
    }
}

impl FromStr for Place {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (objective, key_result) = text.split_once('.').ok_or(())?;
        let digit = |text: &str| match text {
            "1" => Ok(1),
            "2" => Ok(2),
            "3" => Ok(3),
            _ => Err(()),
        };
        Ok(Self { objective: digit(objective)?, key_result: digit(key_result)? })
    }
}

/// Everything that a project wants to reach.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Goals(pub Vec<Objective>);

/// An objective.
#[derive(Clone, Debug, Deserialize)]
pub struct Objective {
    /// Its id.
    pub id: ObjectiveId,
    /// From 1.
    pub position: i16,
    /// What is wanted.
    pub title: String,
    /// Why; may be empty.
    pub why: String,
    /// Counts changes.
    pub version: i32,
    /// How one knows, in their order.
    pub key_results: Vec<KeyResult>,
}

/// A key result.
#[derive(Clone, Debug, Deserialize)]
pub struct KeyResult {
    /// Its id.
    pub id: KeyResultId,
    /// From 1, within its objective.
    pub position: i16,
    /// What is reached.
    pub title: String,
    /// Its figures.
    pub series_id: SeriesId,
    /// Who answers for it.
    pub part: PartId,
    /// Counts changes of it.
    pub version: i32,
    /// Counts changes of its split.
    pub split_version: i32,
    /// What its amounts are steps of.
    pub scale: Scale,
    /// Counts what it asked for, from 1.
    pub terms: i32,
    /// Where it starts.
    pub baseline: i64,
    /// Where it has to get.
    pub target: i64,
    /// The first month of its split.
    pub starts_on: Date,
    /// The day on which it has to be there.
    pub due_on: Date,
    /// Why it asks for this.
    pub reason: String,
    /// The number of the decision that says so.
    pub decision: Option<i32>,
    /// Since when it asks for this.
    pub since: Timestamp,
    /// Who said so.
    pub by: String,
    /// What the committee signed off last; none before it did.
    pub signed: Option<Signed>,
    /// Who takes a share.
    pub rows: Vec<ShareRow>,
    /// The figures that stand, by period.
    pub entries: Vec<Entry>,
}

/// What the committee signed off.
#[derive(Clone, Debug, Deserialize)]
pub struct Signed {
    /// Where it started.
    pub baseline: i64,
    /// Where it had to get.
    pub target: i64,
    /// The first month of its split.
    pub starts_on: Date,
    /// The day on which it had to be there.
    pub due_on: Date,
    /// What it was called.
    pub title: Option<String>,
    /// Who answered for it.
    pub part: Option<PartId>,
    /// The number of the decision.
    pub decision: i32,
    /// When.
    pub at: Timestamp,
}

impl Signed {
    /// What it asked for.
    #[must_use]
    pub fn terms(&self) -> Terms {
        Terms { baseline: self.baseline, target: self.target, starts_on: self.starts_on, due_on: self.due_on }
    }
}

/// Since when a share stands as it does.
#[derive(Clone, Debug, Deserialize)]
pub struct Since {
    /// When its newest figure was set.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// The decision that signed it off as it stands.
    pub decision: Option<i32>,
}

/// What a department owes to a key result.
#[derive(Clone, Debug, Deserialize)]
pub struct ShareRow {
    /// Which.
    pub part: PartId,
    /// In its words; may be empty.
    pub owes: String,
    /// Since when; none before a figure is set.
    pub since: Option<Since>,
    /// How much, in which months.
    pub cells: Vec<ShareCell>,
    /// How it gets there.
    pub links: Vec<ShareLink>,
}

/// A share in a month; read from `[month, amount, base]`, there are many.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct ShareCell {
    /// When.
    pub month: Month,
    /// How much.
    pub amount: i64,
    /// Of a ratio, below the line.
    pub base: i64,
}

/// A task or milestone of a department that leads to its share.
#[derive(Clone, Debug, Deserialize)]
pub struct ShareLink {
    /// Of the link.
    pub id: ShareLinkId,
    /// The task.
    pub task: Option<TaskId>,
    /// The milestone.
    pub milestone: Option<MilestoneId>,
    /// The number of a task.
    pub number: Option<i32>,
    /// Its title.
    pub title: String,
    /// In Chinese, while it is a blueprint's own.
    pub title_zh: Option<String>,
    /// When it is due.
    pub due_on: Option<Date>,
    /// Done, or reached.
    pub is_done: bool,
}

/// A figure that stands.
#[derive(Clone, Debug, Deserialize)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// Whose.
    pub part: PartId,
    /// The first day of its period.
    pub period: Date,
    /// How much; of a ratio, above the line.
    pub value: i64,
    /// Of a ratio, below the line.
    pub base: i64,
    /// Of ten.
    pub confidence: Option<i16>,
    /// One sentence; may be empty.
    pub note: String,
    /// Who entered it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// It corrects another one.
    pub is_correction: bool,
}

impl Goals {
    /// An objective by its place.
    #[must_use]
    pub fn objective(&self, position: i16) -> Option<&Objective> {
        self.0.iter().find(|objective| objective.position == position)
    }

    /// A key result by its place.
    #[must_use]
    pub fn key_result(&self, place: Place) -> Option<&KeyResult> {
        self.objective(place.objective)?.key_results.iter().find(|one| one.position == place.key_result)
    }

    /// Every key result with its place.
    pub fn key_results(&self) -> impl Iterator<Item = (Place, &KeyResult)> {
        self.0.iter().flat_map(|objective| objective.key_results.iter().map(|one| (objective.place_of(one), one)))
    }

    /// The first place for a new objective; none when there are as many as there may be.
    #[must_use]
    pub fn free(&self) -> Option<i16> {
        free(self.0.iter().map(|one| one.position))
    }
}

impl Objective {
    /// The place of one of its key results.
    #[must_use]
    pub fn place_of(&self, key_result: &KeyResult) -> Place {
        Place { objective: self.position, key_result: key_result.position }
    }

    /// The first place for a new key result; none when there are as many as there may be.
    #[must_use]
    pub fn free(&self) -> Option<i16> {
        free(self.key_results.iter().map(|one| one.position))
    }
}

fn free(taken: impl Iterator<Item = i16>) -> Option<i16> {
    let taken: Vec<i16> = taken.collect();
    (1..=3).find(|place| !taken.contains(place))
}

impl KeyResult {
    /// Whether it stands as it was signed off: what it asks for, what it is called and who answers for it. None before that.
    #[must_use]
    pub fn is_as_signed(&self) -> Option<bool> {
        let signed = self.signed.as_ref()?;
        let is_called = signed.title.as_ref().is_none_or(|title| *title == self.title);
        Some(signed.terms() == self.terms() && is_called && signed.part.is_none_or(|part| part == self.part))
    }

    /// What is split.
    #[must_use]
    pub fn terms(&self) -> Terms {
        Terms { baseline: self.baseline, target: self.target, starts_on: self.starts_on, due_on: self.due_on }
    }

    /// The shares as rows with a cell a month.
    #[must_use]
    pub fn split(&self) -> Vec<Row> {
        let months: Vec<Month> = self.terms().months().collect();
        self.rows.iter().map(|row| Row { part: row.part, cells: row.in_months(&months) }).collect()
    }

    /// What is left to be split.
    #[must_use]
    pub fn left(&self) -> Left {
        left(&self.scale, &self.terms(), &self.split())
    }

    /// The plan, month by month.
    #[must_use]
    pub fn plan(&self) -> Vec<Option<i64>> {
        plan(&self.scale, &self.terms(), &self.split())
    }

    /// The departments with shares in months that other terms leave out.
    #[must_use]
    pub fn shares_outside(&self, terms: &Terms) -> Vec<PartId> {
        let (first, last) = (Month::of(terms.starts_on), Month::of(terms.due_on));
        let is_outside = |cell: &ShareCell| cell.month < first || cell.month > last;
        self.rows.iter().filter(|row| row.cells.iter().any(is_outside)).map(|row| row.part).collect()
    }

    /// A row by its department.
    #[must_use]
    pub fn row(&self, part: PartId) -> Option<&ShareRow> {
        self.rows.iter().find(|row| row.part == part)
    }
}

impl ShareRow {
    fn in_months(&self, months: &[Month]) -> Vec<Cell> {
        let cell = |month: &Month| {
            let found = self.cells.iter().find(|cell| cell.month == *month);
            found.map_or_else(Cell::default, |cell| Cell::set(cell.amount, cell.base))
        };
        months.iter().map(cell).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_as_they_are_written() {
        for objective in 1..=3 {
            for key_result in 1..=3 {
                let place = Place { objective, key_result };
                assert_eq!(place.to_string().parse(), Ok(place));
            }
        }
        for text in ["", "1", "1.", "0.1", "4.1", "1.4", "1.1.1", "a.b", "+1.1"] {
            assert_eq!(text.parse::<Place>(), Err(()), "{text}");
        }
    }

    #[test]
    fn there_are_three_places() {
        assert_eq!(free([].into_iter()), Some(1));
        assert_eq!(free([1, 3].into_iter()), Some(2));
        assert_eq!(free([3, 1, 2].into_iter()), None);
    }
}
