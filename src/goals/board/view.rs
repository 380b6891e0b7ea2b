//! A key result as a page shows it: its figure, its pace, a chart and the same figures as a table.

use crate::{
    goals::{
        figures::Measure,
        model::{Entry, KeyResult, Place},
        months::Month,
        pace::{self, Pace},
        split::model::{Row, Terms, plan},
        view::{Span, left_in_words, pace_in_words},
    },
    platform::{ids::PartId, locale::T},
    web::ui::chart::{Line, LineChart},
};
use jiff::civil::Date;

/// Tone, picture and words.
pub type Said = (&'static str, &'static str, String);

/// Plan and actual of somebody, drawn and in figures.
pub struct Course {
    /// The newest figure: `498`; a dash before there is one.
    pub figure: String,
    /// Of how much: `of 5,000`.
    pub of: String,
    /// Ahead, on pace or behind; empty before there is anything to compare.
    pub pace: Option<Said>,
    /// The chart.
    pub chart: LineChart,
    /// Month, plan and actual.
    pub table: Vec<(String, String, String)>,
}

/// A key result on the page of all goals.
pub struct Card {
    /// `1.2`.
    pub place: Place,
    /// Its page.
    pub href: String,
    /// What is reached.
    pub title: String,
    /// Plan and actual of the whole.
    pub course: Course,
    /// What is left of its split; empty when nothing is.
    pub left: Option<Said>,
    /// The newest confidence, of ten.
    pub confidence: Option<String>,
}

/// What a chart is drawn for.
pub struct Reader<'a> {
    /// The reader's words.
    pub t: T,
    /// Today, where they are.
    pub today: Date,
    /// The launch of the project.
    pub launch: Option<Date>,
    /// Makes its id unique.
    pub id: &'a str,
}

impl Reader<'_> {
    /// The same with another id.
    #[must_use]
    pub fn with<'a>(&self, id: &'a str) -> Reader<'a> {
        Reader { t: self.t, today: self.today, launch: self.launch, id }
    }
}

/// A month under a chart: `Nov`, in January with the year; `11月`, `27年1月`.
#[must_use]
pub fn short_month(t: T, month: Month) -> String {
    let day = month.first();
    let is_january = day.month() == 1;
    if t.is_chinese() {
        if is_january { format!("{}年1月", day.year() % 100) } else { format!("{}月", day.month()) }
    } else if is_january {
        day.strftime("%b %y").to_string()
    } else {
        day.strftime("%b").to_string()
    }
}

/// Where a day stands among figures, in months after the first day of the first one. What a month comes to stands in its middle, so a
/// day stands half a month before its own place.
#[must_use]
pub fn place_of(day: Date, months: &[Month]) -> Option<f64> {
    let index = months.iter().position(|month| *month == Month::of(day))?;
    let within = f64::from(day.day() - 1) / f64::from(day.days_in_month());
    Some((f64::from(u32::try_from(index).ok()?) + within - 0.5).max(0.0))
}

/// Where the launch stands.
fn launch_at(reader: &Reader<'_>, months: &[Month]) -> Option<(f64, String)> {
    Some((place_of(reader.launch?, months)?, reader.t.goals_launch()))
}

fn course(
    reader: &Reader<'_>,
    of: &KeyResult,
    (terms, rows, entries): (&Terms, &[Row], &[&Entry]),
    (title, pace): (String, Option<Pace>),
) -> Course {
    let (t, scale) = (reader.t, &of.scale);
    let months: Vec<Month> = terms.months().collect();
    let planned = plan(scale, terms, rows);
    let actual = pace::actual(scale, terms, rows, entries);
    let newest = pace.map(|pace| pace.month).or_else(|| actual.iter().rposition(Option::is_some));
    let reached = newest.and_then(|month| actual.get(month).copied().flatten());
    let figure = pace.filter(|_| !entries.is_empty()).map(|pace| pace.actual).or(reached);
    let full = |amount: Option<i64>| amount.map_or_else(|| "–".to_owned(), |amount| scale.full(t, amount));
    let table = months.iter().zip(&planned).zip(&actual);
    let described = match (pace, newest.and_then(|month| months.get(month))) {
        (Some(pace), Some(month)) => t.goals_chart_text(
            scale.full(t, pace.actual),
            t.month(month.first()),
            scale.full(t, pace.planned),
            scale.full(t, terms.target),
        ),
        _ => t.goals_chart_plan_only(scale.full(t, terms.target)),
    };
    let short: Vec<String> = months.iter().map(|month| short_month(t, *month)).collect();
    let chart = Line::new(reader.id, title, described, short, launch_at(reader, &months))
        .plan(planned.clone())
        .actual(actual.clone())
        .target(Some(terms.target))
        .drawn(&|amount| scale.short(t, amount));
    Course {
        figure: figure.map_or_else(|| "–".to_owned(), |figure| scale.short(t, figure)),
        of: t.goals_of(scale.short(t, terms.target)),
        pace: pace.map(|pace| pace_in_words(t, scale, &pace, Span::of(of))),
        chart,
        table: table
            .map(|((month, planned), actual)| (t.month(month.first()), full(*planned), full(*actual)))
            .collect(),
    }
}

/// The course of the whole.
#[must_use]
pub fn whole(reader: &Reader<'_>, of: &KeyResult) -> Course {
    let entries: Vec<&Entry> = of.entries.iter().collect();
    course(reader, of, (&of.terms(), &of.split(), &entries), (of.title.clone(), pace::whole(of, reader.today)))
}

/// The course of one department: of a sum from nothing to its own part of it.
#[must_use]
pub fn share(reader: &Reader<'_>, of: &KeyResult, (part, name): (PartId, &str)) -> Course {
    let rows: Vec<Row> = of.split().into_iter().filter(|row| row.part == part).collect();
    let entries: Vec<&Entry> = of.entries.iter().filter(|entry| entry.part == part).collect();
    let cells = rows.first().map(|row| row.cells.as_slice()).unwrap_or_default();
    let last = cells.last().copied().unwrap_or_default();
    let terms = match of.scale.measure {
        Measure::Additive => {
            let target = cells.iter().fold(0_i64, |sum, cell| sum.saturating_add(cell.amount));
            Terms { baseline: 0, target, ..of.terms() }
        }
        Measure::Level => {
            let target = rows.first().and_then(|row| row.level(cells.len().saturating_sub(1))).unwrap_or_default();
            Terms { target, ..of.terms() }
        }
        Measure::Ratio => Terms { target: of.scale.ratio(last.amount, last.base).unwrap_or_default(), ..of.terms() },
    };
    course(reader, of, (&terms, &rows, &entries), (name.to_owned(), pace::share(of, part, reader.today)))
}

impl Card {
    /// Of a key result.
    #[must_use]
    pub fn new(reader: &Reader<'_>, (place, of): (Place, &KeyResult), href: String) -> Self {
        let left = of.left();
        let sure = of.entries.iter().rev().find_map(|entry| entry.confidence);
        Self {
            place,
            href,
            title: of.title.clone(),
            course: whole(reader, of),
            left: (!left.is_complete()).then(|| left_in_words(reader.t, &of.scale, left)),
            confidence: sure.map(|sure| reader.t.goals_sure(i64::from(sure))),
        }
    }
}
