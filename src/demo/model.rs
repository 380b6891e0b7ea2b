//! What the demo is asked for, what it leaves behind, and why it stops; pure.

use super::browser::page::Page;
use crate::platform::locale::Language;
use std::fmt;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Wish {
    /// In which language people write.
    pub language: Language,
    /// With what everybody signs in.
    pub password: String,
    /// Opens the set-up page.
    pub token: String,
}

/// Somebody to sign in as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they are here.
    pub title: String,
    /// What to look at.
    pub look_at: String,
}

impl Part {
    /// The sign-in page with their address filled in.
    #[must_use]
    pub fn sign_in(&self) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("email", &self.email).finish();
        format!("/sign-in?{query}")
    }
}

/// Who is there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    /// Those to begin with.
    pub parts: Vec<Part>,
    /// The password of all.
    pub password: String,
}

/// Why the demo stopped: a step was refused, or a page was not as expected.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Trouble(String);

impl Trouble {
    /// With these words.
    pub fn new(what: impl fmt::Display) -> Self {
        Self(what.to_string())
    }

    /// The application answered with a page where it should have gone on.
    #[must_use]
    pub fn refused(method: &str, path: &str, status: u16, page: &Page) -> Self {
        Self(format!("{method} {path} answered {status}: {}", page.excerpt()))
    }

    /// With who did it, and when.
    #[must_use]
    pub fn during(self, step: impl fmt::Display) -> Self {
        Self(format!("{step}: {}", self.0))
    }
}
