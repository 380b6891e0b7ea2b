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
mod tests;
