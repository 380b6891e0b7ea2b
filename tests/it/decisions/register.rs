//! The register, in which decisions are superseded and never edited.

use super::{complete, recorded};
use crate::support::{
    Client, TestApp,
    disputes::{before_committee, option, part},
    statements,
};
use sqlx::Executor;
use tutti::{
    decisions::facts,
    platform::ids::{ProjectId, new_uuid},
};

#[tokio::test]
async fn a_decision_is_superseded_never_edited() {
    let (app, geo) = TestApp::with_project().await;
    let first = recorded(&app, "go", "Launch on 12 January").await;
    let mut chair = app.sign_in("chair").await;
    let url = format!("{first}/supersede");
    let page = chair.get(&url).await.expect(200).says("D-1 is superseded");
    assert_eq!(page.attribute("#title", "value").as_deref(), Some("Launch on 12 January"));
    let mut conn = app.sql().await;
    let project = ProjectId(geo);
    assert_eq!(facts::recorded(&mut conn, project).await.unwrap()[0].0, "go");
    let (id, lead) = (new_uuid().to_string(), app.id_of("lead").await.to_string());
    let fields = [
        ("act", "record"),
        ("id", id.as_str()),
        ("title", "Launch on 19 January"),
        ("rationale", "One more <script>week</script>"),
        ("kind", "change"),
        ("owner", &lead),
    ];
    let page = chair.submit(&url, &fields).await.says("D-2 “Launch on 19 January”").says("Supersedes D-1");
    assert!(!page.body.contains("<script>week"));
    chair.get(&first).await.expect(200).says("Superseded by D-2 Launch on 19 January");
    chair.get(&url).await.expect(409);
    let mut other = fields.to_vec();
    let another = new_uuid().to_string();
    other[1] = ("id", &another);
    chair.post(&url, &other).await.expect(409);
    chair.post(&url, &fields).await.expect(303);
    let kinds: Vec<String> =
        facts::recorded(&mut conn, project).await.unwrap().into_iter().map(|fact| fact.0).collect();
    assert_eq!(kinds, ["change"], "the superseded one is out of force");
    for statement in [
        "update decisions set title = 'x'",
        "update decision_effects set position = 9",
        "update decisions set review_on = null",
    ] {
        let refused = conn.execute(statement).await;
        assert!(refused.is_err() || refused.unwrap().rows_affected() == 0, "{statement}");
    }
    let page = chair.get("/p/GEO/decisions").await.expect(200);
    assert_eq!(page.all("tbody tr").len(), 2);
}

#[tokio::test]
async fn what_a_superseded_decision_changed_stays_and_the_page_says_so() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    app.task(geo, "PM", "Price book", None, "2026-11-20").await;
    let (a, lead, id) = (option(&app, "A").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    let mut chair = app.sign_in("chair").await;
    let moved = [("effect", "move_task"), ("task1", "GEO-1"), ("due1", "2026-11-27")];
    let fields = [&complete(&id, &a, &lead)[..], &moved].concat();
    chair.post(&format!("{path}/decide"), &fields).await.expect(303);
    let url = "/p/GEO/decisions/1/supersede";
    let page = chair.get(url).await.expect(200).says("Its other changes stay unless the new decision changes them.");
    let page = page.says("GEO-1 Price book");
    assert!(page.all("section[aria-labelledby=h-stands] li").concat().contains("Date changed"));
    let second = new_uuid().to_string();
    let fields = [
        ("act", "record"),
        ("id", second.as_str()),
        ("title", "399 flat after all"),
        ("rationale", "Costs rose"),
        ("kind", "price"),
        ("owner", &lead),
    ];
    let page = chair.submit(url, &fields).await.says("Supersedes D-1");
    assert!(page.attribute(&format!(".sub a[href='{path}']"), "href").is_some(), "the escalation behind D-1");
    assert!(!page.all("h2").contains(&"Decision".to_owned()), "no heading without text");
    let alone = recorded(&app, "go", "Go").await;
    let page = chair.get(&format!("{alone}/supersede")).await.expect(200);
    assert!(page.all("section[aria-labelledby=h-stands]").is_empty(), "it changed nothing");
}

#[tokio::test]
async fn the_register_lists_and_filters() {
    let (app, geo) = TestApp::with_project().await;
    recorded(&app, "go", "Go to launch").await;
    let path = before_committee(&app, geo).await;
    let (a, lead, id) = (option(&app, "A").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    let mut chair = app.sign_in("chair").await;
    chair.post(&format!("{path}/decide"), &complete(&id, &a, &lead)).await.expect(303);
    let (pm, mkt) = (part(&app, geo, "PM").await, part(&app, geo, "MKT").await);
    for (query, found) in [
        (String::new(), vec!["D-2", "D-1"]),
        ("kind=price".to_owned(), vec!["D-2"]),
        ("kind=go".to_owned(), vec!["D-1"]),
        ("kind=nonsense".to_owned(), vec!["D-2", "D-1"]),
        ("year=2026".to_owned(), vec!["D-2", "D-1"]),
        ("year=2025".to_owned(), vec![]),
        (format!("department={pm}"), vec!["D-2"]),
        (format!("department={mkt}"), vec![]),
        ("q=LAUNCH".to_owned(), vec!["D-1"]),
        ("q=margin".to_owned(), vec!["D-2"]),
        ("q=%25".to_owned(), vec![]),
    ] {
        let page = chair.get(&format!("/p/GEO/decisions?{query}")).await.expect(200);
        let lines: Vec<String> =
            page.all("tbody th").iter().map(|line| line.split(' ').next().unwrap().to_owned()).collect();
        assert_eq!(lines, found, "{query}");
    }
}

#[tokio::test]
async fn pages_cost_a_fixed_number_of_statements_and_speak_chinese() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let mut chair = app.sign_in("chair").await;
    let cost = async |client: &mut Client, path: &str| {
        let (answer, count) = statements::count(client.get(path)).await;
        answer.expect(200);
        count
    };
    assert_eq!(cost(&mut chair, &format!("{path}/decide")).await, 5);
    assert_eq!(cost(&mut chair, "/p/GEO/decisions/new").await, 4);
    let (a, lead, id) = (option(&app, "A").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    chair.post(&format!("{path}/decide"), &complete(&id, &a, &lead)).await.expect(303);
    let alone = recorded(&app, "go", "Go").await;
    assert_eq!(cost(&mut chair, "/p/GEO/decisions/1").await, 5);
    assert_eq!(cost(&mut chair, &alone).await, 4);
    assert_eq!(cost(&mut chair, "/p/GEO/decisions").await, 4);
    for _ in 0..3 {
        recorded(&app, "go", "Go").await;
    }
    assert_eq!(cost(&mut chair, "/p/GEO/decisions").await, 4);
    assert_eq!(cost(&mut chair, "/committee").await, 5);
    let mut chinese = app.sign_in("chair").await.chinese();
    chinese.get("/p/GEO/decisions/1").await.expect(200).says("后续安排").says("由 chair 记录");
    chinese.get("/p/GEO/decisions").await.expect(200).says("推进");
    chinese.get("/p/GEO/decisions/new").await.expect(200).says("记录决议").says("一并生效");
}
