//! The committee's page over all projects: what waits for whom.

mod answers;
mod asides;
mod guests;
mod packs;
mod pairs;
mod rules;
mod vacant;

use crate::{
    escalations::{before_committee, option, raised},
    support::{Client, TestApp, statements},
};
use tutti::platform::ids::new_uuid;

#[tokio::test]
async fn what_waits_for_me_and_what_i_have_voted_on() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let _early = raised(&app, geo).await;
    let mut member = app.sign_in("committee").await;
    let page = member.get(&path).await.expect(200);
    let jump = page.attribute("#jump a", "href");
    assert_eq!(jump.as_deref(), Some("#ballot"), "one step from wherever the page is read");
    let page = page.says("2 options, and your vote is missing");
    let at = |needle: &str| page.body.find(needle).unwrap();
    assert!(
        at("id=\"options\"") < at("id=\"jump\"") && at("id=\"ballot\"") < at("id=\"votes\""),
        "right after the comparison"
    );
    assert!(app.sign_in("viewer").await.get(&path).await.all("#jump").is_empty());
    let page = member
        .get("/committee")
        .await
        .expect(200)
        .says("E-1 What should")
        .says("5 working days left")
        .says("Your vote is missing");
    assert!(!page.text().contains("E-2"), "not with the committee yet");
    let b = option_of_first(&app).await;
    member.post(&format!("{path}/ballot"), &[("vote", &b)]).await.expect(303);
    let page = member.get("/committee").await.expect(200).says("You voted B").says("Nothing waits for you");
    assert_eq!(page.all("section[aria-labelledby=h-voted] li").len(), 1);
    assert!(member.get(&path).await.all("#jump").is_empty(), "nothing is owed any more");
    // The chair decides once the quorum is met; it stays with the chair even after voting.
    let mut chair = app.sign_in("chair").await;
    let page = chair.get("/committee").await.expect(200).says("Record decision").says("your own vote is not in yet");
    assert_eq!(page.attribute("a.btn.end", "href"), Some(format!("{path}/decide")));
    app.seat(geo, "colleague", "committee", None).await;
    sqlx::query("update projects set quorum = 3").execute(&mut app.sql().await).await.unwrap();
    let page = chair.get("/committee").await.expect(200);
    assert_eq!(page.attribute("a.btn.end", "href"), Some(format!("{path}#ballot")));
    // The chair's own way leads to the record once their ballot is cast.
    sqlx::query("update projects set quorum = 2").execute(&mut app.sql().await).await.unwrap();
    assert_eq!(chair.get(&path).await.attribute("#jump a", "href").as_deref(), Some("#ballot"));
    chair.post(&format!("{path}/ballot"), &[("vote", &b)]).await.expect(303);
    assert_eq!(chair.get(&path).await.attribute("#jump a", "href"), Some(format!("{path}/decide")));
}

/// Option B of E-1.
async fn option_of_first(app: &TestApp) -> String {
    let id: uuid::Uuid = sqlx::query_scalar(
        "select options.id from options join escalations e on e.id = options.escalation_id where e.number = 1 and letter = 'B'",
    )
    .fetch_one(&mut app.sql().await)
    .await
    .unwrap();
    id.to_string()
}

#[tokio::test]
async fn advisers_and_guests_see_what_they_are_asked_only() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let page =
        app.sign_in("adviser").await.get("/committee").await.expect(200).says("E-1").says("Your view is asked for");
    assert!(!page.text().contains("GEO Monitor"));
    let mut guest = app.sign_in("guest").await;
    guest.get("/committee").await.expect(200).says("Nothing waits for you");
    let id = app.id_of("guest").await.to_string();
    app.sign_in("lead").await.post(&format!("{path}/invite"), &[("person", &id)]).await.expect(303);
    guest.get("/committee").await.expect(200).says("E-1 What should the Team plan cost at launch?");
    for who in ["lead", "viewer", "colleague", "stranger", "admin"] {
        let page = app.sign_in(who).await.get("/committee").await.expect(200);
        assert!(!page.text().contains("E-1"), "{who}");
    }
    Client::new(&app).get("/committee").await.expect(303);
    // Decided: the guest is led to the question, the member to the decision.
    let (a, lead, decision) = (option(&app, "A").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    let fields = [
        ("act", "record"),
        ("id", decision.as_str()),
        ("option", &a),
        ("rationale", "Because"),
        ("kind", "price"),
        ("owner", &lead),
    ];
    app.sign_in("chair").await.post(&format!("{path}/decide"), &fields).await.expect(303);
    let page = guest.get("/committee").await.expect(200).says("D-1 299 flat");
    assert_eq!(page.attribute("section[aria-labelledby=h-recent] a", "href"), Some(path.clone()));
    let page = guest.get(&path).await.expect(200).says("Decided on").says("Because");
    assert!(!page.body.contains("/decisions/1"));
    let page = app.sign_in("committee").await.get("/committee").await.expect(200);
    assert_eq!(page.attribute("section[aria-labelledby=h-recent] a", "href").as_deref(), Some("/p/GEO/decisions/1"));
    // Of every project that somebody sees, and no empty box for who has none.
    for who in ["lead", "liaison", "viewer", "colleague", "admin"] {
        app.sign_in(who).await.get("/committee").await.expect(200).says("D-1 299 flat");
    }
    sqlx::query("update projects set visibility = 'seats'").execute(&mut app.sql().await).await.unwrap();
    let page = app.sign_in("colleague").await.get("/committee").await.expect(200);
    assert!(page.all("[aria-labelledby=h-recent]").is_empty() && !page.text().contains("D-1"));
}

#[tokio::test]
async fn one_page_for_any_number_of_questions_in_both_languages() {
    let (app, geo) = TestApp::with_project().await;
    let mut chair = app.sign_in("chair").await.chinese();
    let (page, none) = statements::count(chair.get("/committee")).await;
    page.expect(200).says("没有待办");
    before_committee(&app, geo).await;
    before_committee(&app, geo).await;
    let (page, two) = statements::count(chair.get("/committee")).await;
    page.expect(200).says("E-2").says("还剩 5 个工作日").says("可以记录决议，你还没有投票");
    assert_eq!((none, two), (5, 5), "session, calendar, what waits, where nobody stands in, decisions");
}
