//! Tasks: the page, who may, the status, the form, the people; what is refused, and what happens when several come at
//! once.

mod access;
mod fields;
mod people;
mod show;
mod status;

use crate::support::TestApp;
use sqlx::Row;
use uuid::Uuid;

const SCRIPT: &str = "<script>alert('x')</script>";

/// GEO with task 1 of marketing, assigned to `member`, due last Friday.
async fn with_task() -> (TestApp, Uuid) {
    let (app, geo) = TestApp::with_project().await;
    assert_eq!(app.task(geo, "MKT", "Pricing page", Some("member"), "2026-11-13").await, 1);
    (app, geo)
}

async fn part(app: &TestApp, project: Uuid, code: &str) -> String {
    let id: Uuid = sqlx::query_scalar("select id from parts where project_id = $1 and code = $2")
        .bind(project)
        .bind(code)
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    id.to_string()
}

async fn task(app: &TestApp, project: Uuid, number: i32) -> sqlx::postgres::PgRow {
    sqlx::query("select status, version, title, blocked_reason, done_at is not null as is_done, due_on::text as due_on, assignee_id from tasks where project_id = $1 and number = $2")
        .bind(project)
        .bind(number)
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap()
}

async fn status(app: &TestApp, project: Uuid, number: i32) -> String {
    task(app, project, number).await.get("status")
}

async fn count(app: &TestApp, sql: &'static str, project: Uuid) -> i64 {
    sqlx::query_scalar(sql).bind(project).fetch_one(&mut app.sql().await).await.unwrap()
}

async fn events(app: &TestApp, project: Uuid, kind: &str) -> i64 {
    sqlx::query_scalar("select count(*) from events where project_id = $1 and kind = $2")
        .bind(project)
        .bind(kind)
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap()
}
