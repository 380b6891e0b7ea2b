//! Recording a decision, and its page.

use super::{
    access::{Chair, Ground},
    actions::{self, Answer},
    effects::Impossible,
    form::{Seen, has_unknown_rows, without_row},
    matter::Matter,
    outlook::Outlook,
    store,
};
use crate::{
    decisions::escalations::{
        Case,
        model::State as Step,
        pages::{faster, stale},
    },
    platform::locale::T,
    web::{AppState, Error, Errors, Fields, Flash, Reply, Result, Routes, Tier, paths},
};
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::IntoResponse,
};

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
        .and(super::show::routes())
        .and(super::reviews::routes())
        .and(super::document::routes())
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

/// Whether the reader records it; while the chair is away the refusal says who does.
fn may_decide(case: &Case) -> Result<()> {
    let (t, rules) = (case.shell().t, &case.dossier().rules);
    let until = rules.away_until.filter(|_| rules.is_chair_away(case.shell().today()) && !case.is_outsider());
    match until.map(|until| case.shell().day(until)) {
        _ if case.may_decide() => Ok(()),
        None => Err(Error::Forbidden),
        Some(until) if case.dossier().acting_deputy().is_some() => {
            Err(Error::NotTheirs(t.decisions_deputy_records(rules.deputy.as_deref().unwrap_or_default(), until)))
        }
        Some(until) => Err(Error::NotTheirs(t.decisions_nobody_records(until))),
    }
}

async fn decide_form(mut case: Case) -> Result {
    may_decide(&case)?;
    if case.dossier().state != Step::WithCommittee {
        return Err(Error::Conflict);
    }
    if !case.sees_results() {
        return Ok(vote_first(&case));
    }
    let ground = ground_of(&case);
    let choices = store::choices(case.conn()?, ground.project.id).await?;
    let mut matter = Matter::read(case.conn()?, ground, choices, &Fields::default()).await?;
    matter.dossier = Some(case.dossier().clone());
    let note = matter.undecided(matter.about().verdict()).filter(|note| !note.is_empty());
    matter.render(&matter.about().prefilled(false), Errors::none(), note, StatusCode::OK)
}

/// Where results are hidden, the chair votes before reading them.
fn vote_first(case: &Case) -> axum::response::Response {
    let path = paths::escalation(&case.project().key, case.dossier().number).to_string();
    let text = case.shell().t.rules_vote_first();
    Reply::to(format!("{path}#ballot")).flash(Flash { tone: "info", text, undo: None }).into_response()
}

async fn decide(State(state): State<AppState>, mut case: Case, fields: Fields) -> Result {
    may_decide(&case)?;
    let ground = ground_of(&case);
    let decided = case.dossier().decision.as_ref();
    if let Some(there) = decided.filter(|there| there.id.to_string() == fields.get("id")) {
        return Ok(done(&ground, there.number));
    }
    // That it is decided comes before whatever the form would have to mend.
    if case.dossier().state != Step::WithCommittee {
        return stale(&state, case, "decide", fields).await;
    }
    let fields = sent(fields)?;
    let choices = store::choices(case.conn()?, ground.project.id).await?;
    let mut matter = Matter::read(case.conn()?, ground, choices, &fields).await?;
    matter.dossier = Some(case.dossier().clone());
    if !case.sees_results() {
        return hidden_meanwhile(matter, &fields);
    }
    let ruling = match read(&matter, &fields)? {
        Read::Shown(page) => return Ok(page),
        Read::Ruling(ruling) => ruling,
    };
    match actions::decide(&state, &mut case, &matter.ground, &ruling).await {
        Ok(answer) => reply(&state, matter, &fields, answer).await,
        Err(refused) => faster(&state, case, "decide", fields, refused).await,
    }
}

/// Results were hidden while the chair wrote: what was typed stays in the form, which shows no votes.
fn hidden_meanwhile(mut matter: Matter, fields: &Fields) -> Result {
    matter.hide_votes();
    let note = Some(matter.ground.shell.t.decisions_hidden_meanwhile());
    matter.render(fields, Errors::none(), note, StatusCode::CONFLICT)
}

/// The form as it was sent, without the row that is taken away.
fn sent(fields: Fields) -> Result<Fields> {
    if has_unknown_rows(&fields) { Err(Error::Unprocessable) } else { Ok(without_row(fields)) }
}

async fn new_form(mut chair: Chair, uri: Uri) -> Result {
    let (ground, choices) = (chair.ground()?, chair.choices().clone());
    let matter = Matter::read(chair.conn(), ground, choices, &Fields::default()).await?;
    let asks_sign_off = Fields::of_query(&uri).get("about") == "goals";
    let note = matter.about().not_to_sign_off().filter(|_| asks_sign_off);
    matter.render(&matter.about().prefilled(asks_sign_off), Errors::none(), note, StatusCode::OK)
}

async fn record(State(state): State<AppState>, mut chair: Chair, fields: Fields) -> Result {
    let fields = sent(fields)?;
    let (ground, choices) = (chair.ground()?, chair.choices().clone());
    if let Some(number) = there(chair.conn(), &ground, &fields).await? {
        return Ok(done(&ground, number));
    }
    let matter = Matter::read(chair.conn(), ground, choices, &fields).await?;
    drop(chair);
    recorded(&state, matter, &fields).await
}

async fn supersede_form(mut chair: Chair, number: paths::Parameter<i32>) -> Result {
    let (ground, choices) = (chair.ground()?, chair.choices().clone());
    let old = store::find(chair.conn(), ground.project.id, number.0).await?.ok_or(Error::NotFound)?;
    if old.superseded_by.is_some() {
        return Err(Error::Conflict);
    }
    let mut matter = Matter::read(chair.conn(), ground, choices, &Fields::default()).await?;
    matter.supersedes = Some(old);
    matter.render(&matter.about().prefilled(false), Errors::none(), None, StatusCode::OK)
}

async fn supersede(
    State(state): State<AppState>,
    mut chair: Chair,
    number: paths::Parameter<i32>,
    fields: Fields,
) -> Result {
    let fields = sent(fields)?;
    let (ground, choices) = (chair.ground()?, chair.choices().clone());
    let old = store::find(chair.conn(), ground.project.id, number.0).await?.ok_or(Error::NotFound)?;
    if let Some(number) = there(chair.conn(), &ground, &fields).await? {
        return Ok(done(&ground, number));
    }
    let mut matter = Matter::read(chair.conn(), ground, choices, &fields).await?;
    matter.supersedes = Some(old);
    drop(chair);
    recorded(&state, matter, &fields).await
}

/// The decision that an earlier copy of the same form recorded: what it changed is not judged again.
async fn there(conn: &mut sqlx::PgConnection, ground: &Ground, fields: &Fields) -> Result<Option<i32>> {
    match fields.value("id") {
        Some(id) if fields.get("act") == "record" => Ok(store::number_of(conn, ground.project.id, id).await?),
        _ => Ok(None),
    }
}

async fn recorded(state: &AppState, matter: Matter, fields: &Fields) -> Result {
    let ruling = match read(&matter, fields)? {
        Read::Shown(page) => return Ok(page),
        Read::Ruling(ruling) => ruling,
    };
    match actions::record(state, &matter.ground, &ruling, matter.supersedes.as_ref()).await {
        Ok(answer) => reply(state, matter, fields, answer).await,
        // It was superseded meanwhile: what was typed stays to be copied.
        Err(Error::Conflict) => {
            let note = Some(matter.ground.shell.t.decisions_superseded_meanwhile());
            matter.render(fields, Errors::none(), note, StatusCode::CONFLICT)
        }
        Err(problem) => Err(problem),
    }
}

/// A form as it came.
enum Read {
    /// Not to be recorded yet: another row, another look at the consequences, or mistakes.
    Shown(axum::response::Response),
    /// To be recorded.
    Ruling(super::model::Ruling),
}

fn read(matter: &Matter, fields: &Fields) -> Result<Read> {
    if fields.get("act") != "record" {
        return matter.render(fields, Errors::none(), None, StatusCode::OK).map(Read::Shown);
    }
    let t: T = matter.ground.shell.t;
    let about = matter.about();
    let ruling = match about.read(fields) {
        Ok(ruling) => ruling,
        Err(errors) => {
            return matter.render(fields, errors, None, StatusCode::UNPROCESSABLE_ENTITY).map(Read::Shown);
        }
    };
    let (note, status) = match about.has_seen_moves(&ruling.effects) {
        None | Some(Seen::AsItStands) => return Ok(Read::Ruling(ruling)),
        Some(Seen::NotYet) => (t.decisions_look_first(), StatusCode::UNPROCESSABLE_ENTITY),
        Some(Seen::Otherwise) => (t.decisions_plan_changed(), StatusCode::CONFLICT),
    };
    matter.render(fields, Errors::none(), Some(note), status).map(Read::Shown)
}

async fn reply(state: &AppState, mut matter: Matter, fields: &Fields, answer: Answer) -> Result {
    let t: T = matter.ground.shell.t;
    match answer {
        Answer::Recorded(number) => Ok(done(&matter.ground, number)),
        Answer::NotAllowed(verdict) => {
            let why = matter.undecided(verdict).unwrap_or_default();
            let note = Some(match verdict {
                _ if why.is_empty() => t.rules_not_allowed(),
                _ => t.rules_nothing_recorded(why),
            });
            matter.render(fields, Errors::none(), note, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Answer::Impossible(_, Impossible::PlanChanged) => {
            // Between the look and the lock somebody moved the plan: it is shown as it stands now.
            let (project, today) = (&matter.ground.project, matter.ground.shell.today());
            let mut change = matter.ground.change(state).await?;
            matter.outlook = Outlook::read(change.conn(), project, fields, today).await?;
            matter.render(fields, Errors::none(), Some(t.decisions_plan_changed()), StatusCode::CONFLICT)
        }
        Answer::Impossible(row, why) => {
            let (errors, note) = (matter.about().impossible(fields, row, why), Some(t.decisions_nothing_recorded()));
            matter.render(fields, errors, note, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

fn done(ground: &Ground, number: i32) -> axum::response::Response {
    Reply::to(paths::decision(&ground.project.key, number))
        .done(ground.shell.t.decisions_recorded(number))
        .into_response()
}
