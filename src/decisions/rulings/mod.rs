//! Recorded decisions and what they change. A decision is never edited: a later one supersedes it.

pub mod access;
pub mod actions;
pub mod form;
pub mod model;
pub mod pages;
pub mod register;
pub mod store;
