//! Figures of gate rules in the reader's words.

use super::{Attestation, Comparison, Unit};
use crate::platform::locale::T;

impl Unit {
    fn dress(self, t: T, value: &str) -> String {
        match self {
            Self::Percent => format!("{value}%"),
            Self::Days => t.gate_unit_days(value),
            Self::Points => t.gate_unit_points(value),
            Self::Count | Self::YesNo => value.to_owned(),
        }
    }
}

impl Attestation {
    /// What it must be: `at least 40%`.
    #[must_use]
    pub fn wanted(&self, t: T) -> String {
        let value = |number: f64| self.unit.dress(t, &number.to_string());
        match self.comparison {
            Comparison::AtLeast => t.gate_at_least(value(self.threshold)),
            Comparison::AtMost => t.gate_at_most(value(self.threshold)),
            Comparison::MoreThan => t.gate_more_than(value(self.threshold)),
            Comparison::Exactly => t.gate_exactly(value(self.threshold)),
            Comparison::Between => t.gate_between(value(self.threshold), value(self.upper.unwrap_or(self.threshold))),
            Comparison::IsTrue => t.gate_yes(),
        }
    }

    /// What it is and what it must be: `Very disappointed: at least 40%`.
    #[must_use]
    pub fn in_words(&self, t: T) -> String {
        t.gate_asked(t.pair(&self.en, &self.zh), self.wanted(t))
    }

    /// A value that was attested for it.
    #[must_use]
    pub fn value_in_words(&self, t: T, value: &str) -> String {
        match (self.unit, value) {
            (Unit::YesNo, "yes") => t.gate_yes(),
            (Unit::YesNo, _) => t.gate_no(),
            (Unit::Percent | Unit::Count | Unit::Days | Unit::Points, _) => self.unit.dress(t, value),
        }
    }
}
