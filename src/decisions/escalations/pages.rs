//! The page of an escalation and the forms that move it.

use super::{
    Case,
    actions::{self, Outcome, Recommended},
    model::Step,
    view::{Typed, View},
};
use crate::{
    decisions::hearing::model::too_long,
    events::{feed::Feed, sentences::Piece},
    platform::ids::PartId,
    projects::ProjectHead,
    web::{AppState, Error, Errors, Fields, Reply, Result, Routes, Shell, Tier, page_with, ui},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// Lines of the trail.
const TRAIL: usize = 30;
/// Longest settlement, in characters.
const SETTLEMENT: usize = 5000;
/// Longest note to the next step, or reason to take it back.
const NOTE: usize = 500;

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Project, "/p/{key}/escalations/{number}", show)
        .post(Tier::Project, "/p/{key}/escalations/{number}/pass", pass_on)
        .post(Tier::Project, "/p/{key}/escalations/{number}/propose", propose)
        .post(Tier::Project, "/p/{key}/escalations/{number}/confirm", confirm)
        .post(Tier::Project, "/p/{key}/escalations/{number}/settle", settle)
        .post(Tier::Project, "/p/{key}/escalations/{number}/recommend", recommend)
        .post(Tier::Project, "/p/{key}/escalations/{number}/withdraw", withdraw)
}

#[derive(Template)]
#[template(path = "decisions/escalation.html")]
struct EscalationPage {
    shell: Shell,
    head: ProjectHead,
    view: View,
    feed: Feed,
}

#[derive(Template)]
#[template(path = "decisions/escalation-guest.html")]
struct GuestPage {
    shell: Shell,
    view: View,
    feed: Feed,
}

async fn show(case: Case) -> Result {
    render(case, None, StatusCode::OK, &Typed::nothing()).await
}

/// The page of a case; after a change its connection is gone and one is leased from `state`.
///
/// # Errors
/// Of the database.
pub async fn render(mut case: Case, state: Option<&AppState>, status: StatusCode, typed: &Typed) -> Result {
    if let Some(state) = state {
        case.refresh(state).await?;
    }
    let filter = crate::events::store::Filter {
        project: Some(case.project().id),
        subject: Some(case.dossier().uuid()),
        ..crate::events::store::Filter::default()
    };
    let (shell, key) = (case.shell().clone(), case.project().key.clone());
    let calendar = crate::departments::calendar(case.conn()?).await?;
    let feed = if case.is_outsider() {
        Feed::default()
    } else {
        Feed::read(case.conn()?, &shell, &filter, Some(&key), TRAIL).await?
    };
    let feed = about_one(feed, &case.dossier().label());
    let view = View::new(&case, &calendar, typed);
    if view.is_outsider {
        let (shell, _, _) = case.into_parts();
        return page_with(status, &GuestPage { shell, view, feed });
    }
    let (shell, head, _) = case.into_parts();
    page_with(status, &EscalationPage { shell, head, view, feed })
}

/// A trail about one thing names it shortly: its title stands above the page.
#[must_use]
pub fn about_one(mut feed: Feed, label: &str) -> Feed {
    for piece in feed.entries.iter_mut().flat_map(|entry| &mut entry.line.pieces) {
        if let Piece::Subject(text) = piece {
            label.clone_into(text);
        }
    }
    feed
}

/// The page again, with what was typed and what is wrong with it.
///
/// # Errors
/// Of the database.
pub async fn refuse(state: &AppState, case: Case, form: &'static str, fields: Fields, errors: Errors) -> Result {
    render(case, Some(state), StatusCode::UNPROCESSABLE_ENTITY, &Typed::wrong(form, fields, errors)).await
}

/// The page again as it is now, with what was typed: somebody was faster.
///
/// # Errors
/// Of the database.
pub async fn stale(state: &AppState, case: Case, form: &'static str, fields: Fields) -> Result {
    let typed = Typed { form, fields, is_stale: true, ..Typed::default() };
    render(case, Some(state), StatusCode::CONFLICT, &typed).await
}

/// What a form with words in it answers when its action was refused: as [`stale`] when somebody was faster, so that nothing
/// typed is lost, whatever happened meanwhile.
///
/// # Errors
/// Any other refusal; of the database.
pub async fn faster(state: &AppState, case: Case, form: &'static str, fields: Fields, refused: Error) -> Result {
    match refused {
        Error::Conflict => stale(state, case, form, fields).await,
        other => Err(other),
    }
}

/// Back to the page with one sentence.
#[must_use]
pub fn back(case: &Case, done: String) -> axum::response::Response {
    Reply::to(crate::web::paths::escalation(&case.project().key, case.dossier().number)).done(done).into_response()
}

/// A text that has to be there and is not too long.
fn required(
    t: crate::platform::locale::T,
    fields: &Fields,
    name: &str,
    most: usize,
    missing: String,
) -> std::result::Result<String, Errors> {
    let text = fields.text(name);
    if text.is_empty() {
        Err(Errors::none().with(name, missing))
    } else if too_long(&text, most) {
        Err(Errors::none().with(name, t.decisions_too_long(most)))
    } else {
        Ok(text)
    }
}

async fn pass_on(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    let t = case.shell().t;
    super::access::require(case.may_pass_to_lead() || case.may_settle_as_lead())?;
    let from = match fields.get("from") {
        "liaisons" => Step::Liaisons,
        "lead" => Step::Lead,
        _ => return Err(Error::Unprocessable),
    };
    super::access::require(match from {
        Step::Liaisons => case.may_pass_to_lead(),
        Step::Lead | Step::Committee => case.may_settle_as_lead(),
    })?;
    let note = fields.text("note");
    if too_long(&note, NOTE) {
        let errors = Errors::none().with("note", t.decisions_too_long(NOTE));
        return refuse(&state, case, "pass", fields, errors).await;
    }
    let recommended = if fields.has("recommended") { Some(read_recommended(&fields)?) } else { None };
    match actions::pass_on(&state, &mut case, from, &note, recommended).await {
        Err(refused) => faster(&state, case, "pass", fields, refused).await,
        Ok(Outcome::Done) => Ok(back(&case, t.escalation_passed())),
        Ok(Outcome::Vacant) => {
            let typed = Typed { form: "pass", fields, note: Some(t.escalation_no_committee()), ..Typed::default() };
            render(case, Some(&state), StatusCode::UNPROCESSABLE_ENTITY, &typed).await
        }
        Ok(Outcome::Incomplete(missing)) => {
            let note = Some(t.escalation_not_ready());
            let typed = Typed { form: "pass", fields, note, missing, ..Typed::default() };
            render(case, Some(&state), StatusCode::UNPROCESSABLE_ENTITY, &typed).await
        }
    }
}

async fn propose(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    let t = case.shell().t;
    let own: Vec<PartId> = case.own_sides();
    let side = *own.first().ok_or(Error::Forbidden)?;
    match required(t, &fields, "settlement", SETTLEMENT, t.escalation_settlement_missing()) {
        Err(errors) => refuse(&state, case, "propose", fields, errors).await,
        Ok(text) => match actions::propose_settlement(&state, &mut case, side, &text).await {
            Ok(()) => Ok(back(&case, t.escalation_proposed())),
            Err(refused) => faster(&state, case, "propose", fields, refused).await,
        },
    }
}

async fn confirm(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    let version = fields.hidden("version")?;
    match actions::confirm_settlement(&state, &mut case, version, fields.has("unblock")).await {
        Ok(()) => Ok(back(&case, case.shell().t.escalation_settled_done())),
        Err(refused) => faster(&state, case, "confirm", fields, refused).await,
    }
}

async fn settle(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    let t = case.shell().t;
    super::access::require(case.may_settle_as_lead())?;
    match required(t, &fields, "outcome", SETTLEMENT, t.escalation_outcome_missing()) {
        Err(errors) => refuse(&state, case, "settle", fields, errors).await,
        Ok(text) => {
            let unblock = fields.has("unblock");
            match actions::settle_as_lead(&state, &mut case, &text, unblock).await {
                Ok(()) => Ok(back(&case, t.escalation_settled_done())),
                Err(refused) => faster(&state, case, "settle", fields, refused).await,
            }
        }
    }
}

/// The lead's choice, in a form of its own or together with passing it on.
fn read_recommended(fields: &Fields) -> Result<Recommended> {
    match fields.get("recommended") {
        "" => Ok(Recommended(None)),
        id => id.parse().map(|id| Recommended(Some(id))).map_err(|_| Error::Unprocessable),
    }
}

async fn recommend(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    if let Err(refused) = actions::recommend(&state, &mut case, read_recommended(&fields)?).await {
        return faster(&state, case, "pass", fields, refused).await;
    }
    let done = case.shell().t.escalation_recommended_done();
    if fields.text("note").is_empty() {
        return Ok(back(&case, done));
    }
    // The note to the next step stands in the same form and is sent with it: it stays as typed.
    let typed = Typed { form: "pass", fields, done: Some(done), ..Typed::default() };
    render(case, Some(&state), StatusCode::OK, &typed).await
}

async fn withdraw(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    let t = case.shell().t;
    super::access::require(case.is_raiser())?;
    if case.dossier().state.is_open() && case.dossier().is_bound() {
        let note = Some(case.dossier().bound_words(t));
        let typed = Typed { form: "withdraw", fields, note, ..Typed::default() };
        return render(case, Some(&state), StatusCode::CONFLICT, &typed).await;
    }
    match required(t, &fields, "why", NOTE, t.escalation_why_missing()) {
        Err(errors) => refuse(&state, case, "withdraw", fields, errors).await,
        Ok(why) => match actions::withdraw(&state, &mut case, &why).await {
            Ok(()) => Ok(back(&case, t.escalation_withdrawn_done())),
            Err(refused) => faster(&state, case, "withdraw", fields, refused).await,
        },
    }
}
