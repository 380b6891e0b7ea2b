//! Comments: written once, mentions, who may, the history around them.

use crate::support::{TestApp, statements};
use tutti::platform::ids;
use uuid::Uuid;

async fn with_task() -> (TestApp, Uuid) {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Pricing page", Some("member"), "2026-11-20").await;
    (app, geo)
}

async fn one(app: &TestApp, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&mut app.sql().await).await.unwrap()
}

fn id() -> String {
    ids::new_uuid().to_string()
}

#[tokio::test]
async fn a_comment_is_shown_counted_and_written_once() {
    let (app, _) = with_task().await;
    let mut other = app.sign_in("other").await;
    let page = other.get("/p/GEO/tasks/1").await.expect(200).says("Nobody has said or changed anything yet.");
    let id = page.attribute("input[name=id]", "value").unwrap();
    let form = [("id", id.as_str()), ("comment", "Sales **needs** the price.\nBy Friday.")];
    let page = other.submit("/p/GEO/tasks/1/comments", &form).await.expect(200).says("Comment added");
    assert!(page.body.contains("<strong>needs</strong>"));
    assert_eq!(page.all(".spine li").len(), 1, "the comment, and no line that there is one");
    other.submit("/p/GEO/tasks/1/comments", &form).await.expect(200);
    assert_eq!(one(&app, "select count(*) from task_comments").await, 1);
    assert_eq!(one(&app, "select comment_count::bigint from tasks").await, 1);
    assert_eq!(one(&app, "select count(*) from events where kind = 'task.commented'").await, 1);
    // A comment is no edit: nobody's version grows old by it.
    assert_eq!(one(&app, "select version::bigint from tasks").await, 1);
    app.sign_in("viewer").await.chinese().get("/p/GEO/tasks/1").await.expect(200).says("评论与历史");
}

#[tokio::test]
async fn twenty_copies_are_one_comment() {
    let (app, _) = with_task().await;
    let (other, id) = (app.sign_in("other").await, id());
    let copies: Vec<_> = (0..20)
        .map(|_| {
            let (mut browser, id) = (other.clone(), id.clone());
            tokio::spawn(async move {
                browser.post("/p/GEO/tasks/1/comments", &[("id", &id), ("comment", "once")]).await.expect(303);
            })
        })
        .collect();
    for copy in copies {
        copy.await.unwrap();
    }
    assert_eq!(one(&app, "select count(*) from task_comments").await, 1);
    assert_eq!(one(&app, "select comment_count::bigint from tasks").await, 1);
}

#[tokio::test]
async fn a_mention_makes_a_watcher() {
    let (app, _) = with_task().await;
    let mut lead = app.sign_in("lead").await;
    // Advisers do not see the task and people without a seat are unknown here: neither is mentioned.
    let text = "@other and @viewer, ask @adviser or @stranger; mail lead@member.example";
    let page = lead.submit("/p/GEO/tasks/1/comments", &[("id", &id()), ("comment", text)]).await.expect(200);
    assert_eq!(page.all(".mention"), ["@other", "@viewer"]);
    let watchers: Vec<String> =
        sqlx::query_scalar("select name from task_watchers join people on people.id = person_id order by name")
            .fetch_all(&mut app.sql().await)
            .await
            .unwrap();
    assert_eq!(watchers, ["other", "viewer"]);
    assert_eq!(one(&app, "select count(*) from task_mentions where seen_at is null").await, 2);
    assert_eq!(one(&app, "select count(*) from events where kind = 'task.watched'").await, 2);
    // Again: they watch already. And an answer has seen what it answers.
    lead.submit("/p/GEO/tasks/1/comments", &[("id", &id()), ("comment", "@other?")]).await.expect(200);
    app.sign_in("other")
        .await
        .submit("/p/GEO/tasks/1/comments", &[("id", &id()), ("comment", "yes")])
        .await
        .expect(200);
    assert_eq!(one(&app, "select count(*) from task_mentions where seen_at is null").await, 1);
    assert_eq!(one(&app, "select count(*) from events where kind = 'task.watched'").await, 2);
}

#[tokio::test]
async fn nothing_dangerous_and_nothing_empty() {
    let (app, _) = with_task().await;
    let mut lead = app.sign_in("lead").await;
    let bad = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>";
    let page = lead.submit("/p/GEO/tasks/1/comments", &[("id", &id()), ("comment", bad)]).await.expect(200);
    assert!(
        !page.body.contains("<script>alert") && !page.body.contains("href=\"javascript") && !page.body.contains("<img")
    );
    lead.post("/p/GEO/tasks/1/comments", &[("id", &id()), ("comment", " \n ")])
        .await
        .expect(422)
        .says("Write the comment first");
    let (long, same) = ("长".repeat(10_001), id());
    let page = lead.post("/p/GEO/tasks/1/comments", &[("id", &same), ("comment", &long)]).await.expect(422);
    assert_eq!(page.attribute("input[name=id]", "value").unwrap(), same);
    assert_eq!(page.all("textarea#comment")[0].chars().count(), 10_001);
    lead.post("/p/GEO/tasks/1/comments", &[("id", "x"), ("comment", "y")]).await.expect(422);
    lead.post("/p/GEO/tasks/7/comments", &[("id", &id()), ("comment", "y")]).await.expect(404);
    app.sign_in("viewer").await.post("/p/GEO/tasks/1/comments", &[("id", &id()), ("comment", "y")]).await.expect(403);
    app.sign_in("adviser").await.post("/p/GEO/tasks/1/comments", &[("id", &id()), ("comment", "y")]).await.expect(404);
    lead.chinese().post("/p/GEO/tasks/1/comments", &[("id", &id())]).await.expect(422).says("请先写下评论");
}

#[tokio::test]
async fn history_can_be_narrowed_and_goes_back() {
    let (app, _) = with_task().await;
    let mut lead = app.sign_in("lead").await;
    lead.submit("/p/GEO/tasks/1/comments", &[("id", &id()), ("comment", "the first word")]).await.expect(200);
    app.state.clock.set("2026-11-18T03:00:00Z".parse().unwrap());
    lead.submit("/p/GEO/tasks/1/status", &[("status", "doing"), ("version", "1")]).await.expect(200);
    let all = lead.get("/p/GEO/tasks/1").await.expect(200).all(".spine li");
    assert_eq!(all.len(), 2);
    assert!(all[0].contains("the first word") && all[1].contains("started"), "oldest first: {all:?}");
    let comments = lead.get("/p/GEO/tasks/1?show=comments").await.expect(200);
    assert_eq!(comments.all(".spine li").len(), 1);
    let (changes, cost) = statements::count(lead.get("/p/GEO/tasks/1?show=changes")).await;
    assert!(!changes.expect(200).text().contains("the first word"));
    assert!(cost <= 5);
    // More than fit the page.
    sqlx::query(
        "insert into task_comments (project_id, id, task_id, author_id, body, created_at)
         select project_id, gen_random_uuid(), id, created_by, 'word ' || n, '2026-11-17T00:00:00Z'::timestamptz - n * interval '1 minute'
         from tasks, generate_series(1, 100) as n",
    )
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    let page = lead.get("/p/GEO/tasks/1").await.expect(200).says("Show earlier");
    assert!(page.text().contains("word 49") && !page.text().contains("word 50"));
    assert!(page.attribute("#history p a.end", "href").is_none(), "these are the newest");
    let earlier = page.attribute("#history a[href*=until]", "href").unwrap();
    let page = lead.get(earlier.split('#').next().unwrap()).await.expect(200).says("Back to the newest");
    assert!(page.text().contains("word 50") && page.text().contains("word 99"));
    assert!(!page.text().contains("word 49") && !page.text().contains("word 100"));
    // Fifty are a page; the last page leads nowhere.
    let earlier = page.attribute("#history a[href*=until]", "href").unwrap();
    let (page, cost) = statements::count(lead.get(earlier.split('#').next().unwrap())).await;
    assert!(cost <= 5);
    let page = page.expect(200);
    assert_eq!(page.all("#history .spine li").len(), 1);
    assert!(page.attribute("#history a[href*=until]", "href").is_none());
}
