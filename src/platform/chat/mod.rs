//! Messages for the chats that departments use: Slack's incoming webhooks, and the group robots of Feishu, DingTalk and WeCom.
//! Pure: what is sent, how it is signed, and what the answer means. `outgoing` carries it.
//!
//! | service | form | bound | signature |
//! |---|---|---|---|
//! | Slack | blocks of its own markup, and the same as one text for gateways | 150 characters of title, 3,000 of a block | none; the address is the secret |
//! | Feishu | rich text (`post`) | 20 KB | seconds and secret as the key over nothing, in the body |
//! | DingTalk | Markdown | 20 KB | secret as the key over milliseconds and secret, in the query |
//! | WeCom | Markdown | 4,096 bytes | none; the address is the secret |

mod answers;
mod bodies;
#[cfg(test)]
mod tests;

pub use answers::{Outcome, outcome};

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;
use url::Url;

/// The type of every body.
pub const CONTENT_TYPE: &str = "application/json; charset=utf-8";

/// Whose chat it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Service {
    /// Slack.
    Slack,
    /// Feishu, and Lark outside of China.
    Feishu,
    /// DingTalk.
    DingTalk,
    /// WeCom.
    WeCom,
}

impl Service {
    /// All.
    pub const ALL: [Self; 4] = [Self::Slack, Self::Feishu, Self::DingTalk, Self::WeCom];

    /// The text in the database and in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Slack => "slack",
            Self::Feishu => "feishu",
            Self::DingTalk => "dingtalk",
            Self::WeCom => "wecom",
        }
    }

    /// From the text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|service| service.as_str() == text)
    }

    /// How the addresses of its webhooks begin.
    #[must_use]
    pub fn beginning(self) -> &'static str {
        match self {
            Self::Slack => "https://hooks.slack.com/",
            Self::Feishu => "https://open.feishu.cn/",
            Self::DingTalk => "https://oapi.dingtalk.com/",
            Self::WeCom => "https://qyapi.weixin.qq.com/",
        }
    }

    /// Whose webhook an address is, by its host.
    #[must_use]
    pub fn of(address: &Url) -> Option<Self> {
        match address.host_str()? {
            "hooks.slack.com" | "hooks.slack-gov.com" => Some(Self::Slack),
            "open.feishu.cn" | "open.larksuite.com" => Some(Self::Feishu),
            "oapi.dingtalk.com" => Some(Self::DingTalk),
            "qyapi.weixin.qq.com" => Some(Self::WeCom),
            _ => None,
        }
    }

    /// Whether an address of this service names a robot: without its key nothing can ever be posted there.
    #[must_use]
    pub fn has_key(self, address: &Url) -> bool {
        let steps: Vec<&str> = address.path().split('/').filter(|step| !step.is_empty()).collect();
        let asked = |name: &str| address.query_pairs().any(|(found, value)| found == name && !value.is_empty());
        match self {
            Self::Slack => {
                matches!(steps.as_slice(), ["services" | "workflows" | "triggers", _, rest @ ..] if !rest.is_empty())
            }
            Self::Feishu => matches!(steps.as_slice(), ["open-apis", "bot", .., "hook", _]),
            Self::DingTalk => steps.as_slice() == ["robot", "send"] && asked("access_token"),
            Self::WeCom => steps.as_slice() == ["cgi-bin", "webhook", "send"] && asked("key"),
        }
    }

    /// Whether its robots can be told to demand a signature.
    #[must_use]
    pub fn signs(self) -> bool {
        matches!(self, Self::Feishu | Self::DingTalk)
    }
}

/// Words of a line, and the page of ours that they lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// As people wrote it.
    pub text: String,
    /// None where they are only words.
    pub link: Option<Url>,
}

impl Span {
    /// Words alone.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), link: None }
    }

    /// Words that lead to a page of ours.
    pub fn link(text: impl Into<String>, link: Url) -> Self {
        Self { text: text.into(), link: Some(link) }
    }
}

/// What a chat is told. All of it is plain text that people wrote; each service gets it so that it stays plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// One line.
    pub title: String,
    /// A line for each thing that happened; where a service takes less, the last are left out.
    pub lines: Vec<Vec<Span>>,
    /// That there is more; empty when there is not.
    pub more: String,
    /// A page of ours to look at, and the words for it.
    pub link: Option<(String, Url)>,
    /// Whether it is written in Chinese.
    pub is_chinese: bool,
}

/// What is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// Where to. It is a secret.
    pub address: Url,
    /// JSON.
    pub body: String,
}

/// A post as its service wants it, signed for this moment where there is a secret to sign with.
///
/// # Errors
/// When no signature can be made, which is our fault.
pub fn prepare(
    service: Service,
    address: &Url,
    secret: Option<&str>,
    post: &Post,
    now: Timestamp,
) -> anyhow::Result<Prepared> {
    let secret = secret.filter(|secret| service.signs() && !secret.is_empty());
    let mut address = address.clone();
    let body = match service {
        Service::Slack => bodies::slack(post),
        Service::Feishu => {
            let seconds = now.as_second();
            let signature = secret.map(|secret| signed(&format!("{seconds}\n{secret}"), "")).transpose()?;
            bodies::feishu(post, signature.as_deref().map(|signature| (seconds, signature)))
        }
        Service::DingTalk => {
            if let Some(secret) = secret {
                let milliseconds = now.as_millisecond();
                let signature = signed(secret, &format!("{milliseconds}\n{secret}"))?;
                let mut query = address.query_pairs_mut();
                query.append_pair("timestamp", &milliseconds.to_string()).append_pair("sign", &signature);
            }
            bodies::dingtalk(post)
        }
        Service::WeCom => bodies::wecom(post),
    };
    Ok(Prepared { address, body: body.to_string() })
}

/// HMAC-SHA256 in Base64.
fn signed(key: &str, text: &str) -> anyhow::Result<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes())?;
    mac.update(text.as_bytes());
    Ok(STANDARD.encode(mac.finalize().into_bytes()))
}
