//! A plan that moves: a new day of launch or of the start lays the stages out again, and what hangs on them goes along.
//!
//! - Passed stages stay. The current one keeps its start and gets a new end. Those ahead are laid out anew.
//! - An open task moves by as many working days as its stage: by its start while the stage is ahead, by its end while it
//!   is the current one. What people set by hand keeps its distance. Done and dropped tasks stay.
//! - Nothing that is due today or later is pulled before today.
//! - A milestone moves like a task of its stage; the one of the launch day goes to the new day.
//! - Baselines stay, so that the slip shows.

pub mod actions;
pub mod model;
pub mod store;
pub mod view;

pub use model::{Moves, Refusal};
pub use store::{Dated, Thing};
