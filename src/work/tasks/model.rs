//! What a task is and how it moves; pure.

use crate::{
    platform::{
        ids::{DutyId, MilestoneId, PartId, PersonId, ProjectId, StageId, TaskId},
        locale::T,
    },
    web::ui,
};
use jiff::{Timestamp, civil::Date};

/// Longest reason of a blocked task, in characters.
pub const LONGEST_REASON: usize = 500;
/// Longest title, in characters.
pub const LONGEST_TITLE: usize = 200;
/// Longest description, in characters.
pub const LONGEST_DESCRIPTION: usize = 20_000;

/// Where a task stands.
///
/// ```text
///           ┌───────────────── open ─────────────────┐
///           │  todo ◄──► doing ◄──► review           │ ──► done
///           │    ▲         ▲          ▲              │ ◄── (reopened: done_at is cleared)
///           │    └─────────┴────┬─────┘              │
///           │                   ▼                    │ ──► dropped
///           │                blocked                 │ ◄── (by editors only, both ways)
///           └────────────────────────────────────────┘
/// ```
///
/// Any open status leads to any other. `blocked` needs a reason and says for whom it waits; leaving it clears both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Status {
    /// Not begun.
    Todo,
    /// Being worked on.
    Doing,
    /// Waits for what its reason says.
    Blocked,
    /// Waits for somebody to accept it.
    Review,
    /// Finished.
    Done,
    /// Will not be done.
    Dropped,
}

impl Status {
    /// All, in the order of menus and lanes.
    pub const ALL: [Self; 6] = [Self::Todo, Self::Doing, Self::Blocked, Self::Review, Self::Done, Self::Dropped];
    /// Those of work that is still to be done.
    pub const OPEN: [Self; 4] = [Self::Todo, Self::Doing, Self::Blocked, Self::Review];

    /// The text in the database and in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Doing => "doing",
            Self::Blocked => "blocked",
            Self::Review => "review",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }

    /// The mark that pages show.
    #[must_use]
    pub fn mark(self) -> ui::Status {
        match self {
            Self::Todo => ui::Status::Todo,
            Self::Doing => ui::Status::Doing,
            Self::Blocked => ui::Status::Blocked,
            Self::Review => ui::Status::Review,
            Self::Done => ui::Status::Done,
            Self::Dropped => ui::Status::Dropped,
        }
    }

    /// On screen.
    #[must_use]
    pub fn label(self, t: T) -> String {
        match self {
            Self::Todo => t.status_todo(),
            Self::Doing => t.status_doing(),
            Self::Blocked => t.status_blocked(),
            Self::Review => t.status_review(),
            Self::Done => t.status_done(),
            Self::Dropped => t.status_dropped(),
        }
    }

    /// `data-tone` of a message about it; empty for none.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Todo | Self::Dropped => "",
            Self::Doing | Self::Review => "info",
            Self::Blocked => "bad",
            Self::Done => "ok",
        }
    }

    /// Whether there is still something to do.
    #[must_use]
    pub fn is_open(self) -> bool {
        Self::OPEN.contains(&self)
    }
}

impl std::str::FromStr for Status {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(())
    }
}

/// How much it matters beside others of the same day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Priority {
    /// When there is time.
    Low,
    /// As most.
    #[default]
    Normal,
    /// Before others.
    High,
    /// Before everything.
    Urgent,
}

impl Priority {
    /// All, from the least.
    pub const ALL: [Self; 4] = [Self::Low, Self::Normal, Self::High, Self::Urgent];

    /// The text in the database and in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// On screen.
    #[must_use]
    pub fn label(self, t: T) -> String {
        match self {
            Self::Low => t.task_priority_low(),
            Self::Normal => t.task_priority_normal(),
            Self::High => t.task_priority_high(),
            Self::Urgent => t.task_priority_urgent(),
        }
    }

    /// `data-tone` beside the word; empty for none.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Low | Self::Normal => "",
            Self::High => "warn",
            Self::Urgent => "bad",
        }
    }
}

impl std::str::FromStr for Priority {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|priority| priority.as_str() == text).ok_or(())
    }
}

/// A task, with every column and the name of who has it.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its project.
    pub project_id: ProjectId,
    /// Its id.
    pub id: TaskId,
    /// 42 of `GEO-42`.
    pub number: i32,
    /// What is to be done.
    pub title: String,
    /// The Chinese side, while the title is a blueprint's own.
    pub title_zh: Option<String>,
    /// Markdown.
    pub description: String,
    /// The department that owns it.
    pub part_id: PartId,
    /// Who does it.
    pub assignee_id: Option<PersonId>,
    /// Their name.
    pub assignee_name: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// How much it matters.
    pub priority: Priority,
    /// First day of work on it.
    pub starts_on: Option<Date>,
    /// The day by which it is to be done.
    pub due_on: Option<Date>,
    /// The day first agreed on.
    pub baseline_due_on: Option<Date>,
    /// The stage it belongs to.
    pub stage_id: Option<StageId>,
    /// The milestone it leads to.
    pub milestone_id: Option<MilestoneId>,
    /// The item of the division of labour that it was made from.
    pub duty_id: Option<DutyId>,
    /// Why it is blocked; empty unless it is.
    pub blocked_reason: String,
    /// For whom it waits while blocked; none for somebody outside.
    pub waits_for_part_id: Option<PartId>,
    /// Since when it is blocked.
    pub blocked_since: Option<Timestamp>,
    /// Kept by the comment action.
    pub comment_count: i32,
    /// Who made it.
    pub created_by: PersonId,
    /// When.
    pub created_at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// When the responsible person last said that it is on track.
    pub reviewed_at: Option<Timestamp>,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// Counts changes.
    pub version: i32,
}

/// What a change of status sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The new status.
    pub status: Status,
    /// Empty unless blocked.
    pub blocked_reason: String,
    /// None unless blocked, and when it waits for somebody outside.
    pub waits_for_part_id: Option<PartId>,
    /// Set while blocked; a new reason does not start it anew.
    pub blocked_since: Option<Timestamp>,
    /// Set while done.
    pub done_at: Option<Timestamp>,
}

/// Why a task does not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It stands there already, with the same reason.
    Unchanged,
    /// Blocked needs a reason.
    ReasonMissing,
    /// Longer than [`LONGEST_REASON`].
    ReasonTooLong,
    /// A task cannot wait for its own department.
    WaitsForItself,
    /// Dropping, and taking back what was dropped, is for those who may edit the task.
    EditorsOnly,
}

impl Refusal {
    /// What to do about it.
    #[must_use]
    pub fn text(self, t: T) -> String {
        match self {
            Self::Unchanged => t.task_refused_unchanged(),
            Self::ReasonMissing => t.task_refused_reason_missing(),
            Self::ReasonTooLong => t.task_refused_reason_too_long(),
            Self::WaitsForItself => t.task_refused_waits_for_itself(),
            Self::EditorsOnly => t.task_refused_editors_only(),
        }
    }
}

impl Task {
    /// `GEO-42`.
    #[must_use]
    pub fn label(&self, key: &str) -> String {
        format!("{key}-{}", self.number)
    }

    /// The title the reader reads.
    #[must_use]
    pub fn shown_title(&self, t: T) -> &str {
        t.title(&self.title, self.title_zh.as_deref())
    }

    /// The state machine of [`Status`]. Who may do it is asked by [`Task::needs_editor`].
    ///
    /// # Errors
    /// Why it does not move.
    pub fn move_to(
        &self,
        status: Status,
        reason: &str,
        waits_for: Option<PartId>,
        now: Timestamp,
    ) -> Result<Moved, Refusal> {
        let reason = reason.trim();
        if status == Status::Blocked {
            if reason.is_empty() {
                return Err(Refusal::ReasonMissing);
            }
            if reason.chars().count() > LONGEST_REASON {
                return Err(Refusal::ReasonTooLong);
            }
            if waits_for == Some(self.part_id) {
                return Err(Refusal::WaitsForItself);
            }
        }
        if self.stands_at(status, reason, waits_for) {
            return Err(Refusal::Unchanged);
        }
        let is_blocked = status == Status::Blocked;
        Ok(Moved {
            status,
            blocked_reason: if is_blocked { reason.to_owned() } else { String::new() },
            waits_for_part_id: waits_for.filter(|_| is_blocked),
            blocked_since: is_blocked.then_some(self.blocked_since.unwrap_or(now)),
            done_at: (status == Status::Done).then_some(now),
        })
    }

    /// Whether it stands there already; a blocked one with this reason and for these people.
    #[must_use]
    pub fn stands_at(&self, status: Status, reason: &str, waits_for: Option<PartId>) -> bool {
        self.status == status
            && (status != Status::Blocked || (self.blocked_reason == reason && self.waits_for_part_id == waits_for))
    }

    /// Whether this move is for those who may edit the task, not for somebody who only has it.
    #[must_use]
    pub fn needs_editor(&self, status: Status) -> bool {
        self.status != status && (self.status == Status::Dropped || status == Status::Dropped)
    }

    /// Days past its due date; none unless it is open and late.
    #[must_use]
    pub fn late_by(&self, today: Date) -> Option<i32> {
        late_by(self.status, self.due_on, today)
    }

    /// Days between the date first agreed on and the one now; positive when it slipped.
    #[must_use]
    pub fn slip(&self) -> Option<i32> {
        Some(days_between(self.baseline_due_on?, self.due_on?))
    }
}

/// What a person fills in for a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskFields {
    /// What is to be done.
    pub title: String,
    /// The Chinese side, only while a blueprint's own title stands.
    pub title_zh: Option<String>,
    /// Markdown.
    pub description: String,
    /// The department that owns it.
    pub part_id: PartId,
    /// Who does it.
    pub assignee_id: Option<PersonId>,
    /// How much it matters.
    pub priority: Priority,
    /// First day.
    pub starts_on: Option<Date>,
    /// Last day.
    pub due_on: Option<Date>,
    /// The stage it belongs to.
    pub stage_id: Option<StageId>,
    /// The milestone it leads to.
    pub milestone_id: Option<MilestoneId>,
}

impl TaskFields {
    /// A task of a department with nothing but a title.
    pub fn new(title: impl Into<String>, part_id: PartId) -> Self {
        Self {
            title: title.into(),
            title_zh: None,
            description: String::new(),
            part_id,
            assignee_id: None,
            priority: Priority::Normal,
            starts_on: None,
            due_on: None,
            stage_id: None,
            milestone_id: None,
        }
    }

    /// A blueprint's title that was left as it stood keeps both of its sides; any other has one.
    #[must_use]
    pub fn keeping_title_of(mut self, task: &Task) -> Self {
        self.title_zh = None;
        if self.title == task.title || Some(&self.title) == task.title_zh.as_ref() {
            self.title.clone_from(&task.title);
            self.title_zh.clone_from(&task.title_zh);
        }
        self
    }

    /// What is wrong with them by themselves.
    #[must_use]
    pub fn mistakes(&self) -> Vec<Mistake> {
        let length = self.title.chars().count();
        [
            (length == 0, Mistake::TitleMissing),
            (length > LONGEST_TITLE, Mistake::TitleTooLong),
            (self.description.chars().count() > LONGEST_DESCRIPTION, Mistake::DescriptionTooLong),
            (self.starts_on.zip(self.due_on).is_some_and(|(start, due)| start > due), Mistake::StartsAfterDue),
        ]
        .into_iter()
        .filter_map(|(is_wrong, mistake)| is_wrong.then_some(mistake))
        .collect()
    }
}

impl From<&Task> for TaskFields {
    fn from(task: &Task) -> Self {
        Self {
            title: task.title.clone(),
            title_zh: task.title_zh.clone(),
            description: task.description.clone(),
            part_id: task.part_id,
            assignee_id: task.assignee_id,
            priority: task.priority,
            starts_on: task.starts_on,
            due_on: task.due_on,
            stage_id: task.stage_id,
            milestone_id: task.milestone_id,
        }
    }
}

/// What is wrong with the fields of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// Nothing says what is to be done.
    TitleMissing,
    /// Longer than [`LONGEST_TITLE`].
    TitleTooLong,
    /// Longer than [`LONGEST_DESCRIPTION`].
    DescriptionTooLong,
    /// It would end before it starts.
    StartsAfterDue,
    /// A department that does not take part.
    PartUnknown,
    /// A department for which this person may not add tasks.
    PartNotTheirs,
    /// Somebody without a seat that can have tasks.
    AssigneeUnknown,
    /// A stage of no such project.
    StageUnknown,
    /// A milestone of no such project.
    MilestoneUnknown,
}

impl Mistake {
    /// The id of the control.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::TitleMissing | Self::TitleTooLong => "title",
            Self::DescriptionTooLong => "description",
            Self::StartsAfterDue => "starts_on",
            Self::PartUnknown | Self::PartNotTheirs => "part",
            Self::AssigneeUnknown => "assignee",
            Self::StageUnknown => "stage",
            Self::MilestoneUnknown => "milestone",
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn text(self, t: T) -> String {
        match self {
            Self::TitleMissing => t.task_error_title_missing(),
            Self::TitleTooLong => t.task_error_title_too_long(),
            Self::DescriptionTooLong => t.task_error_description_too_long(),
            Self::StartsAfterDue => t.task_error_starts_after_due(),
            Self::PartUnknown => t.task_error_part_unknown(),
            Self::PartNotTheirs => t.task_error_part_not_yours(),
            Self::AssigneeUnknown => t.task_error_assignee_unknown(),
            Self::StageUnknown => t.task_error_stage_unknown(),
            Self::MilestoneUnknown => t.task_error_milestone_unknown(),
        }
    }
}

/// Days past the due date; none unless the task is open and late.
#[must_use]
pub fn late_by(status: Status, due: Option<Date>, today: Date) -> Option<i32> {
    let days = days_between(due?, today);
    (status.is_open() && days > 0).then_some(days)
}

/// Calendar days from one day to another.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i32 {
    to.since(from).map(|span| span.get_days()).unwrap_or(0)
}

/// When something is due, in words, with the tone for [`ui::deadline`]: `Today` warns, `3 days late` is bad,
/// `Fri 20 Nov` is neither; a finished task says `Done 13 Nov`, a dropped one nothing.
#[must_use]
pub fn deadline(t: T, status: Status, due: Option<Date>, done_on: Option<Date>, today: Date) -> (&'static str, String) {
    match (status, due) {
        (Status::Done, _) => ("", done_on.map(|day| t.task_done_on(t.short_day(day))).unwrap_or_default()),
        (Status::Dropped, _) | (_, None) => ("", String::new()),
        (_, Some(due)) if due == today => ("warn", t.task_due_today()),
        (_, Some(due)) => match late_by(status, Some(due), today) {
            Some(days) => ("bad", t.task_days_late(days)),
            None => ("", t.day(due, today)),
        },
    }
}

#[cfg(test)]
mod tests;
