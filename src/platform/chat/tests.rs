use super::{Outcome, Post, Prepared, Service, Span, outcome, prepare};
use jiff::Timestamp;
use serde_json::{Value, json};
use url::Url;

fn post(title: &str, text: &str) -> Post {
    let link = Some(("Open GEO-42".to_owned(), "https://tutti.example.com/p/GEO/tasks/42?a=1&b=2".parse().unwrap()));
    let lines = text.lines().map(|line| vec![Span::text(line)]).collect();
    Post { title: title.to_owned(), lines, more: String::new(), link, is_chinese: false }
}

fn address() -> Url {
    "https://oapi.dingtalk.com/robot/send?access_token=x".parse().unwrap()
}

fn prepared(service: Service, secret: Option<&str>, post: &Post, at: i64) -> (Prepared, Value) {
    let made = prepare(service, &address(), secret, post, Timestamp::from_millisecond(at).unwrap()).unwrap();
    let body = serde_json::from_str(&made.body).unwrap();
    (made, body)
}

#[test]
fn addresses_name_their_service() {
    for (address, service) in [
        ("https://hooks.slack.com/services/T/B/x", Some(Service::Slack)),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/x", Some(Service::Feishu)),
        ("https://open.larksuite.com/open-apis/bot/v2/hook/x", Some(Service::Feishu)),
        ("https://oapi.dingtalk.com/robot/send?access_token=x", Some(Service::DingTalk)),
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x", Some(Service::WeCom)),
        ("https://hooks.slack.com.evil.example/x", None),
        ("https://evil.example/hooks.slack.com", None),
    ] {
        assert_eq!(Service::of(&address.parse().unwrap()), service, "{address}");
    }
}

#[test]
fn addresses_name_their_robot() {
    for (address, service, has_key) in [
        ("https://hooks.slack.com/services/T0000/B0000/x", Service::Slack, true),
        ("https://hooks.slack.com/triggers/T0000/1/x", Service::Slack, true),
        ("https://hooks.slack.com/services/", Service::Slack, false),
        ("https://hooks.slack.com/services/T0000", Service::Slack, false),
        ("https://hooks.slack.com/", Service::Slack, false),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/x", Service::Feishu, true),
        ("https://open.feishu.cn/open-apis/bot/hook/x", Service::Feishu, true),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/", Service::Feishu, false),
        ("https://oapi.dingtalk.com/robot/send?access_token=x", Service::DingTalk, true),
        ("https://oapi.dingtalk.com/robot/send?access_token=", Service::DingTalk, false),
        ("https://oapi.dingtalk.com/robot/send", Service::DingTalk, false),
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x", Service::WeCom, true),
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?access_token=x", Service::WeCom, false),
    ] {
        assert_eq!(service.has_key(&address.parse().unwrap()), has_key, "{address}");
    }
}

/// Computed with another implementation (Python's hmac).
#[test]
fn signatures_are_those_that_the_services_compute() {
    let post = post("Title", "");
    let (_, feishu) = prepared(Service::Feishu, Some("tutti-secret"), &post, 1_599_360_473_999);
    assert_eq!(feishu["timestamp"], "1599360473");
    assert_eq!(feishu["sign"], "9mfol8xj2wdOOlz2LOMNFPE053bMsrUvN9oH/EjPbyY=");
    let (dingtalk, _) = prepared(Service::DingTalk, Some("SECtutti"), &post, 1_577_808_000_000);
    assert_eq!(
        dingtalk.address.query().unwrap(),
        "access_token=x&timestamp=1577808000000&sign=MVv8n90n8a7PZPNurz%2FHjBt6MaykzdCrXyR8huBYkkM%3D"
    );
    for service in Service::ALL {
        let (made, body) = prepared(service, None, &post, 0);
        assert_eq!((made.address, &body["sign"]), (address(), &Value::Null), "{service:?} without a secret");
        let (made, body) = prepared(service, Some(""), &post, 0);
        assert_eq!((made.address, &body["sign"]), (address(), &Value::Null), "{service:?} with an empty one");
    }
}

#[test]
fn bodies_are_what_the_services_expect() {
    let page = "https://tutti.example.com/p/GEO/tasks/42?a=1&b=2".parse().unwrap();
    let blocked = vec![Span::text("Su marked "), Span::link("GEO-42 Price (new)", page), Span::text(" as blocked")];
    let post = Post { lines: vec![blocked, vec![Span::text("A & B")]], more: "and 3 more".into(), ..post("GEO", "") };
    let (_, slack) = prepared(Service::Slack, None, &post, 0);
    let task = "Su marked <https://tutti.example.com/p/GEO/tasks/42?a=1&amp;b=2|GEO-42 Price (new)> as blocked\nA &amp; B\nand 3 more";
    let open = "<https://tutti.example.com/p/GEO/tasks/42?a=1&amp;b=2|Open GEO-42>";
    assert_eq!(
        slack,
        json!({"text": format!("GEO\n{task}\n{open}"), "unfurl_links": false, "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": "GEO", "emoji": false}},
            {"type": "section", "text": {"type": "mrkdwn", "text": task, "verbatim": true}},
            {"type": "section", "text": {"type": "mrkdwn", "text": open, "verbatim": true}},
        ]})
    );
    let (_, feishu) = prepared(Service::Feishu, None, &post, 0);
    let plain = |text: &str| json!({"tag": "text", "text": text, "un_escape": false});
    let to_page =
        |text: &str| json!({"tag": "a", "text": text, "href": "https://tutti.example.com/p/GEO/tasks/42?a=1&b=2"});
    assert_eq!(
        feishu,
        json!({"msg_type": "post", "content": {"post": {"en_us": {"title": "GEO", "content": [
            [plain("Su marked "), to_page("GEO-42 Price (new)"), plain(" as blocked")],
            [plain("A & B")],
            [plain("and 3 more")],
            [to_page("Open GEO-42")],
        ]}}}})
    );
    let marked = "[GEO-42 Price (new)](https://tutti.example.com/p/GEO/tasks/42?a=1&b=2)";
    let open = "[Open GEO-42](https://tutti.example.com/p/GEO/tasks/42?a=1&b=2)";
    let (_, dingtalk) = prepared(Service::DingTalk, None, &post, 0);
    assert_eq!(
        dingtalk,
        json!({"msgtype": "markdown", "at": {"isAtAll": false}, "markdown": {"title": "GEO",
            "text": format!("#### GEO\n\nSu marked {marked} as blocked\n\nA & B\n\nand 3 more\n\n{open}")}})
    );
    let (_, wecom) = prepared(Service::WeCom, None, &post, 0);
    assert_eq!(
        wecom,
        json!({"msgtype": "markdown", "markdown": {
            "content": format!("**GEO**\nSu marked {marked} as blocked\nA & B\nand 3 more\n{open}")}})
    );
    let chinese = Post { is_chinese: true, ..post };
    let (_, feishu) = prepared(Service::Feishu, None, &chinese, 0);
    assert!(feishu["content"]["post"]["zh_cn"].is_object());
}

#[test]
fn what_people_write_stays_text() {
    let hostile = "# <!channel> <@U1> @all <at user_id=\"all\"></at> <https://evil.example|bank> [bank](https://evil.example) ](http://evil) ![x](y) **b** `c` & \"q\" _i_ ~s~ :fire: 10:45 \u{202e}abc\\";
    let page: Url = "https://tutti.example.com/a)b|c".parse().unwrap();
    let lines = vec![vec![Span::text(hostile), Span::link(format!("{hostile}|\n## more"), page)]];
    let post = Post { lines, link: None, ..post("<!here> [a](b)\n# two @all", "") };
    for service in Service::ALL {
        let (made, body) = prepared(service, None, &post, 0);
        for begins in [
            "<!",
            "<@",
            "<at",
            "@all",
            "](http://evil",
            "](https://evil",
            "http://evil",
            "https://evil",
            "**b",
            "`c",
            "_i",
            "~s",
            ":fire",
            "\u{202e}",
            "\\\\]",
        ] {
            assert!(!made.body.contains(begins), "{service:?} says {begins}: {}", made.body);
        }
        assert!(made.body.contains("＜!channel＞") && made.body.contains("＠all"), "{service:?}: {}", made.body);
        assert!(made.body.contains("10:45"), "a time is no picture: {}", made.body);
        let text = match service {
            Service::Slack => body["text"].as_str().unwrap().to_owned(),
            Service::Feishu => body["content"]["post"]["en_us"]["content"].to_string(),
            Service::DingTalk => body["markdown"]["text"].as_str().unwrap().to_owned(),
            Service::WeCom => body["markdown"]["content"].as_str().unwrap().to_owned(),
        };
        let links = text.matches("://").count();
        assert_eq!(links, 1, "{service:?} has the one link that is ours: {text}");
        assert!(!text.lines().any(|line| line.starts_with("# ") || line.starts_with("## ")), "{text}");
    }
    let (_, slack) = prepared(Service::Slack, None, &post, 0);
    let slack = slack["text"].as_str().unwrap();
    assert!(slack.contains("<https://tutti.example.com/a)b%7Cc|＃") && slack.contains("¦ ## more>"), "{slack}");
    assert_eq!(slack.matches('<').count(), 1, "{slack}");
    let (_, wecom) = prepared(Service::WeCom, None, &post, 0);
    let wecom = wecom["markdown"]["content"].as_str().unwrap();
    assert!(wecom.ends_with("(https://tutti.example.com/a%29b|c)"), "{wecom}");
}

#[test]
fn nothing_is_longer_than_allowed() {
    for letter in ["a", "&", "决", "🎼"] {
        let long = letter.repeat(9_000);
        let lines = vec![vec![Span::text(long.clone())]; 40];
        let post = Post { lines, more: "and 25 more".into(), ..post(&long, "") };
        let (_, slack) = prepared(Service::Slack, None, &post, 0);
        let blocks = slack["blocks"].as_array().unwrap();
        let length = |block: &Value| block["text"]["text"].as_str().unwrap().chars().count();
        assert_eq!(length(&blocks[0]), 150, "{letter}");
        assert!(blocks.len() < 50 && blocks[1..].iter().all(|block| length(block) <= 3_000), "{letter}");
        assert!(slack["text"].as_str().unwrap().contains("and 25 more"));
        let (_, wecom) = prepared(Service::WeCom, None, &post, 0);
        let text = wecom["markdown"]["content"].as_str().unwrap();
        assert!(text.len() <= 4_096 && text.len() > 3_000, "{letter}: {} bytes", text.len());
        assert!(text.contains("\n…\nand 25 more\n[Open GEO-42]") && text.ends_with("b=2)"), "{letter}: {text}");
        for service in [Service::Feishu, Service::DingTalk] {
            assert!(prepared(service, Some("s"), &post, 0).0.body.len() < 20_480, "{service:?} {letter}");
        }
    }
}

#[test]
fn answers_are_read() {
    let refused = |code: &str, words: &str| Outcome::Refused { code: code.to_owned(), words: words.to_owned() };
    for (service, status, body, expected) in [
        (Service::Slack, 200, "ok", Outcome::Delivered),
        (Service::Slack, 404, "no_service", refused("404", "no_service")),
        (Service::Slack, 400, "invalid_payload", refused("400", "invalid_payload")),
        (Service::Slack, 429, "", Outcome::Later),
        (Service::Slack, 302, "", refused("302", "")),
        (Service::Feishu, 200, r#"{"code":0,"msg":"success","data":{}}"#, Outcome::Delivered),
        (Service::Feishu, 200, r#"{"StatusCode":0,"StatusMessage":"success"}"#, Outcome::Delivered),
        (Service::Feishu, 200, r#"{"code":19021,"msg":"sign match fail"}"#, refused("19021", "sign match fail")),
        (Service::Feishu, 400, r#"{"code":9499,"msg":"Bad Request"}"#, refused("9499", "Bad Request")),
        (Service::Feishu, 200, r#"{"code":11232,"msg":"frequency limited"}"#, Outcome::Later),
        (Service::DingTalk, 200, r#"{"errcode":0,"errmsg":"ok"}"#, Outcome::Delivered),
        (
            Service::DingTalk,
            200,
            r#"{"errcode":310000,"errmsg":"sign not match"}"#,
            refused("310000", "sign not match"),
        ),
        (Service::DingTalk, 200, r#"{"errcode":130101,"errmsg":"send too fast"}"#, Outcome::Later),
        (Service::WeCom, 200, r#"{"errcode":0,"errmsg":"ok"}"#, Outcome::Delivered),
        (Service::WeCom, 200, r#"{"errcode":93000,"errmsg":"invalid webhook"}"#, refused("93000", "invalid webhook")),
        (Service::WeCom, 200, r#"{"errcode":45009,"errmsg":"api freq out of limit"}"#, Outcome::Later),
        (Service::WeCom, 502, "<html>", Outcome::Later),
        (Service::WeCom, 200, "<html>", refused("200", "")),
        (Service::DingTalk, 302, r#"{"errcode":0}"#, refused("0", "")),
        (Service::Feishu, 200, "[1]", refused("200", "")),
    ] {
        assert_eq!(outcome(service, status, body), expected, "{service:?} {status} {body}");
    }
    let Outcome::Refused { words, .. } = outcome(Service::Slack, 400, &"x\n".repeat(900)) else { panic!() };
    assert_eq!(words, "x".repeat(200));
}
