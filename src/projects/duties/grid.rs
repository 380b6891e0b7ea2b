//! The matrix as it is shown: parts by stages, and one stage's duties by parts; pure.

use super::model::{Duty, Letter, StageColumn, Wish};
use crate::{
    platform::{ids::PartId, locale::T},
    projects::model::Part,
    web::paths,
};

/// Titles that a cell shows before it counts the rest.
const TITLES: usize = 2;
/// As many in the current stage, which is wider.
const TITLES_NOW: usize = 4;

/// Parts × stages.
#[derive(Clone, Debug)]
pub struct Grid {
    /// One a stage; finished ones fold into the first.
    pub columns: Vec<Column>,
    /// One a part.
    pub rows: Vec<Row>,
    /// One a column: whether every duty has somebody who answers for it.
    pub checks: Vec<Check>,
    /// How many finished stages are folded.
    pub folded: usize,
}

/// A stage, or the finished ones together.
#[derive(Clone, Debug)]
pub struct Column {
    /// `A3`, or `A1–A2`.
    pub code: String,
    /// Its name; empty for the finished ones.
    pub name: String,
    /// Where the project is.
    pub is_current: bool,
    /// Several finished stages in one.
    pub is_folded: bool,
    /// Shows its duties, or unfolds.
    pub href: String,
}

/// A part's line.
#[derive(Clone, Debug)]
pub struct Row {
    /// The part.
    pub part: Part,
    /// One a column.
    pub cells: Vec<Cell>,
}

/// What a part has in a stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// `A`, `R` or both, when it answers for something there or does it.
    pub letters: String,
    /// The first duties that it answers for or does.
    pub titles: Vec<String>,
    /// How many more of these.
    pub more: usize,
    /// How often it is asked.
    pub consulted: usize,
    /// How often it is told.
    pub informed: usize,
    /// In the current stage.
    pub is_current: bool,
}

impl Cell {
    /// Whether the part has nothing to do with the stage.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty() && self.consulted == 0 && self.informed == 0
    }
}

/// Whether a column's duties are answered for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// Duties in it.
    pub duties: usize,
    /// Those with an A.
    pub answered: usize,
    /// Those whose A has nobody in the seat.
    pub vacant: usize,
    /// In the current stage.
    pub is_current: bool,
}

impl Check {
    /// Whether all is well.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.answered == self.duties && self.vacant == 0
    }
}

impl Grid {
    /// Builds it. Two or more finished stages fold unless `unfolded`.
    #[must_use]
    pub fn new(key: &str, stages: &[StageColumn], duties: &[Duty], parts: &[Part], unfolded: bool, t: T) -> Self {
        let passed = stages.iter().take_while(|stage| stage.is_passed()).count();
        let folded = if unfolded || passed < 2 { 0 } else { passed };
        let (before, after) = stages.split_at(folded);
        let mut groups: Vec<&[StageColumn]> = Vec::with_capacity(stages.len());
        if !before.is_empty() {
            groups.push(before);
        }
        groups.extend(after.chunks(1));
        let columns = groups.iter().map(|group| column(key, group, t)).collect();
        let rows = parts
            .iter()
            .map(|part| Row {
                part: part.clone(),
                cells: groups.iter().map(|group| cell(group, duties, part.id, t)).collect(),
            })
            .collect();
        let checks = groups.iter().map(|group| check(group, duties, parts)).collect();
        Self { columns, rows, checks, folded }
    }
}

fn matrix(key: &str, query: &str) -> String {
    format!("{}?{query}", paths::project(key, "matrix"))
}

fn column(key: &str, group: &[StageColumn], t: T) -> Column {
    let first = group.first();
    let code = |stage: Option<&StageColumn>| stage.map_or_else(String::new, |stage| stage.code.clone());
    if group.len() > 1 {
        return Column {
            code: format!("{}–{}", code(first), code(group.last())),
            name: String::new(),
            is_current: false,
            is_folded: true,
            href: matrix(key, "all=1"),
        };
    }
    Column {
        code: code(first),
        name: first.map_or_else(String::new, |stage| stage.name(t).to_owned()),
        is_current: first.is_some_and(StageColumn::is_current),
        is_folded: false,
        href: format!("{}#detail", matrix(key, &format!("stage={}", code(first)))),
    }
}

fn in_group<'a>(group: &[StageColumn], duties: &'a [Duty]) -> impl Iterator<Item = &'a Duty> {
    let ids: Vec<_> = group.iter().map(|stage| stage.id).collect();
    duties.iter().filter(move |duty| ids.contains(&duty.stage_id))
}

fn cell(group: &[StageColumn], duties: &[Duty], part: PartId, t: T) -> Cell {
    let is_current = group.iter().any(StageColumn::is_current);
    let room = match group.len() {
        1 if is_current => TITLES_NOW,
        1 => TITLES,
        _ => 0,
    };
    let mut cell = Cell { is_current, ..Cell::default() };
    for duty in in_group(group, duties) {
        let letters = duty.letters.of(part);
        for letter in letters.chars().filter(|letter| "AR".contains(*letter)) {
            if !cell.letters.contains(letter) {
                cell.letters.push(letter);
            }
        }
        if letters.contains(['A', 'R']) {
            if cell.titles.len() < room {
                cell.titles.push(duty.title(t).to_owned());
            } else {
                cell.more += 1;
            }
        }
        cell.consulted += usize::from(letters.contains('C'));
        cell.informed += usize::from(letters.contains('I'));
    }
    if cell.letters == "RA" {
        "AR".clone_into(&mut cell.letters);
    }
    cell
}

fn check(group: &[StageColumn], duties: &[Duty], parts: &[Part]) -> Check {
    let mut check = Check { is_current: group.iter().any(StageColumn::is_current), ..Check::default() };
    for duty in in_group(group, duties) {
        check.duties += 1;
        let Some(answers) = duty.letters.accountable() else { continue };
        check.answered += 1;
        let is_vacant = parts.iter().any(|part| part.id == answers && part.liaison_id.is_none());
        check.vacant += usize::from(is_vacant);
    }
    check
}

/// A duty's line in its stage.
#[derive(Clone, Debug)]
pub struct DutyRow {
    /// The duty.
    pub duty: Duty,
    /// Its title.
    pub title: String,
    /// Its own page.
    pub href: String,
    /// The same page with this line open for change.
    pub edit_href: String,
    /// One a part.
    pub cells: Vec<DutyCell>,
    /// Open for change.
    pub is_open: bool,
}

/// The letters of one part in one duty.
#[derive(Clone, Debug)]
pub struct DutyCell {
    /// Whose.
    pub part_id: PartId,
    /// Their name, for labels.
    pub name: String,
    /// `AR`.
    pub letters: String,
}

impl DutyCell {
    /// Whether a letter is among them.
    #[must_use]
    pub fn has(&self, letter: &str) -> bool {
        self.letters.contains(letter)
    }
}

/// The lines of one stage.
#[must_use]
pub fn rows(key: &str, stage: &StageColumn, duties: &[Duty], parts: &[Part], open: &str, t: T) -> Vec<DutyRow> {
    in_group(std::slice::from_ref(stage), duties)
        .map(|duty| DutyRow {
            title: duty.title(t).to_owned(),
            href: paths::project(key, &format!("duties/{}", duty.code)).to_string(),
            edit_href: format!(
                "{}#duty-{}",
                matrix(key, &format!("stage={}&edit={}", stage.code, duty.code)),
                duty.code
            ),
            cells: cells(&Wish::of(&duty.letters), parts, t),
            is_open: duty.code == open,
            duty: duty.clone(),
        })
        .collect()
}

/// The letters that a wish gives each part.
#[must_use]
pub fn cells(wish: &Wish, parts: &[Part], t: T) -> Vec<DutyCell> {
    parts
        .iter()
        .map(|part| DutyCell {
            part_id: part.id,
            name: part.name(t).to_owned(),
            letters: Letter::ALL
                .into_iter()
                .filter(|letter| wish.gives(part.id, *letter))
                .map(Letter::as_str)
                .collect(),
        })
        .collect()
}
