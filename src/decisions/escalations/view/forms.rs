//! What the small forms of the page show.

use super::{super::Case, Typed};
use crate::{
    platform::ids::{CommentId, EvidenceId, QuestionId},
    web::ui,
};

/// What the small forms of the page show.
#[derive(Debug)]
pub struct Forms {
    /// The project's key.
    pub key: String,
    /// A fresh id, or the one that was sent.
    pub evidence_id: String,
    /// Of evidence.
    pub evidence_label: String,
    /// Of evidence.
    pub evidence_url: String,
    /// Of evidence.
    pub evidence_task: String,
    /// Of evidence.
    pub evidence_body: String,
    /// A fresh id, or the one that was sent.
    pub comment_id: String,
    /// Of a comment.
    pub comment: String,
    /// A fresh id for the comment that a refusal is, or the one that was sent.
    pub refusal_id: String,
    /// Why a settlement is refused.
    pub refusal: String,
    /// The settlement offered by a liaison.
    pub settlement: String,
    /// The lead's settlement.
    pub outcome: String,
    /// It unblocks the task that it is about.
    pub unblock: bool,
    /// A fresh id, or the one that was sent.
    pub question_id: String,
    /// What the raiser is asked.
    pub raiser_question: String,
    /// What the raiser answers.
    pub raiser_answer: String,
    /// Words to the next step.
    pub note: String,
    /// Why it is taken back.
    pub why: String,
    /// Why a member steps aside.
    pub aside_reason: String,
    /// The option recommended.
    pub recommended: String,
    /// The options to recommend.
    pub recommendations: Vec<ui::Choice>,
}

/// Empty, or as they were typed.
pub(super) fn forms(case: &Case, typed: &Typed) -> Forms {
    let (t, dossier) = (case.shell().t, case.dossier());
    let recommended = dossier.recommended.map(|id| id.to_string()).unwrap_or_default();
    let mut recommendations = vec![ui::Choice::new("", t.escalation_recommend_none())];
    recommendations.extend(
        dossier.options.iter().map(|option| ui::Choice::new(option.id, t.labelled(&option.letter, &option.title))),
    );
    let fresh = |form: &str, field: &str, id: String| if typed.form == form { typed.fields.text(field) } else { id };
    Forms {
        key: case.project().key.clone(),
        evidence_id: fresh("evidence", "evidence_id", EvidenceId::new().to_string()),
        evidence_label: typed.or("evidence", "evidence_label", ""),
        evidence_url: typed.or("evidence", "evidence_url", ""),
        evidence_task: typed.or("evidence", "evidence_task", ""),
        evidence_body: typed.or("evidence", "evidence_body", ""),
        comment_id: fresh("comment", "comment_id", CommentId::new().to_string()),
        comment: typed.or("comment", "comment", ""),
        refusal_id: fresh("refuse", "comment_id", CommentId::new().to_string()),
        refusal: typed.or("refuse", "refusal", ""),
        settlement: typed.or("propose", "settlement", ""),
        outcome: typed.or("settle", "outcome", ""),
        unblock: typed.form != "settle" || typed.fields.has("unblock"),
        question_id: fresh("ask-raiser", "question_id", QuestionId::new().to_string()),
        raiser_question: typed.or("ask-raiser", "raiser_question", ""),
        raiser_answer: typed.or("answer", "raiser_answer", ""),
        note: typed.or("pass", "note", ""),
        why: typed.or("withdraw", "why", ""),
        aside_reason: typed.or("aside", "aside_reason", ""),
        recommended: if typed.fields.has("recommended") {
            typed.or("pass", "recommended", &recommended)
        } else {
            recommended
        },
        recommendations,
    }
}
