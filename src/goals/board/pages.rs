//! `/p/GEO/goals`: strategy, objectives with their key results, and what each department owes this month.

use super::view::{Card, Reader, Said};
use crate::{
    goals::{
        access::GoalsViewer,
        figures::Measure,
        model::{Goals, KeyResult, Objective, Place},
        months::Month,
        pace::{self, Pace},
        signing::{store as proposals, view::Strip},
        store,
        strategy::{self, view::Summary},
        view::{Span, pace_in_words},
    },
    platform::{ids::PartId, locale::T},
    projects::{Chip, Part, ProjectHead, Tab},
    web::{
        Result, Routes, Shell, Tier, page,
        ui::{self, chart::Bullet},
    },
};
use askama::Template;
use jiff::civil::Date;

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/goals", show)
}

#[derive(Template)]
#[template(path = "goals/board.html")]
struct Page {
    shell: Shell,
    head: ProjectHead,
    strategy: Summary,
    strip: Option<Strip>,
    objectives: Vec<Block>,
    pyramid_href: String,
    new_href: String,
    may_set: bool,
    may_add: bool,
    may_enter: bool,
    month: String,
    shares: Vec<ShareLine>,
}

/// An objective with its key results.
struct Block {
    position: i16,
    title: String,
    why: String,
    cards: Vec<(Card, Option<Chip>, String)>,
    may_add: bool,
}

/// What a department owes this month to one key result.
struct ShareLine {
    chip: Chip,
    owes: String,
    place: Place,
    href: String,
    planned: String,
    actual: String,
    bullet: Option<Bullet>,
    pace: Option<Said>,
}

async fn show(mut viewer: GoalsViewer) -> Result {
    let project = viewer.project().id;
    let goals: Goals = store::goals(viewer.conn(), project).await?;
    let strategy = strategy::store::current(viewer.conn(), project).await?;
    let proposal = proposals::current(viewer.conn(), project).await?;
    let (t, today) = (viewer.shell().t, viewer.shell().today());
    let month = Month::of(today);
    let page_of = Page {
        objectives: goals.0.iter().map(|objective| block(&viewer, objective)).collect(),
        strip: Strip::of(&viewer, &goals, proposal.as_ref()),
        strategy: Summary::of(&viewer, strategy.as_ref()),
        pyramid_href: viewer.path("pyramid"),
        new_href: viewer.path("objectives/new"),
        may_set: viewer.may_set(),
        may_add: viewer.may_set() && goals.free().is_some(),
        may_enter: viewer.departments().any(|part| viewer.may_enter(part.id)),
        month: t.month(month.first()),
        shares: viewer.departments().flat_map(|part| lines(&viewer, &goals, part, (month, today))).collect(),
        head: viewer.viewer().standing().head(Tab::Goals),
        shell: viewer.shell().clone(),
    };
    page(&page_of)
}

fn block(viewer: &GoalsViewer, objective: &Objective) -> Block {
    let (shell, t) = (viewer.shell(), viewer.shell().t);
    let card = |of: &KeyResult| {
        let place = objective.place_of(of);
        let id = format!("kr-{}-{}", place.objective, place.key_result);
        let reader = Reader { t, today: shell.today(), launch: viewer.project().launches_on, id: &id };
        let part = viewer.part(of.part);
        let liaison = part.and_then(|part| part.liaison_name.clone()).unwrap_or_default();
        let card = Card::new(&reader, (place, of), viewer.path(&place.to_string()));
        (card, part.map(|part| Chip::of(part, t)), liaison)
    };
    Block {
        position: objective.position,
        title: objective.title.clone(),
        why: objective.why.clone(),
        cards: objective.key_results.iter().map(card).collect(),
        may_add: viewer.may_set() && objective.free().is_some(),
    }
}

/// What a department owes in a month: a line a key result.
fn lines(viewer: &GoalsViewer, goals: &Goals, part: &Part, (month, today): (Month, Date)) -> Vec<ShareLine> {
    let t = viewer.shell().t;
    let line = |(place, of): (Place, &KeyResult)| {
        let row = of.row(part.id)?;
        let cell = row.cells.iter().find(|cell| cell.month == month)?;
        let entry = of.entries.iter().find(|entry| entry.part == part.id && Month::of(entry.period) == month);
        let (planned, actual) = match of.scale.measure {
            Measure::Additive | Measure::Level => (Some(cell.amount), entry.map(|entry| entry.value)),
            Measure::Ratio => (
                of.scale.ratio(cell.amount, cell.base),
                entry.and_then(|entry| of.scale.ratio(entry.value, entry.base)),
            ),
        };
        let shown = |amount: Option<i64>| amount.map_or_else(|| "–".to_owned(), |amount| of.scale.short(t, amount));
        Some(ShareLine {
            chip: Chip::of(part, t),
            owes: row.owes.clone(),
            place,
            href: format!("{}#share-{}", viewer.path(&place.to_string()), part.id),
            planned: shown(planned),
            actual: shown(actual),
            bullet: bullet(t, of, (planned, actual), month.passed(today)),
            pace: said(t, of, (part.id, (planned, actual)), (month, today)),
        })
    };
    goals.key_results().filter_map(line).collect()
}

/// The part of the month's share that was reached, with the plan for today as a tick: of a sum the part of the month that has
/// passed, of the others all of it.
fn bullet(
    t: T,
    of: &KeyResult,
    (planned, actual): (Option<i64>, Option<i64>),
    (passed, days): (i64, i64),
) -> Option<Bullet> {
    let (planned, actual) = (planned.filter(|planned| *planned > 0)?, actual?);
    let reached = crate::goals::figures::rounded(i128::from(actual) * 100, i128::from(planned));
    let by_now = match of.scale.measure {
        Measure::Additive => crate::goals::figures::rounded(i128::from(passed) * 100, i128::from(days)),
        Measure::Level | Measure::Ratio => 100,
    };
    Some(Bullet::new(t.goals_bullet(by_now, reached), reached, by_now))
}

/// Where the department stands with the month: of a sum against the part of it that has passed. A month without a figure says that
/// there is none yet.
fn said(
    t: T,
    of: &KeyResult,
    (part, (planned, actual)): (PartId, (Option<i64>, Option<i64>)),
    (month, today): (Month, Date),
) -> Option<Said> {
    let Some(actual) = actual else { return Some(("", "clock", t.goals_not_entered())) };
    if of.scale.measure != Measure::Additive {
        return pace::share(of, part, today).map(|pace| pace_in_words(t, &of.scale, &pace, Span::of(of)));
    }
    let (passed, days) = month.passed(today);
    let planned = crate::goals::figures::rounded(i128::from(planned?) * i128::from(passed), i128::from(days));
    let of_month = Pace { month: 0, actual, planned, rises: of.terms().rises(), baseline: 0 };
    Some(pace_in_words(t, &of.scale, &of_month, Span::ThisMonth))
}
