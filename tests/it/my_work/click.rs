//! One change at a time: a click each, with a way back.

use super::{events, one, tasks};

#[tokio::test]
async fn one_click_saves_and_can_be_taken_back() {
    let (app, _) = tasks().await;
    let mut member = app.sign_in("member").await;
    let page = member.get("/").await;
    // Where the script sends the status of a row alone.
    assert_eq!(page.attribute("#rows", "data-rows").unwrap(), "/my-work/");
    assert_eq!(page.attribute("#GEO-1", "data-version").unwrap(), "1");
    assert_eq!(page.attribute("#GEO-1 select", "name").unwrap(), "GEO-1");
    let page = member.submit("/my-work/GEO-1?version=1", &[("status", "done")]).await.expect(200);
    assert_eq!(page.all(".flash p"), ["“Pricing page” is now: Done."]);
    assert_eq!(one(&app, 1, "status").await, "done");
    assert_ne!(one(&app, 1, "reviewed_at").await, "");
    let undo = page.attribute(".flash form", "action").unwrap();
    let page = member.submit(&undo, &[("status", "todo"), ("reason", ""), ("waits_for", "")]).await.expect(200);
    assert_eq!(page.all(".flash p"), ["“Pricing page” is now: To do."]);
    assert_eq!(one(&app, 1, "status || ' ' || version").await, "todo 3");
    member.post(&undo, &[("status", "blocked"), ("reason", "late undo")]).await.expect(409);
    let page = member.submit("/my-work/GEO-2?version=1", &[("due_on", "2026-11-25")]).await.expect(200);
    assert_eq!(page.all(".flash p"), ["“Launch film” is now due Wed 25 Nov."]);
    assert_eq!(page.attribute(".flash input[name=due_on]", "value").unwrap(), "2026-11-18");
    assert_eq!(
        events(&app).await,
        [
            ("task.moved".to_owned(), "GEO-2".to_owned()),
            ("task.status_changed".to_owned(), "GEO-1".to_owned()),
            ("task.status_changed".to_owned(), "GEO-1".to_owned()),
        ]
    );
}

#[tokio::test]
async fn blocked_asks_for_the_reason_and_for_whom_it_waits() {
    let (app, _) = tasks().await;
    let mut member = app.sign_in("member").await;
    let path = "/my-work/GEO-1?version=1";
    let page = member.post(path, &[("status", "blocked"), ("reason", " "), ("waits_for", "SAL")]).await.expect(422);
    page.says("Say what it waits for");
    member
        .post(path, &[("status", "blocked"), ("reason", "no price"), ("waits_for", "MKT")])
        .await
        .expect(422)
        .says("Choose another department than its own");
    member
        .post(path, &[("status", "blocked"), ("reason", "no price"), ("waits_for", "XXX")])
        .await
        .expect(422)
        .says("Choose a department that takes part");
    let page = member.submit(path, &[("status", "blocked"), ("reason", "no price"), ("waits_for", "SAL")]).await;
    page.expect(200).says("no price · waits for Sales");
    // The other side sees it at once.
    let other = app.sign_in("other").await.get("/").await.expect(200);
    other.says("Waiting for my answer 1").says("Blocked, and waits for you").says("Pricing page").says("no price");
    app.sign_in("lead").await.get("/").await.expect(200).says("Nobody is waiting for you");
}

/// The same choices as the board's dialog: those of the task's own project, its own department left out.
#[tokio::test]
async fn a_blocked_task_waits_for_others_of_its_own_project() {
    let (app, _) = tasks().await;
    let other = app.project("NEW", "Another", "organisation").await;
    app.seat(other, "member", "member", Some("MKT")).await;
    app.task(other, "MKT", "Of another project", Some("member"), "2026-11-20").await;
    let page = app.sign_in("member").await.get("/").await.expect(200);
    let board = app.sign_in("lead").await.get("/p/GEO/tasks/1").await.expect(200);
    let mut dialog = board.all("#ask-blocked option");
    assert_eq!(page.all("#ask-blocked option"), dialog.drain(..1).collect::<Vec<_>>(), "somebody outside");
    let html = scraper::Html::parse_document(&page.body);
    let names = |list: &str| {
        let options = scraper::Selector::parse(&format!("#{list} option")).unwrap();
        html.select(&options).map(|option| option.attr("value").unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("parts-GEO-MKT"), dialog);
    assert!(!names("parts-GEO-MKT").contains(&"Marketing".to_owned()));
    assert!(names("parts-GEO-SAL").contains(&"Marketing".to_owned()));
    assert!(!names("parts-GEO-SAL").contains(&"Sales".to_owned()));
    assert_eq!(page.attribute("[name='waits_for.GEO-1']", "list").unwrap(), "parts-GEO-MKT");
    assert_eq!(page.attribute("[name='waits_for.GEO-4']", "list").unwrap(), "parts-GEO-SAL");
    assert_eq!(page.attribute("[name='waits_for.NEW-1']", "list").unwrap(), "parts-NEW-MKT");
}

#[tokio::test]
async fn others_cannot_change_my_rows() {
    let (app, _) = tasks().await;
    let path = "/my-work/GEO-1?version=1";
    for person in ["liaison", "lead", "other", "viewer", "colleague", "stranger", "guest", "adviser", "admin"] {
        app.sign_in(person).await.post(path, &[("status", "done")]).await.expect(404);
    }
    let mut member = app.sign_in("member").await;
    // Of another department: its status is mine to change, its date and its end are not.
    let of_sales = "/my-work/GEO-4?version=1";
    member.post(of_sales, &[("due_on", "2026-11-30")]).await.expect(403);
    member.post(of_sales, &[("status", "dropped")]).await.expect(403);
    member.submit(of_sales, &[("status", "doing")]).await.expect(200);
    member.post(path, &[("status", "finished")]).await.expect(422);
    member.post(&path.replace("?version=1", ""), &[("status", "done")]).await.expect(422);
    member.post("/my-work/42?version=1", &[("status", "done")]).await.expect(404);
    assert_eq!(one(&app, 1, "status").await, "todo");
}
