//! What a change that was too large for the lead would do, as an escalation carries it to the chair; pure.

use super::actions::is_possible;
use crate::{
    goals::{figures::Scale, split::model::Terms, view::asked_in_words},
    platform::{ids::KeyResultId, locale::T},
};
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

/// What a proposed change is about, as it stands.
#[derive(Clone, Debug, Deserialize)]
pub struct About {
    /// A key result with its place; none for the commercial plan.
    pub name: Option<String>,
    /// What its amounts are steps of.
    pub scale: Scale,
    /// Where the key result starts.
    pub baseline: Option<i64>,
    /// The first month of its split.
    pub starts_on: Option<Date>,
    /// The committee has signed it off: without that no change of it is too large for the lead.
    pub is_signed: bool,
}

impl Proposed {
    /// Whether a decision could do it.
    #[must_use]
    pub fn is_possible(&self, about: &About) -> bool {
        let can_be = match (self, about.baseline.zip(about.starts_on)) {
            (Self::SetTarget { target, due_on, .. }, Some((baseline, starts_on))) => {
                is_possible(&about.scale, &Terms { baseline, target: *target, starts_on, due_on: *due_on })
            }
            (Self::DropKeyResult { .. }, Some(_)) => true,
            (Self::SetEnvelope { to }, None) => *to >= 0,
            _ => false,
        };
        can_be && about.is_signed
    }

    /// What it does, as everybody reads it before it is decided.
    #[must_use]
    pub fn in_words(&self, t: T, about: &About) -> String {
        let name = about.name.as_deref().unwrap_or_default();
        match self {
            Self::SetTarget { target, due_on, .. } => {
                let asked = (about.baseline.unwrap_or_default(), *target, *due_on);
                t.labelled(name, asked_in_words(t, &about.scale, asked))
            }
            Self::DropKeyResult { .. } => t.decisions_then_drops_key_result(name),
            Self::SetEnvelope { to } => t.labelled(t.goals_money_envelope(), about.scale.full(t, *to)),
        }
    }

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
