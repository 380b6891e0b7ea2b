//! Charts: months from left to right, plan and actual as lines; and a bar with a tick. Drawn by the server, in whole tenths of a
//! unit. They take amounts in steps of any scale and ask the caller how to write a round one; the same figures as a table
//! are the page's to show.

mod axis;

use super::{Html, attribute};
use askama::{Template, filters::HtmlSafe};
use axis::Axis;
use std::fmt::{self, Write};

/// The picture is 360 by 180; the plot ends here on the right, in tenths.
const RIGHT: i32 = 3480;
/// Where the highest and the lowest value of the axis stand, in tenths.
const TOP: i32 = 180;
const BOTTOM: i32 = 1580;
/// How far right words may reach, in tenths.
const EDGE: i32 = 3590;
/// Between neighbouring words at least, in tenths.
const GAP: i32 = 35;

/// A number of tenths: `153.4`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Tenths(i32);

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0.abs() / 10, self.0.abs() % 10);
        let sign = if self.0 < 0 { "-" } else { "" };
        if rest == 0 { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{rest}") }
    }
}

impl Tenths {
    /// Where a word ends that stands before it.
    fn before(self) -> Self {
        Self(self.0 - 80)
    }

    /// The foot of a word that stands beside it.
    fn beside(self) -> Self {
        Self(self.0 + 40)
    }
}

impl HtmlSafe for Tenths {}

impl askama::FastWritable for Tenths {
    fn write_into(&self, to: &mut dyn Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(write!(to, "{self}")?)
    }
}

/// What a chart of months shows. Every row has a value a month, from the first; months beyond its end have none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Unique on the page: title and description are found by it.
    pub id: String,
    /// What is shown.
    pub title: String,
    /// In one sentence, for who does not see it.
    pub desc: String,
    /// The month under each value, short already. Of many only some are written, the longest (`Jan 27`) first of all.
    pub months: Vec<String>,
    /// What should be reached; dashed.
    pub plan: Vec<Option<i64>>,
    /// What was reached; a month without a figure breaks the line.
    pub actual: Vec<Option<i64>>,
    /// What is to be reckoned with, after what was reached; dotted.
    pub outlook: Vec<Option<i64>>,
    /// A level to reach; dashed.
    pub target: Option<i64>,
    /// A mark with its word, so many months after the first day of the first month.
    pub launch: Option<(f64, String)>,
    /// Another mark, whose word stands lower.
    pub mark: Option<(f64, String)>,
}

impl Line {
    /// A chart without values.
    #[must_use]
    pub fn new(
        id: impl Into<String>,
        title: impl Into<String>,
        desc: impl Into<String>,
        months: Vec<String>,
        launch: Option<(f64, String)>,
    ) -> Self {
        Self { id: id.into(), title: title.into(), desc: desc.into(), months, launch, ..Self::default() }
    }

    /// What should be reached in each month.
    #[must_use]
    pub fn plan(self, plan: Vec<Option<i64>>) -> Self {
        Self { plan, ..self }
    }

    /// What was reached in each month.
    #[must_use]
    pub fn actual(self, actual: Vec<Option<i64>>) -> Self {
        Self { actual, ..self }
    }

    /// What is to be reckoned with in each month.
    #[must_use]
    pub fn outlook(self, outlook: Vec<Option<i64>>) -> Self {
        Self { outlook, ..self }
    }

    /// Another mark besides the launch.
    #[must_use]
    pub fn mark(self, mark: Option<(f64, String)>) -> Self {
        Self { mark, ..self }
    }

    /// A level to reach.
    #[must_use]
    pub fn target(self, target: Option<i64>) -> Self {
        Self { target, ..self }
    }

    /// The chart as a page shows it; `label` writes the round values beside it.
    #[must_use]
    pub fn drawn(self, label: &dyn Fn(i64) -> String) -> LineChart {
        let shown = |row: &[Option<i64>]| row.iter().copied().take(self.months.len()).collect::<Vec<_>>();
        let (plan, actual) = (shown(&self.plan), shown(&self.actual));
        let outlook = shown(&self.outlook);
        let axis = Axis::of(plan.iter().chain(&actual).chain(&outlook).copied().flatten().chain(self.target));
        let labels: Vec<(i64, String)> = axis.values.iter().map(|value| (*value, label(*value))).collect();
        let widest = labels.iter().map(|(_, label)| width(label)).max().unwrap_or_default();
        let plot = Plot { left: (widest + 90).clamp(300, 1200), months: count(self.months.len()), axis };
        LineChart {
            plan: plot.path(&plan),
            actual: plot.path(&actual),
            outlook: plot.path(&outlook),
            dot: plot.last(&actual),
            target: self.target.map(|target| plot.y(target)),
            values: labels.into_iter().map(|(value, text)| Word { at: plot.y(value), text, anchor: "end" }).collect(),
            months: plot.words(self.months),
            launch: self.launch.and_then(|(months, word)| plot.mark(months, word)),
            mark: self.mark.and_then(|(months, word)| plot.mark(months, word)),
            left: Tenths(plot.left),
            id: self.id,
            title: self.title,
            desc: self.desc,
        }
    }
}

/// Where things stand: a month is a band as wide as all others, and its value stands in the middle of it.
struct Plot {
    left: i32,
    months: i32,
    axis: Axis,
}

impl Plot {
    fn y(&self, amount: i64) -> Tenths {
        Tenths(BOTTOM - self.axis.up(amount, BOTTOM - TOP))
    }

    fn x(&self, month: i32) -> i32 {
        self.left + (RIGHT - self.left) * (month * 2 + 1) / (self.months.max(1) * 2)
    }

    fn points<'a>(&'a self, row: &'a [Option<i64>]) -> impl DoubleEndedIterator<Item = Option<(Tenths, Tenths)>> + 'a {
        let point = |(month, amount): (usize, &Option<i64>)| Some((Tenths(self.x(count(month))), self.y((*amount)?)));
        row.iter().enumerate().map(point)
    }

    /// The line through all values, broken where there is none; what stands alone is a dot.
    fn path(&self, row: &[Option<i64>]) -> String {
        let mut path = String::with_capacity(row.len() * 12);
        let mut run = 0;
        for point in self.points(row).chain([None]) {
            let done = match (point, run) {
                (Some((x, y)), 0) => write!(path, "M{x} {y}"),
                (Some((x, y)), _) => write!(path, "L{x} {y}"),
                (None, 1) => write!(path, "h.01"),
                (None, _) => Ok(()),
            };
            run = if point.is_some() && done.is_ok() { run + 1 } else { 0 };
        }
        path
    }

    fn last(&self, row: &[Option<i64>]) -> Option<(Tenths, Tenths)> {
        self.points(row).flatten().next_back()
    }

    /// As many months as have room, equally far apart, so that the longest is among them.
    fn words(&self, months: Vec<String>) -> Vec<Word> {
        let widths: Vec<i32> = months.iter().map(|month| width(month)).collect();
        let longest = widths.iter().max().and_then(|most| widths.iter().position(|width| width == most)).unwrap_or(0);
        let at = |month: usize| self.x(count(month));
        let has_room = |step: &usize| {
            let kept: Vec<(i32, i32)> = widths
                .iter()
                .enumerate()
                .skip(longest % step)
                .step_by(*step)
                .map(|(month, w)| (at(month), *w))
                .collect();
            kept.len() <= 13
                && kept.iter().zip(kept.iter().skip(1)).all(|(one, next)| next.0 - one.0 >= (one.1 + next.1) / 2 + GAP)
        };
        let step = [1, 2, 3, 4, 6, 12, 24].into_iter().find(has_room).unwrap_or(months.len().max(1));
        let words = months.into_iter().zip(widths).enumerate().skip(longest % step).step_by(step);
        words
            .map(|(month, (text, width))| match at(month) {
                at if at + width / 2 > EDGE => Word { at: Tenths(EDGE), text, anchor: "end" },
                at => Word { at: Tenths(at), text, anchor: "middle" },
            })
            .collect()
    }

    /// A mark inside the plot, with its word on the side that has room.
    fn mark(&self, months: f64, word: String) -> Option<(Tenths, Word)> {
        if !(0.0..=f64::from(self.months)).contains(&months) || self.months == 0 {
            return None;
        }
        let hundredths = (0..=self.months * 100).find(|one| f64::from(*one) >= months * 100.0 - 0.5)?;
        let at = self.left + (RIGHT - self.left) * hundredths / (self.months * 100);
        let word = if at + 50 + width(&word) > EDGE {
            Word { at: Tenths(at - 50), text: word, anchor: "end" }
        } else {
            Word { at: Tenths(at + 50), text: word, anchor: "start" }
        };
        Some((Tenths(at), word))
    }
}

/// How wide a label is about, in tenths: letters of eleven units, Chinese characters as wide as they are high.
fn width(text: &str) -> i32 {
    let of = |c: char| match c {
        ' ' | ',' | '.' => 30,
        '%' | 'M' => 95,
        c if u32::from(c) < 0x2e80 => 62,
        _ => 110,
    };
    text.chars().map(of).sum()
}

/// Months of three years at most; the rest of a longer row is not worth a panic.
fn count(months: usize) -> i32 {
    i32::try_from(months.min(1200)).unwrap_or(1200)
}

/// A word, along the side or below.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    at: Tenths,
    text: String,
    anchor: &'static str,
}

/// A chart of months, ready to be written: `{{ chart }}`.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "shared/chart.html")]
pub struct LineChart {
    id: String,
    title: String,
    desc: String,
    left: Tenths,
    values: Vec<Word>,
    months: Vec<Word>,
    launch: Option<(Tenths, Word)>,
    mark: Option<(Tenths, Word)>,
    target: Option<Tenths>,
    plan: String,
    actual: String,
    outlook: String,
    dot: Option<(Tenths, Tenths)>,
}

impl HtmlSafe for LineChart {}

/// How much of a whole was reached, as a bar, and how much should be by today, as a tick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bullet {
    /// Both in words, for who does not see it.
    pub label: String,
    /// What was reached; the bar ends with the whole, whatever is beyond it.
    pub value_percent: i64,
    /// What should be.
    pub plan_percent: i64,
}

impl Bullet {
    /// A bar with its tick.
    #[must_use]
    pub fn new(label: String, value_percent: i64, plan_percent: i64) -> Self {
        Self { label, value_percent, plan_percent }
    }
}

impl fmt::Display for Bullet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        bullet(self).fmt(f)
    }
}

impl askama::FastWritable for Bullet {
    fn write_into(&self, to: &mut dyn Write, values: &dyn askama::Values) -> askama::Result<()> {
        bullet(self).write_into(to, values)
    }
}

impl HtmlSafe for Bullet {}

fn bullet(one: &Bullet) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    // The tick keeps a width inside the picture.
    let (value, plan) = (one.value_percent.clamp(0, 100), one.plan_percent.clamp(1, 99));
    Html(move |to: &mut dyn Write| {
        to.write_str("<svg class=\"bullet\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" role=\"img\"")?;
        attribute(to, "aria-label", &one.label)?;
        to.write_str("><rect y=\"1\" width=\"100\" height=\"6\"/>")?;
        write!(to, "<rect class=\"v\" y=\"1\" width=\"{value}\" height=\"6\"/><path d=\"M{plan} 0V8\"/></svg>")
    })
}

#[cfg(test)]
mod tests;
