//! What a change that was too large for the lead would do, as an escalation carries it to the chair; pure.

use crate::platform::ids::KeyResultId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The effect that a decision for the first option would have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case", deny_unknown_fields)]
pub enum Proposed {
    /// Another target or date.
    SetTarget {
        /// Of which key result.
        key_result: KeyResultId,
        /// In steps of its scale.
        target: i64,
        /// The day.
        due_on: Date,
    },
    /// A key result less.
    DropKeyResult {
        /// Which.
        key_result: KeyResultId,
    },
    /// Another envelope.
    SetEnvelope {
        /// In steps of the plan's money.
        to: i64,
    },
}

impl Proposed {
    /// As a hidden field of a form has it; none for anything that no page of ours sends.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// For the hidden field of a form.
    #[must_use]
    pub fn field(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn it_comes_back_from_its_field() {
        let key_result = KeyResultId::new();
        for one in [
            Proposed::SetTarget { key_result, target: -3, due_on: date(2027, 6, 30) },
            Proposed::DropKeyResult { key_result },
            Proposed::SetEnvelope { to: 30_000_000 },
        ] {
            assert_eq!(Proposed::parse(&one.field()), Some(one));
        }
        for wrong in
            ["", "null", "{}", r#"{"effect":"pay_out","to":1}"#, r#"{"effect":"set_envelope","to":1,"more":2}"#]
        {
            assert_eq!(Proposed::parse(wrong), None, "{wrong}");
        }
    }
}
