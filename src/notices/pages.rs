//! `/inbox`: one line each. Opening a line marks it as read, which is the reader's own note and no event.

use super::{
    model::{Want, guest_line},
    store::inbox::{self, Filter, Row},
};
use crate::{
    events::{self, Recorded, feed, sentences::describe},
    platform::ids::{EventId, NoticeId},
    web::{AppState, Error, Fields, Place, Reply, Result, Routes, Shell, Tier, page, paths::Parameter},
};
use askama::Template;
use axum::{extract::State, http::Uri, response::IntoResponse};
use jiff::Timestamp;
use std::collections::HashMap;

/// Lines of a page.
const LINES: usize = 50;
const PATH: &str = "/inbox";

/// The routes of the inbox.
pub fn routes() -> Routes {
    Routes::new().get(Tier::SignedIn, PATH, show).post(Tier::SignedIn, "/inbox/read", read_all).post(
        Tier::SignedIn,
        "/inbox/{id}",
        open,
    )
}

/// One line.
struct Line {
    id: String,
    icon: &'static str,
    tone: &'static str,
    /// What happened, in one sentence.
    text: String,
    /// What is wanted; empty when it is for information.
    want: String,
    /// How much more happened to the same thing, and when last; empty when nothing did.
    more: String,
    project: String,
    /// When it happened: the time of day, with the day where that is not the one it stands under.
    when: String,
    at: String,
    is_read: bool,
}

/// The lines of one day.
struct Day {
    name: String,
    lines: Vec<Line>,
}

/// A project to filter by.
struct ProjectChoice {
    name: String,
    unread: i64,
    href: String,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "notices/inbox.html")]
struct InboxPage {
    shell: Shell,
    days: Vec<Day>,
    projects: Vec<ProjectChoice>,
    /// The address with every project.
    all_href: String,
    /// Key of the chosen project, or empty.
    chosen: String,
    with_read: bool,
    /// The other view: with what has been read, or without.
    other_href: String,
    older: Option<String>,
    /// What the page shows is not newer than this.
    until: String,
    has_unread: bool,
}

fn address(key: &str, with_read: bool, before: Option<NoticeId>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if !key.is_empty() {
        query.append_pair("project", key);
    }
    if with_read {
        query.append_pair("view", "all");
    }
    if let Some(before) = before {
        query.append_pair("before", &before.to_string());
    }
    let query = query.finish();
    if query.is_empty() { PATH.to_owned() } else { format!("{PATH}?{query}") }
}

fn line(shell: &Shell, row: &Row, event: &Recorded) -> Line {
    let t = shell.t;
    let local = |at: Timestamp| at.to_zoned(shell.zone.clone());
    let (day_of, time_of) = (|at| local(at).date(), |at| local(at).strftime("%H:%M").to_string());
    let want = row.want.as_deref().and_then(Want::parse);
    let sentence = describe(t, &shell.zone, event);
    // Outsiders read what is put before them, not who works here.
    let text = if row.is_outsider { guest_line(t, event) } else { sentence.text() };
    Line {
        id: row.id.to_string(),
        icon: sentence.icon,
        tone: if row.is_read { "" } else { sentence.tone },
        text,
        want: want.map(|want| want.label(t)).unwrap_or_default(),
        more: match i64::from(row.count) - 1 {
            ..=0 => String::new(),
            more if row.at > event.at => t.notices_more_last(more, time_of(row.at)),
            more => t.notices_more(more),
        },
        project: if row.is_outsider { String::new() } else { row.project.clone() },
        when: if day_of(row.at) == day_of(event.at) { time_of(event.at) } else { shell.moment(event.at) },
        at: event.at.to_string(),
        is_read: row.is_read,
    }
}

/// By the day of the latest that a line folds, on the reader's clock, the latest first.
fn days(shell: &Shell, rows: &[Row], events: &HashMap<EventId, Recorded>) -> Vec<Day> {
    let day_of = |row: &Row| row.at.to_zoned(shell.zone.clone()).date();
    let of_day = rows.chunk_by(|one, next| day_of(one) == day_of(next));
    of_day
        .filter_map(|rows| {
            let day = day_of(rows.first()?);
            let name = if day == shell.today() { shell.t.notices_today() } else { shell.day(day) };
            let lines = rows.iter().filter_map(|row| Some(line(shell, row, events.get(&row.event_id)?))).collect();
            Some(Day { name, lines })
        })
        .collect()
}

async fn show(State(state): State<AppState>, shell: Shell, uri: Uri) -> Result {
    let viewer = shell.viewer()?.clone();
    let query = Fields::of_query(&uri);
    let (key, with_read) = (query.get("project").to_owned(), query.get("view") == "all");
    let filter =
        Filter { key: Some(key.clone()).filter(|key| !key.is_empty()), with_read, older_than: query.value("before") };
    let mut lease = state.db.lease().await?;
    let most = i64::try_from(LINES).unwrap_or(i64::MAX) + 1;
    let mut rows = inbox::lines(&mut lease, viewer.person_id, viewer.role.as_str(), &filter, most).await?;
    // A guest is not told of projects, not even by name.
    let projects = if shell.is_guest() {
        Vec::new()
    } else {
        inbox::projects(&mut lease, viewer.person_id, viewer.role.as_str()).await?
    };
    let has_older = rows.len() > LINES;
    rows.truncate(LINES);
    let older = rows.last().filter(|_| has_older).map(|last| address(&key, with_read, Some(last.id)));
    let ids: Vec<EventId> = rows.iter().map(|row| row.event_id).collect();
    let events = events::store::of_ids(&mut lease, &ids).await?;
    let shell = shell.at(Place::Inbox);
    page(&InboxPage {
        days: days(&shell, &rows, &events),
        projects: projects
            .into_iter()
            .map(|(other, name, unread)| ProjectChoice {
                name,
                unread,
                href: address(&other, with_read, None),
                is_chosen: other == key,
            })
            .collect(),
        all_href: address("", with_read, None),
        other_href: address(&key, !with_read, None),
        older,
        until: shell.now.to_string(),
        has_unread: rows.iter().any(|row| !row.is_read),
        chosen: key,
        with_read,
        shell,
    })
}

async fn open(State(state): State<AppState>, shell: Shell, Parameter(id): Parameter<NoticeId>) -> Result {
    let viewer = shell.viewer()?;
    let mut lease = state.db.lease().await?;
    let found = inbox::read_one(&mut lease, viewer.person_id, viewer.role.as_str(), id, shell.now).await?;
    let (key, subject_kind, label, subject) = found.ok_or(Error::NotFound)?;
    let href = feed::subject_href(&subject_kind, &label, subject, Some(&key));
    Ok(Reply::to(href.unwrap_or_else(|| PATH.to_owned())).into_response())
}

async fn read_all(State(state): State<AppState>, shell: Shell, fields: Fields) -> Result {
    let person = shell.viewer()?.person_id;
    let until: Timestamp = fields.hidden("until")?;
    let key = fields.get("project");
    let mut lease = state.db.lease().await?;
    let key_filter = Some(key).filter(|key| !key.is_empty());
    let read = inbox::read_all(&mut lease, person, key_filter, until.min(shell.now), shell.now).await?;
    let done = shell.t.notices_all_read(i64::try_from(read).unwrap_or(i64::MAX));
    Ok(Reply::to(address(key, false, None)).done(done).into_response())
}
