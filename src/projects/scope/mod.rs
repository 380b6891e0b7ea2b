//! What was agreed to be in scope and how much may change after it, as records: the lead sets the baseline, decisions raise its
//! budget. Which changes count in it is the scope room's to say.

pub mod actions;
pub mod model;
pub mod store;

pub use model::{Baseline, Budget, Days};
