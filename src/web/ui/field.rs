//! Fields of forms: label, hint, error, control, in that order; what was typed is kept.

use super::{attribute, errors::write_error, escape};
use crate::web::form::Errors;
use askama::{FastWritable, Values, filters::HtmlSafe};
use std::fmt::{self, Write};

/// One of the answers of [`select`] or [`radios`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A line below the label; shown by [`radios`] only.
    pub hint: String,
}

impl Choice {
    /// Without a hint.
    pub fn new(value: impl fmt::Display, label: impl Into<String>) -> Self {
        Self { value: value.to_string(), label: label.into(), hint: String::new() }
    }

    /// With a line below the label.
    pub fn with_hint(value: impl fmt::Display, label: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..Self::new(value, label) }
    }
}

enum Control<'a> {
    Input(&'static str),
    Area,
    Select(&'a [Choice]),
    Radios(&'a [Choice]),
    Checkbox(bool),
}

/// A field under construction; see [`text`].
pub struct Field<'a> {
    name: String,
    id: String,
    label: String,
    value: String,
    hint: String,
    errors: Option<&'a Errors>,
    control: Control<'a>,
    attributes: String,
    label_hidden: bool,
}

/// One line of text. The control's id is its name, and the id is the key of its error.
///
/// ```text
/// {{ ui::text("name", shell.t.project_name(), form.name).hint(shell.t.project_name_hint()).required().errors(errors) }}
/// {{ ui::text("email", shell.t.email(), form.email).kind("email").autocomplete("username").errors(errors) }}
/// ```
pub fn text<'a>(name: impl AsRef<str>, label: impl AsRef<str>, value: impl AsRef<str>) -> Field<'a> {
    Field::new(name.as_ref(), label.as_ref(), value.as_ref(), Control::Input("text"))
}

/// A day; the value is `2026-11-20` or empty.
pub fn date<'a>(name: impl AsRef<str>, label: impl AsRef<str>, value: impl AsRef<str>) -> Field<'a> {
    Field::new(name.as_ref(), label.as_ref(), value.as_ref(), Control::Input("date"))
}

/// Several lines of text.
pub fn textarea<'a>(name: impl AsRef<str>, label: impl AsRef<str>, value: impl AsRef<str>) -> Field<'a> {
    Field::new(name.as_ref(), label.as_ref(), value.as_ref(), Control::Area)
}

/// One of a list. Put a first [`Choice`] with an empty value where choosing nothing is possible.
pub fn select<'a>(
    name: impl AsRef<str>,
    label: impl AsRef<str>,
    choices: &'a [Choice],
    selected: impl AsRef<str>,
) -> Field<'a> {
    Field::new(name.as_ref(), label.as_ref(), selected.as_ref(), Control::Select(choices))
}

/// One of a few, all in sight. The first one has the name as its id, for the link of the error summary.
pub fn radios<'a>(
    name: impl AsRef<str>,
    legend: impl AsRef<str>,
    choices: &'a [Choice],
    selected: impl AsRef<str>,
) -> Field<'a> {
    Field::new(name.as_ref(), legend.as_ref(), selected.as_ref(), Control::Radios(choices))
}

/// Yes or no; sends `value=1` when ticked.
pub fn checkbox<'a>(name: impl AsRef<str>, label: impl AsRef<str>, checked: &bool) -> Field<'a> {
    Field::new(name.as_ref(), label.as_ref(), "1", Control::Checkbox(*checked))
}

impl<'a> Field<'a> {
    fn new(name: &str, label: &str, value: &str, control: Control<'a>) -> Self {
        Self {
            name: name.to_owned(),
            id: name.to_owned(),
            label: label.to_owned(),
            value: value.to_owned(),
            hint: String::new(),
            errors: None,
            control,
            attributes: String::new(),
            label_hidden: false,
        }
    }

    /// A sentence that helps to answer.
    #[must_use]
    pub fn hint(mut self, hint: impl AsRef<str>) -> Self {
        hint.as_ref().clone_into(&mut self.hint);
        self
    }

    /// What is wrong with this answer, if anything, found by the control's id.
    #[must_use]
    pub fn errors(mut self, errors: &'a Errors) -> Self {
        self.errors = Some(errors);
        self
    }

    /// Another id than the name, where a name stands twice on a page.
    #[must_use]
    pub fn id(mut self, id: impl AsRef<str>) -> Self {
        id.as_ref().clone_into(&mut self.id);
        self
    }

    /// The browser asks for an answer before it sends; the server asks in any case.
    #[must_use]
    pub fn required(self) -> Self {
        self.flag("required")
    }

    /// Another `type` of input: `email`, `password`, `url`, `number`, `search`, `time`.
    #[must_use]
    pub fn kind(mut self, kind: &'static str) -> Self {
        self.control = Control::Input(kind);
        self
    }

    /// What the browser may fill in, such as `current-password`.
    #[must_use]
    pub fn autocomplete(self, token: impl AsRef<str>) -> Self {
        self.attribute("autocomplete", token)
    }

    /// The longest text, in characters.
    #[must_use]
    pub fn maxlength(self, characters: &u32) -> Self {
        self.attribute("maxlength", characters.to_string())
    }

    /// Any other attribute of the control.
    #[must_use]
    pub fn attribute(mut self, name: &'static str, value: impl AsRef<str>) -> Self {
        // Writing to a String cannot fail.
        let _ = attribute(&mut self.attributes, name, value.as_ref());
        self
    }

    /// An attribute without a value, such as `autofocus`.
    #[must_use]
    pub fn flag(mut self, name: &'static str) -> Self {
        self.attributes.push(' ');
        self.attributes.push_str(name);
        self
    }

    /// The label is for screen readers only: in filter bars, where the choices explain themselves.
    #[must_use]
    pub fn label_hidden(mut self) -> Self {
        self.label_hidden = true;
        self
    }

    fn error(&self) -> Option<&'a str> {
        self.errors?.get(&self.id)
    }

    /// Attributes that the control shares with every other: id, name, description, validity.
    fn write_common(&self, to: &mut dyn Write) -> fmt::Result {
        attribute(to, "id", &self.id)?;
        attribute(to, "name", &self.name)?;
        self.write_described(to)?;
        to.write_str(&self.attributes)
    }

    fn write_described(&self, to: &mut dyn Write) -> fmt::Result {
        if self.error().is_some() {
            to.write_str(" aria-invalid=\"true\"")?;
        }
        if self.error().is_none() && self.hint.is_empty() {
            return Ok(());
        }
        to.write_str(" aria-describedby=\"")?;
        if !self.hint.is_empty() {
            escape(to, &self.id)?;
            to.write_str("-hint")?;
        }
        if self.error().is_some() {
            to.write_str(if self.hint.is_empty() { "" } else { " " })?;
            escape(to, &self.id)?;
            to.write_str("-error")?;
        }
        to.write_char('"')
    }

    fn write_hint(&self, to: &mut dyn Write) -> fmt::Result {
        if self.hint.is_empty() {
            return Ok(());
        }
        to.write_str("<p class=\"hint\" id=\"")?;
        escape(to, &self.id)?;
        to.write_str("-hint\">")?;
        escape(to, &self.hint)?;
        to.write_str("</p>")
    }

    fn write(&self, to: &mut dyn Write) -> fmt::Result {
        let group = matches!(self.control, Control::Radios(_));
        to.write_str(if group { "<fieldset class=\"field\"" } else { "<div class=\"field\"" })?;
        to.write_str(if self.error().is_some() { " data-tone=\"bad\">" } else { ">" })?;
        let hidden = if self.label_hidden { " class=\"vh\"" } else { "" };
        match self.control {
            Control::Checkbox(_) => {}
            Control::Radios(_) => {
                write!(to, "<legend{hidden}>")?;
                escape(to, &self.label)?;
                to.write_str("</legend>")?;
            }
            _ => {
                write!(to, "<label{hidden}")?;
                attribute(to, "for", &self.id)?;
                to.write_char('>')?;
                escape(to, &self.label)?;
                to.write_str("</label>")?;
            }
        }
        self.write_hint(to)?;
        if let Some(error) = self.error() {
            write_error(to, &self.id, error)?;
        }
        self.write_control(to)?;
        to.write_str(if group { "</fieldset>" } else { "</div>" })
    }

    fn write_control(&self, to: &mut dyn Write) -> fmt::Result {
        match self.control {
            Control::Input(kind) => {
                attribute_pair(to, "<input", "type", kind)?;
                self.write_common(to)?;
                attribute(to, "value", &self.value)?;
                to.write_char('>')
            }
            Control::Area => {
                to.write_str("<textarea")?;
                self.write_common(to)?;
                // A newline directly after the tag is dropped by browsers: this one is given to be dropped.
                to.write_str(">\n")?;
                escape(to, &self.value)?;
                to.write_str("</textarea>")
            }
            Control::Select(choices) => {
                to.write_str("<select")?;
                self.write_common(to)?;
                to.write_char('>')?;
                for choice in choices {
                    attribute_pair(to, "<option", "value", &choice.value)?;
                    to.write_str(if choice.value == self.value { " selected>" } else { ">" })?;
                    escape(to, &choice.label)?;
                    to.write_str("</option>")?;
                }
                to.write_str("</select>")
            }
            Control::Radios(choices) => self.write_radios(to, choices),
            Control::Checkbox(checked) => {
                to.write_str("<label class=\"check\"><input type=\"checkbox\"")?;
                self.write_common(to)?;
                attribute(to, "value", &self.value)?;
                to.write_str(if checked { " checked> " } else { "> " })?;
                escape(to, &self.label)?;
                to.write_str("</label>")
            }
        }
    }

    fn write_radios(&self, to: &mut dyn Write, choices: &[Choice]) -> fmt::Result {
        to.write_str("<div class=\"stack tight\">")?;
        for (index, choice) in choices.iter().enumerate() {
            to.write_str("<label class=\"choice\"><input type=\"radio\"")?;
            if index == 0 {
                attribute(to, "id", &self.id)?;
            }
            attribute(to, "name", &self.name)?;
            attribute(to, "value", &choice.value)?;
            self.write_described(to)?;
            to.write_str(&self.attributes)?;
            to.write_str(if choice.value == self.value { " checked><b>" } else { "><b>" })?;
            escape(to, &choice.label)?;
            to.write_str("</b>")?;
            if !choice.hint.is_empty() {
                to.write_str("<span class=\"hint\">")?;
                escape(to, &choice.hint)?;
                to.write_str("</span>")?;
            }
            to.write_str("</label>")?;
        }
        to.write_str("</div>")
    }
}

impl fmt::Display for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

impl FastWritable for Field<'_> {
    fn write_into(&self, to: &mut dyn Write, _: &dyn Values) -> askama::Result<()> {
        Ok(self.write(to)?)
    }
}

impl HtmlSafe for Field<'_> {}

fn attribute_pair(to: &mut dyn Write, start: &str, name: &str, value: &str) -> fmt::Result {
    to.write_str(start)?;
    attribute(to, name, value)
}
