//! Check-ins: what a department reached in a month, how sure it is of the rest, and one sentence.

pub mod actions;
pub mod pages;
pub mod sheet;
pub mod store;
