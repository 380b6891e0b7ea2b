//! Working days by halves, and the baseline they are counted against; pure.

use crate::{
    events::both,
    platform::{
        ids::{BaselineId, PartId},
        locale::{Language, T},
    },
    projects::{Part, PartKind},
};
use jiff::{Timestamp, civil::Date};
use serde_json::Value;
use std::iter::Sum;

/// Working days, to the half.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days(i32);

impl Days {
    /// Longest budget: 2,000 working days.
    pub const MOST: Self = Self(4000);

    /// From half days, as the database keeps them.
    #[must_use]
    pub const fn of_halves(halves: i32) -> Self {
        Self(halves)
    }

    /// In half days.
    #[must_use]
    pub fn halves(self) -> i32 {
        self.0
    }

    /// From a form: `3`, `3.5`, `3,5`, `1,000`; anything finer than a half day, or longer than [`Self::MOST`], is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        // Behind thousands stand three digits, behind a decimal point never: they would be finer than a half day.
        let text = match text.split_once(',') {
            Some((thousands, rest)) if rest.split('.').next().is_some_and(|digits| digits.len() == 3) => {
                if thousands.is_empty() || thousands.len() > 3 || thousands.starts_with('0') {
                    return None;
                }
                format!("{thousands}{rest}")
            }
            Some((whole, part)) => format!("{whole}.{part}"),
            None => text.to_owned(),
        };
        let (whole, part) = text.split_once('.').unwrap_or((text.as_str(), ""));
        let half = match part.trim_end_matches('0') {
            "" => 0,
            "5" => 1,
            _ => return None,
        };
        let is_plain = !whole.is_empty() && whole.len() <= 4 && whole.bytes().all(|byte| byte.is_ascii_digit());
        let whole: i32 = whole.parse().ok().filter(|_| is_plain)?;
        Some(Self(whole * 2 + half)).filter(|days| *days <= Self::MOST)
    }

    /// `3.5`.
    #[must_use]
    pub fn figure(self, t: T) -> String {
        let whole = t.number(i64::from(self.0 / 2));
        if self.0 % 2 == 0 { whole } else { format!("{whole}.5") }
    }

    /// As a form is filled with it.
    #[must_use]
    pub fn field(self) -> String {
        let whole = self.0 / 2;
        if self.0 % 2 == 0 { whole.to_string() } else { format!("{whole}.5") }
    }

    /// `3.5 working days`.
    #[must_use]
    pub fn words(self, t: T) -> String {
        if self.0 == 2 { t.scope_day() } else { t.scope_days(self.figure(t)) }
    }

    /// `3.5 d`, for the cells of tables; none are empty.
    #[must_use]
    pub fn cell(self, t: T) -> String {
        if self.0 == 0 { String::new() } else { t.escalation_span_days(self.figure(t)) }
    }

    /// The same in both languages, for an event.
    #[must_use]
    pub fn value(self) -> Value {
        both(&self.words(T(Language::English)), &self.words(T(Language::Chinese)))
    }

    /// What is left when `other` is taken away; nothing below nothing.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self((self.0 - other.0).max(0))
    }
}

impl std::ops::Add for Days {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for Days {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| sum + one)
    }
}

/// The baseline in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Baseline {
    /// Its id.
    pub id: BaselineId,
    /// From 1.
    pub number: i32,
    /// What is in scope, Markdown.
    pub in_scope: String,
    /// Where it is written down; may be empty.
    pub link: String,
    /// On which day it was agreed.
    pub locked_on: Date,
    /// The part that answers changes for the product.
    pub product: PartId,
    /// The part that answers them for R&D, and says how long each takes.
    pub rnd: PartId,
    /// How much may change, as it stands now.
    pub budget: Days,
    /// The decision that set the budget; none while it is the lead's.
    pub decision: Option<i32>,
    /// Why it was set anew; empty for the first.
    pub reason: String,
    /// Who set it.
    pub set_by: String,
    /// When.
    pub set_at: Timestamp,
}

impl Baseline {
    /// The part of the product, or of R&D.
    #[must_use]
    pub fn side(&self, is_product: bool) -> PartId {
        if is_product { self.product } else { self.rnd }
    }
}

/// The budget of the baseline in force, and what counts in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// How much may change.
    pub of: Days,
    /// How much has.
    pub used: Days,
}

impl Budget {
    /// Whether a change of this size still fits.
    #[must_use]
    pub fn holds(self, size: Days) -> bool {
        self.used + size <= self.of
    }

    /// How much may still change.
    #[must_use]
    pub fn left(self) -> Days {
        self.of.less(self.used)
    }

    /// `data-tone` of its bar: calm until four fifths are used. What waits beyond it is said in words, not by the bar.
    #[must_use]
    pub fn tone(self) -> &'static str {
        let (used, of) = (self.used.halves(), self.of.halves());
        if used > of {
            "bad"
        } else if of > 0 && used * 5 >= of * 4 {
            "warn"
        } else {
            ""
        }
    }

    /// With a change that counts.
    #[must_use]
    pub fn with(self, size: Days) -> Self {
        Self { used: self.used + size, ..self }
    }

    /// The most that a new baseline may set: what is left, once any change of the project was counted or went over the budget,
    /// in this baseline or an earlier one; none as long as nothing was.
    #[must_use]
    pub fn most_anew(self, has_counted: bool) -> Option<Days> {
        has_counted.then(|| self.left())
    }

    /// What holds everything that counts and waits.
    #[must_use]
    pub fn needed(self, waiting: &[Days]) -> Days {
        waiting.iter().fold(self.used, |sum, size| sum + *size)
    }

    /// Of those that wait, in the order in which they were accepted: which are taken in. One that does not fit lets a smaller
    /// one after it pass.
    #[must_use]
    pub fn take_in(self, waiting: &[Days]) -> Vec<bool> {
        let mut budget = self;
        let take = |size: &Days| {
            let fits = budget.holds(*size);
            if fits {
                budget = budget.with(*size);
            }
            fits
        };
        waiting.iter().map(take).collect()
    }
}

/// The codes of parts that answer for R&D, the likeliest first.
const RND: [&str; 2] = ["RND", "DEV"];

/// The sides that a first baseline suggests: product management, else whoever answers for the baseline in the division of
/// labour; and R&D. Only departments with a liaison can answer.
#[must_use]
pub fn suggested(parts: &[Part], accountable: Option<PartId>) -> (Option<PartId>, Option<PartId>) {
    let by_code = |code: &str| answering(parts).find(|part| part.code == code).map(|part| part.id);
    let rnd = RND.into_iter().find_map(by_code);
    let accountable = answering(parts).map(|part| part.id).find(|id| Some(*id) == accountable);
    let product = by_code("PM").or(accountable).filter(|product| Some(*product) != rnd);
    (product, rnd)
}

/// The departments that somebody speaks for.
pub fn answering(parts: &[Part]) -> impl Iterator<Item = &Part> {
    parts.iter().filter(|part| part.kind == PartKind::Department && part.liaison_id.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::ids::PersonId;

    #[test]
    fn days_are_read_to_the_half() {
        for (text, expected) in [
            ("3", Some(6)),
            ("3.5", Some(7)),
            ("3,5", Some(7)),
            ("3.50", Some(7)),
            ("3,50", Some(7)),
            ("1,000", Some(2000)),
            ("1,000.5", Some(2001)),
            ("2,001", None),
            ("0,500", None),
            (",500", None),
            ("1000,000", None),
            ("1,00,0", None),
            ("2.3", None),
            (" 0.5 ", Some(1)),
            ("0", Some(0)),
            ("2000", Some(4000)),
            ("2000.5", None),
            ("3.25", None),
            ("3.55", None),
            ("-1", None),
            ("+1", None),
            (".5", None),
            ("1e3", None),
            ("", None),
            ("99999999999", None),
            ("三", None),
        ] {
            assert_eq!(Days::parse(text).map(Days::halves), expected, "{text}");
        }
        let (en, zh) = (T(Language::English), T(Language::Chinese));
        for (halves, figure, english, chinese) in [
            (0, "0", "0 working days", "0 个工作日"),
            (1, "0.5", "0.5 working days", "0.5 个工作日"),
            (2, "1", "1 working day", "1 个工作日"),
            (25, "12.5", "12.5 working days", "12.5 个工作日"),
        ] {
            let days = Days::of_halves(halves);
            assert_eq!(
                (days.figure(en).as_str(), days.words(en).as_str(), days.words(zh).as_str()),
                (figure, english, chinese)
            );
            assert_eq!(Days::parse(&days.field()), Some(days));
        }
    }

    #[test]
    fn the_bar_is_calm_until_the_budget_is_nearly_used() {
        for (of, used, tone) in
            [(16, 6, ""), (16, 12, ""), (10, 8, "warn"), (16, 16, "warn"), (16, 17, "bad"), (0, 0, ""), (0, 1, "bad")]
        {
            let budget = Budget { of: Days::of_halves(of), used: Days::of_halves(used) };
            assert_eq!(budget.tone(), tone, "{used} of {of}");
        }
    }

    /// Budget, used, whether anything was ever counted, and the most that a new baseline may set.
    #[test]
    fn a_new_baseline_sets_no_more_than_is_left() {
        for (of, used, has_counted, most) in [
            (8, 0, false, None),
            (8, 6, true, Some(2)),
            (2, 0, true, Some(2)),
            (0, 0, true, Some(0)),
            (8, 8, true, Some(0)),
        ] {
            let (of, used) = (Days::of_halves(of), Days::of_halves(used));
            let found = Budget { of, used }.most_anew(has_counted).map(Days::halves);
            assert_eq!(found, most, "{of:?} {used:?} {has_counted}");
        }
        let waiting = [4, 1].map(Days::of_halves);
        assert_eq!(Budget { of: Days::of_halves(9), used: Days::of_halves(7) }.needed(&waiting).halves(), 12);
    }

    fn part(code: &str, has_liaison: bool) -> Part {
        Part {
            id: PartId::new(),
            code: code.to_owned(),
            kind: if code == "LEAD" { PartKind::Lead } else { PartKind::Department },
            department_id: None,
            name_en: code.to_owned(),
            name_zh: code.to_owned(),
            short_en: code.to_owned(),
            short_zh: code.to_owned(),
            colour: 1,
            liaison_id: has_liaison.then(PersonId::new),
            liaison_name: None,
        }
    }

    /// The parts of a project, who answers for the baseline in the division of labour, and the two sides suggested.
    #[test]
    fn product_management_or_whoever_answers_for_the_baseline_and_rnd_are_suggested() {
        for (codes, accountable, product, rnd) in [
            (["LEAD", "PM", "RND", "SAL"], Some("SAL"), Some("PM"), Some("RND")),
            (["LEAD", "BIZ", "DEV", "SAL"], Some("BIZ"), Some("BIZ"), Some("DEV")),
            (["LEAD", "BIZ", "DEV", "SAL"], None, None, Some("DEV")),
            (["LEAD", "BIZ", "DEV", "SAL"], Some("DEV"), None, Some("DEV")),
            (["LEAD", "BIZ", "DEV", "SAL"], Some("LEAD"), None, Some("DEV")),
            (["LEAD", "MKT", "FIN", "SAL"], Some("MKT"), Some("MKT"), None),
        ] {
            let parts = codes.map(|code| part(code, true));
            let id = |code: &str| parts.iter().find(|part| part.code == code).map(|part| part.id);
            let found = suggested(&parts, accountable.and_then(id));
            assert_eq!(found, (product.and_then(id), rnd.and_then(id)), "{codes:?} {accountable:?}");
        }
        let silent = [part("PM", false), part("RND", true)];
        assert_eq!(suggested(&silent, None).0, None, "nobody speaks for it");
    }
}
