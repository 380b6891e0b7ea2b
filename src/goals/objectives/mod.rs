//! Objectives: what the project wants.

pub mod actions;
pub mod pages;
pub mod store;
