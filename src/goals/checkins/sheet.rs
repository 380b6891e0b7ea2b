//! What somebody types about the shares of a department in a month, for all of them at once.

use super::{actions::CheckIn, pages::NOTE};
use crate::{
    goals::{
        figures::{Measure, Scale},
        model::{Entry, Goals, KeyResult, Place, ShareCell, ShareRow},
        months::Month,
        pace,
    },
    platform::{
        ids::{EntryId, PartId},
        locale::T,
    },
    web::{Errors, Fields},
};
use jiff::civil::Date;

/// What is typed for one key result.
#[derive(Clone, Debug)]
pub struct Typed {
    /// Made with the form.
    pub id: EntryId,
    /// The figure that the form was made from.
    pub seen: String,
    /// How much.
    pub value: String,
    /// Of a ratio, below the line.
    pub base: String,
    /// Of ten.
    pub confidence: String,
    /// One sentence.
    pub note: String,
}

impl Typed {
    /// The figure that stands, to be corrected; else nothing.
    #[must_use]
    pub fn stands(of: &KeyResult, entry: Option<&Entry>) -> Self {
        let base = |entry: &Entry| of.scale.of_bases().field(entry.base);
        Self {
            id: EntryId::new(),
            seen: entry.map(|entry| entry.id.to_string()).unwrap_or_default(),
            value: entry.map(|entry| of.scale.of_amounts().field(entry.value)).unwrap_or_default(),
            base: entry.filter(|_| of.scale.measure == Measure::Ratio).map(base).unwrap_or_default(),
            confidence: entry.and_then(|entry| entry.confidence).map(|one| one.to_string()).unwrap_or_default(),
            note: entry.map(|entry| entry.note.clone()).unwrap_or_default(),
        }
    }

    /// As it was sent; none where the form did not have it, or had another one in its place.
    #[must_use]
    pub fn of((place, of): (Place, &KeyResult), fields: &Fields) -> Option<Self> {
        let get = |field: &str| fields.get(&format!("{field}-{place}")).to_owned();
        if get("of") != of.id.to_string() {
            return None;
        }
        Some(Self {
            id: get("id").parse().ok()?,
            seen: get("seen"),
            value: get("value"),
            base: get("base"),
            confidence: get("confidence"),
            note: get("note"),
        })
    }

    /// What it means; none where nothing is said, or something is wrong with it.
    #[must_use]
    pub fn read(&self, t: T, (place, of): (Place, &KeyResult), errors: &mut Errors) -> Option<CheckIn> {
        if [&self.value, &self.base, &self.confidence, &self.note, &self.seen].into_iter().all(String::is_empty) {
            return None;
        }
        let mut figure = |scale: &Scale, field: &str, text: &str| match scale.parse(text) {
            Ok(amount) => Some(amount),
            Err(wrong) => {
                errors.add(format!("{field}-{place}"), wrong.text(t));
                None
            }
        };
        let value = figure(&of.scale.of_amounts(), "value", &self.value);
        let has_base = of.scale.measure == Measure::Ratio;
        let base = if has_base { figure(&of.scale.of_bases(), "base", &self.base) } else { Some(0) };
        if base.is_some_and(|base| base < 0) {
            errors.add(format!("base-{place}"), t.goals_base_negative());
        }
        // Nothing of nothing is a month without any; something of nothing is a mistake.
        if has_base && base == Some(0) && value.is_some_and(|value| value != 0) {
            errors.add(format!("base-{place}"), t.goals_kpi_base_missing());
        }
        let confidence: Option<i16> = self.confidence.parse().ok().filter(|one| (1..=10).contains(one));
        if confidence.is_none() && !self.confidence.is_empty() {
            errors.add(format!("confidence-{place}"), t.goals_confidence_wrong());
        }
        if self.note.chars().count() > NOTE {
            errors.add(format!("note-{place}"), t.decisions_too_long(NOTE));
        }
        Some(CheckIn {
            id: self.id,
            key_result: of.id,
            seen: self.seen.parse().ok(),
            value: value?,
            base: base?,
            confidence,
            note: self.note.clone(),
        })
    }
}

/// The key results of which a department has a share.
pub fn shares(goals: &Goals, part: PartId) -> impl Iterator<Item = (Place, &KeyResult)> {
    goals.key_results().filter(move |(_, of)| of.row(part).is_some())
}

/// Those of them whose split has this month.
pub fn shares_in(goals: &Goals, part: PartId, month: Month) -> impl Iterator<Item = (Place, &KeyResult)> {
    shares(goals, part).filter(move |(_, of)| of.terms().months().any(|one| one == month))
}

/// The figure of a department that stands for a month.
#[must_use]
pub fn standing(of: &KeyResult, part: PartId, month: Month) -> Option<&Entry> {
    of.entries.iter().find(|entry| entry.part == part && Month::of(entry.period) == month)
}

/// Every month for which a department can enter figures: up to the present one.
#[must_use]
pub fn months(goals: &Goals, part: PartId, today: Date) -> Vec<Month> {
    let of = |of: &KeyResult| of.terms().months().filter(|month| month.first() <= today).collect::<Vec<_>>();
    sorted(shares(goals, part).flat_map(|(_, one)| of(one)).collect())
}

/// The months that are over and still owe figures.
#[must_use]
pub fn owed(goals: &Goals, part: PartId, today: Date) -> Vec<Month> {
    sorted(shares(goals, part).flat_map(|(_, of)| pace::owed(of, part, today)).collect())
}

/// The first month in which a department has a share, where that is a month to come.
#[must_use]
pub fn first_month(goals: &Goals, part: PartId, today: Date) -> Option<Month> {
    let rows = shares(goals, part).filter_map(|(_, of)| Some((of.scale.measure, of.row(part)?)));
    // Of a level zero is asked for like anything else; nothing of a sum is no share.
    let of = |(measure, row): (Measure, &ShareRow)| {
        let is_share = |cell: &&ShareCell| measure == Measure::Level || cell.amount != 0 || cell.base != 0;
        row.cells.iter().filter(is_share).map(|cell| cell.month).min()
    };
    rows.filter_map(of).min().filter(|month| month.first() > today)
}

fn sorted(mut months: Vec<Month>) -> Vec<Month> {
    months.sort_unstable();
    months.dedup();
    months
}
