//! What the people of the story want to reach, how they split it, and what they reached.

use super::Text;
use serde::Deserialize;

/// The strategy of a project.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strategy {
    /// Where it leads.
    pub vision: Text,
    /// How it gets there.
    pub strategy: Text,
    /// Who is it for?
    pub audience: Text,
    /// Why would they want and buy it?
    pub need: Text,
    /// What is it and why choose it over others?
    pub difference: Text,
    /// What is it worth to the company?
    pub worth: Text,
    /// Why it changes; none of the first.
    pub reason: Option<Text>,
}

/// A key result. Months are counted from the present one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyResult {
    /// The place of its objective.
    pub objective: i16,
    /// What is reached.
    pub title: Text,
    /// Code of the part that answers for it.
    pub part: String,
    /// `additive`, `ratio` or `level`.
    pub measure: String,
    /// `number`, `money` or `percent`.
    pub unit_kind: String,
    /// What is counted.
    pub unit: Option<Text>,
    /// Which money.
    pub currency: Option<String>,
    /// What a ratio is counted over.
    pub base_unit: Option<Text>,
    /// How fine.
    #[serde(default)]
    pub decimals: u8,
    /// Where it starts.
    pub baseline: String,
    /// Where it has to get.
    pub target: String,
    /// Its first month.
    pub first: i32,
    /// How many months.
    pub months: i32,
}

/// An indicator.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kpi {
    /// What it watches.
    pub title: Text,
    /// Code of the department.
    pub part: String,
    /// `additive`, `ratio` or `level`.
    pub measure: String,
    /// `number`, `money` or `percent`.
    pub unit_kind: String,
    /// What is counted.
    pub unit: Option<Text>,
    /// Which money.
    pub currency: Option<String>,
    /// What a ratio is counted over.
    pub base_unit: Option<Text>,
    /// `week` or `month`.
    pub cadence: String,
    /// `up` or `down`.
    pub better: String,
    /// Where it should be.
    pub target: String,
    /// From here on it needs a look.
    pub warning: String,
    /// From here on it is bad.
    pub alarm: String,
    /// The figure of a gate that it answers.
    pub answers: Option<String>,
}

/// What a department owes, month by month.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Code of the part.
    pub part: String,
    /// In its words.
    pub owes: Text,
    /// How much, from the first month.
    pub amounts: Vec<String>,
    /// Of a ratio, below the line.
    #[serde(default)]
    pub bases: Vec<String>,
}

/// What a department says about one key result in a month.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// `1.2`.
    pub key_result: String,
    /// How much; of a ratio, above the line.
    pub value: String,
    /// Of a ratio, below the line.
    pub base: Option<String>,
    /// Of ten.
    pub confidence: u8,
    /// One sentence.
    pub note: Text,
}

/// A line of a commercial plan.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoneyLine {
    /// `units`, `revenue`, `cost` or `arr`.
    pub kind: String,
    /// What it is called.
    pub name: Text,
    /// A cost that wins customers.
    #[serde(default)]
    pub wins: bool,
    /// How much, from the first month.
    pub amounts: Vec<String>,
}

/// What is expected of a line.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoneyRow {
    /// What it is called.
    pub name: Text,
    /// How much, from the first month that was not reported.
    pub amounts: Vec<String>,
}
