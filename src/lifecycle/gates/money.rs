//! What gates ask of the commercial plan, computed, with what is missing; pure.
//!
//! - *Recorded*: the day of break-even stands in the plan.
//! - *Slip*: break-even is expected within the plan, at most so many days after the planned day.

use crate::{
    goals::money::{
        model::{Money, Slip},
        view::day_or_none,
    },
    platform::locale::T,
    web::paths,
};
use jiff::civil::Date;

/// What an answer about the commercial plan is known from.
#[derive(Clone, Debug)]
pub struct Found {
    /// How it stands.
    pub value: Value,
    /// What is missing.
    pub gap: Option<Gap>,
}

/// How the commercial plan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// The day of break-even, where it is recorded.
    Recorded(Option<Date>),
    /// The day that is expected, and the one that was planned.
    Expected(Option<Date>, Option<Date>),
}

/// Something that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// There is no plan.
    NoPlan,
    /// No day is recorded.
    NotRecorded,
    /// It is expected so many days late, of so many that may be.
    Late(i64, u16),
    /// It is not expected within the plan.
    Never,
}

/// Whether the day of break-even is recorded.
#[must_use]
pub fn recorded(money: Option<&Money>) -> Found {
    let day = money.and_then(|money| money.break_even_on);
    let gap = match (money, day) {
        (None, _) => Some(Gap::NoPlan),
        (Some(_), None) => Some(Gap::NotRecorded),
        (Some(_), Some(_)) => None,
    };
    Found { value: Value::Recorded(day), gap }
}

/// Whether break-even slips by at most so many days.
#[must_use]
pub fn slip(money: Option<&Money>, most: u16) -> Found {
    let Some(money) = money else { return Found { value: Value::Expected(None, None), gap: Some(Gap::NoPlan) } };
    let gap = match money.slip() {
        Slip::Days(days) if days > i64::from(most) => Some(Gap::Late(days, most)),
        Slip::Days(_) => None,
        Slip::Beyond | Slip::Never => Some(Gap::Never),
    };
    Found { value: Value::Expected(money.expected_on(), money.planned_on()), gap }
}

impl Found {
    /// How it stands, in words.
    #[must_use]
    pub fn words(&self, t: T) -> String {
        match self.value {
            Value::Recorded(Some(day)) => t.gate_break_even_recorded(t.date(day)),
            Value::Recorded(None) => t.gate_break_even_not_recorded(),
            Value::Expected(expected, planned) => {
                t.gate_break_even_expected(day_or_none(t, expected), day_or_none(t, planned))
            }
        }
    }

    /// What is missing: where to go, and words.
    #[must_use]
    pub fn gap_in_words(&self, t: T, key: &str) -> Vec<(String, String)> {
        let words = |gap: Gap| match gap {
            Gap::NoPlan => t.goals_money_none(),
            Gap::NotRecorded => t.gate_break_even_record(),
            Gap::Late(days, most) => t.goals_money_wrong_slip(days, i64::from(most)),
            Gap::Never => t.goals_money_wrong_beyond(),
        };
        let page = paths::project(key, "goals/money").to_string();
        self.gap.map(|gap| (page, words(gap))).into_iter().collect()
    }
}
