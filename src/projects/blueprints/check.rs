//! What a gate rule asks for, typed, so that it can be stored, shown and computed (ARCHITECTURE §2, "stage, gate").
//!
//! Some checks the data answers: liaisons, items done, decisions, goals. The others a person attests with a value and a link
//! to evidence ([`Attestation`]). A rule that mixes both is [`Check::All`] of its parts.
//!
//! A figure that was attested until the program came to know it stays as it is in blueprints and in the database, so that an
//! earlier release reads it; [`Check::computed`] turns it into what the data answers when it is read.

use serde::{Deserialize, Serialize};

use crate::platform::locale::Bilingual;

/// A condition of a gate rule. Stored as JSON with its `kind`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Check {
    /// Every active department of the project has a liaison.
    LiaisonCoverage,
    /// The tasks of these items are done.
    ItemsDone {
        /// Ids of items.
        items: Vec<String>,
    },
    /// The light of an item is not this one. An item has no light of its own: it is red until its task is done, and
    /// red again while the task is flagged as blocked.
    ItemStatusNot {
        /// Id of the item.
        item: String,
        /// The light that keeps the gate closed.
        status: ItemLight,
    },
    /// Every evidence item of the gate's stage is done.
    GateItemsOpenZero,
    /// The committee has recorded a decision of this kind. A recorded decision had its quorum (ARCHITECTURE §6).
    DecisionRecorded {
        /// What it decided about.
        decision: DecisionKind,
        /// Only a decision of the last so many calendar days counts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        within_days: Option<u16>,
    },
    /// There are one to three objectives, each with one to three key results.
    ObjectivesComplete,
    /// Of every key result nothing is left to be split.
    SplitComplete,
    /// The day of break-even is recorded in the commercial plan.
    BreakEvenRecorded,
    /// Break-even is expected at most so many days after the planned day.
    BreakEvenSlipAtMost {
        /// Calendar days.
        days: u16,
    },
    /// Whoever speaks for a department has read the playbook in force and answered its questions, of every department.
    PlaybookAcknowledged,
    /// A person says so, with a value and a link to evidence.
    Attested(Attestation),
    /// Every one of these holds.
    All {
        /// The parts.
        of: Vec<Check>,
    },
    /// At least one of these holds.
    Any {
        /// The parts.
        of: Vec<Check>,
    },
}

/// The figures that a person attested once and that the data answers now, each with the check that asks for it. What was
/// attested for one of them counts no more.
const COMPUTED: [(&str, Check); 5] = [
    ("objectives", Check::ObjectivesComplete),
    ("key_results_per_objective", Check::ObjectivesComplete),
    ("key_results_unallocated", Check::SplitComplete),
    ("playbook_acknowledged", Check::PlaybookAcknowledged),
    ("playbook_check_passed", Check::PlaybookAcknowledged),
];

/// The same of the commercial plan.
const RECORDED: &str = "break_even_month_recorded";
const SLIP: &str = "break_even_slip";

/// What answers a figure of the commercial plan.
fn of_money(asked: &Attestation) -> Option<Check> {
    match asked.metric.as_str() {
        RECORDED => Some(Check::BreakEvenRecorded),
        SLIP => {
            let days = format!("{:.0}", asked.threshold).parse().ok()?;
            Some(Check::BreakEvenSlipAtMost { days })
        }
        _ => None,
    }
}

/// A light that an item can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemLight {
    /// Not fit to go on.
    Red,
}

/// What a committee decision that opens a gate is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    /// Go or no-go of a launch.
    Go,
    /// The price.
    Price,
    /// The quarterly review: invest, hold, change or retire.
    QuarterReview,
    /// Changes beyond the change budget.
    Change,
    /// A later break-even than planned.
    BreakEven,
}

impl DecisionKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Go, Self::Price, Self::QuarterReview, Self::Change, Self::BreakEven];

    /// The text in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Go => "go",
            Self::Price => "price",
            Self::QuarterReview => "quarter_review",
            Self::Change => "change",
            Self::BreakEven => "break_even",
        }
    }
}

/// A figure that a person attests, and what it must be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attestation {
    /// The figure's code; the same code means the same figure in every rule.
    pub metric: String,
    /// English label of the field.
    pub en: String,
    /// Chinese label of the field.
    pub zh: String,
    /// How the figure compares with the threshold.
    pub comparison: Comparison,
    /// In `unit`; for yes or no, 1 is yes.
    pub threshold: f64,
    /// The upper end, only for [`Comparison::Between`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<f64>,
    /// What the figure is counted in.
    pub unit: Unit,
}

/// How an attested figure must compare with its threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// The threshold or more.
    AtLeast,
    /// The threshold or less.
    AtMost,
    /// More than the threshold.
    MoreThan,
    /// The threshold itself.
    Exactly,
    /// From the threshold to the upper end, both included.
    Between,
    /// Yes.
    IsTrue,
}

/// What an attested figure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Per hundred.
    Percent,
    /// A number of things.
    Count,
    /// Calendar days.
    Days,
    /// Points of a score.
    Points,
    /// Yes is 1, no is 0.
    YesNo,
}

impl Attestation {
    /// The label in both languages.
    pub fn label(&self) -> Bilingual {
        Bilingual { en: self.en.clone(), zh: self.zh.clone() }
    }

    /// Whether `value`, in the attestation's unit, satisfies it. A value that is not a number never does.
    pub fn is_met_by(&self, value: f64) -> bool {
        let same = |a: f64, b: f64| (a - b).abs() < 1e-9;
        match self.comparison {
            Comparison::AtLeast => value >= self.threshold,
            Comparison::AtMost => value <= self.threshold,
            Comparison::MoreThan => value > self.threshold,
            Comparison::Exactly => same(value, self.threshold),
            Comparison::Between => value >= self.threshold && self.upper.is_some_and(|upper| value <= upper),
            Comparison::IsTrue => same(value, 1.0),
        }
    }

    /// What is wrong with it as data, if anything.
    pub(super) fn fault(&self) -> Option<&'static str> {
        let is_between = self.comparison == Comparison::Between;
        if is_between != self.upper.is_some() {
            Some("`upper` goes with the comparison \"between\", and only with it")
        } else if self.upper.is_some_and(|upper| upper < self.threshold) {
            Some("`upper` is below `threshold`")
        } else if (self.comparison == Comparison::IsTrue) != (self.unit == Unit::YesNo) {
            Some("the comparison \"is_true\" goes with the unit \"yes_no\", and only with it")
        } else {
            None
        }
    }
}

impl Check {
    /// As the data answers it: see [`COMPUTED`]. What two figures asked for together is asked once.
    #[must_use]
    pub fn computed(self) -> Self {
        match self {
            Self::Attested(asked) => {
                let known = COMPUTED.iter().find(|(metric, _)| *metric == asked.metric);
                let known = known.map(|(_, check)| check.clone()).or_else(|| of_money(&asked));
                known.unwrap_or(Self::Attested(asked))
            }
            Self::All { of } => match each_once(of) {
                Ok(only) => only,
                Err(of) => Self::All { of },
            },
            Self::Any { of } => match each_once(of) {
                Ok(only) => only,
                Err(of) => Self::Any { of },
            },
            Self::LiaisonCoverage
            | Self::ItemsDone { .. }
            | Self::ItemStatusNot { .. }
            | Self::GateItemsOpenZero
            | Self::DecisionRecorded { .. }
            | Self::ObjectivesComplete
            | Self::SplitComplete
            | Self::BreakEvenRecorded
            | Self::BreakEvenSlipAtMost { .. }
            | Self::PlaybookAcknowledged => self,
        }
    }

    /// The words by which a stored check asks for goals: old figures and kinds.
    #[must_use]
    pub fn of_goals() -> Vec<String> {
        words_of(|check| *check != Self::PlaybookAcknowledged, &["objectives_complete", "split_complete"])
    }

    /// The words by which a stored check asks for the playbook.
    #[must_use]
    pub fn of_playbook() -> Vec<String> {
        words_of(|check| *check == Self::PlaybookAcknowledged, &["playbook_acknowledged"])
    }

    /// The words by which a stored check asks for the commercial plan.
    #[must_use]
    pub fn of_money() -> Vec<String> {
        [RECORDED, SLIP, "break_even_recorded", "break_even_slip_at_most"].map(str::to_owned).into()
    }

    /// The conditions it is made of, without the `All` and `Any` around them, in the order of the file.
    pub fn leaves(&self) -> Vec<&Self> {
        match self {
            Self::All { of } | Self::Any { of } => of.iter().flat_map(Self::leaves).collect(),
            Self::LiaisonCoverage
            | Self::ItemsDone { .. }
            | Self::ItemStatusNot { .. }
            | Self::GateItemsOpenZero
            | Self::DecisionRecorded { .. }
            | Self::ObjectivesComplete
            | Self::SplitComplete
            | Self::BreakEvenRecorded
            | Self::BreakEvenSlipAtMost { .. }
            | Self::PlaybookAcknowledged
            | Self::Attested(_) => vec![self],
        }
    }

    /// Whether it asks for the committee's go.
    #[must_use]
    pub fn asks_go(&self) -> bool {
        self.leaves().into_iter().any(|leaf| matches!(leaf, Self::DecisionRecorded { decision: DecisionKind::Go, .. }))
    }

    /// The figures that a person has to attest.
    pub fn attestations(&self) -> Vec<&Attestation> {
        self.leaves()
            .into_iter()
            .filter_map(|leaf| if let Self::Attested(attestation) = leaf { Some(attestation) } else { None })
            .collect()
    }

    /// Whether any part of it waits for a person's word.
    pub fn needs_attestation(&self) -> bool {
        !self.attestations().is_empty()
    }

    /// Whether the data answers all of it.
    pub fn is_computable(&self) -> bool {
        !self.needs_attestation()
    }

    /// Whether some of its conditions stand for others.
    pub fn has_choice(&self) -> bool {
        match self {
            Self::Any { .. } => true,
            Self::All { of } => of.iter().any(Self::has_choice),
            Self::LiaisonCoverage
            | Self::ItemsDone { .. }
            | Self::ItemStatusNot { .. }
            | Self::GateItemsOpenZero
            | Self::DecisionRecorded { .. }
            | Self::ObjectivesComplete
            | Self::SplitComplete
            | Self::BreakEvenRecorded
            | Self::BreakEvenSlipAtMost { .. }
            | Self::PlaybookAcknowledged
            | Self::Attested(_) => false,
        }
    }

    /// Ids of the items it names.
    pub fn items(&self) -> Vec<&str> {
        self.leaves().into_iter().flat_map(Self::own_items).collect()
    }

    fn own_items(&self) -> Vec<&str> {
        match self {
            Self::ItemsDone { items } => items.iter().map(String::as_str).collect(),
            Self::ItemStatusNot { item, .. } => vec![item.as_str()],
            Self::LiaisonCoverage
            | Self::GateItemsOpenZero
            | Self::DecisionRecorded { .. }
            | Self::ObjectivesComplete
            | Self::SplitComplete
            | Self::BreakEvenRecorded
            | Self::BreakEvenSlipAtMost { .. }
            | Self::PlaybookAcknowledged
            | Self::Attested(_)
            | Self::All { .. }
            | Self::Any { .. } => Vec::new(),
        }
    }

    /// Whether the rule holds, given the answer to each of its [`leaves`](Self::leaves).
    pub fn holds(&self, leaf: &dyn Fn(&Self) -> bool) -> bool {
        match self {
            Self::All { of } => of.iter().all(|part| part.holds(leaf)),
            Self::Any { of } => of.iter().any(|part| part.holds(leaf)),
            Self::LiaisonCoverage
            | Self::ItemsDone { .. }
            | Self::ItemStatusNot { .. }
            | Self::GateItemsOpenZero
            | Self::DecisionRecorded { .. }
            | Self::ObjectivesComplete
            | Self::SplitComplete
            | Self::BreakEvenRecorded
            | Self::BreakEvenSlipAtMost { .. }
            | Self::PlaybookAcknowledged
            | Self::Attested(_) => leaf(self),
        }
    }
}

/// Old figures that ask for such a check, and the kinds of it.
fn words_of(is_meant: impl Fn(&Check) -> bool, kinds: &[&str]) -> Vec<String> {
    let figures = COMPUTED.iter().filter(|(_, check)| is_meant(check)).map(|(metric, _)| *metric);
    let mut words: Vec<String> = figures.chain(kinds.iter().copied()).map(str::to_owned).collect();
    words.dedup();
    words
}

/// The parts as the data answers them, each once: the only one, or all of them.
fn each_once(of: Vec<Check>) -> Result<Check, Vec<Check>> {
    let mut found: Vec<Check> = Vec::with_capacity(of.len());
    for part in of.into_iter().map(Check::computed) {
        if !found.contains(&part) {
            found.push(part);
        }
    }
    match (found.pop(), found.is_empty()) {
        (Some(only), true) => Ok(only),
        (last, _) => {
            found.extend(last);
            Err(found)
        }
    }
}
