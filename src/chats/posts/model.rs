//! What a post says, and what becomes of it; pure.

use crate::{
    chats::model::Pause,
    events::{
        Recorded, feed,
        sentences::{Piece, describe},
    },
    platform::{
        chat::{Outcome, Post, Service, Span, outcome},
        locale::{Language, T},
        outgoing::{Answer, Failed},
    },
    web::paths,
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use url::Url;

/// Most lines of a post; the rest is a number and a link.
pub const LINES: usize = 15;
/// Tries before a post is given up: most of a day with the waits between them.
pub const TRIES: i32 = 12;
/// The first wait; each further one is twice as long.
const FIRST_WAIT: i64 = 30;
/// Longest wait that a service may ask for.
const LONGEST_WAIT: i64 = 24 * 60 * 60;
/// Longest name of a thing in a line, in characters.
const NAME: usize = 80;
/// Longest reason in a line, in characters.
const REASON: usize = 120;

/// Why a post waits longer than it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Too many messages, or the service is out of order.
    Busy,
    /// The host's name is not known.
    Unknown,
    /// Nobody answers there.
    Unreachable,
    /// No answer in time.
    TooSlow,
    /// What came back is no answer.
    Unreadable,
}

impl Trouble {
    /// The text in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Busy => "busy",
            Self::Unknown => "unknown",
            Self::Unreachable => "unreachable",
            Self::TooSlow => "too_slow",
            Self::Unreadable => "unreadable",
        }
    }
}

/// What became of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It stands in the chat.
    Sent,
    /// It may work later: not before so many seconds, where the service said so.
    Later(Trouble, Option<u64>),
    /// It will not work again like this; with what the service calls the reason.
    Never(Pause, Option<String>),
}

/// Longest code of a service that is kept, in characters.
const CODE: usize = 20;

/// Reads what came back.
#[must_use]
pub fn verdict(service: Service, came_back: &Result<Answer, Failed>) -> Verdict {
    match came_back {
        Ok(answer) => match outcome(service, answer.status, &answer.body) {
            Outcome::Delivered => Verdict::Sent,
            Outcome::Later => Verdict::Later(Trouble::Busy, answer.retry_after),
            // Its words are not kept: whoever answers there could repeat the secret in them.
            Outcome::Refused { code, .. } => Verdict::Never(Pause::Refused, Some(code.chars().take(CODE).collect())),
        },
        Err(Failed::Unknown) => Verdict::Later(Trouble::Unknown, None),
        Err(Failed::Unreachable) => Verdict::Later(Trouble::Unreachable, None),
        Err(Failed::TooSlow) => Verdict::Later(Trouble::TooSlow, None),
        Err(Failed::Answer) => Verdict::Later(Trouble::Unreadable, None),
        Err(Failed::Address | Failed::NotPublic) => Verdict::Never(Pause::NotAllowed, None),
        Err(Failed::Certificate) => Verdict::Never(Pause::Certificate, None),
    }
}

/// When a post is tried again, after so many tries; none when it is given up.
#[must_use]
pub fn next_try(now: Timestamp, tries: i32, retry_after: Option<u64>) -> Option<Timestamp> {
    if tries >= TRIES {
        return None;
    }
    let doublings = u32::try_from(tries - 1).unwrap_or_default().min(16);
    let asked = retry_after.and_then(|seconds| i64::try_from(seconds).ok()).unwrap_or_default().min(LONGEST_WAIT);
    let wait = SignedDuration::from_secs((FIRST_WAIT << doublings).max(asked));
    Some(now.checked_add(wait).unwrap_or(now))
}

/// What the words of a post are made from.
#[derive(Clone, Debug)]
pub struct About<'a> {
    /// The start of every link, without a slash at its end.
    pub origin: &'a str,
    /// The project's key.
    pub key: &'a str,
    /// Its name.
    pub project: &'a str,
    /// The language of the robot.
    pub language: Language,
}

impl About<'_> {
    /// A page of ours.
    #[must_use]
    pub fn link(&self, path: &str) -> Option<Url> {
        format!("{}{path}", self.origin).parse().ok()
    }

    /// The post for events in their order; `count` is of all of them, of which the first may be given.
    #[must_use]
    pub fn post(&self, events: &[Recorded], count: usize) -> Post {
        let t = T(self.language);
        let shown = events.len().min(LINES);
        let hidden = count.saturating_sub(shown);
        let (words, path) = if hidden > 0 {
            (t.chats_post_all(), paths::project(self.key, "history").to_string())
        } else {
            (t.chats_post_open(), paths::project(self.key, "").to_string())
        };
        Post {
            title: self.project.to_owned(),
            lines: events.iter().take(LINES).map(|event| self.line(t, event)).collect(),
            more: if hidden > 0 { t.chats_post_more(hidden) } else { String::new() },
            link: self.link(&path).map(|link| (words, link)),
            is_chinese: self.language == Language::Chinese,
        }
    }

    /// The sentence of an event; what it happened to leads to its page.
    fn line(&self, t: T, event: &Recorded) -> Vec<Span> {
        let line = describe(t, &TimeZone::UTC, event);
        let page = feed::href(event, Some(self.key)).and_then(|path| self.link(&path));
        let mut spans: Vec<Span> = line
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => Span::text(text.clone()),
                Piece::Actor(name) | Piece::Other(name) => Span::text(cut(name, NAME)),
                Piece::Subject(name) => Span { text: cut(name, NAME), link: page.clone() },
            })
            .collect();
        for detail in &line.details {
            match detail.field.as_str() {
                "due_on" if detail.has_both() => {
                    spans.push(Span::text(t.chats_post_moved(&detail.after, &detail.before)));
                }
                "blocked_reason" if !detail.after.is_empty() => {
                    spans.push(Span::text(t.chats_post_reason(cut(&detail.after, REASON))));
                }
                "size" if event.kind == "change.sized" && !detail.after.is_empty() => {
                    spans.push(Span::text(t.chats_post_reason(&detail.after)));
                }
                _ => {}
            }
        }
        spans
    }
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::ids::EventId;
    use serde_json::{Value, json};
    use uuid::Uuid;

    fn event(kind: &str, subject: (&str, &str, &str), before: Value, after: Value) -> Recorded {
        Recorded {
            id: EventId::new(),
            at: Timestamp::UNIX_EPOCH,
            project_id: None,
            actor_id: None,
            actor_name: "Lin Yue".into(),
            kind: kind.into(),
            subject_kind: subject.0.into(),
            subject_id: Uuid::nil(),
            subject_label: subject.1.into(),
            subject_title: subject.2.into(),
            subject_title_zh: None,
            before,
            after,
            request_id: String::new(),
        }
    }

    fn said(line: &[Span]) -> (String, Vec<String>) {
        let links = line.iter().filter_map(|span| span.link.as_ref().map(|link| format!("{} {link}", span.text)));
        (line.iter().map(|span| span.text.as_str()).collect(), links.collect())
    }

    const ABOUT: About<'_> =
        About { origin: "https://tutti.example", key: "GEO", project: "GEO Monitor", language: Language::English };

    #[test]
    fn a_line_is_the_sentence_and_leads_to_the_thing() {
        let blocked = json!({"status": "blocked", "blocked_reason": "Waits for legal"});
        let moved = (json!({"due_on": "2026-11-18"}), json!({"due_on": "2026-11-25"}));
        let events = [
            event("task.status_changed", ("task", "GEO-42", "Price list"), json!({"status": "doing"}), blocked),
            event("milestone.moved", ("milestone", "", "Press day"), moved.0, moved.1),
            event("escalation.raised", ("escalation", "E-3", "What price?"), json!({}), json!({})),
        ];
        let post = ABOUT.post(&events, 3);
        let lines: Vec<_> = post.lines.iter().map(|line| said(line)).collect();
        let expected = [
            (
                "Lin Yue marked GEO-42 Price list as blocked: Waits for legal",
                "GEO-42 Price list https://tutti.example/p/GEO/tasks/42",
            ),
            (
                "Lin Yue moved the milestone Press day (18 Nov 2026 → 25 Nov 2026)",
                "Press day https://tutti.example/p/GEO/milestones",
            ),
            ("Lin Yue raised E-3 “What price?”", "E-3 “What price?” https://tutti.example/p/GEO/escalations/3"),
        ];
        assert_eq!(lines, expected.map(|(text, link)| (text.to_owned(), vec![link.to_owned()])));
        assert_eq!((post.title.as_str(), post.more.as_str()), ("GEO Monitor", ""));
        assert_eq!(post.link.unwrap().1.as_str(), "https://tutti.example/p/GEO");
        let chinese = About { language: Language::Chinese, ..ABOUT }.post(&events, 3);
        assert_eq!(said(&chinese.lines[0]).0, "Lin Yue 将 GEO-42“Price list”标记为受阻：Waits for legal");
        assert!(chinese.is_chinese);
    }

    #[test]
    fn many_are_folded_and_long_names_cut() {
        let long =
            event("task.status_changed", ("task", "GEO-1", &"x".repeat(300)), json!({}), json!({"status": "blocked"}));
        let post = ABOUT.post(&vec![long; 20], 34);
        assert_eq!(post.lines.len(), LINES);
        assert_eq!(post.more, "and 19 more changes");
        assert_eq!(post.link.unwrap().1.as_str(), "https://tutti.example/p/GEO/history");
        assert!(post.lines.iter().flatten().all(|span| span.text.chars().count() <= NAME));
    }

    #[test]
    fn pauses_grow_and_end() {
        let now = Timestamp::UNIX_EPOCH;
        let wait = |tries, asked| next_try(now, tries, asked).map(|at| at.as_second());
        let waits: Vec<i64> = (1..TRIES).filter_map(|tries| wait(tries, None)).collect();
        assert_eq!(waits[..4], [30, 60, 120, 240]);
        let sum: i64 = waits.iter().sum();
        assert!((12 * 3600..24 * 3600).contains(&sum), "{sum} seconds");
        assert_eq!(wait(TRIES, None), None);
        assert_eq!((wait(1, Some(90)), wait(3, Some(90)), wait(1, Some(u64::MAX))), (Some(90), Some(120), Some(30)));
        assert_eq!(wait(1, Some(9_000_000)), Some(LONGEST_WAIT));
    }

    #[test]
    fn what_comes_back_decides() {
        let answer = |status, body: &str, retry_after| Ok(Answer { status, body: body.to_owned(), retry_after });
        let secret = r#"{"errcode":310000,"errmsg":"token SEC123 not match"}"#;
        for (service, came_back, expected) in [
            (Service::Slack, answer(200, "ok", None), Verdict::Sent),
            (Service::Slack, answer(429, "", Some(30)), Verdict::Later(Trouble::Busy, Some(30))),
            (Service::WeCom, answer(503, "", None), Verdict::Later(Trouble::Busy, None)),
            (Service::Slack, answer(404, "no_service", None), Verdict::Never(Pause::Refused, Some("404".into()))),
            (Service::Slack, answer(302, "", None), Verdict::Never(Pause::Refused, Some("302".into()))),
            (Service::DingTalk, answer(200, secret, None), Verdict::Never(Pause::Refused, Some("310000".into()))),
            (Service::Slack, Err(Failed::TooSlow), Verdict::Later(Trouble::TooSlow, None)),
            (Service::Slack, Err(Failed::Unknown), Verdict::Later(Trouble::Unknown, None)),
            (Service::Slack, Err(Failed::Unreachable), Verdict::Later(Trouble::Unreachable, None)),
            (Service::Slack, Err(Failed::Answer), Verdict::Later(Trouble::Unreadable, None)),
            (Service::Slack, Err(Failed::NotPublic), Verdict::Never(Pause::NotAllowed, None)),
            (Service::Slack, Err(Failed::Address), Verdict::Never(Pause::NotAllowed, None)),
            (Service::Slack, Err(Failed::Certificate), Verdict::Never(Pause::Certificate, None)),
        ] {
            assert_eq!(verdict(service, &came_back), expected, "{came_back:?}");
        }
    }
}
