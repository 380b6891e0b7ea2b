//! My work: what it shows, one change at a time, all in one form, and what others wait for.

use crate::support::{Answer, TestApp, statements};
use axum::body::Body;
use tower::ServiceExt;
use uuid::Uuid;

/// The member of marketing has one task late, one today, one this week, one later and one without a date; the last
/// belongs to sales.
async fn tasks() -> (TestApp, Uuid) {
    let (app, geo) = TestApp::with_project().await;
    for (part, title, due) in [
        ("MKT", "Pricing page", "2026-11-13"),
        ("MKT", "Launch film", "2026-11-18"),
        ("MKT", "Webinar", "2026-11-20"),
        ("SAL", "Demo script", "2026-12-04"),
    ] {
        app.task(geo, part, title, Some("member"), due).await;
    }
    app.task(geo, "MKT", "Not mine", Some("liaison"), "2026-11-18").await;
    (app, geo)
}

async fn one(app: &TestApp, number: i32, column: &str) -> String {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
        "select coalesce(({column})::text, '') from tasks where number = $1 and project_id = (select id from projects where key = 'GEO')"
    )))
    .bind(number)
    .fetch_one(&mut app.sql().await)
    .await
    .unwrap()
}

async fn change(app: &TestApp, sql: &'static str) {
    sqlx::query(sql).execute(&mut app.sql().await).await.unwrap();
}

async fn events(app: &TestApp) -> Vec<(String, String)> {
    sqlx::query_as("select kind, subject_label from events where kind like 'task.%' order by kind, subject_label")
        .fetch_all(&mut app.sql().await)
        .await
        .unwrap()
}

/// What a browser would send of the form without a script: every field as it stands, some of them changed.
fn form(page: &Answer, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let page = scraper::Html::parse_document(&page.body);
    let select = |css: &str| scraper::Selector::parse(css).unwrap();
    let mut fields = Vec::new();
    for control in page.select(&select("#rows input")) {
        let is_radio = control.attr("type") == Some("radio");
        let (name, value) = (control.attr("name").unwrap(), control.attr("value").unwrap_or_default());
        let wanted = changes.iter().find_map(|(changed, to)| (*changed == name).then_some(*to));
        let is_sent = match wanted {
            Some(to) if is_radio => to == value,
            None if is_radio => control.attr("checked").is_some(),
            _ => true,
        };
        if is_sent {
            fields.push((name.to_owned(), wanted.unwrap_or(value).to_owned()));
        }
    }
    for (name, value) in changes {
        assert!(fields.contains(&((*name).to_owned(), (*value).to_owned())), "no field {name} for {value}");
    }
    fields
}

fn pairs<'a>(fields: &'a [(String, String)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(more.iter().copied()).collect()
}

#[tokio::test]
async fn my_open_tasks_stand_by_when_they_are_due() {
    let (app, geo) = tasks().await;
    change(&app, "update tasks set due_on = null where number = 3").await;
    app.task(geo, "MKT", "Done", Some("member"), "2026-11-18").await;
    change(&app, "update tasks set status = 'done', done_at = now() where title = 'Done'").await;
    let page = app.sign_in("member").await.get("/").await.expect(200);
    assert_eq!(page.all("#rows h2"), ["Overdue 1", "Today 1", "Later 2"]);
    assert_eq!(page.all("#rows .ttl"), ["Pricing page", "Launch film", "Demo script", "Webinar"]);
    page.says("5 days late").says("GEO Monitor").says("GEO-1").says("Nobody is waiting for you");
    let chinese = app.sign_in("member").await.chinese().get("/").await.expect(200);
    chinese.says("已逾期").says("逾期 5 天").says("其余一切正常").says("没有人在等你");
    let page = app.sign_in("liaison").await.get("/").await.expect(200);
    assert_eq!(page.all("#rows .ttl"), ["Not mine"]);
    page.says("You speak for").says("Marketing on 1 project");
    app.sign_in("colleague").await.get("/").await.expect(200).says("No task is yours");
    app.sign_in("guest").await.get("/").await.expect(200).says("No task is yours");
}

#[tokio::test]
async fn drafts_archived_and_hidden_projects_do_not_appear() {
    let (app, geo) = tasks().await;
    for (key, state) in [("DRA", "draft"), ("OLD", "archived")] {
        let project = app.project(key, "Another", "organisation").await;
        sqlx::query("update projects set state = $2 where id = $1")
            .bind(project)
            .bind(state)
            .execute(&mut app.sql().await)
            .await
            .unwrap();
        app.seat(project, "member", "member", Some("MKT")).await;
        app.task(project, "MKT", &format!("Task of {key}"), Some("member"), "2026-11-18").await;
    }
    // Still the assignee, but without a seat in a project that is for its seats only.
    let hal: Uuid =
        sqlx::query_scalar("select id from projects where key = 'HAL'").fetch_one(&mut app.sql().await).await.unwrap();
    app.task(hal, "MKT", "Task of HAL", Some("member"), "2026-11-18").await;
    let mut member = app.sign_in("member").await;
    let page = member.get("/").await.expect(200);
    assert_eq!(page.all("#rows .ttl").len(), 4, "{:?}", page.all("#rows .ttl"));
    for hidden in ["HAL-1", "OLD-1"] {
        member.post(&format!("/my-work/{hidden}?version=1"), &[("status", "done")]).await.expect(404);
        let was = format!("{hidden}\t1\ttodo");
        member.post("/", &[("was", was.as_str()), (hidden, "done")]).await.expect(409);
    }
    let done: i64 = sqlx::query_scalar("select count(*) from tasks where status = 'done'")
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    assert_eq!(done, 0);
    let _ = geo;
}

#[tokio::test]
async fn one_click_saves_and_can_be_taken_back() {
    let (app, _) = tasks().await;
    let mut member = app.sign_in("member").await;
    let page = member.get("/").await;
    // Where the script sends the status of a row alone.
    assert_eq!(page.attribute("#rows", "data-rows").unwrap(), "/my-work/");
    assert_eq!(page.attribute("#GEO-1", "data-version").unwrap(), "1");
    assert_eq!(page.attribute("#GEO-1 [type=radio][value=done]", "name").unwrap(), "GEO-1");
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
    other.says("Waiting for my answer 1").says("is blocked and waits for you").says("Pricing page").says("no price");
    app.sign_in("lead").await.get("/").await.expect(200).says("Nobody is waiting for you");
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

#[tokio::test]
async fn everything_else_is_on_track() {
    let (app, _) = tasks().await;
    let mut member = app.sign_in("member").await;
    member.submit("/my-work/GEO-1?version=1", &[("status", "doing")]).await.expect(200);
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
        ("#GEO-1 input[type=radio][checked]", "blocked"),
        ("#GEO-1 [name='waits_for.GEO-1']", "R&D"),
        ("#GEO-2 input[type=radio][checked]", "review"),
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
    assert_eq!(page.attribute("#GEO-2 input[type=radio][checked]", "value").unwrap(), "doing", "typed and kept");
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

#[tokio::test]
async fn what_others_wait_for_stands_beside() {
    let (app, geo) = tasks().await;
    sqlx::query(
        "with comment as (
             insert into task_comments (project_id, id, task_id, author_id, body, created_at)
             select $1, gen_random_uuid(), tasks.id, people.id, 'Which case studies can we show?', '2026-11-17T02:00:00Z'
             from tasks, people where tasks.project_id = $1 and tasks.number = 1 and people.name = 'other' returning id)
         insert into task_mentions (project_id, comment_id, person_id)
         select $1, comment.id, people.id from comment, people where people.name in ('liaison', 'guest')",
    )
    .bind(geo)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    for (number, state, question) in [
        (1, "with_liaisons", "Which launch price?"),
        (2, "with_lead", "Which pack size?"),
        (3, "with_committee", "Wait for the fix?"),
    ] {
        sqlx::query(
            "insert into escalations (project_id, id, number, question, kind, category, raised_by, from_part_id, to_part_id, state, due_at, raised_at)
             select $1, gen_random_uuid(), $2, $3, 'price', 'price', people.id, a.id, b.id, $4, '2026-11-20T02:00:00Z', '2026-11-16T02:00:00Z'
             from people, parts a, parts b
             where people.name = 'liaison' and a.project_id = $1 and a.code = 'MKT' and b.project_id = $1 and b.code = 'SAL'",
        )
        .bind(geo)
        .bind(number)
        .bind(question)
        .bind(state)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    }
    sqlx::query(
        "insert into positions (project_id, id, escalation_id, part_id, author_id, statement, written_at)
         select $1, gen_random_uuid(), escalations.id, parts.id, people.id, 'Ours', '2026-11-17T02:00:00Z'
         from escalations, parts, people
         where escalations.project_id = $1 and escalations.number = 1 and parts.project_id = $1 and parts.code = 'MKT' and people.name = 'liaison'",
    )
    .bind(geo)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    let asked = |page: Answer| page.all(".items .ttl");
    let liaison = app.sign_in("liaison").await.get("/").await.expect(200);
    liaison.says("other, GEO Monitor").says("Which case studies can we show?").says("until Fri 20 Nov, 10:00");
    let liaison = app.sign_in("liaison").await.get("/").await;
    assert_eq!(asked(liaison), ["Pricing page", "Which pack size?", "Wait for the fix?"], "own position is written");
    let other = app.sign_in("other").await.get("/").await;
    assert_eq!(asked(other), ["Which launch price?", "Which pack size?", "Wait for the fix?"]);
    for (person, expected, says) in [
        ("lead", vec!["Which pack size?"], "Escalated to you as GTM lead"),
        ("committee", vec!["Wait for the fix?"], "Compare and vote"),
        ("chair", vec!["Wait for the fix?"], "Before the committee"),
        ("adviser", vec!["Wait for the fix?"], "You are asked for advice"),
        ("member", vec![], "Nobody is waiting for you"),
        ("guest", vec![], "Nobody is waiting for you"),
    ] {
        let page = app.sign_in(person).await.get("/").await.expect(200).says(says);
        assert_eq!(asked(page), expected, "{person}");
    }
    sqlx::query(
        "insert into ballots (project_id, id, escalation_id, person_id, reason, is_advisory, cast_at)
         select $1, gen_random_uuid(), escalations.id, people.id, 'None fits', false, '2026-11-17T02:00:00Z'
         from escalations, people where escalations.project_id = $1 and number = 3 and people.name in ('committee', 'chair')",
    )
    .bind(geo)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    app.sign_in("committee").await.get("/").await.expect(200).says("Nobody is waiting for you");
    app.sign_in("chair").await.get("/").await.expect(200).says("Ready for your decision");
    sqlx::query(
        "insert into escalation_guests (project_id, escalation_id, person_id, invited_by, invited_at)
                 select $1, escalations.id, guest.id, guest.id, '2026-11-17T02:00:00Z' from escalations, people guest
                 where escalations.project_id = $1 and number = 3 and guest.name = 'guest'",
    )
    .bind(geo)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    app.sign_in("guest").await.get("/").await.expect(200).says("You are asked for advice").says("Wait for the fix?");
}

#[tokio::test]
async fn my_work_costs_the_same_with_three_and_three_hundred_tasks() {
    let (app, geo) = TestApp::with_project().await;
    let mut member = app.sign_in("member").await;
    for count in [3, 297] {
        sqlx::query(
            "insert into tasks (project_id, id, number, title, part_id, assignee_id, due_on, created_by, created_at, changed_at)
             select $1, gen_random_uuid(), (select coalesce(max(number), 0) from tasks) + n, 'Task ' || n,
                    (select id from parts where project_id = $1 and code = 'MKT'), people.id, '2026-11-01'::date + n % 90, people.id,
                    '2026-10-01T00:00:00Z', '2026-10-01T00:00:00Z'
             from people, generate_series(1, $2) as n where people.name = 'member'",
        )
        .bind(geo)
        .bind(count)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
        let (page, statements) = statements::count(member.get("/")).await;
        page.expect(200);
        assert_eq!(statements, 4, "with {count} more tasks");
    }
    let page = member.get("/").await;
    let fields = form(&page, &[]);
    let (page, statements) = statements::count(member.post("/", &pairs(&fields, &[("confirm", "1")]))).await;
    page.expect(303);
    assert!(statements <= 8, "{statements}");
}

/// The words that an attribute with the ids of elements points to, of every element that a selector finds.
fn named(page: &Answer, selector: &str, attribute: &str) -> Vec<String> {
    let html = scraper::Html::parse_document(&page.body);
    let words = |id: &str| {
        let found = html.select(&scraper::Selector::parse(&format!("[id='{id}']")).unwrap()).next().unwrap();
        found.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
    };
    html.select(&scraper::Selector::parse(selector).unwrap())
        .map(|one| one.attr(attribute).unwrap().split(' ').map(words).collect::<Vec<_>>().join(" "))
        .collect()
}

#[tokio::test]
async fn every_control_of_a_row_has_a_name() {
    let (app, _) = tasks().await;
    let mut member = app.sign_in("member").await;
    let page = member.get("/").await.expect(200);
    let titles = ["Pricing page", "Launch film", "Webinar", "Demo script"];
    let with = |words: &str, titles: &[&str]| titles.iter().map(|title| format!("{words}{title}")).collect::<Vec<_>>();
    assert_eq!(named(&page, "#rows fieldset", "aria-labelledby"), with("Status of ", &titles));
    // The last one belongs to sales: its date is not mine to move, nor is it mine to drop.
    assert_eq!(named(&page, "#rows [type=date]", "aria-labelledby"), with("Due date of ", &titles[..3]));
    assert_eq!(named(&page, "#rows summary", "aria-describedby"), with("Move the due date of ", &titles[..3]));
    let statuses = |page: &Answer, row: &str| {
        let html = scraper::Html::parse_document(&page.body);
        let radios = scraper::Selector::parse(&format!("#{row} [type=radio]")).unwrap();
        html.select(&radios).map(|radio| radio.attr("aria-label").unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all = ["To do", "In progress", "Blocked", "In review", "Done", "Dropped"];
    assert_eq!(statuses(&page, "GEO-1"), all);
    assert_eq!(statuses(&page, "GEO-4"), all[..5]);
    let page = member.chinese().get("/").await.expect(200);
    assert_eq!(named(&page, "#rows fieldset", "aria-labelledby"), with("状态： ", &titles));
    assert_eq!(page.all("#GEO-1 label"), ["原因", "等待谁"]);
}

/// Every row reviewed, late or not, every tenth blocked: as much as a row says.
#[tokio::test]
async fn my_work_of_three_hundred_tasks_is_small() {
    let (app, geo) = TestApp::with_project().await;
    sqlx::query(
        "insert into tasks (project_id, id, number, title, title_zh, part_id, assignee_id, due_on, status, blocked_reason, blocked_since,
                            waits_for_part_id, reviewed_at, created_by, created_at, changed_at)
         select $1, gen_random_uuid(), 1000 + n, 'Price book and discount limits for region ' || n, '第 ' || n || ' 区域价格手册与折扣上限',
                mkt.id, people.id, '2026-11-01'::date + n % 90, case when n % 10 = 0 then 'blocked' else (array['todo', 'doing', 'review'])[1 + n % 3] end,
                case when n % 10 = 0 then 'Waits for the list price of region ' || n else '' end,
                case when n % 10 = 0 then '2026-11-10T00:00:00Z'::timestamptz end, case when n % 10 = 0 then sal.id end,
                '2026-11-18T01:00:00Z', people.id, '2026-10-01T00:00:00Z', '2026-10-01T00:00:00Z'
         from people, generate_series(1, 300) as n, parts mkt, parts sal
         where people.name = 'member' and mkt.project_id = $1 and mkt.code = 'MKT' and sal.project_id = $1 and sal.code = 'SAL'",
    )
    .bind(geo)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    for (language, reviewed) in [("en", "Reviewed today"), ("zh-CN", "今天已确认")] {
        let mut member = app.sign_in("member").await;
        let page = if language == "en" { member.get("/").await } else { member.clone().chinese().get("/").await };
        assert_eq!(page.all("#rows .meta > .seen").len(), 300);
        assert_eq!(page.all("#rows .why-blocked").len(), 30);
        let size = page.body.len();
        page.says(reviewed);
        let request = member.prepared("GET", "/").header("accept-encoding", "gzip");
        let mut request = request.body(Body::empty()).unwrap();
        request.headers_mut().insert("accept-language", language.parse().unwrap());
        let response = app.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.headers()["content-encoding"], "gzip");
        let sent = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap().len();
        println!("{language}: {size} bytes of HTML, {sent} compressed");
        assert!(size <= 350_000, "{language}: {size} bytes of HTML");
        assert!(sent <= 40 * 1024, "{language}: {sent} bytes compressed");
    }
}
