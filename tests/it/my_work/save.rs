//! All rows in one form: confirmed, changed without a script, mistaken, stale.

use super::{change, events, form, one, pairs, tasks};

#[tokio::test]
async fn everything_else_is_on_track() {
    let (app, _) = tasks().await;
    let mut member = app.sign_in("member").await;
    member.submit("/my-work/GEO-1?version=1", &[("status", "doing")]).await.expect(200);
    let page = member.get("/").await;
    page.says("Confirm 3 tasks on track").says("Reviewed today");
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
    // The overview tells it in one line.
    member.get("/p/GEO").await.expect(200).says("confirmed 3 tasks on track");
    member.clone().chinese().get("/p/GEO").await.expect(200).says("确认 3 个任务进展正常");
    // Sent again it does nothing.
    member.submit("/", &pairs(&fields, &[("confirm", "1")])).await.expect(200).says("Nothing to save");
    assert_eq!(events(&app).await.len(), 4);
}

#[tokio::test]
async fn what_is_late_or_blocked_is_not_on_track() {
    let (app, _) = tasks().await;
    change(
        &app,
        "update tasks set status = 'blocked', blocked_reason = 'no price', blocked_since = '2026-11-17T02:00:00Z' where number = 3",
    )
    .await;
    let mut member = app.sign_in("member").await;
    let left_out = "Overdue or blocked, so update one by one: “Pricing page”, “Webinar”";
    let page = member.get("/").await.expect(200).says("Confirm 2 tasks on track").says(left_out);
    let fields = form(&page, &[]);
    let page = member.submit("/", &pairs(&fields, &[("confirm", "1")])).await.expect(200);
    assert_eq!(page.all(".flash p"), [format!("2 tasks confirmed on track. {left_out}")]);
    let labels: Vec<String> = events(&app).await.into_iter().map(|(_, label)| label).collect();
    assert_eq!(labels, ["GEO-2", "GEO-4"]);
    // Nothing can be confirmed any more, and the page does not say that all is well.
    assert_eq!(page.all("#confirm").len(), 0);
    assert!(!page.body.contains("You have reviewed all tasks today"));
    let page = member.submit("/", &pairs(&fields, &[("confirm", "1")])).await.expect(200);
    assert_eq!(page.all(".flash p"), [left_out]);
    // Brought up to date they count.
    let fields = form(&page, &[("GEO-3", "doing"), ("due_on.GEO-1", "2026-11-19")]);
    let page = member.submit("/", &pairs(&fields, &[("save", "1")])).await.expect(200);
    page.says("You have reviewed all tasks today");
}

#[tokio::test]
async fn the_ring_saves_with_the_form() {
    let (app, _) = tasks().await;
    let mut member = app.sign_in("member").await;
    let fields = form(&member.get("/").await, &[("GEO-2", "review")]);
    member.submit("/", &pairs(&fields, &[("done", "GEO-3")])).await.expect(200).says("2 changes saved.");
    assert_eq!(one(&app, 2, "status").await, "review");
    assert_eq!(one(&app, 3, "status").await, "done");
}

#[tokio::test]
async fn without_a_script_one_form_saves_all() {
    let (app, _) = tasks().await;
    let mut member = app.sign_in("member").await;
    let page = member.get("/").await;
    let changes = [
        ("GEO-1", "blocked"),
        ("reason.GEO-1", "no price"),
        ("waits_for.GEO-1", "sales"),
        ("GEO-2", "done"),
        ("due_on.GEO-3", "2026-11-27"),
    ];
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
    let page = member.get("/").await;
    let changes =
        [("GEO-1", "blocked"), ("waits_for.GEO-1", "R&D"), ("GEO-2", "review"), ("due_on.GEO-3", "next week")];
    let fields = form(&page, &changes);
    let page = member.post("/", &pairs(&fields, &[("confirm", "1")])).await.expect(422);
    let page = page.says("Say what it waits for").says("Use a date such as");
    assert_eq!(page.attribute(".errors a", "href").unwrap(), "#due_on-GEO-3");
    assert_eq!(page.attribute("#reason-GEO-1", "aria-invalid").unwrap(), "true");
    for (field, value) in [
        ("#GEO-1 option[selected]", "blocked"),
        ("#GEO-1 [name='waits_for.GEO-1']", "R&D"),
        ("#GEO-2 option[selected]", "review"),
        ("#due_on-GEO-3", "next week"),
    ] {
        assert_eq!(page.attribute(field, "value").unwrap(), value, "{field}");
    }
    assert_eq!(events(&app).await, []);
    // The page that came back still knows what stood there before: mended, it saves.
    let fields = form(&page, &[("reason.GEO-1", "no price"), ("due_on.GEO-3", "2026-11-27")]);
    member.submit("/", &pairs(&fields, &[])).await.expect(200).says("3 changes saved.");
}

#[tokio::test]
async fn a_stale_row_shows_both_versions_and_saves_nothing() {
    let (app, _) = tasks().await;
    let mut member = app.sign_in("member").await;
    let page = member.get("/").await;
    change(&app, "update tasks set status = 'review', due_on = '2026-12-01', version = version + 1 where number = 1")
        .await;
    // A row that only somebody else changed is no conflict; it is not confirmed unseen either.
    let fields = form(&page, &[]);
    let unseen = member.submit("/", &pairs(&fields, &[("confirm", "1")])).await.expect(200);
    unseen.says("3 tasks confirmed on track.").says("1 task has changed since you saw it and was not confirmed.");
    let changes = [("GEO-1", "doing"), ("GEO-2", "doing")];
    let fields = form(&page, &changes);
    let page = member.post("/", &pairs(&fields, &[])).await.expect(409);
    let page = page.says("Nothing was saved: somebody has changed this task").says("GEO-1");
    assert_eq!(page.all(".note dd"), ["In review Tue 1 Dec", "In progress Fri 13 Nov"]);
    assert_eq!(page.attribute("#GEO-2 option[selected]", "value").unwrap(), "doing", "typed and kept");
    assert_eq!(one(&app, 2, "status").await, "todo");
    let again = page.attribute(".note form", "action").unwrap();
    member.submit(&again, &[("status", "doing"), ("reason", ""), ("waits_for", "")]).await.expect(200);
    assert_eq!(one(&app, 1, "status || ' ' || due_on").await, "doing 2026-12-01", "only what was asked for");
    let page = member.post("/my-work/GEO-2?version=7", &[("status", "done")]).await.expect(409);
    page.says("Launch film").says("Change it all the same");
    change(&app, "update tasks set assignee_id = (select id from people where name = 'liaison') where number = 2")
        .await;
    let page = member.post("/", &pairs(&fields, &[])).await.expect(409);
    page.says("1 task that you changed is no longer yours");
}
