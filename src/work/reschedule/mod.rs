//! A plan that moves: a new day of launch or of the start takes along what is ahead, and what hangs on it.
//!
//! - Passed stages stay. The current one keeps its start and gets a new end. Those ahead move by as many working days as
//!   the day itself, from where they were agreed on last: what was decided since the project began stays decided, and
//!   nothing moves the other way. Pulled forward, the stages before the launch keep at least a day each from today on.
//! - An open task moves by as many working days as its stage: by its start while the stage is ahead, by its end while it
//!   is the current one. What people set by hand keeps its distance. Done and dropped tasks stay.
//! - Nothing that is due today or later is pulled before today.
//! - A milestone moves like a task of its stage; the one of the launch day goes to the new day. One without a stage stays,
//!   and is named.
//! - What gets a day of its own in the same decision does not move along.
//! - Baselines stay, so that the slip shows.

pub mod actions;
pub mod model;
pub mod store;
pub mod view;

pub use model::{Apart, Moves, Plan, Refusal};
pub use store::{Dated, Thing};
