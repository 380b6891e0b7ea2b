//! A promise is visible: when its day passes and when its task is moved beyond it.

use super::{asked, send, state, value};
use crate::support::TestApp;

/// A request promised for 27 November with task GEO-1.
async fn promised() -> (TestApp, String) {
    let (app, geo) = TestApp::with_project().await;
    let path = asked(&app, geo).await;
    send(&mut app.sign_in("other").await, &path, "accept", &[]).await.expect(303);
    (app, path)
}

/// Sales moves its task to another day.
async fn moved(app: &TestApp, version: i32, day: &str) {
    let version = version.to_string();
    let sal = value(app, "select part_id::text from tasks where number = 1").await;
    let fields = [
        ("version", version.as_str()),
        ("title", "Price book for the launch"),
        ("part", &sal),
        ("priority", "normal"),
        ("due_on", day),
    ];
    app.sign_in("other").await.post("/p/GEO/tasks/1/edit", &fields).await.expect(303);
}

#[tokio::test]
async fn each_move_of_the_task_beyond_the_day_counts_once() {
    let (app, path) = promised().await;
    let mut liaison = app.sign_in("liaison").await;
    for (version, day, slips) in [
        (1, "2026-11-25", None),
        (2, "2026-12-02", Some("Slipped once")),
        (3, "2026-12-01", Some("Slipped 2 times")),
        (4, "2026-11-26", Some("Slipped 2 times")),
    ] {
        moved(&app, version, day).await;
        let page = liaison.get(&path).await.expect(200);
        match slips {
            None => assert!(!page.text().contains("Slipped"), "{day}"),
            Some(words) => drop(page.says(words)),
        }
    }
    // On both sides: the list, the task and My work of whoever waits.
    for (who, at) in
        [("liaison", "/p/GEO/requests"), ("other", "/p/GEO/requests"), ("other", "/p/GEO/tasks/1"), ("liaison", "/")]
    {
        app.sign_in(who).await.get(at).await.expect(200).says("Slipped 2 times");
    }
    app.sign_in("liaison").await.chinese().get(&path).await.expect(200).says("延误 2 次").says("已延误");
}

#[tokio::test]
async fn a_day_that_passes_counts_once() {
    let (app, path) = promised().await;
    let mut liaison = app.sign_in("liaison").await;
    app.state.clock.set("2026-11-27T08:00:00Z".parse().unwrap());
    let page = liaison.get(&path).await.expect(200).says("due today");
    assert!(!page.text().contains("Slipped"));
    app.state.clock.set("2026-12-01T02:00:00Z".parse().unwrap());
    liaison.get(&path).await.expect(200).says("Slipped once").says("2 working days late");
    moved(&app, 1, "2026-12-04").await;
    liaison.get(&path).await.expect(200).says("Slipped once");
    app.sign_in("other").await.post("/p/GEO/tasks/1/status", &[("status", "done"), ("version", "2")]).await.expect(303);
    liaison.get(&path).await.expect(200).says("Kept").says("done late, on Tue 1 Dec").says("Slipped once");
}

#[tokio::test]
async fn the_asker_agrees_to_another_day_and_what_slipped_stays() {
    let (app, path) = promised().await;
    let mut liaison = app.sign_in("liaison").await;
    assert!(!liaison.get(&path).await.expect(200).text().contains("Another day you agree to"), "not before it slips");
    moved(&app, 1, "2026-12-02").await;
    let page = liaison.get(&path).await.expect(200).says("Another day you agree to");
    assert_eq!(page.attribute("#redated_on", "value").as_deref(), Some("2026-12-02"), "where the task is now");
    send(&mut liaison, &path, "redate", &[("day", "2026-11-27")])
        .await
        .expect(422)
        .says("other than the one that stands");
    app.state.clock.set("2026-11-18T03:00:00Z".parse().unwrap());
    send(&mut liaison, &path, "redate", &[("day", "2026-12-02"), ("why", "The fair was late.")]).await.expect(303);
    assert_eq!(state(&app).await, "accepted f 2026-12-02 3");
    let days =
        "select string_agg(day::text, ' ' order by position) from request_moves where kind in ('accepted', 'redated')";
    assert_eq!(value(&app, days).await, "2026-11-27 2026-12-02");
    moved(&app, 2, "2026-12-01").await;
    liaison.get(&path).await.expect(200).says("Promised for Wed 2 Dec").says("Slipped once");
    moved(&app, 3, "2026-12-03").await;
    liaison.get(&path).await.expect(200).says("Slipped 2 times");
}

#[tokio::test]
async fn a_dropped_task_breaks_the_promise() {
    let (app, path) = promised().await;
    app.sign_in("other")
        .await
        .post("/p/GEO/tasks/1/status", &[("status", "dropped"), ("version", "1")])
        .await
        .expect(303);
    app.sign_in("liaison").await.get(&path).await.expect(200).says("Slipped once").says("its task was dropped");
}

#[tokio::test]
async fn moves_are_never_changed() {
    let (app, _) = promised().await;
    let changed = sqlx::query("update request_moves set note = 'x'").execute(&mut app.sql().await).await;
    assert!(changed.unwrap_err().to_string().contains("never changed"));
}
