//! Departments, the calendar and the organisation's settings: shown, saved, refused, forbidden.

use crate::support::{Answer, Client, TestApp, statements};
use tutti::{
    departments::{self, actions::create_defaults},
    events::Change,
    platform::ids,
};
use uuid::Uuid;

const SCRIPT: &str = "<script>alert(1)</script>";

async fn department(app: &TestApp, code: &str) -> (Uuid, i32) {
    sqlx::query_as("select id, version from departments where code = $1")
        .bind(code)
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap()
}

async fn events(app: &TestApp, kind: &str) -> i64 {
    sqlx::query_scalar("select count(*) from events where kind = $1")
        .bind(kind)
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap()
}

fn fields<'a>(id: &'a str, version: &'a str, code: &'a str, name: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("id", id),
        ("version", version),
        ("code", code),
        ("name_en", name),
        ("name_zh", "法务"),
        ("short_en", "LG"),
        ("short_zh", "法"),
        ("colour", "8"),
        ("head", ""),
    ]
}

#[tokio::test]
async fn everybody_who_works_here_sees_the_list_and_only_administrators_change_it() {
    let (app, _) = TestApp::with_project().await;
    let mut colleague = app.sign_in("colleague").await;
    let (page, count) = statements::count(colleague.get("/departments")).await;
    let page = page.expect(200).says("Marketing").says("Nobody yet");
    assert_eq!(count, 2, "session, list");
    assert!(!page.text().contains("Retire") && !page.text().contains("Add department"));
    colleague.get("/departments/new").await.expect(403);
    colleague.post("/departments", &fields(&ids::new_uuid().to_string(), "0", "LEG", "Legal")).await.expect(403);
    app.sign_in("guest").await.get("/departments").await.expect(404);
    let away = Client::new(&app).get("/departments").await.expect(303);
    assert_eq!(away.location(), "/sign-in?next=%2Fdepartments");
    let mut admin = app.sign_in("admin").await.chinese();
    admin.get("/departments").await.expect(200).says("添加部门").says("市场");
}

#[tokio::test]
async fn a_department_is_added_once_and_its_code_is_its_own() {
    let app = TestApp::organisation().await;
    let mut admin = app.sign_in("admin").await;
    let id = admin.get("/departments/new").await.expect(200).attribute("input[name=id]", "value").unwrap();
    for _ in 0..3 {
        admin.submit("/departments", &fields(&id, "0", "leg", SCRIPT)).await.expect(200).says(SCRIPT);
    }
    assert_eq!(events(&app, "department.added").await, 1, "sent three times, added once");
    let page = admin.get("/departments").await.expect(200);
    assert!(!page.body.contains(SCRIPT), "what people write stays text");
    let other = ids::new_uuid().to_string();
    let refused = admin.post("/departments", &fields(&other, "0", "LEG", "Legal again")).await.expect(422);
    assert!(refused.all(".errors a").contains(&"Another department has this code; choose a different one".to_owned()));
    assert_eq!(refused.attribute("input[name=name_en]", "value").unwrap(), "Legal again");
    let mut wrong = fields(&other, "0", "1", "");
    wrong.retain(|(name, _)| *name != "colour");
    wrong.push(("head", "nobody"));
    let refused = admin.post("/departments", &wrong).await.expect(422);
    assert_eq!(refused.all(".errors a").len(), 3, "code, name, colour: {}", refused.text());
    let mut unknown = fields(&other, "0", "OPS", "Operations");
    unknown.retain(|(name, _)| *name != "head");
    unknown.push(("head", "nobody@qiming.example"));
    admin.post("/departments", &unknown).await.expect(422).says("somebody who works here");
    admin.post("/departments", &[("code", "OPS")]).await.expect(422);
}

#[tokio::test]
async fn a_stale_edit_shows_both_versions_and_keeps_what_was_typed() {
    let app = TestApp::organisation().await;
    app.person("su", "member").await;
    let mut admin = app.sign_in("admin").await;
    let (id, version) = department(&app, "MKT").await;
    let (path, id, version) = (format!("/departments/{id}"), id.to_string(), version.to_string());
    let mut first = fields(&id, &version, "MKT", "Marketing and brand");
    first.retain(|(name, _)| *name != "head");
    first.push(("head", "su@qiming.example"));
    admin.submit(&path, &first).await.expect(200).says("Marketing and brand").says("su");
    // The same form again is done already; another one on the old version is stale.
    admin.submit(&path, &first).await.expect(200);
    assert_eq!(events(&app, "department.changed").await, 1);
    let stale = admin.post(&path, &fields(&id, &version, "MKT", "Growth")).await.expect(409);
    let stale = stale.says("Somebody was faster").says("Marketing and brand");
    assert_eq!(stale.attribute("input[name=name_en]", "value").unwrap(), "Growth");
    let now = stale.attribute("input[name=version]", "value").unwrap();
    admin.submit(&path, &fields(&id, &now, "MKT", "Growth")).await.expect(200).says("Growth");
    admin.get(&format!("/departments/{}/edit", ids::new_uuid())).await.expect(404);
    admin.get("/departments/no-id/edit").await.expect(404);
}

#[tokio::test]
async fn a_department_is_retired_restored_and_moved() {
    let app = TestApp::organisation().await;
    let mut admin = app.sign_in("admin").await;
    let (id, _) = department(&app, "SAL").await;
    let page = admin.submit(&format!("/departments/{id}/retire"), &[]).await.expect(200);
    let page = page.says("Sales is retired");
    assert_eq!(page.attribute(".flash form", "action").unwrap(), format!("/departments/{id}/restore"));
    admin.submit(&format!("/departments/{id}/retire"), &[]).await.expect(200);
    assert_eq!(events(&app, "department.retired").await, 1);
    assert!(!admin.get("/departments").await.all("tbody .dept span").contains(&"Sales".to_owned()));
    let mut lease = app.state.db.lease().await.unwrap();
    assert_eq!(departments::store::active(&mut lease).await.unwrap().len(), 3);
    drop(lease);
    admin.submit(&format!("/departments/{id}/restore"), &[]).await.expect(200).says("back in the list");
    let order = |page: &Answer| page.all("tbody th .dept span");
    let before = order(&admin.get("/departments").await);
    admin.submit(&format!("/departments/{id}/move"), &[("direction", "up")]).await.expect(200);
    let after = order(&admin.get("/departments").await);
    assert_eq!((after[2].as_str(), after[3].as_str()), (before[3].as_str(), before[2].as_str()));
    admin.post(&format!("/departments/{id}/move"), &[("direction", "sideways")]).await.expect(422);
}

#[tokio::test]
async fn a_new_organisation_has_twelve_departments() {
    let app = TestApp::empty().await;
    let mut change = Change::by(&app.state, None, "", "").await.unwrap();
    create_defaults(&mut change).await.unwrap();
    change.commit().await.unwrap();
    let mut lease = app.state.db.lease().await.unwrap();
    let codes: Vec<String> =
        departments::store::active(&mut lease).await.unwrap().into_iter().map(|one| one.code).collect();
    assert_eq!(codes, ["PM", "RND", "DES", "PMM", "MKT", "SAL", "CS", "FIN", "OPS", "LEG", "SCM", "MFG"]);
    assert_eq!(events(&app, "department.added").await, 12);
}

#[tokio::test]
async fn the_calendar_follows_the_week_and_its_exceptions() {
    let app = TestApp::organisation().await;
    let mut admin = app.sign_in("admin").await;
    let (page, count) = statements::count(admin.get("/admin/calendar")).await;
    page.expect(200).says("November 2026").says("Asia/Shanghai");
    assert_eq!(count, 3, "session, organisation, days");
    let week = [("kind", "holiday"), ("from", "2026-10-01"), ("to", "2026-10-07"), ("name", SCRIPT)];
    let page = admin.submit("/admin/calendar/days", &week).await.expect(200).says(SCRIPT).says("7 days");
    assert!(!page.body.contains(SCRIPT));
    admin.submit("/admin/calendar/days", &week).await.expect(200);
    assert_eq!(events(&app, "calendar.day_set").await, 7, "one event a day, and none the second time");
    let extra = [("kind", "working"), ("from", "2026-10-10"), ("to", ""), ("name", "")];
    admin.submit("/admin/calendar/days", &extra).await.expect(200).says("Make-up day");
    let (calendar, count) = statements::count(async {
        let mut lease = app.state.db.lease().await.unwrap();
        departments::calendar(&mut lease).await.unwrap()
    })
    .await;
    assert_eq!(count, 1);
    let is_working = |day: &str| calendar.is_working_day(day.parse().unwrap());
    assert!(
        !is_working("2026-10-01") && is_working("2026-10-08") && is_working("2026-10-10") && !is_working("2026-10-11")
    );
    let cleared = [("from", "2026-10-01"), ("to", "2026-10-07")];
    let page = admin.submit("/admin/calendar/days/remove", &cleared).await.expect(200);
    assert!(page.attribute(".flash form", "action").is_some(), "it can be undone");
    assert_eq!(events(&app, "calendar.day_cleared").await, 7);
    let wrong = [("kind", "holiday"), ("from", "2026-10-07"), ("to", "2026-10-01"), ("name", "kept")];
    let refused = admin.post("/admin/calendar/days", &wrong).await.expect(422);
    assert_eq!(refused.attribute("#name", "value").unwrap(), "kept");
    admin.chinese().get("/admin/calendar?month=2027-02").await.expect(200).says("2027年2月");
}

#[tokio::test]
async fn the_week_is_changed_once_and_a_stale_one_refused() {
    let (app, _) = TestApp::with_project().await;
    let mut admin = app.sign_in("admin").await;
    let six =
        [("version", "1"), ("working_day", "1"), ("working_day", "6"), ("day_starts", "08:30"), ("day_ends", "18:00")];
    admin.submit("/admin/calendar/hours", &six).await.expect(200).says("The working week is saved");
    admin.submit("/admin/calendar/hours", &six).await.expect(200);
    assert_eq!(events(&app, "organisation.changed").await, 1);
    let stale = [("version", "1"), ("working_day", "2"), ("day_starts", "09:00"), ("day_ends", "17:00")];
    let page = admin.post("/admin/calendar/hours", &stale).await.expect(409).says("Mon, Sat").says("Tue");
    assert_eq!(page.attribute("#day_starts", "value").unwrap(), "09:00");
    let wrong = [("version", "2"), ("day_starts", "19:00"), ("day_ends", "8 pm")];
    let refused = admin.post("/admin/calendar/hours", &wrong).await.expect(422);
    assert_eq!(refused.all(".errors a").len(), 2, "{}", refused.text());
    assert_eq!(refused.attribute("#day_ends", "value").unwrap(), "8 pm");
    let mut colleague = app.sign_in("colleague").await;
    colleague.get("/admin/calendar").await.expect(403);
    colleague.post("/admin/calendar/hours", &six).await.expect(403);
    colleague.post("/admin/calendar/days", &[]).await.expect(403);
    app.sign_in("guest").await.get("/admin/calendar").await.expect(404);
}

#[tokio::test]
async fn nonsense_in_the_database_gives_an_ordinary_calendar() {
    let app = TestApp::organisation().await;
    sqlx::query("update organisations set time_zone = 'Mars/Olympus', working_days = '{0,9}'")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let mut lease = app.state.db.lease().await.unwrap();
    let calendar = departments::calendar(&mut lease).await.unwrap();
    assert!(calendar.is_working_day("2026-11-18".parse().unwrap()));
    let empty = TestApp::empty().await;
    let mut lease = empty.state.db.lease().await.unwrap();
    assert!(departments::calendar(&mut lease).await.unwrap().is_working_day("2026-11-18".parse().unwrap()));
}

#[tokio::test]
async fn the_organisation_is_renamed() {
    let (app, _) = TestApp::with_project().await;
    let mut admin = app.sign_in("admin").await;
    let (page, count) = statements::count(admin.get("/admin/organisation")).await;
    assert_eq!(page.expect(200).attribute("#name", "value").unwrap(), "Qiming");
    assert_eq!(count, 2, "session, organisation");
    let new = [("version", "1"), ("name", SCRIPT), ("language", "zh-CN"), ("time_zone", "europe/berlin")];
    let page = admin.submit("/admin/organisation", &new).await.expect(200);
    assert!(!page.body.contains(SCRIPT));
    assert_eq!(page.attribute("#time_zone", "value").unwrap(), "Europe/Berlin");
    let stale = [("version", "1"), ("name", "Qiming 2"), ("language", "en"), ("time_zone", "UTC")];
    let page = admin.post("/admin/organisation", &stale).await.expect(409);
    assert_eq!(page.attribute("#name", "value").unwrap(), "Qiming 2");
    let wrong = [("version", "2"), ("name", ""), ("language", "xx"), ("time_zone", "Mars/Olympus")];
    let page = admin.post("/admin/organisation", &wrong).await.expect(422);
    assert_eq!(page.all(".errors a").len(), 3);
    assert_eq!(page.attribute("#time_zone", "value").unwrap(), "Mars/Olympus");
    app.sign_in("colleague").await.post("/admin/organisation", &new).await.expect(403);
}
