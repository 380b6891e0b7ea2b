//! Several tasks changed at once, from the list.

use super::{events, value, work};

#[tokio::test]
async fn several_tasks_change_at_once() {
    let (app, geo) = work().await;
    sqlx::query(
        "insert into milestones (project_id, id, title, baseline_on, due_on, created_at)
         values ($1, '01930000-0000-7000-8000-000000000007', 'Price is public', '2026-12-01', '2026-12-01', '2026-10-01T00:00:00Z')",
    )
    .bind(geo)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    let liaison_id = app.id_of("liaison").await.to_string();
    let mut liaison = app.sign_in("liaison").await;
    let page = liaison
        .submit(
            "/p/GEO/work/bulk",
            &[
                ("back", "/p/GEO/work?view=list"),
                ("task", "1.1"),
                ("task", "2.1"),
                ("task", "2.1"),
                ("status", "review"),
                ("assignee", &liaison_id),
                ("shift", "7"),
                ("milestone", "01930000-0000-7000-8000-000000000007"),
            ],
        )
        .await;
    page.expect(200).says("2 tasks changed").says("Pricing page");
    for (number, due) in [(1, "2026-11-20"), (2, "2026-11-25")] {
        assert_eq!(value(&app, number, "status").await, "review");
        assert_eq!(value(&app, number, "blocked_reason").await, "");
        assert_eq!(value(&app, number, "assignee_id").await, liaison_id);
        assert_eq!(value(&app, number, "due_on").await, due);
        assert_eq!(value(&app, number, "version").await, "2");
        assert_ne!(value(&app, number, "milestone_id").await, "");
    }
    let kind = "task.status_changed".to_owned();
    assert_eq!(events(&app).await, [(kind.clone(), "GEO-1".into()), (kind, "GEO-2".into())], "one for each task");
    let again = [("task", "1.1"), ("task", "2.1"), ("status", "review"), ("assignee", &liaison_id)];
    liaison.submit("/p/GEO/work/bulk", &again).await.expect(200).says("The tasks stand so already");
    let page =
        liaison.submit("/p/GEO/work/bulk", &[("task", "1.2"), ("assignee", "none"), ("milestone", "none")]).await;
    page.expect(200).says("1 task changed");
    assert_eq!(value(&app, 1, "coalesce(assignee_id, milestone_id)").await, "");
}

#[tokio::test]
async fn of_several_tasks_none_changes_when_one_may_not() {
    let (app, _) = work().await;
    let mut liaison = app.sign_in("liaison").await;
    let page = liaison.post("/p/GEO/work/bulk", &[("task", "2.1"), ("task", "3.1"), ("status", "done")]).await;
    let page = page.expect(403).says("Nothing was changed").says("GEO-3").says("Only its department and the GTM lead");
    assert!(!page.text().contains("GEO-2"), "the others are not to blame");
    let kept: Vec<_> = (0..page.all("input[name=task]").len()).collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(page.attribute("input[name=task]", "value").unwrap(), "2.1", "what can change is one click away");
    // The member has GEO-4 of another department: may move it, not give it away, and not drop it.
    let mut member = app.sign_in("member").await;
    member.post("/p/GEO/work/bulk", &[("task", "4.1"), ("assignee", "none")]).await.expect(403);
    member.post("/p/GEO/work/bulk", &[("task", "4.1"), ("status", "dropped")]).await.expect(403);
    assert_eq!(events(&app).await, []);
    assert_eq!(value(&app, 2, "status").await, "doing");
    member.submit("/p/GEO/work/bulk", &[("task", "4.1"), ("status", "done")]).await.expect(200);
    assert_eq!(value(&app, 4, "status").await, "done");
    for person in ["viewer", "colleague"] {
        app.sign_in(person).await.post("/p/GEO/work/bulk", &[("task", "2.2"), ("status", "done")]).await.expect(403);
    }
    app.sign_in("stranger").await.post("/p/HAL/work/bulk", &[("task", "2.1"), ("status", "done")]).await.expect(404);
    app.sign_in("lead").await.post("/p/HAL/work/bulk", &[("task", "2.1"), ("status", "done")]).await.expect(404);
}

#[tokio::test]
async fn of_several_tasks_none_changes_when_one_is_stale_or_lacks_its_reason() {
    let (app, _) = work().await;
    let mut lead = app.sign_in("lead").await;
    let page = lead.post("/p/GEO/work/bulk", &[("task", "2.1"), ("task", "3.4"), ("status", "done")]).await;
    let page = page.expect(409).says("Somebody has changed it").says("GEO-3").says("To do");
    assert_eq!(page.attribute("input[name=task]", "value").unwrap(), "2.1");
    let blocked = [("task", "2.1"), ("task", "3.1"), ("status", "blocked")];
    let page = lead.post("/p/GEO/work/bulk", &blocked).await.expect(422).says("Say what it waits for");
    assert_eq!(page.all("textarea[name=reason]").len(), 1);
    assert_eq!(page.all("input[name=task]").len(), 2);
    assert_eq!(events(&app).await, []);
    lead.submit("/p/GEO/work/bulk", &[blocked.as_slice(), &[("reason", "the price")]].concat())
        .await
        .expect(200)
        .says("2 tasks changed");
    assert_eq!(value(&app, 3, "blocked_reason").await, "the price");
}

#[tokio::test]
async fn several_tasks_refuse_what_is_not_of_this_project() {
    let (app, _) = work().await;
    let mut lead = app.sign_in("lead").await;
    let stranger = app.id_of("stranger").await.to_string();
    lead.post("/p/GEO/work/bulk", &[("task", "2.1"), ("assignee", &stranger)]).await.expect(422);
    let milestone = ids_of_nothing();
    lead.post("/p/GEO/work/bulk", &[("task", "2.1"), ("milestone", &milestone)]).await.expect(422);
    lead.post("/p/GEO/work/bulk", &[("task", "2.1"), ("task", "99.1"), ("status", "done")]).await.expect(404);
    lead.post("/p/GEO/work/bulk", &[("task", "two"), ("status", "done")]).await.expect(422);
    lead.submit("/p/GEO/work/bulk", &[("status", "done")]).await.expect(200).says("Select the tasks to change first");
    lead.submit("/p/GEO/work/bulk", &[("task", "2.1")]).await.expect(200).says("Choose what to change first");
    assert_eq!(events(&app).await, []);
}

fn ids_of_nothing() -> String {
    tutti::platform::ids::new_uuid().to_string()
}
