//! What several pages of goals say alike, in words.

use super::{
    board::view::short_month,
    figures::{Measure, Scale, UnitKind},
    model::{Entry, KeyResult},
    months::Month,
    pace::{Pace, Standing},
    split::model::Left,
};
use crate::platform::locale::T;
use jiff::civil::Date;

/// What is counted and how it comes together: `Sign-ups, added up over departments and months`.
#[must_use]
pub fn scale_in_words(t: T, scale: &Scale) -> String {
    let unit = match scale.unit_kind {
        UnitKind::Percent if scale.measure != Measure::Ratio => "%",
        UnitKind::Number | UnitKind::Percent | UnitKind::Money => scale.unit.as_str(),
    };
    match scale.measure {
        Measure::Additive => t.goals_scale_additive(unit),
        Measure::Ratio => t.goals_scale_ratio(&scale.base_unit, unit),
        Measure::Level => t.goals_scale_level(unit),
    }
}

/// From where to where by when: `from 0 to 5,000 sign-ups by 30 Jun 2027`.
#[must_use]
pub fn summary_of_terms(t: T, of: &KeyResult) -> String {
    let scale = &of.scale;
    let target = if scale.measure == Measure::Ratio { scale.full(t, of.target) } else { scale.named(t, of.target) };
    t.goals_from_to(scale.full(t, of.baseline), t.date(of.due_on), target)
}

/// What is left of a split: tone, picture and words.
#[must_use]
pub fn left_in_words(t: T, scale: &Scale, left: Left) -> (&'static str, &'static str, String) {
    let amounts = scale.of_amounts();
    match left {
        Left::Nothing => ("ok", "check", t.goals_left_nothing()),
        Left::Missing(amount) => ("warn", "warn", t.goals_left_missing(amounts.named(t, amount))),
        Left::TooMuch(amount) => ("warn", "warn", t.goals_left_too_much(amounts.named(t, amount))),
        Left::NoBase => ("warn", "warn", t.goals_left_no_base(&scale.base_unit)),
    }
}

/// The time that a pace is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// The month under way alone.
    ThisMonth,
    /// Everything from this month on.
    Since(Month),
}

impl Span {
    /// Everything since a key result began.
    #[must_use]
    pub fn of(key_result: &KeyResult) -> Self {
        Self::Since(Month::of(key_result.starts_on))
    }

    fn said(self, t: T, pace: String) -> String {
        match self {
            Self::ThisMonth => t.goals_pace_this_month(pace),
            Self::Since(month) => t.goals_pace_since(short_month(t, month), pace),
        }
    }
}

/// Ahead, on pace or behind: tone, picture and words. A sum is told with the time that it is of.
#[must_use]
pub fn pace_in_words(t: T, scale: &Scale, pace: &Pace, span: Span) -> (&'static str, &'static str, String) {
    let ahead = pace.ahead();
    // A difference between percentages is points.
    let size = |amount: i64| match scale.unit_kind {
        UnitKind::Percent => points(t, scale, amount),
        UnitKind::Number | UnitKind::Money => scale.short(t, amount),
    };
    let words = match (ahead, scale.measure) {
        (0, _) => t.goals_pace_on(),
        (ahead, Measure::Additive) if ahead > 0 => t.goals_pace_ahead(size(ahead)),
        (ahead, Measure::Additive) => t.goals_pace_behind(size(ahead.saturating_neg())),
        (ahead, Measure::Level | Measure::Ratio) if ahead > 0 => t.goals_plan_ahead(size(ahead)),
        (ahead, Measure::Level | Measure::Ratio) => t.goals_plan_behind(size(ahead.saturating_neg())),
    };
    let spanned = |words: String| if scale.measure == Measure::Additive { span.said(t, words) } else { words };
    match pace.standing() {
        // So little behind that nobody need worry.
        Standing::OnPace if ahead < 0 => ("ok", "ok", spanned(t.goals_pace_near(size(ahead.saturating_neg())))),
        Standing::OnPace => ("ok", "ok", spanned(words)),
        Standing::Behind => ("warn", "warn", spanned(words)),
        Standing::FarBehind => ("bad", "warn", spanned(words)),
    }
}

/// What a key result asked for: where it gets to, and where it starts when that is not nothing.
#[must_use]
pub fn asked_in_words(t: T, scale: &Scale, (baseline, target, due_on): (i64, i64, Date)) -> String {
    let (day, target) = (t.date(due_on), scale.full(t, target));
    if baseline == 0 { t.goals_asked(day, target) } else { t.goals_from_to(scale.full(t, baseline), day, target) }
}

/// A figure that was entered, in full: of a ratio with what it was counted over.
#[must_use]
pub fn figure(t: T, of: &KeyResult, entry: &Entry) -> String {
    let amounts = of.scale.of_amounts();
    match of.scale.ratio(entry.value, entry.base) {
        Some(ratio) if !of.scale.base_unit.is_empty() => t.goals_ratio_figure(
            amounts.full(t, entry.value),
            of.scale.of_bases().full(t, entry.base),
            of.scale.full(t, ratio),
        ),
        _ => amounts.full(t, entry.value),
    }
}

/// Percentage points.
#[must_use]
pub fn points(t: T, scale: &Scale, amount: i64) -> String {
    match scale.full(t, amount).trim_end_matches('%') {
        "1" => t.goals_point(),
        amount => t.goals_points(amount),
    }
}
