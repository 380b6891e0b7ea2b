//! Small parts that every page is made of, as functions whose result is HTML.
//!
//! A page's Rust module says `use crate::web::ui;` and its template calls the parts by name:
//!
//! ```text
//! {{ ui::icon("plus") }}
//! {{ ui::department(task.department) }}
//! {{ ui::status(shell.t, task.status) }}
//! {{ ui::text("name", shell.t.project_name(), form.name).hint(shell.t.project_name_hint()).errors(errors) }}
//! ```
//!
//! Askama passes fields and variables by reference, literals and results of calls by value. Therefore
//! texts are taken as anything that reads as `str`, and everything else by reference: a field goes in as
//! it stands, the result of a call gets a `&` in front (`ui::health(shell.t, &row.health())`).
//!
//! Every text is escaped here. The parts of a board's card write straight into the page and allocate nothing.

pub mod chart;
mod errors;
mod field;
mod marks;
mod page;
mod status;
mod words;

pub use errors::{error_summary, error_text, invalid, refusal, refusal_of};
pub use field::{Choice, Field, checkbox, date, radios, select, text, textarea};
pub use marks::{
    DepartmentChip, avatar, avatar_large, avatar_named, deadline, department, department_large, department_tile,
    health, health_declared, health_icon, letters, person, progress, time_left, tone,
};
pub use page::{ConfirmPage, Empty, empty, error_icon, note, pager, unbroken};
pub use status::{
    Status, StatusChoice, StatusMenu, board_words, card_buttons, status, status_buttons, status_choice, status_icon,
    status_menu, status_name,
};

use crate::web::assets::asset;
use askama::{
    FastWritable, Values,
    filters::{Escaper, HtmlSafe},
};
use std::{
    fmt::{self, Write},
    sync::LazyLock,
};

/// The address of the pictures, looked up once and not once a picture.
static SPRITE: LazyLock<String> = LazyLock::new(|| asset("/static/icons.svg"));

/// A piece of HTML, written when the page is written.
pub struct Html<F>(F);

impl<F: Fn(&mut dyn Write) -> fmt::Result> fmt::Display for Html<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.0)(f)
    }
}

impl<F: Fn(&mut dyn Write) -> fmt::Result> FastWritable for Html<F> {
    fn write_into(&self, to: &mut dyn Write, _: &dyn Values) -> askama::Result<()> {
        Ok((self.0)(to)?)
    }
}

impl<F: Fn(&mut dyn Write) -> fmt::Result> HtmlSafe for Html<F> {}

/// Writes text so that it stays text, in content and in quoted attributes.
fn escape(to: &mut dyn Write, text: &str) -> fmt::Result {
    askama::filters::Html.write_escaped_str(to, text)
}

/// ` name="value"`, with the value escaped.
fn attribute(to: &mut dyn Write, name: &str, value: &str) -> fmt::Result {
    to.write_char(' ')?;
    to.write_str(name)?;
    to.write_str("=\"")?;
    escape(to, value)?;
    to.write_char('"')
}

/// A picture of the sprite beside a word, or in a control that has an `aria-label`. `name` is a symbol of
/// `static/icons.svg` without its `i-`.
pub fn icon(name: impl AsRef<str>) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| write_icon(to, "i", name.as_ref()))
}

/// As [`icon`], in the size of small text.
pub fn icon_small(name: impl AsRef<str>) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| write_icon(to, "i sm", name.as_ref()))
}

fn write_icon(to: &mut dyn Write, class: &str, name: &str) -> fmt::Result {
    to.write_str("<svg class=\"")?;
    to.write_str(class)?;
    to.write_str("\" aria-hidden=\"true\">")?;
    write_use(to, name)
}

fn write_use(to: &mut dyn Write, name: &str) -> fmt::Result {
    to.write_str("<use href=\"")?;
    to.write_str(&SPRITE)?;
    to.write_str("#i-")?;
    escape(to, name)?;
    to.write_str("\"/></svg>")
}

#[cfg(test)]
mod tests;
