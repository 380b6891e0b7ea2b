//! What the ledger counts; pure. Every figure is derived from the same rows, so that all sums agree.

use crate::{platform::locale::T, requests::State};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Months that a ledger reaches back, the running one included.
const MONTHS: i32 = 24;

/// Since when things are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// The running month.
    Month,
    /// The running quarter.
    Quarter,
    /// The running year.
    Year,
    /// All that a ledger reaches: 24 months.
    All,
}

impl Period {
    /// All, in their order.
    pub const ALL: [Self; 4] = [Self::Month, Self::Quarter, Self::Year, Self::All];

    /// From an address; anything else is all.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|period| period.as_str() == text).unwrap_or(Self::All)
    }

    /// In an address; empty for all.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::All => "",
        }
    }

    /// On screen.
    #[must_use]
    pub fn label(self, t: T) -> String {
        match self {
            Self::Month => t.ledger_this_month(),
            Self::Quarter => t.ledger_this_quarter(),
            Self::Year => t.ledger_this_year(),
            Self::All => t.ledger_all(),
        }
    }

    /// The first day that counts.
    #[must_use]
    pub fn since(self, today: Date) -> Date {
        let month = i32::from(today.month()) - 1;
        match self {
            Self::Month => month_before(today, 0),
            Self::Quarter => month_before(today, month % 3),
            Self::Year => month_before(today, month),
            Self::All => month_before(today, MONTHS - 1),
        }
    }
}

/// The first day of the month that was so many months ago.
fn month_before(today: Date, months: i32) -> Date {
    let first = today.first_of_month();
    first.checked_sub(jiff::Span::new().months(months)).unwrap_or(first)
}

/// Where a case was settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Step {
    /// Between the liaisons.
    Liaisons,
    /// By the lead.
    Lead,
    /// By the committee.
    Committee,
    /// Nowhere: it was taken back.
    Withdrawn,
    /// Nowhere yet.
    Open,
}

impl Step {
    /// All, in their order.
    pub const ALL: [Self; 5] = [Self::Liaisons, Self::Lead, Self::Committee, Self::Withdrawn, Self::Open];

    /// On screen.
    #[must_use]
    pub fn label(self, t: T) -> String {
        match self {
            Self::Liaisons => t.ledger_step_liaisons(),
            Self::Lead => t.ledger_step_lead(),
            Self::Committee => t.ledger_step_committee(),
            Self::Withdrawn => t.ledger_step_withdrawn(),
            Self::Open => t.ledger_step_open(),
        }
    }
}

/// One disagreement: an escalation, or a declined request that did not become one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Key of its project.
    pub project: String,
    /// Its number there.
    pub number: i32,
    /// Code of its kind; none for a declined request.
    pub kind: Option<String>,
    /// The side that raised it or asked.
    pub from: String,
    /// The other side.
    pub to: String,
    /// The day on which it was raised or first declined, in the organisation's zone.
    pub on: Date,
    /// Where it was settled.
    pub step: Step,
    /// Working minutes until an escalation was settled; none for anything else.
    pub minutes: Option<i64>,
}

/// Two sides in no order: A×B is B×A.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair(String, String);

impl Pair {
    /// Of two sides.
    #[must_use]
    pub fn new(one: &str, other: &str) -> Self {
        let (first, second) = if one <= other { (one, other) } else { (other, one) };
        Self(first.to_owned(), second.to_owned())
    }

    /// Both of them.
    #[must_use]
    pub fn sides(&self) -> [&str; 2] {
        [&self.0, &self.1]
    }
}

/// The figures of some rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many.
    pub cases: i64,
    steps: [i64; Step::ALL.len()],
    minutes: Vec<i64>,
}

impl Tally {
    fn add(&mut self, row: &Row) {
        self.cases += 1;
        for (count, step) in self.steps.iter_mut().zip(Step::ALL) {
            *count += i64::from(step == row.step);
        }
        self.minutes.extend(row.minutes);
    }

    /// How many were settled at each step, in the order of [`Step::ALL`].
    #[must_use]
    pub fn steps(&self) -> [i64; Step::ALL.len()] {
        self.steps
    }

    /// The median of the working minutes until they were settled; between two the mean. None when none was.
    #[must_use]
    pub fn median(&self) -> Option<i64> {
        let mut minutes = self.minutes.clone();
        minutes.sort_unstable();
        let upper = *minutes.get(minutes.len() / 2)?;
        let lower = minutes.get((minutes.len() - 1) / 2).copied().unwrap_or(upper);
        Some(lower.midpoint(upper))
    }
}

/// What is told of a pair and kind: the figures, and the cases themselves as evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The figures.
    pub tally: Tally,
    /// Project and number, in the order of the rows.
    pub cases: Vec<(String, i32)>,
}

/// One month of the trend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Month {
    /// Escalations raised.
    pub escalations: i64,
    /// Requests declined.
    pub declined: i64,
}

/// The whole ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Everything together.
    pub total: Tally,
    /// By pair.
    pub pairs: BTreeMap<Pair, Tally>,
    /// By pair and kind; none is a declined request.
    pub lines: BTreeMap<(Pair, Option<String>), Line>,
    /// By the first day of the month, without a gap.
    pub months: BTreeMap<Date, Month>,
}

impl Ledger {
    /// Of these rows.
    #[must_use]
    pub fn of(rows: &[Row]) -> Self {
        let mut ledger = Self::default();
        for row in rows {
            let pair = Pair::new(&row.from, &row.to);
            ledger.total.add(row);
            ledger.pairs.entry(pair.clone()).or_default().add(row);
            let line = ledger.lines.entry((pair, row.kind.clone())).or_default();
            line.tally.add(row);
            line.cases.push((row.project.clone(), row.number));
            let month = ledger.months.entry(row.on.first_of_month()).or_default();
            month.escalations += i64::from(row.kind.is_some());
            month.declined += i64::from(row.kind.is_none());
        }
        let ends = ledger.months.first_key_value().zip(ledger.months.last_key_value());
        if let Some((first, last)) = ends.map(|((first, _), (last, _))| (*first, *last)) {
            for month in first.series(jiff::Span::new().months(1)).take_while(|month| *month < last) {
                ledger.months.entry(month).or_default();
            }
        }
        ledger
    }
}

/// One request that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Who asks.
    pub from: String,
    /// Who is asked.
    pub to: String,
    /// Where it is.
    pub state: State,
    /// The first answer came in its time.
    pub is_in_time: bool,
    /// What was promised slipped.
    pub has_slipped: bool,
}

/// The figures of some requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Asked; the sum of the six below.
    pub asked: i64,
    /// Whoever is asked owes an answer, be it again.
    pub owed: i64,
    /// Another date is offered, and whoever asks owes the answer.
    pub countered: i64,
    /// Promised.
    pub agreed: i64,
    /// Declined.
    pub declined: i64,
    /// Withdrawn.
    pub withdrawn: i64,
    /// Escalated.
    pub escalated: i64,
    /// Answered, the first time in time, and no answer is owed by whoever is asked.
    pub in_time: i64,
    /// Promised and slipped.
    pub slipped: i64,
}

/// Who asks whom: rows ask, columns are asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map(BTreeMap<(String, String), Cell>);

impl Map {
    /// Of these requests.
    #[must_use]
    pub fn of(asked: Vec<Asked>) -> Self {
        let mut map = Self::default();
        for one in asked {
            let cell = map.0.entry((one.from, one.to)).or_default();
            cell.asked += 1;
            *match one.state {
                State::Asked => &mut cell.owed,
                State::Countered => &mut cell.countered,
                State::Accepted => &mut cell.agreed,
                State::Declined => &mut cell.declined,
                State::Withdrawn => &mut cell.withdrawn,
                State::Escalated => &mut cell.escalated,
            } += 1;
            cell.in_time += i64::from(one.is_in_time && one.state != State::Asked);
            cell.slipped += i64::from(one.has_slipped);
        }
        map
    }

    /// Nobody asked anybody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What one side asked of another.
    #[must_use]
    pub fn cell(&self, from: &str, to: &str) -> Cell {
        self.0.get(&(from.to_owned(), to.to_owned())).copied().unwrap_or_default()
    }

    /// Whether a side asks, and whether it is asked.
    #[must_use]
    pub fn takes_part(&self, side: &str) -> (bool, bool) {
        (self.0.keys().any(|(from, _)| from == side), self.0.keys().any(|(_, to)| to == side))
    }
}

#[cfg(test)]
mod tests;
