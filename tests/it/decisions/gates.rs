//! Gates that a decision holds or waives, up to a day.

use super::{GO, NEW, SIGNED, alone, complete, events, rule, stage};
use crate::support::{
    TestApp,
    disputes::{before_committee, option, value},
    statements,
};
use tutti::platform::ids::new_uuid;

const GATE: &str = "/p/GEO/gates/A1";
const PASS: &str = "/p/GEO/gates/A1/pass";

#[tokio::test]
async fn a_held_gate_opens_on_its_day() {
    let (app, geo) = TestApp::with_project().await;
    let (a1, lead, id) = (stage(&app, geo, "A1").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    let effects = [("effect", "hold_gate"), ("stage1", &*a1), ("due1", "2026-12-05")];
    let mut chair = app.sign_in("chair").await;
    let page = chair.post(NEW, &alone("list", &id, &lead, &effects)).await.expect(200);
    page.says("Gate A1: Prepare does not open before Sat 5 Dec").says("Sat 5 Dec is a day off");
    chair.submit(NEW, &alone("record", &id, &lead, &effects)).await.expect(200).says("Does not open before");
    assert_eq!(events(&app, "stage.gate_held").await, 1);
    let mut keeper = app.sign_in("lead").await;
    let (page, sent) = statements::count(keeper.get(GATE)).await;
    assert_eq!(sent, 3, "session, standing, facts");
    let page = page.expect(200).says("Held until Sat 5 Dec by D-1");
    assert!(page.attribute(".note a[href='/p/GEO/decisions/1']", "href").is_some(), "the note says why");
    assert!(page.attribute("#pass[disabled]", "id").is_some());
    keeper.post(PASS, &[]).await.expect(422).says("D-1 holds this gate: it does not open before");
    keeper.get("/p/GEO").await.expect(200);
    assert_eq!(events(&app, "stage.passed").await, 0);
    // In Shanghai it is the 5th already.
    app.state.clock.set("2026-12-04T17:00:00Z".parse().unwrap());
    let mut keeper = app.sign_in("lead").await;
    let page = keeper.get(GATE).await.expect(200);
    assert!(page.attribute("#pass[disabled]", "id").is_none(), "its day has come");
    keeper.post(PASS, &[]).await.expect(303);
    assert_eq!(events(&app, "stage.passed").await, 1);
}

#[tokio::test]
async fn a_waived_rule_lets_the_gate_open_until_its_day_is_over() {
    let (app, geo) = TestApp::with_project().await;
    let signed = rule(&app, geo, SIGNED).await;
    let (a1, lead, id) = (stage(&app, geo, "A1").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    let named = format!("{a1}:{signed}");
    let effects = [("effect", "waive_gate"), ("gate1", &*named), ("due1", "2026-12-03")];
    let mut chair = app.sign_in("chair").await;
    let page = chair.post(NEW, &alone("list", &id, &lead, &effects)).await.expect(200);
    page.says("Waived until Thu 3 Dec: A1 · Contract signed");
    chair.submit(NEW, &alone("record", &id, &lead, &effects)).await.expect(200).says("Waived until");
    assert_eq!(events(&app, "gate_rule.waived").await, 1);
    // A longer one from before counts no more.
    sqlx::query("insert into gate_rulings select project_id, gen_random_uuid(), stage_id, rule_id, kind, '2150-01-01', decision_id, ruled_at - interval '1 hour' from gate_rulings")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let mut keeper = app.sign_in("lead").await;
    let page = keeper.get(GATE).await.expect(200).says("Waived by D-1 until Thu 3 Dec").says("0 of 1 rules hold");
    assert!(page.attribute("#pass[disabled]", "id").is_none() && !page.text().contains("What is missing"));
    keeper.clone().chinese().get(GATE).await.expect(200).says("由 D-1 豁免");
    app.state.clock.set("2026-12-03T17:00:00Z".parse().unwrap());
    let mut keeper = app.sign_in("lead").await;
    let page = keeper.get(GATE).await.expect(200).says("Closed: one blocking rule does not hold");
    assert!(!page.text().contains("Waived by"), "it has run out");
    keeper.post(PASS, &[]).await.expect(422);
    app.state.clock.set("2026-12-03T02:00:00Z".parse().unwrap());
    app.sign_in("lead").await.post(PASS, &[]).await.expect(303);
    assert_eq!(events(&app, "stage.passed").await, 1);
    // While the waiver lasts the next gate opens; once it has ended, what was waived is owed.
    let next = "/p/GEO/gates/A2";
    let page = app.sign_in("lead").await.get(next).await.expect(200);
    assert!(!page.text().contains("whose waiver ended"));
    app.state.clock.set("2026-12-03T17:00:00Z".parse().unwrap());
    let mut keeper = app.sign_in("lead").await;
    keeper.get(next).await.expect(200);
    let (page, sent) = statements::count(keeper.get(next)).await;
    assert_eq!(sent, 3, "session, standing, facts");
    let page = page.expect(200).says("Gate A1 was passed without it under D-1, whose waiver ended on Thu 3 Dec");
    assert!(page.says("Contract signed").attribute("#pass[disabled]", "id").is_some());
    keeper.clone().chinese().get(next).await.expect(200).says("关口 A1 依 D-1 豁免此条通过");
    keeper.post("/p/GEO/gates/A2/pass", &[]).await.expect(422);
    let page = keeper.get(GATE).await.expect(200);
    assert!(!page.text().contains("whose waiver ended"), "the gate that is passed stays as it was");
    // It is attested where it is asked for.
    let page = keeper.get(next).await.expect(200);
    let action = page.attribute("form[action*='/attest/']", "action").expect("a form to attest it");
    assert!(action.starts_with("/p/GEO/gates/A2/attest/"));
    let (id, metric) = (
        page.attribute("form[action*='/attest/'] input[name=id]", "value"),
        page.attribute("form[action*='/attest/'] input[name=metric]", "value"),
    );
    let fields = [
        ("id", id.unwrap()),
        ("metric", metric.unwrap()),
        ("value", "yes".to_owned()),
        ("evidence", "https://qiming.example/contract".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    keeper.post(&action, &fields).await.expect(303);
    keeper.post("/p/GEO/gates/A2/pass", &[]).await.expect(303);
    assert_eq!(events(&app, "stage.passed").await, 2);
}

#[tokio::test]
async fn a_superseded_decision_waives_and_holds_no_gate() {
    let (app, geo) = TestApp::with_project().await;
    let signed = rule(&app, geo, SIGNED).await;
    let (a1, a2) = (stage(&app, geo, "A1").await, stage(&app, geo, "A2").await);
    let lead = app.id_of("lead").await.to_string();
    let (waives, holds) = (new_uuid().to_string(), new_uuid().to_string());
    let named = format!("{a1}:{signed}");
    let mut chair = app.sign_in("chair").await;
    let effects = [("effect", "waive_gate"), ("gate1", &*named), ("due1", "2026-12-31")];
    chair.post(NEW, &alone("record", &waives, &lead, &effects)).await.expect(303);
    let effects = [("effect", "hold_gate"), ("stage1", &*a2), ("due1", "2027-03-01")];
    chair.post(NEW, &alone("record", &holds, &lead, &effects)).await.expect(303);
    let supersede = async |decision: &str| {
        let (path, id) = (format!("/p/GEO/decisions/{decision}/supersede"), new_uuid().to_string());
        let mut chair = app.sign_in("chair").await;
        chair.get(&path).await.expect(200).says("What it held or waived at gates ends with it");
        chair.post(&path, &alone("record", &id, &lead, &[])).await.expect(303);
    };
    app.state.clock.set("2026-12-03T02:00:00Z".parse().unwrap());
    app.sign_in("lead").await.post(PASS, &[]).await.expect(303);
    // The gate was passed under the waiver: without it what was waived is owed.
    let next = "/p/GEO/gates/A2";
    let page = app.sign_in("lead").await.get(next).await.expect(200).says("Held until");
    assert!(!page.text().contains("whose waiver ended"));
    app.state.clock.set("2026-12-03T03:00:00Z".parse().unwrap());
    supersede("1").await;
    let mut keeper = app.sign_in("lead").await;
    keeper.get(next).await.expect(200).says("passed without it under D-1, whose waiver ended on Thu 3 Dec");
    supersede("2").await;
    let page = keeper.get(next).await.expect(200);
    assert!(!page.text().contains("Held until"));
    keeper.post("/p/GEO/gates/A2/pass", &[]).await.expect(422);
    assert_eq!(events(&app, "stage.passed").await, 1);
}

#[tokio::test]
async fn a_waiver_of_a_superseded_decision_opens_no_gate() {
    let (app, geo) = TestApp::with_project().await;
    let signed = rule(&app, geo, SIGNED).await;
    let (a1, lead) = (stage(&app, geo, "A1").await, app.id_of("lead").await.to_string());
    let (first, second) = (new_uuid().to_string(), new_uuid().to_string());
    let named = format!("{a1}:{signed}");
    let effects = [("effect", "waive_gate"), ("gate1", &*named), ("due1", "2026-12-03")];
    let mut chair = app.sign_in("chair").await;
    chair.post(NEW, &alone("record", &first, &lead, &effects)).await.expect(303);
    app.sign_in("lead").await.get(GATE).await.expect(200).says("Waived by D-1");
    chair.post("/p/GEO/decisions/1/supersede", &alone("record", &second, &lead, &[])).await.expect(303);
    let mut keeper = app.sign_in("lead").await;
    let page = keeper.get(GATE).await.expect(200);
    assert!(!page.text().contains("Waived by"));
    keeper.post(PASS, &[]).await.expect(422);
    assert_eq!(events(&app, "stage.passed").await, 0);
}

#[tokio::test]
async fn only_a_vote_waives_the_committees_go() {
    let (app, geo) = TestApp::with_project().await;
    let go = rule(&app, geo, GO).await;
    rule(&app, geo, SIGNED).await;
    let path = before_committee(&app, geo).await;
    let (a1, lead, id) = (stage(&app, geo, "A1").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    let named = format!("{a1}:{go}");
    let mut chair = app.sign_in("chair").await;
    let effects = |gate| [("effect", "waive_gate"), ("gate1", gate), ("due1", "2026-12-03")];
    let page = chair.post(NEW, &alone("record", &id, &lead, &effects(&named))).await.expect(422);
    assert!(page.attribute(".errors a[href='#gate1']", "href").is_some(), "not by the chair alone");
    let page = chair.post(NEW, &alone("list", &id, &lead, &effects(&a1))).await.expect(200);
    page.says("Gate A1: Prepare").says("is waived only by a vote on an escalation");
    chair.post(NEW, &alone("record", &id, &lead, &effects(&a1))).await.expect(303);
    assert_eq!(events(&app, "stage.gate_waived").await, 1);
    let mut keeper = app.sign_in("lead").await;
    keeper.post(PASS, &[]).await.expect(422).says("Closed: one blocking rule does not hold");
    // The committee decides on an escalation: the whole gate.
    let (a, second) = (option(&app, "A").await, new_uuid().to_string());
    let fields = [&complete(&second, &a, &lead)[..], &effects(&named)].concat();
    chair.post(&format!("{path}/decide"), &fields).await.expect(303);
    let page = keeper.get(GATE).await.expect(200).says("Waived by D-2").says("Waived by D-1");
    assert!(page.attribute("#pass[disabled]", "id").is_none());
    keeper.post(PASS, &[]).await.expect(303);
    let refused = sqlx::query("update gate_rulings set until_on = '2030-01-01'").execute(&mut app.sql().await).await;
    assert!(refused.is_err(), "append-only");
    assert_eq!(value(&app, "select count(*)::text from gate_rulings").await, "2");
}
