//! How the votes stood when a decision was recorded, as the decision keeps it, and in words; pure.

use crate::{decisions::rules::Rule, platform::locale::T};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The votes under a decision. Empty for one that no escalation asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    /// Votes by the letter of the option.
    pub votes: BTreeMap<String, i64>,
    /// Votes for none of the options.
    pub none: i64,
    /// How many had a vote.
    pub voters: i64,
    /// How many voted.
    pub voted: i64,
    /// How many had to be heard.
    pub quorum: i64,
    /// How the committee decided; none in decisions of before there were rules.
    pub rule: Option<String>,
    /// The version of the pack that it was decided on.
    pub pack: Option<Pack>,
    /// Whoever recorded it had not voted and was heard by recording it.
    pub is_recorder_heard: bool,
    /// How many votes were cast on older options and never confirmed.
    pub out_of_date: i64,
}

/// A version of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// Its number.
    pub version: i64,
    /// Its SHA-256.
    #[serde(default)]
    pub hash: String,
}

impl Tally {
    /// As a decision keeps it.
    #[must_use]
    pub fn read(kept: &serde_json::Value) -> Self {
        Self::deserialize(kept).unwrap_or_default()
    }

    /// How many voted of how many, and the quorum, as [`votes_line`] says it.
    #[must_use]
    pub fn votes_line(&self, t: T, recorder: &str) -> String {
        votes_line(t, (self.voted, self.voters), self.quorum, Some(recorder).filter(|_| self.is_recorder_heard))
    }

    /// `A 0, B 1, C 4; 5 of 5 have voted, quorum 3; by rule: …`. Empty without votes.
    #[must_use]
    pub fn line(&self, t: T, recorder: &str) -> String {
        if self.votes.is_empty() {
            return String::new();
        }
        let counts: Vec<String> = self.votes.iter().map(|(letter, count)| format!("{letter} {count}")).collect();
        let rule = self.rule.as_deref().and_then(Rule::parse).map(|rule| t.rules_decided_by(rule.label(t)));
        let pack = self.pack.as_ref().map(|pack| t.pack_decided_on(pack.version));
        let old = (self.out_of_date > 0).then(|| t.rules_out_of_date(self.out_of_date));
        let lines = [Some(t.list(&counts)), Some(self.votes_line(t, recorder)), rule, pack, old];
        lines.into_iter().flatten().collect::<Vec<_>>().join(t.rules_tally_between().as_str())
    }
}

/// `1 of 2 have voted, quorum 2`; where somebody was heard by recording it, their name.
#[must_use]
pub fn votes_line(t: T, (voted, voters): (i64, i64), quorum: i64, heard: Option<&str>) -> String {
    match heard {
        Some(name) => t.escalation_votes_line_heard(voted, name, voters, quorum),
        None => t.escalation_votes_line(voted, voters, quorum),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::locale::Language;
    use serde_json::json;

    #[test]
    fn a_tally_says_who_was_heard() {
        let t = T(Language::English);
        for (kept, expected) in [
            (json!({}), ""),
            (
                json!({ "votes": { "A": 1, "B": 0 }, "none": 0, "voters": 2, "voted": 1, "quorum": 1 }),
                "A 1, B 0; 1 of 2 have voted, quorum 1",
            ),
            (
                json!({ "votes": { "A": 1, "B": 0 }, "voters": 2, "voted": 1, "quorum": 2, "rule": "chair", "pack": null,
                        "is_recorder_heard": true }),
                "A 1, B 0; 1 of 2 have voted, Chen was heard by recording it, quorum 2; by rule: The chair decides",
            ),
            (
                json!({ "votes": { "A": 2 }, "voters": 2, "voted": 2, "quorum": 2, "pack": { "version": 3, "hash": "ab" },
                        "out_of_date": 1 }),
                "A 2; 2 of 2 have voted, quorum 2; version 3 of the pack; 1 vote cast on older options",
            ),
        ] {
            let tally = Tally::read(&kept);
            assert_eq!(tally.line(t, "Chen"), expected, "{kept}");
            assert_eq!(Tally::read(&serde_json::to_value(&tally).unwrap()), tally);
        }
    }
}
