//! The list of a project's requests, and My work.

use super::{asked, asked_by, part, send, value};
use crate::support::{Answer, TestApp, statements};

fn rows(page: &Answer, section: &str) -> Vec<String> {
    page.all(&format!("section[aria-labelledby={section}] tbody tr th a"))
}

#[tokio::test]
async fn open_ones_come_first_with_the_time_that_is_left() {
    let (app, geo) = TestApp::with_project().await;
    app.sign_in("viewer").await.get("/p/GEO/requests").await.expect(200).says("No department has asked another yet");
    let first = asked(&app, geo).await;
    asked_by(&app, geo, "other", ("SAL", "RND")).await;
    asked_by(&app, geo, "lead", ("LEAD", "MKT")).await;
    send(&mut app.sign_in("other").await, &first, "decline", &[("why", "No.")]).await.expect(303);
    let name = |number| format!("R-{number} Price book for the launch");
    let mut other = app.sign_in("other").await;
    let page = other.get("/p/GEO/requests").await.expect(200).says("2 working days left");
    assert_eq!(rows(&page, "h-open").len(), 2);
    assert_eq!(rows(&page, "h-closed"), [name(1)]);
    assert!(page.all(".acts a").contains(&"Ask another department".to_owned()));
    assert!(page.all("#tabs a[aria-current]").contains(&"Requests".to_owned()));
    for (query, open, closed) in [
        ("which=to", vec![], vec![name(1)]),
        ("which=from", vec![name(2)], vec![]),
        ("which=nonsense", vec![name(3), name(2)], vec![name(1)]),
    ] {
        let page = other.get(&format!("/p/GEO/requests?{query}")).await.expect(200);
        assert_eq!((rows(&page, "h-open"), rows(&page, "h-closed")), (open, closed), "{query}");
    }
    let mkt = part(&app, geo, "MKT").await;
    let page = other.get(&format!("/p/GEO/requests?department={mkt}")).await.expect(200);
    assert_eq!((rows(&page, "h-open"), rows(&page, "h-closed")), (vec![name(3)], vec![name(1)]));
    let pm = part(&app, geo, "PM").await;
    other.get(&format!("/p/GEO/requests?department={pm}")).await.expect(200).says("No request fits");
    let page = app.sign_in("lead").await.get("/p/GEO/requests?which=from").await.expect(200);
    assert_eq!(rows(&page, "h-open"), [name(3)]);
    app.sign_in("viewer").await.chinese().get("/p/GEO/requests").await.expect(200).says("进行中").says("已拒绝");
}

#[tokio::test]
async fn the_list_costs_four_statements() {
    let (app, geo) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    let mut counts = Vec::new();
    for _ in 0..3 {
        let (page, sent) = statements::count(lead.get("/p/GEO/requests")).await;
        page.expect(200);
        counts.push(sent);
        let path = asked(&app, geo).await;
        send(&mut app.sign_in("other").await, &path, "accept", &[]).await.expect(303);
    }
    assert_eq!(counts, [4, 4, 4]);
}

#[tokio::test]
async fn a_blocked_task_names_the_request_that_it_waits_for() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Price page", Some("liaison"), "2026-11-30").await;
    let path = asked(&app, geo).await;
    let row = |page: &Answer| page.all("#GEO-1").concat();
    let mut liaison = app.sign_in("liaison").await;
    let blocks =
        "update requests set task_id = (select id from tasks where number = 1 and project_id = requests.project_id)";
    sqlx::query(blocks).execute(&mut app.sql().await).await.unwrap();
    let page = liaison.get("/").await.expect(200);
    assert!(!row(&page).contains("R-1") && page.text().contains("I wait for"), "not blocked by it");
    sqlx::query(
        "update tasks set status = 'blocked', blocked_reason = 'No prices', blocked_since = now(),
                waits_for_part_id = (select id from parts where code = 'SAL' and project_id = tasks.project_id) where number = 1",
    )
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    let page = liaison.get("/").await.expect(200);
    let said = row(&page);
    assert!(said.contains("R-1 Owes you an answer"), "{said}");
    assert_eq!(page.attribute("#GEO-1 p.meta a", "href").as_deref(), Some(path.as_str()));
    page.says("I wait for").says("2 working days left");
    send(&mut app.sign_in("other").await, &path, "accept", &[]).await.expect(303);
    let said = row(&liaison.get("/").await.expect(200));
    assert!(said.contains("R-1 Promised you"), "{said}");
    app.sign_in("liaison").await.chinese().get("/").await.expect(200).says("9 天后到期");
    // Whoever does not have the task reads it among what they wait for.
    sqlx::query("update tasks set assignee_id = null where number = 1").execute(&mut app.sql().await).await.unwrap();
    let page = liaison.get("/").await.expect(200).says("I wait for").says("Price book for the launch");
    assert!(page.all("#GEO-1").is_empty());
}

#[tokio::test]
async fn my_work_says_who_waits_for_whom() {
    let (app, geo) = TestApp::with_project().await;
    let path = asked(&app, geo).await;
    let (mut other, mut liaison) = (app.sign_in("other").await, app.sign_in("liaison").await);
    let items =
        |page: &Answer, list: &str| page.all(&format!("section[aria-labelledby={list}] .items li .meta:first-child"));
    let page = other.get("/").await.expect(200).says("Waiting for my answer");
    assert_eq!(items(&page, "h-answers"), ["MK Marketing Asks your department 2 working days left"]);
    assert_eq!(page.attribute("section[aria-labelledby=h-answers] a.btn", "href").as_deref(), Some(path.as_str()));
    let page = liaison.get("/").await.expect(200).says("I wait for");
    assert_eq!(items(&page, "h-asked"), ["SA Sales Owes you an answer 2 working days left"]);
    for who in ["member", "lead", "viewer", "chair"] {
        let page = app.sign_in(who).await.get("/").await.expect(200);
        assert!(!page.text().contains("Price book"), "{who}");
    }
    // Another date: the asker has to answer.
    send(&mut other, &path, "counter", &[("day", "2026-12-04"), ("why", "The fair.")]).await.expect(303);
    let page = liaison.get("/").await.expect(200);
    assert_eq!(items(&page, "h-answers"), ["SA Sales Offers Fri 4 Dec instead of Fri 27 Nov 2 working days left"]);
    assert!(!other.get("/").await.expect(200).text().contains("Price book"));
    // Promised: the asker waits for the day; the task is the other's.
    send(&mut liaison, &path, "agree", &[]).await.expect(303);
    let page = liaison.get("/").await.expect(200);
    assert_eq!(items(&page, "h-asked"), ["SA Sales Promised you due in 16 days"]);
    other.get("/").await.expect(200).says("Price book for the launch");
    other.post("/p/GEO/tasks/1/status", &[("status", "done"), ("version", "1")]).await.expect(303);
    assert!(!liaison.get("/").await.expect(200).text().contains("Price book"), "done: nobody waits");
    // The lead waits, too; in silence the time is over.
    asked_by(&app, geo, "lead", ("LEAD", "SAL")).await;
    app.state.clock.set("2026-11-20T06:00:00Z".parse().unwrap());
    let page = app.sign_in("lead").await.get("/").await.expect(200);
    assert_eq!(items(&page, "h-asked"), ["SA Sales Owes you an answer 4 working hours over"]);
    app.sign_in("other")
        .await
        .chinese()
        .get("/")
        .await
        .expect(200)
        .says("等我回复")
        .says("请你部门协作")
        .says("已超时 4 个工作小时");
    assert_eq!(value(&app, "select count(*)::text from open_requests").await, "1");
}
