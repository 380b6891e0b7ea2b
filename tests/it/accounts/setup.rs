//! The first visit of an empty installation.

use super::{PASSWORD, door::futures};
use crate::support::{Client, TestApp};
use tutti::accounts::organisation::actions::make_setup_token;

fn form<'a>(token: &'a str, email: &'a str, password: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("token", token),
        ("organisation", "启明科技"),
        ("language", "zh-CN"),
        ("time_zone", "Asia/Shanghai"),
        ("day", "1"),
        ("day", "2"),
        ("day", "6"),
        ("name", "苏晴"),
        ("email", email),
        ("password", password),
    ]
}

#[tokio::test]
async fn every_page_of_an_empty_installation_leads_to_set_up() {
    let app = TestApp::empty().await;
    let mut browser = Client::new(&app);
    for path in ["/", "/sign-in", "/settings", "/p/GEO", "/no/such/page"] {
        assert_eq!(browser.get(path).await.expect(303).location(), "/setup", "{path}");
    }
    browser.get("/setup").await.expect(403).says("This installation is empty");
    browser.get("/setup?token=guess").await.expect(403).says("not valid any more");
    browser.post("/setup", &form("guess", "a@b", PASSWORD)).await.expect(403);
    Client::new(&app).chinese().get("/setup").await.expect(403).says("系统尚未设置");
}

#[tokio::test]
async fn set_up_makes_a_usable_organisation_once() {
    let app = TestApp::empty().await;
    // A restart makes a new token, and the old one stops working.
    let older = make_setup_token(&app.state).await.unwrap().unwrap();
    let token = make_setup_token(&app.state).await.unwrap().unwrap();
    let mut browser = Client::new(&app);
    browser.get(&format!("/setup?token={older}")).await.expect(403).says("not valid any more");
    let page = browser.get(&format!("/setup?token={token}")).await.expect(200).says("Set up Tutti");
    assert_eq!(page.attribute("input[name=token]", "value").unwrap(), token);
    assert_eq!(page.all("input[name=day][checked]").len(), 5);
    let answer = browser.post("/setup", &form(&token, "Su.Qing@Qiming.example", PASSWORD)).await.expect(303);
    assert_eq!(answer.location(), "/");
    assert!(browser.cookie("tutti").is_some(), "signed in");
    assert_eq!(browser.get("/setup").await.expect(303).location(), "/");
    assert!(make_setup_token(&app.state).await.unwrap().is_none());

    let mut sql = app.sql().await;
    let (name, language, zone, days): (String, String, String, Vec<i16>) =
        sqlx::query_as("select name, language, time_zone, working_days from organisations")
            .fetch_one(&mut sql)
            .await
            .unwrap();
    assert_eq!((name.as_str(), language.as_str(), zone.as_str()), ("启明科技", "zh-CN", "Asia/Shanghai"));
    assert_eq!(days, [1, 2, 6]);
    let departments: i64 = sqlx::query_scalar("select count(*) from departments").fetch_one(&mut sql).await.unwrap();
    assert_eq!(departments, 12);
    let tokens: i64 = sqlx::query_scalar("select count(*) from setup_tokens").fetch_one(&mut sql).await.unwrap();
    assert_eq!(tokens, 0);
    let kinds = app.kinds().await;
    assert!(kinds.contains(&"organisation.created".to_owned()) && kinds.contains(&"person.joined".to_owned()));
    let form = [("email", "su.qing@qiming.example"), ("password", PASSWORD)];
    Client::new(&app).post("/sign-in", &form).await.expect(303);
}

#[tokio::test]
async fn mistakes_keep_what_was_typed() {
    let app = TestApp::empty().await;
    let token = make_setup_token(&app.state).await.unwrap().unwrap();
    let mut browser = Client::new(&app);
    let page = browser
        .post(
            "/setup",
            &[("token", &token), ("organisation", ""), ("name", "Su Qing"), ("email", "su"), ("password", "short")],
        )
        .await
        .expect(422)
        .says("Enter the name of your organisation")
        .says("Choose a language")
        .says("Choose a time zone")
        .says("Choose at least one working day")
        .says("Enter an email address")
        .says("Use at least 12 characters");
    assert_eq!(page.attribute("#name", "value").unwrap(), "Su Qing");
    assert_eq!(page.attribute("#email", "value").unwrap(), "su");
    assert!(page.attribute("#password", "value").unwrap_or_default().is_empty());
    for (password, words) in [
        ("长".repeat(129), "Use at most 128 characters"),
        ("passwordpassword".to_owned(), "among the first that would be guessed"),
        (String::new(), "Enter a password"),
    ] {
        browser.post("/setup", &form(&token, "a@b", &password)).await.expect(422).says(words);
    }
    browser.post("/setup", &form(&token, "a@b", "nul\0in a password")).await.expect(422);
    let long = "🪷".repeat(128);
    browser.post("/setup", &form(&token, "a@b", &long)).await.expect(422).says("among the first");
    let any = "🪷é中\u{301} \u{1F600}\ttab <b>'\"; ";
    browser.post("/setup", &form(&token, "a@b", any)).await.expect(303);
    Client::new(&app).post("/sign-in", &[("email", "a@b"), ("password", any)]).await.expect(303);
    Client::new(&app).post("/sign-in", &[("email", "a@b"), ("password", any.trim())]).await.expect(422);
}

#[tokio::test]
async fn twenty_set_ups_at_once_make_one_organisation() {
    let app = TestApp::empty().await;
    let token = make_setup_token(&app.state).await.unwrap().unwrap();
    let tries = (0..20).map(|number| {
        let (mut browser, token) = (Client::new(&app), token.clone());
        async move {
            let email = format!("person{number}@qiming.example");
            browser.post("/setup", &form(&token, &email, PASSWORD)).await.location().to_owned()
        }
    });
    let places = futures(tries).await;
    let people: i64 = sqlx::query_scalar("select count(*) from people").fetch_one(&mut app.sql().await).await.unwrap();
    assert_eq!(people, 1);
    let organisations: i64 =
        sqlx::query_scalar("select count(*) from organisations").fetch_one(&mut app.sql().await).await.unwrap();
    assert_eq!(organisations, 1, "{places:?}");
}
