//! Forms: strings in, domain types out, all mistakes at once, nothing lost that was typed.

use super::{AppState, Error};
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderValue, Method, header},
};
use std::str::FromStr;

/// What a form or a query sent: names and values in their order, a name as often as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    pairs: Vec<(String, String)>,
    /// The values as one line each, where they are not that already.
    lines: Vec<Option<String>>,
}

impl Fields {
    /// From `application/x-www-form-urlencoded` text, as in a query.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self::of_pairs(url::form_urlencoded::parse(text.as_bytes()).into_owned().collect())
    }

    /// The fields of a query string.
    #[must_use]
    pub fn of_query(uri: &axum::http::Uri) -> Self {
        Self::parse(uri.query().unwrap_or_default())
    }

    /// From pairs, for tests and prepared links.
    #[must_use]
    pub fn of(pairs: &[(&str, &str)]) -> Self {
        Self::of_pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn of_pairs(pairs: Vec<(String, String)>) -> Self {
        let lines = pairs.iter().map(|(_, value)| one_line(value)).collect();
        Self { pairs, lines }
    }

    /// Names with their values as one line each.
    fn lines(&self) -> impl Iterator<Item = (&str, &str)> {
        let values = self.pairs.iter().zip(&self.lines);
        values.map(|((name, value), line)| (name.as_str(), line.as_deref().unwrap_or(value)))
    }

    /// The first value of a name, in one line and trimmed; empty when absent. A field of one line cannot send more, so line
    /// breaks and marks that turn the writing direction are somebody's who wants a title to look like something else.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.lines().find_map(|(found, value)| (found == name).then_some(trimmed(value))).unwrap_or_default()
    }

    /// The first value of a name as it was typed (passwords); empty when absent.
    #[must_use]
    pub fn raw(&self, name: &str) -> &str {
        self.pairs.iter().find_map(|(found, value)| (found == name).then_some(value.as_str())).unwrap_or_default()
    }

    /// Text of several lines with line ends made one kind, trimmed.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        trimmed(self.raw(name)).replace("\r\n", "\n")
    }

    /// All values of a name, in one line each and trimmed.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.lines().filter(move |(found, _)| *found == name).map(|(_, value)| trimmed(value))
    }

    /// Whether the name came at all (checkboxes, buttons).
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(found, _)| found == name)
    }

    /// The value parsed, if it can be.
    #[must_use]
    pub fn value<V: FromStr>(&self, name: &str) -> Option<V> {
        self.get(name).parse().ok()
    }

    /// A value that only our own pages send (ids, versions): anything else is an unusable request.
    ///
    /// # Errors
    /// [`Error::Unprocessable`].
    pub fn hidden<V: FromStr>(&self, name: &str) -> Result<V, Error> {
        self.value(name).ok_or(Error::Unprocessable)
    }

    /// The address of another page of the same question, which this query is.
    #[must_use]
    pub fn address(&self, path: &str, page: usize) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.pairs.iter().filter(|(name, value)| name != "page" && !value.is_empty()));
        query.append_pair("page", &page.to_string());
        format!("{path}?{}", query.finish())
    }

    /// The words that a person typed: not what a page of ours put there or offered to choose from, and no secrets.
    #[must_use]
    pub fn typed(&self) -> Vec<String> {
        let is_typed = |name: &str, value: &str| is_words(value) || (is_figure(name) && !value.is_empty());
        let words = self.pairs.iter().filter(|(name, value)| !is_given(name) && is_typed(name, trimmed(value)));
        words.map(|(_, value)| trimmed(value).replace("\r\n", "\n")).collect()
    }

    /// Every pair.
    #[must_use]
    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }
}

/// Fields of our forms that are not typed: hidden ones, menus, ticks. One that is missing here is shown needlessly where
/// something went wrong; nothing else depends on it.
const GIVEN: &[&str] = &[
    "a",
    "about",
    "accountable",
    "act",
    "anchor",
    "assignee",
    "away_until",
    "back",
    "blueprint",
    "criteria",
    "criterion",
    "declared",
    "department",
    "deputy",
    "direction",
    "due",
    "duty",
    "early",
    "effect",
    "find",
    "from",
    "gate",
    "group",
    "id",
    "kind",
    "language",
    "last",
    "lead",
    "listed",
    "metric",
    "milestone",
    "more",
    "next",
    "on",
    "option",
    "owner",
    "part",
    "person",
    "priority",
    "product",
    "project",
    "purpose",
    "recommended",
    "responsible",
    "rnd",
    "role",
    "rule",
    "seen",
    "service",
    "shift",
    "show",
    "side",
    "sort",
    "stage",
    "state",
    "status",
    "step",
    "task",
    "theme",
    "tier",
    "time_zone",
    "to",
    "token",
    "until",
    "version",
    "view",
    "visibility",
    "vote",
    "waits_for",
    "wants",
    "was",
    "who",
];

fn is_given(name: &str) -> bool {
    let plain = name.trim_end_matches(|c: char| c.is_ascii_digit());
    GIVEN.contains(&plain)
        || name.contains("password")
        || name.ends_with("_id")
        || ["id-", "new-", "tone-", "remove-", "was-", "seen-", "of-"].iter().any(|start| name.starts_with(start))
}

/// A figure that somebody looked up, such as `value-1.1` of a check-in: lost, it is not found again as easily as a day.
fn is_figure(name: &str) -> bool {
    ["value", "base", "target", "baseline", "amount", "envelope"].contains(&name.split('-').next().unwrap_or(name))
}

/// Neither nothing nor a number, a day, a time or an id.
fn is_words(value: &str) -> bool {
    let is_counted = value.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ':' | '-' | '/'));
    !is_counted && uuid::Uuid::parse_str(value).is_err()
}

/// What a request sent in a form, kept beside it for the page that says that it failed.
#[derive(Clone, Debug)]
pub struct Sent(pub Bytes);

impl Sent {
    /// As [`Fields::typed`].
    #[must_use]
    pub fn typed(&self) -> Vec<String> {
        std::str::from_utf8(&self.0).map(|text| Fields::parse(text).typed()).unwrap_or_default()
    }
}

/// Line breaks and other control characters made spaces, and without the marks that embed, override or isolate a writing
/// direction; nothing when it is one line as it stands.
fn one_line(text: &str) -> Option<String> {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if !text.contains(|c: char| turns(c) || breaks(c)) {
        return None;
    }
    let line = text.replace("\r\n", "\n");
    Some(line.chars().filter(|c| !turns(*c)).map(|c| if breaks(c) { ' ' } else { c }).collect())
}

/// What came otherwise than in a field of its own, such as a pasted cell, as [`Fields::get`] would give it.
#[must_use]
pub fn as_field(text: &str) -> String {
    trimmed(one_line(text).as_deref().unwrap_or(text)).to_owned()
}

/// Without what cannot be seen at its ends, so that a name of nothing else is empty: white space, marks of width zero and
/// of writing direction.
fn trimmed(text: &str) -> &str {
    let is_unseen = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    text.trim_matches(is_unseen)
}

/// Marks a request whose body broke off or is longer than any form of ours.
#[derive(Clone, Copy, Debug)]
pub struct Unreadable;

impl FromRequest<AppState> for Fields {
    type Rejection = Error;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Error> {
        if matches!(*request.method(), Method::GET | Method::HEAD) {
            return Ok(Self::of_query(request.uri()));
        }
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        let is_form = request
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|given| given.as_bytes().starts_with(form.as_bytes()));
        if !is_form || request.extensions().get::<Unreadable>().is_some() {
            return Err(Error::Unprocessable);
        }
        let body = Bytes::from_request(request, state).await.map_err(|_| Error::Unprocessable)?;
        let text = std::str::from_utf8(&body).map_err(|_| Error::Unprocessable)?;
        // PostgreSQL keeps no NUL in text; no keyboard types one.
        if text.contains("%00") || text.contains('\0') {
            return Err(Error::Unprocessable);
        }
        Ok(Self::parse(text))
    }
}

/// The mistakes in a form: the id of the field and a sentence in the reader's language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors(Vec<(String, String)>);

impl Errors {
    /// None.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds one; a field keeps its first.
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        let field = field.into();
        if self.get(&field).is_none() {
            self.0.push((field, message.into()));
        }
    }

    /// With one.
    #[must_use]
    pub fn with(mut self, field: impl Into<String>, message: impl Into<String>) -> Self {
        self.add(field, message);
        self
    }

    /// The sentence for a field.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&str> {
        self.0.iter().find_map(|(found, message)| (found == field).then_some(message.as_str()))
    }

    /// All, in the order in which the form was checked.
    #[must_use]
    pub fn list(&self) -> &[(String, String)] {
        &self.0
    }

    /// Whether the form may go on.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_told_from_what_was_given() {
        let typed = |name: &str, value: &str| Fields::of(&[(name, value)]).typed();
        for (name, value) in [
            ("why", "no"),
            ("outcome", "Done by\r\n4 December"),
            ("answer-A-1", "12 k"),
            ("title1", "定价页"),
            ("value-1.1", "112"),
        ] {
            assert_eq!(typed(name, value), [value.replace("\r\n", "\n")], "{name}");
        }
        for (name, value) in [
            ("why", " "),
            ("version", "3"),
            ("question_id", "0199aaaa-0000-7000-8000-000000000000"),
            ("other", "0199aaaa-0000-7000-8000-000000000000"),
            ("day", "2026-12-04"),
            ("hours", "09:30"),
            ("old_password", "correct horse"),
            ("password", "correct horse"),
            ("token", "abc"),
            ("effect", "move_task"),
            ("stage12", "A1"),
        ] {
            assert_eq!(typed(name, value), [""; 0], "{name}");
        }
    }

    #[test]
    fn a_field_of_one_line_is_one_line() {
        for (sent, line, text) in [
            ("plain", "plain", "plain"),
            ("  a\r\nb\n", "a b", "a\nb"),
            ("a\tb\u{85}c", "a b c", "a\tb\u{85}c"),
            ("pay\u{202e}exe.pdf\u{2066}", "payexe.pdf", "pay\u{202e}exe.pdf"),
            ("\u{2028}", "", ""),
            ("价格\n表", "价格 表", "价格\n表"),
        ] {
            let fields = Fields::of(&[("x", sent)]);
            assert_eq!(fields.get("x"), line, "{sent:?}");
            assert_eq!(fields.all("x").collect::<Vec<_>>(), [line], "{sent:?}");
            assert_eq!(fields.text("x"), text, "{sent:?}");
            assert_eq!(fields.raw("x"), sent);
        }
        assert_eq!(Fields::default().get("x"), "");
    }
}
