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
