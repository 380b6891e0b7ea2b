//! `/p/GEO/goals/propose`: everything that the committee is asked to sign off, on one page.

use super::{
    actions::{self, Refusal},
    limits::{DAYS, PERCENT},
    model::{fingerprint, standing},
    store as proposals,
};
use crate::{
    goals::{
        access::{GoalsSetter, require},
        complete,
        model::{KeyResult, Place, WHY},
        store,
        view::{asked_in_words, left_in_words, summary_of_terms},
    },
    platform::ids::GoalProposalId,
    projects::{Chip, ProjectHead, Tab},
    web::{AppState, Errors, Fields, Reply, Result, Routes, Shell, Tier, page_with, ui},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/goals/propose", show).post(
        Tier::Project,
        "/p/{key}/goals/propose",
        propose,
    )
}

#[derive(Template)]
#[template(path = "goals/propose.html")]
struct Page<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    action: String,
    back: String,
    id: GoalProposalId,
    seen: String,
    note: String,
    /// What is missing before it can be proposed: where to go, and words.
    missing: Vec<(String, String)>,
    may_propose: bool,
    objectives: Vec<(String, Vec<Line>)>,
    percent: i64,
    days: i64,
    said: Option<String>,
    errors: Errors,
}

/// A key result as it is proposed.
struct Line {
    place: Place,
    href: String,
    title: String,
    terms: String,
    owner: Option<Chip>,
    /// How its split stands: tone, picture, words.
    split: (&'static str, &'static str, String),
    /// What was signed off, where that is something else.
    signed: String,
}

struct Form {
    id: GoalProposalId,
    note: String,
}

async fn render(
    setter: &mut GoalsSetter,
    form: Form,
    (said, errors): (Option<String>, Errors),
    status: StatusCode,
) -> Result {
    let project = setter.project().id;
    let goals = store::goals(setter.conn(), project).await?;
    let proposal = proposals::current(setter.conn(), project).await?;
    let (t, key) = (setter.shell().t, &setter.project().key);
    let missing: Vec<(String, String)> = complete::all(&goals).iter().map(|gap| gap.words(t, key)).collect();
    let stands = standing(&goals, proposal.as_ref());
    let objectives = goals.0.iter().map(|objective| {
        let lines = objective.key_results.iter().map(|one| line(setter, objective.place_of(one), one)).collect();
        (t.goals_objective_named(objective.position, &objective.title), lines)
    });
    let view = Page {
        shell: setter.shell(),
        head: setter.viewer().standing().head(Tab::None),
        action: setter.path("propose"),
        back: setter.path(""),
        id: form.id,
        seen: fingerprint(&goals),
        note: form.note,
        may_propose: missing.is_empty() && stands.may_be_proposed() && setter.rights().is_running(),
        missing,
        objectives: objectives.collect(),
        percent: PERCENT,
        days: DAYS,
        said,
        errors,
    };
    page_with(status, &view)
}

fn line(setter: &GoalsSetter, place: Place, of: &KeyResult) -> Line {
    let t = setter.shell().t;
    let signed = of.signed.as_ref().filter(|_| of.is_as_signed() == Some(false));
    Line {
        place,
        href: setter.path(&place.to_string()),
        title: of.title.clone(),
        terms: summary_of_terms(t, of),
        owner: setter.part(of.part).map(|part| Chip::of(part, t)),
        split: left_in_words(t, &of.scale, of.left()),
        signed: signed
            .map(|signed| {
                let asked = asked_in_words(t, &of.scale, (signed.baseline, signed.target, signed.due_on));
                let title = signed.title.as_ref().filter(|title| **title != of.title);
                t.goals_was_signed(title.map_or_else(|| asked.clone(), |title| t.decisions_named_on(title, &asked)))
            })
            .unwrap_or_default(),
    }
}

async fn show(mut setter: GoalsSetter) -> Result {
    let form = Form { id: GoalProposalId::new(), note: String::new() };
    render(&mut setter, form, (None, Errors::none()), StatusCode::OK).await
}

async fn propose(State(state): State<AppState>, mut setter: GoalsSetter, fields: Fields) -> Result {
    let (id, seen, note): (GoalProposalId, String, String) =
        (fields.hidden("id")?, fields.hidden("seen")?, fields.text("note"));
    let t = setter.shell().t;
    // From a draft nobody is asked.
    require(setter.rights().is_running())?;
    if note.chars().count() > WHY {
        let errors = Errors::none().with("note", t.decisions_too_long(WHY));
        return render(&mut setter, Form { id, note }, (None, errors), StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let refusal = match actions::propose(&state, &mut setter, id, (&seen, &note)).await? {
        Ok(()) => return Ok(Reply::to(setter.path("")).done(t.goals_proposed()).into_response()),
        Err(refusal) => refusal,
    };
    setter.lease_again(&state).await?;
    // The next sending of what was sent with other words is another proposal.
    let id = if refusal == Refusal::Again { GoalProposalId::new() } else { id };
    let (said, status) = match refusal {
        Refusal::Again => (t.decisions_stale(), StatusCode::CONFLICT),
        Refusal::Stale => (t.goals_changed_look_again(), StatusCode::CONFLICT),
        Refusal::Incomplete => (t.goals_not_complete(), StatusCode::UNPROCESSABLE_ENTITY),
        Refusal::Nothing => (t.goals_nothing_to_propose(), StatusCode::CONFLICT),
    };
    render(&mut setter, Form { id, note }, (Some(said), Errors::none()), status).await
}
