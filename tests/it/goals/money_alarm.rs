//! The alarm of the commercial plan: one escalation with the figures, never a second while one is open; and gates that ask for
//! break-even.

use super::money::{actual, cell, planned, resent, sent};
use crate::support::{Client, TestApp, disputes::value, statements};
use tutti::{lifecycle::money, platform::ids::new_uuid};
use uuid::Uuid;

const FORECAST: &str = "/p/GEO/goals/money/forecast";
const GATE: &str = "/p/GEO/gates/A1";
const RECORDED: &str = r#"{"kind":"attested","metric":"break_even_month_recorded","en":"Recorded","zh":"已登记","comparison":"is_true","threshold":1.0,"unit":"yes_no"}"#;
const SLIP: &str = r#"{"kind":"any","of":[
    {"kind":"attested","metric":"break_even_slip","en":"Days","zh":"天数","comparison":"at_most","threshold":30.0,"unit":"days"},
    {"kind":"decision_recorded","decision":"break_even"}]}"#;

async fn with_plan() -> (TestApp, Uuid, Client) {
    let (app, geo) = TestApp::with_project().await;
    planned(&app, geo).await;
    let lead = app.sign_in("lead").await;
    (app, geo, lead)
}

async fn run(app: &TestApp) -> usize {
    money::run(&app.state).await.unwrap()
}

async fn ends(app: &TestApp) {
    sqlx::raw_sql("update escalations set state = 'withdrawn', closed_at = now(), due_at = null")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
}

#[tokio::test]
async fn two_months_below_plan_open_one_escalation_with_the_figures() {
    let (app, _, mut lead) = with_plan().await;
    assert_eq!(run(&app).await, 0);
    let (found, count) = statements::count(run(&app)).await;
    assert_eq!((found, count), (0, 1), "a plan that has not changed is not read");
    actual(&app, &mut lead, "2026-09", ("90", "400")).await.expect(303);
    assert_eq!(run(&app).await, 0, "one month is none");
    actual(&app, &mut lead, "2026-10", ("100", "0")).await.expect(303);
    let beside = app.beside();
    let (one, other) = tokio::join!(run(&app), run(&beside));
    assert_eq!(one + other, 1, "two at once open one");
    assert_eq!(run(&app).await, 0);
    let opened = value(&app, "select e.number || ' ' || e.kind || ' ' || e.category || ' ' || e.state || ' ' || f.code || ' ' || t.code || ' ' || e.is_drafted from escalations e join parts f on f.id = e.from_part_id join parts t on t.id = e.to_part_id").await;
    assert_eq!(opened, "1 break_even_missed break_even with_lead LEAD SAL true");
    let page = lead
        .get("/p/GEO/escalations/1")
        .await
        .expect(200)
        .says("Two months below plan: keep, change or stop the plan?");
    let page = page.says("The running total was below plan at the end of Sep 2026 and of Oct 2026");
    let page = page.says("Oct 2026, Reported").says("−$210").says("Keep the plan and catch up");
    assert!(!page.all("table th").is_empty(), "the figures are a table");
    lead.get("/p/GEO/goals/money").await.expect(200).says("Escalated as E-1").says("was below plan at the end of");
    assert_eq!(
        value(&app, "select actor_name || '|' || kind from events where kind = 'escalation.raised'").await,
        "|escalation.raised"
    );
    // While it is open nothing opens another one, however bad it gets.
    actual(&app, &mut lead, "2026-11", ("0", "200")).await.expect(303);
    assert_eq!(run(&app).await, 0);
    assert_eq!(value(&app, "select count(*)::text from escalations").await, "1");
    // It has ended, and a newer month was reported meanwhile.
    ends(&app).await;
    assert_eq!(run(&app).await, 1);
    assert_eq!(run(&app).await, 0);
    // It has ended once more, and nothing is new.
    ends(&app).await;
    assert_eq!(run(&app).await, 0);
    let (found, count) = statements::count(run(&app)).await;
    assert_eq!((found, count), (0, 1));
    let kept = value(&app, "select string_agg(reported_on || ' ' || coalesce(expected_on::text, 'never') || ' ' || (ended_at is not null), ', ' order by reported_on) from money_alarms").await;
    assert_eq!(kept, "2026-10-01 2026-12-18 true, 2026-11-01 never true");
}

#[tokio::test]
async fn a_forecast_that_slips_opens_one_and_a_worse_one_another() {
    let (app, geo, mut lead) = with_plan().await;
    sqlx::query("update parts set code = 'FIN' where project_id = $1 and code = 'MKT'")
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    // Held against the day that was recorded: 35 days before the one that the plan comes to.
    sqlx::raw_sql("insert into money_plans select project_id, 2, currency, decimals, starts_on, months, envelope, '2026-11-16', 'Recorded', null, set_by, set_at from money_plans")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    assert_eq!(run(&app).await, 0, "30 days are no alarm");
    let sales = cell(&app, "Sales", "2026-12").await;
    sent(&mut lead, FORECAST, &[(&sales, "190")]).await.expect(303);
    assert_eq!(run(&app).await, 1);
    let page =
        lead.get("/p/GEO/escalations/1").await.expect(200).says("Break-even slips: keep, change or stop the plan?");
    page.says("Break-even is expected 31 days later than planned, more than 30").says("17 Dec 2026");
    let sides = value(&app, "select f.code || ' ' || t.code || ' ' || p.name from escalations e join parts f on f.id = e.from_part_id join parts t on t.id = e.to_part_id join people p on p.id = e.raised_by").await;
    assert_eq!(sides, "FIN LEAD liaison");
    ends(&app).await;
    assert_eq!(run(&app).await, 0, "what was decided is not decided again");
    sent(&mut lead, FORECAST, &[(&sales, "200")]).await.expect(303);
    assert_eq!(run(&app).await, 0, "better");
    sent(&mut lead, FORECAST, &[(&sales, "150")]).await.expect(303);
    assert_eq!(run(&app).await, 1, "worse than it was then");
    // A project that is not under way waits.
    ends(&app).await;
    sent(&mut lead, FORECAST, &[(&sales, "110")]).await.expect(303);
    sqlx::raw_sql("update projects set state = 'archived' where key = 'GEO'")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    assert_eq!(run(&app).await, 0);
    sqlx::raw_sql("update projects set state = 'active' where key = 'GEO'")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    assert_eq!(run(&app).await, 1);
}

async fn rule(app: &TestApp, project: Uuid, (position, check): (i16, &str)) {
    sqlx::query(
        "insert into gate_rules (project_id, id, stage_id, position, text_en, text_zh, expression, checks, is_blocking)
         select $1, $2, id, $4, 'A rule', '一条规则', 'rule', $3::jsonb, true from stages where project_id = $1 and code = 'A1'",
    )
    .bind(project)
    .bind(new_uuid())
    .bind(check)
    .bind(position)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
}

#[tokio::test]
async fn gates_compute_break_even() {
    let (app, geo) = TestApp::with_project().await;
    rule(&app, geo, (1, RECORDED)).await;
    rule(&app, geo, (2, SLIP)).await;
    let mut lead = app.sign_in("lead").await;
    let page = lead.get(GATE).await.expect(200).says("No commercial plan yet").says("0 of 2 rules hold");
    assert!(page.all("form[action*=attest]").is_empty(), "nobody attests what is computed");
    planned(&app, geo).await;
    let (page, count) = statements::count(lead.get(GATE)).await;
    assert_eq!(count, 3, "session, standing, facts");
    let page = page.expect(200).says("Record the day of break-even").says("1 of 2 rules hold");
    let page = page.says("Break-even expected: 16 Dec 2026; planned: 16 Dec 2026");
    assert!(page.attribute(".cond a[href='/p/GEO/goals/money']", "href").is_some(), "where it is known from");
    lead.post(&format!("{GATE}/pass"), &[]).await.expect(422);
    let shown = lead.get("/p/GEO/goals/money").await.expect(200);
    resent(&mut lead, &shown, "/p/GEO/goals/money/break-even", &[]).await.expect(303);
    lead.get(GATE).await.expect(200).says("Break-even recorded: 16 Dec 2026").says("2 of 2 rules hold");
    let (page, count) = statements::count(lead.get("/p/GEO")).await;
    assert_eq!(count, 5, "session, standing, dashboard, calendar, feed");
    page.expect(200).says("Gate A1 readiness");
    let sales = cell(&app, "Sales", "2026-12").await;
    sent(&mut lead, FORECAST, &[(&sales, "10")]).await.expect(303);
    let page = lead.get(GATE).await.expect(200).says("1 of 2 rules hold").says("no longer expected within the plan");
    page.says("or the committee has decided on break-even");
    lead.clone().chinese().get(GATE).await.expect(200).says("预计在计划期内无法达到盈亏平衡");
    lead.post(&format!("{GATE}/pass"), &[]).await.expect(422);
    sent(&mut lead, FORECAST, &[(&sales, "180")]).await.expect(303);
    lead.post(&format!("{GATE}/pass"), &[]).await.expect(303);
}
