//! The organisation itself and its working calendar.

pub mod model;
pub mod store;

pub use store::calendar;
