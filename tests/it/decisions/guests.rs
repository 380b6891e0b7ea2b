//! Whom the lead and the chair ask for advice, and how that is taken back.

use crate::support::{
    TestApp,
    disputes::{before_committee, option, raised, value},
};

#[tokio::test]
async fn an_invitation_is_taken_back() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let (guest, stranger) = (app.id_of("guest").await.to_string(), app.id_of("stranger").await.to_string());
    let mut chair = app.sign_in("chair").await;
    let mut lead = app.sign_in("lead").await;
    chair.post(&format!("{path}/invite"), &[("person", &guest)]).await.expect(303);
    lead.post(&format!("{path}/invite"), &[("person", &stranger)]).await.expect(303);
    let b = option(&app, "B").await;
    let mut asked = app.sign_in("guest").await;
    asked.post(&format!("{path}/ballot"), &[("vote", &b), ("reason", "We track 320 prompts")]).await.expect(303);
    // Only who asked them, and the lead.
    let url = format!("{path}/uninvite");
    for who in ["committee", "liaison", "other", "viewer"] {
        app.sign_in(who).await.post(&url, &[("person", &guest)]).await.expect(403);
    }
    chair.post(&url, &[("person", &stranger)]).await.expect(403);
    let page = chair.get(&path).await.expect(200);
    assert_eq!(page.all(&format!("form[action='{url}']")).len(), 1, "a button for their own invitation");
    chair.submit(&url, &[("person", &guest)]).await.expect(200).says("guest is no longer asked for advice");
    chair.submit(&url, &[("person", &guest)]).await.expect(200).says("taken back already");
    asked.get(&path).await.expect(404);
    asked.post(&format!("{path}/ballot"), &[("vote", &b)]).await.expect(404);
    assert!(!asked.get("/committee").await.expect(200).text().contains("E-1"));
    lead.submit(&url, &[("person", &stranger)]).await.expect(200);
    lead.submit(&url, &[("person", &stranger)]).await.expect(200).says("taken back already");
    assert_eq!(value(&app, "select count(*)::text from escalation_guests").await, "0");
    let events = "select count(*)::text from events where kind = 'escalation.guest_dismissed'";
    assert_eq!(value(&app, events).await, "2");
    lead.get(&path)
        .await
        .expect(200)
        .says("guest gave a view on E-1")
        .says("chair took back the request for advice on E-1")
        .says("We track 320 prompts");
    app.sign_in("lead").await.chinese().get(&path).await.expect(200).says("撤销了就上报 E-1 对外部顾问的邀请");
}

#[tokio::test]
async fn a_guest_gives_a_view_and_does_not_vote() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let b = option(&app, "B").await;
    let mut adviser = app.sign_in("adviser").await;
    adviser.post(&format!("{path}/ballot"), &[("vote", &b)]).await.expect(303);
    let page = adviser.get("/committee").await.expect(200).says("Your view: B").says("You have answered");
    assert!(!page.text().to_lowercase().contains("vote"), "{}", page.text());
    app.sign_in("adviser").await.chinese().get("/committee").await.expect(200).says("你的意见：B");
    // Asked before the committee has it: nothing to do yet.
    let early = raised(&app, geo).await;
    let guest = app.id_of("guest").await.to_string();
    app.sign_in("lead").await.post(&format!("{early}/invite"), &[("person", &guest)]).await.expect(303);
    let page = app.sign_in("guest").await.get("/committee").await.expect(200).says("Not yet with the committee");
    page.says("Nothing waits for you").says("E-2");
}
