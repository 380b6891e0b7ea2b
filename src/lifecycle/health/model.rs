//! The rule; pure. It is fixed, the same for every project, and shown to everybody who reads a project's page.
//!
//! ```text
//!                                     at risk                  off track
//! evidence for a gate is overdue      any                      3 or more, or one by more than 10 days
//! the current stage is past its end   by a day or more         by more than 14 days
//! escalations with the committee      2 or more                one whose time is over
//! other escalations                   one whose time is over   –
//! a key result is behind its plan     more than a tenth        more than a quarter
//! ```
//!
//! Evidence are the open tasks of duties that a gate asks for as evidence. Days are calendar days, as wherever something is
//! due on a day. The worst reason decides; a project without any is on track. Other late tasks and blocked ones say nothing here:
//! they are their owner's to mend, and stand on the same pages in numbers.
//!
//! A further kind of reason is a field of [`Facts`] (and of `health_facts` in the migrations), a variant of [`Reason`], a line in
//! [`judge`], a sentence in `words.rs` and one in the list of what is looked at.

use crate::{
    goals::{
        model::{Goals, KeyResult, Place},
        pace::{self, Standing},
    },
    platform::time_left::late_by,
    web::shell::Health,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// So much overdue evidence is off track.
pub const EVIDENCE_ITEMS: i64 = 3;
/// Evidence that is overdue by more days than this is off track.
pub const EVIDENCE_DAYS: i32 = 10;
/// A stage that is past its end by more days than this is off track.
pub const GATE_DAYS: i32 = 14;
/// So many escalations with the committee are a risk.
pub const COMMITTEE_ESCALATIONS: i64 = 2;

/// What is known of a project on a day, as `health_facts` in the migrations says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Evidence that is open and was due before today.
    pub evidence: Evidence,
    /// The gate of the current stage; none when there is no current stage.
    pub gate: Option<Gate>,
    /// Escalations under way.
    pub escalations: Escalations,
    /// Key results that are behind, in their order; from the goals, not from `health_facts`.
    #[serde(skip)]
    pub behind: Vec<Behind>,
}

/// A key result that is behind the plan of its split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    /// `1.2`.
    pub place: String,
    /// What it is called.
    pub title: String,
    /// By more than a quarter of the way.
    pub is_far: bool,
}

/// The key results that are behind on a day, by the figures that are asked for.
#[must_use]
pub fn behind(goals: &Goals, today: Date) -> Vec<Behind> {
    let of = |(place, one): (Place, &KeyResult)| {
        let is_far = match pace::reported(one, today)?.standing() {
            Standing::OnPace => return None,
            Standing::Behind => false,
            Standing::FarBehind => true,
        };
        Some(Behind { place: place.to_string(), title: one.title.clone(), is_far })
    };
    goals.key_results().filter_map(of).collect()
}

/// Overdue evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Evidence {
    /// How much.
    pub late: i64,
    /// When the oldest was due.
    pub oldest: Option<Date>,
}

/// A gate.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Gate {
    /// `A3`.
    pub code: String,
    /// The last day of its stage.
    pub ends_on: Date,
}

/// Escalations under way; a clock that stands is not over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Escalations {
    /// With the committee.
    pub with_committee: i64,
    /// Of these, those whose time is over.
    pub over_with_committee: i64,
    /// With liaisons or the lead, and the time of the step is over.
    pub over_before: i64,
}

/// What speaks against a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reason {
    /// Evidence is overdue.
    EvidenceOverdue {
        /// How much.
        items: i64,
        /// By how many days the worst.
        days: i32,
    },
    /// The current stage is past its planned end.
    GateOverdue {
        /// Its gate.
        code: String,
        /// By how many days.
        days: i32,
    },
    /// The committee has not decided in time.
    CommitteeOver {
        /// How many.
        escalations: i64,
    },
    /// Much waits for the committee.
    CommitteeWaits {
        /// How many.
        escalations: i64,
    },
    /// The time of liaisons or the lead is over.
    StepOver {
        /// How many.
        escalations: i64,
    },
    /// A key result is behind its plan.
    KeyResultBehind {
        /// `1.2`.
        place: String,
        /// What it is called.
        title: String,
        /// By more than a quarter of the way.
        is_far: bool,
    },
}

impl Reason {
    /// How bad it is alone.
    #[must_use]
    pub fn health(&self) -> Health {
        let is_bad = match self {
            Self::EvidenceOverdue { items, days } => *items >= EVIDENCE_ITEMS || *days > EVIDENCE_DAYS,
            Self::GateOverdue { days, .. } => *days > GATE_DAYS,
            Self::CommitteeOver { .. } => true,
            Self::KeyResultBehind { is_far, .. } => *is_far,
            Self::CommitteeWaits { .. } | Self::StepOver { .. } => false,
        };
        if is_bad { Health::OffTrack } else { Health::AtRisk }
    }

    /// Those that were kept with a project; what a newer release wrote there is left out.
    #[must_use]
    pub fn read(kept: &Value) -> Vec<Self> {
        let all = kept.as_array().into_iter().flatten();
        all.filter_map(|one| Self::deserialize(one).ok()).collect()
    }
}

/// How a project stands, and why: the worst reason first.
#[must_use]
pub fn judge(facts: &Facts, today: Date) -> (Health, Vec<Reason>) {
    let Facts { evidence, gate, escalations, behind } = facts;
    let late = |due: Date| late_by(due, today);
    let some = |count: i64| (count > 0).then_some(count);
    let reasons = [
        some(evidence.late).map(|items| Reason::EvidenceOverdue { items, days: evidence.oldest.map_or(0, late) }),
        gate.as_ref()
            .filter(|gate| late(gate.ends_on) > 0)
            .map(|gate| Reason::GateOverdue { code: gate.code.clone(), days: late(gate.ends_on) }),
        some(escalations.over_with_committee).map(|escalations| Reason::CommitteeOver { escalations }),
        some(escalations.with_committee)
            .filter(|waiting| *waiting >= COMMITTEE_ESCALATIONS)
            .map(|escalations| Reason::CommitteeWaits { escalations }),
        some(escalations.over_before).map(|escalations| Reason::StepOver { escalations }),
    ];
    let of_goals =
        behind.iter().cloned().map(|Behind { place, title, is_far }| Reason::KeyResultBehind { place, title, is_far });
    let (bad, rest): (Vec<Reason>, Vec<Reason>) =
        reasons.into_iter().flatten().chain(of_goals).partition(|reason| reason.health() == Health::OffTrack);
    let health = match (bad.is_empty(), rest.is_empty()) {
        (false, _) => Health::OffTrack,
        (true, false) => Health::AtRisk,
        (true, true) => Health::OnTrack,
    };
    (health, [bad, rest].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use Health::{AtRisk, OffTrack, OnTrack};
    use jiff::{ToSpan, civil::date};
    use serde_json::json;

    const TODAY: Date = date(2026, 11, 18);

    fn ago(days: i64) -> Date {
        TODAY.checked_sub(days.days()).unwrap()
    }

    fn evidence(late: i64, days: i64) -> Facts {
        Facts { evidence: Evidence { late, oldest: Some(ago(days)) }, ..Facts::default() }
    }

    fn gate(days: i64) -> Facts {
        Facts { gate: Some(Gate { code: "A3".into(), ends_on: ago(days) }), ..Facts::default() }
    }

    fn escalations(with_committee: i64, over_with_committee: i64, over_before: i64) -> Facts {
        Facts { escalations: Escalations { with_committee, over_with_committee, over_before }, ..Facts::default() }
    }

    #[test]
    fn the_rule_case_by_case() {
        for (facts, expected) in [
            (Facts::default(), OnTrack),
            (evidence(1, 1), AtRisk),
            (evidence(2, 10), AtRisk),
            (evidence(1, 11), OffTrack),
            (evidence(3, 1), OffTrack),
            (gate(-1), OnTrack),
            (gate(0), OnTrack),
            (gate(1), AtRisk),
            (gate(14), AtRisk),
            (gate(15), OffTrack),
            (escalations(1, 0, 0), OnTrack),
            (escalations(2, 0, 0), AtRisk),
            (escalations(9, 0, 0), AtRisk),
            (escalations(1, 1, 0), OffTrack),
            (escalations(0, 0, 1), AtRisk),
            (key_results(&[false]), AtRisk),
            (key_results(&[false, false, false]), AtRisk),
            (key_results(&[false, true]), OffTrack),
        ] {
            let (health, reasons) = judge(&facts, TODAY);
            assert_eq!(health, expected, "{facts:?}");
            assert_eq!(reasons.is_empty(), health == OnTrack, "whatever is not on track says why: {facts:?}");
        }
    }

    fn key_results(far: &[bool]) -> Facts {
        let one = |is_far: &bool| Behind { place: "1.1".into(), title: "Sign-ups".into(), is_far: *is_far };
        Facts { behind: far.iter().map(one).collect(), ..Facts::default() }
    }

    #[test]
    fn the_worst_reason_decides_and_stands_first() {
        let facts = Facts { gate: gate(15).gate, escalations: escalations(2, 0, 1).escalations, ..evidence(2, 6) };
        let (health, reasons) = judge(&facts, TODAY);
        assert_eq!(health, OffTrack);
        let expected = [
            Reason::GateOverdue { code: "A3".into(), days: 15 },
            Reason::EvidenceOverdue { items: 2, days: 6 },
            Reason::CommitteeWaits { escalations: 2 },
            Reason::StepOver { escalations: 1 },
        ];
        assert_eq!(reasons, expected);
        let (_, reasons) = judge(&escalations(2, 1, 0), TODAY);
        assert_eq!(reasons, [Reason::CommitteeOver { escalations: 1 }, Reason::CommitteeWaits { escalations: 2 }]);
    }

    #[test]
    fn reasons_are_kept_with_their_numbers_and_newer_ones_are_left_out() {
        let reasons = judge(&evidence(2, 6), TODAY).1;
        let kept = serde_json::to_value(&reasons).unwrap();
        assert_eq!(kept, json!([{"kind": "evidence_overdue", "items": 2, "days": 6}]));
        assert_eq!(Reason::read(&kept), reasons);
        let newer = json!([{"kind": "pace", "behind": 3}, {"kind": "gate_overdue", "code": "A1", "days": 2}]);
        assert_eq!(Reason::read(&newer), [Reason::GateOverdue { code: "A1".into(), days: 2 }]);
        assert_eq!(Reason::read(&json!(null)), []);
    }

    #[test]
    fn facts_of_an_older_or_newer_database_are_read() {
        let facts: Facts = serde_json::from_value(json!({"gate": null, "pace": {"x": 1}})).unwrap();
        assert_eq!(facts, Facts::default());
    }
}
