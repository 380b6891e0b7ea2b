//! How long a link works, and what is known of the one behind it; pure.

use crate::{platform::ids::PersonId, web::shell::OrganisationRole};
use jiff::{SignedDuration, Timestamp};

/// How many days a link works after its letter was written.
pub const DAYS: i64 = 3;
/// What every address of a link begins with; what follows is the secret.
pub const PREFIX: &str = "/w/";

/// The address of a link, below the origin.
#[must_use]
pub fn path(secret: &str) -> String {
    format!("{PREFIX}{secret}")
}

/// When a link that is made now ends.
#[must_use]
pub fn ends_at(now: Timestamp) -> Timestamp {
    now.checked_add(SignedDuration::from_hours(24 * DAYS)).unwrap_or(now)
}

/// A link as it was made, and whose it is.
#[derive(Clone, Debug)]
pub struct Found {
    /// Whose.
    pub person_id: PersonId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// In the organisation.
    pub role: OrganisationRole,
    /// Their language, or the organisation's: that of the letter.
    pub language: String,
    /// Their time zone, or the organisation's.
    pub time_zone: String,
    /// Light or dark, when they chose.
    pub theme: Option<String>,
    /// The organisation's name.
    pub organisation: String,
    /// When the link ends.
    pub expires_at: Timestamp,
    /// Whether it was revoked, or its person may not come in.
    pub is_dead: bool,
}

/// What following a link comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It opens.
    Open,
    /// It was good once; its owner reads so.
    Expired,
    /// Nothing that anybody need know of.
    Dead,
}

impl Found {
    /// At this moment.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        match (self.is_dead || self.role == OrganisationRole::Guest, self.expires_at <= now) {
            (true, _) => Standing::Dead,
            (false, true) => Standing::Expired,
            (false, false) => Standing::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_link_ends_once_and_a_revoked_one_never_was() {
        let made: Timestamp = "2026-11-18T00:00:00Z".parse().unwrap();
        let found = |is_dead, role| Found {
            person_id: PersonId(Uuid::nil()),
            name: String::new(),
            email: String::new(),
            role,
            language: "en".to_owned(),
            time_zone: "UTC".to_owned(),
            theme: None,
            organisation: String::new(),
            expires_at: ends_at(made),
            is_dead,
        };
        use OrganisationRole::{Administrator, Guest, Member};
        for (is_dead, role, at, standing) in [
            (false, Member, "2026-11-18T00:00:00Z", Standing::Open),
            (false, Administrator, "2026-11-20T23:59:59Z", Standing::Open),
            (false, Member, "2026-11-21T00:00:00Z", Standing::Expired),
            (true, Member, "2026-11-18T00:00:00Z", Standing::Dead),
            (true, Member, "2026-11-22T00:00:00Z", Standing::Dead),
            (false, Guest, "2026-11-18T00:00:00Z", Standing::Dead),
        ] {
            assert_eq!(found(is_dead, role).standing(at.parse().unwrap()), standing, "{is_dead} {role:?} {at}");
        }
    }
}
