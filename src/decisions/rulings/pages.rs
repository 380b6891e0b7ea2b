//! Recording a decision, and its page.

use super::{
    access::{Chair, Ground},
    actions::{self, Answer},
    form::{About, Form},
    register::{EffectLine, effect_line},
    store,
};
use crate::{
    decisions::{
        escalations::{Case, access::require, model::State as Step, view::undecided},
        rules::Verdict,
    },
    platform::locale::T,
    projects::ProjectHead,
    web::{AppState, Error, Errors, Fields, Flash, Reply, Result, Routes, Shell, Tier, page_with, paths, ui},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Project, "/p/{key}/escalations/{number}/decide", decide_form)
        .post(Tier::Project, "/p/{key}/escalations/{number}/decide", decide)
        .get(Tier::Project, "/p/{key}/decisions/new", new_form)
        .post(Tier::Project, "/p/{key}/decisions/new", record)
        .get(Tier::Project, "/p/{key}/decisions/{number}/supersede", supersede_form)
        .post(Tier::Project, "/p/{key}/decisions/{number}/supersede", supersede)
        .and(super::register::routes())
}

#[derive(Template)]
#[template(path = "decisions/decide.html")]
struct DecidePage<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    /// Where it is posted to.
    action: String,
    /// Where it comes from: label and address.
    from: (String, String),
    heading: String,
    sub: String,
    errors: Errors,
    note: Option<String>,
    form: Form,
    /// What the decision to be superseded changed.
    stands: Vec<EffectLine>,
}

/// Which of the three forms it is.
struct Frame {
    action: String,
    from: (String, String),
    heading: String,
    sub: String,
}

fn render(
    ground: &Ground,
    about: &About<'_>,
    fields: &Fields,
    errors: Errors,
    note: Option<String>,
    status: StatusCode,
) -> Result {
    let Frame { action, from, heading, sub } = frame(ground, about);
    let template = DecidePage {
        shell: &ground.shell,
        head: ground.head.clone(),
        action,
        from,
        heading,
        sub,
        errors,
        note,
        form: about.form(fields),
        stands: stands(ground, about),
    };
    page_with(status, &template)
}

/// What a superseded decision changed: superseding it does not take that back.
fn stands(ground: &Ground, about: &About<'_>) -> Vec<EffectLine> {
    let effects = about.supersedes.map_or(&[][..], |old| old.effects.as_slice());
    effects.iter().map(|effect| effect_line(&ground.shell, &ground.parts, &ground.project.key, effect)).collect()
}

fn frame(ground: &Ground, about: &About<'_>) -> Frame {
    let (t, key) = (ground.shell.t, ground.project.key.as_str());
    match (about.dossier, about.supersedes) {
        (Some(dossier), _) => {
            let path = paths::escalation(key, dossier.number).to_string();
            Frame {
                action: format!("{path}/decide"),
                from: (dossier.label(), path),
                heading: t.decisions_decide_title(),
                sub: dossier.question.clone(),
            }
        }
        (None, Some(old)) => {
            let path = paths::decision(key, old.number).to_string();
            Frame {
                action: format!("{path}/supersede"),
                from: (format!("D-{}", old.number), path),
                heading: t.decisions_supersede_title(old.number),
                sub: old.title.clone(),
            }
        }
        (None, None) => {
            let path = paths::project(key, "decisions").to_string();
            Frame {
                action: format!("{path}/new"),
                from: (t.tab_decisions(), path),
                heading: t.decisions_new_title(),
                sub: t.decisions_new_sub(),
            }
        }
    }
}

/// The chair's ground from a case; the case keeps its connection.
fn ground_of(case: &Case) -> Ground {
    Ground {
        shell: case.shell().clone(),
        project: case.project().clone(),
        parts: case.parts().to_vec(),
        head: case.head().clone(),
        person: case.person(),
    }
}

fn about<'a>(
    ground: &'a Ground,
    choices: &'a store::Choices,
    dossier: Option<&'a crate::decisions::escalations::Dossier>,
    supersedes: Option<&'a store::Decision>,
) -> About<'a> {
    About {
        shell: &ground.shell,
        key: &ground.project.key,
        parts: &ground.parts,
        quorum: ground.project.quorum,
        choices,
        dossier,
        supersedes,
    }
}

async fn decide_form(mut case: Case) -> Result {
    require(case.may_decide())?;
    if case.dossier().state != Step::WithCommittee {
        return Err(Error::Conflict);
    }
    if !case.sees_results() {
        return Ok(vote_first(&case));
    }
    let ground = ground_of(&case);
    let choices = store::choices(case.conn()?, ground.project.id).await?;
    let about = about(&ground, &choices, Some(case.dossier()), None);
    let note = Some(undecided(ground.shell.t, about.verdict())).filter(|note| !note.is_empty());
    render(&ground, &about, &about.prefilled(), Errors::none(), note, StatusCode::OK)
}

/// Where results are hidden, the chair votes before reading them.
fn vote_first(case: &Case) -> axum::response::Response {
    let path = paths::escalation(&case.project().key, case.dossier().number).to_string();
    let text = case.shell().t.rules_vote_first();
    Reply::to(format!("{path}#ballot")).flash(Flash { tone: "info", text, undo: None }).into_response()
}

async fn decide(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    require(case.may_decide())?;
    if !case.sees_results() {
        return Ok(vote_first(&case));
    }
    let ground = ground_of(&case);
    let choices = store::choices(case.conn()?, ground.project.id).await?;
    let dossier = case.dossier().clone();
    let about = about(&ground, &choices, Some(&dossier), None);
    if let Some(there) = dossier.decision.as_ref().filter(|there| there.id.to_string() == fields.get("id")) {
        return Ok(done(&ground, there.number));
    }
    let ruling = match read(&ground, &about, &fields)? {
        Read::Shown(page) => return Ok(page),
        Read::Ruling(ruling) => ruling,
    };
    let answer = actions::decide(&state, &mut case, &ground, &ruling).await?;
    reply(&ground, &about, &fields, answer)
}

async fn new_form(mut chair: Chair) -> Result {
    let ground = chair.ground()?;
    let choices = store::choices(chair.conn(), ground.project.id).await?;
    let about = about(&ground, &choices, None, None);
    render(&ground, &about, &about.prefilled(), Errors::none(), None, StatusCode::OK)
}

async fn record(State(state): State<AppState>, mut chair: Chair, fields: Fields) -> Result {
    let ground = chair.ground()?;
    let choices = store::choices(chair.conn(), ground.project.id).await?;
    drop(chair);
    let about = about(&ground, &choices, None, None);
    let ruling = match read(&ground, &about, &fields)? {
        Read::Shown(page) => return Ok(page),
        Read::Ruling(ruling) => ruling,
    };
    let answer = actions::record(&state, &ground, &ruling, None).await?;
    reply(&ground, &about, &fields, answer)
}

async fn supersede_form(mut chair: Chair, number: paths::Parameter<i32>) -> Result {
    let ground = chair.ground()?;
    let old = store::find(chair.conn(), ground.project.id, number.0).await?.ok_or(Error::NotFound)?;
    if old.superseded_by.is_some() {
        return Err(Error::Conflict);
    }
    let choices = store::choices(chair.conn(), ground.project.id).await?;
    let about = about(&ground, &choices, None, Some(&old));
    render(&ground, &about, &about.prefilled(), Errors::none(), None, StatusCode::OK)
}

async fn supersede(
    State(state): State<AppState>,
    mut chair: Chair,
    number: paths::Parameter<i32>,
    fields: Fields,
) -> Result {
    let ground = chair.ground()?;
    let old = store::find(chair.conn(), ground.project.id, number.0).await?.ok_or(Error::NotFound)?;
    let choices = store::choices(chair.conn(), ground.project.id).await?;
    drop(chair);
    let about = about(&ground, &choices, None, Some(&old));
    let ruling = match read(&ground, &about, &fields)? {
        Read::Shown(page) => return Ok(page),
        Read::Ruling(ruling) => ruling,
    };
    let answer = actions::record(&state, &ground, &ruling, Some(&old)).await?;
    reply(&ground, &about, &fields, answer)
}

/// A form as it came.
enum Read {
    /// Not to be recorded yet: another row, another look at the consequences, or mistakes.
    Shown(axum::response::Response),
    /// To be recorded.
    Ruling(super::model::Ruling),
}

fn read(ground: &Ground, about: &About<'_>, fields: &Fields) -> Result<Read> {
    if fields.get("act") != "record" {
        return render(ground, about, fields, Errors::none(), None, StatusCode::OK).map(Read::Shown);
    }
    match about.read(fields) {
        Ok(ruling) => Ok(Read::Ruling(ruling)),
        Err(errors) => render(ground, about, fields, errors, None, StatusCode::UNPROCESSABLE_ENTITY).map(Read::Shown),
    }
}

fn reply(ground: &Ground, about: &About<'_>, fields: &Fields, answer: Answer) -> Result {
    let t: T = ground.shell.t;
    match answer {
        Answer::Recorded(number) => Ok(done(ground, number)),
        Answer::NotAllowed(verdict) => {
            let why = undecided(t, verdict);
            let note = Some(match verdict {
                Verdict::Missing(missing) => t.decisions_no_quorum(missing),
                _ if why.is_empty() => t.rules_not_allowed(),
                _ => t.rules_nothing_recorded(why),
            });
            render(ground, about, fields, Errors::none(), note, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Answer::Impossible(row, why) => {
            let (errors, note) = (about.impossible(fields, row, why), Some(t.decisions_nothing_recorded()));
            render(ground, about, fields, errors, note, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

fn done(ground: &Ground, number: i32) -> axum::response::Response {
    Reply::to(paths::decision(&ground.project.key, number))
        .done(ground.shell.t.decisions_recorded(number))
        .into_response()
}
