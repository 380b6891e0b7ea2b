//! From vision to figures in one picture.

use super::strategy::set;
use crate::support::{TestApp, disputes::part, statements};
use tutti::platform::ids::new_uuid;
use uuid::Uuid;

/// Runs a statement about GEO, with these ids.
async fn run(app: &TestApp, geo: Uuid, sql: &'static str, ids: &[Uuid]) {
    let mut query = sqlx::query(sql).bind(geo);
    for id in ids {
        query = query.bind(*id);
    }
    query.execute(&mut app.sql().await).await.unwrap();
}

/// An objective of GEO with one key result of marketing in sign-ups; answers objective, key result and series.
async fn objective(app: &TestApp, geo: Uuid, position: i16, title: &str) -> [Uuid; 3] {
    let (objective, result, series) = (new_uuid(), new_uuid(), new_uuid());
    let mkt: Uuid = part(app, geo, "MKT").await.parse().unwrap();
    sqlx::query(
        "insert into objectives (project_id, id, position, title, created_by, created_at)
         select $1, $2, $3, $4, id, now() from people where name = 'lead'",
    )
    .bind(geo)
    .bind(objective)
    .bind(position)
    .bind(title)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    let ids = [objective, result, series, mkt];
    run(app, geo, "insert into series (project_id, id, measure, unit_kind, unit) select $1, $4, 'additive', 'number', 'sign-ups' where $2 <> $3 and $5 is not null", &ids).await;
    run(app, geo, "insert into key_results (project_id, id, objective_id, position, title, series_id, part_id, created_by, created_at)
                   select $1, $3, $2, 1, '5,000 sign-ups', $4, $5, id, now() from people where name = 'lead'", &ids).await;
    run(app, geo, "insert into key_result_terms (project_id, key_result_id, number, baseline, target, starts_on, due_on, set_by, set_at)
                   select $1, $2, 1, 0, 5000, '2026-09-01', '2027-06-30', id, now() from people where name = 'lead'", &[result]).await;
    run(app, geo, "insert into share_rows (project_id, key_result_id, part_id) values ($1, $2, $3)", &[result, mkt])
        .await;
    [objective, result, series]
}

async fn link(app: &TestApp, geo: Uuid, result: Uuid, task: i32) {
    sqlx::query(
        "insert into share_links (project_id, id, key_result_id, part_id, task_id, linked_by, linked_at)
         select $1, $2, $3, rows.part_id, tasks.id, tasks.created_by, now()
         from tasks join share_rows rows on rows.project_id = tasks.project_id and rows.key_result_id = $3
         where tasks.project_id = $1 and tasks.number = $4",
    )
    .bind(geo)
    .bind(new_uuid())
    .bind(result)
    .bind(task)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
}

#[tokio::test]
async fn every_level_says_that_nothing_is_there_yet() {
    let (app, _) = TestApp::with_project().await;
    let page = app.sign_in("viewer").await.get("/p/GEO/goals/pyramid").await.expect(200);
    let page = page
        .says("No strategy yet")
        .says("No objective yet")
        .says("No key task yet")
        .says("Figures come with key results");
    assert!(page.attribute("a[href='/p/GEO/goals/strategy/edit']", "href").is_none());
    let page = app.sign_in("lead").await.get("/p/GEO/goals/pyramid").await.expect(200);
    assert!(page.attribute("a[href='/p/GEO/goals/strategy/edit']", "href").is_some());
    app.sign_in("adviser").await.get("/p/GEO/goals/pyramid").await.expect(404);
}

#[tokio::test]
async fn it_leads_from_the_vision_to_the_figures() {
    let (app, geo) = TestApp::with_project().await;
    set(&app, "0", "They cannot see it.", "").await;
    let [_, first, series] = objective(&app, geo, 1, "Launch and win customers").await;
    let [dropped, ..] = objective(&app, geo, 2, "Not any more").await;
    objective(&app, geo, 3, "Be heard of").await;
    run(&app, geo, "update objectives set dropped_at = now() where project_id = $1 and id = $2", &[dropped]).await;
    for (title, day) in
        [("Film", "2026-12-05"), ("Price page", "2026-12-01"), ("Stand", "2026-12-02"), ("Old", "2026-11-01")]
    {
        let task = app.task(geo, "MKT", title, None, day).await;
        link(&app, geo, first, task).await;
    }
    for title in ["Webinar", "Podcast", "Never"] {
        let task = app.task(geo, "MKT", title, None, "2026-12-24").await;
        link(&app, geo, first, task).await;
    }
    run(&app, geo, "update tasks set status = 'done' where project_id = $1 and number = 4", &[]).await;
    run(&app, geo, "update tasks set status = 'dropped' where project_id = $1 and number = 7", &[]).await;
    for period in ["2026-09-01", "2026-10-01"] {
        sqlx::query(
            "insert into entries (project_id, id, series_id, part_id, period, value, entered_by, entered_at)
             select $1, $2, $3, parts.id, $4::date, 140, people.id, now() from parts, people
             where parts.project_id = $1 and parts.code = 'MKT' and people.name = 'liaison'",
        )
        .bind(geo)
        .bind(new_uuid())
        .bind(series)
        .bind(period)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    }
    let (page, count) = statements::count(app.sign_in("viewer").await.get("/p/GEO/goals/pyramid")).await;
    assert_eq!(count, 5, "session, project, strategy, objectives, tasks");
    let page = page.expect(200).says("Every brand knows").says("2 objectives").says("1 of 6 done").says("and 2 more");
    let page =
        page.says("5,000 sign-ups by 30 Jun 2027").says("2 figures, the newest for Oct 2026").says("No figure yet");
    assert!(!page.text().contains("Not any more") && !page.text().contains("Never"), "{}", page.text());
    let named = page.all("#tasks ul ul a");
    assert_eq!(
        named,
        ["GEO-2 Price page", "GEO-3 Stand", "GEO-1 Film", "GEO-5 Webinar"],
        "open ones first, by their day"
    );
    for href in ["/p/GEO/goals/strategy", "/p/GEO/goals#o-1", "/p/GEO/goals/3.1", "/p/GEO/tasks/2", "/p/GEO/work"] {
        assert!(page.attribute(&format!("#main .pyramid a[href='{href}']"), "href").is_some(), "{href}");
    }
    app.sign_in("viewer")
        .await
        .chinese()
        .get("/p/GEO/goals/pyramid")
        .await
        .expect(200)
        .says("从愿景到数据")
        .says("共 6 项，已完成 1 项");
}
