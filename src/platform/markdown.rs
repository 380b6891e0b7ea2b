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
    let mut options = Options::ENABLE_STRIKETHROUGH;
    options.set(Options::ENABLE_TABLES, may_have_tables(markdown));
    let mut nesting = Nesting::default();
    let events = Parser::new_ext(markdown, options).filter(|event| nesting.keeps(event)).map(|event| match event {
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
    if out.len() > markdown.len() * MOST_TIMES + 1_000 {
        out = format!("<p>{}</p>", ammonia::clean_text(markdown));
    }
    CLEANER.clean(&out).to_string()
}

/// Longest text that [`to_text`] reads, in bytes: what it answers is shown in one line.
const READ: usize = 4_000;

/// The words of a text without its marks, on one line, for places that show no more than its beginning.
#[must_use]
pub fn to_text(markdown: &str) -> String {
    let mut end = markdown.len().min(READ);
    while !markdown.is_char_boundary(end) {
        end -= 1;
    }
    let mut out = String::new();
    for event in Parser::new_ext(markdown.get(..end).unwrap_or_default(), Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::Rule | Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                out.push(' ')
            }
            Event::End(TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock) => out.push(' '),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text becomes at most so many times as long: every `&` is written as `&amp;`, every line may be a list's. What becomes
/// longer is shown as it was written.
const MOST_TIMES: usize = 12;
/// More cells than this no text has a use for.
const MOST_CELLS: usize = 4_000;

/// Short rows are filled up to the width of their table, so that a text of ten thousand characters could become millions of
/// cells. Whoever stays under this bound with the widest line on every line cannot.
fn may_have_tables(markdown: &str) -> bool {
    let width = markdown.lines().map(|line| line.matches('|').count()).max().unwrap_or(0);
    width > 0 && (width + 1) * markdown.lines().count() <= MOST_CELLS
}

/// Deeper than this nobody quotes or lists. Cleaning takes time with the square of the depth, and a line of ten thousand `>`
/// would otherwise hold up a server.
const DEEPEST: usize = 12;

/// Leaves out what opens and closes below [`DEEPEST`], not what stands in it.
#[derive(Default)]
struct Nesting(Vec<bool>);

impl Nesting {
    fn keeps(&mut self, event: &Event<'_>) -> bool {
        match event {
            Event::Start(Tag::Item) | Event::End(TagEnd::Item) => self.0.last().copied().unwrap_or(true),
            Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => {
                let is_kept = self.0.len() < DEEPEST;
                self.0.push(is_kept);
                is_kept
            }
            Event::End(
                TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough,
            ) => self.0.pop().unwrap_or(true),
            _ => true,
        }
    }
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
    fn words_without_their_marks() {
        for (markdown, text) in [
            ("plain", "plain"),
            ("**Bold** and _lean_, `code`", "Bold and lean, code"),
            ("# Why\n\n- one\n- two\n\n> three", "Why one two three"),
            ("[the list](https://a.example/b)", "the list"),
            ("2 * 3 * 4 < 5", "2 * 3 * 4 < 5"),
            ("", ""),
        ] {
            assert_eq!(to_text(markdown), text);
        }
        assert!(to_text(&"字".repeat(5_000)).len() <= READ);
    }

    /// Depth is what cleaning takes long for.
    #[test]
    fn nests_only_so_deep() {
        let quoted = to_html(&format!("{} x", ">".repeat(20_000)));
        assert!(quoted.contains('x') && quoted.matches("<blockquote>").count() == DEEPEST);
        let listed: String = (0..200).map(|level| format!("{}- x\n", "  ".repeat(level))).collect();
        assert!(to_html(&listed).matches("<ul>").count() <= DEEPEST);
        assert!(to_html(&"*a **b ".repeat(2_000)).matches('<').count() < 100);
        let usual = to_html("> said\n>> asked\n\n- one\n  - two\n");
        assert_eq!((usual.matches("<blockquote>").count(), usual.matches("<li>").count()), (2, 2));
    }

    /// Wide tables of short rows, and whatever else grows when it is written as HTML.
    #[test]
    fn grows_only_so_much() {
        let wide = format!("{}|\n{}|\n{}", "|a".repeat(1_250), "|-".repeat(1_250), "x\n".repeat(2_400));
        let many = format!("[a]: https://example.com/{}\n\n{}", "x".repeat(4_000), "[a] ".repeat(1_400));
        for text in
            [&wide, &many, &"-\n".repeat(5_000), &"&".repeat(10_000), &"\"".repeat(10_000), &"#\n".repeat(5_000)]
        {
            let html = to_html(text);
            assert!(html.len() <= text.len() * MOST_TIMES + 1_000, "{} bytes from {}", html.len(), text.len());
        }
        assert!(to_html(&wide).contains("|a|a"), "shown as it was written");
        let usual = format!("|Plan|Price|Note|\n|-|-|-|\n{}", "|Team|349|flat|\n".repeat(60));
        assert_eq!(to_html(&usual).matches("<td>").count(), 180);
    }

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
