//! Mentions in a comment and how it is shown; pure.

use crate::platform::{ids::PersonId, markdown};

/// Longest comment, in characters.
pub const LONGEST: usize = 10_000;

/// Marks around a mention while the text is rendered: private-use characters that no keyboard types.
const OPEN: char = '\u{E010}';
const CLOSE: char = '\u{E011}';

/// Somebody who can be mentioned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mentionable {
    /// Who.
    pub id: PersonId,
    /// Their name, as it is written after the @.
    pub name: String,
}

/// Where a text mentions somebody: the byte after the name, for each `@` that starts a mention, with the name found.
/// An `@` inside a word (an e-mail address) is none, and of two names that fit the longer one is meant.
fn spans<'a>(body: &str, names: &[&'a str]) -> Vec<(usize, usize, &'a str)> {
    let mut found: Vec<(usize, usize, &str)> = Vec::new();
    for (at, _) in body.match_indices('@') {
        let Some((before, after)) = body.get(..at).zip(body.get(at + 1..)) else { continue };
        if before.chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric() || "/._-@".contains(c)) {
            continue;
        }
        let longest =
            names.iter().filter(|name| !name.is_empty() && starts_with_name(after, name)).max_by_key(|name| name.len());
        if let Some(name) = longest {
            found.push((at, at + 1 + name.len(), name));
        }
    }
    found
}

/// A name written in letters must end where the word ends; a Chinese one need not.
fn starts_with_name(text: &str, name: &str) -> bool {
    let Some((start, rest)) = text.split_at_checked(name.len()) else { return false };
    let is_letter = |c: char| c.is_alphanumeric() && u32::from(c) < 0x2E80;
    start.eq_ignore_ascii_case(name) && !(name.ends_with(is_letter) && rest.starts_with(is_letter))
}

/// Whom a text mentions, each once; everybody of the same name.
#[must_use]
pub fn mentioned<'a>(body: &str, people: &'a [Mentionable]) -> Vec<&'a Mentionable> {
    let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    let spans = spans(body, &names);
    people.iter().filter(|person| spans.iter().any(|(_, _, name)| *name == person.name)).collect()
}

/// The comment as HTML, with the mentions of these names marked.
#[must_use]
pub fn to_html(body: &str, names: &[&str]) -> String {
    let clean = body.replace([OPEN, CLOSE], "");
    let mut marked = String::with_capacity(clean.len() + 16);
    let mut done = 0;
    for (from, to, _) in spans(&clean, names) {
        marked.push_str(clean.get(done..from).unwrap_or_default());
        marked.push(OPEN);
        marked.push_str(clean.get(from..to).unwrap_or_default());
        marked.push(CLOSE);
        done = to;
    }
    marked.push_str(clean.get(done..).unwrap_or_default());
    highlighted(&markdown::to_html(&marked))
}

/// The marks as elements that always pair and never reach over another tag, whatever became of the marks on their way: an
/// entity may have added some, and a link's address may have taken them in.
fn highlighted(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let (mut is_open, mut in_tag) = (false, false);
    for c in html.chars() {
        match c {
            OPEN if !is_open && !in_tag => {
                out.push_str("<b class=\"mention\">");
                is_open = true;
            }
            CLOSE if is_open => {
                out.push_str("</b>");
                is_open = false;
            }
            OPEN | CLOSE => {}
            _ => {
                if c == '<' && is_open {
                    out.push_str("</b>");
                    is_open = false;
                }
                in_tag = c == '<' || in_tag && c != '>';
                out.push(c);
            }
        }
    }
    if is_open {
        out.push_str("</b>");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(names: &[&str]) -> Vec<Mentionable> {
        names.iter().map(|name| Mentionable { id: PersonId::new(), name: (*name).to_owned() }).collect()
    }

    #[test]
    fn finds_whom_a_text_mentions() {
        let known = people(&["Su Qing", "Su", "苏晴", "Lin Yue"]);
        for (body, expected) in [
            ("@Su Qing have a look", vec!["Su Qing"]),
            ("@su qing, and (@Lin Yue)", vec!["Su Qing", "Lin Yue"]),
            ("@Su look", vec!["Su"]),
            ("@Sunday", vec![]),
            ("@Suë", vec![]),
            ("请@苏晴看一下", vec!["苏晴"]),
            ("mail su@Su Qing", vec![]),
            ("https://example.com/@Su", vec![]),
            ("@Su Qing @Su Qing", vec!["Su Qing"]),
            ("@ nobody @", vec![]),
            ("@苏", vec![]),
        ] {
            let names: Vec<&str> = mentioned(body, &known).into_iter().map(|person| person.name.as_str()).collect();
            assert_eq!(names, expected, "{body}");
        }
    }

    #[test]
    fn marks_mentions_and_stays_safe() {
        assert_eq!(to_html("Hi @Su Qing!", &["Su Qing"]).trim(), "<p>Hi <b class=\"mention\">@Su Qing</b>!</p>");
        let bad = to_html("\u{E010}<script>@<b>x</b> [@<b>x](javascript:1)", &["<b>x</b>"]);
        assert!(!bad.contains("<script") && !bad.contains("href=") && !bad.contains("<b>x"), "{bad}");
        assert!(!to_html("[x](@Su)", &["Su"]).contains("href=\"<"));
        assert_eq!(
            to_html("one &#xE010;", &[]).trim(),
            "<p>one <b class=\"mention\"></b></p>",
            "closed where it stands"
        );
        assert_eq!(to_html("two &#57361; end", &[]).trim(), "<p>two  end</p>");
        assert!(!to_html("[x](@Su &#xE010;)", &["Su"]).contains("href=\"<"));
    }
}
