//! Larger parts, and the pages that every room shares.

use super::{Html, attribute, escape, write_icon};
use crate::{platform::locale::T, web::shell::Shell};
use askama::{FastWritable, Template, Values, filters::HtmlSafe};
use std::fmt::{self, Write};

/// A standing condition that the reader should know of.
pub fn note(tone: impl AsRef<str>, text: impl AsRef<str>) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| write_message(to, "note", tone.as_ref(), text.as_ref()))
}

fn write_message(to: &mut dyn Write, class: &str, tone: &str, text: &str) -> fmt::Result {
    write!(to, "<div class=\"{class}\"")?;
    attribute(to, "data-tone", tone)?;
    to.write_char('>')?;
    write_icon(to, "i", tone)?;
    to.write_str(" <p>")?;
    escape(to, text)?;
    to.write_str("</p></div>")
}

/// The picture of an error page.
#[must_use]
pub fn error_icon(status: &u16) -> &'static str {
    match status {
        401 | 403 => "lock",
        404 | 405 | 410 => "find",
        409 => "people",
        400..=428 => "warn",
        429 | 502..=504 => "clock",
        _ => "bad",
    }
}

/// What is not here, why that is fine, and one action:
/// `{{ ui::empty("ask", t.none_title(), t.none_text()).action("/p/GEO/tasks/new", t.add_task()) }}`.
pub fn empty(icon: impl AsRef<str>, title: impl AsRef<str>, text: impl AsRef<str>) -> Empty {
    Empty {
        icon: icon.as_ref().to_owned(),
        title: title.as_ref().to_owned(),
        text: text.as_ref().to_owned(),
        action: None,
    }
}

/// See [`empty`].
pub struct Empty {
    icon: String,
    title: String,
    text: String,
    action: Option<(String, String)>,
}

impl Empty {
    /// The one thing to do here.
    #[must_use]
    pub fn action(mut self, href: impl fmt::Display, label: impl AsRef<str>) -> Self {
        self.action = Some((href.to_string(), label.as_ref().to_owned()));
        self
    }

    fn write(&self, to: &mut dyn Write) -> fmt::Result {
        to.write_str("<div class=\"empty\">")?;
        write_icon(to, "i", &self.icon)?;
        to.write_str("<h3>")?;
        escape(to, &self.title)?;
        to.write_str("</h3><p>")?;
        escape(to, &self.text)?;
        to.write_str("</p>")?;
        if let Some((href, label)) = &self.action {
            to.write_str("<a class=\"btn\"")?;
            attribute(to, "href", href)?;
            to.write_char('>')?;
            escape(to, label)?;
            to.write_str("</a>")?;
        }
        to.write_str("</div>")
    }
}

impl fmt::Display for Empty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

impl FastWritable for Empty {
    fn write_into(&self, to: &mut dyn Write, _: &dyn Values) -> askama::Result<()> {
        Ok(self.write(to)?)
    }
}

impl HtmlSafe for Empty {}

/// Links to the newer and the older part of a long list (keyset); nothing when it fits one page.
pub fn pager(t: &T, newer: &Option<String>, older: &Option<String>) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| {
        if newer.is_none() && older.is_none() {
            return Ok(());
        }
        to.write_str("<nav class=\"pager\"")?;
        attribute(to, "aria-label", &t.pager_label())?;
        to.write_char('>')?;
        if let Some(href) = newer {
            to.write_str("<a rel=\"prev\"")?;
            attribute(to, "href", href)?;
            to.write_char('>')?;
            write_icon(to, "i sm", "left")?;
            escape(to, &t.pager_newer())?;
            to.write_str("</a>")?;
        }
        if let Some(href) = older {
            to.write_str("<a rel=\"next\"")?;
            attribute(to, "href", href)?;
            to.write_char('>')?;
            escape(to, &t.pager_older())?;
            write_icon(to, "i sm", "right")?;
            to.write_str("</a>")?;
        }
        to.write_str("</nav>")
    })
}

/// A date or another short text as one word, so that no line ends inside it: spaces that do not break, and joiners between
/// Chinese characters and figures.
#[must_use]
pub fn unbroken(text: impl AsRef<str>) -> String {
    let mut whole = String::new();
    let mut last_is_han = false;
    for (at, c) in text.as_ref().chars().enumerate() {
        let is_han = ('\u{4e00}'..='\u{9fff}').contains(&c);
        if at > 0 && (is_han || last_is_han) && c != ' ' {
            whole.push('\u{2060}');
        }
        whole.push(if c == ' ' { '\u{a0}' } else { c });
        last_is_han = is_han;
    }
    whole
}

/// A page that names the effects of an action before it is taken; what a dialog shows without a script.
#[derive(Template)]
#[template(path = "shared/confirm.html")]
pub struct ConfirmPage {
    /// The frame.
    pub shell: Shell,
    /// A question, such as "Remove Su Qing from the team?".
    pub title: String,
    /// One or two sentences.
    pub text: String,
    /// What will happen, a line each; may be empty.
    pub consequences: Vec<String>,
    /// Where the form posts to.
    pub action: String,
    /// Hidden fields, name and value; the row's `version` among them.
    pub fields: Vec<(&'static str, String)>,
    /// The button: a verb with its object.
    pub button: String,
    /// Where "Cancel" leads.
    pub cancel: String,
}
