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

/// As [`avatar`], but the name is its own: where it stands nowhere else.
pub fn avatar_named(name: impl AsRef<str>) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| {
        to.write_str("<span class=\"av end\" role=\"img\"")?;
        attribute(to, "title", name.as_ref())?;
        to.write_char('>')?;
        initials(name.as_ref(), |letter| escape(to, letter.encode_utf8(&mut [0; 4])))?;
        to.write_str("</span>")
    })
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

/// What the lead declares beside it, smaller than the computed health.
pub fn health_declared(t: &T, health: &Health) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| {
        write!(to, "<span class=\"tone t2\" data-tone=\"{}\">", health.tone())?;
        write_icon(to, "i sm", health.tone())?;
        to.write_char(' ')?;
        escape(to, &t.health_lead_says(words(*t).health(*health)))?;
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

/// How much time is left, in words; until when in the title. `tone` as for [`deadline`].
pub fn time_left(
    tone: impl AsRef<str>,
    text: impl AsRef<str>,
    until: impl AsRef<str>,
) -> Html<impl Fn(&mut dyn Write) -> fmt::Result> {
    Html(move |to: &mut dyn Write| {
        to.write_str(if tone.as_ref().is_empty() { "<span class=\"due\"" } else { "<span class=\"due tone\"" })?;
        if !tone.as_ref().is_empty() {
            attribute(to, "data-tone", tone.as_ref())?;
        }
        if !until.as_ref().is_empty() {
            attribute(to, "title", until.as_ref())?;
        }
        to.write_char('>')?;
        escape(to, text.as_ref())?;
        to.write_str("</span>")
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
