//! Questions to whoever raised an escalation. While one is open the clock stands; it is answered by the raiser or the liaison
//! of the raising side, or taken back by who asked or by the GTM lead, so that no case stands for ever.

mod actions;
pub mod pages;
pub mod store;

/// Longest question, in characters.
pub const QUESTION: usize = 2000;
/// Longest answer.
pub const ANSWER: usize = 5000;
