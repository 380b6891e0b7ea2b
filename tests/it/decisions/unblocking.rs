//! A task that waited for an answer goes on once there is one, and keeps showing where the answer came from.

use super::complete;
use crate::support::{
    TestApp,
    disputes::{before_committee, blocks_a_task, option, raised_as, value, version},
};
use tutti::platform::ids::new_uuid;

const STATUS: &str = "select status || ' ' || blocked_reason from tasks where number = 1";

#[tokio::test]
async fn a_decision_unblocks_the_task_it_was_asked_about() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Publish the pricing page", None, "2026-11-20").await;
    let path = before_committee(&app, geo).await;
    blocks_a_task(&app, geo).await;
    let mut chair = app.sign_in("chair").await;
    let url = format!("{path}/decide");
    let page = chair.get(&url).await.expect(200).says("Unblock GEO-1 Publish the pricing page");
    assert!(page.attribute("#on1[checked]", "value").is_some(), "ticked already");
    assert_eq!(page.all("#row1 legend"), ["1. Blocked task"], "what the tick does is said once");
    let page = page.says("GEO-1 Publish the pricing page is unblocked: back to “In progress”");
    assert_eq!(page.attribute("#task2", "value").as_deref(), Some("GEO-1"), "its date can be moved as well");
    let (a, lead, id) = (option(&app, "A").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    let row = [("effect", "unblock_task"), ("task1", "GEO-1"), ("on1", "1")];
    // With an effect that cannot be, nothing happens at all.
    let bad = [("effect", "move_task"), ("task2", "GEO-1"), ("due2", "2026-11-20")];
    let fields = [complete(&id, &a, &lead), row.to_vec(), bad.to_vec()].concat();
    let page = chair.post(&url, &fields).await.expect(422).says("due on that day already");
    assert!(page.attribute("#on1[checked]", "value").is_some(), "the tick is kept");
    assert_eq!(value(&app, STATUS).await, "blocked No price yet");
    // Another task than the one it is about is not unblocked by a form made by hand.
    let other = [("effect", "unblock_task"), ("task1", "GEO-2"), ("on1", "1")];
    chair.post(&url, &[complete(&id, &a, &lead), other.to_vec()].concat()).await.expect(422);
    let fields = [complete(&id, &a, &lead), row.to_vec()].concat();
    let page = chair.submit(&url, &fields).await.expect(200);
    page.says("Unblocked").says("GEO-1 Publish the pricing page").says("In progress");
    assert_eq!(value(&app, STATUS).await, "doing ");
    let line = value(
        &app,
        "select before->>'status' || ' ' || (after->>'status') || ' ' || (after->>'blocked_reason') || actor_name
         from events where kind = 'task.status_changed' order by id desc limit 1",
    );
    assert_eq!(line.await, "blocked doing chair");
    let page = app.sign_in("member").await.get("/p/GEO/tasks/1").await.expect(200);
    page.says("E-1 What should the Team plan cost at launch? Decided as D-1 299 flat");
    let page = app.sign_in("member").await.chinese().get("/p/GEO/tasks/1").await.expect(200);
    page.says("已形成决议 D-1 299 flat");
}

#[tokio::test]
async fn an_unticked_or_outdated_row_changes_no_task() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Publish the pricing page", None, "2026-11-20").await;
    let path = before_committee(&app, geo).await;
    blocks_a_task(&app, geo).await;
    let (a, lead, id) = (option(&app, "A").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    let mut chair = app.sign_in("chair").await;
    let url = format!("{path}/decide");
    let row = [("effect", "unblock_task"), ("task1", "GEO-1"), ("on1", "1")];
    // Somebody unblocked it meanwhile: said at the tick, which can be taken away.
    let mut liaison = app.sign_in("liaison").await;
    liaison.post("/p/GEO/tasks/1/status", &[("status", "review"), ("version", "3")]).await.expect(303);
    let page = chair.post(&url, &[complete(&id, &a, &lead), row.to_vec()].concat()).await.expect(422);
    let page = page.says("not blocked any more");
    assert!(page.attribute(".errors a[href='#on1']", "href").is_some());
    assert_eq!(value(&app, "select count(*)::text from decisions").await, "0");
    let again = [("status", "blocked"), ("version", "4"), ("reason", "No price yet"), ("waits_for", "COM")];
    liaison.post("/p/GEO/tasks/1/status", &again).await.expect(303);
    let fields = [complete(&id, &a, &lead), row[..2].to_vec()].concat();
    chair.post(&url, &fields).await.expect(303);
    assert_eq!(value(&app, "select count(*)::text from decision_effects").await, "0");
    assert_eq!(value(&app, STATUS).await, "blocked No price yet");
    // It still names what it waited for, and how that ended.
    liaison.get("/p/GEO/tasks/1").await.expect(200).says("Blocked since").says("Decided as D-1 299 flat");
}

#[tokio::test]
async fn a_settlement_unblocks_it_too() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Follow up leads", None, "2026-11-20").await;
    // The lead's settlement, of a case that starts there; without the tick the task stays as it is.
    let path = raised_as(&app, geo, "launch_too_late", ("SAL", "PM"), "other").await;
    blocks_a_task(&app, geo).await;
    let mut lead = app.sign_in("lead").await;
    let page = lead.get(&path).await.expect(200).says("Unblock GEO-1 Follow up leads");
    assert!(page.attribute("#unblock[checked]", "value").is_some());
    lead.post(&format!("{path}/settle"), &[("outcome", " "), ("unblock", "1")]).await.expect(422);
    lead.post(&format!("{path}/settle"), &[("outcome", "12 January stands.")]).await.expect(303);
    assert_eq!(value(&app, STATUS).await, "blocked No price yet");
    lead.get("/p/GEO/tasks/1").await.expect(200).says("· Settled Wed 18 Nov");
    // The liaisons' settlement.
    let path = raised_as(&app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    sqlx::query("update escalations set task_id = (select id from tasks) where number = 2")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let mut other = app.sign_in("other").await;
    other.post(&format!("{path}/propose"), &[("settlement", "Score of 60 and up.")]).await.expect(303);
    let version = version(&app).await;
    let mut liaison = app.sign_in("liaison").await;
    let page = liaison.get(&path).await.expect(200).says("Answer the settlement on offer");
    assert!(page.attribute("#unblock-confirm[checked]", "value").is_some());
    let fields = [("version", version.as_str()), ("unblock", "1")];
    liaison.post(&format!("{path}/confirm"), &fields).await.expect(303);
    assert_eq!(value(&app, STATUS).await, "doing ");
}
