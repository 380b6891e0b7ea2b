//! What an escalation asks of its reader while it is open, and what it leaves out once it is closed.

use super::complete;
use crate::support::{
    TestApp,
    disputes::{before_committee, option, raised_as},
};
use tutti::platform::ids::new_uuid;

#[tokio::test]
async fn what_waits_for_the_reader_stands_on_top() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised_as(&app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    let waits = async |who: &str, path: &str| {
        app.sign_in(who).await.get(path).await.expect(200).all("nav[aria-labelledby=h-waits] a")
    };
    let agree = "Agree with the other side, or pass it to the lead";
    assert_eq!(waits("liaison", &path).await, ["Write the position of Marketing", agree]);
    assert_eq!(waits("other", &path).await, [agree]);
    for who in ["viewer", "member", "committee", "chair"] {
        assert!(waits(who, &path).await.is_empty(), "{who}");
    }
    let page = app.sign_in("lead").await.get(&path).await.expect(200);
    let place = |mark: &str| page.body.find(mark).unwrap_or_else(|| panic!("{mark}"));
    assert!(place("id=\"next\"") < place("id=\"h-pos\""), "what can be done comes before the case");
    let late = before_committee(&app, geo).await;
    assert_eq!(waits("committee", &late).await, ["Cast your vote"]);
    assert_eq!(waits("adviser", &late).await, ["Give your view"]);
    assert_eq!(waits("chair", &late).await, ["Record the decision", "Cast your vote"]);
}

#[tokio::test]
async fn a_decided_one_shows_no_empty_forms() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let (a, lead, id) = (option(&app, "A").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    let mut chair = app.sign_in("chair").await;
    chair.get(&path).await.expect(200).says("Backed by");
    chair.post(&format!("{path}/decide"), &complete(&id, &a, &lead)).await.expect(303);
    let page = chair.get(&path).await.expect(200).says("The committee chose option A").says("299 flat");
    assert!(!page.text().contains("Backed by"), "nobody did");
    assert!(page.all("nav[aria-labelledby=h-waits]").is_empty());
    assert_eq!(page.all("#comments details:not([open]) form").len(), 1, "a comment is written only when asked for");
    assert!(page.all("#comments > form, #comments > ul").is_empty());
    assert!(page.body.contains("by chair, from Tutti"), "printed when and by whom");
}
