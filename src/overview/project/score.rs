//! The score: departments are staves, stages are bars, gates are barlines. Finished stages fold into one bar.

use super::model::{Count, Dashboard};
use crate::{
    lifecycle::gates::facts::{Stage, StageState},
    platform::{ids::StageId, locale::T},
    projects::Part,
    web::{Shell, paths, ui::DepartmentChip},
};

/// The table.
#[derive(Debug)]
pub struct Score {
    /// Bars.
    pub columns: Vec<Column>,
    /// Staves.
    pub rows: Vec<Row>,
    /// All of them together: what the figures above count.
    pub sum: Row,
}

/// One bar: a stage, the finished ones together, or the tasks of no stage.
#[derive(Debug)]
pub struct Column {
    /// Its stage's name.
    pub title: String,
    /// Its dates, in pieces that must not be broken.
    pub dates: Vec<String>,
    /// CSS classes.
    pub class: &'static str,
    /// The current stage.
    pub is_now: bool,
    /// The barline at its end.
    pub gate: Option<Gate>,
    /// Of which stages; none for the tasks of no stage.
    stages: Vec<StageId>,
}

impl Column {
    fn has(&self, count: &Count) -> bool {
        count.stage_id.map_or(self.stages.is_empty(), |stage| self.stages.contains(&stage))
    }
}

/// A barline.
#[derive(Debug)]
pub struct Gate {
    /// Its page.
    pub href: String,
    /// `A3, 18 Dec`.
    pub label: String,
    /// For screen readers.
    pub hidden: String,
    /// Empty, `ok` or `warn`.
    pub tone: &'static str,
    /// Its shape.
    pub icon: &'static str,
}

/// One stave.
#[derive(Debug, Default)]
pub struct Row {
    short: String,
    name: String,
    colour: i16,
    /// One a bar.
    pub cells: Vec<Cell>,
    /// Tasks done over all bars.
    pub done: i64,
    /// All tasks over all bars.
    pub total: i64,
    /// Done per hundred; empty without tasks.
    pub percent: String,
}

impl Row {
    /// Its chip.
    pub fn chip(&self) -> DepartmentChip<'_> {
        DepartmentChip { code: &self.short, name: &self.name, colour: self.colour }
    }
}

/// One cell.
#[derive(Debug)]
pub struct Cell {
    /// CSS classes of its bar.
    pub class: &'static str,
    /// Tasks done.
    pub done: i64,
    /// All tasks.
    pub total: i64,
    /// Late ones.
    pub late: i64,
    /// Of the current stage, which has room for words.
    pub is_now: bool,
}

/// Draws it. `is_ready` says whether the current gate may be passed.
pub fn score(shell: &Shell, key: &str, parts: &[Part], dashboard: &Dashboard, is_ready: bool) -> Score {
    let stages = &dashboard.gate.stages;
    let passed = stages.iter().filter(|stage| stage.state == StageState::Passed).count();
    let folds = passed > 1 && stages.len() > 6;
    let (past, rest) = stages.split_at(if folds { passed.min(stages.len()) } else { 0 });
    let mut columns: Vec<Column> = Vec::new();
    if let (Some(first), Some(last)) = (past.first(), past.last()) {
        let leads_to_launch = rest.first().is_some_and(|stage| stage.is_launch);
        columns.push(folded(shell, key, first, last, past, leads_to_launch));
    }
    for (place, stage) in rest.iter().enumerate() {
        let leads_to_launch = rest.get(place + 1).is_some_and(|next| next.is_launch);
        columns.push(column(shell, key, stage, leads_to_launch, is_ready));
    }
    if dashboard.counts.iter().any(|count| count.stage_id.is_none() && count.total > 0) {
        let title = shell.t.overview_stage_without();
        columns.push(Column { title, dates: Vec::new(), class: "", is_now: false, gate: None, stages: Vec::new() });
    }
    let rows = parts.iter().filter_map(|part| row(shell.t, part, &columns, &dashboard.counts)).collect();
    let sum = summed(&columns, &dashboard.counts.iter().collect::<Vec<_>>());
    Score { columns, rows, sum }
}

fn class(state: StageState, leads_to_launch: bool) -> &'static str {
    match (state, leads_to_launch) {
        (StageState::Passed, false) => "past",
        (StageState::Passed, true) => "past launch",
        (StageState::Current, false) => "now",
        (StageState::Current, true) => "now launch",
        (StageState::Ahead, false) => "",
        (StageState::Ahead, true) => "launch",
    }
}

fn column(shell: &Shell, key: &str, stage: &Stage, leads_to_launch: bool, is_ready: bool) -> Column {
    let t = shell.t;
    let ends = day(shell, stage.ends_on);
    let (tone, icon, hidden) = match stage.state {
        StageState::Passed => ("ok", "passed", t.gate_stage_passed()),
        StageState::Current if is_ready => ("ok", "ok", t.gate_open()),
        StageState::Current => ("warn", "warn", t.gate_closed()),
        StageState::Ahead => ("", "gem", t.gate_stage_ahead()),
    };
    let ended = stage.passed_at.map(|at| day(shell, at.to_zoned(shell.zone.clone()).date()));
    Column {
        title: t.pair(&stage.name_en, &stage.name_zh).to_owned(),
        dates: match stage.state {
            StageState::Passed => pieces(&t.overview_stage_ended(ended.unwrap_or(ends))),
            StageState::Current if stage.starts_on > shell.today() => {
                pieces(&t.overview_stage_begins(day(shell, stage.starts_on)))
            }
            StageState::Current => pieces(&t.overview_stage_now(&ends)),
            StageState::Ahead => pieces(&t.overview_stage_ended(&ends)),
        },
        class: class(stage.state, leads_to_launch),
        is_now: stage.state == StageState::Current,
        gate: Some(Gate {
            href: paths::project(key, &format!("gates/{}", stage.code)).to_string(),
            label: stage.code.clone(),
            hidden,
            tone,
            icon,
        }),
        stages: vec![stage.id],
    }
}

fn folded(shell: &Shell, key: &str, first: &Stage, last: &Stage, all: &[Stage], leads_to_launch: bool) -> Column {
    let mut column = column(shell, key, last, leads_to_launch, true);
    column.title = shell.t.overview_stages_folded(&first.code, &last.code);
    column.stages = all.iter().map(|stage| stage.id).collect();
    column
}

fn row(t: T, part: &Part, columns: &[Column], counts: &[Count]) -> Option<Row> {
    let own: Vec<&Count> = counts.iter().filter(|count| count.part_id == part.id).collect();
    let row = summed(columns, &own);
    if row.total == 0 && part.kind != crate::projects::PartKind::Department {
        return None;
    }
    Some(Row { short: part.short(t).to_owned(), name: part.name(t).to_owned(), colour: part.colour, ..row })
}

/// A row without a name.
fn summed(columns: &[Column], counts: &[&Count]) -> Row {
    let sum = |of: fn(&Count) -> i64| counts.iter().map(|count| of(count)).sum::<i64>();
    let (total, done) = (sum(|count| count.total), sum(|count| count.done));
    let cells = columns.iter().map(|column| {
        let here = counts.iter().filter(|count| column.has(count));
        Cell {
            class: column.class,
            done: here.clone().map(|count| count.done).sum(),
            late: here.clone().map(|count| count.late).sum(),
            total: here.map(|count| count.total).sum(),
            is_now: column.is_now,
        }
    });
    let percent = if total == 0 { String::new() } else { format!("{}%", done * 100 / total) };
    Row { cells: cells.collect(), done, total, percent, ..Row::default() }
}

/// A date may be broken at its year only, because columns are narrow.
fn pieces(date: &str) -> Vec<String> {
    let year = date.rfind('年').map(|at| at + '年'.len_utf8());
    let year = year.or_else(|| date.rfind(' ').filter(|at| date.len() - at == 5));
    let (first, second) = date.split_at(year.unwrap_or(date.len()));
    [first, second].map(|piece| piece.trim().to_owned()).into_iter().filter(|piece| !piece.is_empty()).collect()
}

/// Short within this year, with the year otherwise.
pub fn day(shell: &Shell, day: jiff::civil::Date) -> String {
    if day.year() == shell.today().year() { shell.t.short_day(day) } else { shell.t.date(day) }
}
