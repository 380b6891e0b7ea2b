//! `/p/GEO/goals/pool`: the pool as it stands today, and the form that sets it.

use super::{
    actions,
    form::{Form, field, scale},
    model::{Pool, portions, reached},
    store as pools,
};
use crate::{
    goals::{
        access::{GoalsSetter, GoalsViewer},
        key_results::form::currencies,
        model::{Goals, KeyResult, Place},
        store,
    },
    platform::ids::BonusPoolId,
    projects::{Chip, ProjectHead, Tab},
    web::{
        AppState, Error, Errors, Fields, Reply, Result, Routes, Shell, Tier, page, page_with,
        ui::{self, Choice},
    },
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Project, "/p/{key}/goals/pool", show)
        .get(Tier::Project, "/p/{key}/goals/pool/edit", edit)
        .post(Tier::Project, "/p/{key}/goals/pool/edit", set)
}

#[derive(Template)]
#[template(path = "goals/pool.html")]
struct Page {
    shell: Shell,
    head: ProjectHead,
    back: String,
    edit: Option<String>,
    /// None before one is set, or after it ended.
    pool: Option<View>,
    history: Vec<Change>,
}

/// A pool as it stands today.
struct View {
    amount: String,
    /// All that is earned by now, and what is not.
    earned: String,
    open: String,
    results: Vec<Reached>,
    lines: Vec<Line>,
}

/// A key result and how far it is.
struct Reached {
    place: Place,
    href: String,
    title: String,
    percent: String,
}

/// What a department has.
struct Line {
    chip: Chip,
    /// For each key result: its weight; a dash without one.
    weights: Vec<(String, String)>,
    now: String,
    full: String,
}

/// What was set at a time.
struct Change {
    amount: String,
    reason: String,
    by: String,
}

/// So many hundredths of a percent: `54%`, `54.5%`.
fn percent(hundredths: i64) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100 / 10);
    if rest == 0 { format!("{whole}%") } else { format!("{whole}.{rest}%") }
}

async fn show(mut viewer: GoalsViewer) -> Result {
    let project = viewer.project().id;
    let goals: Goals = store::goals(viewer.conn(), project).await?;
    let all = pools::pools(viewer.conn(), project).await?;
    let (shell, t) = (viewer.shell().clone(), viewer.shell().t);
    let change = |pool: &Pool| Change {
        amount: if pool.amount == 0 { t.goals_pool_ended() } else { scale(&pool.currency).full(t, pool.amount) },
        reason: pool.reason.clone(),
        by: t.goals_asked_by(&pool.by, shell.moment(pool.at)),
    };
    let current = all.first().filter(|pool| pool.amount > 0);
    page(&Page {
        pool: current.map(|pool| view(&viewer, &goals, pool)),
        history: all.iter().map(change).collect(),
        back: viewer.path(""),
        edit: (viewer.may_set() && goals.key_results().next().is_some()).then(|| viewer.path("pool/edit")),
        head: viewer.viewer().standing().head(Tab::None),
        shell,
    })
}

fn view(viewer: &GoalsViewer, goals: &Goals, pool: &Pool) -> View {
    let (t, today, money) = (viewer.shell().t, viewer.shell().today(), scale(&pool.currency));
    let results: Vec<(Place, &KeyResult)> = goals.key_results().collect();
    let is_weighed = |of: &KeyResult| pool.weights.iter().any(|weight| weight.key_result == of.id);
    let results: Vec<(Place, &KeyResult)> = results.into_iter().filter(|(_, of)| is_weighed(of)).collect();
    let at = |id| results.iter().find(|(_, of)| of.id == id).map_or(0, |(_, of)| reached(of, today));
    // A department that left keeps what it was promised.
    let parts: Vec<_> = viewer.viewer().standing().parts.iter().map(|part| part.id).collect();
    let portions = portions(pool, &parts, at);
    let line = |portion: &super::model::Portion| {
        let weight = |(place, of): &(Place, &KeyResult)| {
            let found = pool.weights.iter().find(|one| one.part == portion.part && one.key_result == of.id);
            (format!("KR{place}"), found.map_or_else(|| "–".to_owned(), |one| one.weight.to_string()))
        };
        Some(Line {
            chip: Chip::of(viewer.part(portion.part)?, t),
            weights: results.iter().map(weight).collect(),
            now: money.full(t, portion.now),
            full: money.full(t, portion.full),
        })
    };
    let earned: i64 = portions.iter().map(|portion| portion.now).sum();
    View {
        amount: money.full(t, pool.amount),
        earned: money.full(t, earned),
        open: money.full(t, pool.amount.saturating_sub(earned)),
        lines: portions.iter().filter(|portion| portion.full > 0).filter_map(line).collect(),
        results: results
            .iter()
            .map(|(place, of)| Reached {
                place: *place,
                href: viewer.path(&place.to_string()),
                title: of.title.clone(),
                percent: percent(reached(of, today)),
            })
            .collect(),
    }
}

#[derive(Template)]
#[template(path = "goals/pool_edit.html")]
struct EditPage<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    action: String,
    back: String,
    id: BonusPoolId,
    seen: i32,
    amount: String,
    currency: String,
    currencies: Vec<Choice>,
    reason: String,
    results: Vec<(Place, String)>,
    rows: Vec<Row>,
    note: Option<String>,
    errors: Errors,
}

/// The weights of a department.
struct Row {
    chip: Chip,
    cells: Vec<Cell>,
}

struct Cell {
    name: String,
    label: String,
    value: String,
    is_wrong: bool,
}

fn render(
    setter: &GoalsSetter,
    goals: &Goals,
    form: Form,
    (note, errors): (Option<String>, Errors),
    status: StatusCode,
) -> Result {
    let t = setter.shell().t;
    let results: Vec<(Place, String)> = goals.key_results().map(|(place, of)| (place, of.title.clone())).collect();
    let rows = form.weights.iter().filter_map(|(id, of)| {
        let part = setter.part(*id)?;
        let cell =
            |((key_result, value), (place, _)): (&(crate::platform::ids::KeyResultId, String), &(Place, String))| {
                let name = field(*id, *key_result);
                Cell {
                    is_wrong: errors.get(&name).is_some(),
                    label: t.goals_cell(part.name(t), format!("KR{place}")),
                    value: value.clone(),
                    name,
                }
            };
        Some(Row { chip: Chip::of(part, t), cells: of.iter().zip(&results).map(cell).collect() })
    });
    let view = EditPage {
        shell: setter.shell(),
        head: setter.viewer().standing().head(Tab::None),
        action: setter.path("pool/edit"),
        back: setter.path("pool"),
        id: form.id,
        seen: form.seen,
        amount: form.amount.clone(),
        currency: form.currency.clone(),
        currencies: currencies(),
        reason: form.reason.clone(),
        rows: rows.collect(),
        results,
        note,
        errors: errors.clone(),
    };
    page_with(status, &view)
}

async fn read(setter: &mut GoalsSetter) -> Result<(Goals, Option<Pool>)> {
    let project = setter.project().id;
    let goals = store::goals(setter.conn(), project).await?;
    let pool = pools::pools(setter.conn(), project).await?.into_iter().next();
    Ok((goals, pool))
}

async fn edit(mut setter: GoalsSetter) -> Result {
    let (goals, pool) = read(&mut setter).await?;
    let (t, project) = (setter.shell().t, setter.project().id);
    let currency = store::currency(setter.conn(), project, t).await?;
    let form = Form::stands(&setter, &goals, pool.as_ref(), currency);
    render(&setter, &goals, form, (None, Errors::none()), StatusCode::OK)
}

async fn set(State(state): State<AppState>, mut setter: GoalsSetter, fields: Fields) -> Result {
    let (goals, _) = read(&mut setter).await?;
    let form = Form::of(&setter, &goals, &fields)?;
    let t = setter.shell().t;
    let gone = form.gone(&fields);
    if !gone.is_empty() {
        let note = Some(t.goals_gone(t.list(&gone)));
        return render(&setter, &goals, form, (note, Errors::none()), StatusCode::CONFLICT);
    }
    let wanted = match form.read(&setter) {
        Ok(wanted) => wanted,
        Err(errors) => return render(&setter, &goals, form, (None, errors), StatusCode::UNPROCESSABLE_ENTITY),
    };
    match actions::set(&state, &mut setter, &goals, (&form, &wanted)).await {
        Ok(()) => Ok(Reply::to(setter.path("pool")).done(t.goals_pool_done()).into_response()),
        Err(Error::Conflict) => {
            setter.lease_again(&state).await?;
            let (goals, pool) = read(&mut setter).await?;
            let theirs = pool.as_ref().map(|pool| {
                let amount = scale(&pool.currency).full(t, pool.amount);
                t.goals_pool_theirs(amount, &pool.by)
            });
            let note = Some(t.goals_stale_with(t.decisions_stale(), theirs.unwrap_or_default()));
            let form = Form { seen: pool.map_or(0, |pool| pool.number), id: BonusPoolId::new(), ..form };
            render(&setter, &goals, form, (note, Errors::none()), StatusCode::CONFLICT)
        }
        Err(problem) => Err(problem),
    }
}
