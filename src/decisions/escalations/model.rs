//! The way of an escalation (ARCHITECTURE §6); pure.
//!
//! ```text
//!  raised ──► with_liaisons ──pass on──► with_lead ──pass on──► with_committee ──decide──► decided
//!                 │                          │                        │
//!                 │ the other side confirms  │ the lead settles       │
//!                 └────────► settled ◄───────┘                        │
//!                 └──────────────┴─────── the raiser withdraws ───────┴─────► withdrawn
//! ```
//!
//! A category without a limit for the liaisons starts with the lead.

use crate::{
    decisions::matrix::{Limit, StepLimits},
    platform::locale::T,
};
use serde::Deserialize;

/// Where an escalation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type, Deserialize)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The two liaisons look for a settlement.
    WithLiaisons,
    /// The GTM lead looks for one, and prepares the options.
    WithLead,
    /// The committee votes.
    WithCommittee,
    /// The chair recorded a decision.
    Decided,
    /// Settled before the committee.
    Settled,
    /// Taken back by whoever raised it.
    Withdrawn,
}

impl State {
    /// All, in their order.
    pub const ALL: [Self; 6] =
        [Self::WithLiaisons, Self::WithLead, Self::WithCommittee, Self::Decided, Self::Settled, Self::Withdrawn];

    /// The text in the database and in filters.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WithLiaisons => "with_liaisons",
            Self::WithLead => "with_lead",
            Self::WithCommittee => "with_committee",
            Self::Decided => "decided",
            Self::Settled => "settled",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// From a filter.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// On screen.
    #[must_use]
    pub fn label(self, t: T) -> String {
        match self {
            Self::WithLiaisons => t.escalation_state_with_liaisons(),
            Self::WithLead => t.escalation_state_with_lead(),
            Self::WithCommittee => t.escalation_state_with_committee(),
            Self::Decided => t.escalation_state_decided(),
            Self::Settled => t.escalation_state_settled(),
            Self::Withdrawn => t.escalation_state_withdrawn(),
        }
    }

    /// The icon beside the word.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Self::WithLiaisons => "people",
            Self::WithLead => "flag",
            Self::WithCommittee => "vote",
            Self::Decided | Self::Settled => "ok",
            Self::Withdrawn => "undo",
        }
    }

    /// `data-tone` of its pill; empty for a neutral one.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::WithLiaisons | Self::WithLead | Self::WithCommittee => "info",
            Self::Decided | Self::Settled => "ok",
            Self::Withdrawn => "",
        }
    }

    /// Where a new one starts.
    #[must_use]
    pub fn first(limits: StepLimits) -> Self {
        if limits.liaisons.is_some() { Self::WithLiaisons } else { Self::WithLead }
    }

    /// The step that runs; none once closed.
    #[must_use]
    pub fn step(self) -> Option<Step> {
        match self {
            Self::WithLiaisons => Some(Step::Liaisons),
            Self::WithLead => Some(Step::Lead),
            Self::WithCommittee => Some(Step::Committee),
            Self::Decided | Self::Settled | Self::Withdrawn => None,
        }
    }

    /// Still looking for an answer.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.step().is_some()
    }

    /// Options, criteria and the recommendation can still change; in front of the committee they stand.
    #[must_use]
    pub fn is_being_prepared(self) -> bool {
        matches!(self, Self::WithLiaisons | Self::WithLead)
    }

    /// From the liaisons to the lead. The lead may also take it up.
    ///
    /// # Errors
    /// [`Refusal`] when it is not with the liaisons.
    pub fn pass_to_lead(self) -> Result<Self, Refusal> {
        self.only_from(Self::WithLiaisons, Self::WithLead)
    }

    /// From the lead to the committee, when somebody has a vote there and nothing is missing.
    ///
    /// # Errors
    /// [`Refusal`] when it is not with the lead, when nobody could decide it, or names what is missing.
    pub fn pass_to_committee(self, has_voters: bool, missing: Vec<Missing>) -> Result<Self, Refusal> {
        let next = self.only_from(Self::WithLead, Self::WithCommittee)?;
        if !has_voters {
            return Err(Refusal::NobodyVotes);
        }
        if missing.is_empty() { Ok(next) } else { Err(Refusal::Incomplete(missing)) }
    }

    /// Both liaisons agree.
    ///
    /// # Errors
    /// [`Refusal`] when it is not with the liaisons.
    pub fn settle_between_liaisons(self) -> Result<Self, Refusal> {
        self.only_from(Self::WithLiaisons, Self::Settled)
    }

    /// The lead settles it.
    ///
    /// # Errors
    /// [`Refusal`] when it is not with the lead.
    pub fn settle_by_lead(self) -> Result<Self, Refusal> {
        self.only_from(Self::WithLead, Self::Settled)
    }

    /// The chair records the committee's decision.
    ///
    /// # Errors
    /// [`Refusal`] when it is not before the committee.
    pub fn decide(self) -> Result<Self, Refusal> {
        self.only_from(Self::WithCommittee, Self::Decided)
    }

    /// The raiser takes it back.
    ///
    /// # Errors
    /// [`Refusal`] when it is closed.
    pub fn withdraw(self) -> Result<Self, Refusal> {
        if self.is_open() { Ok(Self::Withdrawn) } else { Err(Refusal::Closed) }
    }

    fn only_from(self, from: Self, to: Self) -> Result<Self, Refusal> {
        if self == from {
            Ok(to)
        } else if self.is_open() {
            Err(Refusal::NotAtThisStep)
        } else {
            Err(Refusal::Closed)
        }
    }
}

/// One of the three steps of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type, Deserialize)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The two liaisons.
    Liaisons,
    /// The GTM lead.
    Lead,
    /// The committee.
    Committee,
}

impl Step {
    /// In their order.
    pub const ALL: [Self; 3] = [Self::Liaisons, Self::Lead, Self::Committee];

    /// The text in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Liaisons => "liaisons",
            Self::Lead => "lead",
            Self::Committee => "committee",
        }
    }

    /// Where it is once it was passed on from here; none after the last.
    #[must_use]
    pub fn after(self) -> Option<State> {
        match self {
            Self::Liaisons => Some(State::WithLead),
            Self::Lead => Some(State::WithCommittee),
            Self::Committee => None,
        }
    }

    /// How long it may take; none when a category skips it.
    #[must_use]
    pub fn limit(self, limits: StepLimits) -> Option<Limit> {
        match self {
            Self::Liaisons => limits.liaisons,
            Self::Lead => Some(limits.lead),
            Self::Committee => Some(limits.committee),
        }
    }
}

/// Why an escalation does not move.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It has been decided, settled or withdrawn.
    #[error("closed")]
    Closed,
    /// It is with somebody else now.
    #[error("not at this step")]
    NotAtThisStep,
    /// Nobody on the committee has a vote.
    #[error("nobody on the committee has a vote")]
    NobodyVotes,
    /// Not ready for the committee.
    #[error("not ready for the committee")]
    Incomplete(Vec<Missing>),
    /// There is no proposal to confirm, or it is one's own.
    #[error("nothing to confirm")]
    NothingToConfirm,
}

/// What the committee still needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Fewer than two options.
    Options,
    /// No row to compare them on.
    Criteria,
    /// An option that does not answer a criterion.
    Answer {
        /// The option's letter.
        option: String,
        /// The criterion's place in the list.
        criterion: usize,
    },
}

/// A length of working time, as it is written everywhere: days; below two of them days and hours, hours or minutes.
#[must_use]
pub fn span(t: T, minutes: i64, day: i64) -> String {
    let (days, rest) = (minutes / day, minutes % day);
    let (hours, rest) = (rest / 60, rest % 60);
    match (days, hours) {
        (0, 0) => t.escalation_span_minutes(rest),
        (0, hours) => t.escalation_span_hours(hours),
        (1, hours) if hours > 0 => t.escalation_span_days_hours(1, hours),
        (days, _) => t.escalation_span_days(days),
    }
}

#[cfg(test)]
mod tests;
