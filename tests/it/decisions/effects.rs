//! What a decision changes elsewhere: all of it or nothing.

use super::{complete, milestone, written};
use crate::support::{
    TestApp,
    disputes::{before_committee, hidden, option, part, value},
};
use sqlx::Executor;
use tutti::platform::ids::new_uuid;

#[tokio::test]
async fn the_chair_records_a_decision_with_all_its_effects() {
    let (app, geo) = TestApp::with_project().await;
    let task = app.task(geo, "MKT", "Publish the pricing page", Some("liaison"), "2026-11-20").await;
    let beta = milestone(&app, geo, "Price list out").await;
    let path = before_committee(&app, geo).await;
    let (a, b) = (option(&app, "A").await, option(&app, "B").await);
    app.sign_in("committee")
        .await
        .post(&format!("{path}/ballot"), &[("vote", &b), ("reason", "Margin first")])
        .await
        .expect(303);
    let mut chair = app.sign_in("chair").await;
    let url = format!("{path}/decide");
    let page = chair.get(&url).await.expect(200).says("E-1 is closed with option B");
    assert!(page.all("#rationale").concat().is_empty(), "the chair says why");
    assert_eq!(
        page.attribute("#option[checked], input[name=option][checked]", "value"),
        Some(b),
        "the leading one is chosen"
    );
    assert_eq!(page.attribute("#kind option[selected]", "value").as_deref(), Some("price"));
    assert_eq!(page.attribute("#review_on", "value").as_deref(), Some("2027-02-18"));
    let id = hidden(&page, &url).into_iter().find(|(name, _)| name == "id").unwrap().1;
    let (lead, rnd, member) =
        (app.id_of("lead").await.to_string(), part(&app, geo, "RND").await, app.id_of("member").await.to_string());
    let label = format!("GEO-{task}");
    let mut fields = complete(&id, &a, &lead);
    fields.extend([
        ("effect", "create_task"),
        ("title1", "Meter prompts <b>per account</b>"),
        ("part1", &rnd),
        ("assignee1", &member),
        ("due1", "2026-12-04"),
        ("effect", "move_task"),
        ("task2", &label),
        ("due2", "2026-12-01"),
        ("effect", "move_milestone"),
        ("milestone3", &beta),
        ("due3", "2026-12-08"),
    ]);
    // Looking first changes nothing and lists every consequence.
    let mut look = fields.clone();
    look[0] = ("act", "list");
    let page = chair.post(&url, &look).await.expect(200);
    let page = page.says("New task: Meter prompts <b>per account</b> (R&D, member, due Fri 4 Dec)");
    page.says("Publish the pricing page: due Tue 1 Dec, was Fri 20 Nov")
        .says("Milestone Price list out: Tue 8 Dec, was Tue 1 Dec");
    for (kind, says) in [
        ("gate", "Price list out: Tue 8 Dec, was Tue 1 Dec. Its stage ends then, and the next one begins after it."),
        (
            "launch",
            "Price list out: Tue 8 Dec, was Tue 1 Dec. The project’s launch date and its launch stage move with it.",
        ),
    ] {
        sqlx::query("update milestones set kind = $2, stage_id = (select id from stages where project_id = $1 and position = 1) where project_id = $1")
            .bind(geo)
            .bind(kind)
            .execute(&mut app.sql().await)
            .await
            .unwrap();
        chair.post(&url, &look).await.expect(200).says(says);
    }
    sqlx::query("update milestones set kind = 'own', stage_id = null where project_id = $1")
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let before = written(&app).await;
    assert!(before.starts_with("0 0 1 "), "{before}");
    let page = chair.submit(&url, &fields).await.expect(200);
    let page = page
        .says("299 flat D-1")
        .says("The committee chose option A")
        .says("by chair, from Tutti")
        .says("Decided on")
        .says("It keeps the margin")
        .says("Meter prompts <b>per account</b>");
    assert!(!page.body.contains("<b>per account"), "escaped");
    assert_eq!(page.all("section[aria-labelledby=h-con] tbody tr").len(), 3);
    assert!(page.all("article.opt.pick .key") == ["A"], "the option chosen stands out among the evidence");
    assert!(page.body.contains("only-print"));
    // Sent again: the same decision, nothing twice.
    let again = chair.post(&url, &fields).await.expect(303);
    assert_eq!(again.location(), "/p/GEO/decisions/1");
    assert!(written(&app).await.starts_with("1 3 2 "), "{}", written(&app).await);
    assert_eq!(value(&app, "select due_on::text from tasks where number = 1").await, "2026-12-01");
    assert_eq!(value(&app, "select due_on::text from milestones").await, "2026-12-08");
    for kind in ["decision.recorded", "escalation.decided", "task.created", "task.moved", "milestone.moved"] {
        let count: i64 = sqlx::query_scalar("select count(*) from events where kind = $1")
            .bind(kind)
            .fetch_one(&mut app.sql().await)
            .await
            .unwrap();
        assert_eq!(count, 1, "{kind}");
    }
    // Frozen.
    app.sign_in("committee")
        .await
        .post(&format!("{path}/ballot"), &[("vote", "none"), ("reason", "x")])
        .await
        .expect(409);
    chair.get(&url).await.expect(409);
    let page = chair.get(&path).await.expect(200).says("Decided on").says("Open decision D-1");
    assert!(page.all("#ballot").is_empty());
}

#[tokio::test]
async fn all_effects_or_nothing() {
    let (app, geo) = TestApp::with_project().await;
    let task = app.task(geo, "MKT", "Publish the pricing page", None, "2026-11-20").await;
    let path = before_committee(&app, geo).await;
    let (a, lead, rnd) = (option(&app, "A").await, app.id_of("lead").await.to_string(), part(&app, geo, "RND").await);
    let viewer = app.id_of("viewer").await.to_string();
    let (id, label) = (new_uuid().to_string(), format!("GEO-{task}"));
    let mut chair = app.sign_in("chair").await;
    let url = format!("{path}/decide");
    let before = written(&app).await;
    let good =
        [("effect", "create_task"), ("title1", "Meter prompts"), ("part1", rnd.as_str()), ("due1", "2026-12-04")];
    for (bad, says, field) in [
        (
            vec![("effect", "move_task"), ("task2", label.as_str()), ("due2", "2026-11-20")],
            "due on that day already",
            "due2",
        ),
        (
            vec![("effect", "create_task"), ("title2", "x"), ("part2", &rnd), ("assignee2", &viewer)],
            "who can take tasks",
            "assignee2",
        ),
        (vec![("effect", "move_task"), ("task2", "GEO-99"), ("due2", "2026-12-01")], "number of an open task", "task2"),
        (vec![("effect", "move_task"), ("task2", &label), ("due2", "soon")], "Enter a date", "due2"),
        (
            vec![("effect", "move_milestone"), ("milestone2", &id), ("due2", "2026-12-01")],
            "not reached yet",
            "milestone2",
        ),
    ] {
        let fields = [complete(&id, &a, &lead), good.to_vec(), bad].concat();
        let page = chair.post(&url, &fields).await.expect(422).says(says);
        assert!(page.attribute(&format!(".errors a[href='#{field}']"), "href").is_some(), "{field}");
        assert_eq!(page.attribute("#title1", "value").as_deref(), Some("Meter prompts"), "what was typed is kept");
        assert_eq!(written(&app).await, before, "{says}");
    }
    // A refusal by the database in the middle takes everything back too.
    let mut sql = app.sql().await;
    sql.execute(
        "alter table decision_effects add constraint decision_effects_refused check (after_on <> '2026-12-24')",
    )
    .await
    .unwrap();
    let late =
        [complete(&id, &a, &lead), vec![("effect", "move_task"), ("task1", &label), ("due1", "2026-12-24")]].concat();
    chair.post(&url, &late).await.expect(500);
    assert_eq!(written(&app).await, before);
}

#[tokio::test]
async fn a_suggested_row_without_a_day_is_left_out() {
    let (app, geo) = TestApp::with_project().await;
    let task = app.task(geo, "MKT", "Publish the pricing page", None, "2026-11-20").await;
    let path = before_committee(&app, geo).await;
    sqlx::query("update escalations set task_id = (select id from tasks)").execute(&mut app.sql().await).await.unwrap();
    let mut chair = app.sign_in("chair").await;
    let url = format!("{path}/decide");
    let page = chair.get(&url).await.expect(200);
    let label = format!("GEO-{task}");
    assert_eq!(page.attribute("#task1", "value").as_ref(), Some(&label), "the task it is about is suggested");
    let (a, lead, id) = (option(&app, "A").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    let fields = [
        complete(&id, &a, &lead),
        vec![("effect", "move_task"), ("task1", label.as_str()), ("effect", "create_task"), ("part2", "")],
    ];
    chair.post(&url, &fields.concat()).await.expect(303);
    assert_eq!(value(&app, "select count(*)::text from decision_effects").await, "0");
}
