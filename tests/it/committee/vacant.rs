//! A committee on which nobody sits: nothing is passed to it, and what the clock brings there says who must name somebody.

use crate::support::{
    TestApp,
    disputes::{prepared, raised, value},
};
use uuid::Uuid;

const STATE: &str = "select state from escalations";

/// With the lead, everything ready for the committee, on which nobody sits.
async fn nobody_sits() -> (TestApp, Uuid, String) {
    let (app, geo) = TestApp::with_project().await;
    sqlx::query(
        "update seats set removed_at = '2026-11-17T02:00:00Z' where project_id = $1 and role in ('committee', 'chair')",
    )
    .bind(geo)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    let path = raised(&app, geo).await;
    prepared(&app, &path).await;
    app.sign_in("other").await.post(&format!("{path}/pass"), &[("from", "liaisons")]).await.expect(303);
    (app, geo, path)
}

#[tokio::test]
async fn nothing_is_passed_to_nobody() {
    let (app, geo, path) = nobody_sits().await;
    let mut lead = app.sign_in("lead").await;
    let page = lead.get(&path).await.expect(200).says("Nobody sits on the committee, so it cannot be passed there");
    assert!(page.all(&format!("form[action='{path}/pass']")).is_empty(), "not offered");
    assert!(!page.text().contains("0 members"));
    assert_eq!(page.attribute("#no-committee a", "href").as_deref(), Some("/p/GEO/seats/new?role=chair"));
    lead.get("/p/GEO/seats/new?role=chair").await.expect(200);
    let page = lead.post(&format!("{path}/pass"), &[("from", "lead"), ("note", "Both tried.")]).await.expect(422);
    page.says("Nobody sits on the committee").says("Both tried.");
    assert_eq!(value(&app, STATE).await, "with_lead");
    let page = lead.chinese().get(&path).await.expect(200);
    page.says("委员会还没有成员，暂时不能提交。可以由你解决，或先指定委员会成员。");
    // One member is enough to pass it on.
    app.seat(geo, "colleague", "committee", None).await;
    let mut lead = app.sign_in("lead").await;
    lead.get(&path).await.expect(200).says("1 member of the committee and 1 outsider");
    lead.post(&format!("{path}/pass"), &[("from", "lead")]).await.expect(303);
    let page = lead.get(&path).await.expect(200).says("The committee has no chair, so nobody can record a decision");
    assert!(page.attribute("#case .note a[href='/p/GEO/seats/new?role=chair']", "href").is_some());
    app.seat(geo, "chair", "chair", None).await;
    let page = lead.get(&path).await.expect(200);
    assert!(!page.text().contains("nobody can"));
}

#[tokio::test]
async fn what_the_clock_brings_there_says_who_must_name_somebody() {
    let (app, geo, path) = nobody_sits().await;
    for moment in ["2026-11-30T10:00", "2026-12-20T10:00"] {
        app.at(moment).await;
    }
    assert_eq!(value(&app, STATE).await, "with_committee");
    for (who, may) in [("lead", true), ("admin", true), ("liaison", false), ("viewer", false)] {
        let page = app.sign_in(who).await.get(&path).await.expect(200);
        let page = page.says("nobody can decide it. The lead or an administrator must name somebody");
        let page = page.says("Waiting for the lead or an administrator to fill the committee");
        let link = page.attribute("#case .note a[href='/p/GEO/seats/new?role=chair']", "href");
        assert_eq!(link.is_some(), may, "{who}");
        assert!(!page.text().contains("Waiting for the chair"), "{who}");
    }
    app.seat(geo, "chair", "chair", None).await;
    let page = app.sign_in("chair").await.get(&path).await.expect(200);
    assert!(!page.text().contains("nobody can decide"));
}
