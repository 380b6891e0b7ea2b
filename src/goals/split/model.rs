//! A split over departments and months, and what is left of it; pure.
//!
//! - *Additive*: all cells together make target minus baseline.
//! - *Level*: in the last month the departments together make the target; months before lead there and are not added. A month left
//!   blank stays as the month before it, and zero is a level like any other.
//! - *Ratio*: in the last month the sum above the line over the sum below it makes the target, counted in whole things above the
//!   line.
//!
//! A split is complete when nothing is left, neither too little nor too much. Everything is a whole number of steps, so that
//! "nothing" means nothing.

use crate::{
    goals::{
        figures::{Measure, Scale},
        months::Month,
    },
    platform::ids::PartId,
};
use jiff::civil::Date;

/// What is to be split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Where it starts.
    pub baseline: i64,
    /// Where it has to get.
    pub target: i64,
    /// The first month.
    pub starts_on: Date,
    /// The day on which it has to be there.
    pub due_on: Date,
}

impl Terms {
    /// The months of the split.
    pub fn months(&self) -> impl Iterator<Item = Month> {
        Month::of(self.starts_on).to(Month::of(self.due_on))
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.months().count()
    }

    /// More is better.
    #[must_use]
    pub fn rises(&self) -> bool {
        self.target >= self.baseline
    }
}

/// The share of one department in one month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// How much; of a ratio, above the line.
    pub amount: i64,
    /// Of a ratio, below the line; else nothing.
    pub base: i64,
    /// Somebody said so; zero can be said as well.
    pub is_set: bool,
}

impl Cell {
    /// As somebody said it.
    #[must_use]
    pub const fn set(amount: i64, base: i64) -> Self {
        Self { amount, base, is_set: true }
    }

    /// As it was reckoned: of nothing nothing is said.
    #[must_use]
    pub const fn of(amount: i64, base: i64) -> Self {
        Self { amount, base, is_set: amount != 0 || base != 0 }
    }

    /// More than zero is asked for, or less.
    #[must_use]
    pub const fn is_something(&self) -> bool {
        self.amount != 0 || self.base != 0
    }
}

/// The shares of one department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub part: PartId,
    /// A cell a month of the terms.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The level at the end of a month: as it was said last. None before anything was.
    #[must_use]
    pub fn level(&self, month: usize) -> Option<i64> {
        self.cells.iter().take(month.saturating_add(1)).rev().find(|cell| cell.is_set).map(|cell| cell.amount)
    }
}

/// The level of all departments at the end of a month; none before any is said.
#[must_use]
pub fn level_sum(rows: &[Row], month: usize) -> Option<i64> {
    rows.iter().filter_map(|row| row.level(month)).reduce(i64::saturating_add)
}

/// What is left to be split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Nothing: it is complete.
    Nothing,
    /// So much is missing, of a ratio above the line.
    Missing(i64),
    /// So much is too much.
    TooMuch(i64),
    /// A ratio that is counted over nothing in its last month.
    NoBase,
}

impl Left {
    fn of(amount: i64) -> Self {
        match amount {
            0 => Self::Nothing,
            amount if amount > 0 => Self::Missing(amount),
            amount => Self::TooMuch(amount.saturating_neg()),
        }
    }

    /// The split adds up.
    #[must_use]
    pub fn is_complete(self) -> bool {
        self == Self::Nothing
    }
}

/// The sum of the cells of a month.
#[must_use]
pub fn month_sum(rows: &[Row], month: usize) -> Cell {
    rows.iter().filter_map(|row| row.cells.get(month)).fold(Cell::default(), |sum, cell| Cell {
        amount: sum.amount.saturating_add(cell.amount),
        base: sum.base.saturating_add(cell.base),
        is_set: sum.is_set || cell.is_set,
    })
}

/// What is left to be split.
#[must_use]
pub fn left(scale: &Scale, terms: &Terms, rows: &[Row]) -> Left {
    let months = terms.count();
    let last = month_sum(rows, months.saturating_sub(1));
    match scale.measure {
        Measure::Additive => {
            let sum = (0..months).fold(0_i64, |sum, month| sum.saturating_add(month_sum(rows, month).amount));
            Left::of(terms.target.saturating_sub(terms.baseline).saturating_sub(sum))
        }
        Measure::Level => match level_sum(rows, months.saturating_sub(1)) {
            Some(level) => Left::of(terms.target.saturating_sub(level)),
            // Without any share even a target of zero is not split yet.
            None => Left::Missing(terms.target),
        },
        Measure::Ratio if last.base == 0 => Left::NoBase,
        Measure::Ratio => Left::of(scale.above(terms.target, last.base).saturating_sub(last.amount)),
    }
}

/// The plan of the whole, month by month: what it should stand at when the month is over. None where a ratio is counted over
/// nothing.
#[must_use]
pub fn plan(scale: &Scale, terms: &Terms, rows: &[Row]) -> Vec<Option<i64>> {
    let mut sum = terms.baseline;
    (0..terms.count())
        .map(|month| {
            let cell = month_sum(rows, month);
            match scale.measure {
                Measure::Additive => {
                    sum = sum.saturating_add(cell.amount);
                    Some(sum)
                }
                Measure::Level => level_sum(rows, month),
                Measure::Ratio => scale.ratio(cell.amount, cell.base),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
