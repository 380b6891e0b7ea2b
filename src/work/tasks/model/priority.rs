//! How much a task matters.

use crate::platform::locale::T;

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
