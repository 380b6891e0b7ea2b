//! The body of each service. What people wrote stays text: it opens no link, mentions nobody and changes no layout.

use super::{Post, Span};
use serde_json::{Value, json};
use url::Url;

/// Longest title, in characters: Slack's header.
const TITLE: usize = 150;
/// Longest words of one piece of a line, in characters.
const WORDS: usize = 240;
/// Most lines.
const LINES: usize = 16;
/// Longest block of Slack, in characters.
const BLOCK: usize = 3_000;
/// Longest Markdown of WeCom, in bytes.
const WECOM: usize = 4_096;

/// At most so many characters, with a mark where something was left out.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut kept: String = text.chars().take(most.saturating_sub(1)).collect();
    kept.push('…');
    kept
}

/// Text without anything by which one of the services, or a gateway in front of one, begins markup, a mention or a link.
/// They know no escape that all understand, so the characters that could are shown by their full-width brothers.
fn calm(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|letter| match letter {
            '[' => '［',
            ']' => '］',
            '<' => '＜',
            '>' => '＞',
            '*' => '＊',
            '`' => '｀',
            '@' => '＠',
            '_' => '＿',
            '~' => '～',
            '\\' => '＼',
            '\r' | '\n' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
            other => other,
        })
        .filter(|letter| !letter.is_control() && !turns(*letter))
        .collect();
    let line = without_shortcodes(&line.replace("://", "：//"));
    match line.trim_start().strip_prefix('#') {
        Some(rest) => format!("＃{rest}"),
        None => line,
    }
}

/// Marks that turn the direction of what follows, so that it reads as something else.
fn turns(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{061c}')
}

/// `:fire:` stays words: a colon right before a letter, where no word ends, begins a picture in Slack.
fn without_shortcodes(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut letters = line.chars().peekable();
    let mut last = None;
    while let Some(letter) = letters.next() {
        let begins = letter == ':'
            && last.is_none_or(|last: char| !last.is_alphanumeric())
            && letters.peek().is_some_and(|next| next.is_ascii_lowercase() || matches!(next, '+' | '-'));
        out.push(if begins { '：' } else { letter });
        last = Some(letter);
    }
    out
}

/// A title is one line.
fn title(post: &Post) -> String {
    cut(&calm(&post.title.split_whitespace().collect::<Vec<_>>().join(" ")), TITLE)
}

/// The lines, each with its pieces put together.
fn lines<P>(post: &Post, piece: impl Fn(&str, Option<&Url>) -> P) -> Vec<Vec<P>> {
    let more = (!post.more.is_empty()).then(|| vec![Span::text(post.more.clone())]);
    let shown = post.lines.iter().take(LINES).chain(more.as_ref());
    shown
        .map(|line| line.iter().map(|span| piece(&cut(&calm(&span.text), WORDS), span.link.as_ref())).collect())
        .collect()
}

pub(super) fn slack(post: &Post) -> Value {
    // The one character left by which Slack begins anything.
    let escaped = |text: &str| text.replace('&', "&amp;");
    let link = |text: &str, address: &Url| {
        let address = address.as_str().replace('|', "%7C").replace('&', "&amp;").replace('>', "%3E");
        format!("<{address}|{}>", escaped(&text.replace('|', "¦")))
    };
    let piece =
        |text: &str, address: Option<&Url>| address.map_or_else(|| escaped(text), |address| link(text, address));
    let lines: Vec<String> = lines(post, piece).into_iter().map(|line| line.concat()).collect();
    let title = title(post);
    let section = |text: &str| json!({"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": true}});
    let mut blocks = vec![json!({"type": "header", "text": {"type": "plain_text", "text": title, "emoji": false}})];
    let mut sections: Vec<String> = Vec::new();
    for line in lines.iter().filter(|line| line.chars().count() <= BLOCK) {
        match sections.last_mut() {
            Some(last) if last.chars().count() + 1 + line.chars().count() <= BLOCK => {
                last.push('\n');
                last.push_str(line);
            }
            _ => sections.push(line.clone()),
        }
    }
    sections.extend(post.link.as_ref().map(|(words, address)| link(&cut(&calm(words), TITLE), address)));
    blocks.extend(sections.iter().map(|text| section(text)));
    let text: Vec<String> = std::iter::once(escaped(&title)).chain(sections).collect();
    json!({"text": text.join("\n"), "blocks": blocks, "unfurl_links": false})
}

/// With the moment and the signature, where the robot demands one.
pub(super) fn feishu(post: &Post, signature: Option<(i64, &str)>) -> Value {
    let words = |text: &str, address: Option<&Url>| match address {
        Some(address) => json!({"tag": "a", "text": text, "href": address.as_str()}),
        None => json!({"tag": "text", "text": text, "un_escape": false}),
    };
    let mut lines = lines(post, words);
    lines.extend(post.link.as_ref().map(|(text, address)| vec![words(&cut(&calm(text), TITLE), Some(address))]));
    let language = if post.is_chinese { "zh_cn" } else { "en_us" };
    let content = json!({"post": {language: {"title": title(post), "content": lines}}});
    match signature {
        None => json!({"msg_type": "post", "content": content}),
        Some((seconds, signature)) => {
            json!({"timestamp": seconds.to_string(), "sign": signature, "msg_type": "post", "content": content})
        }
    }
}

pub(super) fn dingtalk(post: &Post) -> Value {
    let title = title(post);
    let mut parts = vec![format!("#### {title}")];
    parts.extend(lines(post, marked).into_iter().map(|line| line.concat()));
    parts.extend(link(post));
    json!({"msgtype": "markdown", "markdown": {"title": title, "text": parts.join("\n\n")}, "at": {"isAtAll": false}})
}

pub(super) fn wecom(post: &Post) -> Value {
    let head = format!("**{}**", title(post));
    let lines: Vec<String> = lines(post, marked).into_iter().map(|line| line.concat()).collect();
    let count = lines.len() - usize::from(!post.more.is_empty());
    let (told, more) = lines.split_at_checked(count).unwrap_or((&lines, &[]));
    let end: Vec<String> = more.iter().cloned().chain(link(post)).collect();
    let mut room =
        WECOM.saturating_sub(head.len() + end.iter().map(|line| line.len() + 1).sum::<usize>() + "\n…".len());
    let mut parts = vec![head];
    for line in told {
        match room.checked_sub(line.len() + 1) {
            Some(left) => room = left,
            None => {
                parts.push("…".to_owned());
                break;
            }
        }
        parts.push(line.clone());
    }
    parts.extend(end);
    json!({"msgtype": "markdown", "markdown": {"content": parts.join("\n")}})
}

/// In the Markdown of DingTalk and WeCom.
fn marked(text: &str, address: Option<&Url>) -> String {
    match address {
        Some(address) => {
            format!("[{text}]({})", address.as_str().replace('(', "%28").replace(')', "%29"))
        }
        None => text.to_owned(),
    }
}

fn link(post: &Post) -> Option<String> {
    let (words, address) = post.link.as_ref()?;
    Some(marked(&cut(&calm(words), TITLE), Some(address)))
}
