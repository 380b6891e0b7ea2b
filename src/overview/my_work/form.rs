//! What the form of my work sends: for each row what stood in it and what stands in it now. Pure.
//!
//! A row has the fields `was.ID`, `status.ID`, `due_on.ID`, `reason.ID` and `waits_for.ID`. `was` says what was shown
//! (version, status, due date, whom it waits for, reason), so that a row counts as changed only when the person changed
//! it, not when somebody else did in the meantime.

use crate::{platform::ids::TaskId, web::Fields, work::tasks::Status};
use jiff::civil::Date;

/// How a row stood or stands. Whom it waits for is the code of a part: the same department has the same code in every
/// project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Where the task stands.
    pub status: Status,
    /// By when, as typed or as `2026-11-20`; empty without.
    pub due_on: String,
    /// Code of a part; empty for somebody outside, and of no meaning unless blocked.
    pub waits_for: String,
    /// Of no meaning unless blocked.
    pub reason: String,
}

impl Standing {
    /// What `was` says: the version and the rest. Reason last, since it may hold anything.
    #[must_use]
    pub fn mark(&self, version: i32) -> String {
        format!("{version}|{}|{}|{}|{}", self.status.as_str(), self.due_on, self.waits_for, self.reason)
    }

    fn of_mark(text: &str) -> Option<(i32, Self)> {
        let mut parts = text.splitn(5, '|');
        let version = parts.next()?.parse().ok()?;
        let status = parts.next()?.parse().ok()?;
        let (due_on, waits_for, reason) = (parts.next()?, parts.next()?, parts.next()?);
        let text = str::to_owned;
        Some((version, Self { status, due_on: text(due_on), waits_for: text(waits_for), reason: text(reason) }))
    }

    fn is_blocked(&self) -> bool {
        self.status == Status::Blocked
    }
}

/// One row of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Which task.
    pub id: TaskId,
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
                && (!same_words(&self.was.reason, &self.now.reason) || self.was.waits_for != self.now.waits_for)
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

    /// The wanted date: none when the field is empty.
    ///
    /// # Errors
    /// When it is no date.
    pub fn due_on(&self) -> Result<Option<Date>, jiff::Error> {
        if self.now.due_on.is_empty() { Ok(None) } else { self.now.due_on.parse().map(Some) }
    }
}

/// Browsers take line ends out of a field of one line: spaces do not count.
fn same_words(one: &str, other: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    letters(one) == letters(other)
}

/// The rows of the form in their order; a row that our page did not send is left out.
#[must_use]
pub fn rows(fields: &Fields) -> Vec<Sent> {
    let mut rows: Vec<Sent> = Vec::new();
    for (name, value) in fields.pairs() {
        let Some(id) = name.strip_prefix("was.").and_then(|id| id.parse::<TaskId>().ok()) else { continue };
        let Some((version, was)) = Standing::of_mark(value) else { continue };
        if rows.iter().any(|row| row.id == id) {
            continue;
        }
        let sent = |field: &str, before: &str| {
            let name = format!("{field}.{id}");
            if fields.has(&name) { fields.text(&name) } else { before.to_owned() }
        };
        let now = Standing {
            status: fields.value(&format!("status.{id}")).unwrap_or(was.status),
            due_on: sent("due_on", &was.due_on),
            waits_for: sent("waits_for", &was.waits_for),
            reason: sent("reason", &was.reason),
        };
        rows.push(Sent { id, version, was, now });
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01930000-0000-7000-8000-000000000001";

    fn sent(pairs: &[(&str, &str)]) -> Sent {
        let named: Vec<(String, &str)> = pairs.iter().map(|(name, value)| (format!("{name}.{ID}"), *value)).collect();
        let pairs: Vec<(&str, &str)> = named.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        rows(&Fields::of(&pairs)).remove(0)
    }

    #[test]
    fn a_row_is_changed_only_by_the_person() {
        let was = ("was", "3|blocked|2026-11-20|SAL|no price | yet");
        let same = [
            was,
            ("status", "blocked"),
            ("due_on", "2026-11-20"),
            ("waits_for", "SAL"),
            ("reason", " no price |\u{a0}yet"),
        ];
        assert!(!sent(&same).is_changed());
        assert!(!sent(&[was]).is_changed(), "a row without its fields");
        for (field, value, moves) in [
            ("status", "doing", true),
            ("reason", "no price", true),
            ("waits_for", "", true),
            ("due_on", "", false),
            ("due_on", "2026-11-21", false),
        ] {
            let mut pairs = same;
            for pair in &mut pairs {
                if pair.0 == field {
                    pair.1 = value;
                }
            }
            let row = sent(&pairs);
            assert!(row.is_changed(), "{field}");
            assert_eq!(row.moves(), moves, "{field}");
            assert_eq!(row.reschedules(), !moves, "{field}");
        }
    }

    #[test]
    fn a_reason_without_blocked_is_no_change() {
        let row =
            sent(&[("was", "3|doing|||"), ("status", "doing"), ("reason", "typed and left"), ("waits_for", "SAL")]);
        assert!(!row.is_changed());
    }

    #[test]
    fn a_mark_reads_back() {
        let row = sent(&[("was", "12|blocked||LEAD|a|b\nc")]);
        assert_eq!(row.was.mark(row.version), "12|blocked||LEAD|a|b\nc");
        assert!(rows(&Fields::of(&[("was.x", "1|todo|||"), (&format!("was.{ID}"), "broken")])).is_empty());
    }
}
