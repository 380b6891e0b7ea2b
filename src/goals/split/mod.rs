//! How a key result is split over departments and months.

pub mod fill;
pub mod model;
pub mod paste;
