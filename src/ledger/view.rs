//! The ledger in the reader's words.

use super::{
    model::{Asked, Cell, Ledger, Map, Pair, Period, Row, Step, Tally},
    store::SideRow,
};
use crate::{
    decisions::{
        escalations::{model::span, view::Chip},
        matrix,
    },
    platform::{locale::T, working_time::Calendar},
    projects::Part,
    scope::model::{Counted, Sums, sums},
    web::paths,
};
use std::collections::HashMap;

/// Links that a line shows at once; the rest unfolds.
const SHOWN: usize = 6;

/// A department, or the lead.
#[derive(Clone, Debug)]
pub struct Side {
    key: String,
    /// As it is drawn.
    pub chip: Chip,
}

impl Side {
    /// A part of one project.
    #[must_use]
    pub fn of_part(part: &Part, t: T) -> Self {
        let key = part.department_id.map_or_else(|| part.code.clone(), |department| department.to_string());
        Self { key, chip: Chip::of(part, t) }
    }

    /// Over all projects.
    #[must_use]
    pub fn of_row(row: &SideRow, t: T) -> Self {
        let chip = Chip {
            code: t.pair(&row.short_en, &row.short_zh).to_owned(),
            name: t.pair(&row.name_en, &row.name_zh).to_owned(),
            colour: row.colour,
        };
        Self { key: row.side.clone(), chip }
    }
}

/// A link to a period.
#[derive(Clone, Debug)]
pub struct PeriodLink {
    /// Its page.
    pub href: String,
    /// Its name.
    pub label: String,
    /// It is shown.
    pub is_here: bool,
}

/// One figure with its name.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What is counted.
    pub label: String,
    /// How many, or how long.
    pub value: String,
}

/// What two departments disagreed about, of any kind.
#[derive(Clone, Debug)]
pub struct PairRow {
    /// Both sides.
    pub sides: Vec<Chip>,
    /// How many.
    pub cases: i64,
    /// Settled at each step.
    pub steps: Vec<Figure>,
    /// How long it took; empty when nothing was settled.
    pub median: String,
}

/// A link to a case.
#[derive(Clone, Debug)]
pub struct CaseLink {
    /// Its page.
    pub href: String,
    /// `E-14`, with the project where there are several.
    pub label: String,
}

/// What they disagreed about, of one kind.
#[derive(Clone, Debug)]
pub struct KindRow {
    /// Both sides.
    pub sides: Vec<Chip>,
    /// The kind.
    pub kind: String,
    /// How many.
    pub cases: i64,
    /// How long it took; empty when nothing was settled.
    pub median: String,
    /// The newest of them.
    pub links: Vec<CaseLink>,
    /// The others.
    pub more: Vec<CaseLink>,
    /// What unfolds them.
    pub more_label: String,
}

/// A month.
#[derive(Clone, Debug)]
pub struct MonthRow {
    /// `Nov 2026`.
    pub label: String,
    /// All.
    pub cases: i64,
    /// Escalations raised.
    pub escalations: i64,
    /// Requests declined.
    pub declined: i64,
}

/// What one department asked of the others.
#[derive(Clone, Debug)]
pub struct MapRow {
    /// Who asks.
    pub side: Chip,
    /// Each that is asked, and what of them.
    pub cells: Vec<(Chip, Cell)>,
}

/// The requirement changes that one department asked for, or all together, in working days.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    /// Who asked; none for the sum.
    pub side: Option<Chip>,
    /// How many, in words.
    pub changes: String,
    /// Days accepted; none are empty, here and below.
    pub accepted: String,
    /// Days that wait.
    pub waiting: String,
    /// Days declined.
    pub declined: String,
}

/// The body of the page.
#[derive(Clone, Debug)]
pub struct View {
    /// Which periods there are.
    pub periods: Vec<PeriodLink>,
    /// All cases, where they were settled and how long it took.
    pub figures: Vec<Figure>,
    /// Names of the steps.
    pub steps: Vec<String>,
    /// By pair, most first.
    pub pairs: Vec<PairRow>,
    /// By pair and kind, in the order of the pairs.
    pub kinds: Vec<KindRow>,
    /// By month.
    pub months: Vec<MonthRow>,
    /// The most of a month.
    pub most: i64,
    /// Who is asked.
    pub asked: Vec<Chip>,
    /// Who asks.
    pub map: Vec<MapRow>,
    /// How long a working day is.
    pub day: String,
    /// Requirement changes by department; the last row is their sum. Empty when there were none.
    pub changes: Vec<ChangeRow>,
}

impl View {
    /// Nothing happened in the period.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty() && self.map.is_empty() && self.changes.is_empty()
    }
}

/// What it is made of.
#[derive(Debug)]
pub struct Facts {
    /// Disagreements.
    pub rows: Vec<Row>,
    /// Requests.
    pub asked: Vec<Asked>,
    /// Requirement changes.
    pub changes: Vec<Counted<String>>,
    /// Departments in their order.
    pub sides: Vec<Side>,
    /// Which period.
    pub period: Period,
    /// Its page without a period.
    pub path: String,
    /// Cases of several projects stand here.
    pub names_projects: bool,
}

/// Draws it.
#[must_use]
pub fn view(t: T, calendar: &Calendar, facts: Facts) -> View {
    let Facts { rows, asked, changes, sides, period, path, names_projects } = facts;
    let ledger = Ledger::of(&rows);
    let places: HashMap<&str, usize> =
        sides.iter().enumerate().map(|(place, side)| (side.key.as_str(), place)).collect();
    let place = |key: &str| places.get(key).copied().unwrap_or(usize::MAX);
    let places_of = |pair: &Pair| {
        let mut both = pair.sides().map(place);
        both.sort_unstable();
        both
    };
    let chips = |pair: &Pair| -> Vec<Chip> {
        places_of(pair).into_iter().filter_map(|place| sides.get(place)).map(|side| side.chip.clone()).collect()
    };
    let words = Words { t, day: calendar.minutes_per_day() };
    let mut pairs: Vec<(&Pair, &Tally)> = ledger.pairs.iter().collect();
    pairs.sort_by_key(|(pair, tally)| (-tally.cases, places_of(pair)));
    let kinds = pairs.iter().flat_map(|(pair, _)| {
        let mut of_pair: Vec<_> = ledger.lines.iter().filter(|((of, _), _)| of == *pair).collect();
        of_pair.sort_by_key(|(_, line)| -line.tally.cases);
        of_pair
    });
    let kinds = kinds.map(|((pair, kind), line)| {
        let mut links: Vec<CaseLink> =
            line.cases.iter().map(|case| link(kind.is_some(), case, names_projects)).collect();
        let more = links.split_off(links.len().min(SHOWN));
        KindRow {
            sides: chips(pair),
            kind: kind.as_deref().map_or_else(|| t.ledger_declined_request(), |kind| words.kind(kind)),
            cases: line.tally.cases,
            median: words.median(&line.tally),
            links,
            more_label: t.ledger_more(i64::try_from(more.len()).unwrap_or(i64::MAX)),
            more,
        }
    });
    let months = ledger.months.iter().map(|(month, count)| MonthRow {
        label: t.month(*month),
        cases: count.escalations + count.declined,
        escalations: count.escalations,
        declined: count.declined,
    });
    let months: Vec<MonthRow> = months.collect();
    let map = Map::of(asked);
    let asking = sides.iter().filter(|side| map.takes_part(&side.key).0);
    let are_asked: Vec<&Side> = sides.iter().filter(|side| map.takes_part(&side.key).1).collect();
    View {
        periods: periods(t, &path, period),
        figures: figures(&words, &ledger),
        steps: Step::ALL.map(|step| step.label(t)).to_vec(),
        pairs: pairs
            .iter()
            .map(|(pair, tally)| PairRow {
                sides: chips(pair),
                cases: tally.cases,
                steps: words.steps(tally),
                median: words.median(tally),
            })
            .collect(),
        kinds: kinds.collect(),
        most: months.iter().map(|month| month.cases).max().unwrap_or_default(),
        months,
        map: asking
            .map(|side| MapRow {
                side: side.chip.clone(),
                cells: are_asked.iter().map(|other| (other.chip.clone(), map.cell(&side.key, &other.key))).collect(),
            })
            .collect(),
        asked: are_asked.into_iter().map(|side| side.chip.clone()).collect(),
        day: t.ledger_day(hours(calendar.minutes_per_day())),
        changes: change_rows(t, &sides, &changes),
    }
}

/// What each department asked to change, in the order of departments, and their sum.
fn change_rows(t: T, sides: &[Side], changes: &[Counted<String>]) -> Vec<ChangeRow> {
    let (total, each) = sums(changes);
    let row = |side: Option<Chip>, sums: &Sums| ChangeRow {
        side,
        changes: t.ledger_changes_count(sums.changes),
        accepted: sums.accepted.cell(t),
        waiting: sums.waiting.cell(t),
        declined: sums.declined.cell(t),
    };
    let of = |side: &Side| {
        let (_, sums) = each.iter().find(|(by, _)| *by == side.key)?;
        Some(row(Some(side.chip.clone()), sums))
    };
    let mut rows: Vec<ChangeRow> = sides.iter().filter_map(of).collect();
    if !rows.is_empty() {
        rows.push(row(None, &total));
    }
    rows
}

/// Hours of these minutes: `8`, `7.5`.
fn hours(minutes: i64) -> String {
    let tenths = (minutes * 10 + 30) / 60;
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

struct Words {
    t: T,
    /// Minutes of a working day.
    day: i64,
}

impl Words {
    fn kind(&self, code: &str) -> String {
        let kind = matrix::matrix().ok().and_then(|matrix| matrix.kind(code));
        kind.map_or_else(|| code.to_owned(), |kind| self.t.pair(&kind.name.en, &kind.name.zh).to_owned())
    }

    fn median(&self, tally: &Tally) -> String {
        tally.median().map_or_else(String::new, |minutes| span(self.t, minutes, self.day))
    }

    fn steps(&self, tally: &Tally) -> Vec<Figure> {
        let steps = Step::ALL.into_iter().zip(tally.steps());
        steps.map(|(step, count)| Figure { label: step.label(self.t), value: self.t.number(count) }).collect()
    }
}

fn figures(words: &Words, ledger: &Ledger) -> Vec<Figure> {
    let t = words.t;
    let mut figures = vec![Figure { label: t.ledger_cases(), value: t.number(ledger.total.cases) }];
    figures.extend(words.steps(&ledger.total));
    let median = words.median(&ledger.total);
    let value = if median.is_empty() { "–".to_owned() } else { median };
    figures.push(Figure { label: t.ledger_median(), value });
    figures
}

fn periods(t: T, path: &str, shown: Period) -> Vec<PeriodLink> {
    let link = |period: Period| PeriodLink {
        href: match period.as_str() {
            "" => path.to_owned(),
            name => format!("{path}?period={name}"),
        },
        label: period.label(t),
        is_here: period == shown,
    };
    Period::ALL.map(link).to_vec()
}

fn link(is_escalation: bool, (project, number): &(String, i32), names_project: bool) -> CaseLink {
    let (href, label) = if is_escalation {
        (paths::escalation(project, *number).to_string(), format!("E-{number}"))
    } else {
        (paths::request(project, *number).to_string(), format!("R-{number}"))
    };
    CaseLink { href, label: if names_project { format!("{project} {label}") } else { label } }
}
