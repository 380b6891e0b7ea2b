//! What is wanted from who hears of something; pure.

use crate::platform::locale::T;

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
    /// Record the decision.
    Decide,
    /// Give a view.
    Advise,
    /// Answer as the raiser.
    AnswerQuestion,
    /// Answer the request.
    AnswerRequest,
    /// Take the other date, or insist.
    AnswerOffer,
    /// Insist, or take the refusal.
    AnswerRefusal,
    /// Take the other date, or escalate: it was insisted on already.
    AnswerLastOffer,
    /// Escalate, or take the refusal: it was insisted on already.
    AnswerLastRefusal,
    /// Say how long the requirement change takes.
    SizeChange,
    /// Accept or decline it.
    AnswerChange,
    /// Give the task of the own department to somebody.
    Assign,
    /// Read the playbook and answer its three questions.
    ReadPlaybook,
}

impl Want {
    /// All of them.
    pub const ALL: [Self; 20] = [
        Self::Task,
        Self::Answer,
        Self::Unblock,
        Self::Position,
        Self::Agree,
        Self::Confirm,
        Self::Settle,
        Self::Vote,
        Self::Decide,
        Self::Advise,
        Self::AnswerQuestion,
        Self::AnswerRequest,
        Self::AnswerOffer,
        Self::AnswerRefusal,
        Self::AnswerLastOffer,
        Self::AnswerLastRefusal,
        Self::SizeChange,
        Self::AnswerChange,
        Self::Assign,
        Self::ReadPlaybook,
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
            Self::Decide => "decide",
            Self::Advise => "advise",
            Self::AnswerQuestion => "answer_question",
            Self::AnswerRequest => "answer_request",
            Self::AnswerOffer => "answer_offer",
            Self::AnswerRefusal => "answer_refusal",
            Self::AnswerLastOffer => "answer_last_offer",
            Self::AnswerLastRefusal => "answer_last_refusal",
            Self::SizeChange => "size_change",
            Self::AnswerChange => "answer_change",
            Self::Assign => "assign",
            Self::ReadPlaybook => "read_playbook",
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
            Self::Decide => t.notices_want_decide(),
            Self::Advise => t.notices_want_advise(),
            Self::AnswerQuestion => t.notices_want_answer_question(),
            Self::AnswerRequest => t.notices_want_answer_request(),
            Self::AnswerOffer => t.notices_want_answer_offer(),
            Self::AnswerRefusal => t.notices_want_answer_refusal(),
            Self::AnswerLastOffer => t.notices_want_answer_last_offer(),
            Self::AnswerLastRefusal => t.notices_want_answer_last_refusal(),
            Self::SizeChange => t.notices_want_size_change(),
            Self::AnswerChange => t.notices_want_answer_change(),
            Self::Assign => t.notices_want_assign(),
            Self::ReadPlaybook => t.notices_want_read_playbook(),
        }
    }
}
