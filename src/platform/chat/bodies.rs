//! The body of each service. What people wrote stays text: it opens no link, mentions nobody and changes no layout.

use super::Post;
use serde_json::{Value, json};

/// Longest title, in characters: Slack's header.
const TITLE: usize = 150;
/// Longest text, in characters: Slack's section.
const TEXT: usize = 3_000;
/// Longest Markdown of WeCom, in bytes.
const WECOM: usize = 4_096;

/// At most so many characters, with a mark where something was left out.
fn cut(text: &str, most: usize) -> String {
    let text = text.trim();
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut kept: String = text.chars().take(most.saturating_sub(1)).collect();
    kept.push('…');
    kept
}

/// At most so many bytes, with a mark where something was left out.
fn cut_bytes(text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    let mut end = most.saturating_sub("…".len());
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    format!("{}…", text.get(..end).unwrap_or_default())
}

/// A title is one line.
fn title(post: &Post) -> String {
    cut(&post.title.split_whitespace().collect::<Vec<_>>().join(" "), TITLE)
}

pub(super) fn slack(post: &Post) -> Value {
    // The three characters by which Slack begins links and mentions. An entity counts as what it stands for only after the
    // bound has been looked at, so the bound is kept on what is sent.
    let escaped = |text: &str, most: usize| {
        let mut shown = cut(text, most);
        loop {
            let sent = shown.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let over = sent.chars().count().saturating_sub(most);
            if over == 0 {
                return sent;
            }
            // An entity is at most five characters.
            shown = cut(&shown, shown.chars().count().saturating_sub(over.div_ceil(5)).max(1));
        }
    };
    let title = escaped(&title(post), TITLE);
    let plain = |text: &str| json!({"type": "plain_text", "text": text, "emoji": false});
    let mut blocks = vec![json!({"type": "header", "text": plain(&title)})];
    if !post.text.trim().is_empty() {
        blocks.push(json!({"type": "section", "text": plain(&escaped(&post.text, TEXT))}));
    }
    if let Some((words, address)) = &post.link {
        let address = address.as_str().replace('|', "%7C").replace('&', "&amp;").replace('>', "%3E");
        let words = escaped(&words.replace('|', "¦"), TITLE);
        blocks.push(json!({"type": "section", "text": {"type": "mrkdwn", "text": format!("<{address}|{words}>")}}));
    }
    json!({"text": title, "blocks": blocks, "unfurl_links": false})
}

/// With the moment and the signature, where the robot demands one.
pub(super) fn feishu(post: &Post, signature: Option<(i64, &str)>) -> Value {
    let mut lines: Vec<Value> =
        cut(&post.text, TEXT).lines().map(|line| json!([{"tag": "text", "text": line, "un_escape": false}])).collect();
    if let Some((words, address)) = &post.link {
        lines.push(json!([{"tag": "a", "text": cut(words, TITLE), "href": address.as_str()}]));
    }
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
    let mut parts = vec![format!("#### {}", unmarked(&title(post)))];
    parts.extend(cut(&post.text, TEXT).lines().filter(|line| !line.trim().is_empty()).map(unmarked));
    parts.extend(link(post));
    json!({"msgtype": "markdown", "markdown": {"title": title(post), "text": parts.join("\n\n")}, "at": {"isAtAll": false}})
}

pub(super) fn wecom(post: &Post) -> Value {
    let (head, link) = (format!("**{}**", unmarked(&title(post))), link(post).unwrap_or_default());
    let room = WECOM.saturating_sub(head.len() + link.len() + 2);
    let text: Vec<String> = cut(&post.text, TEXT).lines().map(unmarked).collect();
    let text = cut_bytes(&text.join("\n"), room);
    let parts: Vec<String> = [head, text, link].into_iter().filter(|part| !part.is_empty()).collect();
    json!({"msgtype": "markdown", "markdown": {"content": parts.join("\n")}})
}

fn link(post: &Post) -> Option<String> {
    let (words, address) = post.link.as_ref()?;
    let address = address.as_str().replace('(', "%28").replace(')', "%29");
    Some(format!("[{}]({address})", unmarked(&cut(words, TITLE))))
}

/// Text without anything by which these two begin markup. Neither knows an escape, so the characters that could make a
/// link, a mention, a picture or a tag are shown by their full-width brothers; so is what could begin a heading.
fn unmarked(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|letter| match letter {
            '[' => '［',
            ']' => '］',
            '<' => '＜',
            '>' => '＞',
            '*' => '＊',
            '`' => '｀',
            '\r' | '\n' | '\t' => ' ',
            other => other,
        })
        .collect();
    match line.trim_start().strip_prefix('#') {
        Some(rest) => format!("＃{rest}"),
        None => line,
    }
}
