//! What a board costs, and that what is kept of it is never old.

use super::work;
use crate::support::{Client, TestApp, statements};
use axum::{body::Body, http::Request};
use tower::ServiceExt;
use uuid::Uuid;

/// Tasks over all departments, as the budget counts them.
pub async fn many(app: &TestApp, geo: Uuid, count: i32) {
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
    // Every page carries an id of its own for the task that may be added on it, and what it knows of.
    let without_own = |page: &str| {
        let (before, after) = page.split_once(r#"name="id" value=""#).unwrap();
        let page = format!("{before}{}", &after[36..]);
        let (before, after) = page.split_once("/live?from=").unwrap();
        format!("{before}{}", after.trim_start_matches(|digit: char| digit.is_ascii_digit()))
    };
    assert_eq!(without_own(&unpacked), without_own(&plain.body), "the same page as without compression");
}
