//! The work of a project: board, list, filters, several tasks changed at once.

use crate::support::{Client, TestApp, statements};
use axum::{body::Body, http::Request};
use tower::ServiceExt;
use uuid::Uuid;

/// Marketing's and sales' tasks in every status.
async fn work() -> (TestApp, Uuid) {
    let (app, geo) = TestApp::with_project().await;
    for (part, title, assignee, due, status) in [
        ("MKT", "Pricing page", Some("member"), "2026-11-13", "blocked"),
        ("MKT", "Launch film", Some("liaison"), "2026-11-18", "doing"),
        ("SAL", "Price book", Some("other"), "2026-11-20", "todo"),
        ("SAL", "Demo script", Some("member"), "2026-12-04", "review"),
        ("RND", "Crawler", None, "2027-01-05", "todo"),
        ("MKT", "Analyst list", Some("member"), "2026-11-10", "done"),
        ("MKT", "Old flyer", None, "2026-11-10", "dropped"),
    ] {
        let number = app.task(geo, part, title, assignee, due).await;
        sqlx::query(
            "update tasks set status = $3, blocked_reason = case when $3 = 'blocked' then 'no price' else '' end,
                    waits_for_part_id = case when $3 = 'blocked' then (select id from parts where project_id = $1 and code = 'SAL') end,
                    done_at = case when $3 = 'done' then '2026-11-17T02:00:00Z'::timestamptz end
             where project_id = $1 and number = $2",
        )
        .bind(geo)
        .bind(number)
        .bind(status)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    }
    (app, geo)
}

async fn value(app: &TestApp, number: i32, column: &str) -> String {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
        "select coalesce({column}::text, '') from tasks where number = $1 and project_id = (select id from projects where key = 'GEO')"
    )))
    .bind(number)
    .fetch_one(&mut app.sql().await)
    .await
    .unwrap()
}

async fn events(app: &TestApp) -> Vec<(String, String)> {
    sqlx::query_as("select kind, subject_label from events where kind like 'task.%' order by subject_label")
        .fetch_all(&mut app.sql().await)
        .await
        .unwrap()
}

async fn id(app: &TestApp, sql: &'static str) -> String {
    sqlx::query_scalar::<_, Uuid>(sql).fetch_one(&mut app.sql().await).await.unwrap().to_string()
}

#[tokio::test]
async fn the_board_shows_each_task_in_its_lane() {
    let (app, _) = work().await;
    let page = app.sign_in("liaison").await.get("/p/GEO/work").await.expect(200);
    for (lane, title) in [
        ("todo", "Price book"),
        ("doing", "Launch film"),
        ("blocked", "Pricing page"),
        ("review", "Demo script"),
        ("done", "Analyst list"),
    ] {
        let titles = page.all(&format!(".lane[data-lane={lane}] .ttl"));
        assert!(titles.contains(&title.to_owned()), "{lane}: {titles:?}");
    }
    assert_eq!(page.all(".lane").len(), 5, "dropped tasks have no lane");
    assert!(!page.text().contains("Old flyer"));
    assert_eq!(page.all(".lane[data-lane=todo] .ttl"), ["Price book", "Crawler"], "by due date");
    page.says("no price · waits for Sales").says("5 days late").says("Today").says("Done 17 Nov").says("Marketing");
}

#[tokio::test]
async fn the_board_speaks_chinese() {
    let (app, geo) = work().await;
    sqlx::query("update tasks set title_zh = '发布片' where project_id = $1 and number = 2")
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let page = app.sign_in("lead").await.chinese().get("/p/GEO/work").await.expect(200);
    page.says("发布片").says("逾期 5 天").says("· 等待销售").says("进行中").says("全部部门");
    app.sign_in("lead").await.chinese().get("/p/GEO/work?view=list").await.expect(200).says("负责人").says("发布片");
}

#[tokio::test]
async fn cards_move_only_for_those_who_may() {
    let (app, _) = work().await;
    for (person, may) in [("lead", 6), ("liaison", 3), ("member", 4), ("other", 2), ("viewer", 0), ("colleague", 0)] {
        let page = app.sign_in(person).await.get("/p/GEO/work").await.expect(200);
        assert_eq!(page.all(".card[data-version]").len(), may, "{person}");
        assert_eq!(page.all(".card a.dots").len(), may, "{person}");
        assert_eq!(page.all("form.quick").is_empty(), may == 0, "{person} adds tasks");
    }
    let page = app.sign_in("lead").await.get("/p/GEO/work").await;
    assert_eq!(page.attribute("#t2", "data-version").unwrap(), "1");
    assert_eq!(page.attribute("#t2 .dots", "href").unwrap(), "/p/GEO/tasks/2#status", "without a script");
    assert_eq!(page.attribute("#t2 .dots", "aria-label").unwrap(), "More actions for GEO-2");
    app.sign_in("stranger").await.get("/p/HAL/work").await.expect(200).says("No tasks yet");
    for person in ["lead", "guest", "adviser"] {
        app.sign_in(person).await.get("/p/HAL/work").await.expect(404);
    }
    app.sign_in("adviser").await.get("/p/GEO/work").await.expect(404);
}

#[tokio::test]
async fn filters_narrow_and_stand_in_the_address() {
    let (app, _) = work().await;
    let stage = id(
        &app,
        "select stages.id from stages join projects on projects.id = project_id where key = 'GEO' and position = 2",
    )
    .await;
    let member = app.id_of("member").await;
    let mut liaison = app.sign_in("liaison").await;
    for (query, expected) in [
        ("q=price", vec!["Price book"]),
        ("q=GEO-4", vec!["Demo script"]),
        ("department=SAL", vec!["Price book", "Demo script"]),
        ("department=SAL&status=review", vec!["Demo script"]),
        (&format!("person={member}"), vec!["Analyst list", "Demo script", "Pricing page"]),
        ("person=me", vec!["Launch film"]),
        ("person=none", vec!["Crawler"]),
        ("due=overdue", vec!["Pricing page"]),
        ("due=week", vec!["Launch film", "Price book"]),
        ("status=dropped", vec!["Old flyer"]),
        ("status=done", vec!["Analyst list"]),
        (&format!("stage={stage}"), vec![]),
        ("q=%25", vec![]),
    ] {
        for view in ["board", "list"] {
            let page = liaison.get(&format!("/p/GEO/work?view={view}&{query}")).await.expect(200);
            let mut titles = page.all("#work .card .ttl, #work tbody .ttl");
            let mut expected: Vec<String> = expected.iter().map(|title| (*title).to_owned()).collect();
            titles.sort();
            expected.sort();
            assert_eq!(titles, expected, "{view} {query}");
            if expected.is_empty() {
                page.says("No task matches");
            }
        }
    }
    let page = liaison.get("/p/GEO/work?view=list&department=SAL&sort=number&q=%22x").await.expect(200);
    assert_eq!(page.attribute("select[name=department] option[selected]", "value").unwrap(), "SAL");
    assert_eq!(page.attribute("input[name=q]", "value").unwrap(), "\"x");
    let board = page.attribute(".seg a", "href").unwrap();
    assert_eq!(board, "/p/GEO/work?q=%22x&department=SAL&sort=number", "the other view keeps the filter");
}

#[tokio::test]
async fn groups_stand_below_each_other() {
    let (app, _) = work().await;
    let mut lead = app.sign_in("lead").await;
    let board = lead.get("/p/GEO/work?group=department").await.expect(200);
    assert_eq!(board.all("#work > h2"), ["R&D", "Marketing", "Sales"]);
    assert_eq!(board.all(".board").len(), 3);
    assert_eq!(board.all("#board-3 .ttl"), ["Price book", "Demo script"]);
    let list = lead.get("/p/GEO/work?view=list&group=person").await.expect(200);
    assert_eq!(list.all("th[scope=rowgroup] b"), ["liaison", "member", "other", "None"]);
    let list = lead.get("/p/GEO/work?view=list&group=status&sort=number").await.expect(200);
    assert_eq!(list.all("th[scope=rowgroup] b"), ["To do", "In progress", "Blocked", "In review", "Done"]);
    let list = lead.get("/p/GEO/work?view=list&group=stage").await.expect(200);
    assert_eq!(list.all("th[scope=rowgroup] b"), Vec::<String>::new(), "one group needs no heading");
}

#[tokio::test]
async fn several_tasks_change_at_once() {
    let (app, geo) = work().await;
    sqlx::query(
        "insert into milestones (project_id, id, title, baseline_on, due_on, created_at)
         values ($1, '01930000-0000-7000-8000-000000000007', 'Price is public', '2026-12-01', '2026-12-01', '2026-10-01T00:00:00Z')",
    )
    .bind(geo)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    let liaison_id = app.id_of("liaison").await.to_string();
    let mut liaison = app.sign_in("liaison").await;
    let page = liaison
        .submit(
            "/p/GEO/work/bulk",
            &[
                ("back", "/p/GEO/work?view=list"),
                ("task", "1.1"),
                ("task", "2.1"),
                ("task", "2.1"),
                ("status", "review"),
                ("assignee", &liaison_id),
                ("shift", "7"),
                ("milestone", "01930000-0000-7000-8000-000000000007"),
            ],
        )
        .await;
    page.expect(200).says("2 tasks changed").says("Pricing page");
    for (number, due) in [(1, "2026-11-20"), (2, "2026-11-25")] {
        assert_eq!(value(&app, number, "status").await, "review");
        assert_eq!(value(&app, number, "blocked_reason").await, "");
        assert_eq!(value(&app, number, "assignee_id").await, liaison_id);
        assert_eq!(value(&app, number, "due_on").await, due);
        assert_eq!(value(&app, number, "version").await, "2");
        assert_ne!(value(&app, number, "milestone_id").await, "");
    }
    let kind = "task.status_changed".to_owned();
    assert_eq!(events(&app).await, [(kind.clone(), "GEO-1".into()), (kind, "GEO-2".into())], "one for each task");
    let again = [("task", "1.1"), ("task", "2.1"), ("status", "review"), ("assignee", &liaison_id)];
    liaison.submit("/p/GEO/work/bulk", &again).await.expect(200).says("The tasks stand so already");
    let page =
        liaison.submit("/p/GEO/work/bulk", &[("task", "1.2"), ("assignee", "none"), ("milestone", "none")]).await;
    page.expect(200).says("1 task changed");
    assert_eq!(value(&app, 1, "coalesce(assignee_id, milestone_id)").await, "");
}

#[tokio::test]
async fn of_several_tasks_none_changes_when_one_may_not() {
    let (app, _) = work().await;
    let mut liaison = app.sign_in("liaison").await;
    let page = liaison.post("/p/GEO/work/bulk", &[("task", "2.1"), ("task", "3.1"), ("status", "done")]).await;
    let page = page.expect(403).says("Nothing was changed").says("GEO-3").says("Only its department and the GTM lead");
    assert!(!page.text().contains("GEO-2"), "the others are not to blame");
    let kept: Vec<_> = (0..page.all("input[name=task]").len()).collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(page.attribute("input[name=task]", "value").unwrap(), "2.1", "what can change is one click away");
    // The member has GEO-4 of another department: may move it, not give it away, and not drop it.
    let mut member = app.sign_in("member").await;
    member.post("/p/GEO/work/bulk", &[("task", "4.1"), ("assignee", "none")]).await.expect(403);
    member.post("/p/GEO/work/bulk", &[("task", "4.1"), ("status", "dropped")]).await.expect(403);
    assert_eq!(events(&app).await, []);
    assert_eq!(value(&app, 2, "status").await, "doing");
    member.submit("/p/GEO/work/bulk", &[("task", "4.1"), ("status", "done")]).await.expect(200);
    assert_eq!(value(&app, 4, "status").await, "done");
    for person in ["viewer", "colleague"] {
        app.sign_in(person).await.post("/p/GEO/work/bulk", &[("task", "2.2"), ("status", "done")]).await.expect(403);
    }
    app.sign_in("stranger").await.post("/p/HAL/work/bulk", &[("task", "2.1"), ("status", "done")]).await.expect(404);
    app.sign_in("lead").await.post("/p/HAL/work/bulk", &[("task", "2.1"), ("status", "done")]).await.expect(404);
}

#[tokio::test]
async fn of_several_tasks_none_changes_when_one_is_stale_or_lacks_its_reason() {
    let (app, _) = work().await;
    let mut lead = app.sign_in("lead").await;
    let page = lead.post("/p/GEO/work/bulk", &[("task", "2.1"), ("task", "3.4"), ("status", "done")]).await;
    let page = page.expect(409).says("Somebody has changed it").says("GEO-3").says("To do");
    assert_eq!(page.attribute("input[name=task]", "value").unwrap(), "2.1");
    let blocked = [("task", "2.1"), ("task", "3.1"), ("status", "blocked")];
    let page = lead.post("/p/GEO/work/bulk", &blocked).await.expect(422).says("Say what it waits for");
    assert_eq!(page.all("textarea[name=reason]").len(), 1);
    assert_eq!(page.all("input[name=task]").len(), 2);
    assert_eq!(events(&app).await, []);
    lead.submit("/p/GEO/work/bulk", &[blocked.as_slice(), &[("reason", "the price")]].concat())
        .await
        .expect(200)
        .says("2 tasks changed");
    assert_eq!(value(&app, 3, "blocked_reason").await, "the price");
}

#[tokio::test]
async fn several_tasks_refuse_what_is_not_of_this_project() {
    let (app, _) = work().await;
    let mut lead = app.sign_in("lead").await;
    let stranger = app.id_of("stranger").await.to_string();
    lead.post("/p/GEO/work/bulk", &[("task", "2.1"), ("assignee", &stranger)]).await.expect(422);
    let milestone = ids_of_nothing();
    lead.post("/p/GEO/work/bulk", &[("task", "2.1"), ("milestone", &milestone)]).await.expect(422);
    lead.post("/p/GEO/work/bulk", &[("task", "2.1"), ("task", "99.1"), ("status", "done")]).await.expect(404);
    lead.post("/p/GEO/work/bulk", &[("task", "two"), ("status", "done")]).await.expect(422);
    lead.submit("/p/GEO/work/bulk", &[("status", "done")]).await.expect(200).says("Select the tasks to change first");
    lead.submit("/p/GEO/work/bulk", &[("task", "2.1")]).await.expect(200).says("Choose what to change first");
    assert_eq!(events(&app).await, []);
}

fn ids_of_nothing() -> String {
    tutti::platform::ids::new_uuid().to_string()
}

#[tokio::test]
async fn an_archived_project_is_read_only() {
    let (app, geo) = work().await;
    sqlx::query("update projects set state = 'archived' where id = $1")
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let mut lead = app.sign_in("lead").await;
    let page = lead.get("/p/GEO/work").await.expect(200);
    assert_eq!(page.all(".card[data-version], form.quick").len(), 0);
    assert_eq!(lead.get("/p/GEO/work?view=list").await.expect(200).all("input[name=task], .bulk").len(), 0);
    lead.post("/p/GEO/work/bulk", &[("task", "2.1"), ("status", "done")]).await.expect(403);
}

/// Tasks over all departments, as the budget counts them.
async fn many(app: &TestApp, geo: Uuid, count: i32) {
    sqlx::query(
        "with codes as (select array_agg(id order by position) as parts from parts where project_id = $1 and kind = 'department'),
              members as (select array_agg(distinct person_id) as people from seats where project_id = $1 and role in ('gtm_lead', 'liaison', 'member'))
         insert into tasks (project_id, id, number, title, part_id, assignee_id, due_on, stage_id, status, blocked_reason, comment_count,
                            created_by, created_at, changed_at)
         select $1, gen_random_uuid(), 1000 + n, 'Task number ' || n || ' says what must be true when it is done: ' || md5(n::text),
                parts[1 + n % array_length(parts, 1)], people[1 + n % array_length(people, 1)], '2026-11-01'::date + n % 90,
                (select id from stages where project_id = $1 and position = 1),
                (array['todo', 'doing', 'blocked', 'review'])[1 + n % 4],
                case when n % 4 = 2 then 'Waits for something that is named here' else '' end, n % 12,
                people[1], '2026-10-01T00:00:00Z', '2026-10-01T00:00:00Z'
         from codes, members, generate_series(1, $2) as n",
    )
    .bind(geo)
    .bind(count)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
}

#[tokio::test]
async fn a_board_that_was_kept_is_never_older_than_the_work() {
    let (app, geo) = work().await;
    let mut lead = app.sign_in("lead").await;
    for (change, says) in [
        ("update tasks set title = 'Price page' where project_id = $1 and number = 1", "Price page"),
        ("update tasks set comment_count = 7 where project_id = $1 and number = 1", "7 comments"),
        ("update tasks set due_on = '2026-11-16' where project_id = $1 and number = 1", "2 days late"),
        ("update tasks set blocked_reason = 'no budget' where project_id = $1 and number = 1", "no budget"),
        (
            "update people set name = 'Zoltan Szabo' where id = (select assignee_id from tasks where project_id = $1 and number = 1)",
            "Zoltan Szabo",
        ),
        ("update parts set name_en = 'Selling' where project_id = $1 and code = 'SAL'", "waits for Selling"),
        ("update stages set name_en = 'Preparation' where project_id = $1 and position = 1", "Preparation"),
    ] {
        for path in ["/p/GEO/work", "/p/GEO/work?view=list"] {
            let before = lead.get(path).await.expect(200).text();
            assert!(!before.contains(says), "{path} before {change}");
        }
        sqlx::query(change).bind(geo).execute(&mut app.sql().await).await.unwrap();
        lead.get("/p/GEO/work").await.expect(200).says(says);
    }
}

#[tokio::test]
async fn who_holds_a_task_is_named_also_after_their_seat_is_gone() {
    let (app, geo) = work().await;
    let mut lead = app.sign_in("lead").await;
    for change in [
        "update seats set removed_at = now() where project_id = $1 and person_id = (select id from people where name = 'member')",
        "delete from seats where project_id = $1 and person_id = (select id from people where name = 'member')",
    ] {
        let changed = sqlx::query(change).bind(geo).execute(&mut app.sql().await).await.unwrap();
        assert_eq!(changed.rows_affected(), 1, "{change}");
        let page = lead.get("/p/GEO/work?view=list").await.expect(200);
        assert!(page.all("td").contains(&"member".to_owned()), "{change}");
        assert!(!page.all("select[name=person] option").contains(&"member".to_owned()), "nothing is given to them");
        let bands = lead.get("/p/GEO/work?group=person").await.expect(200).all("h2");
        assert!(bands.contains(&"member".to_owned()), "{change}: {bands:?}");
    }
}

#[tokio::test]
async fn the_board_costs_the_same_with_three_and_three_hundred_tasks() {
    let (app, geo) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    for (there, count) in [(0, 3), (3, 297)] {
        many_from(&app, geo, there, count).await;
        for path in ["/p/GEO/work", "/p/GEO/work?view=list", "/p/GEO/work?group=person&q=task"] {
            for (look, expected) in [("first", 4), ("second", 3)] {
                let (page, statements) = statements::count(lead.get(path)).await;
                page.expect(200);
                assert_eq!(statements, expected, "{look} look at {path} with {count} more tasks");
            }
        }
    }
}

async fn many_from(app: &TestApp, geo: Uuid, there: i32, count: i32) {
    if there == 0 {
        many(app, geo, count).await;
    } else {
        sqlx::query("delete from tasks where project_id = $1").bind(geo).execute(&mut app.sql().await).await.unwrap();
        many(app, geo, there + count).await;
    }
}

#[tokio::test]
async fn a_board_of_three_hundred_tasks_is_small() {
    let (app, geo) = TestApp::with_project().await;
    many(&app, geo, 300).await;
    let mut lead: Client = app.sign_in("lead").await;
    let plain = lead.get("/p/GEO/work").await.expect(200);
    assert_eq!(plain.all(".card").len(), 300);
    println!("{} bytes of HTML", plain.body.len());
    let secret = lead.cookie("tutti").unwrap();
    let request = Request::get("/p/GEO/work")
        .header("host", "tutti.test")
        .header("cookie", format!("tutti={secret}"))
        .header("accept-encoding", "gzip")
        .body(Body::empty())
        .unwrap();
    let response = app.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.headers()["content-encoding"], "gzip");
    assert_eq!(response.headers()["vary"], "accept-encoding");
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    println!("{} bytes compressed", bytes.len());
    assert!(bytes.len() <= 40 * 1024, "{} bytes", bytes.len());
    let mut unpacked = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut unpacked).unwrap();
    // Every page carries an id of its own for the task that may be added on it.
    let without_id = |page: &str| {
        let (before, after) = page.split_once(r#"name="id" value=""#).unwrap();
        format!("{before}{}", &after[36..])
    };
    assert_eq!(without_id(&unpacked), without_id(&plain.body), "the same page as without compression");
}

#[tokio::test]
async fn the_lane_of_what_is_done_shows_the_most_recent() {
    let (app, geo) = TestApp::with_project().await;
    many(&app, geo, 60).await;
    sqlx::query("update tasks set status = 'done', blocked_reason = '', done_at = '2026-11-01T00:00:00Z'::timestamptz + number * interval '1 minute' where project_id = $1 and number <= 1030")
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let page = app.sign_in("lead").await.get("/p/GEO/work").await.expect(200);
    let done = page.all(".lane[data-lane=done] .ttl");
    assert_eq!(done.len(), 20);
    assert!(done[0].starts_with("Task number 30 "), "{}", done[0]);
    assert_eq!(page.all(".lane[data-lane=done] h2 .n0"), ["30"]);
    page.says("All 30 done");
    let list = app.sign_in("lead").await.get("/p/GEO/work?view=list&status=done").await.expect(200);
    assert_eq!(list.all("tbody .ttl").len(), 30);
}
