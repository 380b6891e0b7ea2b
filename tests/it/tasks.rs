//! Tasks: the page, the status, the form; who may, what is refused, and what happens when several come at once.

use crate::support::{Client, TestApp, statements};
use sqlx::Row;
use tutti::platform::ids;
use uuid::Uuid;

const SCRIPT: &str = "<script>alert('x')</script>";

/// GEO with task 1 of marketing, assigned to `member`, due last Friday.
async fn with_task() -> (TestApp, Uuid) {
    let (app, geo) = TestApp::with_project().await;
    assert_eq!(app.task(geo, "MKT", "Pricing page", Some("member"), "2026-11-13").await, 1);
    (app, geo)
}

async fn part(app: &TestApp, project: Uuid, code: &str) -> String {
    let id: Uuid = sqlx::query_scalar("select id from parts where project_id = $1 and code = $2")
        .bind(project)
        .bind(code)
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    id.to_string()
}

async fn task(app: &TestApp, project: Uuid, number: i32) -> sqlx::postgres::PgRow {
    sqlx::query("select status, version, title, blocked_reason, done_at is not null as is_done, due_on::text as due_on, assignee_id from tasks where project_id = $1 and number = $2")
        .bind(project)
        .bind(number)
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap()
}

async fn status(app: &TestApp, project: Uuid, number: i32) -> String {
    task(app, project, number).await.get("status")
}

async fn count(app: &TestApp, sql: &'static str, project: Uuid) -> i64 {
    sqlx::query_scalar(sql).bind(project).fetch_one(&mut app.sql().await).await.unwrap()
}

async fn events(app: &TestApp, project: Uuid, kind: &str) -> i64 {
    sqlx::query_scalar("select count(*) from events where project_id = $1 and kind = $2")
        .bind(project)
        .bind(kind)
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap()
}

#[tokio::test]
async fn the_page_shows_the_task_in_both_languages() {
    let (app, _) = with_task().await;
    let page = app.sign_in("liaison").await.get("/p/GEO/tasks/1").await.expect(200).says("Pricing page").says("GEO-1");
    let page = page.says("5 days late").says("Marketing").says("member").says("Raise an escalation");
    assert_eq!(page.all(".statusbar button"), ["To do", "In progress", "Blocked", "In review", "Done", "Dropped"]);
    assert_eq!(page.attribute(".statusbar button[aria-pressed=true]", "value").unwrap(), "todo");
    let page = app.sign_in("liaison").await.chinese().get("/p/GEO/tasks/1").await.expect(200);
    page.says("逾期 5 天").says("市场").says("负责人").says("上报");
}

#[tokio::test]
async fn the_page_costs_five_statements_whatever_hangs_on_it() {
    let (app, geo) = with_task().await;
    let mut lead = app.sign_in("lead").await;
    let (page, bare) = statements::count(lead.get("/p/GEO/tasks/1")).await;
    page.expect(200);
    for number in 2..6 {
        app.task(geo, "SAL", "Price book", None, "2026-12-01").await;
        let number = number.to_string();
        lead.submit("/p/GEO/tasks/1/dependencies", &[("direction", "waits_on"), ("other", &number)]).await.expect(200);
        let id = ids::new_uuid().to_string();
        lead.submit("/p/GEO/tasks/1/comments", &[("id", &id), ("comment", "hello @member")]).await.expect(200);
    }
    let (page, full) = statements::count(lead.get("/p/GEO/tasks/1")).await;
    page.expect(200).says("Price book").says("hello");
    assert_eq!((bare, full), (5, 5));
    let (page, edit) = statements::count(lead.get("/p/GEO/tasks/1/edit")).await;
    page.expect(200);
    let (page, new) = statements::count(lead.get("/p/GEO/tasks/new")).await;
    page.expect(200);
    assert_eq!((edit, new), (4, 3));
}

#[tokio::test]
async fn who_may_see_and_who_may_change() {
    let (app, geo) = with_task().await;
    let id = ids::new_uuid().to_string();
    let marketing = part(&app, geo, "MKT").await;
    for (name, see, edit, set, comment) in [
        ("lead", 200, 200, 303, 303),
        ("liaison", 200, 200, 303, 303),
        ("member", 200, 200, 303, 303),
        ("other", 200, 403, 403, 303),
        ("committee", 200, 403, 403, 303),
        ("chair", 200, 403, 403, 303),
        ("viewer", 200, 403, 403, 403),
        ("colleague", 200, 403, 403, 403),
        ("stranger", 200, 403, 403, 403),
        ("admin", 200, 403, 403, 403),
        ("adviser", 404, 404, 404, 404),
        ("guest", 404, 404, 404, 404),
    ] {
        let mut person = app.sign_in(name).await;
        assert_eq!(person.get("/p/GEO/tasks/1").await.status, see, "{name} sees");
        assert_eq!(person.get("/p/GEO/tasks/1/edit").await.status, edit, "{name} edits");
        let version = task(&app, geo, 1).await.get::<i32, _>("version").to_string();
        let next = if status(&app, geo, 1).await == "todo" { "doing" } else { "todo" };
        let answer = person.post("/p/GEO/tasks/1/status", &[("status", next), ("version", &version)]).await;
        assert_eq!(answer.status, set, "{name} moves");
        let answer =
            person.post("/p/GEO/tasks/1/comments", &[("id", &ids::new_uuid().to_string()), ("comment", "x")]).await;
        assert_eq!(answer.status, comment, "{name} comments");
        let answer =
            person.post("/p/GEO/tasks/1/edit", &[("version", "0"), ("title", "x"), ("part", &marketing)]).await;
        assert_eq!(answer.status, if edit == 200 { 409 } else { edit }, "{name} saves");
        let answer = person.post("/p/GEO/tasks/1/assign", &[("version", "0"), ("assignee", "")]).await;
        assert_eq!(answer.status, if edit == 200 { 409 } else { edit }, "{name} assigns");
        let answer = person.post("/p/GEO/tasks/1/watch", &[]).await;
        assert_eq!(answer.status, if see == 200 { 303 } else { see }, "{name} watches");
        let answer = person.post("/p/GEO/tasks", &[("id", &id), ("title", ""), ("part", &marketing)]).await;
        let adds = if name == "other" || edit == 200 { 422 } else { edit };
        assert_eq!(answer.status, adds, "{name} adds");
    }
    let mut nobody = Client::new(&app);
    assert_eq!(nobody.get("/p/GEO/tasks/1").await.location(), "/sign-in?next=%2Fp%2FGEO%2Ftasks%2F1");
}

#[tokio::test]
async fn another_projects_numbers_lead_nowhere() {
    let (app, _) = with_task().await;
    let mut stranger = app.sign_in("stranger").await;
    stranger.get("/p/HAL/tasks/1").await.expect(404);
    stranger.post("/p/HAL/tasks/1/status", &[("status", "done"), ("version", "1")]).await.expect(404);
    let mut lead = app.sign_in("lead").await;
    lead.get("/p/HAL/tasks/1").await.expect(404);
    lead.get("/p/GEO/tasks/2").await.expect(404);
    lead.get("/p/GEO/tasks/x").await.expect(404);
    lead.get("/p/GEO/tasks/99999999999").await.expect(404);
}

#[tokio::test]
async fn a_status_is_one_click_with_a_way_back() {
    let (app, geo) = with_task().await;
    let mut member = app.sign_in("member").await;
    let page = member.submit("/p/GEO/tasks/1/status", &[("status", "done"), ("version", "1")]).await;
    let page = page.expect(200).says("GEO-1: Done").says("Done 18 Nov");
    assert_eq!(status(&app, geo, 1).await, "done");
    assert!(task(&app, geo, 1).await.get::<bool, _>("is_done"));
    let (version, before) = (
        page.attribute(".flash form input[name=version]", "value").unwrap(),
        page.attribute(".flash form input[name=status]", "value").unwrap(),
    );
    assert_eq!((version.as_str(), before.as_str()), ("2", "todo"));
    member.submit("/p/GEO/tasks/1/status", &[("status", &before), ("version", &version)]).await.expect(200);
    assert_eq!(status(&app, geo, 1).await, "todo");
    assert!(!task(&app, geo, 1).await.get::<bool, _>("is_done"));
    assert_eq!(events(&app, geo, "task.status_changed").await, 2);
    // From a list that shows many rows in one form: the version stands in the address, and it leads back there.
    let answer = member
        .post("/p/GEO/tasks/1/status?version=3", &[("version", "77"), ("status", "review"), ("back", "/?x=1")])
        .await;
    assert_eq!(answer.expect(303).location(), "/?x=1");
    // Elsewhere is not ours.
    let answer = member
        .post("/p/GEO/tasks/1/status", &[("version", "4"), ("status", "doing"), ("back", "//evil.example")])
        .await;
    assert_eq!(answer.expect(303).location(), "/");
    member.post("/p/GEO/tasks/1/status", &[("status", "later"), ("version", "5")]).await.expect(422);
    member.post("/p/GEO/tasks/1/status", &[("status", "done")]).await.expect(422);
}

#[tokio::test]
async fn blocked_asks_why_and_for_whom() {
    let (app, geo) = with_task().await;
    let mut liaison = app.sign_in("liaison").await;
    let asked = liaison.post("/p/GEO/tasks/1/status", &[("status", "blocked"), ("version", "1")]).await;
    let asked = asked.expect(422).says("What does it wait for?");
    assert!(asked.all(".errors").is_empty(), "nothing is wrong before the form was seen");
    assert!(!asked.all("select[name=waits_for] option").contains(&"Marketing".to_owned()), "never for its own");
    let form = [("status", "blocked"), ("version", "1"), ("reason", " "), ("waits_for", "SAL")];
    liaison.post("/p/GEO/tasks/1/status", &form).await.expect(422).says("Say what it waits for");
    let form = [("status", "blocked"), ("version", "1"), ("reason", "x"), ("waits_for", "NOPE")];
    liaison.post("/p/GEO/tasks/1/status", &form).await.expect(422).says("Choose a department");
    let form = [("status", "blocked"), ("version", "1"), ("reason", "x"), ("waits_for", "MKT")];
    liaison.post("/p/GEO/tasks/1/status", &form).await.expect(422).says("Choose another department");
    let form = [("status", "blocked"), ("version", "1"), ("reason", SCRIPT), ("waits_for", "SAL")];
    let page = liaison.submit("/p/GEO/tasks/1/status", &form).await.expect(200);
    let page = page.says("Blocked since Wed 18 Nov, 10:00.").says(SCRIPT).says("Sales").says("other");
    assert!(!page.body.contains(SCRIPT));
    assert_eq!(status(&app, geo, 1).await, "blocked");
    let form = [("status", "doing"), ("version", "2")];
    liaison.submit("/p/GEO/tasks/1/status", &form).await.expect(200);
    assert_eq!(task(&app, geo, 1).await.get::<String, _>("blocked_reason"), "");
}

#[tokio::test]
async fn only_editors_drop() {
    let (app, geo) = TestApp::with_project().await;
    // `viewer` has a task of sales, but no seat there.
    app.task(geo, "SAL", "Call the pilots", Some("viewer"), "2026-11-20").await;
    let mut assignee = app.sign_in("viewer").await;
    let page = assignee.get("/p/GEO/tasks/1").await.expect(200);
    assert!(!page.all(".statusbar button").contains(&"Dropped".to_owned()));
    assignee.post("/p/GEO/tasks/1/status", &[("status", "dropped"), ("version", "1")]).await.expect(403);
    assignee.post("/p/GEO/tasks/1/status", &[("status", "doing"), ("version", "1")]).await.expect(303);
    let mut liaison = app.sign_in("other").await;
    liaison.post("/p/GEO/tasks/1/status", &[("status", "dropped"), ("version", "2")]).await.expect(303);
    assignee.post("/p/GEO/tasks/1/status", &[("status", "todo"), ("version", "3")]).await.expect(403);
    assert_eq!(status(&app, geo, 1).await, "dropped");
}

#[tokio::test]
async fn a_stale_status_says_what_stands_now() {
    let (app, geo) = with_task().await;
    let (mut first, mut second) = (app.sign_in("liaison").await, app.sign_in("member").await);
    first.submit("/p/GEO/tasks/1/status", &[("status", "review"), ("version", "1")]).await.expect(200);
    let page = second.post("/p/GEO/tasks/1/status", &[("status", "done"), ("version", "1")]).await.expect(409);
    let page = page.says("Somebody was faster").says("In review").says("Done");
    assert_eq!(page.attribute("input[name=version]", "value").unwrap(), "2");
    // The same wish twice is no conflict: it stands so already.
    second.post("/p/GEO/tasks/1/status", &[("status", "review"), ("version", "1")]).await.expect(303);
    assert_eq!(events(&app, geo, "task.status_changed").await, 1);
    second.submit("/p/GEO/tasks/1/status", &[("status", "done"), ("version", "2")]).await.expect(200);
    let page = first.chinese().post("/p/GEO/tasks/1/status", &[("status", "todo"), ("version", "1")]).await;
    page.expect(409).says("有人先改了");
}

#[tokio::test]
async fn the_form_adds_a_task() {
    let (app, geo) = with_task().await;
    let mut liaison = app.sign_in("liaison").await;
    let page = liaison.get("/p/GEO/tasks/new").await.expect(200).says("New task");
    assert_eq!(page.all("select[name=part] option"), ["Marketing"], "only where they may");
    assert!(page.attribute("select[name=stage] option[selected]", "value").is_some());
    assert!(!page.all("select[name=assignee] option").contains(&"viewer".to_owned()));
    let id = page.attribute("input[name=id]", "value").unwrap();
    let (marketing, member) = (part(&app, geo, "MKT").await, app.id_of("member").await.to_string());
    let stage = page.attribute("select[name=stage] option[selected]", "value").unwrap();
    let form = [
        ("id", id.as_str()),
        ("title", "Webinar <b>plan</b>"),
        ("description", "# Goal\n<script>alert(1)</script>\n\n**done**"),
        ("part", &marketing),
        ("assignee", &member),
        ("priority", "high"),
        ("starts_on", "2026-11-18"),
        ("due_on", "2026-11-18"),
        ("stage", &stage),
    ];
    let page = liaison.submit("/p/GEO/tasks", &form).await.expect(200);
    let page = page.says("GEO-2 added").says("Webinar <b>plan</b>").says("Today").says("High").says("Prepare");
    assert!(page.body.contains("<strong>done</strong>") && !page.body.contains("<script>alert"));
    // The same form again, by the same browser: the same task.
    assert_eq!(liaison.post("/p/GEO/tasks", &form).await.expect(303).location(), "/p/GEO/tasks/2");
    assert_eq!(events(&app, geo, "task.created").await, 1);
    // The board's quick add has less and leads back.
    let id = ids::new_uuid().to_string();
    let quick = [("id", id.as_str()), ("title", "Quick"), ("part", &marketing), ("back", "/p/GEO/work?view=list")];
    assert_eq!(liaison.post("/p/GEO/tasks", &quick).await.expect(303).location(), "/p/GEO/work?view=list");
    assert_eq!(task(&app, geo, 3).await.get::<String, _>("title"), "Quick");
}

#[tokio::test]
async fn a_bad_form_keeps_what_was_typed() {
    let (app, geo) = with_task().await;
    let mut liaison = app.sign_in("liaison").await;
    let (marketing, sales) = (part(&app, geo, "MKT").await, part(&app, geo, "SAL").await);
    let (viewer, nobody) = (app.id_of("viewer").await.to_string(), ids::new_uuid().to_string());
    let foreign: Uuid = sqlx::query_scalar(
        "select s.id from stages s join projects p on p.id = s.project_id where p.key = 'HAL' limit 1",
    )
    .fetch_one(&mut app.sql().await)
    .await
    .unwrap();
    let foreign = foreign.to_string();
    for (change, says) in [
        (vec![("title", " ")], "Say what is to be done"),
        (vec![("part", "")], "Choose a department"),
        (vec![("part", nobody.as_str())], "Choose a department"),
        (vec![("part", sales.as_str())], "only the GTM lead"),
        (vec![("starts_on", "2026-12-02"), ("due_on", "2026-12-01")], "must not be after"),
        (vec![("due_on", "tomorrow")], "year-month-day"),
        (vec![("assignee", viewer.as_str())], "somebody with a seat"),
        (vec![("assignee", nobody.as_str())], "somebody with a seat"),
        (vec![("stage", foreign.as_str())], "a stage of this project"),
        (vec![("milestone", nobody.as_str())], "a milestone of this project"),
    ] {
        let id = ids::new_uuid().to_string();
        let mut form = change.clone();
        for default in [("id", id.as_str()), ("title", SCRIPT), ("part", &marketing), ("description", SCRIPT)] {
            if !form.iter().any(|(name, _)| *name == default.0) {
                form.push(default);
            }
        }
        let page = liaison.post("/p/GEO/tasks", &form).await.expect(422).says(says);
        assert_eq!(page.attribute("input[name=id]", "value").unwrap(), id, "{change:?}");
        assert!(page.all("textarea[name=description]")[0].contains("alert"), "{change:?}");
        assert!(!page.body.contains(SCRIPT));
        // The same for the edit page.
        form.push(("version", "1"));
        let page = liaison.post("/p/GEO/tasks/1/edit", &form).await.expect(422).says(says);
        assert!(page.all("textarea[name=description]")[0].contains("alert"), "{change:?}");
    }
    let long = "长".repeat(201);
    let form = [("id", nobody.as_str()), ("title", long.as_str()), ("part", &marketing)];
    liaison.post("/p/GEO/tasks", &form).await.expect(422).says("at most 200 characters");
    liaison.chinese().post("/p/GEO/tasks", &form).await.expect(422).says("标题最多 200 个字符");
    assert_eq!(count(&app, "select count(*) from tasks where project_id = $1", geo).await, 1);
}

#[tokio::test]
async fn editing_says_what_changed() {
    let (app, geo) = with_task().await;
    let mut lead = app.sign_in("lead").await;
    let (sales, other) = (part(&app, geo, "SAL").await, app.id_of("other").await.to_string());
    let form = [
        ("version", "1"),
        ("title", "Price page"),
        ("description", "*now*"),
        ("part", sales.as_str()),
        ("assignee", &other),
        ("priority", "urgent"),
        ("starts_on", "2026-11-16"),
        ("due_on", "2026-11-20"),
    ];
    let page = lead.submit("/p/GEO/tasks/1/edit", &form).await.expect(200);
    page.says("GEO-1 saved").says("Price page").says("First agreed: 13 Nov 2026").says("Urgent");
    assert_eq!(events(&app, geo, "task.changed").await, 1);
    let after: serde_json::Value = sqlx::query_scalar("select after from events where kind = 'task.changed'")
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    assert_eq!(after["department"], serde_json::json!({ "en": "Sales", "zh": "销售" }));
    lead.clone().chinese().get("/p/GEO/tasks/1").await.expect(200).says("市场 → 变为 销售");
    assert_eq!(after["assignee"], "other");
    assert_eq!(after["due_on"], "2026-11-20");
    // Saved again without a change: nothing happens, whatever the version.
    lead.submit("/p/GEO/tasks/1/edit", &form).await.expect(200);
    assert_eq!(task(&app, geo, 1).await.get::<i32, _>("version"), 2);
    // Only the dates: the event says so.
    let mut moved = form;
    moved[0] = ("version", "2");
    moved[7] = ("due_on", "2026-11-27");
    lead.submit("/p/GEO/tasks/1/edit", &moved).await.expect(200);
    assert_eq!(events(&app, geo, "task.moved").await, 1);
    // Marketing's liaison has nothing to say about it now.
    app.sign_in("liaison").await.get("/p/GEO/tasks/1/edit").await.expect(403);
}

#[tokio::test]
async fn a_blueprints_title_keeps_its_chinese_side_until_it_is_changed() {
    let (app, geo) = with_task().await;
    sqlx::query("update tasks set title_zh = '定价页' where project_id = $1")
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let mut liaison = app.sign_in("liaison").await.chinese();
    let page = liaison.get("/p/GEO/tasks/1/edit").await.expect(200);
    assert_eq!(page.attribute("input[name=title]", "value").unwrap(), "定价页");
    let marketing = part(&app, geo, "MKT").await;
    let both = async || -> (String, Option<String>) {
        sqlx::query_as("select title, title_zh from tasks where project_id = $1")
            .bind(geo)
            .fetch_one(&mut app.sql().await)
            .await
            .unwrap()
    };
    let form = [("version", "1"), ("title", "定价页"), ("part", marketing.as_str()), ("due_on", "2026-11-20")];
    liaison.submit("/p/GEO/tasks/1/edit", &form).await.expect(200);
    assert_eq!(both().await, ("Pricing page".to_owned(), Some("定价页".to_owned())));
    let form = [("version", "2"), ("title", "价格页"), ("part", marketing.as_str()), ("due_on", "2026-11-20")];
    liaison.submit("/p/GEO/tasks/1/edit", &form).await.expect(200);
    assert_eq!(both().await, ("价格页".to_owned(), None));
}

#[tokio::test]
async fn somebody_who_lost_their_seat_stays_until_the_task_is_given_on() {
    let (app, geo) = with_task().await;
    sqlx::query("update seats set removed_at = now() where person_id = $1")
        .bind(app.id_of("member").await)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let mut lead = app.sign_in("lead").await;
    let page = lead.get("/p/GEO/tasks/1/edit").await.expect(200);
    let member = page.attribute("select[name=assignee] option[selected]", "value").unwrap();
    let marketing = part(&app, geo, "MKT").await;
    let form = [
        ("version", "1"),
        ("title", "Renamed"),
        ("part", marketing.as_str()),
        ("assignee", &member),
        ("due_on", "2026-11-13"),
    ];
    lead.submit("/p/GEO/tasks/1/edit", &form).await.expect(200).says("Renamed");
    // But the person themselves is still the assignee and may move it: they see the project as a colleague.
    app.sign_in("member")
        .await
        .post("/p/GEO/tasks/1/status", &[("status", "doing"), ("version", "2")])
        .await
        .expect(303);
    lead.post("/p/GEO/tasks/1/assign", &[("version", "3"), ("assignee", "")]).await.expect(303);
    lead.post("/p/GEO/tasks/1/assign", &[("version", "4"), ("assignee", &member)]).await.expect(422);
    app.sign_in("member")
        .await
        .post("/p/GEO/tasks/1/status", &[("status", "done"), ("version", "4")])
        .await
        .expect(403);
}

#[tokio::test]
async fn an_archived_project_is_read_only() {
    let (app, geo) = with_task().await;
    sqlx::query("update projects set state = 'archived' where id = $1")
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let mut lead = app.sign_in("lead").await;
    let page = lead.get("/p/GEO/tasks/1").await.expect(200);
    assert!(page.all(".statusbar button").is_empty() && page.all("textarea").is_empty());
    lead.post("/p/GEO/tasks/1/status", &[("status", "done"), ("version", "1")]).await.expect(403);
    lead.post("/p/GEO/tasks/1/watch", &[]).await.expect(403);
    lead.get("/p/GEO/tasks/new").await.expect(403);
    app.sign_in("member")
        .await
        .post("/p/GEO/tasks/1/status", &[("status", "done"), ("version", "1")])
        .await
        .expect(403);
}

#[tokio::test]
async fn taking_and_watching() {
    let (app, geo) = with_task().await;
    app.task(geo, "MKT", "Release text", None, "2026-12-01").await;
    let mut member = app.sign_in("member").await;
    let page = member.get("/p/GEO/tasks/2").await.expect(200).says("Nobody").says("Take it");
    let me = page.attribute("button[name=assignee]", "value").unwrap();
    let page = member.submit("/p/GEO/tasks/2/assign", &[("assignee", &me), ("version", "1")]).await.expect(200);
    assert!(!page.text().contains("Take it"));
    assert_eq!(events(&app, geo, "task.assigned").await, 1);
    let mut viewer = app.sign_in("viewer").await;
    viewer.submit("/p/GEO/tasks/2/watch", &[]).await.expect(200).says("Stop watching");
    viewer.submit("/p/GEO/tasks/2/watch", &[]).await.expect(200);
    assert_eq!(events(&app, geo, "task.watched").await, 1);
    viewer.submit("/p/GEO/tasks/2/unwatch", &[]).await.expect(200);
    assert_eq!(count(&app, "select count(*) from task_watchers where project_id = $1", geo).await, 0);
}

#[tokio::test]
async fn the_way_in_from_escalations_and_decisions_is_shown() {
    let (app, geo) = with_task().await;
    let mut sql = app.sql().await;
    let (escalation, decision) = (ids::new_uuid(), ids::new_uuid());
    sqlx::query(
        "insert into escalations (project_id, id, number, question, kind, category, raised_by, from_part_id, to_part_id, task_id, state, due_at, raised_at)
         select $1, $2, 14, 'What does the Team plan cost <b>at launch</b>?', 'price', 'commercial', (select id from people where name = 'liaison'),
                (select id from parts where project_id = $1 and code = 'MKT'), (select id from parts where project_id = $1 and code = 'SAL'),
                (select id from tasks where project_id = $1 and number = 1), 'with_committee', '2026-11-20T02:00:00Z', '2026-11-16T02:00:00Z'",
    )
    .bind(geo)
    .bind(escalation)
    .execute(&mut sql)
    .await
    .unwrap();
    sqlx::query(
        "insert into decisions (project_id, id, number, kind, title, rationale, owner_id, decided_by, decided_at)
         select $1, $2, 2, 'price', 'Price is 390', 'because', id, id, '2026-11-17T02:00:00Z' from people where name = 'chair'",
    )
    .bind(geo)
    .bind(decision)
    .execute(&mut sql)
    .await
    .unwrap();
    sqlx::query(
        "insert into decision_effects (project_id, id, decision_id, position, kind, task_id, before_on, after_on)
         select $1, $2, $3, 1, 'move_task', id, '2026-11-10', '2026-11-13' from tasks where project_id = $1 and number = 1",
    )
    .bind(geo)
    .bind(ids::new_uuid())
    .bind(decision)
    .execute(&mut sql)
    .await
    .unwrap();
    let page = app.sign_in("viewer").await.get("/p/GEO/tasks/1").await.expect(200);
    let page = page.says("E-14 What does the Team plan cost <b>at launch</b>?").says("Moved by D-2 Price is 390");
    assert_eq!(page.attribute("a[href*=escalations]", "href").unwrap(), "/p/GEO/escalations/14");
    assert_eq!(page.attribute("a[href*='decisions/']", "href").unwrap(), "/p/GEO/decisions/2");
    assert!(!page.text().contains("Raise an escalation"), "viewers do not raise");
}

#[tokio::test]
async fn fifty_edits_of_one_version_one_wins() {
    let (app, geo) = with_task().await;
    let marketing = part(&app, geo, "MKT").await;
    let liaison = app.sign_in("liaison").await;
    let edits = (0..50).map(|number| {
        let (mut browser, marketing) = (liaison.clone(), marketing.clone());
        tokio::spawn(async move {
            let title = format!("Edit {number}");
            let form = [("version", "1"), ("title", title.as_str()), ("part", &marketing), ("due_on", "2026-11-20")];
            let answer = browser.post("/p/GEO/tasks/1/edit", &form).await;
            if answer.status == 409 {
                // What was typed is kept, beside what stands now.
                assert_eq!(answer.attribute("input[name=title]", "value").unwrap(), title);
                assert_eq!(answer.attribute("input[name=version]", "value").unwrap(), "2");
                assert!(answer.all("#stale td").contains(&title));
            }
            answer.status.as_u16()
        })
    });
    let mut answers = Vec::new();
    for edit in edits.collect::<Vec<_>>() {
        answers.push(edit.await.unwrap());
    }
    assert_eq!(answers.iter().filter(|status| **status == 303).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 409).count(), 49, "{answers:?}");
    assert_eq!(task(&app, geo, 1).await.get::<i32, _>("version"), 2);
    assert_eq!(events(&app, geo, "task.changed").await, 1);
}

#[tokio::test]
async fn twenty_copies_of_one_form_make_one_task() {
    let (app, geo) = with_task().await;
    let marketing = part(&app, geo, "MKT").await;
    let (liaison, id) = (app.sign_in("liaison").await, ids::new_uuid().to_string());
    let copies: Vec<_> = (0..20)
        .map(|_| {
            let (mut browser, marketing, id) = (liaison.clone(), marketing.clone(), id.clone());
            tokio::spawn(async move {
                let form = [("id", id.as_str()), ("title", "Once"), ("part", &marketing)];
                browser.post("/p/GEO/tasks", &form).await.expect(303).location().to_owned()
            })
        })
        .collect();
    for copy in copies {
        assert_eq!(copy.await.unwrap(), "/p/GEO/tasks/2");
    }
    assert_eq!(count(&app, "select count(*) from tasks where project_id = $1", geo).await, 2);
    assert_eq!(events(&app, geo, "task.created").await, 1);
    // No number is lost to the copies.
    assert_eq!(count(&app, "select next_task_number::bigint from projects where id = $1", geo).await, 3);
}
