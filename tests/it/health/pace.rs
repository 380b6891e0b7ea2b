//! Key results that are behind their plan speak against a project.

use super::{COLOUR, happens, run};
use crate::support::{TestApp, disputes::value, statements};
use tutti::lifecycle::health;
use uuid::Uuid;

/// So many key results of marketing in one objective, each with 100 a month from September to November 2026.
async fn key_results(app: &TestApp, project: Uuid, many: i16) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
        "with objective as (
             insert into objectives (project_id, id, position, title, created_by, created_at)
             select '{project}', gen_random_uuid(), 1, 'Launch', id, now() from people where name = 'lead' returning id, created_by),
         figures as (
             insert into series (project_id, id, measure, unit_kind, unit)
             select '{project}', gen_random_uuid(), 'additive', 'number', 'sign-ups' from generate_series(1, {many}) returning id),
         result as (
             insert into key_results (project_id, id, objective_id, position, title, series_id, part_id, created_by, created_at)
             select '{project}', gen_random_uuid(), objective.id, row_number() over (), 'Trial sign-ups', figures.id, parts.id, objective.created_by, now()
             from objective, figures, parts where parts.project_id = '{project}' and parts.code = 'MKT'
             returning id, part_id, created_by),
         terms as (
             insert into key_result_terms (project_id, key_result_id, number, baseline, target, starts_on, due_on, set_by, set_at)
             select '{project}', id, 1, 0, 300, '2026-09-01', '2026-11-30', created_by, now() from result),
         owing as (
             insert into share_rows (project_id, key_result_id, part_id) select '{project}', id, part_id from result)
         insert into shares (project_id, key_result_id, part_id, month, amount, set_by, set_at)
         select '{project}', id, part_id, month, 100, created_by, now()
         from result, unnest(array['2026-09-01', '2026-10-01', '2026-11-01']::date[]) as months (month)"
    )))
    .execute(&mut app.sql().await)
    .await
    .unwrap();
}

/// What marketing reached in a month, of every key result.
async fn reached(app: &TestApp, month: &str, value: i64) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
        "delete from entries where period = '{month}';
         insert into entries (project_id, id, series_id, part_id, period, value, entered_by, entered_at)
         select project_id, gen_random_uuid(), series_id, part_id, '{month}', {value}, created_by, now() from key_results"
    )))
    .execute(&mut app.sql().await)
    .await
    .unwrap();
}

#[tokio::test]
async fn a_key_result_behind_its_plan_is_named() {
    let (app, geo) = TestApp::with_project().await;
    key_results(&app, geo, 1).await;
    reached(&app, "2026-09-01", 100).await;
    let mut lead = app.sign_in("lead").await;
    // It is 18 November: 200 should have been reached by the end of October.
    for (october, colour, said) in [
        (100, "on_track", "Nothing that the rule looks at"),
        (80, "on_track", "Nothing that the rule looks at"),
        (79, "at_risk", "KR1.1 is behind its plan: Trial sign-ups"),
        (50, "at_risk", "KR1.1 is behind its plan: Trial sign-ups"),
        (49, "off_track", "KR1.1 is far behind its plan: Trial sign-ups"),
    ] {
        reached(&app, "2026-10-01", october).await;
        happens(&app, geo).await;
        run(&app).await;
        assert_eq!(value(&app, COLOUR).await, colour, "{october}");
        lead.get("/p/GEO").await.expect(200).says(said).says("lacks more than a tenth of the way");
    }
    let page = lead.get("/p/GEO").await.expect(200);
    assert_eq!(page.attribute("#project-health li a", "href").as_deref(), Some("/p/GEO/goals/1.1"));
    lead.get("/projects").await.expect(200).says("KR1.1 is far behind its plan");
    lead.chinese().get("/p/GEO").await.expect(200).says("KR1.1 远落后于计划：Trial sign-ups");
}

#[tokio::test]
async fn goals_of_any_number_of_projects_take_one_statement() {
    let (app, geo) = TestApp::with_project().await;
    app.settled().await;
    let (computed, without) = statements::count(health::run(&app.state)).await;
    assert_eq!(computed.unwrap(), 2);
    key_results(&app, geo, 3).await;
    for number in 0..20 {
        let project = app.project(&format!("P{number}"), "More", "organisation").await;
        key_results(&app, project, 3).await;
    }
    sqlx::query("update project_health set is_stale = true").execute(&mut app.sql().await).await.unwrap();
    app.settled().await;
    let (computed, with) = statements::count(health::run(&app.state)).await;
    // And one that records whose colour changed.
    assert_eq!((computed.unwrap(), with), (22, without + 1));
}
