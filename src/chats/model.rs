//! Robots, what they are told of, and why one is paused; pure.

use crate::{
    events::Kind,
    platform::{
        chat::Service,
        ids::RobotId,
        locale::{Language, T},
    },
};
use std::{fmt, time::Duration};
use url::Url;

/// Most robots of a project.
pub const MOST: usize = 5;

/// What is kept and never shown: an address that lets whoever has it write into a chat, or the secret beside it.
#[derive(Clone, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct Secret(String);

impl Secret {
    /// Keeps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text: for the request that it is for, and for the store.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(not shown)")
    }
}

/// Things that a chat may want to hear of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Escalations and decisions.
    Escalations,
    /// Requests that were declined or escalated, and promises that slip.
    Requests,
    /// Requirement changes and what becomes of their budget.
    Changes,
    /// Gates and stages.
    Gates,
    /// Milestones and the launch.
    Dates,
    /// Tasks that are blocked.
    Blocked,
}

impl Topic {
    /// All, as forms list them.
    pub const ALL: [Self; 6] =
        [Self::Escalations, Self::Requests, Self::Changes, Self::Gates, Self::Dates, Self::Blocked];

    /// The text in the database and in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Escalations => "escalations",
            Self::Requests => "requests",
            Self::Changes => "changes",
            Self::Gates => "gates",
            Self::Dates => "dates",
            Self::Blocked => "blocked",
        }
    }

    /// From the text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.as_str() == text)
    }

    /// On screen.
    #[must_use]
    pub fn label(self, t: T) -> String {
        match self {
            Self::Escalations => t.chats_topic_escalations(),
            Self::Requests => t.chats_topic_requests(),
            Self::Changes => t.chats_topic_changes(),
            Self::Gates => t.chats_topic_gates(),
            Self::Dates => t.chats_topic_dates(),
            Self::Blocked => t.chats_topic_blocked(),
        }
    }

    /// What an event is about, for chats: only what everybody reads who sees the project. `status` is what a task's is now,
    /// `slips` whether a task that was moved was promised for an earlier day.
    #[must_use]
    pub fn of(kind: Kind, status: &str, slips: bool) -> Option<Self> {
        match kind {
            Kind::EscalationRaised
            | Kind::EscalationPassedOn
            | Kind::EscalationTimeOver
            | Kind::EscalationSettled
            | Kind::EscalationWithdrawn
            | Kind::EscalationDecided
            | Kind::DecisionRecorded
            | Kind::DecisionSuperseded
            | Kind::DecisionReviewed => Some(Self::Escalations),
            Kind::RequestDeclined | Kind::RequestEscalated => Some(Self::Requests),
            Kind::TaskMoved if slips => Some(Self::Requests),
            Kind::BaselineSet
            | Kind::BudgetRaised
            | Kind::ChangeAsked
            | Kind::ChangeSized
            | Kind::ChangeAccepted
            | Kind::ChangeDeclined
            | Kind::ChangeWithdrawn
            | Kind::ChangeOverBudget
            | Kind::ChangeSettled
            | Kind::ChangeReopened => Some(Self::Changes),
            Kind::StageStarted
            | Kind::StagePassed
            | Kind::StageSentBack
            | Kind::GateHeld
            | Kind::GateWaived
            | Kind::RuleWaived => Some(Self::Gates),
            Kind::ScheduleChanged | Kind::MilestoneMoved | Kind::MilestoneReached => Some(Self::Dates),
            Kind::TaskStatusChanged if status == "blocked" => Some(Self::Blocked),
            _ => None,
        }
    }

    /// The kinds of which some events are told.
    #[must_use]
    pub fn kinds() -> Vec<String> {
        let told = |kind: &Kind| Self::of(*kind, "blocked", true).is_some();
        Kind::ALL.iter().filter(|kind| told(kind)).map(|kind| kind.as_str().to_owned()).collect()
    }
}

/// Why a robot posts nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// Somebody wanted it so.
    ByHand,
    /// The service refuses: the robot was removed, the signature is wrong.
    Refused,
    /// The address leads where Tutti may not go.
    NotAllowed,
    /// The host cannot prove its name.
    Certificate,
    /// Nobody answered for a day.
    Silent,
}

impl Pause {
    /// All.
    pub const ALL: [Self; 5] = [Self::ByHand, Self::Refused, Self::NotAllowed, Self::Certificate, Self::Silent];

    /// The text in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ByHand => "by_hand",
            Self::Refused => "refused",
            Self::NotAllowed => "not_allowed",
            Self::Certificate => "certificate",
            Self::Silent => "silent",
        }
    }

    /// From the text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pause| pause.as_str() == text)
    }

    /// On screen.
    #[must_use]
    pub fn label(self, t: T) -> String {
        match self {
            Self::ByHand => t.chats_pause_by_hand(),
            Self::Refused => t.chats_pause_refused(),
            Self::NotAllowed => t.chats_pause_not_allowed(),
            Self::Certificate => t.chats_pause_certificate(),
            Self::Silent => t.chats_pause_silent(),
        }
    }
}

/// How a test message failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Too many messages, or the service is out of order.
    Busy,
    /// The host's name is not known.
    Unknown,
    /// Nobody answers there.
    Unreachable,
    /// No answer in time.
    TooSlow,
    /// What came back is no answer.
    Unreadable,
    /// The address leads where Tutti may not go.
    NotAllowed,
    /// The host cannot prove its name.
    Certificate,
    /// The service refuses.
    Refused,
}

impl Failure {
    /// All.
    pub const ALL: [Self; 8] = [
        Self::Busy,
        Self::Unknown,
        Self::Unreachable,
        Self::TooSlow,
        Self::Unreadable,
        Self::NotAllowed,
        Self::Certificate,
        Self::Refused,
    ];

    /// The text in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Busy => "busy",
            Self::Unknown => "unknown",
            Self::Unreachable => "unreachable",
            Self::TooSlow => "too_slow",
            Self::Unreadable => "unreadable",
            Self::NotAllowed => "not_allowed",
            Self::Certificate => "certificate",
            Self::Refused => "refused",
        }
    }

    /// From the text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|failure| failure.as_str() == text)
    }

    /// On screen; `code` is what the service called it, `limit` how long an answer was waited for.
    #[must_use]
    pub fn text(self, t: T, service: Service, code: Option<&str>, limit: Duration) -> String {
        let name = service_name(t, service);
        match self {
            Self::Busy => t.chats_test_busy(name),
            Self::Unknown => t.chats_test_unknown(),
            Self::Unreachable => t.chats_test_unreachable(),
            Self::TooSlow => t.chats_test_too_slow(i64::try_from(limit.as_secs()).unwrap_or(i64::MAX).max(1)),
            Self::Unreadable => t.chats_test_unreadable(),
            Self::NotAllowed => t.chats_test_not_allowed(),
            Self::Certificate => t.chats_test_certificate(),
            Self::Refused => t.chats_test_refused(code.unwrap_or_default(), name),
        }
    }
}

/// A robot of a group chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Robot {
    /// Its id.
    pub id: RobotId,
    /// What people call it.
    pub name: String,
    /// Whose chat it is.
    pub service: Service,
    /// Where it is told.
    pub address: Secret,
    /// What its messages are signed with.
    pub secret: Option<Secret>,
    /// The language of its posts.
    pub language: Language,
    /// What it is told of.
    pub topics: Vec<Topic>,
    /// Why it posts nothing.
    pub pause: Option<Pause>,
    /// What the service called the reason.
    pub pause_code: Option<String>,
    /// For edits at the same time.
    pub version: i32,
}

/// The service's name on screen.
#[must_use]
pub fn service_name(t: T, service: Service) -> String {
    match service {
        Service::Slack => t.chats_slack(),
        Service::Feishu => t.chats_feishu(),
        Service::DingTalk => t.chats_dingtalk(),
        Service::WeCom => t.chats_wecom(),
    }
}

/// All that is ever shown of an address: its host and its last four characters, the latter only of a long one.
#[must_use]
pub fn shown(address: &Secret) -> String {
    let Ok(url) = address.reveal().parse::<Url>() else { return String::new() };
    let host = url.host_str().unwrap_or_default().to_owned();
    let host = url.port().map_or_else(|| host.clone(), |port| format!("{host}:{port}"));
    let rest: Vec<char> = address.reveal().chars().rev().take_while(|letter| *letter != '/').collect();
    if rest.len() < 16 {
        return host;
    }
    let last: String = rest.into_iter().take(4).collect::<Vec<_>>().into_iter().rev().collect();
    format!("{host} …{last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_shows_its_host_and_four_characters() {
        for (address, expected) in [
            ("https://hooks.slack.com/services/T0000/B0000/abcdefghijklmnopqrst", "hooks.slack.com …qrst"),
            ("https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef", "oapi.dingtalk.com …cdef"),
            ("https://chat.example:8443/hooks/short", "chat.example:8443"),
            ("nonsense", ""),
        ] {
            assert_eq!(shown(&Secret::new(address)), expected);
        }
        let robot = format!("{:?}", Secret::new("https://hooks.slack.com/services/T0000"));
        assert_eq!(robot, "(not shown)");
    }

    /// What only some may see is told nobody: drafts of positions, ballots, guests, who stepped aside, packs, seats, accounts.
    #[test]
    fn only_what_everybody_reads_is_told() {
        for (kind, status, slips, topic) in [
            (Kind::EscalationRaised, "", false, Some(Topic::Escalations)),
            (Kind::EscalationTimeOver, "", false, Some(Topic::Escalations)),
            (Kind::DecisionRecorded, "", false, Some(Topic::Escalations)),
            (Kind::RequestDeclined, "", false, Some(Topic::Requests)),
            (Kind::TaskMoved, "", true, Some(Topic::Requests)),
            (Kind::TaskMoved, "", false, None),
            (Kind::ChangeAsked, "", false, Some(Topic::Changes)),
            (Kind::ChangeSized, "", false, Some(Topic::Changes)),
            (Kind::ChangeDeclined, "", false, Some(Topic::Changes)),
            (Kind::ChangeOverBudget, "", false, Some(Topic::Changes)),
            (Kind::StagePassed, "", false, Some(Topic::Gates)),
            (Kind::MilestoneMoved, "", false, Some(Topic::Dates)),
            (Kind::TaskStatusChanged, "blocked", false, Some(Topic::Blocked)),
            (Kind::TaskStatusChanged, "done", false, None),
        ] {
            assert_eq!(Topic::of(kind, status, slips), topic, "{kind:?}");
        }
        for kind in Kind::ALL {
            let name = kind.as_str();
            let hidden =
                ["ballot.", "position.", "evidence.", "option.", "criteria.", "seat.", "person.", "session.", "robot."];
            let is_hidden = hidden.iter().any(|prefix| name.starts_with(prefix))
                || name.contains("guest")
                || name.contains("pack")
                || name.contains("aside")
                || name.contains("comment")
                || name.contains("raiser");
            assert!(!is_hidden || Topic::of(*kind, "blocked", true).is_none(), "{kind:?} is told");
        }
        assert!(Topic::kinds().contains(&"escalation.raised".to_owned()) && Topic::kinds().len() < 35);
    }

    #[test]
    fn texts_are_read_back() {
        for topic in Topic::ALL {
            assert_eq!(Topic::parse(topic.as_str()), Some(topic));
        }
        for pause in Pause::ALL {
            assert_eq!(Pause::parse(pause.as_str()), Some(pause));
        }
        for failure in Failure::ALL {
            assert_eq!(Failure::parse(failure.as_str()), Some(failure));
        }
        for service in Service::ALL {
            assert_eq!(Service::parse(service.as_str()), Some(service));
        }
        assert_eq!((Topic::parse("x"), Pause::parse("x"), Service::parse("x")), (None, None, None));
    }
}
