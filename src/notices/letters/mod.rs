//! Letters about what happened: at once about what waits for a person, once a day about everything else that they chose.

mod actions;
pub mod model;
pub mod pages;
mod store;

pub use actions::{digest, send_at_once};
