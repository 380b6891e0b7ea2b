//! The rows of effects: who can be chosen, what is wrong with which row, rows taken away, tasks that wait.

use super::{NEW, alone};
use crate::support::{
    TestApp,
    disputes::{before_committee, blocks_a_task, part, value},
};
use tutti::platform::ids::new_uuid;

#[tokio::test]
async fn only_who_may_be_assigned_is_offered() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Press kit", None, "2026-12-01").await;
    let (id, lead) = (new_uuid().to_string(), app.id_of("lead").await.to_string());
    let (mkt, other) = (part(&app, geo, "MKT").await, app.id_of("other").await.to_string());
    let mut chair = app.sign_in("chair").await;
    // Before a task or a department is known: everybody who can have tasks, with where they belong.
    let page =
        chair.post(NEW, &alone("list", &id, &lead, &[("effect", "assign_task"), ("effect", "create_task")])).await;
    for row in ["#assignee1", "#assignee2"] {
        let offered = page.all(&format!("{row} option"));
        assert!(offered.iter().any(|one| one == "liaison (Marketing)"), "{offered:?}");
        assert!(offered.iter().all(|one| !one.starts_with("viewer") && !one.starts_with("adviser")), "{offered:?}");
    }
    let rows = [("effect", "assign_task"), ("task1", "GEO-1"), ("effect", "create_task"), ("part2", mkt.as_str())];
    let page = chair.post(NEW, &alone("list", &id, &lead, &rows)).await.expect(200);
    for row in ["#assignee1", "#assignee2"] {
        let offered = page.all(&format!("{row} option"));
        assert!(offered.contains(&"liaison".to_owned()), "{offered:?}");
        assert!(!offered.contains(&"other".to_owned()) && !offered.contains(&"chair".to_owned()), "{offered:?}");
    }
    let into = page.attribute("#decide", "data-into").unwrap();
    assert!(into.contains("#who1") && page.all("#who1 select").len() == 1, "a script brings them up to date: {into}");
    // Whoever was chosen before stays, with what is wrong at the row.
    let chosen = [&rows[..2], &[("assignee1", other.as_str())]].concat();
    let page = chair.post(NEW, &alone("record", &id, &lead, &chosen)).await.expect(422);
    let page = page.says("Effect 1: Choose somebody of the department that owns the task");
    assert_eq!(page.attribute("#assignee1 option[selected]", "value"), Some(other));
}

#[tokio::test]
async fn what_no_form_of_ours_sends_is_refused() {
    let (app, geo) = TestApp::with_project().await;
    let (id, lead, mkt) = (new_uuid().to_string(), app.id_of("lead").await.to_string(), part(&app, geo, "MKT").await);
    let mut chair = app.sign_in("chair").await;
    let many = vec![("effect", "unblock_task"); 21];
    for forged in [&many[..], &[("effect", "sell_company")], &[("effect", "")]] {
        for act in ["record", "list"] {
            chair.post(NEW, &alone(act, &id, &lead, forged)).await.expect(422);
        }
    }
    chair.post(NEW, &alone("list", &id, &lead, &many[..20])).await.expect(200);
    let nobody = [("effect", "create_task"), ("title1", "Prompts"), ("part1", mkt.as_str()), ("assignee1", "garbage")];
    let page = chair.post(NEW, &alone("record", &id, &lead, &nobody)).await.expect(422);
    assert_eq!(page.all(".errors a[href='#assignee1']").len(), 1);
    assert_eq!(page.attribute("#title1", "value").as_deref(), Some("Prompts"));
    assert_eq!(value(&app, "select count(*)::text from decisions").await, "0");
}

#[tokio::test]
async fn a_mistake_names_its_row_and_a_row_can_be_taken_away() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Press kit", None, "2026-12-01").await;
    let (id, lead) = (new_uuid().to_string(), app.id_of("lead").await.to_string());
    let mut chair = app.sign_in("chair").await;
    let rows = [
        ("effect", "create_task"),
        ("title1", "Meter prompts"),
        ("effect", "move_task"),
        ("task2", "GEO-9"),
        ("effect", "move_task"),
        ("task3", "GEO-1"),
        ("due3", "soon"),
    ];
    let page = chair.post(NEW, &alone("record", &id, &lead, &rows)).await.expect(422);
    let page = page.says("Effect 1: Choose a department").says("Effect 2: Enter the number of an open task");
    assert_eq!(page.all(".errors a[href='#due3']"), ["Effect 3: Enter a date"]);
    assert_eq!(page.all("#due3-error"), ["Effect 3: Enter a date"]);
    assert_eq!(page.attribute("#row2 button[name=act]", "value").as_deref(), Some("remove_2"));
    // Without a script: the form comes back without it, and nothing else is lost.
    let page = chair.post(NEW, &alone("remove_2", &id, &lead, &rows)).await.expect(200);
    assert_eq!(page.all("#effects fieldset").len(), 2);
    for (field, kept) in
        [("#title", "Change the plan"), ("#title1", "Meter prompts"), ("#task2", "GEO-1"), ("#due2", "soon")]
    {
        assert_eq!(page.attribute(field, "value").as_deref(), Some(kept), "{field}");
    }
    // A day of launch that is taken away moves nothing any more.
    let launch = [("effect", "move_launch"), ("due1", "2027-03-01")];
    assert!(!chair.post(NEW, &alone("list", &id, &lead, &launch)).await.all("#launch-moves section").is_empty());
    let page = chair.post(NEW, &alone("remove_1", &id, &lead, &launch)).await.expect(200);
    assert!(page.all("#launch-moves section").is_empty() && page.all("input[name=seen1]").is_empty());
    // What one effect cannot do is said with its number too.
    let same = [("effect", "create_task"), ("effect", "move_task"), ("task2", "GEO-1"), ("due2", "2026-12-01")];
    chair
        .post(NEW, &alone("record", &id, &lead, &same))
        .await
        .expect(422)
        .says("Effect 2: It is due on that day already");
    assert_eq!(value(&app, "select count(*)::text from decisions").await, "0");
    let page = chair.chinese().post(NEW, &alone("record", &id, &lead, &rows)).await.expect(422);
    page.says("第 3 项：");
}

#[tokio::test]
async fn tasks_that_wait_for_the_committee_can_be_unblocked_with_it() {
    let (app, geo) = TestApp::with_project().await;
    for title in ["Pricing page", "Price list", "Contract", "Poster"] {
        app.task(geo, "MKT", title, None, "2026-12-01").await;
    }
    let path = before_committee(&app, geo).await;
    blocks_a_task(&app, geo).await;
    let mut liaison = app.sign_in("liaison").await;
    for (task, reason, waits_for) in
        [(2, "No price yet", "COM"), (3, "Until E-1 is decided", "PM"), (4, "Like E-11, but not ours", "PM")]
    {
        let blocked = [("status", "blocked"), ("version", "1"), ("reason", reason), ("waits_for", waits_for)];
        liaison.post(&format!("/p/GEO/tasks/{task}/status"), &blocked).await.expect(303);
    }
    let (lead, id) = (app.id_of("lead").await.to_string(), new_uuid().to_string());
    let mut chair = app.sign_in("chair").await;
    let url = format!("{path}/decide");
    let page = chair.get(&url).await.expect(200);
    let ticks =
        |page: &crate::support::Answer, which: &str| page.all(&format!("#effects label:has(input[name^=on]{which})"));
    assert_eq!(ticks(&page, "[checked]"), ["Unblock GEO-1 Pricing page"]);
    assert_eq!(
        ticks(&page, ":not([checked])"),
        ["Unblock GEO-2 Price list", "Unblock GEO-3 Contract"],
        "offered, and left to the chair"
    );
    let row = |number: &'static str| [("effect", "unblock_task"), ("task1", number), ("on1", "1")];
    let option = crate::support::disputes::option(&app, "A").await;
    let complete = super::complete(&id, &option, &lead);
    chair
        .post(&url, &[complete.clone(), row("GEO-4").to_vec()].concat())
        .await
        .expect(422)
        .says("Effect 1: This task is not blocked");
    chair.post(&url, &[complete, row("GEO-3").to_vec()].concat()).await.expect(303);
    let blocked = "select string_agg(number::text, ' ' order by number) from tasks where status = 'blocked'";
    assert_eq!(value(&app, blocked).await, "1 2 4");
    // Going on is not beginning, and the trail names what led to it.
    let page = app.sign_in("viewer").await.get("/p/GEO/history").await.expect(200);
    let page = page.says("unblocked GEO-3 Contract").says("closed E-1").says("with the decision D-1");
    assert!(page.attribute("main a[href='/p/GEO/decisions/1']", "href").is_some());
    assert!(!page.text().contains("**margin**") && page.text().contains("It keeps the margin"), "no marks in a trail");
    // Without an escalation: those that wait for the committee.
    let page = chair.get(NEW).await.expect(200);
    assert_eq!(ticks(&page, ""), ["Unblock GEO-1 Pricing page", "Unblock GEO-2 Price list"]);
}

#[tokio::test]
async fn a_row_that_was_added_and_left_empty_is_a_mistake() {
    let (app, _) = TestApp::with_project().await;
    let lead = app.id_of("lead").await.to_string();
    let mut chair = app.sign_in("chair").await;
    for (kind, field) in [
        ("create_task", "title2"),
        ("move_task", "task2"),
        ("assign_task", "assignee2"),
        ("drop_task", "task2"),
        ("hold_gate", "stage2"),
        ("waive_gate", "gate2"),
        ("send_back", "stage2"),
        ("set_duty", "duty2"),
        ("move_launch", "due2"),
        ("set_budget", "days2"),
        ("move_milestone", "milestone2"),
    ] {
        let id = new_uuid().to_string();
        let rows = [("effect", "create_task"), ("effect", kind)];
        let page = chair.post(NEW, &alone("record", &id, &lead, &rows)).await.expect(422);
        assert_eq!(page.all(&format!(".errors a[href='#{field}']")).len(), 1, "{kind}: {}", page.text());
        assert!(page.all("#title1-error").is_empty(), "the row that stands there by itself can stay as it is");
    }
    assert_eq!(value(&app, "select count(*)::text from decisions").await, "0");
    let id = new_uuid().to_string();
    chair.post(NEW, &alone("record", &id, &lead, &[("effect", "create_task")])).await.expect(303);
}
