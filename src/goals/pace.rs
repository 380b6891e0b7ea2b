//! How far it is, and how far it should be; pure.
//!
//! - *Additive*: everything entered so far against the shares of the months that are over and, of the month under way, the part
//!   that has passed by today.
//! - *Level and ratio*: the newest month with figures against the plan for the end of that month. A ratio waits until every
//!   department with a share has entered its part of a month, if there is such a month. A level of a department that has entered
//!   nothing for a month stands as it was; before one with a share has entered anything, nothing is known of the whole.
//!
//! Ahead or behind is told by the way it should go: a falling level is ahead when it is lower.

use super::{
    figures::{Measure, Scale, rounded},
    model::{Entry, KeyResult},
    months::Month,
    split::model::{Cell, Row, Terms, month_sum, plan},
};
use crate::platform::ids::PartId;
use jiff::civil::Date;

/// Where somebody stands against the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The month it is about, counted from the first.
    pub month: usize,
    /// What was reached.
    pub actual: i64,
    /// What should have been by now.
    pub planned: i64,
    /// More is better.
    pub rises: bool,
    /// Where it started.
    pub baseline: i64,
}

/// How that is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// As planned, or better.
    OnPace,
    /// Behind, by up to a quarter of the way that should lie behind it.
    Behind,
    /// Behind by more.
    FarBehind,
}

impl Pace {
    /// How far ahead, in steps; less than nothing when behind.
    #[must_use]
    pub fn ahead(&self) -> i64 {
        let difference = self.actual.saturating_sub(self.planned);
        if self.rises { difference } else { difference.saturating_neg() }
    }

    /// How that is to be taken. A tenth of the way that should have been made is no reason to worry anybody.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let behind = -i128::from(self.ahead().min(0));
        let way = (i128::from(self.planned) - i128::from(self.baseline)).abs();
        if behind == 0 || (way > 0 && behind * 10 <= way) {
            Standing::OnPace
        } else if way > 0 && behind * 4 <= way {
            Standing::Behind
        } else {
            Standing::FarBehind
        }
    }
}

/// What the figures of some departments make, month by month; none for months without any figure.
#[must_use]
pub fn actual(scale: &Scale, terms: &Terms, rows: &[Row], entries: &[&Entry]) -> Vec<Option<i64>> {
    let months: Vec<Month> = terms.months().collect();
    let of = |month: Month| entries.iter().filter(move |entry| Month::of(entry.period) == month);
    let mut sum = terms.baseline;
    let value = |month: &Month| {
        let mut found = of(*month).peekable();
        found.peek()?;
        match scale.measure {
            Measure::Additive => {
                sum = found.fold(sum, |sum, entry| sum.saturating_add(entry.value));
                Some(sum)
            }
            Measure::Ratio => {
                let (above, below) = found.fold((0_i64, 0_i64), |sum, entry| {
                    (sum.0.saturating_add(entry.value), sum.1.saturating_add(entry.base))
                });
                scale.ratio(above, below)
            }
            Measure::Level => {
                let place = months.iter().position(|one| one == month)?;
                let is_unknown = |row: &Row| {
                    let mut own = entries.iter().filter(|entry| entry.part == row.part);
                    row.level(place).is_some() && !own.any(|entry| Month::of(entry.period) <= *month)
                };
                (!rows.iter().any(is_unknown)).then(|| level(entries, *month))
            }
        }
    };
    months.iter().map(value).collect()
}

/// The newest figure of each department up to a month, added up.
fn level(entries: &[&Entry], month: Month) -> i64 {
    let mut newest: Vec<&Entry> = Vec::new();
    for entry in entries.iter().filter(|entry| Month::of(entry.period) <= month) {
        match newest.iter_mut().find(|one| one.part == entry.part) {
            Some(one) if one.period <= entry.period => *one = entry,
            Some(_) => {}
            None => newest.push(entry),
        }
    }
    newest.iter().fold(0, |sum, entry| sum.saturating_add(entry.value))
}

/// Where the whole stands; none before there is anything to compare: a figure, or something that is due.
#[must_use]
pub fn whole(of: &KeyResult, today: Date) -> Option<Pace> {
    let entries: Vec<&Entry> = of.entries.iter().collect();
    pace(&of.scale, &of.terms(), &of.split(), &entries, today)
}

/// Where the whole stands by the figures that are asked for: those of the month before, as soon as no department owes any of
/// them, else those of the month before that. Before a month is over nobody is asked, and nothing can be said of it.
#[must_use]
pub fn reported(of: &KeyResult, today: Date) -> Option<Pace> {
    let last_of_before = |month: Month| month.first().yesterday().ok();
    let month = Month::of(last_of_before(Month::of(today))?);
    let is_owed = of.rows.iter().any(|row| owed(of, row.part, today).contains(&month));
    whole(of, if is_owed { last_of_before(month)? } else { month.last() })
}

/// Where one department stands with its share: of a sum from nothing, since the start is shared by all; of a level from a part of
/// the start as large as its part of the target.
#[must_use]
pub fn share(of: &KeyResult, part: PartId, today: Date) -> Option<Pace> {
    let rows: Vec<Row> = of.split().into_iter().filter(|row| row.part == part).collect();
    let entries: Vec<&Entry> = of.entries.iter().filter(|entry| entry.part == part).collect();
    let terms = match of.scale.measure {
        Measure::Additive => Terms { baseline: 0, target: of.target.saturating_sub(of.baseline), ..of.terms() },
        Measure::Level => {
            let own = rows.first().and_then(|row| row.level(row.cells.len().saturating_sub(1))).unwrap_or_default();
            let baseline = match of.target {
                0 => rounded(of.baseline.into(), i128::try_from(of.rows.len().max(1)).unwrap_or(1)),
                target => rounded(i128::from(of.baseline) * i128::from(own), target.into()),
            };
            Terms { baseline, ..of.terms() }
        }
        Measure::Ratio => of.terms(),
    };
    pace(&of.scale, &terms, &rows, &entries, today)
}

fn pace(scale: &Scale, terms: &Terms, rows: &[Row], entries: &[&Entry], today: Date) -> Option<Pace> {
    let months: Vec<Month> = terms.months().collect();
    // Seen from an earlier day, what was entered for months after it is not there yet.
    let entries: Vec<&Entry> = entries.iter().copied().filter(|entry| entry.period <= today).collect();
    let of = |month, actual, planned| Pace { month, actual, planned, rises: terms.rises(), baseline: terms.baseline };
    match scale.measure {
        Measure::Additive => {
            // Before the first month nothing is due.
            let current = months.iter().rposition(|month| month.first() <= today)?;
            let due = |(index, month): (usize, &Month)| {
                let share = month_sum(rows, index).amount;
                let (passed, days) = month.passed(today);
                rounded(i128::from(share) * i128::from(passed), i128::from(days))
            };
            let planned = months.iter().enumerate().map(due).fold(terms.baseline, i64::saturating_add);
            if entries.is_empty() && planned == terms.baseline {
                return None;
            }
            let actual = entries.iter().fold(terms.baseline, |sum, entry| sum.saturating_add(entry.value));
            Some(of(current, actual, planned))
        }
        Measure::Level | Measure::Ratio => {
            let actual = actual(scale, terms, rows, &entries);
            let is_told = |index: &usize| actual.get(*index).copied().flatten().is_some();
            let is_whole = |index: &usize| {
                let is_known =
                    scale.measure == Measure::Level || said_by_all(rows, &entries, (*index, months.get(*index)));
                is_told(index) && is_known
            };
            let newest = (0..actual.len()).rev().find(is_whole).or_else(|| (0..actual.len()).rev().find(is_told))?;
            let planned = plan(scale, terms, rows).get(newest).copied().flatten()?;
            Some(of(newest, actual.get(newest).copied().flatten()?, planned))
        }
    }
}

/// Whether every department with a share in a month has entered a figure of it.
fn said_by_all(rows: &[Row], entries: &[&Entry], (index, month): (usize, Option<&Month>)) -> bool {
    let has_share = |row: &&Row| row.cells.get(index).is_some_and(Cell::is_something);
    let has_said =
        |row: &Row| entries.iter().any(|entry| entry.part == row.part && Some(&Month::of(entry.period)) == month);
    rows.iter().filter(has_share).all(has_said)
}

/// The months that are over, in which a department has a share and has entered nothing. Figures of a month are asked for when it
/// is over.
#[must_use]
pub fn owed(of: &KeyResult, part: PartId, today: Date) -> Vec<Month> {
    let months: Vec<Month> = of.terms().months().collect();
    let split = of.split();
    let cells = split.iter().find(|row| row.part == part).map(|row| row.cells.as_slice()).unwrap_or_default();
    let is_entered =
        |month: Month| of.entries.iter().any(|entry| entry.part == part && Month::of(entry.period) == month);
    // Of a level zero is asked for like anything else; nothing of a sum is no share.
    let is_share = |cell: &Cell| if of.scale.measure == Measure::Level { cell.is_set } else { cell.is_something() };
    let is_owed = |(month, cell): &(&Month, &Cell)| month.last() < today && is_share(cell) && !is_entered(**month);
    months.iter().zip(cells).filter(is_owed).map(|(month, _)| *month).collect()
}

#[cfg(test)]
mod tests;
