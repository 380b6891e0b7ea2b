//! The list of a project's escalations.

pub mod pages;
pub mod store;
