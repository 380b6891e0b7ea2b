//! What is pasted from a spreadsheet into a split; pure. Lines of [`cells`]: a department, then a figure for each month, in order;
//! or under a first line that names the months. Of a ratio two figures stand in a cell: `12/60`.

use super::model::Cell;
use crate::{
    goals::{
        cells::{self, Record},
        figures::{Measure, Scale, Wrong},
        months::Month,
    },
    platform::{ids::PartId, locale::T},
};

/// A line that could not be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// From 1, as the pasted text counts.
    pub line: usize,
    /// What is wrong with it.
    pub why: Why,
}

/// Why a line could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// No department is called so.
    NoDepartment(String),
    /// The department stands there twice.
    Twice(String),
    /// It has more figures than there are months.
    TooMany {
        /// How many.
        found: usize,
        /// How many there may be.
        months: usize,
    },
    /// A comma may set off thousands or the next column.
    Comma(String),
    /// A quotation mark is never closed.
    OpenQuote,
    /// A figure cannot be read.
    Figure(String, Wrong),
    /// A ratio needs what stands below the line too.
    NoBase(String),
    /// A column is headed by a month that the split has not.
    OtherMonth(String),
    /// Two columns are headed by the same month.
    MonthTwice(String),
    /// There are more than [`LINES`] lines.
    TooLong,
}

impl Mistake {
    /// What to tell who pasted it.
    #[must_use]
    pub fn text(&self, t: T) -> String {
        let why = match &self.why {
            Why::NoDepartment(name) => t.goals_paste_no_department(name),
            Why::Twice(name) => t.goals_paste_twice(name),
            Why::TooMany { found, months } => t.goals_paste_too_many(*found, *months),
            Why::Comma(text) => t.goals_kpi_paste_comma(text),
            Why::OpenQuote => t.goals_kpi_paste_open_quote(),
            Why::Figure(text, wrong) => t.goals_paste_figure(text, wrong.text(t)),
            Why::NoBase(text) => t.goals_paste_no_base(text),
            Why::OtherMonth(text) => t.goals_paste_other_month(text),
            Why::MonthTwice(text) => t.goals_paste_month_twice(text),
            Why::TooLong => t.goals_kpi_paste_too_long(LINES),
        };
        t.goals_paste_line(self.line, why)
    }
}

/// A department as lines call it: by any of these, whatever the case.
#[derive(Clone, Debug)]
pub struct Named<'a> {
    /// Which.
    pub part: PartId,
    /// Its names, code and short names.
    pub names: Vec<&'a str>,
}

impl Named<'_> {
    fn is_called(&self, name: &str) -> bool {
        self.names.iter().any(|known| known.to_lowercase() == name.to_lowercase())
    }
}

/// What was pasted for a department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// Which.
    pub part: PartId,
    /// A cell a month of the terms; none where no column was for that month.
    pub cells: Vec<Option<Cell>>,
}

/// Most lines that are read.
pub const LINES: usize = 200;

/// Reads pasted lines into a cell a month.
///
/// # Errors
/// Every line that cannot be read.
pub fn read(scale: &Scale, months: &[Month], parts: &[Named<'_>], text: &str) -> Result<Vec<Pasted>, Vec<Mistake>> {
    let is_heading = |cells: &[String]| cells.iter().skip(1).any(|cell| Month::parse(cell).is_some());
    let is_named = |cells: &[String]| cells.first().is_some_and(|name| parts.iter().any(|one| one.is_called(name)));
    let mut records = cells::records(text, |cells| is_heading(cells) || is_named(cells))
        .map_err(|open| vec![Mistake { line: open.line, why: Why::OpenQuote }])?;
    if let Some(record) = records.get(LINES) {
        return Err(vec![Mistake { line: record.line, why: Why::TooLong }]);
    }
    let mut mistakes = Vec::new();
    let mut places: Vec<Option<usize>> = (0..months.len()).map(Some).collect();
    if records.first().is_some_and(|first| is_heading(&first.cells)) {
        places = heading(months, &records.remove(0), &mut mistakes);
    }
    let mut rows: Vec<Pasted> = Vec::new();
    for record in records {
        let line = record.line;
        match row(scale, (months, &places), parts, &record) {
            Ok(row) if rows.iter().any(|earlier| earlier.part == row.part) => {
                let name = record.cells.first().cloned().unwrap_or_default();
                mistakes.push(Mistake { line, why: Why::Twice(name) });
            }
            Ok(row) => rows.push(row),
            Err(why) => mistakes.push(Mistake { line, why }),
        }
    }
    if mistakes.is_empty() { Ok(rows) } else { Err(mistakes) }
}

/// Which month each column is; a column without a heading is none.
fn heading(months: &[Month], record: &Record, mistakes: &mut Vec<Mistake>) -> Vec<Option<usize>> {
    let line = record.line;
    let mut places = Vec::new();
    for cell in record.cells.iter().skip(1) {
        let place = Month::parse(cell).and_then(|month| months.iter().position(|one| *one == month));
        if place.is_none() && !cell.is_empty() {
            mistakes.push(Mistake { line, why: Why::OtherMonth(cell.clone()) });
        } else if place.is_some() && places.contains(&place) {
            mistakes.push(Mistake { line, why: Why::MonthTwice(cell.clone()) });
        }
        places.push(place);
    }
    places
}

fn row(
    scale: &Scale,
    (months, places): (&[Month], &[Option<usize>]),
    parts: &[Named<'_>],
    Record { cells, torn, .. }: &Record,
) -> Result<Pasted, Why> {
    let name = cells.first().map(String::as_str).unwrap_or_default();
    let part = parts.iter().find(|one| one.is_called(name)).ok_or_else(|| Why::NoDepartment(name.to_owned()))?.part;
    if let Some(torn) = torn {
        return Err(Why::Comma(torn.clone()));
    }
    let found = cells.len().saturating_sub(1);
    let trailing = cells.iter().rev().take_while(|cell| cell.is_empty()).count();
    if found.saturating_sub(trailing) > places.len() {
        return Err(Why::TooMany { found: found - trailing, months: places.len() });
    }
    let mut row = Pasted { part, cells: vec![None; months.len()] };
    for (text, place) in cells.iter().skip(1).zip(places) {
        let Some(cell) = place.and_then(|place| row.cells.get_mut(place)) else { continue };
        *cell = Some(if text.is_empty() { Cell::default() } else { read_cell(scale, text)? });
    }
    Ok(row)
}

fn read_cell(scale: &Scale, text: &str) -> Result<Cell, Why> {
    let figure = |scale: &Scale, part: &str| scale.parse(part).map_err(|wrong| Why::Figure(text.to_owned(), wrong));
    match (scale.measure, text.split_once(['/', '／'])) {
        (Measure::Ratio, Some((above, below))) => {
            let base = figure(&scale.of_bases(), below)?;
            let amount = figure(&scale.of_amounts(), above)?;
            if base < 0 {
                return Err(Why::Figure(text.to_owned(), Wrong::NotANumber));
            }
            if base == 0 && amount != 0 {
                return Err(Why::NoBase(text.to_owned()));
            }
            Ok(Cell::set(amount, base))
        }
        (Measure::Ratio, None) => Err(Why::NoBase(text.to_owned())),
        (Measure::Additive | Measure::Level, _) => Ok(Cell::set(figure(scale, text)?, 0)),
    }
}
