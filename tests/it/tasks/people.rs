//! Who has a task, and who watches it.

use super::{count, events, part, with_task};

#[tokio::test]
async fn taking_and_watching() {
    let (app, geo) = with_task().await;
    app.task(geo, "MKT", "Release text", None, "2026-12-01").await;
    let mut member = app.sign_in("member").await;
    let page = member.get("/p/GEO/tasks/2").await.expect(200).says("Nobody").says("Take it");
    let me = page.attribute("button[name=assignee]", "value").unwrap();
    let page = member.submit("/p/GEO/tasks/2/assign", &[("assignee", &me), ("version", "1")]).await.expect(200);
    assert!(!page.text().contains("Take it"));
    assert_eq!(events(&app, geo, "task.assigned").await, 1);
    let mut viewer = app.sign_in("viewer").await;
    viewer.submit("/p/GEO/tasks/2/watch", &[]).await.expect(200).says("Stop watching");
    viewer.submit("/p/GEO/tasks/2/watch", &[]).await.expect(200);
    assert_eq!(events(&app, geo, "task.watched").await, 1);
    viewer.submit("/p/GEO/tasks/2/unwatch", &[]).await.expect(200);
    assert_eq!(count(&app, "select count(*) from task_watchers where project_id = $1", geo).await, 0);
}

#[tokio::test]
async fn somebody_who_lost_their_seat_stays_until_the_task_is_given_on() {
    let (app, geo) = with_task().await;
    sqlx::query("update seats set removed_at = now() where person_id = $1")
        .bind(app.id_of("member").await)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let mut lead = app.sign_in("lead").await;
    let page = lead.get("/p/GEO/tasks/1/edit").await.expect(200);
    let member = page.attribute("select[name=assignee] option[selected]", "value").unwrap();
    let marketing = part(&app, geo, "MKT").await;
    let form = [
        ("version", "1"),
        ("title", "Renamed"),
        ("part", marketing.as_str()),
        ("assignee", &member),
        ("due_on", "2026-11-13"),
    ];
    lead.submit("/p/GEO/tasks/1/edit", &form).await.expect(200).says("Renamed");
    // But the person themselves is still the assignee and may move it: they see the project as a colleague.
    app.sign_in("member")
        .await
        .post("/p/GEO/tasks/1/status", &[("status", "doing"), ("version", "2")])
        .await
        .expect(303);
    lead.post("/p/GEO/tasks/1/assign", &[("version", "3"), ("assignee", "")]).await.expect(303);
    lead.post("/p/GEO/tasks/1/assign", &[("version", "4"), ("assignee", &member)]).await.expect(422);
    app.sign_in("member")
        .await
        .post("/p/GEO/tasks/1/status", &[("status", "done"), ("version", "4")])
        .await
        .expect(403);
}
