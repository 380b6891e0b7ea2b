//! The form to raise an escalation: one name for it, and kinds that fit the two departments.

use crate::support::{
    TestApp,
    disputes::{part, value},
};
use tutti::platform::ids::new_uuid;

#[tokio::test]
async fn a_kind_of_another_pair_is_refused_at_its_field_and_nothing_is_lost() {
    let (app, geo) = TestApp::with_project().await;
    let (mkt, sal) = (part(&app, geo, "MKT").await, part(&app, geo, "SAL").await);
    let (id, evidence) = (new_uuid().to_string(), new_uuid().to_string());
    let mut other = app.sign_in("other").await;
    let mut fields = vec![
        ("act", "raise"),
        ("id", id.as_str()),
        ("evidence_id", &evidence),
        ("from", &sal),
        ("to", &mkt),
        ("kind", "requirement_churn"),
        ("question", "Who follows up leads?"),
        ("position", "Marketing does."),
        ("evidence_body", "Forty leads nobody called."),
        ("option1", "Sales within a day"),
    ];
    let page = other.post("/p/GEO/escalations/new", &fields).await.expect(422);
    let page = page.says("Choose a kind that fits the two departments");
    assert_eq!(page.all(".errors li").len(), 1, "and nothing else is wrong");
    assert!(page.attribute(".errors a[href='#kind']", "href").is_some());
    for (field, kept) in [("question", "Who follows up leads?"), ("option1", "Sales within a day")] {
        assert_eq!(page.attribute(&format!("#{field}"), "value").as_deref(), Some(kept));
    }
    assert!(page.body.contains("Forty leads nobody called.") && page.body.contains("Marketing does."));
    assert!(page.body.contains("value=\"lead_quality\"") && !page.body.contains("value=\"requirement_churn\""));
    // Whatever is sent without the button that raises it only looks.
    fields[5] = ("kind", "lead_quality");
    other.post("/p/GEO/escalations/new", &fields[1..]).await.expect(200);
    assert_eq!(value(&app, "select count(*)::text from escalations").await, "0");
    other.post("/p/GEO/escalations/new", &fields).await.expect(303);
}

#[tokio::test]
async fn words_beside_a_task_or_a_link_are_evidence_of_their_own() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "PM", "Price book", None, "2026-11-20").await;
    let (from, to) = (part(&app, geo, "SAL").await, part(&app, geo, "PM").await);
    let (id, evidence) = (new_uuid().to_string(), new_uuid().to_string());
    let mut other = app.sign_in("other").await;
    let fields = [
        ("act", "raise"),
        ("id", id.as_str()),
        ("evidence_id", &evidence),
        ("task", "1"),
        ("from", &from),
        ("to", &to),
        ("kind", "other"),
        ("question", "Who writes the price book?"),
        ("position", "Not us."),
        ("evidence_task", "GEO-1"),
        ("evidence_body", "Two deals wait for it."),
    ];
    let page = other.submit("/p/GEO/escalations/new", &fields).await.expect(200).says("GEO-1 Price book");
    let page = page.says("Two deals wait for it.");
    assert_eq!(page.all("#evidence ul.items > li").len(), 2);
    let added = "select count(*)::text from events where kind = 'evidence.added'";
    assert_eq!(value(&app, added).await, "2", "an event each");
    // The same on the page of the escalation, where the form sent again adds nothing.
    let second = new_uuid().to_string();
    let fields = [
        ("evidence_id", second.as_str()),
        ("evidence_label", "Call notes"),
        ("evidence_url", "https://notes.example/calls"),
        ("evidence_task", "1"),
        ("evidence_body", "Both buyers asked twice."),
    ];
    for _ in 0..2 {
        let page = other.submit("/p/GEO/escalations/1/evidence", &fields).await.expect(200).says("Call notes");
        let page = page.says("Both buyers asked twice.");
        assert_eq!(page.all("#evidence ul.items > li").len(), 5);
    }
    assert_eq!(value(&app, added).await, "5");
    // Nothing of it stands when a part is wrong, and all of it is still in the form.
    let third = new_uuid().to_string();
    let wrong = [("evidence_id", third.as_str()), ("evidence_task", "4711"), ("evidence_body", "Kept as typed.")];
    other.post("/p/GEO/escalations/1/evidence", &wrong).await.expect(422).says("Kept as typed.");
    assert_eq!(value(&app, "select count(*)::text from evidence").await, "5");
}

#[tokio::test]
async fn it_is_called_the_same_everywhere() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "SAL", "Price book", None, "2026-11-20").await;
    let (mut english, mut chinese) = (app.sign_in("other").await, app.sign_in("other").await.chinese());
    for path in ["/p/GEO", "/p/GEO/tasks/1", "/p/GEO/escalations"] {
        let page = english.get(path).await.expect(200);
        assert!(page.all(".acts a").contains(&"Raise escalation".to_owned()), "{path}");
        let page = chinese.get(path).await.expect(200);
        assert!(page.all(".acts a").contains(&"发起上报".to_owned()), "{path}");
    }
    let page = english.get("/p/GEO/escalations/new").await.expect(200);
    assert_eq!(
        (page.all("h1"), page.all("#raise .primary")),
        (vec!["Raise escalation".to_owned()], vec!["Raise escalation".to_owned()])
    );
}

#[tokio::test]
async fn criteria_are_recorded_in_both_languages() {
    let (app, geo) = TestApp::with_project().await;
    let path = crate::support::disputes::raised(&app, geo).await;
    crate::support::disputes::prepared(&app, &path).await;
    app.sign_in("lead").await.get(&path).await.expect(200).says("is now Cost, Main risk");
    let page = app.sign_in("lead").await.chinese().get(&path).await.expect(200);
    let trail = page.all("section[aria-labelledby=h-log]").concat();
    assert!(trail.contains("成本") && trail.contains("主要风险") && !trail.contains("Main risk"), "{trail}");
}
