//! Letters about what happens: at once about what waits, once a day about the rest, and ended with one click.

use super::*;
use tutti::{notices::letters, platform::config::Config, web::AppState};

/// The same application with a mail server.
fn with_mail(app: &TestApp) -> AppState {
    let config = Config { smtp_url: Some("smtp://127.0.0.1:9".to_owned()), ..app.state.config.clone() };
    AppState::new(app.state.db.clone(), config, app.state.clock.clone())
}

/// Letters in the outbox to a person: subject and words.
async fn letters_to(app: &TestApp, person: &str) -> Vec<(String, String)> {
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
    nobody.post(&format!("{}0", &path[..path.len() - 1]), &[]).await.expect(404);
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
