//! Who may see a task, and who may change it.

use super::{part, status, task, with_task};
use crate::support::Client;
use sqlx::Row;
use tutti::platform::ids;

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
