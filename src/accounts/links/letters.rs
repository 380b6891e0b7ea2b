//! The letters that carry links.

use super::model::Purpose;
use crate::platform::{
    locale::{Language, T},
    mail::Letter,
};

/// A letter with a link, in the words of its receiver.
#[must_use]
pub fn with_link(
    purpose: Purpose,
    to: &str,
    name: &str,
    language: Language,
    organisation: &str,
    inviter: &str,
    link: &str,
) -> Letter {
    let t = T(language);
    let (subject, opening, words, closing) = match purpose {
        Purpose::Invitation => (
            t.accounts_letter_invitation_subject(organisation),
            if inviter.is_empty() {
                t.accounts_letter_invitation_opening(organisation)
            } else {
                t.accounts_letter_invitation_by(inviter, organisation)
            },
            t.accounts_letter_invitation_link(),
            t.accounts_letter_invitation_closing(),
        ),
        Purpose::PasswordReset => (
            t.accounts_letter_reset_subject(),
            t.accounts_letter_reset_opening(organisation),
            t.accounts_letter_reset_link(),
            t.accounts_letter_reset_closing(),
        ),
    };
    Letter {
        to: to.to_owned(),
        language,
        subject,
        opening: vec![t.accounts_letter_greeting(name), opening],
        links: vec![(link.to_owned(), words)],
        closing: vec![closing],
        unsubscribe: None,
    }
}
