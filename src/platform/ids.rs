//! Identifiers: UUIDv7, so that they sort by when they were made, each in a type of its own.
//!
//! The id of a new record is made when its form is rendered; a form sent twice then makes one record
//! (ARCHITECTURE §7). This module is the only one that draws random numbers.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A fresh identifier.
            #[must_use]
            #[expect(clippy::new_without_default, reason = "a default that differs each time would surprise")]
            pub fn new() -> Self {
                Self(new_uuid())
            }

            /// The bare value, for SQL.
            #[must_use]
            pub fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(value: Uuid) -> Self {
                Self(value)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

id! {
    /// A line of somebody's inbox.
    NoticeId;
    /// A question to the raiser of an escalation.
    QuestionId;
    /// A person who may sign in.
    PersonId;
    /// One signed-in browser.
    SessionId;
    /// A one-time link (invitation or password reset).
    LinkId;
    /// A department of the organisation.
    DepartmentId;
    /// A project.
    ProjectId;
    /// A stage of a project.
    StageId;
    /// A gate rule of a stage.
    GateRuleId;
    /// What a lead attests about a gate rule.
    AttestationId;
    /// A department's part in a project (or the lead's, or the committee's).
    PartId;
    /// One item of the division of labour.
    DutyId;
    /// A person's place in a project.
    SeatId;
    /// A task.
    TaskId;
    /// A comment on a task or an escalation.
    CommentId;
    /// A milestone.
    MilestoneId;
    /// An escalation.
    EscalationId;
    /// A department's statement in an escalation.
    PositionId;
    /// A piece of evidence in an escalation.
    EvidenceId;
    /// A possible answer to an escalation.
    OptionId;
    /// A row on which options are compared.
    CriterionId;
    /// A cast vote.
    BallotId;
    /// A member's stepping aside from a question.
    AsideId;
    /// A recorded decision.
    DecisionId;
    /// A change that a decision makes.
    EffectId;
    /// A direct request from one department to another.
    RequestId;
    /// One move in the thread of a request.
    RequestMoveId;
    /// What a decision says about a gate.
    GateRulingId;
    /// What was agreed to be in scope.
    BaselineId;
    /// A requirement change after it.
    ChangeId;
    /// One move in the thread of a requirement change.
    ChangeMoveId;
    /// The review of a decision on its day.
    ReviewId;
    /// What a lead declares about the health of a project.
    HealthDeclarationId;
    /// A version of a project's strategy.
    StrategyId;
    /// A version of the playbook.
    PlaybookId;
    /// An objective.
    ObjectiveId;
    /// A key result of an objective.
    KeyResultId;
    /// What the lead put before the committee to be signed off.
    GoalProposalId;
    /// Thanks from person to person.
    ThanksId;
    /// A bonus pool as it was set.
    BonusPoolId;
    /// A row of figures over time.
    SeriesId;
    /// One figure of a series, or its correction.
    EntryId;
    /// A running indicator.
    KpiId;
    /// A line of a commercial plan.
    MoneyLineId;
    /// What a department does towards its share of a key result.
    ShareLinkId;
    /// A line of what happened.
    EventId;
    /// A letter that waits to be sent.
    MailId;
    /// A robot of a group chat.
    RobotId;
    /// A message for a group chat.
    ChatPostId;
}

/// A fresh UUIDv7.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place that makes identifiers")]
pub fn new_uuid() -> Uuid {
    Uuid::now_v7()
}

/// The operating system's random source failed: nothing secret can be made.
#[derive(Debug, thiserror::Error)]
#[error("the system's random source failed: {0}")]
pub struct NoRandomness(#[from] getrandom::Error);

/// A secret of 256 random bits for a cookie or a one-time link, as 64 hexadecimal digits.
///
/// # Errors
/// When the operating system gives no random bytes.
#[expect(clippy::disallowed_methods, reason = "the one place that draws random numbers")]
pub fn new_secret() -> Result<String, NoRandomness> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)?;
    Ok(hex(&bytes))
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _infallible = write!(out, "{byte:02x}");
        out
    })
}
