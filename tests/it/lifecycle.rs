//! A project's life: drafts are published, gates are attested and passed.

use crate::support::{TestApp, statements};
use tutti::platform::ids;
use uuid::Uuid;

const LIAISONS: &str = r#"{"kind":"liaison_coverage"}"#;
const SCORE: &str = r#"{"kind":"attested","metric":"pmf_score","en":"PMF score","zh":"PMF 得分","comparison":"at_least","threshold":40.0,"unit":"percent"}"#;
const SIGNED: &str = r#"{"kind":"attested","metric":"signed","en":"Contract signed","zh":"合同已签","comparison":"is_true","threshold":1.0,"unit":"yes_no"}"#;
const ITEM: &str = r#"{"kind":"items_done","items":["a1_charter"]}"#;
const OPEN: &str = r#"{"kind":"gate_items_open_zero"}"#;
const GO: &str = r#"{"kind":"decision_recorded","decision":"go","within_days":30}"#;

/// GEO with everybody named, so that only the rules of a test decide.
async fn geo() -> (TestApp, Uuid) {
    let (app, geo) = TestApp::with_project().await;
    app.seat(geo, "colleague", "liaison", Some("PM")).await;
    app.seat(geo, "colleague", "liaison", Some("RND")).await;
    (app, geo)
}

async fn rule(app: &TestApp, project: Uuid, check: &str, is_blocking: bool) -> Uuid {
    let id = ids::new_uuid();
    sqlx::query(
        "insert into gate_rules (project_id, id, stage_id, position, text_en, text_zh, expression, checks, is_blocking)
         select $1, $2, id, 1, 'A rule', '一条规则', 'rule', $3::jsonb, $4 from stages where project_id = $1 and code = 'A1'",
    )
    .bind(project)
    .bind(id)
    .bind(check)
    .bind(is_blocking)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    id
}

/// An evidence item of stage A1 with one task of marketing; answers the task's number.
async fn item(app: &TestApp, project: Uuid, code: &str) -> i32 {
    let id = ids::new_uuid();
    let mut sql = app.sql().await;
    sqlx::query(
        "with duty as (insert into duties (project_id, id, stage_id, position, code, title_en, title_zh, due_day, is_evidence)
             select $1, $2, id, 1, $3, 'Charter', '立项书', 5, true from stages where project_id = $1 and code = 'A1' returning id)
         insert into duty_letters (project_id, duty_id, part_id, letter)
         select $1, duty.id, parts.id, letter from duty, parts, unnest('{R,A}'::text[]) letter where project_id = $1 and code = 'MKT'",
    )
    .bind(project)
    .bind(id)
    .bind(code)
    .execute(&mut sql)
    .await
    .unwrap();
    let number = app.task(project, "MKT", "Charter", Some("liaison"), "2026-12-01").await;
    sqlx::query("update tasks set duty_id = $2 where project_id = $1 and number = $3")
        .bind(project)
        .bind(id)
        .bind(number)
        .execute(&mut sql)
        .await
        .unwrap();
    number
}

async fn set_status(app: &TestApp, number: i32, status: &str) {
    sqlx::query("update tasks set status = $2, blocked_reason = case when $2 = 'blocked' then 'waits' else '' end where number = $1")
        .bind(number)
        .bind(status)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
}

async fn state(app: &TestApp, stage: &str) -> String {
    sqlx::query_scalar(
        "select stages.state from stages join projects on projects.id = project_id and key = 'GEO' where code = $1",
    )
    .bind(stage)
    .fetch_one(&mut app.sql().await)
    .await
    .unwrap()
}

async fn events(app: &TestApp, kind: &str) -> i64 {
    sqlx::query_scalar("select count(*) from events where kind = $1")
        .bind(kind)
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap()
}

const GATE: &str = "/p/GEO/gates/A1";
const PASS: &str = "/p/GEO/gates/A1/pass";

#[tokio::test]
async fn a_gate_shows_what_its_rules_stand_on() {
    let (app, geo) = geo().await;
    rule(&app, geo, LIAISONS, true).await;
    rule(&app, geo, ITEM, true).await;
    rule(&app, geo, SCORE, false).await;
    let number = item(&app, geo, "a1_charter").await;
    let mut viewer = app.sign_in("viewer").await;
    let (page, sent) = statements::count(viewer.get(GATE)).await;
    assert_eq!(sent, 3, "session, standing, facts");
    let page = page
        .expect(200)
        .says("Gate A1: Prepare")
        .says("1 of 3 rules hold")
        .says("one more does not hold, but does not close the gate")
        .says("Every department has a liaison");
    let page = page.says("Closed: one blocking rule does not hold").says("What is missing 1").says("0 of 1 done");
    assert!(!page.body.contains("<code>"), "rules are said in words");
    let page = page.says("PMF score: at least 40%").says("Nobody has attested it yet").says("Warning only");
    assert!(page.body.contains(&format!("href=\"/p/GEO/tasks/{number}\"")));
    assert!(page.all("form[action$=pass]").is_empty(), "a viewer passes nothing");
    let mut chinese = app.sign_in("lead").await.chinese();
    chinese.get(GATE).await.expect(200).says("评审关口 A1：准备").says("3 条规则中 1 条已满足").says("至少 40%");
    viewer.get("/p/GEO/gates/A9").await.expect(404);
    app.sign_in("stranger").await.get("/p/HAL/gates/A1").await.expect(200);
    app.sign_in("viewer").await.get("/p/HAL/gates/A1").await.expect(404);
    app.sign_in("guest").await.get(GATE).await.expect(404);
}

#[tokio::test]
async fn by_no_path_the_next_stage_begins_while_a_blocking_rule_does_not_hold() {
    let (app, geo) = geo().await;
    rule(&app, geo, ITEM, true).await;
    rule(&app, geo, SCORE, false).await;
    let number = item(&app, geo, "a1_charter").await;
    let mut lead = app.sign_in("lead").await;
    for status in ["todo", "doing", "review", "blocked", "dropped"] {
        set_status(&app, number, status).await;
        let page = lead.post(PASS, &[]).await.expect(422).says("One blocking rule does not hold yet");
        assert!(page.attribute("#pass", "disabled").is_some());
        // Passing the next gate instead, or publishing again, starts nothing either.
        lead.post("/p/GEO/gates/A2/pass", &[]).await.expect(409).says("An earlier stage is still current");
        lead.post("/p/GEO/publish", &[]).await.expect(303);
        assert_eq!((state(&app, "A1").await, state(&app, "A2").await), ("current".to_owned(), "ahead".to_owned()));
    }
    set_status(&app, number, "done").await;
    let page = lead.get(GATE).await;
    assert!(page.attribute("#pass", "disabled").is_none());
    let page = lead.submit(PASS, &[]).await.expect(200);
    assert!(page.body.contains("Gate A1 is passed. Launch has begun."), "{}", page.text());
    assert_eq!((state(&app, "A1").await, state(&app, "A2").await), ("passed".to_owned(), "current".to_owned()));
    assert_eq!((events(&app, "stage.passed").await, events(&app, "stage.started").await), (1, 1));
    // The same click again: nothing more happens.
    lead.post(PASS, &[]).await.expect(303);
    assert_eq!(events(&app, "stage.passed").await, 1);
}

#[tokio::test]
async fn of_many_at_once_exactly_one_passes() {
    let (app, _) = geo().await;
    let lead = app.sign_in("lead").await;
    let mut running = tokio::task::JoinSet::new();
    for gate in 0..20 {
        let mut lead = lead.clone();
        let path = if gate % 2 == 0 { PASS } else { "/p/GEO/gates/A2/pass" };
        running.spawn(async move { lead.post(path, &[]).await.status.as_u16() });
    }
    while let Some(status) = running.join_next().await {
        assert!([303, 409].contains(&status.unwrap()));
    }
    let started = events(&app, "stage.started").await;
    assert_eq!(started, 1, "A2 begins once");
    let passed = events(&app, "stage.passed").await;
    assert!((1..=2).contains(&passed), "each gate at most once, A2 only after A1");
}

#[tokio::test]
async fn the_lead_attests_with_a_value_and_a_link() {
    let (app, geo) = geo().await;
    let score = rule(&app, geo, SCORE, true).await;
    let signed = rule(&app, geo, SIGNED, true).await;
    let mut lead = app.sign_in("lead").await;
    let path = |rule: Uuid| format!("/p/GEO/gates/A1/attest/{rule}");
    let id = ids::new_uuid().to_string();
    let page = lead
        .post(
            &path(score),
            &[("id", &id), ("metric", "pmf_score"), ("value", "many"), ("evidence", "javascript:alert(1)")],
        )
        .await
        .expect(422)
        .says("Enter a number")
        .says("Enter a link that starts with https://");
    assert_eq!(page.attribute("input[name=value]", "value").as_deref(), Some("many"));
    let link = ("evidence", "https://files.example/pmf");
    lead.post(&path(score), &[("id", &id), ("metric", "pmf_score"), ("value", "38.5"), link]).await.expect(303);
    lead.post(PASS, &[]).await.expect(422).says("2 blocking rules");
    let again = ids::new_uuid().to_string();
    for _ in 0..3 {
        lead.post(&path(score), &[("id", &again), ("metric", "pmf_score"), ("value", "４３％"), link])
            .await
            .expect(303);
    }
    let thousand = [("id", &*again), ("metric", "pmf_score"), ("value", "1.000"), link];
    lead.post(&path(score), &thousand).await.expect(422).says("Enter a number, such as 1,250");
    assert_eq!(events(&app, "gate_rule.attested").await, 2, "the same form counts once");
    let third = ids::new_uuid().to_string();
    lead.post(&path(signed), &[("id", &third), ("metric", "signed"), ("value", "no"), link]).await.expect(303);
    app.state.clock.set("2026-11-18T03:00:00Z".parse().unwrap());
    let page = lead.get(GATE).await.expect(200).says("43%").says("lead, Wed 18 Nov, 10:00").says("1 of 2 rules hold");
    assert!(page.body.contains("href=\"https://files.example/pmf\""));
    let fourth = ids::new_uuid().to_string();
    lead.post(&path(signed), &[("id", &fourth), ("metric", "signed"), ("value", "yes"), link]).await.expect(303);
    lead.post(PASS, &[]).await.expect(303);
    assert_eq!(state(&app, "A2").await, "current");
    // What was said stays; a passed gate takes no more.
    let said: i64 =
        sqlx::query_scalar("select count(*) from attestations").fetch_one(&mut app.sql().await).await.unwrap();
    assert_eq!(said, 4);
    lead.post(&path(score), &[("id", &ids::new_uuid().to_string()), ("metric", "pmf_score"), ("value", "1"), link])
        .await
        .expect(409);
    lead.post(&path(Uuid::nil()), &[("id", &id), ("metric", "pmf_score"), ("value", "1"), link]).await.expect(404);
    for (name, status) in [("admin", 403), ("liaison", 403), ("viewer", 403), ("stranger", 403), ("guest", 404)] {
        app.sign_in(name).await.post(&path(score), &[]).await.expect(status);
    }
    for (name, status) in [("liaison", 403), ("chair", 403), ("colleague", 403), ("adviser", 404), ("guest", 404)] {
        app.sign_in(name).await.post(PASS, &[]).await.expect(status);
    }
}

#[tokio::test]
async fn liaisons_evidence_and_decisions_are_computed() {
    let (app, geo) = TestApp::with_project().await;
    rule(&app, geo, LIAISONS, true).await;
    rule(&app, geo, OPEN, true).await;
    rule(&app, geo, GO, true).await;
    let number = item(&app, geo, "a1_charter").await;
    let mut lead = app.sign_in("lead").await;
    lead.get(GATE)
        .await
        .says("No liaison yet: Product, R&D")
        .says("0 of 1 done")
        .says("No committee decision on go or no-go in the last 30 days")
        .says("0 of 3 rules hold");
    // Who may raise it finds the form filled in with what is known; others read what is missing.
    let raises = "a[href^='/p/GEO/escalations/new?']";
    let form = lead.get(GATE).await.attribute(raises, "href").expect("a way to the committee");
    let form = lead.get(&form).await.expect(200);
    assert_eq!(form.attribute("#question", "value").as_deref(), Some("Do we pass gate A1 Prepare?"));
    assert_eq!(form.attribute("#option2", "value").as_deref(), Some("No go"));
    assert!(form.all("#evidence_body").concat().contains("(/p/GEO/gates/A1)"));
    assert!(form.attribute("#from option[selected]", "value").is_some_and(|from| !from.is_empty()));
    let page = app.sign_in("viewer").await.get(GATE).await.says("Put it before the committee");
    assert_eq!(page.attribute(raises, "href"), None);
    app.seat(geo, "colleague", "liaison", Some("PM")).await;
    app.seat(geo, "colleague", "liaison", Some("RND")).await;
    set_status(&app, number, "done").await;
    decision(&app, geo, (1, "go", "2026-10-01T02:00:00Z"), None, None).await;
    lead.get(GATE).await.says("2 of 3 rules hold").says("No committee decision on go or no-go in the last 30 days");
    decision(&app, geo, (2, "go", "2026-11-10T02:00:00Z"), None, None).await;
    lead.get(GATE).await.says("2 of 3 rules hold").says("A go was recorded without a vote").says("Paper 2");
    lead.clone().chinese().get(GATE).await.says("但未经表决");
    let raised = escalation(&app, geo).await;
    decision(&app, geo, (3, "go", "2026-11-11T02:00:00Z"), Some(raised), None).await;
    lead.get(GATE).await.says("3 of 3 rules hold").says("The committee voted go").says("Paper 3");
    let no = decision(&app, geo, (4, "no_go", "2026-11-12T02:00:00Z"), None, None).await;
    lead.get(GATE).await.says("2 of 3 rules hold").says("The decision is no-go").says("Paper 4");
    lead.clone().chinese().get(GATE).await.says("决议为不推进");
    lead.post(PASS, &[]).await.expect(422);
    // A decision of another kind in its place takes the no back.
    decision(&app, geo, (5, "change", "2026-11-13T02:00:00Z"), None, Some(no)).await;
    lead.get(GATE).await.says("3 of 3 rules hold").says("Paper 3");
    lead.post(PASS, &[]).await.expect(303);
}

/// An escalation before the committee.
async fn escalation(app: &TestApp, project: Uuid) -> Uuid {
    let id = ids::new_uuid();
    sqlx::query(
        "insert into escalations (project_id, id, number, question, kind, category, raised_by, from_part_id, to_part_id, state, due_at, raised_at)
         select $1, $2, 1, 'Do we launch?', 'go', 'pmf', people.id, pm.id, rnd.id, 'with_committee', now(), now()
         from people, parts pm, parts rnd
         where people.name = 'lead' and pm.project_id = $1 and pm.code = 'PM' and rnd.project_id = $1 and rnd.code = 'RND'",
    )
    .bind(project)
    .bind(id)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    id
}

/// A decision with its number, kind and moment; with the escalation that it closes and the decision that it supersedes.
async fn decision(
    app: &TestApp,
    project: Uuid,
    (number, kind, at): (i32, &str, &str),
    closes: Option<Uuid>,
    supersedes: Option<Uuid>,
) -> Uuid {
    let id = ids::new_uuid();
    sqlx::query(
        "insert into decisions (project_id, id, number, kind, title, rationale, owner_id, decided_by, decided_at, escalation_id, supersedes_id)
         select $1, $2, $3, $4, 'Paper ' || $3, 'Because', id, id, $5::timestamptz, $6, $7 from people where name = 'chair'",
    )
    .bind(project)
    .bind(id)
    .bind(number)
    .bind(kind)
    .bind(at)
    .bind(closes)
    .bind(supersedes)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    id
}

#[tokio::test]
async fn publishing_early_says_what_is_published_and_when_it_begins() {
    let (app, geo) = geo().await;
    for (is_chinese, said) in [
        (false, "GEO Monitor is published. Its first stage begins on Tue 1 Dec."),
        (true, "GEO Monitor 已发布，第一个阶段将于 12月1日"),
    ] {
        let draft = "update projects set state = 'draft', published_at = null, starts_on = '2026-12-01' where id = $1";
        sqlx::query(draft).bind(geo).execute(&mut app.sql().await).await.unwrap();
        let lead = app.sign_in("lead").await;
        let mut lead = if is_chinese { lead.chinese() } else { lead };
        lead.submit("/p/GEO/publish", &[]).await.expect(200).says(said);
    }
}

#[tokio::test]
async fn a_draft_is_published_once() {
    let (app, geo) = geo().await;
    sqlx::query("update projects set state = 'draft', published_at = null where id = $1")
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    sqlx::query("update stages set state = 'ahead' where project_id = $1")
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    for (assignee, due) in [
        (Some("liaison"), "2026-11-17"),
        (Some("liaison"), "2026-11-18"),
        (Some("other"), "2026-11-20"),
        (None, "2026-11-20"),
    ] {
        app.task(geo, "MKT", "Charter", assignee, due).await;
    }
    let mut liaison = app.sign_in("liaison").await;
    liaison.get("/p/GEO").await.expect(200).says("This is a draft");
    liaison.get("/p/GEO/publish").await.expect(403);
    liaison.post("/p/GEO/publish", &[]).await.expect(403);
    app.sign_in("stranger").await.get("/p/GEO/publish").await.expect(404);
    let mut lead = app.sign_in("lead").await;
    lead.post(PASS, &[]).await.expect(409).says("Publish the project first");
    let (page, sent) = statements::count(lead.get("/p/GEO/publish")).await;
    assert_eq!(sent, 3, "session, standing, lists");
    let page = page.expect(200).says("Publish GEO Monitor?").says("3 tasks go on the lists of 2 people.");
    let page = page.says("One task has nobody yet").says("One task is late already: it was due before today.");
    assert_eq!(page.all("#lists tbody tr"), ["liaison 2 1", "other 1 0"], "as many people and tasks as it says");
    let early = async |first: &'static str| {
        let moved = sqlx::query("update projects set starts_on = $1::date").bind(first);
        moved.execute(&mut app.sql().await).await.unwrap();
    };
    early("2026-12-01").await;
    lead.get("/p/GEO/publish").await.says("The first stage begins on Tue 1 Dec.");
    early("2026-11-18").await;
    lead.get("/p/GEO/publish").await.says("The first stage begins.");
    assert_eq!(page.attribute("main form .primary", "class").as_deref(), Some("btn primary big"));
    lead.clone().chinese().get("/p/GEO/publish").await.expect(200).says("发布 GEO Monitor？");
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let mut lead = lead.clone();
        running.spawn(async move { lead.post("/p/GEO/publish", &[]).await.status.as_u16() });
    }
    while let Some(status) = running.join_next().await {
        assert_eq!(status.unwrap(), 303);
    }
    assert_eq!((events(&app, "project.published").await, events(&app, "stage.started").await), (1, 1));
    assert_eq!((state(&app, "A1").await, state(&app, "A2").await), ("current".to_owned(), "ahead".to_owned()));
    app.sign_in("stranger").await.get("/p/GEO").await.expect(200);
    sqlx::query("update projects set state = 'archived' where id = $1")
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    lead.post("/p/GEO/publish", &[]).await.expect(403);
    lead.post(PASS, &[]).await.expect(403);
}

#[tokio::test]
async fn a_made_project_goes_through_its_whole_life() {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    let id = ids::new_uuid().to_string();
    let me = app.id_of("lead").await.to_string();
    let form = [
        ("id", id.as_str()),
        ("name", "Blank page"),
        ("blueprint", "blank"),
        ("tier", "2"),
        ("start", "2026-11-18"),
        ("lead", &me),
        ("listed", "PM"),
        ("listed", "RND"),
        ("listed", "MKT"),
        ("listed", "SAL"),
    ];
    let home = lead.submit("/projects/new", &form).await.expect(200).says("This is a draft").says("Publish project");
    assert_eq!(home.all("h1"), ["Blank page"]);
    lead.submit("/p/BP/publish", &[]).await.expect(200).says("Gate L1 readiness");
    for gate in ["L1", "L2", "L3"] {
        lead.post(&format!("/p/BP/gates/{gate}/pass"), &[]).await.expect(303);
    }
    lead.get("/p/BP").await.expect(200).says("All stages are passed").says("Reached Wed 18 Nov");
    let open: i64 = sqlx::query_scalar("select count(*) from milestones where reached_at is null")
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    assert_eq!(open, 0, "gates and launch day are reached as the stages go by");
}
