//! How a project's committee decides: its rule, who stands in for the chair, whether results are hidden until one has
//! voted. Owns `committee_rules`. The quorum is a setting of the project.

pub mod access;
pub mod actions;
pub mod model;
pub mod pages;
pub mod store;

pub use model::{Recorder, Rule, Rules, Verdict, Why};
