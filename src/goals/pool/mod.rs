//! A bonus pool, if the lead sets one: departments share it by a rule that is written at the start, and everybody reads how it
//! stands today.

pub mod actions;
pub mod form;
pub mod model;
pub mod pages;
pub mod store;

pub use pages::routes;
