//! Which event is told to whom, and what is wanted from them; pure. What somebody did themselves is no news to them.

use crate::{events::Kind, platform::locale::T};
use serde_json::Value;

/// Who hears of an event, as the store finds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hearer {
    /// Who has the task.
    Assignee,
    /// Who watches the task.
    Watchers,
    /// Whom the comment mentions.
    Mentioned,
    /// The liaison of the department that the blocked task waits for.
    WaitedFor,
    /// Who speaks for the two sides of the escalation.
    Sides,
    /// Who speaks for a side that has written no position.
    SilentSides,
    /// The GTM lead.
    Lead,
    /// The committee and its chair.
    Committee,
    /// Those of them who have not voted.
    NotVoted,
    /// Who raised it, and the liaison of their side.
    Raiser,
    /// Who asked the question that was answered just now.
    Asker,
    /// Advisers, and guests who were asked about it.
    Advisers,
    /// The guest who was asked just now.
    Guest,
    /// Whose seat it is.
    Seated,
    /// The owner of the decision.
    Owner,
    /// Who speaks for the department that is asked.
    Asked,
    /// Who asked the other department, and who speaks for theirs.
    Asking,
    /// Who heads one of the two departments of a request.
    Managers,
    /// Everybody who holds a seat.
    Everyone,
}

impl Hearer {
    /// Its name in the statement that finds them.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Assignee => "assignee",
            Self::Watchers => "watchers",
            Self::Mentioned => "mentioned",
            Self::WaitedFor => "waited_for",
            Self::Sides => "sides",
            Self::SilentSides => "silent_sides",
            Self::Lead => "lead",
            Self::Committee => "committee",
            Self::NotVoted => "not_voted",
            Self::Raiser => "raiser",
            Self::Asker => "asker",
            Self::Advisers => "advisers",
            Self::Guest => "guest",
            Self::Seated => "seated",
            Self::Owner => "owner",
            Self::Asked => "asked",
            Self::Asking => "asking",
            Self::Managers => "managers",
            Self::Everyone => "everyone",
        }
    }
}

/// What is wanted from who hears of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Want {
    /// Take up the task.
    Task,
    /// Answer the comment.
    Answer,
    /// Unblock the task.
    Unblock,
    /// Write the position.
    Position,
    /// Agree with the other side.
    Agree,
    /// Confirm the settlement on offer.
    Confirm,
    /// Settle it, or pass it on.
    Settle,
    /// Vote.
    Vote,
    /// Give a view.
    Advise,
    /// Answer as the raiser.
    AnswerQuestion,
    /// Answer the request.
    AnswerRequest,
    /// Take the other date or the refusal, or insist.
    AnswerOffer,
}

impl Want {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Task,
        Self::Answer,
        Self::Unblock,
        Self::Position,
        Self::Agree,
        Self::Confirm,
        Self::Settle,
        Self::Vote,
        Self::Advise,
        Self::AnswerQuestion,
        Self::AnswerRequest,
        Self::AnswerOffer,
    ];

    /// The text in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Answer => "answer",
            Self::Unblock => "unblock",
            Self::Position => "position",
            Self::Agree => "agree",
            Self::Confirm => "confirm",
            Self::Settle => "settle",
            Self::Vote => "vote",
            Self::Advise => "advise",
            Self::AnswerQuestion => "answer_question",
            Self::AnswerRequest => "answer_request",
            Self::AnswerOffer => "answer_offer",
        }
    }

    /// From the text in the database; one of a later release is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|want| want.as_str() == text)
    }

    /// In a word, on screen.
    #[must_use]
    pub fn label(self, t: T) -> String {
        match self {
            Self::Task => t.notices_want_task(),
            Self::Answer => t.notices_want_answer(),
            Self::Unblock => t.notices_want_unblock(),
            Self::Position => t.notices_want_position(),
            Self::Agree => t.notices_want_agree(),
            Self::Confirm => t.notices_want_confirm(),
            Self::Settle => t.notices_want_settle(),
            Self::Vote => t.notices_want_vote(),
            Self::Advise => t.notices_want_advise(),
            Self::AnswerQuestion => t.notices_want_answer_question(),
            Self::AnswerRequest => t.notices_want_answer_request(),
            Self::AnswerOffer => t.notices_want_answer_offer(),
        }
    }
}

/// What people choose letters by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Tasks of mine, and those that I watch.
    Tasks,
    /// What departments ask each other.
    Requests,
    /// Disagreements.
    Escalations,
    /// What was decided.
    Decisions,
    /// The project around it.
    Project,
}

impl Topic {
    /// The text in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tasks => "tasks",
            Self::Requests => "requests",
            Self::Escalations => "escalations",
            Self::Decisions => "decisions",
            Self::Project => "project",
        }
    }
}

/// An event that is told, and to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// Its topic.
    pub topic: Topic,
    /// Who hears of it, and what is wanted from them. Somebody named twice is asked for the first thing wanted.
    pub hearers: Vec<(Hearer, Option<Want>)>,
    /// How much it says about the thing it happened to. A line that folds several events is headed by the one from
    /// which something is wanted, then by the weightiest, then by the latest.
    pub weight: i16,
}

/// Who is told of an event of this kind, with these fields after it; nobody of most.
#[must_use]
pub fn telling(kind: Kind, after: &Value) -> Option<Telling> {
    use Hearer as H;
    use Topic::{Decisions, Escalations, Project, Requests, Tasks};
    let said = |field: &str| after.get(field).and_then(Value::as_str).unwrap_or_default();
    let (topic, hearers): (Topic, &[(Hearer, Option<Want>)]) = match kind {
        Kind::TaskCreated | Kind::TaskAssigned => (Tasks, &[(H::Assignee, Some(Want::Task)), (H::Watchers, None)]),
        Kind::TaskCommented => (Tasks, &[(H::Mentioned, Some(Want::Answer)), (H::Assignee, None), (H::Watchers, None)]),
        Kind::TaskStatusChanged if said("status") == "blocked" => {
            (Tasks, &[(H::WaitedFor, Some(Want::Unblock)), (H::Assignee, None), (H::Watchers, None)])
        }
        Kind::TaskStatusChanged | Kind::TaskChanged | Kind::TaskMoved => {
            (Tasks, &[(H::Assignee, None), (H::Watchers, None)])
        }
        // Who answers for the two departments and for the project reads of it, and is asked for nothing.
        Kind::RequestAsked | Kind::RequestInsisted => {
            (Requests, &[(H::Asked, Some(Want::AnswerRequest)), (H::Managers, None), (H::Lead, None)])
        }
        Kind::RequestCountered | Kind::RequestDeclined => {
            (Requests, &[(H::Asking, Some(Want::AnswerOffer)), (H::Managers, None), (H::Lead, None)])
        }
        Kind::RequestAccepted
        | Kind::RequestAgreed
        | Kind::RequestRedated
        | Kind::RequestWithdrawn
        | Kind::RequestEscalated => {
            (Requests, &[(H::Asked, None), (H::Asking, None), (H::Managers, None), (H::Lead, None)])
        }
        Kind::EscalationRaised => {
            (Escalations, &[(H::SilentSides, Some(Want::Position)), (H::Sides, None), (H::Lead, None)])
        }
        Kind::EscalationPassedOn | Kind::EscalationTimeOver if said("state") == "with_committee" => (
            Escalations,
            &[(H::Committee, Some(Want::Vote)), (H::Advisers, Some(Want::Advise)), (H::Sides, None), (H::Lead, None)],
        ),
        Kind::EscalationPassedOn | Kind::EscalationTimeOver => {
            (Escalations, &[(H::Lead, Some(Want::Settle)), (H::Sides, None)])
        }
        Kind::EscalationTimeRunsOut => match said("state") {
            "with_liaisons" => (Escalations, &[(H::SilentSides, Some(Want::Position)), (H::Sides, Some(Want::Agree))]),
            "with_lead" => (Escalations, &[(H::Lead, Some(Want::Settle))]),
            _ => (Escalations, &[(H::NotVoted, Some(Want::Vote))]),
        },
        Kind::RaiserAsked => (Escalations, &[(H::Raiser, Some(Want::AnswerQuestion))]),
        Kind::RaiserAnswered => (Escalations, &[(H::Asker, None), (H::Lead, None)]),
        Kind::EscalationChanged if !said("outcome").is_empty() => (Escalations, &[(H::Sides, Some(Want::Confirm))]),
        Kind::PositionWritten | Kind::EvidenceAdded | Kind::EscalationCommented => {
            (Escalations, &[(H::Sides, None), (H::Lead, None)])
        }
        Kind::EscalationSettled | Kind::EscalationWithdrawn | Kind::EscalationDecided => {
            (Escalations, &[(H::Sides, None), (H::Lead, None), (H::Committee, None), (H::Raiser, None)])
        }
        Kind::GuestAsked => (Escalations, &[(H::Guest, Some(Want::Advise))]),
        Kind::DecisionRecorded | Kind::DecisionSuperseded => (Decisions, &[(H::Owner, None), (H::Everyone, None)]),
        Kind::SeatGiven | Kind::SeatHandedOver => (Project, &[(H::Seated, None)]),
        Kind::RobotFailed => (Project, &[(H::Lead, None)]),
        Kind::ProjectPublished
        | Kind::ProjectArchived
        | Kind::ProjectRestored
        | Kind::ScheduleChanged
        | Kind::StageStarted
        | Kind::MilestoneMoved
        | Kind::MilestoneReached => (Project, &[(H::Everyone, None)]),
        _ => return None,
    };
    Some(Telling { topic, hearers: hearers.to_vec(), weight: weight(kind) })
}

/// What is said about a thing and around it weighs least, what ends it or sends it on its way most.
fn weight(kind: Kind) -> i16 {
    match kind {
        Kind::TaskCommented
        | Kind::TaskChanged
        | Kind::EscalationChanged
        | Kind::EscalationCommented
        | Kind::PositionWritten
        | Kind::EvidenceAdded
        | Kind::RaiserAnswered
        | Kind::EscalationTimeRunsOut => 0,
        Kind::EscalationRaised
        | Kind::EscalationPassedOn
        | Kind::EscalationTimeOver
        | Kind::RequestAsked
        | Kind::RequestInsisted => 2,
        Kind::EscalationSettled
        | Kind::EscalationWithdrawn
        | Kind::EscalationDecided
        | Kind::RequestAccepted
        | Kind::RequestAgreed
        | Kind::RequestWithdrawn
        | Kind::RequestEscalated
        | Kind::DecisionRecorded
        | Kind::DecisionSuperseded => 3,
        _ => 1,
    }
}

/// Whether an event answers what its actor was asked, and is nobody else's news.
#[must_use]
pub fn answers(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::BallotCast | Kind::BallotChanged | Kind::BallotConfirmed | Kind::AdviceGiven | Kind::AdviceChanged
    )
}

/// Whether what was wanted of others before is over with this event: it went on, or it was closed.
#[must_use]
pub fn ends_wants(kind: &str) -> bool {
    matches!(
        Kind::parse(kind),
        Some(
            Kind::EscalationPassedOn
                | Kind::EscalationTimeOver
                | Kind::EscalationSettled
                | Kind::EscalationWithdrawn
                | Kind::EscalationDecided
                | Kind::RaiserAnswered
                | Kind::RaiserQuestionTakenBack
                | Kind::RequestAccepted
                | Kind::RequestCountered
                | Kind::RequestDeclined
                | Kind::RequestAgreed
                | Kind::RequestInsisted
                | Kind::RequestWithdrawn
                | Kind::RequestEscalated
        )
    )
}

/// Whether an event may take a project out of somebody's sight.
#[must_use]
pub fn narrows(kind: &str) -> bool {
    matches!(
        Kind::parse(kind),
        Some(
            Kind::SeatRemoved
                | Kind::SeatHandedOver
                | Kind::ProjectChanged
                | Kind::GuestDismissed
                | Kind::ProjectArchived
        )
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn wants(kind: Kind, after: Value) -> Vec<(Hearer, Option<Want>)> {
        telling(kind, &after).map(|telling| telling.hearers).unwrap_or_default()
    }

    #[test]
    fn what_waits_for_somebody_says_what_is_wanted() {
        let first = |kind, after| wants(kind, after).first().copied();
        for (kind, after, hearer, want) in [
            (Kind::TaskAssigned, json!({}), Hearer::Assignee, Want::Task),
            (Kind::TaskCommented, json!({}), Hearer::Mentioned, Want::Answer),
            (Kind::TaskStatusChanged, json!({ "status": "blocked" }), Hearer::WaitedFor, Want::Unblock),
            (Kind::EscalationRaised, json!({}), Hearer::SilentSides, Want::Position),
            (Kind::EscalationPassedOn, json!({ "state": "with_lead" }), Hearer::Lead, Want::Settle),
            (Kind::EscalationTimeOver, json!({ "state": "with_committee" }), Hearer::Committee, Want::Vote),
            (Kind::EscalationTimeRunsOut, json!({ "state": "with_liaisons" }), Hearer::SilentSides, Want::Position),
            (Kind::EscalationTimeRunsOut, json!({ "state": "with_lead" }), Hearer::Lead, Want::Settle),
            (Kind::EscalationTimeRunsOut, json!({ "state": "with_committee" }), Hearer::NotVoted, Want::Vote),
            (Kind::RaiserAsked, json!({}), Hearer::Raiser, Want::AnswerQuestion),
            (Kind::EscalationChanged, json!({ "outcome": "299" }), Hearer::Sides, Want::Confirm),
            (Kind::GuestAsked, json!({}), Hearer::Guest, Want::Advise),
            (Kind::RequestAsked, json!({}), Hearer::Asked, Want::AnswerRequest),
            (Kind::RequestInsisted, json!({}), Hearer::Asked, Want::AnswerRequest),
            (Kind::RequestCountered, json!({}), Hearer::Asking, Want::AnswerOffer),
            (Kind::RequestDeclined, json!({}), Hearer::Asking, Want::AnswerOffer),
        ] {
            assert_eq!(first(kind, after), Some((hearer, Some(want))), "{kind:?}");
        }
    }

    #[test]
    fn ballots_sign_ins_and_small_edits_are_nobodys_news() {
        for kind in [Kind::BallotCast, Kind::BallotChanged, Kind::AdviceGiven, Kind::SignedIn, Kind::DutyChanged] {
            assert_eq!(telling(kind, &json!({})), None, "{kind:?}");
        }
        assert_eq!(telling(Kind::EscalationChanged, &json!({ "question": "New" })), None);
    }

    #[test]
    fn what_is_told_is_queued_and_what_waits_for_somebody_at_once() {
        for kind in Kind::ALL {
            let all =
                ["with_liaisons", "with_lead", "with_committee"].map(|state| json!({ "state": state, "outcome": "x" }));
            let tellings: Vec<Telling> = all.iter().filter_map(|after| telling(*kind, after)).collect();
            let is_told = !tellings.is_empty() || narrows(kind.as_str()) || answers(*kind) || ends_wants(kind.as_str());
            assert_eq!(is_told, kind.is_news(), "{kind:?}");
            let wanted = tellings.iter().flat_map(|telling| &telling.hearers).any(|(_, want)| want.is_some());
            // A new task and a proposed settlement may wait a minute: nobody is late for them.
            let may_wait = matches!(kind, Kind::TaskCreated | Kind::EscalationChanged | Kind::TaskStatusChanged);
            assert!(wanted || !kind.is_pressing(), "{kind:?}");
            assert!(!wanted || kind.is_pressing() || may_wait, "{kind:?}");
        }
    }

    #[test]
    fn guests_hear_of_what_is_put_before_them_only() {
        let reaches_guests = |hearer| matches!(hearer, Hearer::Advisers | Hearer::Guest);
        for kind in Kind::ALL {
            for state in ["with_liaisons", "with_lead", "with_committee"] {
                let hearers = wants(*kind, json!({ "state": state, "outcome": "x" }));
                let to_guests: Vec<_> = hearers.into_iter().filter(|(hearer, _)| reaches_guests(*hearer)).collect();
                assert!(to_guests.iter().all(|(_, want)| *want == Some(Want::Advise)), "{kind:?}");
            }
        }
    }

    #[test]
    fn what_ends_a_case_heads_its_line_and_a_comment_does_not() {
        let weighs = |kind| telling(kind, &json!({ "outcome": "x" })).map(|telling| telling.weight);
        let rising =
            [Kind::EscalationCommented, Kind::MilestoneMoved, Kind::EscalationPassedOn, Kind::EscalationDecided];
        assert!(rising.map(weighs).is_sorted_by(|a, b| a.is_some() && a < b));
    }

    #[test]
    fn managers_and_the_lead_read_of_requests_and_are_asked_for_nothing() {
        for kind in Kind::ALL.iter().filter(|kind| kind.as_str().starts_with("request.")) {
            let hearers = wants(*kind, json!({}));
            for hearer in [Hearer::Managers, Hearer::Lead] {
                assert!(hearers.contains(&(hearer, None)), "{kind:?} {hearer:?}");
            }
        }
    }

    #[test]
    fn wants_are_read_back() {
        for want in Want::ALL {
            assert_eq!(Want::parse(want.as_str()), Some(want));
        }
        assert_eq!(Want::parse("dance"), None);
    }
}
