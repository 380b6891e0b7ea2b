//! What the lead declares beside the computed health, and since when the two differ; pure.

use crate::web::shell::Health;
use jiff::{SignedDuration, Timestamp};

/// Longest sentence of a declaration, in characters.
pub const LONGEST_NOTE: usize = 280;
/// After so many days of difference it is on the committee's list.
pub const DAYS_APART: i64 = 7;

/// What the lead says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// How they see it; none: as computed.
    pub health: Option<Health>,
    /// Why, in a sentence; may be empty where the two agree.
    pub note: String,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// It differs from the computed health and does not say why.
    NoteMissing,
    /// More than [`LONGEST_NOTE`].
    NoteLong,
}

impl Declaration {
    /// What the form sent: `computed` or one of the three that can be declared; none for anything else.
    #[must_use]
    pub fn of(code: &str, note: String) -> Option<Self> {
        let health = match code {
            "computed" => None,
            "on_track" => Some(Health::OnTrack),
            "at_risk" => Some(Health::AtRisk),
            "off_track" => Some(Health::OffTrack),
            _ => return None,
        };
        Some(Self { health, note })
    }

    /// Whether it stands, beside what is computed.
    ///
    /// # Errors
    /// What is wrong.
    pub fn check(&self, computed: Health) -> Result<(), Mistake> {
        if self.note.chars().count() > LONGEST_NOTE {
            return Err(Mistake::NoteLong);
        }
        let differs = self.health.is_some_and(|declared| declared != computed);
        if differs && self.note.is_empty() { Err(Mistake::NoteMissing) } else { Ok(()) }
    }
}

/// Since when the two differ, after one of them was set anew; none while they agree. Another word or another colour does not
/// end a difference: only agreement does.
#[must_use]
pub fn differs_since(
    before: Option<Timestamp>,
    declared: Option<Health>,
    computed: Health,
    now: Timestamp,
) -> Option<Timestamp> {
    declared.filter(|declared| *declared != computed).map(|_| before.unwrap_or(now))
}

/// A difference that began no later than this is on the committee's list at `now`.
#[must_use]
pub fn on_the_list_since(now: Timestamp) -> Timestamp {
    now.checked_sub(SignedDuration::from_hours(24 * DAYS_APART)).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Health::{AtRisk, NotStarted, OffTrack, OnTrack};

    #[test]
    fn whoever_sees_it_otherwise_says_why_in_a_sentence() {
        let long = "长".repeat(LONGEST_NOTE + 1);
        for (code, note, computed, expected) in [
            ("computed", "", AtRisk, Some(Ok(()))),
            ("at_risk", "", AtRisk, Some(Ok(()))),
            ("on_track", "", AtRisk, Some(Err(Mistake::NoteMissing))),
            ("on_track", "The proofs are in.", AtRisk, Some(Ok(()))),
            ("off_track", "", OnTrack, Some(Err(Mistake::NoteMissing))),
            ("on_track", &long[..long.len() - "长".len()], AtRisk, Some(Ok(()))),
            ("on_track", &long, AtRisk, Some(Err(Mistake::NoteLong))),
            ("computed", &long, AtRisk, Some(Err(Mistake::NoteLong))),
            ("not_started", "x", AtRisk, None),
            ("", "x", AtRisk, None),
        ] {
            let found = Declaration::of(code, note.to_owned()).map(|one| one.check(computed));
            assert_eq!(found, expected, "{code} {computed:?}");
        }
    }

    #[test]
    fn a_difference_lasts_until_the_two_agree() {
        let [then, now] = ["2026-11-01T00:00:00Z", "2026-11-18T00:00:00Z"].map(|at| at.parse::<Timestamp>().unwrap());
        for (before, declared, computed, expected) in [
            (None, None, OffTrack, None),
            (None, Some(OnTrack), OnTrack, None),
            (None, Some(OnTrack), AtRisk, Some(now)),
            (Some(then), Some(OnTrack), OffTrack, Some(then)),
            (Some(then), Some(AtRisk), OffTrack, Some(then)),
            (Some(then), Some(OnTrack), OnTrack, None),
            (Some(then), None, OffTrack, None),
            (None, Some(OnTrack), NotStarted, Some(now)),
        ] {
            assert_eq!(differs_since(before, declared, computed, now), expected, "{declared:?} {computed:?}");
        }
        assert_eq!(on_the_list_since(now).to_string(), "2026-11-11T00:00:00Z");
    }
}
