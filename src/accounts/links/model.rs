//! What a link is for.

use crate::{platform::ids::PersonId, web::shell::OrganisationRole};
use jiff::SignedDuration;

/// What following a link lets a person do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Purpose {
    /// Join.
    Invitation,
    /// Set a new password.
    PasswordReset,
}

impl Purpose {
    /// As events say it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::PasswordReset => "password_reset",
        }
    }

    /// The address of a link with this secret, below the origin.
    #[must_use]
    pub fn path(self, secret: &str) -> String {
        match self {
            Self::Invitation => format!("/invitation/{secret}"),
            Self::PasswordReset => format!("/reset/{secret}"),
        }
    }

    /// How long a link works.
    #[must_use]
    pub fn lasts(self) -> SignedDuration {
        match self {
            Self::Invitation => SignedDuration::from_hours(7 * 24),
            Self::PasswordReset => SignedDuration::from_hours(1),
        }
    }
}

/// The person behind a link that works.
#[derive(Clone, Debug)]
pub struct Bearer {
    /// Who.
    pub id: PersonId,
    /// Sign-in name.
    pub email: String,
    /// Their name, as whoever invited them wrote it.
    pub name: String,
    /// In the organisation.
    pub role: OrganisationRole,
    /// The language of the invitation.
    pub language: Option<String>,
}
