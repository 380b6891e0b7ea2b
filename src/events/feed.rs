//! What happened, as a list that any page includes: `{% include "events/feed.html" %}` with a `feed` in scope.

use super::{
    Kind, Recorded,
    sentences::{Line, describe, other},
    store::{self, Filter},
};
use crate::{
    platform::ids::EventId,
    web::{Fields, paths, shell::Shell},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// How many events a folded list reads: more than one person confirms in one go.
const MOST_FOLDED: i64 = 150;

/// One line of a feed.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The sentence, its picture, tone and fields.
    pub line: Line,
    /// When, on the reader's clock.
    pub when: String,
    /// When, for `datetime`.
    pub at: String,
    /// The page of the subject, if it has one.
    pub href: Option<String>,
    /// The page of what it was done with.
    pub other: Option<String>,
}

impl Entry {
    /// The line for an event; `project` is the key of the project it belongs to, if any.
    #[must_use]
    pub fn new(shell: &Shell, event: &Recorded, project: Option<&str>) -> Self {
        Self {
            line: describe(shell.t, &shell.zone, event),
            when: shell.moment(event.at),
            at: event.at.to_string(),
            href: href(event, project),
            other: other_href(event, project),
        }
    }
}

/// A page of a feed, newest first.
#[derive(Clone, Debug, Default)]
pub struct Feed {
    /// Its lines.
    pub entries: Vec<Entry>,
    /// The address of the first page, once older ones are shown.
    pub newer: Option<String>,
    /// The address of the next, older page.
    pub older: Option<String>,
}

impl Feed {
    /// Events of one project, read for this page; `limit` lines. Older ones stand at this page's address with `?before=`.
    ///
    /// # Errors
    /// Of the database.
    pub async fn read(
        conn: &mut PgConnection,
        shell: &Shell,
        filter: &Filter,
        project: Option<&str>,
        limit: usize,
    ) -> Result<Self, sqlx::Error> {
        let more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
        let mut events = store::read(conn, filter, more).await?;
        let has_older = events.len() > limit;
        events.truncate(limit);
        let older = events.last().filter(|_| has_older).map(|last| older(shell, last.id));
        let newer = filter.older_than.map(|_| newest(shell));
        Ok(Self { entries: events.iter().map(|event| Entry::new(shell, event, project)).collect(), newer, older })
    }

    /// The newest events of one project for a short list without older pages: see [`folded`].
    ///
    /// # Errors
    /// Of the database.
    pub async fn newest_folded(
        conn: &mut PgConnection,
        shell: &Shell,
        filter: &Filter,
        project: &str,
        limit: usize,
    ) -> Result<Self, sqlx::Error> {
        let events = store::read(conn, filter, MOST_FOLDED).await?;
        let mut entries = folded(shell, &events, Some(project));
        entries.truncate(limit);
        Ok(Self { entries, newer: None, older: None })
    }
}

/// One line for each thing that somebody did: tasks confirmed in one go are one line, with their number, and so are baselines that
/// somebody set one after another.
#[must_use]
pub fn folded(shell: &Shell, events: &[Recorded], project: Option<&str>) -> Vec<Entry> {
    let is_same = |a: &Recorded, b: &Recorded| {
        let folds = match Kind::parse(&a.kind) {
            Some(Kind::TaskReviewed) => a.at == b.at,
            Some(Kind::BaselineSet) => true,
            _ => false,
        };
        folds && a.kind == b.kind && (a.actor_id, &a.actor_name) == (b.actor_id, &b.actor_name)
    };
    let line = |run: &[Recorded]| {
        let newest = run.first()?;
        let entry = Entry::new(shell, newest, project);
        let is_set = Kind::parse(&newest.kind) == Some(Kind::BaselineSet);
        Some(match run.len() {
            1 => entry,
            times if is_set => Entry { line: entry.line.set_anew(shell.t, times, newest), ..entry },
            tasks => Entry { line: entry.line.reviewed(shell.t, tasks), href: None, ..entry },
        })
    };
    events.chunk_by(is_same).filter_map(line).collect()
}

/// The event that `?before=` names: the page shows what is older.
#[must_use]
pub fn before(query: &Fields) -> Option<EventId> {
    query.value("before")
}

/// The address of this page, further back.
#[must_use]
pub fn older(shell: &Shell, last: EventId) -> String {
    address(shell, Some(last))
}

/// The address of this page, with the newest.
#[must_use]
pub fn newest(shell: &Shell) -> String {
    address(shell, None)
}

fn address(shell: &Shell, before: Option<EventId>) -> String {
    let (path, query) = shell.path.split_once('?').unwrap_or((&shell.path, ""));
    let kept = Fields::parse(query);
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in kept.pairs().iter().filter(|(name, value)| name != "before" && !value.is_empty()) {
        query.append_pair(name, value);
    }
    if let Some(before) = before {
        query.append_pair("before", &before.to_string());
    }
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// Where a line of the inbox leads that such an event heads.
#[must_use]
pub fn line_href(event: &Recorded, project: &str) -> Option<String> {
    match Kind::parse(&event.kind) {
        Some(Kind::ScheduleChanged) => Some(paths::project(project, "milestones").to_string()),
        _ => subject_href(&event.subject_kind, &event.subject_label, event.subject_id, Some(project)),
    }
}

/// The page of an event's subject; none where only few of those who read of it may open it.
#[must_use]
pub fn href(event: &Recorded, project: Option<&str>) -> Option<String> {
    if event.subject_kind == "robot" {
        return None;
    }
    subject_href(&event.subject_kind, &event.subject_label, event.subject_id, project)
}

/// The page of what an event was done with: a decision or an escalation of the same project.
fn other_href(event: &Recorded, project: Option<&str>) -> Option<String> {
    let (label, key) = (other(event)?, project?);
    let kind = if label.starts_with("D-") { "decision" } else { "escalation" };
    subject_href(kind, label, Uuid::nil(), Some(key))
}

/// The page of a subject, by its kind, its short name and its id.
#[must_use]
pub fn subject_href(kind: &str, label: &str, id: Uuid, project: Option<&str>) -> Option<String> {
    match (kind, project) {
        ("department", _) => Some("/departments".to_owned()),
        ("person", _) => Some(format!("/people/{id}")),
        (_, None) => None,
        ("task", Some(key)) => Some(paths::task(key, number(label)?).to_string()),
        ("escalation", Some(key)) => Some(paths::escalation(key, number(label)?).to_string()),
        ("request", Some(key)) => Some(paths::request(key, number(label)?).to_string()),
        ("change", Some(key)) => Some(paths::scope_change(key, number(label)?).to_string()),
        ("playbook", Some(key)) => Some(paths::project(key, "playbook").to_string()),
        ("goal_proposal", Some(key)) => Some(paths::project(key, "goals").to_string()),
        ("bonus_pool", Some(key)) => Some(paths::project(key, "goals/pool").to_string()),
        ("strategy", Some(key)) => Some(paths::project(key, "goals/strategy").to_string()),
        // The place on the page of goals: what was dropped has no page of its own any more.
        ("objective", Some(key)) => {
            Some(format!("{}#o-{}", paths::project(key, "goals"), label.trim_start_matches('O')))
        }
        ("key_result", Some(key)) => {
            Some(format!("{}#t-{}", paths::project(key, "goals"), label.trim_start_matches("KR")))
        }
        ("baseline", Some(key)) => Some(paths::project(key, "scope").to_string()),
        ("decision", Some(key)) => Some(paths::decision(key, number(label)?).to_string()),
        ("stage" | "gate_rule", Some(key)) if !label.is_empty() => {
            Some(paths::project(key, &format!("gates/{label}")).to_string())
        }
        ("milestone", Some(key)) => Some(paths::project(key, "milestones").to_string()),
        ("project" | "stage" | "gate_rule", Some(key)) => Some(paths::project(key, "").to_string()),
        ("seat" | "part", Some(key)) => Some(paths::project(key, "team").to_string()),
        ("robot", Some(key)) => Some(paths::project(key, "settings/chat").to_string()),
        ("duty", Some(key)) => Some(paths::project(key, "matrix").to_string()),
        (_, Some(_)) => None,
    }
}

/// 42 of `GEO-42`, 3 of `E-3`.
fn number(label: &str) -> Option<i32> {
    label.rsplit_once('-')?.1.parse().ok()
}
