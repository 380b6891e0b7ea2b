//! What a long list costs, and that what it sends only once still names every control.

use super::{form, pairs, tasks};
use crate::support::{Answer, TestApp, statements};
use axum::body::Body;
use tower::ServiceExt;

#[tokio::test]
async fn my_work_costs_the_same_with_three_and_three_hundred_tasks() {
    let (app, geo) = TestApp::with_project().await;
    let mut member = app.sign_in("member").await;
    for count in [3, 297] {
        sqlx::query(
            "insert into tasks (project_id, id, number, title, part_id, assignee_id, due_on, created_by, created_at, changed_at)
             select $1, gen_random_uuid(), (select coalesce(max(number), 0) from tasks) + n, 'Task ' || n,
                    (select id from parts where project_id = $1 and code = 'MKT'), people.id, '2026-11-01'::date + n % 90, people.id,
                    '2026-10-01T00:00:00Z', '2026-10-01T00:00:00Z'
             from people, generate_series(1, $2) as n where people.name = 'member'",
        )
        .bind(geo)
        .bind(count)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
        let (page, statements) = statements::count(member.get("/")).await;
        page.expect(200);
        assert_eq!(statements, 5, "with {count} more tasks");
    }
    let page = member.get("/").await;
    let fields = form(&page, &[]);
    let (page, statements) = statements::count(member.post("/", &pairs(&fields, &[("confirm", "1")]))).await;
    page.expect(303);
    assert!(statements <= 8, "{statements}");
}

/// The words that an attribute with the ids of elements points to, of every element that a selector finds.
fn named(page: &Answer, selector: &str, attribute: &str) -> Vec<String> {
    let html = scraper::Html::parse_document(&page.body);
    let words = |id: &str| {
        let found = html.select(&scraper::Selector::parse(&format!("[id='{id}']")).unwrap()).next().unwrap();
        found.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
    };
    html.select(&scraper::Selector::parse(selector).unwrap())
        .map(|one| one.attr(attribute).unwrap().split(' ').map(words).collect::<Vec<_>>().join(" "))
        .collect()
}

#[tokio::test]
async fn every_control_of_a_row_has_a_name() {
    let (app, _) = tasks().await;
    let mut member = app.sign_in("member").await;
    let page = member.get("/").await.expect(200);
    let titles = ["Pricing page", "Launch film", "Webinar", "Demo script"];
    let with = |words: &str, titles: &[&str]| titles.iter().map(|title| format!("{words}{title}")).collect::<Vec<_>>();
    assert_eq!(named(&page, "#rows select", "aria-labelledby"), with("Status of ", &titles));
    assert_eq!(named(&page, "#rows .tick", "aria-labelledby"), with("Mark as done: ", &titles));
    // The last one belongs to sales: its date is not mine to move, nor is it mine to drop.
    assert_eq!(named(&page, "#rows [type=date]", "aria-labelledby"), with("Due date of ", &titles[..3]));
    assert_eq!(named(&page, "#rows summary.due", "aria-describedby"), with("Move the due date of ", &titles[..3]));
    let statuses = |page: &Answer, row: &str| {
        let html = scraper::Html::parse_document(&page.body);
        let options = scraper::Selector::parse(&format!("#{row} option")).unwrap();
        html.select(&options).map(|option| option.text().collect::<String>()).collect::<Vec<_>>()
    };
    let all = ["To do", "In progress", "Blocked", "In review", "Done", "Dropped"];
    assert_eq!(statuses(&page, "GEO-1"), all);
    assert_eq!(statuses(&page, "GEO-4"), all[..5]);
    let page = member.chinese().get("/").await.expect(200);
    assert_eq!(named(&page, "#rows select", "aria-labelledby"), with("状态： ", &titles));
    assert_eq!(page.all("#GEO-1 label"), ["原因", "等待方"]);
}

/// Every row reviewed, late or not, every tenth blocked: as much as a row says.
#[tokio::test]
async fn my_work_of_three_hundred_tasks_is_small() {
    let (app, geo) = TestApp::with_project().await;
    sqlx::query(
        "insert into tasks (project_id, id, number, title, title_zh, part_id, assignee_id, due_on, status, blocked_reason, blocked_since,
                            waits_for_part_id, reviewed_at, created_by, created_at, changed_at)
         select $1, gen_random_uuid(), 1000 + n, 'Price book and discount limits for region ' || n, '第 ' || n || ' 区域价格手册与折扣上限',
                mkt.id, people.id, '2026-11-01'::date + n % 90, case when n % 10 = 0 then 'blocked' else (array['todo', 'doing', 'review'])[1 + n % 3] end,
                case when n % 10 = 0 then 'Waits for the list price of region ' || n else '' end,
                case when n % 10 = 0 then '2026-11-10T00:00:00Z'::timestamptz end, case when n % 10 = 0 then sal.id end,
                '2026-11-18T01:00:00Z', people.id, '2026-10-01T00:00:00Z', '2026-10-01T00:00:00Z'
         from people, generate_series(1, 300) as n, parts mkt, parts sal
         where people.name = 'member' and mkt.project_id = $1 and mkt.code = 'MKT' and sal.project_id = $1 and sal.code = 'SAL'",
    )
    .bind(geo)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    for (language, reviewed) in [("en", "Reviewed today"), ("zh-CN", "今天已确认")] {
        let mut member = app.sign_in("member").await;
        let page = if language == "en" { member.get("/").await } else { member.clone().chinese().get("/").await };
        assert_eq!(page.all("#rows .meta > .seen").len(), 300);
        assert_eq!(page.all("#rows .why-blocked").len(), 30);
        let size = page.body.len();
        page.says(reviewed);
        let request = member.prepared("GET", "/").header("accept-encoding", "gzip");
        let mut request = request.body(Body::empty()).unwrap();
        request.headers_mut().insert("accept-language", language.parse().unwrap());
        let response = app.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.headers()["content-encoding"], "gzip");
        let sent = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap().len();
        println!("{language}: {size} bytes of HTML, {sent} compressed");
        assert!(size <= 350_000, "{language}: {size} bytes of HTML");
        assert!(sent <= 40 * 1024, "{language}: {sent} bytes compressed");
    }
}
