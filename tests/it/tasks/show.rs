//! The page of a task.

use super::with_task;
use crate::support::statements;
use tutti::platform::ids;

#[tokio::test]
async fn the_page_shows_the_task_in_both_languages() {
    let (app, _) = with_task().await;
    let page = app.sign_in("liaison").await.get("/p/GEO/tasks/1").await.expect(200).says("Pricing page").says("GEO-1");
    let page = page.says("5 days late").says("Marketing").says("member").says("Raise escalation");
    assert_eq!(page.all(".statusbar button"), ["To do", "In progress", "Blocked", "In review", "Done", "Dropped"]);
    assert_eq!(page.attribute(".statusbar button[aria-pressed=true]", "value").unwrap(), "todo");
    let page = app.sign_in("liaison").await.chinese().get("/p/GEO/tasks/1").await.expect(200);
    page.says("逾期 5 天").says("市场").says("负责人").says("发起上报");
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
    assert!(!page.text().contains("Raise escalation"), "viewers do not raise");
    // It moved along with the launch too, by the same decision; and another took that one's place.
    sqlx::query(
        "insert into decision_effects (project_id, id, decision_id, position, kind, task_id, before_on, after_on)
         select $1, $2, $3, 2, 'carry_task', id, '2026-11-10', '2026-11-13' from tasks where project_id = $1 and number = 1",
    )
    .bind(geo)
    .bind(ids::new_uuid())
    .bind(decision)
    .execute(&mut sql)
    .await
    .unwrap();
    sqlx::query(
        "insert into decisions (project_id, id, number, kind, title, rationale, owner_id, decided_by, decided_at, supersedes_id)
         select $1, $2, 3, 'price', 'Price is 349', 'because', id, id, '2026-11-17T02:00:00Z', $3 from people where name = 'chair'",
    )
    .bind(geo)
    .bind(ids::new_uuid())
    .bind(decision)
    .execute(&mut sql)
    .await
    .unwrap();
    let page = app.sign_in("viewer").await.get("/p/GEO/tasks/1").await.expect(200);
    let page = page.says("Moved by D-2 Price is 390 (superseded by D-3) Tue 17 Nov");
    assert_eq!(page.text().matches("Moved by").count(), 1);
    assert!(page.all("dd details").is_empty(), "nothing to fold");
    // That one and two more moved it as well: the last stands, those before it are folded, each with its day.
    for (number, day) in [(4, "2026-11-12T02:00:00Z"), (5, "2026-11-13T02:00:00Z")] {
        sqlx::query(
            "insert into decisions (project_id, id, number, kind, title, rationale, owner_id, decided_by, decided_at)
             select $1, $2, $3, 'price', 'Later', 'because', id, id, $4::text::timestamptz from people where name = 'chair'",
        )
        .bind(geo)
        .bind(ids::new_uuid())
        .bind(number)
        .bind(day)
        .execute(&mut sql)
        .await
        .unwrap();
    }
    sqlx::query(
        "insert into decision_effects (project_id, id, decision_id, position, kind, task_id, before_on, after_on)
         select d.project_id, gen_random_uuid(), d.id, 3, 'move_task', t.id, '2026-11-10', '2026-11-13'
         from decisions d join tasks t on t.project_id = d.project_id and t.number = 1 where d.number > 2",
    )
    .execute(&mut sql)
    .await
    .unwrap();
    let page = app.sign_in("viewer").await.get("/p/GEO/tasks/1").await.expect(200);
    let page = page.says("Moved by D-5 Later Fri 13 Nov");
    let earlier = [
        "Moved by D-4 Later Thu 12 Nov",
        "Moved by D-3 Price is 349 Tue 17 Nov",
        "Moved by D-2 Price is 390 (superseded by D-3) Tue 17 Nov",
    ];
    assert_eq!(page.all("dd details p"), earlier);
    assert_eq!(page.all("dd details summary"), ["3 earlier decisions"]);
}
