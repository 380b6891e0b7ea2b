//! The organisation itself and its working calendar.

pub mod actions;
pub mod model;
pub mod pages;
pub mod store;

pub use store::calendar;
