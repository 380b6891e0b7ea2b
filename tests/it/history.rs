//! The history of a project: everything that happened, filtered, page by page.

use crate::support::{TestApp, statements};
use tutti::platform::ids;
use uuid::Uuid;

async fn event(app: &TestApp, project: Option<Uuid>, who: &str, kind: &str, title: &str) {
    sqlx::query(
        "insert into events (id, at, project_id, actor_id, actor_name, kind, subject_kind, subject_id, subject_label, subject_title)
         select $1, '2026-11-17T08:00:00Z', $2, people.id, people.name, $4, split_part($4, '.', 1), $1, 'GEO-1', $5 from people where name = $3",
    )
    .bind(ids::new_uuid())
    .bind(project)
    .bind(who)
    .bind(kind)
    .bind(title)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
}

#[tokio::test]
async fn the_history_shows_what_happened_here_and_nothing_else() {
    let (app, geo) = TestApp::with_project().await;
    let hal: Uuid =
        sqlx::query_scalar("select id from projects where key = 'HAL'").fetch_one(&mut app.sql().await).await.unwrap();
    event(&app, Some(geo), "liaison", "task.created", "Press <b>kit</b>").await;
    event(&app, Some(geo), "lead", "duty.changed", "Price book").await;
    event(&app, Some(hal), "stranger", "task.created", "Halo's secret").await;
    event(&app, None, "lead", "session.signed_in", "Elsewhere").await;
    let mut viewer = app.sign_in("viewer").await;
    let page = viewer.get("/p/GEO/history").await.expect(200).says("Press <b>kit</b>").says("Price book");
    assert!(!page.body.contains("<b>kit</b>"));
    assert_eq!(page.all(".spine > li").len(), 2);
    viewer.chinese().get("/p/GEO/history").await.expect(200).says("所有人").says("全部内容");
    app.sign_in("guest").await.get("/p/GEO/history").await.expect(404);
    app.sign_in("adviser").await.get("/p/GEO/history").await.expect(404);
    app.sign_in("colleague").await.get("/p/HAL/history").await.expect(404);
}

#[tokio::test]
async fn it_is_filtered_by_what_and_by_whom() {
    let (app, geo) = TestApp::with_project().await;
    for (who, kind, title) in [
        ("liaison", "task.created", "Press kit"),
        ("lead", "task.moved", "Launch film"),
        ("lead", "duty.changed", "Price book"),
        ("lead", "project.schedule_changed", "GEO Monitor"),
    ] {
        event(&app, Some(geo), who, kind, title).await;
    }
    let mut lead = app.sign_in("lead").await;
    let own = app.id_of("lead").await;
    for (query, titles) in [
        ("about=work".to_owned(), 2),
        ("about=duty".to_owned(), 1),
        ("about=stages".to_owned(), 1),
        (format!("who={own}"), 3),
        (format!("about=work&who={own}"), 1),
        ("about=gossip".to_owned(), 4),
        ("who=nobody".to_owned(), 4),
    ] {
        let page = lead.get(&format!("/p/GEO/history?{query}")).await.expect(200);
        assert_eq!(page.all(".spine > li").len(), titles, "{query}");
    }
    let page = lead.get("/p/GEO/history?about=decisions").await.expect(200).says("Nothing of this kind has happened");
    assert_eq!(page.attribute("#about option[selected]", "value").as_deref(), Some("decisions"));
}

#[tokio::test]
async fn older_pages_keep_the_filter_and_cost_the_same() {
    let (app, geo) = TestApp::with_project().await;
    for number in 0..120 {
        event(&app, Some(geo), "liaison", "task.created", &format!("Task {number}")).await;
    }
    let mut lead = app.sign_in("lead").await;
    let (page, count) = statements::count(lead.get("/p/GEO/history?about=work")).await;
    assert_eq!(count, 4);
    let mut seen = page.all(".spine > li").len();
    let mut older = page.attribute(".pager a[rel=next]", "href");
    while let Some(path) = older {
        assert!(path.contains("about=work"), "{path}");
        let page = lead.get(&path).await.expect(200);
        seen += page.all(".spine > li").len();
        older = page.attribute(".pager a[rel=next]", "href");
    }
    assert_eq!(seen, 120);
}
