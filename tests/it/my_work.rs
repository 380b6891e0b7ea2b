//! My work: what it shows, one change at a time, all in one form, and what others wait for.

mod by_letter;
mod click;
mod rows;
mod save;
mod size;
mod waiting;

use crate::support::{Answer, TestApp};
use uuid::Uuid;

/// The member of marketing has one task late, one today, one this week, one later and one without a date; the last
/// belongs to sales.
async fn tasks() -> (TestApp, Uuid) {
    let (app, geo) = TestApp::with_project().await;
    for (part, title, due) in [
        ("MKT", "Pricing page", "2026-11-13"),
        ("MKT", "Launch film", "2026-11-18"),
        ("MKT", "Webinar", "2026-11-20"),
        ("SAL", "Demo script", "2026-12-04"),
    ] {
        app.task(geo, part, title, Some("member"), due).await;
    }
    app.task(geo, "MKT", "Not mine", Some("liaison"), "2026-11-18").await;
    (app, geo)
}

async fn one(app: &TestApp, number: i32, column: &str) -> String {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
        "select coalesce(({column})::text, '') from tasks where number = $1 and project_id = (select id from projects where key = 'GEO')"
    )))
    .bind(number)
    .fetch_one(&mut app.sql().await)
    .await
    .unwrap()
}

async fn change(app: &TestApp, sql: &'static str) {
    sqlx::query(sql).execute(&mut app.sql().await).await.unwrap();
}

async fn events(app: &TestApp) -> Vec<(String, String)> {
    sqlx::query_as("select kind, subject_label from events where kind like 'task.%' order by kind, subject_label")
        .fetch_all(&mut app.sql().await)
        .await
        .unwrap()
}

/// What a browser would send of the form without a script: every field as it stands, some of them changed.
fn form(page: &Answer, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let page = scraper::Html::parse_document(&page.body);
    let select = |css: &str| scraper::Selector::parse(css).unwrap();
    let mut fields = Vec::new();
    for control in page.select(&select("#rows input, #rows select")) {
        let chosen = control.select(&select("option[selected]")).next();
        let (name, value) =
            (control.attr("name").unwrap(), chosen.unwrap_or(control).attr("value").unwrap_or_default());
        let wanted = changes.iter().find_map(|(changed, to)| (*changed == name).then_some(*to)).unwrap_or(value);
        let is_offered = |option: scraper::ElementRef<'_>| option.attr("value") == Some(wanted);
        assert!(chosen.is_none() || control.select(&select("option")).any(is_offered), "{name} offers no {wanted}");
        fields.push((name.to_owned(), wanted.to_owned()));
    }
    for (name, value) in changes {
        assert!(fields.contains(&((*name).to_owned(), (*value).to_owned())), "no field {name} for {value}");
    }
    fields
}

fn pairs<'a>(fields: &'a [(String, String)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(more.iter().copied()).collect()
}
