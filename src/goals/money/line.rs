//! A line of a commercial plan, month by month: planned, real and expected; pure.

use crate::{goals::months::Month, platform::ids::MoneyLineId};
use serde::Deserialize;

/// What a line counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum LineKind {
    /// New customers, or things sold.
    Units,
    /// What comes in.
    Revenue,
    /// What goes out.
    Cost,
    /// Recurring revenue a year, as it stands at the end of a month.
    Arr,
}

/// How sure a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Sort {
    /// As it should be.
    Plan,
    /// As it was.
    Actual,
    /// As it is expected by now, where that is not the plan.
    Forecast,
}

impl LineKind {
    /// Each of them, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Units, Self::Revenue, Self::Cost, Self::Arr];

    /// The text in the database and in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Revenue => "revenue",
            Self::Cost => "cost",
            Self::Arr => "arr",
        }
    }

    /// Whether it counts in the result.
    #[must_use]
    pub fn is_earned(self) -> bool {
        matches!(self, Self::Revenue | Self::Cost)
    }

    /// Whether there is one of it at most.
    #[must_use]
    pub fn is_single(self) -> bool {
        matches!(self, Self::Units | Self::Arr)
    }
}

impl std::str::FromStr for LineKind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|one| one.as_str() == text).ok_or(())
    }
}

/// A month, an amount where one stands, and the number of the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Figure(pub Month, pub Option<i64>, pub i32);

/// A line of the plan.
#[derive(Clone, Debug, Deserialize)]
pub struct Line {
    /// Its id.
    pub id: MoneyLineId,
    /// What it counts.
    pub kind: LineKind,
    /// What it is called.
    pub name: String,
    /// A cost that wins customers.
    pub acquires: bool,
    /// Its place.
    pub position: i16,
    /// As planned.
    pub plan: Vec<Figure>,
    /// As it was.
    pub actual: Vec<Figure>,
    /// As expected.
    pub forecast: Vec<Figure>,
}

impl Line {
    fn figure(&self, sort: Sort, month: Month) -> Option<&Figure> {
        let of = match sort {
            Sort::Plan => &self.plan,
            Sort::Actual => &self.actual,
            Sort::Forecast => &self.forecast,
        };
        of.iter().find(|figure| figure.0 == month)
    }

    /// What stands.
    #[must_use]
    pub fn amount(&self, sort: Sort, month: Month) -> Option<i64> {
        self.figure(sort, month).and_then(|figure| figure.1)
    }

    /// The number of the figure that stands; 0 for none.
    #[must_use]
    pub fn number(&self, sort: Sort, month: Month) -> i32 {
        self.figure(sort, month).map_or(0, |figure| figure.2)
    }

    /// What is to be reckoned with: what was, else what is expected, else what was planned.
    #[must_use]
    pub fn outlook(&self, month: Month) -> Option<i64> {
        let sorts = [Sort::Actual, Sort::Forecast, Sort::Plan];
        sorts.into_iter().find_map(|sort| self.amount(sort, month))
    }

    /// Whether anything was reported of it.
    #[must_use]
    pub fn has_actuals(&self) -> bool {
        self.actual.iter().any(|figure| figure.1.is_some())
    }
}
