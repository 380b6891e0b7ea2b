//! Reads the HTML that the application's own templates write: tags with their attributes, and the texts between them.

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// `<input name="title">`, with attributes in their order; one without a value has the empty text.
    Open(Tag),
    /// `</form>`.
    Close(String),
    /// Text with its entities resolved, spaces as they stand.
    Text(String),
}

/// An opening tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tag {
    /// In lower case.
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute, if it is there at all.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find_map(|(found, value)| (found == name).then_some(value.as_str()))
    }

    /// The value of an attribute, or nothing.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// Whether an attribute is there.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

/// All pieces of a page, in their order.
#[must_use]
pub fn read(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (text, from_tag) = rest.split_at(start);
        if !text.is_empty() {
            pieces.push(Piece::Text(resolve(text)));
        }
        rest = match from_tag.strip_prefix("<!--") {
            Some(comment) => comment.split_once("-->").map_or("", |(_, after)| after),
            None => {
                let (inside, after) = split_tag(from_tag.strip_prefix('<').unwrap_or_default());
                pieces.extend(tag(inside));
                after
            }
        };
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(resolve(rest)));
    }
    pieces
}

/// What stands before the `>` that ends the tag, and what follows it. A `>` inside quotes ends nothing.
fn split_tag(text: &str) -> (&str, &str) {
    let mut quote = None;
    for (at, character) in text.char_indices() {
        match (quote, character) {
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), close) if open == close => quote = None,
            (None, '>') => return (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default()),
            _ => {}
        }
    }
    (text, "")
}

fn tag(inside: &str) -> Option<Piece> {
    if let Some(name) = inside.strip_prefix('/') {
        return Some(Piece::Close(name.trim().to_ascii_lowercase()));
    }
    let inside = inside.strip_suffix('/').unwrap_or(inside);
    let end = inside.find(char::is_whitespace).unwrap_or(inside.len());
    let (name, mut rest) = inside.split_at(end);
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let mut attributes = Vec::new();
    while let Some((name, value, after)) = attribute(rest.trim_start()) {
        attributes.push((name, value));
        rest = after;
    }
    Some(Piece::Open(Tag { name: name.to_ascii_lowercase(), attributes }))
}

fn attribute(text: &str) -> Option<(String, String, &str)> {
    if text.is_empty() {
        return None;
    }
    let end = text.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let name = name.to_ascii_lowercase();
    let Some(value) = rest.strip_prefix('=') else { return Some((name, String::new(), rest)) };
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            let (value, after) = quoted.split_once(quote).unwrap_or((quoted, ""));
            return Some((name, resolve(value), after));
        }
    }
    let end = value.find(char::is_whitespace).unwrap_or(value.len());
    let (value, after) = value.split_at(end);
    Some((name, resolve(value), after))
}

/// Text with its entities resolved; one that is not known stays as it is.
fn resolve(text: &str) -> String {
    let mut parts = text.split('&');
    let mut resolved = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(';').and_then(|(name, after)| Some((entity(name)?, after))) {
            Some((character, after)) => {
                resolved.push(character);
                resolved.push_str(after);
            }
            None => {
                resolved.push('&');
                resolved.push_str(part);
            }
        }
    }
    resolved
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, read};

    fn words(html: &str) -> Vec<String> {
        read(html)
            .into_iter()
            .map(|piece| match piece {
                Piece::Open(tag) => format!("<{} {}>", tag.name, tag.text("value")),
                Piece::Close(name) => format!("</{name}>"),
                Piece::Text(text) => text,
            })
            .collect()
    }

    #[test]
    fn reads_tags_texts_and_entities() {
        for (html, expected) in [
            ("a<b>c</b>d", vec!["a", "<b >", "c", "</b>", "d"]),
            ("<!doctype html><!-- <p> --><INPUT value='x>y' disabled>", vec!["<input x>y>"]),
            ("<input value=\"Tom &#38; Co &lt;1&gt;\">", vec!["<input Tom & Co <1>>"]),
            ("R&amp;D &#39;s &#x27; &nbsp;&unknown; a & b", vec!["R&D 's ' \u{a0}&unknown; a & b"]),
            ("<br/><input name=a value=b>", vec!["<br >", "<input b>"]),
            ("<a\n href=\"x\"\n value=\"启明\">科技</a>", vec!["<a 启明>", "科技", "</a>"]),
            ("unfinished <input value=\"x", vec!["unfinished ", "<input x>"]),
        ] {
            assert_eq!(words(html), expected, "{html}");
        }
    }

    #[test]
    fn an_attribute_without_a_value_is_there() {
        let Some(Piece::Open(tag)) = read("<option selected value>").into_iter().next() else { panic!("no tag") };
        assert!(tag.has("selected") && tag.has("value") && !tag.has("disabled"));
        assert_eq!(tag.text("value"), "");
    }
}
