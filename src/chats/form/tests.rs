use super::*;
use crate::platform::ids::RobotId;

fn typed() -> Typed {
    Typed {
        name: "Launch group".into(),
        service: "feishu".into(),
        address: "https://open.feishu.cn/open-apis/bot/v2/hook/abc".into(),
        secret: "s".into(),
        forgets_secret: false,
        language: "zh-CN".into(),
        topics: vec!["gates".into()],
    }
}

fn kept() -> Robot {
    Robot {
        id: RobotId::new(),
        name: "Launch group".into(),
        service: Service::Feishu,
        address: Secret::new("https://open.feishu.cn/open-apis/bot/v2/hook/abc"),
        secret: Some(Secret::new("s")),
        language: Language::Chinese,
        topics: vec![Topic::Gates],
        pause: None,
        pause_code: None,
        version: 1,
    }
}

fn networks(text: &str) -> Networks {
    text.parse().unwrap()
}

#[test]
fn addresses_fit_their_service() {
    let (nobody, company) = ("", "10.0.0.0/8, 127.0.0.1");
    let elsewhere = |service| Some(Mistake::AddressElsewhere(service));
    for (service, address, allowed, mistake) in [
        ("feishu", "https://open.feishu.cn/open-apis/bot/v2/hook/abc", nobody, None),
        ("feishu", "https://open.larksuite.com/open-apis/bot/v2/hook/abc", company, None),
        ("slack", "https://chat.example/hooks/abc", nobody, elsewhere(Service::Slack)),
        ("slack", "https://chat.example/hooks/abc", company, None),
        ("slack", "http://chat.example/hooks/abc", nobody, Some(Mistake::AddressOpen)),
        ("slack", "http://chat.example/hooks/abc", company, None),
        ("feishu", "https://chat.example/hooks/abc", company, None),
        ("feishu", "https://chat.example/hooks/abc", nobody, elsewhere(Service::Feishu)),
        ("slack", "https://hooks.slack.com.evil.example/services/T/B/x", nobody, elsewhere(Service::Slack)),
        ("slack", "https://hooks.slack.com:8443/services/T/B/x", nobody, elsewhere(Service::Slack)),
        ("slack", "https://hooks.slack.com:443/services/T/B/x", nobody, None),
        ("slack", "http://hooks.slack.com/services/T/B/x", company, Some(Mistake::AddressOpen)),
        ("slack", "https://hooks.slack.com/services/", nobody, Some(Mistake::AddressKey(Service::Slack))),
        ("dingtalk", "https://oapi.dingtalk.com/robot/send", company, Some(Mistake::AddressKey(Service::DingTalk))),
        ("wecom", "https://open.feishu.cn/x", company, Some(Mistake::AddressOf(Service::Feishu))),
        ("slack", "https://u:p@hooks.slack.com/services/T/B/x", nobody, Some(Mistake::AddressWrong)),
        ("slack", "ftp://hooks.slack.com/x", company, Some(Mistake::AddressOpen)),
        ("slack", "hooks.slack.com/x", nobody, Some(Mistake::AddressWrong)),
        ("slack", "javascript:alert(1)", company, Some(Mistake::AddressWrong)),
        ("slack", "", nobody, Some(Mistake::AddressMissing)),
    ] {
        let secret = if service == "feishu" { "s" } else { "" };
        let one = Typed { service: service.into(), address: address.into(), secret: secret.into(), ..typed() };
        let found = one.parse(None, &networks(allowed)).err().unwrap_or_default();
        assert_eq!(found, mistake.into_iter().collect::<Vec<_>>(), "{service} {address} {allowed}");
    }
}

/// However it is written.
#[test]
fn what_leads_inside_is_refused_at_once() {
    for host in [
        "127.0.0.1",
        "127.1",
        "0x7f.1",
        "2130706433",
        "017700000001",
        "10.0.0.7:8080",
        "169.254.169.254",
        "192.168.1.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:a9fe:a9fe]",
        "[fe80::1]",
        "[fd00::1]",
        "localhost",
        "LOCALHOST.",
        "x.localhost:3000",
        "8.8.8.8",
    ] {
        for scheme in ["https", "http"] {
            let found = address_mistake(&format!("{scheme}://{host}/hooks/abc"), Service::Slack, &networks(""));
            assert_eq!(found, Some(Mistake::AddressClosed), "{scheme}://{host}");
        }
    }
    let allowed = networks("10.0.0.0/8, 127.0.0.1");
    for (host, mistake) in [
        ("10.0.0.7:8080", None),
        ("127.1", None),
        ("[::ffff:10.0.0.7]", None),
        ("192.168.1.1", Some(Mistake::AddressClosed)),
        ("[::1]", Some(Mistake::AddressClosed)),
        ("localhost", Some(Mistake::AddressClosed)),
    ] {
        let found = address_mistake(&format!("http://{host}/hooks/abc"), Service::Slack, &allowed);
        assert_eq!(found, mistake, "{host}");
    }
    assert_eq!(address_mistake("http://localhost/x", Service::Slack, &networks("127.0.0.0/8, ::1")), None);
}

#[test]
fn all_mistakes_are_found_at_once() {
    let empty = Typed::default().parse(None, &networks("")).unwrap_err();
    let fields: Vec<&str> = empty.iter().map(|mistake| mistake.field()).collect();
    assert_eq!(fields, ["name", "service", "address", "language", "topics"]);
    let long = Typed { name: "字".repeat(61), secret: "s".repeat(201), ..typed() };
    assert_eq!(long.parse(None, &networks("")), Err(vec![Mistake::NameLong, Mistake::SecretLong]));
    let unused = Typed {
        service: "wecom".into(),
        address: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x".into(),
        ..typed()
    };
    assert_eq!(unused.parse(None, &networks("")), Err(vec![Mistake::SecretUnused(Service::WeCom)]));
}

#[test]
fn what_is_not_typed_anew_is_kept() {
    let (kept, nothing) = (kept(), Typed { address: String::new(), secret: String::new(), ..typed() });
    let wanted = nothing.parse(Some(&kept), &networks("")).unwrap();
    assert_eq!((wanted.address, wanted.secret), (None, SecretChange::Keep));
    let forgets = Typed { forgets_secret: true, ..nothing.clone() };
    assert_eq!(forgets.parse(Some(&kept), &networks("")).unwrap().secret, SecretChange::Forget);
    let wanted = typed().parse(Some(&kept), &networks("")).unwrap();
    assert_eq!(wanted.secret, SecretChange::Set(Secret::new("s")));
    // Another service needs another address.
    let moved = Typed { service: "slack".into(), ..nothing };
    assert_eq!(moved.parse(Some(&kept), &networks("")), Err(vec![Mistake::AddressMissing]));
    assert!(!format!("{:?}", typed()).contains("hook"));
}
