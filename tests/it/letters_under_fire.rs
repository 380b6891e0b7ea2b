//! Letters to a mail server that misbehaves, and from a program that is killed: nothing is lost, and what comes twice can be told
//! by its Message-ID.

use crate::support::{
    TestApp,
    smtp::{SmtpServer, Trouble},
    statements,
};
use sqlx::ConnectOptions;
use std::{
    collections::BTreeSet,
    process::{Child, Command, Stdio},
    sync::atomic::AtomicBool,
    time::{Duration, Instant},
};
use tutti::platform::{
    locale::Language,
    mail::{Letter, Post},
    outbox::{self, Sender},
};

/// Seconds that a letter may take in the test that runs into it.
const SHORT: f64 = 0.3;

async fn queue(app: &TestApp, name: &str) {
    let letter = Letter {
        to: format!("{name}@qiming.example"),
        language: Language::English,
        subject: format!("To {name}"),
        opening: vec!["Dear reader,".to_owned()],
        links: Vec::new(),
        closing: Vec::new(),
        unsubscribe: None,
    };
    let mut lease = app.state.db.begin().await.unwrap();
    outbox::queue(&mut lease, &app.state.config, app.state.clock.now(), &letter).await.unwrap();
    lease.commit().await.unwrap();
}

/// How the letter to somebody stands: `sent`, `failed` or `waiting`, with its tries and the last problem.
async fn standing(app: &TestApp, name: &str) -> (String, i32, String) {
    sqlx::query_as(
        "select case when sent_at is not null then 'sent' when failed_at is not null then 'failed' else 'waiting' end, tries,
                coalesce(last_error, '') from outbox where recipient like $1 || '@%'",
    )
    .bind(name)
    .fetch_one(&mut app.sql().await)
    .await
    .unwrap()
}

#[tokio::test]
async fn a_server_that_dies_before_its_answer_gets_the_same_letter_again() {
    let (app, server) = TestApp::with_mail(10.0).await;
    queue(&app, "su").await;
    server.trouble(Trouble::DieBeforeAnswer, 1);
    assert!(app.send_one().await);
    let (state, tries, problem) = standing(&app, "su").await;
    assert_eq!((state.as_str(), tries), ("waiting", 1), "{problem}");
    assert_ne!(problem, "");
    assert!(!app.send_one().await, "not at once");
    app.later(30);
    assert!(app.send_one().await);
    assert_eq!(standing(&app, "su").await.0, "sent");
    let ids = server.ids();
    assert!(ids.len() == 2 && ids[0] == ids[1], "one letter to its receiver: {ids:?}");
    app.later(3600);
    assert!(!app.send_one().await);
}

#[tokio::test]
async fn a_server_that_hangs_keeps_nobody_elses_letter() {
    let (app, server) = TestApp::with_mail(SHORT).await;
    queue(&app, "su").await;
    queue(&app, "lin").await;
    server.trouble(Trouble::HangAfterSender, 1);
    let began = Instant::now();
    // One run, with the connections that it keeps.
    let post = Post::of(&app.state.config).unwrap();
    let sender = Sender { db: &app.state.db, clock: &app.state.clock, post };
    let is_stopping = AtomicBool::new(false);
    let run = tokio::time::timeout(Duration::from_secs(20), sender.send_all(&is_stopping));
    run.await.expect("it hangs with the server").unwrap();
    assert!(began.elapsed() < Duration::from_secs(10), "gave up after {:?}", began.elapsed());
    let (state, _, problem) = standing(&app, "su").await;
    assert!(state == "waiting" && problem.contains("in time"), "{state} {problem}");
    assert_eq!(standing(&app, "lin").await.0, "sent", "the other letter goes in the same run");
    app.later(30);
    assert!(app.send_one().await);
    assert_eq!(standing(&app, "su").await.0, "sent");
    let ids: BTreeSet<String> = server.ids().into_iter().collect();
    assert_eq!((server.letters().len(), ids.len()), (2, 2), "each once");
}

#[tokio::test]
async fn a_server_that_says_later_gets_it_later() {
    let (app, server) = TestApp::with_mail(10.0).await;
    queue(&app, "su").await;
    server.trouble(Trouble::RefuseSender, 1);
    server.trouble(Trouble::RefuseReceiver, 1);
    for wait in [30, 60] {
        assert!(app.send_one().await);
        let (state, _, problem) = standing(&app, "su").await;
        assert!(state == "waiting" && problem.contains("later"), "{state} {problem}");
        app.later(wait - 1);
        assert!(!app.send_one().await, "before {wait} seconds");
        app.later(1);
    }
    assert!(app.send_one().await);
    assert_eq!((server.letters().len(), standing(&app, "su").await.0), (1, "sent".to_owned()));
}

#[tokio::test]
async fn a_receiver_who_is_gone_stops_nobody_elses_letter() {
    let (app, server) = TestApp::with_mail(10.0).await;
    for name in ["lin", "gone", "su"] {
        queue(&app, name).await;
    }
    server.knows_nobody_called("gone@");
    while app.send_one().await {}
    for name in ["lin", "su"] {
        assert_eq!(standing(&app, name).await, ("sent".to_owned(), 1, String::new()), "{name}");
    }
    let (state, tries, problem) = standing(&app, "gone").await;
    assert!(state == "waiting" && tries == 1 && problem.contains("nobody here"), "{state} {tries} {problem}");
    // Servers say so of people whom they know again tomorrow: given up after a day, and not forgotten.
    for _ in 0..40 {
        app.later(7 * 3600);
        app.send_one().await;
    }
    let (state, tries, problem) = standing(&app, "gone").await;
    assert!(state == "failed" && tries == 12 && problem.contains("nobody here"), "{state} {tries} {problem}");
    assert_eq!(server.letters().len(), 2);
}

/// The real program on a database of the test's.
struct Program(Child);

impl Program {
    fn start(app: &TestApp, server: &SmtpServer) -> Self {
        let program = Command::new(env!("CARGO_BIN_EXE_tutti"))
            .arg("serve")
            .env("DATABASE_URL", app.options().to_url_lossy().to_string())
            .env("TUTTI_LISTEN", "127.0.0.1:0")
            .env("TUTTI_SMTP_URL", &server.url)
            .env("TUTTI_SMTP_TIMEOUT", "20")
            .env("TUTTI_LOG", "error")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Self(program.unwrap())
    }

    /// `kill -9`.
    fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _killed = self.0.kill();
        let _reaped = self.0.wait();
    }
}

/// The time is over after which what a killed program had taken goes to another; as by any new letter, the queue is woken.
async fn time_passes(app: &TestApp) {
    let mut sql = app.sql().await;
    sqlx::query("update outbox set next_try_at = now() where sent_at is null").execute(&mut sql).await.unwrap();
    sqlx::query("select enqueue_job('mail.send_letters', '{}', now())").execute(&mut sql).await.unwrap();
}

async fn all_sent(app: &TestApp) {
    let began = Instant::now();
    let left = async || -> i64 {
        sqlx::query_scalar("select count(*) from outbox where sent_at is null")
            .fetch_one(&mut app.sql().await)
            .await
            .unwrap()
    };
    while left().await > 0 {
        assert!(began.elapsed() < Duration::from_secs(30), "{} letters were never sent", left().await);
        tokio::task::yield_now().await;
    }
}

/// Kills the program in the middle of a letter; how many letters came, how many different ones, of five, and how many were in
/// the middle: one, unless a new minute began at that very moment.
async fn killed_while_sending(trouble: Trouble) -> (usize, usize, usize) {
    statements::listen();
    let (app, server) = TestApp::with_mail(10.0).await;
    app.found_organisation().await;
    for name in ["one", "two", "three", "four", "five"] {
        queue(&app, name).await;
    }
    // One job, so that one letter goes after the other. Two go well; in the third it is killed.
    sqlx::query("delete from graphile_worker._private_jobs").execute(&mut app.sql().await).await.unwrap();
    server.pass(2);
    server.trouble(trouble, 5);
    time_passes(&app).await;
    let program = Program::start(&app, &server);
    server.until("in the middle of a letter", |server| server.hanging() > 0).await;
    let hanging = server.hanging();
    program.kill();
    server.until("rid of the program", |server| server.hanging() == 0).await;
    server.behave();
    let _second = Program::start(&app, &server);
    time_passes(&app).await;
    all_sent(&app).await;
    let ids: BTreeSet<String> = server.ids().into_iter().collect();
    (server.letters().len(), ids.len(), hanging)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_killed_before_the_answer_sends_one_letter_twice_and_none_never() {
    let (came, different, hanging) = killed_while_sending(Trouble::HangBeforeAnswer).await;
    assert_eq!((came, different), (5 + hanging, 5));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_killed_before_the_letter_was_handed_over_sends_each_once() {
    let (came, different, _) = killed_while_sending(Trouble::HangAfterSender).await;
    assert_eq!((came, different), (5, 5));
}
