//! A new project: the page, its summary, and the one POST that makes everything.

mod made;

use crate::support::{Answer, TestApp, statements};
use scraper::{Html, Selector};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// The fields of the form as a browser would send them, read off the page.
fn fields(page: &Answer) -> Vec<(String, String)> {
    let html = Html::parse_document(&page.body);
    let select = |css: &str| Selector::parse(css).unwrap();
    let mut fields = Vec::new();
    for control in html.select(&select("#new-project :is(input, select)")) {
        let (name, kind) = (control.attr("name").unwrap().to_owned(), control.attr("type").unwrap_or("text"));
        let is_tick = matches!(kind, "checkbox" | "radio");
        if control.value().name() == "select" {
            let options: Vec<_> = control.select(&select("option")).collect();
            let chosen = options.iter().find(|option| option.attr("selected").is_some()).or(options.first());
            fields.push((name, chosen.and_then(|option| option.attr("value")).unwrap_or_default().to_owned()));
        } else if !is_tick || control.attr("checked").is_some() {
            fields.push((name, control.attr("value").unwrap_or_default().to_owned()));
        }
    }
    fields
}

fn set(fields: &mut Vec<(String, String)>, name: &str, value: &str) {
    match fields.iter_mut().find(|(found, _)| found == name) {
        Some(field) => value.clone_into(&mut field.1),
        None => fields.push((name.to_owned(), value.to_owned())),
    }
}

fn untick(fields: &mut Vec<(String, String)>, code: &str) {
    fields.retain(|(name, value)| name != "department" || value != code);
}

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// The company of GEO; its liaisons and committee are what the form remembers. PM and RND have a head.
async fn company() -> TestApp {
    let (app, _) = TestApp::with_project().await;
    for (code, head) in [("PM", "colleague"), ("RND", "stranger")] {
        sqlx::query("update departments set head_id = (select id from people where name = $2) where code = $1")
            .bind(code)
            .bind(head)
            .execute(&mut app.sql().await)
            .await
            .unwrap();
    }
    app
}

async fn count(app: &TestApp, sql: &'static str, key: &str) -> i64 {
    sqlx::query_scalar(sql).bind(key).fetch_one(&mut app.sql().await).await.unwrap()
}

#[tokio::test]
async fn a_usual_project_takes_a_name_a_date_and_one_post() {
    let app = company().await;
    let mut lead = app.sign_in("lead").await;
    let (page, sent) = statements::count(lead.get("/projects/new")).await;
    let page = page.expect(200).says("New project").says("B2B SaaS").says("Marketing");
    assert_eq!(sent, 3, "session, memory, calendar");
    let mut form = fields(&page);
    set(&mut form, "name", "Halo Speaker");
    set(&mut form, "launch", "2027-06-15");
    let started = Instant::now();
    let (answer, sent) = statements::count(lead.post("/projects/new", &pairs(&form))).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!(answer.location(), "/p/HS");
    assert!(sent <= 22, "{sent} statements");
    let took = started.elapsed();
    assert!(took < Duration::from_millis(1500), "{took:?} in a build without optimisation");
    let liaisons: Vec<(String, String)> = sqlx::query_as(
        "select parts.code, people.name from seats join projects p on p.id = project_id and p.key = 'HS'
         join parts on parts.project_id = p.id and parts.id = part_id join people on people.id = person_id
         where seats.role = 'liaison' order by parts.position",
    )
    .fetch_all(&mut app.sql().await)
    .await
    .unwrap();
    let expected = [("PM", "colleague"), ("RND", "stranger"), ("MKT", "liaison"), ("SAL", "other")];
    assert_eq!(liaisons, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    for (role, who) in [("gtm_lead", "lead"), ("chair", "chair"), ("committee", "committee"), ("adviser", "adviser")] {
        let seated: String = sqlx::query_scalar(
            "select people.name from seats join projects p on p.id = project_id and p.key = 'HS' join people on people.id = person_id
             where seats.role = $1",
        )
        .bind(role)
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
        assert_eq!(seated, who);
    }
    let state: String = sqlx::query_scalar("select state from projects where key = 'HS'")
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    assert_eq!(state, "draft");
}

#[tokio::test]
async fn everything_is_made_and_every_thing_has_its_event() {
    let app = company().await;
    let mut lead = app.sign_in("lead").await;
    let mut form = fields(&lead.get("/projects/new").await);
    set(&mut form, "name", "Atlas");
    set(&mut form, "launch", "2027-06-15");
    set(&mut form, "tier", "1");
    lead.post("/projects/new", &pairs(&form)).await;
    for (table, kind) in [
        ("parts", "part.added"),
        ("stages", "stage.changed"),
        ("duties", "duty.created"),
        ("tasks", "task.created"),
        ("milestones", "milestone.created"),
        ("seats", "seat.given"),
    ] {
        let sql = format!(
            "select count(*), (select count(*) from events join projects p on p.id = events.project_id and p.key = 'ATLAS' where kind = '{kind}')
             from {table} join projects p on p.id = project_id and p.key = 'ATLAS'"
        );
        let (rows, events): (i64, i64) =
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_one(&mut app.sql().await).await.unwrap();
        assert!(rows > 0, "no {table}");
        assert_eq!(rows, events, "{table}");
    }
    let last: String = sqlx::query_scalar("select kind from events order by id desc limit 1")
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    assert_eq!(last, "project.created");
    let next = count(&app, "select next_task_number::bigint - (select count(*) from tasks where project_id = p.id) from projects p where key = $1", "ATLAS").await;
    assert_eq!(next, 1);
    let astray = count(
        &app,
        "select count(*) from tasks join projects p on p.id = project_id and p.key = $1
         where assignee_id is null or title_zh is null or baseline_due_on <> due_on or tasks.starts_on > due_on or milestone_id is null and exists (
             select from milestones where milestones.project_id = p.id and milestones.stage_id = tasks.stage_id)",
        "ATLAS",
    )
    .await;
    assert_eq!(astray, 0);
    let dependencies = count(
        &app,
        "select count(*) from task_dependencies join projects p on p.id = project_id and p.key = $1",
        "ATLAS",
    )
    .await;
    assert!(dependencies > 20, "{dependencies}");
}

#[tokio::test]
async fn every_blueprint_in_every_tier_can_be_made() {
    let app = company().await;
    let mut lead = app.sign_in("lead").await;
    let mut number = 0;
    for blueprint in tutti::projects::blueprints::all().unwrap() {
        for tier in ["1", "2", "3"] {
            number += 1;
            let mut form = fields(&lead.get("/projects/new").await);
            set(&mut form, "name", "Any");
            set(&mut form, "key", &format!("X{number}"));
            set(&mut form, "blueprint", &blueprint.id);
            set(&mut form, "tier", tier);
            set(&mut form, "start", "2026-12-01");
            // What the page shows after another blueprint was chosen.
            let page = lead.post("/projects/new/preview", &pairs(&form)).await.expect(200);
            let form = fields(&page);
            let answer = lead.post("/projects/new", &pairs(&form)).await;
            assert_eq!(answer.status, 303, "{} {tier}: {}", blueprint.id, answer.text());
            let kept =
                blueprint.items_for(tutti::projects::blueprints::Tier::from_number(tier.parse().unwrap()).unwrap());
            let tasks = count(
                &app,
                "select count(*) from tasks join projects p on p.id = project_id and p.key = $1",
                &format!("X{number}"),
            )
            .await;
            assert_eq!(usize::try_from(tasks).unwrap(), kept.count());
        }
    }
}

#[tokio::test]
async fn any_subset_of_departments_keeps_one_a_and_some_r() {
    let app = company().await;
    let mut lead = app.sign_in("lead").await;
    for subset in 0..16_u32 {
        let mut form = fields(&lead.get("/projects/new").await);
        set(&mut form, "name", "Any");
        set(&mut form, "key", &format!("S{subset}"));
        set(&mut form, "launch", "2027-06-15");
        for (bit, code) in ["PM", "RND", "MKT", "SAL"].into_iter().enumerate() {
            if subset & (1 << bit) == 0 {
                untick(&mut form, code);
            }
        }
        if subset % 2 == 0 {
            form.retain(|(name, _)| !name.starts_with("seat-") && name != "chair");
        }
        let answer = lead.post("/projects/new", &pairs(&form)).await;
        assert_eq!(answer.status, 303, "{subset}: {}", answer.text());
        let wrong = count(
            &app,
            "select count(*) from duties join projects p on p.id = project_id and p.key = $1 where
               (select count(*) from duty_letters l where l.project_id = p.id and l.duty_id = duties.id and letter = 'A') <> 1
               or not exists (select from duty_letters l where l.project_id = p.id and l.duty_id = duties.id and letter = 'R')",
            &format!("S{subset}"),
        )
        .await;
        assert_eq!(wrong, 0);
    }
}

#[tokio::test]
async fn the_database_refuses_a_duty_with_two_a_or_no_r() {
    let app = company().await;
    let mut lead = app.sign_in("lead").await;
    let mut form = fields(&lead.get("/projects/new").await);
    set(&mut form, "name", "Atlas");
    set(&mut form, "launch", "2027-06-15");
    lead.post("/projects/new", &pairs(&form)).await;
    let mut sql = app.sql().await;
    let without_r = sqlx::query(
        "delete from duty_letters where letter = 'R' and duty_id = (select id from duties order by id limit 1)",
    )
    .execute(&mut sql)
    .await
    .unwrap_err();
    assert_eq!(without_r.as_database_error().unwrap().constraint(), Some("duty_letters_one_a_some_r"));
    let two_a = sqlx::query(
        "insert into duty_letters (project_id, duty_id, part_id, letter)
         select project_id, duty_id, (select id from parts where parts.project_id = l.project_id and id <> l.part_id limit 1), 'A'
         from duty_letters l where letter = 'A' limit 1",
    )
    .execute(&mut sql)
    .await
    .unwrap_err();
    assert_eq!(two_a.as_database_error().unwrap().constraint(), Some("duty_letters_one_answers"));
}

#[tokio::test]
async fn all_mistakes_at_once_and_nothing_typed_is_lost() {
    let app = company().await;
    let mut lead = app.sign_in("lead").await;
    let mut form = fields(&lead.get("/projects/new").await);
    set(&mut form, "launch", "2026-11-18");
    set(&mut form, "liaison-SAL", "");
    form.retain(|(name, _)| name != "chair");
    set(&mut form, "quorum", "9");
    let page = lead.post("/projects/new", &pairs(&form)).await.expect(422);
    let links: Vec<String> = page.all(".errors a");
    assert_eq!(links.len(), 5, "{links:?}");
    let page = page
        .says("Enter a project name")
        .says("Launch date must be after today, 18 Nov 2026")
        .says("Choose a liaison for Sales, or untick Sales")
        .says("Choose who chairs the committee")
        .says("Enter a quorum from 1 to 2");
    assert_eq!(page.attribute("#launch", "value").as_deref(), Some("2026-11-18"));
    assert_eq!(page.attribute("#quorum", "value").as_deref(), Some("9"));
    for link in ["#name", "#launch", "#liaison-SAL", "#chair-ceo", "#quorum"] {
        assert!(page.body.contains(&format!("href=\"{link}\"")), "{link}");
        assert_eq!(page.attribute(link, "aria-invalid").as_deref(), Some("true"), "{link}");
    }
    set(&mut form, "name", "Atlas");
    set(&mut form, "key", "2X");
    set(&mut form, "start", "2027-01-01");
    let page = lead.post("/projects/new", &pairs(&form)).await.expect(422).says("not both");
    assert_eq!(page.attribute("#key", "value").as_deref(), Some("2X"));
    assert_eq!(page.attribute("#name", "value").as_deref(), Some("Atlas"));
    assert_eq!(count(&app, "select count(*) from projects where name = $1", "Atlas").await, 0);
}

#[tokio::test]
async fn a_taken_key_and_people_in_the_wrong_place_are_refused() {
    let app = company().await;
    let mut lead = app.sign_in("lead").await;
    let mut form = fields(&lead.get("/projects/new").await);
    set(&mut form, "name", "GEO again");
    set(&mut form, "launch", "2027-06-15");
    set(&mut form, "key", "GEO");
    lead.post("/projects/new", &pairs(&form)).await.expect(422).says("GEO is taken by another project");
    set(&mut form, "key", "");
    let guest = app.id_of("guest").await.to_string();
    set(&mut form, "lead", &guest);
    set(&mut form, "seat-ceo", &guest);
    set(&mut form, "seat-cfo", &Uuid::nil().to_string());
    set(&mut form, "seat-board", &app.id_of("lead").await.to_string());
    set(&mut form, "seat-expert", &app.id_of("lead").await.to_string());
    lead.post("/projects/new", &pairs(&form))
        .await
        .expect(422)
        .says("Choose who leads the project")
        .says("guest is a guest")
        .says("Choose somebody who works here")
        .says("lead has a seat on the committee already");
    set(&mut form, "blueprint", "no-such");
    lead.post("/projects/new", &pairs(&form)).await.expect(422);
}

#[tokio::test]
async fn the_summary_follows_the_form() {
    let app = company().await;
    let mut lead = app.sign_in("lead").await;
    let mut form = fields(&lead.get("/projects/new").await);
    set(&mut form, "name", "Halo Speaker");
    set(&mut form, "launch", "2026-12-15");
    form.retain(|(name, _)| !name.starts_with("seat-") && name != "chair");
    let page = lead.post("/projects/new/preview", &pairs(&form)).await.expect(200);
    let summary = page.all("#summary").concat();
    assert!(summary.contains("Halo Speaker Launches 15 Dec 2026, in 27 days"), "{summary}");
    assert!(summary.contains("should have begun on"), "{summary}");
    assert!(summary.contains("Without a committee these gates stay closed"), "{summary}");
    assert_eq!(page.attribute("#key", "value").as_deref(), Some("HS"));
    // A key that was suggested follows the name, one that was typed stays.
    let mut form = fields(&page);
    set(&mut form, "name", "Big Blue Box");
    let page = lead.post("/projects/new/preview", &pairs(&form)).await.expect(200);
    assert_eq!(page.attribute("#key", "value").as_deref(), Some("BBB"));
    set(&mut form, "key", "mine");
    let page = lead.post("/projects/new/preview", &pairs(&form)).await.expect(200);
    assert_eq!(page.attribute("#key", "value").as_deref(), Some("MINE"));
    // Another blueprint brings its own departments; what was unticked stays so.
    untick(&mut form, "SAL");
    set(&mut form, "blueprint", "consumer-hardware");
    let page = lead.post("/projects/new/preview", &pairs(&form)).await.expect(200);
    assert!(page.attribute("#department-SAL", "checked").is_none());
    page.says("Not in your organisation; its work goes to");
    assert_eq!(count(&app, "select count(*) from projects where key <> $1", "").await, 2, "a preview writes nothing");
}

#[tokio::test]
async fn in_chinese() {
    let app = company().await;
    let mut lead = app.sign_in("lead").await.chinese();
    let mut form = fields(&lead.get("/projects/new").await.expect(200).says("新建项目").says("市场"));
    let page = lead.post("/projects/new", &pairs(&form)).await.expect(422);
    page.says("请输入项目名称").says("请填写上市日期或开始日期");
    set(&mut form, "name", "光环音箱");
    set(&mut form, "launch", "2027-06-15");
    assert_eq!(lead.post("/projects/new", &pairs(&form)).await.location(), "/p/P1");
}

#[tokio::test]
async fn twenty_times_the_same_form_makes_one_project() {
    let app = company().await;
    let mut lead = app.sign_in("lead").await;
    let mut form = fields(&lead.get("/projects/new").await);
    set(&mut form, "name", "Atlas");
    set(&mut form, "launch", "2027-06-15");
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (mut lead, form) = (lead.clone(), form.clone());
        running.spawn(async move { lead.post("/projects/new", &pairs(&form)).await });
    }
    while let Some(answer) = running.join_next().await {
        assert_eq!(answer.unwrap().location(), "/p/ATLAS");
    }
    assert_eq!(count(&app, "select count(*) from projects where name = $1", "Atlas").await, 1);
    assert_eq!(count(&app, "select count(*) from events where kind = $1", "project.created").await, 1);
    // The id of somebody else's project opens nothing.
    let mut other = app.sign_in("other").await;
    let answer = other.post("/projects/new", &pairs(&form)).await;
    assert_ne!(answer.status, 303, "{}", answer.text());
}

#[tokio::test]
async fn guests_may_not() {
    let app = company().await;
    let mut guest = app.sign_in("guest").await;
    guest.get("/projects/new").await.expect(404);
    guest.post("/projects/new", &[]).await.expect(404);
    guest.post("/projects/new/preview", &[]).await.expect(404);
}
