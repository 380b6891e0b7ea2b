//! The committee's page: what waits for a person, over all projects.

pub mod pages;
pub mod store;
