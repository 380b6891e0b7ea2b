//! The forms to ask the raiser, to answer, and to take a question back.

use super::{ANSWER, QUESTION, actions};
use crate::{
    decisions::{
        escalations::{
            Case,
            access::require,
            pages::{back, refuse},
        },
        hearing::model::too_long,
    },
    web::{AppState, Errors, Fields, Result, Routes, Tier},
};
use axum::extract::State;

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new()
        .post(Tier::Project, "/p/{key}/escalations/{number}/ask-raiser", ask)
        .post(Tier::Project, "/p/{key}/escalations/{number}/answer", answer)
        .post(Tier::Project, "/p/{key}/escalations/{number}/take-question-back", take_back)
}

async fn ask(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    let t = case.shell().t;
    require(case.may_ask_raiser())?;
    let question = fields.text("raiser_question");
    let wrong = match question.as_str() {
        "" => Some(t.questions_question_missing()),
        text if too_long(text, QUESTION) => Some(t.decisions_too_long(QUESTION)),
        _ => None,
    };
    if let Some(wrong) = wrong {
        return refuse(&state, case, "ask-raiser", fields, Errors::none().with("raiser_question", wrong)).await;
    }
    actions::ask(&state, &mut case, fields.hidden("question_id")?, &question).await?;
    Ok(back(&case, t.questions_asked()))
}

async fn answer(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    let t = case.shell().t;
    require(case.may_answer_question())?;
    let answer = fields.text("raiser_answer");
    let wrong = match answer.as_str() {
        "" => Some(t.questions_answer_missing()),
        text if too_long(text, ANSWER) => Some(t.decisions_too_long(ANSWER)),
        _ => None,
    };
    if let Some(wrong) = wrong {
        return refuse(&state, case, "answer", fields, Errors::none().with("raiser_answer", wrong)).await;
    }
    actions::answer(&state, &mut case, fields.hidden("question_id")?, &answer).await?;
    Ok(back(&case, t.questions_answered()))
}

async fn take_back(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    require(case.may_take_question_back())?;
    actions::take_back(&state, &mut case, fields.hidden("question_id")?).await?;
    Ok(back(&case, case.shell().t.questions_taken_back()))
}
