//! Milestones: the list with slips, adding, editing, reaching; who may, and who was faster.

use crate::support::{TestApp, statements};
use tutti::platform::ids;
use uuid::Uuid;

const SCRIPT: &str = "<script>alert('x')</script>";

/// GEO with the milestone Beta on Friday 20 November, made through the page.
async fn with_milestone() -> (TestApp, Uuid, String) {
    let (app, geo) = TestApp::with_project().await;
    let id = ids::new_uuid().to_string();
    let form = [("id", id.as_str()), ("title", "Beta"), ("due_on", "2026-11-20")];
    app.sign_in("lead").await.submit("/p/GEO/milestones", &form).await.expect(200).says("“Beta” added");
    (app, geo, id)
}

async fn events(app: &TestApp, kind: &str) -> i64 {
    sqlx::query_scalar("select count(*) from events where kind = $1")
        .bind(kind)
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap()
}

#[tokio::test]
async fn the_list_shows_slips_and_tasks_in_both_languages() {
    let (app, geo, id) = with_milestone().await;
    let mut lead = app.sign_in("lead").await;
    for number in 1..=3 {
        assert_eq!(app.task(geo, "MKT", "Work", None, "2026-11-19").await, number);
    }
    sqlx::query(
        "update tasks set milestone_id = $2::uuid, status = case number when 1 then 'done' when 2 then 'dropped' else 'todo' end
         where project_id = $1",
    )
    .bind(geo)
    .bind(&id)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    let path = format!("/p/GEO/milestones/{id}");
    let form = [("version", "1"), ("title", "Beta"), ("due_on", "2026-11-24")];
    let page = lead.submit(&path, &form).await.expect(200);
    let page = page.says("Tue 24 Nov").says("2 working days later").says("was Fri 20 Nov").says("1/2");
    assert_eq!(page.all("tbody tr").len(), 1);
    assert_eq!(events(&app, "milestone.moved").await, 1);
    let page = app.sign_in("viewer").await.chinese().get("/p/GEO/milestones").await.expect(200);
    let page = page.says("里程碑").says("推迟 2 个工作日").says("尚未达成");
    assert!(page.all("main form").is_empty(), "viewers change nothing");
    // A date that has passed is late, until it is reached.
    app.state.clock.set("2026-11-26T02:00:00Z".parse().unwrap());
    lead.get("/p/GEO/milestones").await.expect(200).says("2 days late");
    let reached = format!("{path}/reached");
    let page = lead.submit(&reached, &[("version", "2"), ("reached", "1")]).await.expect(200);
    let page = page.says("“Beta” is reached").says("Thu 26 Nov, 10:00");
    assert!(!page.text().replace("2 working days later", "").contains("2 days late"));
    lead.submit(&reached, &[("version", "2"), ("reached", "1")]).await.expect(200);
    assert_eq!(events(&app, "milestone.reached").await, 1);
    lead.submit(&reached, &[("version", "3"), ("reached", "0")]).await.expect(200).says("2 days late");
}

#[tokio::test]
async fn the_list_costs_the_same_for_one_and_many() {
    let (app, _, _) = with_milestone().await;
    let (mut lead, mut viewer) = (app.sign_in("lead").await, app.sign_in("viewer").await);
    let (page, one) = statements::count(lead.get("/p/GEO/milestones")).await;
    page.expect(200);
    for number in 0..5 {
        let id = ids::new_uuid().to_string();
        let title = format!("M{number}");
        let form = [("id", id.as_str()), ("title", title.as_str()), ("due_on", "2026-12-01")];
        lead.submit("/p/GEO/milestones", &form).await.expect(200);
    }
    let (page, many) = statements::count(lead.get("/p/GEO/milestones")).await;
    page.expect(200).says("M4");
    let (page, reading) = statements::count(viewer.get("/p/GEO/milestones")).await;
    page.expect(200);
    assert_eq!((one, many, reading), (5, 5, 4));
}

#[tokio::test]
async fn who_may() {
    let (app, _, id) = with_milestone().await;
    let path = format!("/p/GEO/milestones/{id}");
    for (name, see, change) in [
        ("lead", 200, 422),
        ("admin", 200, 403),
        ("liaison", 200, 403),
        ("member", 200, 403),
        ("chair", 200, 403),
        ("viewer", 200, 403),
        ("colleague", 200, 403),
        ("adviser", 404, 404),
        ("guest", 404, 404),
    ] {
        let mut person = app.sign_in(name).await;
        assert_eq!(person.get("/p/GEO/milestones").await.status, see, "{name} sees");
        for path in ["/p/GEO/milestones".to_owned(), path.clone(), format!("{path}/reached")] {
            assert_eq!(person.post(&path, &[]).await.status, change, "{name} at {path}");
        }
    }
    // Another project's milestone.
    let mut stranger = app.sign_in("stranger").await;
    let form = [("version", "1"), ("title", "x"), ("due_on", "2026-12-01")];
    stranger.post(&format!("/p/HAL/milestones/{id}"), &form).await.expect(404);
    stranger.post("/p/HAL/milestones/nonsense", &form).await.expect(404);
}

#[tokio::test]
async fn mistakes_are_named_and_what_was_typed_is_kept() {
    let (app, _, id) = with_milestone().await;
    let mut lead = app.sign_in("lead").await;
    let (path, other) = (format!("/p/GEO/milestones/{id}"), ids::new_uuid().to_string());
    for (title, due, stage, says) in [
        (" ", "2026-12-01", "", "Say what is reached"),
        (SCRIPT, "", "", "Choose a date"),
        (SCRIPT, "2026-13-01", "", "Choose a date"),
        (SCRIPT, "2026-12-01", other.as_str(), "Choose a stage of this project"),
        (SCRIPT, "2026-12-01", "x", "Choose a stage of this project"),
    ] {
        let form = [("id", other.as_str()), ("version", "1"), ("title", title), ("due_on", due), ("stage", stage)];
        for path in ["/p/GEO/milestones", &path] {
            let page = lead.post(path, &form).await.expect(422).says(says);
            assert_eq!(page.attribute("input#title", "value").unwrap(), title.trim());
            assert!(!page.body.contains(SCRIPT));
            assert_eq!(page.all(".err").len(), 1, "{path}: the mistake stands at one form only");
        }
    }
    let form = [("id", other.as_str()), ("title", SCRIPT), ("due_on", "2026-12-01")];
    let page = lead.submit("/p/GEO/milestones", &form).await.expect(200);
    assert!(page.text().contains(SCRIPT) && !page.body.contains(SCRIPT));
    // The same form again adds nothing.
    lead.submit("/p/GEO/milestones", &form).await.expect(200);
    assert_eq!(events(&app, "milestone.created").await, 2);
}

#[tokio::test]
async fn a_stale_edit_shows_both() {
    let (app, _, id) = with_milestone().await;
    let (mut first, mut second) = (app.sign_in("lead").await, app.sign_in("lead").await);
    let path = format!("/p/GEO/milestones/{id}");
    first.submit(&path, &[("version", "1"), ("title", "Beta 2"), ("due_on", "2026-11-23")]).await.expect(200);
    let mine = [("version", "1"), ("title", "Open beta"), ("due_on", "2026-11-30")];
    let page = second.post(&path, &mine).await.expect(409).says("it is now “Beta 2” on Mon 23 Nov");
    assert_eq!(page.attribute("input#title", "value").unwrap(), "Open beta");
    let version = page.attribute("details[open] input[name=version]", "value").unwrap();
    assert_eq!(version, "2");
    second.submit(&path, &[("version", &version), mine[1], mine[2]]).await.expect(200).says("Open beta");
    first.post(&format!("{path}/reached"), &[("version", "1"), ("reached", "1")]).await.expect(409);
    first
        .chinese()
        .post(&path, &[("version", "1"), ("title", "x"), ("due_on", "2026-12-30")])
        .await
        .expect(409)
        .says("有人先改了");
}

#[tokio::test]
async fn reached_from_a_task() {
    let (app, geo, id) = with_milestone().await;
    app.task(geo, "MKT", "Work", None, "2026-11-19").await;
    let part: Uuid = sqlx::query_scalar("select part_id from tasks").fetch_one(&mut app.sql().await).await.unwrap();
    let part = part.to_string();
    let form = [("version", "1"), ("title", "Work"), ("part", part.as_str()), ("milestone", id.as_str())];
    let page = app.sign_in("lead").await.submit("/p/GEO/tasks/1/edit", &form).await.expect(200).says("Beta");
    assert_eq!(page.attribute("dd a[href$=milestones]", "href").unwrap(), "/p/GEO/milestones");
}

#[tokio::test]
async fn the_last_decision_that_moved_it_stands_with_its_day_and_the_others_are_folded() {
    let (app, geo, _) = with_milestone().await;
    let mut sql = app.sql().await;
    let mut viewer = app.sign_in("viewer").await;
    for (number, says) in [(1, "by D-1 Thu 12 Nov"), (2, "by D-2 Fri 13 Nov")] {
        sqlx::query(
            "insert into decisions (project_id, id, number, kind, title, rationale, owner_id, decided_by, decided_at)
             select $1, gen_random_uuid(), $2, 'launch', 'Later', 'because', id, id, timestamptz '2026-11-11T02:00:00Z' + make_interval(days => $2)
             from people where name = 'chair'",
        )
        .bind(geo)
        .bind(number)
        .execute(&mut sql)
        .await
        .unwrap();
        sqlx::query(
            "insert into decision_effects (project_id, id, decision_id, position, kind, milestone_id, before_on, after_on)
             select d.project_id, gen_random_uuid(), d.id, 1, 'move_milestone', m.id, '2026-11-19', '2026-11-20'
             from decisions d join milestones m on m.project_id = d.project_id where d.number = $1",
        )
        .bind(number)
        .execute(&mut sql)
        .await
        .unwrap();
        let page = viewer.get("/p/GEO/milestones").await.expect(200).says(says);
        assert_eq!(page.all("td details").is_empty(), number == 1);
    }
    let page = viewer.get("/p/GEO/milestones").await.expect(200);
    assert_eq!(page.all("td details"), ["1 earlier decision Beta by D-1 Thu 12 Nov"]);
}
