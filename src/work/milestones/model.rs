//! A milestone and its dates; pure.

use crate::platform::{
    ids::{MilestoneId, ProjectId, StageId},
    locale::T,
    time_left,
    working_time::Calendar,
};
use jiff::{Timestamp, civil::Date};

/// Longest title, in characters.
pub const LONGEST_TITLE: usize = 200;

/// What a milestone stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type, serde::Deserialize)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum MilestoneKind {
    /// What people added.
    Own,
    /// The gate of its stage: its day is the stage's last, passing the gate reaches it.
    Gate,
    /// The day of launch: its day is the project's, the launch stage's beginning reaches it.
    Launch,
}

/// A dated point.
///
/// ```text
/// ahead ──reached──► reached
///   ▲                   │
///   └────taken back─────┘     by hand only those that people added
/// ```
#[derive(Clone, Debug)]
pub struct Milestone {
    /// Its project.
    pub project_id: ProjectId,
    /// Its id.
    pub id: MilestoneId,
    /// What it stands for.
    pub kind: MilestoneKind,
    /// The stage it belongs to.
    pub stage_id: Option<StageId>,
    /// What is reached.
    pub title: String,
    /// The Chinese side, while the title is a blueprint's own.
    pub title_zh: Option<String>,
    /// The day first agreed on; never moves.
    pub baseline_on: Date,
    /// The day now.
    pub due_on: Date,
    /// When it was marked as reached.
    pub reached_at: Option<Timestamp>,
    /// Counts changes.
    pub version: i32,
}

/// What a person fills in for a milestone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MilestoneFields {
    /// What is reached.
    pub title: String,
    /// The Chinese side, only while a blueprint's own title stands.
    pub title_zh: Option<String>,
    /// The day.
    pub due_on: Date,
    /// The stage it belongs to.
    pub stage_id: Option<StageId>,
}

impl MilestoneFields {
    /// A blueprint's title that was left as it stood keeps both of its sides; any other has one.
    #[must_use]
    pub fn keeping_title_of(mut self, milestone: &Milestone) -> Self {
        self.title_zh = None;
        if self.title == milestone.title || Some(&self.title) == milestone.title_zh.as_ref() {
            self.title.clone_from(&milestone.title);
            self.title_zh.clone_from(&milestone.title_zh);
        }
        self
    }

    /// A gate stays the gate of its stage, the day of launch that of the project.
    #[must_use]
    pub fn keeping_place_of(mut self, milestone: &Milestone) -> Self {
        match milestone.kind {
            MilestoneKind::Own => {}
            MilestoneKind::Gate | MilestoneKind::Launch => self.stage_id = milestone.stage_id,
        }
        self
    }

    /// What is wrong with them by themselves.
    #[must_use]
    pub fn mistakes(&self) -> Vec<Mistake> {
        match self.title.chars().count() {
            0 => vec![Mistake::TitleMissing],
            length if length > LONGEST_TITLE => vec![Mistake::TitleTooLong],
            _ => Vec::new(),
        }
    }
}

impl From<&Milestone> for MilestoneFields {
    fn from(milestone: &Milestone) -> Self {
        Self {
            title: milestone.title.clone(),
            title_zh: milestone.title_zh.clone(),
            due_on: milestone.due_on,
            stage_id: milestone.stage_id,
        }
    }
}

/// What is wrong with the fields of a milestone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// Nothing says what is reached.
    TitleMissing,
    /// Longer than [`LONGEST_TITLE`].
    TitleTooLong,
    /// No day.
    DueMissing,
    /// A stage of no such project.
    StageUnknown,
}

impl Mistake {
    /// The id of the control.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::TitleMissing | Self::TitleTooLong => "title",
            Self::DueMissing => "due_on",
            Self::StageUnknown => "stage",
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn text(self, t: T) -> String {
        match self {
            Self::TitleMissing => t.milestone_error_title_missing(),
            Self::TitleTooLong => t.milestone_error_title_too_long(),
            Self::DueMissing => t.milestone_error_due_missing(),
            Self::StageUnknown => t.milestone_error_stage_unknown(),
        }
    }
}

impl Milestone {
    /// The title the reader reads.
    #[must_use]
    pub fn shown_title(&self, t: T) -> &str {
        t.title(&self.title, self.title_zh.as_deref())
    }

    /// Working days between the day first agreed on and the one now; positive when it slipped.
    #[must_use]
    pub fn slip(&self, calendar: &Calendar) -> i32 {
        calendar.working_days_between(self.baseline_on, self.due_on)
    }

    /// How it stands, as the tone and words of a deadline.
    #[must_use]
    pub fn deadline(&self, t: T, today: Date) -> (&'static str, String) {
        match self.reached_at {
            None if self.due_on == today => ("warn", t.task_due_today()),
            None if self.due_on < today => ("bad", time_left::of_day(t, self.due_on, today)),
            _ => ("", t.day(self.due_on, today)),
        }
    }
}

/// A slip in words: `4 days later`, `2 days earlier`, nothing when the date stands.
#[must_use]
pub fn slip_text(t: T, days: i32) -> (&'static str, String) {
    match days {
        0 => ("", t.milestone_slip_none()),
        days if days > 0 => ("warn", t.milestone_slip_later(days)),
        days => ("ok", t.milestone_slip_earlier(-days)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::locale::Language;
    use jiff::civil::date;

    #[test]
    fn slips_count_working_days() {
        let t = T(Language::English);
        let milestone = |baseline_on, due_on| Milestone {
            project_id: ProjectId::new(),
            id: MilestoneId::new(),
            kind: MilestoneKind::Own,
            stage_id: None,
            title: "Beta".into(),
            title_zh: Some("公测".into()),
            baseline_on,
            due_on,
            reached_at: None,
            version: 1,
        };
        let friday = date(2026, 11, 20);
        for (due, slip, text) in [
            (friday, 0, "As agreed"),
            (date(2026, 11, 23), 1, "1 working day later"),
            (date(2026, 12, 4), 10, "10 working days later"),
            (date(2026, 11, 18), -2, "2 working days earlier"),
        ] {
            let slipped = milestone(friday, due).slip(&Calendar::default());
            assert_eq!(slipped, slip);
            assert_eq!(slip_text(t, slipped).1, text);
        }
        assert_eq!(milestone(friday, friday).deadline(t, date(2026, 11, 24)), ("bad", "4 days late".to_owned()));
        assert_eq!(milestone(friday, friday).deadline(t, friday), ("warn", "Today".to_owned()));
        let kept = MilestoneFields { title: "公测".into(), title_zh: None, due_on: friday, stage_id: None }
            .keeping_title_of(&milestone(friday, friday));
        assert_eq!((kept.title.as_str(), kept.title_zh.as_deref()), ("Beta", Some("公测")));
    }
}
