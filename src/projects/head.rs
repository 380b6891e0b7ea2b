//! The head of every page of a project: its name, health and tabs.

use crate::web::shell::Health;

/// The tab a page stands under; focus pages (a task, an escalation) have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// `/p/GEO`.
    Overview,
    /// `/p/GEO/goals`.
    Goals,
    /// `/p/GEO/playbook`.
    Playbook,
    /// `/p/GEO/work`.
    Work,
    /// `/p/GEO/matrix`.
    Matrix,
    /// `/p/GEO/requests`.
    Requests,
    /// `/p/GEO/escalations`.
    Escalations,
    /// `/p/GEO/decisions`.
    Decisions,
    /// `/p/GEO/team`.
    Team,
    /// `/p/GEO/history`.
    History,
    /// `/p/GEO/settings`.
    Settings,
    /// None.
    None,
}

impl Tab {
    /// The name that templates compare with.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Goals => "goals",
            Self::Playbook => "playbook",
            Self::Work => "work",
            Self::Matrix => "matrix",
            Self::Requests => "requests",
            Self::Escalations => "escalations",
            Self::Decisions => "decisions",
            Self::Team => "team",
            Self::History => "history",
            Self::Settings => "settings",
            Self::None => "",
        }
    }
}

/// What `templates/shared/project.html` shows above the page.
#[derive(Clone, Debug)]
pub struct ProjectHead {
    /// `GEO`.
    pub key: String,
    /// The project's name.
    pub name: String,
    /// Its health as it was computed last.
    pub health: Health,
    /// What the lead declares, where that differs.
    pub declared: Option<Health>,
    /// [`Tab::name`].
    pub tab: &'static str,
    /// Tasks that are neither done nor dropped.
    pub open_tasks: i64,
    /// Escalations that are neither closed.
    pub open_escalations: i64,
    /// The page knows of all transactions before this one; live pages go on from there.
    pub read_at: i64,
    /// Whether the reader changes settings.
    pub may_manage: bool,
    /// Whether the reader thanks people.
    pub may_thank: bool,
    /// Not published yet.
    pub is_draft: bool,
    /// Over.
    pub is_archived: bool,
    /// One line under the name; may be empty.
    pub sub: String,
}
