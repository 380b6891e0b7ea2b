//! What a reader of the history asks for; pure.

use crate::{events::Kind, platform::locale::T};

/// Kinds of events that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Tasks and milestones.
    Work,
    /// Stages, gates and dates.
    Stages,
    /// The division of labour.
    Duty,
    /// Seats and departments.
    Team,
    /// Strategy, objectives, key results and their figures.
    Goals,
    /// Requests between departments.
    Requests,
    /// Escalations.
    Escalations,
    /// Decisions.
    Decisions,
    /// The project itself.
    Project,
}

impl About {
    /// All, as the filter lists them.
    pub const ALL: [Self; 9] = [
        Self::Goals,
        Self::Work,
        Self::Stages,
        Self::Duty,
        Self::Team,
        Self::Requests,
        Self::Escalations,
        Self::Decisions,
        Self::Project,
    ];

    /// The text in the address.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Stages => "stages",
            Self::Duty => "duty",
            Self::Team => "team",
            Self::Goals => "goals",
            Self::Requests => "requests",
            Self::Escalations => "escalations",
            Self::Decisions => "decisions",
            Self::Project => "project",
        }
    }

    /// From the address.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|about| about.as_str() == text)
    }

    /// On screen.
    #[must_use]
    pub fn label(self, t: T) -> String {
        match self {
            Self::Work => t.history_work(),
            Self::Stages => t.history_stages(),
            Self::Duty => t.tab_matrix(),
            Self::Team => t.tab_team(),
            Self::Goals => t.tab_goals(),
            Self::Requests => t.tab_requests(),
            Self::Escalations => t.tab_escalations(),
            Self::Decisions => t.tab_decisions(),
            Self::Project => t.history_project(),
        }
    }

    fn of(kind: Kind) -> Option<Self> {
        let (subject, _) = kind.as_str().split_once('.')?;
        match subject {
            "task" | "milestone" => Some(Self::Work),
            "stage" | "gate_rule" => Some(Self::Stages),
            "project" if kind == Kind::ScheduleChanged => Some(Self::Stages),
            "project" | "robot" => Some(Self::Project),
            "duty" => Some(Self::Duty),
            "seat" | "part" | "thanks" => Some(Self::Team),
            "escalation" | "position" | "evidence" | "option" | "criteria" | "ballot" => Some(Self::Escalations),
            "request" | "baseline" | "change" => Some(Self::Requests),
            "decision" => Some(Self::Decisions),
            "strategy" | "objective" | "key_result" | "kpi" | "goals" | "playbook" | "bonus_pool" | "money" => {
                Some(Self::Goals)
            }
            _ => None,
        }
    }

    /// Its kinds.
    #[must_use]
    pub fn kinds(self) -> Vec<Kind> {
        Kind::ALL.iter().copied().filter(|kind| Self::of(*kind) == Some(self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_kinds_and_every_kind_of_a_project_one_group() {
        let grouped: usize = About::ALL.into_iter().map(|about| about.kinds().len()).sum();
        let outside =
            ["organisation.", "calendar.", "escalation_limits.", "department.", "person.", "session.", "access."];
        let of_projects =
            Kind::ALL.iter().filter(|kind| !outside.iter().any(|prefix| kind.as_str().starts_with(prefix))).count();
        assert_eq!(grouped, of_projects);
        for about in About::ALL {
            assert!(!about.kinds().is_empty(), "{about:?}");
            assert_eq!(About::parse(about.as_str()), Some(about));
        }
        assert_eq!(About::parse("gossip"), None);
    }
}
