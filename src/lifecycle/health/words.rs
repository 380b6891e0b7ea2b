//! Reasons and the rule in words.

use super::model::{COMMITTEE_ESCALATIONS, EVIDENCE_DAYS, EVIDENCE_ITEMS, GATE_DAYS, Reason};
use crate::{platform::locale::T, web::paths};

impl Reason {
    /// `2 evidence items overdue, the worst by 6 days`.
    #[must_use]
    pub fn words(&self, t: T) -> String {
        match self {
            Self::EvidenceOverdue { items, days } => t.health_evidence_overdue(*days, *items),
            Self::GateOverdue { code, days } => t.health_gate_overdue(code, *days),
            Self::CommitteeOver { escalations } => t.health_committee_over(*escalations),
            Self::CommitteeWaits { escalations } => t.health_committee_waits(*escalations),
            Self::StepOver { escalations } => t.health_step_over(*escalations),
            Self::KeyResultBehind { place, title, is_far: false } => t.health_key_result_behind(place, title),
            Self::KeyResultBehind { place, title, is_far: true } => t.health_key_result_far_behind(place, title),
        }
    }

    /// Where one sees what it speaks of.
    #[must_use]
    pub fn href(&self, key: &str) -> String {
        let page = match self {
            Self::EvidenceOverdue { .. } => "work?view=list&due=overdue".to_owned(),
            Self::GateOverdue { code, .. } => format!("gates/{code}"),
            Self::CommitteeOver { .. } | Self::CommitteeWaits { .. } => "escalations?state=with_committee".to_owned(),
            Self::StepOver { .. } => "escalations?state=open".to_owned(),
            Self::KeyResultBehind { place, .. } => format!("goals/{place}"),
        };
        paths::project(key, &page).to_string()
    }
}

/// The rule, a sentence for each thing that is looked at, with the numbers that the program goes by.
#[must_use]
pub fn rule(t: T) -> Vec<String> {
    vec![
        t.health_rule_evidence(EVIDENCE_DAYS, EVIDENCE_ITEMS),
        t.health_rule_gate(GATE_DAYS),
        t.health_rule_escalations(COMMITTEE_ESCALATIONS),
        t.health_rule_pace(),
    ]
}
