//! Which event is told to whom, and what is wanted from them; pure. What somebody did themselves is no news to them.

mod effects;
mod want;

pub use effects::Folded;
pub use want::Want;

use crate::{
    events::{Kind, Recorded},
    platform::locale::T,
};
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
    /// Those of them who have neither voted nor stepped aside.
    NotVoted,
    /// Those of these whom no earlier warning has reminded.
    NotReminded,
    /// Who records the decision: the chair, or the deputy while the chair cannot.
    Recorder,
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
    /// Who speaks for the product side of the scope baseline.
    ChangeProduct,
    /// Who speaks for its R&D side.
    ChangeRnd,
    /// Who asked for the requirement change, and who speaks for their department.
    ChangeAsking,
    /// Who speaks for the departments whose changes count in the budget or wait for it.
    Contributors,
    /// Who speaks for any department.
    Liaisons,
    /// Who speaks for the department that owns the task, while nobody has it.
    Owning,
    /// Who speaks for the departments that the new letters of a duty concern.
    Touched,
    /// Who was thanked.
    Thanked,
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
            Self::NotReminded => "not_reminded",
            Self::Recorder => "recorder",
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
            Self::ChangeProduct => "change_product",
            Self::ChangeRnd => "change_rnd",
            Self::ChangeAsking => "change_asking",
            Self::Contributors => "contributors",
            Self::Liaisons => "liaisons",
            Self::Owning => "owning",
            Self::Touched => "touched",
            Self::Thanked => "thanked",
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
    /// A line that folds several events is headed by the latest, of one moment by the weightiest; unless an older one
    /// still waits for an answer, or ended the case, which weighs [`ENDS`] and more.
    pub weight: i16,
}

/// What an event weighs that ends the case which it happened to; whatever is said about it afterwards is less.
pub const ENDS: i16 = 3;

/// Who is told of an event of this kind, with these fields after it; nobody of most.
#[must_use]
pub fn telling(kind: Kind, after: &Value) -> Option<Telling> {
    use Hearer as H;
    use Topic::{Decisions, Escalations, Project, Requests, Tasks};
    let said = |field: &str| after.get(field).and_then(Value::as_str).unwrap_or_default();
    let (topic, hearers): (Topic, &[(Hearer, Option<Want>)]) = match kind {
        Kind::TaskCreated | Kind::TaskAssigned => {
            (Tasks, &[(H::Assignee, Some(Want::Task)), (H::Owning, Some(Want::Assign)), (H::Watchers, None)])
        }
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
        // Who insisted once does not again: then they can escalate.
        Kind::RequestCountered if after.get("insisted").is_some() => {
            (Requests, &[(H::Asking, Some(Want::AnswerLastOffer)), (H::Managers, None), (H::Lead, None)])
        }
        Kind::RequestCountered => {
            (Requests, &[(H::Asking, Some(Want::AnswerOffer)), (H::Managers, None), (H::Lead, None)])
        }
        Kind::RequestDeclined if after.get("insisted").is_some() => {
            (Requests, &[(H::Asking, Some(Want::AnswerLastRefusal)), (H::Managers, None), (H::Lead, None)])
        }
        Kind::RequestDeclined => {
            (Requests, &[(H::Asking, Some(Want::AnswerRefusal)), (H::Managers, None), (H::Lead, None)])
        }
        Kind::RequestAccepted
        | Kind::RequestAgreed
        | Kind::RequestRedated
        | Kind::RequestWithdrawn
        | Kind::RequestEscalated => {
            (Requests, &[(H::Asked, None), (H::Asking, None), (H::Managers, None), (H::Lead, None)])
        }
        Kind::BaselineSet | Kind::BudgetRaised => (Project, &[(H::Liaisons, None), (H::Lead, None)]),
        Kind::ThanksGiven => (Project, &[(H::Thanked, None)]),
        Kind::GoalsProposed => (Project, &[(H::Committee, None), (H::Liaisons, None)]),
        // Goals may change; they never change silently.
        Kind::ObjectiveCreated
        | Kind::ObjectiveChanged
        | Kind::ObjectiveDropped
        | Kind::KeyResultCreated
        | Kind::KeyResultChanged
        | Kind::KeyResultDropped
        | Kind::KeyResultSplit
        | Kind::BonusPoolSet => (Project, &[(H::Liaisons, None), (H::Lead, None)]),
        Kind::ChangeAsked => (Requests, &[(H::ChangeRnd, Some(Want::SizeChange)), (H::ChangeProduct, None)]),
        Kind::ChangeReopened if said("state") == "asked" => {
            (Requests, &[(H::ChangeRnd, Some(Want::SizeChange)), (H::ChangeProduct, None), (H::ChangeAsking, None)])
        }
        Kind::ChangeReopened => (
            Requests,
            &[
                (H::ChangeProduct, Some(Want::AnswerChange)),
                (H::ChangeRnd, Some(Want::AnswerChange)),
                (H::ChangeAsking, None),
            ],
        ),
        Kind::ChangeSized => (Requests, &[(H::ChangeProduct, Some(Want::AnswerChange)), (H::ChangeAsking, None)]),
        Kind::ChangeAccepted | Kind::ChangeDeclined | Kind::ChangeWithdrawn | Kind::ChangeSettled => {
            (Requests, &[(H::ChangeAsking, None), (H::ChangeProduct, None), (H::ChangeRnd, None)])
        }
        Kind::ChangeOverBudget => {
            (Requests, &[(H::Contributors, None), (H::ChangeProduct, None), (H::ChangeRnd, None), (H::Lead, None)])
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
            // Who has not voted is reminded once; from then on it is the next step that is owed.
            _ if said("time_left") == "half" => (Escalations, &[(H::NotVoted, Some(Want::Vote))]),
            _ => (Escalations, &[(H::Recorder, Some(Want::Decide)), (H::NotReminded, Some(Want::Vote))]),
        },
        Kind::RaiserAsked => (Escalations, &[(H::Raiser, Some(Want::AnswerQuestion))]),
        Kind::RaiserAnswered => (Escalations, &[(H::Asker, None), (H::Lead, None)]),
        Kind::EscalationChanged if !said("outcome").is_empty() => (Escalations, &[(H::Sides, Some(Want::Confirm))]),
        Kind::PositionWritten | Kind::EvidenceAdded | Kind::EscalationCommented => {
            (Escalations, &[(H::Sides, None), (H::Lead, None)])
        }
        Kind::EscalationDecided => (
            Escalations,
            &[(H::Sides, None), (H::Lead, None), (H::Committee, None), (H::Raiser, None), (H::Advisers, None)],
        ),
        Kind::EscalationSettled | Kind::EscalationWithdrawn => {
            (Escalations, &[(H::Sides, None), (H::Lead, None), (H::Committee, None), (H::Raiser, None)])
        }
        Kind::GuestAsked => (Escalations, &[(H::Guest, Some(Want::Advise))]),
        Kind::DecisionRecorded | Kind::DecisionSuperseded => (Decisions, &[(H::Owner, None), (H::Everyone, None)]),
        // What a decision says of duties, stages and gates: it folds into the line of the decision.
        Kind::DutyChanged if after.get("touched").is_some() => (Project, &[(H::Touched, None)]),
        Kind::StageSentBack | Kind::GateHeld | Kind::GateWaived | Kind::RuleWaived => (Project, &[(H::Everyone, None)]),
        Kind::SeatGiven | Kind::SeatHandedOver => (Project, &[(H::Seated, None)]),
        Kind::RobotFailed => (Project, &[(H::Lead, None)]),
        // Who stands in for the chair, and while the chair is away: also that it is over.
        Kind::CommitteeChanged if ["deputy", "away_until"].iter().any(|field| after.get(field).is_some()) => {
            (Project, &[(H::Committee, None)])
        }
        Kind::ProjectPublished
        | Kind::ProjectArchived
        | Kind::ProjectRestored
        | Kind::ScheduleChanged
        | Kind::StageStarted
        | Kind::MilestoneMoved
        | Kind::MilestoneReached
        | Kind::StrategySet
        | Kind::GoalsSignedOff => (Project, &[(H::Everyone, None)]),
        // Who has to read it again is asked to; the others read that there is another version.
        Kind::PlaybookPublished if after.get("asks_again").and_then(Value::as_bool) == Some(true) => {
            (Project, &[(H::Liaisons, Some(Want::ReadPlaybook)), (H::Everyone, None)])
        }
        Kind::PlaybookPublished => (Project, &[(H::Liaisons, None)]),
        _ => return None,
    };
    Some(Telling { topic, hearers: hearers.to_vec(), weight: weight(kind) })
}

/// What is said about a thing and around it weighs least, what ends it most.
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
        | Kind::RequestInsisted
        | Kind::RequestAccepted
        | Kind::RequestAgreed => 2,
        Kind::EscalationSettled
        | Kind::EscalationWithdrawn
        | Kind::EscalationDecided
        | Kind::RequestWithdrawn
        | Kind::RequestEscalated
        | Kind::DecisionRecorded
        | Kind::DecisionSuperseded => ENDS,
        _ => 1,
    }
}

/// What an outsider reads of an event: the question that was put before them, or what was decided; nobody's name.
#[must_use]
pub fn guest_line(t: T, event: &Recorded) -> String {
    let outcome = event.after.get("outcome").and_then(Value::as_str).unwrap_or_default();
    if Kind::parse(&event.kind) == Some(Kind::EscalationDecided) && !outcome.is_empty() {
        return t.notices_guest_decided(outcome, &event.subject_label);
    }
    t.notices_guest_line(&event.subject_label, &event.subject_title)
}

/// Whether an event answers what its actor was asked, and is nobody else's news.
#[must_use]
pub fn answers(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::BallotCast
            | Kind::BallotChanged
            | Kind::BallotConfirmed
            | Kind::AdviceGiven
            | Kind::AdviceChanged
            | Kind::SteppedAside
            | Kind::DecisionReviewed
            | Kind::PlaybookRead
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
                | Kind::ChangeSized
                | Kind::ChangeDeclined
                | Kind::ChangeWithdrawn
                | Kind::ChangeOverBudget
                | Kind::ChangeSettled
        )
    )
}

/// Whether an event may take something out of somebody's sight.
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
                | Kind::PersonRoleChanged
        )
    )
}

#[cfg(test)]
mod tests;
