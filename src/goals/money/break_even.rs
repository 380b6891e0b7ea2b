//! Break-even: when a project has earned what it has spent; pure, and in whole steps.
//!
//! The result of a month is its revenue less its costs, and the running total adds the results up from the first month. Break-even
//! falls in the first month from whose end on the running total is not negative again within the plan, after it has been
//! negative; on the first day of that month at whose end it is not negative, as if the month's result came evenly day by day. A
//! plan that is never negative breaks even with the first day of its first month with revenue. One that ends negative, or has no
//! revenue at all, does not break even within the plan.

use crate::goals::months::Month;
use jiff::{ToSpan, civil::Date};

/// What a month earns and spends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earned {
    /// Which.
    pub month: Month,
    /// What comes in.
    pub revenue: i64,
    /// What goes out.
    pub cost: i64,
}

/// A line of the working.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it earns and spends.
    pub earned: Earned,
    /// Revenue less costs.
    pub result: i64,
    /// All results up to and with this month.
    pub total: i64,
}

/// Where the running total stops being negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// In which month.
    pub month: Month,
    /// The running total before it.
    pub from: i64,
    /// The running total at its end.
    pub to: i64,
    /// The day.
    pub on: Date,
    /// It never was negative.
    pub is_never_negative: bool,
}

/// Results and running totals, month by month.
#[must_use]
pub fn steps(months: &[Earned]) -> Vec<Step> {
    let add = |total: &mut i64, earned: &Earned| {
        let result = earned.revenue.saturating_sub(earned.cost);
        *total = total.saturating_add(result);
        Some(Step { earned: *earned, result, total: *total })
    };
    months.iter().scan(0, add).collect()
}

/// Where it breaks even; none when not within the plan.
#[must_use]
pub fn crossing(steps: &[Step]) -> Option<Crossing> {
    let Some(last_negative) = steps.iter().rposition(|step| step.total < 0) else {
        let first = steps.iter().find(|step| step.earned.revenue > 0)?;
        let (month, from) = (first.earned.month, first.total.saturating_sub(first.result));
        return Some(Crossing { month, from, to: first.total, on: month.first(), is_never_negative: true });
    };
    let (before, step) = (steps.get(last_negative)?, steps.get(last_negative + 1)?);
    let month = step.earned.month;
    let days = i128::from(month.first().days_in_month());
    // The first day at whose end total × days + result × day is not negative; the result is above zero here.
    let (missing, result) = (i128::from(before.total) * -days, i128::from(step.result));
    let day = i64::try_from((missing + result - 1) / result).unwrap_or(1);
    let on = month.first().saturating_add((day - 1).days());
    Some(Crossing { month, from: before.total, to: step.total, on, is_never_negative: false })
}

#[cfg(test)]
mod tests;
