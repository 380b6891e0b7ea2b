//! A form as a person fills it in: every field is sent as the page gave it, unless it is changed here.

use super::{
    page::text_until,
    reader::{Piece, Tag},
};
use crate::demo::model::Trouble;

/// A form on a page.
#[derive(Clone, Debug)]
pub struct Form {
    action: String,
    controls: Vec<Control>,
}

/// Something that is filled in, ticked or pressed.
#[derive(Clone, Debug)]
struct Control {
    name: String,
    value: String,
    /// The words beside it; of options and buttons only.
    label: String,
    kind: Kind,
    is_sent: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Text of any sort.
    Text,
    /// What only comes along.
    Hidden,
    /// One of several under one name: an option or a radio button.
    Choice,
    Tick,
    Button,
}

impl Form {
    pub(super) fn read(path: &str, tag: &Tag, inside: &[Piece]) -> Self {
        let action = match tag.text("action") {
            "" => path.to_owned(),
            action => action.to_owned(),
        };
        let mut controls: Vec<Control> = Vec::new();
        // The select that is open, and how many of its options came before.
        let mut select: Option<(String, usize)> = None;
        for (at, piece) in inside.iter().enumerate() {
            let after = inside.get(at + 1..).unwrap_or_default();
            match piece {
                Piece::Close(name) if name == "form" => break,
                Piece::Close(name) if name == "select" => {
                    let first = select.take().map_or(controls.len(), |(_, first)| first);
                    settle_select(controls.get_mut(first..).unwrap_or_default());
                }
                Piece::Open(tag) if tag.name == "select" => {
                    select = Some((tag.text("name").to_owned(), controls.len()))
                }
                Piece::Open(tag) if tag.name == "option" => {
                    let label = text_until(after, "option");
                    let name = select.as_ref().map_or_else(String::new, |(name, _)| name.clone());
                    let value = tag.get("value").unwrap_or(&label).to_owned();
                    controls.push(Control { name, value, label, kind: Kind::Choice, is_sent: tag.has("selected") });
                }
                Piece::Open(tag) => controls.extend(control(tag, after)),
                Piece::Close(_) | Piece::Text(_) => {}
            }
        }
        controls.retain(|control| !control.name.is_empty());
        Self { action, controls }
    }

    /// Where it is sent.
    #[must_use]
    pub fn action(&self) -> &str {
        &self.action
    }

    /// Whether it is sent to this path, its query aside.
    #[must_use]
    pub fn leads_to(&self, path: &str) -> bool {
        self.action.split('?').next() == Some(path)
    }

    /// Sent elsewhere, by a button that says so.
    #[must_use]
    pub fn aimed_at(mut self, action: &str) -> Self {
        action.clone_into(&mut self.action);
        self
    }

    /// Whether a person fills in or presses something of this name; what is hidden only comes along.
    #[must_use]
    pub fn asks_for(&self, name: &str) -> bool {
        self.controls.iter().any(|control| control.name == name && control.kind != Kind::Hidden)
    }

    /// Whether it has a field of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.controls.iter().any(|control| control.name == name)
    }

    /// The value that a field has now.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.controls.iter().find(|control| control.name == name && control.is_sent).map(|one| one.value.as_str())
    }

    /// Names of fields that begin alike, each once, in the order of the form.
    #[must_use]
    pub fn names_starting_with(&self, start: &str) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for control in self.controls.iter().filter(|control| control.name.starts_with(start)) {
            if names.last() != Some(&control.name) {
                names.push(control.name.clone());
            }
        }
        names
    }

    /// Types a text.
    ///
    /// # Errors
    /// When the form has no such field.
    pub fn fill(mut self, name: &str, value: impl Into<String>) -> Result<Self, Trouble> {
        let value = value.into();
        if self.options(name).next().is_some() {
            return self.pick(name, &value);
        }
        match self.controls.iter_mut().find(|control| control.name == name && control.kind == Kind::Text) {
            Some(control) => control.value = value,
            None => return Err(self.lacks(name)),
        }
        Ok(self)
    }

    /// Chooses the option with this value.
    ///
    /// # Errors
    /// When there is none.
    pub fn pick(self, name: &str, value: &str) -> Result<Self, Trouble> {
        self.choose_where(name, value, |option| option.value == value)
    }

    /// Chooses the option with this label, or the first one whose label begins with it.
    ///
    /// # Errors
    /// When there is none.
    pub fn choose(self, name: &str, label: &str) -> Result<Self, Trouble> {
        if self.options(name).any(|option| option.label == label) {
            return self.choose_where(name, label, |option| option.label == label);
        }
        self.choose_where(name, label, |option| option.label.starts_with(label))
    }

    fn choose_where(mut self, name: &str, wanted: &str, is_it: impl Fn(&Control) -> bool) -> Result<Self, Trouble> {
        let of_name = |control: &Control| control.name == name && control.kind == Kind::Choice;
        let Some(chosen) = self.controls.iter().position(|control| of_name(control) && is_it(control)) else {
            let labels: Vec<&str> = self.options(name).map(|option| option.label.as_str()).collect();
            let what = format!("the form for {} does not offer {wanted:?} at {name:?}, only {labels:?}", self.action);
            return Err(Trouble::new(what));
        };
        for (at, control) in self.controls.iter_mut().enumerate().filter(|(_, control)| of_name(control)) {
            control.is_sent = at == chosen;
        }
        Ok(self)
    }

    fn options(&self, name: &str) -> impl Iterator<Item = &Control> {
        self.controls.iter().filter(move |control| control.name == name && control.kind == Kind::Choice)
    }

    /// Ticks or clears the box with this name and value.
    ///
    /// # Errors
    /// When there is none.
    pub fn tick(mut self, name: &str, value: &str, is_on: bool) -> Result<Self, Trouble> {
        let is_it =
            |control: &&mut Control| control.name == name && control.value == value && control.kind == Kind::Tick;
        match self.controls.iter_mut().find(is_it) {
            Some(control) => control.is_sent = is_on,
            None => return Err(self.lacks(&format!("{name}={value}"))),
        }
        Ok(self)
    }

    /// Ticks those of a name that a test wants, and clears the others.
    #[must_use]
    pub fn tick_only(mut self, name: &str, is_wanted: impl Fn(&str) -> bool) -> Self {
        for control in self.controls.iter_mut().filter(|control| control.name == name && control.kind == Kind::Tick) {
            control.is_sent = is_wanted(&control.value);
        }
        self
    }

    /// Presses a button that has a name.
    ///
    /// # Errors
    /// When there is none.
    pub fn press(mut self, name: &str, value: &str) -> Result<Self, Trouble> {
        let is_it =
            |control: &&mut Control| control.name == name && control.value == value && control.kind == Kind::Button;
        match self.controls.iter_mut().find(is_it) {
            Some(control) => control.is_sent = true,
            None => return Err(self.lacks(&format!("button {name}={value}"))),
        }
        Ok(self)
    }

    fn lacks(&self, name: &str) -> Trouble {
        let names: Vec<&str> = self.controls.iter().map(|control| control.name.as_str()).collect();
        Trouble::new(format!("the form for {} has no {name:?}, only {names:?}", self.action))
    }

    /// What is sent.
    #[must_use]
    pub fn encoded(&self) -> String {
        let sent = self.controls.iter().filter(|control| control.is_sent);
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        for control in sent {
            body.append_pair(&control.name, &control.value);
        }
        body.finish()
    }
}

/// A list without a chosen option sends its first one.
fn settle_select(options: &mut [Control]) {
    if !options.iter().any(|option| option.is_sent)
        && let Some(first) = options.first_mut()
    {
        first.is_sent = true;
    }
}

fn control(tag: &Tag, after: &[Piece]) -> Option<Control> {
    if tag.has("disabled") {
        return None;
    }
    let name = tag.text("name").to_owned();
    let (kind, is_sent, value, label) = match (tag.name.as_str(), tag.text("type")) {
        ("input", "radio") => (Kind::Choice, tag.has("checked"), ticked_value(tag), label_after(after)),
        ("input", "checkbox") => (Kind::Tick, tag.has("checked"), ticked_value(tag), label_after(after)),
        ("input", "submit" | "image" | "reset" | "button" | "file") => return None,
        ("input", "hidden") => (Kind::Hidden, true, tag.text("value").to_owned(), String::new()),
        ("input", _) => (Kind::Text, true, tag.text("value").to_owned(), String::new()),
        ("textarea", _) => (Kind::Text, true, raw_text(after), String::new()),
        ("button", "button" | "reset") => return None,
        ("button", _) => (Kind::Button, false, tag.text("value").to_owned(), text_until(after, "button")),
        _ => return None,
    };
    Some(Control { name, value, label, kind, is_sent })
}

fn ticked_value(tag: &Tag) -> String {
    tag.get("value").unwrap_or("on").to_owned()
}

fn label_after(after: &[Piece]) -> String {
    text_until(after, "label")
}

fn raw_text(after: &[Piece]) -> String {
    match after.first() {
        Some(Piece::Text(text)) => text.strip_prefix('\n').unwrap_or(text).to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::demo::browser::page::Page;

    const HTML: &str = r#"<main><form method="get" action="/search"><input name="q"></form>
        <form method="post" action="/p/GEO/tasks/1?back=x"><input type="hidden" name="version" value="3">
        <input id="title" name="title" value="Old &amp; tired" required><textarea name="text">
one
two</textarea>
        <select name="part"><option value="1">Product</option><option value="2" selected>R&amp;D</option></select>
        <select name="stage"><option value="">None</option><option value="9">A5</option></select>
        <label><input type="radio" name="tier" value="1"> Flagship</label><label><input type="radio" name="tier" value="2" checked> Major</label>
        <label><input type="checkbox" name="day" value="6"> Saturday</label><label><input type="checkbox" name="day" value="1" checked> Monday</label>
        <input name="off" value="x" disabled><button name="act" value="save">Save</button><button type="button" name="no">No</button></form></main>"#;

    #[test]
    fn sends_what_the_page_gave_and_what_was_changed() {
        let page = Page::read("/p/GEO/tasks/1/edit", HTML);
        let form = page.form("/p/GEO/tasks/1").unwrap();
        assert_eq!(form.encoded(), "version=3&title=Old+%26+tired&text=one%0Atwo&part=2&stage=&tier=2&day=1");
        let form =
            form.fill("title", "New").unwrap().choose("part", "Product").unwrap().choose("tier", "Flag").unwrap();
        let form = form.tick_only("day", |day| day == "6").pick("stage", "9").unwrap().press("act", "save").unwrap();
        assert_eq!(form.encoded(), "version=3&title=New&text=one%0Atwo&part=1&stage=9&tier=1&day=6&act=save");
    }

    #[test]
    fn says_what_is_missing() {
        let page = Page::read("/x", HTML);
        let form = page.form("/p/GEO/tasks/1").unwrap();
        let problem = form.clone().choose("part", "Sales").unwrap_err().to_string();
        assert!(problem.contains("Sales") && problem.contains("R&D"), "{problem}");
        assert!(form.clone().fill("due", "x").unwrap_err().to_string().contains("\"due\""));
        assert!(form.tick("day", "7", true).is_err());
        assert!(page.form("/nowhere").unwrap_err().to_string().contains("/search"));
    }
}
