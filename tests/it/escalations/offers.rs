//! What the two sides offer each other, and forms that come twice.

use super::{raised, raised_as, value, version};
use crate::support::{Client, TestApp};
use tutti::platform::ids::new_uuid;

/// Sends a form so often at once; every answer leads to the case.
async fn at_once(client: &Client, to: &str, fields: &[(&str, &str)]) {
    let mut set = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let (mut client, to) = (client.clone(), to.to_owned());
        let fields: Vec<(String, String)> =
            fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        set.spawn(async move {
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            client.post(&to, &fields).await.expect(303);
        });
    }
    while let Some(done) = set.join_next().await {
        done.unwrap();
    }
}

async fn count(app: &TestApp, sql: &'static str, expected: &str, of: &str) {
    assert_eq!(value(app, sql).await, expected, "{of}");
}

#[tokio::test]
async fn a_form_sent_ten_times_is_one_and_answers_alike() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised(&app, geo).await;
    let (other, lead) = (app.sign_in("other").await, app.sign_in("lead").await);
    at_once(&other, &format!("{path}/pass"), &[("from", "liaisons"), ("note", "No way.")]).await;
    count(&app, "select count(*)::text from events where kind = 'escalation.passed_on'", "1", "passed").await;
    lead.clone().post(&format!("{path}/pass"), &[("from", "liaisons"), ("note", "No way.")]).await.expect(409);
    at_once(&lead, &format!("{path}/settle"), &[("outcome", "299 it is.")]).await;
    count(&app, "select count(*)::text from events where kind = 'escalation.settled'", "1", "settled").await;
    lead.clone().post(&format!("{path}/settle"), &[("outcome", "399 it is.")]).await.expect(409);
    let path = raised(&app, geo).await;
    at_once(&other, &format!("{path}/withdraw"), &[("why", "Solved.")]).await;
    count(&app, "select count(*)::text from events where kind = 'escalation.withdrawn'", "1", "withdrawn").await;
    // The same offer again changes nothing, so that what the other side reads still stands.
    let path = raised_as(&app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    let before = version(&app).await.parse::<i32>().unwrap();
    at_once(&other, &format!("{path}/propose"), &[("settlement", "60 and up.")]).await;
    assert_eq!(version(&app).await, (before + 1).to_string());
    count(&app, "select count(*)::text from events where kind = 'escalation.changed'", "1", "offered").await;
    let (liaison, version) = (app.sign_in("liaison").await, version(&app).await);
    at_once(&liaison, &format!("{path}/confirm"), &[("version", &version)]).await;
    count(&app, "select count(*)::text from events where kind = 'escalation.settled'", "2", "confirmed").await;
}

#[tokio::test]
async fn an_offer_is_refused_with_a_reason() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised_as(&app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    let mut other = app.sign_in("other").await;
    let mut liaison = app.sign_in("liaison").await;
    // One button is filled: what is owed next.
    let filled = |page: &crate::support::Answer| page.attribute(".acts a.primary", "href");
    assert!(filled(&liaison.get(&path).await.expect(200)).is_some_and(|href| href.starts_with("#side-")));
    other.post(&format!("{path}/propose"), &[("settlement", "Score of 60 and up.")]).await.expect(303);
    let page = liaison.get(&path).await.expect(200).says("Answer the offer");
    assert_eq!(filled(&page).as_deref(), Some("#offer"));
    assert_eq!(page.all(".acts a.primary").len(), 1);
    let (version, id) = (version(&app).await, new_uuid().to_string());
    let send =
        |why: &'static str| [("version", version.clone()), ("comment_id", id.clone()), ("refusal", why.to_owned())];
    let refuse = format!("{path}/refuse");
    let post = async |client: &mut Client, why: &'static str| {
        let fields = send(why);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        client.post(&refuse, &fields).await
    };
    post(&mut other, "Mine.").await.expect(403);
    let page = post(&mut liaison, "").await.expect(422).says("Write why not");
    assert!(page.attribute(".errors a[href='#refusal']", "href").is_some());
    for _ in 0..2 {
        post(&mut liaison, "It leaves us 12 leads.").await.expect(303);
    }
    let page = other.get(&path).await.expect(200).says("It leaves us 12 leads.").says("Score of 60 and up.");
    assert!(page.all("#offer").is_empty());
    count(&app, "select count(*)::text from escalation_comments", "1", "once").await;
    page.says("refused the settlement offered");
    let fields = [("version", version.as_str()), ("comment_id", &new_uuid().to_string()), ("refusal", "Late words")];
    liaison.post(&refuse, &fields).await.expect(409);
}
