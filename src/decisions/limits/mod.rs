//! How long each step of an escalation may take: the matrix's limits, and where the administrator set others, those.

pub mod actions;
pub mod model;
pub mod pages;
pub mod store;

pub use model::Limits;
