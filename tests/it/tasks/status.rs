//! A task's status: one click, with a reason when blocked.

use super::{SCRIPT, events, status, task, with_task};
use crate::support::TestApp;
use sqlx::Row;

#[tokio::test]
async fn a_status_is_one_click_with_a_way_back() {
    let (app, geo) = with_task().await;
    let mut member = app.sign_in("member").await;
    let page = member.submit("/p/GEO/tasks/1/status", &[("status", "done"), ("version", "1")]).await;
    let page = page.expect(200).says("GEO-1: Done").says("Done 18 Nov");
    assert_eq!(status(&app, geo, 1).await, "done");
    assert!(task(&app, geo, 1).await.get::<bool, _>("is_done"));
    let (version, before) = (
        page.attribute(".flash form input[name=version]", "value").unwrap(),
        page.attribute(".flash form input[name=status]", "value").unwrap(),
    );
    assert_eq!((version.as_str(), before.as_str()), ("2", "todo"));
    member.submit("/p/GEO/tasks/1/status", &[("status", &before), ("version", &version)]).await.expect(200);
    assert_eq!(status(&app, geo, 1).await, "todo");
    assert!(!task(&app, geo, 1).await.get::<bool, _>("is_done"));
    assert_eq!(events(&app, geo, "task.status_changed").await, 2);
    // From a list that shows many rows in one form: the version stands in the address, and it leads back there.
    let answer = member
        .post("/p/GEO/tasks/1/status?version=3", &[("version", "77"), ("status", "review"), ("back", "/?x=1")])
        .await;
    assert_eq!(answer.expect(303).location(), "/?x=1");
    // Elsewhere is not ours.
    let answer = member
        .post("/p/GEO/tasks/1/status", &[("version", "4"), ("status", "doing"), ("back", "//evil.example")])
        .await;
    assert_eq!(answer.expect(303).location(), "/");
    member.post("/p/GEO/tasks/1/status", &[("status", "later"), ("version", "5")]).await.expect(422);
    member.post("/p/GEO/tasks/1/status", &[("status", "done")]).await.expect(422);
}

#[tokio::test]
async fn blocked_asks_why_and_for_whom() {
    let (app, geo) = with_task().await;
    let mut liaison = app.sign_in("liaison").await;
    let asked = liaison.post("/p/GEO/tasks/1/status", &[("status", "blocked"), ("version", "1")]).await;
    let asked = asked.expect(422).says("What does it wait for?");
    assert!(asked.all(".errors").is_empty(), "nothing is wrong before the form was seen");
    assert!(!asked.all("select[name=waits_for] option").contains(&"Marketing".to_owned()), "never for its own");
    let form = [("status", "blocked"), ("version", "1"), ("reason", " "), ("waits_for", "SAL")];
    liaison.post("/p/GEO/tasks/1/status", &form).await.expect(422).says("Say what it waits for");
    let form = [("status", "blocked"), ("version", "1"), ("reason", "x"), ("waits_for", "NOPE")];
    liaison.post("/p/GEO/tasks/1/status", &form).await.expect(422).says("Choose a department");
    let form = [("status", "blocked"), ("version", "1"), ("reason", "x"), ("waits_for", "MKT")];
    liaison.post("/p/GEO/tasks/1/status", &form).await.expect(422).says("Choose another department");
    let form = [("status", "blocked"), ("version", "1"), ("reason", SCRIPT), ("waits_for", "SAL")];
    let page = liaison.submit("/p/GEO/tasks/1/status", &form).await.expect(200);
    let page = page.says("Blocked since Wed 18 Nov, 10:00.").says(SCRIPT).says("Sales").says("other");
    assert!(!page.body.contains(SCRIPT));
    assert_eq!(status(&app, geo, 1).await, "blocked");
    let form = [("status", "doing"), ("version", "2")];
    liaison.submit("/p/GEO/tasks/1/status", &form).await.expect(200);
    assert_eq!(task(&app, geo, 1).await.get::<String, _>("blocked_reason"), "");
}

#[tokio::test]
async fn only_editors_drop() {
    let (app, geo) = TestApp::with_project().await;
    // `viewer` has a task of sales, but no seat there.
    app.task(geo, "SAL", "Call the pilots", Some("viewer"), "2026-11-20").await;
    let mut assignee = app.sign_in("viewer").await;
    let page = assignee.get("/p/GEO/tasks/1").await.expect(200);
    assert!(!page.all(".statusbar button").contains(&"Dropped".to_owned()));
    assignee.post("/p/GEO/tasks/1/status", &[("status", "dropped"), ("version", "1")]).await.expect(403);
    assignee.post("/p/GEO/tasks/1/status", &[("status", "doing"), ("version", "1")]).await.expect(303);
    let mut liaison = app.sign_in("other").await;
    liaison.post("/p/GEO/tasks/1/status", &[("status", "dropped"), ("version", "2")]).await.expect(303);
    assignee.post("/p/GEO/tasks/1/status", &[("status", "todo"), ("version", "3")]).await.expect(403);
    assert_eq!(status(&app, geo, 1).await, "dropped");
}

#[tokio::test]
async fn a_stale_status_says_what_stands_now() {
    let (app, geo) = with_task().await;
    let (mut first, mut second) = (app.sign_in("liaison").await, app.sign_in("member").await);
    first.submit("/p/GEO/tasks/1/status", &[("status", "review"), ("version", "1")]).await.expect(200);
    let page = second.post("/p/GEO/tasks/1/status", &[("status", "done"), ("version", "1")]).await.expect(409);
    let page = page.says("Somebody was faster").says("In review").says("Done");
    assert_eq!(page.attribute("input[name=version]", "value").unwrap(), "2");
    // The same wish twice is no conflict: it stands so already.
    second.post("/p/GEO/tasks/1/status", &[("status", "review"), ("version", "1")]).await.expect(303);
    assert_eq!(events(&app, geo, "task.status_changed").await, 1);
    second.submit("/p/GEO/tasks/1/status", &[("status", "done"), ("version", "2")]).await.expect(200);
    let page = first.chinese().post("/p/GEO/tasks/1/status", &[("status", "todo"), ("version", "1")]).await;
    page.expect(409).says("有人先改了");
}
