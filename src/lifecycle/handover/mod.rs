//! A seat that changes hands with its open work, and one that is taken away.

pub mod actions;
pub mod model;
pub mod pages;
