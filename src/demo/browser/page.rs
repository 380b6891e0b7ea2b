//! A page as a person sees it: its forms, its links, its words.

use super::{
    form::Form,
    reader::{self, Piece, Tag},
};
use crate::demo::model::Trouble;

/// Longest excerpt of a page in a complaint, in characters.
const EXCERPT: usize = 600;

/// A page that was opened.
#[derive(Clone, Debug)]
pub struct Page {
    path: String,
    pieces: Vec<Piece>,
}

impl Page {
    /// Reads one.
    #[must_use]
    pub fn read(path: &str, html: &str) -> Self {
        Self { path: path.to_owned(), pieces: reader::read(html) }
    }

    /// Where it was found.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The form that is sent to a path; its query does not count.
    ///
    /// # Errors
    /// When the page has none, with those that it has.
    pub fn form(&self, action: &str) -> Result<Form, Trouble> {
        self.forms().find(|form| form.leads_to(action)).ok_or_else(|| {
            let actions: Vec<String> = self.forms().map(|form| form.action().to_owned()).collect();
            Trouble::new(format!("{} has no form for {action}, only for {actions:?}", self.path))
        })
    }

    /// The form that is sent to a path and has a field or a button of this name that a person uses. The message of what
    /// was just done may bring a form of its own, to undo it.
    ///
    /// # Errors
    /// When the page has none.
    pub fn form_with(&self, action: &str, name: &str) -> Result<Form, Trouble> {
        let fits = |form: &Form| form.leads_to(action) && form.asks_for(name);
        self.forms().find(fits).ok_or_else(|| Trouble::new(format!("{} does not ask for {name}", self.path)))
    }

    /// Every form, in the order of the page.
    pub fn forms(&self) -> impl Iterator<Item = Form> {
        let starts = self.pieces.iter().enumerate().filter_map(|(at, piece)| match piece {
            Piece::Open(tag) if tag.name == "form" => Some((at, tag)),
            _ => None,
        });
        starts.map(|(at, tag)| Form::read(&self.path, tag, self.pieces.get(at + 1..).unwrap_or_default()))
    }

    /// Where the first link with these words leads.
    #[must_use]
    pub fn link(&self, words: &str) -> Option<String> {
        self.links().into_iter().find_map(|(text, to)| (text == words).then_some(to))
    }

    /// Every link: its words and where it leads.
    #[must_use]
    pub fn links(&self) -> Vec<(String, String)> {
        let mut links = Vec::new();
        for (at, piece) in self.pieces.iter().enumerate() {
            if let Piece::Open(tag) = piece
                && tag.name == "a"
            {
                let inside = self.pieces.get(at + 1..).unwrap_or_default();
                links.push((text_until(inside, "a"), tag.text("href").to_owned()));
            }
        }
        links
    }

    /// An attribute of the first element that a test finds.
    pub fn attribute(&self, name: &str, is_it: impl Fn(&Tag) -> bool) -> Option<&str> {
        self.pieces.iter().find_map(|piece| match piece {
            Piece::Open(tag) if is_it(tag) => tag.get(name),
            _ => None,
        })
    }

    /// What the page says: the list of mistakes when there is one, otherwise the beginning of its main part.
    #[must_use]
    pub fn excerpt(&self) -> String {
        let starts_at = |is_it: &dyn Fn(&Tag) -> bool| {
            self.pieces.iter().position(|piece| matches!(piece, Piece::Open(tag) if is_it(tag)))
        };
        let start = starts_at(&|tag| tag.text("role") == "alert" || tag.text("class").contains("errors"))
            .or_else(|| starts_at(&|tag| tag.name == "main"))
            .unwrap_or_default();
        text_until(self.pieces.get(start..).unwrap_or_default(), "main").chars().take(EXCERPT).collect()
    }
}

/// The words up to a closing tag, spaces folded.
pub(super) fn text_until(pieces: &[Piece], end: &str) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Close(name) if name == end => break,
            Piece::Text(words) => {
                text.push_str(words);
                text.push(' ');
            }
            Piece::Open(_) | Piece::Close(_) => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
