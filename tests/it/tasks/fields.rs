//! The form of a task: new and edited, wrong, and sent by several at once.

use super::{SCRIPT, count, events, part, task, with_task};
use sqlx::Row;
use tutti::platform::ids;
use uuid::Uuid;

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
