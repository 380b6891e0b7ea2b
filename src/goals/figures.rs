//! Figures: what is measured, in which unit, written and read; pure.
//!
//! An amount is a whole number of steps of its scale, so that sums are exact: with two decimals a step is a hundredth. Of a ratio
//! two amounts are kept, above and below the line, and nothing is ever made of an average of averages: sums are divided by sums.

mod reading;

pub use reading::{Wrong, is_torn};

use crate::platform::locale::T;
use serde::{Deserialize, Serialize};

/// How figures of several departments and months come together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Measure {
    /// Adds up, over departments and over months: sales, sign-ups.
    Additive,
    /// One count over another: the share of trials that became customers.
    Ratio,
    /// What there is at the end of a month: adds up over departments, never over months. What cannot be added belongs to one
    /// department only: a score, a number of active customers.
    Level,
}

/// What a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum UnitKind {
    /// Things that are counted, or points.
    Number,
    /// Hundredths of a whole.
    Percent,
    /// Money in one currency.
    Money,
}

/// How often figures are entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Cadence {
    /// On Mondays for the week before.
    Week,
    /// For each month.
    Month,
    /// For each quarter.
    Quarter,
}

impl Measure {
    /// Each of them, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Additive, Self::Ratio, Self::Level];

    /// The text in the database and in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Additive => "additive",
            Self::Ratio => "ratio",
            Self::Level => "level",
        }
    }
}

impl UnitKind {
    /// Each of them, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Number, Self::Money, Self::Percent];

    /// The text in the database and in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Percent => "percent",
            Self::Money => "money",
        }
    }
}

impl Cadence {
    /// Each of them, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Week, Self::Month, Self::Quarter];

    /// The text in the database and in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
        }
    }
}

macro_rules! from_text {
    ($($name:ident),*) => {$(
        impl std::str::FromStr for $name {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                Self::ALL.into_iter().find(|one| one.as_str() == text).ok_or(())
            }
        }
    )*};
}
from_text!(Measure, UnitKind, Cadence);

/// What the amounts of a series are steps of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// How they come together.
    pub measure: Measure,
    /// What a step is.
    pub unit_kind: UnitKind,
    /// What is counted (of a ratio: above the line), or the currency: `USD`.
    pub unit: String,
    /// What a ratio is counted over; empty otherwise.
    pub base_unit: String,
    /// 0 to 2.
    pub decimals: i16,
}

/// Largest amount, in steps.
pub const LARGEST: i64 = 1_000_000_000_000_000;

impl Scale {
    /// Steps in one.
    fn one(&self) -> i64 {
        10_i64.pow(u32::try_from(self.decimals.clamp(0, 2)).unwrap_or_default())
    }

    /// Whether it is a percentage of counted things.
    fn counts_hundredths(&self) -> bool {
        self.measure == Measure::Ratio && self.unit_kind == UnitKind::Percent
    }

    /// The scale of what stands above the line of a ratio, and of single figures: the whole number of things, where the ratio is
    /// a percentage.
    #[must_use]
    pub fn of_amounts(&self) -> Self {
        if self.counts_hundredths() {
            Self { unit_kind: UnitKind::Number, decimals: 0, ..self.clone() }
        } else {
            self.clone()
        }
    }

    /// The scale of what a ratio is counted over.
    #[must_use]
    pub fn of_bases(&self) -> Self {
        Self { unit_kind: UnitKind::Number, unit: self.base_unit.clone(), decimals: 0, ..self.clone() }
    }

    fn factor(&self) -> i128 {
        if self.counts_hundredths() { i128::from(self.one()) * 100 } else { 1 }
    }

    /// What sums above and below the line make; none without anything below.
    #[must_use]
    pub fn ratio(&self, above: i64, below: i64) -> Option<i64> {
        (below > 0).then(|| rounded(i128::from(above) * self.factor(), i128::from(below)))
    }

    /// A figure in whole units, not rounded: 39.6 of 396 over 1,000 in percent. None of a ratio without anything below the line.
    /// Amounts up to [`LARGEST`] are exact.
    #[must_use]
    pub fn exact(&self, value: i64, base: i64) -> Option<f64> {
        let one = self.one() as f64;
        match self.measure {
            Measure::Ratio => (base > 0).then(|| (i128::from(value) * self.factor()) as f64 / base as f64 / one),
            Measure::Additive | Measure::Level => Some(value as f64 / one),
        }
    }

    /// The same with hundredths of a percentage of counted things, for where rounding would say too much.
    #[must_use]
    pub fn finer(&self) -> Self {
        let decimals = if self.counts_hundredths() { 2 } else { self.decimals };
        Self { decimals, ..self.clone() }
    }

    /// A figure as it was entered, in words: of a ratio both amounts and what they make.
    #[must_use]
    pub fn written(&self, t: T, (value, base): (i64, i64)) -> String {
        let amounts = self.of_amounts();
        match self.ratio(value, base) {
            Some(ratio) if self.measure == Measure::Ratio => {
                t.goals_ratio_figure(amounts.full(t, value), self.of_bases().full(t, base), self.full(t, ratio))
            }
            _ => amounts.full(t, value),
        }
    }

    /// How much must stand above the line for a value over so much below it.
    #[must_use]
    pub fn above(&self, value: i64, below: i64) -> i64 {
        rounded(i128::from(value) * i128::from(below), self.factor())
    }

    /// An amount as a number with its decimals, where it has any: `1,250.50`, `20`.
    fn digits(&self, t: T, amount: i64) -> String {
        let (whole, rest) =
            (amount.unsigned_abs() / self.one().unsigned_abs(), amount.unsigned_abs() % self.one().unsigned_abs());
        let sign = if amount < 0 { "−" } else { "" };
        let whole = t.number(i64::try_from(whole).unwrap_or(i64::MAX));
        match self.decimals {
            _ if rest == 0 => format!("{sign}{whole}"),
            1 => format!("{sign}{whole}.{rest}"),
            2 => format!("{sign}{whole}.{rest:02}"),
            _ => format!("{sign}{whole}"),
        }
    }

    fn symbol(&self) -> String {
        match self.unit.as_str() {
            "USD" => "$".to_owned(),
            "CNY" => "¥".to_owned(),
            "EUR" => "€".to_owned(),
            "GBP" => "£".to_owned(),
            code => format!("{code}\u{a0}"),
        }
    }

    fn dressed(&self, digits: &str) -> String {
        match self.unit_kind {
            UnitKind::Number => digits.to_owned(),
            UnitKind::Percent => format!("{digits}%"),
            UnitKind::Money => match digits.strip_prefix('−') {
                Some(rest) => format!("−{}{rest}", self.symbol()),
                None => format!("{}{digits}", self.symbol()),
            },
        }
    }

    /// An amount in full: `$33,000`, `10.9%`, `5,000`.
    #[must_use]
    pub fn full(&self, t: T, amount: i64) -> String {
        self.dressed(&self.digits(t, amount))
    }

    /// An amount for narrow places: `$33k`, `$1.0M`, `¥120万`; in full below ten thousand.
    #[must_use]
    pub fn short(&self, t: T, amount: i64) -> String {
        let size = i128::from(amount).abs();
        let one = i128::from(self.one());
        let units: [(i128, &str); 2] =
            if t.is_chinese() { [(100_000_000, "亿"), (10_000, "万")] } else { [(1_000_000, "M"), (1_000, "k")] };
        if self.unit_kind == UnitKind::Percent || size < 10_000 * one {
            return self.full(t, amount);
        }
        let Some((unit, name)) = units.into_iter().find(|(unit, _)| size >= unit * one) else {
            return self.full(t, amount);
        };
        let tenths = rounded(i128::from(amount) * 10, unit * one);
        let (whole, rest) = (tenths / 10, (tenths % 10).abs());
        let is_round = rest == 0 && name != "M" && name != "亿";
        let digits =
            if is_round || whole.abs() >= 100 { t.number(whole) } else { format!("{}.{rest}", t.number(whole)) };
        self.dressed(&format!("{digits}{name}"))
    }

    /// An amount with what is counted: `5,000 sign-ups`; money and percentages speak for themselves.
    #[must_use]
    pub fn named(&self, t: T, amount: i64) -> String {
        let full = self.full(t, amount);
        match self.unit_kind {
            UnitKind::Number if !self.unit.is_empty() => t.goals_amount_named(full, &self.unit),
            UnitKind::Number | UnitKind::Percent | UnitKind::Money => full,
        }
    }

    /// As a field holds it: `33000`, `10.9`.
    #[must_use]
    pub fn field(&self, amount: i64) -> String {
        let (whole, rest) =
            (amount.unsigned_abs() / self.one().unsigned_abs(), amount.unsigned_abs() % self.one().unsigned_abs());
        let sign = if amount < 0 { "-" } else { "" };
        match (self.decimals, rest) {
            (_, 0) => format!("{sign}{whole}"),
            (1, rest) => format!("{sign}{whole}.{rest}"),
            (_, rest) => format!("{sign}{whole}.{rest:02}").trim_end_matches('0').to_owned(),
        }
    }
}

/// Divided and rounded, halves away from zero; never beyond [`LARGEST`], so that differences of two never overflow.
#[must_use]
pub fn rounded(above: i128, below: i128) -> i64 {
    if below == 0 {
        return 0;
    }
    let doubled = above * 2 + if (above < 0) == (below < 0) { below } else { -below };
    let most = i128::from(LARGEST);
    i64::try_from((doubled / (below * 2)).clamp(-most, most)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
