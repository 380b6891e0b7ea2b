//! The division of labour: the matrix, a duty's letters, adding a duty.

use crate::support::{TestApp, statements};
use tutti::platform::ids;
use uuid::Uuid;

/// A duty of the first stage with letters such as `[("MKT", "A"), ("SAL", "R")]`.
async fn duty(app: &TestApp, project: Uuid, code: &str, title: &str, letters: &[(&str, &str)]) -> Uuid {
    let id = ids::new_uuid();
    let (parts, marks): (Vec<String>, Vec<String>) =
        letters.iter().map(|(part, letter)| ((*part).to_owned(), (*letter).to_owned())).unzip();
    sqlx::query(
        "with made as (
             insert into duties (project_id, id, stage_id, position, code, title_en, title_zh, due_day, is_evidence)
             select $1, $2, id, 1, $3, $4, $4 || '中', 5, false from stages where project_id = $1 and position = 1 returning id)
         insert into duty_letters (project_id, duty_id, part_id, letter)
         select $1, made.id, parts.id, given.letter
         from made, unnest($5::text[], $6::text[]) as given (part, letter)
         join parts on parts.project_id = $1 and parts.code = given.part",
    )
    .bind(project)
    .bind(id)
    .bind(code)
    .bind(title)
    .bind(parts)
    .bind(marks)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    id
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

async fn letters(app: &TestApp, project: Uuid, code: &str) -> String {
    sqlx::query_scalar(
        "select string_agg(letter || ' ' || parts.code, ', ' order by letter, parts.position)
         from duty_letters join parts on parts.project_id = duty_letters.project_id and parts.id = part_id
         where duty_letters.project_id = $1 and duty_id = (select id from duties where project_id = $1 and code = $2)",
    )
    .bind(project)
    .bind(code)
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

async fn with_duties() -> (TestApp, Uuid) {
    let (app, geo) = TestApp::with_project().await;
    duty(&app, geo, "a1_price", "Price book", &[("PM", "A"), ("PM", "R"), ("MKT", "R"), ("SAL", "C"), ("COM", "I")])
        .await;
    duty(&app, geo, "a1_site", "Launch <b>site</b>", &[("MKT", "A"), ("MKT", "R")]).await;
    (app, geo)
}

#[tokio::test]
async fn the_matrix_shows_who_does_what_in_which_stage() {
    let (app, geo) = with_duties().await;
    let mut viewer = app.sign_in("viewer").await;
    let page = viewer.get("/p/GEO/matrix").await.expect(200);
    // Product answers for the price book and has nobody in the seat.
    let page = page.says("Price book").says("Launch <b>site</b>").says("1 duty: nobody in the seat");
    assert!(!page.body.contains("<b>site</b>"), "a title became markup");
    assert!(!page.body.contains("/duties/new"), "a viewer is offered a change");
    assert_eq!(page.all(".duties tbody tr").len(), 2);
    page.says("A1 Prepare: duties by department").says("now");
    app.seat(geo, "colleague", "liaison", Some("PM")).await;
    viewer.get("/p/GEO/matrix").await.expect(200).says("2 of 2");
}

#[tokio::test]
async fn the_matrix_speaks_chinese_and_other_stages_are_a_link_away() {
    let (app, _) = with_duties().await;
    let mut lead = app.sign_in("lead").await.chinese();
    let page = lead.get("/p/GEO/matrix?stage=A2").await.expect(200);
    page.says("A2 上市：各部门分工").says("本阶段没有分工");
    lead.get("/p/GEO/duties/a1_price").await.expect(200).says("Price book中").says("负责部门");
}

#[tokio::test]
async fn statements_do_not_grow_with_the_duties() {
    let (app, geo) = with_duties().await;
    let mut lead = app.sign_in("lead").await;
    let (_, few) = statements::count(lead.get("/p/GEO/matrix")).await;
    for number in 0..30 {
        duty(&app, geo, &format!("a1_x{number}"), "More", &[("MKT", "A"), ("SAL", "R")]).await;
    }
    let (page, many) = statements::count(lead.get("/p/GEO/matrix?edit=a1_x3")).await;
    page.expect(200);
    assert_eq!((few, many), (4, 4));
    let (_, one) = statements::count(lead.get("/p/GEO/duties/a1_price")).await;
    assert_eq!(one, 5);
}

#[tokio::test]
async fn the_lead_changes_letters_in_place() {
    let (app, geo) = with_duties().await;
    let mut lead = app.sign_in("lead").await;
    let open = lead.get("/p/GEO/matrix?stage=A1&edit=a1_price").await.expect(200);
    assert_eq!(open.all("tr.open").len(), 1);
    assert_eq!(open.attribute("#letters", "action").as_deref(), Some("/p/GEO/duties/a1_price"));
    let (marketing, sales) = (part(&app, geo, "MKT").await, part(&app, geo, "SAL").await);
    let fields =
        [("version", "1"), ("back", "A1"), ("a", &*marketing), ("r", &*sales), ("c", &*sales), ("i", &*marketing)];
    let page = lead.submit("/p/GEO/duties/a1_price", &fields).await.expect(200);
    page.says("Letters saved");
    // The new A took over; what a stronger letter says already is gone.
    assert_eq!(letters(&app, geo, "a1_price").await, "A MKT, R SAL");
    let (before, after): (String, String) = sqlx::query_as(
        "select before ->> 'letters', after ->> 'letters' from events where kind = 'duty.changed' and project_id = $1",
    )
    .bind(geo)
    .fetch_one(&mut app.sql().await)
    .await
    .unwrap();
    assert_eq!(before, "A: Product; R: Product, Marketing; C: Sales; I: Decision committee");
    assert_eq!(after, "A: Marketing; R: Sales");
    // The same form once more is no second change.
    lead.post("/p/GEO/duties/a1_price", &fields).await.expect(303);
    assert_eq!(events(&app, "duty.changed").await, 1);
}

#[tokio::test]
async fn letters_that_break_a_rule_are_sent_back() {
    let (app, geo) = with_duties().await;
    let mut lead = app.sign_in("lead").await;
    let marketing = part(&app, geo, "MKT").await;
    let page = lead.post("/p/GEO/duties/a1_price", &[("version", "1"), ("a", &marketing), ("c", &marketing)]).await;
    let page = page.expect(422).says("Tick R for at least one department");
    assert_eq!(page.attribute("#a option[selected]", "value"), Some(marketing.clone()));
    lead.post("/p/GEO/duties/a1_price", &[("version", "1"), ("r", &marketing)])
        .await
        .expect(422)
        .says("Choose the department that answers for it");
    let foreign = {
        let hal: Uuid = sqlx::query_scalar("select id from projects where key = 'HAL'")
            .fetch_one(&mut app.sql().await)
            .await
            .unwrap();
        part(&app, hal, "MKT").await
    };
    lead.post("/p/GEO/duties/a1_price", &[("version", "1"), ("a", &foreign), ("r", &marketing)]).await.expect(422);
    assert_eq!(letters(&app, geo, "a1_price").await, "A PM, C SAL, I COM, R PM, R MKT");
    assert_eq!(events(&app, "duty.changed").await, 0);
}

#[tokio::test]
async fn a_stale_edit_shows_both_and_keeps_what_was_chosen() {
    let (app, geo) = with_duties().await;
    let (marketing, sales) = (part(&app, geo, "MKT").await, part(&app, geo, "SAL").await);
    let mut lead = app.sign_in("lead").await;
    lead.post("/p/GEO/duties/a1_price", &[("version", "1"), ("a", &marketing), ("r", &marketing)]).await.expect(303);
    let mut admin = app.sign_in("admin").await;
    let page =
        admin.post("/p/GEO/duties/a1_price", &[("version", "1"), ("a", &sales), ("r", &sales)]).await.expect(409);
    let page = page.says("Now: A: Marketing; R: Marketing").says("Yours: A: Sales; R: Sales");
    assert_eq!(page.attribute("#a option[selected]", "value"), Some(sales.clone()));
    assert_eq!(page.attribute("input[name=version]", "value").as_deref(), Some("2"));
    admin.post("/p/GEO/duties/a1_price", &[("version", "2"), ("a", &sales), ("r", &sales)]).await.expect(303);
    assert_eq!(letters(&app, geo, "a1_price").await, "A SAL, R SAL");
}

#[tokio::test]
async fn only_the_lead_and_administrators_change_letters() {
    let (app, geo) = with_duties().await;
    let marketing = part(&app, geo, "MKT").await;
    let fields = [("version", "1"), ("a", &*marketing), ("r", &*marketing)];
    for (name, status) in [
        ("liaison", 403),
        ("member", 403),
        ("chair", 403),
        ("viewer", 403),
        ("colleague", 403),
        ("adviser", 404),
        ("guest", 404),
    ] {
        let mut browser = app.sign_in(name).await;
        browser.post("/p/GEO/duties/a1_price", &fields).await.expect(status);
        browser.get("/p/GEO/duties/new").await.expect(status);
    }
    app.sign_in("liaison").await.get("/p/GEO/duties/a1_price").await.expect(200);
    app.sign_in("guest").await.get("/p/GEO/matrix").await.expect(404);
    // A duty is found by its project and its code together.
    app.sign_in("stranger").await.get("/p/HAL/duties/a1_price").await.expect(404);
    app.sign_in("stranger").await.post("/p/HAL/duties/a1_price", &fields).await.expect(404);
    app.sign_in("colleague").await.get("/p/HAL/matrix").await.expect(404);
    app.sign_in("admin").await.post("/p/GEO/duties/a1_price", &fields).await.expect(303);
}

#[tokio::test]
async fn a_duty_is_added_once_however_often_the_form_comes() {
    let (app, geo) = with_duties().await;
    let (marketing, sales) = (part(&app, geo, "MKT").await, part(&app, geo, "SAL").await);
    let mut lead = app.sign_in("lead").await;
    let form = lead.get("/p/GEO/duties/new?stage=A2").await.expect(200);
    assert_eq!(form.attribute("#stage option[selected]", "value").as_deref(), Some("A2"));
    let id = form.attribute("form [name=id]", "value").unwrap();
    let fields = [
        ("id", &*id),
        ("title", "Train <i>support</i>"),
        ("stage", "A2"),
        ("due_day", "3"),
        ("a", &*marketing),
        ("r", &*sales),
    ];
    let page = lead.submit("/p/GEO/duties", &fields).await.expect(200);
    page.says("Duty added").says("Train <i>support</i>");
    lead.post("/p/GEO/duties", &fields).await.expect(303);
    assert_eq!(letters(&app, geo, "a2_1").await, "A MKT, R SAL");
    assert_eq!(events(&app, "duty.created").await, 1);
    let made: i64 = sqlx::query_scalar("select count(*) from duties where project_id = $1")
        .bind(geo)
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    assert_eq!(made, 3);
}

#[tokio::test]
async fn a_duty_without_title_day_or_letters_is_sent_back() {
    let (app, _) = with_duties().await;
    let mut lead = app.sign_in("lead").await;
    let id = ids::new_uuid().to_string();
    let page = lead.post("/p/GEO/duties", &[("id", &id), ("stage", "A1"), ("due_day", "99")]).await.expect(422);
    let page =
        page.says("Say what is to be done").says("from 1 to 20").says("Choose the department that answers for it");
    assert_eq!(page.attribute("[name=id]", "value"), Some(id));
    assert_eq!(page.attribute("#due_day", "value").as_deref(), Some("99"));
    lead.post("/p/GEO/duties", &[]).await.expect(422);
}

#[tokio::test]
async fn tasks_made_from_a_duty_stay_where_they_are() {
    let (app, geo) = with_duties().await;
    let number = app.task(geo, "PM", "Write the price book", None, "2026-12-01").await;
    sqlx::query("update tasks set duty_id = (select id from duties where code = 'a1_price') where number = $1 and project_id = $2")
        .bind(number)
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let page = app.sign_in("lead").await.get("/p/GEO/duties/a1_price").await.expect(200);
    let page = page.says("Write the price book").says("does not move tasks that exist");
    assert!(page.body.contains("href=\"/p/GEO/tasks/1\""));
}

#[tokio::test]
async fn of_many_edits_of_one_version_one_wins() {
    let (app, geo) = with_duties().await;
    let mut edits = tokio::task::JoinSet::new();
    for code in ["MKT", "SAL", "RND", "PM", "LEAD", "COM"] {
        let part = part(&app, geo, code).await;
        let mut lead = app.sign_in("lead").await;
        edits.spawn(async move {
            let fields = [("version", "1"), ("a", &*part), ("r", &*part), ("c", "")];
            lead.post("/p/GEO/duties/a1_price", &fields).await.status.as_u16()
        });
    }
    let answers = edits.join_all().await;
    assert_eq!(answers.iter().filter(|status| **status == 303).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 409).count(), 5, "{answers:?}");
    assert_eq!(events(&app, "duty.changed").await, 1);
}
