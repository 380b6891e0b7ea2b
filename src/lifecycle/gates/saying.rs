//! What the lead says of a figure that a gate asks for, read as the figures of goals are; pure.

use crate::{
    goals::figures::{Measure, Scale, UnitKind, Wrong},
    platform::locale::T,
    projects::blueprints::Unit,
};

/// Why a value is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// Neither yes nor no.
    Neither,
    /// No figure.
    Figure(Wrong),
}

impl Unread {
    /// What to tell who typed it.
    #[must_use]
    pub fn text(self, t: T) -> String {
        match self {
            Self::Neither => t.gate_choose_yes_or_no(),
            Self::Figure(wrong) => wrong.text(t),
        }
    }
}

/// The value in its unit; for yes or no, 1 is yes.
///
/// # Errors
/// Why it is none.
pub fn said(unit: Unit, typed: &str) -> Result<f64, Unread> {
    let unit_kind = match (unit, typed) {
        (Unit::YesNo, "yes") => return Ok(1.0),
        (Unit::YesNo, "no") => return Ok(0.0),
        (Unit::YesNo, _) => return Err(Unread::Neither),
        (Unit::Percent, _) => UnitKind::Percent,
        (Unit::Count | Unit::Days | Unit::Points, _) => UnitKind::Number,
    };
    let scale =
        Scale { measure: Measure::Level, unit_kind, unit: String::new(), base_unit: String::new(), decimals: 2 };
    let steps = scale.parse(typed).map_err(Unread::Figure)?;
    scale.exact(steps, 0).ok_or(Unread::Figure(Wrong::NotANumber))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_of_a_gate_is_read_as_one_of_goals() {
        for (unit, typed, expected) in [
            (Unit::Percent, "90", 90.0),
            (Unit::Percent, "90%", 90.0),
            (Unit::Percent, "９０", 90.0),
            (Unit::Percent, "９０％", 90.0),
            (Unit::Percent, " 38.5 % ", 38.5),
            (Unit::Percent, "99.95", 99.95),
            (Unit::Count, "1,000", 1_000.0),
            (Unit::Count, "１０００", 1_000.0),
            (Unit::Count, "1万", 10_000.0),
            (Unit::Days, "14", 14.0),
            (Unit::Points, "-12", -12.0),
            (Unit::Points, "4.5", 4.5),
            (Unit::YesNo, "yes", 1.0),
            (Unit::YesNo, "no", 0.0),
        ] {
            let found = said(unit, typed);
            assert!(found.is_ok_and(|found| (found - expected).abs() < 1e-12), "{typed}: {found:?}");
        }
        for (unit, typed, expected) in [
            (Unit::Percent, "many", Unread::Figure(Wrong::NotANumber)),
            (Unit::Percent, "", Unread::Figure(Wrong::NotANumber)),
            (Unit::Percent, "39.999", Unread::Figure(Wrong::TooFine(2))),
            (Unit::Count, "5%", Unread::Figure(Wrong::NotANumber)),
            (Unit::Count, "1.000", Unread::Figure(Wrong::NotANumber)),
            (Unit::Count, "1e3", Unread::Figure(Wrong::NotANumber)),
            (Unit::Count, "inf", Unread::Figure(Wrong::NotANumber)),
            (Unit::YesNo, "1", Unread::Neither),
        ] {
            assert_eq!(said(unit, typed), Err(expected), "{typed}");
        }
    }
}
