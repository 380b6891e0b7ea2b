//! Recorded decisions and what they change. A decision is never edited: a later one supersedes it.

pub mod access;
pub mod actions;
pub mod document;
pub mod effect_lines;
pub mod effects;
pub mod form;
mod goals;
mod matter;
pub mod model;
pub mod outlook;
pub mod pages;
pub mod register;
pub mod reviews;
pub mod show;
pub mod store;
pub mod tally;
