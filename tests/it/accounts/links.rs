//! Invitations and new passwords.

use super::{PASSWORD, door::futures};
use crate::support::{Client, TestApp};
use tutti::{
    accounts::{
        Administrator, Link,
        actions::{self, NewPerson, PeopleError},
    },
    events::Change,
    platform::{ids::PersonId, locale::Language},
    web::shell::OrganisationRole,
};

const NEW: &str = "九月的风吹过启明科技的楼顶";

impl TestApp {
    /// A change by the program itself.
    pub async fn change(&self) -> Change {
        Change::by(&self.state, None, "Su Qing", "").await.unwrap()
    }

    /// Invites somebody; the path of the link.
    pub async fn invite(&self, email: &str, language: Language) -> (PersonId, String) {
        let new = NewPerson {
            id: PersonId::new(),
            email: email.parse().unwrap(),
            name: "New colleague".to_owned(),
            role: OrganisationRole::Member,
            title: String::new(),
            department: None,
            language,
        };
        let mut change = self.change().await;
        let link = actions::invite(&self.state, &mut change, &Administrator::at_the_console(), &new).await.unwrap();
        change.commit().await.unwrap();
        (new.id, path(&link.unwrap()))
    }

    /// A link with which a person sets a new password.
    pub async fn reset_link(&self, name: &str) -> String {
        let mut change = self.change().await;
        let id = PersonId(self.id_of(name).await);
        let link = actions::make_reset_link(&self.state, &mut change, &Administrator::at_the_console(), id).await;
        change.commit().await.unwrap();
        path(&link.unwrap())
    }
}

fn path(link: &Link) -> String {
    link.address.strip_prefix("http://127.0.0.1:3000").unwrap().to_owned()
}

#[tokio::test]
async fn an_invited_person_joins_once() {
    let app = TestApp::organisation().await;
    let (_, link) = app.invite("su.qing@qiming.example", Language::Chinese).await;
    let mut browser = Client::new(&app);
    let page = browser.get(&link).await.expect(200).says("加入 Qiming").says("su.qing@qiming.example");
    assert_eq!(page.attribute("#name", "value").unwrap(), "New colleague");
    assert_eq!(page.attribute("#language option[selected]", "value").unwrap(), "zh-CN");
    let page = browser
        .post(&link, &[("name", "  "), ("language", "fr"), ("password", "passwordpassword")])
        .await
        .expect(422)
        .says("请输入姓名")
        .says("请选择语言")
        .says("该密码过于常见");
    assert_eq!(page.attribute("form.stack", "action").unwrap(), link);
    let form = [("name", "苏晴"), ("language", "zh-CN"), ("password", NEW)];
    assert_eq!(browser.post(&link, &form).await.expect(303).location(), "/");
    browser.get("/settings").await.expect(200).says("设置");
    browser.get(&link).await.expect(404).says("该邀请已失效");
    Client::new(&app).post(&link, &form).await.expect(404).says("does not work any more");
    Client::new(&app).post("/sign-in", &[("email", "su.qing@qiming.example"), ("password", NEW)]).await.expect(303);
    let kinds = app.kinds().await;
    assert_eq!(kinds[..3], ["person.invited", "person.joined", "session.signed_in"]);
    let kept: String = sqlx::query_scalar("select string_agg(one_time_links::text, ' ') from one_time_links")
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    assert!(!kept.contains(link.trim_start_matches("/invitation/")));
}

#[tokio::test]
async fn whoever_joins_speaks_the_language_that_they_chose() {
    let app = TestApp::organisation().await;
    let (id, link) = app.invite("su.qing@qiming.example", Language::English).await;
    let mut browser = Client::new(&app);
    let page = browser.get(&link).await.expect(200).says("Join Qiming");
    assert_eq!(page.attribute("#language option[selected]", "value").unwrap(), "en");
    // The switch of the page is a choice, too.
    let mut browser = Client::new(&app).with_cookie("tutti_language", "zh-CN");
    let page = browser.get(&link).await.expect(200).says("加入 Qiming");
    assert_eq!(page.attribute("#language option[selected]", "value").unwrap(), "zh-CN");
    browser.post(&link, &[("name", "苏晴"), ("language", "zh-CN"), ("password", NEW)]).await.expect(303);
    let kept: String = sqlx::query_scalar("select language from people where id = $1")
        .bind(id.uuid())
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    assert_eq!(kept, "zh-CN");
}

#[tokio::test]
async fn links_end() {
    let app = TestApp::organisation().await;
    app.set_password("admin", PASSWORD).await;
    let (id, first) = app.invite("su.qing@qiming.example", Language::English).await;
    let mut change = app.change().await;
    let proof = Administrator::at_the_console();
    let second = path(&actions::invite_again(&app.state, &mut change, &proof, id).await.unwrap());
    change.commit().await.unwrap();
    let mut browser = Client::new(&app);
    browser.get(&first).await.expect(404);
    browser.get(&second).await.expect(200);
    // A link of one kind opens no page of the other.
    browser.get(&second.replace("invitation", "reset")).await.expect(404);
    browser.get("/invitation/0").await.expect(404);
    browser.get("/reset/%00%2F..").await.expect(404);
    app.later(7 * 86_400);
    browser.get(&second).await.expect(404);
    let reset = app.reset_link("admin").await;
    browser.get(&reset).await.expect(200).says("admin@qiming.example");
    app.later(3600);
    browser.get(&reset).await.expect(404).says("This link does not work any more");
    browser.post(&reset, &[("password", NEW)]).await.expect(404);
}

#[tokio::test]
async fn a_new_password_ends_every_session_and_signs_this_browser_in() {
    let app = TestApp::organisation().await;
    app.set_password("admin", PASSWORD).await;
    let mut elsewhere = app.sign_in("admin").await;
    let link = app.reset_link("admin").await;
    let mut browser = Client::new(&app);
    browser.post(&link, &[("password", "short")]).await.expect(422).says("Use at least 12 characters");
    browser.post(&link, &[("password", &"長".repeat(129))]).await.expect(422).says("Use at most 128 characters");
    browser.post(&link, &[("password", "nul \0 in a password")]).await.expect(422);
    browser.post(&link, &[("password", NEW)]).await.expect(303);
    browser.get("/settings").await.expect(200).says("Your new password is saved");
    assert!(elsewhere.get("/settings").await.expect(303).location().starts_with("/sign-in"));
    let email = "admin@qiming.example";
    Client::new(&app).post("/sign-in", &[("email", email), ("password", PASSWORD)]).await.expect(422);
    Client::new(&app).post("/sign-in", &[("email", email), ("password", NEW)]).await.expect(303);
    assert!(app.kinds().await.contains(&"person.password_reset".to_owned()));
}

#[tokio::test]
async fn of_twenty_who_follow_a_link_at_once_one_gets_in() {
    let app = TestApp::organisation().await;
    app.set_password("admin", PASSWORD).await;
    let (_, invitation) = app.invite("su.qing@qiming.example", Language::English).await;
    let reset = app.reset_link("admin").await;
    for (link, kind) in [(invitation, "person.joined"), (reset, "person.password_reset")] {
        let tries = (0..20).map(|number| {
            let (mut browser, link) = (Client::new(&app), link.clone());
            async move {
                let name = format!("Su Qing {number}");
                let form = [("name", name.as_str()), ("language", "en"), ("password", NEW)];
                browser.post(&link, &form).await.status.as_u16()
            }
        });
        let answers = futures(tries).await;
        assert_eq!(answers.iter().filter(|status| **status == 303).count(), 1, "{kind}: {answers:?}");
        assert!(answers.iter().all(|status| matches!(status, 303 | 404)), "{kind}: {answers:?}");
        assert_eq!(app.kinds().await.iter().filter(|found| *found == kind).count(), 1);
    }
}

#[tokio::test]
async fn a_new_password_of_ones_own_or_ended_devices_end_the_links_for_another() {
    let app = TestApp::organisation().await;
    app.person("wary", "member").await;
    app.set_password("wary", PASSWORD).await;
    let mut wary = app.sign_in("wary").await;
    let link = app.reset_link("wary").await;
    wary.post("/settings/sessions/others", &[]).await.expect(303);
    Client::new(&app).get(&link).await.expect(404);
    let link = app.reset_link("wary").await;
    wary.post("/settings/password", &[("old_password", PASSWORD), ("password", NEW)]).await.expect(303);
    Client::new(&app).post(&link, &[("password", "evil horse battery 1")]).await.expect(404);
    let ended = app.kinds().await.iter().filter(|kind| *kind == "person.reset_links_ended").count();
    assert_eq!(ended, 2);
}

#[tokio::test]
async fn a_deactivated_person_follows_no_link() {
    let app = TestApp::organisation().await;
    app.set_password("admin", PASSWORD).await;
    app.person("leaver", "member").await;
    app.set_password("leaver", PASSWORD).await;
    let link = app.reset_link("leaver").await;
    let id = PersonId(app.id_of("leaver").await);
    let mut change = app.change().await;
    assert!(actions::deactivate(&mut change, &Administrator::at_the_console(), id).await.unwrap());
    change.commit().await.unwrap();
    Client::new(&app).post(&link, &[("password", NEW)]).await.expect(404);
    let mut change = app.change().await;
    let refused = actions::make_reset_link(&app.state, &mut change, &Administrator::at_the_console(), id).await;
    assert!(matches!(refused, Err(PeopleError::Deactivated)));
}

#[tokio::test]
async fn without_a_mail_server_the_page_says_whom_to_ask() {
    let app = TestApp::organisation().await;
    let mut browser = Client::new(&app);
    let page = browser.get("/forgot").await.expect(200).says("Ask an administrator");
    assert!(page.all("form.stack").is_empty());
    browser.post("/forgot", &[("email", "admin@qiming.example")]).await.expect(200).says("Ask an administrator");
    assert!(app.kinds().await.is_empty());
}
