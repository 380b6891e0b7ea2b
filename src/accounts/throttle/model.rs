//! How fast a password may be guessed at (ARCHITECTURE §8). Failures are counted by whom they can be blamed on; each
//! count has some free tries and then a wait that doubles. Nobody is ever locked out:
//!
//! - a browser in which the person has signed in before is counted by itself, whatever strangers do;
//! - a stranger's failures count against this account from this address first, so one address cannot slow down
//!   another; only guessing from very many addresses slows down strangers everywhere;
//! - a link by e-mail sets a new password at any time and makes the browser a known one.

use jiff::{SignedDuration, Timestamp};

/// By what failures are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// This account, in a browser that it has been used in before.
    KnownBrowser,
    /// This account from this address.
    AccountFromAddress,
    /// This account from anywhere.
    Account,
    /// Any account from this address.
    Address,
    /// The old password, asked for while changing it.
    OldPassword,
    /// Letters with a link to this account.
    Letters,
    /// Letters asked for from this address.
    LettersFromAddress,
    /// Links in letters that open nothing, from this address.
    WorkLinks,
}

/// Failures are remembered this long.
pub const REMEMBERED: SignedDuration = SignedDuration::from_hours(1);

/// Failures of one count within [`REMEMBERED`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many.
    pub failures: i64,
    /// The latest.
    pub last_at: Option<Timestamp>,
}

impl Scope {
    /// What the key of a count starts with.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::KnownBrowser => "browser",
            Self::AccountFromAddress => "account-address",
            Self::Account => "account",
            Self::Address => "address",
            Self::OldPassword => "old-password",
            Self::Letters => "letters",
            Self::LettersFromAddress => "letters-address",
            Self::WorkLinks => "work-links",
        }
    }

    /// Free tries, the first wait and the longest one in seconds.
    fn rule(self) -> (i64, i64, i64) {
        match self {
            Self::KnownBrowser | Self::OldPassword => (10, 15, 900),
            Self::AccountFromAddress => (5, 15, 900),
            Self::Account => (50, 15, 300),
            Self::Address => (50, 5, 900),
            Self::Letters => (3, 600, 3600),
            Self::LettersFromAddress | Self::WorkLinks => (20, 60, 900),
        }
    }

    /// Seconds until the next try; 0 when it may be now.
    #[must_use]
    pub fn wait(self, tally: Tally, now: Timestamp) -> i64 {
        let (free, first, longest) = self.rule();
        let (Some(last_at), over) = (tally.last_at, tally.failures - free) else { return 0 };
        if over < 0 {
            return 0;
        }
        let doublings = u32::try_from(over.min(16)).unwrap_or(16);
        let wait = (first << doublings).min(longest);
        let passed = now.duration_since(last_at).as_secs();
        (wait - passed).clamp(0, longest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_limit() {
        let now: Timestamp = "2026-11-18T02:00:00Z".parse().unwrap();
        let wait = |failures| Scope::AccountFromAddress.wait(Tally { failures, last_at: Some(now) }, now);
        for (failures, expected) in [(0, 0), (4, 0), (5, 15), (6, 30), (7, 60), (10, 480), (11, 900), (5000, 900)] {
            assert_eq!(wait(failures), expected, "{failures}");
        }
    }

    #[test]
    fn a_wait_passes() {
        let now: Timestamp = "2026-11-18T02:00:00Z".parse().unwrap();
        let tally = Tally { failures: 6, last_at: Some(now) };
        for (later, expected) in [(0, 30), (29, 1), (30, 0), (3600, 0), (-60, 90)] {
            let at = now.checked_add(SignedDuration::from_secs(later)).unwrap();
            assert_eq!(Scope::AccountFromAddress.wait(tally, at), expected, "{later}");
        }
        assert_eq!(Scope::Account.wait(Tally::default(), now), 0);
    }
}
