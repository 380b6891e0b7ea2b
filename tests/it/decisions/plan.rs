//! Decisions that give tasks and duties to others, drop tasks and send the project back.

use super::{NEW, alone, duty, events, stage, written};
use crate::support::{
    TestApp,
    disputes::{part, value},
};
use sqlx::Executor;
use tutti::platform::ids::new_uuid;
use uuid::Uuid;

#[tokio::test]
async fn tasks_are_given_to_others_and_dropped() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Press kit", Some("liaison"), "2026-12-01").await;
    app.task(geo, "SAL", "Call list", None, "2026-12-01").await;
    let (id, lead, member) =
        (new_uuid().to_string(), app.id_of("lead").await.to_string(), app.id_of("member").await.to_string());
    let effects = [
        ("effect", "assign_task"),
        ("task1", "GEO-1"),
        ("assignee1", &member),
        ("effect", "drop_task"),
        ("task2", "2"),
    ];
    let mut chair = app.sign_in("chair").await;
    let page = chair.post(NEW, &alone("list", &id, &lead, &effects)).await.expect(200);
    page.says("GEO-1 Press kit: assigned to member, was liaison").says("GEO-2 Call list is dropped");
    assert!(written(&app).await.starts_with("0 0 "), "looking changes nothing");
    let page = chair.submit(NEW, &alone("record", &id, &lead, &effects)).await.expect(200);
    page.says("Assigned to member, was liaison").says("Dropped");
    chair.post(NEW, &alone("record", &id, &lead, &effects)).await.expect(303);
    assert_eq!(
        value(&app, "select people.name from tasks join people on people.id = assignee_id where number = 1").await,
        "member"
    );
    assert_eq!(value(&app, "select status from tasks where number = 2").await, "dropped");
    for (kind, count) in [("task.assigned", 1), ("task.status_changed", 1), ("decision.recorded", 1)] {
        assert_eq!(events(&app, kind).await, count, "{kind}");
    }
    // Each of them says why.
    for task in ["/p/GEO/tasks/1", "/p/GEO/tasks/2"] {
        let page = app.sign_in("member").await.get(task).await.expect(200);
        assert!(page.attribute("main a[href='/p/GEO/decisions/1']", "href").is_some(), "{task}");
    }
    chair.chinese().get("/p/GEO/decisions/1").await.expect(200).says("由 liaison 改派给 member").says("已取消");
}

#[tokio::test]
async fn what_the_facts_do_not_allow_is_refused_at_its_field() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Press kit", Some("liaison"), "2026-12-01").await;
    app.task(geo, "SAL", "Call list", None, "2026-12-01").await;
    let duty = duty(&app, geo).await;
    let mut sql = app.sql().await;
    sql.execute("update tasks set status = 'done', done_at = now() where number = 2").await.unwrap();
    sql.execute("update stages set ends_on = '2027-02-08' where code = 'A2'").await.unwrap();
    let hal = app
        .task(
            sqlx::query_scalar("select id from projects where key = 'HAL'").fetch_one(&mut sql).await.unwrap(),
            "MKT",
            "Elsewhere",
            None,
            "2026-12-01",
        )
        .await;
    assert_eq!(hal, 1);
    let of_hal = value(&app, "select stages.id::text from stages join projects on projects.id = project_id where key = 'HAL' and code = 'A1'").await;
    let (id, lead) = (new_uuid().to_string(), app.id_of("lead").await.to_string());
    let person = async |name: &str| app.id_of(name).await.to_string();
    let (liaison, other, viewer) = (person("liaison").await, person("other").await, person("viewer").await);
    let (mkt, ahead, current) =
        (part(&app, geo, "MKT").await, stage(&app, geo, "A2").await, stage(&app, geo, "A1").await);
    let cases = [
        (
            vec![("effect", "assign_task"), ("task1", "GEO-1"), ("assignee1", &*liaison)],
            "has the task already",
            "assignee1",
        ),
        (
            vec![("effect", "assign_task"), ("task1", "GEO-1"), ("assignee1", &other)],
            "department that owns the task",
            "assignee1",
        ),
        (
            vec![("effect", "assign_task"), ("task1", "GEO-1"), ("assignee1", &viewer)],
            "who can take tasks",
            "assignee1",
        ),
        (vec![("effect", "assign_task"), ("task1", "GEO-2"), ("assignee1", &other)], "number of an open task", "task1"),
        (vec![("effect", "drop_task"), ("task1", "GEO-2")], "number of an open task", "task1"),
        (vec![("effect", "drop_task"), ("task1", "HAL-1")], "number of an open task", "task1"),
        (vec![("effect", "send_back"), ("stage1", &ahead)], "stage that has been passed", "stage1"),
        (vec![("effect", "send_back"), ("stage1", &current)], "stage that has been passed", "stage1"),
        (vec![("effect", "send_back"), ("stage1", &of_hal)], "stage that has been passed", "stage1"),
        (
            vec![("effect", "hold_gate"), ("stage1", &of_hal), ("due1", "2026-12-01")],
            "gate that has not been passed",
            "stage1",
        ),
        (vec![("effect", "hold_gate"), ("stage1", &current)], "Enter a date", "due1"),
        (
            vec![("effect", "waive_gate"), ("gate1", &of_hal), ("due1", "2026-12-01")],
            "gate that has not been passed",
            "gate1",
        ),
        (vec![("effect", "hold_gate"), ("stage1", &current), ("due1", "2026-11-17")], "ended already", "due1"),
        (vec![("effect", "waive_gate"), ("gate1", &current), ("due1", "2026-11-17")], "ended already", "due1"),
        (vec![("effect", "set_duty"), ("duty1", &of_hal), ("accountable1", &mkt)], "duty of this project", "duty1"),
        (
            vec![("effect", "set_duty"), ("duty1", &duty), ("accountable1", &mkt)],
            "this is how it is now",
            "accountable1",
        ),
        (vec![("effect", "move_launch"), ("due1", "2027-01-12")], "due on that day already", "due1"),
        (vec![("effect", "move_launch"), ("due1", "2026-09-30")], "1 Dec 2026", "due1"),
    ];
    let mut chair = app.sign_in("chair").await;
    let before = written(&app).await;
    for (effects, says, field) in cases {
        let page = chair.post(NEW, &alone("record", &id, &lead, &effects)).await;
        assert_eq!(page.status.as_u16(), 422, "{effects:?}");
        if says != "1 Dec 2026" {
            assert!(page.text().contains(says), "{effects:?}: {}", page.text());
        }
        assert!(page.attribute(&format!(".errors a[href='#{field}']"), "href").is_some(), "{effects:?}");
        assert_eq!(written(&app).await, before, "{effects:?}");
    }
    // The first row could be, the second cannot: nothing happens at all.
    let twice = [
        ("effect", "hold_gate"),
        ("stage1", &*current),
        ("due1", "2026-12-01"),
        ("effect", "move_task"),
        ("task2", "GEO-1"),
        ("due2", "2026-12-01"),
    ];
    let page = chair.post(NEW, &alone("record", &id, &lead, &twice)).await.expect(422);
    page.says("Nothing was recorded");
    assert_eq!(written(&app).await, before);
    assert_eq!(
        value(
            &app,
            "select status from tasks where number = 1 and project_id = (select id from projects where key = 'GEO')"
        )
        .await,
        "todo"
    );
}

#[tokio::test]
async fn a_duty_is_given_to_others() {
    let (app, geo) = TestApp::with_project().await;
    let duty = duty(&app, geo).await;
    let (pm, sal) = (part(&app, geo, "PM").await, part(&app, geo, "SAL").await);
    let (id, lead) = (new_uuid().to_string(), app.id_of("lead").await.to_string());
    let effects = [("effect", "set_duty"), ("duty1", &*duty), ("accountable1", &pm), ("responsible1", &sal)];
    let mut chair = app.sign_in("chair").await;
    let page = chair.post(NEW, &alone("list", &id, &lead, &effects)).await.expect(200);
    page.says("Price list: A: Product; R: Sales; was A: Marketing; R: Marketing");
    chair.submit(NEW, &alone("record", &id, &lead, &effects)).await.expect(200).says("Now A: Product; R: Sales");
    let letters = "select string_agg(code || letter, ' ' order by code, letter) from duty_letters join parts on parts.id = part_id";
    assert_eq!(value(&app, letters).await, "PMA SALR", "C goes where it is A");
    assert_eq!(events(&app, "duty.changed").await, 1);
    for path in ["/p/GEO/matrix", "/p/GEO/duties/a1_price"] {
        let page = app.sign_in("viewer").await.get(path).await.expect(200);
        assert!(page.attribute("main a[href='/p/GEO/decisions/1']", "href").is_some(), "{path}");
    }
}

async fn attested(app: &TestApp, project: Uuid, rule: Uuid, at: &str) {
    sqlx::query(
        "insert into attestations (project_id, id, rule_id, metric, value, evidence_url, holds, attested_by, attested_at)
         select $1, gen_random_uuid(), $2, 'signed', 'yes', '', true, id, $3::timestamptz from people where name = 'lead'",
    )
    .bind(project)
    .bind(rule)
    .bind(at)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
}

/// How many attestations count at the gate of A1.
async fn counted(app: &TestApp) -> String {
    value(
        app,
        "select coalesce(sum(jsonb_array_length(rule->'attested')), 0)::text
         from jsonb_array_elements(gate_facts((select id from projects where key = 'GEO'), 'A1')->'rules') rule",
    )
    .await
}

#[tokio::test]
async fn the_project_is_sent_back_to_an_earlier_stage() {
    let (app, geo) = TestApp::with_project().await;
    let mut sql = app.sql().await;
    sql.execute("update stages set state = 'passed', passed_at = now() where code = 'A1' and project_id = (select id from projects where key = 'GEO')").await.unwrap();
    sql.execute("update stages set state = 'current', started_at = now() where code = 'A2' and project_id = (select id from projects where key = 'GEO')").await.unwrap();
    sqlx::query(
        "insert into milestones (project_id, id, kind, stage_id, title, baseline_on, due_on, reached_at, created_at)
         select $1, gen_random_uuid(), case code when 'A1' then 'gate' else 'launch' end, case code when 'A1' then id end, 'M ' || code,
                ends_on, ends_on, now(), now() from stages where project_id = $1",
    )
    .bind(geo)
    .execute(&mut sql)
    .await
    .unwrap();
    // What the lead attested when the gate was passed.
    let rule = new_uuid();
    sqlx::query(
        "insert into gate_rules (project_id, id, stage_id, position, text_en, text_zh, expression, checks, is_blocking)
         select $1, $2, id, 9, 'Contract signed', '合同已签', 'rule', '{\"kind\": \"liaison_coverage\"}', false
         from stages where project_id = $1 and code = 'A1'",
    )
    .bind(geo)
    .bind(rule)
    .execute(&mut sql)
    .await
    .unwrap();
    attested(&app, geo, rule, "2026-11-10T02:00:00Z").await;
    assert_eq!(counted(&app).await, "1");
    let (back, lead, id) = (stage(&app, geo, "A1").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    let effects = [("effect", "send_back"), ("stage1", &*back)];
    let mut chair = app.sign_in("chair").await;
    let page = chair.post(NEW, &alone("list", &id, &lead, &effects)).await.expect(200);
    page.says("The project goes back to A1 Prepare. Gates to be passed anew: A1, A2")
        .says("The days of the stages stay");
    let twice = [("effect", "send_back"), ("stage1", &*back), ("effect", "send_back"), ("stage2", &*back)];
    chair.post(NEW, &alone("record", &id, &lead, &twice)).await.expect(422).says("says something about the same thing");
    let page = chair.submit(NEW, &alone("record", &id, &lead, &effects)).await.expect(200);
    page.says("Current again, the project was in Launch");
    let stages = "select string_agg(code || ' ' || state || ' ' || starts_on || coalesce(passed_at::text, ''), ', ' order by position)
                  from stages where project_id = (select id from projects where key = 'GEO')";
    assert_eq!(value(&app, stages).await, "A1 current 2026-10-05, A2 ahead 2027-01-12");
    assert_eq!(value(&app, "select count(*)::text from milestones where reached_at is null").await, "2");
    for (kind, count) in [("stage.sent_back", 1), ("stage.changed", 1), ("milestone.changed", 2)] {
        assert_eq!(events(&app, kind).await, count, "{kind}");
    }
    let mut lead = app.sign_in("lead").await;
    let page = lead.get("/p/GEO/gates/A1").await.expect(200);
    assert!(page.attribute("main a[href='/p/GEO/decisions/1']", "href").is_some(), "the gate says why");
    lead.get("/p/GEO/history").await.expect(200).says("chair sent the project back to the stage Prepare");
    // The gate is passed anew: what was attested before counts no more.
    assert_eq!(counted(&app).await, "0");
    attested(&app, geo, rule, "2026-11-18T03:00:00Z").await;
    assert_eq!(counted(&app).await, "1");
    lead.post("/p/GEO/gates/A1/pass", &[]).await.expect(303);
    assert_eq!(
        value(
            &app,
            "select state from stages where code = 'A2' and project_id = (select id from projects where key = 'GEO')"
        )
        .await,
        "current"
    );
}
