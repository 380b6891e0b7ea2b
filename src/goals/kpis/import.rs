//! `/p/GEO/goals/kpis/…/paste`: many figures at once, from a spreadsheet or the text of a CSV file. First it is shown what they
//! would change; nothing is entered while a line is wrong.

use super::{
    actions::{self, Figure},
    enter::ALL,
    form::cadence,
    model::Kpi,
    pages::entered,
    paste::{self, LINES, Line},
    setting::found,
};
use crate::{
    goals::{
        access::{GoalsViewer, KpiInAddress, require},
        figures::{Cadence, Measure},
        model::Entry,
    },
    projects::{Chip, ProjectHead, Tab},
    web::{AppState, Error, Errors, Fields, Reply, Result, Routes, Shell, Tier, page_with, ui},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of this part.
pub fn routes() -> Routes {
    let path = "/p/{key}/goals/kpis/{id}/paste";
    Routes::new().get(Tier::Project, path, show).post(Tier::Project, path, send)
}

#[derive(Template)]
#[template(path = "goals/kpi_paste.html")]
struct Page<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    back: String,
    action: String,
    chip: Option<Chip>,
    title: String,
    cadence: String,
    hint: String,
    pasted: String,
    mistakes: Vec<String>,
    /// What would be entered; none before the text was looked at.
    preview: Option<Preview>,
    note: Option<String>,
    errors: Errors,
}

/// What the text would change.
struct Preview {
    rows: Vec<Row>,
    /// How many are new, how many correct one that stands, how many are the same, in words.
    sum: String,
    /// Nothing would change.
    is_empty: bool,
}

/// A line of the text.
struct Row {
    line: usize,
    period: String,
    was: String,
    is: String,
    note: String,
    /// Tone, picture and words of what becomes of it.
    becomes: (&'static str, &'static str, String),
    /// The name of the field that says which figure was seen, and which.
    seen: (String, String),
}

/// What there is to say besides the text.
#[derive(Default)]
struct Said {
    mistakes: Vec<String>,
    preview: Option<Preview>,
    note: Option<String>,
    errors: Errors,
}

fn render(viewer: &GoalsViewer, kpi: &Kpi, pasted: String, said: Said, status: StatusCode) -> Result {
    let t = viewer.shell().t;
    let hint = match (kpi.scale.measure, kpi.cadence) {
        (Measure::Ratio, _) => t.goals_kpi_paste_hint_ratio(example(kpi.cadence)),
        (Measure::Additive | Measure::Level, _) => t.goals_kpi_paste_hint(example(kpi.cadence)),
    };
    let page = Page {
        back: viewer.path("kpis"),
        action: viewer.path(&format!("kpis/{}/paste", kpi.id)),
        chip: viewer.part(kpi.part).map(|part| Chip::of(part, t)),
        title: kpi.title.clone(),
        cadence: cadence(t, kpi.cadence),
        hint,
        pasted,
        mistakes: said.mistakes,
        preview: said.preview,
        note: said.note,
        errors: said.errors,
        head: viewer.viewer().standing().head(Tab::None),
        shell: viewer.shell(),
    };
    page_with(status, &page)
}

fn example(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Week => "2026-W47",
        Cadence::Month => "2026-11",
        Cadence::Quarter => "2026-Q4",
    }
}

fn is_same(line: &Line, entry: &Entry) -> bool {
    (line.value, line.base) == (entry.value, entry.base) && line.note.as_ref().is_none_or(|note| *note == entry.note)
}

fn preview(viewer: &GoalsViewer, kpi: &Kpi, lines: &[Line]) -> Preview {
    let t = viewer.shell().t;
    let (mut new, mut corrected, mut same) = (0_usize, 0_usize, 0_usize);
    let mut row = |line: &Line| {
        let stands = kpi.entry(line.period);
        let becomes = match stands {
            None => {
                new += 1;
                ("info", "plus", t.goals_kpi_becomes_new())
            }
            Some(entry) if is_same(line, entry) => {
                same += 1;
                ("", "check", t.goals_kpi_becomes_same())
            }
            Some(_) => {
                corrected += 1;
                ("warn", "edit", t.goals_kpi_becomes_corrected())
            }
        };
        Row {
            line: line.line,
            period: line.period.name(t),
            was: stands.map_or_else(|| "–".to_owned(), |entry| entered(t, kpi, entry)),
            is: kpi.scale.written(t, (line.value, line.base)),
            note: line.note.clone().or_else(|| stands.map(|entry| entry.note.clone())).unwrap_or_default(),
            becomes,
            seen: (seen_field(line), stands.map(|entry| entry.id.to_string()).unwrap_or_default()),
        }
    };
    let rows: Vec<Row> = lines.iter().map(&mut row).collect();
    Preview { rows, sum: t.goals_kpi_preview_sum(corrected, new, same), is_empty: new + corrected == 0 }
}

fn seen_field(line: &Line) -> String {
    format!("seen-{}", line.period.field())
}

async fn show(mut viewer: GoalsViewer, KpiInAddress(id): KpiInAddress) -> Result {
    let kpi = found(&mut viewer, id, 0).await?;
    require(viewer.may_enter(kpi.part))?;
    render(&viewer, &kpi, String::new(), Said::default(), StatusCode::OK)
}

/// Reads the text, or says what is wrong with it.
fn read(viewer: &GoalsViewer, kpi: &Kpi, pasted: &str) -> std::result::Result<Vec<Line>, Box<Said>> {
    let (t, today) = (viewer.shell().t, viewer.shell().today());
    let wrong = |text: String| Box::new(Said { errors: Errors::none().with("pasted", text), ..Said::default() });
    let filled = pasted.lines().filter(|line| !line.trim().is_empty()).count();
    if filled > LINES + 1 {
        return Err(wrong(t.goals_kpi_paste_too_long(LINES)));
    }
    match paste::read(&kpi.scale, (kpi.cadence, today), pasted) {
        Ok(lines) if lines.is_empty() => Err(wrong(t.goals_paste_missing())),
        Ok(lines) => Ok(lines),
        Err(mistakes) => {
            let mut said = wrong(t.goals_paste_mistakes(mistakes.len()));
            said.mistakes = mistakes.iter().map(|mistake| mistake.text(t)).collect();
            Err(said)
        }
    }
}

async fn send(
    State(state): State<AppState>,
    mut viewer: GoalsViewer,
    KpiInAddress(id): KpiInAddress,
    fields: Fields,
) -> Result {
    let kpi = found(&mut viewer, id, ALL).await?;
    require(viewer.may_enter(kpi.part))?;
    let (t, pasted) = (viewer.shell().t, fields.raw("pasted").replace("\r\n", "\n"));
    let lines = match read(&viewer, &kpi, &pasted) {
        Ok(lines) => lines,
        Err(said) => return render(&viewer, &kpi, pasted, *said, StatusCode::UNPROCESSABLE_ENTITY),
    };
    // What was changed in the text after the preview has not been looked at yet.
    let is_looked_at = lines.iter().all(|line| fields.has(&seen_field(line)))
        && fields.raw("looked_at").replace("\r\n", "\n") == pasted;
    if fields.get("act") != "save" || !is_looked_at {
        let said = Said { preview: Some(preview(&viewer, &kpi, &lines)), ..Said::default() };
        return render(&viewer, &kpi, pasted, said, StatusCode::OK);
    }
    let figure = |line: &Line| Figure {
        period: line.period,
        seen: fields.value(&seen_field(line)),
        value: line.value,
        base: line.base,
        note: line.note.clone(),
    };
    let figures: Vec<Figure> = lines.iter().map(figure).collect();
    match actions::enter(&state, &mut viewer, id, &figures).await {
        Ok(0) => Ok(Reply::to(viewer.path("kpis")).done(t.goals_nothing_entered()).into_response()),
        Ok(entered) => Ok(Reply::to(viewer.path("kpis")).done(t.goals_entered(entered)).into_response()),
        Err(Error::Conflict) => {
            viewer.lease_again(&state).await?;
            let kpi = found(&mut viewer, id, ALL).await?;
            let preview = Some(preview(&viewer, &kpi, &lines));
            let said = Said { preview, note: Some(t.goals_kpi_preview_stale()), ..Said::default() };
            render(&viewer, &kpi, pasted, said, StatusCode::CONFLICT)
        }
        Err(problem) => Err(problem),
    }
}
