//! The only place that asks what time it is.

use jiff::{Timestamp, civil::Date};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// A day that people agree on, as forms send it: `2026-11-20`. Years outside 2000 to 2200 are slips of the keyboard, and
/// far outside the database has no words for them.
#[must_use]
pub fn agreed_day(text: &str) -> Option<Date> {
    text.parse::<Date>().ok().filter(|day| is_agreed(*day))
}

/// Whether people may agree on a day: see [`agreed_day`].
#[must_use]
pub fn is_agreed(day: Date) -> bool {
    (2000..=2200).contains(&day.year())
}

/// The time as the application sees it: the system's, or one that tests hold still and move.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// Microseconds since 1970 when held still.
    held: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands at `at` until [`Clock::set`] moves it.
    #[must_use]
    pub fn held(at: Timestamp) -> Self {
        Self { held: Some(Arc::new(AtomicI64::new(at.as_microsecond()))) }
    }

    /// Moves a held clock; the system's clock cannot be moved and stays as it is.
    pub fn set(&self, at: Timestamp) {
        if let Some(held) = &self.held {
            held.store(at.as_microsecond(), Ordering::Relaxed);
        }
    }

    /// Now, in whole microseconds, which is what PostgreSQL keeps.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
    pub fn now(&self) -> Timestamp {
        let microseconds = match &self.held {
            Some(held) => held.load(Ordering::Relaxed),
            None => Timestamp::now().as_microsecond(),
        };
        Timestamp::from_microsecond(microseconds).unwrap_or(Timestamp::MAX)
    }
}
