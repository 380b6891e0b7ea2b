//! Which forms the reader gets: the right and the state together.

use super::super::{Case, State, dossier::Vacancy};
use crate::decisions::rules::Recorder;

/// Which forms the reader gets. Each right and the state together.
#[expect(clippy::struct_excessive_bools, reason = "one question a form")]
#[derive(Clone, Debug, Default)]
pub struct May {
    /// Pass it from the liaisons to the lead.
    pub pass_to_lead: bool,
    /// The reader is the lead and takes it up.
    pub take_up: bool,
    /// Pass it to the committee.
    pub pass_to_committee: bool,
    /// Could pass it to the committee, but nobody there has a vote.
    pub lacks_committee: bool,
    /// Propose a settlement.
    pub propose: bool,
    /// Confirm the one proposed.
    pub confirm: bool,
    /// Settle as lead.
    pub settle: bool,
    /// Could settle it, but what was signed off changes by a decision only.
    pub only_decides: bool,
    /// Recommend an option.
    pub recommend: bool,
    /// Write options.
    pub prepare: bool,
    /// Add evidence.
    pub add_evidence: bool,
    /// Comment.
    pub comment: bool,
    /// Take it back.
    pub withdraw: bool,
    /// Raised it and could, but for the changes that wait for it.
    pub is_bound: bool,
    /// Record the decision now: the votes allow it.
    pub decide: bool,
    /// Ask a guest or an adviser.
    pub invite: bool,
    /// Step aside from it.
    pub step_aside: bool,
    /// Come back.
    pub come_back: bool,
    /// Name a deputy, without whom nobody can record it.
    pub name_deputy: bool,
    /// Name who is missing on the committee that has it.
    pub name_member: bool,
    /// Ask the raiser.
    pub ask_raiser: bool,
}

impl May {
    /// Of a reader in front of a case.
    #[must_use]
    pub fn of(case: &Case) -> Self {
        let dossier = case.dossier();
        let state = dossier.state;
        let (first, second) = (state == State::WithLiaisons, state == State::WithLead);
        let third = state == State::WithCommittee;
        let vacancy = dossier.vacancy(case.shell().today());
        let passes = second && case.may_settle_as_lead();
        let is_aside = dossier.aside_of(case.person()).is_some();
        let offered_by_other = dossier
            .proposal
            .as_ref()
            .is_some_and(|offer| case.speaks_for(if offer.part == dossier.from { dossier.to } else { dossier.from }));
        Self {
            pass_to_lead: first && case.may_pass_to_lead(),
            take_up: first && case.is_lead(),
            pass_to_committee: passes && vacancy != Some(Vacancy::Votes),
            lacks_committee: passes && vacancy == Some(Vacancy::Votes),
            propose: first && case.is_speaker() && dossier.proposes.is_none(),
            confirm: first && offered_by_other,
            settle: second && case.may_settle_as_lead() && dossier.proposes.is_none(),
            only_decides: passes && dossier.proposes.is_some(),
            recommend: state.is_open() && case.may_settle_as_lead() && !dossier.options.is_empty(),
            prepare: state.is_being_prepared() && case.may_prepare() || third && case.is_lead(),
            add_evidence: state.is_open() && case.may_add_evidence(),
            comment: case.may_comment(),
            withdraw: state.is_open() && case.is_raiser() && !dossier.is_bound(),
            is_bound: state.is_open() && case.is_raiser() && dossier.is_bound(),
            decide: third && case.may_decide() && case.sees_results() && case.verdict(dossier).allows_something(),
            invite: state.is_open() && case.may_invite(),
            step_aside: third && case.holds_vote() && !is_aside,
            come_back: third && case.holds_vote() && is_aside,
            name_deputy: third
                && vacancy.is_none()
                && case.is_lead()
                && dossier.recorder(case.shell().today()) == Recorder::Nobody,
            name_member: third && vacancy.is_some() && case.sets_rules(),
            ask_raiser: state.is_open() && dossier.open_question.is_none() && case.may_ask_raiser(),
        }
    }

    /// Whether the page still has this form.
    #[must_use]
    pub fn has(&self, form: &str) -> bool {
        match form {
            "pass" => self.pass_to_lead || self.pass_to_committee,
            "propose" => self.propose,
            "refuse" => self.confirm,
            "settle" => self.settle,
            "evidence" => self.add_evidence,
            "comment" => self.comment,
            "withdraw" => self.withdraw,
            "aside" => self.step_aside,
            "ask-raiser" => self.ask_raiser,
            _ => false,
        }
    }

    /// Whether the reader has anything to do in the side column.
    #[must_use]
    pub fn acts(&self) -> bool {
        self.pass_to_lead
            || self.pass_to_committee
            || self.propose
            || self.confirm
            || self.settle
            || self.recommend
            || self.withdraw
            || self.is_bound
            || self.invite
            || self.ask_raiser
    }
}
