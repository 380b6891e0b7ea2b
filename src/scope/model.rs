//! The way of a requirement change, and the budget it counts in; pure.
//!
//! ```text
//!                      ┌─ R&D states it anew, before anybody accepted
//!                      ▼ │
//! asked ──R&D sizes it──► sized ──both accept, the budget holds it──► accepted
//!   │                      │  │                                          ▲
//!   │                      │  └─both accept, it does not──► over_budget ─┤ the escalation ends:
//!   │                      │                                     │       │ taken in as far as the budget holds
//!   ├─either side declines─┴──► declined ◄───────────────────────┼───────┘ the rest is left out
//!   └─who asked withdraws, while it is open (also over budget)──► withdrawn
//! ```
//!
//! **Who accepts.** The product and the R&D side, each through its liaison, and nobody else. What is accepted is a size: before R&D
//! has stated it nobody can know what they agree to. Asking is therefore never an acceptance, also not when one of the two sides
//! asks: it accepts like the other one once the size stands, and says so explicitly. Stating a size is no acceptance of R&D either.
//! Whoever speaks for both sides answers once for each. Declining needs no size.
//!
//! **What counts.** Accepted changes since the baseline in force, by the part that asked. The sum never goes above the budget: what
//! would take it there waits for an escalation, and only a decision raises the budget. What waits does not keep smaller changes
//! out that still fit.

pub use crate::projects::scope::Budget;
use crate::{platform::locale::T, projects::scope::Days};
use serde::Deserialize;

/// Longest title, in characters.
pub const TITLE: usize = 120;
/// Longest details.
pub const DETAILS: usize = 5000;
/// Longest reason.
pub const NOTE: usize = 2000;
/// Longest text of what is in scope.
pub const IN_SCOPE: usize = 10_000;
/// Largest change: 400 working days.
pub const LARGEST: Days = Days::of_halves(800);
/// Furthest that a change moves a day, in working days.
pub const FURTHEST: i32 = 400;

/// Where a change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type, Deserialize)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// R&D owes its size.
    Asked,
    /// The sides owe their answers.
    Sized,
    /// It counts in the budget.
    Accepted,
    /// A side, or the end of the escalation, said no.
    Declined,
    /// Who asked took it back.
    Withdrawn,
    /// Both accepted it, but the budget does not hold it: it waits for the escalation.
    OverBudget,
}

impl State {
    /// All, in their order.
    pub const ALL: [Self; 6] =
        [Self::Asked, Self::Sized, Self::Accepted, Self::Declined, Self::Withdrawn, Self::OverBudget];

    /// The text in the database and in events.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Sized => "sized",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::OverBudget => "over_budget",
        }
    }

    /// Somebody owes something.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Asked | Self::Sized | Self::OverBudget)
    }

    /// On screen.
    #[must_use]
    pub fn label(self, t: T) -> String {
        match self {
            Self::Asked => t.scope_state_asked(),
            Self::Sized => t.scope_state_sized(),
            Self::Accepted => t.scope_state_accepted(),
            Self::Declined => t.scope_state_declined(),
            Self::Withdrawn => t.scope_state_withdrawn(),
            Self::OverBudget => t.scope_state_over_budget(),
        }
    }

    /// The icon beside the word.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Self::Asked => "ask",
            Self::Sized => "clock",
            Self::Accepted => "check",
            Self::Declined => "x",
            Self::Withdrawn => "undo",
            Self::OverBudget => "vote",
        }
    }

    /// `data-tone` of its pill; empty for a neutral one.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Asked | Self::Sized => "info",
            Self::Accepted => "ok",
            Self::Declined | Self::OverBudget => "warn",
            Self::Withdrawn => "",
        }
    }
}

/// One of the two that answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type, Deserialize)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Says what the product needs.
    Product,
    /// Says what it takes, and does it.
    Rnd,
}

impl Side {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Product, Self::Rnd];

    /// The text in the database and in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Rnd => "rnd",
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Product => Self::Rnd,
            Self::Rnd => Self::Product,
        }
    }
}

impl std::str::FromStr for Side {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|side| side.as_str() == text).ok_or(())
    }
}

/// Why a move is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not from where it is.
    #[error("not at this state")]
    NotNow,
    /// The side has accepted it already.
    #[error("accepted already")]
    AcceptedAlready,
}

/// What the rules go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Where it is.
    pub state: State,
    /// The product side accepted its size.
    pub product: bool,
    /// The R&D side did.
    pub rnd: bool,
}

impl Standing {
    /// As it is asked for.
    pub const NEW: Self = Self { state: State::Asked, product: false, rnd: false };

    /// Whether a side has accepted.
    #[must_use]
    pub fn has_accepted(self, side: Side) -> bool {
        match side {
            Side::Product => self.product,
            Side::Rnd => self.rnd,
        }
    }

    /// R&D states its size, or states it anew while nobody has accepted.
    ///
    /// # Errors
    /// [`Refusal`] once a side has accepted it, or it is not open.
    pub fn size(self) -> Result<Self, Refusal> {
        match self.state {
            State::Asked | State::Sized if !self.product && !self.rnd => Ok(Self { state: State::Sized, ..self }),
            State::Asked | State::Sized => Err(Refusal::AcceptedAlready),
            State::Accepted | State::Declined | State::Withdrawn | State::OverBudget => Err(Refusal::NotNow),
        }
    }

    /// A side accepts it; the second one decides whether it counts, by what the budget holds.
    ///
    /// # Errors
    /// [`Refusal`] before it has a size, after this side has accepted, or once it is not open.
    pub fn accept(self, side: Side, budget_holds_it: bool) -> Result<Self, Refusal> {
        if self.state != State::Sized {
            return Err(Refusal::NotNow);
        }
        if self.has_accepted(side) {
            return Err(Refusal::AcceptedAlready);
        }
        let (product, rnd) = (self.product || side == Side::Product, self.rnd || side == Side::Rnd);
        let state = match (product && rnd, budget_holds_it) {
            (false, _) => State::Sized,
            (true, true) => State::Accepted,
            (true, false) => State::OverBudget,
        };
        Ok(Self { state, product, rnd })
    }

    /// A side says no.
    ///
    /// # Errors
    /// [`Refusal`] once it is not open, or waits for the escalation; or for a side that has accepted.
    pub fn decline(self, side: Side) -> Result<Self, Refusal> {
        match self.state {
            State::Asked | State::Sized if self.has_accepted(side) => Err(Refusal::AcceptedAlready),
            State::Asked | State::Sized => Ok(Self { state: State::Declined, ..self }),
            State::Accepted | State::Declined | State::Withdrawn | State::OverBudget => Err(Refusal::NotNow),
        }
    }

    /// Who asked takes it back.
    ///
    /// # Errors
    /// [`Refusal`] once it is not open.
    pub fn withdraw(self) -> Result<Self, Refusal> {
        if self.state.is_open() { Ok(Self { state: State::Withdrawn, ..self }) } else { Err(Refusal::NotNow) }
    }

    /// The escalation has ended.
    ///
    /// # Errors
    /// [`Refusal`] unless it waited for it.
    pub fn settle(self, budget_holds_it: bool) -> Result<Self, Refusal> {
        match self.state {
            State::OverBudget if budget_holds_it => Ok(Self { state: State::Accepted, ..self }),
            State::OverBudget => Ok(Self { state: State::Declined, ..self }),
            State::Asked | State::Sized | State::Accepted | State::Declined | State::Withdrawn => Err(Refusal::NotNow),
        }
    }
}

/// A change as the sums count it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted<K> {
    /// The part, or the department, that asked for it.
    pub by: K,
    /// Where it is.
    pub state: State,
    /// Its size; none before R&D has stated it.
    pub size: Option<Days>,
    /// It belongs to the baseline in force, or to none yet.
    pub is_current: bool,
}

/// What one of them, or all together, asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// How many changes.
    pub changes: i64,
    /// Taken in.
    pub accepted: Days,
    /// Open, as far as they have a size.
    pub waiting: Days,
    /// Said no to, as far as they have one.
    pub declined: Days,
}

impl Sums {
    fn add<K>(&mut self, one: &Counted<K>) {
        let size = one.size.unwrap_or_default();
        self.changes += 1;
        match one.state {
            State::Accepted => self.accepted = self.accepted + size,
            State::Asked | State::Sized | State::OverBudget => self.waiting = self.waiting + size,
            State::Declined => self.declined = self.declined + size,
            State::Withdrawn => {}
        }
    }
}

/// All together, and each that asked in the order in which it first did; of the baseline in force.
#[must_use]
pub fn sums<K: Clone + PartialEq>(all: &[Counted<K>]) -> (Sums, Vec<(K, Sums)>) {
    let (mut total, mut each): (Sums, Vec<(K, Sums)>) = (Sums::default(), Vec::new());
    for one in all.iter().filter(|one| one.is_current) {
        total.add(one);
        match each.iter_mut().find(|(by, _)| *by == one.by) {
            Some((_, sums)) => sums.add(one),
            None => {
                let mut sums = Sums::default();
                sums.add(one);
                each.push((one.by.clone(), sums));
            }
        }
    }
    (total, each)
}

#[cfg(test)]
mod tests;
