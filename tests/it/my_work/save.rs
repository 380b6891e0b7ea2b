//! All rows in one form: confirmed, changed without a script, mistaken, stale.

use super::{change, events, form, id, one, pairs, tasks};

#[tokio::test]
async fn everything_else_is_on_track() {
    let (app, _) = tasks().await;
    let mut member = app.sign_in("member").await;
    member.submit(&format!("/my-work/{}?version=1", id(&app, 1).await), &[("status", "doing")]).await.expect(200);
    let page = member.get("/").await;
    page.says("3 tasks not reviewed today").says("Reviewed today");
    let page = member.get("/").await;
    let fields = form(&page, &[]);
    let page = member.submit("/", &pairs(&fields, &[("confirm", "1")])).await.expect(200);
    assert_eq!(page.all(".flash p"), ["3 tasks confirmed on track."]);
    page.says("You have reviewed all tasks today");
    let reviewed = "task.reviewed".to_owned();
    let mut expected: Vec<_> = (2..=4).map(|number| (reviewed.clone(), format!("GEO-{number}"))).collect();
    expected.push(("task.status_changed".to_owned(), "GEO-1".to_owned()));
    assert_eq!(events(&app).await, expected);
    assert_eq!(one(&app, 2, "version").await, "1", "confirming is no new version");
    // Sent again it does nothing.
    member.submit("/", &pairs(&fields, &[("confirm", "1")])).await.expect(200).says("Nothing to save");
    assert_eq!(events(&app).await.len(), 4);
}

#[tokio::test]
async fn without_a_script_one_form_saves_all() {
    let (app, _) = tasks().await;
    let mut member = app.sign_in("member").await;
    let (one_id, two, three) = (id(&app, 1).await, id(&app, 2).await, id(&app, 3).await);
    let page = member.get("/").await;
    let changes = [
        (format!("status.{one_id}"), "blocked"),
        (format!("reason.{one_id}"), "no price"),
        (format!("waits_for.{one_id}"), "SAL"),
        (format!("status.{two}"), "done"),
        (format!("due_on.{three}"), "2026-11-27"),
    ];
    let changes: Vec<(&str, &str)> = changes.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let fields = form(&page, &changes);
    let page = member.submit("/", &pairs(&fields, &[("confirm", "1")])).await.expect(200);
    assert_eq!(page.all(".flash p"), ["3 changes saved. 1 task confirmed on track."]);
    assert_eq!(one(&app, 1, "status || blocked_reason").await, "blockedno price");
    assert_eq!(one(&app, 2, "status").await, "done");
    assert_eq!(one(&app, 3, "due_on").await, "2026-11-27");
    assert_eq!(events(&app).await.len(), 4, "one a task");
    // Sent again: the rows stand so already.
    member.submit("/", &pairs(&fields, &[("confirm", "1")])).await.expect(200);
    assert_eq!(events(&app).await.len(), 4);
    // Saving without confirming.
    let fields = form(&member.get("/").await, &[]);
    member.submit("/", &pairs(&fields, &[("save", "1")])).await.expect(200).says("Nothing to save");
}

#[tokio::test]
async fn a_mistake_in_one_row_saves_none_and_keeps_all() {
    let (app, _) = tasks().await;
    let mut member = app.sign_in("member").await;
    let (one_id, two, three) = (id(&app, 1).await, id(&app, 2).await, id(&app, 3).await);
    let page = member.get("/").await;
    let changes = [
        (format!("status.{one_id}"), "blocked"),
        (format!("waits_for.{one_id}"), "RND"),
        (format!("status.{two}"), "review"),
        (format!("due_on.{three}"), "next week"),
    ];
    let changes: Vec<(&str, &str)> = changes.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let fields = form(&page, &changes);
    let page = member.post("/", &pairs(&fields, &[("confirm", "1")])).await.expect(422);
    let page = page.says("Say what it waits for").says("Use a date such as");
    assert_eq!(page.attribute(".errors a", "href").unwrap(), format!("#due_on-{three}"));
    assert_eq!(page.attribute(&format!("#reason-{one_id}"), "aria-invalid").unwrap(), "true");
    for (field, value) in [
        (format!("#status-{one_id} option[selected]"), "blocked"),
        (format!("#waits_for-{one_id} option[selected]"), "RND"),
        (format!("#status-{two} option[selected]"), "review"),
        (format!("#due_on-{three}"), "next week"),
    ] {
        assert_eq!(page.attribute(&field, "value").unwrap(), value, "{field}");
    }
    assert_eq!(events(&app).await, []);
    // The page that came back still knows what stood there before: mended, it saves.
    let fields = form(&page, &[(&format!("reason.{one_id}"), "no price"), (&format!("due_on.{three}"), "2026-11-27")]);
    member.submit("/", &pairs(&fields, &[])).await.expect(200).says("3 changes saved.");
}

#[tokio::test]
async fn a_stale_row_shows_both_versions_and_saves_nothing() {
    let (app, _) = tasks().await;
    let mut member = app.sign_in("member").await;
    let (one_id, two) = (id(&app, 1).await, id(&app, 2).await);
    let page = member.get("/").await;
    change(&app, "update tasks set status = 'review', due_on = '2026-12-01', version = version + 1 where number = 1")
        .await;
    // A row that only somebody else changed is no conflict; it is not confirmed unseen either.
    let fields = form(&page, &[]);
    let unseen = member.submit("/", &pairs(&fields, &[("confirm", "1")])).await.expect(200);
    unseen.says("3 tasks confirmed on track.").says("1 task has changed since you saw it and was not confirmed.");
    let changes = [(format!("status.{one_id}"), "doing"), (format!("status.{two}"), "doing")];
    let changes: Vec<(&str, &str)> = changes.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let fields = form(&page, &changes);
    let page = member.post("/", &pairs(&fields, &[])).await.expect(409);
    let page = page.says("Nothing was saved: somebody has changed this task").says("GEO-1");
    assert_eq!(page.all(".note dd"), ["In review Tue 1 Dec", "In progress Fri 13 Nov"]);
    assert_eq!(page.attribute(&format!("#status-{two} option[selected]"), "value").unwrap(), "doing", "typed and kept");
    assert_eq!(one(&app, 2, "status").await, "todo");
    let again = page.attribute(".note form", "action").unwrap();
    member.submit(&again, &[("status", "doing"), ("reason", ""), ("waits_for", "")]).await.expect(200);
    assert_eq!(one(&app, 1, "status || ' ' || due_on").await, "doing 2026-12-01", "only what was asked for");
    let page = member.post(&format!("/my-work/{two}?version=7"), &[("status", "done")]).await.expect(409);
    page.says("Launch film").says("Change it all the same");
    change(&app, "update tasks set assignee_id = (select id from people where name = 'liaison') where number = 2")
        .await;
    let page = member.post("/", &pairs(&fields, &[])).await.expect(409);
    page.says("1 task that you changed is no longer yours");
}
