//! What is pasted from a spreadsheet into a commercial plan; pure. Lines of [`cells`]: a line of the plan, then a figure for
//! each month, in order; or under a first line that names the months. What the figures are the sheet says, where they stand then.

use super::sheet::{Sheet, SheetRow};
use crate::{
    goals::{cells, months::Month},
    platform::locale::T,
};

/// Puts pasted lines into the sheet, each over the line that is called so; an empty cell leaves what stands. Answers how many.
///
/// # Errors
/// Every line that cannot be placed, in words; then nothing was put.
pub fn put(t: T, sheet: &mut Sheet, text: &str) -> Result<usize, Vec<String>> {
    let is_called = |row: &SheetRow, name: &str| !row.drops && row.name.to_lowercase() == name.to_lowercase();
    let is_heading = |cells: &[String]| cells.iter().skip(1).any(|cell| Month::parse(cell).is_some());
    let is_named =
        |cells: &[String]| cells.first().is_some_and(|name| sheet.rows.iter().any(|row| is_called(row, name)));
    let mut records = cells::records(text, |cells| is_heading(cells) || is_named(cells))
        .map_err(|open| vec![t.goals_paste_line(open.line, t.goals_kpi_paste_open_quote())])?;
    let mut mistakes = Vec::new();
    let mut places: Vec<Option<usize>> = (0..sheet.months.len()).map(Some).collect();
    if records.first().is_some_and(|first| is_heading(&first.cells)) {
        let first = records.remove(0);
        let place = |cell: &String| {
            let place = Month::parse(cell).and_then(|month| sheet.months.iter().position(|one| *one == month));
            if place.is_none() && !cell.is_empty() {
                mistakes.push(t.goals_paste_line(first.line, t.goals_money_paste_other_month(cell)));
            }
            place
        };
        places = first.cells.iter().skip(1).map(place).collect();
    }
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    for record in records {
        let name = record.cells.first().map(String::as_str).unwrap_or_default();
        let figures: Vec<String> = record.cells.iter().skip(1).cloned().collect();
        let count = figures.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        let why = match (sheet.rows.iter().position(|row| is_called(row, name)), record.torn) {
            (None, _) => t.goals_money_paste_no_line(name),
            (Some(row), _) if rows.iter().any(|(other, _)| *other == row) => t.goals_paste_twice(name),
            (Some(_), Some(torn)) => t.goals_kpi_paste_comma(torn),
            (Some(_), None) if count > places.len() => t.goals_money_paste_too_many(count, places.len()),
            (Some(row), None) => {
                rows.push((row, figures));
                continue;
            }
        };
        mistakes.push(t.goals_paste_line(record.line, why));
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let count = rows.len();
    for (row, figures) in rows {
        let Some(row) = sheet.rows.get_mut(row) else { continue };
        for (text, place) in figures.iter().zip(&places) {
            let cell = place.and_then(|place| row.cells.get_mut(place)).filter(|_| !text.is_empty());
            if let Some(cell) = cell {
                text.clone_into(cell);
            }
        }
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        goals::money::{model::Sort, sheet::SheetRow},
        platform::locale::Language,
    };
    use jiff::civil::date;

    fn sheet() -> Sheet {
        let months: Vec<Month> = Month::of(date(2026, 11, 1)).to(Month::of(date(2027, 1, 1))).collect();
        let row = |name: &str| SheetRow { name: name.to_owned(), cells: vec!["7".to_owned(); 3], ..SheetRow::blank(3) };
        Sheet { sort: Sort::Plan, months, rows: vec![row("New revenue"), row("Sales costs")] }
    }

    fn cells(of: &Sheet) -> String {
        of.rows.iter().map(|row| row.cells.join(" ")).collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn lines_are_put_where_they_belong() {
        for (text, expected) in [
            ("new revenue\t1\t2,000\t3k", "1 2,000 3k / 7 7 7"),
            ("Sales costs;;2", "7 7 7 / 7 2 7"),
            ("Sales costs,1,2,3\r\nNew revenue,4", "4 7 7 / 1 2 3"),
            ("\t2027-01\t\t2026-11\nSales costs\t1\tx\t3", "7 7 7 / 3 7 1"),
            ("New revenue,\"1,250\",\"2,500\"", "1,250 2,500 7 / 7 7 7"),
            ("New revenue\t\"1,250\"\t\"2,500\"", "1,250 2,500 7 / 7 7 7"),
            ("New revenue\t\t\t\t", "7 7 7 / 7 7 7"),
        ] {
            let mut of = sheet();
            assert!(put(T(Language::English), &mut of, text).is_ok(), "{text}");
            assert_eq!(cells(&of), expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_placed_is_told_line_by_line() {
        let mut of = sheet();
        let text = "x\t2026-11\t2027-04\nRevenue\t1\n\nSales costs\t1\nsales costs\t2\nNew revenue\t1\t2\t3";
        let mistakes = put(T(Language::English), &mut of, text).unwrap_err();
        let lines: Vec<&str> = mistakes.iter().map(|text| text.split(':').next().unwrap()).collect();
        assert_eq!(lines, ["Line 1", "Line 2", "Line 5", "Line 6"], "{mistakes:?}");
        for (text, words) in [
            ("Sales costs,1\nNew revenue,1,250", "Line 2: “1,250” could be one figure or two columns"),
            ("Sales costs,1\nNew revenue,\"1", "Line 2: A quotation mark is not closed"),
        ] {
            let mistakes = put(T(Language::English), &mut of, text).unwrap_err();
            assert!(mistakes.len() == 1 && mistakes[0].starts_with(words), "{mistakes:?}");
        }
        assert_eq!(cells(&of), "7 7 7 / 7 7 7");
    }
}
