//! `/p/GEO/goals/money/actual/2026-11`: what a month really was; `/p/GEO/goals/money/forecast`: what is expected of the months that
//! were not reported yet.

use super::{
    actions,
    form::kind_name,
    model::{Line, LineKind, Money, Sort, units_scale},
    paste,
    sheet::{Sheet, cell_field},
    store,
};
use crate::{
    departments::model::Difference,
    goals::{
        access::{GoalsViewer, require},
        figures::UnitKind,
        months::Month,
    },
    platform::locale::T,
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
    let (actual, forecast) = ("/p/{key}/goals/money/actual/{month}", "/p/{key}/goals/money/forecast");
    Routes::new()
        .get(Tier::Project, actual, show_actual)
        .post(Tier::Project, actual, enter_actual)
        .get(Tier::Project, forecast, show_forecast)
        .post(Tier::Project, forecast, enter_forecast)
}

/// A month as an address writes it.
struct Wanted(Month);

impl std::str::FromStr for Wanted {
    type Err = ();
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        Month::parse(text).filter(|month| month.field() == text).map(Self).ok_or(())
    }
}

#[derive(Template)]
#[template(path = "goals/money_actual.html")]
struct ActualPage<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    back: String,
    action: String,
    month: String,
    months: Vec<Choice>,
    here: String,
    entered: String,
    lines: Vec<ActualLine>,
    conflict: Vec<Difference>,
    note: Option<String>,
    errors: Errors,
}

/// A line with what was planned and expected of it.
struct ActualLine {
    id: String,
    name: String,
    kind: String,
    field: String,
    label: String,
    value: String,
    was: String,
    planned: String,
    forecast: String,
}

#[derive(Template)]
#[template(path = "goals/money_forecast.html")]
struct ForecastPage<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    back: String,
    action: String,
    months: Vec<String>,
    /// The same months as fields hold them.
    fields: Vec<String>,
    lines: Vec<ForecastLine>,
    pasted: String,
    mistakes: Vec<String>,
    conflict: Vec<Difference>,
    note: Option<(&'static str, String)>,
    errors: Errors,
}

/// A line of the sheet.
struct ForecastLine {
    id: String,
    name: String,
    kind: String,
    was: String,
    cells: Vec<ForecastCell>,
}

/// A cell, and what the plan says where it is empty.
struct ForecastCell {
    field: String,
    label: String,
    value: String,
    planned: String,
    is_wrong: bool,
}

/// What there is to say besides the figures.
#[derive(Default)]
struct Said {
    note: Option<(&'static str, String)>,
    pasted: String,
    mistakes: Vec<String>,
    conflict: Vec<Difference>,
    errors: Errors,
}

async fn stands(viewer: &mut GoalsViewer) -> Result<Money> {
    require(viewer.may_enter_money())?;
    let project = viewer.project().id;
    store::money(viewer.conn(), project).await?.ok_or(Error::NotFound)
}

/// The months that can be reported: those that have begun.
fn begun(viewer: &GoalsViewer, money: &Money) -> Vec<Month> {
    let today = viewer.shell().today();
    money.months().filter(|month| month.first() <= today).collect()
}

/// The months that something can be expected of: all after the newest one that was reported.
fn ahead(money: &Money) -> Vec<Month> {
    let reported = money.reported();
    money.months().filter(|month| Some(*month) > reported).collect()
}

fn said_amount(t: T, money: &Money, line: &Line, (sort, month): (Sort, Month)) -> String {
    let amount = line.amount(sort, month);
    amount.map_or_else(|| "–".to_owned(), |amount| money.scale_of(line.kind).full(t, amount))
}

fn render_actual(
    viewer: &GoalsViewer,
    money: &Money,
    (month, sheet): (Month, &Sheet),
    said: Said,
    status: StatusCode,
) -> Result {
    let (shell, t) = (viewer.shell(), viewer.shell().t);
    let link = |month: &Month| viewer.path(&format!("money/actual/{}", month.field()));
    let lines = sheet.rows.iter().filter_map(|row| {
        let line = money.lines.iter().find(|line| line.id == row.line)?;
        let scale = money.scale_of(line.kind);
        let unit = if scale.unit_kind == UnitKind::Money { scale.unit.as_str() } else { "" };
        Some(ActualLine {
            id: row.line.to_string(),
            name: line.name.clone(),
            kind: kind_name(t, line.kind),
            field: cell_field(row.line, month),
            label: if unit.is_empty() { line.name.clone() } else { t.goals_money_in(line.name.as_str(), unit) },
            value: row.cells.first().cloned().unwrap_or_default(),
            was: row.was.clone(),
            planned: said_amount(t, money, line, (Sort::Plan, month)),
            forecast: said_amount(t, money, line, (Sort::Forecast, month)),
        })
    });
    let entered = money.entered.iter().find(|one| one.month == month);
    let page = ActualPage {
        back: viewer.path("money"),
        action: link(&month),
        month: t.month(month.first()),
        months: begun(viewer, money).iter().rev().map(|one| Choice::new(link(one), t.month(one.first()))).collect(),
        here: link(&month),
        entered: entered.map(|one| t.goals_entered_by(&one.by, shell.moment(one.at))).unwrap_or_default(),
        lines: lines.collect(),
        head: viewer.viewer().standing().head(Tab::None),
        shell,
        conflict: said.conflict,
        note: said.note.map(|(_, note)| note),
        errors: said.errors,
    };
    page_with(status, &page)
}

async fn show_actual(mut viewer: GoalsViewer, Parameter(Wanted(month)): Parameter<Wanted>) -> Result {
    let money = stands(&mut viewer).await?;
    if !begun(&viewer, &money).contains(&month) {
        return Err(Error::NotFound);
    }
    let sheet = Sheet::stands(&money, Sort::Actual, vec![month]);
    render_actual(&viewer, &money, (month, &sheet), Said::default(), StatusCode::OK)
}

/// Lines that were on the form and are not in the plan any more: what was typed for them is shown, not lost.
fn has_lost(money: &Money, fields: &Fields) -> bool {
    let is_known = |id: &str| money.lines.iter().any(|line| line.id.to_string() == id);
    fields.pairs().iter().filter_map(|(name, _)| name.strip_prefix("was-")).any(|id| !is_known(id))
}

async fn enter_actual(
    State(state): State<AppState>,
    mut viewer: GoalsViewer,
    Parameter(Wanted(month)): Parameter<Wanted>,
    fields: Fields,
) -> Result {
    let money = stands(&mut viewer).await?;
    if !begun(&viewer, &money).contains(&month) {
        return Err(Error::NotFound);
    }
    if has_lost(&money, &fields) {
        return Err(Error::Conflict);
    }
    let t = viewer.shell().t;
    let sheet = Sheet::stands(&money, Sort::Actual, vec![month]).typed(&fields);
    let (rows, mut errors) = sheet.read(t, &money.scale(), &units_scale());
    // What comes in and goes out is told together: a total of some of it would mislead.
    let is_said = |kind: LineKind| kind.is_earned() && rows.iter().any(|row| row.kind == kind && row.amounts != [None]);
    if is_said(LineKind::Revenue) || is_said(LineKind::Cost) {
        for (row, typed) in rows.iter().zip(&sheet.rows) {
            if row.kind.is_earned() && typed.cells.iter().all(String::is_empty) {
                errors.add(cell_field(row.line, month), t.goals_money_figure_missing());
            }
        }
    }
    if !errors.is_empty() {
        let said = Said { errors, ..Said::default() };
        return render_actual(&viewer, &money, (month, &sheet), said, StatusCode::UNPROCESSABLE_ENTITY);
    }
    match actions::enter(&state, &mut viewer, (Sort::Actual, &[month]), &rows).await {
        Ok(count) => Ok(answered(&viewer, count)),
        Err(Error::Conflict) => {
            viewer.lease_again(&state).await?;
            let now = stands(&mut viewer).await?;
            let (sheet, conflict) = sheet.over(Sheet::stands(&now, Sort::Actual, vec![month]));
            let note = conflict.is_empty().then(|| ("warn", t.decisions_stale()));
            let said = Said { note, conflict, ..Said::default() };
            render_actual(&viewer, &now, (month, &sheet), said, StatusCode::CONFLICT)
        }
        Err(problem) => Err(problem),
    }
}

fn answered(viewer: &GoalsViewer, count: usize) -> axum::response::Response {
    let t = viewer.shell().t;
    let done = if count == 0 { t.goals_nothing_entered() } else { t.goals_entered(count) };
    Reply::to(viewer.path("money")).done(done).into_response()
}

fn render_forecast(viewer: &GoalsViewer, money: &Money, sheet: &Sheet, said: Said, status: StatusCode) -> Result {
    let t = viewer.shell().t;
    let lines = sheet.rows.iter().filter_map(|row| {
        let line = money.lines.iter().find(|line| line.id == row.line)?;
        let scale = money.scale_of(line.kind);
        let cell = |(value, month): (&String, &Month)| {
            let field = cell_field(row.line, *month);
            ForecastCell {
                is_wrong: said.errors.get(&field).is_some(),
                label: t.goals_cell(line.name.as_str(), t.month(month.first())),
                planned: line.amount(Sort::Plan, *month).map(|amount| scale.field(amount)).unwrap_or_default(),
                field,
                value: value.clone(),
            }
        };
        Some(ForecastLine {
            id: row.line.to_string(),
            name: line.name.clone(),
            kind: kind_name(t, line.kind),
            was: row.was.clone(),
            cells: row.cells.iter().zip(&sheet.months).map(cell).collect(),
        })
    });
    let page = ForecastPage {
        back: viewer.path("money"),
        action: viewer.path("money/forecast"),
        months: sheet.months.iter().map(|month| t.month(month.first())).collect(),
        fields: sheet.months.iter().map(|month| month.field()).collect(),
        lines: lines.collect(),
        head: viewer.viewer().standing().head(Tab::None),
        shell: viewer.shell(),
        pasted: said.pasted,
        mistakes: said.mistakes,
        conflict: said.conflict,
        note: said.note,
        errors: said.errors,
    };
    page_with(status, &page)
}

async fn show_forecast(mut viewer: GoalsViewer) -> Result {
    let money = stands(&mut viewer).await?;
    let sheet = Sheet::stands(&money, Sort::Forecast, ahead(&money));
    render_forecast(&viewer, &money, &sheet, Said::default(), StatusCode::OK)
}

async fn enter_forecast(State(state): State<AppState>, mut viewer: GoalsViewer, fields: Fields) -> Result {
    let money = stands(&mut viewer).await?;
    if has_lost(&money, &fields) {
        return Err(Error::Conflict);
    }
    let t = viewer.shell().t;
    // The months that the form had: one of them may have been reported since.
    let of_form: Vec<Month> = fields.all("month").filter_map(Month::parse).collect();
    let months: Vec<Month> = money.months().filter(|month| of_form.contains(month)).collect();
    let mut sheet = Sheet::stands(&money, Sort::Forecast, months.clone()).typed(&fields);
    let mut said = Said { pasted: fields.raw("pasted").replace("\r\n", "\n"), ..Said::default() };
    if fields.get("act") == "paste" {
        return match paste::put(t, &mut sheet, &said.pasted) {
            Ok(0) => {
                said.errors = Errors::none().with("pasted", t.goals_paste_missing());
                render_forecast(&viewer, &money, &sheet, said, StatusCode::UNPROCESSABLE_ENTITY)
            }
            Ok(count) => {
                let note = Some(("info", t.goals_pasted(count)));
                render_forecast(&viewer, &money, &sheet, Said { note, ..Said::default() }, StatusCode::OK)
            }
            Err(mistakes) => {
                said.errors = Errors::none().with("pasted", t.goals_paste_mistakes(mistakes.len()));
                said.mistakes = mistakes;
                render_forecast(&viewer, &money, &sheet, said, StatusCode::UNPROCESSABLE_ENTITY)
            }
        };
    }
    let (rows, errors) = sheet.read(t, &money.scale(), &units_scale());
    if !errors.is_empty() {
        said.errors = errors;
        return render_forecast(&viewer, &money, &sheet, said, StatusCode::UNPROCESSABLE_ENTITY);
    }
    if months.len() < of_form.len() {
        return Err(Error::Conflict);
    }
    match actions::enter(&state, &mut viewer, (Sort::Forecast, &months), &rows).await {
        Ok(count) => Ok(answered(&viewer, count)),
        Err(Error::Conflict) => {
            viewer.lease_again(&state).await?;
            let now = stands(&mut viewer).await?;
            let (sheet, conflict) = sheet.over(Sheet::stands(&now, Sort::Forecast, months));
            let note = conflict.is_empty().then(|| ("warn", t.decisions_stale()));
            let said = Said { note, conflict, ..said };
            render_forecast(&viewer, &now, &sheet, said, StatusCode::CONFLICT)
        }
        Err(problem) => Err(problem),
    }
}
