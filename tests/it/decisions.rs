//! Decisions: recorded with all of their effects or not at all, registered, superseded.

use crate::{
    escalations::{before_committee, hidden, option, part, value},
    support::{Client, TestApp, statements},
};
use sqlx::Executor;
use tutti::{
    decisions::facts,
    platform::ids::{ProjectId, new_uuid},
};
use uuid::Uuid;

/// Everything that has to be right besides effects.
fn complete<'a>(id: &'a str, option: &'a str, owner: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("act", "record"),
        ("id", id),
        ("option", option),
        ("rationale", "It keeps the **margin**."),
        ("kind", "price"),
        ("owner", owner),
        ("review_on", "2027-02-18"),
    ]
}

async fn milestone(app: &TestApp, project: Uuid, title: &str) -> String {
    let id = new_uuid();
    sqlx::query(
        "insert into milestones (project_id, id, title, baseline_on, due_on, created_at)
         values ($1, $2, $3, '2026-12-01', '2026-12-01', '2026-10-01T00:00:00Z')",
    )
    .bind(project)
    .bind(id)
    .bind(title)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    id.to_string()
}

/// How much there is of everything that a decision writes.
async fn written(app: &TestApp) -> String {
    value(
        app,
        "select concat_ws(' ', (select count(*) from decisions), (select count(*) from decision_effects), (select count(*) from tasks),
                (select count(*) from events), (select string_agg(due_on::text, ',' order by number) from tasks),
                (select string_agg(due_on::text, ',') from milestones), (select string_agg(state, ',') from escalations),
                (select next_decision_number from projects where key = 'GEO'))",
    )
    .await
}

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
    let page = chair
        .get(&url)
        .await
        .expect(200)
        .says("E-1 is closed with option B")
        .says("Both tried.")
        .says("committee: Margin first");
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
        ("effect", "create_task"),
    ]);
    // Looking first changes nothing and lists every consequence.
    let mut look = fields.clone();
    look[0] = ("act", "list");
    let page = chair.post(&url, &look).await.expect(200);
    let page = page.says("New task for R&D, member: Meter prompts <b>per account</b>, due Fri 4 Dec");
    page.says("Publish the pricing page: due Tue 1 Dec, was Fri 20 Nov")
        .says("Milestone Price list out: Tue 8 Dec, was Tue 1 Dec");
    let before = written(&app).await;
    assert!(before.starts_with("0 0 1 "), "{before}");
    let page = chair.submit(&url, &fields).await.expect(200);
    let page = page
        .says("D-1 A: 299 flat")
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
async fn the_form_says_every_mistake() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let mut chair = app.sign_in("chair").await;
    let url = format!("{path}/decide");
    let page = chair.post(&url, &[("act", "record"), ("review_on", "2026-11-18")]).await.expect(422);
    page.says("Choose what is decided")
        .says("Say why")
        .says("Choose a kind of decision")
        .says("Choose an owner")
        .says("Choose a day after today");
    let (id, lead) = (new_uuid().to_string(), app.id_of("lead").await.to_string());
    chair.post(&url, &complete(&id, "none", &lead)).await.expect(422).says("Write what is decided in one sentence");
    let page = chair.post(&url, &[("act", "more_move_milestone"), ("effect", "create_task")]).await.expect(200);
    assert_eq!(page.all("#effects fieldset").len(), 2);
    let stranger = app.id_of("stranger").await.to_string();
    chair.post(&url, &complete(&id, &option(&app, "A").await, &stranger)).await.expect(422).says("Choose an owner");
}

#[tokio::test]
async fn who_records() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let decision = recorded(&app, "go", "Go").await;
    for who in ["lead", "liaison", "other", "member", "committee", "viewer", "colleague", "admin"] {
        let mut client = app.sign_in(who).await;
        for url in [format!("{path}/decide"), "/p/GEO/decisions/new".to_owned(), format!("{decision}/supersede")] {
            client.get(&url).await.expect(403);
            client.post(&url, &[("act", "record")]).await.expect(403);
        }
        client.get(&decision).await.expect(200);
        client.get("/p/GEO/decisions").await.expect(200);
    }
    let mut adviser = app.sign_in("adviser").await;
    adviser.get(&format!("{path}/decide")).await.expect(403);
    for who in ["adviser", "guest", "stranger"] {
        let mut client = app.sign_in(who).await;
        let expected = if who == "stranger" { 200 } else { 404 };
        client.get(&decision).await.expect(expected);
        client.get("/p/GEO/decisions").await.expect(expected);
        client.get("/p/GEO/decisions/new").await.expect(if who == "stranger" { 403 } else { 404 });
    }
    app.sign_in("chair").await.get("/p/GEO/decisions/99").await.expect(404);
    Client::new(&app).get(&decision).await.expect(303);
}

/// Records a decision without an escalation; answers its address.
async fn recorded(app: &TestApp, kind: &str, title: &str) -> String {
    let (id, lead) = (new_uuid().to_string(), app.id_of("lead").await.to_string());
    let fields = [
        ("act", "record"),
        ("id", id.as_str()),
        ("title", title),
        ("rationale", "Because"),
        ("kind", kind),
        ("owner", &lead),
    ];
    app.sign_in("chair").await.post("/p/GEO/decisions/new", &fields).await.expect(303).location().to_owned()
}

#[tokio::test]
async fn the_quorum_counts_the_chair() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    sqlx::query("update projects set quorum = 2 where key = 'GEO'").execute(&mut app.sql().await).await.unwrap();
    let (a, lead, id) = (option(&app, "A").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    let mut chair = app.sign_in("chair").await;
    let url = format!("{path}/decide");
    chair.post(&url, &complete(&id, &a, &lead)).await.expect(422).says("still missing for the quorum: 1");
    assert_eq!(value(&app, "select count(*)::text from decisions").await, "0");
    // Advice does not count; a member's vote does, and the chair is heard by recording.
    let guest = app.id_of("adviser").await;
    app.sign_in("adviser").await.post(&format!("{path}/ballot"), &[("vote", &a), ("reason", "Yes")]).await.expect(303);
    assert!(!guest.is_nil());
    chair.post(&url, &complete(&id, &a, &lead)).await.expect(422);
    app.sign_in("committee")
        .await
        .post(&format!("{path}/ballot"), &[("vote", &a), ("reason", "Yes")])
        .await
        .expect(303);
    chair.post(&url, &complete(&id, &a, &lead)).await.expect(303);
    let page = chair.get("/p/GEO/decisions/1").await.expect(200);
    page.says("A 1, B 0; 1 of 2 voted, quorum 2");
}

#[tokio::test]
async fn twenty_at_once_record_one() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let (a, lead) = (option(&app, "A").await, app.id_of("lead").await.to_string());
    let (id, other) = (new_uuid().to_string(), new_uuid().to_string());
    let client = app.sign_in("chair").await;
    let mut set = tokio::task::JoinSet::new();
    for index in 0..20 {
        let (mut client, a, lead) = (client.clone(), a.clone(), lead.clone());
        // Half of them about the escalation, half of them a decision of its own.
        let (url, id) = if index % 2 == 0 {
            (format!("{path}/decide"), id.clone())
        } else {
            ("/p/GEO/decisions/new".to_owned(), other.clone())
        };
        set.spawn(async move {
            let mut fields = complete(&id, &a, &lead);
            fields.push(("title", "Decided"));
            client.post(&url, &fields).await.expect(303).status
        });
    }
    while let Some(status) = set.join_next().await {
        status.unwrap();
    }
    assert_eq!(value(&app, "select count(*)::text from decisions").await, "2");
    assert_eq!(value(&app, "select count(*)::text from events where kind = 'decision.recorded'").await, "2");
    assert_eq!(value(&app, "select next_decision_number::text from projects where key = 'GEO'").await, "3");
}

#[tokio::test]
async fn a_decision_is_superseded_never_edited() {
    let (app, geo) = TestApp::with_project().await;
    let first = recorded(&app, "go", "Launch on 12 January").await;
    let mut chair = app.sign_in("chair").await;
    let url = format!("{first}/supersede");
    let page = chair.get(&url).await.expect(200).says("D-1 is superseded");
    assert_eq!(page.attribute("#title", "value").as_deref(), Some("Launch on 12 January"));
    let mut conn = app.sql().await;
    let project = ProjectId(geo);
    assert_eq!(facts::recorded(&mut conn, project).await.unwrap()[0].0, "go");
    let (id, lead) = (new_uuid().to_string(), app.id_of("lead").await.to_string());
    let fields = [
        ("act", "record"),
        ("id", id.as_str()),
        ("title", "Launch on 19 January"),
        ("rationale", "One more <script>week</script>"),
        ("kind", "change"),
        ("owner", &lead),
    ];
    let page = chair.submit(&url, &fields).await.says("D-2 Launch on 19 January").says("Supersedes D-1");
    assert!(!page.body.contains("<script>week"));
    chair.get(&first).await.expect(200).says("Superseded by D-2 Launch on 19 January");
    chair.get(&url).await.expect(409);
    let mut other = fields.to_vec();
    let another = new_uuid().to_string();
    other[1] = ("id", &another);
    chair.post(&url, &other).await.expect(409);
    chair.post(&url, &fields).await.expect(303);
    let kinds: Vec<String> =
        facts::recorded(&mut conn, project).await.unwrap().into_iter().map(|fact| fact.0).collect();
    assert_eq!(kinds, ["change"], "the superseded one is out of force");
    for statement in [
        "update decisions set title = 'x'",
        "update decision_effects set position = 9",
        "update decisions set review_on = null",
    ] {
        let refused = conn.execute(statement).await;
        assert!(refused.is_err() || refused.unwrap().rows_affected() == 0, "{statement}");
    }
    let page = chair.get("/p/GEO/decisions").await.expect(200);
    assert_eq!(page.all("tbody tr").len(), 2);
}

#[tokio::test]
async fn the_register_lists_and_filters() {
    let (app, geo) = TestApp::with_project().await;
    recorded(&app, "go", "Go to launch").await;
    let path = before_committee(&app, geo).await;
    let (a, lead, id) = (option(&app, "A").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    let mut chair = app.sign_in("chair").await;
    chair.post(&format!("{path}/decide"), &complete(&id, &a, &lead)).await.expect(303);
    let (pm, mkt) = (part(&app, geo, "PM").await, part(&app, geo, "MKT").await);
    for (query, found) in [
        (String::new(), vec!["D-2", "D-1"]),
        ("kind=price".to_owned(), vec!["D-2"]),
        ("kind=go".to_owned(), vec!["D-1"]),
        ("kind=nonsense".to_owned(), vec!["D-2", "D-1"]),
        ("year=2026".to_owned(), vec!["D-2", "D-1"]),
        ("year=2025".to_owned(), vec![]),
        (format!("department={pm}"), vec!["D-2"]),
        (format!("department={mkt}"), vec![]),
        ("q=LAUNCH".to_owned(), vec!["D-1"]),
        ("q=margin".to_owned(), vec!["D-2"]),
        ("q=%25".to_owned(), vec![]),
    ] {
        let page = chair.get(&format!("/p/GEO/decisions?{query}")).await.expect(200);
        let lines: Vec<String> =
            page.all("tbody th").iter().map(|line| line.split(' ').next().unwrap().to_owned()).collect();
        assert_eq!(lines, found, "{query}");
    }
}

#[tokio::test]
async fn pages_cost_a_fixed_number_of_statements_and_speak_chinese() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    let mut chair = app.sign_in("chair").await;
    let cost = async |client: &mut Client, path: &str| {
        let (answer, count) = statements::count(client.get(path)).await;
        answer.expect(200);
        count
    };
    assert_eq!(cost(&mut chair, &format!("{path}/decide")).await, 4);
    assert_eq!(cost(&mut chair, "/p/GEO/decisions/new").await, 3);
    let (a, lead, id) = (option(&app, "A").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    chair.post(&format!("{path}/decide"), &complete(&id, &a, &lead)).await.expect(303);
    let alone = recorded(&app, "go", "Go").await;
    assert_eq!(cost(&mut chair, "/p/GEO/decisions/1").await, 5);
    assert_eq!(cost(&mut chair, &alone).await, 4);
    assert_eq!(cost(&mut chair, "/p/GEO/decisions").await, 3);
    for _ in 0..3 {
        recorded(&app, "go", "Go").await;
    }
    assert_eq!(cost(&mut chair, "/p/GEO/decisions").await, 3);
    assert_eq!(cost(&mut chair, "/committee").await, 4);
    let mut chinese = app.sign_in("chair").await.chinese();
    chinese.get("/p/GEO/decisions/1").await.expect(200).says("后续安排").says("由 chair 记录");
    chinese.get("/p/GEO/decisions").await.expect(200).says("是否推进");
    chinese.get("/p/GEO/decisions/new").await.expect(200).says("记录决议").says("一并生效");
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
