//! `/admin/escalations`: how long each step may take.

use super::{
    actions::{self, Outcome},
    model::{self, LONGEST, Limits},
    store,
};
use crate::{
    decisions::{
        escalations::Step,
        matrix::{self, Category, Limit},
    },
    departments::OrganisationEditor,
    events::Change,
    web::{AppState, Error, Errors, Fields, Place, Reply, Result, Routes, Shell, Tier, page_with, ui},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

const PATH: &str = "/admin/escalations";

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Administrator, PATH, show).post(Tier::Administrator, PATH, save)
}

/// The limit of one step of one category.
struct Cell {
    /// Of its field.
    name: String,
    /// What the field is called: the category and the step.
    label: String,
    /// What the step is called.
    step: String,
    count: String,
    unit: String,
    /// May be left empty.
    is_optional: bool,
}

struct Row {
    name: String,
    /// When a case of this kind opens by itself.
    starts: String,
    version_name: String,
    version: i32,
    cells: Vec<Cell>,
    /// The matrix's own limits, where others stand; what stands now, where somebody was faster.
    usual: String,
}

#[derive(Template)]
#[template(path = "decisions/limits.html")]
struct LimitsPage<'a> {
    shell: &'a Shell,
    tab: &'static str,
    longest: u16,
    steps: Vec<String>,
    units: Vec<ui::Choice>,
    rows: Vec<Row>,
    errors: Errors,
    /// Somebody was faster: what they set stands beside what was typed.
    is_stale: bool,
}

fn row(shell: &Shell, category: &Category, limits: &Limits, typed: Option<&Fields>, is_stale: bool) -> Row {
    let t = shell.t;
    let (own, usual) = (limits.of(&category.code), category.limits);
    let name = t.pair(&category.name.en, &category.name.zh).to_owned();
    let cells = Step::ALL.into_iter().map(|step| {
        let field = model::field(category, step);
        let (count, unit) = match (typed, step.limit(own)) {
            (Some(typed), _) => (typed.get(&field).to_owned(), typed.get(&format!("{field}_unit")).to_owned()),
            (None, Some(Limit::Hours(hours))) => (hours.to_string(), "hours".to_owned()),
            (None, Some(Limit::Days(days))) => (days.to_string(), "days".to_owned()),
            (None, None) => (String::new(), "days".to_owned()),
        };
        let label = model::label(t, category, step);
        Cell { name: field, label, step: model::step_name(t, step), count, unit, is_optional: step == Step::Liaisons }
    });
    let cells = cells.collect();
    let words = |limits| Step::ALL.map(|step: Step| model::words(t, step.limit(limits))).join(" · ");
    let usual = match (is_stale, own == usual) {
        (true, _) => t.limits_now(words(own)),
        (false, true) => String::new(),
        (false, false) => t.limits_usual(words(usual)),
    };
    Row {
        starts: t.pair(&category.starts_when.en, &category.starts_when.zh).to_owned(),
        version_name: format!("{}_version", category.code),
        version: limits.version(&category.code),
        name,
        cells,
        usual,
    }
}

fn render(shell: Shell, limits: &Limits, typed: Option<&Fields>, (status, errors): (StatusCode, Errors)) -> Result {
    let shell = shell.at(Place::Administration);
    let matrix = matrix::matrix().map_err(Error::internal)?;
    let t = shell.t;
    let is_stale = status == StatusCode::CONFLICT;
    page_with(
        status,
        &LimitsPage {
            tab: "escalations",
            longest: LONGEST,
            steps: Step::ALL.into_iter().map(|step| model::step_name(t, step)).collect(),
            units: vec![ui::Choice::new("hours", t.limits_unit_hours()), ui::Choice::new("days", t.limits_unit_days())],
            rows: matrix.categories.iter().map(|category| row(&shell, category, limits, typed, is_stale)).collect(),
            errors,
            is_stale,
            shell: &shell,
        },
    )
}

async fn show(State(state): State<AppState>, shell: Shell, _: OrganisationEditor) -> Result {
    let limits = store::all(&mut *state.db.lease().await?).await?;
    render(shell, &limits, None, (StatusCode::OK, Errors::none()))
}

async fn save(State(state): State<AppState>, shell: Shell, editor: OrganisationEditor, fields: Fields) -> Result {
    let matrix = matrix::matrix().map_err(Error::internal)?;
    let asked = match model::read(shell.t, matrix, &fields) {
        Ok(asked) => asked,
        Err(errors) => {
            let limits = store::all(&mut *state.db.lease().await?).await?;
            return render(shell, &limits, Some(&fields), (StatusCode::UNPROCESSABLE_ENTITY, errors));
        }
    };
    let change = Change::begin(&state, &shell).await?;
    match actions::set(change, &editor, matrix, &asked).await? {
        Outcome::Done => Ok(Reply::to(PATH).done(shell.t.limits_saved()).into_response()),
        Outcome::Stale(limits) => render(shell, &limits, Some(&fields), (StatusCode::CONFLICT, Errors::none())),
    }
}
