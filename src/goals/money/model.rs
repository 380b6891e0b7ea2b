//! A commercial plan: what its lines make together, month by month, and how far it is from what was planned; pure.

pub use super::line::{Figure, Line, LineKind, Sort};

use super::break_even::{Crossing, Earned, Step, crossing, steps};
use crate::{
    goals::{
        figures::{Measure, Scale, UnitKind, rounded},
        months::Month,
    },
    platform::ids::PersonId,
};
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

/// Most lines in force.
pub const LINES: usize = 12;
/// Most months of a plan.
pub const MONTHS: i16 = 36;
/// Longest name of a line, in characters.
pub const NAME: usize = 80;
/// A forecast that slips by more days opens an escalation.
pub const SLIP: i64 = 30;
/// From here on the envelope is said to be passed, in percent.
pub const OVER: i64 = 105;

/// Who entered the newest actual figure of a month.
#[derive(Clone, Debug, Deserialize)]
pub struct Entered {
    /// Which month.
    pub month: Month,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// The commercial plan of a project.
#[derive(Clone, Debug, Deserialize)]
pub struct Money {
    /// How often it was set.
    pub number: i32,
    /// `USD`.
    pub currency: String,
    /// 0 to 2.
    pub decimals: i16,
    /// Its first month.
    pub starts_on: Month,
    /// How many months.
    pub months: i16,
    /// What may be spent.
    pub envelope: i64,
    /// The day of break-even, as it was recorded.
    pub break_even_on: Option<Date>,
    /// Why it was set as it is; empty for the first.
    pub reason: String,
    /// Since when.
    pub since: Timestamp,
    /// The decision that set it.
    pub decision: Option<i32>,
    /// Who set it.
    pub by: String,
    /// The same person.
    pub by_id: PersonId,
    /// What the committee signed off last; none before it did.
    #[serde(default)]
    pub signed: Option<SignedMoney>,
    /// Those in force, in order.
    pub lines: Vec<Line>,
    /// Who reported which month last.
    pub entered: Vec<Entered>,
}

/// What the committee signed off of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct SignedMoney {
    /// What may be spent.
    pub envelope: i64,
    /// The day of break-even, where one was recorded.
    pub break_even_on: Option<Date>,
    /// The number of the decision.
    pub decision: i32,
}

/// From which figures something is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// As planned.
    Plan,
    /// What was, else what is expected, else what was planned.
    Outlook,
}

/// How far the expected break-even is from the planned one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// So many days; fewer than none is sooner.
    Days(i64),
    /// It was to come within the plan, and does not.
    Beyond,
    /// Neither was planned nor comes within the plan.
    Never,
}

impl Slip {
    /// Whether it is more than so many days.
    #[must_use]
    pub fn is_more_than(self, days: i64) -> bool {
        match self {
            Self::Days(slip) => slip > days,
            Self::Beyond => true,
            Self::Never => false,
        }
    }
}

/// What a month makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthSum {
    /// Result and running total.
    pub step: Step,
    /// New customers.
    pub units: i64,
    /// Costs that win them.
    pub acquiring: i64,
    /// Recurring revenue at its end, where somebody says so.
    pub arr: Option<i64>,
}

/// What money is counted in.
#[must_use]
pub fn money_scale(currency: &str, decimals: i16) -> Scale {
    Scale {
        measure: Measure::Additive,
        unit_kind: UnitKind::Money,
        unit: currency.to_owned(),
        base_unit: String::new(),
        decimals,
    }
}

/// What units are counted in.
#[must_use]
pub fn units_scale() -> Scale {
    Scale { unit_kind: UnitKind::Number, ..money_scale("", 0) }
}

/// The months of a plan.
pub fn months(starts_on: Month, count: i16) -> impl Iterator<Item = Month> {
    let count = usize::try_from(count.clamp(0, MONTHS)).unwrap_or_default();
    starts_on.to(Month::of(Date::MAX)).take(count)
}

impl Money {
    /// Its months, in order.
    pub fn months(&self) -> impl Iterator<Item = Month> {
        months(self.starts_on, self.months)
    }

    /// What money is counted in.
    #[must_use]
    pub fn scale(&self) -> Scale {
        money_scale(&self.currency, self.decimals)
    }

    /// What a line is counted in.
    #[must_use]
    pub fn scale_of(&self, kind: LineKind) -> Scale {
        if kind == LineKind::Units { units_scale() } else { self.scale() }
    }

    fn amount(line: &Line, basis: Basis, month: Month) -> Option<i64> {
        match basis {
            Basis::Plan => line.amount(Sort::Plan, month),
            Basis::Outlook => line.outlook(month),
        }
    }

    fn sum(&self, basis: Basis, month: Month, counts: impl Fn(&Line) -> bool) -> i64 {
        let lines = self.lines.iter().filter(|line| counts(line));
        lines.filter_map(|line| Self::amount(line, basis, month)).fold(0, i64::saturating_add)
    }

    /// Every month with what it makes.
    #[must_use]
    pub fn sums(&self, basis: Basis) -> Vec<MonthSum> {
        let earned = |month| Earned {
            month,
            revenue: self.sum(basis, month, |line| line.kind == LineKind::Revenue),
            cost: self.sum(basis, month, |line| line.kind == LineKind::Cost),
        };
        let earned: Vec<Earned> = self.months().map(earned).collect();
        let whole = |step: Step| {
            let month = step.earned.month;
            let arr = self.lines.iter().find(|line| line.kind == LineKind::Arr);
            MonthSum {
                step,
                units: self.sum(basis, month, |line| line.kind == LineKind::Units),
                acquiring: self.sum(basis, month, |line| line.acquires),
                arr: arr.and_then(|line| Self::amount(line, basis, month)),
            }
        };
        steps(&earned).into_iter().map(whole).collect()
    }

    /// Where it breaks even.
    #[must_use]
    pub fn crossing(&self, basis: Basis) -> Option<Crossing> {
        let steps: Vec<Step> = self.sums(basis).into_iter().map(|sum| sum.step).collect();
        crossing(&steps)
    }

    /// The day of break-even that the project is held to: as recorded, else as planned.
    #[must_use]
    pub fn planned_on(&self) -> Option<Date> {
        self.break_even_on.or_else(|| self.crossing(Basis::Plan).map(|found| found.on))
    }

    /// The day that is to be reckoned with.
    #[must_use]
    pub fn expected_on(&self) -> Option<Date> {
        self.crossing(Basis::Outlook).map(|found| found.on)
    }

    /// How far the one is from the other. What comes although it was not planned comes sooner.
    #[must_use]
    pub fn slip(&self) -> Slip {
        match (self.planned_on(), self.expected_on()) {
            (Some(planned), Some(expected)) => Slip::Days(i64::from((expected - planned).get_days())),
            (Some(_), None) => Slip::Beyond,
            (None, Some(_)) => Slip::Days(0),
            (None, None) => Slip::Never,
        }
    }

    /// Whether a month was reported: something was, and nothing is missing of what was planned to come in or to go out.
    #[must_use]
    pub fn is_reported(&self, month: Month) -> bool {
        let mut lines = self.lines.iter().filter(|line| line.kind.is_earned());
        let any = lines.clone().any(|line| line.amount(Sort::Actual, month).is_some());
        any && lines.all(|line| {
            line.amount(Sort::Actual, month).is_some() || line.amount(Sort::Plan, month).unwrap_or_default() == 0
        })
    }

    /// Whether something was reported for a month that is not among these.
    #[must_use]
    pub fn has_reported_outside(&self, months: &[Month]) -> bool {
        let figures = self.lines.iter().flat_map(|line| &line.actual);
        figures.filter(|figure| figure.1.is_some()).any(|figure| !months.contains(&figure.0))
    }

    /// The newest month that was reported.
    #[must_use]
    pub fn reported(&self) -> Option<Month> {
        self.months().filter(|month| self.is_reported(*month)).last()
    }

    /// The newest two months, where both were reported, one follows the other, and the running total was below plan in both.
    #[must_use]
    pub fn below_plan_twice(&self) -> Option<[Month; 2]> {
        let newest = self.reported()?;
        let months: Vec<Month> = self.months().collect();
        let at = months.iter().position(|month| *month == newest)?.checked_sub(1)?;
        let before = *months.get(at)?;
        let (plan, outlook) = (self.sums(Basis::Plan), self.sums(Basis::Outlook));
        let below = plan.iter().zip(&outlook).skip(at).take(2).all(|(plan, was)| was.step.total < plan.step.total);
        (below && self.is_reported(before)).then_some([before, newest])
    }

    /// The lowest running total and its month, where it is below zero.
    #[must_use]
    pub fn lowest(&self, basis: Basis) -> Option<(Month, i64)> {
        let steps = self.sums(basis).into_iter().map(|sum| (sum.step.earned.month, sum.step.total));
        steps.min_by_key(|(_, total)| *total).filter(|(_, total)| *total < 0)
    }

    /// All costs that are to be reckoned with, and how much of the envelope that is, in percent.
    #[must_use]
    pub fn spent(&self) -> (i64, Option<i64>) {
        let costs = self.sums(Basis::Outlook).into_iter().map(|sum| sum.step.earned.cost);
        let spent = costs.fold(0, i64::saturating_add);
        (spent, (self.envelope > 0).then(|| rounded(i128::from(spent) * 100, i128::from(self.envelope))))
    }
}

/// What a new customer costs, of some months together; none without one.
#[must_use]
pub fn cac(sums: &[MonthSum]) -> Option<i64> {
    let units: i64 = sums.iter().map(|sum| sum.units).fold(0, i64::saturating_add);
    let spent = sums.iter().map(|sum| i128::from(sum.acquiring)).sum();
    (units > 0).then(|| rounded(spent, i128::from(units)))
}

#[cfg(test)]
mod tests;
