//! From archived to active again. What ran in the project gets back the time in which nobody could do anything.

pub mod actions;
pub mod pages;

pub use pages::routes;
