//! Where a reader of events is, what a page is told, and whose rights an event may have changed; pure.

use crate::platform::{
    ids::{EventId, PersonId, ProjectId},
    watchers::Watcher,
};
use serde_json::json;
use std::{collections::HashSet, fmt, str::FromStr};
use uuid::Uuid;

/// Milliseconds of spreading for each page that watches the same project: 250 pages a second ask again.
const SPREAD: usize = 4;
/// Least and most milliseconds over which pages spread their questions.
const SPREADS: (usize, usize) = (100, 8_000);

/// A place in the order of events: everything up to this transaction and event has been seen. Written `4711` or
/// `4711-0198…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// The transaction (`xid8`, which never wraps).
    pub transaction: i64,
    /// The event within it.
    pub event: EventId,
}

impl Cursor {
    /// Before the first event of a transaction.
    #[must_use]
    pub fn before(transaction: i64) -> Self {
        Self { transaction, event: EventId(Uuid::nil()) }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.event.uuid().is_nil() {
            write!(f, "{}", self.transaction)
        } else {
            write!(f, "{}-{}", self.transaction, self.event.uuid().simple())
        }
    }
}

impl FromStr for Cursor {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (transaction, event) = text.split_once('-').unwrap_or((text, ""));
        if !transaction.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(());
        }
        let transaction = transaction.parse().map_err(|_| ())?;
        if event.is_empty() {
            return Ok(Self::before(transaction));
        }
        Ok(Self { transaction, event: event.parse().map_err(|_| ())? })
    }
}

/// One event as the tail reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its place.
    pub cursor: Cursor,
    /// In which project; none of a person, a session or the organisation.
    pub project: Option<ProjectId>,
    /// By whom.
    pub actor: Option<PersonId>,
    /// The sort of thing.
    pub kind: String,
    /// The thing.
    pub subject: Uuid,
    /// How people call it.
    pub label: String,
}

/// Whether a page may be told what people call a thing of this sort: numbers and codes of a project, no names or addresses.
fn has_plain_label(kind: &str) -> bool {
    matches!(kind, "task" | "escalation" | "decision" | "request" | "change" | "stage" | "duty" | "part")
}

/// A message for all who watch one project, as server-sent events are written. Whoever reads it may see the whole project,
/// so it is one for all; it carries no titles and no texts. `changed` are pairs of sort and label.
#[must_use]
pub fn message(cursor: Cursor, changed: &[(&str, &str)], watchers: usize) -> String {
    let mut said = HashSet::new();
    let changed: Vec<[&str; 2]> = changed
        .iter()
        .map(|(kind, label)| [*kind, if has_plain_label(kind) { label } else { "" }])
        .filter(|pair| said.insert(*pair))
        .collect();
    let (least, most) = SPREADS;
    let within = watchers.saturating_mul(SPREAD).clamp(least, most);
    format!("id: {cursor}\ndata: {}\n\n", json!({ "changed": changed, "within": within }))
}

/// A message that says only where the reader is.
#[must_use]
pub fn greeting(cursor: Cursor) -> String {
    format!("id: {cursor}\n\n")
}

/// A message for a page of which nobody can say what it missed: everything may have changed.
#[must_use]
pub fn everything(cursor: Cursor) -> String {
    format!("id: {cursor}\ndata: {}\n\n", json!({ "changed": [["", ""]], "within": SPREADS.0 }))
}

/// Whether what happened may have changed what a watcher may see: anything in the project that they watch (a seat, its
/// visibility), or a change of the person or of their sessions.
#[must_use]
pub fn concerns(events: &[Seen], watcher: &Watcher) -> bool {
    events.iter().any(|event| match event.project {
        Some(project) => project == watcher.project,
        None => {
            matches!(event.kind.as_str(), "person" | "session")
                && (event.subject == watcher.person.uuid() || event.actor == Some(watcher.person))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::ids::new_uuid;

    #[test]
    fn cursors_are_written_and_read() {
        let whole = Cursor { transaction: 4711, event: new_uuid().into() };
        for cursor in [Cursor::before(0), Cursor::before(4711), whole] {
            assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }
        assert!(Cursor::before(4711) < whole && whole < Cursor::before(4712));
        for wrong in ["", "-", "x", "-1", "+1", "1-x", "99999999999999999999", "1 ", "1\n2"] {
            assert_eq!(wrong.parse::<Cursor>(), Err(()), "{wrong:?}");
        }
    }

    #[test]
    fn a_message_says_which_and_not_what() {
        let changed = [("task", "GEO-42"), ("task", "GEO-42"), ("seat", "su@qiming.example"), ("stage", "A1")];
        assert_eq!(
            message(Cursor::before(7), &changed, 1),
            "id: 7\ndata: {\"changed\":[[\"task\",\"GEO-42\"],[\"seat\",\"\"],[\"stage\",\"A1\"]],\"within\":100}\n\n"
        );
        let many = message(Cursor::before(7), &changed, 2_000);
        assert!(many.contains("\"within\":8000"), "{many}");
        // A label with a line break cannot make a message of its own.
        assert_eq!(message(Cursor::before(7), &[("task", "a\n\ndata: b")], 1).matches("\n\n").count(), 1);
    }

    #[test]
    fn whom_an_event_concerns() {
        let watcher = Watcher { project: new_uuid().into(), session: new_uuid().into(), person: new_uuid().into() };
        let event = |project, actor, kind: &str, subject| Seen {
            cursor: Cursor::before(1),
            project,
            actor,
            kind: kind.to_owned(),
            subject,
            label: String::new(),
        };
        let (own, other) = (watcher.person, PersonId::new());
        for (what, event, expected) in [
            ("of the project", event(Some(watcher.project), None, "seat", new_uuid()), true),
            ("of another project", event(Some(ProjectId::new()), Some(own), "task", new_uuid()), false),
            ("they signed out", event(None, Some(own), "session", new_uuid()), true),
            ("somebody signed out", event(None, Some(other), "session", new_uuid()), false),
            ("they were deactivated", event(None, Some(other), "person", own.uuid()), true),
            ("they changed the organisation", event(None, Some(own), "organisation", new_uuid()), false),
        ] {
            assert_eq!(concerns(&[event], &watcher), expected, "{what}");
        }
    }
}
