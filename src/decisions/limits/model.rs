//! The limits in force, and the form that changes them; pure.

use crate::{
    decisions::{
        escalations::Step,
        matrix::{self, Category, EscalationMatrix, Limit, StepLimits},
    },
    platform::locale::T,
    web::{Errors, Fields},
};
use std::collections::BTreeMap;

/// Longest limit, in its unit.
pub const LONGEST: u16 = 99;

/// What the administrator set for a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Own {
    /// Its limits.
    pub limits: StepLimits,
    /// Counts edits.
    pub version: i32,
}

/// The limits of every category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits(BTreeMap<String, Own>);

impl Limits {
    /// With what the administrator set.
    #[must_use]
    pub fn new(own: BTreeMap<String, Own>) -> Self {
        Self(own)
    }

    /// The limits in force for a category; of one that the matrix lost, the most patient ones.
    #[must_use]
    pub fn of(&self, category: &str) -> StepLimits {
        let own = self.0.get(category).map(|own| own.limits);
        own.unwrap_or_else(|| of_matrix(category))
    }

    /// How often the limits of a category were set; 0 while they are the matrix's.
    #[must_use]
    pub fn version(&self, category: &str) -> i32 {
        self.0.get(category).map_or(0, |own| own.version)
    }
}

/// What the matrix says of a category.
#[must_use]
pub fn of_matrix(category: &str) -> StepLimits {
    let known = matrix::matrix().ok().and_then(|matrix| matrix.category(category));
    known.map_or(matrix::PATIENT, |category| category.limits)
}

/// The name of a field: `price_lead`, `price_lead_unit`.
#[must_use]
pub fn field(category: &Category, step: Step) -> String {
    format!("{}_{}", category.code, step.as_str())
}

/// What the step is called.
#[must_use]
pub fn step_name(t: T, step: Step) -> String {
    match step {
        Step::Liaisons => t.limits_liaisons(),
        Step::Lead => t.limits_lead(),
        Step::Committee => t.limits_committee(),
    }
}

/// What a field is called: the category and the step.
#[must_use]
pub fn label(t: T, category: &Category, step: Step) -> String {
    t.limits_cell(t.pair(&category.name.en, &category.name.zh), step_name(t, step))
}

/// What one category is to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its code.
    pub category: String,
    /// The limits.
    pub limits: StepLimits,
    /// The version that the form was made from.
    pub version: i32,
}

/// Reads the form: every category, each mistake at its field.
///
/// # Errors
/// The mistakes.
pub fn read(t: T, matrix: &EscalationMatrix, fields: &Fields) -> Result<Vec<Asked>, Errors> {
    let mut errors = Errors::none();
    let mut asked = Vec::with_capacity(matrix.categories.len());
    for category in &matrix.categories {
        let mut limit = |step| read_limit(t, fields, category, step, &mut errors);
        let (liaisons, lead, committee) = (limit(Step::Liaisons), limit(Step::Lead), limit(Step::Committee));
        if let (Some(lead), Some(committee)) = (lead, committee) {
            let version = fields.value(&format!("{}_version", category.code)).unwrap_or_default();
            let limits = StepLimits { liaisons, lead, committee };
            asked.push(Asked { category: category.code.clone(), limits, version });
        }
    }
    if errors.is_empty() { Ok(asked) } else { Err(errors) }
}

fn read_limit(t: T, fields: &Fields, category: &Category, step: Step, errors: &mut Errors) -> Option<Limit> {
    let name = field(category, step);
    let typed = fields.get(&name);
    if typed.is_empty() && step == Step::Liaisons {
        return None;
    }
    let count = typed.parse().ok().filter(|count| (1..=LONGEST).contains(count));
    match (count, fields.get(&format!("{name}_unit"))) {
        (Some(count), "hours") => Some(Limit::Hours(count)),
        (Some(count), "days") => Some(Limit::Days(count)),
        _ => {
            errors.add(name, t.limits_wrong(label(t, category, step), i64::from(LONGEST)));
            None
        }
    }
}

/// A limit in words.
#[must_use]
pub fn words(t: T, limit: Option<Limit>) -> String {
    match limit {
        Some(Limit::Hours(hours)) => t.limits_hours(i64::from(hours)),
        Some(Limit::Days(days)) => t.limits_days(i64::from(days)),
        None => t.limits_skipped(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::locale::Language;

    fn typed(pairs: &[(&str, &str)]) -> Fields {
        let matrix = matrix::matrix().unwrap();
        let mut all: Vec<(String, String)> = Vec::new();
        for category in &matrix.categories {
            for step in Step::ALL {
                let name = field(category, step);
                all.push((format!("{name}_unit"), "days".to_owned()));
                all.push((name, "3".to_owned()));
            }
        }
        for (name, value) in pairs {
            all.retain(|(other, _)| other != name);
            all.push(((*name).to_owned(), (*value).to_owned()));
        }
        let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Fields::of(&all)
    }

    #[test]
    fn reads_hours_days_and_a_step_that_is_skipped() {
        let (t, matrix) = (T(Language::English), matrix::matrix().unwrap());
        let fields =
            typed(&[("price_liaisons", ""), ("price_lead", "4"), ("price_lead_unit", "hours"), ("price_version", "2")]);
        let asked = read(t, matrix, &fields).unwrap();
        assert_eq!(asked.len(), matrix.categories.len());
        let limits = StepLimits { liaisons: None, lead: Limit::Hours(4), committee: Limit::Days(3) };
        assert_eq!(asked[0], Asked { category: "price".to_owned(), limits, version: 2 });
    }

    #[test]
    fn every_mistake_is_named_at_its_field() {
        let (t, matrix) = (T(Language::English), matrix::matrix().unwrap());
        for (name, value) in [
            ("price_lead", ""),
            ("price_lead", "0"),
            ("price_committee", "100"),
            ("pmf_lead", "soon"),
            ("pmf_lead_unit", "weeks"),
            ("price_liaisons", "-1"),
        ] {
            let errors = read(t, matrix, &typed(&[(name, value), ("budget_lead", "x")])).unwrap_err();
            let field = name.trim_end_matches("_unit");
            let (code, step) = field.split_once('_').unwrap();
            let category = matrix.category(code).unwrap();
            let step = Step::ALL.into_iter().find(|one| one.as_str() == step).unwrap();
            let said = errors.get(field).unwrap_or_default();
            assert!(said.starts_with(&label(t, category, step)), "{name} {value}: {said}");
            assert!(errors.get("budget_lead").is_some());
            assert_eq!(errors.list().len(), 2);
        }
    }

    #[test]
    fn own_limits_come_before_those_of_the_matrix() {
        let limits = StepLimits { liaisons: None, lead: Limit::Hours(1), committee: Limit::Days(1) };
        let own = Limits::new(BTreeMap::from([("price".to_owned(), Own { limits, version: 4 })]));
        assert_eq!((own.of("price"), own.version("price")), (limits, 4));
        assert_eq!((own.of("pmf"), own.version("pmf")), (of_matrix("pmf"), 0));
        assert_eq!(own.of("gone"), matrix::PATIENT);
    }
}
