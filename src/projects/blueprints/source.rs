//! A data file and its lines: every mistake is reported where a person finds it.

use std::ops::Range;

use serde::de::DeserializeOwned;
use thiserror::Error;
use toml::Spanned;

use crate::platform::locale::Bilingual;

/// A mistake in a data file of `blueprints/`.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}, line {line}: {what}")]
pub struct BlueprintError {
    /// Path from the root of the repository.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// What is wrong, in a sentence without its full stop.
    pub what: String,
}

/// The text of one data file.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Path from the root of the repository.
    pub file: &'a str,
    /// Its text.
    pub text: &'a str,
}

impl Source<'_> {
    /// Reads the TOML into `T`.
    ///
    /// # Errors
    /// When it is no TOML, or not of `T`'s shape; with the line.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, BlueprintError> {
        toml::from_str(self.text)
            .map_err(|error| self.error_at(error.span().unwrap_or_default(), error.message().to_owned()))
    }

    /// A mistake at a place of the text, in bytes.
    pub fn error_at(&self, place: Range<usize>, what: impl Into<String>) -> BlueprintError {
        let before = self.text.get(..place.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        BlueprintError { file: self.file.to_owned(), line, what: what.into() }
    }

    /// Refuses a text of nothing but space.
    ///
    /// # Errors
    /// With the line of the text.
    pub fn filled(&self, text: &Spanned<String>) -> Result<String, BlueprintError> {
        if text.get_ref().trim().is_empty() {
            return Err(self.error_at(text.span(), "this text is empty"));
        }
        Ok(text.get_ref().clone())
    }

    /// A text in both languages, neither of them empty.
    ///
    /// # Errors
    /// With the line of the empty one.
    pub fn bilingual(&self, en: &Spanned<String>, zh: &Spanned<String>) -> Result<Bilingual, BlueprintError> {
        Ok(Bilingual { en: self.filled(en)?, zh: self.filled(zh)? })
    }

    /// Refuses the second of two equal codes; `thing` says what they are codes of.
    ///
    /// # Errors
    /// With the line of the second.
    pub fn distinct<'c>(
        &self,
        codes: impl IntoIterator<Item = &'c Spanned<String>>,
        thing: &str,
    ) -> Result<(), BlueprintError> {
        let mut seen = Vec::new();
        for code in codes {
            self.filled(code)?;
            if seen.contains(&code.get_ref()) {
                return Err(self.error_at(code.span(), format!("{thing} \"{}\" appears twice", code.get_ref())));
            }
            seen.push(code.get_ref());
        }
        Ok(())
    }
}
