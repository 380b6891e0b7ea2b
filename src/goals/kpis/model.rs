//! Indicators as they stand: how good the newest figure is, where it goes, and which are missing; pure.

use crate::{
    goals::{
        figures::{Cadence, Measure, Scale},
        model::{Entry, Place},
        periods::Period,
    },
    platform::{
        ids::{KpiId, PartId, SeriesId},
        locale::T,
    },
};
use jiff::civil::Date;
use serde::Deserialize;

/// Most indicators of a department.
pub const AT_MOST: usize = 3;
/// Longest title, in characters.
pub const TITLE: usize = 120;
/// How many periods a chart shows, and how far back a missing figure is asked for.
pub const SHOWN: usize = 12;

/// Which way is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Better {
    /// More is better: customers, scores.
    Up,
    /// Less is better: defects, days.
    Down,
}

impl Better {
    /// Each of them, in the order of the form.
    pub const ALL: [Self; 2] = [Self::Up, Self::Down];

    /// The text in the database and in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }

    /// In words.
    #[must_use]
    pub fn name(self, t: T) -> String {
        match self {
            Self::Up => t.goals_kpi_better_up(),
            Self::Down => t.goals_kpi_better_down(),
        }
    }
}

impl std::str::FromStr for Better {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|one| one.as_str() == text).ok_or(())
    }
}

/// What an indicator asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// Which way is good.
    pub better: Better,
    /// Where it should be.
    pub target: Option<i64>,
    /// From here on it needs a look.
    pub warning: Option<i64>,
    /// From here on it is bad.
    pub alarm: Option<i64>,
}

/// How good a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody needs to look.
    Green,
    /// It needs a look.
    Warning,
    /// It is bad.
    Alarm,
}

/// Where a figure goes, against the period before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// The good way, by so much.
    Better(i64),
    /// The bad way, by so much.
    Worse(i64),
    /// Nowhere.
    Same,
}

impl Thresholds {
    /// Whether the alarm lies where the warning has gone off already; without both of them they are in order.
    #[must_use]
    pub fn are_in_order(&self) -> bool {
        match (self.warning, self.alarm, self.better) {
            (Some(warning), Some(alarm), Better::Up) => alarm <= warning,
            (Some(warning), Some(alarm), Better::Down) => alarm >= warning,
            (None, _, _) | (_, None, _) => true,
        }
    }

    /// How good a figure is; none without a figure, or without any threshold to hold it against.
    #[must_use]
    pub fn state(&self, figure: Option<i64>) -> Option<State> {
        let figure = figure?;
        let is_beyond = |limit: i64| match self.better {
            Better::Up => figure <= limit,
            Better::Down => figure >= limit,
        };
        match (self.warning, self.alarm) {
            (None, None) => None,
            (_, Some(alarm)) if is_beyond(alarm) => Some(State::Alarm),
            (Some(warning), _) if is_beyond(warning) => Some(State::Warning),
            _ => Some(State::Green),
        }
    }

    /// Where a figure goes.
    #[must_use]
    pub fn trend(&self, before: i64, now: i64) -> Trend {
        let change = now.saturating_sub(before);
        match (change, self.better) {
            (0, _) => Trend::Same,
            (1.., Better::Up) | (..0, Better::Down) => Trend::Better(change),
            (..0, Better::Up) | (1.., Better::Down) => Trend::Worse(change),
        }
    }
}

/// The key result whose figures an indicator has.
#[derive(Clone, Debug, Deserialize)]
pub struct SharedWith {
    /// The place of its objective.
    pub objective: i16,
    /// Its own.
    pub key_result: i16,
    /// What is reached.
    pub title: String,
}

impl SharedWith {
    /// `1.2`.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { objective: self.objective, key_result: self.key_result }
    }
}

/// An indicator.
#[derive(Clone, Debug, Deserialize)]
pub struct Kpi {
    /// Its id.
    pub id: KpiId,
    /// Whose.
    pub part: PartId,
    /// From 1, within its department.
    pub position: i16,
    /// What is watched.
    pub title: String,
    /// Its figures.
    pub series_id: SeriesId,
    /// What they are steps of.
    pub scale: Scale,
    /// How often they are entered.
    pub cadence: Cadence,
    /// Which way is good.
    pub better: Better,
    /// Where it should be.
    pub target: Option<i64>,
    /// From here on it needs a look.
    pub warning: Option<i64>,
    /// From here on it is bad.
    pub alarm: Option<i64>,
    /// The figure of a gate that it answers.
    pub metric: Option<String>,
    /// Counts changes.
    pub version: i32,
    /// Since when it is watched.
    pub created_on: Date,
    /// The key result that has the same figures.
    pub key_result: Option<SharedWith>,
    /// The figures that stand, by period; the newest ones.
    pub entries: Vec<Entry>,
}

impl Kpi {
    /// What it asks for.
    #[must_use]
    pub fn thresholds(&self) -> Thresholds {
        Thresholds { better: self.better, target: self.target, warning: self.warning, alarm: self.alarm }
    }

    /// The figure that stands for a period.
    #[must_use]
    pub fn entry(&self, period: Period) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.period == period.first())
    }

    /// What an entry says; of a ratio what its two figures make.
    #[must_use]
    pub fn figure(&self, entry: &Entry) -> Option<i64> {
        match self.scale.measure {
            Measure::Ratio => self.scale.ratio(entry.value, entry.base),
            Measure::Additive | Measure::Level => Some(entry.value),
        }
    }

    /// The newest figure with its period.
    #[must_use]
    pub fn newest(&self) -> Option<(Period, i64)> {
        let entry = self.entries.last()?;
        Some((Period::of(self.cadence, entry.period), self.figure(entry)?))
    }

    /// Where the newest figure goes, against the period before it.
    #[must_use]
    pub fn trend(&self) -> Option<(Period, Trend)> {
        let (period, now) = self.newest()?;
        let before = self.figure(self.entry(period.before())?)?;
        Some((period.before(), self.thresholds().trend(before, now)))
    }

    /// The periods that are over and have no figure: of the last ones, since it is watched.
    #[must_use]
    pub fn missing(&self, today: Date) -> Vec<Period> {
        let since = self.entries.first().map_or(self.created_on, |entry| entry.period.min(self.created_on));
        let since = Period::of(self.cadence, since).first();
        let last = Period::up_to(self.cadence, today, SHOWN + 1);
        let is_missing = |one: &Period| one.first() >= since && one.is_over(today) && self.entry(*one).is_none();
        last.into_iter().filter(is_missing).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use State::{Alarm, Green, Warning};
    use jiff::civil::date;

    #[test]
    fn a_figure_is_green_or_needs_a_look_or_is_bad() {
        use Better::{Down, Up};
        for (better, warning, alarm, cases) in [
            (Up, Some(40), Some(30), [(41, Some(Green)), (40, Some(Warning)), (31, Some(Warning)), (30, Some(Alarm))]),
            (Down, Some(3), Some(5), [(2, Some(Green)), (3, Some(Warning)), (4, Some(Warning)), (5, Some(Alarm))]),
            (Up, Some(40), None, [(41, Some(Green)), (40, Some(Warning)), (0, Some(Warning)), (-5, Some(Warning))]),
            (Down, None, Some(5), [(4, Some(Green)), (5, Some(Alarm)), (6, Some(Alarm)), (-6, Some(Green))]),
            (Up, Some(30), Some(30), [(31, Some(Green)), (30, Some(Alarm)), (29, Some(Alarm)), (99, Some(Green))]),
            (Up, None, None, [(41, None), (0, None), (-1, None), (30, None)]),
        ] {
            let thresholds = Thresholds { better, target: Some(50), warning, alarm };
            assert_eq!(thresholds.state(None), None, "there is nothing to be said without a figure");
            for (figure, state) in cases {
                assert_eq!(thresholds.state(Some(figure)), state, "{thresholds:?} {figure}");
            }
        }
    }

    #[test]
    fn the_alarm_lies_beyond_the_warning() {
        for (better, warning, alarm, expected) in [
            (Better::Up, Some(40), Some(30), true),
            (Better::Up, Some(40), Some(40), true),
            (Better::Up, Some(40), Some(41), false),
            (Better::Down, Some(3), Some(5), true),
            (Better::Down, Some(3), Some(2), false),
            (Better::Down, None, Some(2), true),
            (Better::Up, Some(2), None, true),
        ] {
            let thresholds = Thresholds { better, target: None, warning, alarm };
            assert_eq!(thresholds.are_in_order(), expected, "{thresholds:?}");
        }
    }

    #[test]
    fn a_trend_knows_which_way_is_good() {
        for (better, before, now, trend) in [
            (Better::Up, 10, 12, Trend::Better(2)),
            (Better::Up, 12, 10, Trend::Worse(-2)),
            (Better::Down, 10, 12, Trend::Worse(2)),
            (Better::Down, 12, 10, Trend::Better(-2)),
            (Better::Up, 12, 12, Trend::Same),
        ] {
            let thresholds = Thresholds { better, target: None, warning: None, alarm: None };
            assert_eq!(thresholds.trend(before, now), trend, "{better:?} {before} {now}");
        }
    }

    fn kpi(created_on: Date, periods: &[Date]) -> Kpi {
        let entry = |period: &Date| Entry {
            id: crate::platform::ids::EntryId::new(),
            part: PartId::new(),
            period: *period,
            value: 4,
            base: 0,
            confidence: None,
            note: String::new(),
            by: String::new(),
            at: jiff::Timestamp::UNIX_EPOCH,
            is_correction: false,
        };
        Kpi {
            id: KpiId::new(),
            part: PartId::new(),
            position: 1,
            title: String::new(),
            series_id: SeriesId::new(),
            scale: Scale {
                measure: Measure::Level,
                unit_kind: crate::goals::figures::UnitKind::Number,
                unit: "defects".to_owned(),
                base_unit: String::new(),
                decimals: 0,
            },
            cadence: Cadence::Month,
            better: Better::Down,
            target: None,
            warning: None,
            alarm: None,
            metric: None,
            version: 1,
            created_on,
            key_result: None,
            entries: periods.iter().map(entry).collect(),
        }
    }

    #[test]
    fn figures_are_missing_since_it_is_watched() {
        let today = date(2026, 11, 18);
        for (created_on, periods, missing) in [
            (date(2026, 11, 2), [].as_slice(), [].as_slice()),
            (date(2026, 10, 30), &[], &["2026-10"]),
            (date(2026, 11, 2), &[date(2026, 8, 1), date(2026, 10, 1)], &["2026-09"]),
            (date(2026, 9, 2), &[date(2026, 10, 1), date(2026, 11, 1)], &["2026-09"]),
            (date(2026, 9, 2), &[date(2026, 9, 1), date(2026, 10, 1)], &[]),
        ] {
            let found: Vec<String> = kpi(created_on, periods).missing(today).into_iter().map(Period::field).collect();
            assert_eq!(found, missing, "{created_on} {periods:?}");
        }
        let years = kpi(date(2020, 1, 1), &[]).missing(today);
        assert_eq!(years.len(), SHOWN, "nobody is asked for old ones");
    }

    #[test]
    fn the_newest_figure_stands_beside_the_one_before() {
        assert_eq!(kpi(date(2026, 9, 1), &[]).newest(), None);
        let gap = kpi(date(2026, 9, 1), &[date(2026, 8, 1), date(2026, 10, 1)]);
        assert_eq!(gap.newest().map(|(period, figure)| (period.field(), figure)), Some(("2026-10".to_owned(), 4)));
        assert_eq!(gap.trend(), None, "the period before has none");
        let both = kpi(date(2026, 9, 1), &[date(2026, 9, 1), date(2026, 10, 1)]);
        assert_eq!(
            both.trend().map(|(before, trend)| (before.field(), trend)),
            Some(("2026-09".to_owned(), Trend::Same))
        );
    }
}
