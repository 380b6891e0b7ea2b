//! The form behind the link in a letter: what it shows, saves and refuses, and that it opens nothing else.

use super::{change, events, form, one, pairs, tasks};
use crate::support::{Answer, Client, TestApp, statements};
use axum::{body::Body, http::Request};

/// Follows a link in a browser that nobody has signed in with.
async fn followed(app: &TestApp, name: &str) -> (String, Client, Answer) {
    let path = app.work_link(name).await;
    let mut stranger = Client::new(app);
    let page = stranger.get(&path).await.expect(200);
    (path, stranger, page)
}

#[tokio::test]
async fn it_shows_the_form_and_nothing_that_leads_on() {
    let (app, _) = tasks().await;
    let path = app.work_link("member").await;
    let mut stranger = Client::new(&app);
    // The first request of a process asks whether there is an organisation.
    stranger.get(&path).await.expect(200);
    let (page, count) = statements::count(stranger.get(&path)).await;
    assert_eq!(count, 3, "the link, the tasks, the rights");
    let page = page.expect(200).says("My work").says("member").says("until Sat 21 Nov");
    assert_eq!(page.all("#rows .ttl"), ["Pricing page", "Launch film", "Webinar", "Demo script"]);
    for (name, value) in
        [("referrer-policy", "no-referrer"), ("cache-control", "no-store"), ("x-robots-tag", "noindex, nofollow")]
    {
        assert_eq!(page.headers.get(name).unwrap(), value);
    }
    assert!(!page.headers.contains_key("set-cookie"));
    assert_eq!(page.attribute("#rows", "action").unwrap(), path);
    let links = page.body.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let links: Vec<&str> = links.filter(|href| !href.starts_with("/static/") && !href.starts_with("data:")).collect();
    assert_eq!(links, ["/sign-in"], "no way on but to sign in");
    for hidden in ["<script", "data-rows", "data-swap", "/p/GEO", "Not mine", "liaison", "lead<", "/inbox"] {
        assert!(!page.body.contains(hidden), "{hidden:?} in {}", page.body);
    }
    // Looking changes nothing, however often programs that check letters look.
    stranger.get(&path).await.expect(200);
    assert_eq!(events(&app).await, []);
    assert_eq!(one(&app, 1, "version").await, "1");
}

#[tokio::test]
async fn it_saves_as_the_person_and_says_by_which_way() {
    let (app, _) = tasks().await;
    let (path, mut stranger, page) = followed(&app, "member").await;
    let fields = form(&page, &[("GEO-1", "doing"), ("due_on.GEO-1", "2026-11-30")]);
    let answer = stranger.post(&path, &pairs(&fields, &[("confirm", "1")])).await.expect(303);
    assert_eq!(
        (answer.location(), answer.headers.get("referrer-policy").unwrap().to_str().unwrap()),
        (path.as_str(), "no-referrer")
    );
    let page = stranger.get(&path).await.expect(200);
    assert_eq!(page.all(".flash p"), ["“Pricing page” is now: In progress. 3 tasks confirmed on track."]);
    assert_eq!(one(&app, 1, "status || ' ' || due_on").await, "doing 2026-11-30");
    let done: Vec<(String, String, String)> = sqlx::query_as(
        "select kind, actor_name, after->>'way' from events where project_id is not null order by kind desc, subject_label",
    )
    .fetch_all(&mut app.sql().await)
    .await
    .unwrap();
    let line = |kind: &str| (kind.to_owned(), "member".to_owned(), "letter_link".to_owned());
    assert_eq!(
        done,
        [line("task.status_changed"), line("task.reviewed"), line("task.reviewed"), line("task.reviewed")]
    );
    let mut lead = app.sign_in("lead").await;
    lead.get("/p/GEO/history").await.expect(200).says("How: By the link in a letter");
    lead.chinese().get("/p/GEO/history").await.expect(200).says("方式：通过邮件中的链接");
    // Sent a second time it does nothing.
    stranger.post(&path, &pairs(&fields, &[("confirm", "1")])).await.expect(303);
    assert_eq!(events(&app).await.len(), 4);
    // By the pages of the product nothing says so.
    app.sign_in("member").await.submit("/my-work/GEO-2?version=1", &[("status", "doing")]).await.expect(200);
    let ways: i64 = sqlx::query_scalar("select count(*) from events where after ? 'way'")
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    assert_eq!(ways, 4);
}

#[tokio::test]
async fn a_change_is_taken_back_by_the_same_link() {
    let (app, _) = tasks().await;
    let (path, mut stranger, page) = followed(&app, "member").await;
    let fields = form(&page, &[("GEO-1", "blocked"), ("reason.GEO-1", "no price"), ("waits_for.GEO-1", "Sales")]);
    let flashes = |answer: &Answer| -> Vec<String> {
        let all = answer.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap().to_owned());
        all.filter(|cookie| cookie.starts_with("tutti_flash=")).collect()
    };
    let saved = flashes(&stranger.post(&path, &pairs(&fields, &[("save", "1")])).await.expect(303));
    assert!(saved.len() == 1 && saved[0].contains(&format!("; Path={path};")), "for no other page: {saved:?}");
    let page = stranger.get(&path).await.expect(200);
    assert!(flashes(&page).contains(&format!("tutti_flash=; Path={path}; Max-Age=0; HttpOnly; SameSite=Lax")));
    assert_eq!(page.attribute(".flash form", "action").unwrap(), path);
    let undo = hidden(&page, ".flash");
    stranger.submit(&path, &pairs(&undo, &[])).await.expect(200).says("“Pricing page” is now: To do.");
    assert_eq!(one(&app, 1, "status || blocked_reason || version").await, "todo3");
}

/// The hidden fields of a form within what a selector finds.
fn hidden(page: &Answer, within: &str) -> Vec<(String, String)> {
    let html = scraper::Html::parse_document(&page.body);
    let inputs = scraper::Selector::parse(&format!("{within} form input[type=hidden]")).unwrap();
    html.select(&inputs)
        .map(|input| (input.attr("name").unwrap().to_owned(), input.attr("value").unwrap().to_owned()))
        .collect()
}

#[tokio::test]
async fn mistakes_come_back_with_what_was_typed_and_stale_rows_with_both_versions() {
    let (app, _) = tasks().await;
    let (path, mut stranger, page) = followed(&app, "member").await;
    let fields = form(&page, &[("GEO-1", "blocked"), ("GEO-2", "review"), ("due_on.GEO-3", "next week")]);
    let back = stranger.post(&path, &pairs(&fields, &[("confirm", "1")])).await.expect(422);
    assert_eq!(back.headers.get("referrer-policy").unwrap(), "no-referrer");
    let back = back.says("Say what it waits for").says("Use a date such as");
    assert_eq!(back.attribute("#GEO-2 option[selected]", "value").unwrap(), "review");
    assert_eq!(back.attribute("#due_on-GEO-3", "value").unwrap(), "next week");
    assert_eq!(events(&app).await, []);

    change(&app, "update tasks set status = 'review', version = version + 1 where number = 1").await;
    let fields = form(&page, &[("GEO-1", "doing"), ("due_on.GEO-1", "2026-11-30")]);
    let back = stranger.post(&path, &pairs(&fields, &[])).await.expect(409);
    let back = back.says("Nothing was saved: somebody has changed this task");
    assert_eq!(one(&app, 1, "status").await, "review");
    assert_eq!(back.attribute(".note form", "action").unwrap(), path);
    let mine = hidden(&back, ".note");
    stranger.submit(&path, &pairs(&mine, &[])).await.expect(200);
    assert_eq!(one(&app, 1, "status || ' ' || due_on").await, "doing 2026-11-30");
}

#[tokio::test]
async fn rights_are_asked_anew_at_each_request() {
    let (app, _) = tasks().await;
    let (path, mut stranger, page) = followed(&app, "member").await;
    let fields = form(&page, &[("GEO-1", "doing")]);
    // Not theirs any more: gone from the form, and what is sent of it is refused.
    change(&app, "update tasks set assignee_id = (select id from people where name = 'liaison') where number = 1")
        .await;
    stranger.post(&path, &pairs(&fields, &[])).await.expect(409).says("1 task that you changed is no longer yours");
    assert_eq!(stranger.get(&path).await.expect(200).all("#rows .ttl").len(), 3);
    // Somebody else's task that the form never showed.
    let mut forged = fields.clone();
    for (name, value) in &mut forged {
        if name == "was" {
            *value = "GEO-5\t1\ttodo\t2026-11-18".to_owned();
        }
    }
    forged.push(("GEO-5".to_owned(), "done".to_owned()));
    stranger.post(&path, &pairs(&forged, &[])).await.expect(409);
    assert_eq!(one(&app, 5, "status").await, "todo");
    change(&app, "update projects set state = 'archived'").await;
    assert_eq!(stranger.get(&path).await.expect(200).says("No task is yours").all("#rows").len(), 0);
}

#[tokio::test]
async fn it_opens_no_session_and_no_other_page() {
    let (app, _) = tasks().await;
    let (path, mut stranger, page) = followed(&app, "member").await;
    let fields = form(&page, &[("GEO-2", "doing")]);
    stranger.post(&path, &pairs(&fields, &[])).await.expect(303);
    assert_eq!(stranger.cookie("tutti"), None);
    for page in ["/", "/inbox", "/settings", "/p/GEO", "/p/GEO/tasks/1", "/projects"] {
        let answer = stranger.get(page).await.expect(303);
        assert!(answer.location().starts_with("/sign-in"), "{page}");
    }
    let answer = stranger.post("/my-work/GEO-1?version=1", &[("status", "done")]).await.expect(303);
    assert!(answer.location().starts_with("/sign-in"));
    // The secret is no cookie either.
    let secret = path.trim_start_matches("/w/");
    let answer = Client::new(&app).with_cookie("tutti", secret).get("/").await.expect(303);
    assert!(answer.location().starts_with("/sign-in"));
    // Whoever else is signed in here: the letter was written to the member, and it is the member who acts.
    let mut lead = app.sign_in("lead").await;
    let page = lead.get(&path).await.expect(200).says("member");
    lead.post(&path, &pairs(&form(&page, &[("GEO-3", "doing")]), &[])).await.expect(303);
    let actor: String = sqlx::query_scalar("select actor_name from events where subject_label = 'GEO-3'")
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    assert_eq!(actor, "member");
    lead.get("/").await.expect(200);
}

#[tokio::test]
async fn its_page_has_no_origin_to_show_and_is_heard_all_the_same() {
    let (app, _) = tasks().await;
    let path = app.work_link("member").await;
    // As browsers send it from a page without a referrer, where they do not say from which site.
    let body = "was=GEO-1%091%09todo%092026-11-13&GEO-1=doing";
    let request = |path: &str| {
        Request::post(path)
            .header("host", "tutti.test")
            .header("origin", "null")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap()
    };
    Client::new(&app).send(request(&path)).await.expect(303);
    assert_eq!(one(&app, 1, "status").await, "doing");
    app.sign_in("member").await.send(request("/")).await.expect(403);
}

/// What a link that opens nothing answers.
async fn is_dead(app: &TestApp, path: &str) -> String {
    let mut stranger = Client::new(app);
    stranger.post(path, &[("was", "GEO-1\t1\ttodo\t2026-11-13"), ("GEO-1", "done")]).await.expect(404);
    let page = stranger.get(path).await.expect(404).says("This link opens nothing").says("Sign in");
    assert_eq!(page.headers.get("referrer-policy").unwrap(), "no-referrer");
    page.body.replace(path, "/w/")
}

#[tokio::test]
async fn it_ends_after_three_days_and_says_so_in_the_persons_language() {
    let (app, _) = tasks().await;
    change(&app, "update people set language = 'zh-CN' where name = 'member'").await;
    let path = app.work_link("member").await;
    app.later(3 * 86_400 - 1);
    Client::new(&app).get(&path).await.expect(200).says("我的工作");
    app.later(1);
    let mut stranger = Client::new(&app);
    stranger.get(&path).await.expect(410).says("该链接已过期").says("3 天内有效");
    stranger.post(&path, &[("was", "GEO-1\t1\ttodo\t2026-11-13"), ("GEO-1", "done")]).await.expect(410);
    assert_eq!(one(&app, 1, "status").await, "todo");
}

#[tokio::test]
async fn what_ends_sessions_ends_links_and_a_dead_one_is_as_one_that_never_was() {
    let unknown = {
        let (app, _) = tasks().await;
        is_dead(&app, &format!("/w/{}", "0".repeat(64))).await
    };
    for end in ["sign out elsewhere", "end links", "no links wanted", "deactivated", "another address", "guest"] {
        let (app, _) = tasks().await;
        let (path, other) = (app.work_link("member").await, app.work_link("liaison").await);
        let mut member = app.sign_in("member").await;
        let id = app.id_of("member").await;
        let mut admin = app.sign_in("admin").await;
        let has_event = match end {
            "sign out elsewhere" => member.post("/settings/sessions/others", &[]).await.expect(303).status == 303,
            "end links" => member.submit("/settings/letters/end-links", &[]).await.expect(200).status == 200,
            "no links wanted" => {
                let mut fields = vec![("version", "1"), ("letters_waits", "at_once"), ("digest_hour", "8")];
                let sorts = [
                    "letters_tasks",
                    "letters_requests",
                    "letters_escalations",
                    "letters_decisions",
                    "letters_project",
                ];
                fields.extend(sorts.map(|sort| (sort, "digest")));
                member.post("/settings/letters", &fields).await.expect(303).status == 303
            }
            "deactivated" => admin.post(&format!("/admin/people/{id}/deactivate"), &[]).await.expect(303).status == 303,
            "another address" => {
                let fields = [("version", "1"), ("name", "member"), ("email", "m@qiming.example"), ("title", "")];
                admin.post(&format!("/admin/people/{id}"), &fields).await.expect(303).status == 303
            }
            _ => {
                change(&app, "update people set role = 'guest' where name = 'member'").await;
                false
            }
        };
        assert_eq!(is_dead(&app, &path).await, unknown, "{end}");
        assert_eq!(one(&app, 1, "status").await, "todo", "{end}");
        Client::new(&app).get(&other).await.expect(200);
        let ended = app.kinds().await.iter().filter(|kind| *kind == "person.work_links_ended").count();
        assert_eq!(ended, usize::from(has_event), "{end}");
    }
}

#[tokio::test]
async fn guessing_is_slowed_down_and_keeps_nobody_from_their_work() {
    let (app, _) = tasks().await;
    let path = app.work_link("member").await;
    let mut guesser = Client::new(&app);
    for number in 0..20 {
        guesser.get(&format!("/w/{number:064}")).await.expect(404);
    }
    let answer = guesser.get(&format!("/w/{:064}", 99)).await.expect(429);
    assert!(answer.headers.contains_key("retry-after"));
    guesser.get(&path).await.expect(200);
    app.later(60);
    guesser.get(&format!("/w/{:064}", 99)).await.expect(404);
    guesser.get("/w/").await.expect(404);
    guesser.get("/w/short").await.expect(429);
}
