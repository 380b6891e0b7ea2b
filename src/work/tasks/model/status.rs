//! Where a task stands, and how it moves from there.

use super::Task;
use crate::{
    platform::{ids::PartId, locale::T},
    web::ui,
};
use jiff::Timestamp;

/// Longest reason of a blocked task, in characters.
pub const LONGEST_REASON: usize = 500;

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

    /// Where a blocked task goes once nothing blocks it any more: back to where it stood before, if that is known and was
    /// open.
    #[must_use]
    pub fn after_block(before: Option<Self>) -> Self {
        match before {
            Some(status @ (Self::Doing | Self::Review)) => status,
            Some(Self::Todo | Self::Blocked | Self::Done | Self::Dropped) | None => Self::Todo,
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
}
