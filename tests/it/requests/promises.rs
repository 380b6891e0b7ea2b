//! A promise is visible: when its day passes and when its task is moved beyond it.

use super::{asked, by_themselves, ended::raise, moves, send, state, value};
use crate::support::TestApp;
use tutti::{
    platform::ids::{ProjectId, RequestId},
    requests::clock::run,
};

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
async fn each_move_further_out_than_ever_counts_once() {
    let (app, path) = promised().await;
    let mut liaison = app.sign_in("liaison").await;
    for (version, day, slips) in [
        (1, "2026-11-25", None),
        (2, "2026-12-02", Some("Slipped once")),
        (3, "2026-12-01", Some("Slipped once")),
        (4, "2026-11-26", Some("Slipped once")),
        (5, "2026-12-02", Some("Slipped once")),
        (6, "2026-12-03", Some("Slipped 2 times")),
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
    liaison.get(&path).await.expect(200).says("Slipped once").says("4 days late");
    liaison.get("/p/GEO/requests").await.expect(200).says("4 days late · Slipped once");
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
    for (day, why) in [("2026-11-27", "other than the one that stands"), ("2026-11-26", "Choose a later day")] {
        let page = send(&mut liaison, &path, "redate", &[("day", day)]).await.expect(422).says(why);
        assert!(page.attribute(".errors a[href='#redated_on']", "href").is_some(), "{day}");
    }
    assert_eq!(state(&app).await, "accepted f 2026-11-27 2", "the other side has its word");
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
async fn a_day_that_passed_stays_counted_once_another_is_agreed_on() {
    let (app, path) = promised().await;
    let mut liaison = app.sign_in("liaison").await;
    app.state.clock.set("2026-12-01T02:00:00Z".parse().unwrap());
    liaison.get(&path).await.expect(200).says("Slipped once");
    let step = tutti::platform::ids::new_uuid().to_string();
    let fields = [("step", step.as_str()), ("version", "2"), ("day", "2026-12-08")];
    for _ in 0..2 {
        liaison.post(&format!("{path}/redate"), &fields).await.expect(303);
    }
    assert_eq!(value(&app, "select count(*)::text from request_moves where kind = 'redated'").await, "1");
    app.state.clock.set("2026-12-02T02:00:00Z".parse().unwrap());
    for at in [path.as_str(), "/p/GEO/requests", "/p/GEO/tasks/1", "/"] {
        liaison.get(at).await.expect(200).says("Slipped once");
    }
    app.state.clock.set("2026-12-10T02:00:00Z".parse().unwrap());
    for at in [path.as_str(), "/p/GEO/requests", "/p/GEO/tasks/1", "/"] {
        liaison.get(at).await.expect(200).says("Slipped 2 times");
    }
}

#[tokio::test]
async fn what_others_do_with_the_task_is_no_slip_of_the_department_that_promised() {
    let (app, path) = promised().await;
    let mkt = value(&app, "select id::text from parts where code = 'MKT'").await;
    let edit = |version: &'static str, day: &'static str| {
        let mkt = mkt.clone();
        move |mut browser: crate::support::Client| async move {
            let fields = [
                ("version", version),
                ("title", "Price book for the launch"),
                ("part", &mkt),
                ("priority", "normal"),
                ("due_on", day),
            ];
            browser.post("/p/GEO/tasks/1/edit", &fields).await.expect(303);
        }
    };
    moved(&app, 1, "2026-12-02").await;
    app.state.clock.set("2026-11-18T03:00:00Z".parse().unwrap());
    edit("2", "2026-12-02")(app.sign_in("lead").await).await;
    edit("3", "2026-12-20")(app.sign_in("liaison").await).await;
    let mut liaison = app.sign_in("liaison").await;
    liaison.get(&path).await.expect(200).says("Slipped once");
    app.state.clock.set("2026-12-22T02:00:00Z".parse().unwrap());
    for at in [path.as_str(), "/p/GEO/requests", "/p/GEO/tasks/1", "/"] {
        liaison.get(at).await.expect(200).says("Slipped once");
    }
}

#[tokio::test]
async fn no_day_that_has_passed_is_promised() {
    let (app, geo) = TestApp::with_project().await;
    let path = asked(&app, geo).await;
    let mut other = app.sign_in("other").await;
    let mut liaison = app.sign_in("liaison").await;
    app.state.clock.set("2026-12-01T02:00:00Z".parse().unwrap());
    assert!(other.get(&path).await.expect(200).all("form[action$='/accept']").is_empty(), "not offered");
    let page = send(&mut other, &path, "accept", &[]).await.expect(422).says("has passed: offer another date");
    assert!(page.attribute(".errors a[href='#offered_on']", "href").is_some());
    assert_eq!(page.attribute("#offered_on", "value").as_deref(), Some("2026-12-08"));
    send(&mut other, &path, "counter", &[("day", "2026-12-03"), ("why", "The printer.")]).await.expect(303);
    app.state.clock.set("2026-12-04T02:00:00Z".parse().unwrap());
    assert!(liaison.get(&path).await.expect(200).all("form[action$='/agree']").is_empty(), "not offered");
    let fields = [("step", "0197a000-0000-7000-8000-000000000001"), ("version", "2")];
    let page = liaison.post(&format!("{path}/agree"), &fields).await.expect(422).says("can no longer be agreed to");
    page.says("you cannot insist on it any more. Withdraw this request and ask again for another day");
    assert_eq!(state(&app).await, "countered f 2");
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
async fn the_asker_ends_a_promise_whose_task_was_dropped() {
    for end in ["withdraw", "escalate"] {
        let (app, path) = promised().await;
        let (mut other, mut liaison) = (app.sign_in("other").await, app.sign_in("liaison").await);
        assert!(liaison.get(&path).await.expect(200).all("#next").is_empty(), "while somebody works on it");
        other.post("/p/GEO/tasks/1/status", &[("status", "dropped"), ("version", "1")]).await.expect(303);
        let gone = "“Price book for the launch” was dropped: nobody works on this promise any more.";
        let page = other.get(&path).await.expect(200).says(gone);
        assert!(page.all("#next").is_empty(), "it is the asker's turn");
        let page = liaison.get(&path).await.expect(200).says(gone).says("The escalation is ready");
        assert!(page.all(&format!("form[action='{path}/redate']")).is_empty());
        assert_eq!(page.all("#next .pf a"), ["Raise escalation"]);
        // A form from before says why not, and keeps what was typed.
        let step = tutti::platform::ids::new_uuid().to_string();
        let fields = [("step", step.as_str()), ("version", "2"), ("day", "2026-12-04"), ("why", "The fair was late.")];
        let page = liaison.post(&format!("{path}/redate"), &fields).await.expect(422);
        page.says("No other day can be agreed on, because the task was dropped.").says("The fair was late.");
        assert_eq!(state(&app).await, "accepted f 2026-11-27 2");
        // By itself nothing happens to it.
        by_themselves(&app).await;
        let project: uuid::Uuid = value(&app, "select project_id::text from requests").await.parse().unwrap();
        let request: uuid::Uuid = value(&app, "select id::text from requests").await.parse().unwrap();
        assert!(!run(&app.state, ProjectId(project), RequestId(request)).await.unwrap());
        if end == "withdraw" {
            send(&mut other, &path, "withdraw", &[]).await.expect(403);
            send(&mut liaison, &path, "withdraw", &[("why", "We do without.")]).await.expect(303);
            assert_eq!(state(&app).await, "withdrawn f 3");
            liaison.get(&path).await.expect(200).says("Withdrawn").says("We do without.");
        } else {
            let page = liaison.get(&format!("{path}/escalate")).await.expect(200);
            assert!(page.all("#background").concat().contains(gone), "{:?}", page.all("#background"));
            assert_eq!(raise(&mut liaison, &path).await, "/p/GEO/escalations/1");
            assert_eq!(state(&app).await, "escalated f 3");
            assert_eq!(moves(&app).await, "asked accepted escalated");
            liaison.get(&path).await.expect(200).says("Escalated");
        }
    }
}

#[tokio::test]
async fn moves_are_never_changed() {
    let (app, _) = promised().await;
    let changed = sqlx::query("update request_moves set note = 'x'").execute(&mut app.sql().await).await;
    assert!(changed.unwrap_err().to_string().contains("never changed"));
}
