//! `/p/GEO/goals/money/plan`: what the plan stands on, its lines, and what each is to be month by month; filled by hand or from a
//! spreadsheet.

use super::{
    actions::{self, Plan, Saved},
    break_even::{Earned, Step, crossing, steps},
    form::{Form, REASON, kind_name, usual},
    model::{LineKind, Money, Sort, units_scale},
    paste,
    sheet::{ReadRow, Sheet, SheetRow, cell_field},
    store,
};
use crate::{
    departments::model::Difference,
    goals::{
        access::{GoalsViewer, require},
        figures::Scale,
        key_results::form::{currencies, decimals},
        months::Month,
        signing::{
            draft::{Draft, MoneyWanted},
            proposed::Proposed,
        },
    },
    platform::locale::T,
    projects::{ProjectHead, Tab},
    web::{
        AppState, Error, Errors, Fields, Reply, Result, Routes, Shell, Tier, page_with,
        ui::{self, Choice},
    },
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of this part.
pub fn routes() -> Routes {
    let path = "/p/{key}/goals/money/plan";
    Routes::new().get(Tier::Project, path, show).post(Tier::Project, path, send)
}

#[derive(Template)]
#[template(path = "goals/money_plan.html")]
struct Page<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    action: String,
    back: String,
    form: Form,
    is_new: bool,
    fixed: String,
    currencies: Vec<Choice>,
    decimals: Vec<Choice>,
    months: Vec<String>,
    lines: Vec<LineView>,
    /// What adding up shows anew.
    swap: String,
    /// Result and running total of each month.
    results: Vec<String>,
    totals: Vec<String>,
    /// What the plan comes to, in words.
    found: String,
    longest: u32,
    pasted: String,
    mistakes: Vec<String>,
    conflict: Vec<Difference>,
    /// What was refused because it is the committee's.
    draft: Option<Draft>,
    note: Option<(&'static str, String)>,
    errors: Errors,
}

/// A line of the sheet.
struct LineView {
    id: String,
    name: String,
    label: String,
    is_new: bool,
    kind: String,
    kind_name: String,
    kinds: Vec<Choice>,
    /// It wins customers or not; of a new one while it is a cost.
    is_cost: bool,
    acquires: bool,
    drops: bool,
    was: String,
    cells: Vec<CellView>,
    sum: String,
    is_name_wrong: bool,
    is_kind_wrong: bool,
}

/// A cell.
struct CellView {
    name: String,
    value: String,
    label: String,
    is_wrong: bool,
}

/// What there is to say besides the sheet.
#[derive(Default)]
struct Said {
    note: Option<(&'static str, String)>,
    pasted: String,
    mistakes: Vec<String>,
    conflict: Vec<Difference>,
    draft: Option<Draft>,
    errors: Errors,
}

/// What the rows of a plan earn and spend, month by month.
fn earned(rows: &[ReadRow], months: &[Month]) -> Vec<Step> {
    let sum = |kind: LineKind, at: usize| {
        let rows = rows.iter().filter(|row| row.kind == kind && !row.drops);
        rows.filter_map(|row| row.amounts.get(at).copied().flatten()).fold(0, i64::saturating_add)
    };
    let of = |(at, month): (usize, &Month)| Earned {
        month: *month,
        revenue: sum(LineKind::Revenue, at),
        cost: sum(LineKind::Cost, at),
    };
    steps(&months.iter().enumerate().map(of).collect::<Vec<_>>())
}

fn line(t: T, sheet: &Sheet, (row, read): (&SheetRow, &ReadRow), scale: &Scale, errors: &Errors) -> LineView {
    let cell = |(value, month): (&String, &Month)| {
        let name = cell_field(row.line, *month);
        let called = if row.name.is_empty() { t.goals_money_new_line() } else { row.name.clone() };
        CellView {
            is_wrong: errors.get(&name).is_some(),
            label: t.goals_cell(called, t.month(month.first())),
            name,
            value: value.clone(),
        }
    };
    let sum = read.amounts.iter().flatten().fold(0_i64, |sum, amount| sum.saturating_add(*amount));
    let last = read.amounts.iter().rev().flatten().next().copied().unwrap_or_default();
    let is_wrong = |field: &str| errors.get(&format!("{field}-{}", row.line)).is_some();
    LineView {
        id: row.line.to_string(),
        name: row.name.clone(),
        label: if row.name.is_empty() { t.goals_money_new_line() } else { row.name.clone() },
        is_new: row.is_new,
        kind: row.kind.map_or("", LineKind::as_str).to_owned(),
        kind_name: row.kind.map(|kind| kind_name(t, kind)).unwrap_or_default(),
        kinds: std::iter::once(Choice::new("", t.goals_money_kind()))
            .chain(LineKind::ALL.map(|kind| Choice::new(kind.as_str(), kind_name(t, kind))))
            .collect(),
        is_cost: row.is_new || row.kind == Some(LineKind::Cost),
        acquires: row.acquires,
        drops: row.drops,
        was: row.was.clone(),
        cells: row.cells.iter().zip(&sheet.months).map(cell).collect(),
        sum: match row.kind {
            Some(LineKind::Arr) => scale.short(t, last),
            Some(LineKind::Units) => units_scale().short(t, sum),
            _ => scale.short(t, sum),
        },
        is_name_wrong: is_wrong("name") || is_wrong("drop"),
        is_kind_wrong: is_wrong("kind"),
    }
}

/// What a plan comes to, in words: when it breaks even, and what all costs are against the envelope.
fn found(t: T, form: &Form, steps: &[Step]) -> String {
    let scale = form.scale();
    let on = match crossing(steps) {
        Some(found) => t.goals_money_breaks_even(t.date(found.on)),
        None => t.goals_money_breaks_not_even(),
    };
    let costs = steps.iter().map(|step| step.earned.cost).fold(0, i64::saturating_add);
    match scale.parse(&form.envelope) {
        Ok(envelope) => format!("{on} {}", t.goals_money_costs_of(scale.short(t, costs), scale.short(t, envelope))),
        Err(_) => on,
    }
}

fn render(
    viewer: &GoalsViewer,
    money: Option<&Money>,
    (form, sheet): (Form, Sheet),
    mut said: Said,
    status: StatusCode,
) -> Result {
    let t = viewer.shell().t;
    let (scale, units) = (form.scale(), units_scale());
    let (rows, wrong) = sheet.read(t, &scale, &units);
    if said.errors.is_empty() && status == StatusCode::OK {
        said.errors = wrong;
    }
    let steps = earned(&rows, &sheet.months);
    let month = |amount: &dyn Fn(&Step) -> i64| steps.iter().map(|step| scale.short(t, amount(step))).collect();
    let page = Page {
        action: viewer.path("money/plan"),
        back: viewer.path("money"),
        is_new: money.is_none(),
        fixed: money.map(|money| t.goals_money_fixed(money.currency.as_str())).unwrap_or_default(),
        currencies: currencies(),
        decimals: decimals(),
        months: sheet.months.iter().map(|month| t.month(month.first())).collect(),
        lines: sheet.rows.iter().zip(&rows).map(|row| line(t, &sheet, row, &scale, &said.errors)).collect(),
        swap: ["#found".to_owned(), "#sums".to_owned()]
            .into_iter()
            .chain(sheet.rows.iter().map(|row| format!("#sum-{}", row.line)))
            .collect::<Vec<_>>()
            .join(","),
        results: month(&|step| step.result),
        totals: month(&|step| step.total),
        found: found(t, &form, &steps),
        longest: u32::try_from(REASON).unwrap_or(u32::MAX),
        head: viewer.viewer().standing().head(Tab::None),
        shell: viewer.shell(),
        form,
        pasted: said.pasted,
        mistakes: said.mistakes,
        conflict: said.conflict,
        draft: said.draft,
        note: said.note,
        errors: said.errors,
    };
    page_with(status, &page)
}

async fn stands(viewer: &mut GoalsViewer) -> Result<Option<Money>> {
    let project = viewer.project().id;
    Ok(store::money(viewer.conn(), project).await?)
}

async fn show(mut viewer: GoalsViewer) -> Result {
    require(viewer.may_set_money())?;
    let money = stands(&mut viewer).await?;
    let form = match &money {
        Some(money) => Form::stands(money),
        None => {
            let (t, project) = (viewer.shell().t, viewer.project().id);
            let currency = crate::goals::store::currency(viewer.conn(), project, t).await?;
            Form::blank(&viewer, currency)
        }
    };
    let months = form.months(money.as_ref());
    let sheet = match &money {
        Some(money) => Sheet::stands(money, Sort::Plan, months),
        None => Sheet { sort: Sort::Plan, rows: usual(viewer.shell().t, months.len()), months },
    };
    render(&viewer, money.as_ref(), (form, sheet), Said::default(), StatusCode::OK)
}

/// The sheet as it stands, for the months of the form.
fn sheet_of(money: Option<&Money>, months: Vec<Month>) -> Sheet {
    match money {
        Some(money) => Sheet::stands(money, Sort::Plan, months),
        None => Sheet { sort: Sort::Plan, months, rows: Vec::new() },
    }
}

async fn send(State(state): State<AppState>, mut viewer: GoalsViewer, fields: Fields) -> Result {
    require(viewer.may_set_money())?;
    let money = stands(&mut viewer).await?;
    let (t, form) = (viewer.shell().t, Form::of(&fields, money.as_ref())?);
    let months = form.months(money.as_ref());
    let mut sheet = sheet_of(money.as_ref(), months).typed_with_lines(&fields);
    let mut said = Said { pasted: fields.raw("pasted").replace("\r\n", "\n"), ..Said::default() };
    match fields.get("act") {
        "paste" => match paste::put(t, &mut sheet, &said.pasted) {
            Ok(0) => {
                said.errors = Errors::none().with("pasted", t.goals_paste_missing());
                render(&viewer, money.as_ref(), (form, sheet), said, StatusCode::UNPROCESSABLE_ENTITY)
            }
            Ok(count) => {
                let note = Some(("info", t.goals_pasted(count)));
                render(&viewer, money.as_ref(), (form, sheet), Said { note, ..Said::default() }, StatusCode::OK)
            }
            Err(mistakes) => {
                said.errors = Errors::none().with("pasted", t.goals_paste_mistakes(mistakes.len()));
                said.mistakes = mistakes;
                render(&viewer, money.as_ref(), (form, sheet), said, StatusCode::UNPROCESSABLE_ENTITY)
            }
        },
        "line" => {
            let months = sheet.months.len();
            sheet.rows.push(SheetRow::blank(months));
            render(&viewer, money.as_ref(), (form, sheet), said, StatusCode::OK)
        }
        "check" => render(&viewer, money.as_ref(), (form, sheet), said, StatusCode::OK),
        _ => save(&state, viewer, money, (form, sheet, fields)).await,
    }
}

async fn save(
    state: &AppState,
    mut viewer: GoalsViewer,
    money: Option<Money>,
    (form, sheet, fields): (Form, Sheet, Fields),
) -> Result {
    let t = viewer.shell().t;
    let sheet = sheet.without_empty();
    let (rows, mut errors) = sheet.read(t, &form.scale(), &units_scale());
    let terms = form.read(t, &mut errors);
    sheet.check_lines(t, money.as_ref(), &mut errors);
    if sheet.rows.iter().all(|row| row.drops || !row.kind.is_some_and(LineKind::is_earned)) {
        errors.add("found", t.goals_money_nothing_earned());
    }
    if money.as_ref().is_some_and(|money| money.has_reported_outside(&sheet.months)) {
        errors.add("months", t.goals_money_months_reported());
    }
    if form.seen > 0 && form.reason.is_empty() {
        errors.add("reason", t.goals_reason_missing());
    }
    let (Some(terms), true) = (terms, errors.is_empty()) else {
        let said = Said { errors, ..Said::default() };
        return render(&viewer, money.as_ref(), (form, sheet), said, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let plan = Plan { seen: form.seen, terms, months: sheet.months.clone(), rows };
    match actions::set(state, &mut viewer, &plan).await {
        Ok(Saved::TooLarge(too_large)) => {
            let stands = money.as_ref().map_or(0, |money| money.envelope);
            let asked = |amount| form.scale().full(t, amount);
            let wanted = MoneyWanted {
                question: t.goals_draft_change(t.goals_money_envelope(), asked(plan.terms.envelope)),
                option: asked(plan.terms.envelope),
                stay: asked(money.as_ref().and_then(|money| money.signed).map_or(stands, |signed| signed.envelope)),
                decision: money.as_ref().and_then(|money| money.signed).map(|signed| signed.decision),
                reason: &plan.terms.reason,
                proposes: Some(Proposed::SetEnvelope { to: plan.terms.envelope }),
            };
            let draft = Some(Draft::of_money(&viewer, &wanted, &too_large));
            let said = Said { draft, pasted: fields.raw("pasted").replace("\r\n", "\n"), ..Said::default() };
            render(&viewer, money.as_ref(), (form, sheet), said, StatusCode::CONFLICT)
        }
        Ok(Saved::New) => Ok(Reply::to(viewer.path("money")).done(t.goals_money_saved()).into_response()),
        Ok(Saved::Same) => Ok(Reply::to(viewer.path("money")).done(t.goals_nothing_entered()).into_response()),
        Err(Error::Conflict) => {
            viewer.lease_again(state).await?;
            let now = stands(&mut viewer).await?;
            let typed = Form { seen: now.as_ref().map_or(0, |money| money.number), ..form };
            let (sheet, mut conflict) = sheet.over(sheet_of(now.as_ref(), typed.months(now.as_ref())));
            if let Some(now) = &now {
                conflict.extend(terms_beside(t, now, &typed));
            }
            let said = Said {
                note: conflict.is_empty().then(|| ("warn", t.decisions_stale())),
                pasted: fields.raw("pasted").replace("\r\n", "\n"),
                conflict,
                ..Said::default()
            };
            render(&viewer, now.as_ref(), (typed, sheet), said, StatusCode::CONFLICT)
        }
        Err(problem) => Err(problem),
    }
}

/// What the plan stands on by now, where that differs from what was typed.
fn terms_beside(t: T, now: &Money, typed: &Form) -> Vec<Difference> {
    let theirs = Form::stands(now);
    let fields = [
        (t.goals_starts(), theirs.starts, typed.starts.clone()),
        (t.goals_money_months(), theirs.months, typed.months.clone()),
        (t.goals_money_envelope(), theirs.envelope, typed.envelope.clone()),
    ];
    let differ = fields.into_iter().filter(|(_, theirs, yours)| theirs != yours);
    differ.map(|(label, theirs, yours)| Difference { label, theirs, yours }).collect()
}
