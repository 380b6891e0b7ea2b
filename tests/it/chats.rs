//! Group chats: who sets up robots, and that nothing of an address or a secret comes back.

mod posts;

use crate::support::{
    Answer, Client, TestApp,
    disputes::value,
    statements,
    webhook::{Reply, Webhook},
};
use std::time::Duration;
use tutti::platform::{config::Config, ids::new_uuid};
use uuid::Uuid;

const PAGE: &str = "/p/GEO/settings/chat";
const SLACK: &str = "https://hooks.slack.com/services/T0000/B0000/verysecrettoken0123";
const TOKEN: &str = "verysecrettoken0123";

/// May reach loopback, and waits a moment only.
fn inside(config: Config) -> Config {
    Config { outgoing_allow: "127.0.0.1".parse().unwrap(), outgoing_limit: Duration::from_millis(400), ..config }
}

/// A form with these fields in place of the usual ones.
fn form<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("name", "Launch group"),
        ("service", "slack"),
        ("address", SLACK),
        ("language", "en"),
        ("topic_escalations", "1"),
        ("topic_dates", "1"),
    ];
    for change in changes {
        fields.retain(|field| field.0 != change.0);
        fields.push(*change);
    }
    fields
}

/// Adds a robot as somebody; answers its address on our side.
async fn added(browser: &mut Client, changes: &[(&str, &str)]) -> String {
    let id = new_uuid().to_string();
    let mut fields = form(changes);
    fields.push(("id", &id));
    browser.post(PAGE, &fields).await.expect(303);
    format!("{PAGE}/{id}")
}

/// What the database holds of the only robot.
async fn kept(app: &TestApp) -> String {
    value(app, "select name || ' ' || service || ' ' || address || ' ' || coalesce(secret, '-') || ' ' || language || ' ' || topics::text || ' ' || version from chat_robots").await
}

#[tokio::test]
async fn the_lead_adds_a_robot_whose_address_is_never_shown_again() {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    lead.get("/p/GEO/settings").await.expect(200).says("Set up chats");
    let (page, count) = statements::count(lead.get(PAGE)).await;
    assert_eq!(count, 3);
    let id = page.expect(200).says("No chat hears of this project").attribute("input[name=id]", "value").unwrap();
    let dingtalk = "https://oapi.dingtalk.com/robot/send?access_token=verysecrettoken0123";
    let mut fields = form(&[("service", "dingtalk"), ("address", dingtalk), ("secret", "SECverysecret")]);
    fields.push(("id", &id));
    let page = lead.submit(PAGE, &fields).await.expect(200).says("Launch group added");
    page.says("DingTalk · oapi.dingtalk.com …0123 · English").says("Nothing posted yet");
    lead.post(PAGE, &fields).await.expect(303);
    assert_eq!(
        kept(&app).await,
        format!("Launch group dingtalk {dingtalk} SECverysecret en {{escalations,dates}} 1"),
        "sent twice makes one"
    );
    let (page, count) = statements::count(lead.get(PAGE)).await;
    assert_eq!((page.expect(200).all("ul.items li").len(), count), (1, 3));
    let edit = format!("{PAGE}/{id}");
    let (page, count) = statements::count(lead.get(&edit)).await;
    page.expect(200).says("Kept: oapi.dingtalk.com …0123").says("One is kept");
    assert_eq!(count, 3);
    lead.clone().chinese().get(&edit).await.expect(200).says("留空则不变");

    let mut admin = app.sign_in("admin").await;
    for path in [PAGE, &edit, &format!("{edit}/remove"), "/p/GEO/history", "/admin/audit", "/admin/audit.csv", "/p/GEO"]
    {
        let page = admin.get(path).await.expect(200);
        assert!(!page.body.contains("verysecret"), "{path} shows a secret");
    }
    admin.get("/p/GEO/history").await.expect(200).says("lead added the chat robot Launch group");
    let events = value(
        &app,
        "select string_agg(kind || before::text || after::text, ' ') from events where kind like 'robot.%'",
    )
    .await;
    assert!(
        events.starts_with("robot.added") && !events.contains("verysecret") && !events.contains("dingtalk.com"),
        "{events}"
    );
}

#[tokio::test]
async fn mistakes_come_back_with_what_was_typed() {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    let id = new_uuid().to_string();
    for (field, typed, words) in [
        ("name", "", "Give the robot a name"),
        ("service", "", "Choose the service"),
        ("service", "wecom", "This is an address of Slack"),
        ("address", "", "Enter the webhook address"),
        ("address", "http://hooks.slack.com/x", "begins with https://"),
        ("address", "hooks.slack.com", "Enter the whole address"),
        ("address", "https://hooks.slack.com/services/", "The part that names the robot is missing"),
        ("address", "https://chat.example/hooks/abc", "An address of Slack begins with"),
        ("address", "https://0x7f.1/hooks/abc", "Tutti sends nothing to this server"),
        ("secret", "s", "Slack signs nothing"),
        ("language", "fr", "Choose a language"),
    ] {
        let mut fields = form(&[(field, typed)]);
        fields.push(("id", &id));
        let page = lead.post(PAGE, &fields).await.expect(422).says(words);
        let shown = |field: &str| page.attribute(&format!("#{field}"), "value");
        assert_eq!(shown("name").as_deref(), Some(if field == "name" { typed } else { "Launch group" }));
        assert_eq!(page.attribute("input[name=id]", "value").as_deref(), Some(id.as_str()));
        assert!(
            page.attribute("#topic_dates", "checked").is_some() && page.attribute("#topic_gates", "checked").is_none()
        );
    }
    let none: Vec<_> = form(&[("id", &id)]).into_iter().filter(|field| !field.0.starts_with("topic")).collect();
    lead.post(PAGE, &none).await.expect(422).says("Choose at least one thing to post");
    lead.clone().chinese().post(PAGE, &none).await.expect(422).says("请至少选择一项发布内容");
    lead.post(PAGE, &form(&[("id", "7")])).await.expect(422);
    assert_eq!(value(&app, "select count(*)::text from chat_robots").await, "0");
}

#[tokio::test]
async fn a_change_keeps_what_is_not_typed_anew_and_who_was_slower_is_told() {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    let path = added(&mut lead, &[]).await;
    let mut fields = form(&[("address", ""), ("name", "Press"), ("version", "1"), ("topic_gates", "1")]);
    lead.submit(&path, &fields).await.expect(200).says("Press saved");
    assert_eq!(kept(&app).await, format!("Press slack {SLACK} - en {{escalations,gates,dates}} 2"));
    fields.retain(|field| field.0 != "name");
    fields.push(("name", "Late"));
    let page = lead.post(&path, &fields).await.expect(409).says("Press, Slack").says("hooks.slack.com …0123");
    assert!(!page.body.contains(TOKEN));
    assert_eq!(page.attribute("#name", "value").as_deref(), Some("Late"));
    assert_eq!(page.attribute("input[name=version]", "value").as_deref(), Some("2"));
    lead.post(&path, &form(&[("address", ""), ("service", "feishu"), ("version", "2")]))
        .await
        .expect(422)
        .says("Enter the webhook address");
    let feishu = "https://open.feishu.cn/open-apis/bot/v2/hook/othersecrettoken";
    let fields = form(&[("address", feishu), ("service", "feishu"), ("secret", "s3cret"), ("version", "2")]);
    lead.post(&path, &fields).await.expect(303);
    assert_eq!(kept(&app).await, format!("Launch group feishu {feishu} s3cret en {{escalations,dates}} 3"));
    let forgets = form(&[("address", ""), ("service", "feishu"), ("forgets_secret", "1"), ("version", "3")]);
    lead.post(&path, &forgets).await.expect(303);
    assert_eq!(kept(&app).await, format!("Launch group feishu {feishu} - en {{escalations,dates}} 4"));
    lead.post(&path, &forgets).await.expect(303);
    let changed =
        value(&app, "select string_agg(after::text, ' ' order by id) from events where kind = 'robot.changed'").await;
    assert_eq!(changed.matches("webhook_address").count(), 1, "{changed}");
    assert_eq!(changed.matches(r#""signing_secret": "#).count(), 2, "{changed}");
    assert!(!changed.contains("s3cret") && !changed.contains("token"), "{changed}");
    lead.get("/p/GEO/history").await.expect(200).says("Webhook address").says("changed");
}

#[tokio::test]
async fn five_are_as_many_as_a_project_has() {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    for _ in 0..5 {
        added(&mut lead, &[]).await;
    }
    let page = lead.get(PAGE).await.expect(200).says("Five robots are as many");
    assert!(page.attribute("form[action='/p/GEO/settings/chat']", "method").is_none());
    let id = new_uuid().to_string();
    lead.post(PAGE, &form(&[("id", &id)])).await.expect(422).says("Remove one first");
    assert_eq!(value(&app, "select count(*)::text from chat_robots").await, "5");
}

#[tokio::test]
async fn a_robot_is_paused_resumed_and_removed_after_a_question() {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    let path = added(&mut lead, &[]).await;
    lead.submit(&format!("{path}/pause"), &[]).await.expect(200).says("Launch group is paused").says("Let it post");
    lead.post(&format!("{path}/pause"), &[]).await.expect(303);
    lead.submit(&format!("{path}/resume"), &[]).await.expect(200).says("posts again, from now on");
    let page = lead.get(&format!("{path}/remove")).await.expect(200).says("Remove Launch group?");
    page.says("In Slack the robot stays");
    lead.submit(&format!("{path}/remove"), &[]).await.expect(200).says("Launch group removed");
    assert_eq!(value(&app, "select count(*)::text from chat_robots").await, "0");
    lead.get(&path).await.expect(404);
    lead.get(&format!("{path}/remove")).await.expect(404);
    // The second of a form that was sent twice ends as the first.
    lead.submit(&format!("{path}/remove"), &[]).await.expect(200).says("Launch group removed");
    lead.post(&format!("{PAGE}/{}/remove", new_uuid()), &[]).await.expect(404);
    let kinds = value(&app, "select string_agg(kind, ' ' order by id) from events where kind like 'robot.%'").await;
    assert_eq!(kinds, "robot.added robot.paused robot.resumed robot.removed");
}

#[tokio::test]
async fn a_robot_is_reached_in_its_own_project_only() {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    let path = added(&mut lead, &[]).await;
    let id = path.rsplit('/').next().unwrap().to_owned();
    let oth: Uuid = app.project("OTH", "Other", "organisation").await;
    app.seat(oth, "colleague", "gtm_lead", None).await;
    let mut other = app.sign_in("colleague").await;
    let there = format!("/p/OTH/settings/chat/{id}");
    for action in ["", "/pause", "/resume", "/test", "/remove"] {
        let fields = form(&[("version", "1"), ("name", "Mine now")]);
        other.post(&format!("{there}{action}"), &fields).await.expect(404);
        other.post(&format!("{path}{action}"), &fields).await.expect(403);
        app.sign_in("stranger").await.post(&format!("{path}{action}"), &fields).await.expect(403);
        app.sign_in("guest").await.post(&format!("{path}{action}"), &fields).await.expect(404);
    }
    other.get(&there).await.expect(404);
    other.get(&format!("{there}/remove")).await.expect(404);
    // The same id in another project is another robot.
    let mut fields = form(&[("name", "Theirs")]);
    fields.push(("id", &id));
    other.post("/p/OTH/settings/chat", &fields).await.expect(303);
    let names = value(&app, "select string_agg(key || ' ' || chat_robots.name, ', ' order by key) from chat_robots join projects on projects.id = project_id").await;
    assert_eq!(names, "GEO Launch group, OTH Theirs");
    lead.get(PAGE).await.expect(200).says("Launch group");
}

async fn tested(app: &TestApp, replies: Vec<Reply>, service: &str) -> (Answer, Webhook) {
    let webhook = Webhook::start(replies).await;
    let mut lead = app.sign_in("lead").await;
    let url = webhook.url();
    let path = added(&mut lead, &[("service", service), ("address", &url)]).await;
    let page = lead.submit(&format!("{path}/test"), &[]).await.expect(200);
    lead.post(&format!("{path}/remove"), &[]).await.expect(303);
    (page, webhook)
}

#[tokio::test]
async fn a_test_message_says_what_became_of_it() {
    let (app, _) = TestApp::with_project_and(inside).await;
    let (page, webhook) = tested(&app, vec![Reply::OK], "slack").await;
    page.says("Sent. The message stands in the chat of Launch group.");
    let told = webhook.told();
    assert_eq!((told.len(), told[0].target.as_str()), (1, "/hooks/T0000/B0000/verysecrettoken0123"));
    assert!(told[0].lines()[1].starts_with("A test message to “Launch group”"), "{:?}", told[0].lines());
    let secret_spoken = r#"{"errcode":310000,"errmsg":"token verysecrettoken0123 not match"}"#;
    let elsewhere = Webhook::start([]).await;
    for (reply, service, words) in [
        (Reply::Say(404, "", "no_service"), "slack", "Slack refused the message with code 404"),
        (Reply::Say(200, "", secret_spoken), "dingtalk", "DingTalk refused the message with code 310000"),
        (Reply::Redirect(elsewhere.url()), "slack", "Slack refused the message with code 307"),
        (Reply::Say(429, "", ""), "slack", "Slack takes no more messages at the moment"),
        (Reply::Hang, "slack", "No answer in 1 second"),
        (Reply::SlowBody, "slack", "No answer in 1 second"),
        (Reply::HugeBody, "slack", "What came back is no answer of a chat"),
    ] {
        let (page, webhook) = tested(&app, vec![reply.clone()], service).await;
        let page = page.says(words);
        assert!(!page.body.contains(TOKEN), "{reply:?}");
        assert_eq!(webhook.told().len(), 1, "{reply:?}");
    }
    assert_eq!(elsewhere.told().len(), 0, "a redirect was followed");
    assert_eq!(value(&app, "select count(*)::text from chat_posts").await, "0");
}

/// Until something gets through, the list says what failed and when.
#[tokio::test]
async fn a_failed_test_message_stands_beside_the_robot() {
    let (app, _) = TestApp::with_project_and(inside).await;
    let webhook = Webhook::start(vec![Reply::Say(404, "", "no_service"), Reply::OK, Reply::Hang]).await;
    let (url, mut lead) = (webhook.url(), app.sign_in("lead").await);
    let path = added(&mut lead, &[("address", &url)]).await;
    lead.post(&format!("{path}/test"), &[]).await.expect(303);
    lead.get("/p/GEO").await; // the sentence above the page is said
    let (page, count) = statements::count(lead.get(PAGE)).await;
    let page =
        page.expect(200).says("Test failed").says("The test message of ").says("refused the message with code 404");
    assert!(!page.body.contains("Nothing posted yet") && !page.body.contains(TOKEN), "{}", page.body);
    assert_eq!(count, 3);
    lead.clone().chinese().get(PAGE).await.expect(200).says("测试失败").says("错误码：404");
    lead.post(&format!("{path}/test"), &[]).await.expect(303);
    lead.get(PAGE).await.expect(200).says("Nothing posted yet");
    lead.post(&format!("{path}/test"), &[]).await.expect(303);
    lead.get(PAGE).await.expect(200).says("Test failed").says("No answer in 1 second");
    // Of another address nothing is known.
    lead.post(&path, &form(&[("address", SLACK), ("version", "1")])).await.expect(303);
    lead.get(PAGE).await.expect(200).says("Nothing posted yet");
}

/// However the inside is written: without the setting nobody there is asked.
#[tokio::test]
async fn what_is_inside_is_asked_only_where_that_is_allowed() {
    let (app, _) = TestApp::with_project().await;
    let webhook = Webhook::start([]).await;
    let mut lead = app.sign_in("lead").await;
    let secure = webhook.url().replace("http:", "https:");
    let path = added(&mut lead, &[]).await;
    lead.post(&path, &form(&[("address", &secure), ("version", "1")])).await.expect(422).says("Tutti sends nothing");
    sqlx::query("update chat_robots set address = $1").bind(&secure).execute(&mut app.sql().await).await.unwrap();
    let words = "Tutti may not send to this address";
    lead.submit(&format!("{path}/test"), &[]).await.expect(200).says(words);
    // A name that was somebody else's when it was typed in, and leads inside now.
    for address in [secure.replace("127.0.0.1", "localhost"), webhook.url()] {
        sqlx::query("update chat_robots set address = $1").bind(&address).execute(&mut app.sql().await).await.unwrap();
        lead.submit(&format!("{path}/test"), &[]).await.expect(200).says(words);
        lead.clone().chinese().submit(&format!("{path}/test"), &[]).await.says("不允许向这个地址发送消息");
    }
    assert_eq!(webhook.told().len(), 0);
}
