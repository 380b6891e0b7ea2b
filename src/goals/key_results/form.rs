//! The form of a key result: what was typed, and what it means.

use crate::{
    goals::{
        access::GoalsSetter,
        figures::{Measure, Scale, UnitKind},
        model::{KeyResult, TITLE, WHY},
        months::Month,
        split::model::Terms,
    },
    platform::{
        clock::agreed_day,
        ids::{KeyResultId, PartId, SeriesId},
        locale::T,
    },
    web::{Errors, Fields, Result, ui::Choice},
};
use jiff::civil::Date;

/// Currencies that can be chosen.
pub const CURRENCIES: [&str; 10] = ["USD", "CNY", "EUR", "GBP", "JPY", "HKD", "SGD", "KRW", "INR", "AUD"];
/// Most months of a split.
pub const MONTHS: usize = 36;
/// Longest word for what is counted, in characters.
const UNIT: usize = 40;

/// What was typed.
#[derive(Clone, Debug)]
pub struct Form {
    /// Made with the form of a new one.
    pub id: KeyResultId,
    /// Its figures, made with the form too.
    pub series: SeriesId,
    /// The version that the form was made from; 0 for a new one.
    pub version: i32,
    /// What is reached.
    pub title: String,
    /// How figures come together.
    pub measure: String,
    /// Numbers, money or percentages.
    pub unit_kind: String,
    /// What is counted.
    pub unit: String,
    /// Which money.
    pub currency: String,
    /// What a ratio is counted over.
    pub base_unit: String,
    /// How fine.
    pub decimals: String,
    /// Where it starts.
    pub baseline: String,
    /// Where it has to get.
    pub target: String,
    /// The first month: `2026-11`.
    pub starts: String,
    /// The day on which it has to be there.
    pub due_on: String,
    /// Who answers for it.
    pub part: String,
    /// Why it changes.
    pub reason: String,
    /// Shares in months that fall away are given up.
    pub drops_shares: bool,
}

/// A form without a mistake.
#[derive(Clone, Debug)]
pub struct Read {
    /// What is reached.
    pub title: String,
    /// What its amounts are steps of.
    pub scale: Scale,
    /// What it asks for.
    pub terms: Terms,
    /// Who answers for it.
    pub part: PartId,
    /// Why it changes.
    pub reason: String,
}

/// What was typed about what is counted.
#[derive(Clone, Copy, Debug)]
pub struct Counted<'a> {
    /// How figures come together.
    pub measure: &'a str,
    /// Numbers, money or percentages.
    pub unit_kind: &'a str,
    /// What is counted.
    pub unit: &'a str,
    /// Which money.
    pub currency: &'a str,
    /// What a ratio is counted over.
    pub base_unit: &'a str,
    /// How fine.
    pub decimals: &'a str,
}

impl Counted<'_> {
    /// The scale that it means.
    pub fn read(&self, t: T, errors: &mut Errors) -> Option<Scale> {
        let measure: Option<Measure> = self.measure.parse().ok();
        let unit_kind: Option<UnitKind> = self.unit_kind.parse().ok();
        if measure.is_none() {
            errors.add("measure", t.goals_measure_missing());
        }
        if unit_kind.is_none() {
            errors.add("unit_kind", t.goals_unit_kind_missing());
        }
        let (measure, unit_kind) = (measure?, unit_kind?);
        if (measure, unit_kind) == (Measure::Additive, UnitKind::Percent) {
            errors.add("unit_kind", t.goals_percent_not_added());
        }
        let is_named = |text: &str| (1..=UNIT).contains(&text.chars().count());
        let unit = match unit_kind {
            UnitKind::Money => {
                if !CURRENCIES.contains(&self.currency) {
                    errors.add("currency", t.goals_currency_missing());
                }
                self.currency
            }
            UnitKind::Number | UnitKind::Percent => self.unit,
        };
        let needs_unit = unit_kind == UnitKind::Number || (unit_kind == UnitKind::Percent && measure == Measure::Ratio);
        if needs_unit && !is_named(unit) || unit.chars().count() > UNIT {
            errors.add("unit", t.goals_unit_missing(UNIT));
        }
        let base_unit = if measure == Measure::Ratio { self.base_unit } else { "" };
        if measure == Measure::Ratio && !is_named(base_unit) {
            errors.add("base_unit", t.goals_base_unit_missing(UNIT));
        }
        let decimals = self.decimals.parse().ok().filter(|decimals| (0..=2).contains(decimals));
        if decimals.is_none() {
            errors.add("decimals", t.goals_decimals_missing());
        }
        Some(Scale { measure, unit_kind, unit: unit.to_owned(), base_unit: base_unit.to_owned(), decimals: decimals? })
    }
}

impl Form {
    /// As it was sent.
    ///
    /// # Errors
    /// When what only our pages send is missing.
    pub fn of(fields: &Fields) -> Result<Self> {
        let get = |name: &str| fields.get(name).to_owned();
        Ok(Self {
            id: fields.hidden("id")?,
            series: fields.hidden("series_id")?,
            version: fields.hidden("version")?,
            title: get("title"),
            measure: get("measure"),
            unit_kind: get("unit_kind"),
            unit: get("unit"),
            currency: get("currency"),
            base_unit: get("base_unit"),
            decimals: get("decimals"),
            baseline: get("baseline"),
            target: get("target"),
            starts: get("starts"),
            due_on: get("due_on"),
            part: get("part"),
            reason: fields.text("reason"),
            drops_shares: fields.get("drops_shares") == "1",
        })
    }

    /// A new one, from this month to half a year after the launch.
    #[must_use]
    pub fn blank(setter: &GoalsSetter, currency: String) -> Self {
        let today = setter.shell().today();
        let launch = setter.project().launches_on.unwrap_or(today).max(today);
        let due = Month::of(launch).to(Month::of(Date::MAX)).nth(6).map(Month::last);
        Self {
            id: KeyResultId::new(),
            series: SeriesId::new(),
            version: 0,
            title: String::new(),
            measure: Measure::Additive.as_str().to_owned(),
            unit_kind: UnitKind::Number.as_str().to_owned(),
            unit: String::new(),
            currency,
            base_unit: String::new(),
            decimals: "0".to_owned(),
            baseline: "0".to_owned(),
            target: String::new(),
            starts: Month::of(today).field(),
            due_on: due.map(|day| day.to_string()).unwrap_or_default(),
            part: String::new(),
            reason: String::new(),
            drops_shares: false,
        }
    }

    /// As it stands.
    #[must_use]
    pub fn stands(of: &KeyResult) -> Self {
        let scale = &of.scale;
        Self {
            id: of.id,
            series: of.series_id,
            version: of.version,
            title: of.title.clone(),
            measure: scale.measure.as_str().to_owned(),
            unit_kind: scale.unit_kind.as_str().to_owned(),
            unit: scale.unit.clone(),
            currency: scale.unit.clone(),
            base_unit: scale.base_unit.clone(),
            decimals: scale.decimals.to_string(),
            baseline: scale.field(of.baseline),
            target: scale.field(of.target),
            starts: Month::of(of.starts_on).field(),
            due_on: of.due_on.to_string(),
            part: of.part.to_string(),
            reason: String::new(),
            drops_shares: false,
        }
    }

    /// The scale that was chosen.
    fn scale(&self, t: T, errors: &mut Errors) -> Option<Scale> {
        let counted = Counted {
            measure: &self.measure,
            unit_kind: &self.unit_kind,
            unit: &self.unit,
            currency: &self.currency,
            base_unit: &self.base_unit,
            decimals: &self.decimals,
        };
        counted.read(t, errors)
    }

    fn terms(&self, t: T, (scale, today): (&Scale, Date), errors: &mut Errors) -> Option<Terms> {
        let mut amount = |field: &str, text: &str| match scale.parse(text) {
            Ok(amount) => Some(amount),
            Err(wrong) => {
                errors.add(field, wrong.text(t));
                None
            }
        };
        let (baseline, target) = (amount("baseline", &self.baseline), amount("target", &self.target));
        if let (Some(baseline), Some(target)) = (baseline, target) {
            if scale.measure == Measure::Additive && target <= baseline {
                errors.add("target", t.goals_target_not_above());
            } else if target == baseline {
                errors.add("target", t.goals_target_equal());
            } else if scale.measure == Measure::Ratio && baseline.min(target) < 0 {
                errors.add("target", t.goals_ratio_negative());
            }
        }
        let starts = Month::parse(&self.starts);
        if starts.is_none() {
            errors.add("starts", t.goals_month_missing());
        }
        let due_on = agreed_day(&self.due_on);
        match (starts, due_on) {
            (_, None) => errors.add("due_on", t.request_day_missing()),
            (Some(starts), Some(due)) if due < starts.first() => errors.add("due_on", t.goals_due_before_start()),
            (Some(starts), Some(due)) if starts.to(Month::of(due)).nth(MONTHS).is_some() => {
                errors.add("due_on", t.goals_too_many_months(MONTHS));
            }
            (_, Some(due)) if self.version == 0 && due < today => errors.add("due_on", t.goals_due_in_past()),
            _ => {}
        }
        Some(Terms { baseline: baseline?, target: target?, starts_on: starts?.first(), due_on: due_on? })
    }

    /// What the form means; of one that exists the scale stands, and a change needs its reason.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self, setter: &GoalsSetter, stands: Option<&KeyResult>) -> std::result::Result<Read, Errors> {
        let (t, today) = (setter.shell().t, setter.shell().today());
        let mut errors = Errors::none();
        match self.title.chars().count() {
            0 => errors.add("title", t.goals_key_result_missing()),
            1..=TITLE => {}
            _ => errors.add("title", t.decisions_too_long(TITLE)),
        }
        let scale = match stands {
            Some(stands) => Some(stands.scale.clone()),
            None => self.scale(t, &mut errors),
        };
        let terms = scale.as_ref().and_then(|scale| self.terms(t, (scale, today), &mut errors));
        let part = setter.departments().map(|part| part.id).find(|id| id.to_string() == self.part);
        if part.is_none() {
            errors.add("part", t.goals_owner_missing());
        }
        if self.reason.chars().count() > WHY {
            errors.add("reason", t.decisions_too_long(WHY));
        }
        if let (Some(stands), Some(terms)) = (stands, &terms)
            && stands.terms() != *terms
            && self.reason.is_empty()
        {
            errors.add("reason", t.goals_reason_missing());
        }
        if let (Some(stands), Some(terms), false) = (stands, &terms, self.drops_shares) {
            let outside = stands.shares_outside(terms);
            let names = outside.iter().filter_map(|id| setter.part(*id)).map(|part| part.name(t).to_owned());
            let names: Vec<String> = names.collect();
            if !names.is_empty() {
                errors.add("drops_shares", t.goals_shares_outside(t.list(&names)));
            }
        }
        match (scale, terms, part) {
            (Some(scale), Some(terms), Some(part)) if errors.is_empty() => {
                Ok(Read { title: self.title.clone(), scale, terms, part, reason: self.reason.clone() })
            }
            _ => Err(errors),
        }
    }
}

/// How figures come together, to choose from.
#[must_use]
pub fn measures(t: T) -> Vec<Choice> {
    let choice = |measure: Measure| {
        let (label, hint) = match measure {
            Measure::Additive => (t.goals_measure_additive(), t.goals_measure_additive_hint()),
            Measure::Ratio => (t.goals_measure_ratio(), t.goals_measure_ratio_hint()),
            Measure::Level => (t.goals_measure_level(), t.goals_measure_level_hint()),
        };
        Choice::with_hint(measure.as_str(), label, hint)
    };
    Measure::ALL.map(choice).to_vec()
}

/// What a step is, to choose from.
#[must_use]
pub fn unit_kinds(t: T) -> Vec<Choice> {
    let choice = |kind: UnitKind| {
        let label = match kind {
            UnitKind::Number => t.goals_unit_number(),
            UnitKind::Percent => t.goals_unit_percent(),
            UnitKind::Money => t.goals_unit_money(),
        };
        Choice::new(kind.as_str(), label)
    };
    UnitKind::ALL.map(choice).to_vec()
}

/// Which money, to choose from.
#[must_use]
pub fn currencies() -> Vec<Choice> {
    CURRENCIES.map(|code| Choice::new(code, code)).to_vec()
}

/// How fine, to choose from.
#[must_use]
pub fn decimals() -> Vec<Choice> {
    [("0", "1"), ("1", "0.1"), ("2", "0.01")].map(|(value, label)| Choice::new(value, label)).to_vec()
}

/// Departments, to choose from.
#[must_use]
pub fn owners(setter: &GoalsSetter) -> Vec<Choice> {
    let t = setter.shell().t;
    let part = |part: &crate::projects::Part| {
        Choice::new(part.id, t.request_part_with(part.name(t), part.liaison_name.as_deref().unwrap_or_default()))
    };
    std::iter::once(Choice::new("", t.scope_side_choose())).chain(setter.departments().map(part)).collect()
}
