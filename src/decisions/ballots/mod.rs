//! Ballots of the committee and advice of those who were asked. Cast rows are never edited: a changed mind is a new one.

pub mod actions;
pub mod model;
pub mod pages;
pub mod store;
