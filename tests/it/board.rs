//! The work of a project: board, list, filters, several tasks changed at once.

mod kept;
mod several;

use crate::support::TestApp;
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

#[tokio::test]
async fn the_lane_of_what_is_done_shows_the_most_recent() {
    let (app, geo) = TestApp::with_project().await;
    kept::many(&app, geo, 60).await;
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
