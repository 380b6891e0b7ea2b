//! How a task stands: shown, and changed.

use super::{Html, attribute, escape, words::words, write_icon};
use crate::platform::locale::T;
use std::fmt::{self, Write};

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

/// The pill that opens all statuses, as a menu of the browser's own: rows of "My work". It is a field with this name, so
/// that one form can hold many rows; shapes and tones are in the style sheet, because a page shows hundreds. The page has an
/// element `status`, "Status of", and what the status is of stands in `t-NAME`. The name is letters, digits and hyphens.
pub fn status_choice<'a>(t: &T, current: &Status, name: &'a str) -> StatusChoice<'a> {
    StatusChoice { t: *t, current: *current, name, may_drop: true, is_wrong: false }
}

/// See [`status_choice`].
pub struct StatusChoice<'a> {
    t: T,
    current: Status,
    name: &'a str,
    may_drop: bool,
    is_wrong: bool,
}

impl StatusChoice<'_> {
    /// Whether "dropped" is among them: it is for those who may edit the task.
    #[must_use]
    pub fn may_drop(mut self, may: &bool) -> Self {
        self.may_drop = *may;
        self
    }

    /// Whether the chosen one was refused; a summary of errors leads to it as `#status-NAME`.
    #[must_use]
    pub fn wrong(mut self, is_wrong: bool) -> Self {
        self.is_wrong = is_wrong;
        self
    }
}

impl fmt::Display for StatusChoice<'_> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("<span class=state><select name=")?;
        escape(to, self.name)?;
        to.write_str(" aria-labelledby=\"status t-")?;
        escape(to, self.name)?;
        to.write_char('"')?;
        if self.is_wrong {
            to.write_str(" aria-invalid=true")?;
            attribute(to, "id", &format!("status-{}", self.name))?;
        }
        to.write_char('>')?;
        for status in Status::ALL.into_iter().filter(|status| self.may_drop || *status != Status::Dropped) {
            let selected = if status == self.current { " selected" } else { "" };
            write!(to, "<option value={}{selected}>", status.code())?;
            escape(to, words(self.t).status(status))?;
        }
        to.write_str("</select></span>")
    }
}

impl askama::FastWritable for StatusChoice<'_> {
    fn write_into(&self, to: &mut dyn Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(write!(to, "{self}")?)
    }
}

impl askama::filters::HtmlSafe for StatusChoice<'_> {}

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
