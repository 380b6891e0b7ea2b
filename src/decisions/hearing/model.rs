//! What makes a piece of evidence; pure.

use crate::{
    platform::{ids::EvidenceId, locale::T},
    web::{Errors, Fields},
};

/// Longest statement of a side, in characters.
pub const STATEMENT: usize = 5000;
/// Longest name of a piece of evidence.
pub const LABEL: usize = 300;
/// Longest text that is evidence by itself.
pub const BODY: usize = 5000;
/// Longest comment.
pub const COMMENT: usize = 10_000;

/// A piece of evidence as a form gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewEvidence {
    /// A page elsewhere.
    Link {
        /// What it is called.
        label: String,
        /// Where it is; `https://` or `http://`.
        url: String,
    },
    /// A task of the project.
    Task {
        /// Its number.
        number: i32,
        /// What it shows; empty when its title says it.
        label: String,
    },
    /// Words.
    Text {
        /// What it is called.
        label: String,
        /// What it says.
        body: String,
    },
}

impl NewEvidence {
    /// What the history calls it.
    #[must_use]
    pub fn name(&self, key: &str) -> String {
        match self {
            Self::Link { label, .. } | Self::Text { label, .. } => label.clone(),
            Self::Task { number, .. } => format!("{key}-{number}"),
        }
    }
}

/// Reads the fields `evidence_label`, `evidence_url`, `evidence_task` and `evidence_body`: a link when there is an
/// address, a task when there is a number and a text when there are words, each a piece of its own. The label names
/// the first of them, or is a text by itself. Nothing when all are empty.
#[must_use]
pub fn read_evidence(t: T, key: &str, fields: &Fields, errors: &mut Errors) -> Vec<NewEvidence> {
    let mut pieces = Vec::new();
    let mut label = fields.get("evidence_label").to_owned();
    let (url, task, body) = (fields.get("evidence_url"), fields.get("evidence_task"), fields.text("evidence_body"));
    if too_long(&label, LABEL) {
        errors.add("evidence_label", t.decisions_too_long(LABEL));
    }
    if too_long(&body, BODY) {
        errors.add("evidence_body", t.decisions_too_long(BODY));
    }
    if !url.is_empty() {
        if !is_web_address(url) {
            errors.add("evidence_url", t.decisions_evidence_url_wrong());
        }
        let named = std::mem::take(&mut label);
        let label = if named.is_empty() { url.chars().take(LABEL).collect() } else { named };
        pieces.push(NewEvidence::Link { label, url: url.to_owned() });
    }
    if !task.is_empty() {
        match task_number(key, task) {
            Some(number) => pieces.push(NewEvidence::Task { number, label: std::mem::take(&mut label) }),
            None => errors.add("evidence_task", t.decisions_evidence_task_wrong()),
        }
    }
    if !label.is_empty() || !body.is_empty() {
        let label = if label.is_empty() { first_line(&body) } else { label };
        pieces.push(NewEvidence::Text { label, body });
    }
    pieces
}

/// `42`, `GEO-42`.
#[must_use]
pub fn task_number(key: &str, text: &str) -> Option<i32> {
    let digits = match text.rsplit_once('-') {
        Some((prefix, digits)) if prefix.eq_ignore_ascii_case(key) => digits,
        Some(_) => return None,
        None => text,
    };
    digits.parse().ok().filter(|number| *number > 0)
}

/// Only addresses that a browser may open safely.
#[must_use]
pub fn is_web_address(text: &str) -> bool {
    text.chars().count() <= 2000
        && url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host())
}

/// In characters.
#[must_use]
pub fn too_long(text: &str, most: usize) -> bool {
    text.chars().count() > most
}

fn first_line(body: &str) -> String {
    body.lines().next().unwrap_or_default().chars().take(80).collect()
}

/// A piece of evidence about to be written; ids are made with the form.
#[derive(Debug)]
pub struct EvidenceToAdd {
    /// Made with the form.
    pub id: EvidenceId,
    /// What it is.
    pub what: NewEvidence,
}

/// The pieces of one form. The first keeps the form's id, by which the same form sent again is known.
#[must_use]
pub fn with_ids(first: EvidenceId, pieces: Vec<NewEvidence>) -> Vec<EvidenceToAdd> {
    let ids = std::iter::once(first).chain(std::iter::repeat_with(EvidenceId::new));
    ids.zip(pieces).map(|(id, what)| EvidenceToAdd { id, what }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::locale::Language;

    #[test]
    fn evidence_is_a_link_a_task_or_a_text() {
        let t = T(Language::English);
        let link = |url: &str, label: &str| NewEvidence::Link { label: label.into(), url: url.into() };
        for (pairs, expected, wrong) in [
            (
                vec![("evidence_url", "https://a.example/x")],
                vec![link("https://a.example/x", "https://a.example/x")],
                None,
            ),
            (
                vec![("evidence_url", "https://a.example"), ("evidence_label", "Calls")],
                vec![link("https://a.example", "Calls")],
                None,
            ),
            (vec![("evidence_url", "javascript:alert(1)")], vec![], Some("evidence_url")),
            (vec![("evidence_url", "notes.doc")], vec![], Some("evidence_url")),
            (vec![("evidence_task", "GEO-42")], vec![NewEvidence::Task { number: 42, label: String::new() }], None),
            (
                vec![
                    ("evidence_label", "Calls"),
                    ("evidence_url", "https://a.example"),
                    ("evidence_task", "42"),
                    ("evidence_body", "Price"),
                ],
                vec![
                    link("https://a.example", "Calls"),
                    NewEvidence::Task { number: 42, label: String::new() },
                    NewEvidence::Text { label: "Price".into(), body: "Price".into() },
                ],
                None,
            ),
            (vec![("evidence_task", "HAL-42")], vec![], Some("evidence_task")),
            (vec![("evidence_task", "x")], vec![], Some("evidence_task")),
            (
                vec![("evidence_body", "Seven of eleven\nnamed price")],
                vec![NewEvidence::Text {
                    label: "Seven of eleven".into(),
                    body: "Seven of eleven\nnamed price".into(),
                }],
                None,
            ),
            (vec![], vec![], None),
        ] {
            let mut errors = Errors::none();
            let read = read_evidence(t, "GEO", &Fields::of(&pairs), &mut errors);
            match wrong {
                Some(field) => assert!(errors.get(field).is_some(), "{pairs:?}"),
                None => assert_eq!((read, errors.is_empty()), (expected, true), "{pairs:?}"),
            }
        }
    }
}
