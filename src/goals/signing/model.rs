//! How far the goals are from being signed off; pure.
//!
//! The lead proposes them as they stand: a fingerprint of objectives, of what key results ask for and of their split. As soon as
//! any of it changes, the committee signs nothing off before the lead proposes it again.

use crate::{
    goals::model::{Goals, KeyResult, Place},
    platform::ids::{GoalProposalId, hex},
};
use jiff::Timestamp;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// What the lead put before the committee last.
#[derive(Clone, Debug, Deserialize)]
pub struct Proposal {
    /// Its id.
    pub id: GoalProposalId,
    /// From 1.
    pub number: i32,
    /// Of everything that was proposed.
    pub fingerprint: String,
    /// Of the objectives alone; none of a proposal of an earlier release.
    #[serde(default)]
    pub objectives: Option<String>,
    /// What the lead says about it; may be empty.
    pub note: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The number of the decision that signed it off; none while it waits.
    pub decision: Option<i32>,
    /// When it was signed off.
    pub signed_at: Option<Timestamp>,
}

/// Where the goals stand between lead and committee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Never proposed.
    Draft,
    /// Proposed as they stand: the committee's turn.
    Waits,
    /// Changed since they were proposed: to be proposed again.
    Stale,
    /// Signed off; so many key results changed since, within what the lead may.
    Signed(usize),
    /// Signed off; an objective was worded anew, added or dropped since.
    Reworded,
    /// Signed off once; so many key results are new since.
    New(usize),
}

/// Of everything that is signed off: objectives, what key results ask for, and how they are split.
#[must_use]
pub fn fingerprint(goals: &Goals) -> String {
    let mut text = String::new();
    for objective in &goals.0 {
        text.push_str(&format!("{} {}\n", objective.id, objective.version));
        for one in &objective.key_results {
            text.push_str(&format!("{} {} {} {}\n", one.id, one.version, one.terms, one.split_version));
        }
    }
    hex(&Sha256::digest(text.as_bytes())).chars().take(32).collect()
}

/// Of the objectives alone: which there are, and how they are worded.
#[must_use]
pub fn objectives(goals: &Goals) -> String {
    let text: String = goals.0.iter().map(|one| format!("{} {}\n", one.id, one.version)).collect();
    hex(&Sha256::digest(text.as_bytes())).chars().take(32).collect()
}

/// Where the goals stand.
#[must_use]
pub fn standing(goals: &Goals, proposal: Option<&Proposal>) -> Standing {
    let open = proposal.filter(|proposal| proposal.decision.is_none());
    let is_reworded = || {
        let proposed = proposal.and_then(|proposal| proposal.objectives.as_deref());
        proposed.is_some_and(|proposed| proposed != objectives(goals))
    };
    let is_signed = goals.key_results().any(|(_, one)| one.signed.is_some());
    match open {
        Some(open) if open.fingerprint == fingerprint(goals) => Standing::Waits,
        Some(_) => Standing::Stale,
        None if !is_signed => Standing::Draft,
        None => match goals.key_results().filter(|(_, one)| one.signed.is_none()).count() {
            0 if is_reworded() => Standing::Reworded,
            0 => Standing::Signed(changed(goals).count()),
            new => Standing::New(new),
        },
    }
}

/// Key results that stand otherwise than they were signed off.
pub fn changed(goals: &Goals) -> impl Iterator<Item = (Place, &KeyResult)> {
    goals.key_results().filter(|(_, one)| one.is_as_signed() == Some(false))
}

impl Standing {
    /// Whether the lead has something to propose.
    #[must_use]
    pub fn may_be_proposed(self) -> bool {
        !matches!(self, Self::Waits | Self::Signed(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// One objective with key results of a target, and what of it was signed off.
    fn goals(of: &[(i64, Option<i64>)]) -> Goals {
        let terms =
            |target: i64| json!({ "baseline": 0, "target": target, "starts_on": "2026-09-01", "due_on": "2027-06-30" });
        let one = |(at, (target, signed)): (usize, &(i64, Option<i64>))| {
            let mut one = json!({
                "id": format!("00000000-0000-7000-8000-00000000000{at}"), "position": at + 1, "title": "Trials", "version": 1,
                "series_id": "00000000-0000-7000-8000-000000000009", "part": "00000000-0000-7000-8000-000000000009",
                "split_version": 1, "terms": 1, "reason": "", "decision": null, "since": "2026-11-01T00:00:00Z", "by": "Lin Yue",
                "scale": { "measure": "additive", "unit_kind": "number", "unit": "trials", "base_unit": "", "decimals": 0 },
                "rows": [], "entries": [],
            });
            let signed = signed.map(|signed| {
                let mut signed = terms(signed);
                signed["decision"] = json!(4);
                signed["at"] = json!("2026-11-01T00:00:00Z");
                signed
            });
            for (name, value) in terms(*target).as_object().unwrap() {
                one[name] = value.clone();
            }
            one["signed"] = json!(signed);
            one
        };
        let key_results: Vec<_> = of.iter().enumerate().map(one).collect();
        serde_json::from_value(
            json!([{ "id": "00000000-0000-7000-8000-000000000008", "position": 1, "title": "Win", "why": "",
            "version": 1, "key_results": key_results }]),
        )
        .unwrap()
    }

    fn proposal(goals: &Goals, decision: Option<i32>) -> Proposal {
        Proposal {
            id: GoalProposalId::new(),
            number: 1,
            fingerprint: fingerprint(goals),
            objectives: Some(objectives(goals)),
            note: String::new(),
            by: "Lin Yue".to_owned(),
            at: Timestamp::UNIX_EPOCH,
            decision,
            signed_at: None,
        }
    }

    #[test]
    fn goals_wait_while_they_stand_as_proposed() {
        let (fresh, more) = (goals(&[(100, None)]), goals(&[(100, None), (50, None)]));
        let open = proposal(&fresh, None);
        assert_eq!(standing(&fresh, None), Standing::Draft);
        assert_eq!(standing(&fresh, Some(&open)), Standing::Waits);
        assert_eq!(standing(&more, Some(&open)), Standing::Stale);
        let signed = goals(&[(100, Some(100))]);
        let ended = proposal(&signed, Some(4));
        assert_eq!(standing(&signed, Some(&ended)), Standing::Signed(0));
        assert_eq!(standing(&goals(&[(104, Some(100))]), Some(&ended)), Standing::Signed(1));
        assert_eq!(standing(&goals(&[(100, Some(100)), (50, None)]), Some(&ended)), Standing::New(1));
        let mut reworded = signed.clone();
        reworded.0[0].version = 2;
        assert_eq!(standing(&reworded, Some(&ended)), Standing::Reworded);
        let earlier = Proposal { objectives: None, ..ended.clone() };
        assert_eq!(standing(&reworded, Some(&earlier)), Standing::Signed(0), "nothing is known of it");
        // A target that a decision set without any proposal is signed off as well.
        assert_eq!(standing(&signed, None), Standing::Signed(0));
    }

    #[test]
    fn only_what_says_something_new_is_proposed() {
        for (standing, expected) in [
            (Standing::Draft, true),
            (Standing::Waits, false),
            (Standing::Stale, true),
            (Standing::Signed(0), false),
            (Standing::Signed(1), true),
            (Standing::Reworded, true),
            (Standing::New(1), true),
        ] {
            assert_eq!(standing.may_be_proposed(), expected, "{standing:?}");
        }
    }

    #[test]
    fn whatever_is_signed_off_is_in_the_fingerprint() {
        let first = goals(&[(100, None)]);
        let changed = |change: fn(&mut Goals)| {
            let mut goals = first.clone();
            change(&mut goals);
            fingerprint(&goals)
        };
        let prints = [
            fingerprint(&first),
            changed(|goals| goals.0[0].version = 2),
            changed(|goals| goals.0[0].key_results[0].version = 2),
            changed(|goals| goals.0[0].key_results[0].terms = 2),
            changed(|goals| goals.0[0].key_results[0].split_version = 2),
            changed(|goals| goals.0[0].key_results.clear()),
        ];
        let mut unique = prints.to_vec();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), prints.len(), "{prints:?}");
    }
}
