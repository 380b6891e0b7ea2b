//! What the lead declares: shown beside the computed health, with a reason where it differs, and on the committee's list
//! after seven days.

use super::{at, at_risk, happens, run};
use crate::support::{Answer, Client, TestApp, disputes::value, statements};
use tutti::platform::ids::new_uuid;

const NOTE: &str = "The charter is signed; the file follows on Friday.";

async fn declare(lead: &mut Client, version: &str, declared: &str, note: &str) -> Answer {
    let id = new_uuid().to_string();
    let form = [("id", id.as_str()), ("version", version), ("declared", declared), ("health_note", note)];
    lead.post("/p/GEO/health", &form).await
}

const DECLARATIONS: &str = "select count(*)::text from health_declarations";

#[tokio::test]
async fn both_are_shown_when_they_differ() {
    let (app, _) = at_risk().await;
    let mut lead = app.sign_in("lead").await;
    let page = lead.get("/p/GEO").await.expect(200).says("As computed: At risk");
    assert_eq!(page.attribute("#declare", "open"), None);
    assert_eq!(page.attribute("input[name=declared][checked]", "value").as_deref(), Some("computed"));
    let id = page.attribute("form[action='/p/GEO/health'] input[name=id]", "value").unwrap();
    let form = [("id", id.as_str()), ("version", "1"), ("declared", "on_track"), ("health_note", NOTE)];
    lead.post("/p/GEO/health", &form).await.expect(303);
    lead.post("/p/GEO/health", &form).await.expect(303);
    assert_eq!(value(&app, DECLARATIONS).await, "1", "sent twice, declared once");
    let (page, sent) = statements::count(lead.get("/p/GEO")).await;
    assert_eq!(sent, 5);
    page.says("You declared: On track")
        .says("At risk Lead: On track")
        .says(&format!("“{NOTE}” lead, "))
        .says("They have differed since Wed 18 Nov. From Wed 25 Nov the committee has it on its list.")
        .says("lead declared GEO Monitor as “On track”");
    // Everybody reads it, on every page of the project and in the list.
    let mut viewer = app.sign_in("viewer").await;
    viewer.get("/p/GEO/team").await.expect(200).says("At risk Lead: On track");
    viewer.get("/projects").await.expect(200).says("At risk Lead: On track");
    let page =
        viewer.chinese().get("/p/GEO").await.expect(200).says("有风险 负责人：正常").says("自 11月18日 周三起不一致");
    assert!(page.all("form[action='/p/GEO/health']").is_empty(), "only the lead declares");
    // The same as computed needs no sentence; then nothing differs.
    declare(&mut lead, "2", "at_risk", "").await.expect(303);
    let page = lead.get("/p/GEO").await.expect(200).says("You declared: At risk");
    assert!(
        !page.text().contains("differed") && !page.all("h1 + .pill + .tone").iter().any(|mark| mark.contains("Lead"))
    );
    // Taken back: the computed one stands alone.
    declare(&mut lead, "3", "computed", "").await.expect(303);
    let page = lead
        .get("/p/GEO")
        .await
        .expect(200)
        .says("The computed health stands alone")
        .says("lets the computed health of");
    assert!(!page.text().contains("Lead: "));
    assert_eq!(value(&app, DECLARATIONS).await, "3");
    // What stands already is no declaration.
    declare(&mut lead, "4", "computed", "").await.expect(303);
    assert_eq!(value(&app, DECLARATIONS).await, "3");
}

#[tokio::test]
async fn what_does_not_stand_comes_back_with_what_was_typed() {
    let (app, _) = at_risk().await;
    let mut lead = app.sign_in("lead").await;
    let long = "长".repeat(281);
    for (declared, note, said) in [
        ("on_track", "", "Say in a sentence why you see it otherwise than computed"),
        ("on_track", long.as_str(), "Use 280 characters at most"),
        ("", NOTE, "Choose one"),
        ("not_started", NOTE, "Choose one"),
    ] {
        let page = declare(&mut lead, "1", declared, note).await.expect(422).says(said).says("Open tasks");
        assert!(page.attribute("#declare", "open").is_some());
        assert_eq!(page.all("#health_note"), [note], "nothing typed is lost");
        let chosen = page.attribute("input[name=declared][checked]", "value");
        assert_eq!(chosen.as_deref(), (declared == "on_track").then_some("on_track"));
    }
    lead.post("/p/GEO/health", &[("declared", "on_track"), ("health_note", NOTE)]).await.expect(422);
    assert_eq!(value(&app, DECLARATIONS).await, "0");
    // Another window was faster.
    declare(&mut lead, "1", "off_track", "Sales has no price.").await.expect(303);
    let page = declare(&mut lead, "1", "on_track", NOTE)
        .await
        .expect(409)
        .says("Somebody declared another health meanwhile")
        .says("“Sales has no price.”");
    assert_eq!(page.all("#health_note"), [NOTE]);
    assert_eq!(page.attribute("form[action='/p/GEO/health'] input[name=version]", "value").as_deref(), Some("2"));
    assert_eq!(value(&app, "select declared from project_health where declared is not null").await, "off_track");
    let refused = declare(&mut lead.clone().chinese(), "2", "on_track", "").await.expect(422);
    refused.says("请用一句话说明为什么与系统判定不同");
}

#[tokio::test]
async fn only_the_lead_of_a_project_under_way_declares() {
    let (app, _) = at_risk().await;
    for who in ["admin", "liaison", "member", "committee", "chair", "viewer", "colleague"] {
        declare(&mut app.sign_in(who).await, "1", "on_track", NOTE).await.expect(403);
    }
    for who in ["adviser", "guest"] {
        declare(&mut app.sign_in(who).await, "1", "on_track", NOTE).await.expect(404);
    }
    for state in ["draft", "archived"] {
        sqlx::query("update projects set state = $1 where key = 'GEO'")
            .bind(state)
            .execute(&mut app.sql().await)
            .await
            .unwrap();
        let mut lead = app.sign_in("lead").await;
        declare(&mut lead, "1", "on_track", NOTE).await.expect(403);
        assert!(lead.get("/p/GEO").await.expect(200).all("#project-health").is_empty());
    }
    assert_eq!(value(&app, DECLARATIONS).await, "0");
    let refused = sqlx::query(
        "insert into health_declarations (project_id, id, declared, computed, note, declared_by, declared_at)
         select projects.id, gen_random_uuid(), null, 'at_risk', '', created_by, now() from projects where key = 'GEO'",
    );
    let mut sql = app.sql().await;
    refused.execute(&mut sql).await.unwrap();
    let edited = sqlx::query("update health_declarations set note = 'other'").execute(&mut sql).await;
    assert!(edited.is_err(), "declarations are never changed");
}

/// What the person's list of differing health says.
async fn listed(app: &TestApp, who: &str) -> Vec<String> {
    app.sign_in(who).await.get("/committee").await.expect(200).all("#differing li")
}

#[tokio::test]
async fn after_seven_days_it_is_on_the_committees_list() {
    let (app, geo) = at_risk().await;
    let mut lead = app.sign_in("lead").await;
    declare(&mut lead, "1", "on_track", NOTE).await.expect(303);
    at(&app, "2026-11-25T01:59:00Z");
    assert!(listed(&app, "chair").await.is_empty(), "a minute too early");
    at(&app, "2026-11-22T02:00:00Z");
    // Neither other words nor another computed colour begin a new difference.
    declare(&mut lead, "2", "on_track", "Signed today.").await.expect(303);
    at(&app, "2026-11-25T02:00:00Z");
    run(&app).await;
    assert_eq!(value(&app, super::COLOUR).await, "off_track", "15 days late by now");
    let mut chair = app.sign_in("chair").await;
    sqlx::query("update sessions set seen_at = '2026-11-25T02:00:00Z'").execute(&mut app.sql().await).await.unwrap();
    let (page, sent) = statements::count(chair.get("/committee")).await;
    assert_eq!(sent, 5, "session, calendar, what waits, warnings, decisions");
    let page = page.expect(200);
    let expected = "GEO Monitor Off track Lead: On track “Signed today.” lead, different since Wed 18 Nov";
    assert_eq!(page.all("#differing li"), [expected]);
    assert_eq!(page.attribute("#differing a", "href").as_deref(), Some("/p/GEO#project-health"));
    assert_eq!(listed(&app, "committee").await.len(), 1);
    chair
        .clone()
        .chinese()
        .get("/committee")
        .await
        .says("健康度有分歧")
        .says("偏离 负责人：正常 “Signed today.” lead，自 11月18日 周三起不一致");
    for who in ["lead", "liaison", "viewer", "colleague", "admin", "adviser", "guest", "stranger"] {
        assert!(listed(&app, who).await.is_empty(), "{who} sits on no committee of it");
    }
    lead.get("/p/GEO").await.expect(200).says("The committee has it on its list.");
    // Agreement ends it, whoever gives way.
    sqlx::query("update tasks set status = 'done'").execute(&mut app.sql().await).await.unwrap();
    happens(&app, geo).await;
    run(&app).await;
    assert!(listed(&app, "chair").await.is_empty());
    let page = lead.get("/p/GEO").await.expect(200).says("Lead: On track");
    assert!(!page.text().contains("differed"));
}
