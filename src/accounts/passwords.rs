//! What is wrong with a new password, in the reader's words.

use crate::platform::{
    locale::T,
    passwords::{LENGTH, Weakness, check},
};

/// The sentence for the field; none when the password is good enough.
#[must_use]
pub fn complaint(t: T, password: &str) -> Option<String> {
    if password.is_empty() {
        return Some(t.accounts_new_password_missing());
    }
    match check(password) {
        Ok(()) => None,
        Err(Weakness::TooShort) => Some(t.accounts_password_too_short(*LENGTH.start())),
        Err(Weakness::TooLong) => Some(t.accounts_password_too_long(*LENGTH.end())),
        Err(Weakness::Common) => Some(t.accounts_password_common()),
    }
}
