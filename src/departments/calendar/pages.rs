//! `/admin/calendar`: working days and hours, holidays and make-up working days, and a month that shows the result.

use super::{
    actions,
    model::{self, Run, Square},
    store::{self, Clocks},
};
use crate::platform::{clock::agreed_day, locale::T};
use crate::{
    departments::{
        access::OrganisationEditor,
        actions::Outcome,
        model::Difference,
        organisation::{
            self,
            model::{DayKind, Organisation, WorkingTime, weekday},
        },
    },
    events::Change,
    web::{self, AppState, Error, Errors, Fields, Flash, Place, Reply, Routes, Shell, Tier, shell::Undo, ui},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

/// The routes of the calendar.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Administrator, "/admin/calendar", show)
        .post(Tier::Administrator, "/admin/calendar/hours", save_hours)
        .post(Tier::Administrator, "/admin/calendar/days", set_days)
        .post(Tier::Administrator, "/admin/calendar/days/remove", clear_days)
}

#[derive(Template)]
#[template(path = "admin/calendar.html")]
struct CalendarPage {
    shell: Shell,
    tab: &'static str,
    version: i32,
    time_zone: String,
    week: Vec<Weekday>,
    day_starts: String,
    day_ends: String,
    kinds: Vec<ui::Choice>,
    kind: String,
    from: String,
    to: String,
    name: String,
    errors: Errors,
    conflict: Vec<Difference>,
    runs: Vec<Line>,
    month_title: String,
    earlier: String,
    later: String,
    weeks: Vec<Vec<Cell>>,
    /// What the change that was just saved moves; none when none was.
    moving: Option<Vec<Moving>>,
}

/// The clocks of a project.
struct Moving {
    key: String,
    name: String,
    /// In words; empty for none.
    escalations: String,
    /// In words; empty for none.
    requests: String,
}

struct Weekday {
    number: i16,
    name: String,
    is_ticked: bool,
}

struct Line {
    days: String,
    from: Date,
    to: Date,
    is_holiday: bool,
    name: String,
}

struct Cell {
    day: i8,
    square: Square,
    is_today: bool,
    /// What a reader is told: "Holiday: National Day"; empty for an ordinary day.
    word: String,
    label: String,
}

/// The month that the address names, `?month=2026-10`, or this one.
fn month_of(shell: &Shell) -> Date {
    let query = shell.path.split_once('?').map(|(_, query)| Fields::parse(query)).unwrap_or_default();
    agreed_day(&format!("{}-01", query.get("month"))).unwrap_or_else(|| shell.today().first_of_month())
}

/// From when to when the change runs that was just saved, as the address says: all of it after a change of the week.
fn just_saved(shell: &Shell, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
    let query = shell.path.split_once('?').map(|(_, query)| Fields::parse(query))?;
    if query.get("saved") == "week" {
        return Some((Timestamp::UNIX_EPOCH, Timestamp::MAX));
    }
    let (from, to) = (agreed_day(query.get("from"))?, agreed_day(query.get("to"))?);
    let start = |day: Date| day.to_zoned(zone.clone()).ok().map(|day| day.timestamp());
    Some((start(from)?, start(to.tomorrow().ok()?)?))
}

fn moving(t: T, clocks: Clocks) -> Moving {
    let words = |count: i64, words: &dyn Fn(i64) -> String| if count == 0 { String::new() } else { words(count) };
    Moving {
        escalations: words(clocks.escalations, &|count| t.calendar_escalations(count)),
        requests: words(clocks.requests, &|count| t.calendar_requests(count)),
        key: clocks.key,
        name: clocks.name,
    }
}

impl CalendarPage {
    async fn load(state: &AppState, shell: Shell) -> web::Result<Self> {
        let month = month_of(&shell);
        let mut lease = state.db.lease().await?;
        let organisation = organisation::store::organisation(&mut lease).await?.ok_or(Error::NotFound)?;
        // From last year on, and whatever the month shows.
        let from = shell.today().first_of_year().checked_sub(1.year()).unwrap_or(month).min(month);
        let from = from.checked_sub(7.days()).unwrap_or(from);
        let days = store::days(&mut lease, from, Date::MAX).await?;
        let calendar = organisation::model::calendar(
            &organisation.working_days,
            organisation.day_starts,
            organisation.day_ends,
            &organisation.time_zone,
            days.iter().map(|day| (day.day, day.kind)),
        );
        let moving = match just_saved(&shell, calendar.zone()) {
            Some((begins, ends)) => {
                let clocks = store::clocks(&mut lease, begins, ends).await?;
                Some(clocks.into_iter().map(|clocks| moving(shell.t, clocks)).collect())
            }
            None => None,
        };
        let weeks = model::month(month, &calendar, &days)
            .into_iter()
            .map(|week| week.into_iter().map(|square| cell(&shell, square)).collect())
            .collect();
        let address = |by: i64| {
            let other = month.checked_add(by.months()).unwrap_or(month);
            format!("/admin/calendar?month={}#month", other.strftime("%Y-%m"))
        };
        let t = shell.t;
        Ok(Self {
            tab: "calendar",
            version: organisation.version,
            week: week(&shell, &organisation.working_days),
            day_starts: organisation.day_starts.strftime("%H:%M").to_string(),
            day_ends: organisation.day_ends.strftime("%H:%M").to_string(),
            kinds: vec![
                ui::Choice::with_hint("holiday", t.calendar_holiday(), t.calendar_holiday_hint()),
                ui::Choice::with_hint("working", t.calendar_working(), t.calendar_working_hint()),
            ],
            kind: "holiday".to_owned(),
            from: String::new(),
            to: String::new(),
            name: String::new(),
            errors: Errors::none(),
            conflict: Vec::new(),
            runs: Run::of(days).into_iter().rev().map(|run| line(&shell, run)).collect(),
            month_title: t.calendar_month(i16::from(month.month()), month.year()),
            earlier: address(-1),
            later: address(1),
            weeks,
            moving,
            time_zone: organisation.time_zone,
            shell: shell.at(Place::Administration),
        })
    }

    fn with_hours(mut self, fields: &Fields) -> Self {
        let ticked: Vec<i16> = fields.all("working_day").filter_map(|day| day.parse().ok()).collect();
        self.week = week(&self.shell, &ticked);
        self.day_starts = fields.get("day_starts").to_owned();
        self.day_ends = fields.get("day_ends").to_owned();
        self
    }
}

fn week(shell: &Shell, ticked: &[i16]) -> Vec<Weekday> {
    (1..=7)
        .map(|number| Weekday { number, name: weekday(shell.t, number), is_ticked: ticked.contains(&number) })
        .collect()
}

fn line(shell: &Shell, run: Run) -> Line {
    let t = shell.t;
    let days = if run.from == run.to {
        shell.day(run.from)
    } else {
        t.calendar_run(run.days().len(), shell.day(run.from), shell.day(run.to))
    };
    Line { days, from: run.from, to: run.to, is_holiday: run.kind == DayKind::Holiday, name: run.name }
}

fn cell(shell: &Shell, square: Square) -> Cell {
    let t = shell.t;
    let word = match (square.exception, square.works) {
        (Some(DayKind::Holiday), _) if square.name.is_empty() => t.calendar_holiday(),
        (Some(DayKind::Working), _) if square.name.is_empty() => t.calendar_working_short(),
        (Some(_), _) => square.name.clone(),
        (None, true) => String::new(),
        (None, false) => t.calendar_free(),
    };
    let state = if square.works { t.calendar_people_work() } else { t.calendar_nobody_works() };
    Cell {
        day: square.day.day(),
        is_today: square.day == shell.today(),
        label: t.list(&[shell.day(square.day), state]),
        word,
        square,
    }
}

async fn show(State(state): State<AppState>, shell: Shell, _: OrganisationEditor) -> web::Result {
    web::page(&CalendarPage::load(&state, shell).await?)
}

async fn save_hours(
    State(state): State<AppState>,
    shell: Shell,
    editor: OrganisationEditor,
    fields: Fields,
) -> web::Result {
    let version = fields.hidden("version")?;
    let working = match WorkingTime::read(shell.t, &fields) {
        Ok(working) => working,
        Err(errors) => {
            let page = CalendarPage::load(&state, shell).await?.with_hours(&fields);
            return web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &CalendarPage { errors, version, ..page });
        }
    };
    let mut change = Change::begin(&state, &shell).await?;
    match organisation::actions::change_working_time(&mut change, &editor, version, &working).await? {
        Outcome::Done => change.commit().await?,
        Outcome::Stale => {
            let theirs = organisation::store::organisation(change.conn()).await?.ok_or(Error::NotFound)?;
            drop(change);
            let conflict = differences(&shell, &theirs, &working);
            let page = CalendarPage::load(&state, shell).await?.with_hours(&fields);
            return web::page_with(StatusCode::CONFLICT, &CalendarPage { conflict, ..page });
        }
        Outcome::Already | Outcome::CodeTaken | Outcome::NoSuchHead => {}
    }
    let done = shell.t.calendar_saved();
    Ok(Reply::to("/admin/calendar?saved=week").done(done).into_response())
}

fn differences(shell: &Shell, theirs: &Organisation, yours: &WorkingTime) -> Vec<Difference> {
    let t = shell.t;
    let days = |days: &[i16]| t.list(&days.iter().map(|day| weekday(t, *day)).collect::<Vec<_>>());
    let hour = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
    Difference::between(vec![
        (t.calendar_days(), days(&theirs.working_days), days(&yours.days)),
        (t.calendar_starts(), hour(theirs.day_starts), hour(yours.starts)),
        (t.calendar_ends(), hour(theirs.day_ends), hour(yours.ends)),
    ])
}

async fn set_days(
    State(state): State<AppState>,
    shell: Shell,
    editor: OrganisationEditor,
    fields: Fields,
) -> web::Result {
    let run = match Run::read(shell.t, &fields) {
        Ok(run) => run,
        Err(errors) => {
            let page = CalendarPage::load(&state, shell).await?;
            let text = |name| fields.get(name).to_owned();
            let (kind, from, to, name) = (text("kind"), text("from"), text("to"), text("name"));
            let page = CalendarPage { errors, kind, from, to, name, ..page };
            return web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let mut change = Change::begin(&state, &shell).await?;
    if actions::set(&mut change, &editor, &run).await? == Outcome::Done {
        change.commit().await?;
    }
    let done = shell.t.calendar_days_set(line(&shell, run.clone()).days);
    let to = format!("/admin/calendar?month={}&from={}&to={}", run.from.strftime("%Y-%m"), run.from, run.to);
    Ok(Reply::to(to).done(done).into_response())
}

async fn clear_days(
    State(state): State<AppState>,
    shell: Shell,
    editor: OrganisationEditor,
    fields: Fields,
) -> web::Result {
    let (from, to): (Date, Date) = (fields.hidden("from")?, fields.hidden("to")?);
    let mut change = Change::begin(&state, &shell).await?;
    let before = Run::of(store::days(change.conn(), from, to).await?);
    if actions::clear(&mut change, &editor, from, to).await? == Outcome::Done {
        change.commit().await?;
    }
    let undo = before.first().filter(|_| before.len() == 1).map(|run| Undo {
        action: "/admin/calendar/days".to_owned(),
        fields: vec![
            ("kind".to_owned(), run.kind.as_str().to_owned()),
            ("from".to_owned(), run.from.to_string()),
            ("to".to_owned(), run.to.to_string()),
            ("name".to_owned(), run.name.clone()),
        ],
    });
    let text = shell.t.calendar_days_cleared();
    Ok(Reply::to(format!("/admin/calendar?from={from}&to={to}"))
        .flash(Flash { tone: "ok", text, undo })
        .into_response())
}
