//! What two departments disagreed about before, beside the pack; and the lines of the committee's page.

use crate::support::{
    TestApp,
    disputes::{before_committee, raised_as, ruled},
};

#[tokio::test]
async fn the_history_of_the_pair_is_that_of_both_directions() {
    let (app, geo) = TestApp::with_project().await;
    let (mut lead, mut other) = (app.sign_in("lead").await, app.sign_in("other").await);
    let first = raised_as(&app, geo, "price_too_high", ("SAL", "PM"), "other").await;
    lead.post(&format!("{first}/pass"), &[("from", "liaisons")]).await.expect(303);
    lead.post(&format!("{first}/settle"), &[("outcome", "299 until March.")]).await.expect(303);
    let withdrawn = raised_as(&app, geo, "price_too_high", ("SAL", "PM"), "other").await;
    other.post(&format!("{withdrawn}/withdraw"), &[("why", "Answered")]).await.expect(303);
    let elsewhere = raised_as(&app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    // The other way round.
    sqlx::query("update escalations set from_part_id = to_part_id, to_part_id = from_part_id where number = 2")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let path = before_committee(&app, geo).await;
    let page = app.sign_in("committee").await.get(&path).await.expect(200).says("Earlier between these two");
    assert_eq!(page.all("#earlier li").len(), 2);
    page.says("Settled by the lead after").says("299 until March.").says("Withdrawn after");
    let page = lead.get(&elsewhere).await.expect(200);
    assert!(page.all("#earlier li").is_empty(), "another pair");
    let page = lead.get(&first).await.expect(200);
    assert!(page.all("#earlier li").is_empty(), "later ones are not earlier");
    app.sign_in("chair").await.chinese().get(&path).await.expect(200).says("双方此前的上报").says("负责人解决");
    // Outsiders read of no other question.
    let page = app.sign_in("adviser").await.get(&path).await.expect(200);
    assert!(page.all("#earlier").is_empty() && !page.text().contains("299 until March."));
}

#[tokio::test]
async fn each_line_says_what_it_is_about() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let mut member = app.sign_in("committee").await;
    let page = member.get("/committee").await.expect(200).says("GEO Monitor").says("Product").says("Sales");
    page.says("Version 1").says("0 voted, quorum 1").says("Price is too high");
    ruled(&app, geo, "chair", true, 1).await;
    let page = member.get("/committee").await.expect(200);
    assert!(!page.text().contains("0 voted"), "hidden until they have voted");
    let b = crate::support::disputes::option(&app, "B").await;
    member.post(&format!("{path}/ballot"), &[("vote", &b)]).await.expect(303);
    member.get("/committee").await.expect(200).says("1 voted, quorum 1").says("You voted B");
}
