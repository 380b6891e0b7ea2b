//! The form to ask another department.

use super::{asked, asked_by, events, moves, part, state, value};
use crate::support::{Client, TestApp, statements};
use tutti::platform::ids::new_uuid;

#[tokio::test]
async fn a_liaison_asks_another_department() {
    let (app, geo) = TestApp::with_project().await;
    let path = asked(&app, geo).await;
    assert_eq!(path, "/p/GEO/requests/1");
    let page = app.sign_in("liaison").await.get(&path).await.expect(200);
    let page =
        page.says("Price book for the launch").says("R-1").says("Waiting for an answer").says("2 working days left");
    let page =
        page.says("Marketing asks Sales for it by 27 Nov 2026").says("Sales owes an answer until Fri 20 Nov, 10:00");
    assert!(page.body.contains("<em>discount</em>"), "Markdown");
    let page = app.sign_in("liaison").await.chinese().get(&path).await.expect(200);
    page.says("等待答复").says("市场请销售在").says("还剩 2 个工作日");
    assert_eq!((state(&app).await, moves(&app).await), ("asked f 1".to_owned(), "asked".to_owned()));
    assert_eq!(events(&app).await, "request.asked");
    assert_eq!(
        value(&app, "select to_char(answer_due_at at time zone 'UTC', 'MM-DD HH24:MI') from requests").await,
        "11-20 02:00"
    );
    let page = app.sign_in("viewer").await.get("/p/GEO/history").await.expect(200);
    page.says("liaison asked for R-1 Price book for the launch");
}

#[tokio::test]
async fn the_lead_asks_as_the_lead() {
    let (app, geo) = TestApp::with_project().await;
    let path = asked_by(&app, geo, "lead", ("LEAD", "RND")).await;
    app.sign_in("lead").await.get(&path).await.expect(200).says("GTM lead asks R&D");
    // Not in the name of a department, which speaks for itself.
    let (from, to) = (part(&app, geo, "MKT").await, part(&app, geo, "SAL").await);
    let id = new_uuid().to_string();
    let fields = [("id", id.as_str()), ("from", &from), ("to", &to), ("title", "x"), ("wanted_on", "2026-11-27")];
    app.sign_in("lead")
        .await
        .post("/p/GEO/requests/new", &fields)
        .await
        .expect(422)
        .says("Choose a department you speak for");
    assert_eq!(value(&app, "select count(*)::text from requests").await, "1");
}

#[tokio::test]
async fn every_mistake_is_said_and_nothing_typed_is_lost() {
    let (app, geo) = TestApp::with_project().await;
    let mkt = part(&app, geo, "MKT").await;
    let (id, long) = (new_uuid().to_string(), "x".repeat(121));
    let mut liaison = app.sign_in("liaison").await;
    let fields = [
        ("id", id.as_str()),
        ("from", &mkt),
        ("to", &mkt),
        ("title", &long),
        ("details", "<b>kept</b>"),
        ("wanted_on", "2026-11-17"),
        ("purpose", "task-0"),
    ];
    let page = liaison.post("/p/GEO/requests/new", &fields).await.expect(422);
    let page = page.says("Choose the department to ask").says("Shorten this to 120 characters");
    let page = page.says("Choose today or a later date").says("Choose one of the tasks or milestones");
    assert!(page.body.contains("&#60;b&#62;kept") && page.body.contains(&long));
    assert_eq!(page.attribute("input[name=id]", "value"), Some(id.clone()), "the same request");
    for field in ["to", "title", "wanted_on", "purpose"] {
        assert!(page.attribute(&format!(".errors a[href='#{field}']"), "href").is_some(), "{field}");
    }
    let page = liaison.chinese().post("/p/GEO/requests/new", &fields).await.expect(422);
    page.says("请选择部门").says("请选择今天或之后的日期");
    assert_eq!(value(&app, "select count(*)::text from requests").await, "0");
}

#[tokio::test]
async fn twenty_at_once_ask_once() {
    let (app, geo) = TestApp::with_project().await;
    let (from, to) = (part(&app, geo, "MKT").await, part(&app, geo, "SAL").await);
    let id = new_uuid().to_string();
    let liaison = app.sign_in("liaison").await;
    let send = |mut client: Client| {
        let (id, from, to) = (id.clone(), from.clone(), to.clone());
        async move {
            let fields =
                [("id", id.as_str()), ("from", &from), ("to", &to), ("title", "Price"), ("wanted_on", "2026-11-27")];
            client.post("/p/GEO/requests/new", &fields).await.expect(303).location().to_owned()
        }
    };
    let mut set = tokio::task::JoinSet::new();
    for _ in 0..20 {
        set.spawn(send(liaison.clone()));
    }
    while let Some(path) = set.join_next().await {
        assert_eq!(path.unwrap(), "/p/GEO/requests/1");
    }
    assert_eq!((moves(&app).await, events(&app).await), ("asked".to_owned(), "request.asked".to_owned()));
    assert_eq!(value(&app, "select next_request_number::text from projects where key = 'GEO'").await, "2");
}

#[tokio::test]
async fn a_blocked_task_drafts_the_request() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Pricing page", Some("member"), "2026-11-30").await;
    let mut liaison = app.sign_in("liaison").await;
    let page = liaison.get("/p/GEO/tasks/1").await.expect(200);
    assert!(page.all(".acts a").contains(&"Ask another department".to_owned()));
    let blocked = [("status", "blocked"), ("version", "1"), ("reason", "No price book yet"), ("waits_for", "SAL")];
    let page = liaison.submit("/p/GEO/tasks/1/status", &blocked).await.expect(200);
    assert!(page.all(".note a").contains(&"Ask Sales for it".to_owned()));
    let link = page.attribute(".note a[href*='requests/new']", "href").unwrap();
    let (page, sent) = statements::count(liaison.get(&link)).await;
    let page = page.expect(200);
    assert_eq!(sent, 4, "session, project, what it can be for, calendar");
    let sal = part(&app, geo, "SAL").await;
    assert_eq!(page.attribute("#to option[selected]", "value"), Some(sal.clone()));
    assert_eq!(page.attribute("#title", "value").as_deref(), Some("No price book yet"));
    assert_eq!(page.attribute("#wanted_on", "value").as_deref(), Some("2026-11-30"), "when the task is due");
    let purpose = page.attribute("#purpose option[selected]", "value").unwrap();
    let hidden = |name: &str| page.attribute(&format!("input[name={name}]"), "value").unwrap();
    let fields = [
        ("id", hidden("id")),
        ("from", hidden("from")),
        ("to", sal),
        ("title", "No price book yet".to_owned()),
        ("wanted_on", "2026-11-30".to_owned()),
        ("purpose", purpose),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = liaison.submit("/p/GEO/requests/new", &fields).await.expect(200).says("R-1 is with Sales.");
    page.says("GEO-1 Pricing page");
    let page = liaison.get("/p/GEO/tasks/1").await.expect(200).says("R-1 No price book yet");
    assert!(!page.all(".note a").contains(&"Ask Sales for it".to_owned()), "it has been asked");
    // Those who do not speak for the task's department do not ask for it.
    let page = app.sign_in("member").await.get("/p/GEO/tasks/1").await.expect(200);
    assert!(!page.text().contains("Ask another department") && !page.text().contains("Ask Sales for it"));
}

#[tokio::test]
async fn who_sees_and_who_asks() {
    let (app, geo) = TestApp::with_project().await;
    let path = asked(&app, geo).await;
    for (who, sees, asks) in [
        ("lead", 200, 200),
        ("liaison", 200, 200),
        ("other", 200, 200),
        ("member", 200, 403),
        ("chair", 200, 403),
        ("viewer", 200, 403),
        ("colleague", 200, 403),
        ("admin", 200, 403),
        ("adviser", 404, 404),
        ("guest", 404, 404),
    ] {
        let mut browser = app.sign_in(who).await;
        browser.get(&path).await.expect(sees);
        browser.get("/p/GEO/requests").await.expect(sees);
        browser.get("/p/GEO/requests/new").await.expect(asks);
    }
    app.sign_in("lead").await.get("/p/GEO/requests/2").await.expect(404);
    sqlx::query("update projects set state = 'archived' where key = 'GEO'")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let mut liaison = app.sign_in("liaison").await;
    liaison.get(&path).await.expect(200);
    liaison.get("/p/GEO/requests/new").await.expect(403);
}

#[tokio::test]
async fn the_wanted_day_is_not_before_the_answer_is_due() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Pricing page", Some("member"), "2026-11-18").await;
    app.task(geo, "MKT", "Poster", Some("member"), "2026-12-15").await;
    let mut liaison = app.sign_in("liaison").await;
    // Asked on Wednesday the 18th, the answer is owed until Friday the 20th.
    for (task, day) in [(1, "2026-11-23"), (2, "2026-12-15")] {
        let page = liaison.get(&format!("/p/GEO/requests/new?task={task}&to=SAL")).await.expect(200);
        assert_eq!(page.attribute("#wanted_on", "value").as_deref(), Some(day), "for task {task}");
    }
    let (from, to, id) = (part(&app, geo, "MKT").await, part(&app, geo, "SAL").await, new_uuid().to_string());
    let own = [("id", id.as_str()), ("from", &from), ("to", &to), ("title", "Prices"), ("wanted_on", "2026-11-19")];
    let page = liaison.post("/p/GEO/requests/new", &own).await.expect(422).says("They have until Fri 20 Nov, 10:00");
    let early = page.attribute("input[name=early]", "value").unwrap();
    assert_eq!((early.as_str(), page.attribute("#wanted_on-error", "class").is_some()), ("2026-11-19", true));
    let again = [own.as_slice(), &[("early", &early)]].concat();
    liaison.post("/p/GEO/requests/new", &again).await.expect(303);
    assert_eq!(value(&app, "select wanted_on::text from requests").await, "2026-11-19", "a warning, no refusal");
}

#[tokio::test]
async fn a_task_that_waits_for_an_answer_offers_no_escalation_before_it_is_due() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Pricing page", None, "2026-12-18").await;
    let mut liaison = app.sign_in("liaison").await;
    liaison.post("/p/GEO/tasks/1/status", &[("status", "doing"), ("version", "1")]).await.expect(303);
    let blocked = [("status", "blocked"), ("version", "2"), ("reason", "No prices"), ("waits_for", "SAL")];
    liaison.post("/p/GEO/tasks/1/status", &blocked).await.expect(303);
    let raise = "a[href^='/p/GEO/escalations/new']";
    assert_eq!(liaison.get("/p/GEO/tasks/1").await.expect(200).all(raise).len(), 1);
    let task = value(&app, "select id::text from tasks").await;
    let (from, to, id) = (part(&app, geo, "MKT").await, part(&app, geo, "SAL").await, new_uuid().to_string());
    let purpose = format!("task-{task}");
    let fields = [
        ("id", id.as_str()),
        ("from", &from),
        ("to", &to),
        ("title", "Prices"),
        ("wanted_on", "2026-12-01"),
        ("purpose", &purpose),
    ];
    liaison.post("/p/GEO/requests/new", &fields).await.expect(303);
    assert!(liaison.get("/p/GEO/tasks/1").await.expect(200).all(raise).is_empty(), "sales still has time to answer");
    app.state.clock.set("2026-11-20T02:00:00Z".parse().unwrap());
    assert_eq!(liaison.get("/p/GEO/tasks/1").await.expect(200).all(raise).len(), 1);
}
