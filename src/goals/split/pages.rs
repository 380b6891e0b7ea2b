//! `/p/GEO/goals/1.2/split`: the sheet, filled by hand, evenly, by weight or from a spreadsheet.

use super::{
    actions,
    fill::Slope,
    model::{Left, Row, level_sum, month_sum},
    paste::{self, Named},
    sheet::{FillForm, Sheet, amount_field, base_field},
};
use crate::{
    goals::{
        access::{GoalsViewer, require},
        figures::Measure,
        model::{Goals, KeyResult, Place},
        store,
        view::{left_in_words, scale_in_words, summary_of_terms},
    },
    platform::{
        ids::{KeyResultId, PartId},
        locale::T,
    },
    projects::{Chip, ProjectHead, Tab},
    web::{
        AppState, Error, Errors, Fields, Reply, Result, Routes, Shell, Tier, page_with,
        ui::{self, Choice},
    },
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/goals/{place}/split", show).post(
        Tier::Project,
        "/p/{key}/goals/{place}/split",
        send,
    )
}

#[derive(Template)]
#[template(path = "goals/split.html")]
struct Page<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    action: String,
    back: String,
    place: Place,
    title: String,
    id: KeyResultId,
    version: i32,
    /// What is to be split, in words.
    terms: String,
    scale: String,
    months: Vec<String>,
    lines: Vec<Line>,
    /// Departments without anything, which are folded while others have something.
    folded: usize,
    /// What adding up shows anew.
    swap: String,
    sums: Vec<String>,
    has_base: bool,
    base_unit: String,
    left: (&'static str, &'static str, String),
    /// The lead fills it as a whole.
    fills: Option<FillView>,
    pasted: String,
    mistakes: Vec<String>,
    note: Option<(&'static str, String)>,
    errors: Errors,
}

/// So many mistakes of what was pasted are said one by one; the summary says how many there are.
const MOST_MISTAKES: usize = 20;

/// A department's line.
struct Line {
    chip: Chip,
    part: PartId,
    owes: String,
    was: String,
    is_open: bool,
    cells: Vec<CellView>,
    sum: String,
    /// Nothing stands in it: it is shown when somebody asks for it.
    is_empty: bool,
}

/// A cell: its fields, or its figures.
struct CellView {
    name: String,
    base_name: String,
    amount: String,
    base: String,
    label: String,
    base_label: String,
    is_wrong: bool,
    is_base_wrong: bool,
}

/// The form that fills the sheet.
struct FillView {
    weights: Vec<(String, String, String)>,
    slope: String,
    slopes: Vec<Choice>,
    from: String,
    froms: Vec<Choice>,
    base: String,
}

/// What there is to say besides the sheet.
#[derive(Default)]
struct Said {
    note: Option<(&'static str, String)>,
    pasted: String,
    mistakes: Vec<String>,
    errors: Errors,
}

async fn found(viewer: &mut GoalsViewer, place: Place) -> Result<KeyResult> {
    let project = viewer.project().id;
    let goals: Goals = store::goals(viewer.conn(), project).await?;
    goals.key_result(place).cloned().ok_or(Error::NotFound)
}

/// Who fills anything at all: the lead, and each liaison their own.
fn require_any(viewer: &GoalsViewer) -> Result<()> {
    require(viewer.departments().any(|part| viewer.may_split(part.id)))
}

async fn show(mut viewer: GoalsViewer, place: Place) -> Result {
    require_any(&viewer)?;
    let of = found(&mut viewer, place).await?;
    let (sheet, fill) = (Sheet::stands(&viewer, &of), FillForm::of(&viewer, &of, &Fields::default()));
    render(&viewer, (place, &of), (sheet, fill), Said::default(), StatusCode::OK)
}

fn line(
    viewer: &GoalsViewer,
    of: &KeyResult,
    row: &super::sheet::SheetRow,
    sheet: &Sheet,
    read: &Row,
    errors: &Errors,
) -> Option<Line> {
    let (t, part) = (viewer.shell().t, viewer.part(row.part)?);
    let cell = |((amount, base), month): (&(String, String), &crate::goals::months::Month)| {
        let field = month.field();
        let (name, base_name) = (amount_field(row.part, &field), base_field(row.part, &field));
        let when = t.month(month.first());
        CellView {
            is_wrong: errors.get(&name).is_some(),
            is_base_wrong: errors.get(&base_name).is_some(),
            label: t.goals_cell(part.name(t), when.clone()),
            base_label: t.goals_cell_base(&of.scale.base_unit, part.name(t), when),
            name,
            base_name,
            amount: amount.clone(),
            base: base.clone(),
        }
    };
    let amounts = of.scale.of_amounts();
    let sum = match of.scale.measure {
        Measure::Additive => {
            amounts.full(t, read.cells.iter().fold(0, |sum: i64, cell| sum.saturating_add(cell.amount)))
        }
        Measure::Level => read
            .level(read.cells.len().saturating_sub(1))
            .map_or_else(|| "–".to_owned(), |level| amounts.full(t, level)),
        Measure::Ratio => {
            let last = read.cells.last().copied().unwrap_or_default();
            of.scale.ratio(last.amount, last.base).map_or_else(|| "–".to_owned(), |value| of.scale.full(t, value))
        }
    };
    Some(Line {
        chip: Chip::of(part, t),
        part: row.part,
        owes: row.owes.clone(),
        was: row.was.clone(),
        is_open: row.is_open,
        cells: row.cells.iter().zip(&sheet.months).map(cell).collect(),
        sum,
        is_empty: row.owes.is_empty() && row.cells.iter().all(|(amount, base)| amount.is_empty() && base.is_empty()),
    })
}

fn render(
    viewer: &GoalsViewer,
    (place, of): (Place, &KeyResult),
    (sheet, fill): (Sheet, FillForm),
    mut said: Said,
    status: StatusCode,
) -> Result {
    let t = viewer.shell().t;
    let (read, wrong) = sheet.read(t, of);
    if said.errors.is_empty() && status == StatusCode::OK {
        said.errors = wrong;
    }
    let rows: Vec<Row> = read.iter().map(|(row, _)| row.clone()).collect();
    let lines =
        sheet.rows.iter().zip(&rows).filter_map(|(row, read)| line(viewer, of, row, &sheet, read, &said.errors));
    let sum = |month: usize| {
        let sum = month_sum(&rows, month);
        match of.scale.measure {
            Measure::Ratio => {
                of.scale.ratio(sum.amount, sum.base).map_or_else(|| "–".to_owned(), |value| of.scale.full(t, value))
            }
            Measure::Additive => of.scale.full(t, sum.amount),
            Measure::Level => level_sum(&rows, month).map_or_else(|| "–".to_owned(), |level| of.scale.full(t, level)),
        }
    };
    let left = super::model::left(&of.scale, &of.terms(), &rows);
    let lines: Vec<Line> = lines.collect();
    let empty = lines.iter().filter(|line| line.is_empty).count();
    let sums = lines.iter().map(|line| format!("#sum-{}", line.part));
    let page = Page {
        swap: ["#left".to_owned(), "#sums".to_owned()].into_iter().chain(sums).collect::<Vec<_>>().join(","),
        folded: if empty == lines.len() { 0 } else { empty },
        action: viewer.path(&format!("{place}/split")),
        back: viewer.path(&place.to_string()),
        place,
        title: of.title.clone(),
        id: of.id,
        version: of.split_version,
        terms: summary_of_terms(t, of),
        scale: scale_in_words(t, &of.scale),
        months: sheet.months.iter().map(|month| t.month(month.first())).collect(),
        lines,
        sums: (0..sheet.months.len()).map(sum).collect(),
        has_base: of.scale.measure == Measure::Ratio,
        base_unit: of.scale.base_unit.clone(),
        left: left_in_words(t, &of.scale, left),
        fills: viewer.may_set().then(|| fill_view(viewer, &sheet, fill)),
        head: viewer.viewer().standing().head(Tab::None),
        shell: viewer.shell(),
        pasted: said.pasted,
        mistakes: said.mistakes,
        note: said.note,
        errors: said.errors,
    };
    page_with(status, &page)
}

fn fill_view(viewer: &GoalsViewer, sheet: &Sheet, fill: FillForm) -> FillView {
    let t = viewer.shell().t;
    let weight = |(part, text): (PartId, String)| {
        let name = viewer.part(part).map(|part| part.name(t).to_owned()).unwrap_or_default();
        (format!("w-{part}"), name, text)
    };
    let slope = |slope: Slope| {
        let label = match slope {
            Slope::Even => t.goals_slope_even(),
            Slope::Rising => t.goals_slope_rising(),
        };
        Choice::new(slope.as_str(), label)
    };
    FillView {
        weights: fill.weights.into_iter().map(weight).collect(),
        slope: fill.slope,
        slopes: Slope::ALL.map(slope).to_vec(),
        from: fill.from,
        froms: sheet.months.iter().map(|month| Choice::new(month.field(), t.month(month.first()))).collect(),
        base: fill.base,
    }
}

/// The names by which a pasted line may call a department.
fn named(viewer: &GoalsViewer) -> Vec<Named<'_>> {
    let open = viewer.departments().filter(|part| viewer.may_split(part.id));
    open.map(|part| Named {
        part: part.id,
        names: vec![&part.name_en, &part.name_zh, &part.code, &part.short_en, &part.short_zh],
    })
    .collect()
}

async fn send(State(state): State<AppState>, mut viewer: GoalsViewer, place: Place, fields: Fields) -> Result {
    require_any(&viewer)?;
    let (id, version): (KeyResultId, i32) = (fields.hidden("id")?, fields.hidden("version")?);
    let of = found(&mut viewer, place).await?;
    if of.id != id {
        return Err(Error::Conflict);
    }
    let t = viewer.shell().t;
    let (mut sheet, fill) = (Sheet::of(&viewer, &of, &fields), FillForm::of(&viewer, &of, &fields));
    let mut said = Said { pasted: fields.raw("pasted").replace("\r\n", "\n"), ..Said::default() };
    match fields.get("act") {
        "fill" => {
            require(viewer.may_set())?;
            match fill.filled(t, &of) {
                Ok(rows) => {
                    sheet.put(&of, &rows);
                    said.note = Some(("info", t.goals_filled()));
                    render(&viewer, (place, &of), (sheet, fill), said, StatusCode::OK)
                }
                Err(errors) => {
                    said.errors = errors;
                    render(&viewer, (place, &of), (sheet, fill), said, StatusCode::UNPROCESSABLE_ENTITY)
                }
            }
        }
        "paste" => match paste::read(&of.scale, &sheet.months, &named(&viewer), &said.pasted) {
            Ok(rows) if rows.is_empty() => {
                said.errors = Errors::none().with("pasted", t.goals_paste_missing());
                render(&viewer, (place, &of), (sheet, fill), said, StatusCode::UNPROCESSABLE_ENTITY)
            }
            Ok(rows) => {
                sheet.lay(&of, &rows);
                let note = Some(("info", t.goals_pasted(rows.len())));
                render(&viewer, (place, &of), (sheet, fill), Said { note, ..Said::default() }, StatusCode::OK)
            }
            Err(mistakes) => {
                said.errors = Errors::none().with("pasted", t.goals_paste_mistakes(mistakes.len()));
                said.mistakes = mistakes.iter().take(MOST_MISTAKES).map(|mistake| mistake.text(t)).collect();
                render(&viewer, (place, &of), (sheet, fill), said, StatusCode::UNPROCESSABLE_ENTITY)
            }
        },
        "check" => render(&viewer, (place, &of), (sheet, fill), said, StatusCode::OK),
        _ => save(&state, viewer, (place, of), (version, sheet, fill), said.pasted).await,
    }
}

async fn save(
    state: &AppState,
    mut viewer: GoalsViewer,
    (place, of): (Place, KeyResult),
    (version, sheet, fill): (i32, Sheet, FillForm),
    pasted: String,
) -> Result {
    let t = viewer.shell().t;
    let (rows, errors) = sheet.read(t, &of);
    if !errors.is_empty() {
        let said = Said { errors, pasted, ..Said::default() };
        return render(&viewer, (place, &of), (sheet, fill), said, StatusCode::UNPROCESSABLE_ENTITY);
    }
    // What was not touched is not written: somebody else may have changed it meanwhile.
    let touched = rows.into_iter().zip(&sheet.rows).filter(|(_, line)| line.is_touched());
    let open: Vec<(Row, String)> = touched.map(|(row, _)| row).collect();
    if !sheet.gone.is_empty() {
        let said = Said { note: Some(("warn", t.goals_gone(t.list(&sheet.gone)))), pasted, ..Said::default() };
        return render(&viewer, (place, &of), (sheet, fill), said, StatusCode::CONFLICT);
    }
    if sheet.has_lost {
        let said = Said { note: Some(("warn", t.goals_split_months())), pasted, ..Said::default() };
        return render(&viewer, (place, &of), (sheet, fill), said, StatusCode::CONFLICT);
    }
    match actions::save(state, &mut viewer, (of.id, version), &open).await {
        Ok(left) => Ok(Reply::to(viewer.path(&place.to_string())).done(saved(t, &of, left)).into_response()),
        Err(Error::Conflict) => {
            viewer.lease_again(state).await?;
            let of = found(&mut viewer, place).await?;
            let (sheet, both) = sheet.over(&viewer, &of);
            let said = Said { note: Some(("warn", meanwhile(&viewer, &both))), pasted, ..Said::default() };
            render(&viewer, (place, &of), (sheet, fill), said, StatusCode::CONFLICT)
        }
        Err(problem) => Err(problem),
    }
}

/// That somebody was faster, and what they wrote where both wrote something.
fn meanwhile(viewer: &GoalsViewer, both: &[super::sheet::SheetRow]) -> String {
    let t = viewer.shell().t;
    let line = |line: &super::sheet::SheetRow| {
        let name = viewer.part(line.part).map(|part| part.name(t)).unwrap_or_default();
        let cell = |(amount, base): &(String, String)| match (amount.as_str(), base.as_str()) {
            ("", _) => "–".to_owned(),
            (amount, "") => amount.to_owned(),
            (amount, base) => format!("{amount}/{base}"),
        };
        t.goals_split_theirs(name, t.list(&line.cells.iter().map(cell).collect::<Vec<_>>()))
    };
    std::iter::once(t.goals_split_stale()).chain(both.iter().map(line)).collect::<Vec<_>>().join(" ")
}

fn saved(t: T, of: &KeyResult, left: Left) -> String {
    match left {
        Left::Nothing => t.goals_split_saved(),
        _ => t.goals_split_saved_left(left_in_words(t, &of.scale, left).2),
    }
}
