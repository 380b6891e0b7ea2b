//! Gates that ask for goals: computed from what is written, never from a person's word, and read again when they are passed.

use super::setting::{NEW, objective, sent, sign_ups};
use crate::support::{
    Client, TestApp,
    disputes::{part, value},
    statements,
};
use tutti::platform::ids::new_uuid;
use uuid::Uuid;

pub(super) const GATE: &str = "/p/GEO/gates/A1";
pub(super) const PASS: &str = "/p/GEO/gates/A1/pass";
/// As blueprints ask, and as an earlier release stored it.
const OBJECTIVES: &str = r#"{"kind":"all","of":[
    {"kind":"attested","metric":"objectives","en":"Objectives set","zh":"已设定的目标数","comparison":"between","threshold":1.0,"upper":3.0,"unit":"count"},
    {"kind":"attested","metric":"key_results_per_objective","en":"Key results","zh":"关键结果数","comparison":"between","threshold":1.0,"upper":3.0,"unit":"count"}]}"#;
const SPLIT: &str = r#"{"kind":"attested","metric":"key_results_unallocated","en":"Key results with a remainder","zh":"尚有余量的关键结果数","comparison":"exactly","threshold":0.0,"unit":"count"}"#;

pub(super) async fn rule(app: &TestApp, project: Uuid, check: &str) -> Uuid {
    let id = new_uuid();
    sqlx::query(
        "insert into gate_rules (project_id, id, stage_id, position, text_en, text_zh, expression, checks, is_blocking)
         select $1, $2, id, 1, 'A rule', '一条规则', 'rule', $3::jsonb, true from stages where project_id = $1 and code = 'A1'",
    )
    .bind(project)
    .bind(id)
    .bind(check)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    id
}

/// What marketing owes in the last month, whatever else stands.
async fn shares(app: &TestApp, amount: i64) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
        "delete from share_rows;
         insert into share_rows (project_id, key_result_id, part_id) select project_id, id, part_id from key_results where dropped_at is null;
         insert into shares (project_id, key_result_id, part_id, month, amount, set_by, set_at)
         select project_id, id, part_id, '2026-11-01', {amount}, created_by, now() from key_results where dropped_at is null"
    )))
    .execute(&mut app.sql().await)
    .await
    .unwrap();
}

/// GEO with both rules at its first gate, and an objective without a key result.
async fn asked() -> (TestApp, Uuid, Client) {
    let (app, geo) = TestApp::with_project().await;
    rule(&app, geo, OBJECTIVES).await;
    rule(&app, geo, SPLIT).await;
    let lead = objective(&app, "Launch and win customers").await;
    (app, geo, lead)
}

/// The same with 600 sign-ups, split without anything left.
async fn complete() -> (TestApp, Uuid, Client) {
    let (app, geo, mut lead) = asked().await;
    let mkt = part(&app, geo, "MKT").await;
    let path = "/p/GEO/goals/objectives/1/new";
    sent(&mut lead, path, path, &sign_ups(&mkt, "600")).await.expect(303);
    shares(&app, 600).await;
    (app, geo, lead)
}

pub(super) async fn stages(app: &TestApp) -> String {
    let states = "select string_agg(stages.state, ' ' order by position) from stages join projects on projects.id = project_id and key = 'GEO' where position <= 2";
    value(app, states).await
}

#[tokio::test]
async fn objectives_and_splits_are_computed_with_what_is_missing() {
    let (app, geo) = TestApp::with_project().await;
    rule(&app, geo, OBJECTIVES).await;
    rule(&app, geo, SPLIT).await;
    let mut lead = app.sign_in("lead").await;
    let page =
        lead.get(GATE).await.expect(200).says("No objective yet").says("No key result yet").says("0 of 2 rules hold");
    assert!(page.all("form[action*=attest]").is_empty(), "nobody attests what is computed");
    sent(&mut lead, NEW, NEW, &[("title", "Launch"), ("why", "")]).await.expect(303);
    let page = lead.get(GATE).await.expect(200).says("Objectives: 1, with 0 key results");
    assert!(page.text().contains("Objective 1 has no key result"));
    assert!(page.attribute(".cond a[href='/p/GEO/goals']", "href").is_some(), "where it is known from");
    let mkt = part(&app, geo, "MKT").await;
    let path = "/p/GEO/goals/objectives/1/new";
    sent(&mut lead, path, path, &sign_ups(&mkt, "600")).await.expect(303);
    shares(&app, 450).await;
    let (page, count) = statements::count(lead.get(GATE)).await;
    assert_eq!(count, 3, "session, standing, facts");
    let page = page.expect(200).says("1 of 2 rules hold").says("Key results split completely: 0 of 1");
    assert_eq!(page.all(".cond a[href='/p/GEO/goals/1.1']"), ["KR1.1: 150 sign-ups left to split"]);
    let (page, count) = statements::count(lead.get("/p/GEO")).await;
    assert_eq!(count, 5, "session, standing, dashboard, calendar, feed");
    let page = page.expect(200).says("Gate A1 readiness").says("Objective 1: Launch");
    assert_eq!(page.all("#h-goals + a"), ["Everything : Goals"]);
    assert_eq!(page.all("a[href='/p/GEO/goals/1.1']"), ["Trial sign-ups"]);
    page.says("of 600");
    lead.clone().chinese().get(GATE).await.expect(200).says("KR1.1：还有 150").says("已完整分解的关键结果：0/1");
    lead.post(PASS, &[]).await.expect(422);
    shares(&app, 601).await;
    lead.get(GATE).await.expect(200).says("KR1.1: 1 sign-up").says("too much");
    lead.post(PASS, &[]).await.expect(422);
    assert_eq!(stages(&app).await, "current ahead");
    shares(&app, 600).await;
    let page = lead.get(GATE).await.expect(200).says("2 of 2 rules hold").says("Key results split completely: 1 of 1");
    assert!(page.attribute("#pass", "disabled").is_none());
    lead.post(PASS, &[]).await.expect(303);
    assert_eq!(stages(&app).await, "passed current");
    // Of a gate that is passed nothing is asked again.
    shares(&app, 1).await;
    lead.post(PASS, &[]).await.expect(303);
    assert_eq!(stages(&app).await, "passed current");
}

#[tokio::test]
async fn a_word_for_what_is_computed_counts_no_more() {
    let (app, geo) = TestApp::with_project().await;
    let asked = rule(&app, geo, SPLIT).await;
    sqlx::query(
        "insert into attestations (project_id, id, rule_id, metric, value, evidence_url, holds, attested_by, attested_at)
         select $1, gen_random_uuid(), $2, 'key_results_unallocated', '0', 'https://x.example', true, id, now() from people where name = 'lead'",
    )
    .bind(geo)
    .bind(asked)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    let mut lead = app.sign_in("lead").await;
    let page = lead.get(GATE).await.expect(200).says("0 of 1 rules hold");
    assert!(!page.body.contains("x.example"));
    lead.post(PASS, &[]).await.expect(422);
    // A form that was opened before.
    let form = [
        ("id", &*new_uuid().to_string()),
        ("metric", "key_results_unallocated"),
        ("value", "0"),
        ("evidence", "https://x.example"),
    ];
    lead.post(&format!("{GATE}/attest/{asked}"), &form).await.expect(422);
    assert_eq!(value(&app, "select count(*)::text from attestations").await, "1");
    assert_eq!(stages(&app).await, "current ahead");
}

#[tokio::test]
async fn goals_that_change_meanwhile_do_not_slip_past() {
    for change in [
        "select from key_results for update; update shares set amount = 599",
        "update key_results set dropped_at = now()",
        "update objectives set dropped_at = now(); update key_results set dropped_at = now()",
        "select from projects where key = 'GEO' for no key update;
         insert into objectives (project_id, id, position, title, created_by, created_at)
         select project_id, gen_random_uuid(), 2, 'Another', created_by, now() from objectives",
    ] {
        let (app, _, lead) = complete().await;
        let mut beside = app.sql().await;
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!("begin; {change}"))).execute(&mut beside).await.unwrap();
        let mut passing = lead.clone();
        let passing = tokio::spawn(async move { passing.post(PASS, &[]).await.status.as_u16() });
        app.waits_for_a_lock(|| passing.is_finished()).await;
        sqlx::raw_sql("commit").execute(&mut beside).await.unwrap();
        assert_eq!(passing.await.unwrap(), 422, "{change}");
        assert_eq!(stages(&app).await, "current ahead", "{change}");
    }
}
