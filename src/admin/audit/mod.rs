//! The audit: every event, sign-ins and refusals included, with filters and as CSV.

pub mod csv;
pub mod model;
pub mod pages;
pub mod store;
