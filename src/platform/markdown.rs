//! What people write as Markdown, made safe to show.

use ammonia::Builder;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use std::{collections::HashSet, sync::LazyLock};

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .tags(HashSet::from([
            "p",
            "br",
            "strong",
            "em",
            "del",
            "code",
            "pre",
            "blockquote",
            "ul",
            "ol",
            "li",
            "a",
            "h3",
            "h4",
            "h5",
            "hr",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
        ]))
        .generic_attributes(HashSet::new())
        .tag_attributes([("a", HashSet::from(["href"]))].into_iter().collect())
        .url_schemes(HashSet::from(["https", "http", "mailto"]))
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
});

/// Markdown to HTML without scripts, styles, images or raw HTML. Headings start at the third level, so that
/// they fit under those of the page. Single line breaks are kept, as people expect of a text field.
#[must_use]
pub fn to_html(markdown: &str) -> String {
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    let events = Parser::new_ext(markdown, options).map(|event| match event {
        Event::SoftBreak => Event::HardBreak,
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            Event::Start(Tag::Heading { level: lowered(level), id, classes, attrs })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lowered(level))),
        other => other,
    });
    let mut out = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut out, events);
    CLEANER.clean(&out).to_string()
}

fn lowered(level: pulldown_cmark::HeadingLevel) -> pulldown_cmark::HeadingLevel {
    use pulldown_cmark::HeadingLevel::{H1, H2, H3, H4, H5, H6};
    match level {
        H1 => H3,
        H2 => H4,
        H3 | H4 | H5 | H6 => H5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_meaning_and_drops_danger() {
        assert_eq!(to_html("**Price** is\nopen").trim(), "<p><strong>Price</strong> is<br>\nopen</p>");
        for (bad, gone) in [
            ("<script>alert(1)</script>", "<script"),
            ("[x](javascript:alert(1))", "javascript:"),
            ("<img src=x onerror=alert(1)>", "<img"),
            ("![x](https://elsewhere.example/track.png)", "<img"),
            ("<p style=\"color:red\">x</p>", "<p style"),
        ] {
            assert!(!to_html(bad).contains(gone), "{bad}");
        }
    }
}
