//! The forms to ask the raiser, to answer, and to take a question back.

use super::{ANSWER, QUESTION, actions};
use crate::{
    decisions::{
        escalations::{
            Case,
            access::require,
            pages::{back, faster, refuse},
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
    match actions::ask(&state, &mut case, fields.hidden("question_id")?, &question).await {
        Ok(()) => Ok(back(&case, t.questions_asked())),
        Err(refused) => faster(&state, case, "ask-raiser", fields, refused).await,
    }
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
    match actions::answer(&state, &mut case, fields.hidden("question_id")?, &answer).await {
        Ok(()) => Ok(back(&case, t.questions_answered())),
        Err(refused) => faster(&state, case, "answer", fields, refused).await,
    }
}

async fn take_back(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    require(case.may_take_question_back())?;
    match actions::take_back(&state, &mut case, fields.hidden("question_id")?).await {
        Ok(()) => Ok(back(&case, case.shell().t.questions_taken_back())),
        Err(refused) => faster(&state, case, "take-question-back", fields, refused).await,
    }
}
