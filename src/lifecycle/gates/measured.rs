//! Figures of gates that an indicator answers, instead of a person's word; pure.
//!
//! - *At least, at most and so on*: the newest figure of the indicator is compared as it was entered, so that a ratio of 39.6 is
//!   never rounded up to 40.
//! - *Days without* (a figure whose code begins with [`DAYS_WITHOUT`]): the indicator counts what must not happen. The days run
//!   through the newest periods that are over and have a zero, one after the other, and end with the last of them; when a period
//!   that is over has no figure, nothing is known.

use crate::{
    goals::{
        figures::{Cadence, Scale},
        kpis::answers::DAYS_WITHOUT,
        periods::Period,
    },
    platform::{
        ids::{KpiId, PartId},
        locale::T,
    },
    projects::blueprints::Attestation,
    web::paths,
};
use jiff::{ToSpan, civil::Date};
use serde::Deserialize;

/// A figure of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Reading {
    /// The first day of its period.
    pub period: Date,
    /// How much; of a ratio, above the line.
    pub value: i64,
    /// Of a ratio, below the line; 0 otherwise.
    pub base: i64,
}

/// An indicator that answers a figure.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Measured {
    /// Which figure.
    pub metric: String,
    /// The indicator.
    pub kpi: KpiId,
    /// The department that enters it.
    pub part: PartId,
    /// What it watches.
    pub title: String,
    /// How often it is entered.
    pub cadence: Cadence,
    /// What its figures are steps of.
    pub scale: Scale,
    /// Its newest figures, the oldest first.
    pub readings: Vec<Reading>,
}

/// What an answer of an indicator is known from.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// The indicator.
    pub of: &'a Measured,
    /// What is asked.
    pub asked: &'a Attestation,
    /// How it stands.
    pub value: Value,
    /// What is missing.
    pub gap: Option<Gap>,
}

/// How a figure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// The newest one, of this period.
    Newest(Period, Reading),
    /// So many days without one, up to and with a day.
    Since(i64, Date),
    /// Nothing is known.
    Unknown,
}

/// Something that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// There is no figure at all.
    NoFigure,
    /// The figure of this period is.
    Missing(Period),
    /// It is there and does not do.
    NotEnough,
}

/// Whether an indicator answers what is asked.
#[must_use]
pub fn found<'a>(of: &'a Measured, asked: &'a Attestation, today: Date) -> Found<'a> {
    let (value, gap) = if asked.metric.starts_with(DAYS_WITHOUT) { since(of, asked, today) } else { newest(of, asked) };
    Found { of, asked, value, gap }
}

fn newest(of: &Measured, asked: &Attestation) -> (Value, Option<Gap>) {
    let Some(reading) = of.readings.last() else { return (Value::Unknown, Some(Gap::NoFigure)) };
    let is_met = of.scale.exact(reading.value, reading.base).is_some_and(|figure| asked.is_met_by(figure));
    (Value::Newest(Period::of(of.cadence, reading.period), *reading), (!is_met).then_some(Gap::NotEnough))
}

fn since(of: &Measured, asked: &Attestation, today: Date) -> (Value, Option<Gap>) {
    let mut known = of.readings.iter().rev().map(|reading| (Period::of(of.cadence, reading.period), reading.value));
    let last_over = Period::of(of.cadence, today).before();
    let Some((newest, value)) = known.by_ref().find(|(period, value)| *value != 0 || period.is_over(today)) else {
        return (Value::Unknown, Some(Gap::NoFigure));
    };
    if newest.first() < last_over.first() {
        return (Value::Unknown, Some(Gap::Missing(last_over)));
    }
    let until = newest.next().first().saturating_sub(1.day()).min(today);
    let mut from = newest.next();
    if value == 0 {
        from = newest;
        for (period, value) in known {
            if value != 0 || period != from.before() {
                break;
            }
            from = period;
        }
    }
    let days = if value == 0 { i64::from((until - from.first()).get_days()) + 1 } else { 0 };
    (Value::Since(days, until), (!asked.is_met_by(days as f64)).then_some(Gap::NotEnough))
}

impl Found<'_> {
    /// How it stands, in words.
    #[must_use]
    pub fn words(&self, t: T) -> String {
        match self.value {
            Value::Newest(period, reading) => {
                t.gate_measured(self.of.scale.finer().written(t, (reading.value, reading.base)), period.name(t))
            }
            Value::Since(days, until) => t.gate_measured_since(days, t.date(until)),
            Value::Unknown => t.gate_measured_unknown(),
        }
    }

    /// What is missing, for those who enter it: where to go, and words.
    #[must_use]
    pub fn gap_in_words(&self, t: T, key: &str) -> Vec<(String, String)> {
        let words = |gap: Gap| match gap {
            Gap::NoFigure => t.gate_measured_no_figure(),
            Gap::Missing(period) => t.goals_kpi_missing(period.name(t)),
            Gap::NotEnough => t.gate_measured_not_enough(),
        };
        let page = paths::project(key, &format!("goals/kpis/{}/enter", self.of.kpi)).to_string();
        self.gap.map(|gap| (page, words(gap))).into_iter().collect()
    }

    /// What is missing, for everybody else: which department enters it.
    #[must_use]
    pub fn gap_of_theirs(&self, t: T, department: &str) -> Option<String> {
        let words = |gap: Gap| match gap {
            Gap::NoFigure => t.gate_measured_no_figure_theirs(department),
            Gap::Missing(period) => t.gate_measured_missing_theirs(department, t.goals_kpi_missing(period.name(t))),
            Gap::NotEnough => t.gate_measured_not_enough_theirs(department),
        };
        self.gap.map(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        goals::figures::{Measure, UnitKind},
        projects::blueprints::{Comparison, Unit},
    };
    use jiff::civil::date;

    fn scale(measure: Measure, unit_kind: UnitKind) -> Scale {
        Scale { measure, unit_kind, unit: "incidents".to_owned(), base_unit: "answers".to_owned(), decimals: 0 }
    }

    fn asked(metric: &str, comparison: Comparison, threshold: f64, unit: Unit) -> Attestation {
        Attestation {
            metric: metric.to_owned(),
            en: String::new(),
            zh: String::new(),
            comparison,
            threshold,
            upper: None,
            unit,
        }
    }

    fn measured(cadence: Cadence, scale: Scale, readings: &[(Date, i64, i64)]) -> Measured {
        let reading =
            |(period, value, base): &(Date, i64, i64)| Reading { period: *period, value: *value, base: *base };
        Measured {
            metric: String::new(),
            kpi: KpiId::new(),
            part: PartId::new(),
            title: String::new(),
            cadence,
            scale,
            readings: readings.iter().map(reading).collect(),
        }
    }

    #[test]
    fn the_newest_figure_is_held_against_what_is_asked() {
        let at_least = asked("nps", Comparison::AtLeast, 30.0, Unit::Points);
        let at_most = asked("open", Comparison::AtMost, 1.5, Unit::Percent);
        let points = scale(Measure::Level, UnitKind::Number);
        let (september, october) = (date(2026, 9, 1), date(2026, 10, 1));
        let cases = [
            (&at_least, &points, vec![], Some(Gap::NoFigure)),
            (&at_least, &points, vec![(september, 31, 0)], None),
            (&at_least, &points, vec![(september, 31, 0), (october, 29, 0)], Some(Gap::NotEnough)),
            (&at_least, &points, vec![(september, 2, 0), (october, 30, 0)], None),
        ];
        for (asked, scale, readings, gap) in cases {
            let of = measured(Cadence::Month, scale.clone(), &readings);
            assert_eq!(found(&of, asked, date(2026, 11, 18)).gap, gap, "{readings:?}");
        }
        let percent = Scale { decimals: 1, ..scale(Measure::Level, UnitKind::Percent) };
        for (value, gap) in [(15, None), (16, Some(Gap::NotEnough)), (-3, None)] {
            let of = measured(Cadence::Month, percent.clone(), &[(october, value, 0)]);
            assert_eq!(found(&of, &at_most, date(2026, 11, 18)).gap, gap, "{value}");
        }
    }

    #[test]
    fn rounding_opens_no_gate() {
        let fit = asked("pmf", Comparison::AtLeast, 40.0, Unit::Percent);
        let share = scale(Measure::Ratio, UnitKind::Percent);
        for (above, below, gap) in
            [(22, 55, None), (396, 1_000, Some(Gap::NotEnough)), (400, 1_000, None), (3, 0, Some(Gap::NotEnough))]
        {
            let of = measured(Cadence::Month, share.clone(), &[(date(2026, 10, 1), above, below)]);
            assert_eq!(found(&of, &fit, date(2026, 11, 18)).gap, gap, "{above}/{below}");
        }
    }

    #[test]
    fn days_run_through_periods_with_a_zero() {
        let quiet = asked("days_without_sev1", Comparison::AtLeast, 14.0, Unit::Days);
        // A Wednesday in the week of the 16th.
        let today = date(2026, 11, 18);
        let week = |day: i8| date(2026, 11, day);
        let missing = Some(Gap::Missing(Period::of(Cadence::Week, week(9))));
        let cases = [
            (vec![], Value::Unknown, Some(Gap::NoFigure)),
            (vec![(week(2), 0, 0), (week(9), 0, 0)], Value::Since(14, week(15)), None),
            (vec![(week(9), 0, 0)], Value::Since(7, week(15)), Some(Gap::NotEnough)),
            (vec![(week(2), 1, 0), (week(9), 0, 0)], Value::Since(7, week(15)), Some(Gap::NotEnough)),
            (vec![(week(2), 0, 0), (week(9), 2, 0)], Value::Since(0, week(15)), Some(Gap::NotEnough)),
            // The week of the 2nd has no figure.
            (vec![(date(2026, 10, 26), 0, 0), (week(9), 0, 0)], Value::Since(7, week(15)), Some(Gap::NotEnough)),
            // Neither has the last week that is over.
            (vec![(date(2026, 10, 26), 0, 0), (week(2), 0, 0)], Value::Unknown, missing),
            (vec![(week(2), 0, 0), (week(16), 0, 0)], Value::Unknown, missing),
            // This week is not over: a zero says nothing yet, anything else does.
            (vec![(week(2), 0, 0), (week(9), 0, 0), (week(16), 0, 0)], Value::Since(14, week(15)), None),
            (vec![(week(2), 0, 0), (week(9), 0, 0), (week(16), 1, 0)], Value::Since(0, today), Some(Gap::NotEnough)),
        ];
        for (readings, value, gap) in cases {
            let of = measured(Cadence::Week, scale(Measure::Additive, UnitKind::Number), &readings);
            let found = found(&of, &quiet, today);
            assert_eq!((found.value, found.gap), (value, gap), "{readings:?}");
        }
        let months = [(date(2026, 9, 1), 0, 0), (date(2026, 10, 1), 0, 0)];
        let of = measured(Cadence::Month, scale(Measure::Additive, UnitKind::Number), &months);
        assert_eq!(found(&of, &quiet, today).value, Value::Since(61, date(2026, 10, 31)));
    }
}
