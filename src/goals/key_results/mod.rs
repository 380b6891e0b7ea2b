//! Key results: how one knows that an objective is reached.

pub mod actions;
pub mod form;
pub mod pages;
pub mod store;
