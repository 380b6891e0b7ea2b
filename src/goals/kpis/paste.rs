//! Figures pasted from a spreadsheet, or the text of a CSV file; pure. A line a period: the period, its figure, and if wanted one
//! sentence, set apart as [`cells`](crate::goals::cells) are. A first line without any digit is a heading. Of a ratio two figures
//! stand in a cell: `12/60`.

use crate::{
    goals::{
        cells::{self, Record},
        checkins::pages::NOTE,
        figures::{Cadence, Measure, Scale, Wrong},
        periods::Period,
    },
    platform::locale::T,
};
use jiff::civil::Date;

/// Most lines that are entered at once.
pub const LINES: usize = 200;

/// A line that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// From 1, as the pasted text counts.
    pub line: usize,
    /// Of when.
    pub period: Period,
    /// How much; of a ratio, above the line.
    pub value: i64,
    /// Of a ratio, below the line.
    pub base: i64,
    /// One sentence; none where the line has no such column.
    pub note: Option<String>,
}

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
    /// It names no week, month or quarter.
    NoPeriod(String, Cadence),
    /// The period has not begun.
    NotBegun(String),
    /// The period stands there twice.
    Twice(String),
    /// It has no figure.
    NoFigure,
    /// The figure cannot be read.
    Figure(String, Wrong),
    /// A ratio needs what stands below the line too.
    NoBase(String),
    /// It has more columns than a period, a figure and a sentence.
    TooMany(usize),
    /// A comma may set off thousands or the next column.
    Comma(String),
    /// The sentence is too long.
    LongNote,
    /// A quotation mark is never closed.
    OpenQuote,
}

impl Mistake {
    /// What to tell who pasted it.
    #[must_use]
    pub fn text(&self, t: T) -> String {
        let why = match &self.why {
            Why::NoPeriod(text, Cadence::Week) => t.goals_kpi_paste_no_week(text),
            Why::NoPeriod(text, Cadence::Month) => t.goals_kpi_paste_no_month(text),
            Why::NoPeriod(text, Cadence::Quarter) => t.goals_kpi_paste_no_quarter(text),
            Why::NotBegun(text) => t.goals_kpi_paste_not_begun(text),
            Why::Twice(text) => t.goals_paste_twice(text),
            Why::NoFigure => t.goals_kpi_paste_no_figure(),
            Why::Figure(text, wrong) => t.goals_paste_figure(text, wrong.text(t)),
            Why::NoBase(text) => t.goals_paste_no_base(text),
            Why::TooMany(found) => t.goals_kpi_paste_too_many(*found),
            Why::Comma(text) => t.goals_kpi_paste_comma(text),
            Why::LongNote => t.decisions_too_long(NOTE),
            Why::OpenQuote => t.goals_kpi_paste_open_quote(),
        };
        t.goals_paste_line(self.line, why)
    }
}

/// Reads pasted lines.
///
/// # Errors
/// Every line that cannot be read.
pub fn read(scale: &Scale, (cadence, today): (Cadence, Date), text: &str) -> Result<Vec<Line>, Vec<Mistake>> {
    // A week where months are asked for is one all the same, and says what sets cells apart.
    let is_period = |cell: &String| Cadence::ALL.iter().any(|cadence| Period::parse(*cadence, cell).is_some());
    let opens = |cells: &[String]| cells.first().is_some_and(is_period);
    let mut records =
        cells::records(text, opens).map_err(|open| vec![Mistake { line: open.line, why: Why::OpenQuote }])?;
    for record in &mut records {
        while record.cells.last().is_some_and(String::is_empty) {
            record.cells.pop();
        }
    }
    let is_heading = |record: &Record| record.cells.iter().all(|cell| !cell.contains(|c: char| c.is_ascii_digit()));
    if records.len() > 1 && records.first().is_some_and(is_heading) {
        records.remove(0);
    }
    let (mut lines, mut mistakes): (Vec<Line>, Vec<Mistake>) = (Vec::new(), Vec::new());
    for record in records {
        let line = record.line;
        match read_line(scale, (cadence, today), &record) {
            Ok(one) if lines.iter().any(|earlier| earlier.period == one.period) => {
                let name = record.cells.first().cloned().unwrap_or_default();
                mistakes.push(Mistake { line, why: Why::Twice(name) });
            }
            Ok(one) => lines.push(one),
            Err(why) => mistakes.push(Mistake { line, why }),
        }
    }
    if mistakes.is_empty() { Ok(lines) } else { Err(mistakes) }
}

fn read_line(scale: &Scale, (cadence, today): (Cadence, Date), record: &Record) -> Result<Line, Why> {
    let cell = |place: usize| record.cells.get(place).map(String::as_str).unwrap_or_default();
    let (when, figure) = (cell(0), cell(1));
    let period = Period::parse(cadence, when).ok_or_else(|| Why::NoPeriod(when.to_owned(), cadence))?;
    if !period.has_begun(today) {
        return Err(Why::NotBegun(when.to_owned()));
    }
    if figure.is_empty() {
        return Err(Why::NoFigure);
    }
    if let Some(torn) = &record.torn {
        return Err(Why::Comma(torn.clone()));
    }
    if record.cells.len() > 3 {
        return Err(Why::TooMany(record.cells.len()));
    }
    let (value, base) = read_figure(scale, figure)?;
    let note = record.cells.get(2).cloned();
    if note.as_ref().is_some_and(|note| note.chars().count() > NOTE) {
        return Err(Why::LongNote);
    }
    Ok(Line { line: record.line, period, value, base, note })
}

fn read_figure(scale: &Scale, text: &str) -> Result<(i64, i64), Why> {
    let figure = |scale: &Scale, part: &str| scale.parse(part).map_err(|wrong| Why::Figure(text.to_owned(), wrong));
    match (scale.measure, text.split_once(['/', '／'])) {
        (Measure::Ratio, Some((above, below))) => {
            let base = figure(&scale.of_bases(), below)?;
            if base <= 0 {
                return Err(Why::NoBase(text.to_owned()));
            }
            Ok((figure(&scale.of_amounts(), above)?, base))
        }
        (Measure::Ratio, None) => Err(Why::NoBase(text.to_owned())),
        (Measure::Additive | Measure::Level, _) => Ok((figure(scale, text)?, 0)),
    }
}

#[cfg(test)]
mod tests;
