//! `/p/GEO/goals/kpis`: the indicators of each department, how good the newest figure is and which are missing.

use super::{
    answers::Asked,
    defaults,
    form::cadence,
    model::{Better, Kpi, SHOWN, State, Trend},
    store,
};
use crate::{
    goals::{
        access::GoalsViewer,
        figures::{Measure, Scale, UnitKind},
        model::{Entry, Place},
        periods::Period,
        view::{points, scale_in_words},
    },
    platform::locale::T,
    projects::{Chip, Part, ProjectHead, Tab},
    web::{
        Result, Routes, Shell, Tier, page, paths,
        ui::{
            self,
            chart::{Line, LineChart},
        },
    },
};
use askama::Template;
use jiff::civil::Date;

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/goals/kpis", show)
}

/// Tone, picture and words.
pub(super) type Said = (&'static str, &'static str, String);

#[derive(Template)]
#[template(path = "goals/kpis.html")]
struct Page {
    shell: Shell,
    head: ProjectHead,
    goals_href: String,
    new_href: String,
    may_add: bool,
    cards: Vec<Card>,
    /// Departments that may begin with some, and where each leads.
    begins: Vec<Begin>,
    /// One of them has something that fits.
    may_begin: bool,
}

/// A department without any: the chip, the names that fit with their forms, and an empty form.
struct Begin {
    chip: Chip,
    fitting: Vec<(String, &'static str)>,
    href: String,
}

/// An indicator.
struct Card {
    id: String,
    chip: Chip,
    title: String,
    /// The newest figure; a dash before there is one.
    figure: String,
    /// Of when.
    when: String,
    state: Option<Said>,
    trend: Option<Said>,
    missing: String,
    target: String,
    /// What is counted, and how often.
    scale: String,
    same_as: Option<(Place, String, String)>,
    /// The figure of a gate that it answers: words and the gate.
    answers: Option<(String, String)>,
    chart: Option<LineChart>,
    table: Vec<(String, String, String)>,
    enter_href: String,
    paste_href: String,
    edit_href: String,
    may_enter: bool,
    may_set: bool,
}

/// How good a figure is, in words.
fn state(t: T, state: State) -> Said {
    match state {
        State::Green => ("ok", "ok", t.goals_kpi_green()),
        State::Warning => ("warn", "warn", t.goals_kpi_in_warning()),
        State::Alarm => ("bad", "bad", t.goals_kpi_in_alarm()),
    }
}

/// A difference: between percentages it is points.
fn difference(t: T, scale: &Scale, amount: i64) -> String {
    match scale.unit_kind {
        UnitKind::Percent => points(t, scale, amount),
        UnitKind::Number | UnitKind::Money => scale.short(t, amount),
    }
}

fn trend(t: T, kpi: &Kpi) -> Option<Said> {
    let (before, trend) = kpi.trend()?;
    let before = before.name(t);
    let (tone, change) = match trend {
        Trend::Same => return Some(("", "right", t.goals_kpi_trend_same(before))),
        Trend::Better(change) => ("ok", change),
        Trend::Worse(change) => ("warn", change),
    };
    let size = difference(t, &kpi.scale, change.saturating_abs());
    if change > 0 {
        Some((tone, "up", t.goals_kpi_trend_up(size, before)))
    } else {
        Some((tone, "fall", t.goals_kpi_trend_down(size, before)))
    }
}

/// What is missing: one by its name, many by their number.
pub(super) fn missing(t: T, kpi: &Kpi, today: Date) -> String {
    let missing = kpi.missing(today);
    match missing.as_slice() {
        [] => String::new(),
        [one] => t.goals_kpi_missing(one.name(t)),
        [.., last] => t.goals_kpi_missing_many(missing.len(), last.name(t)),
    }
}

/// An entry as it was entered: of a ratio both figures and what they make.
pub(super) fn entered(t: T, kpi: &Kpi, entry: &Entry) -> String {
    kpi.scale.written(t, (entry.value, entry.base))
}

/// The last periods, drawn: none before there is a figure.
fn chart(t: T, kpi: &Kpi, (id, today): (&str, Date)) -> Option<LineChart> {
    let (newest, figure) = kpi.newest()?;
    let scale = &kpi.scale;
    let first = kpi.entries.first().map_or(today, |entry| entry.period);
    let shown = Period::up_to(kpi.cadence, today, SHOWN);
    let begun = shown.iter().position(|period| period.next().first() > first).unwrap_or_default();
    // From its first figure on, and half of the picture at least.
    let shown = shown.get(begun.min(SHOWN / 2)..).unwrap_or_default();
    let actual: Vec<Option<i64>> =
        shown.iter().map(|period| kpi.entry(*period).and_then(|entry| kpi.figure(entry))).collect();
    let described = match kpi.target {
        Some(target) => t.goals_kpi_chart_target(scale.full(t, figure), newest.name(t), scale.full(t, target)),
        None => t.goals_kpi_chart(scale.full(t, figure), newest.name(t)),
    };
    let short = shown.iter().map(|period| period.short(t)).collect();
    let line = Line::new(format!("{id}-chart"), kpi.title.clone(), described, short, None).actual(actual);
    Some(line.target(kpi.target).drawn(&|amount| scale.short(t, amount)))
}

fn target(t: T, kpi: &Kpi) -> String {
    let amount = |amount: i64| kpi.scale.full(t, amount);
    let limits = [
        kpi.target.map(|target| t.goals_kpi_of_target(amount(target))),
        kpi.warning.map(|warning| match kpi.better {
            Better::Up => t.goals_kpi_warns_below(amount(warning)),
            Better::Down => t.goals_kpi_warns_above(amount(warning)),
        }),
        kpi.alarm.map(|alarm| match kpi.better {
            Better::Up => t.goals_kpi_alarms_below(amount(alarm)),
            Better::Down => t.goals_kpi_alarms_above(amount(alarm)),
        }),
    ];
    limits.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn card(viewer: &GoalsViewer, (part, kpi): (&Part, &Kpi), asked: &[Asked]) -> Card {
    let (t, today) = (viewer.shell().t, viewer.shell().today());
    let (id, newest) = (format!("kpi-{}", kpi.id), kpi.newest());
    let path = |page: &str| viewer.path(&format!("kpis/{}{page}", kpi.id));
    let line = |entry: &Entry| {
        let period = Period::of(kpi.cadence, entry.period);
        (period.name(t), entered(t, kpi, entry), entry.note.clone())
    };
    Card {
        chip: Chip::of(part, t),
        title: kpi.title.clone(),
        figure: newest.map_or_else(|| "–".to_owned(), |(_, figure)| with_unit(t, &kpi.scale, figure)),
        when: newest.map_or_else(|| t.goals_kpi_no_figure(), |(period, _)| period.name(t)),
        state: kpi.thresholds().state(newest.map(|(_, figure)| figure)).map(|one| state(t, one)),
        trend: trend(t, kpi),
        missing: missing(t, kpi, today),
        target: target(t, kpi),
        scale: t.goals_kpi_scale(cadence(t, kpi.cadence), unit(t, &kpi.scale)),
        same_as: kpi
            .key_result
            .as_ref()
            .map(|same| (same.place(), same.title.clone(), viewer.path(&same.place().to_string()))),
        answers: asked.iter().find(|one| one.answered_by == Some(kpi.id)).map(|one| {
            let page = format!("gates/{}", one.stage);
            (one.in_words(t), paths::project(&viewer.project().key, &page).to_string())
        }),
        chart: chart(t, kpi, (&id, today)),
        table: kpi.entries.iter().rev().take(SHOWN).map(line).collect(),
        enter_href: path("/enter"),
        paste_href: path("/paste"),
        edit_href: path(""),
        may_enter: viewer.may_enter(kpi.part),
        may_set: viewer.may_set_kpis(kpi.part),
        id,
    }
}

/// The newest figure with what is counted; a ratio counts two things, money and percentages say so themselves.
fn with_unit(t: T, scale: &Scale, figure: i64) -> String {
    let short = scale.short(t, figure);
    match (scale.measure, scale.unit_kind) {
        (Measure::Additive | Measure::Level, UnitKind::Number) => t.goals_amount_named(short, &scale.unit),
        _ => short,
    }
}

/// What is counted; money and percentages say so themselves.
fn unit(t: T, scale: &Scale) -> String {
    match scale.measure {
        Measure::Ratio => scale_in_words(t, scale),
        Measure::Additive | Measure::Level if scale.unit_kind == UnitKind::Percent => "%".to_owned(),
        Measure::Additive | Measure::Level => scale.unit.clone(),
    }
}

fn cards(viewer: &GoalsViewer, part: &Part, (kpis, asked): (&[Kpi], &[Asked])) -> Vec<Card> {
    kpis.iter().filter(|kpi| kpi.part == part.id).map(|kpi| card(viewer, (part, kpi), asked)).collect()
}

fn begin(viewer: &GoalsViewer, part: &Part) -> Begin {
    let (t, href) = (viewer.shell().t, viewer.path(&format!("kpis/new?part={}", part.id)));
    let fitting = defaults::of(&part.code).iter().zip(1..);
    Begin {
        chip: Chip::of(part, t),
        fitting: fitting.map(|(one, place)| (format!("{href}&begin={place}"), one.title(t))).collect(),
        href,
    }
}

async fn show(mut viewer: GoalsViewer) -> Result {
    let project = viewer.project().id;
    let figures = i64::try_from(SHOWN + 1).unwrap_or(i64::MAX);
    let kpis = store::kpis(viewer.conn(), project, (None, figures)).await?;
    let asked = store::asked(viewer.conn(), project).await?;
    let has_none = |part: &&Part| viewer.may_set_kpis(part.id) && kpis.iter().all(|kpi| kpi.part != part.id);
    let begins: Vec<Begin> = viewer.departments().filter(has_none).map(|part| begin(&viewer, part)).collect();
    let view = Page {
        goals_href: viewer.path(""),
        new_href: viewer.path("kpis/new"),
        may_add: viewer.departments().any(|part| viewer.may_set_kpis(part.id)),
        cards: viewer.departments().flat_map(|part| cards(&viewer, part, (&kpis, &asked))).collect(),
        may_begin: begins.iter().any(|one| !one.fitting.is_empty()),
        begins,
        head: viewer.viewer().standing().head(Tab::None),
        shell: viewer.shell().clone(),
    };
    page(&view)
}
