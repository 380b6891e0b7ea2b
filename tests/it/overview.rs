//! The page of a project and the list of projects.

use crate::support::{TestApp, statements};
use tutti::platform::ids;

async fn escalation(app: &TestApp, project: uuid::Uuid, number: i32, state: &str, due: &str) {
    let id = ids::new_uuid();
    let mut sql = app.sql().await;
    sqlx::query(
        "insert into escalations (project_id, id, number, question, kind, category, raised_by, from_part_id, to_part_id, state, due_at, raised_at)
         select $1, $2, $3, 'Which price is right?', 'price', 'price', people.id,
                (select id from parts where project_id = $1 and code = 'SAL'), (select id from parts where project_id = $1 and code = 'MKT'),
                $4, $5::timestamptz, '2026-11-17T02:00:00Z' from people where name = 'other'",
    )
    .bind(project).bind(id).bind(number).bind(state).bind(due).execute(&mut sql).await.unwrap();
    sqlx::query(
        "insert into escalation_steps (project_id, escalation_id, step, entered_at, due_at) values ($1, $2, 'committee', '2026-11-17T01:00:00Z', $3::timestamptz)",
    )
    .bind(project).bind(id).bind(due).execute(&mut sql).await.unwrap();
}

#[tokio::test]
async fn a_projects_page_says_how_it_stands() {
    let (app, geo) = TestApp::with_project().await;
    for (part, due) in [("MKT", "2026-11-10"), ("MKT", "2026-12-10"), ("SAL", "2026-12-11")] {
        app.task(geo, part, "Price list", Some("liaison"), due).await;
    }
    sqlx::query("update tasks set status = 'done' where number = 2").execute(&mut app.sql().await).await.unwrap();
    sqlx::query(
        "insert into milestones (project_id, id, title, title_zh, baseline_on, due_on, created_at)
         values ($1, gen_random_uuid(), 'Price list published', '价格表发布', '2026-12-04', '2026-12-08', now())",
    )
    .bind(geo)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    escalation(&app, geo, 14, "with_committee", "2026-11-19T03:00:00Z").await;
    let mut lead = app.sign_in("lead").await;
    let (page, sent) = statements::count(lead.get("/p/GEO")).await;
    assert_eq!(sent, 5, "session, standing, dashboard, calendar, feed");
    let page = page
        .expect(200)
        .says("GEO Monitor")
        .says("Launch in 55 days")
        .says("Open tasks 2 of 3")
        .says("Overdue 1 Oldest 8 days late")
        .says("Blocked 0")
        .says("Which price is right?")
        .says("1 working day left")
        .says("0 of 2 voted")
        .says("Was 4 Dec: slipped 2 working days");
    let heads = page.all(".score thead th");
    assert_eq!(heads.len(), 4, "{heads:?}");
    assert!(heads[1].contains("Prepare now, to 11 Jan 2027"), "{heads:?}");
    assert_eq!(page.attribute(".score thead .now", "aria-current").as_deref(), Some("step"));
    assert_eq!(page.attribute(".score thead .now .gate", "href").as_deref(), Some("/p/GEO/gates/A1"));
    let marketing: Vec<String> =
        page.all(".score tbody tr").into_iter().filter(|row| row.contains("Marketing")).collect();
    assert_eq!(marketing, ["MK Marketing 1/2 1 late – no tasks 50% 1/2"]);
    for _ in 0..30 {
        app.task(geo, "SAL", "More", Some("other"), "2026-12-11").await;
    }
    let (_, sent) = statements::count(lead.get("/p/GEO")).await;
    assert_eq!(sent, 5, "however much there is");
    let page =
        app.sign_in("liaison").await.chinese().get("/p/GEO").await.expect(200).says("距上市 55 天").says("价格表发布");
    page.says("原定 12月4日 推迟 2 个工作日").says("还剩 1 个工作日");
}

/// A whole B2B SaaS project made and published through its pages, with every status, one task of no stage and one dropped.
async fn made_project() -> TestApp {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    let (id, me) = (ids::new_uuid().to_string(), app.id_of("lead").await.to_string());
    let (liaison, other) = (app.id_of("liaison").await.to_string(), app.id_of("other").await.to_string());
    let form = [
        ("department", "MKT"),
        ("liaison-MKT", &liaison),
        ("department", "SAL"),
        ("liaison-SAL", &other),
        ("id", id.as_str()),
        ("name", "Figures"),
        ("key", "FIG"),
        ("blueprint", "b2b-saas"),
        ("tier", "1"),
        ("start", "2026-11-02"),
        ("lead", &me),
        ("listed", "PM"),
        ("listed", "RND"),
        ("listed", "MKT"),
        ("listed", "SAL"),
    ];
    lead.submit("/projects/new", &form).await.expect(200);
    lead.submit("/p/FIG/publish", &[]).await.expect(200);
    sqlx::query(
        "update tasks set status = case number % 5 when 0 then 'done' when 1 then 'doing' when 2 then 'dropped' when 3 then 'blocked' else 'todo' end,
             blocked_reason = case number % 5 when 3 then 'Waits' else '' end,
             stage_id = case when number = 4 then null else stage_id end
         where project_id = $1::uuid",
    )
    .bind(&id)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    app
}

/// `3/8` as numbers.
fn ratio(text: &str) -> (i64, i64) {
    let words = text.split_whitespace().find_map(|word| word.split_once('/')).unwrap_or(("0", "0"));
    (words.0.parse().unwrap(), words.1.parse().unwrap())
}

fn sum(ratios: &[(i64, i64)]) -> (i64, i64) {
    ratios.iter().fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1))
}

/// The number before ` late`; in narrow columns it says so to screen readers only.
fn late(text: &str) -> i64 {
    text.split_once(" late").map_or(0, |(before, _)| before.rsplit(' ').next().unwrap().parse().unwrap())
}

#[tokio::test]
async fn the_figures_of_the_page_agree_with_each_other() {
    let app = made_project().await;
    let mut lead = app.sign_in("lead").await;
    let page = lead.get("/p/FIG").await.expect(200);
    let columns = page.all(".score thead th");
    assert_eq!(columns[columns.len() - 2], "No stage", "{columns:?}");
    let foot = page.all(".score tfoot td");
    let (foot, whole) = foot.split_at(foot.len() - 1);
    let whole = ratio(&whole[0]);
    // Every department's cells make its last one, the last ones and the last row make the whole.
    let cells = page.all(".score tbody td");
    let rows: Vec<Vec<(i64, i64)>> =
        cells.chunks(foot.len() + 1).map(|row| row.iter().map(|cell| ratio(cell)).collect()).collect();
    for row in &rows {
        let (last, before) = row.split_last().unwrap();
        assert_eq!(sum(before), *last);
    }
    assert_eq!(sum(&rows.iter().map(|row| *row.last().unwrap()).collect::<Vec<_>>()), whole);
    assert_eq!(sum(&foot.iter().map(|cell| ratio(cell)).collect::<Vec<_>>()), whole);
    // The figures on top count the same tasks.
    let figures = page.all(".figs > div").join(" | ");
    let (done, total) = whole;
    assert!(figures.contains(&format!("Open tasks {} of {total} {done} done", total - done)), "{figures}");
    let overdue: i64 = foot.iter().map(|cell| late(cell)).sum();
    assert!(overdue > 0 && figures.contains(&format!("Overdue {overdue} ")), "{figures}");
    assert!(page.all(".tabs a").contains(&format!("Work {}", total - done)));
    // The gate's figure is what its page says, its milestone counts the stage's tasks.
    let gate = lead.get("/p/FIG/gates/A1").await.expect(200);
    let rules = gate.text().split(" rules hold").next().unwrap().rsplit(" · ").next().unwrap().trim().to_owned();
    assert!(figures.contains(&format!("Gate A1 readiness {rules} rules")), "{figures}: {rules}");
    let (done, total) = ratio(&foot[0]);
    page.says(&format!("{done} of {total} tasks done : Gate A1"));
    let milestones = lead.get("/p/FIG/milestones").await.expect(200);
    let row = milestones.all("tbody tr").into_iter().find(|row| row.contains("Gate A1")).unwrap();
    assert_eq!(ratio(&row), (done, total));
}

#[tokio::test]
async fn a_gate_that_moves_takes_the_end_of_its_stage_along() {
    let app = made_project().await;
    let mut lead = app.sign_in("lead").await;
    let (id, version): (uuid::Uuid, i32) = sqlx::query_as(
        "select id, version from milestones where title like 'Gate A1%' and project_id = (select id from projects where key = 'FIG')",
    )
    .fetch_one(&mut app.sql().await)
    .await
    .unwrap();
    let (path, version) = (format!("/p/FIG/milestones/{id}"), version.to_string());
    let form = [("version", version.as_str()), ("title", "Gate A1: Charter"), ("due_on", "2026-12-09")];
    lead.submit(&path, &form).await.expect(200);
    let page = lead.get("/p/FIG").await.expect(200).says("Gate A1: Charter Wed 9 Dec");
    let heads = page.all(".score thead th");
    assert!(heads[1].contains("now, to 9 Dec"), "{heads:?}");
    assert!(page.all(".figs > div")[1].contains("Planned for 9 Dec"));
    let project = "(select id from projects where key = 'FIG')";
    let apart: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
        "select count(*) from stages join milestones m on m.project_id = stages.project_id and m.stage_id = stages.id and m.kind = 'gate'
         where stages.project_id = {project} and stages.ends_on <> m.due_on"
    )))
    .fetch_one(&mut app.sql().await)
    .await
    .unwrap();
    assert_eq!(apart, 0);
    // By hand no gate is reached, neither is the launch; the page does not offer it.
    let page = lead.get("/p/FIG/milestones").await.expect(200);
    assert!(page.all("form[action$=reached]").is_empty());
    lead.post(&format!("{path}/reached"), &[("version", "2"), ("reached", "1")]).await.expect(409);
    // The launch milestone is the project's day.
    let launch: uuid::Uuid = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
        "select id from milestones where project_id = {project} and kind = 'launch'"
    )))
    .fetch_one(&mut app.sql().await)
    .await
    .unwrap();
    let form = [("version", "1"), ("title", "Launch day"), ("due_on", "2027-06-01")];
    lead.submit(&format!("/p/FIG/milestones/{launch}"), &form).await.expect(200);
    lead.get("/p/FIG").await.expect(200).says("Launch day Tue 1 Jun 2027");
    let agreed: String = sqlx::query_scalar("select launches_on::text from projects where key = 'FIG'")
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    assert_eq!(agreed, "2027-06-01");
}

#[tokio::test]
async fn finished_stages_fold_when_there_are_many() {
    let (app, geo) = TestApp::with_project().await;
    let mut sql = app.sql().await;
    sqlx::query("delete from stages where project_id = $1").bind(geo).execute(&mut sql).await.unwrap();
    for (position, state) in
        ["passed", "passed", "passed", "current", "ahead", "ahead", "ahead", "ahead", "ahead"].iter().enumerate()
    {
        sqlx::query(
            "insert into stages (project_id, id, position, code, name_en, name_zh, days, is_launch, state, baseline_starts_on, baseline_ends_on, starts_on, ends_on)
             values ($1, gen_random_uuid(), $2, 'S' || $2, 'Stage ' || $2, '阶段' || $2, 5, $2 = 5, $3, '2026-11-02', '2026-12-02', '2026-11-02', '2026-12-02')",
        )
        .bind(geo).bind(i16::try_from(position).unwrap() + 1).bind(state).execute(&mut sql).await.unwrap();
    }
    let page = app.sign_in("lead").await.get("/p/GEO").await.expect(200);
    let heads = page.all(".score thead th");
    assert_eq!(heads.len(), 9, "{heads:?}");
    assert!(heads[1].starts_with("S1 to S3"), "{heads:?}");
    assert!(page.all(".score thead .now.launch")[0].starts_with("Stage 4"), "the double bar stands before the launch");
}

#[tokio::test]
async fn who_sees_the_page() {
    let (app, _) = TestApp::with_project().await;
    for (name, status) in [
        ("admin", 200),
        ("lead", 200),
        ("liaison", 200),
        ("member", 200),
        ("chair", 200),
        ("viewer", 200),
        ("colleague", 200),
        ("adviser", 404),
        ("guest", 404),
    ] {
        app.sign_in(name).await.get("/p/GEO").await.expect(status);
    }
    for (name, status) in [("admin", 200), ("stranger", 200), ("lead", 404), ("colleague", 404)] {
        app.sign_in(name).await.get("/p/HAL").await.expect(status);
    }
    app.sign_in("admin").await.get("/p/NONE").await.expect(404);
}

#[tokio::test]
async fn the_list_shows_what_one_may_see() {
    let (app, geo) = TestApp::with_project().await;
    escalation(&app, geo, 14, "with_committee", "2026-11-19T03:00:00Z").await;
    app.task(geo, "MKT", "Price list", Some("liaison"), "2026-11-10").await;
    let mut lead = app.sign_in("lead").await;
    let (page, sent) = statements::count(lead.get("/projects")).await;
    assert_eq!(sent, 3, "session, list, totals");
    let page = page
        .expect(200)
        .says("GEO Monitor")
        .says("B2B SaaS, tier 1")
        .says("Led by lead.")
        .says("1 of 2, Prepare")
        .says("1 late")
        .says("1 open");
    assert!(!page.body.contains("Halo S1"), "seats only");
    app.sign_in("admin").await.get("/projects").await.says("Halo S1").says("GEO Monitor");
    app.sign_in("stranger").await.get("/projects?show=mine").await.says("Halo S1");
    app.sign_in("colleague").await.get("/projects?show=mine").await.says("No project here");
    lead.get("/projects?show=draft").await.says("No project here");
    lead.clone().chinese().get("/projects").await.expect(200).says("第 1 个，共 2 个：准备");
    app.sign_in("guest").await.get("/projects").await.expect(404);
    sqlx::query("update projects set state = 'draft' where id = $1")
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    lead.get("/projects?show=draft").await.says("GEO Monitor").says("Draft");
    app.sign_in("colleague").await.get("/projects?show=draft").await.says("No project");
}

#[tokio::test]
async fn the_list_and_the_page_agree_on_who_sees_what() {
    let (app, geo) = TestApp::with_project().await;
    for (state, visibility) in
        [("draft", "organisation"), ("active", "organisation"), ("active", "seats"), ("archived", "organisation")]
    {
        sqlx::query("update projects set state = $2, visibility = $3 where id = $1")
            .bind(geo)
            .bind(state)
            .bind(visibility)
            .execute(&mut app.sql().await)
            .await
            .unwrap();
        for name in ["admin", "lead", "liaison", "member", "committee", "chair", "viewer", "colleague", "stranger"] {
            let mut person = app.sign_in(name).await;
            let page = person.get("/p/GEO").await.status.as_u16() == 200;
            let list = person.get(&format!("/projects?show={state}")).await.body.contains("href=\"/p/GEO\"");
            assert_eq!(page, list, "{name}: {state}, {visibility}");
        }
    }
}

#[tokio::test]
async fn a_long_list_has_pages() {
    let app = TestApp::organisation().await;
    for number in 0..55 {
        app.project(&format!("P{number}"), &format!("Project {number}"), "organisation").await;
    }
    let mut admin = app.sign_in("admin").await;
    let page = admin.get("/projects").await.expect(200);
    assert_eq!(page.all(".folio tbody tr").len(), 50);
    let older = page.attribute(".pager a[rel=next]", "href").unwrap();
    let page = admin.get(&older).await.expect(200);
    assert_eq!(page.all(".folio tbody tr").len(), 5);
    assert!(page.attribute(".pager a[rel=prev]", "href").is_some());
}

#[tokio::test]
async fn an_empty_installation_invites_to_begin() {
    let app = TestApp::organisation().await;
    app.sign_in("admin").await.get("/projects").await.expect(200).says("No project yet").says("New project");
}
