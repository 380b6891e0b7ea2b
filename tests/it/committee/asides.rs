//! Members who step aside from a question, and who records it then.

use crate::support::{
    TestApp,
    disputes::{before_committee, option, ruling, value},
};
use tutti::platform::ids::new_uuid;

#[tokio::test]
async fn a_member_steps_aside_and_comes_back() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    sqlx::query("update projects set quorum = 2").execute(&mut app.sql().await).await.unwrap();
    let b = option(&app, "B").await;
    let mut member = app.sign_in("committee").await;
    member.post(&format!("{path}/ballot"), &[("vote", &b)]).await.expect(303);
    let url = format!("{path}/aside");
    member.post(&url, &[("aside_reason", " ")]).await.expect(422).says("Say why you step aside");
    let long = "字".repeat(501);
    let page = member.post(&url, &[("aside_reason", &long)]).await.expect(422);
    assert_eq!(page.attribute("#aside_reason", "value"), Some(long), "what was typed is kept");
    let page = member.submit(&url, &[("aside_reason", "I hold <b>shares</b>")]).await.expect(200);
    let page = page.says("You have stepped aside").says("I hold <b>shares</b>").says("0 of 1 have voted, quorum 1");
    assert!(page.all("form#ballot").is_empty() && !page.body.contains("<b>shares"));
    // Twice is once; no vote, no advice.
    member.post(&url, &[("aside_reason", "Again")]).await.expect(303);
    assert_eq!(value(&app, "select count(*)::text from asides").await, "1");
    member.post(&format!("{path}/ballot"), &[("vote", &b)]).await.expect(403);
    let page = member.get("/committee").await.expect(200).says("Nothing waits for you").says("You have stepped aside");
    assert!(page.all("nav .n[data-tone=bad]").is_empty(), "the side bar counts it no more");
    assert!(!member.get("/").await.expect(200).text().contains("E-1"));
    // The quorum asks for no more than are left: the chair is heard by recording it.
    let mut chair = app.sign_in("chair").await;
    chair.get(&path).await.expect(200).says("committee stepped aside from E-1").says("Waiting for the chair");
    member.submit(&format!("{path}/back"), &[]).await.expect(200).says("You are back").says("0 of 2 have voted");
    member.post(&format!("{path}/back"), &[]).await.expect(303);
    let page = chair.get(&path).await.expect(200).says("Waiting for 1 more member to vote");
    assert!(!page.text().contains("Waiting for the chair"));
    member.post(&format!("{path}/ballot"), &[("vote", &b)]).await.expect(303);
    assert_eq!(
        value(&app, "select string_agg(kind, ',' order by id) from events where kind in ('escalation.stepped_aside', 'escalation.came_back')").await,
        "escalation.stepped_aside,escalation.came_back"
    );
    let mut sql = app.sql().await;
    assert!(sqlx::query("update asides set reason = 'x'").execute(&mut sql).await.is_err());
    for who in ["lead", "viewer", "adviser"] {
        app.sign_in(who).await.post(&url, &[("aside_reason", "x")]).await.expect(403);
    }
}

#[tokio::test]
async fn where_the_chair_steps_aside_the_deputy_records_it() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let (a, lead_id, id) = (option(&app, "A").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    let mut chair = app.sign_in("chair").await;
    let url = format!("{path}/decide");
    chair.get(&url).await.expect(200);
    chair.post(&format!("{path}/aside"), &[("aside_reason", "My brother sells it")]).await.expect(303);
    chair.get(&url).await.expect(403);
    chair.post(&url, &ruling(&id, &a, &lead_id)).await.expect(403);
    let mut lead = app.sign_in("lead").await;
    let page =
        lead.get(&path).await.expect(200).says("The lead must name a deputy").says("Name a deputy for the chair");
    page.says("Waiting for the lead to name a deputy");
    let page = app.sign_in("viewer").await.get(&path).await.expect(200).says("The lead must name a deputy");
    assert!(!page.body.contains("/settings/committee"));
    let mut member = app.sign_in("committee").await;
    member.get(&url).await.expect(403);
    let deputy = app.id_of("committee").await.to_string();
    let fields = [("version", "0"), ("rule", "chair"), ("deputy", deputy.as_str())];
    lead.post("/p/GEO/settings/committee", &fields).await.expect(303);
    let page = member.get(&path).await.expect(200).says("committee acts for the chair on this question");
    page.says("Waiting for committee to decide for the chair");
    // A deputy who steps aside too cannot act.
    member.post(&format!("{path}/aside"), &[("aside_reason", "Me too")]).await.expect(303);
    member.get(&url).await.expect(403);
    member.post(&format!("{path}/back"), &[]).await.expect(303);
    member.post(&url, &ruling(&id, &a, &lead_id)).await.expect(303);
    let by = "select people.name from decisions join people on people.id = decided_by";
    assert_eq!(value(&app, by).await, "committee");
    // Decided: nobody steps aside or comes back.
    chair.post(&format!("{path}/back"), &[]).await.expect(409);
    member.post(&format!("{path}/aside"), &[("aside_reason", "Late")]).await.expect(409);
    app.sign_in("viewer").await.chinese().get(&path).await.expect(200).says("已回避");
}
