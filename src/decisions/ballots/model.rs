//! When a ballot is complete; pure.

use crate::platform::ids::OptionId;

/// Longest reason, in characters.
pub const REASON: usize = 2000;

/// What a ballot is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vote {
    /// One of the options.
    For(OptionId),
    /// None of these.
    None,
}

impl Vote {
    /// The option, if it is for one.
    #[must_use]
    pub fn option(self) -> Option<OptionId> {
        match self {
            Self::For(option) => Some(option),
            Self::None => None,
        }
    }

    /// A reason is asked for only when dissenting from the recommendation, or for none of these.
    #[must_use]
    pub fn needs_reason(self, recommended: Option<OptionId>) -> bool {
        match (self, recommended) {
            (Self::None, _) => true,
            (Self::For(option), Some(recommended)) => option != recommended,
            (Self::For(_), None) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_for_dissent() {
        let (a, b) = (OptionId::new(), OptionId::new());
        for (vote, recommended, expected) in [
            (Vote::For(a), Some(a), false),
            (Vote::For(b), Some(a), true),
            (Vote::None, Some(a), true),
            (Vote::For(a), None, false),
            (Vote::None, None, true),
        ] {
            assert_eq!(vote.needs_reason(recommended), expected, "{vote:?} against {recommended:?}");
        }
    }
}
