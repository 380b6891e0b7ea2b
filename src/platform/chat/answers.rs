//! What an answer means. All but Slack answer 200 and say inside whether it worked.

use super::Service;
use serde_json::Value;

/// What became of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It stands in the chat.
    Delivered,
    /// Too many at this moment, or the service is out of order: the same may work later.
    Later,
    /// It will not work again like this: a wrong address, a wrong secret, a robot that was removed.
    Refused {
        /// What the service calls the reason; empty when it says nothing.
        code: String,
        /// Its words for the administrator, cut short.
        words: String,
    },
}

/// Longest words of a service that are kept, in characters.
const WORDS: usize = 200;

/// Codes that pass by themselves: too many messages in a minute, or the service is busy.
fn passes(service: Service, code: i64) -> bool {
    match service {
        Service::Slack => false,
        Service::Feishu => matches!(code, 11_232 | 11_233 | 99_991_400),
        Service::DingTalk => matches!(code, -1 | 130_101 | 130_102 | 410_100),
        Service::WeCom => matches!(code, -1 | 45_009 | 45_033),
    }
}

/// Reads an answer by its status and body.
#[must_use]
pub fn outcome(service: Service, status: u16, body: &str) -> Outcome {
    let refused = |code: String, words: &str| Outcome::Refused {
        code,
        words: words.chars().filter(|letter| !letter.is_control()).take(WORDS).collect(),
    };
    if status == 429 || status >= 500 {
        return Outcome::Later;
    }
    if service == Service::Slack {
        let words = body.trim();
        return if status == 200 && words == "ok" { Outcome::Delivered } else { refused(status.to_string(), words) };
    }
    let said: Value = serde_json::from_str(body).unwrap_or_default();
    let (codes, words) = match service {
        Service::Feishu => (["code", "StatusCode"], ["msg", "StatusMessage"]),
        _ => (["errcode", "errcode"], ["errmsg", "errmsg"]),
    };
    let code = codes.iter().find_map(|name| said.get(*name)?.as_i64());
    let words = words.iter().find_map(|name| said.get(*name)?.as_str()).unwrap_or_default();
    match code {
        Some(0) if (200..300).contains(&status) => Outcome::Delivered,
        Some(code) if passes(service, code) => Outcome::Later,
        Some(code) => refused(code.to_string(), words),
        None => refused(status.to_string(), words),
    }
}
