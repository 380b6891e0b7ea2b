//! Computing the health of projects by a fixed, published rule: soon after something has happened in one, and of all once a
//! day. What was computed is a record of `projects::health`; every page reads it there.

pub mod actions;
pub mod model;
mod store;
pub mod words;

pub use actions::run;
