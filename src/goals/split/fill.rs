//! Ways of filling a split: evenly or by weight over departments, evenly or rising over months; pure. Nothing is lost in rounding:
//! the largest remainders get what is over, so that the cells make the whole exactly.

use super::model::{Cell, Row, Terms};
use crate::{
    goals::figures::{Measure, Scale, rounded},
    platform::ids::PartId,
};

/// How the months share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slope {
    /// Each as much as the other.
    Even,
    /// Each a step more than the one before: 1, 2, 3.
    Rising,
}

impl Slope {
    /// Each of them, in the order of the form.
    pub const ALL: [Self; 2] = [Self::Even, Self::Rising];

    /// The text in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Even => "even",
            Self::Rising => "rising",
        }
    }
}

impl std::str::FromStr for Slope {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|one| one.as_str() == text).ok_or(())
    }
}

/// Largest weight of a department.
pub const HEAVIEST: u32 = 1_000;

/// Splits a whole by weights: the parts are as near to their exact share as whole numbers can be, and make the whole. Without any
/// weight everything is nothing.
#[must_use]
pub fn apportion(whole: i64, weights: &[u64]) -> Vec<i64> {
    let total: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if total == 0 {
        return vec![0; weights.len()];
    }
    let size = u128::from(whole.unsigned_abs());
    let mut parts: Vec<u128> = weights.iter().map(|weight| size * u128::from(*weight) / total).collect();
    let mut by_rest: Vec<(u128, usize)> =
        weights.iter().enumerate().map(|(index, weight)| (size * u128::from(*weight) % total, index)).collect();
    by_rest.sort_by_key(|(rest, index)| (std::cmp::Reverse(*rest), *index));
    let over = size.saturating_sub(parts.iter().sum());
    for (_, index) in by_rest.into_iter().take(usize::try_from(over).unwrap_or(usize::MAX)) {
        if let Some(part) = parts.get_mut(index) {
            *part += 1;
        }
    }
    let signed = |part: u128| i64::try_from(part).unwrap_or(i64::MAX) * whole.signum();
    parts.into_iter().map(signed).collect()
}

/// What a fill is made from.
#[derive(Clone, Debug)]
pub struct Fill<'a> {
    /// Each department with its weight; those of weight nothing get none.
    pub weights: &'a [(PartId, u32)],
    /// How the months share.
    pub slope: Slope,
    /// The first month that gets any, counted from nothing.
    pub from: usize,
    /// Of a ratio: how much it is counted over in a month, all departments together.
    pub base: i64,
}

/// Fills a split.
#[must_use]
pub fn fill(scale: &Scale, terms: &Terms, fill: &Fill<'_>) -> Vec<Row> {
    let months = terms.count();
    let from = fill.from.min(months.saturating_sub(1));
    let parts: Vec<u64> = fill.weights.iter().map(|(_, weight)| u64::from(*weight)).collect();
    let columns: Vec<Vec<Cell>> = match scale.measure {
        Measure::Additive => additive(terms, fill.slope, &parts, (from, months)),
        Measure::Level => (0..months).map(|month| level(terms, fill.slope, &parts, (from, month, months))).collect(),
        Measure::Ratio => {
            let bases = apportion(fill.base.max(0), &parts);
            let column = |month| {
                let value = way(terms, fill.slope, (from, month, months));
                let below: i64 = bases.iter().sum();
                let weights: Vec<u64> = bases.iter().map(|base| base.unsigned_abs()).collect();
                let above = apportion(scale.above(value, below), &weights);
                above.into_iter().zip(&bases).map(|(amount, base)| Cell::of(amount, *base)).collect()
            };
            (0..months).map(column).collect()
        }
    };
    let row = |(index, (part, _)): (usize, &(PartId, u32))| {
        let cells = columns.iter().map(|column| column.get(index).copied().unwrap_or_default()).collect();
        Row { part: *part, cells }
    };
    fill.weights.iter().enumerate().filter(|(_, (_, weight))| *weight > 0).map(row).collect()
}

fn step(slope: Slope, from: usize, month: usize) -> u64 {
    let place = month.checked_sub(from).map_or(0, |place| u64::try_from(place).unwrap_or_default() + 1);
    match slope {
        Slope::Even => place.min(1),
        Slope::Rising => place,
    }
}

fn additive(terms: &Terms, slope: Slope, parts: &[u64], (from, months): (usize, usize)) -> Vec<Vec<Cell>> {
    let weights: Vec<u64> =
        (0..months).flat_map(|month| parts.iter().map(move |part| part * step(slope, from, month))).collect();
    let amounts = apportion(terms.target.saturating_sub(terms.baseline), &weights);
    let column = |chunk: &[i64]| chunk.iter().map(|amount| Cell::of(*amount, 0)).collect();
    if parts.is_empty() { vec![Vec::new(); months] } else { amounts.chunks(parts.len()).map(column).collect() }
}

/// The value on its way from baseline to target when a month is over: it gets there exactly in the last one.
fn way(terms: &Terms, slope: Slope, (from, month, months): (usize, usize, usize)) -> i64 {
    let done: u64 = (0..=month).map(|one| step(slope, from, one)).sum();
    let all: u64 = (0..months).map(|one| step(slope, from, one)).sum();
    let distance = i128::from(terms.target) - i128::from(terms.baseline);
    let gone = rounded(distance * i128::from(done), i128::from(all.max(1)));
    terms.baseline.saturating_add(gone)
}

fn level(terms: &Terms, slope: Slope, parts: &[u64], at: (usize, usize, usize)) -> Vec<Cell> {
    apportion(way(terms, slope, at), parts).into_iter().map(|amount| Cell::set(amount, 0)).collect()
}
