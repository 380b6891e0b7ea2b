//! What the form of my work sends: for each row what stood in it and what stands in it now. Pure.
//!
//! The row of GEO-42 has the fields `GEO-42` (its status), `due_on.GEO-42`, `reason.GEO-42` and `waits_for.GEO-42`; the ring
//! that was pressed, if one was, is `done=GEO-42`. One
//! field `was` says of every row, a line each, what was shown: label, version, status, due date, whom it waits for and
//! why, with tabs between. So a row counts as changed only when the person changed it, not when somebody else did in
//! the meantime.

use crate::platform::clock::agreed_day;
use crate::{
    web::Fields,
    work::tasks::{Status, TaskLabel},
};
use jiff::civil::Date;
use std::collections::HashMap;

/// How a row stood or stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Where the task stands.
    pub status: Status,
    /// By when, as typed or as `2026-11-20`; empty without.
    pub due_on: String,
    /// The department's name, in the reader's language or as typed; empty for somebody outside, and of no meaning unless
    /// blocked.
    pub waits_for: String,
    /// Of no meaning unless blocked.
    pub reason: String,
}

impl Standing {
    /// The row's line of `was`.
    #[must_use]
    pub fn mark(&self, label: &str, version: i32) -> String {
        let flat = |text: &str| text.replace(['\t', '\n', '\r'], " ");
        let line = [
            label,
            &version.to_string(),
            self.status.as_str(),
            &flat(&self.due_on),
            &flat(&self.waits_for),
            &flat(&self.reason),
        ]
        .join("\t");
        line.trim_end().to_owned()
    }

    fn of_mark(line: &str) -> Option<(TaskLabel, i32, Self)> {
        let mut parts = line.split('\t');
        let label = parts.next()?.parse().ok()?;
        let version = parts.next()?.parse().ok()?;
        let status = parts.next()?.parse().ok()?;
        let mut text = || parts.next().unwrap_or_default().to_owned();
        Some((label, version, Self { status, due_on: text(), waits_for: text(), reason: text() }))
    }

    fn is_blocked(&self) -> bool {
        self.status == Status::Blocked
    }
}

/// One row of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Which task.
    pub label: TaskLabel,
    /// The version that was shown.
    pub version: i32,
    /// What was shown.
    pub was: Standing,
    /// What is wanted.
    pub now: Standing,
}

impl Sent {
    /// Whether the person changed the status, or what belongs to "blocked".
    #[must_use]
    pub fn moves(&self) -> bool {
        self.was.status != self.now.status
            || self.now.is_blocked()
                && (!same_words(&self.was.reason, &self.now.reason)
                    || !same_words(&self.was.waits_for, &self.now.waits_for))
    }

    /// Whether the person changed the due date.
    #[must_use]
    pub fn reschedules(&self) -> bool {
        self.was.due_on != self.now.due_on
    }

    /// Whether the person changed anything.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.moves() || self.reschedules()
    }

    /// The wanted date, none when the field is empty; nothing when it is no date.
    pub fn due_on(&self) -> Option<Option<Date>> {
        match self.now.due_on.as_str() {
            "" => Some(None),
            text => agreed_day(text).map(Some),
        }
    }
}

/// Browsers take line ends out of a field of one line: spaces do not count.
fn same_words(one: &str, other: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    letters(one) == letters(other)
}

/// The rows of the form in their order; a row that our page did not send is left out, and so is one that comes twice.
#[must_use]
pub fn rows(fields: &Fields) -> Vec<Sent> {
    let mut sent: HashMap<&str, &str> = HashMap::new();
    for (name, value) in fields.pairs() {
        sent.entry(name).or_insert(value.trim());
    }
    let mut rows: Vec<Sent> = Vec::new();
    for (label, version, was) in fields.raw("was").lines().filter_map(Standing::of_mark) {
        if rows.iter().any(|row| row.label == label) {
            continue;
        }
        let text = |field: &str, before: &str| {
            let found = sent.get(format!("{field}.{label}").as_str());
            found.map_or_else(|| before.to_owned(), |text| text.replace("\r\n", "\n"))
        };
        let name = label.to_string();
        let is_done = sent.get("done") == Some(&name.as_str());
        let status = sent.get(name.as_str()).and_then(|status| status.parse().ok()).filter(|_| !is_done);
        let status = status.or(is_done.then_some(Status::Done));
        let now = Standing {
            status: status.unwrap_or(was.status),
            due_on: text("due_on", &was.due_on),
            waits_for: text("waits_for", &was.waits_for),
            reason: text("reason", &was.reason),
        };
        rows.push(Sent { label, version, was, now });
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(was: &str, pairs: &[(&str, &str)]) -> Sent {
        let pairs: Vec<(&str, &str)> = std::iter::once(("was", was)).chain(pairs.iter().copied()).collect();
        rows(&Fields::of(&pairs)).remove(0)
    }

    #[test]
    fn a_row_is_changed_only_by_the_person() {
        let was = "GEO-42\t3\tblocked\t2026-11-20\tProduct  marketing\tno price | yet";
        let same = [
            ("GEO-42", "blocked"),
            ("due_on.GEO-42", "2026-11-20"),
            ("waits_for.GEO-42", "Product marketing"),
            ("reason.GEO-42", " no price |\u{a0}yet"),
        ];
        assert!(!sent(was, &same).is_changed());
        assert!(!sent(was, &[]).is_changed(), "a row without its fields");
        for (field, value, moves) in [
            ("GEO-42", "doing", true),
            ("reason.GEO-42", "no price", true),
            ("waits_for.GEO-42", "", true),
            ("due_on.GEO-42", "", false),
            ("due_on.GEO-42", "2026-11-21", false),
        ] {
            let mut pairs = same;
            for pair in &mut pairs {
                if pair.0 == field {
                    pair.1 = value;
                }
            }
            let row = sent(was, &pairs);
            assert!(row.is_changed(), "{field}");
            assert_eq!(row.moves(), moves, "{field}");
            assert_eq!(row.reschedules(), !moves, "{field}");
        }
    }

    #[test]
    fn a_reason_without_blocked_is_no_change() {
        let fields = [("GEO-1", "doing"), ("reason.GEO-1", "typed and left"), ("waits_for.GEO-1", "Sales")];
        assert!(!sent("GEO-1\t3\tdoing", &fields).is_changed());
    }

    #[test]
    fn a_ring_that_was_pressed_is_done() {
        let sent = |was, name| {
            let row = sent(was, &[("GEO-1", "doing"), ("done", name)]);
            (row.now.status, row.is_changed())
        };
        assert_eq!(sent("GEO-1\t3\tdoing", "GEO-1"), (Status::Done, true));
        assert_eq!(sent("GEO-1\t3\tdoing", "GEO-2"), (Status::Doing, false));
    }

    #[test]
    fn marks_read_back() {
        let text = str::to_owned;
        let blocked = Standing {
            status: Status::Blocked,
            due_on: String::new(),
            waits_for: text("R&D\tGmbH"),
            reason: text("a|b\r\nc"),
        };
        let todo = Standing {
            status: Status::Todo,
            due_on: text("2026-11-20"),
            waits_for: String::new(),
            reason: String::new(),
        };
        assert_eq!(todo.mark("GEO-7", 1), "GEO-7\t1\ttodo\t2026-11-20", "nothing for what is not there");
        // A browser sends line ends as carriage return and line feed.
        let was = format!("{}\r\n{}\r\n", blocked.mark("GEO-42", 12), todo.mark("GEO-7", 1));
        let read = rows(&Fields::of(&[("was", was.as_str())]));
        let labels: Vec<String> = read.iter().map(|row| format!("{} {}", row.label, row.version)).collect();
        assert_eq!(labels, ["GEO-42 12", "GEO-7 1"]);
        assert!(read.iter().all(|row| !row.is_changed()));
        let back = Sent { now: blocked, ..read[0].clone() };
        assert!(!back.is_changed(), "tabs and line ends are spaces");
        assert_eq!(read[1].was, todo);
    }

    #[test]
    fn what_is_not_ours_is_left_out() {
        for was in ["", "GEO", "GEO-1", "GEO-1\tx\ttodo", "GEO-1\t1\tnothing", "-1\t1\ttodo"] {
            assert_eq!(rows(&Fields::of(&[("was", was), ("GEO-1", "done")])), [], "{was:?}");
        }
        let twice = rows(&Fields::of(&[("was", "GEO-1\t1\ttodo\nGEO-1\t2\tdoing"), ("GEO-1", "done")]));
        assert_eq!(twice.len(), 1);
        assert_eq!(twice[0].version, 1);
    }
}
