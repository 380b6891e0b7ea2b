//! The escalation that a request became has ended: its page says how, and the two agree on a day again.

use super::{asked, moves, send, state, value};
use crate::support::{Client, TestApp, disputes::version};

/// The request is refused twice and escalated; answers its address and that of the escalation.
async fn escalated(app: &TestApp, geo: uuid::Uuid) -> (String, String) {
    let path = asked(app, geo).await;
    let (mut other, mut liaison) = (app.sign_in("other").await, app.sign_in("liaison").await);
    send(&mut other, &path, "decline", &[("why", "No.")]).await.expect(303);
    send(&mut liaison, &path, "insist", &[("why", "Yes.")]).await.expect(303);
    send(&mut other, &path, "decline", &[("why", "No.")]).await.expect(303);
    let to = raise(&mut liaison, &path).await;
    (path, to)
}

/// Raises the escalation with the form as it is filled.
pub(super) async fn raise(liaison: &mut Client, path: &str) -> String {
    let url = format!("{path}/escalate");
    let page = liaison.get(&url).await.expect(200);
    let value_of = |name: &str| {
        let typed = page.attribute(&format!("#raise input[name={name}]"), "value");
        typed.or_else(|| page.attribute(&format!("#{name} option[selected]"), "value")).unwrap_or_default()
    };
    let mut fields: Vec<(&str, String)> = ["id", "evidence_id", "from", "to", "kind", "question", "evidence_label"]
        .map(|name| (name, value_of(name)))
        .into();
    fields
        .extend(["background", "position", "evidence_body"].map(|name| (name, page.all(&format!("#{name}")).concat())));
    fields.push(("act", "raise".to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    liaison.post(&url, &fields).await.expect(303).location().to_owned()
}

#[tokio::test]
async fn a_settled_escalation_lets_the_two_agree_on_a_day() {
    let (app, geo) = TestApp::with_project().await;
    let (path, escalation) = escalated(&app, geo).await;
    let (mut other, mut liaison) = (app.sign_in("other").await, app.sign_in("liaison").await);
    let day = [("day", "2026-12-04"), ("why", "As settled.")];
    assert!(liaison.get(&path).await.expect(200).all(&format!("form[action='{path}/again']")).is_empty());
    send(&mut liaison, &path, "again", &day).await.expect(409);
    // The two liaisons settle it.
    liaison.post(&format!("{escalation}/propose"), &[("settlement", "Done by **4 December**.")]).await.expect(303);
    let version = version(&app).await;
    let (offered, again) = ("The other side offers a settlement", "The escalation is over: state the agreed day");
    let page = other.get("/").await.expect(200).says(offered);
    assert_eq!(page.attribute(".items a[href*=escalations]", "href"), Some(escalation.clone()));
    assert!(!liaison.get("/").await.expect(200).text().contains(offered), "it is their own");
    other.post(&format!("{escalation}/confirm"), &[("version", &version)]).await.expect(303);
    let page = app.sign_in("liaison").await.get("/").await.expect(200).says(again).says("2 working days left");
    assert_eq!(page.attribute(".items a[href*=requests]", "href"), Some(path.clone()));
    let page = app.sign_in("other").await.get("/").await.expect(200);
    assert!(!page.text().contains(again) && !page.text().contains(offered), "it is the asker's turn");
    for who in ["liaison", "other", "viewer"] {
        let page = app.sign_in(who).await.get(&path).await.expect(200).says("Escalation over, no day agreed");
        let page = page.says("It was settled on Wed 18 Nov.").says("Done by 4 December");
        assert_eq!(page.attribute("#escalated a", "href"), Some(escalation.clone()));
    }
    let page = liaison.get("/p/GEO/requests").await.expect(200);
    page.says("Escalation over, no day agreed");
    app.sign_in("liaison").await.chinese().get(&path).await.expect(200).says("上报已结束，日期待定");
    // One side has the next step: the asker states the day that the settlement names, the other confirms it with a task.
    let page = liaison.get(&path).await.expect(200).says("Marketing states the agreed day until Fri 20 Nov, 10:00");
    let page = page.says("Now Marketing states the agreed day, and Sales confirms it with a task.");
    assert_eq!(page.attribute("#again_on", "value").as_deref(), Some("2026-12-04"), "as settled");
    let page = other.get(&path).await.expect(200).says("Marketing states the agreed day until");
    assert!(page.all(&format!("form[action='{path}/counter']")).is_empty());
    send(&mut other, &path, "counter", &day).await.expect(409);
    for who in ["viewer", "lead", "other"] {
        send(&mut app.sign_in(who).await, &path, "again", &day).await.expect(403);
    }
    send(&mut liaison, &path, "again", &day).await.expect(303);
    assert!(!liaison.get("/").await.expect(200).text().contains(again), "done");
    assert_eq!(state(&app).await, "asked f 6", "it begins anew: the asker may insist once again");
    send(&mut other, &path, "accept", &[]).await.expect(303);
    assert_eq!(state(&app).await, "accepted f 2026-12-04 7");
    let page = liaison.get(&path).await.expect(200).says("It was settled on Wed 18 Nov.");
    assert!(!page.text().contains("Now Marketing states"), "they have");
    assert_eq!(
        value(&app, "select (escalation_id is not null)::text from requests").await,
        "true",
        "it stays beside it"
    );
}

#[tokio::test]
async fn the_asker_asks_again_for_another_day_and_it_can_become_another_escalation() {
    let (app, geo) = TestApp::with_project().await;
    let (path, escalation) = escalated(&app, geo).await;
    let (mut other, mut liaison) = (app.sign_in("other").await, app.sign_in("liaison").await);
    liaison.post(&format!("{escalation}/withdraw"), &[("why", "We talk again.")]).await.expect(303);
    let page = send(&mut liaison, &path, "again", &[("day", "2026-11-17")]).await.expect(422);
    assert_eq!(page.attribute("#again_on", "value").as_deref(), Some("2026-11-17"));
    send(&mut other, &path, "again", &[("day", "2026-12-04")]).await.expect(403);
    let step = tutti::platform::ids::new_uuid().to_string();
    let version = value(&app, "select version::text from requests").await;
    let fields = [("step", step.as_str()), ("version", &version), ("day", "2026-12-04"), ("why", "")];
    for _ in 0..2 {
        liaison.post(&format!("{path}/again"), &fields).await.expect(303);
    }
    assert_eq!(state(&app).await, "asked f 6");
    assert_eq!(moves(&app).await, "asked declined insisted declined escalated asked", "a form sent twice is one move");
    assert_eq!(value(&app, "select wanted_on::text from requests").await, "2026-12-04");
    let page = other.get(&path).await.expect(200).says("Marketing asks Sales for it by").says("taken back on");
    assert_eq!(page.all(&format!("form[action='{path}/accept']")).len(), 1);
    // History says that it is no new one, and the thread how the escalation ended.
    assert_eq!(page.all("ol.spine li div > p:first-child > b")[4..6], ["Marketing escalated it", "E-1 was taken back"]);
    assert_eq!(page.all(&format!("ol.spine a[href='{escalation}']")), ["E-1", "E-1"]);
    let history = other.get("/p/GEO/history").await.expect(200);
    history.says("liaison asked for R-1").says("again, after E-1 had ended");
    other.clone().chinese().get(&path).await.expect(200).says("E-1 已撤回");
    // Refused twice again.
    send(&mut other, &path, "decline", &[("why", "No.")]).await.expect(303);
    send(&mut liaison, &path, "insist", &[("why", "Yes.")]).await.expect(303);
    send(&mut other, &path, "decline", &[("why", "No.")]).await.expect(303);
    let second = raise(&mut liaison, &path).await;
    assert_ne!(second, escalation);
    liaison.get(&format!("{path}/escalate")).await.expect(303);
    let page = liaison.get(&path).await.expect(200).says("Escalated");
    assert_eq!(page.attribute("#escalated a", "href"), Some(second));
    page.says("E-1 was taken back");
}
