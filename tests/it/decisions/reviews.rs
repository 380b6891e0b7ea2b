//! A decision comes back on its day.

use super::{NEW, alone, events};
use crate::support::{TestApp, disputes::value, statements};
use tutti::platform::ids::new_uuid;

const DECISION: &str = "/p/GEO/decisions/1";
const REVIEW: &str = "/p/GEO/decisions/1/review";

/// Owned by the lead, to be looked at on 1 December.
async fn recorded(app: &TestApp) {
    let (id, lead) = (new_uuid().to_string(), app.id_of("lead").await.to_string());
    let fields = alone("record", &id, &lead, &[("review_on", "2026-12-01")]);
    app.sign_in("chair").await.post(NEW, &fields).await.expect(303);
}

#[tokio::test]
async fn on_its_day_it_waits_for_owner_and_chair() {
    let (app, _) = TestApp::with_project().await;
    recorded(&app).await;
    let waits =
        async |who: &str| app.sign_in(who).await.get("/").await.expect(200).text().contains("does it still stand?");
    let early = app.sign_in("lead").await.get("/p/GEO/decisions").await.expect(200);
    assert!(!early.text().contains("Due for review"));
    assert!(!waits("lead").await && !waits("chair").await, "not before");
    app.state.clock.set("2026-12-01T02:00:00Z".parse().unwrap());
    for (who, expected) in [("lead", true), ("chair", true), ("committee", false), ("liaison", false), ("admin", false)]
    {
        assert_eq!(waits(who).await, expected, "{who}");
    }
    let mut lead = app.sign_in("lead").await;
    let page = lead.get("/").await.expect(200).says("Change the plan");
    assert!(page.attribute(&format!("main a[href='{DECISION}']"), "href").is_some());
    let (_, count) = statements::count(lead.get("/")).await;
    assert!(count <= 5, "{count}");
    lead.get("/p/GEO/decisions").await.expect(200).says("Due for review");
    let (page, count) = statements::count(lead.get(DECISION)).await;
    page.expect(200).says("Due for review").says("Still stands");
    assert!(count <= 5, "{count}");
    // It still stands until March.
    let id = new_uuid().to_string();
    let fields = [("id", id.as_str()), ("last", ""), ("note", "Margin **holds**."), ("next_on", "2027-03-01")];
    let page = lead.submit(REVIEW, &fields).await.expect(200);
    page.says("Review recorded").says("Margin holds").says("Next review: Mon 1 Mar 2027");
    lead.post(REVIEW, &fields).await.expect(303);
    assert_eq!(events(&app, "decision.reviewed").await, 1, "a form sent twice makes one review");
    assert!(!waits("lead").await && !waits("chair").await);
    let page = lead.get("/p/GEO/decisions").await.expect(200).says("Mon 1 Mar 2027");
    assert!(!page.text().contains("Due for review"));
    assert!(sqlx::query("update decision_reviews set note = 'x'").execute(&mut app.sql().await).await.is_err());
    // And for good.
    let second = new_uuid().to_string();
    let fields = [("id", second.as_str()), ("last", &id), ("note", "Settled."), ("next_on", "")];
    lead.post(REVIEW, &fields).await.expect(303);
    app.state.clock.set("2028-12-01T02:00:00Z".parse().unwrap());
    assert!(!waits("lead").await, "it does not come back any more");
    app.sign_in("chair").await.chinese().get(DECISION).await.expect(200).says("维持不变");
}

#[tokio::test]
async fn mistakes_conflicts_and_who_may() {
    let (app, _) = TestApp::with_project().await;
    recorded(&app).await;
    let (first, second) = (new_uuid().to_string(), new_uuid().to_string());
    let of = |id, last, note, next| [("id", id), ("last", last), ("note", note), ("next_on", next)];
    for who in ["liaison", "other", "member", "committee", "viewer", "colleague", "admin"] {
        let mut client = app.sign_in(who).await;
        client.post(REVIEW, &of(&*first, "", "x", "")).await.expect(403);
        assert!(client.get(DECISION).await.expect(200).all("#reviews form").is_empty(), "{who}");
    }
    for who in ["adviser", "guest"] {
        app.sign_in(who).await.post(REVIEW, &of(&*first, "", "x", "")).await.expect(404);
    }
    let mut lead = app.sign_in("lead").await;
    lead.post("/p/GEO/decisions/9/review", &of(&*first, "", "x", "")).await.expect(404);
    let page = lead.post(REVIEW, &of(&*first, "", "", "2026-11-18")).await.expect(422);
    let page = page.says("Say why it still stands").says("Choose a day after today");
    assert!(page.attribute(".errors a[href='#note']", "href").is_some());
    assert_eq!(page.attribute("#next_on", "value").as_deref(), Some("2026-11-18"), "nothing typed is lost");
    let mut chair = app.sign_in("chair").await;
    chair.post(REVIEW, &of(&*first, "", "The chair was faster", "")).await.expect(303);
    let page = lead.post(REVIEW, &of(&*second, "", "The lead is late", "2027-03-01")).await.expect(409);
    let page = page.says("Somebody has reviewed it since").says("The chair was faster");
    assert!(page.body.contains("The lead is late"), "nothing typed is lost");
    assert_eq!(page.attribute("#reviews [name=last]", "value"), Some(first.clone()));
    lead.post(REVIEW, &of(&*second, &first, "The lead is late", "2027-03-01")).await.expect(303);
    assert_eq!(value(&app, "select count(*)::text from decision_reviews").await, "2");
    // A superseded one is over.
    let (id, owner) = (new_uuid().to_string(), app.id_of("lead").await.to_string());
    chair.post(&format!("{DECISION}/supersede"), &alone("record", &id, &owner, &[])).await.expect(303);
    let third = new_uuid().to_string();
    chair.post(REVIEW, &of(&*third, &second, "x", "")).await.expect(409);
    lead.post(REVIEW, &of(&*third, &second, "x", "")).await.expect(403);
    assert!(chair.get(DECISION).await.expect(200).all("#reviews form").is_empty());
}

#[tokio::test]
async fn what_is_superseded_at_this_very_moment_does_not_still_stand() {
    let (app, _) = TestApp::with_project().await;
    recorded(&app).await;
    let mut sql = app.sql().await;
    sqlx::raw_sql("begin; select id from decisions for update").execute(&mut sql).await.unwrap();
    let mut lead = app.sign_in("lead").await;
    let review = tokio::spawn(async move {
        let id = new_uuid().to_string();
        lead.post(REVIEW, &[("id", id.as_str()), ("last", ""), ("note", "It still stands"), ("next_on", "")]).await
    });
    app.waits_for_a_lock(|| review.is_finished()).await;
    sqlx::raw_sql(
        "insert into decisions (project_id, id, number, kind, title, rationale, owner_id, tally, decided_by, decided_at, supersedes_id)
         select project_id, gen_random_uuid(), 99, kind, title, rationale, owner_id, tally, decided_by, decided_at, id from decisions;
         commit",
    )
    .execute(&mut sql)
    .await
    .unwrap();
    let page = review.await.unwrap().expect(409);
    assert_eq!(page.all("#typed textarea"), ["It still stands"]);
    assert_eq!(value(&app, "select count(*)::text from decision_reviews").await, "0");
    assert_eq!(events(&app, "decision.reviewed").await, 0);
}

#[tokio::test]
async fn superseding_waits_for_a_review_that_is_being_written() {
    let (app, _) = TestApp::with_project().await;
    recorded(&app).await;
    let mut sql = app.sql().await;
    sqlx::raw_sql("begin; select id from decisions for no key update").execute(&mut sql).await.unwrap();
    let (mut chair, owner) = (app.sign_in("chair").await, app.id_of("lead").await.to_string());
    let superseding = tokio::spawn(async move {
        let id = new_uuid().to_string();
        chair.post(&format!("{DECISION}/supersede"), &alone("record", &id, &owner, &[])).await.status.as_u16()
    });
    app.waits_for_a_lock(|| superseding.is_finished()).await;
    sqlx::raw_sql("commit").execute(&mut sql).await.unwrap();
    assert_eq!(superseding.await.unwrap(), 303);
}

#[tokio::test]
async fn a_guest_owns_no_decision() {
    let (app, _) = TestApp::with_project().await;
    let mut chair = app.sign_in("chair").await;
    let (id, adviser) = (new_uuid().to_string(), app.id_of("adviser").await.to_string());
    let page = chair.get(NEW).await.expect(200);
    let offered = page.all("#owner option");
    assert!(offered.contains(&"lead".to_owned()) && !offered.contains(&"adviser".to_owned()), "{offered:?}");
    let page = chair.post(NEW, &alone("record", &id, &adviser, &[])).await.expect(422);
    page.says("Choose an owner with a seat");
    assert_eq!(page_count(&app).await, "0");
}

async fn page_count(app: &TestApp) -> String {
    value(app, "select count(*)::text from decisions").await
}
