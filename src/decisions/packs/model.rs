//! What a pack contains, its canonical form and its hash; pure.
//!
//! The canonical form is JSON without spaces, keys in alphabetical order, lists in an order of their own: it depends on
//! what is said and not on the order in which rows were read. Names of people are no part of it, so that outsiders may
//! read every version that they are asked about.

use crate::{
    decisions::{escalations::Dossier, options::model::KNOWN},
    platform::{
        ids::{EvidenceId, PartId, hex},
        locale::T,
    },
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Digits of a hash that a page shows.
pub const SHORT: usize = 12;

/// What the committee decides on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// In one sentence.
    pub question: String,
    /// Markdown.
    pub background: String,
    /// What each side says, by the id of the side.
    pub positions: BTreeMap<PartId, Said>,
    /// What options are compared on: codes of known criteria in their order, then names of one's own (`own:…`).
    pub criteria: Vec<String>,
    /// The possible answers, by letter.
    pub options: BTreeMap<String, Answered>,
    /// What it rests on, by id: in the order in which it was added.
    pub evidence: BTreeMap<EvidenceId, Piece>,
    /// The letter of the option that the lead recommends.
    pub recommended: Option<String>,
}

/// A side's statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Markdown.
    pub statement: String,
    /// The letter of the option that the side wants.
    pub wants: Option<String>,
}

/// An option with its answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Its name.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// By criterion: the words, and the tone beside them.
    pub answers: BTreeMap<String, (String, Option<String>)>,
}

/// A piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// `link`, `task` or `text`.
    pub kind: String,
    /// What it is called.
    pub label: String,
    /// Where it is, for links.
    pub url: Option<String>,
    /// The task's number, for tasks.
    pub task: Option<i32>,
    /// What it says, for texts.
    pub body: String,
}

/// A version without its content, as an escalation carries it.
#[derive(Clone, Debug, Deserialize)]
pub struct Brief {
    /// From 1.
    pub version: i32,
    /// SHA-256 of the canonical form.
    pub hash: String,
    /// The newest version in which options, answers or criteria changed.
    pub choices_since: i32,
    /// When it was made.
    pub made_at: Timestamp,
    /// By whom; none where the clock passed it on.
    pub by: Option<String>,
    /// What it has that the version before had not.
    pub changes: Vec<super::differences::Change>,
}

impl Content {
    /// Of an escalation as it is now.
    #[must_use]
    pub fn of(dossier: &Dossier) -> Self {
        let letter = |id: Option<crate::platform::ids::OptionId>| Some(dossier.option(id?)?.letter.clone());
        let key = |criterion: &crate::decisions::escalations::dossier::Criterion| {
            criterion.code.clone().unwrap_or_else(|| format!("own:{}", criterion.name))
        };
        let mut criteria: Vec<String> = dossier.criteria.iter().map(key).collect();
        criteria.sort_by_key(|criterion| rank(criterion));
        let answers_of = |option| {
            let answered = dossier.criteria.iter().filter_map(move |criterion| {
                let answer = dossier.answer(option, criterion.id)?;
                Some((key(criterion), (answer.answer.clone(), answer.tone.clone())))
            });
            answered.collect()
        };
        Self {
            question: dossier.question.clone(),
            background: dossier.background.clone(),
            positions: dossier
                .positions
                .iter()
                .map(|position| {
                    let said = Said { statement: position.statement.clone(), wants: letter(position.wants) };
                    (position.part_id, said)
                })
                .collect(),
            options: dossier
                .options
                .iter()
                .map(|option| {
                    let answered = Answered {
                        title: option.title.clone(),
                        summary: option.summary.clone(),
                        answers: answers_of(option.id),
                    };
                    (option.letter.clone(), answered)
                })
                .collect(),
            evidence: dossier
                .evidence
                .iter()
                .map(|piece| {
                    let kept = Piece {
                        kind: piece.kind.clone(),
                        label: piece.label.clone(),
                        url: piece.url.clone(),
                        task: piece.task.as_ref().map(|task| task.number),
                        body: piece.body.clone(),
                    };
                    (piece.id, kept)
                })
                .collect(),
            recommended: letter(dossier.recommended),
            criteria,
        }
    }

    /// The canonical form.
    ///
    /// # Errors
    /// When it does not serialise, which is our fault.
    pub fn canonical(&self) -> Result<String, serde_json::Error> {
        let mut out = String::new();
        write(&serde_json::to_value(self)?, &mut out);
        Ok(out)
    }

    /// SHA-256 of the canonical form, in hexadecimal.
    ///
    /// # Errors
    /// As [`Self::canonical`].
    pub fn hash(&self) -> Result<String, serde_json::Error> {
        Ok(hex(&Sha256::digest(self.canonical()?.as_bytes())))
    }
}

/// JSON with keys in alphabetical order, whatever order a map keeps.
fn write(value: &Value, out: &mut String) {
    match value {
        Value::Object(fields) => {
            let sorted: BTreeMap<&String, &Value> = fields.iter().collect();
            out.push('{');
            for (at, (name, value)) in sorted.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(name.as_str()).to_string());
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
        Value::Array(values) => {
            out.push('[');
            for (at, value) in values.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(value, out);
            }
            out.push(']');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => out.push_str(&value.to_string()),
    }
}

/// Known criteria in their order, then one's own by name.
fn rank(criterion: &str) -> (usize, String) {
    let known = KNOWN.iter().position(|known| *known == criterion);
    (known.unwrap_or(KNOWN.len()), criterion.to_owned())
}

/// A criterion on screen.
#[must_use]
pub fn criterion_label(t: T, criterion: &str) -> String {
    match criterion.strip_prefix("own:") {
        Some(name) => name.to_owned(),
        None => crate::decisions::options::model::known_label(t, criterion),
    }
}

/// The first digits of a hash.
#[must_use]
pub fn short(hash: &str) -> &str {
    hash.get(..SHORT).unwrap_or(hash)
}

#[cfg(test)]
#[path = "model/tests.rs"]
mod tests;
