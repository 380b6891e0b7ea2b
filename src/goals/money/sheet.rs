//! The sheet of a commercial plan as somebody fills it: lines by months, what was typed in each cell, read into amounts or told what
//! is wrong with it. The same for what is planned, what was and what is expected.

use super::model::{LINES, Line, LineKind, Money, NAME, Sort};
use crate::{
    departments::model::Difference,
    goals::{figures::Scale, months::Month},
    platform::{ids::MoneyLineId, locale::T},
    web::{Errors, Fields},
};

/// A line of the sheet.
#[derive(Clone, Debug)]
pub struct SheetRow {
    /// Which.
    pub line: MoneyLineId,
    /// What it counts; nothing chosen yet in a new one.
    pub kind: Option<LineKind>,
    /// What it is called.
    pub name: String,
    /// A cost that wins customers.
    pub acquires: bool,
    /// It is not in the plan yet.
    pub is_new: bool,
    /// It is to be taken out of the plan.
    pub drops: bool,
    /// What was typed for each month.
    pub cells: Vec<String>,
    /// What stood there when the form was made.
    pub was: String,
}

/// A line that could be read.
#[derive(Clone, Debug)]
pub struct ReadRow {
    /// Which.
    pub line: MoneyLineId,
    /// What it counts.
    pub kind: LineKind,
    /// What it is called.
    pub name: String,
    /// A cost that wins customers.
    pub acquires: bool,
    /// It is to be taken out of the plan.
    pub drops: bool,
    /// How much in each month; none where nothing is said.
    pub amounts: Vec<Option<i64>>,
    /// What stood there when the form was made.
    pub was: String,
    /// Somebody typed something else.
    pub is_touched: bool,
}

/// The sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Which figures.
    pub sort: Sort,
    /// The months, in order.
    pub months: Vec<Month>,
    /// Every line, in order.
    pub rows: Vec<SheetRow>,
}

/// The figures of a line in one text, to see whether it was touched.
#[must_use]
pub fn trace(scale: &Scale, line: &Line, sort: Sort, months: &[Month]) -> String {
    joined(&texts(scale, line, sort, months))
}

fn joined(cells: &[String]) -> String {
    cells.join("|")
}

fn texts(scale: &Scale, line: &Line, sort: Sort, months: &[Month]) -> Vec<String> {
    let text = |month: &Month| line.amount(sort, *month).map(|amount| scale.field(amount)).unwrap_or_default();
    months.iter().map(text).collect()
}

/// The name and id of a cell.
#[must_use]
pub fn cell_field(line: MoneyLineId, month: Month) -> String {
    format!("c-{line}-{}", month.field())
}

impl SheetRow {
    /// A line that nobody has filled yet.
    #[must_use]
    pub fn blank(months: usize) -> Self {
        Self {
            line: MoneyLineId::new(),
            kind: None,
            name: String::new(),
            acquires: false,
            is_new: true,
            drops: false,
            cells: vec![String::new(); months],
            was: String::new(),
        }
    }

    /// Nothing was typed into a new one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.is_new && self.name.is_empty() && self.cells.iter().all(String::is_empty)
    }

    /// What stands in it in one text; in the sheet of the plan with its name.
    fn trace(&self, sort: Sort) -> String {
        match sort {
            Sort::Plan => format!("{}|{}|{}", self.name, self.acquires, joined(&self.cells)),
            Sort::Actual | Sort::Forecast => joined(&self.cells),
        }
    }

    fn is_touched(&self, sort: Sort) -> bool {
        self.drops || self.trace(sort) != self.was
    }
}

impl Sheet {
    /// As it stands.
    #[must_use]
    pub fn stands(money: &Money, sort: Sort, months: Vec<Month>) -> Self {
        let row = |line: &Line| {
            let cells = texts(&money.scale_of(line.kind), line, sort, &months);
            let row = SheetRow {
                line: line.id,
                kind: Some(line.kind),
                name: line.name.clone(),
                acquires: line.acquires,
                is_new: false,
                drops: false,
                was: String::new(),
                cells,
            };
            SheetRow { was: row.trace(sort), ..row }
        };
        Self { rows: money.lines.iter().map(row).collect(), sort, months }
    }

    /// What was typed over it. A line that was not on the form stays as it stands; figures of other months are not read.
    #[must_use]
    pub fn typed(mut self, fields: &Fields) -> Self {
        for row in &mut self.rows {
            let was = format!("was-{}", row.line);
            if fields.has(&was) {
                fields.get(&was).clone_into(&mut row.was);
                fill(row, &self.months, fields);
            }
        }
        self
    }

    /// The same with names, kinds and new lines, as only the form of the plan has them.
    #[must_use]
    pub fn typed_with_lines(mut self, fields: &Fields) -> Self {
        let listed: Vec<MoneyLineId> = fields.all("line").filter_map(|id| id.parse().ok()).take(LINES * 3).collect();
        for id in &listed {
            if self.rows.iter().all(|row| row.line != *id) {
                self.rows.push(SheetRow { line: *id, ..SheetRow::blank(self.months.len()) });
            }
        }
        for row in self.rows.iter_mut().filter(|row| listed.contains(&row.line)) {
            fields.get(&format!("name-{}", row.line)).clone_into(&mut row.name);
            if row.is_new {
                row.kind = fields.value(&format!("kind-{}", row.line));
            }
            row.acquires = row.kind == Some(LineKind::Cost) && fields.has(&format!("wins-{}", row.line));
            row.drops = fields.has(&format!("drop-{}", row.line));
        }
        self.typed(fields)
    }

    /// The same without new lines into which nothing was typed, and without new ones that are taken out again.
    #[must_use]
    pub fn without_empty(mut self) -> Self {
        self.rows.retain(|row| !(row.is_empty() || row.is_new && row.drops));
        self
    }

    /// Reads every line. Cells that cannot be read count as nothing said.
    #[must_use]
    pub fn read(&self, t: T, money: &Scale, units: &Scale) -> (Vec<ReadRow>, Errors) {
        let (mut errors, mut rows) = (Errors::none(), Vec::new());
        for row in &self.rows {
            let kind = row.kind.unwrap_or(LineKind::Cost);
            let scale = if kind == LineKind::Units { units } else { money };
            let mut cell = |(text, month): (&String, &Month)| {
                if text.is_empty() {
                    return None;
                }
                let wrong = match scale.parse(text) {
                    Ok(amount) if amount < 0 && kind.is_single() => t.goals_base_negative(),
                    Ok(amount) => return Some(amount),
                    Err(wrong) => wrong.text(t),
                };
                // Of many cells it is said which.
                let cell = t.goals_cell(row.name.as_str(), t.month(month.first()));
                let wrong = if row.name.is_empty() { wrong } else { t.goals_cell_wrong(cell, wrong) };
                errors.add(cell_field(row.line, *month), wrong);
                None
            };
            rows.push(ReadRow {
                line: row.line,
                kind,
                name: row.name.clone(),
                acquires: row.acquires,
                drops: row.drops,
                amounts: row.cells.iter().zip(&self.months).map(&mut cell).collect(),
                was: row.was.clone(),
                is_touched: row.is_touched(self.sort),
            });
        }
        (rows, errors)
    }

    /// What is wrong with its lines: no name, no kind, two of what there is one of, more than there may be.
    pub fn check_lines(&self, t: T, money: Option<&Money>, errors: &mut Errors) {
        let kept: Vec<&SheetRow> = self.rows.iter().filter(|row| !row.drops).collect();
        for row in &self.rows {
            let (name, kind) = (format!("name-{}", row.line), format!("kind-{}", row.line));
            if row.drops {
                let line = money.and_then(|money| money.lines.iter().find(|line| line.id == row.line));
                if line.is_some_and(Line::has_actuals) {
                    errors.add(format!("drop-{}", row.line), t.goals_money_has_actuals(row.name.as_str()));
                }
                continue;
            }
            match row.name.chars().count() {
                0 => errors.add(&name, t.goals_money_name_missing()),
                1..=NAME => {}
                _ => errors.add(&name, t.decisions_too_long(NAME)),
            }
            match row.kind {
                None => errors.add(kind, t.goals_money_kind_missing()),
                Some(of) if of.is_single() => {
                    let first = kept.iter().find(|one| one.kind == Some(of)).map(|one| one.line);
                    if first != Some(row.line) {
                        errors.add(if row.is_new { kind } else { name }, t.goals_money_kind_twice());
                    }
                }
                Some(_) => {}
            }
        }
        if kept.len() > LINES {
            let last = kept.last().map(|row| format!("name-{}", row.line)).unwrap_or_default();
            errors.add(last, t.goals_money_too_many(LINES));
        }
    }

    /// What was typed over the sheet as it stands now, where somebody was faster: untouched lines are theirs, touched ones stay, and
    /// what both say stands side by side.
    #[must_use]
    pub fn over(self, now: Self) -> (Self, Vec<Difference>) {
        let mut both = Vec::new();
        let (sort, months) = (now.sort, now.months);
        let mut rows = Vec::new();
        for theirs in now.rows {
            let mine = self.rows.iter().find(|mine| mine.line == theirs.line && mine.is_touched(sort));
            let Some(mine) = mine else {
                rows.push(theirs);
                continue;
            };
            let mut row =
                SheetRow { name: mine.name.clone(), acquires: mine.acquires, drops: mine.drops, ..theirs.clone() };
            for (cell, month) in row.cells.iter_mut().zip(&months) {
                let typed = self.months.iter().position(|one| one == month).and_then(|at| mine.cells.get(at));
                if let Some(typed) = typed {
                    cell.clone_from(typed);
                }
            }
            if mine.was != theirs.was {
                let said = |of: &SheetRow| {
                    let cells = of.cells.iter().map(|cell| if cell.is_empty() { "–" } else { cell });
                    let cells = cells.collect::<Vec<_>>().join(" · ");
                    if row.name == theirs.name { cells } else { format!("{}: {cells}", of.name) }
                };
                both.push(Difference { label: theirs.name.clone(), theirs: said(&theirs), yours: said(&row) });
            }
            rows.push(row);
        }
        let new = self.rows.into_iter().filter(|row| row.is_new && rows.iter().all(|one| one.line != row.line));
        let new: Vec<SheetRow> = new.collect();
        rows.extend(new);
        (Self { sort, months, rows }, both)
    }
}

fn fill(row: &mut SheetRow, months: &[Month], fields: &Fields) {
    // A month that the form did not have keeps what stands.
    for (cell, month) in row.cells.iter_mut().zip(months) {
        let name = cell_field(row.line, *month);
        if fields.has(&name) {
            fields.get(&name).clone_into(cell);
        }
    }
}
