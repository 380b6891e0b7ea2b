//! Somebody's words as Markdown that shows them as they are: what would be markup where it stands is escaped, and nothing
//! else, so that the text can be read as it is too. Pure.

use pulldown_cmark::{Event, Parser};

/// Words on one line, behind others.
#[must_use]
pub fn inline(text: &str) -> String {
    escaped(&one_line(text), false, false)
}

/// Words on one line that they begin.
#[must_use]
pub fn opening(text: &str) -> String {
    escaped(&one_line(text), true, false)
}

/// Words in a cell of a table.
#[must_use]
pub fn cell(text: &str) -> String {
    escaped(&one_line(text), false, true)
}

/// Words that a link shows.
#[must_use]
pub fn label(text: &str) -> String {
    inline(text).replace(']', "\\]")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One line of text; `opens` where nothing stands before it, `in_rows` where lines can make a table.
#[must_use]
pub fn escaped(text: &str, opens: bool, in_rows: bool) -> String {
    let all: Vec<char> = text.chars().collect();
    let mark = if opens { opening_mark(&all) } else { None };
    let at_end = all.iter().rposition(|c| *c != '#').map_or(0, |last| last + 1);
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in all.iter().copied().enumerate() {
        let before = at.checked_sub(1).and_then(|at| all.get(at)).copied();
        let after = all.get(at + 1).copied();
        let is_markup = match c {
            '\\' => after.is_none_or(|next| next.is_ascii_punctuation()),
            '`' | '[' => true,
            '|' => in_rows,
            '*' | '~' => touches(before) || touches(after),
            '_' => (touches(before) || touches(after)) && !(is_letter(before) && is_letter(after)),
            '<' => after.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
            '&' => after.is_some_and(|next| next.is_ascii_alphanumeric() || next == '#') && is_entity(all.get(at..)),
            // A heading may end in them, and they would be lost.
            '#' => at == at_end,
            _ => false,
        };
        if is_markup || mark == Some(at) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Where the mark stands that would make the line a heading, a list, a quotation, a rule or a row of a table.
fn opening_mark(all: &[char]) -> Option<usize> {
    let begins = |at: usize| all.get(at).is_none_or(|next| next.is_whitespace());
    let run = |c: char| all.iter().take_while(|one| **one == c).count();
    let digits = all.iter().take_while(|c| c.is_ascii_digit()).count();
    let first = *all.first()?;
    let is_mark = match first {
        '#' => run('#') <= 6 && begins(run('#')),
        '-' | '+' | '*' => begins(1) || is_rule(all, first),
        '_' => is_rule(all, first),
        '>' | '=' | '|' => true,
        _ => false,
    };
    if is_mark {
        return Some(0);
    }
    let closes = all.get(digits).is_some_and(|c| matches!(c, '.' | ')'));
    (digits > 0 && closes && begins(digits + 1)).then_some(digits)
}

/// Nothing but this mark, in one run or set apart: `---`, `_ _ _`.
fn is_rule(all: &[char], mark: char) -> bool {
    all.iter().all(|c| *c == mark || c.is_whitespace())
}

fn touches(c: Option<char>) -> bool {
    c.is_some_and(|c| !c.is_whitespace())
}

fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// `&amp;`, `&#60;`.
fn is_entity(from: Option<&[char]>) -> bool {
    let from = from.unwrap_or_default();
    let end = from.iter().skip(1).position(|c| !c.is_ascii_alphanumeric() && *c != '#');
    let Some(name) = end.and_then(|end| from.get(..end + 2)).filter(|name| name.ends_with(&[';'])) else {
        return false;
    };
    // `R&D; product` is no entity: only a name that stands for something else is.
    let name: String = name.iter().collect();
    let read: String = Parser::new(&name)
        .filter_map(|event| match event {
            Event::Text(text) => Some(text.into_string()),
            _ => None,
        })
        .collect();
    read != name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::markdown::{to_html, to_text};

    const CASES: [(&str, &str, &str); 34] = [
        ("A: R&D; C: R&D;", "A: R&D; C: R&D;", "A: R&D; C: R&D;"),
        ("a &amp; b", "a \\&amp; b", "a \\&amp; b"),
        ("Price 349", "Price 349", "Price 349"),
        (
            "GEO-32 Price list (draft), 10 % off!",
            "GEO-32 Price list (draft), 10 % off!",
            "GEO-32 Price list (draft), 10 % off!",
        ),
        ("# Not a heading", "# Not a heading", "\\# Not a heading"),
        ("#1 in Asia", "#1 in Asia", "#1 in Asia"),
        ("C#", "C\\#", "C\\#"),
        ("two\nlines", "two lines", "two lines"),
        ("1. Not a list", "1. Not a list", "1\\. Not a list"),
        ("3.7 months", "3.7 months", "3.7 months"),
        ("- no", "- no", "\\- no"),
        ("-5 %", "-5 %", "-5 %"),
        ("---", "---", "\\---"),
        ("- - -", "- - -", "\\- - -"),
        ("-- -", "-- -", "\\-- -"),
        ("* no", "* no", "\\* no"),
        ("*", "*", "\\*"),
        ("* * *", "* * *", "\\* * *"),
        ("** * *", "\\*\\* * *", "\\*\\* * *"),
        ("* of 3", "* of 3", "\\* of 3"),
        ("+ no", "+ no", "\\+ no"),
        ("+5 %", "+5 %", "+5 %"),
        ("_ _ _", "_ _ _", "\\_ _ _"),
        ("_ of 3", "_ of 3", "_ of 3"),
        ("> no", "> no", "\\> no"),
        ("=====", "=====", "\\====="),
        ("2 * 3 ~ 4", "2 * 3 ~ 4", "2 * 3 ~ 4"),
        ("snake_case", "snake_case", "snake_case"),
        ("[x](https://evil.example) <b>", "\\[x](https://evil.example) \\<b>", "\\[x](https://evil.example) \\<b>"),
        ("**a** _b_ `c`", "\\*\\*a\\*\\* \\_b\\_ \\`c\\`", "\\*\\*a\\*\\* \\_b\\_ \\`c\\`"),
        ("~~gone~~", "\\~\\~gone\\~\\~", "\\~\\~gone\\~\\~"),
        ("a < b & c", "a < b & c", "a < b & c"),
        ("&lt; R&D", "\\&lt; R&D", "\\&lt; R&D"),
        ("a \\ b \\* c", "a \\ b \\\\\\* c", "a \\ b \\\\\\* c"),
    ];

    #[test]
    fn only_what_would_be_markup_at_that_place_is_escaped() {
        for (text, behind, first) in CASES {
            assert_eq!(inline(text), behind, "{text}");
            assert_eq!(opening(text), first, "{text}");
        }
        assert_eq!(cell("a | b"), "a \\| b");
        assert_eq!(label("a ] b ["), "a \\] b \\[");
    }

    #[test]
    fn what_is_read_is_what_was_written() {
        for (text, ..) in CASES {
            let plain = one_line(text);
            for (made, shown) in
                [(opening(text), plain.clone()), (format!("D-1 {}", inline(text)), format!("D-1 {plain}"))]
            {
                assert_eq!(to_text(&made), shown, "{made}");
                let html = to_html(&made);
                for tag in ["<h", "<li", "<em", "<strong", "<del", "<code", "<a ", "<b>", "<blockquote", "<hr"] {
                    assert!(!html.contains(tag), "{tag} in {html} of {text}");
                }
            }
            assert_eq!(to_text(&format!("# {}", inline(text))), plain, "in a heading");
            assert_eq!(to_text(&format!("- {}", opening(text))), plain, "in a list");
        }
    }
}
