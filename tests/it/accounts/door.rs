//! In and out, and how fast passwords may be guessed at.

use super::PASSWORD;
use crate::support::{Answer, Client, TestApp, statements};
use axum::{body::Body, extract::ConnectInfo, http::Request};
use std::net::SocketAddr;

async fn with_password() -> TestApp {
    let app = TestApp::organisation().await;
    app.set_password("admin", PASSWORD).await;
    app
}

/// Tries to sign in from an address.
pub async fn try_from(browser: &mut Client, address: &str, email: &str, password: &str) -> Answer {
    try_through(browser, address, "", email, password).await
}

/// Tries to sign in from an address that says to speak for others.
async fn try_through(browser: &mut Client, address: &str, forwarded: &str, email: &str, password: &str) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("email", email)
        .append_pair("password", password)
        .finish();
    let request = browser
        .prepared("POST", "/sign-in")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header("x-forwarded-for", forwarded)
        .extension(ConnectInfo(SocketAddr::new(address.parse().unwrap(), 4711)))
        .body(Body::from(body))
        .unwrap();
    browser.send(request).await
}

#[tokio::test]
async fn in_and_out() {
    let app = with_password().await;
    let mut browser = Client::new(&app);
    let page = browser.get("/sign-in?email=su%40qiming.example").await.expect(200);
    assert_eq!(page.attribute("#email", "value").unwrap(), "su@qiming.example");
    let page = browser.get("/sign-in?next=%2Fsettings").await.expect(200).says("Sign in to Qiming");
    assert_eq!(page.attribute("input[name=next]", "value").unwrap(), "/settings");
    let answer = browser
        .post(
            "/sign-in",
            &[("email", " Admin@Qiming.example "), ("password", PASSWORD), ("keep", "1"), ("next", "/settings")],
        )
        .await
        .expect(303);
    assert_eq!(answer.location(), "/settings");
    let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
    assert!(cookies.iter().any(|c| c.starts_with("tutti=") && c.contains("HttpOnly; SameSite=Lax; Max-Age=2592000")));
    assert_eq!(browser.get("/sign-in").await.expect(303).location(), "/");
    let kept: i64 = sqlx::query_scalar("select count(*) from sessions where token_hash = sha256($1)")
        .bind(browser.cookie("tutti").unwrap().into_bytes())
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    assert_eq!(kept, 1, "the hash is kept, not the secret");

    assert_eq!(browser.post("/sign-out", &[]).await.expect(303).location(), "/sign-in");
    assert!(browser.cookie("tutti").is_none());
    browser.get("/sign-in").await.expect(200).says("You are signed out.");
    assert_eq!(app.kinds().await, ["session.signed_in", "session.signed_out"]);
    browser.post("/sign-out", &[]).await.expect(303);
}

#[tokio::test]
async fn signing_in_again_rotates_the_session() {
    let app = with_password().await;
    let mut browser = Client::new(&app);
    let form = [("email", "admin@qiming.example"), ("password", PASSWORD)];
    let answer = browser.post("/sign-in", &form).await.expect(303);
    let session = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap().to_owned());
    assert!(session.into_iter().all(|cookie| !cookie.starts_with("tutti=") || !cookie.contains("Max-Age")));
    let first = browser.cookie("tutti").unwrap();
    browser.post("/sign-in", &form).await.expect(303);
    assert_ne!(browser.cookie("tutti").unwrap(), first);
    let sessions: i64 =
        sqlx::query_scalar("select count(*) from sessions").fetch_one(&mut app.sql().await).await.unwrap();
    assert_eq!(sessions, 1);
    // Without "keep" it ends after twelve hours, whatever the browser does.
    app.later(12 * 3600 + 1);
    assert_eq!(browser.get("/sign-out-is-no-page").await.status, 404);
    browser.get("/sign-in").await.expect(200);
}

#[tokio::test]
async fn cookies_are_held_to_tls_behind_it() {
    let app = TestApp::with(|mut config| {
        config.base_url = Some("https://tutti.example".parse().unwrap());
        config
    })
    .await;
    app.found_organisation().await;
    app.set_password("admin", PASSWORD).await;
    let mut browser = Client::new(&app);
    let answer =
        browser.post("/sign-in", &[("email", "admin@qiming.example"), ("password", PASSWORD)]).await.expect(303);
    for cookie in answer.headers.get_all("set-cookie") {
        let cookie = cookie.to_str().unwrap();
        assert!(cookie.starts_with("__Host-tutti") && cookie.ends_with("; Secure"), "{cookie}");
    }
}

#[tokio::test]
async fn unknown_and_wrong_get_one_answer_and_the_audit_keeps_secrets_out() {
    let app = with_password().await;
    app.person("invited", "member").await;
    app.person("left", "member").await;
    app.set_password("left", PASSWORD).await;
    sqlx::query("update people set deactivated_at = created_at where name = 'left'")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let mut pages = Vec::new();
    for (email, password) in [
        ("admin@qiming.example", "a wrong password"),
        ("nobody@qiming.example", PASSWORD),
        ("invited@qiming.example", "a password that nobody has"),
        ("left@qiming.example", PASSWORD),
    ] {
        let mut browser = Client::new(&app);
        let answer = browser.post("/sign-in", &[("email", email), ("password", password)]).await.expect(422);
        assert_eq!(answer.attribute("#email", "value").unwrap(), email);
        assert_eq!(answer.all(".errors h2"), ["This email and password do not belong together"]);
        assert!(browser.cookie("tutti").is_none());
        pages.push(answer.body.replace(email, "…").replace(answer.headers["x-request-id"].to_str().unwrap(), "…"));
    }
    assert!(pages.iter().all(|page| page == &pages[0]));
    let labels: Vec<String> = sqlx::query_scalar("select subject_label from events order by at, id")
        .fetch_all(&mut app.sql().await)
        .await
        .unwrap();
    assert_eq!(labels, ["admin@qiming.example", "unknown", "invited@qiming.example", "left@qiming.example"]);
    let all: String = sqlx::query_scalar("select string_agg(events::text, ' ') from events")
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    assert!(!all.contains("nobody@") && !all.contains("wrong password"));
}

#[tokio::test]
async fn clients_behind_a_trusted_proxy_are_told_apart() {
    let app = TestApp::with(|mut config| {
        config.trusted_proxies = "10.0.0.0/8".parse().unwrap();
        config
    })
    .await;
    app.found_organisation().await;
    app.set_password("admin", PASSWORD).await;
    let mut browser = Client::new(&app);
    let admin = "admin@qiming.example";
    for _ in 0..5 {
        try_through(&mut browser, "10.0.0.1", "203.0.113.9", admin, "a wrong password").await.expect(422);
    }
    // This client waits, whatever it writes in front; others behind the same proxy do not.
    for forwarded in ["203.0.113.9", "198.51.100.7, 203.0.113.9"] {
        try_through(&mut browser, "10.0.0.2", forwarded, admin, "a wrong password").await.expect(429);
    }
    try_through(&mut browser, "10.0.0.1", "203.0.113.10", admin, "a wrong password").await.expect(422);
    // Nobody else can claim to be somebody.
    for last in 0..5 {
        let forwarded = format!("203.0.113.{}", 100 + last);
        try_through(&mut browser, "192.0.2.1", &forwarded, admin, "a wrong password").await.expect(422);
    }
    try_through(&mut browser, "192.0.2.1", "203.0.113.200", admin, "a wrong password").await.expect(429);
    let kept: Vec<String> =
        sqlx::query_scalar("select distinct after->>'address' from events where kind = 'session.sign_in_refused'")
            .fetch_all(&mut app.sql().await)
            .await
            .unwrap();
    assert!(kept.contains(&"203.0.113.9".to_owned()), "{kept:?}");
}

#[tokio::test]
async fn mistakes_are_named_in_both_languages() {
    let app = with_password().await;
    let mut browser = Client::new(&app);
    browser.post("/sign-in", &[]).await.expect(422).says("Enter your work email").says("Enter your password");
    let mut browser = Client::new(&app).chinese();
    browser.get("/sign-in").await.expect(200).says("登录 Qiming");
    let form = [("email", "admin@qiming.example"), ("password", "不对的密码不对的密码")];
    browser.post("/sign-in", &form).await.expect(422).says("邮箱与密码不匹配");
    browser.post("/sign-in", &[("email", "a@b"), ("password", "a\0b")]).await.expect(422);
    let long = "长".repeat(100_000);
    browser.post("/sign-in", &[("email", "a@b"), ("password", &long)]).await.expect(422);
}

#[tokio::test]
async fn next_never_leads_elsewhere() {
    let app = with_password().await;
    for (next, expected) in [
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("\\\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/sign-in?next=/sign-in", "/"),
        ("/p/GEO?view=list", "/p/GEO?view=list"),
    ] {
        let mut browser = Client::new(&app);
        let form = [("email", "admin@qiming.example"), ("password", PASSWORD), ("next", next)];
        assert_eq!(browser.post("/sign-in", &form).await.expect(303).location(), expected, "{next}");
    }
}

#[tokio::test]
async fn strangers_wait_longer_and_longer_and_the_owner_does_not() {
    let app = with_password().await;
    let (email, wrong) = ("admin@qiming.example", "a wrong password");
    let mut own = Client::new(&app);
    try_from(&mut own, "198.51.100.1", email, PASSWORD).await.expect(303);

    let mut stranger = Client::new(&app);
    for _ in 0..5 {
        try_from(&mut stranger, "203.0.113.9", email, wrong).await.expect(422);
    }
    let answer = try_from(&mut stranger, "203.0.113.9", email, wrong).await.expect(429);
    assert_eq!(answer.headers["retry-after"], "15");
    assert_eq!(answer.attribute("#email", "value").unwrap(), email, "what was typed stays");
    answer.says("Wait 15 seconds");
    // Even the right password waits its turn here, and a try that was not made does not make the wait longer.
    try_from(&mut stranger, "203.0.113.9", email, PASSWORD).await.expect(429);
    app.later(15);
    try_from(&mut stranger, "203.0.113.9", email, wrong).await.expect(422);
    let answer = try_from(&mut stranger, "203.0.113.9", email, wrong).await.expect(429);
    assert_eq!(answer.headers["retry-after"], "30");

    // From another address, and in a browser that knows the account, the same person signs in at once.
    try_from(&mut Client::new(&app), "198.51.100.7", email, PASSWORD).await.expect(303);
    own.post("/sign-out", &[]).await.expect(303);
    try_from(&mut own, "203.0.113.9", email, PASSWORD).await.expect(303);
    // The known browser has a limit of its own.
    for _ in 0..10 {
        try_from(&mut own, "203.0.113.9", email, wrong).await.expect(422);
    }
    try_from(&mut own, "203.0.113.9", email, wrong).await.expect(429);
    app.later(3600);
    try_from(&mut stranger, "203.0.113.9", email, PASSWORD).await.expect(303);
}

#[tokio::test]
async fn guessing_from_many_addresses_never_locks_the_owners_browser_out() {
    let app = with_password().await;
    let (email, wrong) = ("admin@qiming.example", "a wrong password");
    let mut own = Client::new(&app);
    try_from(&mut own, "198.51.100.1", email, PASSWORD).await.expect(303);
    // As if fifty addresses had failed once each.
    let mut attacker = Client::new(&app);
    try_from(&mut attacker, "203.0.113.1", email, wrong).await.expect(422);
    sqlx::query("update sign_in_failures set count = 60 where key like 'account:%'")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    try_from(&mut attacker, "203.0.113.2", email, wrong).await.expect(429);
    try_from(&mut own, "203.0.113.2", email, PASSWORD).await.expect(303);
}

#[tokio::test]
async fn one_address_trying_many_accounts_is_slowed_down() {
    let app = with_password().await;
    for number in 0..50 {
        let email = format!("person{number}@qiming.example");
        try_from(&mut Client::new(&app), "2001:db8::1", &email, "a wrong password").await.expect(422);
    }
    // The same customer's network, another account.
    try_from(&mut Client::new(&app), "2001:db8::2", "admin@qiming.example", PASSWORD).await.expect(429);
    try_from(&mut Client::new(&app), "2001:db8:0:1::2", "admin@qiming.example", PASSWORD).await.expect(303);
}

#[tokio::test]
async fn parallel_guesses_do_not_slip_past_each_other() {
    let app = with_password().await;
    let tries = (0..20).map(|_| {
        let mut browser = Client::new(&app);
        async move {
            try_from(&mut browser, "203.0.113.9", "admin@qiming.example", "a wrong password").await.status.as_u16()
        }
    });
    let answers = futures(tries).await;
    assert_eq!(answers.iter().filter(|status| **status == 422).count(), 5, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 429).count(), 15, "{answers:?}");
}

/// All at once.
pub async fn futures<F: Future<Output = R> + Send + 'static, R: Send + 'static>(
    work: impl IntoIterator<Item = F>,
) -> Vec<R> {
    let mut set = tokio::task::JoinSet::new();
    for one in work {
        set.spawn(one);
    }
    set.join_all().await
}

#[tokio::test]
async fn language_and_colours_on_both_sides_of_the_door() {
    let app = with_password().await;
    let mut browser = Client::new(&app);
    let answer = browser.post("/settings/language", &[("language", "zh-CN"), ("back", "/sign-in")]).await.expect(303);
    assert_eq!(answer.location(), "/sign-in");
    browser.get("/sign-in").await.expect(200).says("登录");
    browser.post("/settings/language", &[("language", "fr"), ("back", "/")]).await.expect(422);
    browser.post("/settings/language", &[("language", "en"), ("back", "//evil.example")]).await.expect(303);
    browser.post("/settings/theme", &[("theme", "dark"), ("back", "/sign-in")]).await.expect(303);
    let page = browser.get("/sign-in").await.expect(200);
    assert_eq!(page.attribute("html", "data-theme").unwrap(), "dark");
    browser.post("/settings/theme", &[("theme", "system"), ("back", "/sign-in")]).await.expect(303);
    assert!(browser.get("/sign-in").await.attribute("html", "data-theme").is_none());

    let mut signed_in = app.sign_in("admin").await;
    signed_in.post("/settings/theme", &[("theme", "light"), ("back", "/")]).await.expect(303);
    signed_in.post("/settings/language", &[("language", "zh-CN"), ("back", "/")]).await.expect(303);
    signed_in.post("/settings/language", &[("language", "zh-CN"), ("back", "/")]).await.expect(303);
    assert_eq!(app.kinds().await, ["person.settings_changed"; 2]);
    let other = app.sign_in("admin").await.get("/no-such-page").await.expect(404);
    assert_eq!(other.attribute("html", "lang").unwrap(), "zh-CN");
    assert_eq!(other.attribute("html", "data-theme").unwrap(), "light");
}

#[tokio::test]
async fn a_deactivated_person_is_out_at_the_next_request() {
    let app = with_password().await;
    app.person("leaver", "member").await;
    let mut browser = app.sign_in("leaver").await;
    browser.get("/sign-in").await.expect(303);
    sqlx::query("update people set deactivated_at = created_at where name = 'leaver'")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    browser.get("/sign-in").await.expect(200);
}

#[tokio::test]
async fn when_a_session_was_used_is_noted_beside_the_request() {
    let app = with_password().await;
    let mut browser = app.sign_in("admin").await;
    app.later(601);
    browser.get("/no-such-page").await.expect(404);
    let mut seen = false;
    for _ in 0..50 {
        seen = sqlx::query_scalar("select seen_at > '2026-11-18T02:10:00Z' from sessions")
            .fetch_one(&mut app.sql().await)
            .await
            .unwrap();
        if seen {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(seen);
}

#[tokio::test]
async fn the_door_costs_one_statement() {
    let app = with_password().await;
    let mut browser = Client::new(&app);
    browser.get("/sign-in").await.expect(200);
    let (answer, count) = statements::count(browser.get("/sign-in")).await;
    answer.expect(200);
    assert_eq!(count, 1);
}

#[tokio::test]
async fn a_form_without_our_content_type_is_refused() {
    let app = with_password().await;
    let request = Request::post("/sign-in").header("sec-fetch-site", "same-origin").body(Body::from("{}")).unwrap();
    Client::new(&app).send(request).await.expect(422);
}
