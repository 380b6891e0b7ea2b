//! Figures that gates ask for and that an indicator can answer, instead of a person's word.

use crate::{
    goals::figures::{Measure, Scale, UnitKind},
    platform::{ids::KpiId, locale::T},
    projects::blueprints::{Attestation, Unit},
    web::ui::Choice,
};

/// What the codes of figures begin with that ask for days without something.
pub const DAYS_WITHOUT: &str = "days_without_";

/// A figure that gates ask a person for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What must be.
    pub figure: Attestation,
    /// The first stage that asks for it and whose gate is not passed, else the first of all: `A4`.
    pub stage: String,
    /// Every gate that asks for it has been passed.
    pub is_over: bool,
    /// The indicator that answers it.
    pub answered_by: Option<KpiId>,
}

impl Asked {
    /// `Gate A4, very disappointed: at least 40%`.
    #[must_use]
    pub fn in_words(&self, t: T) -> String {
        t.goals_kpi_answers_gate(self.figure.in_words(t), &self.stage)
    }

    /// Whether an indicator may answer it: nobody else does, and there is a gate ahead, or it does so already.
    #[must_use]
    pub fn is_free_for(&self, kpi: KpiId) -> bool {
        self.answered_by == Some(kpi)
            || (self.answered_by.is_none() && !self.is_over && self.figure.unit != Unit::YesNo)
    }
}

/// Whether figures so counted can answer what is asked: percent for percent, numbers for everything that is counted; what happens
/// on certain days is counted itself and is no ratio.
#[must_use]
pub fn fits(asked: &Attestation, scale: &Scale) -> bool {
    let is_counted = scale.unit_kind == UnitKind::Number;
    match asked.unit {
        Unit::Percent => scale.unit_kind == UnitKind::Percent,
        Unit::Count | Unit::Points => is_counted,
        Unit::Days if asked.metric.starts_with(DAYS_WITHOUT) => is_counted && scale.measure == Measure::Additive,
        Unit::Days => is_counted,
        Unit::YesNo => false,
    }
}

/// The figures that an indicator may answer, to choose from: those that its own figures fit, or all while these are not known.
#[must_use]
pub fn choices(t: T, asked: &[Asked], kpi: KpiId, scale: Option<&Scale>) -> Vec<Choice> {
    let is_meant = |one: &&Asked| one.is_free_for(kpi) && scale.is_none_or(|scale| fits(&one.figure, scale));
    let choice = |one: &Asked| Choice::new(&one.figure.metric, one.in_words(t));
    let none = Choice::new("", t.goals_kpi_answers_none());
    let found: Vec<Choice> = asked.iter().filter(is_meant).map(choice).collect();
    if found.is_empty() { Vec::new() } else { std::iter::once(none).chain(found).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::projects::blueprints::Comparison;

    fn scale(measure: Measure, unit_kind: UnitKind) -> Scale {
        Scale { measure, unit_kind, unit: String::new(), base_unit: String::new(), decimals: 0 }
    }

    fn asked(metric: &str, unit: Unit) -> Attestation {
        Attestation {
            metric: metric.to_owned(),
            en: String::new(),
            zh: String::new(),
            comparison: Comparison::AtLeast,
            threshold: 1.0,
            upper: None,
            unit,
        }
    }

    #[test]
    fn only_what_is_counted_alike_answers() {
        use Measure::{Additive, Level, Ratio};
        use UnitKind::{Money, Number, Percent};
        for (metric, unit, answers) in [
            ("pmf", Unit::Percent, vec![(Ratio, Percent), (Level, Percent), (Additive, Percent)]),
            ("nps", Unit::Points, vec![(Level, Number), (Additive, Number), (Ratio, Number)]),
            ("trial_days", Unit::Days, vec![(Level, Number), (Additive, Number), (Ratio, Number)]),
            ("days_without_sev1", Unit::Days, vec![(Additive, Number)]),
            ("signed", Unit::YesNo, vec![]),
        ] {
            let asked = asked(metric, unit);
            for measure in [Additive, Level, Ratio] {
                for kind in [Number, Percent, Money] {
                    let expected = answers.contains(&(measure, kind));
                    assert_eq!(fits(&asked, &scale(measure, kind)), expected, "{metric} {measure:?} {kind:?}");
                }
            }
        }
    }

    #[test]
    fn blueprints_ask_for_days_without_something() {
        let blueprint = crate::projects::blueprints::by_id("b2b-saas").unwrap().unwrap();
        let checks: Vec<_> = blueprint.stages.iter().flat_map(|stage| &stage.gate).map(|rule| &rule.check).collect();
        let figures = checks.iter().flat_map(|check| check.attestations());
        assert_eq!(figures.filter(|one| one.metric.starts_with(DAYS_WITHOUT)).count(), 1);
    }

    #[test]
    fn a_figure_is_answered_once_and_for_a_gate_ahead() {
        let (this, other) = (KpiId::new(), KpiId::new());
        let one =
            Asked { figure: asked("nps", Unit::Points), stage: "A6".to_owned(), is_over: false, answered_by: None };
        for (answered_by, is_over, is_free) in [
            (None, false, true),
            (None, true, false),
            (Some(this), true, true),
            (Some(this), false, true),
            (Some(other), false, false),
        ] {
            let one = Asked { answered_by, is_over, ..one.clone() };
            assert_eq!(one.is_free_for(this), is_free, "{answered_by:?} {is_over}");
        }
        let word = Asked { figure: asked("signed", Unit::YesNo), ..one };
        assert!(!word.is_free_for(this), "yes or no is a person's word");
    }
}
