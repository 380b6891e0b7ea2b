//! The days of the organisation's calendar that differ from their weekday: holidays and make-up working days.

pub mod actions;
pub mod model;
pub mod pages;
pub mod store;
