//! What is typed about a robot, and what is wrong with it; pure.

use super::model::{Robot, Secret, Topic};
use crate::{
    platform::{
        chat::Service,
        locale::{Language, T},
        outgoing::Networks,
    },
    web::Fields,
};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// What was typed, as text.
#[derive(Clone, Default)]
pub struct Typed {
    /// What people call it.
    pub name: String,
    /// The service.
    pub service: String,
    /// The address; empty to keep the one that is kept.
    pub address: String,
    /// The signing secret; empty to keep the one that is kept.
    pub secret: String,
    /// Whether the kept secret goes.
    pub forgets_secret: bool,
    /// The language of the posts.
    pub language: String,
    /// What it is told of.
    pub topics: Vec<String>,
}

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Typed").field("name", &self.name).field("service", &self.service).finish_non_exhaustive()
    }
}

/// What becomes of the signing secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretChange {
    /// It stays, or there is none.
    Keep,
    /// This one.
    Set(Secret),
    /// None any more.
    Forget,
}

/// A robot as it is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What people call it.
    pub name: String,
    /// The service.
    pub service: Service,
    /// A new address.
    pub address: Option<Secret>,
    /// The signing secret.
    pub secret: SecretChange,
    /// The language of the posts.
    pub language: Language,
    /// What it is told of.
    pub topics: Vec<Topic>,
}

/// Something wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// No name.
    NameMissing,
    /// A name that is too long.
    NameLong,
    /// No service.
    ServiceMissing,
    /// No address where one is needed.
    AddressMissing,
    /// Not an address that can be asked.
    AddressWrong,
    /// It does not begin with `https://`.
    AddressOpen,
    /// It belongs to another service.
    AddressOf(Service),
    /// No host of that service.
    AddressElsewhere(Service),
    /// It leads to this machine, or into a network that is not allowed.
    AddressClosed,
    /// It is the service's, but names no robot.
    AddressKey(Service),
    /// A secret for a service that knows none.
    SecretUnused(Service),
    /// A secret that is too long.
    SecretLong,
    /// No language.
    LanguageMissing,
    /// Told of nothing.
    TopicsMissing,
}

impl Mistake {
    /// The id of the field.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::NameMissing | Self::NameLong => "name",
            Self::ServiceMissing => "service",
            Self::AddressMissing
            | Self::AddressWrong
            | Self::AddressOpen
            | Self::AddressOf(_)
            | Self::AddressElsewhere(_)
            | Self::AddressClosed
            | Self::AddressKey(_) => "address",
            Self::SecretUnused(_) | Self::SecretLong => "secret",
            Self::LanguageMissing => "language",
            Self::TopicsMissing => "topics",
        }
    }

    /// In words.
    #[must_use]
    pub fn text(self, t: T) -> String {
        let name = |service| super::model::service_name(t, service);
        match self {
            Self::NameMissing => t.chats_error_name(),
            Self::NameLong => t.chats_error_name_long(),
            Self::ServiceMissing => t.chats_error_service(),
            Self::AddressMissing => t.chats_error_address_missing(),
            Self::AddressWrong => t.chats_error_address(),
            Self::AddressOpen => t.chats_error_address_open(),
            Self::AddressOf(service) => t.chats_error_address_of(name(service)),
            Self::AddressElsewhere(service) => t.chats_error_address_elsewhere(service.beginning(), name(service)),
            Self::AddressClosed => t.chats_error_address_closed(),
            Self::AddressKey(service) => t.chats_error_address_key(name(service)),
            Self::SecretUnused(service) => t.chats_error_secret_unused(name(service)),
            Self::SecretLong => t.chats_error_secret_long(),
            Self::LanguageMissing => t.chats_error_language(),
            Self::TopicsMissing => t.chats_error_topics(),
        }
    }
}

impl Typed {
    /// A form for a new one: in the language of whoever opens it.
    #[must_use]
    pub fn fresh(t: T) -> Self {
        Self {
            language: t.language().tag().to_owned(),
            topics: [Topic::Escalations, Topic::Gates, Topic::Dates].map(|topic| topic.as_str().to_owned()).into(),
            ..Self::default()
        }
    }

    /// What stands, without what is never shown.
    #[must_use]
    pub fn of(robot: &Robot) -> Self {
        Self {
            name: robot.name.clone(),
            service: robot.service.as_str().to_owned(),
            language: robot.language.tag().to_owned(),
            topics: robot.topics.iter().map(|topic| topic.as_str().to_owned()).collect(),
            ..Self::default()
        }
    }

    /// What a form sent.
    #[must_use]
    pub fn from(fields: &Fields) -> Self {
        let chosen = Topic::ALL.into_iter().filter(|topic| fields.has(&format!("topic_{}", topic.as_str())));
        Self {
            name: fields.get("name").to_owned(),
            service: fields.get("service").to_owned(),
            address: fields.get("address").to_owned(),
            secret: fields.get("secret").to_owned(),
            forgets_secret: fields.has("forgets_secret"),
            language: fields.get("language").to_owned(),
            topics: chosen.map(|topic| topic.as_str().to_owned()).collect(),
        }
    }

    /// The robot that is wanted, or everything that is wrong. `kept` is what stands; `allowed` are the networks that the
    /// administrator allows: where there are any, gateways inside the company may be any host's and need no https.
    ///
    /// # Errors
    /// The mistakes.
    pub fn parse(&self, kept: Option<&Robot>, allowed: &Networks) -> Result<Wanted, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        match self.name.chars().count() {
            0 => mistakes.push(Mistake::NameMissing),
            1..=60 => {}
            _ => mistakes.push(Mistake::NameLong),
        }
        let service = Service::parse(&self.service);
        if service.is_none() {
            mistakes.push(Mistake::ServiceMissing);
        }
        let service = service.unwrap_or(Service::Slack);
        mistakes.extend(self.address_mistake(service, kept, allowed));
        let secret = match (self.secret.as_str(), self.forgets_secret || !service.signs()) {
            ("", true) => SecretChange::Forget,
            ("", false) => SecretChange::Keep,
            (text, _) => SecretChange::Set(Secret::new(text)),
        };
        if !self.secret.is_empty() && !service.signs() {
            mistakes.push(Mistake::SecretUnused(service));
        }
        if self.secret.chars().count() > 200 {
            mistakes.push(Mistake::SecretLong);
        }
        let language = self.language.parse::<Language>().ok();
        if language.is_none() {
            mistakes.push(Mistake::LanguageMissing);
        }
        let topics: Vec<Topic> = self.topics.iter().filter_map(|topic| Topic::parse(topic)).collect();
        if topics.is_empty() {
            mistakes.push(Mistake::TopicsMissing);
        }
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let address = Some(&self.address).filter(|address| !address.is_empty()).map(Secret::new);
        Ok(Wanted { name: self.name.clone(), service, address, secret, language: language.unwrap_or_default(), topics })
    }

    fn address_mistake(&self, service: Service, kept: Option<&Robot>, allowed: &Networks) -> Option<Mistake> {
        if !self.address.is_empty() {
            return address_mistake(&self.address, service, allowed);
        }
        // An address that is kept fits the service that it was typed for.
        kept.is_none_or(|kept| kept.service != service).then_some(Mistake::AddressMissing)
    }
}

/// What could never work there. A name that leads inside is found out only when it is asked: see [`crate::platform::outgoing`].
fn address_mistake(address: &str, service: Service, allowed: &Networks) -> Option<Mistake> {
    let Ok(url) = address.parse::<Url>() else { return Some(Mistake::AddressWrong) };
    let is_plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if address.chars().count() > 1_000 || url.host_str().is_none_or(str::is_empty) || !is_plain {
        return Some(Mistake::AddressWrong);
    }
    if literal(&url).iter().any(|address| !allowed.contain(*address)) {
        return Some(Mistake::AddressClosed);
    }
    let of = Service::of(&url);
    let may_be_open = of.is_none() && !allowed.is_empty() && url.scheme() == "http";
    if url.scheme() != "https" && !may_be_open {
        return Some(Mistake::AddressOpen);
    }
    match of {
        Some(of) if of != service => Some(Mistake::AddressOf(of)),
        // The services listen at the usual port only.
        Some(_) if url.port().is_some() => Some(Mistake::AddressElsewhere(service)),
        Some(_) if !service.has_key(&url) => Some(Mistake::AddressKey(service)),
        None if allowed.is_empty() => Some(Mistake::AddressElsewhere(service)),
        Some(_) | None => None,
    }
}

/// The addresses that a host is without being looked up, however it is written.
fn literal(url: &Url) -> Vec<IpAddr> {
    match url.host() {
        Some(Host::Ipv4(address)) => vec![address.into()],
        Some(Host::Ipv6(address)) => vec![address.to_ipv4_mapped().map_or(address.into(), IpAddr::from)],
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            let is_here = name == "localhost" || name.ends_with(".localhost");
            if is_here { vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()] } else { Vec::new() }
        }
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
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
}
