//! What happens in the demo organisation: data files in both languages, read into types.
//!
//! Every day is a number of working days before (negative) or after today, so that the story never ages.

pub mod acts;
pub mod days;
pub mod goals;
pub mod people;
pub mod plan;
pub mod projects;

use super::model::Trouble;
use crate::platform::locale::Language;
use serde::{Deserialize, de::DeserializeOwned};

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    en: String,
    zh: String,
}

impl Text {
    /// In one language, without the spaces around it.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::English => self.en.trim(),
            Language::Chinese => self.zh.trim(),
        }
    }
}

/// The whole story.
#[derive(Debug)]
pub struct Story {
    /// Who works there, and when nobody works.
    pub company: people::Company,
    /// What they take to market.
    pub projects: Vec<projects::Project>,
}

/// Reads the files.
///
/// # Errors
/// When one of them cannot be read, with its line.
pub fn read() -> Result<Story, Trouble> {
    let projects = [
        ("halo.toml", include_str!("halo.toml")),
        ("geo.toml", include_str!("geo.toml")),
        ("expenses.toml", include_str!("expenses.toml")),
        ("japan.toml", include_str!("japan.toml")),
    ];
    let projects = projects.into_iter().map(|(file, text)| parse(file, text)).collect::<Result<_, _>>()?;
    Ok(Story { company: parse("company.toml", include_str!("company.toml"))?, projects })
}

fn parse<V: DeserializeOwned>(file: &str, text: &str) -> Result<V, Trouble> {
    toml::from_str(text).map_err(|problem| Trouble::new(problem).during(file))
}

#[cfg(test)]
mod tests;
