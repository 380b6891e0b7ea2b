//! A decision that moves the day of launch, with everything that moves along.

use super::{NEW, alone, events, written};
use crate::support::{TestApp, disputes::value};
use tutti::platform::ids::new_uuid;
use uuid::Uuid;

async fn launch_milestone(app: &TestApp, project: Uuid) {
    sqlx::query(
        "insert into milestones (project_id, id, kind, title, baseline_on, due_on, created_at)
         values ($1, $2, 'launch', 'Launch day', '2027-01-12', '2027-01-12', '2026-10-01T00:00:00Z')",
    )
    .bind(project)
    .bind(new_uuid())
    .execute(&mut app.sql().await)
    .await
    .unwrap();
}

#[tokio::test]
async fn every_date_that_moves_is_shown_before_it_does() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Press kit", Some("liaison"), "2026-12-01").await;
    launch_milestone(&app, geo).await;
    let (id, lead) = (new_uuid().to_string(), app.id_of("lead").await.to_string());
    let day = [("effect", "move_launch"), ("due1", "2027-01-19")];
    let mut chair = app.sign_in("chair").await;
    // Whoever records without having looked sees it first; nothing typed is lost.
    let page = chair.post(NEW, &alone("record", &id, &lead, &day)).await.expect(422);
    let page = page.says("Nothing was recorded yet").says("Launch date: Tue 19 Jan 2027, was Tue 12 Jan 2027");
    let page = page.says("4 dates move with it").says("5 working days later").says("Press kit").says("8 Dec 2026");
    assert_eq!(page.attribute("#title", "value").as_deref(), Some("Change the plan"));
    assert!(written(&app).await.starts_with("0 0 "));
    let seen = page.attribute("#consequences [name=seen1]", "value").unwrap();
    let look = chair.post(NEW, &alone("list", &id, &lead, &day)).await.expect(200);
    assert_eq!(look.attribute("#consequences [name=seen1]", "value"), Some(seen.clone()), "the same by looking");
    // Somebody adds a task: the confirmation is about another plan, and is asked for again.
    let first = [&day[..], &[("seen1", &*seen)]].concat();
    app.task(geo, "SAL", "Came in between", None, "2026-12-02").await;
    let page = chair.post(NEW, &alone("record", &id, &lead, &first)).await.expect(409);
    let page = page.says("the plan changed while you were looking").says("Came in between");
    assert!(written(&app).await.starts_with("0 0 "));
    let seen = page.attribute("#consequences [name=seen1]", "value").unwrap();
    let second = [&day[..], &[("seen1", &*seen)]].concat();
    let page = chair.submit(NEW, &alone("record", &id, &lead, &second)).await.expect(200);
    let page = page.says("Launch date").says("5 dates moved with the launch").says("GEO-1 Press kit");
    assert_eq!(page.all("#carried.only-print li").len(), 5, "what is closed on screen is printed too");
    assert_eq!(page.all("#reviews.no-print").len(), page.all("#reviews").len(), "nobody has looked at it again");
    chair.post(NEW, &alone("record", &id, &lead, &second)).await.expect(303);
    assert_eq!(value(&app, "select launches_on::text from projects where key = 'GEO'").await, "2027-01-19");
    assert_eq!(
        value(&app, "select string_agg(due_on::text, ' ' order by number) from tasks").await,
        "2026-12-08 2026-12-09"
    );
    assert_eq!(value(&app, "select due_on::text from milestones").await, "2027-01-19");
    for (kind, count) in [
        ("project.schedule_changed", 1),
        ("stage.changed", 2),
        ("task.moved", 2),
        ("milestone.moved", 1),
        ("decision.recorded", 1),
    ] {
        assert_eq!(events(&app, kind).await, count, "{kind}");
    }
    // Everything that moved says why.
    let mut viewer = app.sign_in("viewer").await;
    for path in ["/p/GEO", "/p/GEO/tasks/1", "/p/GEO/milestones", "/p/GEO/gates/A1", "/p/GEO/gates/A2"] {
        let page = viewer.get(path).await.expect(200);
        assert!(page.attribute("main a[href='/p/GEO/decisions/1']", "href").is_some(), "{path}");
    }
    let register = viewer.get("/p/GEO/decisions").await.expect(200);
    assert_eq!(register.all("tbody td.num"), ["1"], "what moved along is not an effect of its own");
    // Once the lead moves it again, the decision is not why any more.
    sqlx::query("update projects set launches_on = '2027-01-20' where key = 'GEO'")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let page = viewer.get("/p/GEO").await.expect(200);
    assert!(page.attribute(".figs a[href='/p/GEO/decisions/1']", "href").is_none());
}

#[tokio::test]
async fn a_day_that_has_passed_shows_what_it_moves_or_why_it_cannot() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Press kit", Some("liaison"), "2026-12-01").await;
    let (id, lead) = (new_uuid().to_string(), app.id_of("lead").await.to_string());
    let mut chair = app.sign_in("chair").await;
    let asked = |day| alone("list", &id, &lead, &[("effect", "move_launch"), ("due1", day)]);
    let page = chair.post(NEW, &asked("2026-11-10")).await.expect(200).says("nothing would move");
    page.says("The stages before the launch do not fit. Choose");
    // The launch has been missed already: another day, though it has passed, is one that can be recorded.
    sqlx::query(
        "update stages set starts_on = case code when 'A2' then date '2026-11-09' else starts_on end,
                           ends_on = case code when 'A1' then date '2026-11-06' else '2026-12-04' end where project_id = $1",
    )
    .bind(geo)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    let launch = "update projects set launches_on = '2026-11-09' where id = $1";
    sqlx::query(launch).bind(geo).execute(&mut app.sql().await).await.unwrap();
    let page = chair.post(NEW, &asked("2026-11-16")).await.expect(200).says("Mon 16 Nov has passed");
    let page = page.says("dates move with it").says("5 working days later").says("What moves with the launch date");
    assert!(page.attribute("#consequences a[href='#launch-moves']", "href").is_some());
}

#[tokio::test]
async fn all_of_it_or_nothing() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Press kit", Some("liaison"), "2026-12-01").await;
    launch_milestone(&app, geo).await;
    let (id, lead) = (new_uuid().to_string(), app.id_of("lead").await.to_string());
    let mut chair = app.sign_in("chair").await;
    let rows = [
        ("effect", "move_task"),
        ("task1", "GEO-1"),
        ("due1", "2026-12-01"),
        ("effect", "move_launch"),
        ("due2", "2027-01-19"),
    ];
    let page = chair.post(NEW, &alone("list", &id, &lead, &rows)).await.expect(200);
    let seen = page.attribute("#consequences [name=seen2]", "value").unwrap();
    let before = written(&app).await;
    // The task has a row of its own, so it does not move along, and it is due on that day already.
    assert!(!page.all("#consequences .tbl").join(" ").contains("Press kit"), "named once");
    let rows = [&rows[..], &[("seen2", &*seen)]].concat();
    let page = chair.post(NEW, &alone("record", &id, &lead, &rows)).await.expect(422);
    let page = page.says("Nothing was recorded").says("due on that day already");
    assert!(page.attribute(".errors a[href='#due1']", "href").is_some());
    assert_eq!(written(&app).await, before);
    assert_eq!(value(&app, "select launches_on::text from projects where key = 'GEO'").await, "2027-01-12");
    // Another day: the row has the last word about its task.
    let mut rows = rows;
    rows[2] = ("due1", "2026-12-10");
    chair.post(NEW, &alone("record", &id, &lead, &rows)).await.expect(303);
    assert_eq!(value(&app, "select due_on::text from tasks").await, "2026-12-10");
    let twice = [("effect", "move_launch"), ("due1", "2027-01-20"), ("effect", "move_launch"), ("due2", "2027-01-21")];
    let other = new_uuid().to_string();
    let page = chair.post(NEW, &alone("record", &other, &lead, &twice)).await.expect(422);
    assert!(page.attribute(".errors a[href='#due2']", "href").is_some(), "once a decision");
}

#[tokio::test]
async fn a_launch_that_has_begun_is_not_moved() {
    let (app, geo) = TestApp::with_project().await;
    sqlx::query("update stages set state = case code when 'A1' then 'passed' else 'ahead' end where project_id = $1")
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    sqlx::query("update stages set state = 'current' where code = 'A2' and project_id = $1")
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let (id, lead) = (new_uuid().to_string(), app.id_of("lead").await.to_string());
    let fields = alone("record", &id, &lead, &[("effect", "move_launch"), ("due1", "2027-02-19")]);
    let page = app.sign_in("chair").await.post(NEW, &fields).await.expect(422);
    assert!(page.attribute(".errors a[href='#due1']", "href").is_some());
    assert!(written(&app).await.starts_with("0 0 "));
}

#[tokio::test]
async fn one_decision_says_one_thing_about_one_thing() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Press kit", Some("liaison"), "2026-12-01").await;
    launch_milestone(&app, geo).await;
    let milestone = value(&app, "select id::text from milestones").await;
    let lead = app.id_of("lead").await.to_string();
    let mut chair = app.sign_in("chair").await;
    let moves = [("effect", "move_task"), ("task1", "GEO-1"), ("due1", "2026-12-08")];
    let launch = [("effect", "move_launch"), ("due1", "2027-01-19")];
    for (first, second, field) in [
        (&moves[..], [("effect", "move_task"), ("task2", "GEO-1"), ("due2", "2026-12-09")], "#task2"),
        (&moves[..], [("effect", "drop_task"), ("task2", "GEO-1"), ("due2", "")], "#task2"),
        (
            &launch[..],
            [("effect", "move_milestone"), ("milestone2", &milestone), ("due2", "2027-01-20")],
            "#milestone2",
        ),
    ] {
        let id = new_uuid().to_string();
        let page = chair.post(NEW, &alone("record", &id, &lead, &[first, &second].concat())).await.expect(422);
        let page = page.says("says something about the same thing");
        assert!(page.attribute(&format!(".errors a[href='{field}']"), "href").is_some(), "{field}");
    }
    assert!(written(&app).await.starts_with("0 0 "));
}
