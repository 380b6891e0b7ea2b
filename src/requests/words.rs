//! A request in words: its moves, and the escalation that it can become. Pure.

use super::{
    case::{Move, MoveKind, Request},
    model::State,
};
use crate::{
    decisions::{
        hearing::model::{BODY, EvidenceToAdd, LABEL, NewEvidence, STATEMENT},
        matrix::{EscalationMatrix, Kind},
        raising::model::{BACKGROUND, QUESTION},
    },
    platform::locale::T,
    projects::Part,
};
use jiff::tz::TimeZone;

/// The category of escalations about requests in `blueprints/escalations.toml`.
const CATEGORY: &str = "resources";
/// The kind that fits best, where the two departments have it.
const KIND: &str = "resource_shortage";

/// What a move says, such as `Sales offers Fri 27 Nov`.
#[must_use]
pub fn said(t: T, one: &Move, from: &str, to: &str) -> String {
    let day = one.day.map(|day| t.date(day)).unwrap_or_default();
    match one.kind {
        MoveKind::Asked => t.request_said_asked(day, from, to),
        MoveKind::Accepted => t.request_said_accepted(day, to),
        MoveKind::Countered => t.request_said_countered(day, to),
        MoveKind::Declined => t.request_said_declined(to),
        MoveKind::Agreed => t.request_said_agreed(day, from),
        MoveKind::Insisted => t.request_said_insisted(day, from),
        MoveKind::Redated => t.request_said_redated(day, from),
        MoveKind::Withdrawn => t.request_said_withdrawn(from),
        MoveKind::Escalated if one.by.is_none() => t.request_said_escalated_by_itself(),
        MoveKind::Escalated => t.request_said_escalated(from),
    }
}

/// That the task of a promise was dropped, by its name; none while there is no promise or somebody works on it.
#[must_use]
pub fn dropped(t: T, request: &Request) -> Option<String> {
    let task = request.promised.as_ref().filter(|_| request.standing.is_broken())?;
    Some(t.request_dropped(t.title(&task.title, task.title_zh.as_deref())))
}

/// Why a request can become an escalation, in a sentence: nobody answered, the last two answers were no yes, or what was
/// promised was dropped.
#[must_use]
pub fn why_escalated(t: T, request: &Request) -> String {
    if let Some(dropped) = dropped(t, request) {
        return dropped;
    }
    if request.standing.state == State::Asked {
        return t.request_unanswered();
    }
    let mut answers = request.moves.iter().rev().map(|one| one.kind).filter(|kind| kind.is_answer());
    match (answers.next(), answers.next()) {
        (Some(MoveKind::Declined), Some(MoveKind::Countered)) => t.request_offered_then_refused(),
        (Some(MoveKind::Countered), Some(MoveKind::Declined)) => t.request_refused_then_offered(),
        (Some(MoveKind::Countered), _) => t.request_offered_twice(),
        _ => t.request_refused_twice(),
    }
}

/// The escalation that a request can become.
#[derive(Debug)]
pub struct Filled {
    /// In one sentence.
    pub question: String,
    /// What was asked for, Markdown.
    pub background: String,
    /// What the asker says.
    pub position: String,
    /// What the evidence is called.
    pub label: String,
    /// The thread, Markdown.
    pub thread: String,
    /// Its kind.
    pub kind: Option<&'static Kind>,
}

/// Fills it from the thread.
#[must_use]
pub fn filled(
    t: T,
    zone: &TimeZone,
    matrix: &'static EscalationMatrix,
    request: &Request,
    (from, to): (&Part, &Part),
) -> Filled {
    let (asker, asked) = (from.name(t), to.name(t));
    let wanted = t.date(request.wanted_on);
    let lines = request.moves.iter().map(|one| {
        let at = one.at.to_zoned(zone.clone());
        let when = format!("{} {}", t.date(at.date()), at.strftime("%H:%M"));
        let line = t.request_thread_line(said(t, one, asker, asked), when);
        let note = one.note.split_whitespace().collect::<Vec<_>>().join(" ");
        if note.is_empty() { format!("- {line}") } else { format!("- {}", t.request_thread_line_with(line, note)) }
    });
    let intro = t.request_background(asked, asker, wanted.as_str(), request.label());
    let details = Some(request.details.clone()).filter(|details| !details.is_empty());
    let background: Vec<String> = std::iter::once(intro).chain(dropped(t, request)).chain(details).collect();
    Filled {
        question: cut(&t.request_question(wanted.as_str(), asked, request.title.as_str()), QUESTION),
        background: cut(&background.join("\n\n"), BACKGROUND),
        position: cut(request.last_word(), STATEMENT),
        label: t.request_evidence(request.label()),
        thread: cut(&lines.collect::<Vec<_>>().join("\n"), BODY),
        kind: kind(matrix, &from.code, &to.code),
    }
}

/// The label of the form is the thread's, whatever else is evidence beside it: a link and a task go by their own names.
pub fn label_thread(evidence: &mut [EvidenceToAdd], label: &str) {
    let is_thread = |piece: &EvidenceToAdd| matches!(&piece.what, NewEvidence::Text { body, .. } if !body.is_empty());
    if label.is_empty() || !evidence.iter().any(is_thread) {
        return;
    }
    for piece in evidence {
        match &mut piece.what {
            NewEvidence::Text { label: name, .. } => label.clone_into(name),
            NewEvidence::Task { label: name, .. } => name.clear(),
            NewEvidence::Link { label: name, url } => *name = url.chars().take(LABEL).collect(),
        }
    }
}

/// The kind of disagreement: about resources, where the two departments have such a kind.
fn kind(matrix: &'static EscalationMatrix, from: &str, to: &str) -> Option<&'static Kind> {
    let fitting = matrix.kinds_for((from, to));
    let by_code = fitting.iter().find(|kind| kind.code == KIND);
    let by_category = || fitting.iter().rev().find(|kind| kind.category == CATEGORY);
    by_code.or_else(by_category).or_else(|| fitting.last()).copied()
}

/// At most so many characters.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        decisions::{
            hearing::model::{read_evidence, with_ids},
            matrix::matrix,
        },
        platform::{ids::EvidenceId, locale::Language},
        web::{Errors, Fields},
    };

    #[test]
    fn the_label_is_the_threads_and_the_task_and_the_link_have_their_own_names() {
        let (label, body, url) = ("Request R-1: the thread", "- 26 Nov 2026 10:16: R&D asks", "https://a.example/x");
        let text = |label: &str| NewEvidence::Text { label: label.into(), body: body.into() };
        let task = |label: &str| NewEvidence::Task { number: 7, label: label.into() };
        let link = |label: &str| NewEvidence::Link { label: label.into(), url: url.into() };
        for (pairs, expected) in [
            (vec![("evidence_label", label), ("evidence_body", body)], vec![text(label)]),
            (
                vec![("evidence_label", label), ("evidence_body", body), ("evidence_task", "7")],
                vec![task(""), text(label)],
            ),
            (
                vec![
                    ("evidence_label", label),
                    ("evidence_body", body),
                    ("evidence_task", "GEO-7"),
                    ("evidence_url", url),
                ],
                vec![link(url), task(""), text(label)],
            ),
            // Without the thread it says what the other shows, as everywhere.
            (vec![("evidence_label", "Calls"), ("evidence_task", "7")], vec![task("Calls")]),
            (vec![("evidence_body", body), ("evidence_task", "7")], vec![task(""), text(body)]),
        ] {
            let fields = Fields::of(&pairs);
            let read = read_evidence(T(Language::English), "GEO", &fields, &mut Errors::none());
            let mut pieces = with_ids(EvidenceId::new(), read);
            label_thread(&mut pieces, fields.get("evidence_label"));
            let pieces: Vec<NewEvidence> = pieces.into_iter().map(|piece| piece.what).collect();
            assert_eq!(pieces, expected, "{pairs:?}");
        }
    }

    #[test]
    fn every_pair_has_a_kind_about_resources() {
        let matrix = matrix().unwrap();
        for (from, to, expected) in [
            ("MKT", "SAL", "resource_shortage"),
            ("SAL", "MKT", "resource_shortage"),
            ("LEAD", "RND", "resource_shortage"),
            ("FOO", "BAR", "resource_shortage"),
        ] {
            let kind = kind(matrix, from, to).unwrap();
            assert_eq!((kind.code.as_str(), kind.category.as_str()), (expected, CATEGORY), "{from} {to}");
        }
    }

    #[test]
    fn a_question_fits_its_field() {
        let t = T(Language::English);
        let question = t.request_question("20 Nov 2026", "x".repeat(80), "y".repeat(120));
        assert_eq!(cut(&question, QUESTION).chars().count(), QUESTION);
        assert_eq!(cut("short", QUESTION), "short");
    }
}
