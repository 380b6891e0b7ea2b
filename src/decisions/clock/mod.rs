//! The clock of escalations: it warns whoever owes the next step, passes a case on when a step's time is over, and stands
//! while the raiser owes an answer. It never decides anything.

mod actions;
pub mod model;
pub mod store;

pub use actions::{begin, catch_up, due_at, go_on, recalculate, rest, run_due, stand};
pub use model::{Running, Warning};
