//! `/p/GEO/goals/objectives/1/new`, `/p/GEO/goals/1.2/edit` and the form that drops one.

use super::{
    actions,
    form::{Form, currencies, decimals, measures, owners, unit_kinds},
};
use crate::{
    goals::{
        access::GoalsSetter,
        model::{Goals, KeyResult, Objective, Place, WHY},
        signing::{
            draft::{Draft, Wanted},
            limits::{DAYS, PERCENT, TooLarge},
        },
        store,
        view::summary_of_terms,
    },
    platform::ids::{KeyResultId, ObjectiveId},
    projects::{ProjectHead, Tab},
    web::{
        AppState, Error, Errors, Fields, Reply, Result, Routes, Shell, Tier, page_with,
        paths::Parameter,
        ui::{self, Choice},
    },
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Project, "/p/{key}/goals/objectives/{number}/new", blank)
        .post(Tier::Project, "/p/{key}/goals/objectives/{number}/new", create)
        .get(Tier::Project, "/p/{key}/goals/{place}/edit", edit)
        .post(Tier::Project, "/p/{key}/goals/{place}/edit", change)
        .post(Tier::Project, "/p/{key}/goals/{place}/drop", drop)
}

#[derive(Template)]
#[template(path = "goals/key_result_form.html")]
struct Page<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    action: String,
    drop_action: String,
    /// The objective that it is for, and its id.
    objective: String,
    objective_id: ObjectiveId,
    form: Form,
    is_new: bool,
    /// What is counted cannot change; in words.
    scale: String,
    measures: Vec<Choice>,
    unit_kinds: Vec<Choice>,
    currencies: Vec<Choice>,
    decimals: Vec<Choice>,
    owners: Vec<Choice>,
    drop_reason: String,
    note: Option<String>,
    draft: Option<Draft>,
    /// Of one that was signed off: what of it is the lead's, and that dropping it is not.
    signed: Option<(String, String)>,
    /// The objective has three already, and nothing was typed yet.
    is_full: bool,
    errors: Errors,
}

/// What a page is about: an objective, and the key result that stands already.
struct About<'a> {
    objective: &'a Objective,
    stands: Option<&'a KeyResult>,
}

/// What there is to say besides the form.
#[derive(Default)]
struct Said {
    note: Option<String>,
    drop_reason: String,
    /// What was refused because it is the committee's, and the escalation that it is drafted as.
    too_large: Vec<TooLarge>,
    draft: Option<Draft>,
    errors: Errors,
}

fn render(setter: &GoalsSetter, about: &About<'_>, form: Form, said: Said, status: StatusCode) -> Result {
    let t = setter.shell().t;
    let is_full = about.stands.is_none() && about.objective.free().is_none() && form.title.is_empty();
    let (action, drop_action) = match about.stands {
        Some(stands) => {
            let place = about.objective.place_of(stands);
            (setter.path(&format!("{place}/edit")), setter.path(&format!("{place}/drop")))
        }
        None => (setter.path(&format!("objectives/{}/new", about.objective.position)), String::new()),
    };
    let page = Page {
        shell: setter.shell(),
        head: setter.viewer().standing().head(Tab::None),
        action,
        drop_action,
        objective: about.objective.title.clone(),
        objective_id: about.objective.id,
        is_new: about.stands.is_none(),
        scale: about.stands.map(|stands| crate::goals::view::scale_in_words(t, &stands.scale)).unwrap_or_default(),
        form,
        measures: measures(t),
        unit_kinds: unit_kinds(t),
        currencies: currencies(),
        decimals: decimals(),
        owners: owners(setter),
        drop_reason: said.drop_reason,
        note: said.note,
        signed: about
            .stands
            .filter(|one| one.signed.is_some() && said.draft.is_none())
            .map(|_| (t.goals_draft_limits(DAYS, PERCENT), t.goals_large_dropped())),
        draft: said.draft,
        is_full,
        errors: said.errors,
    };
    page_with(status, &page)
}

async fn goals(setter: &mut GoalsSetter) -> Result<Goals> {
    let project = setter.project().id;
    Ok(store::goals(setter.conn(), project).await?)
}

async fn blank(mut setter: GoalsSetter, Parameter(position): Parameter<i16>) -> Result {
    let goals = goals(&mut setter).await?;
    let objective = goals.objective(position).ok_or(Error::NotFound)?;
    let note = objective.free().is_none().then(|| setter.shell().t.goals_key_results_full());
    let (t, project) = (setter.shell().t, setter.project().id);
    let currency = store::currency(setter.conn(), project, t).await?;
    let form = Form::blank(&setter, currency);
    let about = About { objective, stands: None };
    render(&setter, &about, form, Said { note, ..Said::default() }, StatusCode::OK)
}

async fn create(
    State(state): State<AppState>,
    mut setter: GoalsSetter,
    Parameter(position): Parameter<i16>,
    fields: Fields,
) -> Result {
    let (form, t) = (Form::of(&fields)?, setter.shell().t);
    let objective_id: ObjectiveId = fields.hidden("objective_id")?;
    let goals = goals(&mut setter).await?;
    let objective = goals.objective(position).filter(|one| one.id == objective_id).ok_or(Error::Conflict)?;
    let about = About { objective, stands: None };
    let read = match form.read(&setter, None) {
        Ok(read) => read,
        Err(errors) => {
            let said = Said { errors, ..Said::default() };
            return render(&setter, &about, form, said, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    match actions::create(&state, &mut setter, (objective.id, form.id, form.series), &read).await? {
        Some(place) => {
            let next = setter.path(&format!("{place}/split"));
            Ok(Reply::to(next).done(t.goals_key_result_created()).into_response())
        }
        None => {
            let said = Said { note: Some(t.goals_key_results_full()), ..Said::default() };
            render(&setter, &about, form, said, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

fn found(goals: &Goals, place: Place) -> Result<About<'_>> {
    let objective = goals.objective(place.objective).ok_or(Error::NotFound)?;
    Ok(About { objective, stands: Some(goals.key_result(place).ok_or(Error::NotFound)?) })
}

async fn edit(mut setter: GoalsSetter, place: Place) -> Result {
    let goals = goals(&mut setter).await?;
    let about = found(&goals, place)?;
    let form = about.stands.map(Form::stands).ok_or(Error::NotFound)?;
    render(&setter, &about, form, Said::default(), StatusCode::OK)
}

async fn change(State(state): State<AppState>, mut setter: GoalsSetter, place: Place, fields: Fields) -> Result {
    let (form, t) = (Form::of(&fields)?, setter.shell().t);
    let goals_now = goals(&mut setter).await?;
    let about = found(&goals_now, place)?;
    let stands = about.stands.filter(|stands| stands.id == form.id).ok_or(Error::Conflict)?;
    let read = match form.read(&setter, Some(stands)) {
        Ok(read) => read,
        Err(errors) => {
            let said = Said { errors, ..Said::default() };
            return render(&setter, &about, form, said, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    match actions::change(&state, &mut setter, (form.id, form.version), &read).await {
        Ok(too_large) if !too_large.is_empty() => {
            let wanted = Wanted { terms: Some(&read.terms), reason: &read.reason, too_large: &too_large };
            let said = Said { draft: Some(Draft::of(&setter, (place, stands), &wanted)), ..Said::default() };
            render(&setter, &about, form, said, StatusCode::CONFLICT)
        }
        Ok(_) => Ok(Reply::to(setter.path(&place.to_string())).done(t.goals_key_result_changed()).into_response()),
        Err(Error::Conflict) => {
            setter.lease_again(&state).await?;
            let goals = goals(&mut setter).await?;
            let about = found(&goals, place)?;
            let stands = about.stands.ok_or(Error::NotFound)?;
            if stands.id != form.id {
                return Err(Error::Conflict);
            }
            let owner = setter.part(stands.part).map_or("", |part| part.name(t)).to_owned();
            let now = t.goals_stands_now(owner, summary_of_terms(t, stands), &stands.title);
            let version = stands.version;
            let said = Said { note: Some(t.goals_stale_with(t.decisions_stale(), now)), ..Said::default() };
            render(&setter, &about, Form { version, ..form }, said, StatusCode::CONFLICT)
        }
        Err(problem) => Err(problem),
    }
}

async fn drop(State(state): State<AppState>, mut setter: GoalsSetter, place: Place, fields: Fields) -> Result {
    let (id, version, reason): (KeyResultId, i32, String) =
        (fields.hidden("id")?, fields.hidden("version")?, fields.text("drop_reason"));
    let t = setter.shell().t;
    let goals_now = goals(&mut setter).await?;
    if found(&goals_now, place)?.stands.is_none_or(|stands| stands.id != id) {
        return Err(Error::Conflict);
    }
    let wrong = match reason.chars().count() {
        0 => Some(t.goals_drop_reason_missing()),
        1..=WHY => None,
        _ => Some(t.decisions_too_long(WHY)),
    };
    let (status, mut said) = if let Some(wrong) = wrong {
        let errors = Errors::none().with("drop_reason", wrong);
        (StatusCode::UNPROCESSABLE_ENTITY, Said { errors, drop_reason: reason, ..Said::default() })
    } else {
        match actions::drop(&state, &mut setter, (id, version), &reason).await {
            Ok(too_large) if !too_large.is_empty() => {
                setter.lease_again(&state).await?;
                (StatusCode::CONFLICT, Said { drop_reason: reason, too_large, ..Said::default() })
            }
            Ok(_) => return Ok(Reply::to(setter.path("")).done(t.goals_key_result_dropped()).into_response()),
            Err(Error::Conflict) => {
                setter.lease_again(&state).await?;
                let note = Some(t.decisions_stale());
                (StatusCode::CONFLICT, Said { note, drop_reason: reason, ..Said::default() })
            }
            Err(problem) => return Err(problem),
        }
    };
    let goals = goals(&mut setter).await?;
    let about = found(&goals, place)?;
    let stands = about.stands.ok_or(Error::NotFound)?;
    if !said.too_large.is_empty() {
        let wanted = Wanted { terms: None, reason: &said.drop_reason, too_large: &said.too_large };
        said.draft = Some(Draft::of(&setter, (place, stands), &wanted));
    }
    render(&setter, &about, Form::stands(stands), said, status)
}
