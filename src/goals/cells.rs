//! Lines of cells as spreadsheets paste them and CSV files hold them; pure. Cells are set apart by tabs, semicolons or commas, and
//! stand in quotation marks or not.

use super::figures::is_torn;
use crate::web::form::as_field;

/// What may set cells apart; where two would do, the first of them does.
const SEPARATORS: [char; 4] = ['\t', ';', '；', ','];

/// A line of cells, each what a field of one line may be. At least one of them says something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The line it begins in, from 1.
    pub line: usize,
    /// Its cells; what is empty at its end too.
    pub cells: Vec<String>,
    /// Two cells behind the first that may be one figure to who wrote them, as in `Sales,1,250`: `1,250`.
    pub torn: Option<String>,
}

/// A quotation mark that is never closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenQuote {
    /// Where it stands, from 1.
    pub line: usize,
}

/// Reads lines of cells. They are set apart by what makes the earliest line `open`, which is a line of two cells or more as it
/// is expected there; where no line is, by the first separator that makes two cells. A separator between quotation marks, or in
/// a sentence behind, is none.
///
/// # Errors
/// A quotation mark that is never closed.
pub fn records(text: &str, opens: impl Fn(&[String]) -> bool) -> Result<Vec<Record>, OpenQuote> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let rank = |(records, _): &(Vec<Record>, Option<OpenQuote>)| {
        let line = |is_it: &dyn Fn(&[String]) -> bool| {
            let found = records.iter().find(|record| record.cells.len() > 1 && is_it(&record.cells));
            found.map_or(usize::MAX, |record| record.line)
        };
        (line(&opens), line(&|_| true))
    };
    let (records, open) =
        SEPARATORS.into_iter().map(|separator| set_apart(&text, separator)).min_by_key(rank).unwrap_or_default();
    open.map_or(Ok(records), Err)
}

/// Cells set apart by one separator. Quotation marks may hold separators, line ends and, doubled, themselves.
fn set_apart(text: &str, separator: char) -> (Vec<Record>, Option<OpenQuote>) {
    let mut all: Vec<(usize, Vec<(String, bool)>)> = Vec::new();
    let (mut line, mut begun) = (1, 1);
    let (mut cells, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut open: Option<OpenQuote> = None;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match (c, open) {
            ('"', Some(_)) if characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            ('"', Some(_)) => open = None,
            ('"', None) if cell.trim().is_empty() => {
                open = Some(OpenQuote { line });
                is_quoted = true;
            }
            ('\n', None) => {
                cells.push((std::mem::take(&mut cell), std::mem::take(&mut is_quoted)));
                all.push((begun, std::mem::take(&mut cells)));
                line += 1;
                begun = line;
            }
            (c, None) if c == separator => cells.push((std::mem::take(&mut cell), std::mem::take(&mut is_quoted))),
            (c, _) => {
                line += usize::from(c == '\n');
                cell.push(if c == '\n' { ' ' } else { c });
            }
        }
    }
    cells.push((cell, is_quoted));
    all.push((begun, cells));
    let record = |(line, cells): (usize, Vec<(String, bool)>)| {
        let cells: Vec<(String, bool)> =
            cells.into_iter().map(|(cell, is_quoted)| (as_field(&cell), is_quoted)).collect();
        let torn = if separator == ',' { torn(&cells) } else { None };
        Record { line, cells: cells.into_iter().map(|(cell, _)| cell).collect(), torn }
    };
    let records = all.into_iter().map(record).filter(|record| record.cells.iter().any(|cell| !cell.is_empty()));
    (records.collect(), open)
}

/// The first two cells that a comma may have torn apart. What stands in quotation marks is whole.
fn torn(cells: &[(String, bool)]) -> Option<String> {
    let mut pairs = cells.iter().skip(1).zip(cells.iter().skip(2));
    let ((before, _), (after, _)) =
        pairs.find(|(before, after)| !before.1 && !after.1 && is_torn(&before.0, &after.0))?;
    Some(format!("{before},{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(usize, Vec<String>)> {
        let opens = |cells: &[String]| cells.first().is_some_and(|cell| cell == "Sales");
        records(text, opens).unwrap().into_iter().map(|record| (record.line, record.cells)).collect()
    }

    #[test]
    fn what_sets_cells_apart_makes_the_earliest_line_that_is_expected() {
        for (text, expected) in [
            ("Sales\t1\t2", vec!["Sales", "1", "2"]),
            ("Sales;1,5;", vec!["Sales", "1,5", ""]),
            ("Sales；1", vec!["Sales", "1"]),
            ("Sales,1,a; b", vec!["Sales", "1", "a; b"]),
            ("Sales,1,\"a; b\"", vec!["Sales", "1", "a; b"]),
            ("Sales,1,a\tb", vec!["Sales", "1", "a b"]),
            ("Sales;1;\"said \"\"so\"\",\nonce\"", vec!["Sales", "1", "said \"so\", once"]),
            ("Rent; new,1\nSales,2", vec!["Rent; new", "1"]),
            // Nobody is called so.
            ("Rent, new;1", vec!["Rent, new", "1"]),
            ("Rent", vec!["Rent"]),
            ("\u{feff}\r\nSales,1\r\n", vec!["Sales", "1"]),
        ] {
            assert_eq!(read(text).first().map(|record| record.1.clone()).unwrap(), expected, "{text}");
        }
        let lines: Vec<usize> = read("\nSales,\"a\nb\"\n,,\n\nx").into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [2, 6]);
        assert_eq!(records("Sales,1\nx,\"2", |_| true), Err(OpenQuote { line: 2 }));
    }

    #[test]
    fn a_comma_within_a_figure_is_told_from_one_between_two() {
        let torn = |text: &str| records(text, |_| true).unwrap().remove(0).torn;
        for (text, expected) in [
            ("Sales,1,250,2,500", "1,250"),
            ("Sales,5,$12,500", "$12,500"),
            ("Sales,-100,200.5", "-100,200.5"),
            ("Sales,1,250/2,500", "1,250/2"),
            ("Sales,12/1,250", "12/1,250"),
            ("Sales,１,２５０", "１,２５０"),
            ("Sales,1,250k", "1,250k"),
        ] {
            assert_eq!(torn(text).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "Sales,\"1,250\",\"2,500\"",
            "Sales,\"1\",\"250\"",
            "Sales\t1\t250",
            "Sales;1;250",
            "100,250",
            "Sales,1,25,1000",
            "Sales,1500,250",
            "Sales,0,250",
            "Sales,1.5,250",
            "Sales,100/200,300/400",
            "Sales,5,250 of them",
            "Sales,,250",
        ] {
            assert_eq!(torn(text), None, "{text}");
        }
    }
}
