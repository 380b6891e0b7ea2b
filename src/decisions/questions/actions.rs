//! Asking the raiser, answering, taking a question back.

use super::store;
use crate::{
    decisions::{
        clock,
        escalations::{
            Case,
            access::require,
            actions::{event, must_be_open},
        },
    },
    events::Kind,
    platform::ids::QuestionId,
    web::{AppState, Error, Result},
};

/// Asks the raiser; the clock stands from now on.
///
/// # Errors
/// [`Error::Forbidden`] for the raising side and for onlookers, [`Error::Conflict`] while another question is open and once
/// it is closed.
pub async fn ask(state: &AppState, case: &mut Case, id: QuestionId, question: &str) -> Result<()> {
    require(case.may_ask_raiser())?;
    clock::catch_up(state, case.project().id, case.dossier().id).await?;
    let mut change = case.change(state).await?;
    let now = case.locked(&mut change).await?;
    must_be_open(&now)?;
    if now.open_question.as_ref().is_some_and(|open| open.id == id) {
        return Ok(());
    }
    if now.open_question.is_some() {
        return Err(Error::Conflict);
    }
    let (project, by, at) = (case.project().id, case.person(), change.now());
    if !store::ask(change.conn(), (project, now.id, id), question, by, at).await? {
        return Ok(());
    }
    clock::stand(&mut change, project, now.id).await?;
    change.record(event(Kind::RaiserAsked, case, &now).after("question", question));
    change.commit().await?;
    Ok(())
}

/// Answers; the clock goes on.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the raising side, [`Error::Conflict`] when it was answered or taken back meanwhile.
pub async fn answer(state: &AppState, case: &mut Case, id: QuestionId, answer: &str) -> Result<()> {
    require(case.may_answer_question())?;
    end(state, case, id, Some(answer)).await
}

/// Takes a question back; the clock goes on.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but who asked and the lead, [`Error::Conflict`] when it has ended.
pub async fn take_back(state: &AppState, case: &mut Case, id: QuestionId) -> Result<()> {
    require(case.may_take_question_back())?;
    end(state, case, id, None).await
}

async fn end(state: &AppState, case: &mut Case, id: QuestionId, answer: Option<&str>) -> Result<()> {
    let mut change = case.change(state).await?;
    let now = case.locked(&mut change).await?;
    must_be_open(&now)?;
    let (project, by, at) = (case.project().id, case.person(), change.now());
    if now.open_question.as_ref().is_none_or(|open| open.id != id)
        || !store::end(change.conn(), (project, id), answer, by, at).await?
    {
        return Err(Error::Conflict);
    }
    clock::go_on(&mut change, project, now.id).await?;
    change.record(match answer {
        Some(answer) => event(Kind::RaiserAnswered, case, &now).after("answer", answer),
        None => event(Kind::RaiserQuestionTakenBack, case, &now),
    });
    change.commit().await?;
    Ok(())
}
