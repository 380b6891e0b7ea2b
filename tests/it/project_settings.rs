//! A project's settings: name, visibility, quorum, archiving, and dates that move with everything that hangs on them.

use crate::support::{TestApp, statements};

async fn scalar<V>(app: &TestApp, sql: &str) -> V
where
    V: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres> + Send + Unpin,
{
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned())).fetch_one(&mut app.sql().await).await.unwrap()
}

async fn events(app: &TestApp, kind: &str) -> i64 {
    scalar(app, &format!("select count(*) from events where kind = '{kind}'")).await
}

const FIELDS: [(&str, &str); 5] = [
    ("version", "1"),
    ("name", "GEO <b>Monitor</b> 2"),
    ("summary", "Line one\r\nline two"),
    ("visibility", "seats"),
    ("quorum", "2"),
];

fn with(name: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    FIELDS.into_iter().map(|(field, old)| (field, if field == name { value } else { old })).collect()
}

#[tokio::test]
async fn the_lead_changes_name_visibility_and_quorum() {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    let (page, count) = statements::count(lead.get("/p/GEO/settings")).await;
    let page = page.expect(200).says("1 · Flagship").says("12 Jan 2027").says("Archive project");
    assert_eq!(count, 2);
    assert_eq!(page.attribute("#name", "value").as_deref(), Some("GEO Monitor"));
    app.sign_in("colleague").await.get("/p/GEO/team").await.expect(200);
    let page =
        lead.submit("/p/GEO/settings", &FIELDS).await.expect(200).says("Settings saved").says("GEO <b>Monitor</b> 2");
    assert!(!page.body.contains("<b>Monitor</b>"));
    // Open to its seats only, from the next request on.
    app.sign_in("colleague").await.get("/p/GEO/team").await.expect(404);
    let after: serde_json::Value = scalar(&app, "select after from events where kind = 'project.changed'").await;
    assert_eq!((after["visibility"].as_str(), after["quorum"].as_i64()), (Some("seats"), Some(2)));
    // The same form once more changes nothing.
    lead.post("/p/GEO/settings", &FIELDS).await.expect(303);
    assert_eq!(events(&app, "project.changed").await, 1);
}

#[tokio::test]
async fn mistakes_are_sent_back_with_what_was_typed() {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    for (name, value, words) in [
        ("name", "", "Give the project a name"),
        ("quorum", "9", "Give a number from 0 to 2"),
        ("quorum", "many", "Give a whole number"),
    ] {
        let page = lead.post("/p/GEO/settings", &with(name, value)).await.expect(422).says(words);
        assert_eq!(page.attribute(&format!("#{name}"), "value").as_deref(), Some(value));
    }
    lead.post("/p/GEO/settings", &with("visibility", "everybody")).await.expect(422);
    lead.chinese().post("/p/GEO/settings", &with("name", "")).await.expect(422).says("请填写项目名称");
    assert_eq!(scalar::<String>(&app, "select name from projects where key = 'GEO'").await, "GEO Monitor");
}

#[tokio::test]
async fn a_stale_form_shows_what_stands_now() {
    let (app, _) = TestApp::with_project().await;
    app.sign_in("admin").await.post("/p/GEO/settings", &with("name", "Renamed")).await.expect(303);
    let mut lead = app.sign_in("lead").await;
    let page = lead.post("/p/GEO/settings", &with("quorum", "1")).await.expect(409);
    let page = page.says("Name is now: Renamed").says("Quorum is now: 2");
    assert_eq!(page.attribute("#name", "value").as_deref(), Some("GEO <b>Monitor</b> 2"));
    assert_eq!(page.attribute("#settings [name=version]", "value").as_deref(), Some("2"));
}

#[tokio::test]
async fn settings_are_the_leads_and_the_administrators() {
    let (app, _) = TestApp::with_project().await;
    for (name, status) in
        [("liaison", 403), ("chair", 403), ("viewer", 403), ("colleague", 403), ("adviser", 404), ("guest", 404)]
    {
        let mut browser = app.sign_in(name).await;
        for path in ["/p/GEO/settings", "/p/GEO/settings/archive", "/p/GEO/settings/restore", "/p/GEO/settings/dates"] {
            browser.get(path).await.expect(status);
            browser.post(path, &FIELDS).await.expect(status);
        }
    }
    app.sign_in("lead").await.get("/p/HAL/settings").await.expect(404);
    app.sign_in("lead").await.post("/p/HAL/settings/archive", &[]).await.expect(404);
    app.sign_in("admin").await.get("/p/GEO/settings").await.expect(200);
}

#[tokio::test]
async fn a_project_is_archived_and_restored_after_a_question() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Press kit", Some("liaison"), "2026-12-01").await;
    let mut lead = app.sign_in("lead").await;
    lead.get("/p/GEO/settings/archive").await.expect(200).says("Archive GEO Monitor?").says("1 open task leaves");
    lead.submit("/p/GEO/settings/archive", &[])
        .await
        .expect(200)
        .says("Project archived")
        .says("can be read, not changed");
    lead.post("/p/GEO/settings/archive", &[]).await.expect(303);
    assert_eq!(events(&app, "project.archived").await, 1);
    lead.post("/p/GEO/settings", &FIELDS).await.expect(403);
    lead.get("/p/GEO/seats/new").await.expect(403);
    lead.get("/p/GEO/matrix").await.expect(200);
    lead.get("/p/GEO/settings/restore").await.expect(200).says("Restore GEO Monitor?");
    lead.submit("/p/GEO/settings/restore", &[]).await.expect(200).says("Project restored");
    lead.get("/p/GEO/seats/new").await.expect(200);
    // A draft has nothing to archive.
    sqlx::query("update projects set state = 'draft' where id = $1")
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    lead.get("/p/GEO/settings/archive").await.expect(303);
    lead.post("/p/GEO/settings/archive", &[]).await.expect(409);
}

#[tokio::test]
async fn moving_the_launch_shows_and_then_moves_everything_that_hangs_on_it() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Press <i>kit</i>", Some("liaison"), "2026-12-01").await;
    app.task(geo, "MKT", "Finished", Some("liaison"), "2026-12-01").await;
    sqlx::query("update tasks set status = 'done' where title = 'Finished'")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    sqlx::query(
        "insert into milestones (project_id, id, stage_id, title, title_zh, baseline_on, due_on, created_at)
         select $1, $2, null, 'Launch day', '上市日', '2027-01-12', '2027-01-12', '2026-10-01T00:00:00Z'",
    )
    .bind(geo)
    .bind(tutti::platform::ids::new_uuid())
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    let mut lead = app.sign_in("lead").await;
    let path = "/p/GEO/settings/dates?anchor=launch&date=2027-01-19";
    let (page, count) = statements::count(lead.get(path)).await;
    let page = page
        .expect(200)
        .says("A1 Prepare")
        .says("5 working days later")
        .says("2 tasks and milestones")
        .says("8 Dec 2026");
    assert_eq!(count, 5);
    assert!(!page.body.contains("<i>kit</i>") && !page.text().contains("Finished"));
    assert_eq!(events(&app, "task.moved").await, 0, "looking moves nothing");
    let seen = page.attribute("[name=seen]", "value").unwrap();
    lead.clone().chinese().get(path).await.expect(200).says("推迟 5 个工作日").says("上市日");

    let fields = [("anchor", "launch"), ("date", "2027-01-19"), ("seen", &*seen)];
    let page = lead.submit("/p/GEO/settings/dates", &fields).await.expect(200);
    page.says("Dates saved, 4 stages, tasks and milestones moved").says("19 Jan 2027");
    for (kind, expected) in
        [("project.schedule_changed", 1), ("stage.changed", 2), ("task.moved", 1), ("milestone.moved", 1)]
    {
        assert_eq!(events(&app, kind).await, expected, "{kind}");
    }
    // The same form once more moves nothing.
    lead.post("/p/GEO/settings/dates", &fields).await.expect(303);
    assert_eq!(events(&app, "project.schedule_changed").await, 1);
    let task: String =
        scalar(&app, "select due_on || ' ' || baseline_due_on || ' ' || version from tasks where number = 1").await;
    assert_eq!(task, "2026-12-08 2026-12-01 2");
    assert_eq!(scalar::<String>(&app, "select due_on::text from tasks where number = 2").await, "2026-12-01");
    let stages: String = scalar(
        &app,
        &format!("select string_agg(starts_on || '/' || ends_on || '/' || baseline_ends_on, ' ' order by position) from stages where project_id = '{geo}'"),
    )
    .await;
    assert_eq!(stages, "2026-10-05/2027-01-18/2027-01-11 2027-01-19/2027-02-16/2027-02-09");
    let milestone: String = scalar(&app, "select due_on || ' ' || baseline_on from milestones").await;
    assert_eq!(milestone, "2027-01-19 2027-01-12");
}

#[tokio::test]
async fn what_changed_since_the_preview_is_shown_again() {
    let (app, geo) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    let page = lead.get("/p/GEO/settings/dates?anchor=launch&date=2027-01-19").await.expect(200);
    let seen = page.attribute("[name=seen]", "value").unwrap();
    app.task(geo, "MKT", "Came in between", None, "2026-12-01").await;
    let fields = [("anchor", "launch"), ("date", "2027-01-19"), ("seen", &*seen)];
    let page = lead.post("/p/GEO/settings/dates", &fields).await.expect(409);
    let page = page.says("Something changed since you saw what moves").says("Came in between");
    assert_eq!(events(&app, "project.schedule_changed").await, 0);
    let seen = page.attribute("[name=seen]", "value").unwrap();
    lead.post("/p/GEO/settings/dates", &[("anchor", "launch"), ("date", "2027-01-19"), ("seen", &*seen)])
        .await
        .expect(303);
    assert_eq!(events(&app, "task.moved").await, 1);
}

#[tokio::test]
async fn dates_that_cannot_be_are_refused() {
    let (app, geo) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    lead.get("/p/GEO/settings/dates").await.expect(200).says("Launches on 12 Jan 2027");
    lead.get("/p/GEO/settings/dates?date=soon").await.expect(422).says("Choose a date");
    let early = [("anchor", "launch"), ("date", "2026-10-01"), ("seen", "")];
    lead.get("/p/GEO/settings/dates?anchor=launch&date=2026-10-01")
        .await
        .expect(422)
        .says("Choose 19 Nov 2026 or later");
    lead.post("/p/GEO/settings/dates", &early).await.expect(422).says("Choose 19 Nov 2026 or later");
    lead.post("/p/GEO/settings/dates", &[("anchor", "start"), ("date", "2026-12-01")])
        .await
        .expect(422)
        .says("has begun");
    sqlx::query("update stages set state = 'passed' where project_id = $1")
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    lead.get("/p/GEO/settings/dates").await.expect(200).says("The dates of this plan have begun");
    assert_eq!(events(&app, "project.schedule_changed").await, 0);
}
