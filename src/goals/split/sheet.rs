//! The sheet of a split as somebody fills it: what was typed in each cell, read into rows or told what is wrong with it.

use super::{
    fill::{Fill, HEAVIEST, Slope},
    model::{Cell, Left, Row, left},
    paste::Pasted,
};
use crate::{
    goals::{access::GoalsViewer, figures::Measure, model::KeyResult, months::Month},
    platform::{ids::PartId, locale::T},
    web::{Errors, Fields},
};

/// Longest words for what a department owes, in characters.
pub const OWES: usize = 160;

/// A department's line of the sheet.
#[derive(Clone, Debug)]
pub struct SheetRow {
    /// Which.
    pub part: PartId,
    /// In its words.
    pub owes: String,
    /// What was typed for each month: the amount, and of a ratio what it is counted over.
    pub cells: Vec<(String, String)>,
    /// Whether the person may change it.
    pub is_open: bool,
    /// What stood there when the form was made.
    pub was: String,
}

impl SheetRow {
    /// Whether the person changed it.
    #[must_use]
    pub fn is_touched(&self) -> bool {
        self.is_open && trace(&self.owes, &self.cells) != self.was
    }
}

/// A line in one text, to see whether it was touched.
fn trace(owes: &str, cells: &[(String, String)]) -> String {
    let cells = cells.iter().map(|(amount, base)| format!("{amount}/{base}"));
    std::iter::once(owes.to_owned()).chain(cells).collect::<Vec<_>>().join("|")
}

/// The sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The months, in order.
    pub months: Vec<Month>,
    /// Every department, in order.
    pub rows: Vec<SheetRow>,
    /// Something was typed for months that are no longer in it.
    pub has_lost: bool,
    /// What was typed for departments that have left the project since the form was shown.
    pub gone: Vec<String>,
}

fn text(of: &KeyResult, cell: Cell) -> (String, String) {
    if !cell.is_set {
        return (String::new(), String::new());
    }
    let base = if of.scale.measure == Measure::Ratio { of.scale.of_bases().field(cell.base) } else { String::new() };
    (of.scale.of_amounts().field(cell.amount), base)
}

impl Sheet {
    /// As it stands.
    #[must_use]
    pub fn stands(viewer: &GoalsViewer, of: &KeyResult) -> Self {
        let months: Vec<Month> = of.terms().months().collect();
        let split = of.split();
        let row = |part: PartId| {
            let found = split.iter().find(|row| row.part == part);
            let cells = (0..months.len()).map(|month| found.and_then(|row| row.cells.get(month)).copied());
            let owes = of.row(part).map(|row| row.owes.clone()).unwrap_or_default();
            let cells: Vec<_> = cells.map(|cell| text(of, cell.unwrap_or_default())).collect();
            SheetRow { part, was: trace(&owes, &cells), owes, cells, is_open: viewer.may_split(part) }
        };
        Self {
            rows: viewer.departments().map(|part| row(part.id)).collect(),
            months,
            has_lost: false,
            gone: Vec::new(),
        }
    }

    /// As it was sent; lines that the person may not change stay as they stand.
    #[must_use]
    pub fn of(viewer: &GoalsViewer, of: &KeyResult, fields: &Fields) -> Self {
        let mut sheet = Self::stands(viewer, of);
        for row in sheet.rows.iter_mut().filter(|row| row.is_open) {
            fields.get(&format!("owes-{}", row.part)).clone_into(&mut row.owes);
            fields.get(&format!("was-{}", row.part)).clone_into(&mut row.was);
            for (cell, month) in row.cells.iter_mut().zip(&sheet.months) {
                let month = month.field();
                *cell = (
                    fields.get(&amount_field(row.part, &month)).to_owned(),
                    fields.get(&base_field(row.part, &month)).to_owned(),
                );
            }
        }
        let is_in = |name: &str| {
            let month = name.len().checked_sub(7).and_then(|at| name.get(at..));
            sheet.months.iter().any(|one| Some(one.field().as_str()) == month)
        };
        let is_cell = |name: &str| name.starts_with("a-") || name.starts_with("b-");
        let is_known = |name: &str| sheet.rows.iter().any(|row| name.contains(&row.part.to_string()));
        let is_lines = |name: &str| is_cell(name) || name.starts_with("owes-");
        let gone = fields.pairs().iter().filter(|(name, value)| is_lines(name) && !value.trim().is_empty());
        sheet.gone = gone.filter(|(name, _)| !is_known(name)).map(|(_, value)| value.trim().to_owned()).collect();
        sheet.has_lost =
            fields.pairs().iter().any(|(name, value)| is_cell(name) && !value.trim().is_empty() && !is_in(name));
        sheet
    }

    /// What was typed over the sheet as it stands now: a line that was not touched stays as it stands. Answers also the lines, as
    /// they stand, that somebody else changed too.
    #[must_use]
    pub fn over(self, viewer: &GoalsViewer, of: &KeyResult) -> (Self, Vec<SheetRow>) {
        let mut now = Self::stands(viewer, of);
        let mut both = Vec::new();
        for line in &mut now.rows {
            let Some(typed) = self.rows.iter().find(|typed| typed.part == line.part && typed.is_touched()) else {
                continue;
            };
            if typed.was != line.was {
                both.push(line.clone());
            }
            line.owes.clone_from(&typed.owes);
            for (cell, month) in line.cells.iter_mut().zip(&now.months) {
                let at = self.months.iter().position(|one| one == month);
                if let Some(found) = at.and_then(|at| typed.cells.get(at)) {
                    cell.clone_from(found);
                }
            }
        }
        (now, both)
    }

    /// Fills it anew: a department without a row gets nothing.
    pub fn put(&mut self, of: &KeyResult, rows: &[Row]) {
        for line in self.rows.iter_mut().filter(|line| line.is_open) {
            line.cells = match rows.iter().find(|row| row.part == line.part) {
                Some(row) => row.cells.iter().map(|cell| text(of, *cell)).collect(),
                None => vec![(String::new(), String::new()); self.months.len()],
            };
        }
    }

    /// Lays what was pasted over it: months and departments that were not in it stay as they are.
    pub fn lay(&mut self, of: &KeyResult, pasted: &[Pasted]) {
        for line in self.rows.iter_mut().filter(|line| line.is_open) {
            let Some(found) = pasted.iter().find(|one| one.part == line.part) else { continue };
            for (cell, new) in line.cells.iter_mut().zip(&found.cells) {
                if let Some(new) = new {
                    *cell = text(of, *new);
                }
            }
        }
    }

    /// Reads every line. Cells that cannot be read count as nothing.
    #[must_use]
    pub fn read(&self, t: T, of: &KeyResult) -> (Vec<(Row, String)>, Errors) {
        let mut errors = Errors::none();
        let (amounts, bases) = (of.scale.of_amounts(), of.scale.of_bases());
        let mut figure = |scale: &crate::goals::figures::Scale, id: String, text: &str| {
            if text.is_empty() {
                return 0;
            }
            scale.parse(text).unwrap_or_else(|wrong| {
                errors.add(id, wrong.text(t));
                0
            })
        };
        let mut rows = Vec::new();
        for line in &self.rows {
            let cell = |((amount, base), month): (&(String, String), &Month)| {
                let month = month.field();
                let is_set = !amount.is_empty() || (of.scale.measure == Measure::Ratio && !base.is_empty());
                let amount = figure(&amounts, amount_field(line.part, &month), amount);
                let base = if of.scale.measure == Measure::Ratio {
                    figure(&bases, base_field(line.part, &month), base)
                } else {
                    0
                };
                Cell { amount, base, is_set }
            };
            let cells: Vec<Cell> = line.cells.iter().zip(&self.months).map(cell).collect();
            rows.push((Row { part: line.part, cells }, line.owes.clone()));
        }
        for line in &self.rows {
            if line.owes.chars().count() > OWES {
                errors.add(format!("owes-{}", line.part), t.decisions_too_long(OWES));
            }
        }
        for (row, _) in &rows {
            for (cell, month) in row.cells.iter().zip(&self.months) {
                let field = || base_field(row.part, &month.field());
                if cell.base < 0 {
                    errors.add(field(), t.goals_base_negative());
                } else if of.scale.measure == Measure::Ratio && cell.amount != 0 && cell.base == 0 {
                    errors.add(field(), t.goals_base_needed(&of.scale.base_unit));
                }
            }
        }
        (rows, errors)
    }

    /// What is left of it, where its cells can be read.
    #[must_use]
    pub fn left(&self, t: T, of: &KeyResult) -> Left {
        let rows: Vec<Row> = self.read(t, of).0.into_iter().map(|(row, _)| row).collect();
        left(&of.scale, &of.terms(), &rows)
    }
}

/// The name and id of a cell.
#[must_use]
pub fn amount_field(part: PartId, month: &str) -> String {
    format!("a-{part}-{month}")
}

/// The name and id of what a cell is counted over.
#[must_use]
pub fn base_field(part: PartId, month: &str) -> String {
    format!("b-{part}-{month}")
}

/// What was typed into the form that fills the sheet.
#[derive(Clone, Debug)]
pub struct FillForm {
    /// Each department with its weight.
    pub weights: Vec<(PartId, String)>,
    /// How the months share.
    pub slope: String,
    /// The first month that gets any.
    pub from: String,
    /// Of a ratio: how much it is counted over in a month.
    pub base: String,
}

impl FillForm {
    /// Every department alike.
    #[must_use]
    pub fn of(viewer: &GoalsViewer, of: &KeyResult, fields: &Fields) -> Self {
        let weight = |part: PartId| {
            let name = format!("w-{part}");
            if fields.has(&name) { fields.get(&name).to_owned() } else { usual(of, part) }
        };
        let first = Month::of(of.starts_on).field();
        let or = |field: &str, usual: &str| match fields.get(field) {
            "" => usual.to_owned(),
            text => text.to_owned(),
        };
        Self {
            weights: viewer.departments().map(|part| (part.id, weight(part.id))).collect(),
            slope: or("slope", Slope::Even.as_str()),
            from: or("begins", &first),
            base: fields.get("base").to_owned(),
        }
    }

    /// The sheet filled as it says.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn filled(&self, t: T, of: &KeyResult) -> Result<Vec<Row>, Errors> {
        let mut errors = Errors::none();
        let mut weight = |(part, text): &(PartId, String)| {
            let weight = if text.is_empty() { Some(0) } else { text.parse().ok().filter(|weight| *weight <= HEAVIEST) };
            if weight.is_none() {
                errors.add(format!("w-{part}"), t.goals_weight_wrong(i64::from(HEAVIEST)));
            }
            (*part, weight.unwrap_or_default())
        };
        let weights: Vec<(PartId, u32)> = self.weights.iter().map(&mut weight).collect();
        if errors.is_empty() && weights.iter().all(|(_, weight)| *weight == 0) {
            let first = weights.first().map(|(part, _)| format!("w-{part}")).unwrap_or_default();
            errors.add(first, t.goals_weights_missing());
        }
        let months: Vec<Month> = of.terms().months().collect();
        let from = Month::parse(&self.from).and_then(|from| months.iter().position(|month| *month == from));
        if from.is_none() {
            errors.add("begins", t.goals_month_missing());
        }
        let slope: Slope = self.slope.parse().unwrap_or(Slope::Even);
        let mut base = 0;
        if of.scale.measure == Measure::Ratio {
            match of.scale.of_bases().parse(&self.base) {
                Ok(found) if found > 0 => base = found,
                Ok(_) => errors.add("base", t.goals_base_needed(&of.scale.base_unit)),
                Err(wrong) => errors.add("base", wrong.text(t)),
            }
        }
        match from {
            Some(from) if errors.is_empty() => {
                Ok(super::fill::fill(&of.scale, &of.terms(), &Fill { weights: &weights, slope, from, base }))
            }
            _ => Err(errors),
        }
    }
}

/// The weight that stands first: those who have a share have one, else who answers for it.
fn usual(of: &KeyResult, part: PartId) -> String {
    let has = if of.rows.is_empty() { of.part == part } else { of.row(part).is_some() };
    if has { "1" } else { "" }.to_owned()
}
