//! A person's page for colleagues.

pub mod pages;
pub mod store;
