//! The rows of my work as they are shown: grouped by when they are due, with what was typed kept.

use super::{
    desk::Desk,
    form::{Sent, Standing},
    store::MyTask,
};
use crate::{
    platform::{ids::PartId, locale::T},
    projects::{Part, Rights, store::Held},
    web::{Shell, Viewer, ui},
    work::tasks::{
        TaskLabel,
        model::{can_be_on_track, deadline},
    },
};
use jiff::{ToSpan, civil::Date};

/// When a row is due, as the page groups it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// Before today.
    Late,
    /// Today.
    Today,
    /// Until Sunday.
    Week,
    /// Later, or without a date.
    Later,
}

impl When {
    /// In the order of the page.
    pub const ALL: [Self; 4] = [Self::Late, Self::Today, Self::Week, Self::Later];

    /// Of a due date.
    pub fn of(due: Option<Date>, today: Date) -> Self {
        let to_sunday = 6 - i64::from(today.weekday().to_monday_zero_offset());
        match due {
            Some(due) if due < today => Self::Late,
            Some(due) if due == today => Self::Today,
            Some(due) if due <= today.saturating_add(to_sunday.days()) => Self::Week,
            _ => Self::Later,
        }
    }

    /// The heading.
    pub fn label(self, t: T) -> String {
        match self {
            Self::Late => t.my_work_late(),
            Self::Today => t.my_work_today(),
            Self::Week => t.my_work_week(),
            Self::Later => t.my_work_later(),
        }
    }

    /// The heading's id.
    pub fn code(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Today => "today",
            Self::Week => "week",
            Self::Later => "later",
        }
    }
}

/// A project in which I have tasks, and what I may do there.
pub struct Ground {
    held: Held,
    rights: Rights,
}

impl Ground {
    /// From what was read.
    pub fn of(held: Held, me: &Viewer) -> Self {
        let is_creator = held.created_by == me.person_id;
        let seats = held.seats.clone();
        let rights = Rights::new(me.person_id, me.role, seats, held.state, held.visibility, is_creator);
        Self { held, rights }
    }

    /// `GEO`.
    pub fn key(&self) -> &str {
        &self.held.key
    }

    /// Who takes part.
    pub fn parts(&self) -> &[Part] {
        &self.held.parts
    }

    fn part(&self, id: Option<PartId>) -> Option<&Part> {
        self.held.parts.iter().find(|part| Some(part.id) == id)
    }
}

/// A request that a blocked task waits for, in a line of the task's row.
pub struct RequestLine {
    /// `R-3`.
    pub label: String,
    /// Its page.
    pub href: String,
    /// Where it stands.
    pub state: String,
}

/// A row of the page.
pub struct Row {
    /// `GEO-42`.
    pub label: String,
    /// `GEO`.
    pub key: String,
    /// The department that owns it.
    pub part_id: PartId,
    /// `GEO-MKT`: the list of departments for which it can wait.
    pub list: String,
    /// The version that it shows.
    pub version: i32,
    /// The task's page; empty where nothing leads there.
    pub href: String,
    /// In the reader's language.
    pub title: String,
    /// The project's name.
    pub project: String,
    /// What is chosen: where it stands, or what was typed.
    pub status: ui::Status,
    /// Tone and words of its due date.
    pub due: (&'static str, String),
    /// What I asked the department for that it waits for.
    pub requests: Vec<RequestLine>,
    /// Why it is blocked and for whom it waits; empty unless it is.
    pub reason: String,
    /// The department it waits for.
    pub waits_for: Option<String>,
    /// Whether I may move its date.
    pub may_edit: bool,
    /// Whether I said today how it stands.
    pub is_reviewed: bool,
    /// Whether it can be on track as it stands.
    pub can_be_on_track: bool,
    /// Whether something was typed into it.
    pub is_typed: bool,
    /// Its line of `was`.
    pub mark: String,
    /// What stands in the fields: what was typed, or how it is.
    pub typed: Standing,
    when: When,
}

/// The tasks that I may move, as rows; `sent` is what was typed, if the form comes back.
pub fn rows(
    shell: &Shell,
    desk: &Desk<'_>,
    me: &Viewer,
    grounds: &[Ground],
    tasks: Vec<MyTask>,
    sent: &[Sent],
) -> Vec<Row> {
    tasks
        .into_iter()
        .filter_map(|task| {
            let ground = grounds.iter().find(|ground| ground.held.id == task.project_id)?;
            let may_move = ground.rights.may_set_status(task.part_id, Some(me.person_id));
            may_move.then(|| row(shell, desk, ground, task, sent))
        })
        .collect()
}

fn row(shell: &Shell, desk: &Desk<'_>, ground: &Ground, task: MyTask, sent: &[Sent]) -> Row {
    let (t, today, key) = (shell.t, shell.today(), ground.held.key.as_str());
    let waits_for = ground.part(task.waits_for);
    let stands = Standing {
        status: task.status,
        due_on: task.due_on.map(|due| due.to_string()).unwrap_or_default(),
        waits_for: waits_for.map(|part| part.name(t).to_owned()).unwrap_or_default(),
        reason: task.blocked_reason.clone(),
    };
    let may_edit = ground.rights.may_edit_tasks_of(task.part_id);
    let label = TaskLabel::new(key, task.number);
    let typed = sent.iter().find(|row| row.label == label && row.is_changed()).map(|row| row.now.clone());
    let label = label.to_string();
    let mark = stands.mark(&label, task.version);
    let is_typed = typed.is_some();
    let owner = ground.part(Some(task.part_id)).map(|part| part.code.as_str()).unwrap_or_default();
    let typed = typed.unwrap_or(stands);
    let reviewed_on = task.reviewed_at.map(|at| at.to_zoned(shell.zone.clone()).date());
    Row {
        label,
        list: format!("{key}-{owner}"),
        key: key.to_owned(),
        part_id: task.part_id,
        version: task.version,
        href: desk.task(key, task.number),
        title: task.title,
        project: ground.held.name.clone(),
        status: typed.status.mark(),
        due: deadline(t, task.status, task.due_on, None, today),
        requests: Vec::new(),
        reason: task.blocked_reason,
        waits_for: waits_for.map(|part| part.name(t).to_owned()),
        may_edit,
        is_reviewed: reviewed_on == Some(today),
        can_be_on_track: can_be_on_track(task.status, task.due_on, today),
        is_typed,
        mark,
        typed,
        when: When::of(task.due_on, today),
    }
}

/// The rows that are due at one time.
pub struct Group {
    /// The heading's id.
    pub code: &'static str,
    /// The heading.
    pub label: String,
    /// By due date.
    pub rows: Vec<Row>,
}

impl Group {
    /// What is due after this week, or without a date.
    pub fn is_later(&self) -> bool {
        self.code == When::Later.code()
    }
}

/// The rows grouped; groups without a row are left out.
pub fn groups(t: T, rows: Vec<Row>) -> Vec<Group> {
    let mut groups: Vec<Group> =
        When::ALL.into_iter().map(|when| Group { code: when.code(), label: when.label(t), rows: Vec::new() }).collect();
    for row in rows {
        if let Some(group) = groups.iter_mut().find(|group| group.code == row.when.code()) {
            group.rows.push(row);
        }
    }
    groups.retain(|group| !group.rows.is_empty());
    groups
}

/// A day to choose for a due date, with one click.
pub struct Day {
    /// `2026-11-20`.
    pub value: String,
    /// `Fri 20 Nov`.
    pub label: String,
}

/// Tomorrow, the end of this week, the start of the next, and a week from now.
pub fn days(shell: &Shell) -> Vec<Day> {
    let today = shell.today();
    let weekday = i64::from(today.weekday().to_monday_zero_offset());
    let mut days: Vec<Date> = [1, 4 - weekday, 7 - weekday, 7]
        .into_iter()
        .filter(|days| *days > 0)
        .map(|days| today.saturating_add(days.days()))
        .collect();
    days.sort();
    days.dedup();
    days.into_iter().map(|day| Day { value: day.to_string(), label: shell.day(day) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_week_ends_on_sunday() {
        let wednesday = date(2026, 11, 18);
        for (due, when) in [
            (Some(date(2026, 11, 17)), When::Late),
            (Some(wednesday), When::Today),
            (Some(date(2026, 11, 19)), When::Week),
            (Some(date(2026, 11, 22)), When::Week),
            (Some(date(2026, 11, 23)), When::Later),
            (None, When::Later),
        ] {
            assert_eq!(When::of(due, wednesday), when, "{due:?}");
        }
        let sunday = date(2026, 11, 22);
        assert_eq!(When::of(Some(date(2026, 11, 23)), sunday), When::Later);
    }
}
