//! What people decide about themselves.

use super::PASSWORD;
use crate::support::{Client, TestApp, statements};
use axum::body::Body;

async fn app() -> TestApp {
    let app = TestApp::organisation().await;
    app.set_password("admin", PASSWORD).await;
    app
}

fn profile<'a>(name: &'a str, version: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("version", version),
        ("name", name),
        ("title", "Head of everything"),
        ("language", "zh-CN"),
        ("time_zone", "Europe/Berlin"),
        ("theme", "dark"),
    ]
}

#[tokio::test]
async fn the_button_that_ends_a_session_names_it_in_the_language_of_the_page() {
    let app = app().await;
    let (mut one, mut two) = (app.sign_in("admin").await, app.sign_in("admin").await.chinese());
    let hidden = "#sessions form[action^='/settings/sessions/'] .vh";
    let names = one.get("/settings").await.expect(200).all(hidden);
    assert!(names.len() == 1 && names[0].starts_with(": ") || names[0].starts_with(':'), "{names:?}");
    let names = two.get("/settings").await.expect(200).all(hidden);
    assert!(names.len() == 1 && names[0].starts_with('：') && !names[0].contains(", "), "{names:?}");
}

#[tokio::test]
async fn the_profile_is_shown_and_saved() {
    let app = app().await;
    assert_eq!(Client::new(&app).get("/settings").await.expect(303).location(), "/sign-in?next=%2Fsettings");
    let mut browser = app.sign_in("admin").await;
    browser.get("/settings").await.expect(200);
    let (page, count) = statements::count(browser.get("/settings")).await;
    assert_eq!(count, 3, "session, person, sessions");
    assert_eq!(page.attribute("#name", "value").unwrap(), "admin");
    assert_eq!(page.attribute("input[name=version]", "value").unwrap(), "1");
    browser.post("/settings", &profile("林 玥", "1")).await.expect(303);
    let page = browser.get("/settings").await.expect(200).says("设置已保存").says("当前密码");
    assert_eq!(page.attribute("#name", "value").unwrap(), "林 玥");
    assert_eq!(page.attribute("#time_zone option[selected]", "value").unwrap(), "Europe/Berlin");
    assert_eq!(page.attribute("html", "data-theme").unwrap(), "dark");
    assert_eq!(app.kinds().await, ["person.settings_changed"]);
    // The same again changes nothing and says nothing.
    browser.post("/settings", &profile("林 玥", "2")).await.expect(303);
    assert_eq!(app.kinds().await.len(), 1);
}

#[tokio::test]
async fn mistakes_and_stale_pages_keep_what_was_typed() {
    let app = app().await;
    let mut browser = app.sign_in("admin").await;
    let mut form = profile("", "1");
    form[2] = ("title", "");
    form[3] = ("language", "fr");
    form[4] = ("time_zone", "Mars/Olympus");
    let page = browser.post("/settings", &form).await.expect(422);
    let page = page.says("Enter a name").says("Choose a language").says("Choose a time zone");
    assert_eq!(page.attribute("input[name=version]", "value").unwrap(), "1");
    let long = "名".repeat(121);
    let mut form = profile("Lin Yue", "1");
    form[2] = ("title", &long);
    browser.post("/settings", &form).await.expect(422).says("Use at most 120 characters");
    browser.post("/settings", &[("name", "x")]).await.expect(422);

    browser.post("/settings", &profile("Lin Yue", "1")).await.expect(303);
    let page = browser.post("/settings", &profile("Lin Y.", "1")).await.expect(409).says("姓名：Lin Yue");
    assert_eq!(page.attribute("#name", "value").unwrap(), "Lin Y.");
    assert_eq!(page.attribute("input[name=version]", "value").unwrap(), "2");
    browser.post("/settings", &profile("Lin Y.", "2")).await.expect(303);
}

#[tokio::test]
async fn guests_have_settings_too() {
    let app = app().await;
    app.person("guest", "guest").await;
    let mut browser = app.sign_in("guest").await;
    browser.get("/settings").await.expect(200);
    browser.post("/settings", &profile("Guest", "1")).await.expect(303);
}

#[tokio::test]
async fn a_new_password_asks_for_the_old_one_and_ends_other_sessions() {
    let app = app().await;
    let mut elsewhere = app.sign_in("admin").await;
    let mut browser = Client::new(&app);
    browser.post("/sign-in", &[("email", "admin@qiming.example"), ("password", PASSWORD)]).await.expect(303);
    let new = "пароль из многих слов";
    let post = "/settings/password";
    browser.post(post, &[]).await.expect(422).says("Enter your current password").says("Enter a password");
    browser.post(post, &[("old_password", "wrong"), ("password", new)]).await.expect(422).says("not your current");
    browser.post(post, &[("old_password", PASSWORD), ("password", "short")]).await.expect(422).says("at least 12");
    elsewhere.get("/settings").await.expect(200);
    browser.post(post, &[("old_password", PASSWORD), ("password", new)]).await.expect(303);
    browser.get("/settings").await.expect(200).says("one other device is signed out");
    elsewhere.get("/settings").await.expect(303);
    let kinds = app.kinds().await;
    assert!(kinds.contains(&"person.password_changed".to_owned()));
    assert!(kinds.contains(&"session.revoked".to_owned()));
    Client::new(&app).post("/sign-in", &[("email", "admin@qiming.example"), ("password", new)]).await.expect(303);
}

#[tokio::test]
async fn the_old_password_cannot_be_guessed_at_speed_in_an_open_session() {
    let app = app().await;
    let mut browser = app.sign_in("admin").await;
    let form = [("old_password", "wrong"), ("password", "a good long password")];
    for _ in 0..10 {
        browser.post("/settings/password", &form).await.expect(422);
    }
    let answer = browser.post("/settings/password", &form).await.expect(429);
    assert_eq!(answer.headers["retry-after"], "15");
    // Signing in is counted apart.
    Client::new(&app).post("/sign-in", &[("email", "admin@qiming.example"), ("password", PASSWORD)]).await.expect(303);
}

#[tokio::test]
async fn sessions_are_listed_and_ended_by_their_owner_only() {
    let app = app().await;
    app.person("other", "member").await;
    let mut other = app.sign_in("other").await;
    let mut browser = app.sign_in("admin").await;
    let mut phone = Client::new(&app);
    let body = "email=admin%40qiming.example&password=correct+horse+battery+staple";
    let request = phone
        .prepared("POST", "/sign-in")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("user-agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) Version/18.4 Safari/604.1 <b>")
        .body(Body::from(body))
        .unwrap();
    phone.send(request).await.expect(303);
    let page = browser.get("/settings").await.expect(200).says("Safari on iPhone").says("This device");
    assert_eq!(page.all("#sessions tbody tr").len(), 2);
    let end = page.attribute("#sessions tbody form", "action").unwrap();
    other.post(&end, &[]).await.expect(303);
    phone.get("/settings").await.expect(200);
    browser.post("/settings/sessions/not-an-id", &[]).await.expect(404);
    browser.post(&end, &[]).await.expect(303);
    browser.get("/settings").await.says("The device is signed out.");
    phone.get("/settings").await.expect(303);
    assert_eq!(app.kinds().await.last().unwrap(), "session.revoked");

    let mut third = app.sign_in("admin").await;
    browser.post("/settings/sessions/others", &[]).await.expect(303);
    browser.get("/settings").await.expect(200).says("One other device is signed out.");
    third.get("/settings").await.expect(303);
    other.get("/settings").await.expect(200);
}
