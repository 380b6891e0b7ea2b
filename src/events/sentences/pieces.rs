//! A rendered sentence taken apart where its names stand; pure.

use crate::platform::locale::meet;

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Plain words.
    Text(String),
    /// Who did it.
    Actor(String),
    /// What it was done to.
    Subject(String),
    /// What it was done with, by its short name: `D-2`, `E-3`.
    Other(String),
}

/// Marks in a rendered sentence where the names go: private-use characters that no message contains.
pub(super) const ACTOR: &str = "\u{E000}";
pub(super) const SUBJECT: &str = "\u{E001}";
pub(super) const OTHER: &str = "\u{E002}";

/// The sentence in pieces, with the names in their places.
pub(super) fn pieces(text: &str, actor: &str, subject: &str, other: &str) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(4);
    let mut plain = String::new();
    let mut last = None;
    for c in text.chars() {
        let (name, piece): (&str, fn(String) -> Piece) = match c {
            '\u{E000}' => (actor, Piece::Actor),
            '\u{E001}' => (subject, Piece::Subject),
            '\u{E002}' => (other, Piece::Other),
            _ => {
                if meet(last, Some(c)) {
                    plain.push(' ');
                }
                plain.push(c);
                last = Some(c);
                continue;
            }
        };
        if meet(last, name.chars().next()) {
            plain.push(' ');
        }
        last = name.chars().next_back();
        if !plain.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut plain)));
        }
        pieces.push(piece(name.to_owned()));
    }
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    pieces
}
