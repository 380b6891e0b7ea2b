//! What the raiser is asked, and what they answered.

use super::{super::Case, html, name_for};

/// What the raiser owes an answer to.
#[derive(Clone, Debug)]
pub struct QuestionView {
    /// Its id.
    pub id: String,
    /// Who waits for whom.
    pub heading: String,
    /// Since when the clock stands.
    pub since: String,
    /// What somebody wants to know, as HTML.
    pub question: String,
    /// The reader answers for the raising side.
    pub may_answer: bool,
    /// The reader takes it back.
    pub may_take_back: bool,
}

/// A question with its answer.
#[derive(Clone, Debug)]
pub struct AnsweredView {
    /// Who asked, when.
    pub asked: String,
    /// What, as HTML.
    pub question: String,
    /// Who answered, when.
    pub answered: String,
    /// What, as HTML.
    pub answer: String,
}

/// The open question; outsiders read of it once it is answered.
pub(super) fn open(case: &Case) -> Option<QuestionView> {
    let (shell, dossier) = (case.shell(), case.dossier());
    let open = dossier.open_question.as_ref().filter(|_| !case.is_outsider())?;
    Some(QuestionView {
        id: open.id.to_string(),
        heading: shell.t.questions_heading(&open.asker, &dossier.raiser),
        since: shell.t.questions_since(shell.moment(open.asked_at)),
        question: html(&open.question),
        may_answer: case.may_answer_question(),
        may_take_back: case.may_take_question_back(),
    })
}

/// What was asked and answered, in order.
pub(super) fn answered(case: &Case) -> Vec<AnsweredView> {
    let shell = case.shell();
    let line = |who: &str, when| {
        let who = name_for(case, who, case.is_outsider());
        shell.t.questions_line(who, shell.moment(when))
    };
    let answered = case.dossier().answered_questions.iter().map(|one| AnsweredView {
        asked: line(&one.asker, one.asked_at),
        question: html(&one.question),
        answered: line(&one.by, one.answered_at),
        answer: html(&one.answer),
    });
    answered.collect()
}
