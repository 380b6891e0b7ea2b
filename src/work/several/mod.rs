//! Several tasks changed at once, in one project or over many: each is asked for its right, its version and its rule
//! by itself, and either all change or none does. It writes `tasks` beside the actions for a single one, with the same
//! events; it never changes what a task is about (title, description, dependencies).

pub mod actions;
pub mod model;
mod store;

pub use actions::{Outcome, apply, confirm_on_track};
pub use model::{Edit, Refused, Why};
