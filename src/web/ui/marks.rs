//! Marks: who, which department, in which state, how far.

use super::{Html, attribute, escape, words::words, write_icon, write_use};
use crate::{platform::locale::T, web::shell::Health};
use std::fmt::{self, Write};

/// A department as it is shown: code and name already in the reader's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DepartmentChip<'a> {
    /// Two letters, or one Chinese character.
    pub code: &'a str,
    /// Its name.
    pub name: &'a str,
    /// 1 to 12, one of the colours of the style sheet; others are shown in the last one.
    pub colour: i16,
}

/// Tile with the code, and the name.
pub fn department(chip: &DepartmentChip<'_>) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| write_department(to, chip, "", "<span>"))
}

/// As [`department`], a size larger: for headings and positions.
pub fn department_large(chip: &DepartmentChip<'_>) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| write_department(to, chip, " lg", "<span>"))
}

/// The tile alone, its name for screen readers only: where three or more stand in a line.
pub fn department_tile(chip: &DepartmentChip<'_>) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| write_department(to, chip, "", "<span class=\"vh\">"))
}

fn write_department(to: &mut dyn Write, chip: &DepartmentChip<'_>, size: &str, name: &str) -> fmt::Result {
    let colour = if (1..=12).contains(&chip.colour) { chip.colour } else { 12 };
    write!(to, "<span class=\"dept d{colour}{size}\"><b aria-hidden=\"true\">")?;
    escape(to, chip.code)?;
    to.write_str("</b>")?;
    to.write_str(name)?;
    escape(to, chip.name)?;
    to.write_str("</span></span>")
}

/// Initials in a circle; the name must stand beside it or be hidden text.
pub fn avatar(name: impl AsRef<str>) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| write_avatar(to, "av", name.as_ref()))
}

/// As [`avatar`], a size larger.
pub fn avatar_large(name: impl AsRef<str>) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| write_avatar(to, "av lg", name.as_ref()))
}

fn write_avatar(to: &mut dyn Write, class: &str, name: &str) -> fmt::Result {
    write!(to, "<span class=\"{class}\" aria-hidden=\"true\">")?;
    initials(name, |letter| escape(to, letter.encode_utf8(&mut [0; 4])))?;
    to.write_str("</span>")
}

/// The first letters of the first and the last word; of a Chinese name the first character.
fn initials(name: &str, mut letter: impl FnMut(char) -> fmt::Result) -> fmt::Result {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    if let Some(first) = first {
        first.to_uppercase().try_for_each(&mut letter)?;
        if let Some(last) = last.filter(|_| first.is_alphabetic() && (first as u32) < 0x2E80) {
            last.to_uppercase().try_for_each(&mut letter)?;
        }
    }
    Ok(())
}

/// Initials and name, with a line below when `sub` is not empty.
pub fn person(name: impl AsRef<str>, sub: impl AsRef<str>) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| {
        to.write_str("<span class=\"person\">")?;
        write_avatar(to, if sub.as_ref().is_empty() { "av" } else { "av lg" }, name.as_ref())?;
        to.write_str("<span>")?;
        escape(to, name.as_ref())?;
        if !sub.as_ref().is_empty() {
            to.write_str("<small>")?;
            escape(to, sub.as_ref())?;
            to.write_str("</small>")?;
        }
        to.write_str("</span></span>")
    })
}

/// How a task stands, as it is shown; the work room maps its own type to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Not begun.
    Todo,
    /// Being worked on.
    Doing,
    /// Waits for something that is named beside it.
    Blocked,
    /// Waits for somebody to accept it.
    Review,
    /// Finished.
    Done,
    /// Will not be done.
    Dropped,
}

impl Status {
    /// In the order of menus and lanes.
    pub const ALL: [Self; 6] = [Self::Todo, Self::Doing, Self::Blocked, Self::Review, Self::Done, Self::Dropped];

    /// The value in forms, of `data-status`, and the icon's name.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Doing => "doing",
            Self::Blocked => "blocked",
            Self::Review => "review",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }
}

/// Icon and word in a pill.
pub fn status(t: &T, status: &Status) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| {
        write!(to, "<span class=\"pill\" data-status=\"{}\">", status.code())?;
        write_icon(to, "i sm", status.code())?;
        to.write_char(' ')?;
        escape(to, words(*t).status(*status))?;
        to.write_str("</span>")
    })
}

/// The word alone, for lanes' headings and sentences.
pub fn status_name(t: &T, status: &Status) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| escape(to, words(*t).status(*status)))
}

/// The shape alone; the word must stand beside it.
pub fn status_icon(status: &Status) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| write_icon(to, "i", status.code()))
}

/// The pill that opens all statuses as submit buttons. `what` is the task's title.
///
/// The form posts `status` and `version` to `action`; `.swap("#rows")` has it answered in place.
pub fn status_menu<'a>(
    t: &T,
    status: &Status,
    what: &'a str,
    action: impl fmt::Display,
    version: impl fmt::Display,
) -> StatusMenu<'a> {
    StatusMenu { t: *t, status: *status, what, action: action.to_string(), version: version.to_string(), swap: "" }
}

/// See [`status_menu`].
pub struct StatusMenu<'a> {
    t: T,
    status: Status,
    what: &'a str,
    action: String,
    version: String,
    swap: &'a str,
}

impl<'a> StatusMenu<'a> {
    /// The element that the answer replaces, as `#id`.
    #[must_use]
    pub fn swap(mut self, target: &'a str) -> Self {
        self.swap = target;
        self
    }
}

impl fmt::Display for StatusMenu<'_> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            to,
            "<details class=\"menu st\" name=\"menu\"><summary class=\"pill\" data-status=\"{}\">",
            self.status.code()
        )?;
        write_icon(to, "i sm", self.status.code())?;
        to.write_char(' ')?;
        escape(to, words(self.t).status(self.status))?;
        to.write_str("<span class=\"vh\"> – ")?;
        escape(to, &self.t.status_change(self.what))?;
        to.write_str("</span>")?;
        write_icon(to, "i sm chev", "down")?;
        to.write_str("</summary><form class=\"menu-body\" method=\"post\"")?;
        attribute(to, "action", &self.action)?;
        if !self.swap.is_empty() {
            attribute(to, "data-swap", self.swap)?;
        }
        write!(to, "><input type=\"hidden\" name=\"version\" value=\"{}\">", self.version)?;
        write_status_buttons(to, self.t, Some(self.status), "aria-current", false)?;
        to.write_str("</form></details>")
    }
}

impl askama::FastWritable for StatusMenu<'_> {
    fn write_into(&self, to: &mut dyn Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(write!(to, "{self}")?)
    }
}

impl askama::filters::HtmlSafe for StatusMenu<'_> {}

/// All statuses as submit buttons named `status`, for a `<form>` of the page: the task page's bar
/// (`<div class="statusbar">`), or a menu (`<div class="menu-body">`). "Blocked" opens the dialog with the id
/// `ask-blocked` when the page has one.
pub fn status_buttons(t: &T, current: &Status) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| write_status_buttons(to, *t, Some(*current), "aria-pressed", true))
}

/// All statuses for the one menu that all cards of a board share:
/// `<template id="card-menu"><form class="menu-body" method="post">{{ ui::card_buttons(shell.t) }}</form></template>`.
pub fn card_buttons(t: &T) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| write_status_buttons(to, *t, None, "aria-current", false))
}

fn write_status_buttons(to: &mut dyn Write, t: T, current: Option<Status>, mark: &str, as_button: bool) -> fmt::Result {
    for status in Status::ALL {
        let code = status.code();
        let class = if as_button { " class=\"btn\"" } else { "" };
        write!(to, "<button{class} name=\"status\" value=\"{code}\" data-status=\"{code}\"")?;
        if status == Status::Blocked {
            to.write_str(" data-ask=\"ask-blocked\"")?;
        }
        if current == Some(status) {
            write!(to, " {mark}=\"true\"")?;
        } else if as_button {
            write!(to, " {mark}=\"false\"")?;
        }
        to.write_char('>')?;
        write_icon(to, "i", code)?;
        to.write_char(' ')?;
        escape(to, words(t).status(status))?;
        if current == Some(status) && !as_button {
            write_icon(to, "i sm end", "check")?;
        }
        to.write_str("</button>")?;
    }
    Ok(())
}

/// The attributes of `<div class="board" …>` that let the script move cards and say what it does.
pub fn board_words(t: &T) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| {
        attribute(to, "data-lifted", &t.board_lifted())?;
        attribute(to, "data-dropped", &t.board_dropped())?;
        attribute(to, "data-kept", &t.board_kept())?;
        attribute(to, "data-help", &t.board_help())
    })
}

/// Icon and word of a project's health.
pub fn health(t: &T, health: &Health) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| {
        write!(to, "<span class=\"pill\" data-tone=\"{}\">", health.tone())?;
        write_icon(to, "i sm", health.tone())?;
        to.write_char(' ')?;
        escape(to, words(*t).health(*health))?;
        to.write_str("</span>")
    })
}

/// The shape alone, named for screen readers.
pub fn health_icon(t: &T, health: &Health) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| {
        write!(to, "<svg class=\"i sm\" role=\"img\" data-tone=\"{}\"", health.tone())?;
        attribute(to, "aria-label", words(*t).health(*health))?;
        to.write_char('>')?;
        write_use(to, health.tone())
    })
}

/// Letters of the division of labour, such as `AR`; a dash for none.
pub fn letters(t: &T, letters: impl AsRef<str>) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| {
        if letters.as_ref().is_empty() {
            to.write_str("<span class=\"muted\"><span aria-hidden=\"true\">–</span><span class=\"vh\">")?;
            escape(to, &t.letter_none())?;
            return to.write_str("</span></span>");
        }
        to.write_str("<span class=\"r\">")?;
        for letter in letters.as_ref().chars().filter(|letter| "ARCI".contains(*letter)) {
            write!(to, "<b class=\"{letter}\"><span aria-hidden=\"true\">{letter}</span><span class=\"vh\">")?;
            escape(to, words(*t).letter(letter))?;
            to.write_str(" </span></b>")?;
        }
        to.write_str("</span>")
    })
}

/// A bar of `done` out of `of`. `label` names what is counted; empty: the figures say it.
pub fn progress(t: &T, done: &i64, of: &i64, label: impl AsRef<str>) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| {
        write!(to, "<progress value=\"{done}\" max=\"{}\"", (*of).max(1))?;
        match label.as_ref() {
            "" => attribute(to, "aria-label", &t.progress_of(done, of))?,
            label => attribute(to, "aria-label", label)?,
        }
        to.write_str("></progress>")
    })
}

/// When something is due, in words; `tone` is empty, `warn` (today) or `bad` (late).
pub fn deadline(tone: impl AsRef<str>, text: impl AsRef<str>) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| match tone.as_ref() {
        "" => {
            to.write_str("<span class=\"due\">")?;
            escape(to, text.as_ref())?;
            to.write_str("</span>")
        }
        tone => {
            to.write_str("<span class=\"due tone\"")?; // the style sheet draws the clock: a board has hundreds
            attribute(to, "data-tone", tone)?;
            to.write_char('>')?;
            escape(to, text.as_ref())?;
            to.write_str("</span>")
        }
    })
}

/// A short statement with its icon: `tone` is `ok`, `info`, `warn` or `bad`.
pub fn tone(
    tone: impl AsRef<str>,
    icon: impl AsRef<str>,
    text: impl AsRef<str>,
) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| {
        to.write_str("<span class=\"tone\"")?;
        attribute(to, "data-tone", tone.as_ref())?;
        to.write_char('>')?;
        write_icon(to, "i sm", icon.as_ref())?;
        to.write_char(' ')?;
        escape(to, text.as_ref())?;
        to.write_str("</span>")
    })
}
