//! Letters, against a small mail server on loopback.

use super::{PASSWORD, door::try_from};
use crate::support::{
    Client, TestApp,
    smtp::{SmtpServer, Trouble},
};
use std::time::Duration;
use tutti::{accounts::caretaker, platform::locale::Language};

async fn with_mail() -> (TestApp, SmtpServer) {
    let (app, server) = TestApp::with_mail(10.0).await;
    app.found_organisation().await;
    app.set_password("admin", PASSWORD).await;
    (app, server)
}

/// The link in a letter, its lines joined as mail programs do.
fn link(letter: &str, path: &str) -> String {
    let joined = letter.replace("=\n", "");
    let start = joined.find(path).unwrap_or_else(|| panic!("no {path} in {joined}"));
    joined[start..].chars().take(path.len() + 64).collect()
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_by_letter() {
    let (app, server) = with_mail().await;
    let mut browser = Client::new(&app);
    browser.get("/forgot").await.expect(200).says("Set a new password");
    browser.post("/forgot", &[]).await.expect(422).says("Enter your work email");
    let known = browser.post("/forgot", &[("email", "Admin@Qiming.example")]).await.expect(200).body;
    let unknown = browser.post("/forgot", &[("email", "Nobody@Qiming.example")]).await.expect(200).body;
    assert_eq!(known.replace("Admin", ""), unknown.replace("Nobody", ""));
    browser.post("/forgot", &[("email", "no address at all")]).await.expect(200).says("Look into your mailbox");
    assert_eq!(app.kinds().await, ["person.link_made"]);

    assert!(app.send_one().await);
    assert!(!app.send_one().await);
    let letters = server.letters();
    assert_eq!(letters.len(), 1);
    let letter = &letters[0];
    let id: uuid::Uuid = sqlx::query_scalar("select id from outbox where sent_at is not null")
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    assert!(letter.contains(&format!("Message-ID: <{id}@qiming.example>")), "{letter}");
    assert!(letter.contains("To: admin@qiming.example") && letter.contains("Auto-Submitted: auto-generated"));
    assert!(letter.contains("text/plain") && letter.contains("text/html"));
    let kept: String =
        sqlx::query_scalar("select body_text || body_html from outbox").fetch_one(&mut app.sql().await).await.unwrap();
    assert_eq!(kept, "", "a sent letter's secret is forgotten");
    let link = link(letter, "/reset/");
    browser.post(&link, &[("password", "a new password, a good one")]).await.expect(303);
    browser.get("/settings").await.expect(200);
}

#[tokio::test]
async fn an_invitation_is_written_in_the_language_of_the_invited() {
    let (app, server) = with_mail().await;
    app.invite("苏晴@qiming.example", Language::Chinese).await;
    app.invite("su.qing@qiming.example", Language::Chinese).await;
    assert!(app.send_one().await && app.send_one().await);
    let letters = server.letters();
    let letter = letters.iter().find(|letter| letter.contains("su.qing")).unwrap();
    let link = link(letter, "/invitation/");
    Client::new(&app).get(&link).await.expect(200).says("加入 Qiming");
    assert!(letter.contains("zh-CN") || letter.contains("base64"), "{letter}");
}

#[tokio::test]
async fn a_refused_letter_is_tried_again_and_given_up_in_the_end() {
    let (app, server) = with_mail().await;
    app.invite("su.qing@qiming.example", Language::English).await;
    server.trouble(Trouble::RefuseSender, 2);
    assert!(app.send_one().await);
    assert!(!app.send_one().await, "it waits");
    app.later(30);
    assert!(app.send_one().await);
    app.later(30);
    assert!(!app.send_one().await, "it waits longer");
    app.later(30);
    assert!(app.send_one().await);
    assert_eq!(server.letters().len(), 1);

    server.trouble(Trouble::RefuseSender, 1000);
    app.invite("lin.yue@qiming.example", Language::English).await;
    let mut tries = 0;
    for _ in 0..40 {
        if app.send_one().await {
            tries += 1;
        }
        app.later(7 * 3600);
    }
    assert_eq!(tries, 12);
    let (failed, words): (bool, String) =
        sqlx::query_as("select failed_at is not null, body_text from outbox where recipient like 'lin%'")
            .fetch_one(&mut app.sql().await)
            .await
            .unwrap();
    assert!(failed && words.is_empty());
}

#[tokio::test]
async fn two_processes_send_a_letter_once_and_one_that_died_is_made_up_for() {
    let (app, server) = with_mail().await;
    for number in 0..6 {
        app.invite(&format!("person{number}@qiming.example"), Language::English).await;
    }
    let all = async || while app.send_one().await {};
    tokio::join!(all(), all(), all());
    assert_eq!(server.letters().len(), 6);
    // Taken by a process that ended before it could say how it went.
    sqlx::query("update outbox set sent_at = null, next_try_at = $1::timestamptz + interval '2 minutes'")
        .bind("2026-11-18T02:00:00Z")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    assert!(!app.send_one().await);
    app.later(120);
    assert!(app.send_one().await);
}

#[tokio::test]
async fn the_queue_sends_letters_and_ends_with_the_program() {
    let (app, server) = with_mail().await;
    let work = tokio::spawn(tutti::jobs::work(app.state.clone()));
    Client::new(&app).post("/forgot", &[("email", "admin@qiming.example")]).await.expect(200);
    server.until("a letter", |server| server.letters().len() == 1).await;
    app.state.is_stopping.store(true, std::sync::atomic::Ordering::Relaxed);
    tokio::time::timeout(Duration::from_secs(5), work).await.unwrap().unwrap();
}

#[tokio::test]
async fn nobody_is_flooded_with_letters() {
    let (app, _server) = with_mail().await;
    for _ in 0..5 {
        Client::new(&app).post("/forgot", &[("email", "admin@qiming.example")]).await.expect(200).says("Look into");
    }
    assert_eq!(app.kinds().await.len(), 3, "three letters, whatever the page says");
    for number in 0..15 {
        Client::new(&app).post("/forgot", &[("email", &format!("p{number}@b.example"))]).await.expect(200);
    }
    let answer = Client::new(&app).post("/forgot", &[("email", "one@more.example")]).await.expect(429);
    assert!(answer.headers.contains_key("retry-after"));
    assert_eq!(answer.attribute("#email", "value").unwrap(), "one@more.example");
    // Signing in is counted apart.
    try_from(&mut Client::new(&app), "203.0.113.9", "admin@qiming.example", PASSWORD).await.expect(303);
}

#[tokio::test]
async fn what_has_run_out_is_deleted() {
    let (app, _server) = with_mail().await;
    app.invite("su.qing@qiming.example", Language::English).await;
    app.send_one().await;
    let form = [("email", "admin@qiming.example"), ("password", "a wrong password")];
    Client::new(&app).post("/sign-in", &form).await.expect(422);
    let form = [("email", "admin@qiming.example"), ("password", PASSWORD)];
    Client::new(&app).post("/sign-in", &form).await.expect(303);
    app.work_link("admin").await;
    app.later(500 * 86_400);
    caretaker::tidy(&app.state).await.unwrap();
    for table in ["sessions", "known_browsers", "one_time_links", "work_links", "sign_in_failures", "outbox"] {
        let left: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {table}")))
            .fetch_one(&mut app.sql().await)
            .await
            .unwrap();
        assert_eq!(left, 0, "{table}");
    }
}
