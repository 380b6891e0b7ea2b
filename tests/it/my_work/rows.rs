//! The reader's own tasks, by when they are due.

use super::{change, tasks};
use uuid::Uuid;

#[tokio::test]
async fn my_open_tasks_stand_by_when_they_are_due() {
    let (app, geo) = tasks().await;
    change(&app, "update tasks set due_on = null where number = 3").await;
    app.task(geo, "MKT", "Done", Some("member"), "2026-11-18").await;
    change(&app, "update tasks set status = 'done', done_at = now() where title = 'Done'").await;
    let page = app.sign_in("member").await.get("/").await.expect(200);
    assert_eq!(page.all("#rows h2"), ["Overdue 1", "Today 1", "Later 2"]);
    assert_eq!(page.all("#rows .ttl"), ["Pricing page", "Launch film", "Demo script", "Webinar"]);
    assert_eq!(page.all("#later:not([open]) .ttl").len(), 2, "folded, with the number of its tasks");
    page.says("5 days late").says("GEO Monitor").says("GEO-1").says("Nobody is waiting for you");
    let chinese = app.sign_in("member").await.chinese().get("/").await.expect(200);
    chinese.says("已逾期").says("逾期 5 天").says("确认 3 项任务正常").says("没有人在等你");
    let page = app.sign_in("liaison").await.get("/").await.expect(200);
    assert_eq!(page.all("#rows .ttl"), ["Not mine"]);
    page.says("You speak for").says("Marketing on 1 project");
    app.sign_in("colleague").await.get("/").await.expect(200).says("No task is yours");
    let home = app.sign_in("guest").await.get("/").await.expect(303);
    assert_eq!(home.location(), "/committee", "a guest has no tasks");
}

#[tokio::test]
async fn drafts_archived_and_hidden_projects_do_not_appear() {
    let (app, geo) = tasks().await;
    for (key, state) in [("DRA", "draft"), ("OLD", "archived")] {
        let project = app.project(key, "Another", "organisation").await;
        sqlx::query("update projects set state = $2 where id = $1")
            .bind(project)
            .bind(state)
            .execute(&mut app.sql().await)
            .await
            .unwrap();
        app.seat(project, "member", "member", Some("MKT")).await;
        app.task(project, "MKT", &format!("Task of {key}"), Some("member"), "2026-11-18").await;
    }
    // Still the assignee, but without a seat in a project that is for its seats only.
    let hal: Uuid =
        sqlx::query_scalar("select id from projects where key = 'HAL'").fetch_one(&mut app.sql().await).await.unwrap();
    app.task(hal, "MKT", "Task of HAL", Some("member"), "2026-11-18").await;
    let mut member = app.sign_in("member").await;
    let page = member.get("/").await.expect(200);
    assert_eq!(page.all("#rows .ttl").len(), 4, "{:?}", page.all("#rows .ttl"));
    for hidden in ["HAL-1", "OLD-1"] {
        member.post(&format!("/my-work/{hidden}?version=1"), &[("status", "done")]).await.expect(404);
        let was = format!("{hidden}\t1\ttodo");
        member.post("/", &[("was", was.as_str()), (hidden, "done")]).await.expect(409);
    }
    let done: i64 = sqlx::query_scalar("select count(*) from tasks where status = 'done'")
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    assert_eq!(done, 0);
    let _ = geo;
}
