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

/// Reads the fields `evidence_label`, `evidence_url`, `evidence_task` and `evidence_body`: a link when there is an
/// address, a task when there is a number, else a text. None when all are empty.
#[must_use]
pub fn read_evidence(t: T, key: &str, fields: &Fields, errors: &mut Errors) -> Option<NewEvidence> {
    let label = fields.get("evidence_label").to_owned();
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
        let label = if label.is_empty() { url.chars().take(LABEL).collect() } else { label };
        return Some(NewEvidence::Link { label, url: url.to_owned() });
    }
    if !task.is_empty() {
        let Some(number) = task_number(key, task) else {
            errors.add("evidence_task", t.decisions_evidence_task_wrong());
            return None;
        };
        return Some(NewEvidence::Task { number, label });
    }
    match (label.is_empty(), body.is_empty()) {
        (true, true) => None,
        (true, false) => Some(NewEvidence::Text { label: first_line(&body), body }),
        (false, true) => Some(NewEvidence::Text { label, body }),
        (false, false) => Some(NewEvidence::Text { label, body }),
    }
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
                Some(link("https://a.example/x", "https://a.example/x")),
                None,
            ),
            (
                vec![("evidence_url", "https://a.example"), ("evidence_label", "Calls")],
                Some(link("https://a.example", "Calls")),
                None,
            ),
            (vec![("evidence_url", "javascript:alert(1)")], None, Some("evidence_url")),
            (vec![("evidence_url", "notes.doc")], None, Some("evidence_url")),
            (vec![("evidence_task", "GEO-42")], Some(NewEvidence::Task { number: 42, label: String::new() }), None),
            (vec![("evidence_task", "HAL-42")], None, Some("evidence_task")),
            (vec![("evidence_task", "x")], None, Some("evidence_task")),
            (
                vec![("evidence_body", "Seven of eleven\nnamed price")],
                Some(NewEvidence::Text {
                    label: "Seven of eleven".into(),
                    body: "Seven of eleven\nnamed price".into(),
                }),
                None,
            ),
            (vec![], None, None),
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
