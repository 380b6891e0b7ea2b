//! The form of an indicator: what was typed, and what it means.

use super::{
    answers::{self, Asked, DAYS_WITHOUT},
    defaults::Default,
    model::{Better, Kpi, TITLE, Thresholds},
};
use crate::{
    goals::{
        access::GoalsViewer,
        figures::{Cadence, Measure, Scale, UnitKind},
        key_results::form::Counted,
        model::{Goals, KeyResult, Place},
    },
    platform::{
        ids::{KeyResultId, KpiId, PartId, SeriesId},
        locale::T,
    },
    projects::blueprints::{Comparison, Unit},
    web::{Errors, Fields, Result, ui::Choice},
};

/// The answer that says that it has figures of its own.
const OWN: &str = "own";

/// What was typed.
#[derive(Clone, Debug)]
pub struct Form {
    /// Made with the form of a new one.
    pub id: KpiId,
    /// Its own figures, made with the form too.
    pub series: SeriesId,
    /// The version that the form was made from; 0 for a new one.
    pub version: i32,
    /// What is watched.
    pub title: String,
    /// Whose.
    pub part: String,
    /// `own`, or the key result that has the same figures.
    pub source: String,
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
    /// How often figures are entered.
    pub cadence: String,
    /// Which way is good.
    pub better: String,
    /// Where it should be.
    pub target: String,
    /// From here on it needs a look.
    pub warning: String,
    /// From here on it is bad.
    pub alarm: String,
    /// The figure of a gate that it answers; empty for none.
    pub answers: String,
}

/// Where its figures are.
#[derive(Clone, Debug)]
pub enum Source {
    /// Its own, so counted and so often entered.
    Own(Scale, Cadence),
    /// Those of a key result.
    KeyResult(KeyResultId, Scale),
}

/// A form without a mistake.
#[derive(Clone, Debug)]
pub struct Read {
    /// What is watched.
    pub title: String,
    /// Whose.
    pub part: PartId,
    /// Where its figures are.
    pub source: Source,
    /// What it asks for.
    pub thresholds: Thresholds,
    /// The figure of a gate that it answers.
    pub metric: Option<String>,
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
            part: get("part"),
            source: get("source"),
            measure: get("measure"),
            unit_kind: get("unit_kind"),
            unit: get("unit"),
            currency: get("currency"),
            base_unit: get("base_unit"),
            decimals: get("decimals"),
            cadence: get("cadence"),
            better: get("better"),
            target: get("target"),
            warning: get("warning"),
            alarm: get("alarm"),
            answers: get("answers"),
        })
    }

    /// A new one, of this department, empty or as it may begin.
    #[must_use]
    pub fn blank(t: T, part: Option<PartId>, begins: Option<&Default>, currency: String) -> Self {
        Self {
            id: KpiId::new(),
            series: SeriesId::new(),
            version: 0,
            title: begins.map(|one| one.title(t).to_owned()).unwrap_or_default(),
            part: part.map(|part| part.to_string()).unwrap_or_default(),
            source: OWN.to_owned(),
            measure: Measure::Level.as_str().to_owned(),
            unit_kind: begins.map_or(UnitKind::Number, |one| one.unit_kind).as_str().to_owned(),
            unit: begins.map(|one| one.unit(t).to_owned()).unwrap_or_default(),
            currency,
            base_unit: String::new(),
            decimals: "0".to_owned(),
            cadence: Cadence::Month.as_str().to_owned(),
            better: begins.map_or(Better::Up, |one| one.better).as_str().to_owned(),
            target: String::new(),
            warning: String::new(),
            alarm: String::new(),
            answers: String::new(),
        }
    }

    /// As it stands.
    #[must_use]
    pub fn stands(of: &Kpi) -> Self {
        let scale = &of.scale;
        let amount = |amount: Option<i64>| amount.map(|amount| scale.field(amount)).unwrap_or_default();
        Self {
            id: of.id,
            series: of.series_id,
            version: of.version,
            title: of.title.clone(),
            part: of.part.to_string(),
            source: OWN.to_owned(),
            measure: scale.measure.as_str().to_owned(),
            unit_kind: scale.unit_kind.as_str().to_owned(),
            unit: scale.unit.clone(),
            currency: scale.unit.clone(),
            base_unit: scale.base_unit.clone(),
            decimals: scale.decimals.to_string(),
            cadence: of.cadence.as_str().to_owned(),
            better: of.better.as_str().to_owned(),
            target: amount(of.target),
            warning: amount(of.warning),
            alarm: amount(of.alarm),
            answers: of.metric.clone().unwrap_or_default(),
        }
    }

    fn source(&self, t: T, (goals, part): (&Goals, Option<PartId>), errors: &mut Errors) -> Option<Source> {
        if self.source == OWN {
            let counted = Counted {
                measure: &self.measure,
                unit_kind: &self.unit_kind,
                unit: &self.unit,
                currency: &self.currency,
                base_unit: &self.base_unit,
                decimals: &self.decimals,
            };
            let (scale, cadence) = (counted.read(t, errors), self.cadence.parse().ok());
            if cadence.is_none() {
                errors.add("cadence", t.goals_kpi_cadence_missing());
            }
            return Some(Source::Own(scale?, cadence?));
        }
        let Some((place, of)) = goals.key_results().find(|(_, of)| of.id.to_string() == self.source) else {
            errors.add("source", t.goals_kpi_source_missing());
            return None;
        };
        if part.is_some_and(|part| of.row(part).is_none()) {
            errors.add("source", t.goals_kpi_no_share(place.to_string()));
        }
        Some(Source::KeyResult(of.id, of.scale.clone()))
    }

    fn thresholds(&self, t: T, scale: &Scale, errors: &mut Errors) -> Option<Thresholds> {
        let mut amount = |field: &str, text: &str| match text {
            "" => None,
            text => scale.parse(text).map_err(|wrong| errors.add(field, wrong.text(t))).ok(),
        };
        let target = amount("target", &self.target);
        let (warning, alarm) = (amount("warning", &self.warning), amount("alarm", &self.alarm));
        let Ok(better) = self.better.parse() else {
            errors.add("better", t.goals_kpi_better_missing());
            return None;
        };
        let thresholds = Thresholds { better, target, warning, alarm };
        if !thresholds.are_in_order() {
            let wrong = match better {
                Better::Up => t.goals_kpi_alarm_above(),
                Better::Down => t.goals_kpi_alarm_below(),
            };
            errors.add("alarm", wrong);
        }
        Some(thresholds)
    }

    fn title(&self, t: T, errors: &mut Errors) {
        match self.title.chars().count() {
            0 => errors.add("title", t.goals_kpi_title_missing()),
            1..=TITLE => {}
            _ => errors.add("title", t.decisions_too_long(TITLE)),
        }
    }

    /// A new one that answers a figure of a gate, filled in from what is asked.
    #[must_use]
    pub fn answering(self, t: T, asked: &Asked) -> Self {
        let figure = &asked.figure;
        let (is_percent, is_since) = (figure.unit == Unit::Percent, figure.metric.starts_with(DAYS_WITHOUT));
        let better =
            if matches!(figure.comparison, Comparison::AtMost) || is_since { Better::Down } else { Better::Up };
        Self {
            // Days without it are asked for, what is counted is how often it happens.
            title: if is_since { String::new() } else { t.pair(&figure.en, &figure.zh).chars().take(TITLE).collect() },
            measure: if is_since { Measure::Additive } else { Measure::Level }.as_str().to_owned(),
            unit_kind: if is_percent { UnitKind::Percent } else { UnitKind::Number }.as_str().to_owned(),
            cadence: if is_since { Cadence::Week } else { Cadence::Month }.as_str().to_owned(),
            better: better.as_str().to_owned(),
            answers: figure.metric.clone(),
            ..self
        }
    }

    fn metric(&self, t: T, (asked, scale): (&[Asked], &Scale), errors: &mut Errors) -> Option<String> {
        if self.answers.is_empty() {
            return None;
        }
        let found = asked.iter().find(|one| one.figure.metric == self.answers && one.is_free_for(self.id));
        match found {
            Some(one) if answers::fits(&one.figure, scale) => {}
            Some(one) if one.figure.unit == Unit::Percent => errors.add("answers", t.goals_kpi_answers_percent()),
            Some(one) if one.figure.metric.starts_with(DAYS_WITHOUT) => {
                errors.add("answers", t.goals_kpi_answers_since())
            }
            Some(_) => errors.add("answers", t.goals_kpi_answers_number()),
            None => errors.add("answers", t.goals_kpi_answers_taken()),
        }
        Some(self.answers.clone())
    }

    /// What the form of a new one means, beside the key results there are and the figures that gates ask for.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self, viewer: &GoalsViewer, (goals, asked): (&Goals, &[Asked])) -> std::result::Result<Read, Errors> {
        let (t, mut errors) = (viewer.shell().t, Errors::none());
        self.title(t, &mut errors);
        let part = departments(viewer).map(|part| part.id).find(|id| id.to_string() == self.part);
        if part.is_none() {
            errors.add("part", t.goals_owner_missing());
        }
        let source = self.source(t, (goals, part), &mut errors);
        let scale = source.as_ref().map(|source| match source {
            Source::Own(scale, _) | Source::KeyResult(_, scale) => scale,
        });
        let thresholds = scale.and_then(|scale| self.thresholds(t, scale, &mut errors));
        let metric = scale.and_then(|scale| self.metric(t, (asked, scale), &mut errors));
        match (part, source, thresholds) {
            (Some(part), Some(source), Some(thresholds)) if errors.is_empty() => {
                Ok(Read { title: self.title.clone(), part, source, thresholds, metric })
            }
            _ => Err(errors),
        }
    }

    /// What the form of one that exists means: whose it is and what is counted stands.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read_change(
        &self,
        t: T,
        (stands, asked): (&Kpi, &[Asked]),
    ) -> std::result::Result<(Thresholds, Option<String>), Errors> {
        let mut errors = Errors::none();
        self.title(t, &mut errors);
        let metric = self.metric(t, (asked, &stands.scale), &mut errors);
        match self.thresholds(t, &stands.scale, &mut errors) {
            Some(thresholds) if errors.is_empty() => Ok((thresholds, metric)),
            _ => Err(errors),
        }
    }
}

/// The departments whose indicators the person sets.
pub fn departments(viewer: &GoalsViewer) -> impl Iterator<Item = &crate::projects::Part> {
    viewer.departments().filter(|part| viewer.may_set_kpis(part.id))
}

/// Departments, to choose from.
#[must_use]
pub fn owners(viewer: &GoalsViewer) -> Vec<Choice> {
    let t = viewer.shell().t;
    let part = |part: &crate::projects::Part| Choice::new(part.id, part.name(t));
    std::iter::once(Choice::new("", t.scope_side_choose())).chain(departments(viewer).map(part)).collect()
}

/// Its own figures, or those of a key result, to choose from.
#[must_use]
pub fn sources(viewer: &GoalsViewer, goals: &Goals) -> Vec<Choice> {
    let t = viewer.shell().t;
    let is_own = |of: &KeyResult| departments(viewer).any(|part| of.row(part.id).is_some());
    let same =
        |(place, of): (Place, &KeyResult)| Choice::new(of.id, t.goals_kpi_same_figures(place.to_string(), &of.title));
    std::iter::once(Choice::new(OWN, t.goals_kpi_own_figures()))
        .chain(goals.key_results().filter(|(_, of)| is_own(of)).map(same))
        .collect()
}

/// How often, in words.
#[must_use]
pub fn cadence(t: T, cadence: Cadence) -> String {
    match cadence {
        Cadence::Week => t.goals_kpi_weekly(),
        Cadence::Month => t.goals_kpi_monthly(),
        Cadence::Quarter => t.goals_kpi_quarterly(),
    }
}

/// How often, to choose from.
#[must_use]
pub fn cadences(t: T) -> Vec<Choice> {
    Cadence::ALL.map(|one| Choice::new(one.as_str(), cadence(t, one))).to_vec()
}

/// Which way is good, to choose from.
#[must_use]
pub fn betters(t: T) -> Vec<Choice> {
    Better::ALL.map(|one| Choice::new(one.as_str(), one.name(t))).to_vec()
}
