//! Dependencies: added by number, never a circle, also when many come at once.

use crate::support::TestApp;
use uuid::Uuid;

async fn with_tasks(count: i32) -> (TestApp, Uuid) {
    let (app, geo) = TestApp::with_project().await;
    for number in 1..=count {
        let part = if number == 3 { "SAL" } else { "MKT" };
        assert_eq!(app.task(geo, part, &format!("Task {number}"), None, "2026-12-01").await, number);
    }
    (app, geo)
}

async fn edges(app: &TestApp) -> Vec<(i32, i32)> {
    sqlx::query_as(
        "select a.number, b.number from task_dependencies d join tasks a on a.id = d.task_id join tasks b on b.id = d.waits_on_id order by 1, 2",
    )
    .fetch_all(&mut app.sql().await)
    .await
    .unwrap()
}

#[tokio::test]
async fn added_both_ways_shown_and_removed() {
    let (app, _) = with_tasks(3).await;
    let mut lead = app.sign_in("lead").await;
    let path = "/p/GEO/tasks/1/dependencies";
    let page = lead.submit(path, &[("direction", "waits_on"), ("other", "geo-2")]).await.expect(200);
    page.says("Waits on").says("GEO-2 Task 2");
    let page = lead.submit(path, &[("direction", "blocks"), ("other", "3")]).await.expect(200);
    assert_eq!(page.all("td[data-th=Direction]"), ["Waits on", "Blocks"]);
    assert_eq!(edges(&app).await, [(1, 2), (3, 1)]);
    // Again: nothing more.
    lead.submit(path, &[("direction", "waits_on"), ("other", "2")]).await.expect(200);
    let after: Vec<String> = sqlx::query_scalar("select subject_label || ' ' || (after ->> 'task') from events where kind = 'task.dependency_added' order by id")
        .fetch_all(&mut app.sql().await)
        .await
        .unwrap();
    assert_eq!(after, ["GEO-1 GEO-2", "GEO-3 GEO-1"]);
    let page = app.sign_in("viewer").await.chinese().get("/p/GEO/tasks/3").await.expect(200).says("等待");
    assert!(page.all("form[action$=remove]").is_empty());
    lead.submit("/p/GEO/tasks/1/dependencies/remove", &[("direction", "blocks"), ("other", "3")]).await.expect(200);
    lead.submit("/p/GEO/tasks/1/dependencies/remove", &[("direction", "blocks"), ("other", "3")]).await.expect(200);
    assert_eq!(edges(&app).await, [(1, 2)]);
}

#[tokio::test]
async fn refused_and_forbidden() {
    let (app, _) = with_tasks(3).await;
    let hal = app.project("OTH", "Other", "organisation").await;
    app.seat(hal, "lead", "gtm_lead", None).await;
    app.task(hal, "MKT", "Elsewhere", None, "2026-12-01").await;
    let mut lead = app.sign_in("lead").await;
    lead.submit("/p/GEO/tasks/1/dependencies", &[("direction", "waits_on"), ("other", "2")]).await.expect(200);
    lead.submit("/p/GEO/tasks/2/dependencies", &[("direction", "waits_on"), ("other", "3")]).await.expect(200);
    for (path, direction, other, says) in [
        ("/p/GEO/tasks/1/dependencies", "waits_on", "1", "cannot wait on itself"),
        ("/p/GEO/tasks/2/dependencies", "waits_on", "1", "round in a circle"),
        ("/p/GEO/tasks/1/dependencies", "blocks", "3", "round in a circle"),
        ("/p/GEO/tasks/1/dependencies", "waits_on", "99", "no task with that number"),
        ("/p/GEO/tasks/1/dependencies", "waits_on", "OTH-1", "no task with that number"),
        ("/p/GEO/tasks/1/dependencies", "waits_on", "<script>", "no task with that number"),
    ] {
        let page = lead.post(path, &[("direction", direction), ("other", other)]).await.expect(422).says(says);
        assert_eq!(page.attribute("input#other", "value").unwrap(), other);
        assert_eq!(page.attribute("select#direction option[selected]", "value").unwrap(), direction);
    }
    lead.post("/p/GEO/tasks/1/dependencies", &[("direction", "sideways"), ("other", "2")]).await.expect(422);
    for (name, status) in [("other", 403), ("viewer", 403), ("admin", 403), ("adviser", 404), ("guest", 404)] {
        let mut person = app.sign_in(name).await;
        for path in ["/p/GEO/tasks/1/dependencies", "/p/GEO/tasks/1/dependencies/remove"] {
            person.post(path, &[("direction", "waits_on"), ("other", "3")]).await.expect(status);
        }
    }
    assert_eq!(edges(&app).await, [(1, 2), (2, 3)]);
}

#[tokio::test]
async fn both_halves_of_a_circle_at_once() {
    let (app, _) = with_tasks(6).await;
    let lead = app.sign_in("lead").await;
    // Six tasks in a ring, every link sent at the same time: the last one to arrive is refused.
    let links: Vec<_> = (1..=6)
        .map(|number| {
            let mut browser = lead.clone();
            tokio::spawn(async move {
                let path = format!("/p/GEO/tasks/{number}/dependencies");
                let next = (number % 6 + 1).to_string();
                browser.post(&path, &[("direction", "waits_on"), ("other", &next)]).await.status.as_u16()
            })
        })
        .collect();
    let mut answers = Vec::new();
    for link in links {
        answers.push(link.await.unwrap());
    }
    answers.sort_unstable();
    assert_eq!(answers, [303, 303, 303, 303, 303, 422]);
    assert_eq!(edges(&app).await.len(), 5);
}
