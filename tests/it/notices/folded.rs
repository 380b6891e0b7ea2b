//! What one decision did, or one move of the plan, is one line for each person whom it concerns.

use super::*;
use crate::decisions::{NEW, alone, duty, milestone, stage};

/// The chair records a decision on its own, looked at first; answers its page's address.
async fn decided(app: &TestApp, effects: &[(&str, &str)]) {
    let (id, lead) = (new_uuid().to_string(), app.id_of("lead").await.to_string());
    let mut chair = app.sign_in("chair").await;
    let look = chair.post(NEW, &alone("list", &id, &lead, effects)).await.expect(200);
    let seen = look.attribute("#consequences input[name^=seen]", "value");
    let name = look.attribute("#consequences input[name^=seen]", "name");
    let seen: Vec<(&str, &str)> = name.as_deref().zip(seen.as_deref()).into_iter().collect();
    chair.post(NEW, &alone("record", &id, &lead, &[effects, &seen].concat())).await.expect(303);
}

#[tokio::test]
async fn whom_a_decision_concerns_reads_in_one_line_what_it_did() {
    let (app, geo) = TestApp::with_project().await;
    app.seat(geo, "colleague", "liaison", Some("RND")).await;
    let (rnd, gate, duty) = (part(&app, geo, "RND").await, stage(&app, geo, "A1").await, duty(&app, geo).await);
    let effects = [
        ("effect", "create_task"),
        ("title1", "Meter prompts"),
        ("part1", &*rnd),
        ("due1", "2026-12-04"),
        ("effect", "set_duty"),
        ("duty2", &*duty),
        ("accountable2", &*rnd),
        ("effect", "hold_gate"),
        ("stage3", &*gate),
        ("due3", "2026-12-18"),
    ];
    decided(&app, &effects).await;
    let inbox = app.inbox("colleague").await;
    assert_eq!(inbox.len(), 1, "{inbox:?}");
    let line = &inbox[0];
    for says in [
        "chair recorded the decision D-1",
        "R&D gets GEO-1 “Meter prompts”",
        "R&D answers for “",
        "gate of A1 ",
        "held until 18 Dec 2026",
        "| Assign it to somebody",
    ] {
        assert!(line.contains(says), "{says}: {line}");
    }
    let viewer = app.inbox("viewer").await;
    assert!(viewer.len() == 1 && viewer[0].contains("held until") && !viewer[0].contains("GEO-1"), "{viewer:?}");
    // It leads to the decision, and the task waits among what is to be done.
    let mut colleague = app.sign_in("colleague").await;
    let page = colleague.get("/inbox").await.expect(200);
    let action = page.attribute(".notice form", "action").unwrap();
    assert_eq!(colleague.post(&action, &[]).await.expect(303).location(), "/p/GEO/decisions/1");
    colleague.get("/").await.expect(200).says("Meter prompts").says("Nobody has it yet: assign it");
    // The history of the task says why, with the way there.
    let page = colleague.get("/p/GEO/tasks/1").await.expect(200).says("(by D-1");
    assert!(page.attribute("ol.spine a[href='/p/GEO/decisions/1']", "href").is_some());
    // A letter says as much.
    let mailing = letters::with_mail(&app);
    sqlx::query("update notices set read_at = null, mailed_at = null").execute(&mut app.sql().await).await.unwrap();
    notices::tell(&mailing).await.unwrap();
    let sent = letters::letters_to(&app, "colleague").await;
    assert!(sent.len() == 1 && sent[0].1.contains("R&D gets GEO-1"), "{sent:?}");
}

#[tokio::test]
async fn a_move_of_the_launch_is_one_line_however_many_dates_it_moves() {
    let (app, geo) = TestApp::with_project().await;
    for title in ["Press kit", "Film", "Price page", "Stand"] {
        app.task(geo, "MKT", title, Some("liaison"), "2026-12-01").await;
    }
    milestone(&app, geo, "Beta").await;
    decided(&app, &[("effect", "move_launch"), ("due1", "2027-01-19")]).await;
    let inbox = app.inbox("liaison").await;
    assert_eq!(inbox.len(), 1, "{inbox:?}");
    for says in ["chair recorded the decision D-1", "launch 12 Jan 2027 → 19 Jan 2027", " dates that concern you moved"]
    {
        assert!(inbox[0].contains(says), "{says}: {inbox:?}");
    }
    assert!(!inbox[0].contains("Press kit"), "{inbox:?}");
    let page = app.sign_in("liaison").await.get("/inbox").await.expect(200);
    assert!(!page.text().contains("more change"), "{}", page.text());
    let page = app.sign_in("viewer").await.get("/p/GEO/tasks/1").await.expect(200).says("(by D-1");
    assert!(page.attribute("ol.spine a[href='/p/GEO/decisions/1']", "href").is_some());
    app.sign_in("viewer").await.chinese().get("/p/GEO/tasks/1").await.expect(200).says("（依据 D-1");
}

#[tokio::test]
async fn the_leads_own_move_of_the_plan_is_one_line_too() {
    let (app, geo) = TestApp::with_project().await;
    for title in ["Press kit", "Film", "Price page"] {
        app.task(geo, "MKT", title, Some("liaison"), "2026-12-01").await;
    }
    let mut lead = app.sign_in("lead").await;
    let page = lead.get("/p/GEO/settings/dates?anchor=launch&date=2027-01-19").await.expect(200);
    let sent = hidden(&page, "/p/GEO/settings/dates");
    let fields: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    lead.post("/p/GEO/settings/dates", &fields).await.expect(303);
    let inbox = app.inbox("liaison").await;
    assert_eq!(inbox.len(), 1, "{inbox:?}");
    for says in
        ["lead changed the schedule of GEO", "launch 12 Jan 2027 → 19 Jan 2027", "3 dates that concern you moved"]
    {
        assert!(inbox[0].contains(says), "{says}: {inbox:?}");
    }
    let mut liaison = app.sign_in("liaison").await;
    let action = liaison.get("/inbox").await.attribute(".notice form", "action").unwrap();
    assert_eq!(liaison.post(&action, &[]).await.expect(303).location(), "/p/GEO/milestones");
}

#[tokio::test]
async fn who_is_made_an_adviser_is_told_of_what_stands_before_them() {
    let (app, geo) = TestApp::with_project().await;
    before_committee(&app, geo).await;
    raised_as(&app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    notices::tell(&app.state).await.unwrap();
    let guest = app.id_of("guest").await.to_string();
    let id = new_uuid().to_string();
    let fields = [("id", id.as_str()), ("person", guest.as_str()), ("role", "adviser"), ("capacity", "Seed user")];
    app.sign_in("lead").await.post("/p/GEO/seats", &fields).await.expect(303);
    let inbox = app.inbox("guest").await;
    assert!(inbox.len() == 1 && inbox[0].starts_with("E-1: What should"), "{inbox:?}");
    assert!(inbox[0].contains("Give your view"), "{inbox:?}");
    let page = app.sign_in("guest").await.get("/committee").await.expect(200);
    page.says("lead asks for your view on this question, until ");
    let mut guest = app.sign_in("guest").await;
    guest.get("/p/GEO/escalations/1").await.expect(200).says("lead asks for your view").says("Sales’s liaison");
    guest.get("/p/GEO/escalations/2").await.expect(404);
}

#[tokio::test]
async fn who_passes_it_on_reads_how_many_will_see_it() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised(&app, geo).await;
    app.sign_in("other").await.post(&format!("{path}/pass"), &[("from", "liaisons")]).await.expect(303);
    let says = "2 members of the committee and 1 outsider (adviser or seed user) will read it.";
    app.sign_in("lead").await.get(&path).await.expect(200).says(says);
    app.sign_in("lead").await.chinese().get(&path).await.expect(200).says("2 位委员会成员和 1 位外部人员");
}
