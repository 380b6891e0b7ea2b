//! Somebody's Markdown inside a document of ours: it says what it says on the page, tables, code and lists with it, and leaves
//! the document its outline. Headings stand below the heading they are under; HTML, pictures and links that a page would not
//! open are shown as they were written; what a text opens ends with it. Pure.

use super::plain;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// After so many readings a text that still turns into something else is escaped as a whole.
const READINGS: usize = 8;
/// The deepest heading there is.
const DEEPEST: usize = 6;

/// A piece of the text, and what stands in its place.
type Edit = (Range<usize>, String);

/// Markdown as part of a document, below a heading of this level.
#[must_use]
pub fn markdown(text: &str, under: usize) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let start = text.find(|c: char| !c.is_whitespace()).unwrap_or(text.len());
    let start = text.get(..start).and_then(|blank| blank.rfind('\n')).map_or(0, |end| end + 1);
    let mut text = text.get(start..).unwrap_or_default().trim_end().to_owned();
    for _ in 0..READINGS {
        let found = unwanted(&text);
        if found.is_empty() {
            let lowered = edited(&text, headings(&text, under));
            return edited(&lowered, unclosed(&lowered));
        }
        text = edited(&text, found);
    }
    literal(&text)
}

/// A text in its own lines and paragraphs, with nothing in it that is markup.
fn literal(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|one| plain::escaped(one.trim(), true, true)).collect();
    lines.join("\n").trim().to_owned()
}

fn parser(text: &str) -> Parser<'_> {
    // Tables are left alone: nothing in them is written otherwise than in a paragraph.
    Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH)
}

/// HTML, pictures, dangerous links; and links by a label, which is one of the whole document and would make links of others'
/// words: they get their address where they stand.
fn unwanted(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut labelled: Vec<(Range<usize>, Option<Range<usize>>, String)> = Vec::new();
    let events = parser(text).into_offset_iter();
    let definitions: Vec<Range<usize>> =
        events.reference_definitions().iter().map(|(_, found)| found.span.clone()).collect();
    let mut open: Vec<Option<usize>> = Vec::new();
    for (event, range) in events {
        // The words of a link reach from the first to the last of what stands in it.
        if !matches!(event, Event::End(TagEnd::Link)) {
            for at in open.iter().flatten() {
                if let Some((_, words, _)) = labelled.get_mut(*at) {
                    let from = words.as_ref().map_or(range.start, |words| words.start.min(range.start));
                    *words = Some(from..words.as_ref().map_or(range.end, |words| words.end.max(range.end)));
                }
            }
        }
        match event {
            Event::Html(_) | Event::InlineHtml(_) => edits.extend(tags(text, range)),
            Event::Start(Tag::Image { .. }) => edits.push(escape(range.start)),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let is_labelled = matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut);
                open.push(is_labelled.then_some(labelled.len()).filter(|_| is_safe(&dest_url)));
                if !is_safe(&dest_url) {
                    edits.push(escape(range.start));
                } else if is_labelled {
                    labelled.push((range, None, address(&dest_url)));
                }
            }
            Event::End(TagEnd::Link) => drop(open.pop()),
            _ => {}
        }
    }
    if !edits.is_empty() {
        return edits;
    }
    for (link, words, address) in labelled {
        let words = words.unwrap_or(link.start..link.start);
        edits.push((link.start..words.start, "[".to_owned()));
        edits.push((words.end..link.end, format!("](<{address}>)")));
    }
    edits.extend(definitions.into_iter().filter(|span| !span.is_empty()).map(|span| (span, String::new())));
    edits
}

/// A backslash before it.
fn escape(at: usize) -> Edit {
    (at..at, "\\".to_owned())
}

/// A backslash before each `<` that begins a tag.
fn tags(text: &str, range: Range<usize>) -> Vec<Edit> {
    let piece = text.get(range.clone()).unwrap_or_default();
    let begins = |at: usize| {
        let next = piece.get(at + 1..).and_then(|rest| rest.chars().next());
        next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'))
    };
    piece.match_indices('<').filter(|(at, _)| begins(*at)).map(|(at, _)| escape(range.start + at)).collect()
}

/// As on our pages: an address of the web or of mail, or one without a scheme.
fn is_safe(address: &str) -> bool {
    let scheme: String = address.chars().take_while(|c| !matches!(c, ':' | '/' | '?' | '#')).collect();
    let has_scheme = address.get(scheme.len()..).is_some_and(|rest| rest.starts_with(':'));
    !has_scheme || matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https" | "mailto")
}

/// An address between angle brackets.
#[must_use]
pub fn address(url: &str) -> String {
    url.chars()
        .filter(|c| !c.is_control())
        .map(|c| match c {
            '<' => "%3C".to_owned(),
            '>' => "%3E".to_owned(),
            '\\' => "%5C".to_owned(),
            ' ' => "%20".to_owned(),
            other => other.to_string(),
        })
        .collect()
}

/// Every heading as many levels lower as it is under, underlined ones too.
fn headings(text: &str, under: usize) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (event, range) in parser(text).into_offset_iter() {
        let Event::Start(Tag::Heading { level, .. }) = event else { continue };
        let marks = "#".repeat((under + number(level)).min(DEEPEST));
        let piece = text.get(range.clone()).unwrap_or_default();
        let start = range.start + (piece.len() - piece.trim_start().len());
        let hashes = piece.trim_start().chars().take_while(|c| *c == '#').count();
        let underline = piece.trim_end().rfind('\n').filter(|_| piece.trim_end().ends_with(['=', '-']));
        match underline {
            Some(at) => {
                edits.push((start..start, format!("{marks} ")));
                edits.push((range.start + at..range.start + piece.trim_end().len(), String::new()));
            }
            None => edits.push((start..start + hashes, marks)),
        }
    }
    edits
}

fn number(level: HeadingLevel) -> usize {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// What ends a code block at the end of the text that nothing ends. Inside a list or a quotation it ends with that.
fn unclosed(text: &str) -> Vec<Edit> {
    let mut depth = 0_usize;
    let mut edits = Vec::new();
    for (event, range) in parser(text).into_offset_iter() {
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::List(_)) => depth += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_)) => depth = depth.saturating_sub(1),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) if depth == 0 && range.end >= text.len() => {
                let piece = text.get(range).unwrap_or_default().trim_start();
                let mark = piece.chars().next().unwrap_or('`');
                let length = piece.chars().take_while(|c| *c == mark).count();
                let last = piece.split_once('\n').and_then(|(_, rest)| rest.lines().last()).unwrap_or_default().trim();
                let is_closed = last.chars().count() >= length && last.chars().all(|c| c == mark);
                if !is_closed {
                    edits.push((text.len()..text.len(), format!("\n{}", mark.to_string().repeat(length))));
                }
            }
            _ => {}
        }
    }
    edits
}

/// The text with these pieces replaced.
fn edited(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for (range, new) in edits {
        if range.start < at {
            continue; // stands in what was replaced
        }
        out.push_str(text.get(at..range.start).unwrap_or_default());
        out.push_str(&new);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::markdown::to_html;

    #[test]
    fn what_an_author_wrote_stays_and_headings_go_below() {
        for (text, under, expected) in [
            ("plain words, 10 % off", 2, "plain words, 10 % off"),
            ("| a | b |\n| --- | --- |\n| 1 | 2 |", 2, "| a | b |\n| --- | --- |\n| 1 | 2 |"),
            ("- one\n  - two\n3. three", 2, "- one\n  - two\n3. three"),
            ("**Bold** _lean_ `code` ~~gone~~", 2, "**Bold** _lean_ `code` ~~gone~~"),
            ("```\n# no heading\n<b>\n```", 2, "```\n# no heading\n<b>\n```"),
            ("# Why\n\n## How\n\n###### Deep", 2, "### Why\n\n#### How\n\n###### Deep"),
            ("# Why", 3, "#### Why"),
            ("Why\n===\n\nHow\n---\n\nso", 2, "### Why\n\n#### How\n\nso"),
            ("> Why\n> ===\n> so", 2, "> ### Why\n> so"),
            ("- # Why", 2, "- ### Why"),
            ("#hash and\n---", 2, "#### #hash and"),
            ("[the list](https://a.example/b_c)", 2, "[the list](https://a.example/b_c)"),
            ("[x](javascript:y)", 2, "\\[x](javascript:y)"),
            ("<javascript:y>", 2, "\\<javascript:y>"),
            ("![x](https://a.example/t.png)", 2, "\\![x](https://a.example/t.png)"),
            (
                "[x] and [*y* z][x]\n\n[x]: https://a.example/1",
                2,
                "[x](<https://a.example/1>) and [*y* z](<https://a.example/1>)",
            ),
            ("<div>\n# Why\n<b>x</b>\n</div>", 2, "\\<div>\n### Why\n\\<b>x\\</b>\n\\</div>"),
            ("a <!-- b -->", 2, "a \\<!-- b -->"),
            ("```\nnever closed", 2, "```\nnever closed\n```"),
            ("~~~~ sql\n```", 2, "~~~~ sql\n```\n~~~~"),
            ("```", 2, "```\n```"),
            ("\n\n    code\n\n", 2, "    code"),
            ("a\r\nb", 2, "a\nb"),
            ("", 2, ""),
        ] {
            assert_eq!(markdown(text, under).trim_end(), expected, "{text}");
        }
    }

    /// Whatever somebody writes: what comes after it is a heading of the document, and nothing above the level is one of theirs.
    #[test]
    fn no_text_leaves_its_place() {
        for text in [
            "<!-- never closed",
            "<div>\n\n# One\n<script>alert(1)</script>",
            "```\nnever closed <script>",
            "> ~~~\n> never closed",
            "- ```\n  never closed",
            "<pre>\n# One\n===",
            "text\n---\n***\n[a]: https://evil.example\n",
            "[![x](y)](javascript:z)",
            "[a][b]\n\n[b]: javascript:x\n[heading]: https://evil.example",
            "\\<b>\\\\<b>",
            "<a href='https://evil.example'>x</a>\n=====",
        ] {
            let document = format!("# Head\n\n{}\n\n## After [heading]\n", markdown(text, 2));
            let html = to_html(&document);
            assert!(html.contains("<h4>After [heading]</h4>"), "{text}: {document}\n{html}");
            assert_eq!(
                document.lines().filter(|line| line.starts_with("# ") || line.starts_with("## ")).count(),
                2,
                "{document}"
            );
            for (event, _) in parser(&document).into_offset_iter() {
                let is_bad = match event {
                    Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Image { .. }) => true,
                    Event::Start(Tag::Link { dest_url, .. }) => !is_safe(&dest_url),
                    _ => false,
                };
                assert!(!is_bad, "{text}: {document}");
            }
        }
        assert_eq!(address("https://a.example/<b> c\n"), "https://a.example/%3Cb%3E%20c");
    }
}
