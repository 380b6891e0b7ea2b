//! The strategy: shows, saves, refuses, forbids; version beside version.

use crate::support::{Answer, TestApp, disputes::value, statements};
use tutti::{notices, platform::ids::new_uuid};

const PAGE: &str = "/p/GEO/goals/strategy";
const EDIT: &str = "/p/GEO/goals/strategy/edit";

/// The form, made from a version, with this need and this reason.
async fn sent(app: &TestApp, id: &str, seen: &str, need: &str, reason: &str) -> Answer {
    app.sign_in("lead").await.post(EDIT, &form(id, seen, need, reason)).await
}

fn form<'a>(id: &'a str, seen: &'a str, need: &'a str, reason: &'a str) -> [(&'a str, &'a str); 9] {
    [
        ("id", id),
        ("seen", seen),
        ("vision", "Every brand knows what AI says about it."),
        ("strategy", "Start with brands that sell overseas.\nLeave agencies for later."),
        ("audience", "Marketing teams of 20 to 500 people."),
        ("need", need),
        ("difference", "We track answers, not links."),
        ("worth", "3,000 business customers in two years."),
        ("reason", reason),
    ]
}

/// A new version; answers the id of its form.
pub(super) async fn set(app: &TestApp, seen: &str, need: &str, reason: &str) -> String {
    let id = new_uuid().to_string();
    sent(app, &id, seen, need, reason).await.expect(303);
    id
}

async fn numbers(app: &TestApp) -> String {
    value(app, "select coalesce(string_agg(number::text || ' ' || need, ', ' order by number), 'none') from strategies")
        .await
}

#[tokio::test]
async fn the_lead_writes_it_and_everybody_in_the_project_reads_it() {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    let page = lead.get(PAGE).await.expect(200).says("No strategy yet");
    assert!(page.attribute(&format!(".empty a[href='{EDIT}']"), "href").is_some());
    let page = app.sign_in("viewer").await.get(PAGE).await.expect(200).says("The GTM lead writes it");
    assert!(page.attribute(&format!("a[href='{EDIT}']"), "href").is_none(), "the lead's alone");
    let (page, count) = statements::count(lead.get(EDIT)).await;
    assert_eq!(count, 3, "session, project, strategy");
    let page = page.expect(200).says("Who is it for?").says("you can name twenty of them");
    assert_eq!(page.attribute("input[name=seen]", "value").as_deref(), Some("0"));
    assert!(page.attribute("#reason", "name").is_none(), "the first needs no reason");
    set(&app, "0", "They cannot see it.", "").await;
    let (page, count) = statements::count(app.sign_in("viewer").await.get(PAGE)).await;
    assert_eq!(count, 4, "session, project, strategy, versions");
    let page = page
        .expect(200)
        .says("Every brand knows what AI says about it.")
        .says("Version 1, in force since 18 Nov 2026, set by lead");
    assert_eq!(page.all("dl.four dd").len(), 4, "four answers");
    assert!(page.body.contains("Start with brands that sell overseas.\nLeave agencies"), "lines stay lines");
    app.sign_in("viewer").await.chinese().get(PAGE).await.expect(200).says("面向谁？").says("由 lead 制定");
    app.sign_in("viewer").await.get("/p/GEO/history").await.expect(200).says("lead set Strategy version 1");
}

#[tokio::test]
async fn a_change_has_a_reason_and_stands_beside_the_last() {
    let (app, _) = TestApp::with_project().await;
    set(&app, "0", "They cannot see it.", "").await;
    sent(&app, &new_uuid().to_string(), "1", "They cannot fix it.", "")
        .await
        .expect(422)
        .says("Write at least one sentence");
    set(&app, "1", "They cannot fix it.", "Pilots see it and <ask> for more.").await;
    set(&app, "2", "They cannot fix it alone.", "Interviews").await;
    let mut viewer = app.sign_in("viewer").await;
    let page =
        viewer.get(PAGE).await.expect(200).says("They cannot fix it alone.").says("Why it was changed: Interviews");
    assert_eq!(page.all("#versions li a"), ["Version 3", "Version 2", "Version 1"]);
    let (page, count) = statements::count(viewer.get(&format!("{PAGE}?version=2"))).await;
    assert_eq!(count, 4, "session, project, two versions, versions");
    let page = page.expect(200).says("Version 2 beside version 1").says("Pilots see it and <ask> for more.");
    assert_eq!((page.all(".diff del"), page.all(".diff ins")), (vec!["see".to_owned()], vec!["fix".to_owned()]));
    assert_eq!(page.all("details dt").len(), 5, "what is the same is folded");
    assert!(page.attribute(&format!("a[href='{EDIT}']"), "href").is_none(), "no version is edited");
    let first = viewer.get(&format!("{PAGE}?version=1")).await.expect(200).says("They cannot see it.");
    assert!(first.all(".diff").is_empty(), "nothing stands before the first");
    for unknown in ["0", "4", "-1", "x", "", "99999999999"] {
        viewer.get(&format!("{PAGE}?version={unknown}")).await.expect(404);
    }
    viewer.chinese().get(&format!("{PAGE}?version=3")).await.expect(200).says("第 3 版与第 2 版对照");
    let event = "select (after->'fields')::text || ' ' || (after->>'reason') from events where kind = 'strategy.set' order by id desc limit 1";
    assert_eq!(value(&app, event).await, "[\"need\"] Interviews");
    let update = sqlx::query("update strategies set vision = 'x'").execute(&mut app.sql().await).await;
    assert!(update.is_err(), "append-only");
}

#[tokio::test]
async fn every_mistake_is_said_and_nothing_typed_is_lost() {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    let (id, long) = (new_uuid().to_string(), "愿".repeat(401));
    let fields =
        [("id", id.as_str()), ("seen", "0"), ("vision", long.as_str()), ("strategy", " "), ("need", "Kept as it is")];
    let page = lead.post(EDIT, &fields).await.expect(422).says("Shorten this to 400 characters").says("Kept as it is");
    for field in ["vision", "strategy", "audience", "difference", "worth"] {
        assert!(page.attribute(&format!(".errors a[href='#{field}']"), "href").is_some(), "{field}");
    }
    assert!(page.attribute(".errors a[href='#need']", "href").is_none());
    lead.chinese().post(EDIT, &fields).await.expect(422).says("请至少写一句话");
    assert_eq!(numbers(&app).await, "none");
    app.sign_in("lead").await.post(EDIT, &[("id", "x"), ("seen", "0")]).await.expect(422);
}

#[tokio::test]
async fn a_form_sent_twice_makes_one_version_and_one_that_changes_nothing_none() {
    let (app, _) = TestApp::with_project().await;
    let id = set(&app, "0", "They cannot see it.", "").await;
    sent(&app, &id, "0", "They cannot see it.", "").await.expect(303);
    let again = new_uuid().to_string();
    let page = sent(&app, &again, "1", "They cannot see it.", "Because I can").await.expect(422);
    page.says("so there is no new version").says("Because I can");
    assert_eq!(numbers(&app).await, "1 They cannot see it.");
    assert_eq!(value(&app, "select count(*)::text from events where kind = 'strategy.set'").await, "1");
}

#[tokio::test]
async fn whoever_is_slower_reads_what_stands_now_and_may_go_on() {
    let (app, _) = TestApp::with_project().await;
    set(&app, "0", "They cannot see it.", "").await;
    set(&app, "1", "They cannot fix it.", "Pilots").await;
    let page = sent(&app, &new_uuid().to_string(), "1", "They cannot sell.", "Sales")
        .await
        .expect(409)
        .says("Somebody was faster");
    assert_eq!(page.all(".errors tbody td"), ["lead", "", "They cannot fix it.", "They cannot sell."]);
    assert_eq!(page.attribute("input[name=seen]", "value").as_deref(), Some("2"));
    let id = page.attribute("input[name=id]", "value").unwrap();
    assert!(page.body.contains("They cannot sell.</textarea>") && page.body.contains("Sales</textarea>"));
    sent(&app, &id, "2", "They cannot sell.", "Sales").await.expect(303);
    // Two first versions: one stands.
    assert_eq!(numbers(&app).await, "1 They cannot see it., 2 They cannot fix it., 3 They cannot sell.");
    sent(&app, &new_uuid().to_string(), "9", "Ahead of all", "x").await.expect(409);
    assert_eq!(value(&app, "select max(number)::text from strategies").await, "3");
}

#[tokio::test]
async fn two_at_once_make_one_next_version() {
    let (app, _) = TestApp::with_project().await;
    let (one, other) = (new_uuid().to_string(), new_uuid().to_string());
    let (first, second) = tokio::join!(sent(&app, &one, "0", "First", ""), sent(&app, &other, "0", "Second", ""));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    assert_eq!(value(&app, "select count(*)::text from strategies").await, "1");
}

#[tokio::test]
async fn the_same_form_twice_at_once_makes_one_version() {
    let (app, geo) = TestApp::with_project().await;
    let (id, mut lead, mut first) = (new_uuid(), app.sign_in("lead").await, app.sql().await);
    // The first sending holds the project, the second comes before it ends.
    sqlx::raw_sql("begin; select from projects where key = 'GEO' for no key update").execute(&mut first).await.unwrap();
    let second = tokio::spawn(async move {
        lead.post(EDIT, &form(&id.to_string(), "0", "They cannot see it.", "")).await.status.as_u16()
    });
    app.waits_for_a_lock(|| second.is_finished()).await;
    let own = id.to_string();
    let [_, _, said @ .., _] = form(&own, "0", "They cannot see it.", "");
    let insert = "insert into strategies (project_id, id, number, set_by, set_at, vision, strategy, audience, need, difference, worth)
                  values ($1, $2, 1, $3, now(), $4, $5, $6, $7, $8, $9)";
    let insert = sqlx::query(insert).bind(geo).bind(id).bind(app.id_of("lead").await);
    let insert = said.into_iter().fold(insert, |insert, (_, text)| insert.bind(text));
    insert.execute(&mut first).await.unwrap();
    sqlx::raw_sql("commit").execute(&mut first).await.unwrap();
    assert_eq!(second.await.unwrap(), 303, "its own words are no conflict");
    assert_eq!(numbers(&app).await, "1 They cannot see it.");
}

#[tokio::test]
async fn everybody_with_a_seat_is_told_but_who_did_it() {
    let (app, _) = TestApp::with_project().await;
    set(&app, "0", "They cannot see it.", "").await;
    notices::tell(&app.state).await.unwrap();
    for who in ["liaison", "other", "member", "committee", "viewer"] {
        app.sign_in(who).await.get("/inbox").await.expect(200).says("lead set Strategy version 1");
    }
    for who in ["lead", "colleague"] {
        let page = app.sign_in(who).await.get("/inbox").await.expect(200);
        assert!(!page.text().contains("Strategy version 1"), "{who}");
    }
    let mut liaison = app.sign_in("liaison").await;
    let page = liaison.get("/inbox").await.expect(200);
    let line = page.attribute(".notice form", "action").unwrap();
    assert_eq!(liaison.post(&line, &[]).await.expect(303).location(), PAGE);
}

#[tokio::test]
async fn nobody_but_the_lead_writes_it() {
    let (app, _) = TestApp::with_project().await;
    let id = new_uuid().to_string();
    for (who, sees, sets) in [
        ("admin", 200, 403),
        ("liaison", 200, 403),
        ("chair", 200, 403),
        ("viewer", 200, 403),
        ("colleague", 200, 403),
        ("adviser", 404, 404),
        ("guest", 404, 404),
    ] {
        let mut browser = app.sign_in(who).await;
        browser.get(PAGE).await.expect(sees);
        browser.get(EDIT).await.expect(sets);
        browser.post(EDIT, &form(&id, "0", "Mine", "")).await.expect(sets);
    }
    sqlx::query("update projects set state = 'archived' where key = 'GEO'")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    sent(&app, &id, "0", "Too late", "").await.expect(403);
    assert_eq!(numbers(&app).await, "none");
}
