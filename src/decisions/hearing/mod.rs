//! What is said before a decision: positions, evidence, comments, and who is asked for advice.

pub mod actions;
pub mod model;
pub mod pages;
pub mod refusing;
pub mod store;
