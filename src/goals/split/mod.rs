//! How a key result is split over departments and months, and how each department reaches its share.

pub mod actions;
pub mod fill;
pub mod links;
pub mod model;
pub mod pages;
pub mod paste;
pub mod sheet;
pub mod store;
