//! The score: departments are staves, stages are bars, gates are barlines. Finished stages fold into one bar.

use super::model::{Count, Dashboard};
use crate::{
    lifecycle::gates::model::{Stage, StageState},
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
}

/// One bar: a stage, or the finished ones together.
#[derive(Debug)]
pub struct Column {
    /// Its stage's name.
    pub title: String,
    /// Its dates.
    pub dates: String,
    /// CSS classes.
    pub class: &'static str,
    /// The current stage.
    pub is_now: bool,
    /// The barline at its end.
    pub gate: Gate,
    stages: Vec<StageId>,
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
#[derive(Debug)]
pub struct Row {
    short: String,
    name: String,
    colour: i16,
    /// One a bar.
    pub cells: Vec<Cell>,
    /// Done over all bars, per hundred; empty without tasks.
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
    let rows = parts.iter().filter_map(|part| row(shell.t, part, &columns, &dashboard.counts)).collect();
    Score { columns, rows }
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
            StageState::Passed => t.overview_stage_ended(ended.unwrap_or_else(|| ends.clone())),
            StageState::Current => t.overview_stage_now(&ends),
            StageState::Ahead => t.project_new_span(day(shell, stage.starts_on), &ends),
        },
        class: class(stage.state, leads_to_launch),
        is_now: stage.state == StageState::Current,
        gate: Gate {
            href: paths::project(key, &format!("gates/{}", stage.code)).to_string(),
            label: stage.code.clone(),
            hidden,
            tone,
            icon,
        },
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
    let sum = |of: fn(&Count) -> i64| own.iter().map(|count| of(count)).sum::<i64>();
    let (total, done) = (sum(|count| count.total), sum(|count| count.done));
    if total == 0 && part.kind != crate::projects::PartKind::Department {
        return None;
    }
    let cells = columns.iter().map(|column| {
        let here = own.iter().filter(|count| count.stage_id.is_some_and(|stage| column.stages.contains(&stage)));
        Cell {
            class: column.class,
            done: here.clone().map(|count| count.done).sum(),
            late: here.clone().map(|count| count.late).sum(),
            total: here.map(|count| count.total).sum(),
            is_now: column.is_now,
        }
    });
    Some(Row {
        short: part.short(t).to_owned(),
        name: part.name(t).to_owned(),
        colour: part.colour,
        cells: cells.collect(),
        percent: if total == 0 { String::new() } else { format!("{}%", done * 100 / total) },
    })
}

/// Short within this year, with the year otherwise.
pub fn day(shell: &Shell, day: jiff::civil::Date) -> String {
    if day.year() == shell.today().year() { shell.t.short_day(day) } else { shell.t.date(day) }
}
