//! What is wrong with a form, beside its fields and above them.

use super::{attribute, escape, write_icon};
use crate::{platform::locale::T, web::form::Errors};
use std::fmt::{self, Write};

pub(super) fn write_error(to: &mut dyn Write, field: &str, message: &str) -> fmt::Result {
    to.write_str("<p class=\"err\" data-tone=\"bad\" id=\"")?;
    escape(to, field)?;
    to.write_str("-error\">")?;
    write_icon(to, "i sm", "bad")?;
    to.write_str(" <span>")?;
    escape(to, message)?;
    to.write_str("</span></p>")
}

/// The message of a field whose control a page writes by itself; nothing when the answer is fine.
pub fn error_text(field: impl AsRef<str>, errors: &Errors) -> super::Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    super::Html(move |to: &mut dyn Write| match errors.get(field.as_ref()) {
        Some(message) => write_error(to, field.as_ref(), message),
        None => Ok(()),
    })
}

/// ` aria-invalid aria-describedby` inside the tag of such a control; nothing when the answer is fine.
pub fn invalid(field: impl AsRef<str>, errors: &Errors) -> super::Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    super::Html(move |to: &mut dyn Write| {
        if errors.get(field.as_ref()).is_none() {
            return Ok(());
        }
        to.write_str(" aria-invalid=\"true\" aria-describedby=\"")?;
        escape(to, field.as_ref())?;
        to.write_str("-error\"")
    })
}

/// Why all of a form was refused, where no field alone is wrong: looks as [`error_summary`] and takes the focus too.
pub fn refusal(
    t: &T,
    title: impl AsRef<str>,
    hint: impl AsRef<str>,
) -> super::Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    super::Html(move |to: &mut dyn Write| {
        write_errors_title(to, t, title.as_ref())?;
        to.write_str("<p>")?;
        escape(to, hint.as_ref())?;
        to.write_str("</p></div>")
    })
}

/// As [`refusal`], with what is wrong a line each; none is fine.
pub fn refusal_of<'a>(
    t: &'a T,
    title: impl AsRef<str> + 'a,
    lines: &'a [String],
) -> super::Html<impl Fn(&mut dyn Write) -> fmt::Result + 'a> {
    super::Html(move |to: &mut dyn Write| {
        write_errors_title(to, t, title.as_ref())?;
        if !lines.is_empty() {
            to.write_str("<ul>")?;
            for line in lines {
                to.write_str("<li>")?;
                escape(to, line)?;
                to.write_str("</li>")?;
            }
            to.write_str("</ul>")?;
        }
        to.write_str("</div>")
    })
}

fn write_errors_title(to: &mut dyn Write, t: &T, title: &str) -> fmt::Result {
    to.write_str("<div class=\"errors\" data-tone=\"bad\" tabindex=\"-1\" role=\"alert\"")?;
    attribute(to, "data-prefix", &t.errors_prefix())?;
    to.write_str("><h2>")?;
    write_icon(to, "i", "bad")?;
    to.write_char(' ')?;
    escape(to, title)?;
    to.write_str("</h2>")
}

/// What needs a change, each line a link to its field; takes the focus when the page opens. Nothing without errors.
pub fn error_summary(t: &T, errors: &Errors) -> super::Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    super::Html(move |to: &mut dyn Write| {
        if errors.is_empty() {
            return Ok(());
        }
        write_errors_title(to, t, &t.errors_title(errors.list().len()))?;
        to.write_str("<ul>")?;
        for (field, message) in errors.list() {
            to.write_str("<li><a href=\"#")?;
            escape(to, field)?;
            to.write_str("\">")?;
            escape(to, message)?;
            to.write_str("</a></li>")?;
        }
        to.write_str("</ul></div>")
    })
}
