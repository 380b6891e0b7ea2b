//! The forms of positions, evidence and comments, and the page to ask somebody for advice.

use super::{
    actions::{self, EvidenceAnswer, PositionToWrite},
    model::{COMMENT, STATEMENT, read_evidence, too_long, with_ids},
    store,
};
use crate::{
    decisions::escalations::{
        Case,
        access::{require, still_open},
        pages::{back, faster, refuse, stale},
    },
    platform::locale::sort_people,
    projects::ProjectHead,
    web::{AppState, Error, Errors, Fields, Result, Routes, Shell, Tier, page, paths, ui},
};
use askama::Template;
use axum::{extract::State, http::Uri};

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new()
        .post(Tier::Project, "/p/{key}/escalations/{number}/position", write_position)
        .post(Tier::Project, "/p/{key}/escalations/{number}/evidence", add_evidence)
        .post(Tier::Project, "/p/{key}/escalations/{number}/comment", comment)
        .get(Tier::Project, "/p/{key}/escalations/{number}/invite", candidates)
        .post(Tier::Project, "/p/{key}/escalations/{number}/invite", invite)
        .post(Tier::Project, "/p/{key}/escalations/{number}/uninvite", uninvite)
}

async fn write_position(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    let t = case.shell().t;
    require(!case.own_sides().is_empty())?;
    let side = fields.hidden("side")?;
    require(case.speaks_for(side))?;
    let statement = fields.text("statement");
    let wrong = match statement.chars().count() {
        0 => Some(t.decisions_position_missing()),
        length if length > STATEMENT => Some(t.decisions_too_long(STATEMENT)),
        _ => None,
    };
    if let Some(wrong) = wrong {
        return refuse(&state, case, "position", fields, Errors::none().with("statement", wrong)).await;
    }
    let wants = match fields.get("wants") {
        "" => None,
        id => Some(id.parse().map_err(|_| Error::Unprocessable)?),
    };
    let position = PositionToWrite { side, statement, wants, version: fields.hidden("version")? };
    match actions::write_position(&state, &mut case, &position).await {
        Ok(true) => Ok(back(&case, t.escalation_position_saved())),
        Ok(false) => stale(&state, case, "position", fields).await,
        Err(refused) => faster(&state, case, "position", fields, refused).await,
    }
}

async fn add_evidence(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    let t = case.shell().t;
    require(case.may_add_evidence())?;
    let mut errors = Errors::none();
    let read = read_evidence(t, &case.project().key, &fields, &mut errors);
    if read.is_empty() && errors.is_empty() {
        errors.add("evidence_label", t.decisions_evidence_missing());
    }
    if !errors.is_empty() {
        return refuse(&state, case, "evidence", fields, errors).await;
    }
    let pieces = with_ids(fields.hidden("evidence_id")?, read);
    match actions::add_evidence(&state, &mut case, &pieces).await {
        Err(refused) => faster(&state, case, "evidence", fields, refused).await,
        Ok(EvidenceAnswer::Added) => Ok(back(&case, t.escalation_evidence_added())),
        Ok(EvidenceAnswer::NoSuchTask) => {
            let errors = Errors::none().with("evidence_task", t.decisions_evidence_task_wrong());
            refuse(&state, case, "evidence", fields, errors).await
        }
    }
}

async fn comment(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    let t = case.shell().t;
    require(case.may_comment())?;
    let body = fields.text("comment");
    let wrong = match body.chars().count() {
        0 => Some(t.escalation_comment_missing()),
        length if length > COMMENT => Some(t.decisions_too_long(COMMENT)),
        _ => None,
    };
    if let Some(wrong) = wrong {
        debug_assert!(!too_long(&wrong, COMMENT), "a message is short");
        return refuse(&state, case, "comment", fields, Errors::none().with("comment", wrong)).await;
    }
    actions::comment(&state, &mut case, fields.hidden("comment_id")?, &body).await?;
    Ok(back(&case, t.escalation_commented()))
}

#[derive(Template)]
#[template(path = "decisions/invite.html")]
struct InvitePage {
    shell: Shell,
    head: ProjectHead,
    path: String,
    label: String,
    question: String,
    words: String,
    candidates: Vec<store::Candidate>,
}

async fn candidates(mut case: Case, uri: Uri) -> Result {
    require(case.may_invite())?;
    still_open(case.dossier().state)?;
    let words = Fields::of_query(&uri).get("q").to_owned();
    let (project, escalation) = (case.project().id, case.dossier().id);
    let mut candidates = store::candidates(case.conn()?, project, escalation, &words).await?;
    sort_people(case.shell().t, &mut candidates, |person| &person.name);
    candidates.sort_by_key(|person| !person.is_guest);
    let path = paths::escalation(&case.project().key, case.dossier().number).to_string();
    let (shell, head, dossier) = case.into_parts();
    page(&InvitePage { shell, head, path, label: dossier.label(), question: dossier.question, words, candidates })
}

async fn invite(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    require(case.may_invite())?;
    let person = fields.hidden("person")?;
    let name = actions::invite(&state, &mut case, person).await?;
    Ok(back(&case, case.shell().t.escalation_invited(name.unwrap_or_default())))
}

async fn uninvite(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    require(case.may_invite() || case.dossier().guests.iter().any(|guest| case.may_uninvite(guest)))?;
    let person = fields.hidden("person")?;
    let name = actions::uninvite(&state, &mut case, person).await?;
    let t = case.shell().t;
    Ok(back(&case, name.map_or_else(|| t.escalation_uninvited_already(), |name| t.escalation_uninvited(name))))
}
