//! Letters about what happens: at once about what waits, once a day about the rest, and ended with one click.

use super::*;
use tutti::{notices::letters, platform::config::Config, web::AppState};
use uuid::Uuid;

/// The same application with a mail server.
pub fn with_mail(app: &TestApp) -> AppState {
    let config = Config { smtp_url: Some("smtp://127.0.0.1:9".to_owned()), ..app.state.config.clone() };
    AppState::new(app.state.db.clone(), config, app.state.clock.clone())
}

/// Letters in the outbox to a person: subject and words.
pub async fn letters_to(app: &TestApp, person: &str) -> Vec<(String, String)> {
    sqlx::query_as("select subject, body_text from outbox where recipient like $1 || '@%' order by created_at, id")
        .bind(person)
        .fetch_all(&mut app.sql().await)
        .await
        .unwrap()
}

#[tokio::test]
async fn what_waits_is_written_at_once_and_once() {
    let (app, geo) = TestApp::with_project().await;
    let mailing = with_mail(&app);
    raised_as(&app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    notices::tell(&mailing).await.unwrap();
    let letters = letters_to(&app, "liaison").await;
    assert_eq!(letters.len(), 1);
    let (subject, words) = &letters[0];
    assert_eq!(
        subject,
        "other raised E-1 “What should the Team plan cost at launch?”, and 2 more changes (Write your position)"
    );
    for part in ["GEO Monitor", "/p/GEO/escalations/1", "/unsubscribe/", "No more letters like this"] {
        assert!(words.contains(part), "{part} in {words}");
    }
    assert_eq!(letters_to(&app, "lead").await, [], "for the lead's information only");
    assert_eq!(letters_to(&app, "other").await, []);
    // Nothing new is wanted: no second letter. Something new is: another.
    let id = new_uuid().to_string();
    let fields = [("comment_id", id.as_str()), ("comment", "Look.")];
    app.sign_in("other").await.post("/p/GEO/escalations/1/comment", &fields).await.expect(303);
    notices::tell(&mailing).await.unwrap();
    assert_eq!(letters_to(&app, "liaison").await.len(), 1);
    app.sign_in("other").await.post("/p/GEO/escalations/1/propose", &[("settlement", "349")]).await.expect(303);
    notices::tell(&mailing).await.unwrap();
    let letters = letters_to(&app, "liaison").await;
    assert!(letters.len() == 2 && letters[1].0.contains("(Confirm or refuse)"), "{letters:?}");
}

#[tokio::test]
async fn the_rest_comes_once_a_day_at_the_hour_that_was_chosen() {
    let (app, geo) = TestApp::with_project().await;
    let mailing = with_mail(&app);
    raised_as(&app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    notices::tell(&mailing).await.unwrap();
    let mut lead = app.sign_in("lead").await;
    let page = lead.get("/settings/letters").await.expect(200);
    let version = page.attribute("input[name=version]", "value").unwrap();
    let mut fields = vec![("version", version.as_str()), ("letters_waits", "at_once"), ("digest_hour", "11")];
    for sort in ["letters_tasks", "letters_requests", "letters_escalations", "letters_decisions", "letters_project"] {
        fields.push((sort, "digest"));
    }
    lead.post("/settings/letters", &fields).await.expect(303);
    assert_eq!(letters::digest(&mailing).await.unwrap(), 0, "ten o'clock");
    app.state.clock.set("2026-11-18T03:00:00Z".parse().unwrap());
    let (one, two) = tokio::join!(letters::digest(&mailing), letters::digest(&mailing));
    assert_eq!(one.unwrap() + two.unwrap(), 1, "whoever is faster");
    let letters = letters_to(&app, "lead").await;
    assert_eq!(letters.len(), 1);
    assert!(letters[0].0.starts_with("Tutti on") && letters[0].1.contains("other raised E-1"), "{letters:?}");
    // Nothing twice, nothing on a Saturday.
    app.state.clock.set("2026-11-19T03:00:00Z".parse().unwrap());
    assert_eq!(letters::digest(&mailing).await.unwrap(), 0, "nothing new");
    app.state.clock.set("2026-11-21T03:00:00Z".parse().unwrap());
    raised_as(&app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    notices::tell(&mailing).await.unwrap();
    assert_eq!(letters::digest(&mailing).await.unwrap(), 0, "Saturday");
    app.state.clock.set("2026-11-23T03:00:00Z".parse().unwrap());
    assert_eq!(letters::digest(&mailing).await.unwrap(), 1);
}

/// The address of the link to the tasks in a letter, if it has one.
fn work_link(words: &str) -> Option<String> {
    let start = words.find("/w/")?;
    Some(words[start..].lines().next().unwrap().to_owned())
}

/// Who may have a daily letter by now has news, and is written to.
async fn digested(app: &TestApp, geo: Uuid, mailing: &AppState, day: &str) {
    app.state.clock.set(format!("{day}T02:00:00Z").parse().unwrap());
    raised_as(app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    notices::tell(mailing).await.unwrap();
    sqlx::query("update notices set mailed_at = null, want = null").execute(&mut app.sql().await).await.unwrap();
    letters::digest(mailing).await.unwrap();
}

#[tokio::test]
async fn a_liaisons_daily_letter_carries_a_link_to_their_tasks() {
    let (app, geo) = TestApp::with_project().await;
    let mailing = with_mail(&app);
    app.task(geo, "MKT", "Price list", Some("liaison"), "2026-12-01").await;
    digested(&app, geo, &mailing, "2026-11-18").await;
    let mut stranger = crate::support::Client::new(&app);
    let words = letters_to(&app, "liaison").await.pop().unwrap().1;
    assert!(words.contains("Update my tasks, no password needed") && words.contains("works for 3 days"), "{words}");
    let path = work_link(&words).unwrap();
    stranger.get(&path).await.expect(200).says("Price list");
    let kept = value(&app, "select string_agg(w::text, ' ') from work_links w").await;
    assert!(!kept.contains(path.trim_start_matches("/w/")), "only the hash is kept");
    let html =
        value(&app, "select body_html from outbox where recipient like 'liaison@%' order by id desc limit 1").await;
    assert!(html.contains(&path) && html.contains("/inbox"), "{html}");
    // Who speaks for nobody gets none.
    let others: Vec<(String, String)> =
        sqlx::query_as("select recipient, body_text from outbox where recipient !~ '^(liaison|other)@'")
            .fetch_all(&mut app.sql().await)
            .await
            .unwrap();
    assert!(others.iter().any(|(who, _)| who.starts_with("lead@")), "{others:?}");
    assert!(others.iter().all(|(_, words)| work_link(words).is_none()), "{others:?}");
    // Nor does who wants none.
    sqlx::query("update letter_settings set work_link = false").execute(&mut app.sql().await).await.unwrap();
    digested(&app, geo, &mailing, "2026-11-19").await;
    let letters = letters_to(&app, "liaison").await;
    assert!(letters.len() >= 2 && work_link(&letters.last().unwrap().1).is_none(), "{letters:?}");
    // Nor of a project that is over.
    sqlx::query("update letter_settings set work_link = true").execute(&mut app.sql().await).await.unwrap();
    digested(&app, geo, &mailing, "2026-11-20").await;
    assert!(work_link(&letters_to(&app, "liaison").await.last().unwrap().1).is_some());
}

#[tokio::test]
async fn whether_links_are_wanted_is_kept_with_the_other_choices() {
    let (app, _) = TestApp::with_project().await;
    let mut liaison = app.sign_in("liaison").await;
    let page = liaison.get("/settings/letters").await.expect(200);
    assert!(page.attribute("#work_link", "checked").is_some(), "usually");
    let mut fields = vec![("version", "1"), ("letters_waits", "at_once"), ("digest_hour", "8")];
    for sort in ["letters_tasks", "letters_requests", "letters_escalations", "letters_decisions", "letters_project"] {
        fields.push((sort, "digest"));
    }
    let page = liaison.submit("/settings/letters", &fields).await.expect(200);
    assert!(page.attribute("#work_link", "checked").is_none());
    fields.push(("work_link", "1"));
    fields[0].1 = "1";
    let page = liaison.submit("/settings/letters", &fields).await.expect(200);
    assert!(page.attribute("#work_link", "checked").is_some());
    liaison.submit("/settings/letters/end-links", &[]).await.expect(200).says("open nothing any more");
    // Nothing of it for guests, who have no tasks.
    assert!(
        app.sign_in("guest").await.get("/settings/letters").await.expect(200).attribute("#work_link", "name").is_none()
    );
}

#[tokio::test]
async fn who_has_not_voted_is_reminded_once_and_the_chair_then_owes_the_next_step() {
    let (app, geo) = TestApp::with_project().await;
    let mailing = with_mail(&app);
    for name in ["second", "aside"] {
        app.person(name, "member").await;
        app.seat(geo, name, "committee", None).await;
    }
    let path = before_committee(&app, geo).await;
    notices::tell(&mailing).await.unwrap();
    let b = option(&app, "B").await;
    app.sign_in("second").await.post(&format!("{path}/ballot"), &[("vote", b.as_str())]).await.expect(303);
    app.sign_in("aside")
        .await
        .post(&format!("{path}/aside"), &[("aside_reason", "My brother sells it.")])
        .await
        .expect(303);
    let counts = async || {
        let mut counts = Vec::new();
        for name in ["committee", "second", "aside", "chair"] {
            counts.push(letters_to(&app, name).await.len());
        }
        counts
    };
    assert_eq!(counts().await, [1, 1, 1, 1], "asked to vote");
    let told = async |moment: &str| {
        app.at(moment).await;
        notices::tell(&mailing).await.unwrap();
        counts().await
    };
    assert_eq!(told("2026-11-20T16:00").await, [2, 1, 1, 2], "half of the time: who has not voted");
    assert_eq!(told("2026-11-24T12:00").await, [2, 1, 1, 3], "a quarter: the chair");
    assert_eq!(told("2026-11-26T12:00").await, [2, 1, 1, 4], "it is over: the chair");
    let letters = letters_to(&app, "chair").await;
    assert!(letters[1].0.ends_with("(Vote)") && letters[2].1.contains("(Record the decision)"), "{letters:?}");
}

#[tokio::test]
async fn a_reminder_that_no_worker_sent_in_time_is_made_up_for_and_a_deputy_is_reminded_for_the_chair() {
    let (app, geo) = TestApp::with_project().await;
    let mailing = with_mail(&app);
    before_committee(&app, geo).await;
    notices::tell(&mailing).await.unwrap();
    sqlx::query(
        "insert into committee_rules (project_id, deputy_id, chair_away_until)
         select $1, id, '2026-12-31' from people where name = 'committee'",
    )
    .bind(geo)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    app.at("2026-11-24T12:00").await;
    assert_eq!(app.inbox("chair").await.len(), 1);
    notices::tell(&mailing).await.unwrap();
    let last = async |name: &str| letters_to(&app, name).await.pop().unwrap().0;
    assert!(last("chair").await.ends_with("(Vote)"), "late, and once: {}", last("chair").await);
    assert!(last("committee").await.contains("(Record the decision)"), "{}", last("committee").await);
    app.at("2026-11-26T12:00").await;
    notices::tell(&mailing).await.unwrap();
    let counts = [letters_to(&app, "chair").await.len(), letters_to(&app, "committee").await.len()];
    assert_eq!(counts, [2, 3], "the chair is away and has been reminded");
}

#[tokio::test]
async fn guests_hear_what_was_decided_on_what_they_were_asked() {
    let (app, geo) = TestApp::with_project().await;
    let mailing = with_mail(&app);
    let path = before_committee(&app, geo).await;
    let guest = app.id_of("guest").await.to_string();
    let mut lead = app.sign_in("lead").await;
    lead.post(&format!("{path}/invite"), &[("person", &guest)]).await.expect(303);
    app.person("dismissed", "guest").await;
    let dismissed = app.id_of("dismissed").await.to_string();
    lead.post(&format!("{path}/invite"), &[("person", &dismissed)]).await.expect(303);
    lead.post(&format!("{path}/uninvite"), &[("person", &dismissed)]).await.expect(303);
    notices::tell(&mailing).await.unwrap();
    let (a, owner, id) = (option(&app, "A").await, app.id_of("lead").await.to_string(), new_uuid().to_string());
    app.sign_in("chair").await.post(&format!("{path}/decide"), &ruling(&id, &a, &owner)).await.expect(303);
    notices::tell(&mailing).await.unwrap();
    let title = value(&app, "select title from decisions").await;
    let line = format!("E-1 has been decided: {title}");
    for name in ["guest", "adviser"] {
        let mut outsider = app.sign_in(name).await;
        let page = outsider.get("/inbox").await.expect(200);
        assert_eq!(page.all(".notice .ttl"), [line.as_str()], "{name}");
        for secret in ["GEO Monitor", "chair", "lead", "Halo"] {
            assert!(!page.text().contains(secret), "{secret}: {}", page.text());
        }
        let action = page.attribute(".notice form", "action").unwrap();
        let href = outsider.post(&action, &[]).await.expect(303).location().to_owned();
        assert_eq!(href, path);
        outsider.get(&href).await.expect(200).says(&title);
        outsider.get(&format!("{path}/packs/1")).await.expect(200).says("Decided on Wed 18 Nov: A 299 flat");
        outsider.clone().chinese().get(&format!("{path}/packs/1")).await.expect(200).says("已作出决定：A 299 flat");
    }
    assert_eq!(app.inbox("dismissed").await, [""; 0], "not asked any more");
    // By mail the same words, in the daily letter.
    app.state.clock.set("2026-11-19T02:00:00Z".parse().unwrap());
    sqlx::query("update notices set read_at = null").execute(&mut app.sql().await).await.unwrap();
    letters::digest(&mailing).await.unwrap();
    let words = letters_to(&app, "guest").await.pop().unwrap().1;
    assert!(words.contains(&line) && !words.contains("GEO Monitor") && !words.contains("chair"), "{words}");
}

#[tokio::test]
async fn choices_are_checked_kept_and_not_overwritten_from_another_window() {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    let mut fields =
        vec![("version", "1"), ("letters_waits", "never"), ("digest_hour", "25"), ("letters_tasks", "at_once")];
    let page = lead.post("/settings/letters", &fields).await.expect(422);
    assert_eq!(page.attribute("#letters_waits option[selected]", "value").as_deref(), Some("never"), "kept");
    assert!(page.attribute("#digest_hour", "aria-invalid").is_some());
    fields = vec![("version", "1"), ("letters_waits", "never"), ("digest_hour", "7")];
    for sort in ["letters_tasks", "letters_requests", "letters_escalations", "letters_decisions", "letters_project"] {
        fields.push((sort, "never"));
    }
    lead.post("/settings/letters", &fields).await.expect(303);
    fields[2].1 = "9";
    lead.post("/settings/letters", &fields).await.expect(303);
    fields[2].1 = "10";
    lead.post("/settings/letters", &fields).await.expect(409).says("another window");
    assert_eq!(value(&app, "select digest_hour::text from letter_settings").await, "9");
    lead.get("/settings").await.expect(200).says("Mail");
}

#[tokio::test]
async fn one_click_ends_a_sort_of_letter_and_does_nothing_else() {
    let (app, geo) = TestApp::with_project().await;
    let mailing = with_mail(&app);
    raised_as(&app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    notices::tell(&mailing).await.unwrap();
    let words = letters_to(&app, "liaison").await.remove(0).1;
    let start = words.find("/unsubscribe/").unwrap();
    let path = words[start..].lines().next().unwrap().to_owned();
    let mut nobody = crate::support::Client::new(&app);
    nobody.get(&path).await.expect(200).says("Stop letters about");
    assert_eq!(value(&app, "select waits from letter_settings").await, "at_once", "looking ends nothing");
    // Another sort, another person, another signature.
    nobody.post(&path.replace("/waits/", "/tasks/"), &[]).await.expect(404);
    let other = if path.ends_with('0') { '1' } else { '0' };
    nobody.post(&format!("{}{other}", &path[..path.len() - 1]), &[]).await.expect(404);
    nobody.get("/unsubscribe/nobody/tasks/0").await.expect(404);
    nobody.post("/unsubscribe/nobody/tasks/0", &[]).await.expect(404);
    nobody.get("/unsubscribe/nobody/everything/0").await.expect(404);
    // As a mail program does: no cookie, no origin.
    let one_click = axum::http::Request::post(&path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(axum::body::Body::from("List-Unsubscribe=One-Click"))
        .unwrap();
    nobody.send(one_click).await.expect(200).says("You get no more letters");
    nobody.post(&path, &[]).await.expect(200);
    assert_eq!(value(&app, "select waits || tasks from letter_settings").await, "neverdigest");
    assert_eq!(nobody.get("/").await.status, 303, "nobody is signed in by it");
    raised_as(&app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    notices::tell(&mailing).await.unwrap();
    assert_eq!(letters_to(&app, "liaison").await.len(), 1);
    let actor = value(&app, "select actor_name from events where kind = 'person.settings_changed'").await;
    assert_eq!(actor, "liaison");
}

#[tokio::test]
async fn the_daily_letter_ends_whole_and_twenty_clicks_at_once_are_one() {
    let (app, geo) = TestApp::with_project().await;
    let mailing = with_mail(&app);
    digested(&app, geo, &mailing, "2026-11-18").await;
    let words = letters_to(&app, "lead").await.pop().unwrap().1;
    assert!(words.contains("No more daily summaries"), "{words}");
    let start = words.find("/unsubscribe/").unwrap();
    let path = words[start..].lines().next().unwrap().to_owned();
    let ask = crate::support::Client::new(&app).chinese().get(&path).await.expect(200);
    ask.says("不再接收每日汇总？");
    let clicks = (0..20).map(|_| {
        let (mut browser, path) = (crate::support::Client::new(&app), path.clone());
        tokio::spawn(async move { browser.post(&path, &[]).await.status.as_u16() })
    });
    let clicks: Vec<_> = clicks.collect();
    for click in clicks {
        assert_eq!(click.await.unwrap(), 200);
    }
    let chosen = "select concat_ws(' ', waits, tasks, requests, escalations, decisions, project) from letter_settings
                  where person_id = (select id from people where name = 'lead')";
    assert_eq!(value(&app, chosen).await, "at_once never never never never never");
    digested(&app, geo, &mailing, "2026-11-19").await;
    assert_eq!(letters_to(&app, "lead").await.len(), 1);
}

#[tokio::test]
async fn a_guest_reads_of_what_is_put_before_them_and_of_nobody() {
    let (app, geo) = TestApp::with_project().await;
    let mailing = with_mail(&app);
    before_committee(&app, geo).await;
    notices::tell(&mailing).await.unwrap();
    let letters = letters_to(&app, "adviser").await;
    assert_eq!(letters.len(), 1);
    let (subject, words) = &letters[0];
    assert_eq!(subject, "E-1: What should the Team plan cost at launch? (Give your view)");
    for secret in ["GEO Monitor", "lead", "other", "passed"] {
        assert!(!words.replace("/p/GEO/", "").contains(secret), "{secret} in {words}");
    }
    assert_eq!(letters_to(&app, "guest").await, []);
}

#[tokio::test]
async fn without_a_mail_server_nothing_is_queued() {
    let (app, geo) = TestApp::with_project().await;
    raised_as(&app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    notices::tell(&app.state).await.unwrap();
    assert_eq!(letters::digest(&app.state).await.unwrap(), 0);
    assert_eq!(value(&app, "select count(*)::text from outbox").await, "0");
    app.sign_in("lead").await.get("/settings/letters").await.expect(200).says("no mail server");
}

/// Daily letters lock settings before lines, letters at once lines before settings: neither begins while the other is about it.
#[tokio::test]
async fn letters_at_once_wait_while_daily_ones_take_their_lines() {
    const LETTERS_LOCK: i64 = 0x6c65_7474_6572_7321;
    let (app, geo) = TestApp::with_project().await;
    raised_as(&app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    notices::tell(&app.state).await.unwrap();
    let (mailing, mut daily) = (with_mail(&app), app.sql().await);
    sqlx::raw_sql("begin").execute(&mut daily).await.unwrap();
    sqlx::query("select pg_advisory_xact_lock($1)").bind(LETTERS_LOCK).execute(&mut daily).await.unwrap();
    let at_once = tokio::spawn(async move { letters::send_at_once(&mailing).await.unwrap() });
    app.waits_for_a_lock(|| at_once.is_finished()).await;
    assert!(letters_to(&app, "liaison").await.is_empty());
    sqlx::raw_sql("commit").execute(&mut daily).await.unwrap();
    assert_eq!(at_once.await.unwrap(), 1);
    assert_eq!(letters_to(&app, "liaison").await.len(), 1);
}
