//! What people say about a task, and whom they mention. Comments are never edited.

pub mod actions;
pub mod model;
pub mod pages;
pub mod store;
