//! Counting failed tries, so that passwords cannot be guessed at speed.

pub mod actions;
pub mod model;
pub mod store;

pub use model::Scope;
