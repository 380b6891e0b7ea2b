//! `/admin/audit` and `/admin/audit.csv`.

use super::{
    csv,
    model::{Group, Question},
    store,
};
use crate::{
    accounts::{Administrator, people},
    events::{
        Recorded,
        feed::{self, Entry, Feed},
        store::{Filter, read},
    },
    platform::ids::{PersonId, ProjectId},
    web::{self, AppState, Error, Errors, Fields, Place, Routes, Shell, Tier, ui},
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use sqlx::PgConnection;

/// Lines a page.
const PAGE: usize = 50;
/// Lines of a file.
const FILE: usize = 10_000;
/// So many people at most are meant by one name.
const NAMESAKES: usize = 20;

/// The routes of the audit.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(Tier::Administrator, "/admin/audit", show).get(Tier::Administrator, "/admin/audit.csv", download)
}

#[derive(Template)]
#[template(path = "admin/audit.html")]
struct AuditPage {
    shell: Shell,
    tab: &'static str,
    question: Question,
    group: &'static str,
    groups: Vec<ui::Choice>,
    errors: Errors,
    feed: Feed,
    csv: String,
    most: String,
}

/// The filter for a question; none when it names somebody or something that is not there.
async fn filter(conn: &mut PgConnection, question: &Question) -> Result<Option<Filter>, sqlx::Error> {
    let mut filter = Filter { since: question.since, until: question.until, ..Filter::default() };
    if let Some(group) = question.group {
        filter.kinds = group.kinds();
    }
    if !question.project.is_empty() {
        filter.project = store::project(conn, &question.project).await?;
        if filter.project.is_none() {
            return Ok(None);
        }
    }
    if let Ok(person) = question.who.parse::<PersonId>() {
        filter.people = vec![person];
    } else if !question.who.is_empty() {
        let named = people::Filter { text: question.who.clone(), ..people::Filter::default() };
        filter.people = people::names(conn, &named).await?.into_iter().map(|(_, id)| id).take(NAMESAKES).collect();
        if filter.people.is_empty() {
            return Ok(None);
        }
    }
    Ok(Some(filter))
}

async fn show(State(state): State<AppState>, shell: Shell, _: Administrator, query: Fields) -> web::Result {
    let (question, errors) = Question::read(shell.t, &shell.zone, &query);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut lease = state.db.lease().await?;
    let mut found = Vec::new();
    let older_than = feed::before(&query);
    if errors.is_empty()
        && let Some(asked) = filter(&mut lease, &question).await?
    {
        let more = i64::try_from(PAGE).unwrap_or(i64::MAX).saturating_add(1);
        found = read(&mut lease, &Filter { older_than, ..asked }, more).await?;
    }
    let has_older = found.len() > PAGE;
    found.truncate(PAGE);
    let keys = store::keys(&mut lease, &projects(&found)).await?;
    let key = |event: &Recorded| event.project_id.and_then(|id| keys.get(&id)).map(String::as_str);
    let feed = Feed {
        entries: found.iter().map(|event| Entry::new(&shell, event, key(event))).collect(),
        newer: older_than.map(|_| feed::newest(&shell)),
        older: found.last().filter(|_| has_older).map(|last| feed::older(&shell, last.id)),
    };
    let t = shell.t;
    let mut groups = vec![ui::Choice::new("", t.audit_everything())];
    groups.extend(Group::ALL.into_iter().map(|group| ui::Choice::new(group.as_str(), group.label(t))));
    let page = AuditPage {
        tab: "audit",
        group: question.group.map(Group::as_str).unwrap_or_default(),
        groups,
        errors,
        feed,
        csv: format!("/admin/audit.csv?{}", question.query()),
        most: t.number(i64::try_from(FILE).unwrap_or(i64::MAX)),
        question,
        shell: shell.at(Place::Administration),
    };
    web::page_with(status, &page)
}

fn projects(events: &[Recorded]) -> Vec<ProjectId> {
    let mut ids: Vec<ProjectId> = events.iter().filter_map(|event| event.project_id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

async fn download(State(state): State<AppState>, shell: Shell, _: Administrator, query: Fields) -> web::Result {
    let (question, errors) = Question::read(shell.t, &shell.zone, &query);
    if !errors.is_empty() {
        return Err(Error::Unprocessable);
    }
    let mut lease = state.db.lease().await?;
    let mut found = Vec::new();
    if let Some(asked) = filter(&mut lease, &question).await? {
        let more = i64::try_from(FILE).unwrap_or(i64::MAX).saturating_add(1);
        found = read(&mut lease, &asked, more).await?;
    }
    let is_cut = found.len() > FILE;
    found.truncate(FILE);
    let keys = store::keys(&mut lease, &projects(&found)).await?;
    drop(lease);
    let file = csv::table(&shell, &found, &keys, is_cut).map_err(Error::internal)?;
    let name = format!("attachment; filename=\"tutti-audit-{}.csv\"", shell.today());
    let name = HeaderValue::from_str(&name).map_err(Error::internal)?;
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], file).into_response())
}
